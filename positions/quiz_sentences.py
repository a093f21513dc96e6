"""The sentences of the quote quiz: counts first, nobody is told to be first, and why there is no quiz, in figures. Pure.

Every text is an English msgid; `translate` turns it into the reader's language.
"""

from positions.cells import Translate
from positions.match_sentences import NOBODY_KNOWN
from positions.matching import is_above
from positions.quiz import ISSUE_STATES, LEAST_ISSUES, Quiz, Result, Share

RATED = {
    "none": "You rated no sentence of theirs.",
    "one": "You rated one sentence of theirs: {rating}.",
    "many": "Of {rated} sentences of theirs you agree with {agree}, partly agree with {partly} and disagree with {disagree}.",
}
ONE_RATING = {"1": "you agree", "0.5": "you partly agree", "0": "you disagree"}
OPEN = {"none": "", "one": "One of theirs you left open.", "many": "{open} of theirs you left open."}
SILENT = {
    "none": "",
    "one": "On one of these issues nothing of theirs can be shown.",
    "many": "On {silent} of these issues nothing of theirs can be shown.",
}
NOT_FIRST = "The list keeps the order of the page: it puts nobody first."
NOTHING_RATED = "You rated no sentence, so there is nothing to show but whose sentences they are."
NOTHING_HELD = "Nobody has written any statement about this race yet."
SHORTFALL = {
    "nobody": (
        "{n} of {every} issues has nobody’s own words on record, at most a report of them",
        "{n} of {every} issues have nobody’s own words on record, at most a report of them",
    ),
    "one": (
        "{n} of {every} issues has words of one candidate only",
        "{n} of {every} issues have words of one candidate only",
    ),
    "unfit": (
        "on {n} of {every} issues fewer than two candidates have 15 to 40 words in answer to one question that do not give them away",
        "on {n} of {every} issues fewer than two candidates have 15 to 40 words in answer to one question that do not give them away",
    ),
    "undecided": (
        "on {n} of {every} issues an editor has not approved the words of two candidates",
        "on {n} of {every} issues an editor has not approved the words of two candidates",
    ),
}
READY = ("{n} of {every} issues is ready", "{n} of {every} issues are ready")
NEEDED = "A quiz needs {least} issues on which at least two candidates can be compared in their own words."
SILENT_HERE = (
    "{n} of {every} candidates has nothing here that can be shown; they stay in the result.",
    "{n} of {every} candidates have nothing here that can be shown; they stay in the result.",
)
SHARE = "{name}: {sentences} sentences, {words} words, first on {first} issues"


def count_lines(result: Result, translate: Translate) -> str:
    """What the voter made of one candidate's words, and how much is open."""
    rated = sum(result.counts.values())
    told: dict[str, object] = {"rated": rated, "open": result.open, "silent": result.silent}
    if rated == 1:
        (code,) = (code for code, n in result.counts.items() if n)
        told["rating"] = translate(ONE_RATING[code])
    told |= zip(("agree", "partly", "disagree"), result.counts.values(), strict=True) if result.counts else {}
    parts = (RATED[_form(rated)], OPEN[_form(result.open)], SILENT[_form(result.silent)])
    return " ".join(translate(part).format(**told) for part in parts if part)


def order_lines(results: tuple[Result, ...], translate: Translate) -> str:
    """That the list ranks nobody, and whether it could."""
    figures = [result.figures for result in results]
    if all(one.low is None for one in figures):
        return translate(NOTHING_RATED)
    apart = any(is_above(one, other) for one in figures for other in figures)
    return " ".join(translate(line) for line in ((NOT_FIRST,) if apart else (NOBODY_KNOWN, NOT_FIRST)))


def shortfall(quiz: Quiz, translate: Translate) -> str:
    """Why there is no quiz, in figures; empty where there is one."""
    if quiz.built:
        return ""
    if not quiz.every:
        return translate(NOTHING_HELD)
    every, ready = len(quiz.every), len(quiz.issues)
    left_out = quiz.left_out
    told = [(SHORTFALL[state], left_out[state]) for state in ISSUE_STATES if left_out[state]]
    told += [(READY, ready)] if ready else []
    figures = "; ".join(translate(one if n == 1 else many).format(n=n, every=every) for (one, many), n in told)
    return f"{translate(NEEDED).format(least=LEAST_ISSUES)} {figures[:1].upper()}{figures[1:]}."


def silent_line(silent: int, every: int, translate: Translate) -> str:
    """How many candidates have no words on an issue; empty where all do."""
    one, many = SILENT_HERE
    return translate(one if silent == 1 else many).format(n=silent, every=every) if silent else ""


def share_line(share: Share, translate: Translate) -> str:
    """How much of the quiz is one candidate's."""
    told = {"sentences": share.sentences, "words": share.words, "first": share.first}
    return translate(SHARE).format(name=share.candidate.name, **told)


def _form(n: int) -> str:
    return ("none", "one", "many")[min(n, 2)]
