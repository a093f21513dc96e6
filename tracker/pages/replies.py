"""/reply: a candidate's own words beside what we say of them, written and taken back by whoever holds the link."""

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
    return _form(secret, Typed.of({"text": held.text}), 200)


@bp.post("/<secret>", endpoint="write")
@limited("60 per hour", again=_too_many)
def write(secret: str) -> Response:
    """Say something, something else, or nothing any more."""
    typed = Typed.sent()

    def work(session: Session) -> Done:
        text = typed.text("text", LONGEST, needed=False, lines=True)
        seen = typed.whole(VERSION)
        typed.check()
        replies.write(session, secret, seen or 0, text)
        held = replies.by_link(session, secret)
        act = "reply as a candidate"
        audit.note(session, (None, LINK), act, f"race/{held.race}", held.person)
        return Done(url_for(".show", secret=secret, kept=1))

    return attempt(typed, "reply as a candidate", work, lambda status: _form(secret, typed, status))


def _form(secret: str, typed: Typed, status: int) -> Response:
    with reading() as session:
        held = replies.by_link(session, secret)
        race = contests.by_slug(session, held.race)
    name = next((one.name for one in race.candidates if one.slug == held.person), held.person)
    return page(
        "replies/show.html",
        status=status,
        form=typed,
        secret=secret,
        held=held,
        race=race,
        name=name,
        most=replies.WORDS,
        kept=bool(request.args.get("kept")),
    )
