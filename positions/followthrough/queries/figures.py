"""Figures as everybody may see them: the only way out for observations. No number of people under five leaves here, and none
that would tell one (`suppression`), whatever page, export or command asks.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session, col

from positions.followthrough.figures import Moment
from positions.followthrough.models.commitments import Commitment
from positions.followthrough.models.figures import Indicator, Observation, ObservationBatch
from positions.followthrough.models.programs import Program
from positions.followthrough.queries import grounds
from positions.followthrough.queries.grounds import Ground
from positions.followthrough.queries.shown_figures import Axis, Group, Named, Ratio, Seen, ShownFigure, Value
from positions.followthrough.suppression import Counted, Place, hidden
from positions.followthrough.vocabulary.figures import IndicatorKind, Part
from transcripts.bilingual import Bilingual, both
from transcripts.errors import NotFound

__all__ = ["Axis", "Group", "Named", "Ratio", "Seen", "ShownFigure", "Value"]
"""What the questions answer with, beside the questions."""


@dataclass(frozen=True)
class Batch:
    """Numbers that came in one go: when, by whom, from which file, how many, and what they rest on."""

    at: datetime
    by: str
    file_name: str | None
    n: int
    ground: Ground | None


def batches(session: Session, slug: str) -> tuple[Batch, ...]:
    """When numbers of a figure came, the latest first."""
    rows = session.execute(
        select(ObservationBatch, func.count(col(Observation.id)))
        .join(Indicator, col(Indicator.id) == col(ObservationBatch.indicator_id))
        .join(Observation, col(Observation.batch_id) == col(ObservationBatch.id))
        .where(col(Indicator.slug) == slug)
        .group_by(col(ObservationBatch.id))
        .order_by(col(ObservationBatch.id).desc())
    ).all()
    rests = grounds.of(session, [batch for batch, _ in rows])
    return tuple(
        Batch(batch.recorded_at, batch.recorded_by, batch.file_name, n, ground)
        for (batch, n), ground in zip(rows, rests, strict=True)
    )


def of_program(session: Session, program_id: int) -> tuple[ShownFigure, ...]:
    """Every figure of a program in the order editors gave them. Two statements, and those of `grounds.of`."""
    return _found(session, col(Indicator.program_id) == program_id)


def every(session: Session) -> tuple[ShownFigure, ...]:
    """Every figure there is."""
    return _found(session, col(Indicator.id).is_not(None))


def by_slug(session: Session, *slugs: str) -> tuple[ShownFigure, ...]:
    """Figures in the order asked for. Raises NotFound. Whatever they are parts of, or is part of them, is read with them."""
    found = {one.slug: one for one in _found(session, _beside(slugs))}
    for slug in slugs:
        if slug not in found:
            raise NotFound("There is no figure “{slug}” (any more).", slug=slug)
    return tuple(found[slug] for slug in slugs)


def with_others(session: Session, slug: str) -> tuple[ShownFigure, tuple[ShownFigure, ...]]:
    """A figure, and the others of its program, or of its commitment where it belongs to no program. Raises NotFound."""
    found = _found(session, _beside((slug,)))
    one = next((figure for figure in found if figure.slug == slug), None)
    if one is None:
        raise NotFound("There is no figure “{slug}” (any more).", slug=slug)
    near = [
        figure for figure in found if figure.slug != slug and (figure.program or figure.commitment == one.commitment)
    ]
    return one, tuple(near)


def _beside(slugs: Sequence[str]) -> ColumnElement[bool]:
    """Figures and all that could tell of them: those of the same program, or of none."""
    named = select(col(Indicator.program_id)).where(col(Indicator.slug).in_(slugs))
    alone = (
        select(col(Indicator.id)).where(col(Indicator.slug).in_(slugs), col(Indicator.program_id).is_(None)).exists()
    )
    return col(Indicator.program_id).in_(named) | (col(Indicator.program_id).is_(None) & alone)


def _found(session: Session, which: ColumnElement[bool]) -> tuple[ShownFigure, ...]:
    said = col(Observation.indicator_id) == col(Indicator.id)
    latest = select(func.max(col(Observation.batch_id))).where(said).correlate(Indicator).scalar_subquery()
    rows = session.execute(
        select(Indicator, Program, Commitment, col(ObservationBatch.recorded_at))
        .outerjoin(Program, col(Program.id) == col(Indicator.program_id))
        .outerjoin(Commitment, col(Commitment.id) == col(Indicator.commitment_id))
        .outerjoin(ObservationBatch, col(ObservationBatch.id) == latest)
        .where(which)
        .order_by(col(Indicator.position), col(Indicator.id))
    ).all()
    held = _held(session, {row.id or 0 for row, *_ in rows})
    out = hidden([_counted(row, held.get(row.id or 0, {})) for row, *_ in rows if row.people])
    rests = grounds.of(session, [row for row, *_ in rows])
    return tuple(
        _figure(row, program, commitment, ground, read_at, _seen(row, held, out))
        for (row, program, commitment, read_at), ground in zip(rows, rests, strict=True)
    )


Held = Mapping[Place, Decimal | None]


def _held(session: Session, ids: set[int]) -> dict[int, dict[Place, Decimal | None]]:
    """The numbers that stand, by figure and place: of the latest batch that tells of the place."""
    found: dict[int, dict[Place, Decimal | None]] = {}
    rows = session.execute(
        select(  # columns, not rows: a figure may have ten years of months, each with its groups
            col(Observation.indicator_id),
            col(Observation.first_on),
            col(Observation.last_on),
            col(Observation.axis),
            col(Observation.category),
            col(Observation.value),
        )
        .where(col(Observation.indicator_id).in_(ids))
        .order_by(col(Observation.batch_id), col(Observation.id))
    )
    for figure, first, last, axis, group, value in rows:
        found.setdefault(figure, {})[Place(Moment(last, first), axis, group)] = value
    return found


def _counted(row: Indicator, held: Held) -> Counted:
    numbers = {place: None if value is None else int(value) for place, value in held.items()}
    return Counted(row.slug, IndicatorKind(row.kind), numbers, row.part_of)


def _seen(row: Indicator, held: Mapping[int, Held], out: Mapping[str, frozenset[Place]]) -> Iterator[Value]:
    gone = out.get(row.slug, frozenset())
    for place, value in held.get(row.id or 0, {}).items():
        if row.people and place in gone:
            yield Value(place, Seen.HIDDEN)
        elif value is None:
            yield Value(place, Seen.SOURCE_HIDES)
        else:
            yield Value(place, Seen.SHOWN, value)


def _figure(
    row: Indicator,
    program: Program | None,
    commitment: Commitment | None,
    ground: Ground | None,
    read_at: datetime | None,
    values: Iterable[Value],
) -> ShownFigure:
    ratio = json.loads(row.headline) if row.headline else None
    return ShownFigure(
        row.id or 0,
        row.slug,
        Bilingual(row.name_en, row.name_es),
        IndicatorKind(row.kind),
        Bilingual(row.unit_en, row.unit_es),
        row.people,
        both(row.denominator_en, row.denominator_es),
        both(row.about_en, row.about_es),
        Part(row.part) if row.part else None,
        row.part_of,
        tuple(_axis(axis) for axis in json.loads(row.axes)),
        Named(program.slug, Bilingual(program.name_en, program.name_es)) if program else None,
        Named(commitment.slug, Bilingual(commitment.title_en, commitment.title_es)) if commitment else None,
        row.fictional,
        ground,
        tuple(sorted(values, key=lambda value: (value.when.ends, value.when.begins))),
        (ratio["axis"], ratio["over"], ratio["under"]) if ratio else None,
        read_at,
    )


def _axis(said: Mapping[str, object]) -> Axis:
    groups = said["categories"]
    named = groups if isinstance(groups, list) else []
    return Axis(str(said["key"]), _name(said), tuple(Group(str(one["key"]), _name(one)) for one in named))


def _name(said: Mapping[str, object]) -> Bilingual:
    spanish = said.get("es")
    return Bilingual(str(said["en"]), str(spanish) if spanish is not None else None)
