"""An assignment's marks and tags as a file to take away: each kind of file in one table, for a teacher and for a student."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from slugify import slugify
from sqlmodel import Session

from positions.classes import bringing_in, reading
from positions.classes.interchange import jsonld, refi, tables
from positions.classes.interchange.holding import Holding
from positions.classes.membership import Seat
from tracker.config import Config
from tracker.exporting import File
from transcripts.errors import NotFound


@dataclass(frozen=True)
class Kind:
    """A kind of file: what it is called, and a sentence on what is in it and what opens it. `tags`: it needs tags to hold anything."""

    words: str
    opens: str
    suffix: str
    media_type: str
    write: Callable[[Holding], bytes]
    tags: bool = False


CSV = "text/csv; charset=utf-8"
ZIP = "application/zip"
KINDS: Mapping[str, Kind] = {
    "csv": Kind(
        "Marks, a line each (CSV)",
        "Every mark with the words it stands on, its tag and comment. Any spreadsheet opens it; tracker agreement reads it.",
        ".csv",
        CSV,
        tables.marks,
    ),
    "matrix": Kind(
        "Who put which tag where (CSV)",
        "A line for each answer and tag, a column for each student who has handed in: what programs for agreement want "
        "(krippendorff in Python, irr in R).",
        "-matrix.csv",
        CSV,
        tables.matrix,
        tags=True,
    ),
    "jsonld": Kind(
        "Web Annotations (JSON-LD)",
        "The W3C’s format for notes on a text. Programs for annotation and linked data read it, and so does this site.",
        jsonld.SUFFIX,
        jsonld.MEDIA_TYPE,
        jsonld.write,
    ),
    "qdpx": Kind(
        "REFI-QDA project (QDPX)",
        "Text, tags, marks and who spoke for programs of qualitative analysis. It follows the published schema and what "
        "QualCoder reads; NVivo and ATLAS.ti we could not try.",
        ".qdpx",
        ZIP,
        refi.project,
    ),
    "maxqda": Kind(
        "REFI-QDA project, line ends for MAXQDA",
        "The same with the line ends of Windows, which MAXQDA asks for. MAXQDA itself we could not try.",
        "-maxqda.qdpx",
        ZIP,
        lambda holding: refi.project(holding, crlf=True),
    ),
    "qdc": Kind(
        "REFI-QDA codebook (QDC)",
        "The tags alone, one under another, for programs of qualitative analysis.",
        ".qdc",
        "application/xml",
        refi.codebook,
        tags=True,
    ),
    "taguette": Kind(
        "Codebook for Taguette (CSV)",
        "The tags with their descriptions, as Taguette imports them.",
        "-tags.csv",
        CSV,
        tables.taguette,
        tags=True,
    ),
}


def of_teacher(session: Session, config: Config, room: str, key: str, teacher: int, at: datetime) -> Holding:
    """What the teacher of a class may read of an assignment of it: what was handed in. Raises NotFound."""
    sheet, viewer = reading.for_teacher(session, key, teacher)
    if sheet.class_key != room:
        raise NotFound("There is no such assignment.")
    marks, works = reading.marks(session, sheet, viewer, at), reading.works(session, sheet, viewer, at)
    via = {one.mark: one.via for one in bringing_in.brought(session, sheet) if one.mark}
    return Holding(sheet, marks, works, config.site_url, at, via=via)


def of_student(session: Session, config: Config, key: str, seat: Seat, at: datetime) -> Holding:
    """A student's own marks on an assignment, handed in or not. Raises NotFound."""
    sheet, viewer = reading.for_member(session, key, seat.class_id, seat.member)
    marks = tuple(one for one in reading.marks(session, sheet, viewer, at) if one.member == seat.member)
    works = (reading.work_of(session, sheet, viewer, at),)
    return Holding(sheet, marks, works, config.site_url, at, named=False)


def file(holding: Holding, name: str) -> File:
    """A file of a kind, under the title of the assignment. Raises NotFound, Refusal."""
    kind = KINDS.get(name)
    if kind is None:
        raise NotFound("There is no such kind of file.")
    title = slugify(holding.sheet.title, max_length=60) or "assignment"
    return File(f"{title}{kind.suffix}", kind.media_type, kind.write(holding))
