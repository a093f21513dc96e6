"""Accounts: made by invitation or on the command line, given roles, disabled; one-time links that choose a name and a password."""

import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, func, select

from tracker.accounts import passwords, sessions
from tracker.accounts.models import Account, AccountRole, OneTimeLink
from tracker.accounts.roles import AccountRole as Role
from tracker.accounts.roles import read_roles
from transcripts.capabilities import digest
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.models import now
from transcripts.text import clean, fold

LASTS = timedelta(days=7)
LONGEST = 80
FIRST = "first editor"


@dataclass(frozen=True)
class Member:
    """An account as administrators see it."""

    id: int
    name: str
    roles: tuple[str, ...]
    created_at: datetime
    disabled: bool
    has_password: bool


def members(session: Session) -> list[Member]:
    """Every account with its roles, by name: two statements."""
    held: dict[int, list[str]] = {}
    for row in session.exec(select(AccountRole).order_by(AccountRole.role)):
        held.setdefault(row.account_id, []).append(row.role)
    rows = session.exec(select(Account).order_by(Account.folded)).all()
    return [
        Member(
            row.id or 0,
            row.name,
            tuple(held.get(row.id or 0, ())),
            row.created_at,
            row.disabled_at is not None,
            row.password is not None,
        )
        for row in rows
    ]


def anybody(session: Session) -> bool:
    """Whether anybody can sign in yet."""
    return bool(session.exec(select(func.count()).select_from(Account)).one())


def another_editor(session: Session, account_id: int) -> bool:
    """Whether somebody else than this account is let in as an editor."""
    others = select(Account.id).join(AccountRole, col(AccountRole.account_id) == col(Account.id))
    editors = others.where(AccountRole.role == Role.EDITOR, col(Account.disabled_at).is_(None))
    return session.exec(editors.where(col(Account.id) != account_id)).first() is not None


def add(session: Session, name: str, roles: Sequence[Role], password: str | None = None) -> int:
    """Make an account. Raises Conflict where the name is taken."""
    plain = " ".join(clean(name).split())
    if not 2 <= len(plain) <= LONGEST:
        raise Refusal("A name has 2 to {most} characters; readers see it beside what you change.", most=LONGEST)
    if session.exec(select(Account.id).where(Account.folded == fold(plain))).first() is not None:
        raise Conflict("Somebody is called “{plain}” here already; choose another name.", plain=plain)
    account = Account(name=plain, folded=fold(plain), password=passwords.hashed(password, plain) if password else None)
    session.add(account)
    session.flush()
    assert account.id is not None
    session.add_all(AccountRole(account_id=account.id, role=role) for role in roles)
    session.flush()
    return account.id


def named(session: Session, name: str) -> int:
    """The account somebody signs in with. Raises NotFound."""
    found = session.exec(select(Account.id).where(Account.folded == fold(name))).first()
    if found is None:
        raise NotFound("Nobody is called “{name}” here.", name=name)
    return found


def give_roles(session: Session, account_id: int, roles: Sequence[Role]) -> None:
    """Replace the roles of an account, its permission to read testimony apart; every sign-in of it ends.

    Raises Refusal where no administrator would be left.
    """
    account = _account(session, account_id)
    given = (col(AccountRole.account_id) == account.id, col(AccountRole.role) != Role.TESTIMONY)
    session.execute(delete(AccountRole).where(*given))
    session.add_all(AccountRole(account_id=account_id, role=role) for role in roles)
    session.flush()
    _keep_an_administrator(session)
    sessions.end_all(session, account_id)


def name_readers(session: Session, ids: Collection[int]) -> None:
    """Let these accounts read testimony, and no others: at their next request."""
    session.execute(delete(AccountRole).where(col(AccountRole.role) == Role.TESTIMONY))
    session.add_all(AccountRole(account_id=id, role=Role.TESTIMONY) for id in sorted(set(ids)))
    session.flush()


def disable(session: Session, account_id: int, clock: Callable[[], datetime] = now) -> None:
    """Let an account in no more, at once. What it did stays under its name."""
    account = _account(session, account_id)
    account.disabled_at = account.disabled_at or clock()
    session.add(account)
    session.flush()
    _keep_an_administrator(session)
    sessions.end_all(session, account_id)


def enable(session: Session, account_id: int) -> None:
    """Let a disabled account in again."""
    account = _account(session, account_id)
    account.disabled_at = None
    session.add(account)


def invite(
    session: Session, roles: Sequence[Role], made_by: str, clock: Callable[[], datetime] = now, lasts: timedelta = LASTS
) -> str:
    """A link for somebody new, who chooses a name and a password; returns its secret."""
    return _link(session, OneTimeLink(digest="", roles=",".join(roles), made_by=made_by, expires_at=clock() + lasts))


def first(session: Session) -> str | None:
    """A link for the first editor of a site, who also manages accounts; None once there is somebody. Earlier ones end."""
    if anybody(session):
        return None
    session.execute(delete(OneTimeLink).where(col(OneTimeLink.made_by) == FIRST))
    return invite(session, (Role.EDITOR, Role.ADMIN), FIRST)


def reset(session: Session, account_id: int, made_by: str, clock: Callable[[], datetime] = now) -> str:
    """A link with which an account chooses a new password; returns its secret."""
    _account(session, account_id)
    return _link(session, OneTimeLink(digest="", account_id=account_id, made_by=made_by, expires_at=clock() + LASTS))


def link(session: Session, secret: str, clock: Callable[[], datetime] = now) -> OneTimeLink:
    """The link of a secret while it can still be used. Raises NotFound for one that was used, is too old or never was."""
    row = session.exec(select(OneTimeLink).where(OneTimeLink.digest == digest(secret))).one_or_none()
    if row is None or row.used_at is not None or row.expires_at <= clock():
        raise NotFound("This link was used already, is too old, or was mistyped. Ask for a new one.")
    return row


def name_behind(session: Session, found: OneTimeLink) -> str | None:
    """The name of the account a link chooses a password for; None for an invitation."""
    return _account(session, found.account_id).name if found.account_id else None


def use(session: Session, secret: str, name: str, password: str, clock: Callable[[], datetime] = now) -> int:
    """Use a link, once: make the account it invites, or give the account its new password. Returns the account."""
    locked = select(OneTimeLink).where(OneTimeLink.digest == digest(secret)).with_for_update()
    session.exec(locked).one_or_none()
    found = link(session, secret, clock)
    found.used_at = clock()
    session.add(found)
    if found.account_id is None:
        return add(session, name, read_roles(found.roles) if found.roles else (), password)
    set_password(session, found.account_id, password)
    return found.account_id


def set_password(session: Session, account_id: int, password: str) -> None:
    """Give an account a new password; every sign-in of it ends."""
    account = _account(session, account_id)
    account.password = passwords.hashed(password, account.name)
    session.add(account)
    sessions.end_all(session, account_id)


def _account(session: Session, account_id: int) -> Account:
    account = session.get(Account, account_id)
    if account is None:
        raise NotFound("There is no such account.")
    return account


def _keep_an_administrator(session: Session) -> None:
    left = (
        select(Account.id)
        .join(AccountRole, col(AccountRole.account_id) == Account.id)
        .where(AccountRole.role == Role.ADMIN, col(Account.disabled_at).is_(None))
    )
    if session.exec(left.limit(1)).first() is None:
        raise Refusal("Nobody would be left who can manage accounts. Make somebody else an administrator first.")


def _link(session: Session, row: OneTimeLink) -> str:
    secret = secrets.token_urlsafe(32)
    row.digest = digest(secret)
    session.add(row)
    session.flush()
    return secret
