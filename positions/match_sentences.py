"""The sentences of a match: counts first, never a share alone, and no word of who wins. Pure.

Every text is an English msgid; `translate` turns it into the reader's language.
"""

from positions.cells import Translate
from positions.matching import Match, Matched, MatchFigures, percent

COMPARED = {
    "none": "Nothing could be compared",
    "one_alike": "You agree on the only one we could compare",
    "one_apart": "You do not agree on the only one we could compare",
    "many": "You agree on {agree} of the {compared} we could compare",
}
UNKNOWN = {"none": "", "one": "; {unknown} is unknown", "many": "; {unknown} unknown"}
BETWEEN = "between {low} and {high} percent"
EXACTLY = "{low} percent; nothing is unknown"
NOBODY_KNOWN = "What they have said so far is not enough to say who agrees with you most."
MOST = "Whatever the unknown positions turn out to be, {name} agrees with you more than any other candidate does."
MORE_THAN = "More than {names}, whatever the unknown positions turn out to be."
SKIPPED = "skipped"
ALL_SKIPPED = "You skipped every statement, so there is nothing to compare."


def count_line(figures: MatchFigures, translate: Translate) -> str:
    """On how many statements voter and candidate agree, of how many, and how many are unknown."""
    compared = "none" if not figures.compared else "many"
    if figures.compared == 1:
        compared = "one_alike" if figures.agree else "one_apart"
    unknown = ("none", "one", "many")[min(figures.unknown, 2)]
    told = {"agree": figures.agree, "compared": figures.compared, "unknown": figures.unknown}
    parts = (COMPARED[compared], UNKNOWN[unknown])
    return f"{''.join(translate(part).format(**told) for part in parts if part)}."


def interval_words(figures: MatchFigures, translate: Translate) -> str:
    """What the agreement lies between, in whole percent; empty where nothing was answered."""
    if figures.low is None or figures.high is None:
        return ""
    words = BETWEEN if figures.unknown else EXACTLY
    return translate(words).format(low=percent(figures.low), high=percent(figures.high))


def most_line(match: Match, translate: Translate) -> str:
    """Who agrees most, or that the record does not say; empty where there is nobody to tell apart."""
    if not match.answers:
        return translate(ALL_SKIPPED)
    if len(match.matched) < 2:
        return ""
    return translate(MOST).format(name=match.most.name) if match.most else translate(NOBODY_KNOWN)


def above_line(matched: Matched, translate: Translate) -> str:
    """Whom the record puts below this candidate; empty where nobody."""
    names = ", ".join(one.name for one in matched.above)
    return translate(MORE_THAN).format(names=names) if names else ""
