"""/acts: laws and decisions of other bodies that positions, commitments and programs depend on."""

from flask import Blueprint
from werkzeug.wrappers import Response

from positions.followthrough.queries import acts
from tracker.db import reading
from tracker.rendering import page
from transcripts.queries import reports

bp = Blueprint("acts", __name__)


@bp.get("/acts")
def index() -> Response:
    """Every law and decision, the latest first."""
    with reading() as session:
        listed = acts.every(session)
    return page("acts/index.html", listed=listed)


@bp.get("/acts/<slug>")
def show(slug: str) -> Response:
    """One law or decision, what became of it, and what depends on it."""
    with reading() as session:
        act = acts.one(session, slug)
        questioned = reports.questioned(session, "act", {act.id})
    return page("acts/show.html", act=act, questioned=bool(questioned))
