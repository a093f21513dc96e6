"""Whether a race told in the candidates' own words keeps to that: everybody in it, enough topics, nothing judged, no stake. Pure.

What publishers without party must show (design of the comparison, section 9): every candidate, a broad range of issues, the question
as asked, and no sign of approval beside the answers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from positions.comparison import Comparison
from transcripts.vocabulary import ANSWERED, Reason

FEWEST_TOPICS = 5


class Fault(StrEnum):
    """What a guide in own words must not be."""

    MISSING = "missing"
    LABEL = "label"
    TOPICS = "topics"
    INTEREST = "interest"


FAULT_WORDS = {
    Fault.MISSING: "Nothing is said of {name}: neither an answer nor why there is none.",
    Fault.LABEL: "A position is shown on “{row}”: {name}.",
    Fault.TOPICS: "The questions are on {n} topics; a guide has {least} at least.",
    Fault.INTEREST: "The page rests on {source}, which has a stake in the subject: its own words stand beside the answers.",
}


@dataclass(frozen=True)
class Found:
    """One fault, in English."""

    fault: Fault
    what: str


def faults(comparison: Comparison, topics: int = FEWEST_TOPICS) -> tuple[Found, ...]:
    """What is wrong with a comparison by question; `topics` is how many there must be at least."""
    return (*_missing(comparison), *_labels(comparison), *_topics(comparison, topics), *_interests(comparison))


def _missing(comparison: Comparison) -> Iterator[Found]:
    """A candidate with no box, or of whom nobody has even said why every box is empty."""
    for n, candidate in enumerate(comparison.candidates):
        cells = [row.cells[n] for row in comparison.rows if row.cells[n].candidate == candidate]
        if len(cells) < len(comparison.rows) or all(cell.reason == Reason.NOT_REVIEWED for cell in cells):
            yield _found(Fault.MISSING, name=candidate.name)


def _labels(comparison: Comparison) -> Iterator[Found]:
    for row in comparison.rows:
        for cell in row.cells:
            if cell.code not in (None, ANSWERED):
                yield _found(Fault.LABEL, row=row.text.en, name=cell.candidate.name)


def _topics(comparison: Comparison, least: int) -> Iterator[Found]:
    n = len({row.topic for row in comparison.rows if row.topic})
    if n < least:
        yield _found(Fault.TOPICS, n=n, least=least)


def _interests(comparison: Comparison) -> Iterator[Found]:
    told = {source.name for row in comparison.rows for cell in row.cells for source in cell.sources if source.interest}
    for source in sorted(told):
        yield _found(Fault.INTEREST, source=source)


def _found(fault: Fault, **said: str | int) -> Found:
    return Found(fault, FAULT_WORDS[fault].format(**said))
