"""/desk/site: who publishes this site, who pays, where it is: what readers find in the footer and on About."""

from flask import Blueprint, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker import edits, site_entry
from tracker.db import reading
from tracker.edits import Change
from tracker.facts import FACTS, LANGUAGES, OFF, SWITCHES
from tracker.forms import Typed
from tracker.pages.desk import entering
from tracker.pages.desk.entering import Entered
from tracker.rendering import page

bp = Blueprint("desk_site", __name__, url_prefix="/desk/site")


@bp.get("")
def show() -> Response:
    """The facts as they are told."""
    with reading() as session:
        doc = edits.held(session, "site", "site")
    return _form(Typed.of(entering.values(doc)), 200)


@bp.post("")
def tell() -> Response:
    """Tell them anew."""
    typed = Typed.sent()

    def make(_: Session) -> Entered:
        said = {
            site_entry.field(*key): typed.text(site_entry.field(*key).replace(".", "_"), entering.LONG, needed=False)
            for key in site_entry.KEYS
        } | {switch.name: OFF if typed.ticked(switch.name) else "" for switch in SWITCHES}
        return Entered(url_for("desk_site.show"), "site/site", [Change("site", "site", said)])

    return entering.enter(typed, "tell about the site", make, lambda status: _form(typed, status))


def _form(typed: Typed, status: int) -> Response:
    with reading() as session:
        doc = edits.held(session, "site", "site")
    present = entering.values(doc)
    return page(
        "desk/site/show.html",
        status=status,
        form=typed,
        version=entering.seen(typed, doc, status),
        meeting=entering.meeting(typed, present, status),
        facts=FACTS,
        told_in=LANGUAGES,
        switches=SWITCHES,
        off=OFF,
    )
