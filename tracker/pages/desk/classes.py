"""/desk/classes: a teacher's classes: made, opened for joining, shown on the wall, paused, kept a while longer, erased."""

from datetime import UTC, date, datetime, timedelta

from flask import Blueprint, current_app, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.classes import codes, erasing, membership, personal, rooms
from positions.classes.personal import SIGN_WORDS
from positions.classes.rooms import AFTER_TERM
from tracker.accounts.admission import signed_in
from tracker.acting import Done, attempt
from tracker.classes import erased
from tracker.classes.links import join_link, qr, short
from tracker.classes.naming import in_log
from tracker.config import Config
from tracker.db import Database, reading
from tracker.forms import Typed
from tracker.i18n import LANGUAGES, gettext
from tracker.rendering import page
from transcripts.errors import Refusal

bp = Blueprint("desk_classes", __name__, url_prefix="/desk/classes")

LASTS = {"lesson": timedelta(hours=2), "day": timedelta(hours=12), "week": timedelta(days=7)}
LASTS_WORDS = {"lesson": "for two hours", "day": "for twelve hours", "week": "for a week"}
"""How long a join code works."""
CLOSE = "close"
NOT_SURE = "Tick the box to say that you are sure. Nothing was erased."
USUAL = 30
"""Students of a class, where nobody says how many."""


@bp.get("")
def index() -> Response:
    """A teacher's classes, the newest first."""
    with reading() as session:
        found = rooms.of_teacher(session, signed_in().id)
    return page("desk/classes/index.html", rooms_of=found)


@bp.get("/new")
def new() -> Response:
    """The form for a class."""
    term = rooms.usual_term_end(_today())
    return _new(Typed.of({"most": USUAL, "lang": "en", "comments": 1, "term": term}), 200)


@bp.post("/new")
def create() -> Response:
    """Make a class."""
    typed, who = Typed.sent(), signed_in()

    def work(session: Session) -> Done:
        title, most, lang = (
            typed.text("title", 120),
            typed.whole("most", 1, rooms.MOST),
            typed.one_of("lang", LANGUAGES),
        )
        term = typed.day("term")
        typed.check()
        purge_on = (term or _today()) + AFTER_TERM
        key = rooms.start(session, who.id, title, purge_on, most or 0, typed.ticked("comments"), lang or "en")
        return Done(url_for(".show", room=key), in_log("class", key))

    return attempt(typed, "make class", work, lambda status: _new(typed, status))


@bp.get("/<room>")
def show(room: str) -> Response:
    """One class: its code, its students, what is kept and until when."""
    return show_again(room, Typed.of({}), 200)


@bp.post("/<room>/door")
def door(room: str) -> Response:
    """A new code, for a while, or none any more."""
    typed, who = Typed.sent(), signed_in()

    def work(session: Session) -> Done:
        lasts = typed.one_of("lasts", (*LASTS, CLOSE))
        typed.check()
        if lasts == CLOSE:
            rooms.close_door(session, who.id, room)
        else:
            rooms.open_door(session, who.id, room, LASTS[lasts or "lesson"])
        return Done(url_for(".show", room=room), in_log("class", room), lasts or "")

    return attempt(typed, "change join code", work, lambda status: show_again(room, typed, status))


@bp.get("/<room>/projector")
def projector(room: str) -> Response:
    """The code for the wall, and how many are here; it renews itself."""
    with reading() as session:
        found = rooms.by_key(session, signed_in().id, room)
    open_now = found.code is not None and found.until is not None and found.until > datetime.now(UTC)
    link = join_link(found.code or "", found.lang) if open_now else None
    return page(
        "desk/classes/projector.html",
        fragment="wall",
        room=found,
        link=link,
        qr=qr(link) if link else None,
        code=codes.shown(found.code or ""),
        address=short("classes.join", found.lang),
    )


@bp.post("/<room>/pause")
def pause(room: str) -> Response:
    """Let nobody write for a while, or go on."""
    typed, who = Typed.sent(), signed_in()
    paused = typed.ticked("paused")

    def work(session: Session) -> Done:
        rooms.pause(session, who.id, room, paused)
        return Done(url_for(".show", room=room), in_log("class", room), "paused" if paused else "goes on")

    return attempt(typed, "pause class", work, lambda status: show_again(room, typed, status))


@bp.get("/<room>/settings")
def settings(room: str) -> Response:
    """The name of a class, its limit, whether comments may be written, the day it is erased."""
    with reading() as session:
        found = rooms.by_key(session, signed_in().id, room)
    held = {"title": found.title, "most": found.most, "purge_on": found.purge_on}
    return _settings(room, Typed.of({**held, "comments": 1 if found.comments else None}), 200)


@bp.post("/<room>/settings")
def change(room: str) -> Response:
    """Change them."""
    typed, who = Typed.sent(), signed_in()

    def work(session: Session) -> Done:
        title, most, purge_on = typed.text("title", 120), typed.whole("most", 1, rooms.MOST), typed.day("purge_on")
        typed.check()
        rooms.change(session, who.id, room, title, purge_on or date.min, most or 0, typed.ticked("comments"))
        return Done(url_for(".show", room=room), in_log("class", room), f"erased on {purge_on}")

    return attempt(typed, "change class", work, lambda status: _settings(room, typed, status))


@bp.post("/<room>/erase")
def erase(room: str) -> Response:
    """Erase a class with everything in it, now."""
    typed, who = Typed.sent(), signed_in()

    def work(session: Session) -> Done:
        rooms.by_key(session, who.id, room)
        if not typed.ticked("sure"):
            raise Refusal(NOT_SURE)
        erasing.room(session, who.id, room)
        return Done(url_for(".index"), in_log("class", room))

    response = attempt(typed, "erase class", work, lambda status: _settings(room, typed, status))
    if response.status_code == 303:
        erased.note(_database(), _config())
    return response


def show_again(room: str, typed: Typed, status: int) -> Response:
    """The page of a class, with what is wrong with a form of it."""
    with reading() as session:
        found = rooms.by_key(session, signed_in().id, room)
        students = membership.members(session, found.id)
    return page(
        "desk/classes/show.html",
        status=status,
        form=typed,
        room=found,
        open_now=found.code is not None and found.until is not None and found.until > datetime.now(UTC),
        code=codes.shown(found.code or ""),
        zone=_config().local.key,
        signs=[gettext(SIGN_WORDS[sign]) for sign in personal.signs(found.title)],
        students=[one for one in students if one.joined_on],
        lasts=LASTS_WORDS,
        slips=found.slips or min(USUAL, found.most - found.joined),
    )


def _new(typed: Typed, status: int) -> Response:
    return page(
        "desk/classes/new.html",
        status=status,
        form=typed,
        spoken=list(LANGUAGES.items()),
        days=AFTER_TERM.days,
        most=rooms.MOST,
    )


def _settings(room: str, typed: Typed, status: int) -> Response:
    with reading() as session:
        found = rooms.by_key(session, signed_in().id, room)
    return page("desk/classes/settings.html", status=status, form=typed, room=found, most=rooms.MOST)


def _today() -> date:
    return datetime.now(UTC).date()


def _config() -> Config:
    config: Config = current_app.config["TRACKER"]
    return config


def _database() -> Database:
    database: Database = current_app.extensions["database"]
    return database
