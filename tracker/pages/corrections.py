"""/corrections: every public change to the record, the newest first, as a page and as an Atom feed."""

from datetime import UTC, datetime

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.db import reading
from tracker.rendering import page, page_number
from transcripts.queries import changes

bp = Blueprint("corrections", __name__)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SIZE = 50
"""How many corrections a page and the feed hold."""


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
    with reading() as session:
        lines = changes.latest(session, SIZE)
    response = make_response(render_template("corrections/feed.xml", lines=lines, epoch=EPOCH))
    response.content_type = "application/atom+xml; charset=utf-8"
    return response
