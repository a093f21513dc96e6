"""The writer of other names: added and taken away by editors, learned where an editor says who a label is at a forum."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, delete, select

from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.models import Forum, Person, PersonAlias, Speaker, SpeakerLabel
from transcripts.people_tables import PersonRedirect
from transcripts.text import clean, fold

LONGEST = 200
"""Code points of a name or alias."""


@dataclass(frozen=True)
class Bounds:
    """Where an alias applies: at one forum or everywhere, on local days from–to, both included; None leaves a side open."""

    forum_id: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None


EVERYWHERE = Bounds()


def person(session: Session, slug: str) -> Person:
    """Somebody by slug, also by one that was merged into another. Raises NotFound."""
    found = session.exec(select(Person).where(Person.slug == slug)).one_or_none()
    if found is None:
        led = select(Person).join(PersonRedirect, col(PersonRedirect.person_id) == col(Person.id))
        found = session.exec(led.where(PersonRedirect.slug == slug)).one_or_none()
    if found is None:
        raise NotFound("There is nobody under the name “{slug}”.", slug=slug)
    return found


def add(session: Session, slug: str, alias: str, bounds: Bounds = EVERYWHERE, origin: str = "editor") -> int:
    """Write another name of a person; returns its id.

    Raises Refusal for no name or days in the wrong order, NotFound for person or forum, Conflict where the person goes by it
    there already.
    """
    who, name = person(session, slug), " ".join(clean(alias).split())
    if not name or len(name) > LONGEST:
        raise Refusal("Another name has between 1 and {most} characters.", most=LONGEST)
    if bounds.valid_from and bounds.valid_to and bounds.valid_from > bounds.valid_to:
        raise Refusal("The first day a name is used comes before the last one.")
    if bounds.forum_id is not None and session.get(Forum, bounds.forum_id) is None:
        raise NotFound("There is no such forum.")
    same = select(PersonAlias.id).where(
        PersonAlias.person_id == who.id,
        PersonAlias.folded == fold(name),
        PersonAlias.forum_id == bounds.forum_id,
        PersonAlias.valid_from == bounds.valid_from,
        PersonAlias.valid_to == bounds.valid_to,
    )
    if session.exec(same).first() is not None:
        raise Conflict("{name} goes by “{label}” there already.", name=who.name, label=name)
    row = PersonAlias(
        person_id=who.id or 0,
        alias=name,
        folded=fold(name),
        forum_id=bounds.forum_id,
        valid_from=bounds.valid_from,
        valid_to=bounds.valid_to,
        origin=origin,
    )
    session.add(row)
    session.flush()
    return row.id or 0


def remove(session: Session, alias_id: int) -> None:
    """Take another name away; voices that were linked by it stay linked. Raises NotFound."""
    row = session.get(PersonAlias, alias_id)
    if row is None:
        raise NotFound("There is no such name any more.")
    session.delete(row)
    session.flush()


def relearn(session: Session, forum_id: int, labels: Iterable[str]) -> None:
    """Bring what editors taught about these labels at a forum into line with the voices they stand for now."""
    printed = list(dict.fromkeys(labels))
    learned = (col(PersonAlias.forum_id) == forum_id) & (col(PersonAlias.origin) == "editor")
    folded = [fold(label) for label in printed]
    session.exec(delete(PersonAlias).where(learned, col(PersonAlias.folded).in_(folded)))
    rows = session.exec(
        select(SpeakerLabel.label, Speaker.person_id)
        .join(Speaker, col(Speaker.id) == col(SpeakerLabel.speaker_id))
        .where(SpeakerLabel.forum_id == forum_id, col(SpeakerLabel.label).in_(printed), ~col(SpeakerLabel.several))
    ).all()
    told = {(person_id, fold(label)): label for label, person_id in rows if person_id is not None}
    session.add_all(
        PersonAlias(person_id=person_id, alias=label, folded=folded, forum_id=forum_id, origin="editor")
        for (person_id, folded), label in told.items()
    )
    session.flush()
