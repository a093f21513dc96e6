"""Races and who stands in them."""

import json
from itertools import zip_longest

from sqlmodel import Session, col, select

from positions.candidacies import keep_candidacy, keep_contest
from positions.entries.entry import Doc, Kind, both, by_slug, free_slug, needed, take_away
from positions.entries.forums import in_line
from positions.keeping import Tally
from positions.load_document import checked
from positions.load_schema import Candidacy as CandidacyEntry
from positions.load_schema import Contest as Entry
from positions.models import Candidacy, Contest, ContestForum
from positions.queries import merged
from transcripts.errors import NotFound
from transcripts.models import Forum, Person
from transcripts.search.outbox import enqueue_forums


def read(session: Session, slug: str) -> Doc | None:
    """One race, without its candidates."""
    row = by_slug(session, Contest, slug)
    if row is None:
        return None
    decides = zip_longest(json.loads(row.decides_en), json.loads(row.decides_es))
    heard = select(Forum.slug).join(ContestForum, col(ContestForum.forum_id) == col(Forum.id))
    return {
        "slug": row.slug,
        "title": both(row.title_en, row.title_es),
        "office": both(row.office_en, row.office_es),
        "place": row.place,
        "zone": row.zone,
        "election_date": row.election_date.isoformat(),
        "freeze_days": row.freeze_days,
        "coding_rule": row.coding_rule,
        "fictional": row.fictional,
        "profile": row.profile,
        "decides": [both(en, es) for en, es in decides],
        "forums": list(session.exec(heard.where(ContestForum.contest_id == row.id).order_by(col(Forum.slug)))),
    }


def write(session: Session, slug: str, doc: Doc) -> None:
    """Bring one race and the forums it belongs to into line. Raises BadEntry, NotFound."""
    entry = checked(Entry, {**doc, "slug": slug})
    forums = {name: needed(session, Forum, name, "forum").id or 0 for name in entry.forums}
    contest_id = keep_contest(session, entry, forums, Tally())
    left = in_line(session, ContestForum, {"contest_id": contest_id}, "forum_id", set(forums.values()))
    enqueue_forums(session, sorted(left))


def remove(session: Session, slug: str) -> None:
    """Take a race away in which nobody stands and that has no statements. Raises NotFound, Conflict."""
    row = needed(session, Contest, slug, "race")
    linked = session.exec(select(ContestForum).where(ContestForum.contest_id == row.id)).all()
    enqueue_forums(session, [one.forum_id for one in linked])
    take_away(session, (*linked, row), row.title_en)


def new_slug(session: Session, title: str, year: int) -> str:
    """A free slug for a new race, of its title and year."""
    words = title if str(year) in title else f"{title} {year}"
    return free_slug(words, {*session.exec(select(Contest.slug)), *merged.slugs(session, "race")}, "race")


def _standing(session: Session, key: str) -> tuple[Contest, Person, Candidacy | None]:
    slug, _, name = key.partition("/")
    contest, person = needed(session, Contest, slug, "race"), needed(session, Person, name, "person")
    which = select(Candidacy).where(Candidacy.contest_id == contest.id, Candidacy.person_id == person.id)
    return contest, person, session.exec(which).one_or_none()


def read_candidacy(session: Session, key: str) -> Doc | None:
    """One candidacy, by the slugs of race and person."""
    slug, _, name = key.partition("/")
    found = session.exec(
        select(Candidacy, Person)
        .join(Contest, col(Contest.id) == col(Candidacy.contest_id))
        .join(Person, col(Person.id) == col(Candidacy.person_id))
        .where(Contest.slug == slug, Person.slug == name)
    ).one_or_none()
    return _doc(*found) if found else None


def write_candidacy(session: Session, key: str, doc: Doc) -> None:
    """Bring one candidacy into line. Raises BadEntry, NotFound."""
    entry = checked(CandidacyEntry, doc)
    contest, person, _ = _standing(session, key)
    keep_candidacy(session, entry, contest.id or 0, person)


def remove_candidacy(session: Session, key: str) -> None:
    """Take a candidacy away that has no positions. Raises NotFound, Conflict."""
    contest, person, row = _standing(session, key)
    if row is None:
        raise NotFound("{name} does not stand in “{race}” any more.", name=person.name, race=contest.title_en)
    heard = session.exec(select(ContestForum.forum_id).where(ContestForum.contest_id == contest.id)).all()
    take_away(session, (row,), row.ballot_name)
    enqueue_forums(session, heard)


def candidacies(session: Session, slug: str) -> list[Doc]:
    """Everybody who stands in a race, in the order of the register. Raises NotFound. Two statements."""
    contest = needed(session, Contest, slug, "race")
    rows = session.exec(
        select(Candidacy, Person)
        .join(Person, col(Person.id) == col(Candidacy.person_id))
        .where(Candidacy.contest_id == contest.id)
        .order_by(col(Person.sort_name), col(Person.slug))
    )
    return [_doc(row, person) for row, person in rows]


def _doc(row: Candidacy, person: Person) -> Doc:
    return {
        "person": person.slug,
        "ballot_name": row.ballot_name,
        "party": both(row.party_en, row.party_es),
        "incumbent": row.incumbent,
        "status": row.status,
        "ballot_position": row.ballot_position,
    }


KIND = Kind(read, write, remove)
CANDIDACY = Kind(read_candidacy, write_candidacy, remove_candidacy)
