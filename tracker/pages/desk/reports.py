"""/desk/reports: what readers say is wrong, the most urgent first. Every decision has a reason that everybody reads."""

from flask import Blueprint, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions import reporting as interpreting
from tracker.accounts.admission import signed_in
from tracker.acting import Done, attempt
from tracker.db import reading
from tracker.forms import VERSION, Typed
from tracker.rendering import page, page_number
from transcripts import reporting
from transcripts.queries import reports

bp = Blueprint("desk_reports", __name__, url_prefix="/desk/reports")

DECISIONS = ("accept", "refuse")
SIZE = 50
MANY = 10
"""From so many reports about one thing within a day on, the queue says that they came at once."""


@bp.get("")
def index() -> Response:
    """The open reports by the day an answer is due, one line for each thing they are about."""
    number = page_number(request.args.get("page"))
    with reading() as session:
        found = reports.queue(session, SIZE + 1, (number - 1) * SIZE)
        lines = [one.first.line for one in found]
        shown = interpreting.described(session, [(line.subject, line.subject_id) for line in lines])
    return page(
        "desk/reports/index.html",
        waiting=found[:SIZE],
        about=shown,
        many=MANY,
        previous=url_for(".index", page=number - 1) if number > 1 else None,
        next=url_for(".index", page=number + 1) if len(found) > SIZE else None,
    )


@bp.get("/<int:id>")
def show(id: int) -> Response:
    """One report: what it says, what it is about, where that is put right, and the decision."""
    return _report(id, Typed.of({}), 200)


@bp.post("/<int:id>/question")
def question(id: int) -> Response:
    """Let readers see, or no longer see, that this is questioned."""
    typed = _sent(id)

    def work(session: Session) -> Done:
        asked = typed.ticked("questioned")
        reporting.question(session, id, typed.whole(VERSION, 1) or 0, asked)
        return Done(url_for("desk_reports.show", id=id), f"report {id}", "questioned" if asked else "not questioned")

    return attempt(typed, "question what was reported", work, lambda status: _report(id, typed, status))


@bp.post("/<int:id>/decide")
def decide(id: int) -> Response:
    """Accept or refuse, in public."""
    typed = _sent(id)

    def work(session: Session) -> Done:
        decision = typed.one_of("decision", DECISIONS)
        reason = typed.text("reason", 2000)
        version = typed.whole(VERSION, 1) or 0
        typed.check()
        reporting.decide(session, id, version, decision == "accept", signed_in().name, reason)
        more = reporting.decide_alike(session, id) if typed.ticked("alike") else 0
        return Done(url_for("desk_reports.show", id=id), f"report {id}", f"{decision}, {more} more about the same")

    return attempt(typed, "decide on a report", work, lambda status: _report(id, typed, status))


def _sent(id: int) -> Typed:
    with reading() as session:
        reports.by_id(session, id)  # a report that is not there is not found, whatever was typed
    return Typed.sent()


def _report(id: int, typed: Typed, status: int) -> Response:
    with reading() as session:
        one = reports.by_id(session, id)
        about = (one.line.subject, one.line.subject_id)
        shown = interpreting.described(session, [about]).get(about)
        others = reports.alike(session, one, SIZE)
    return page("desk/reports/show.html", status=status, one=one, line=one.line, shown=shown, others=others, form=typed)
