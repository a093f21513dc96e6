"""/classes: how a student comes into a class and back to it. No name, address or letter is asked for, and none is kept."""

from flask import Blueprint, current_app, redirect, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.classes import codes, listing, membership, slips
from positions.classes.visibility import State
from tracker.accounts.admission import is_secure
from tracker.classes.seats import COOKIE, drop_seat, keep_seat, seated
from tracker.db import Database, reading
from tracker.forms import Typed
from tracker.i18n import gettext, translated
from tracker.limits import guesses_limited, limited, unnamed
from tracker.rendering import page, private
from transcripts.capabilities import digest
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.text import fold

bp = Blueprint("classes", __name__, url_prefix="/classes")

IMPOSSIBLE = "Nobody can join over http: TRACKER_SITE_URL must be an address with https."
TOO_MANY = "Many tries for this name. Wait an hour, or ask your teacher for a new code: that works at once."

GUESSES = "1000 per hour"
"""Codes from one network that open nothing: a school mistypes some, and there are 2,494,357,888."""
STATE_WORDS = {State.DRAFT: "not handed in yet", State.SUBMITTED: "handed in", State.RETURNED: "given back: look again"}
"""Where a student's work stands, to the student."""


def _name_tried() -> str:
    """A made-up name, as limits count it: nothing that could be read."""
    return digest(f"return {fold(request.form.get('name', ''))[:80]}")


def _too_many() -> Response:
    typed = Typed.sent()
    typed.refusal = gettext(TOO_MANY)
    return _back(typed, 429)


@bp.get("")
def index() -> Response:
    """The door: into a class, back into it, and how to get one."""
    return page("classes/index.html")


@bp.get("/join")
def join() -> Response:
    """The form for a code; with a code, the way to its class."""
    code = codes.read_code(request.args.get("code", ""))
    if code:
        return redirect(url_for(".choose", code=code), 303)
    return _join(Typed.of({}), 200)


@bp.get("/join/<code>")
@guesses_limited(GUESSES)
def choose(code: str) -> Response:
    """The class a code opens, and three made-up names to choose from."""
    return _choose(code, Typed.of({"member": codes.new_key(), "returning": codes.new_code()}), 200)


@bp.post("/join/<code>", endpoint="join_sent")
@limited("2000 per hour", unnamed)
@guesses_limited(GUESSES)
def join_sent(code: str) -> Response:
    """Take a place. The answer shows the return code, this once; sent again, it is the same student."""
    typed = Typed.sent()
    _require_secure()
    try:
        with _database().write() as session:
            member = membership.join(session, code, typed["member"], typed["name"], typed["returning"])
            secret = _seat(session, member, typed)
            seat = membership.seat_of(session, secret)
    except Refusal as refusal:
        typed.refusal = translated(refusal)
        return _choose(code, typed, 409 if isinstance(refusal, Conflict) else 422)
    response = private(page("classes/welcome.html", own=seat, returning=codes.shown(typed["returning"])))
    keep_seat(response, secret, typed.ticked("stays"))
    return response


@bp.get("/slip/<secret>")
def slip(secret: str) -> Response:
    """Whose place a slip is, and one button."""
    return _slip(secret, Typed.of({}), 200)


@bp.post("/slip/<secret>", endpoint="slip_sent")
@limited("2000 per hour", unnamed)
def slip_sent(secret: str) -> Response:
    """Take the place of a slip, or come back to it."""
    typed = Typed.sent()
    _require_secure()
    try:
        with _database().write() as session:
            cookie = _seat(session, slips.use(session, secret), typed)
    except Conflict as refusal:
        typed.refusal = translated(refusal)
        return _slip(secret, typed, 409)
    return _seated(cookie, typed)


@bp.get("/return")
def back() -> Response:
    """The way back for whoever has their made-up name and return code."""
    return _back(Typed.of({}), 200)


@bp.post("/return", endpoint="back_sent")
@limited("2000 per hour", unnamed)
@limited("20 per hour", _name_tried, again=_too_many)
def back_sent() -> Response:
    """Come back."""
    typed = Typed.sent()
    _require_secure()
    try:
        with _database().write() as session:
            cookie = _seat(session, membership.come_back(session, typed["name"], typed["code"]), typed)
    except Refusal as refusal:
        typed.refusal = translated(refusal)
        return _back(typed, 422)
    return _seated(cookie, typed)


@bp.get("/mine")
def mine() -> Response:
    """What a student has in their class: what there is to do, what is kept, and until when."""
    own = seated()
    with reading() as session:
        given = listing.assignments_of(session, own.class_id, own.member)
        kept = membership.kept(session, own.member)
    states = {state: gettext(words) for state, words in STATE_WORDS.items()}
    return private(page("classes/mine.html", own=own, given=given, kept=kept, states=states))


@bp.post("/leave")
def leave() -> Response:
    """Give up the seat in this browser; what was written stays, and the return code leads back to it."""
    seated()
    with _database().write() as session:
        membership.stand_up(session, request.cookies[COOKIE])
    response = redirect(url_for(".index"), 303)
    drop_seat(response)
    return response


def _seat(session: Session, member: int, typed: Typed) -> str:
    """A seat for this browser; the one it held before ends, so that nobody's old cookie is carried along."""
    before = request.cookies.get(COOKIE)
    if before:
        membership.stand_up(session, before)
    return membership.sit_down(session, member, typed.ticked("stays"))


def _seated(secret: str, typed: Typed) -> Response:
    response = redirect(url_for(".mine"), 303)
    keep_seat(response, secret, typed.ticked("stays"))
    return private_redirect(response)


def private_redirect(response: Response) -> Response:
    """The address that was left may be a secret: it is told to no page that follows."""
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _join(typed: Typed, status: int) -> Response:
    return page("classes/join.html", status=status, form=typed)


def _choose(code: str, typed: Typed, status: int) -> Response:
    try:
        with reading() as session:
            door = membership.door(session, code)
    except (NotFound, Conflict) as refusal:
        wrong = Typed.of({"code": code[:16]})
        wrong.refusal = translated(refusal)
        return _join(wrong, 404 if isinstance(refusal, NotFound) else 409)
    return private(page("classes/choose.html", status=status, form=typed, door=door, code=codes.read_code(code)))


def _slip(secret: str, typed: Typed, status: int) -> Response:
    with reading() as session:
        place = slips.place(session, secret)
    return private(page("classes/slip.html", status=status, form=typed, place=place, secret=secret))


def _back(typed: Typed, status: int) -> Response:
    return page("classes/return.html", status=status, form=typed)


def _require_secure() -> None:
    if not is_secure(current_app.config["TRACKER"]):
        raise Refusal(IMPOSSIBLE)


def _database() -> Database:
    database: Database = current_app.extensions["database"]
    return database
