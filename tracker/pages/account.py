"""/sign-in, /sign-out, /account, /welcome/<secret>: how somebody comes in, and what is theirs alone."""

from flask import Blueprint, current_app, redirect, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.accounts import audit, people, sessions
from tracker.accounts.admission import actor, drop_cookie, is_secure, keep_cookie, local_address, signed_in
from tracker.accounts.roles import ROLE_NAMES
from tracker.acting import Done, perform
from tracker.db import Database, reading
from tracker.forms import Typed
from tracker.i18n import gettext, translated
from tracker.limits import limited
from tracker.rendering import page
from transcripts.errors import Refusal
from transcripts.text import fold

bp = Blueprint("account", __name__)

WRONG = "The name or the password is not right."
IMPOSSIBLE = "Nobody can sign in over http: TRACKER_SITE_URL must be an address with https."


def _name_tried() -> str:
    return f"name:{fold(request.form.get('name', ''))[:80]}"


@bp.get("/sign-in")
def sign_in() -> Response:
    """The form; with `next`, where to go afterwards."""
    return _sign_in(Typed.of({"next": request.args.get("next", "")}), 200)


@bp.post("/sign-in", endpoint="sign_in_sent")
@limited("60 per hour")
@limited("20 per hour", _name_tried)
def sign_in_sent() -> Response:
    """A fresh sign-in for the right name and password; whatever sign-in the browser held before ends."""
    typed = Typed.sent()
    if not _possible():
        raise Refusal(IMPOSSIBLE)
    database: Database = current_app.extensions["database"]
    with database.read() as session:
        found = sessions.check(session, typed["name"], request.form.get("password", ""))
    if found is None or found.id is None:
        typed.refusal = gettext(WRONG)
        return _sign_in(typed, 422)
    with database.write() as session:
        secret = _begin(session, found.id)
        audit.note(session, (found.id, found.name), "sign in")
    response = redirect(local_address(typed["next"]), 303)
    keep_cookie(response, secret)
    return response


@bp.post("/sign-out")
def sign_out() -> Response:
    """End this sign-in at the server, so that a copy of the cookie is worth nothing."""
    who = signed_in()
    database: Database = current_app.extensions["database"]
    with database.write() as session:
        sessions.end(session, who.id, who.sign_in)
        audit.note(session, (who.id, who.name), "sign out")
    response = redirect(url_for("home.show"), 303)
    drop_cookie(response)
    return response


@bp.get("/account")
def show() -> Response:
    """Where somebody is signed in, and their password."""
    return _account(Typed.of({}), 200)


@bp.post("/account/password")
@limited("10 per hour")
def password() -> Response:
    """A new password ends every sign-in of the account and begins this one anew."""
    who, typed = signed_in(), Typed.sent()
    database: Database = current_app.extensions["database"]
    with database.read() as session:
        right = sessions.check(session, who.name, request.form.get("present", ""))
    try:
        if right is None:
            raise Refusal("The present password is not right.")
        with database.write() as session:
            people.set_password(session, who.id, request.form.get("password", ""))
            secret = sessions.begin(session, who.id, _device())
            audit.note(session, (who.id, who.name), "change password")
    except Refusal as refusal:
        typed.refusal = translated(refusal)
        return _account(typed, 422)
    response = redirect(url_for("account.show"), 303)
    keep_cookie(response, secret)
    return response


@bp.post("/account/sign-ins/<id>/end")
def end(id: str) -> Response:
    """End one of one's own sign-ins."""
    who = signed_in()

    def work(session: Session) -> Done:
        sessions.end(session, who.id, id)
        return Done(url_for("account.show"), "a sign-in")

    return perform(Typed.sent(), "end sign-in", work)


@bp.get("/welcome/<secret>")
def welcome(secret: str) -> Response:
    """Where a one-time link leads: a name and a password to choose, or only a password."""
    return _welcome(secret, Typed.of({}), 200)


@bp.post("/welcome/<secret>", endpoint="welcome_sent")
@limited("30 per hour")
def welcome_sent(secret: str) -> Response:
    """Use the link, once, and sign in."""
    typed = Typed.sent()
    if not _possible():
        raise Refusal(IMPOSSIBLE)
    database: Database = current_app.extensions["database"]
    with database.read() as session:
        people.link(session, secret)
    try:
        with database.write() as session:
            account_id = people.use(session, secret, typed["name"], request.form.get("password", ""))
            cookie = _begin(session, account_id)
            audit.note(session, (account_id, typed["name"] or "by link"), "use one-time link")
    except Refusal as refusal:
        typed.refusal = translated(refusal)
        return _welcome(secret, typed, 422)
    response = redirect(url_for("desk.show"), 303)
    keep_cookie(response, cookie)
    return response


def _begin(session: Session, account_id: int) -> str:
    """A new sign-in; the one this browser came with ends, so that nobody's old cookie is carried along."""
    before = actor()
    if before is not None:
        sessions.end(session, before.id, before.sign_in)
    return sessions.begin(session, account_id, _device())


def _device() -> str:
    return " ".join((request.user_agent.string or "").split())[:120]


def _possible() -> bool:
    return is_secure(current_app.config["TRACKER"])


def _sign_in(typed: Typed, status: int) -> Response:
    return page("account/sign_in.html", status=status, form=typed, impossible=not _possible())


def _account(typed: Typed, status: int) -> Response:
    with reading() as session:
        listed = sessions.listed(session, signed_in())
    return page("account/show.html", status=status, form=typed, sign_ins=listed, role_names=ROLE_NAMES)


def _welcome(secret: str, typed: Typed, status: int) -> Response:
    with reading() as session:
        name = people.name_behind(session, people.link(session, secret))
    response = page("account/welcome.html", status=status, form=typed, secret=secret, name=name)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.cache_control.no_store = True
    return response
