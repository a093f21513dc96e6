"""/classes/ask: a teacher asks for a class; an editor of the site answers."""

from flask import Blueprint, current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from positions.classes import codes, requests
from tracker.db import Database
from tracker.forms import Typed
from tracker.i18n import gettext, translated
from tracker.limits import limited, unnamed
from tracker.rendering import page
from transcripts.errors import Refusal

bp = Blueprint("asking", __name__, url_prefix="/classes/ask")

TOO_MANY = "Many requests came from this school. Wait an hour, then send it again; what you typed is still here."
TRAP = "website"
"""A field no person sees; what fills it in is a program."""
TRAPPED = "Leave the field “Website” empty: it is there for programs that fill in everything."


def _too_many() -> Response:
    typed = Typed.sent()
    typed.refusal = gettext(TOO_MANY)
    return _form(typed, 429)


@bp.get("")
def form() -> Response:
    """Who asks, for which school, how an answer reaches them; and what happens with that."""
    return _form(Typed.of({"request": codes.new_key()}), 200, bool(request.args.get("sent")))


@bp.post("", endpoint="sent")
@limited("10 per hour", unnamed, again=_too_many)
def sent() -> Response:
    """Keep the request; sent twice it is one."""
    typed = Typed.sent()
    database: Database = current_app.extensions["database"]
    name, school, contact = (typed.text(field, 200) for field in ("name", "school", "contact"))
    message = typed.text("message", 1_000, needed=False, lines=True)
    try:
        if typed[TRAP]:
            typed.fail(TRAP, TRAPPED)
        typed.check()
        with database.write() as session:
            requests.ask(session, typed["request"], name, school, contact, message)
    except Refusal as refusal:
        typed.refusal = translated(refusal)
        return _form(typed, 422)
    return redirect(url_for(".form", sent=1), 303)


def _form(typed: Typed, status: int, kept: bool = False) -> Response:
    days, months = requests.KEPT.days, requests.UNANSWERED.days // 30
    return page("classes/ask.html", status=status, form=typed, kept=kept, days=days, months=months)
