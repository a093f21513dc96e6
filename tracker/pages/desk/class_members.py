"""/desk/classes/<class>/students, slips, roster: who is in a class, by made-up names. Secrets are shown once, on pages nobody keeps."""

from flask import Blueprint, current_app, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.classes import codes, erasing, everything, membership, rooms, slips
from tracker.accounts import audit
from tracker.accounts.admission import signed_in
from tracker.acting import Done, attempt
from tracker.classes import erased
from tracker.classes.links import qr, short, slip_link
from tracker.classes.naming import in_log
from tracker.db import Database, reading
from tracker.forms import Typed
from tracker.i18n import translated
from tracker.pages.desk.classes import show_again
from tracker.pages.mine import as_file
from tracker.rendering import page, private
from transcripts.errors import Refusal

bp = Blueprint("class_members", __name__, url_prefix="/desk/classes/<room>")

NOT_SURE = "Tick the box to say that you are sure. Nothing was removed."
NO_PARENT = "Tick the box to say who asked for it. Nothing was taken out."


@bp.post("/slips", endpoint="slips")
def print_slips(room: str) -> Response:
    """Slips to print, each with a secret that is shown this once."""
    typed, who = Typed.sent(), signed_in()
    try:
        n = typed.whole("n", 1, rooms.MOST)
        typed.check()
        with _database().write() as session:
            made = slips.prepare(session, who.id, room, n or 0)
            lang = rooms.held(session, who.id, room).lang
            audit.note(session, (who.id, who.name), "print slips", in_log("class", room), str(n))
    except Refusal as refusal:
        return _refused(room, typed, refusal)
    with reading() as session:
        found = rooms.by_key(session, who.id, room)
    told = [(slip, qr(slip_link(slip.secret, lang))) for slip in made]
    address = short("classes.back", lang)
    return private(page("desk/classes/slips.html", room=found, slips=told, address=address))


@bp.post("/slips/cancel")
def cancel(room: str) -> Response:
    """Take back the slips nobody has used."""
    typed, who = Typed.sent(), signed_in()

    def work(session: Session) -> Done:
        slips.cancel(session, who.id, room)
        return Done(url_for("desk_classes.show", room=room), in_log("class", room))

    return attempt(typed, "cancel slips", work, lambda status: show_again(room, typed, status))


@bp.get("/roster")
def roster(room: str) -> Response:
    """A sheet to fill in by hand: made-up names, and a line beside each. Real names never come into the site."""
    with reading() as session:
        found = rooms.by_key(session, signed_in().id, room)
        students = membership.members(session, found.id)
    return private(page("desk/classes/roster.html", room=found, students=students))


@bp.get("/students/<member>")
def show(room: str, member: str) -> Response:
    """One student: what a teacher can do for them."""
    return _student(room, member, Typed.of({}), 200)


@bp.post("/students/<member>/code", endpoint="code")
def new_code(room: str, member: str) -> Response:
    """A new return code, shown this once. Whatever browser the student was in is out at once."""
    who = signed_in()
    with _database().write() as session:
        found = rooms.by_key(session, who.id, room)
        one = membership.member_of(session, found.id, member)
        code = membership.reissue(session, one)
        audit.note(session, (who.id, who.name), "new return code", in_log("student", member))
    link = slip_link(one.key + code, found.lang)
    return private(
        page(
            "desk/classes/code.html",
            status=201,
            room=found,
            student=one,
            code=codes.shown(code),
            qr=qr(link),
            address=short("classes.back", found.lang),
        )
    )


@bp.post("/students/<member>/remove")
def remove(room: str, member: str) -> Response:
    """Take a student out of the class with everything they wrote."""
    typed, who = Typed.sent(), signed_in()

    def work(session: Session) -> Done:
        if not typed.ticked("sure"):
            raise Refusal(NOT_SURE)
        erasing.student(session, who.id, room, member)
        return Done(url_for("desk_classes.show", room=room), in_log("student", member))

    response = attempt(typed, "remove student", work, lambda status: _student(room, member, typed, status))
    if response.status_code == 303:
        erased.note(_database(), current_app.config["TRACKER"])
    return response


@bp.post("/students/<member>/everything", endpoint="everything")
def give_out(room: str, member: str) -> Response:
    """Everything of a student for a parent: drafts and private notes too, so the student is told."""
    typed, who = Typed.sent(), signed_in()
    try:
        with _database().write() as session:
            found = rooms.by_key(session, who.id, room)
            one = membership.member_of(session, found.id, member)
            if not typed.ticked("parent"):
                raise Refusal(NO_PARENT)
            held = everything.give_out(session, one)
            audit.note(session, (who.id, who.name), "everything of a student", in_log("student", member))
    except Refusal as refusal:
        typed.refusal = translated(refusal)
        return _student(room, member, typed, 422)
    if typed["as"] == "json":
        return as_file(held)
    return private(page("desk/classes/everything.html", held=held, room=found))


def _student(room: str, member: str, typed: Typed, status: int) -> Response:
    with reading() as session:
        found = rooms.by_key(session, signed_in().id, room)
        one = membership.member_of(session, found.id, member)
    return private(page("desk/classes/student.html", status=status, form=typed, room=found, student=one))


def _refused(room: str, typed: Typed, refusal: Refusal) -> Response:
    typed.refusal = translated(refusal)
    return show_again(room, typed, 422)


def _database() -> Database:
    database: Database = current_app.extensions["database"]
    return database
