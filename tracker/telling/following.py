"""What somebody follows, as the pages behind the links in letters show it."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from positions.cells import Translate
from tracker.asking import known_names
from tracker.telling import searches
from tracker.telling.models import SavedSearch, Subscription
from tracker.telling.subscribing import by_ref, follower_of
from transcripts.search.names import Names


@dataclass(frozen=True)
class Followed:
    """One search somebody follows: its name in words, where it is found, how often it is told, whether it was confirmed."""

    ref: str
    name: str
    path: str
    frequency: str
    confirmed: bool


def one(session: Session, ref: str, lang: str, translate: Translate) -> Followed:
    """What one link of a letter is about. Raises NotFound once it is ended."""
    subscription = by_ref(session, ref)
    search = session.get_one(SavedSearch, subscription.saved_search_id)
    return _followed(known_names(session), subscription, search, lang, translate)


def everything(session: Session, follower_ref: str, lang: str, translate: Translate) -> tuple[str, list[Followed]]:
    """An address and all that is followed under it, the latest last. Raises NotFound once that is nothing."""
    follower = follower_of(session, follower_ref)
    rows = session.exec(
        select(Subscription, SavedSearch)
        .join(SavedSearch, col(SavedSearch.id) == col(Subscription.saved_search_id))
        .where(Subscription.follower_id == follower.id)
        .order_by(col(Subscription.id))
    )
    names = known_names(session)
    return follower.address, [_followed(names, *row, lang, translate) for row in rows]


def _followed(
    names: Names, subscription: Subscription, search: SavedSearch, lang: str, translate: Translate
) -> Followed:
    return Followed(
        subscription.ref,
        searches.name(names, search.parameters, lang, translate),
        f"/search?{search.parameters}",
        subscription.frequency,
        subscription.state == "confirmed",
    )
