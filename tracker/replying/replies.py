"""Replies of candidates: invited by an editor, written and taken back by whoever holds the link, changed by nobody else.

Each function is one step of the caller's transaction.
"""

import secrets
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, delete, func, select

from positions.cells import OwnReply
from positions.models import Candidacy, Contest, Proposition
from positions.queries import merged
from positions.queries.merged import Merges
from positions.quoting import MOST
from tracker.replying.models import Reply, ReplyInvitation
from transcripts.capabilities import digest
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.models import Person, now
from transcripts.people_tables import PersonRedirect
from transcripts.queries.speakers import moved_to
from transcripts.text import count_words

Clock = Callable[[], datetime]

WORDS, WORDS_BESIDE = 150, MOST
"""The most words of a reply to the whole, and to one statement: as many as a box shows of a quotation. The same for every candidate."""
NO_LINK = "This link does not work. It may have been replaced by a newer one: ask the publisher of this site."


@dataclass(frozen=True)
class Version:
    """What a reply said from `at` on; empty from when it was taken back."""

    text: str
    at: datetime


@dataclass(frozen=True)
class Replied:
    """A candidate who was invited: the versions of their replies to the whole ("") and to statements by slug, the last one first."""

    race: str
    person: str
    verified: str
    about: Mapping[str, tuple[Version, ...]]

    @property
    def versions(self) -> tuple[Version, ...]:
        """Of the reply to the whole comparison."""
        return self.about.get("", ())

    @property
    def text(self) -> str:
        """What stands now of the whole; empty where there is nothing, or it was taken back."""
        return self.versions[0].text if self.versions else ""

    @property
    def beside(self) -> dict[str, Version]:
        """What stands now of single statements, by slug."""
        return {slug: said[0] for slug, said in self.about.items() if slug and said[0].text}


def invite(session: Session, race: str, person: str, verified: str, by: str, clock: Clock = now) -> str:
    """Make a candidate's link, which ends any before; returns its secret, which is kept nowhere. Raises NotFound, Refusal."""
    stands = (
        select(Candidacy.id)
        .join(Contest, col(Contest.id) == col(Candidacy.contest_id))
        .join(Person, col(Person.id) == col(Candidacy.person_id))
        .where(Contest.slug == race, Person.slug == person)
    )
    if session.exec(stands).first() is None:
        raise NotFound("There is no {kind} “{key}”.", kind="candidacy", key=f"{race}/{person}")
    if not verified.strip():
        raise Refusal("Say how you made sure that the link reaches the candidate: readers will read it.")
    for before in session.exec(
        select(ReplyInvitation).where(*_of(race, person), col(ReplyInvitation.ended_at).is_(None))
    ):
        before.ended_at = clock()
        session.add(before)
    secret = secrets.token_urlsafe(32)
    session.add(ReplyInvitation(race=race, person=person, digest=digest(secret), verified=verified, by=by, at=clock()))
    session.flush()
    return secret


def by_link(session: Session, secret: str) -> Replied:
    """The reply a link is for, as it stands. Raises NotFound for a link that does not work."""
    held = _invitation(session, secret)
    race = merged.moved_to(session, "race", held.race) or held.race
    person = moved_to(session, held.person) or held.person
    found = (one for one in of_race(session, race) if one.person == person)
    return next(found, Replied(race, person, held.verified, {}))


def write(session: Session, secret: str, seen: int, text: str, statement: str = "", clock: Clock = now) -> None:
    """Say something of the whole or of a statement, or nothing any more (an empty text). `seen`: versions of it the writer saw.

    Raises NotFound, Refusal where it is too long, Conflict where the link was used meanwhile.
    """
    held = _invitation(session, secret)
    most = WORDS_BESIDE if statement else WORDS
    if count_words(text) > most:
        raise Refusal(
            "At most {most} words, the same for every candidate; these are {words}.",
            most=most,
            words=count_words(text),
        )
    so_far = by_link(session, secret)
    if statement:
        _statement_of(session, so_far.race, statement)
    if len(so_far.about.get(statement, ())) != seen:
        raise Conflict(
            "This was changed from another window meanwhile. Load the page again; what you typed is still here."
        )
    session.add(Reply(invitation_id=held.id or 0, statement=statement, text=text.strip(), at=clock()))
    session.flush()


def of_race(session: Session, race: str, merges: Merges | None = None) -> tuple[Replied, ...]:
    """Everybody who was invited to reply in a race, or in one that was merged into it, with every version.

    One statement, one more where the caller does not know the `merges`.
    """
    known = merges or merged.read(session)
    person = func.coalesce(col(Person.slug), col(ReplyInvitation.person))
    rows = session.exec(
        select(person, ReplyInvitation.verified, Reply)
        .outerjoin(Reply, col(Reply.invitation_id) == col(ReplyInvitation.id))
        .outerjoin(PersonRedirect, col(PersonRedirect.slug) == col(ReplyInvitation.person))
        .outerjoin(Person, col(Person.id) == col(PersonRedirect.person_id))
        .select_from(ReplyInvitation)
        .where(col(ReplyInvitation.race).in_(known.leading_to("race", race)))
        .order_by(col(ReplyInvitation.id), col(Reply.id))
    )
    verified: dict[str, str] = {}
    versions: dict[str, dict[str, list[Version]]] = {}
    for slug, how, reply in rows:
        verified[slug] = how
        said = versions.setdefault(slug, {})
        if reply is not None:
            said.setdefault(known.last("statement", reply.statement), []).append(Version(reply.text, reply.at))
    return tuple(
        Replied(race, slug, verified[slug], {about: _newest_first(every) for about, every in said.items()})
        for slug, said in versions.items()
    )


def in_boxes(said: Iterable[Replied]) -> dict[tuple[str, str], OwnReply]:
    """What stands of single statements, by candidate and statement."""
    return {
        (one.person, statement): OwnReply(version.text, version.at, one.verified)
        for one in said
        for statement, version in one.beside.items()
    }


def forget(session: Session, races: Collection[str]) -> int:
    """Take away every link of races that go, by slug, with what was replied: it would open the next race of that name. Returns how many."""
    links = select(ReplyInvitation.id).where(col(ReplyInvitation.race).in_(races))
    said = session.exec(delete(Reply).where(col(Reply.invitation_id).in_(links))).rowcount
    return said + session.exec(delete(ReplyInvitation).where(col(ReplyInvitation.race).in_(races))).rowcount


def _newest_first(versions: Iterable[Version]) -> tuple[Version, ...]:
    return tuple(sorted(versions, key=lambda one: one.at, reverse=True))


def _statement_of(session: Session, race: str, statement: str) -> None:
    held = select(Proposition.id).join(Contest, col(Contest.id) == col(Proposition.contest_id))
    if session.exec(held.where(Contest.slug == race, Proposition.slug == statement)).first() is None:
        raise NotFound("There is no {kind} “{key}”.", kind="statement", key=statement)


def _of(race: str, person: str) -> tuple[bool, bool]:
    return ReplyInvitation.race == race, ReplyInvitation.person == person


def _invitation(session: Session, secret: str) -> ReplyInvitation:
    open_one = (ReplyInvitation.digest == digest(secret), col(ReplyInvitation.ended_at).is_(None))
    found = session.exec(select(ReplyInvitation).where(*open_one)).one_or_none()
    if found is None:
        raise NotFound(NO_LINK)
    return found
