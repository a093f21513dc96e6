"""Addresses that lead out of this site: which are to be asked for, and which do not answer."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, literal, union_all
from sqlalchemy import select as plain_select
from sqlmodel import Session, and_, col, or_

from positions.followthrough.links import AGAIN, SOONER
from positions.followthrough.models.documents import Document, LinkCheck
from transcripts.models import Forum, MediaPart, Source


@dataclass(frozen=True)
class Failing:
    """An address that does not answer; `where` are the pages on which it stands: (title, path without language prefix)."""

    url: str
    failing_since: datetime
    status: int | None
    why: str | None
    where: tuple[tuple[str, str], ...]


def due(session: Session, at: datetime, limit: int) -> Sequence[str]:
    """Addresses of documents, sources and recordings that are to be asked for at a time, those never asked for first."""
    every = _every().subquery()
    asked = (
        plain_select(every.c.url)
        .outerjoin(LinkCheck, col(LinkCheck.url) == every.c.url)
        .where(or_(col(LinkCheck.url).is_(None), col(LinkCheck.checked_at) < at - AGAIN, *_failed_lately(at)))
        .where(or_(every.c.url.startswith("http://"), every.c.url.startswith("https://")))
        .group_by(every.c.url, col(LinkCheck.checked_at))
        .order_by(col(LinkCheck.checked_at).asc().nulls_first(), every.c.url)
        .limit(limit)
    )
    return session.scalars(asked).all()


def _failed_lately(at: datetime) -> Iterator[ColumnElement[bool]]:
    """Addresses that began to fail a few days ago are asked for sooner."""
    for age, pause in SOONER:
        yield and_(col(LinkCheck.failing_since) > at - age, col(LinkCheck.checked_at) < at - pause)


def failing(session: Session) -> tuple[Failing, ...]:
    """Addresses that stand somewhere and do not answer, those that have failed longest first. One statement."""
    every = _every().subquery()
    asked = (
        plain_select(
            every.c.url,
            col(LinkCheck.failing_since),
            col(LinkCheck.status),
            col(LinkCheck.reason),
            every.c.title,
            every.c.path,
        )
        .join(LinkCheck, col(LinkCheck.url) == every.c.url)
        .where(col(LinkCheck.failing_since).is_not(None))
        .order_by(col(LinkCheck.failing_since), every.c.url, every.c.path)
    )
    found: dict[str, Failing] = {}
    for url, since, status, why, title, path in session.execute(asked):
        held = found.get(url) or Failing(url, since, status, why, ())
        found[url] = Failing(url, since, status, why, tuple(dict.fromkeys((*held.where, (title, path)))))
    return tuple(found.values())


def since(session: Session, urls: Iterable[str | None]) -> Mapping[str, datetime]:
    """Since when those of some addresses have failed that do. One statement where there are any."""
    asked = sorted({url for url in urls if url})
    if not asked:
        return {}
    checked = plain_select(col(LinkCheck.url), col(LinkCheck.failing_since)).where(
        col(LinkCheck.url).in_(asked), col(LinkCheck.failing_since).is_not(None)
    )
    return dict(session.execute(checked).all())


def all_failing(session: Session) -> Mapping[str, datetime]:
    """Since when each address has failed that does. One statement."""
    checked = plain_select(col(LinkCheck.url), col(LinkCheck.failing_since)).where(
        col(LinkCheck.failing_since).is_not(None)
    )
    return dict(session.execute(checked).all())


def _every() -> Any:
    """(address, title of what it belongs to, path of the page it stands on)."""
    document = literal("/documents/") + col(Document.slug)
    forum = literal("/forums/") + col(Forum.slug)
    with_source = plain_select(col(Source.url), col(Source.title), forum).join(
        Forum, col(Forum.id) == col(Source.forum_id)
    )
    part = plain_select(col(MediaPart.video_url), col(Forum.title_en), forum)
    of_part = part.select_from(MediaPart).join(Forum, col(Forum.id) == col(MediaPart.forum_id))
    each: tuple[Any, ...] = (
        plain_select(col(Document.url), col(Document.title_en), document),
        plain_select(col(Document.archived_url), col(Document.title_en), document),
        with_source,
        plain_select(col(Forum.video_url), col(Forum.title_en), forum),
        of_part,
    )
    return union_all(*(_labelled(one) for one in each))


def _labelled(asked: Select[Any]) -> Select[Any]:
    url, title, path = asked.selected_columns
    return asked.with_only_columns(
        url.label("url"), title.label("title"), path.label("path"), maintain_column_froms=True
    ).where(url.is_not(None))
