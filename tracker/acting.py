"""How a form is carried out: once, in one transaction, written down, and answered by a page that can be loaded again."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from flask import current_app, redirect
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select
from ulid import ULID
from werkzeug.wrappers import Response

from positions.coding.publishing import Recorder
from tracker.accounts import audit
from tracker.accounts.admission import actor, signed_in
from tracker.accounts.models import DoneForm
from tracker.db import Database
from tracker.forms import Typed
from tracker.freezing import guard
from tracker.freezing.guard import Acting
from tracker.i18n import translated
from transcripts.errors import Conflict, Refusal

NO_KEY = "This form is too old or was not ours. Load the page again; what you typed is still in it."
RACE = "Somebody else stored the same at this moment; nothing was changed. Try again."


def recorder() -> Recorder:
    """The account that acts, as the writers of positions and codings know it."""
    who = signed_in()
    return Recorder(who.id, who.name)


@dataclass(frozen=True)
class Done:
    """What was done: where to go now, on what it was done, and what the log should say of it beside that."""

    url: str
    subject: str = ""
    detail: str = ""


Work = Callable[[Session], Done]
T = TypeVar("T")


def perform(typed: Typed, act: str, work: Work) -> Response:
    """Carry a form out and go where `work` says; a form sent again goes there without doing anything again.

    The work, its entry in the log and the form's key are one transaction. Raises what `work` raises, with nothing changed.
    """
    key, who = _key(typed), actor()
    database: Database = current_app.extensions["database"]
    try:
        with database.write() as session:
            account_id = who.id if who else None
            before = session.exec(select(DoneForm.url).where(DoneForm.key == key, DoneForm.account_id == account_id))
            url = before.first()
            if url is None:
                if who:
                    guard.acts(session, Acting(who.name, act, who.id))
                done = work(session)
                url = done.url
                if who:
                    audit.note(session, (who.id, who.name), act, done.subject, done.detail)
                session.add(DoneForm(account_id=account_id, key=key, url=url))
    except IntegrityError as error:
        raise Conflict(RACE) from error
    return redirect(url, 303)


def attempt(typed: Typed, act: str, work: Work, again: Callable[[int], Response]) -> Response:
    """`perform`, or the form once more with what was typed and what is wrong: `again` is given the status."""
    try:
        return perform(typed, act, work)
    except Refusal as refusal:
        typed.refusal = translated(refusal)
        return again(409 if isinstance(refusal, Conflict) else 422)


def once_more(database: Database, work: Callable[[Session], T]) -> T:
    """One transaction, done again where somebody stored the same row at this moment: then it is there. Raises Conflict the second time."""
    for last in (False, True):
        try:
            with database.write() as session:
                return work(session)
        except IntegrityError as error:
            if last:
                raise Conflict(RACE) from error
    raise AssertionError("the second time ends it")


def _key(typed: Typed) -> str:
    try:
        return str(ULID.from_str(typed.key))
    except ValueError as error:
        raise Refusal(NO_KEY) from error
