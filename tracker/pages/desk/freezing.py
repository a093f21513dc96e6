"""/desk/freeze: races that are frozen before their election, and how a second account agrees to a change nevertheless."""

from flask import Blueprint, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.accounts.admission import signed_in
from tracker.accounts.people import members
from tracker.acting import Done, attempt
from tracker.db import reading
from tracker.forms import Typed
from tracker.freezing import agreeing, guard, told
from tracker.rendering import page

bp = Blueprint("freezing", __name__, url_prefix="/desk/freeze")

STATE_WORDS = {
    "on": "Freeze at once, until an administrator ends it",
    "off": "Do not freeze, whatever the calendar says",
    "calendar": "As the calendar says",
}
"""An administrator's switch."""
LONG = 500


@bp.get("")
def show() -> Response:
    """Every race with its freeze, what waits for a second account, and the forms to ask and to switch."""
    return _freeze(Typed.of({"race": request.args.get("race")}), 200)


@bp.post("/ask")
def ask() -> Response:
    """Ask for a change in a frozen race."""
    typed = Typed.sent()

    def work(session: Session) -> Done:
        what, why, who = typed.text("what", LONG), typed.text("why", LONG), signed_in()
        typed.check()
        id = agreeing.ask(session, typed["race"], what, why, (who.id, who.name))
        return Done(url_for(".show"), typed["race"], f"exception {id}: {what}")

    return attempt(typed, "ask for a change during the freeze", work, lambda status: _freeze(typed, status))


@bp.post("/<int:id>/agree")
def agree(id: int) -> Response:
    """Agree, as another account than the one that asked: it may change the race for an hour."""
    typed = Typed.sent()

    def work(session: Session) -> Done:
        why, who = typed.text("agreed_why", LONG), signed_in()
        typed.check()
        asked = agreeing.agree(session, id, why, (who.id, who.name))
        return Done(url_for(".show"), asked.race, f"exception {id}: {why}")

    return attempt(typed, "agree to a change during the freeze", work, lambda status: _freeze(typed, status))


@bp.post("/<int:id>/refuse")
def refuse(id: int) -> Response:
    """Let a request drop, with a reason."""
    typed = Typed.sent()

    def work(session: Session) -> Done:
        why, who = typed.text("agreed_why", LONG), signed_in()
        typed.check()
        asked = agreeing.refuse(session, id, why, (who.id, who.name))
        return Done(url_for(".show"), asked.race, f"exception {id}: {why}")

    return attempt(typed, "refuse a change during the freeze", work, lambda status: _freeze(typed, status))


@bp.post("/switch")
def switch() -> Response:
    """An administrator's word on one race or on every race, effective at the next request of every worker."""
    typed = Typed.sent()

    def work(session: Session) -> Done:
        state, why = typed.one_of("state", STATE_WORDS) or "", typed.text("switch_why", LONG)
        typed.check()
        agreeing.switch(session, typed["race"], state, why, signed_in().name)
        return Done(url_for(".show"), typed["race"], f"{state}: {why}")

    return attempt(typed, "switch the freeze", work, lambda status: _freeze(typed, status))


def _freeze(typed: Typed, status: int) -> Response:
    who = signed_in()
    with reading() as session:
        races = told.every(session)
        waiting, mine = told.waiting(session), told.holding(session, who.id)
        others = [one for one in members(session) if one.id != who.id and not one.disabled]
    return page(
        "desk/freezing/show.html",
        status=status,
        form=typed,
        races=races,
        titles={race.slug: race.title for race in races},
        waiting=waiting,
        mine=mine,
        alone=not any(role in guard.MAY for one in others for role in one.roles),
        states=STATE_WORDS,
    )
