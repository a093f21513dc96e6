"""How much of everything is held, and what of it waits for somebody."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy
from sqlmodel import Session, col, func, select

from positions.models import Candidacy, Contest, ContestForum, Proposition, Stance, Tag, Topic
from transcripts.desk_models import ProposedChange, Report
from transcripts.models import Exchange, Forum, Organisation, Person, Record, Speaker
from transcripts.queries import unmatched


@dataclass(frozen=True)
class Holdings:
    """Counts. `silent` are forums without a transcript, `unnamed` voices linked to nobody, `suggested` tags nobody looked at,
    `reports` those of readers that are open, `proposals` changes that wait for a second editor.
    """

    races: int
    candidacies: int
    forums: int
    linked: int
    recorded: int
    transcripts: int
    questions: int
    statements: int
    positions: int
    people: int
    organisations: int
    topics: int
    silent: int
    unnamed: int
    suggested: int
    reports: int
    proposals: int

    @property
    def beginning(self) -> bool:
        """Whether the first forum is still on its way: until a second one has its words, or where no race belongs to one."""
        return self.transcripts <= 1 or not self.linked


def held(session: Session) -> Holdings:
    """Everything counted. One statement."""

    def count(model: type[Any], *where: Any) -> Any:
        return select(func.count()).select_from(model).where(*where).scalar_subquery()

    voiced = select(Record.forum_id)
    asked = (
        count(Contest),
        count(Candidacy),
        count(Forum),
        count(ContestForum),
        count(Forum, col(Forum.video_url).is_not(None)),
        count(Record, col(Record.is_published)),
        count(Exchange),
        count(Proposition),
        count(Stance),
        count(Person),
        count(Organisation),
        count(Topic),
        count(Forum, col(Forum.id).not_in(voiced)),
        count(Speaker, unmatched.waiting()),
        count(Tag, Tag.status == "suggested"),
        count(Report, Report.status == "open"),
        count(ProposedChange, ProposedChange.status == "open"),
    )
    return Holdings(*session.execute(sqlalchemy.select(*asked)).one())


def first_race(session: Session) -> str | None:
    """The slug of the race with the nearest election, to lead on from; None where there is none. One statement."""
    return session.exec(
        select(Contest.slug).order_by(col(Contest.election_date).desc(), col(Contest.id)).limit(1)
    ).first()


def first_forum(session: Session) -> str | None:
    """The slug of the forum made last; None where there is none. One statement."""
    return session.exec(select(Forum.slug).order_by(col(Forum.id).desc()).limit(1)).first()
