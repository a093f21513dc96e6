"""Statements of a race, each under a topic."""

import json

from sqlmodel import Session, col, func, select

from positions.entries.entry import Doc, Kind, both, by_slug, free_slug, needed, take_away
from positions.load_document import checked
from positions.load_schema import Statement as Entry
from positions.models import Contest, Proposition, Topic
from positions.queries import merged
from positions.topics import keep_proposition


def read(session: Session, slug: str) -> Doc | None:
    """One statement and its place among those of its race."""
    row = by_slug(session, Proposition, slug)
    if row is None:
        return None
    contest, topic = session.get_one(Contest, row.contest_id), session.get_one(Topic, row.topic_id)
    return {
        "slug": row.slug,
        "contest": contest.slug,
        "topic": topic.slug,
        "type": row.type,
        "text": both(row.text_en, row.text_es),
        "options": json.loads(row.options),
        "synonyms": json.loads(row.synonyms),
        "proposed_by": row.proposed_by,
        "position": row.position,
        "status": row.status,
        "pending": json.loads(row.pending) if row.pending else None,
        "worded_by": row.worded_by,
        "approved_by": row.approved_by,
    }


def write(session: Session, slug: str, doc: Doc) -> None:
    """Bring one statement into line; other words make its next version. Raises BadEntry, NotFound, Conflict."""
    entry = checked(Entry, {**{name: value for name, value in doc.items() if name != "position"}, "slug": slug})
    contest, topic = needed(session, Contest, entry.contest, "race"), needed(session, Topic, entry.topic, "topic")
    keep_proposition(session, entry, contest.id or 0, topic.id or 0, int(doc.get("position", 0)))


def remove(session: Session, slug: str) -> None:
    """Take a statement away on which nobody has a position. Raises NotFound, Conflict."""
    row = needed(session, Proposition, slug, "statement")
    take_away(session, (row,), row.text_en)


def new_slug(session: Session, race: str, text: str) -> str:
    """A free slug for a new statement, of its race and its first words."""
    words = " ".join(text.split()[:6])
    taken = {*session.exec(select(Proposition.slug)), *merged.slugs(session, "statement")}
    return free_slug(f"{race} {words}", taken, "statement")


def next_position(session: Session, race: str) -> int:
    """The place behind the last statement of a race."""
    of_race = select(func.max(col(Proposition.position))).join(Contest, col(Contest.id) == col(Proposition.contest_id))
    last = session.exec(of_race.where(Contest.slug == race)).one()
    return 0 if last is None else last + 1


KIND = Kind(read, write, remove)
