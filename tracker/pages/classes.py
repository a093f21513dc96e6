"""/classes: how a student comes into a class, comes back to it, and what is theirs there. No name, address or letter is asked for."""

from flask import Blueprint, current_app, redirect, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.classes import codes, membership
from tracker.accounts.admission import is_secure
from tracker.classes.seats import COOKIE, drop_seat, keep_seat, seated
from tracker.db import Database, reading
from tracker.forms import Typed
from tracker.i18n import translated
from tracker.rendering import page, private
from transcripts.errors import Conflict, NotFound, Refusal

bp = Blueprint("classes", __name__, url_prefix="/classes")

IMPOSSIBLE = "Nobody can join over http: TRACKER_SITE_URL must be an address with https."


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
def choose(code: str) -> Response:
    """The class a code opens, and three made-up names to choose from."""
    return _choose(code, Typed.of({"member": codes.new_key(), "returning": codes.new_code()}), 200)


@bp.post("/join/<code>", endpoint="join_sent")
def join_sent(code: str) -> Response:
    """Take a place. The answer shows the return code, this once; sent again, it is the same student."""
    typed = Typed.sent()
    _require_secure()
    database: Database = current_app.extensions["database"]
    try:
        with database.write() as session:
            member = membership.join(session, code, typed["member"], typed["name"], typed["returning"])
            secret = _seat(session, member, typed)
    except Refusal as refusal:
        typed.refusal = translated(refusal)
        return _choose(code, typed, 409 if isinstance(refusal, Conflict) else 422)
    return _welcome(secret, typed)


@bp.get("/mine")
def mine() -> Response:
    """What a student has in their class."""
    return private(page("classes/mine.html", own=seated()))


@bp.post("/leave")
def leave() -> Response:
    """Give up the seat in this browser; what was written stays, and the return code leads back to it."""
    seated()
    database: Database = current_app.extensions["database"]
    with database.write() as session:
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


def _join(typed: Typed, status: int) -> Response:
    return page("classes/join.html", status=status, form=typed)


def _choose(code: str, typed: Typed, status: int) -> Response:
    try:
        with reading() as session:
            door = membership.door(session, code)
    except NotFound as refusal:
        wrong = Typed.of({"code": code[:16]})
        wrong.refusal = translated(refusal)
        return _join(wrong, 404)
    return private(page("classes/choose.html", status=status, form=typed, door=door, code=codes.read_code(code)))


def _welcome(secret: str, typed: Typed) -> Response:
    with reading() as session:
        seat = membership.seat_of(session, secret)
    response = private(page("classes/welcome.html", own=seat, returning=codes.shown(typed["returning"])))
    keep_seat(response, secret, typed.ticked("stays"))
    return response


def _require_secure() -> None:
    if not is_secure(current_app.config["TRACKER"]):
        raise Refusal(IMPOSSIBLE)
