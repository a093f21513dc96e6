"""The writer of observations: numbers of a figure, append-only, in batches. A later batch stands over earlier ones, value by value.

Beside `queries/figures.py` this is the only module that reads observations: it holds what is sent against what is held.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import Session, col, select

from positions.followthrough.appending import CITED, GROUND, Ground, Writer, ground
from positions.followthrough.figures import Moment
from positions.followthrough.models.figures import Indicator, Observation, ObservationBatch
from positions.followthrough.models.programs import Program
from positions.followthrough.observation_files import Columns, Words
from positions.followthrough.observations import Countable, Observed, Preview, preview
from positions.followthrough.suppression import Place
from positions.followthrough.vocabulary.figures import IndicatorKind
from positions.keeping import Outcome
from transcripts.errors import BadFile, NotFound
from transcripts.text import fold


@dataclass(frozen=True)
class Origin:
    """Where numbers came from: the file and its digest, what they rest on where that is not what the figure rests on, and how
    the columns of the file were read, where a person looked at them."""

    file_name: str | None = None
    sha256: str | None = None
    ground: Ground | None = None
    columns: Columns | None = None


@dataclass(frozen=True)
class Known:
    """What somebody who brings a table must know of a figure: the names of its groups, and the columns of the last one."""

    words: Words
    columns: Columns | None


def countable(row: Indicator) -> Countable:
    """What the numbers of a figure must be like."""
    axes = {axis["key"]: frozenset(one["key"] for one in axis["categories"]) for axis in json.loads(row.axes)}
    return Countable(IndicatorKind(row.kind), row.people, axes)


def words(row: Indicator) -> Words:
    """What a reader of tables must know of a figure: its groups go by their key and by their names in both languages."""
    named = {
        axis["key"]: {
            fold(name): one["key"]
            for one in axis["categories"]
            for name in (one["key"], one["en"], one.get("es"))
            if name
        }
        for axis in json.loads(row.axes)
    }
    return Words(IndicatorKind(row.kind), named)


def known(session: Session, slug: str) -> Known:
    """How a table for this figure is read. Raises NotFound."""
    row = _figure(session, slug)
    return Known(words(row), Columns.of(json.loads(row.mapping)) if row.mapping else None)


def look(session: Session, slug: str, found: Sequence[Observed], writer: Writer) -> Preview:
    """What storing these numbers would do; nothing is stored. Raises NotFound."""
    return _preview(session, _figure(session, slug), found, writer)


def record(session: Session, slug: str, found: Sequence[Observed], origin: Origin, writer: Writer) -> Outcome:
    """Append one batch with the numbers that are new or other than those held; "same" where none is.

    Raises NotFound; BadFile, with nothing stored, where a number cannot be one of this figure.
    """
    figure = _figure(session, slug, locking=True)
    planned = _preview(session, figure, found, writer)
    for problem in planned.refused:
        raise BadFile.of(problem.said, problem.line)
    if origin.columns is not None:
        figure.mapping = json.dumps(origin.columns.as_json(), ensure_ascii=False)
    if not planned.new and not planned.changed:
        return "same"
    batch = ObservationBatch(
        indicator_id=figure.id or 0,
        file_name=origin.file_name,
        sha256=origin.sha256,
        **writer.kept(),
        **(ground(origin.ground) if _rests(origin.ground) else {name: getattr(figure, name) for name in GROUND}),
    )
    session.add(batch)
    session.flush()
    session.add_all(_row(figure, batch, one) for one in (*planned.new, *planned.changed))
    session.flush()
    return "changed" if planned.changed else "added"


def groups_held(session: Session, indicator_id: int) -> set[tuple[str | None, str | None]]:
    """The groups, by breakdown, of which there are numbers; a pair of None where there are totals."""
    which = select(Observation.axis, Observation.category).where(Observation.indicator_id == indicator_id)
    return set(session.exec(which.distinct()).all())


def _figure(session: Session, slug: str, locking: bool = False) -> Indicator:
    which = select(Indicator).where(Indicator.slug == slug)
    found = session.exec(which.with_for_update() if locking else which).one_or_none()
    if found is None:
        raise NotFound("There is no figure “{slug}” (any more).", slug=slug)
    return found


def _preview(session: Session, figure: Indicator, found: Sequence[Observed], writer: Writer) -> Preview:
    zone = session.get_one(Program, figure.program_id).zone if figure.program_id else "UTC"
    return preview(countable(figure), _held(session, figure), found, writer.today(zone))


def _held(session: Session, figure: Indicator) -> Mapping[Place, Decimal | None]:
    """The number that stands at each place."""
    rows = session.exec(
        select(Observation)
        .where(Observation.indicator_id == figure.id)
        .order_by(col(Observation.batch_id), col(Observation.id))
    )
    return {Place(Moment(row.last_on, row.first_on), row.axis, row.category): row.value for row in rows}


def _row(figure: Indicator, batch: ObservationBatch, one: Observed) -> Observation:
    return Observation(
        batch_id=batch.id or 0,
        indicator_id=figure.id or 0,
        first_on=one.place.when.starts,
        last_on=one.place.when.ends,
        axis=one.place.axis,
        category=one.place.group,
        value=one.value,
    )


def _rests(columns: Ground | None) -> bool:
    return any((columns or {}).get(name) is not None for name in CITED)
