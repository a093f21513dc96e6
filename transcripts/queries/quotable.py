"""What a quotation can be checked against: every passage whose words may be shown, and how complete what is held is."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, and_, case, func, or_
from sqlmodel import Session, col, select

from transcripts.bilingual import Bilingual
from transcripts.desk_models import Withheld
from transcripts.models import Forum, Person, Record, Source, Speaker, Turn, TurnVersion
from transcripts.queries.records import ever_shown, shown
from transcripts.vocabulary import Grade, TurnKind

TOLD = (TurnKind.SPEECH, TurnKind.PROCEDURE, TurnKind.RECAP_QUOTE, TurnKind.PARAPHRASE, TurnKind.NARRATION)
"""The kinds of passage a quotation can stand in: everything but what happened (applause)."""
BATCH = 2_000


@dataclass(frozen=True)
class Stamp:
    """How far the record has come. `rest` changes with what no passage tells: a record, its right to be shown, words withheld."""

    turn: int
    version: int
    turns: int
    rest: tuple[object, ...]


@dataclass(frozen=True)
class Voiced:
    """A forum as somebody was heard there: whether its published record is a transcript, a report, or missing; `videos` are known."""

    forum: int
    slug: str
    title: Bilingual
    grade: str | None
    videos: int
    articles: int


@dataclass(frozen=True)
class Complete:
    """What is held: forums with a transcript, with a report only, with nothing; the first and last year; words that may be shown."""

    transcripts: int
    reports: int
    silent: int
    first: int | None
    last: int | None
    words: int


def stamp(session: Session) -> Stamp:
    """How far the record has come. One statement."""
    whole = case((col(Record.publishing_right) == "whole", col(Record.id)), else_=0)
    quoted = case((col(Record.publishing_right) == "quotations", col(Record.id)), else_=0)
    published = case((col(Record.is_published), col(Record.id)), else_=0)
    asked: tuple[Any, ...] = (
        select(func.max(Turn.id)),
        select(func.max(TurnVersion.id)),
        select(func.count(col(Turn.id))),
        select(func.count(col(Record.id))),
        *(select(func.sum(one)) for one in (whole, quoted, published)),
        select(func.max(Withheld.id)),
    )
    turn, version, turns, *rest = session.execute(sqlalchemy.select(*(one.scalar_subquery() for one in asked))).one()
    return Stamp(turn or 0, version or 0, turns, tuple(rest))


def added(session: Session, since: Stamp) -> int:
    """How many turns have a later id. Fewer than were added: somebody stored under earlier ids meanwhile. One statement."""
    return session.exec(select(func.count(col(Turn.id))).where(col(Turn.id) > since.turn)).one()


def texts(session: Session, since: Stamp | None = None) -> Iterator[tuple[int, str]]:
    """Passages by id, in order: all, or those added and reworded since; a statement for every 2,000.

    Those withdrawn are among them, because they may come back: who shows one asks again whether it may be shown.
    """
    last = 0
    new: ColumnElement[bool] = sqlalchemy.true()
    if since is not None:
        reworded = select(TurnVersion.turn_id).where(col(TurnVersion.id) > since.version)
        new = or_(col(Turn.id) > since.turn, col(Turn.id).in_(reworded))
    while True:
        rows = session.execute(
            select(Turn.id, Turn.text)
            .join(Record, col(Record.id) == col(Turn.record_id))
            .where(col(Turn.id) > last, col(Turn.kind).in_(TOLD), ever_shown(), new)
            .order_by(col(Turn.id))
            .limit(BATCH)
        ).all()
        if not rows:
            return
        yield from ((id or 0, text) for id, text in rows)
        last = rows[-1][0] or 0


def complete(session: Session) -> Complete:
    """How complete what is held is. Three statements."""
    grades = session.execute(
        select(Record.grade, func.count(col(Record.id)), func.min(Forum.held_on), func.max(Forum.held_on))
        .join(Forum, col(Forum.id) == col(Record.forum_id))
        .where(col(Record.is_published), col(Record.publishing_right) != "private")
        .group_by(col(Record.grade))
    ).all()
    forums = session.execute(select(func.count(col(Forum.id)))).scalar_one()
    words = session.execute(
        select(func.sum(Turn.words)).join(Record, col(Record.id) == col(Turn.record_id)).where(shown())
    ).scalar_one()
    reports = sum(count for grade, count, _, _ in grades if grade == Grade.RECAP)
    all_of_them = sum(count for _, count, _, _ in grades)
    return Complete(
        transcripts=all_of_them - reports,
        reports=reports,
        silent=forums - all_of_them,
        first=min((first.year for _, _, first, _ in grades), default=None),
        last=max((last.year for _, _, _, last in grades), default=None),
        words=words or 0,
    )


def voiced(session: Session, slugs: Collection[str], forums: Collection[int]) -> dict[str, tuple[Voiced, ...]]:
    """Where each of these people was heard, by their slug; under "" these forums. One statement."""
    if not slugs and not forums:
        return {}
    held = and_(
        col(Record.forum_id) == col(Forum.id), col(Record.is_published), col(Record.publishing_right) != "private"
    )
    grade = select(Record.grade).where(held).scalar_subquery()
    kinds = [
        select(func.count(col(Source.id))).where(col(Source.forum_id) == col(Forum.id), col(Source.kind) == kind)
        for kind in ("video", "article")
    ]
    columns: tuple[Any, ...] = (
        col(Forum.id),
        col(Forum.slug),
        col(Forum.title_en),
        col(Forum.title_es),
        grade,
        kinds[0].scalar_subquery() + case((col(Forum.video_url).is_not(None), 1), else_=0),
        kinds[1].scalar_subquery(),
        func.coalesce(Person.slug, ""),
    )
    rows = session.execute(
        sqlalchemy.select(*columns)
        .select_from(Forum)
        .outerjoin(Speaker, and_(col(Speaker.forum_id) == col(Forum.id), col(Speaker.joined_to_id).is_(None)))
        .outerjoin(Person, col(Person.id) == col(Speaker.person_id))
        .where(or_(col(Person.slug).in_(slugs), col(Forum.id).in_(forums)))
        .order_by(col(Forum.held_on), col(Forum.id))
    ).all()
    found: dict[str, dict[int, Voiced]] = {}
    for id, forum, title_en, title_es, *rest, slug in rows:
        one = Voiced(id, forum, Bilingual(title_en, title_es), *rest)
        if slug in slugs:
            found.setdefault(slug, {})[one.forum] = one
        if one.forum in forums:
            found.setdefault("", {})[one.forum] = one
    return {slug: tuple(one.values()) for slug, one in found.items()}
