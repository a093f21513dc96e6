"""Composing: for everyone who is due and has not been told of something, one letter and the moved cursor in one transaction."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, or_, select

from tracker.config import Config
from tracker.db import Database
from tracker.telling import queue
from tracker.telling.models import Finding, Letter, Subscription
from tracker.telling.schedule import due
from tracker.telling.subscribing import host_of, message_id
from transcripts.models import OutboxEntry, now

AT_ONCE = 100
"""Subscriptions looked at in one transaction."""
QUIET = timedelta(minutes=5)
"""How long an import that goes on keeps letters that go out at once waiting, so that they hold all of it."""

Clock = Callable[[], datetime]


def compose(database: Database, config: Config, clock: Clock = now) -> int:
    """Write letters to whoever is due; returns how many. What is written here is sent, whatever happens in between."""
    at, count = clock(), 0
    with database.read() as session:
        ids = _due(session, at)
    for start in range(0, len(ids), AT_ONCE):
        with database.write() as session:
            chosen = select(Subscription).where(col(Subscription.id).in_(ids[start : start + AT_ONCE]))
            for one in session.exec(chosen.order_by(col(Subscription.id)).with_for_update()):
                count += _letter(session, one, config, at)
    return count


def _due(session: Session, at: datetime) -> list[int]:
    """Subscriptions whose moment has come; those that are told at once only where there is something to tell."""
    news = select(Finding.id).where(
        Finding.saved_search_id == Subscription.saved_search_id,
        col(Finding.id) > col(Subscription.cursor),
        Finding.kind != "baseline",
    )
    moment = [col(Subscription.frequency) != "once"]
    if _settled(session, at):
        moment.append(news.exists())
    asked = select(Subscription.id).where(
        Subscription.state == "confirmed", col(Subscription.next_due) <= at, or_(*moment)
    )
    return [id or 0 for id in session.exec(asked.order_by(col(Subscription.id)))]


def _settled(session: Session, at: datetime) -> bool:
    """Whether all that was stored just now has been heard."""
    coming = select(OutboxEntry.seq).where(OutboxEntry.at > at - QUIET).limit(1)
    return not queue.waits(session) and session.exec(coming).first() is None


def _letter(session: Session, one: Subscription, config: Config, at: datetime) -> int:
    if one.state != "confirmed" or one.next_due is None or one.next_due > at:
        return 0  # changed meanwhile, or another process was here
    found = select(func.min(Finding.id), func.max(Finding.id)).where(
        Finding.saved_search_id == one.saved_search_id,
        col(Finding.id) > one.cursor,
        Finding.kind != "baseline",
    )
    first, last = session.exec(found).one()
    if last is not None:
        session.add(
            Letter(
                subscription_id=one.id,
                kind="news",
                message_id=message_id(host_of(config.site_url)),
                first=first or 0,
                last=last,
                next_try=at,
                created_at=at,
            )
        )
        one.cursor = last
    one.next_due = due(one.frequency, at, config.zone)
    session.add(one)
    return int(last is not None)
