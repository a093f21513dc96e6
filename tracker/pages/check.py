"""/check: is this what was said? Paste a quotation, a paragraph or an article; each quotation in it gets a verdict and its source.

What is pasted comes by POST only, is never logged, stored or put into an address, and its answer is kept by no cache.
"""

from flask import Blueprint, Response

from tracker import verdicts
from tracker.checking import Checks, check
from tracker.db import reading
from tracker.forms import Typed
from tracker.i18n import gettext, translated
from tracker.limits import limited
from tracker.rendering import page
from transcripts.checking.spotting import LONGEST, spot
from transcripts.errors import Refusal

bp = Blueprint("check", __name__)

LONGEST_NAME = 120
TOO_MANY = (
    "Many quotations were checked from this address. Wait an hour, then send it again; what you pasted is still here."
)


@bp.get("/check")
def show() -> Response:
    """The empty form, and what it does."""
    return _answer(Typed(), None, 200)


def _too_many() -> Response:
    typed = Typed.sent()
    typed.refusal = gettext(TOO_MANY)
    return _answer(typed, None, 429)


@bp.post("/check", endpoint="checked")
@limited("200 per hour", again=_too_many)
def checked() -> Response:
    """The verdicts, under what was pasted."""
    typed = Typed.sent()
    try:
        text = typed.text("text", LONGEST, lines=True)
        claimed = typed.text("speaker", LONGEST_NAME, needed=False) or None
        typed.check()
        spotted = spot(text, claimed)
    except Refusal as refusal:
        typed.refusal = translated(refusal)
        return _answer(typed, None, 422)
    with reading() as session:
        checks = check(session, [spotted])
    return _answer(typed, checks, 200)


def _answer(typed: Typed, checks: Checks | None, status: int) -> Response:
    response = page(
        "check/show.html",
        status=status,
        form=typed,
        checks=checks,
        verdict_words=lambda verdict: verdicts.verdict_words(verdict, gettext),
        sentences=lambda one: verdicts.sentences(one, gettext),
        on_file=lambda forum: verdicts.on_file(forum, gettext),
        held=verdicts.held(checks.complete, gettext) if checks else "",
        counted=verdicts.counted(checks) if checks else [],
    )
    if typed.values.get("text") is not None or status != 200:
        response.cache_control.no_store = True
        response.headers["X-Robots-Tag"] = "noindex"
    return response
