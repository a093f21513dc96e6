"""/embed/turns/<key>: words as a card in another site's page: no script, no cookie, and always with what was changed since."""

from flask import Blueprint, current_app
from werkzeug.wrappers import Response

from tracker import citing
from tracker.db import reading
from tracker.i18n import current_language, gettext
from tracker.pages.turns import asked_place
from tracker.rendering import page
from tracker.security import allow
from transcripts.queries import citations

bp = Blueprint("embed", __name__, url_prefix="/embed")


@bp.get("/turns/<key>")
def turn(key: str) -> Response:
    """The words with their question, speaker, grade and way back; 410 with the correction where they are gone.

    The only page that other sites may frame. Where the site has turned cards off it says so and shows no words.
    """
    allow("frame-ancestors", "*")
    allow("script-src", "'none'")
    with reading() as session:
        found = citations.of_turn(session, key.upper(), *(asked_place() or ()))
        by = citing.voice(session, current_app.config["TRACKER"], current_language(), gettext)
    if not by.cards:
        return page("embed/off.html", turn=found.turn, by=by)
    cited = citing.citation(found, by) if found.words else None
    status = 200 if cited else 410
    return page("embed/turn.html", status=status, found=found, turn=found.turn, cited=cited, by=by)
