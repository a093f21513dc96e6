"""/desk/proposals: what waits for a second editor, because positions rest on the words whose voice would change."""

from flask import Blueprint, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions import attribution
from tracker.accounts.admission import signed_in
from tracker.acting import Done, attempt
from tracker.db import reading
from tracker.forms import Typed
from tracker.rendering import page
from transcripts import proposing
from transcripts.queries import proposals

bp = Blueprint("proposals", __name__, url_prefix="/desk/proposals")


@bp.get("")
def show() -> Response:
    """Every proposal that waits, the oldest first."""
    return _proposals(Typed.of({}), 200)


@bp.post("/<int:id>/approve")
def approve(id: int) -> Response:
    """Agree, as another account than the one that proposed it: the change is carried out."""
    typed = Typed.sent()

    def work(session: Session) -> Done:
        attribution.approve(session, id, signed_in().name)
        return Done(url_for("proposals.show"), f"proposal {id}")

    return attempt(typed, "agree to a change of voice", work, lambda status: _proposals(typed, status))


@bp.post("/<int:id>/refuse")
def refuse(id: int) -> Response:
    """Let it drop, with a reason."""
    typed = Typed.sent()

    def work(session: Session) -> Done:
        why = typed.text("why", 1000)
        typed.check()
        proposing.refuse(session, id, signed_in().name, why)
        return Done(url_for("proposals.show"), f"proposal {id}")

    return attempt(typed, "refuse a change of voice", work, lambda status: _proposals(typed, status))


def _proposals(typed: Typed, status: int) -> Response:
    with reading() as session:
        waiting = proposals.waiting(session)
    return page("desk/proposals/show.html", status=status, waiting=waiting, form=typed)
