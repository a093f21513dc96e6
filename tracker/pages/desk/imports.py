"""/desk/imports: files come in, are looked at, and are stored by the worker when an editor says so."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, current_app, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.accounts.admission import signed_in
from tracker.acting import Done, attempt
from tracker.config import Config
from tracker.db import reading
from tracker.forms import Typed
from tracker.i18n import gettext, translated
from tracker.imports import drafts, keeping, seeing
from tracker.imports.answers import Answers
from tracker.imports.carrying import STEPS
from tracker.imports.drafts import Draft
from tracker.imports.keeping import Looked
from tracker.imports.progress import Progress
from tracker.rendering import page, page_number
from tracker.showing import CHANGE_WORDS, KIND_WORDS, RIGHT_WORDS, minutes
from transcripts import formats, guarded
from transcripts.errors import BadFile, Refusal
from transcripts.search import outbox

bp = Blueprint("imports", __name__, url_prefix="/desk/imports")

MOST_BYTES = 60 * 1024 * 1024
"""All files of one form together; one file has the limit of `guarded`."""
MOST_PASTED = 6 * 1024 * 1024
MOST_FILES = 20
SHOWN = 200
"""Problems and questions shown of a file; how many more there are is said."""

STATE_WORDS = {
    "draft": "Not stored yet",
    "queued": "Waits to be stored",
    "storing": "Is being stored",
    "stored": "Stored",
    "failed": "Could not be stored; nothing was changed",
    "cancelled": "Cancelled; nothing was changed",
}
STEP_WORDS = {
    "compare": "Comparing with what we hold",
    "write": "Writing what was said",
    "questions": "Finding the questions",
    "topics": "Suggesting topics",
    "voices": "Saying who spoke",
    "commit": "Closing the books",
}
SEVERITY_WORDS = {"error": "Lost or unclear", "warning": "Look at this", "info": "For your information"}
FATE_WORDS = {
    "unchanged": "Stays as it is",
    "reworded": "Worded anew",
    "relabelled": "Under another label",
    "retimed": "At another time",
    "withdrawn": "Withdrawn",
    "merged": "Becomes part of its neighbour",
    "new": "New",
}
FORMAT_NAMES = {
    "docx": "Word document",
    "pdf": "PDF with text",
    "xlsx": "Excel workbook",
    "json": "JSON as we write it",
    "html": "Web page",
    "webvtt": "WebVTT captions",
    "srt": "SRT captions",
    "sbv": "SBV captions",
    "youtube": "YouTube’s transcript panel",
    "json3": "YouTube captions (json3)",
    "whisper": "Whisper or WhisperX",
    "gladia": "Gladia and services like it",
    "cdp": "Council Data Project",
    "diarisation": "Who speaks when (diarisation)",
    "zoom": "Zoom",
    "teams": "Microsoft Teams",
    "meet": "Google Meet",
    "otter": "Otter",
    "rev": "Rev",
    "descript": "Descript",
    "trint": "Trint",
    "json_list": "JSON with a list of rows",
    "csv": "Table (CSV, TSV)",
    "markdown": "Markdown",
    "article": "News article",
    "questionnaire": "Questionnaire",
    "plain": "Plain text with names",
}
"""What people call the formats, by their names after --format."""
NO_FILE = "Choose a file, or paste the text."
TOO_MANY = "At most %(n)s files at once: they are the parts of one recording."


@bp.get("")
def index() -> Response:
    """The imports under way, and a form to begin another."""
    return _index(Typed.of({}), 200)


@bp.post("")
def begin() -> Response:
    """Read files or pasted text in the guarded child, and keep them as a draft."""
    request.max_content_length, request.max_form_memory_size = MOST_BYTES, MOST_PASTED
    typed, who = Typed.sent(), signed_in()
    publisher = typed.text("publisher", needed=False)
    try:
        typed.check()
        looked = _sent(typed)
    except Refusal as refusal:
        typed.refusal = translated(refusal)
        return _index(typed, 422)

    def work(session: Session) -> Done:
        key = keeping.begin(session, who.id, who.name, looked, _first_answers(looked, publisher))
        return Done(url_for("imports.show", key=key), ", ".join(file.seen.name for file in looked))

    return attempt(typed, "begin import", work, lambda status: _index(typed, status))


@bp.get("/<key>")
def show(key: str) -> Response:
    """What the files hold and what storing them would do; while they are stored, how far that is."""
    return show_draft(key, Typed.of({}), 200)


@bp.get("/<key>/progress")
def progress(key: str) -> Response:
    """How far storing is: the part of the page that htmx asks for every second, the whole of it otherwise."""
    return show_draft(key, Typed.of({}), 200)


@bp.post("/<key>/store")
def store(key: str) -> Response:
    """Let the worker store it."""
    typed = Typed.sent()
    config: Config = current_app.config["TRACKER"]

    def work(session: Session) -> Done:
        draft = drafts.get(session, key)
        keeping.queue(session, key, _version(typed))
        Progress(config, key).clear()
        return Done(url_for("imports.show", key=key), ", ".join(file.filename for file in draft.files))

    return attempt(typed, "queue import", work, lambda status: show_draft(key, typed, status))


@bp.post("/<key>/cancel")
def cancel(key: str) -> Response:
    """Ask the worker to stop; what was begun is rolled back."""
    typed = Typed.sent()
    with reading() as session:
        known = drafts.get(session, key)
    if known.state in ("queued", "storing"):
        Progress(current_app.config["TRACKER"], key).stop()

    def work(session: Session) -> Done:
        keeping.cancel(session, key)
        return Done(url_for("imports.show", key=key), key)

    return attempt(typed, "cancel import", work, lambda status: show_draft(key, typed, status))


@bp.post("/<key>/skip")
def skip(key: str) -> Response:
    """Throw the draft and its files away."""
    typed = Typed.sent()

    def work(session: Session) -> Done:
        keeping.throw_away(session, key, _version(typed))
        return Done(url_for("imports.index"), key)

    return attempt(typed, "throw import away", work, lambda status: show_draft(key, typed, status))


def _version(typed: Typed) -> int:
    return typed.whole("version", needed=False) or 0


def _sent(typed: Typed) -> list[Looked]:
    """The files of the form, or its text, each read. Raises BadFile naming the file."""
    sent = [file for file in request.files.getlist("files") if file.filename]
    if len(sent) > MOST_FILES:
        typed.fail("files", TOO_MANY, n=MOST_FILES)
    if not sent and not typed["pasted"].strip():
        typed.fail("files", NO_FILE)
    typed.check()
    bytes_of = [(file.read(), str(file.filename)) for file in sent] or [(typed["pasted"].encode(), "pasted.txt")]
    looked = []
    for data, name in bytes_of:
        try:
            looked.append(Looked(data, guarded.examine(data, name)))
        except BadFile as error:
            raise BadFile("{name}: {error}", name=name, error=error.message) from error
    return looked


def _first_answers(looked: Sequence[Looked], publisher: str) -> Answers:
    """What the files say of themselves, for an editor to correct."""
    found = next((file.seen.received.record.header for file in looked if file.seen.received), {})
    day = found.get("date", "").strip()[:10]
    title, place = (found.get(name, "").strip()[:200] for name in ("title", "place"))
    dated = Typed.of({"day": day}).day("day", needed=False)
    return Answers(title=title, place=place, day=dated.isoformat() if dated else "", publisher=publisher)


def _index(typed: Typed, status: int) -> Response:
    number = page_number(request.args.get("page"))
    with reading() as session:
        lines, more = drafts.listed(session, number)
    return page(
        "desk/imports/index.html",
        status=status,
        form=typed,
        drafts=lines,
        state_words=STATE_WORDS,
        formats=[gettext(FORMAT_NAMES[known.NAME]) for known in formats.FORMATS],
        previous=url_for("imports.index", page=number - 1) if number > 1 else None,
        next=url_for("imports.index", page=number + 1) if more else None,
    )


def show_draft(key: str, typed: Typed, status: int) -> Response:
    """The page of a draft, with what is wrong with the form that led here."""
    config: Config = current_app.config["TRACKER"]
    with reading() as session:
        draft = drafts.get(session, key)
        seen = seeing.see(session, config, draft) if draft.is_editable else None
        waiting = outbox.pending(session) if draft.state == "stored" else 0
    step = Progress(config, key).now() if draft.state in ("queued", "storing") else None
    return page(
        "desk/imports/show.html",
        fragment="progress",
        status=status,
        form=typed,
        draft=draft,
        seen=seen,
        step=step,
        done=STEPS.index(step) if step in STEPS else len(STEPS) if step else 0,
        steps=len(STEPS),
        waiting=waiting,
        moving=draft.state in ("queued", "storing") or waiting > 0,
        shown=SHOWN,
        **words(draft),
    )


def words(draft: Draft) -> dict[str, Any]:
    """What the templates of an import need everywhere."""
    return {
        "state_words": STATE_WORDS,
        "step_words": STEP_WORDS,
        "severity_words": SEVERITY_WORDS,
        "fate_words": FATE_WORDS,
        "kind_words": KIND_WORDS,
        "right_words": RIGHT_WORDS,
        "change_words": CHANGE_WORDS,
        "minutes": minutes,
        "format_names": FORMAT_NAMES,
        "steps_of_import": _ways(draft.key),
    }


WAYS = (
    ("imports.show", "What is in it"),
    ("import_event.edit", "Which event"),
    ("import_voices.edit", "Who speaks"),
    ("import_source.changes", "What changes"),
    ("import_source.format", "Format"),
    ("import_source.show", "Source"),
)


def _ways(key: str) -> list[tuple[str, str]]:
    return [(url_for(endpoint, key=key), name) for endpoint, name in WAYS]
