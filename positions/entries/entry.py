"""What every kind of object has in common: it is read as a document, written from one, and taken away where nothing rests on it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, TypeVar

from slugify import slugify
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, select

from positions.followthrough.queries import named
from transcripts.errors import Conflict, NotFound
from transcripts.messages import Message

Doc = dict[str, Any]
"""An object as JSON holds it; an entry of a loaded file where one exists for it. Every text is cleaned, every day ISO."""

Row = TypeVar("Row", bound=SQLModel)


@dataclass(frozen=True)
class Kind:
    """How objects of one kind are read by key (None where there is none), brought into line with a document, and taken away."""

    read: Callable[[Session, str], Doc | None]
    write: Callable[[Session, str, Doc], None]
    remove: Callable[[Session, str], None]


def both(en: str | None, es: str | None) -> Doc | None:
    """Two columns as a text in both languages; None where there is none."""
    return {"en": en, "es": es} if en is not None else None


def by_slug(session: Session, model: type[Row], slug: str) -> Row | None:
    """The row of that slug."""
    return session.exec(select(model).filter_by(slug=slug)).one_or_none()


def needed(session: Session, model: type[Row], slug: str, noun: str) -> Row:
    """The row of that slug. Raises NotFound with the noun it is told by."""
    found = by_slug(session, model, slug)
    if found is None:
        raise NotFound("There is no {noun} “{slug}” (any more).", noun=Message(noun), slug=slug)
    return found


def take_away(session: Session, rows: Collection[SQLModel], name: str) -> None:
    """Delete rows in this order. Raises Conflict, with nothing gone, where something that stays refers to one of them."""
    if any(named.asked_about(session, row) for row in rows):
        raise Conflict("“{name}” cannot be taken away: readers asked about it, and the answers stay.", name=name)
    try:
        with session.begin_nested():
            for row in rows:
                session.delete(row)
                session.flush()
    except IntegrityError as error:
        raise Conflict(
            "“{name}” cannot be taken away: something was built on it since. Take that away first.", name=name
        ) from error


def free_slug(words: str, taken: Collection[str], fallback: str) -> str:
    """A slug made of words that is not taken: with a number where it must be."""
    base = slugify(words, max_length=80, word_boundary=True) or fallback
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)
