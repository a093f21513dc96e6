"""The tables of being told. None holds words of the record: a letter is made of the ledger at the moment it is sent."""

from datetime import datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from transcripts.models import now, one_of

FREQUENCIES = ("once", "daily", "weekly")
"""At once, and the two days' letters."""
STATES = ("asked", "confirmed")
FOUND = ("baseline", "new", "correction")
KINDS = ("confirm", "news")
LETTER_STATES = ("queued", "sent", "refused", "given_up")


class SavedSearch(SQLModel, table=True):
    """A search that is followed, once however many follow it: its parameters as an address, `digest` of them.

    Told of are words stored after it was first followed: turns after `since_turn`, corrections after `since_correction` (ids, None
    before). What it found before is in the ledger up to the turn `looked_through`, so that its corrections are told.
    """

    __tablename__ = "saved_search"
    id: int | None = Field(default=None, primary_key=True)
    digest: str = Field(unique=True, max_length=64)
    parameters: str = Field(sa_type=Text)
    since_turn: int | None = None
    since_correction: int | None = None
    looked_through: int = 0
    created_at: datetime = Field(default_factory=now)


class Finding(SQLModel, table=True):
    """The ledger: a search found a turn (`correction_id` 0), or a turn it had found was corrected. `id` orders what is told.

    Written once for each, so that nothing is news twice. Corrections of a turn up to `after_correction` were part of what was found.
    Where a voice that was told of lost its name there is no `turn_key`, and `correction_id` is the change's below nought.
    """

    __table_args__ = (UniqueConstraint("saved_search_id", "turn_key", "correction_id"), one_of("kind", FOUND))
    id: int | None = Field(default=None, primary_key=True)
    saved_search_id: int = Field(foreign_key="saved_search.id", index=True)
    turn_key: str = Field(max_length=26)
    kind: str = Field(max_length=16)
    correction_id: int = 0
    after_correction: int = 0
    at: datetime = Field(default_factory=now)


class Unheard(SQLModel, table=True):
    """A turn the index has heard of and the saved searches have not; written as it is taken off the outbox."""

    seq: int | None = Field(default=None, primary_key=True)
    turn_key: str = Field(max_length=26)


class Follower(SQLModel, table=True):
    """An e-mail address, kept while something is followed under it. `ref` is the public half of the links of its letters."""

    id: int | None = Field(default=None, primary_key=True)
    ref: str = Field(unique=True, max_length=16)
    address: str = Field(sa_type=Text)
    folded: str = Field(unique=True, max_length=254)
    created_at: datetime = Field(default_factory=now)


class Subscription(SQLModel, table=True):
    """A follower of a search: asked for, and confirmed by a link in a letter. Told of is the ledger up to `cursor`."""

    __table_args__ = (
        UniqueConstraint("follower_id", "saved_search_id"),
        one_of("frequency", FREQUENCIES),
        one_of("state", STATES),
    )
    id: int | None = Field(default=None, primary_key=True)
    ref: str = Field(unique=True, max_length=16)
    follower_id: int = Field(foreign_key="follower.id", index=True)
    saved_search_id: int = Field(foreign_key="saved_search.id", index=True)
    lang: str = Field(max_length=16)
    frequency: str = Field(max_length=16)
    state: str = Field(default="asked", max_length=16)
    cursor: int = 0
    next_due: datetime | None = Field(default=None, index=True)
    asked_at: datetime = Field(default_factory=now)
    confirmed_at: datetime | None = None


class Letter(SQLModel, table=True):
    """A letter to a follower, without its words: the ledger from `first` to `last`. Its Message-ID stays however often it is tried.

    `note` is the mail server's code, never its words: they may hold the address.
    """

    __table_args__ = (one_of("kind", KINDS), one_of("state", LETTER_STATES))
    id: int | None = Field(default=None, primary_key=True)
    subscription_id: int | None = Field(default=None, foreign_key="subscription.id", index=True)
    kind: str = Field(max_length=16)
    message_id: str = Field(unique=True, max_length=320)
    first: int = 0
    last: int = 0
    state: str = Field(default="queued", max_length=16, index=True)
    tries: int = 0
    next_try: datetime = Field(default_factory=now)
    created_at: datetime = Field(default_factory=now)
    sent_at: datetime | None = None
    note: str = Field(default="", max_length=32)
