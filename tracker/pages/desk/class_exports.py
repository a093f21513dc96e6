"""/desk/classes/<class>/assignments/<assignment>/export: marks and tags as files for other programs. Only what was handed in."""

from datetime import UTC, datetime

from flask import Blueprint, current_app, make_response
from werkzeug.wrappers import Response

from positions.classes.interchange.holding import Holding
from tracker.accounts.admission import signed_in
from tracker.classes import exchanging
from tracker.db import reading
from tracker.exporting import File
from tracker.rendering import page, private

bp = Blueprint("class_exports", __name__, url_prefix="/desk/classes/<room>/assignments/<key>/export")


@bp.get("")
def index(room: str, key: str) -> Response:
    """Every kind of file, and what opens it."""
    held = _held(room, key)
    students = {one.member for one in held.standing}
    return private(page("desk/exchange/index.html", held=held, students=len(students), kinds=exchanging.KINDS))


@bp.get("/<kind>")
def show(room: str, key: str, kind: str) -> Response:
    """One file."""
    return sent(exchanging.file(_held(room, key), kind))


def sent(file: File) -> Response:
    """A file to be kept by whoever asked for it, and by no cache."""
    response = make_response(file.data)
    response.content_type = file.media_type
    response.headers.set("Content-Disposition", "attachment", filename=file.filename)
    return private(response)


def _held(room: str, key: str) -> Holding:
    with reading() as session:
        config = current_app.config["TRACKER"]
        return exchanging.of_teacher(session, config, room, key, signed_in().id, datetime.now(UTC))
