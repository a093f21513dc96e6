"""Pure: marks as a table, one a line; who put which tag where, as a matrix; tags as Taguette reads them. No cell is a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from positions.classes.interchange.holding import Holding, description, moment, path
from positions.classes.sheet import MarkView, Passage, Tag, Work
from transcripts.errors import Refusal
from transcripts.formats.own_table import guarded

COLUMNS = tuple(
    "assignment annotation annotator status turn version place speaker start end document_start document_end quote code code_key "
    "comment purpose scope created modified".split()
)
"""`start` and `end` count code points of the turn, `document_…` those of the text a project holds; half-open."""


def marks(holding: Holding) -> bytes:
    """A line for each mark, in the order of the text."""
    return _table(COLUMNS, (_line(holding, mark, holding.sheet.passage(mark.passage)) for mark in holding.standing))


def matrix(holding: Holding) -> bytes:
    """A line for each answer and tag, a column for each student whose work is handed in: 1 where they put it, 0 where not.

    Where an answer as a whole takes one tag, a line is an answer and a cell the key of its tag, `none` for none. Empty: not judged.
    """
    coders = [one for one in holding.works if one.handed_in]
    lines = (
        _one_tag(holding, coders)
        if holding.sheet.exclusive and holding.sheet.unit == "turn"
        else _each_tag(holding, coders)
    )
    return _table(("unit", *(one.who for one in coders)), lines)


def taguette(holding: Holding) -> bytes:
    """The tags under the heading that Taguette wants; one under another carries both names, with a dot. Raises Refusal for none."""
    tags, lang = holding.sheet.tags, holding.sheet.lang
    if not tags:
        raise Refusal("This assignment has no tags: there is no codebook to write.")
    return _table(("tag", "description"), ((".".join(path(tags, tag, lang)), description(tag, lang)) for tag in tags))


def _line(holding: Holding, mark: MarkView, passage: Passage) -> Iterator[str]:
    tag, begin = holding.sheet.tag(mark.tag), holding.document.begins[passage.id]
    yield holding.sheet.title
    yield holding.mark(mark).urn
    yield mark.who or ""
    yield mark.state.value
    yield holding.turn(passage)
    yield str(passage.version)
    yield str(passage.position + 1)
    yield holding.voice(passage)
    yield from map(str, (mark.start, mark.end, begin + mark.start, begin + mark.end))
    yield passage.text[mark.start : mark.end]
    yield "/".join(path(holding.sheet.tags, tag, holding.sheet.lang)) if tag else ""
    yield tag.key if tag else ""
    yield mark.comment
    yield mark.purpose if mark.comment else ""
    yield mark.scope.value
    yield moment(mark.at)
    yield moment(mark.changed_at)


def _each_tag(holding: Holding, coders: Sequence[Work]) -> Iterator[list[str]]:
    put = {(mark.member, mark.passage, mark.tag) for mark in holding.standing}
    for passage, tag in _units(holding):
        cells = (
            "" if not one.judges(passage.id) else str(int((one.member, passage.id, tag.id) in put)) for one in coders
        )
        yield [f"{holding.turn(passage)} {tag.key}", *cells]


def _one_tag(holding: Holding, coders: Sequence[Work]) -> Iterator[list[str]]:
    put = {(mark.member, mark.passage): tag.key for mark in holding.standing if (tag := holding.sheet.tag(mark.tag))}
    for passage in holding.sheet.answers:
        cells = (put.get((one.member, passage.id), "none") if one.judges(passage.id) else "" for one in coders)
        yield [holding.turn(passage), *cells]


def _units(holding: Holding) -> Iterator[tuple[Passage, Tag]]:
    return ((passage, tag) for passage in holding.sheet.answers for tag in holding.sheet.tags)


def _table(heading: Sequence[str], lines: Iterable[Iterable[str]]) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([guarded(cell) for cell in heading])
    writer.writerows([guarded(cell) for cell in line] for line in lines)
    return written.getvalue().encode()
