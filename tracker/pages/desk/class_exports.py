"""/desk/classes/<class>/assignments/<assignment>/export and /import: marks and tags as files for other programs, and back."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

from flask import Blueprint, current_app, make_response, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.classes import bringing_in
from positions.classes.bringing_in import Brought
from positions.classes.interchange.holding import Holding
from tracker.accounts.admission import signed_in
from tracker.acting import Done, attempt
from tracker.classes import exchanging
from tracker.classes.naming import in_log
from tracker.db import reading
from tracker.exporting import File
from tracker.forms import Typed
from tracker.i18n import gettext, translated
from tracker.rendering import page, private
from transcripts import guarded
from transcripts.errors import Refusal

bp = Blueprint("class_exports", __name__, url_prefix="/desk/classes/<room>/assignments/<key>")

MOST_BYTES = 10_000_000
STATUS_WORDS = {
    "exact": "on the very words",
    "moved": "on the same words, which stand elsewhere now",
    "needs_review": "left to you: words like these, or the same in several places",
    "orphan": "left out: the words are in none of these answers",
    "refused": "left out: comments are off here, or an answer takes one tag",
}
PUT = ("exact", "moved")


@dataclass(frozen=True)
class Came:
    """What came with one file: how many annotations have which status, and those that were not put."""

    at: datetime
    counts: tuple[tuple[str, int], ...]
    left: tuple[Brought, ...]


@bp.get("/export")
def index(room: str, key: str) -> Response:
    """Every kind of file, and what opens it; the way in for annotations, and what became of those that came."""
    return _index(room, key, Typed.of({}), 200)


@bp.get("/export/<kind>")
def show(room: str, key: str, kind: str) -> Response:
    """One file."""
    with reading() as session:
        held = _held(session, room, key)
    return sent(exchanging.file(held, kind))


@bp.post("/import")
def bring_in(room: str, key: str) -> Response:
    """Read a file of annotations in the guarded child, and put those whose words are found as marks of new coders."""
    request.max_content_length = MOST_BYTES
    typed = Typed.sent()
    try:
        file = request.files.get("file")
        if file is None or not file.filename:
            raise Refusal("Choose a file.")
        notes = guarded.notes(file.read(), file.filename)
    except Refusal as refusal:
        typed.refusal = translated(refusal)
        return _index(room, key, typed, 422)

    def work(session: Session) -> Done:
        bringing_in.bring_in(session, _held(session, room, key), notes)
        return Done(url_for(".index", room=room, key=key), in_log("class", room), f"{len(notes)} annotations")

    return attempt(typed, "bring in annotations", work, lambda status: _index(room, key, typed, status))


def sent(file: File) -> Response:
    """A file to be kept by whoever asked for it, and by no cache."""
    response = make_response(file.data)
    response.content_type = file.media_type
    response.headers.set("Content-Disposition", "attachment", filename=file.filename)
    return private(response)


def _index(room: str, key: str, typed: Typed, status: int) -> Response:
    with reading() as session:
        held = _held(session, room, key)
        came = _files(bringing_in.brought(session, held.sheet))
    return private(
        page(
            "desk/exchange/index.html",
            status=status,
            form=typed,
            held=held,
            students=len({one.member for one in held.standing}),
            kinds=exchanging.KINDS,
            came=came,
            statuses={name: gettext(words) for name, words in STATUS_WORDS.items()},
        )
    )


def _held(session: Session, room: str, key: str) -> Holding:
    config = current_app.config["TRACKER"]
    return exchanging.of_teacher(session, config, room, key, signed_in().id, datetime.now(UTC))


def _files(brought: Iterable[Brought]) -> list[Came]:
    """What came, file by file, the latest first."""
    files = []
    for at, group in groupby(brought, key=lambda one: one.at):
        rows = list(group)
        counts = Counter(one.status for one in rows)
        told = tuple((name, counts[name]) for name in STATUS_WORDS if counts[name])
        files.append(Came(at, told, tuple(one for one in rows if one.status not in PUT)))
    return files
