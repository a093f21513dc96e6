"""/requests: what records were asked of whom, when, and what came of it."""

from datetime import UTC, datetime

from flask import Blueprint
from werkzeug.wrappers import Response

from positions.followthrough.queries import requests
from positions.followthrough.requests import State
from tracker.db import reading
from tracker.rendering import page

bp = Blueprint("requests", __name__)


@bp.get("/requests")
def index() -> Response:
    """Every request, those that wait first, the longest wait first."""
    with reading() as session:
        listed = requests.every(session, datetime.now(UTC))
    waiting = sum(one.standing.state == State.WAITING for one in listed)
    return page("requests/index.html", listed=listed, waiting=waiting)


@bp.get("/requests/<slug>")
def show(slug: str) -> Response:
    """One request with everything that came of it."""
    with reading() as session:
        one = requests.by_slug(session, slug, datetime.now(UTC))
    return page("requests/show.html", one=one)
