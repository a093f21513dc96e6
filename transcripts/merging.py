"""Two people who are one: their voices and other names go to the survivor, the old slug leads there, and all of it can be taken back.

Each function is one step of the caller's transaction. What other rooms hold of a person (`also`) is moved by them, before.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy
from sqlmodel import Session, SQLModel, col, delete, func, select, update

from transcripts import aliases
from transcripts.amending import Reason
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.messages import Message, joined
from transcripts.models import Forum, Person, PersonAlias, Speaker, Turn, now
from transcripts.people_tables import PersonMerge, PersonRedirect
from transcripts.search import outbox
from transcripts.text import fold

Ids = Mapping[str, Sequence[int]]


@dataclass(frozen=True)
class Merging:
    """What goes over from one person to another: voices as (forum's title, its day, name, turns), other names, old slugs.

    Where there are any, `merge` refuses.
    """

    gone: str
    kept: str
    voices: tuple[tuple[str, date, str, int], ...]
    names: tuple[str, ...]
    slugs: tuple[str, ...]
    conflicts: tuple[Message, ...]


def preview(session: Session, gone_slug: str, kept_slug: str) -> Merging:
    """What merging one person into another would move. Writes nothing. Raises NotFound; Refusal for one and the same."""
    gone, kept = _both(session, gone_slug, kept_slug)
    heard = session.execute(
        sqlalchemy.select(col(Forum.title_en), col(Forum.held_on), col(Speaker.name), func.count(col(Turn.id)))
        .join(Speaker, col(Speaker.forum_id) == col(Forum.id))
        .outerjoin(Turn, (col(Turn.speaker_id) == col(Speaker.id)) & (col(Turn.status) == "current"))
        .where(col(Speaker.person_id) == gone.id)
        .group_by(col(Forum.id), col(Speaker.id))
        .order_by(col(Forum.held_on), col(Speaker.id))
    )
    names = session.exec(
        select(PersonAlias.alias).where(PersonAlias.person_id == gone.id).order_by(col(PersonAlias.id))
    )
    slugs = session.exec(select(PersonRedirect.slug).where(PersonRedirect.person_id == gone.id))
    return Merging(
        gone=gone.name,
        kept=kept.name,
        voices=tuple((title, day, name, turns) for title, day, name, turns in heard),
        names=tuple(dict.fromkeys((gone.name, *names))),
        slugs=(gone.slug, *slugs),
        conflicts=tuple(_conflicts(session, gone, kept)),
    )


def merge(
    session: Session,
    gone_slug: str,
    kept_slug: str,
    reason: Reason,
    also: Ids | None = None,
    clock: Callable[[], datetime] = now,
) -> int:
    """Merge one person into another; returns the id under which `unmerge` takes it back.

    `also` are ids of rows, by table, that other rooms have moved already. Raises Conflict with what stands against it.
    """
    gone, kept = _both(session, gone_slug, kept_slug)
    conflicts = _conflicts(session, gone, kept)
    if conflicts:
        raise Conflict.of(joined(conflicts))
    assert gone.id is not None and kept.id is not None
    voices = dict(session.exec(select(Speaker.id, Speaker.name).where(Speaker.person_id == gone.id)).all())
    moved: dict[str, Any] = {**(also or {}), "voices": {str(id): name for id, name in voices.items()}}
    moved["dropped"] = _drop_repeated(session, gone.id, kept.id)
    for model in (PersonAlias, PersonMerge):
        moved[str(model.__tablename__)] = _move(session, model, _owner(model), gone.id, kept.id)
    moved["slugs"] = list(session.exec(select(PersonRedirect.slug).where(PersonRedirect.person_id == gone.id)))
    session.execute(update(PersonRedirect).where(col(PersonRedirect.person_id) == gone.id).values(person_id=kept.id))
    said = {"person_id": kept.id, "name": kept.name}
    session.execute(update(Speaker).where(col(Speaker.person_id) == gone.id).values(said))
    moved["name"] = _keep_name(session, gone.name, kept.slug)
    row = PersonMerge(
        slug=gone.slug,
        name=gone.name,
        sort_name=gone.sort_name,
        into_id=kept.id,
        into_slug=kept.slug,
        moved=json.dumps(moved, ensure_ascii=False),
        why=reason.why,
        by=reason.by,
        at=clock(),
    )
    session.expire(gone)
    session.exec(delete(Person).where(col(Person.id) == gone.id))
    session.add_all([row, PersonRedirect(slug=row.slug, person_id=kept.id)])
    session.flush()
    _tell_index(session, [id for id in voices if id is not None])
    return row.id or 0


@dataclass(frozen=True)
class Unmerged:
    """The person who is back, whom they had been merged into, and the rows of other rooms to move back."""

    person_id: int
    from_id: int
    also: Ids


def unmerge(session: Session, merge_id: int, reason: Reason, clock: Callable[[], datetime] = now) -> Unmerged:
    """Separate two people again: exactly what was moved goes back, unless it was given to somebody else since.

    Raises NotFound, or Conflict where it was taken back already, the slug is somebody else's, or the survivor was merged on.
    """
    row = session.get(PersonMerge, merge_id, with_for_update=True)
    if row is None:
        raise NotFound("There is no such merge.")
    _refuse_if_moved_on(session, row)
    kept_id, moved = row.into_id, json.loads(row.moved)
    session.exec(delete(PersonRedirect).where(col(PersonRedirect.slug) == row.slug))
    back = Person(slug=row.slug, name=row.name, sort_name=row.sort_name)
    session.add(back)
    session.flush()
    assert back.id is not None
    for model in (PersonAlias, PersonMerge):
        _move(session, model, _owner(model), kept_id, back.id, moved.pop(str(model.__tablename__)))
    slugs = col(PersonRedirect.slug).in_(moved.pop("slugs")) & (col(PersonRedirect.person_id) == kept_id)
    session.execute(update(PersonRedirect).where(slugs).values(person_id=back.id))
    voices = {int(id): name for id, name in moved.pop("voices").items()}
    for id, name in voices.items():
        still = (col(Speaker.id) == id) & (col(Speaker.person_id) == kept_id)
        session.execute(update(Speaker).where(still).values({"person_id": back.id, "name": name}))
    session.exec(delete(PersonAlias).where(col(PersonAlias.id) == moved.pop("name")))
    for alias in moved.pop("dropped"):
        days = {side: date.fromisoformat(alias[side]) if alias[side] else None for side in ("valid_from", "valid_to")}
        session.add(PersonAlias(**{**alias, **days, "person_id": back.id}))
    row.undone_why, row.undone_by, row.undone_at = reason.why, reason.by, clock()
    session.add(row)
    session.flush()
    _tell_index(session, list(voices))
    return Unmerged(back.id, kept_id, moved)


def _both(session: Session, gone_slug: str, kept_slug: str) -> tuple[Person, Person]:
    gone, kept = (aliases.person(session, slug) for slug in (gone_slug, kept_slug))
    if gone.id == kept.id:
        raise Refusal(
            "“{gone_slug}” and “{kept_slug}” are one person already.", gone_slug=gone_slug, kept_slug=kept_slug
        )
    return gone, kept


def _conflicts(session: Session, gone: Person, kept: Person) -> list[Message]:
    """Why the two can hardly be one: both are heard at one forum."""
    there = select(Speaker.forum_id).where(Speaker.person_id == gone.id)
    both = select(Forum.title_en).join(Speaker, col(Speaker.forum_id) == col(Forum.id))
    titles = session.exec(both.where(Speaker.person_id == kept.id, col(Speaker.forum_id).in_(there)).distinct())
    return [
        Message(
            "Both are heard at “{title}”: if that is one person, link the voice of {gone} there to {kept} first.",
            {"title": title, "gone": gone.name, "kept": kept.name},
        )
        for title in titles
    ]


def _owner(model: type[SQLModel]) -> str:
    return "into_id" if model is PersonMerge else "person_id"


def _move(
    session: Session, model: type[Any], column: str, here: int, there: int, ids: Sequence[int] | None = None
) -> list[int]:
    """Give rows of one person to another, of those ids where they are told. Returns the ids moved."""
    owner = getattr(model, column)
    which = owner == here if ids is None else (owner == here) & col(model.id).in_(ids)
    found = list(session.exec(select(model.id).where(which)))
    session.execute(update(model).where(which).values({column: there}))
    return found


def _drop_repeated(session: Session, gone_id: int, kept_id: int) -> list[dict[str, Any]]:
    """Take away the aliases the survivor has in the same bounds; returned as they were."""

    def bounds(row: PersonAlias) -> tuple[object, ...]:
        return row.folded, row.forum_id, row.valid_from, row.valid_to

    held = {bounds(row) for row in session.exec(select(PersonAlias).where(PersonAlias.person_id == kept_id))}
    rows = session.exec(select(PersonAlias).where(PersonAlias.person_id == gone_id)).all()
    repeated = [row for row in rows if bounds(row) in held]
    for row in repeated:
        session.delete(row)
    session.flush()
    return [row.model_dump(mode="json", exclude={"id", "person_id"}) for row in repeated]


def _keep_name(session: Session, name: str, kept_slug: str) -> int | None:
    """The survivor goes by the old name too; None where they do already."""
    kept = aliases.person(session, kept_slug)
    same = select(PersonAlias.id).where(PersonAlias.person_id == kept.id, PersonAlias.folded == fold(name))
    everywhere = same.where(col(PersonAlias.forum_id).is_(None), col(PersonAlias.valid_from).is_(None))
    if fold(kept.name) == fold(name) or session.exec(everywhere).first() is not None:
        return None
    return aliases.add(session, kept_slug, name, origin="merge")


def _refuse_if_moved_on(session: Session, row: PersonMerge) -> None:
    if row.undone_at is not None:
        raise Conflict("This was taken back already.")
    kept = session.get_one(Person, row.into_id)
    if kept.slug != row.into_slug:
        raise Conflict(
            "{first} was merged into {second} since; separate those two first.", first=row.into_slug, second=kept.slug
        )
    if session.exec(select(Person.id).where(Person.slug == row.slug)).first() is not None:
        raise Conflict("Somebody else is “{slug}” by now.", slug=row.slug)


def _tell_index(session: Session, speakers: Sequence[int]) -> None:
    outbox.enqueue(session, session.exec(select(Turn.key).where(col(Turn.speaker_id).in_(speakers))))
