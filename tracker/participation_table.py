"""What each candidate had of a forum as a table to take away: one figure a line, with what it is of and how far to trust it."""

import csv
import io
from collections.abc import Callable, Iterator

from positions.queries.participation import Participation
from tracker.wording import grade_words, outcome_words
from transcripts.formats.own_table import guarded
from transcripts.participation import Measure

COLUMNS = (
    "forum",
    "date",
    "grade",
    "measure",
    "candidate",
    "question",
    "value",
    "unit",
    "of",
    "equal_share",
    "address",
)
SHARED = ("words", "ms")
"""Units the candidates divide among them, so that an equal share of them means something."""

Row = dict[str, str]


def as_csv(held: Participation, address: Callable[[str], str]) -> str:
    """The table under headings, no cell a formula; `address` makes a whole address of a path of this site."""
    written = io.StringIO()
    writer = csv.DictWriter(written, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    published = held.forum.published
    common = {
        "forum": held.forum.line.title.en,
        "date": held.forum.line.held_on.isoformat(),
        "grade": grade_words(published.grade, published.source_name) if published else "",
    }
    for row in rows(held, address):
        writer.writerow({name: guarded(value) for name, value in (common | row).items()})
    return written.getvalue()


def rows(held: Participation, address: Callable[[str], str]) -> Iterator[Row]:
    """Every figure of every candidate, noughts too; a figure that cannot be told is no line."""
    here = {"address": address(f"/forums/{held.forum.line.slug}/participation")}
    for name, unit, measure in _measures(held):
        for one, value in zip(held.candidates, measure.values, strict=True):
            equal = "" if measure.equal is None or unit not in SHARED else f"{measure.equal:.1f}"
            figure = {"candidate": one.name, "value": str(value), "of": str(measure.whole), "equal_share": equal}
            yield here | figure | {"measure": name, "unit": unit}
    for asked in held.questions:
        exchange = asked.exchange
        text = " ".join(turn.text for turn in exchange.questions)
        common = {"measure": "question", "question": f"{exchange.number}. {text}", "unit": "outcome"}
        for one, outcome in zip(held.candidates, asked.outcomes, strict=True):
            place = {"address": address(f"/turns/{exchange.key}"), "candidate": one.name}
            yield common | place | {"value": outcome_words(outcome)}
    for topic in held.unasked:
        told = {"measure": "topic nobody was asked about", "question": topic.name.en, "value": str(topic.passages)}
        yield told | {"unit": "passages that speak of it", "address": address(f"/topics/{topic.slug}")}


def _measures(held: Participation) -> Iterator[tuple[str, str, Measure]]:
    if held.words:
        yield "words", "words", held.words
        yield "took the floor", "times", held.turns
    if held.time:
        yield "floor time", "ms", held.time
    if held.interruptions:
        yield "was cut off", "times", held.interruptions.cut_off
        yield "cut somebody off", "times", held.interruptions.cut_in
