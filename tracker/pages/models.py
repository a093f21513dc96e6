"""/models: designs that programs of several places follow, what each asks for, and who follows it."""

from datetime import UTC, datetime

from flask import Blueprint
from werkzeug.wrappers import Response

from positions.followthrough.queries import programs
from tracker.db import reading
from tracker.rendering import page

bp = Blueprint("models", __name__)


@bp.get("/models")
def index() -> Response:
    """Every design."""
    with reading() as session:
        listed = programs.designs(session)
    return page("models/index.html", listed=listed)


@bp.get("/models/<slug>")
def show(slug: str) -> Response:
    """One design: what it asks for and where it says so, the bodies behind it, every program that follows it."""
    with reading() as session:
        design = programs.design(session, slug, datetime.now(UTC).date())
    return page("models/show.html", design=design)
