"""/desk/imports/<key>/event: which event the files are of, what may be shown of them, who was there."""

from dataclasses import asdict, replace
from zoneinfo import available_timezones

from flask import Blueprint, current_app, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.queries import names
from tracker.acting import Done, attempt
from tracker.config import Config
from tracker.db import reading
from tracker.forms import Typed
from tracker.i18n import LANGUAGES, current_language, translated
from tracker.imports import drafts, keeping, seeing
from tracker.imports.answers import Answers
from tracker.imports.keeping import Looked
from tracker.pages.desk.forums import KIND_WORDS
from tracker.pages.desk.imports import show_draft, words
from tracker.rendering import page
from transcripts import addresses, guarded
from transcripts.errors import NotFound, Refusal
from transcripts.queries import forums
from transcripts.vocabulary import GRADE_WORDS, ForumKind, Grade, Right

bp = Blueprint("import_event", __name__, url_prefix="/desk/imports")

NEW_OR_HELD = "Choose an event we hold, or give title, day and town of a new one."
NO_ZONE = "Time zones look like America/New_York."
NO_RECORDING = "“%(url)s” is no address of a recording; it looks like https://video.example/watch."
LINES = ("videos", "moderators", "people")


@bp.get("/<key>/event")
def edit(key: str) -> Response:
    """What is said of the event so far."""
    return _edit(key, None, 200)


@bp.post("/<key>/event")
def keep(key: str) -> Response:
    """Keep what an editor says of it."""
    typed = Typed.sent()

    def work(session: Session) -> Done:
        draft = drafts.get(session, key)
        told = _told(session, typed, draft.answers)
        keeping.answer(session, key, typed.whole("version", needed=False) or 0, told)
        return Done(url_for("imports.show", key=key), key, told.forum or told.title)

    return attempt(typed, "say event of import", work, lambda status: _edit(key, typed, status))


@bp.post("/<key>/parts")
def parts(key: str) -> Response:
    """Put the files we hold of the event before these: together they are the whole recording."""
    typed = Typed.sent()

    def again(status: int) -> Response:
        return show_draft(key, typed, status)

    try:
        with reading() as session:
            draft = drafts.get(session, key)
            held = seeing.parts_held(session, current_app.config["TRACKER"], draft)
        looked = [Looked(data, guarded.examine(data, name, format), format) for name, format, data in held]
    except NotFound:
        raise
    except Refusal as refusal:
        typed.refusal = translated(refusal)
        return again(422)

    def work(session: Session) -> Done:
        keeping.put_before(session, key, typed.whole("version", needed=False) or 0, looked)
        return Done(url_for("imports.show", key=key), key, ", ".join(file.seen.name for file in looked))

    return attempt(typed, "put parts before import", work, again)


def _told(session: Session, typed: Typed, before: Answers) -> Answers:
    """The answers in the form. Raises Invalid with what is wrong beside the fields."""
    held = {one.forum.slug for one in forums.every(session)}
    races = names.of_contests(session)
    forum = typed.one_of("forum", held, needed=False) or ""
    day = typed.day("day", needed=False)
    told = replace(
        before,
        forum=forum,
        title=typed.text("title", needed=False),
        day=day.isoformat() if day else "",
        place=typed.text("place", needed=False),
        kind=typed.one_of("kind", list(ForumKind), needed=False) or ForumKind.FORUM,
        zone=typed.text("zone", 64, needed=False),
        language=typed.one_of("language", LANGUAGES, needed=False) or "",
        contest=typed.one_of("contest", races, needed=False) or "",
        grade=typed.one_of("grade", list(Grade), needed=False) or "",
        right=typed.one_of("right", list(Right), needed=False) or "",
        source_title=typed.text("source_title", needed=False),
        publisher=typed.text("publisher", needed=False),
        videos=tuple(typed.rows("videos", 20)),
        moderators=tuple(typed.rows("moderators", 20)),
        people=tuple(typed.rows("people", 200)),
        beside=typed.ticked("beside"),
        insist=typed.ticked("insist"),
        reparse=typed.ticked("reparse"),
    )
    if not told.is_placed:
        typed.fail("forum", NEW_OR_HELD)
    if told.zone and told.zone not in available_timezones():
        typed.fail("zone", NO_ZONE)
    for url in told.videos:
        if not addresses.is_address(url):
            typed.fail("videos", NO_RECORDING, url=url)
    typed.check()
    return told


def _edit(key: str, typed: Typed | None, status: int) -> Response:
    config: Config = current_app.config["TRACKER"]
    with reading() as session:
        draft = drafts.get(session, key)
        held = forums.every(session)
        races = names.of_contests(session)
    form, lang = typed or _form(draft.answers), current_language()
    return page(
        "desk/imports/event.html",
        status=status,
        form=form,
        draft=draft,
        held=[(one.forum.slug, f"{one.forum.held_on} · {one.forum.title.within(lang)}") for one in held],
        races=[(slug, title.within(lang)) for slug, title in races.items()],
        kinds=KIND_WORDS,
        grades=GRADE_WORDS,
        default_zone=config.zone,
        **words(draft),
    )


def _form(answers: Answers) -> Typed:
    told = asdict(answers) | {name: "\n".join(getattr(answers, name)) for name in LINES}
    ticked = {name: "1" if getattr(answers, name) else "" for name in ("beside", "insist", "reparse")}
    return Typed.of(told | ticked)
