"""Figures as entries say them and as rows hold them; the numbers a file gives are appended, never written over."""

import hashlib
import json
from typing import Any

from sqlmodel import Session, select

from positions.coding.publishing import FILE
from positions.followthrough import observation_files as files
from positions.followthrough import observing
from positions.followthrough.appending import Writer
from positions.followthrough.figures import Moment
from positions.followthrough.models.commitments import Commitment
from positions.followthrough.models.figures import Indicator
from positions.followthrough.models.programs import Program
from positions.followthrough.observation_files import UNKNOWN
from positions.followthrough.observations import Observed
from positions.followthrough.suppression import Place
from positions.followthrough_entries.figures import Figure as Entry
from positions.followthrough_entries.figures import FigureAxis
from positions.keeping import Outcome, keep
from positions.load_followthrough import grounds
from positions.load_followthrough.parts import both
from positions.load_stances import find
from transcripts.errors import BadFile, Conflict, NotFound, Refusal
from transcripts.formats.decoding import decode


def keep_all(session: Session, entry: Entry) -> Outcome:
    """Bring a figure into line with a file and append the numbers it gives. Raises NotFound, Conflict, Refusal."""
    _, outcome = keep_facts(session, entry)
    given = [
        Observed(Place(Moment(one.last_on, one.first_on), one.axis, one.category), one.value)
        for one in entry.observations
    ]
    if not given:
        return outcome
    stored = observing.record(session, entry.slug, given, observing.Origin(), Writer(FILE.name))
    return "changed" if outcome == "same" and stored != "same" else outcome


def keep_file(session: Session, entry: Entry, data: bytes) -> Outcome:
    """Append the numbers of the table a file names, read by its headings. Raises BadFile with the line."""
    row = session.exec(select(Indicator).where(Indicator.slug == entry.slug)).one()
    table, words = files.sheet(decode(data).text), observing.words(row)
    columns = files.recognised(table, words)
    if columns is None:
        raise BadFile(UNKNOWN, 1, names=", ".join(table.names[:20]))
    read = files.read(table, columns, words)
    for problem in read.problems:
        raise BadFile.of(problem.said, problem.line)
    origin = observing.Origin(entry.file, hashlib.sha256(data).hexdigest())
    return observing.record(session, entry.slug, read.found, origin, Writer(FILE.name))


def keep_facts(session: Session, entry: Entry) -> tuple[Indicator, Outcome]:
    """Bring the facts of a figure into line. Raises NotFound, and a Refusal or Conflict that says what does not fit."""
    _refuse_unclear(entry)
    program = find(session, Program, entry.program, "programs").id if entry.program else None
    said = {
        "program_id": program,
        "commitment_id": find(session, Commitment, entry.commitment, "commitments").id if entry.commitment else None,
        "kind": str(entry.kind),
        "people": entry.people,
        "part": str(entry.part) if entry.part else None,
        "part_of": entry.part_of,
        "axes": json.dumps([_axis(one) for one in entry.axes], ensure_ascii=False),
        "headline": entry.headline.model_dump_json() if entry.headline else None,
        "fictional": entry.fictional,
        **both("name", entry.name),
        **both("unit", entry.unit),
        **both("denominator", entry.denominator),
        **both("about", entry.about),
        **grounds.columns(session, entry.cited),
    }
    held = session.exec(select(Indicator).where(Indicator.slug == entry.slug)).one_or_none()
    if held is not None:
        _refuse_other_numbers(session, held, entry)
    _refuse_strange_whole(session, entry, program)
    return keep(session, Indicator, {"slug": entry.slug}, said)


def _axis(axis: FigureAxis) -> dict[str, Any]:
    return axis.model_dump(mode="json")


def _refuse_unclear(entry: Entry) -> None:
    groups = {axis.key: {one.key for one in axis.categories} for axis in entry.axes}
    if len(groups) < len(entry.axes) or any(len(groups[axis.key]) < len(axis.categories) for axis in entry.axes):
        raise Conflict("Two breakdowns of a figure, or two groups of a breakdown, cannot have one key.")
    ratio = entry.headline
    if ratio and (ratio.over == ratio.under or not {ratio.over, ratio.under} <= groups.get(ratio.axis, set())):
        raise Refusal("The ratio told first needs two groups of one breakdown of this figure.")
    if entry.people and entry.denominator is not None:
        raise Refusal(
            "Give how many people there were, and how many in all as another figure: a share of people would tell of "
            "numbers under five, and we work shares out ourselves."
        )
    if entry.part_of == entry.slug:
        raise Refusal("A figure is no part of itself.")


def _refuse_other_numbers(session: Session, held: Indicator, entry: Entry) -> None:
    """What the numbers held count cannot be said anew: those would be numbers of something else."""
    places = observing.groups_held(session, held.id or 0)
    if places and held.kind != entry.kind:
        raise Conflict("Numbers of this figure are held; what kind they are cannot change. Make another figure.")
    groups = {(axis.key, one.key) for axis in entry.axes for one in axis.categories}
    gone = sorted(str(group) for axis, group in places if axis is not None and (axis, group) not in groups)
    if gone:
        raise Conflict("Numbers of “{group}” are held; the group must stay.", group=gone[0])


def _refuse_strange_whole(session: Session, entry: Entry, program: int | None) -> None:
    if entry.part_of is None:
        return
    whole = session.exec(select(Indicator).where(Indicator.slug == entry.part_of)).one_or_none()
    if whole is None:
        raise NotFound("“{slug}” is not among the figures; add it there first.", slug=entry.part_of)
    if (whole.kind, whole.unit_en, whole.people, whole.program_id) != (
        entry.kind,
        entry.unit.en,
        entry.people,
        program,
    ):
        raise Refusal("A figure and its part are of one kind, one unit and one program.")
    if whole.part_of is not None:
        raise Refusal("“{slug}” is itself a part of another figure. Name that one.", slug=entry.part_of)
