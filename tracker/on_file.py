"""What is on file beside words: where nobody used the words of a search, the statements it is about and the positions taken on them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import Session

from positions.cells import Cell
from positions.comparison import ContestHead, Row
from positions.queries import contests, names
from transcripts.search import analysis
from transcripts.search.query import Term
from transcripts.search.searching import Results

RACES = 2
LINES = 6
"""At most so many races are looked at, and so many statements told."""


@dataclass(frozen=True)
class OnFile:
    """A statement of a race and the positions on it: of the people asked about, or of every candidate."""

    contest: ContestHead
    row: Row
    cells: tuple[Cell, ...]

    @property
    def path(self) -> str:
        """Where it stands, relative to the site and without language prefix."""
        return f"/contests/{self.contest.slug}/compare?by=statement#r-{self.row.key}"


def on_file(session: Session, results: Results) -> tuple[OnFile, ...]:
    """The positions that answer a search whose words nobody used: `what did Segarra say about police?`

    Statements on which somebody asked about took a position come first.
    """
    people = {known.slug for known in results.matched if known.kind == "speaker"}
    topics = {known.slug for known in results.matched if known.kind == "topic"}
    words = [word.word for word in results.words if isinstance(word, Term)]
    if (results.total and not results.relaxed) or not (topics or (people and words)):
        return ()
    which = names.races_of(*people) if people else names.races_about(*topics)
    found: list[OnFile] = []
    for slug in names.slugs(session, which)[:RACES]:
        compared = contests.comparison_of(session, slug, None, "rotation", datetime.now(UTC))
        for row in compared.rows if compared.by == "statement" else ():
            if row.topic in topics or _speaks_of(row, words):
                cells = tuple(cell for cell in row.cells if not people or cell.candidate.slug in people)
                found.append(OnFile(compared.contest, row, cells))
    taken = sorted(found, key=lambda one: all(cell.code is None for cell in one.cells))
    return tuple(taken[:LINES])


def _speaks_of(row: Row, words: list[str]) -> bool:
    """Whether a statement, with its other words and the name of its topic, holds every word asked for in one of its forms."""
    held = {stem for lang, text in _texts(row) for stem in analysis.stems(analysis.words(text), lang)}
    return bool(words) and all(held.intersection(analysis.readings(word)) for word in words)


def _texts(row: Row) -> Iterator[tuple[str, str]]:
    for text in (row.text, row.topic_name):
        if text:
            yield "en", text.en
            yield "es", text.within("es")
    for lang in ("en", "es"):
        yield lang, " ".join(row.synonyms)
