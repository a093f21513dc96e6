"""Figures as forms keep them: what they count, without their numbers, which are never written over."""

import json

from sqlmodel import Session, select

from positions.entries.entry import Doc, Kind, both, by_slug, free_slug, needed, take_away
from positions.followthrough.models.commitments import Commitment
from positions.followthrough.models.figures import Indicator
from positions.followthrough.models.programs import Program
from positions.followthrough_entries.figures import Figure as Entry
from positions.load_document import checked
from positions.load_followthrough import grounds
from positions.load_followthrough.figures import keep_facts

AS_THEY_ARE = "slug kind people part part_of fictional".split()
TEXTS = ("name", "unit", "denominator", "about")


def read(session: Session, slug: str) -> Doc | None:
    """One figure, as a file says it."""
    row = by_slug(session, Indicator, slug)
    if row is None:
        return None
    program = session.get(Program, row.program_id) if row.program_id else None
    commitment = session.get(Commitment, row.commitment_id) if row.commitment_id else None
    return {
        **{name: getattr(row, name) for name in AS_THEY_ARE},
        **{name: both(getattr(row, f"{name}_en"), getattr(row, f"{name}_es")) for name in TEXTS},
        "program": program.slug if program else None,
        "commitment": commitment.slug if commitment else None,
        "axes": json.loads(row.axes),
        "headline": json.loads(row.headline) if row.headline else None,
        "cited": grounds.entry(session, row),
    }


def write(session: Session, slug: str, doc: Doc) -> None:
    """Bring the facts of a figure into line. Raises BadEntry, NotFound, Conflict, Refusal."""
    keep_facts(session, checked(Entry, {**doc, "slug": slug}))


def remove(session: Session, slug: str) -> None:
    """Take a figure away of which there are no numbers. Raises NotFound, Conflict."""
    row = needed(session, Indicator, slug, "figure")
    take_away(session, (row,), row.name_en)


def new_slug(session: Session, name: str) -> str:
    """A free slug for a new figure, of the first words of its name."""
    return free_slug(" ".join(name.split()[:8]), session.exec(select(Indicator.slug)).all(), "figure")


KIND = Kind(read, write, remove)
