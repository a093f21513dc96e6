"""/corrections: every public change to the record, the newest first, as a page and as feeds."""

from collections.abc import Callable

from flask import Blueprint, current_app, request, url_for
from werkzeug.wrappers import Response

from tracker import citing, feeds
from tracker.db import reading
from tracker.feeds import Feed
from tracker.i18n import current_language, gettext
from tracker.rendering import page, page_number
from transcripts.queries import changes

bp = Blueprint("corrections", __name__)

SIZE = 50
"""How many corrections a page and a feed hold."""
TITLE = "Corrections"


@bp.get("/corrections")
def show() -> Response:
    """A page of corrections."""
    number = page_number(request.args.get("page"))
    with reading() as session:
        lines = changes.latest(session, SIZE + 1, (number - 1) * SIZE)
    previous = url_for("corrections.show", page=number - 1) if number > 1 else None
    following = url_for("corrections.show", page=number + 1) if len(lines) > SIZE else None
    return page("corrections/show.html", lines=lines[:SIZE], previous=previous, next=following)


@bp.get("/corrections.atom")
def feed() -> Response:
    """The latest corrections for feed readers (Atom, RFC 4287)."""
    return _feed("corrections.feed", feeds.atom)


@bp.get("/corrections.json")
def json_feed() -> Response:
    """The same as JSON Feed 1.1."""
    return _feed("corrections.json_feed", feeds.json_feed)


def _feed(endpoint: str, write: Callable[[Feed], Response]) -> Response:
    with reading() as session:
        by = citing.voice(session, current_app.config["TRACKER"], current_language(), gettext)
        entries = feeds.of_changes(changes.latest(session, SIZE), by)
    address, home = (f"{by.site_url}{url_for(name)}" for name in (endpoint, "corrections.show"))
    return write(Feed(f"{gettext(TITLE)} · {by.name}", address, home, entries, by))
