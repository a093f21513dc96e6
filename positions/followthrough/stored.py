"""Rows of commitments as the rules read them: facts, events in order, records of due dates; what a later row takes back is marked."""

from collections.abc import Sequence

from positions.cells import Looked
from positions.followthrough import models
from positions.followthrough.commitments import VALUES, Commitment, Event, in_order
from positions.followthrough.models.commitments import CommitmentEvent, DueOccurrence
from positions.followthrough.recurrence import Recurrence, Seen
from positions.followthrough.vocabulary.commitments import Axis, CommitmentKind, Occurrence
from transcripts.bilingual import Bilingual


def facts(row: models.commitments.Commitment) -> Commitment:
    """What a row says, as the rules read it. Due again and again until the end of the term."""
    again = (
        Recurrence(row.first_due_on, row.every_months, row.term_ends_on)
        if row.first_due_on is not None and row.every_months is not None
        else None
    )
    return Commitment(CommitmentKind(row.kind), row.due_on, again, row.term_ends_on, row.measurable)


def events_of(rows: Sequence[CommitmentEvent]) -> tuple[Event, ...]:
    """What rows of one commitment tell, in order; those that a later row takes back are marked."""
    gone = {row.withdraws_id for row in rows}
    return in_order(_event(row, row.id in gone) for row in rows if row.value is not None)


def seen_of(rows: Sequence[DueOccurrence]) -> tuple[Seen, ...]:
    """The records of due dates that rows of one commitment tell."""
    gone = {row.withdraws_id for row in rows}
    return tuple(_seen(row, row.id in gone) for row in rows if row.outcome is not None)


def _event(row: CommitmentEvent, taken_back: bool) -> Event:
    looked = (
        Looked(row.looked_by or row.recorded_by, row.looked_on, Bilingual(row.looked_en or "", row.looked_es))
        if row.looked_on is not None
        else None
    )
    return Event(
        id=row.id or 0,
        value=VALUES[Axis(row.axis)](row.value or ""),
        on=row.on,
        sourced=any(one is not None for one in (row.document_id, row.source_id, row.turn_id)),
        looked=looked,
        recorded_at=row.recorded_at,
        taken_back=taken_back,
    )


def _seen(row: DueOccurrence, taken_back: bool) -> Seen:
    return Seen(row.id or 0, row.due_on, Occurrence(row.outcome or ""), row.on, row.recorded_at, taken_back)
