"""/classes/work/<assignment>/export.…: a student's own marks, to take home. Nobody else's, whatever the class may see."""

from datetime import UTC, datetime

from flask import Blueprint, current_app
from werkzeug.wrappers import Response

from tracker.classes import exchanging
from tracker.classes.seats import seated
from tracker.db import reading
from tracker.pages.desk.class_exports import sent

bp = Blueprint("work_files", __name__, url_prefix="/classes/work/<key>")


@bp.get("/export.csv")
def table(key: str) -> Response:
    """As a table."""
    return _own(key, "csv")


@bp.get("/export.jsonld")
def annotations(key: str) -> Response:
    """As Web Annotations."""
    return _own(key, "jsonld")


def _own(key: str, kind: str) -> Response:
    with reading() as session:
        own = seated()
        held = exchanging.of_student(session, current_app.config["TRACKER"], key, own, datetime.now(UTC))
    return sent(exchanging.file(held, kind))
