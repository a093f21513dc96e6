"""Small made-up forums for tests, stored the way an editor stores them."""

from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from tracker.db import Database
from transcripts import importing
from transcripts.importing import Choices, Stored
from transcripts.models import Forum, Person, PersonAlias, Speaker, SpeakerLabel, Turn
from transcripts.text import fold
from transcripts.vocabulary import Role

EVENING = """\
MARA QUILL, MODERATOR: Good evening and welcome to Rose Street. My first question is about homes. What will you do about rents?

IDA BERG: We will build four hundred homes by the river, and we will keep them cheap.

(APPLAUSE)

TOM VALE: I would freeze rents for two years. Nobody should lose a home because a number went up.

QUILL: Thank you. Ms. Berg, who pays for these homes?

BERG: The sale of the old depot pays for them. Not one cent comes from the schools.

QUILL: Let us turn to the next question, the buses. Mr. Vale, should buses run at night, and who drives them?

VALE: Yes, they should run at night, every night, on every line, and the city should hire drivers for it.
"""

REPORT = """\
Candidates met on Tuesday in the library on Rose Street.

Ida Berg said, “We will build four hundred homes by the river.” She named the old depot.

“I would freeze rents for two years,” Tom Vale said. “Nobody should lose a home.”
"""


def add_forum(session: Session, slug: str = "rose-street", **facts: Any) -> Forum:
    """A forum of 8 September 2026."""
    said: dict[str, Any] = {
        "title_en": "Evening on Rose Street",
        "held_on": date(2026, 9, 8),
        "zone": "America/New_York",
    }
    forum = Forum(slug=slug, **(said | facts))
    session.add(forum)
    session.flush()
    return forum


def add_person(session: Session, name: str, aliases: tuple[str, ...] = ()) -> Person:
    """A person we know."""
    given, _, surname = name.rpartition(" ")
    person = Person(slug=fold(name).replace(" ", "-"), name=name, sort_name=f"{surname}, {given}")
    session.add(person)
    session.flush()
    assert person.id is not None
    session.add_all(PersonAlias(person_id=person.id, alias=alias, folded=fold(alias)) for alias in aliases)
    session.flush()
    return person


def add_appearance(
    session: Session, forum: Forum, person: Person, role: Role = Role.CANDIDATE, labels: tuple[str, ...] = ()
) -> Speaker:
    """Somebody known to have been at a forum, before its transcript."""
    assert forum.id is not None
    speaker = Speaker(forum_id=forum.id, person_id=person.id, name=person.name, role=role, why="told")
    session.add(speaker)
    session.flush()
    assert speaker.id is not None
    session.add_all(SpeakerLabel(forum_id=forum.id, speaker_id=speaker.id, label=label) for label in labels)
    session.flush()
    return speaker


def stored(
    database: Database, text: str = EVENING, slug: str = "rose-street", filename: str = "evening.txt", **choices: Any
) -> Stored:
    """The text stored as the forum's record; the forum is made where it is missing."""
    files = [importing.receive(text.encode(), filename)]
    with database.write() as session:
        forum = session.exec(select(Forum).where(Forum.slug == slug)).one_or_none() or add_forum(session, slug)
        return importing.store(session, files, forum, Choices(**choices))


def turns(database: Database, slug: str = "rose-street") -> list[Turn]:
    """Every turn of a forum in its order, tombstones too."""
    with database.read() as session:
        rows = session.exec(
            select(Turn)
            .join(Forum, col(Forum.id) == col(Turn.forum_id))
            .where(Forum.slug == slug)
            .order_by(col(Turn.record_id), col(Turn.position), col(Turn.id))
        )
        return list(rows)


def turn_saying(database: Database, words: str, slug: str = "rose-street") -> Turn:
    """The one turn that holds these words."""
    (found,) = [turn for turn in turns(database, slug) if words in turn.text]
    return found
