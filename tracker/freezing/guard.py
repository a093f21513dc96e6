"""The one place every change passes: what a transaction wrote is looked at before it is kept, whichever form or command wrote it.

`Database.write` sets a watch on each of its sessions. Who writes need not know of it: a route, command or worker that changes
what readers see of a frozen race is refused unless an exception holds for whoever acts.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, event, inspect, select
from sqlalchemy.orm import ORMExecuteState, UOWTransaction
from sqlmodel import Session, col, or_
from sqlmodel import select as select_rows

from tracker.accounts import audit
from tracker.accounts.models import Account, AccountRole
from tracker.freezing import calendar, touched
from tracker.freezing.models import FreezeException, FreezeSwitch, FrozenChange
from transcripts.desk_models import ProposedChange
from transcripts.errors import Conflict
from transcripts.models import now
from transcripts.people_tables import ProposedMerge

MAY = ("editor", "admin")
"""Roles of which an account needs one to ask for a change during the freeze, or to agree to one."""
ACTING, EXEMPT = "acting", "exempt"


class Frozen(Conflict):
    """A race is frozen and nobody else has agreed to this."""


@dataclass(frozen=True)
class Acting:
    """Who does what: an account, or (`alone`, with the reason) somebody on the command line."""

    name: str
    act: str
    account_id: int | None = None
    alone: str | None = None


def acts(session: Session, acting: Acting) -> None:
    """Say who acts in this transaction."""
    session.info[ACTING] = acting


def exempt(session: Session) -> None:
    """Let this transaction pass: withheld words go at once, and a worker carries out what was let pass before. Nobody else."""
    session.info[EXEMPT] = True


class Watch:
    """What one transaction writes, and to which races it belonged before and belongs after."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._named: dict[str, set[Any]] = defaultdict(set)
        self._races: set[int] = set()
        self._frozen: Mapping[int, calendar.Race] | None = None
        self._two: FreezeException | None = None
        event.listen(session, "before_flush", self._flushed)
        event.listen(session, "do_orm_execute", self._executed)

    def settle(self) -> None:
        """Before it is kept: raise Frozen where a frozen race changed and nobody else agreed, else write down the exception."""
        self._session.flush()
        if not self._frozen or self._session.info.get(EXEMPT):
            return
        found = self._races | touched.races(self._session.connection(), self._named)
        if self._named.get(touched.EVERY):
            found |= set(self._frozen)
        for race in (self._frozen[id] for id in sorted(found) if id in self._frozen):
            self._excepted(race)
        self._session.flush()

    def _held(self) -> Mapping[int, calendar.Race]:
        """The races that were frozen before this transaction changed anything."""
        if self._frozen is None:
            every = calendar.races(self._session.connection(), now())
            self._frozen = {race.id: race for race in every if race.frozen}
        return self._frozen

    def _note(self, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
        named = touched.of_rows(table, rows)
        self._races |= touched.races(self._session.connection(), named)
        for kind, ids in named.items():
            self._named[kind] |= ids

    def _flushed(self, session: Session, _context: UOWTransaction, _instances: Any) -> None:
        """The unit of work is about to write: rows made, changed (as they were and will be) and taken away."""
        changed = [one for one in session.dirty if session.is_modified(one)]
        written = [*session.new, *changed, *session.deleted]
        for one in written:
            if isinstance(one, FreezeSwitch) and one.state != "on":
                self._unfrozen(one.race)
            elif isinstance(one, ProposedChange | ProposedMerge) and one.status == "approved":
                self._agreed(one)
        guarded = [one for one in written if one.__tablename__ in touched.GUARDED]
        if not guarded or not self._held():
            return
        rows: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        with session.no_autoflush:
            for one in guarded:
                rows[one.__tablename__] += _values(one, one.__tablename__)
            for table, told in rows.items():
                self._note(table, told)

    def _executed(self, state: ORMExecuteState) -> None:
        """A statement past the unit of work: its rows as it gives them, and those it finds."""
        if not (state.is_insert or state.is_update or state.is_delete):
            return
        statement: Any = state.statement
        table: Table = statement.table
        if table.name not in touched.GUARDED or not self._held():
            return
        given = state.parameters if isinstance(state.parameters, list) else [state.parameters or {}]
        self._note(table.name, [*given, dict(statement.compile().params)])
        if not state.is_insert:
            self._note(table.name, self._found(table, statement.whereclause, given))

    def _found(self, table: Table, where: Any, given: Iterable[Any]) -> list[Mapping[str, Any]]:
        """The rows an UPDATE or DELETE finds: by its condition, by the keys of what it is given, or all."""
        columns = [table.c[column] for column, _ in touched.GUARDED[table.name]]
        asked, keys = select(*columns).select_from(table), [row["id"] for row in given if "id" in row]
        if where is not None:
            asked = asked.where(where)
        elif keys:
            asked = asked.where(table.c.id.in_(keys))
        return [dict(row) for row in self._session.connection().execute(asked).mappings()]

    def _unfrozen(self, slug: str) -> None:
        """Ending a freeze changes what it guards: nobody does that alone either."""
        with self._session.no_autoflush:
            self._races |= {race.id for race in self._held().values() if slug in ("", race.slug)}

    def _agreed(self, one: ProposedChange | ProposedMerge) -> None:
        """A proposal has two people already: its author, and who agreed."""
        self._two = FreezeException(
            what="", why=one.why, by=one.by, at=one.at, status="agreed", decided_by=one.decided_by, decided_at=now()
        )

    def _excepted(self, race: calendar.Race) -> None:
        """Write down under which exception a frozen race changed; raise Frozen where there is none."""
        acting: Acting | None = self._session.info.get(ACTING)
        exception = self._exception(race, acting)
        if exception is None:
            raise _refused(race, acting)
        by = acting.name if acting else exception.by
        act = acting.act if acting else ""
        session = self._session
        session.add(exception)
        session.flush()
        session.add(FrozenChange(exception_id=exception.id or 0, race=race.slug, act=act, by=by))
        told = f"exception {exception.id}"
        audit.note(session, (acting.account_id if acting else None, by), "change a frozen race", race.slug, told)

    def _exception(self, race: calendar.Race, acting: Acting | None) -> FreezeException | None:
        if self._two is not None:
            return FreezeException(**{**self._two.model_dump(), "race": race.slug})
        if acting is None:
            return None
        if acting.alone is not None:
            return FreezeException(
                race=race.slug, what=acting.act, why=acting.alone, by=acting.name, status="alone", decided_at=now()
            )
        return valid(self._session, race.slug, acting.account_id)


def valid(session: Session, race: str, account_id: int | None) -> FreezeException | None:
    """The exception another account agreed to that holds for this one now, on a race. Both must still be let in, with a role."""
    may = select_rows(AccountRole.account_id).where(col(AccountRole.role).in_(MAY))
    let_in = select_rows(Account.id).where(col(Account.disabled_at).is_(None), col(Account.id).in_(may))
    return session.exec(
        select_rows(FreezeException)
        .where(FreezeException.status == "agreed", FreezeException.account_id == account_id)
        .where(or_(FreezeException.race == race, FreezeException.race == ""), col(FreezeException.until) > now())
        .where(col(FreezeException.account_id).in_(let_in), col(FreezeException.decided_account_id).in_(let_in))
        .where(FreezeException.decided_account_id != FreezeException.account_id)
        .order_by(col(FreezeException.id).desc())
    ).first()


def _values(one: Any, table: str) -> list[Mapping[str, Any]]:
    """What a row names as it was last read or written, and as it is now."""
    before: Mapping[str, Any] = inspect(one).committed_state
    columns = [column for column, _ in touched.GUARDED[table]]
    present = {column: getattr(one, column) for column in columns}
    known = {column: value for column, value in before.items() if column in present and _is_key(value)}
    return [present, {**present, **known}]


def _is_key(value: object) -> bool:
    return isinstance(value, int | str)


def _refused(race: calendar.Race, acting: Acting | None) -> Frozen:
    said = race.title.en
    if acting is None or acting.account_id is None:
        return Frozen(
            "“{race}” is frozen before its election day; nothing was changed. "
            "Give --exception REASON --by NAME: both are printed.",
            race=said,
        )
    return Frozen(
        "“{race}” is frozen before its election day; nothing was changed. "
        "Another editor must agree first: ask in the room Freeze, then send this again.",
        race=said,
    )
