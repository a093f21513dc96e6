"""/glossary: words readers may not know, in both languages side by side."""

from flask import Blueprint
from werkzeug.wrappers import Response

from positions.followthrough.queries import terms
from tracker.db import reading
from tracker.i18n import current_language
from tracker.rendering import page

bp = Blueprint("glossary", __name__)


@bp.get("/glossary")
def show() -> Response:
    """Every word of the glossary, in the alphabet of the page's language."""
    lang = current_language()
    with reading() as session:
        listed = terms.every(session)
    ordered = sorted(listed, key=lambda one: (one.term.name.within(lang).casefold(), one.term.slug))
    return page("glossary/show.html", listed=ordered)
