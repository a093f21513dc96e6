"""/desk/proposals: what waits for a second editor, because positions rest on the words whose voice or person would change."""

from flask import Blueprint, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions import attribution
from tracker import people
from tracker.accounts.admission import signed_in
from tracker.accounts.people import members
from tracker.accounts.roles import AccountRole
from tracker.acting import Done, attempt
from tracker.db import reading
from tracker.forms import VERSION, Typed
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


@bp.post("/people/<int:id>/approve")
def approve_merge(id: int) -> Response:
    """Agree that two people are one, or two after all: it is carried out."""
    typed = Typed.sent()

    def work(session: Session) -> Done:
        people.approve(session, id, signed_in().name, typed[VERSION])
        return Done(url_for("proposals.show"), f"proposal about people {id}")

    return attempt(typed, "agree to merge or separate people", work, lambda status: _proposals(typed, status))


@bp.post("/people/<int:id>/refuse")
def refuse_merge(id: int) -> Response:
    """Let that drop, with a reason."""
    typed = Typed.sent()

    def work(session: Session) -> Done:
        why = typed.text("why", 1000)
        typed.check()
        proposing.refuse_merge(session, id, signed_in().name, why)
        return Done(url_for("proposals.show"), f"proposal about people {id}")

    return attempt(typed, "refuse to merge or separate people", work, lambda status: _proposals(typed, status))


def _proposals(typed: Typed, status: int) -> Response:
    with reading() as session:
        waiting = proposals.waiting(session)
        merges = people.waiting(session)
        others = [one for one in members(session) if AccountRole.EDITOR in one.roles and not one.disabled]
    alone = all(one.id == signed_in().id for one in others)
    return page("desk/proposals/show.html", status=status, waiting=waiting, merges=merges, alone=alone, form=typed)
