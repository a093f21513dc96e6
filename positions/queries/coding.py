"""What an editor needs who says where a candidate stands: the statement, everything recorded, and the words to choose from."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy
from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, func, select

from positions import options
from positions.cells import Cell as PrintedCell
from positions.models import Candidacy, Contest, ContestForum, Proposition, Stance, Tag, Topic
from positions.options import Option
from positions.queries import coded, contests, evidence, table
from positions.queries.stances import Standing, line, searched
from transcripts.bilingual import Bilingual
from transcripts.errors import NotFound
from transcripts.models import Forum, Person, Record, Source, Speaker, Turn
from transcripts.queries import reports
from transcripts.queries.records import shown
from transcripts.text import fold
from transcripts.vocabulary import TurnKind

SHOWN = 12
"""Turns shown of those that hold the words sought."""
QUOTABLE = (TurnKind.SPEECH, TurnKind.RECAP_QUOTE)


@dataclass(frozen=True)
class Cell:
    """One statement and one candidate of a race: their ids, and how they are printed."""

    contest_id: int
    candidacy_id: int
    person_id: int
    proposition_id: int
    race: Bilingual
    statement: Bilingual
    candidate: str
    type: str = "scale"
    options: tuple[Option, ...] = ()
    version: int = 1


@dataclass(frozen=True)
class Recorded:
    """A position in the history of a cell; `superseded` ones are shown for what they were."""

    stance: Standing
    recorded_at: datetime
    superseded: bool


@dataclass(frozen=True)
class Said:
    """A turn that may be quoted: its words in the version `version`, where and when they were said."""

    key: str
    version: int
    text: str
    lang: str
    start_ms: int | None
    forum: Bilingual


@dataclass(frozen=True)
class SourceOption:
    """A source of a forum of the race."""

    id: int
    title: str
    publisher: str | None


def cell(session: Session, race: str, statement: str, person: str) -> Cell:
    """The cell of these slugs. Raises NotFound. One statement."""
    found = session.exec(
        select(Contest, Candidacy, Proposition)
        .join(Candidacy, col(Candidacy.contest_id) == col(Contest.id))
        .join(Person, col(Person.id) == col(Candidacy.person_id))
        .join(Proposition, col(Proposition.contest_id) == col(Contest.id))
        .where(Contest.slug == race, Proposition.slug == statement, Person.slug == person)
    ).one_or_none()
    if found is None:
        raise NotFound(
            "There is no statement “{statement}” in the race “{race}”, or “{person}” does not stand there.",
            statement=statement,
            race=race,
            person=person,
        )
    contest, candidacy, proposition = found
    return Cell(
        contest.id or 0,
        candidacy.id or 0,
        candidacy.person_id,
        proposition.id or 0,
        Bilingual(contest.title_en, contest.title_es),
        Bilingual(proposition.text_en, proposition.text_es),
        candidacy.ballot_name,
        proposition.type,
        options.read(proposition.options),
        proposition.version,
    )


def history(session: Session, of: Cell) -> tuple[Recorded, ...]:
    """Everything recorded for a cell, the latest first. Six statements."""
    return recorded(
        session, and_(col(Stance.candidacy_id) == of.candidacy_id, col(Stance.proposition_id) == of.proposition_id)
    )


def recorded(session: Session, which: ColumnElement[bool]) -> tuple[Recorded, ...]:
    """Every stance where `which` holds (all of a cell, or none), the latest first. Six statements."""
    stance = table(Stance)
    columns = (reports.is_questioned("position", stance.c.id), *coded.basis_columns(stance.c.id))
    asked = stance.select().add_columns(*columns).where(which)
    rows = session.execute(asked.order_by(stance.c.id.desc())).all()
    ids = [row.id for row in rows]
    pieces, looked = evidence.of_stances(session, ids), searched(session, ids)
    replaced = {row.supersedes_id for row in rows}
    return tuple(
        Recorded(line(row, pieces.get(row.id, ()), looked.get(row.id)), row.recorded_at, row.id in replaced)
        for row in rows
    )


def said(session: Session, of: Cell, words: str = "", keys: tuple[str, ...] = ()) -> tuple[tuple[Said, ...], int]:
    """(the newest turns of the candidate at forums of the race that hold every one of `words`, at most SHOWN; how many do).

    With `keys`, those turns whatever they hold. Turns that may not be shown are left out. One statement.
    """
    heard = select(ContestForum.forum_id).where(ContestForum.contest_id == of.contest_id)
    rows = session.execute(
        sqlalchemy.select(col(Turn.key), col(Turn.version), col(Turn.text), col(Turn.lang))
        .add_columns(col(Turn.start_ms), col(Forum.title_en), col(Forum.title_es))
        .join(Speaker, col(Speaker.id) == col(Turn.speaker_id))
        .join(Record, col(Record.id) == col(Turn.record_id))
        .join(Forum, col(Forum.id) == col(Turn.forum_id))
        .where(
            col(Speaker.person_id) == of.person_id,
            col(Turn.forum_id).in_(heard),
            col(Turn.kind).in_(QUOTABLE),
            shown(),
            col(Turn.key).in_(keys) if keys else col(Record.is_published),
        )
        .order_by(col(Forum.held_on).desc(), col(Turn.forum_id), col(Turn.position))
    ).all()
    sought = fold(words).split()
    found = [row for row in rows if all(word in fold(row.text) for word in sought)]
    views = (
        Said(row.key, row.version, row.text, row.lang, row.start_ms, Bilingual(row.title_en, row.title_es))
        for row in found[: max(SHOWN, len(keys))]
    )
    return tuple(views), len(found)


def on_topic(session: Session, of: Cell) -> tuple[str, ...]:
    """The keys of the candidate's turns at forums of the race that carry the statement's topic, at most SHOWN. One statement."""
    heard = select(ContestForum.forum_id).where(ContestForum.contest_id == of.contest_id)
    topic = select(Proposition.topic_id).where(Proposition.id == of.proposition_id).scalar_subquery()
    rows = session.exec(
        select(Turn.key)
        .join(Speaker, col(Speaker.id) == col(Turn.speaker_id))
        .join(Record, col(Record.id) == col(Turn.record_id))
        .join(Tag, col(Tag.turn_id) == col(Turn.id))
        .where(Speaker.person_id == of.person_id, col(Turn.forum_id).in_(heard), col(Turn.kind).in_(QUOTABLE))
        .where(Tag.topic_id == topic, Tag.status != "rejected", shown(), col(Record.is_published))
        .order_by(col(Turn.forum_id).desc(), col(Turn.position))
        .limit(SHOWN)
    )
    return tuple(rows)


def sources(session: Session, of: Cell) -> tuple[SourceOption, ...]:
    """The sources of the race's forums. One statement."""
    heard = select(ContestForum.forum_id).where(ContestForum.contest_id == of.contest_id)
    rows = session.exec(
        select(Source).where(col(Source.forum_id).in_(heard)).order_by(col(Source.title), col(Source.id))
    )
    return tuple(SourceOption(row.id or 0, row.title, row.publisher) for row in rows)


def last_heard(session: Session, of: Cell) -> str:
    """The day of the race's latest forum, as 2026-10-20; empty where there is none."""
    heard = select(ContestForum.forum_id).where(ContestForum.contest_id == of.contest_id)
    days = sqlalchemy.select(col(Forum.held_on)).where(col(Forum.id).in_(heard)).order_by(col(Forum.held_on).desc())
    day = session.scalars(days.limit(1)).first()
    return day.isoformat() if day else ""


@dataclass(frozen=True)
class Progress:
    """A statement in the list of its race: `judged` counts the candidates of whom something was recorded.

    `draft`: nobody approved it yet; `waiting`: a next wording of it waits to be approved.
    """

    slug: str
    text: Bilingual
    topic: Bilingual
    judged: int
    draft: bool = False
    waiting: bool = False


def progress(session: Session, race: str) -> tuple[Progress, ...]:
    """The statements of a race in their order. One statement."""
    judged = (
        select(func.count(func.distinct(Stance.candidacy_id)))
        .where(col(Stance.proposition_id) == col(Proposition.id))
        .correlate(Proposition)
        .scalar_subquery()
    )
    rows = session.execute(
        sqlalchemy.select(Proposition, Topic, judged)
        .join(Topic, col(Topic.id) == col(Proposition.topic_id))
        .join(Contest, col(Contest.id) == col(Proposition.contest_id))
        .where(col(Contest.slug) == race)
        .order_by(col(Proposition.position), col(Proposition.id))
    )
    return tuple(
        Progress(
            one.slug,
            Bilingual(one.text_en, one.text_es),
            Bilingual(topic.name_en, topic.name_es),
            n,
            one.status == "draft",
            one.pending is not None,
        )
        for one, topic, n in rows
    )


def cells(session: Session, race: str, statement: str) -> tuple[PrintedCell, ...]:
    """One statement's boxes as readers see them, every candidate by name. As many statements as a comparison makes."""
    comparison = contests.comparison_of(session, race, "statement", "alphabetical", date.min, drafts=True)
    return next((row.cells for row in comparison.rows if row.key == statement), ())
