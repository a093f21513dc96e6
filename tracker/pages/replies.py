"""/reply: a candidate's own words beside what we say of them, written and taken back by whoever holds the link.

A reply is to the whole comparison, or (`?about=`) to one statement, in whose box it stands.
"""

from datetime import UTC, datetime

from flask import Blueprint, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.queries import contests
from tracker.accounts import audit
from tracker.acting import Done, attempt
from tracker.db import reading
from tracker.forms import VERSION, Typed
from tracker.i18n import gettext
from tracker.limits import limited
from tracker.rendering import page
from tracker.replying import replies
from transcripts.errors import NotFound

bp = Blueprint("replies", __name__, url_prefix="/reply")

TOO_MANY = "Many changes came from this address. Wait an hour, then send it again; what you typed is still here."
LONGEST = 5_000
LINK = "a candidate’s link"


def _too_many() -> Response:
    typed = Typed.sent()
    typed.refusal = gettext(TOO_MANY)
    return _form(str((request.view_args or {}).get("secret")), typed, 429)


@bp.get("/<secret>")
def show(secret: str) -> Response:
    """The reply as it stands, and the form."""
    with reading() as session:
        held = replies.by_link(session, secret)
    said = held.about.get(_about(), ())
    return _form(secret, Typed.of({"text": said[0].text if said else ""}), 200)


@bp.post("/<secret>", endpoint="write")
@limited("60 per hour", again=_too_many)
def write(secret: str) -> Response:
    """Say something, something else, or nothing any more."""
    typed = Typed.sent()

    def work(session: Session) -> Done:
        text = typed.text("text", LONGEST, needed=False, lines=True)
        seen = typed.whole(VERSION)
        typed.check()
        replies.write(session, secret, seen or 0, text, _about())
        held = replies.by_link(session, secret)
        act, subject = "reply as a candidate", f"race/{held.race}{f'/{_about()}' if _about() else ''}"
        audit.note(session, (None, LINK), act, subject, held.person)
        return Done(url_for(".show", secret=secret, kept=1, about=_about() or None))

    return attempt(typed, "reply as a candidate", work, lambda status: _form(secret, typed, status))


def _about() -> str:
    """The statement the address names; empty for the comparison as a whole."""
    return request.args.get("about", "")[:120]


def _form(secret: str, typed: Typed, status: int) -> Response:
    with reading() as session:
        held = replies.by_link(session, secret)
        race = contests.comparison_of(session, held.race, "statement", "alphabetical", datetime.now(UTC))
    name = next((one.name for one in race.candidates if one.slug == held.person), held.person)
    boxes = [(row, cell) for row in race.rows for cell in row.cells if cell.candidate.slug == held.person]
    about = next((box for box in boxes if box[0].key == _about()), None)
    if _about() and about is None:
        raise NotFound("There is no {kind} “{key}”.", kind="statement", key=_about())
    return page(
        "replies/show.html",
        status=status,
        form=typed,
        secret=secret,
        held=held,
        race=race.contest,
        name=name,
        boxes=boxes,
        about=about,
        versions=held.about.get(_about(), ()),
        most=replies.WORDS_BESIDE if about else replies.WORDS,
        kept=bool(request.args.get("kept")),
    )
