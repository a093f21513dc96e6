"""/desk/team: who may change the record, invitations, and the log of what was done."""

from flask import Blueprint, current_app, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.accounts import audit, people
from tracker.accounts.admission import signed_in
from tracker.accounts.roles import GIVEN, AccountRole
from tracker.acting import Done, attempt
from tracker.config import Config
from tracker.db import Database, reading
from tracker.forms import Typed
from tracker.rendering import page, page_number
from tracker.withholding import masked

bp = Blueprint("team", __name__, url_prefix="/desk/team")

PARTS = ("subject", "detail")
"""What an entry of the log says beside the act: shown without withheld words."""


@bp.get("")
def show() -> Response:
    """Every account, and a form to invite another."""
    return _team(Typed.of({}), 200)


@bp.post("/invitations")
def invite() -> Response:
    """Make a link for somebody new and show it this once."""
    typed, who = Typed.sent(), signed_in()
    roles = [AccountRole(role) for role in typed.some_of("roles", GIVEN)]
    database: Database = current_app.extensions["database"]
    with database.write() as session:
        secret = people.invite(session, roles, who.name)
        audit.note(session, (who.id, who.name), "invite", ", ".join(roles))
    return _team(Typed.of({}), 201, secret)


@bp.post("/<int:id>/reset")
def reset(id: int) -> Response:
    """Make a link with which an account chooses a new password, and show it this once."""
    who = signed_in()
    database: Database = current_app.extensions["database"]
    with database.write() as session:
        secret = people.reset(session, id, who.name)
        audit.note(session, (who.id, who.name), "link for a new password", f"account {id}")
    return _team(Typed.of({}), 201, secret)


@bp.post("/<int:id>/roles")
def roles(id: int) -> Response:
    """Replace what an account may do; its sign-ins end."""
    typed = Typed.sent()
    chosen = [AccountRole(role) for role in typed.some_of("roles", GIVEN)]

    def work(session: Session) -> Done:
        people.give_roles(session, id, chosen)
        return Done(url_for("team.show"), f"account {id}", ", ".join(chosen))

    return attempt(typed, "give roles", work, lambda status: _team(typed, status))


@bp.post("/<int:id>/disable")
def disable(id: int) -> Response:
    """Let an account in no more."""
    typed = Typed.sent()

    def work(session: Session) -> Done:
        people.disable(session, id)
        return Done(url_for("team.show"), f"account {id}")

    return attempt(typed, "disable account", work, lambda status: _team(typed, status))


@bp.post("/<int:id>/enable")
def enable(id: int) -> Response:
    """Let a disabled account in again."""
    typed = Typed.sent()

    def work(session: Session) -> Done:
        people.enable(session, id)
        return Done(url_for("team.show"), f"account {id}")

    return attempt(typed, "enable account", work, lambda status: _team(typed, status))


@bp.get("/log")
def log() -> Response:
    """What was done, the latest first."""
    number = page_number(request.args.get("page"))
    with reading() as session:
        entries, more = audit.latest(session, number)
        subjects, details = (masked(session, [getattr(entry, part) for entry in entries]) for part in PARTS)
    previous = url_for("team.log", page=number - 1) if number > 1 else None
    following = url_for("team.log", page=number + 1) if more else None
    head = entries[0].digest if entries and number == 1 else None
    return page(
        "desk/team/log.html",
        entries=list(zip(entries, subjects, details, strict=True)),
        previous=previous,
        next=following,
        head=head,
    )


def _team(typed: Typed, status: int, secret: str | None = None) -> Response:
    config: Config = current_app.config["TRACKER"]
    with reading() as session:
        members = people.members(session)
    link = f"{config.site_url}{url_for('account.welcome', secret=secret)}" if secret else None
    return page("desk/team/show.html", status=status, form=typed, members=members, given=GIVEN, link=link)
