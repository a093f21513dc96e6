"""/desk/nominations: what classes put forward for the record; an editor accepts it or says why not."""

from flask import Blueprint, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.classes import nominating
from tracker.accounts.admission import signed_in
from tracker.acting import Done, attempt
from tracker.classes.together import RULE_WORDS
from tracker.db import reading
from tracker.forms import Typed
from tracker.rendering import page

bp = Blueprint("nominations", __name__, url_prefix="/desk/nominations")

STATE_WORDS = {"nominated": "waits", "accepted": "accepted", "declined": "declined"}


@bp.get("")
def index() -> Response:
    """What waits, and what was decided."""
    return _queue(Typed.of({}), 200)


@bp.post("/<key>/accept")
def accept(key: str) -> Response:
    """Put the topic on the turn, confirmed."""
    typed = Typed.sent()

    def work(session: Session) -> Done:
        turn = nominating.accept(session, key, signed_in().name)
        return Done(url_for(".index"), f"turn {turn}")

    return attempt(typed, "accept what a class put forward", work, lambda status: _queue(typed, status))


@bp.post("/<key>/decline")
def decline(key: str) -> Response:
    """Leave the record as it is."""
    typed = Typed.sent()

    def work(session: Session) -> Done:
        reason = typed.text("reason", nominating.REASON)
        typed.check()
        nominating.decline(session, key, signed_in().name, reason)
        return Done(url_for(".index"), "nomination")

    return attempt(typed, "decline what a class put forward", work, lambda status: _queue(typed, status))


def _queue(typed: Typed, status: int) -> Response:
    with reading() as session:
        found = nominating.queue(session)
    waiting = [one for one in found if one.state == "nominated"]
    return page(
        "desk/nominations/index.html",
        status=status,
        form=typed,
        waiting=waiting,
        decided=[one for one in found if one.state != "nominated"],
        rules=RULE_WORDS,
        states=STATE_WORDS,
    )
