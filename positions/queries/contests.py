"""Races: the list, one race's page, and the comparison of its candidates that the page and the command both print."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, func, select

from positions.cells import Candidate
from positions.comparison import ORDERS, VIEWS, Comparison, ContestHead, Row, in_order, orders_of, without_notes
from positions.models import Candidacy, Contest, ContestForum
from positions.profiles import NOTHING_JUDGED
from positions.queries import answers, propositions, spoken
from transcripts.bilingual import Bilingual, both
from transcripts.errors import NotFound
from transcripts.models import Forum, Person
from transcripts.queries.forums import ForumLine, line


@dataclass(frozen=True)
class ContestLine:
    """A race in one line."""

    head: ContestHead
    candidates: int
    forums: int


@dataclass(frozen=True)
class ContestView:
    """What a race's page says beside the comparison: what the office decides, who stands, where they were heard."""

    head: ContestHead
    decides: tuple[Bilingual, ...]
    candidates: tuple[Candidate, ...]
    forums: tuple[ForumLine, ...]


@dataclass(frozen=True)
class Standing:
    """One person's candidacy in one race."""

    contest: ContestHead
    candidate: Candidate


def every(session: Session) -> tuple[ContestLine, ...]:
    """All races, the latest election first. One statement."""
    standing = select(func.count()).where(col(Candidacy.contest_id) == col(Contest.id)).scalar_subquery()
    heard = select(func.count()).where(col(ContestForum.contest_id) == col(Contest.id)).scalar_subquery()
    rows = session.exec(select(Contest, standing, heard).order_by(col(Contest.election_date).desc(), col(Contest.slug)))
    return tuple(ContestLine(_head(contest), candidates, forums) for contest, candidates, forums in rows)


def by_slug(session: Session, slug: str) -> ContestView:
    """One race, its candidates by name. Raises NotFound. Three statements."""
    contest = _contest(session, slug)
    spanish = json.loads(contest.decides_es)
    decides = tuple(Bilingual(en, es) for en, es in zip(json.loads(contest.decides_en), spanish, strict=True))
    forums = session.exec(
        select(Forum)
        .join(ContestForum, col(ContestForum.forum_id) == col(Forum.id))
        .where(ContestForum.contest_id == contest.id)
        .order_by(col(Forum.held_on).desc(), col(Forum.id))
    )
    return ContestView(
        _head(contest), decides, tuple(_candidates(session, contest).values()), tuple(line(forum) for forum in forums)
    )


def of_person(session: Session, person_slug: str) -> tuple[Standing, ...]:
    """Where somebody stands or stood, the latest election first. One statement."""
    rows = session.exec(
        select(Contest, Candidacy, Person)
        .join(Candidacy, col(Candidacy.contest_id) == col(Contest.id))
        .join(Person, col(Person.id) == col(Candidacy.person_id))
        .where(Person.slug == person_slug)
        .order_by(col(Contest.election_date).desc())
    )
    return tuple(Standing(_head(contest), _candidate(candidacy, person)) for contest, candidacy, person in rows)


def of_forum(session: Session, forum_id: int) -> tuple[ContestHead, ...]:
    """The races whose candidates were heard at a forum. One statement."""
    rows = session.exec(
        select(Contest)
        .join(ContestForum, col(ContestForum.contest_id) == col(Contest.id))
        .where(ContestForum.forum_id == forum_id)
        .order_by(col(Contest.election_date), col(Contest.slug))
    )
    return tuple(_head(contest) for contest in rows)


def comparison_of(
    session: Session, slug: str, by: str | None, order: str, when: date | datetime, *, drafts: bool = False
) -> Comparison:
    """The candidates of a race side by side: by question, topic or statement (VIEWS; None: the race's own), in one of ORDERS.

    `when` is the day the rotation is computed for, or a moment, whose day in the race's time zone is taken. Raises NotFound, also
    where readers see no positions of the race. `drafts`: everything, as editors see it. The number of statements does not depend
    on how much is held.
    """
    contest, standing = _everybody(session, slug)
    head = _head(contest)
    by = by or head.views[-1]
    if by == "statement" and head.verbatim and not drafts:
        raise NotFound(NOTHING_JUDGED)
    if by not in VIEWS:
        raise NotFound("There is no comparison by “{by}”; choose {views}.", by=by, views=", ".join(head.views))
    orders = orders_of(tuple(standing.values()))
    if order not in orders:
        if order in ORDERS:
            raise NotFound("The official ballot order is not held; choose {orders}.", orders=", ".join(orders))
        raise NotFound("There is no order “{order}”; choose {orders}.", order=order, orders=", ".join(orders))
    day = when.astimezone(ZoneInfo(contest.zone)).date() if isinstance(when, datetime) else when
    candidates, rule = in_order(standing.values(), contest.slug, order, day)
    ordered = {key: standing[key] for key in sorted(standing, key=lambda key: candidates.index(standing[key]))}
    rows = _rows(session, by, contest.id or 0, ordered, drafts)
    return Comparison(head, by, rule, orders, candidates, without_notes(rows) if head.verbatim else rows)


def _rows(
    session: Session, by: str, contest_id: int, candidates: dict[int, Candidate], drafts: bool
) -> tuple[Row, ...]:
    """`candidates` by candidacy id, in page order."""
    if by == "statement":
        return propositions.rows(session, contest_id, candidates, drafts=drafts)
    if by == "topic":
        return spoken.rows(session, contest_id, tuple(candidates.values()))
    return answers.rows(session, contest_id, tuple(candidates.values()))


def _contest(session: Session, slug: str) -> Contest:
    contest = session.exec(select(Contest).where(Contest.slug == slug)).one_or_none()
    if contest is None:
        raise _no_race(slug)
    return contest


def _no_race(slug: str) -> NotFound:
    return NotFound("There is no race “{slug}”. `tracker contests` lists them.", slug=slug)


def _everybody(session: Session, slug: str) -> tuple[Contest, dict[int, Candidate]]:
    """A race and everybody who stands in it, by the id of the candidacy. Raises NotFound. One statement."""
    rows = session.exec(
        select(Contest, Candidacy, Person)
        .outerjoin(Candidacy, col(Candidacy.contest_id) == col(Contest.id))
        .outerjoin(Person, col(Person.id) == col(Candidacy.person_id))
        .where(Contest.slug == slug)
        .order_by(col(Person.sort_name), col(Person.slug))
    ).all()
    if not rows:
        raise _no_race(slug)
    return rows[0][0], {one.id or 0: _candidate(one, person) for _, one, person in rows if one is not None}


def _candidates(session: Session, contest: Contest) -> dict[int, Candidate]:
    """Everybody who stands, by the id of the candidacy, in the order of the register."""
    rows = session.exec(
        select(Candidacy, Person)
        .join(Person, col(Person.id) == col(Candidacy.person_id))
        .where(Candidacy.contest_id == contest.id)
        .order_by(col(Person.sort_name), col(Person.slug))
    )
    return {candidacy.id or 0: _candidate(candidacy, person) for candidacy, person in rows}


def _candidate(candidacy: Candidacy, person: Person) -> Candidate:
    return Candidate(
        slug=person.slug,
        name=candidacy.ballot_name,
        sort_name=person.sort_name,
        party=both(candidacy.party_en, candidacy.party_es),
        incumbent=candidacy.incumbent,
        status=candidacy.status,
        ballot_position=candidacy.ballot_position,
    )


def _head(contest: Contest) -> ContestHead:
    return ContestHead(
        slug=contest.slug,
        title=Bilingual(contest.title_en, contest.title_es),
        office=Bilingual(contest.office_en, contest.office_es),
        place=contest.place,
        zone=contest.zone,
        election_date=contest.election_date,
        fictional=contest.fictional,
        profile=contest.profile,
    )
