"""/classes/mine/…: what a student may do with what is theirs: look at everything, save it, delete it."""

from flask import Blueprint, Response, current_app, jsonify, make_response, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from positions.classes import erasing, everything
from tracker.classes import erased
from tracker.classes.seats import drop_seat, seated
from tracker.db import Database, reading
from tracker.forms import Typed
from tracker.i18n import translated
from tracker.rendering import page, private
from transcripts.errors import Conflict, Refusal

bp = Blueprint("mine", __name__, url_prefix="/classes/mine")

NOT_SURE = "Tick the box to say that you are sure. Nothing was deleted."


@bp.get("/everything")
def show() -> Response:
    """Everything that is held of a student, in plain words."""
    own = seated()
    with reading() as session:
        held = everything.of_student(session, own.member)
    return private(page("classes/everything.html", held=held, own=own))


@bp.get("/everything.json")
def download() -> Response:
    """The same as a file."""
    own = seated()
    with reading() as session:
        held = everything.of_student(session, own.member)
    return as_file(held)


@bp.get("/delete")
def delete() -> Response:
    """What would go, and a box to tick."""
    return _delete(Typed.of({}), 200)


@bp.post("/delete", endpoint="delete_sent")
def delete_sent() -> AnyResponse:
    """Delete what was never handed in; the student too, where nothing was."""
    own, typed = seated(), Typed.sent()
    database: Database = current_app.extensions["database"]
    try:
        if not typed.ticked("sure"):
            raise Refusal(NOT_SURE)
        with database.write() as session:
            gone = erasing.mine(session, own)
    except Refusal as refusal:
        typed.refusal = translated(refusal)
        return _delete(typed, 409 if isinstance(refusal, Conflict) else 422)
    erased.note(database, current_app.config["TRACKER"])
    response = redirect(url_for("classes.index" if gone else "classes.mine"), 303)
    if gone:
        drop_seat(response)
    return response


def as_file(held: everything.Everything) -> Response:
    """Everything of a student as JSON to keep. The file's name says nothing of whose it is."""
    response = make_response(jsonify(everything.as_json(held)))
    response.headers["Content-Disposition"] = 'attachment; filename="everything.json"'
    return private(response)


def _delete(typed: Typed, status: int) -> Response:
    return private(page("classes/delete.html", status=status, form=typed, own=seated()))
