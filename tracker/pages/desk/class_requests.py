"""/desk/classes/requests: who asked for a class; an editor invites them with a link to hand on, or declines."""

from flask import Blueprint, current_app, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.classes import requests
from tracker.accounts import audit, people
from tracker.accounts.admission import signed_in
from tracker.accounts.roles import AccountRole
from tracker.acting import Done, attempt
from tracker.classes.naming import in_log
from tracker.config import Config
from tracker.db import Database, reading
from tracker.forms import Typed
from tracker.rendering import page

bp = Blueprint("class_requests", __name__, url_prefix="/desk/classes/requests")

STATE_WORDS = {"open": "waits for an answer", "invited": "invited", "declined": "declined"}


@bp.get("")
def index() -> Response:
    """Those that wait, then those that were answered."""
    return _index(Typed.of({}), 200)


@bp.post("/<key>/invite")
def invite(key: str) -> Response:
    """Make the link with which a teacher makes an account, and show it this once."""
    who = signed_in()
    database: Database = current_app.extensions["database"]
    with database.write() as session:
        requests.decide(session, key, "invited", who.name)
        secret = people.invite(session, [AccountRole.TEACHER], who.name)
        audit.note(session, (who.id, who.name), "invite a teacher", in_log("request", key))
    config: Config = current_app.config["TRACKER"]
    return _index(Typed.of({}), 201, f"{config.site_url}{url_for('account.welcome', secret=secret)}")


@bp.post("/<key>/decline")
def decline(key: str) -> Response:
    """Say no; whoever asked is told by the editor, not by the site."""
    typed, who = Typed.sent(), signed_in()

    def work(session: Session) -> Done:
        requests.decide(session, key, "declined", who.name)
        return Done(url_for(".index"), in_log("request", key))

    return attempt(typed, "decline a request for a class", work, lambda status: _index(typed, status))


def _index(typed: Typed, status: int, link: str | None = None) -> Response:
    with reading() as session:
        found = requests.listed(session)
    days = requests.KEPT.days
    return page(
        "desk/classes/requests.html",
        status=status,
        form=typed,
        requests=found,
        link=link,
        states=STATE_WORDS,
        days=days,
    )
