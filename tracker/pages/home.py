"""/: a search box, the races near election day, the latest forums and corrections, and who publishes this."""

from flask import Blueprint, Response

from positions.queries import contests
from tracker.db import reading
from tracker.pages.contests import by_nearness
from tracker.rendering import page
from transcripts.queries import corrections, forums

bp = Blueprint("home", __name__)

LATEST_FORUMS, LATEST_CORRECTIONS = 5, 3


@bp.get("/")
def show() -> Response:
    """The front page."""
    with reading() as session:
        races = contests.every(session)
        listed = forums.latest(session, LATEST_FORUMS)
        changed = corrections.latest(session, LATEST_CORRECTIONS)
    upcoming, past = by_nearness(races)
    return page("home/show.html", upcoming=upcoming, past=past, listed=listed, corrections=changed)
