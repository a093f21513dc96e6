"""/about: who publishes this, how it is made, what the grades and positions mean."""

from flask import Blueprint, Response

from positions.scale import Code, Tier
from tracker.rendering import page
from transcripts.vocabulary import Grade, Reason

bp = Blueprint("about", __name__)


@bp.get("/about")
def show() -> Response:
    """The page a reader turns to before believing the others; its lists come from the constants the code uses."""
    return page("about/show.html", grades=list(Grade), codes=list(Code), reasons=list(Reason), tiers=list(Tier))
