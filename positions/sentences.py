"""The lines round a comparison: figures and sources above it, the order rule under the names, the balance at the foot. Pure.

Every text is an English msgid; `translate` turns it into the reader's language.
"""

from collections.abc import Callable
from datetime import date

from positions.cells import Translate
from positions.comparison import Balance, Comparison, Figures, SourceCount

FILLED = {
    "question": "{filled} of {boxes} boxes have an answer",
    "topic": "{filled} of {boxes} boxes have something that was said",
    "statement": "{filled} of {boxes} boxes have a statement",
}
SOURCES = {
    "article": ("one news report by {publisher}", "{count} news reports by {publisher}"),
    "video": ("one recording by {publisher}", "{count} recordings by {publisher}"),
    "transcript": ("one transcript by {publisher}", "{count} transcripts by {publisher}"),
    "questionnaire": ("one questionnaire by {publisher}", "{count} questionnaires by {publisher}"),
    "document": ("one document by {publisher}", "{count} documents by {publisher}"),
}
ORDER = {
    "rotation": "Order: a different candidate comes first each day; on {day} it is {name}.",
    "ballot": "Order: as on the official ballot.",
    "alphabetical": "Order: alphabetical.",
}
BALANCE = "{name}: {quotes} quoted passages, {words} words shown"


def figures_line(figures: Figures, by: str, translate: Translate, lang: str) -> str:
    """How many boxes hold something and where it comes from; who publishes with a stake in the subject is told at once."""
    filled = translate(FILLED[by]).format(filled=figures.filled, boxes=figures.boxes)
    if not figures.sources:
        return f"{filled}."
    head = translate("source") if len(figures.sources) == 1 else translate("sources")
    listed = "; ".join(_source(source, translate) for source in figures.sources)
    interests = dict.fromkeys(source.interest.within(lang) for source in figures.sources if source.interest)
    return " ".join([f"{filled}; {head}: {listed}.", *interests])


def order_line(comparison: Comparison, translate: Translate, day: Callable[[date], str] = date.isoformat) -> str:
    """The rule by which the candidates are ordered, in one sentence; `day` writes a date for the reader."""
    rule = comparison.order_rule
    first = comparison.candidates[0].name if comparison.candidates else "–"
    return translate(ORDER[rule.name]).format(day=day(rule.date), name=first)


def balance_line(balance: Balance, translate: Translate) -> str:
    """The space one candidate was given."""
    return translate(BALANCE).format(name=balance.candidate.name, quotes=balance.quotes, words=balance.words)


def _source(source: SourceCount, translate: Translate) -> str:
    one, many = SOURCES[source.kind]
    return translate(one if source.count == 1 else many).format(count=source.count, publisher=source.publisher)
