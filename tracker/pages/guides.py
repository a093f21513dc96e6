"""/contests/<slug>/guide.pdf: the printed guide of a race as a file.

An address without a day leads to that of today, so that what stands at an address is the same at any time: it is made once and kept
until anything is written. One is made at a time; whoever asks for another meanwhile is told to come again.
"""

from threading import Lock

from flask import Blueprint, Response, current_app, redirect, request, url_for
from werkzeug.exceptions import ServiceUnavailable
from werkzeug.wrappers import Response as Answer

from tracker.config import Config
from tracker.db import reading
from tracker.i18n import current_language
from tracker.kept_pages import KeptPages
from tracker.pages.contests import day_asked
from tracker.pages.leading_on import lead_on
from tracker.printing import guide
from tracker.printing.content import Part
from tracker.rendering import answer

bp = Blueprint("guides", __name__)
bp.before_request(lead_on(slug="race"))


@bp.get("/contests/<slug>/guide.pdf")
def show(slug: str) -> Answer:
    """In the language of the address, or in both with lang=both; the order is pinned as in the comparison."""
    kept: KeptPages = current_app.extensions["kept_files"]
    state = current_app.extensions["database"].stamp()
    asked = request.script_root, request.full_path
    file = kept.get(state, asked)
    if file is not None:
        return _sent(slug, file)
    config: Config = current_app.config["TRACKER"]
    lang, order = request.args.get("lang") or current_language(), request.args.get("order") or "rotation"
    with reading() as session:
        parts, day = guide.parts(session, config, slug, lang, order, day_asked(request.args.get("date")))
    here = url_for(".show", slug=slug, lang=lang, order=order, date=day.isoformat())
    if request.script_root + request.full_path != here:
        return redirect(here)
    file = _made(parts)
    kept.put(state, asked, file)
    return _sent(slug, file)


PRESS = Lock()
"""Held while a guide is being made."""


def _made(parts: tuple[Part, ...]) -> bytes:
    from tracker.printing import paper  # the library takes a third of a second to come in

    if not PRESS.acquire(blocking=False):
        raise ServiceUnavailable
    try:
        return paper.pdf(parts).data
    finally:
        PRESS.release()


def _sent(slug: str, file: bytes) -> Response:
    response = answer(file)
    response.content_type = "application/pdf"
    response.headers.set("Content-Disposition", "inline", filename=f"{slug}.pdf")
    return response
