"""Codes as the words a reader sees, in the page's language. The words stand beside the codes; this only translates them."""

from functools import lru_cache

from flask import Flask

from positions import sentences
from positions.cells import ANSWERED_WORDS, Cell
from positions.comparison import Balance, Comparison
from positions.scale import PRINTED, TIER_WORDS, Code, EvidenceKind, Tier
from tracker.config import Config
from tracker.i18n import current_language, gettext, long_date, ngettext, spoken_clock, translator
from tracker.reasons import change_reason, topic_reason, voice_reason
from transcripts.desk_models import QUESTION
from transcripts.vocabulary import ANSWERED, GRADE_WORDS, REASON_WORDS, ROLE_WORDS, Grade, Reason, Role
from transcripts.wording import what_changed

EVIDENCE_WORDS = {
    EvidenceKind.QUOTATION: "Their own words, from our transcript",
    EvidenceKind.REPORTED_QUOTATION: "Quoted in the source; told here in our words",
    EvidenceKind.SOURCE_SUMMARY: "The source's summary; told here in our words",
    EvidenceKind.TRANSLATION: "Translation",
}
CORRECTION_WORDS = {
    "reword": "Words corrected",
    "reassign": "Speaker corrected",
    "split": "Divided in two",
    "merge": "Joined with the words before",
    "withdraw": "Removed",
    "restore": "Put back",
    "retime": "Times corrected",
    "mark": "What these words are was corrected",
    "move": "Moved to another question or out of one",
    "state": "What became of an answer was corrected",
    "withhold": "Words withheld",
}
ATTRIBUTION_WORDS = {
    "link": "Voice linked to a person",
    "unlink": "Voice linked to nobody any more",
    "several": "A name that stands for several people",
    "split": "A name made a voice of its own",
    "open": "Voice left open",
    "role": "Role corrected",
    "undo": "Taken back",
}
COMPLAINT_WORDS = {
    "wrong_words": "The words are wrong",
    "wrong_person": "Somebody else said it",
    "missing_context": "Something needed to understand it is missing",
    "unfair_label": "The position, the topic or the translation is unfair or wrong",
    "position_changed": "The position has changed since",
    "wrong_fact": "A date, a figure, a name or another fact is wrong",
    "question": "Nothing is wrong: I have a question",
}
OF_WORDS = ("wrong_words", "wrong_person", "missing_context", "unfair_label", "position_changed", "question")
OF_DEEDS = ("wrong_fact", "missing_context", "question")
"""What can be said of words and what was made of them, and of programs, commitments, figures, documents and acts."""
SUBJECT_WORDS = {
    "turn": "What somebody said",
    "position": "A position",
    "tag": "A topic",
    "translation": "A translation",
    "program": "A program",
    "commitment": "A commitment",
    "figure": "A figure",
    "document": "A document",
    "act": "A law or a decision of another body",
}
DECISION_WORDS = {"open": "Not decided yet", "accepted": "Accepted", "refused": "Refused"}
ANSWER_WORDS = {"open": "Not answered yet", "accepted": "Answered", "refused": "Not answered"}
MARK_WORDS = {"speech": "Speech", "procedure": "Only runs the forum"}
PART_WORDS = {
    "lead_in": "Brings in the question",
    "question": "The question",
    "answer": "Answer",
    "follow_up": "Asked again",
    "rebuttal": "Reply to others",
}


ORGANISATION_WORDS = {
    "organiser": "organiser",
    "host": "host",
    "publisher": "publisher",
    "questioners": "asked the questions",
}


def figures_line(comparison: Comparison) -> str:
    """How much of a comparison is filled, and from what, in one sentence."""
    return sentences.figures_line(comparison.figures, comparison.by, gettext, current_language())


def order_line(comparison: Comparison) -> str:
    """How the candidates are ordered, in one sentence."""
    return sentences.order_line(comparison, gettext, long_date)


def judged_words(cell: Cell) -> str:
    """Who stands behind a position: one person, one and a checker, several alone, a third who decided; empty where that is not known."""
    if cell.basis == "person":
        return gettext("Two people judged it differently; a third decided.")
    if cell.coders == 1:
        if cell.checked:
            return gettext("Judged by one person, checked against the words by another.")
        return gettext("Judged by one person.")
    n = cell.coders or 0
    told = ngettext("Judged by %(num)s person, each alone.", "Judged by %(num)s people, each alone.", n)
    return told % {"num": n} if n else ""


def balance_line(balance: Balance) -> str:
    """The space one candidate was given, in words."""
    return sentences.balance_line(balance, gettext)


def organisation_role(role: str) -> str:
    """What an organisation was to a forum, in words."""
    return gettext(ORGANISATION_WORDS.get(role, role))


def grade_words(grade: str, source: str | None = None) -> str:
    """The grade in words; a published transcript names its source."""
    return _grade_words(grade, source, current_language())


@lru_cache(maxsize=4096)
def _grade_words(grade: str, source: str | None, lang: str) -> str:
    translate = translator(lang)
    return translate(GRADE_WORDS[Grade(grade)]).format(source=source or translate("its publisher"))


def code_words(code: str) -> str:
    """A position in words."""
    return gettext(PRINTED[Code(code)])


def reason_words(reason: str) -> str:
    """Why a cell is empty, in words."""
    return gettext(REASON_WORDS[Reason(reason)])


def outcome_words(outcome: str) -> str:
    """What became of somebody and a question, in words: answered, or why there is no answer."""
    words = ANSWERED_WORDS["question"]
    return gettext(words) if outcome == ANSWERED else reason_words(outcome)


def tier_words(tier: int, source: str | None = None) -> str:
    """How we know, in words."""
    return gettext(TIER_WORDS[Tier(tier)]).format(source=source or gettext("its publisher"))


def role_words(role: str) -> str:
    """A speaker's role in words."""
    return gettext(ROLE_WORDS[Role(role)])


def evidence_words(kind: str) -> str:
    """What the text of a piece of evidence is, in words."""
    return gettext(EVIDENCE_WORDS[EvidenceKind(kind)])


def part_words(part: str) -> str:
    """What a turn is in its exchange, in the page's language."""
    return gettext(PART_WORDS[part])


def correction_words(kind: str) -> str:
    """What sort of correction was made, in words."""
    return gettext(CORRECTION_WORDS[kind])


def attribution_words(kind: str) -> str:
    """What was said of a voice, in words."""
    return gettext(ATTRIBUTION_WORDS[kind])


def attribution_value(value: str) -> str:
    """Who or what a voice was before or after: a name as it is, a role in words."""
    return gettext(value) if value in ROLE_WORDS.values() else value


def complaint_words(kind: str) -> str:
    """What a reader says is wrong, in words."""
    return gettext(COMPLAINT_WORDS[kind])


def subject_words(subject: str) -> str:
    """What a report is about, in words."""
    return gettext(SUBJECT_WORDS[subject])


def decision_words(status: str, kind: str) -> str:
    """What became of a report, or of a question, in words."""
    return gettext((ANSWER_WORDS if kind == QUESTION else DECISION_WORDS)[status])


def correction_value(kind: str, value: str) -> str:
    """What stood before or after a correction, as readers see it: words as they are, codes in words."""
    if kind == "mark":
        return gettext(MARK_WORDS[value])
    head, _, tail = value.partition(": ")
    if kind == "move" and value:
        return f"{gettext(PART_WORDS[head])}: {tail}"
    if kind == "state" and value:
        name, _, state = value.rpartition(": ")
        return f"{name}: {gettext(ANSWERED_WORDS['question']) if state == ANSWERED else reason_words(state)}"
    return value


def play_words(ms: int) -> str:
    """The link to a second of the recording, for those who hear the page."""
    return gettext("Play at %(time)s") % {"time": spoken_clock(ms)}


def cite_words(name: str | None) -> str:
    """The link to what one voice said, for those who hear the page."""
    return gettext("Cite or share what %(name)s said") % {"name": name or gettext("this voice")}


def init_app(app: Flask, _config: Config) -> None:
    """Give templates the functions above."""
    named = (
        grade_words,
        code_words,
        reason_words,
        outcome_words,
        tier_words,
        role_words,
        evidence_words,
        correction_words,
        attribution_words,
        attribution_value,
        voice_reason,
        change_reason,
        topic_reason,
        correction_value,
        part_words,
        complaint_words,
        subject_words,
        decision_words,
    )
    app.jinja_env.globals.update(
        {
            function.__name__: function
            for function in (*named, what_changed, play_words, cite_words, figures_line, order_line, balance_line)
        }
    )
    app.jinja_env.filters.update(
        organisation_role=organisation_role,
        role_words=role_words,
        grade_words=grade_words,
        evidence_words=evidence_words,
        judged_words=judged_words,
        play_words=play_words,
        cite_words=cite_words,
    )  # said of every turn, a thousand times in a comparison: a filter costs less than a call
