"""/desk/forums/<slug>/times: the words of one source, the times of another, and where the two differ."""

from flask import Blueprint, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.accounts.admission import signed_in
from tracker.acting import Done, attempt
from tracker.db import reading
from tracker.forms import Typed
from tracker.i18n import translated
from tracker.limits import limited
from tracker.pages.leading_on import lead_on
from tracker.reasons import TIMES_FROM
from tracker.rendering import page
from transcripts import guarded, timing
from transcripts.amending import Reason
from transcripts.errors import NotFound, Refusal
from transcripts.queries import forums, voice_pass
from transcripts.received import Received
from transcripts.timing import Laid

bp = Blueprint("times", __name__, url_prefix="/desk/forums/<slug>/times")
bp.before_request(lead_on(slug="forum"))

NO_TRANSCRIPT = "There is no transcript of this forum yet. Import its words first."
NO_CAPTIONS = "Choose the file with the captions of the recording."
NOT_OURS = "These times are not as we gave them. Look at the file again."
SHOWN = 200
"""How many differences a page lists."""
MOST = 20_000
MOST_BYTES = 20 * 1024 * 1024
"""What a file of captions may weigh."""


@bp.get("")
def show(slug: str) -> Response:
    """The form for a file with times."""
    return _times(slug, Typed.of({}), 200)


@bp.post("/look")
@limited("60 per hour")
def look(slug: str) -> Response:
    """Lay a file beside the transcript; nothing is stored."""
    request.max_content_length = MOST_BYTES
    typed = Typed.sent()
    try:
        return _times(slug, typed, 200, _sent())
    except Refusal as refusal:
        typed.refusal = translated(refusal)
        return _times(slug, typed, 422)


@bp.post("")
def take(slug: str) -> Response:
    """Take the times that were shown."""
    typed = Typed.sent()
    with reading() as session:
        forum = forums.by_slug(session, slug)

    def work(session: Session) -> Done:
        record_id = _record(session, forum.line.id)
        filename = typed.text("filename", 200)
        typed.check()
        n = timing.take(session, record_id, _told(typed), Reason(TIMES_FROM % {"name": filename}, signed_in().name))
        return Done(url_for("forums.show", slug=slug), f"forum {slug}", f"{n} passages, {filename}")

    return attempt(typed, "take times from another source", work, lambda status: _times(slug, typed, status))


def _sent() -> Received:
    sent = request.files.get("captions")
    if sent is None or not sent.filename:
        raise Refusal(NO_CAPTIONS)
    return guarded.read(sent.read(), sent.filename)


def _told(typed: Typed) -> list[tuple[str, int, int, int]]:
    """The times as the page gave them: key:version:start:end, one for each passage."""
    found = []
    for one in typed.all("time")[:MOST]:
        key, *numbers = one.split(":")
        if len(numbers) != 3 or not all(number.isdecimal() and len(number) < 10 for number in numbers):
            raise Refusal(NOT_OURS)
        version, start, end = map(int, numbers)
        found.append((key, version, start, end))
    if not found:
        raise Refusal(NOT_OURS)
    return found


def _record(session: Session, forum_id: int) -> int:
    record_id = voice_pass.record_of(session, forum_id)
    if record_id is None:
        raise NotFound(NO_TRANSCRIPT)
    return record_id


def _times(slug: str, typed: Typed, status: int, source: Received | None = None) -> Response:
    with reading() as session:
        forum = forums.by_slug(session, slug)
        record_id = _record(session, forum.line.id)
        laid: Laid | None = timing.lay(session, record_id, source.record) if source else None
    return page(
        "desk/times/show.html",
        status=status,
        form=typed,
        forum=forum,
        laid=laid,
        filename=source.filename if source else "",
        shown=SHOWN,
    )
