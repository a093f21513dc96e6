"""Replies of candidates: invited by an editor, written and taken back by whoever holds the link, changed by nobody else.

Each function is one step of the caller's transaction.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from positions.models import Candidacy, Contest, EntryMerge
from positions.queries import merged
from tracker.replying.models import Reply, ReplyInvitation
from transcripts.capabilities import digest
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.models import Person, now
from transcripts.people_tables import PersonRedirect
from transcripts.queries.speakers import moved_to
from transcripts.text import count_words

Clock = Callable[[], datetime]

WORDS = 150
"""The most words of a reply, the same for every candidate."""
NO_LINK = "This link does not work. It may have been replaced by a newer one: ask the publisher of this site."


@dataclass(frozen=True)
class Version:
    """What a reply said from `at` on; empty from when it was taken back."""

    text: str
    at: datetime


@dataclass(frozen=True)
class Replied:
    """A candidate who was invited: the versions of their reply, the last one first."""

    race: str
    person: str
    verified: str
    versions: tuple[Version, ...]

    @property
    def text(self) -> str:
        """What stands now; empty where there is nothing, or it was taken back."""
        return self.versions[0].text if self.versions else ""


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
    return next(found, Replied(race, person, held.verified, ()))


def write(session: Session, secret: str, seen: int, text: str, clock: Clock = now) -> None:
    """Say something, or nothing any more (an empty text). `seen` is how many versions the writer saw.

    Raises NotFound, Refusal where it is too long, Conflict where the link was used meanwhile.
    """
    held = _invitation(session, secret)
    if count_words(text) > WORDS:
        raise Refusal(
            "At most {most} words, the same for every candidate; these are {words}.",
            most=WORDS,
            words=count_words(text),
        )
    if len(by_link(session, secret).versions) != seen:
        raise Conflict(
            "This was changed from another window meanwhile. Load the page again; what you typed is still here."
        )
    session.add(Reply(invitation_id=held.id or 0, text=text.strip(), at=clock()))
    session.flush()


def of_race(session: Session, race: str) -> tuple[Replied, ...]:
    """Everybody who was invited to reply in a race, or in one that was merged into it, with every version. One statement."""
    named = func.coalesce(col(EntryMerge.into_slug), col(ReplyInvitation.race))
    person = func.coalesce(col(Person.slug), col(ReplyInvitation.person))
    rows = session.exec(
        select(person, ReplyInvitation.verified, Reply)
        .outerjoin(Reply, col(Reply.invitation_id) == col(ReplyInvitation.id))
        .outerjoin(EntryMerge, (col(EntryMerge.slug) == col(ReplyInvitation.race)) & (col(EntryMerge.kind) == "race"))
        .outerjoin(PersonRedirect, col(PersonRedirect.slug) == col(ReplyInvitation.person))
        .outerjoin(Person, col(Person.id) == col(PersonRedirect.person_id))
        .select_from(ReplyInvitation)
        .where(named == race)
        .order_by(col(ReplyInvitation.id), col(Reply.id))
    )
    verified: dict[str, str] = {}
    versions: dict[str, list[Version]] = {}
    for slug, how, reply in rows:
        verified[slug] = how
        versions.setdefault(slug, [])
        if reply is not None:
            versions[slug].append(Version(reply.text, reply.at))
    newest = {slug: tuple(sorted(said, key=lambda one: one.at, reverse=True)) for slug, said in versions.items()}
    return tuple(Replied(race, slug, verified[slug], said) for slug, said in newest.items())


def _of(race: str, person: str) -> tuple[bool, bool]:
    return ReplyInvitation.race == race, ReplyInvitation.person == person


def _invitation(session: Session, secret: str) -> ReplyInvitation:
    open_one = (ReplyInvitation.digest == digest(secret), col(ReplyInvitation.ended_at).is_(None))
    found = session.exec(select(ReplyInvitation).where(*open_one)).one_or_none()
    if found is None:
        raise NotFound(NO_LINK)
    return found
