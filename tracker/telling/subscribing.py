"""The writer of subscriptions: asked for on a page, confirmed by a link in a letter, changed and ended by the links of every letter.

Every function is one step of the caller's transaction. Nothing here tells whether an address was known: who asks is answered the
same. Ending the last subscription of an address erases it, and the search with its ledger once nobody follows it.
"""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, func, select
from ulid import ULID

from tracker.db import Database
from tracker.telling import searches
from tracker.telling.addresses import folded
from tracker.telling.links import NO_LINK, new_ref
from tracker.telling.models import FREQUENCIES, Finding, Follower, Letter, SavedSearch, Subscription
from tracker.telling.schedule import due
from transcripts.errors import NotFound, Refusal
from transcripts.models import Correction, Turn, now

Clock = Callable[[], datetime]
UNCONFIRMED = timedelta(days=7)
"""How long somebody has to confirm."""
AGAIN = timedelta(minutes=15)
"""How long after a letter with a link another one is not sent."""
KEPT = timedelta(days=30)
"""How long is kept that a letter was sent."""
NO_CHOICE = "Choose how often: at once, daily or weekly."
MOST = 100
FULL = "This address follows as much as it can already. End something first."


def asked(database: Database, address: str, parameters: str, frequency: str, lang: str, host: str) -> None:
    """`ask` in a transaction of its own; again where somebody else asked the same, or ended it, at this very moment."""
    try:
        with database.write() as session:
            ask(session, address, parameters, frequency, lang, host)
    except IntegrityError:
        with database.write() as session:
            ask(session, address, parameters, frequency, lang, host)


def ask(
    session: Session, address: str, parameters: str, frequency: str, lang: str, host: str, clock: Clock = now
) -> None:
    """Somebody wants to be told: a letter with a link goes to the address, once in a while however often it is asked for.

    `address` and `parameters` as `addresses` and `searches` give them. What is confirmed already stays as it is.
    """
    if frequency not in FREQUENCIES:
        raise Refusal(NO_CHOICE)
    at = clock()
    search, follower = _search(session, parameters, at), _follower(session, address, at)
    held = session.exec(
        select(Subscription).where(Subscription.follower_id == follower.id, Subscription.saved_search_id == search.id)
    ).one_or_none()
    one = held or _begin(session, follower, search, at)
    if one is None:
        return
    if one.state == "asked":
        one.frequency, one.lang, one.asked_at = frequency, lang, at
    session.add(one)
    session.flush()
    recent = select(Letter.id).where(
        Letter.subscription_id == one.id, Letter.kind == "confirm", Letter.created_at > at - AGAIN
    )
    if session.exec(recent).first() is None:
        session.add(
            Letter(subscription_id=one.id, kind="confirm", message_id=message_id(host), next_try=at, created_at=at)
        )


def confirm(session: Session, ref: str, zone: str, clock: Clock = now) -> str:
    """The link in the letter was followed and its button pressed; done twice it is done once. Returns the follower's ref."""
    one, at = by_ref(session, ref, locked=True), clock()
    follower = session.get_one(Follower, one.follower_id)
    if one.state == "confirmed":
        return follower.ref
    search = session.exec(select(SavedSearch).where(SavedSearch.id == one.saved_search_id).with_for_update()).one()
    if search.since_turn is None:
        search.since_turn = session.exec(select(func.max(Turn.id))).one() or 0
        search.since_correction = session.exec(select(func.max(Correction.id))).one() or 0
        session.add(search)
    one.cursor = session.exec(select(func.max(Finding.id)).where(Finding.saved_search_id == search.id)).one() or 0
    one.state, one.confirmed_at = "confirmed", at
    one.next_due = due(one.frequency, at, zone)
    session.add(one)
    return follower.ref


def change(session: Session, follower_ref: str, ref: str, frequency: str, zone: str, clock: Clock = now) -> None:
    """Another frequency, by the link of a follower. Raises NotFound for what somebody else follows."""
    if frequency not in FREQUENCIES:
        raise Refusal(NO_CHOICE)
    one = _theirs(session, follower_ref, ref)
    if one.frequency != frequency:
        one.frequency, one.next_due = frequency, due(frequency, clock(), zone)
        session.add(one)


def stop(session: Session, ref: str) -> None:
    """Nothing more of one subscription. Done twice it is done once."""
    end(session, session.exec(select(Subscription).where(Subscription.ref == ref)).all())


def stop_theirs(session: Session, follower_ref: str, ref: str) -> None:
    """Nothing more of one subscription, by the link of its follower. Raises NotFound for what somebody else follows."""
    end(session, [_theirs(session, follower_ref, ref)])


def stop_all(session: Session, follower_ref: str) -> None:
    """Nothing more at all: the address is erased."""
    follower = follower_of(session, follower_ref)
    end(session, session.exec(select(Subscription).where(Subscription.follower_id == follower.id)).all())


def end(session: Session, ended: Collection[Subscription]) -> None:
    """Take subscriptions away with their letters; addresses and searches nobody needs any more go with them.

    Rows are locked before what hangs on them goes: whoever writes a letter or a finding at this moment is waited for.
    """
    if not ended:
        return
    lock(session, ended)
    ids = [one.id for one in ended]
    session.exec(delete(Letter).where(col(Letter.subscription_id).in_(ids)))
    session.exec(delete(Subscription).where(col(Subscription.id).in_(ids)))
    still = select(Subscription.follower_id)
    mine = col(Follower.id).in_({one.follower_id for one in ended})
    session.exec(delete(Follower).where(mine, col(Follower.id).not_in(still)))
    needed = select(Subscription.saved_search_id)
    followed = col(SavedSearch.id).in_({one.saved_search_id for one in ended})
    asked = select(SavedSearch.id).where(followed, col(SavedSearch.id).not_in(needed)).order_by(col(SavedSearch.id))
    gone = session.exec(asked.with_for_update()).all()
    session.exec(delete(Finding).where(col(Finding.saved_search_id).in_(gone)))
    session.exec(delete(SavedSearch).where(col(SavedSearch.id).in_(gone)))


def lock(session: Session, chosen: Collection[Subscription]) -> None:
    """Keep others from these subscriptions: always followers first, each in one order, so that no two wait for one another."""
    followers = select(Follower.id).where(col(Follower.id).in_({one.follower_id for one in chosen}))
    session.exec(followers.order_by(col(Follower.id)).with_for_update()).all()
    ids = select(Subscription.id).where(col(Subscription.id).in_([one.id for one in chosen]))
    session.exec(ids.order_by(col(Subscription.id)).with_for_update()).all()


def sweep(session: Session, clock: Clock = now) -> None:
    """What nobody confirmed for seven days goes with its address; letters sent a month ago are forgotten."""
    at = clock()
    unconfirmed = select(Subscription).where(Subscription.state == "asked", Subscription.asked_at < at - UNCONFIRMED)
    end(session, session.exec(unconfirmed).all())
    session.exec(delete(Letter).where(col(Letter.state) != "queued", col(Letter.created_at) < at - KEPT))


def swept(session: Session, clock: Clock = now) -> bool:
    """Whether nothing waits to be swept."""
    at = clock()
    old = select(Subscription.id).where(Subscription.state == "asked", Subscription.asked_at < at - UNCONFIRMED)
    done = select(Letter.id).where(Letter.state != "queued", Letter.created_at < at - KEPT)
    return session.exec(old.limit(1)).first() is None and session.exec(done.limit(1)).first() is None


def by_ref(session: Session, ref: str, *, locked: bool = False) -> Subscription:
    """The subscription of a link. Raises NotFound."""
    wanted = select(Subscription).where(Subscription.ref == ref)
    found = session.exec(wanted.with_for_update() if locked else wanted).one_or_none()
    if found is None:
        raise NotFound(NO_LINK)
    return found


def follower_of(session: Session, ref: str) -> Follower:
    """The follower of a link. Raises NotFound."""
    found = session.exec(select(Follower).where(Follower.ref == ref)).one_or_none()
    if found is None:
        raise NotFound(NO_LINK)
    return found


def message_id(host: str) -> str:
    """A new Message-ID (RFC 5322, 3.6.4)."""
    return f"<{ULID()}@{host}>"


def host_of(site_url: str) -> str:
    """The host of the site's own address, for what letters are named by."""
    return urlsplit(site_url).hostname or "localhost"


def _search(session: Session, parameters: str, at: datetime) -> SavedSearch:
    digest = searches.digest(parameters)
    found = session.exec(select(SavedSearch).where(SavedSearch.digest == digest)).one_or_none()
    if found is None:
        found = SavedSearch(digest=digest, parameters=parameters, created_at=at)
        session.add(found)
        session.flush()
    return found


def _follower(session: Session, address: str, at: datetime) -> Follower:
    found = session.exec(select(Follower).where(Follower.folded == folded(address)).with_for_update()).one_or_none()
    if found is None:
        found = Follower(ref=new_ref(), address=address, folded=folded(address), created_at=at)
        session.add(found)
        session.flush()
    return found


def _begin(session: Session, follower: Follower, search: SavedSearch, at: datetime) -> Subscription | None:
    """A subscription that is asked for; None where the address follows so much that it has to end something first."""
    count = session.exec(select(func.count()).where(Subscription.follower_id == follower.id)).one()
    if count >= MOST:
        return None
    return Subscription(
        ref=new_ref(),
        follower_id=follower.id or 0,
        saved_search_id=search.id or 0,
        lang="en",
        frequency="once",
        asked_at=at,
    )


def _theirs(session: Session, follower_ref: str, ref: str) -> Subscription:
    follower, one = follower_of(session, follower_ref), by_ref(session, ref, locked=True)
    if one.follower_id != follower.id:
        raise NotFound(NO_LINK)
    return one
