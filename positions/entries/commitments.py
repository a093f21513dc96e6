"""Commitments as forms keep them: their facts, without what was recorded of them, which is never written over."""

from sqlmodel import Session, select

from positions.entries.entry import Doc, Kind, both, by_slug, free_slug, needed, take_away
from positions.followthrough.models.commitments import Commitment
from positions.followthrough.models.programs import Program
from positions.followthrough_entries.commitments import Commitment as Entry
from positions.load_document import checked
from positions.load_followthrough import grounds
from positions.load_followthrough.commitments import keep_facts
from positions.models import Candidacy, Contest, Proposition, Topic
from transcripts.models import Organisation, Person

AS_THEY_ARE = "slug kind zone measurable responsible every_months origin_kind fragment fictional".split()
DAYS = ("said_on", "due_on", "first_due_on", "term_ends_on")
ROOMS = ("new", "closing")
"""Addresses of the desk that no commitment takes."""
TEXTS = ("title", "criterion", "due_why", "origin")


def read(session: Session, slug: str) -> Doc | None:
    """One commitment, as a file says it."""
    row = by_slug(session, Commitment, slug)
    if row is None:
        return None
    days = {name: getattr(row, name) for name in DAYS}
    return {
        **{name: getattr(row, name) for name in AS_THEY_ARE},
        **{name: day.isoformat() if day else None for name, day in days.items()},
        **{name: both(getattr(row, f"{name}_en"), getattr(row, f"{name}_es")) for name in TEXTS},
        **_named(session, row),
        "cited": grounds.entry(session, row),
    }


def _named(session: Session, row: Commitment) -> Doc:
    contest = None
    if row.candidacy_id is not None:
        contest = session.get_one(Contest, session.get_one(Candidacy, row.candidacy_id).contest_id).slug
    return {
        "person": session.get_one(Person, row.person_id).slug if row.person_id else None,
        "contest": contest,
        "organisation": session.get_one(Organisation, row.organisation_id).slug if row.organisation_id else None,
        "program": session.get_one(Program, row.program_id).slug if row.program_id else None,
        "topic": session.get_one(Topic, row.topic_id).slug if row.topic_id else None,
        "statement": session.get_one(Proposition, row.proposition_id).slug if row.proposition_id else None,
    }


def write(session: Session, slug: str, doc: Doc) -> None:
    """Bring the facts of a commitment into line. Raises BadEntry, NotFound, Conflict, Refusal."""
    keep_facts(session, checked(Entry, {**doc, "slug": slug}))


def remove(session: Session, slug: str) -> None:
    """Take a commitment away of which nothing was recorded. Raises NotFound, Conflict."""
    row = needed(session, Commitment, slug, "commitment")
    take_away(session, (row,), row.title_en)


def new_slug(session: Session, title: str) -> str:
    """A free slug for a new commitment, of the first words of its title."""
    taken = {*ROOMS, *session.exec(select(Commitment.slug))}
    return free_slug(" ".join(title.split()[:8]), taken, "commitment")


KIND = Kind(read, write, remove)
