"""/desk/turns/<key>/withhold, /desk/withheld: a private person's name or address taken out everywhere; that it was, but never what.

First every place is shown where the words stand; they are never part of an address, nor of the log.
"""

from flask import Blueprint, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker import withholding
from tracker.accounts.admission import signed_in
from tracker.acting import Done, attempt
from tracker.db import reading
from tracker.forms import VERSION, Typed
from tracker.i18n import gettext
from tracker.rendering import page
from transcripts.amending import Reason
from transcripts.queries import turns, withheld
from transcripts.queries.withheld import Found

bp = Blueprint("withheld", __name__, url_prefix="/desk")

KIND_WORDS = {"name": "A name", "address": "An address"}
BESIDE_WORDS = {
    "versions": "Versions of the words",
    "voices": "Names of voices",
    "labels": "Printed names",
    "corrections": "Reasons of corrections",
    "reports": "Reports of readers",
    "sources": "Titles of sources",
}
NOWHERE = "These words stand nowhere at this forum. Type them exactly as they stand."


@bp.get("/withheld")
def index() -> Response:
    """Everything that was withheld: what stands there now, when, why and at whose request."""
    with reading() as session:
        return page("desk/withheld/index.html", stones=withheld.every(session))


@bp.get("/turns/<key>/withhold")
def form(key: str) -> Response:
    """Which words, and why."""
    return _form(key.upper(), Typed.of({}), None, 200)


@bp.post("/turns/<key>/withhold", endpoint="sent")
def sent(key: str) -> Response:
    """Show every place where the words stand; or, once that was seen, withhold them for good."""
    typed, key = Typed.sent(), key.upper()
    with reading() as session:
        forum_id = turns.by_key(session, key).turn.forum.id
        found = withheld.found(session, forum_id, typed["words"])
    if typed["step"] != "do":
        if not found.places:
            typed.fail("words", NOWHERE)
            typed.refusal = gettext(NOWHERE)
        return _form(key, typed, found, 200 if found.places else 422)

    def work(session: Session) -> Done:
        words, kind = typed.text("words"), typed.one_of("kind", list(KIND_WORDS))
        why, asked_by = typed.text("why", 1000), typed.text("requested_by", 200, needed=False)
        version = typed.whole(VERSION, 1) or 0
        typed.check()
        withholding.withhold(session, key, version, words, kind or "", Reason(why, signed_in().name, asked_by))
        return Done(url_for("withheld.index"), f"turn {key}")

    return attempt(typed, "withhold words", work, lambda status: _form(key, typed, found, status))


def _form(key: str, typed: Typed, found: Found | None, status: int) -> Response:
    with reading() as session:
        turn = turns.by_key(session, key).turn
    return page(
        "desk/withheld/form.html",
        status=status,
        turn=turn,
        form=typed,
        found=found,
        kinds=[(kind, gettext(words)) for kind, words in KIND_WORDS.items()],
        beside=[(gettext(BESIDE_WORDS[sort]), n) for sort, n in found.beside.items()] if found else [],
    )
