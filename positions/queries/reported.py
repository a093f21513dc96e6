"""What reports are about, in words a reader knows: whose it is, the statement or topic, the words themselves, where it is shown."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select

from positions.models import Candidacy, Contest, Evidence, Proposition, Stance, Tag, Topic
from transcripts.bilingual import Bilingual
from transcripts.desk_models import Report
from transcripts.models import Forum, Person, Record, Speaker, Turn
from transcripts.queries import reports, theirs, turns
from transcripts.queries.records import ever_shown
from transcripts.queries.reports import ReportLine
from transcripts.queries.theirs import Named

About = tuple[str, int]
"""A subject of reports (`desk_models.SUBJECTS`) and the row of its own table."""


@dataclass(frozen=True)
class Reported:
    """`name` is None for a voice nobody named; `text` is ours, `words` (in `lang`) are somebody's; `path` is without language.

    `person` is the slug of whom it is about, where that is somebody whose page should be named beside it; `title` stands for the
    name of what is no person.
    """

    name: str | None
    path: str
    text: Bilingual | None = None
    words: str | None = None
    lang: str = "en"
    person: str | None = None
    title: Bilingual | None = None


@dataclass(frozen=True)
class Decided:
    """A report about somebody that was decided, and what it was about."""

    line: ReportLine
    about: Reported


def described(session: Session, about: Collection[About]) -> dict[About, Reported]:
    """What each subject is, those that may not be shown left out. As many statements however many there are."""
    ids = {subject: {id for named, id in about if named == subject} for subject in _FIND}
    return {
        (subject, id): one for subject, find in _FIND.items() if ids[subject] for id, one in find(session, ids[subject])
    }


def _turns(session: Session, ids: Collection[int]) -> Iterable[tuple[int, Reported]]:
    for one in turns.views(session, turns.rows().where(col(Turn.id).in_(ids), ever_shown())):
        words = one.text if one.status == "current" else None
        yield (
            one.id,
            Reported(one.speaker_name or one.label, f"/turns/{one.key}", None, words, one.lang, one.person_slug),
        )


def _positions(session: Session, ids: Collection[int]) -> Iterable[tuple[int, Reported]]:
    rows = session.exec(
        select(Stance.id, Person, Contest.slug, Proposition)
        .join(Candidacy, col(Candidacy.id) == col(Stance.candidacy_id))
        .join(Person, col(Person.id) == col(Candidacy.person_id))
        .join(Contest, col(Contest.id) == col(Candidacy.contest_id))
        .join(Proposition, col(Proposition.id) == col(Stance.proposition_id))
        .where(col(Stance.id).in_(ids))
    )
    for id, person, contest, one in rows:
        path = f"/contests/{contest}/compare?by=statement#r-{one.slug}"
        yield id or 0, Reported(person.name, path, Bilingual(one.text_en, one.text_es), person=person.slug)


def _translations(session: Session, ids: Collection[int]) -> Iterable[tuple[int, Reported]]:
    rows = session.exec(
        select(Evidence, Person, Turn.key, Turn.lang)
        .join(Stance, col(Stance.id) == col(Evidence.stance_id))
        .join(Candidacy, col(Candidacy.id) == col(Stance.candidacy_id))
        .join(Person, col(Person.id) == col(Candidacy.person_id))
        .join(Turn, col(Turn.id) == col(Evidence.turn_id))
        .join(Record, col(Record.id) == col(Turn.record_id))
        .where(col(Evidence.id).in_(ids), ever_shown())
    )
    for one, person, key, lang in rows:
        said = Bilingual(one.text_en or one.text_es or "", one.text_es)
        yield one.id or 0, Reported(person.name, f"/turns/{key}", said, one.exact, lang, person.slug)


def _tags(session: Session, ids: Collection[int]) -> Iterable[tuple[int, Reported]]:
    name = sqlalchemy.func.coalesce(col(Person.name), col(Speaker.name), col(Turn.label))
    rows = session.execute(
        sqlalchemy.select(col(Tag.id), Topic, col(Turn.key), name, col(Person.slug))
        .join(Topic, col(Topic.id) == col(Tag.topic_id))
        .join(Turn, col(Turn.id) == col(Tag.turn_id))
        .join(Record, col(Record.id) == col(Turn.record_id))
        .outerjoin(Speaker, col(Speaker.id) == col(Turn.speaker_id))
        .outerjoin(Person, col(Person.id) == col(Speaker.person_id))
        .where(col(Tag.id).in_(ids), ever_shown())
    )
    for id, topic, key, voice, slug in rows:
        yield id, Reported(voice, f"/turns/{key}", Bilingual(topic.name_en, topic.name_es), person=slug)


def about_person(person: Named) -> ColumnElement[bool]:
    """Which decided reports are about them: their turns, topics on these, their positions and translations these rest on."""
    running = sqlalchemy.select(col(Candidacy.id)).where(col(Candidacy.person_id) == person.id)
    stances = sqlalchemy.select(col(Stance.id)).where(col(Stance.candidacy_id).in_(running))
    pieces = sqlalchemy.select(col(Evidence.id)).where(col(Evidence.stance_id).in_(stances))
    subject, id = col(Report.subject), col(Report.subject_id)
    return and_(
        col(Report.status) != "open",
        or_(
            and_(subject.in_(("turn", "tag")), col(Report.turn_id).in_(theirs.ever(person.id))),
            and_(subject == "position", id.in_(stances)),
            and_(subject == "translation", id.in_(pieces)),
        ),
    )


def decided(session: Session, person: Named, n: int, skip: int) -> tuple[Decided, ...]:
    """The last n decisions before the last `skip` on reports about somebody. One statement."""
    subject, id = col(Report.subject), col(Report.subject_id)
    visible = sqlalchemy.case((ever_shown(), col(Turn.key)), else_=None)
    columns: tuple[Any, ...] = (Report, col(Turn.key), visible, col(Forum.slug), Proposition, col(Contest.slug), Topic)
    asked = (
        sqlalchemy.select(*columns)
        .outerjoin(Turn, col(Turn.id) == col(Report.turn_id))
        .outerjoin(Record, col(Record.id) == col(Turn.record_id))
        .outerjoin(Forum, col(Forum.id) == col(Report.forum_id))
        .outerjoin(Stance, and_(subject == "position", col(Stance.id) == id))
        .outerjoin(Proposition, col(Proposition.id) == col(Stance.proposition_id))
        .outerjoin(Contest, col(Contest.id) == col(Proposition.contest_id))
        .outerjoin(Tag, and_(subject == "tag", col(Tag.id) == id))
        .outerjoin(Topic, col(Topic.id) == col(Tag.topic_id))
        .where(about_person(person))
        .order_by(col(Report.decided_at).desc(), col(Report.id).desc())
    )
    return tuple(
        Decided(reports.line(report, key, forum), _what(person, visible, statement, race, topic))
        for report, key, visible, forum, statement, race, topic in session.execute(asked.offset(skip).limit(n))
    )


def _what(
    person: Named, key: str | None, statement: Proposition | None, race: str | None, topic: Topic | None
) -> Reported:
    """What a report was about; where the words may not be shown, the person's own page stands for them."""
    if statement is not None:
        path = f"/contests/{race}/compare?by=statement#r-{statement.slug}"
        return Reported(person.name, path, Bilingual(statement.text_en, statement.text_es))
    path = f"/turns/{key}" if key else f"/speakers/{person.slug}"
    return Reported(person.name, path, Bilingual(topic.name_en, topic.name_es) if topic else None)


_FIND = {"turn": _turns, "position": _positions, "translation": _translations, "tag": _tags}
