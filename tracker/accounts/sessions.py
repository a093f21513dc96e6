"""Sign-ins: server-side rows behind a cookie, checked with the account's present roles at every request that asks."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select, update
from ulid import ULID

from tracker.accounts import passwords
from tracker.accounts.models import Account, AccountRole, SignIn
from tracker.accounts.roles import AccountRole as Role
from transcripts.capabilities import digest
from transcripts.errors import NotFound
from transcripts.models import now
from transcripts.text import fold

LASTS = timedelta(days=14)
SEEN_EVERY = timedelta(minutes=10)


@dataclass(frozen=True)
class Actor:
    """Who is asking: an account as it stands now, and the sign-in it came with."""

    id: int
    name: str
    roles: frozenset[str]
    sign_in: str

    def has(self, role: str) -> bool:
        """Whether the account holds a role at this moment."""
        return role in self.roles


@dataclass(frozen=True)
class OpenSignIn:
    """A browser that is signed in, as its owner sees it; times are UTC."""

    id: str
    device: str
    created_at: datetime
    seen_at: datetime
    here: bool


def actor_of(session: Session, secret: str, clock: Callable[[], datetime] = now) -> Actor | None:
    """Who holds this cookie; None where it was ended, is too old, or its account is disabled."""
    found = session.exec(
        select(SignIn, Account, AccountRole.role)
        .join(Account, col(Account.id) == SignIn.account_id)
        .outerjoin(AccountRole, col(AccountRole.account_id) == Account.id)
        .where(
            SignIn.digest == digest(secret),
            col(SignIn.ended_at).is_(None),
            SignIn.expires_at > clock(),
            col(Account.disabled_at).is_(None),
        )
    ).all()
    if not found:
        return None
    sign_in, account, _ = found[0]
    assert account.id is not None
    roles = frozenset({Role.MEMBER, *(role for _, _, role in found if role)})
    return Actor(account.id, account.name, roles, sign_in.id)


def check(session: Session, name: str, password: str) -> Account | None:
    """The account of a name and its password; None for a wrong one of either. Both take the same time."""
    account = session.exec(select(Account).where(Account.folded == fold(name)[:120])).one_or_none()
    usable = account if account and account.disabled_at is None else None
    return usable if passwords.right(password, usable.password if usable else None) else None


def begin(session: Session, account_id: int, device: str, clock: Callable[[], datetime] = now) -> str:
    """A new sign-in of an account; returns the secret for its cookie, which nobody can read again."""
    secret, at = secrets.token_urlsafe(32), clock()
    session.add(
        SignIn(
            id=str(ULID()),
            digest=digest(secret),
            account_id=account_id,
            device=device[:120],
            created_at=at,
            seen_at=at,
            expires_at=at + LASTS,
        )
    )
    session.flush()
    return secret


def end(session: Session, account_id: int, sign_in: str, clock: Callable[[], datetime] = now) -> None:
    """End one sign-in of this account. Raises NotFound for another account's, as for one that never was."""
    row = session.get(SignIn, sign_in)
    if row is None or row.account_id != account_id:
        raise NotFound("There is no such sign-in.")
    row.ended_at = row.ended_at or clock()
    session.add(row)


def end_all(session: Session, account_id: int, clock: Callable[[], datetime] = now) -> None:
    """End every sign-in of an account: after a new password, when it is disabled, when its roles change."""
    still = update(SignIn).where(col(SignIn.account_id) == account_id, col(SignIn.ended_at).is_(None))
    session.execute(still.values(ended_at=clock()))


def listed(session: Session, actor: Actor, clock: Callable[[], datetime] = now) -> list[OpenSignIn]:
    """The browsers where an account is signed in, the latest first."""
    rows = session.exec(
        select(SignIn)
        .where(SignIn.account_id == actor.id, col(SignIn.ended_at).is_(None), SignIn.expires_at > clock())
        .order_by(col(SignIn.created_at).desc())
    )
    return [OpenSignIn(row.id, row.device, row.created_at, row.seen_at, row.id == actor.sign_in) for row in rows]
