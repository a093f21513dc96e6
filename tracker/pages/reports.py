"""/report, /reports: anybody says what is wrong, without an account; what was decided is public, who wrote and what is not."""

import re
from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from flask import Blueprint, current_app, redirect, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions import reporting as about
from positions.followthrough.queries.named import KINDS as DEEDS
from tracker.db import Database, reading
from tracker.forms import Typed
from tracker.i18n import gettext, translated
from tracker.limits import limited
from tracker.rendering import page, page_number, private
from tracker.wording import OF_DEEDS, OF_WORDS, complaint_words
from transcripts import reporting
from transcripts.errors import NotFound, Refusal
from transcripts.queries import reports, turns
from transcripts.reporting import Subject

bp = Blueprint("reports", __name__)

SIZE = 50
NUMBER = re.compile(r"[0-9]{1,9}")
TRAP = "website"
"""A field no person sees; what fills it in is a program."""
TRAPPED = "Leave the field “Website” empty: it is there for programs that fill in everything."
TOO_MANY = "Many reports came from this address. Wait an hour, then send it again; what you typed is still here."
NO_SUBJECT = "Say what this is about: follow the link beside the words."


def _of_turn(session: Session, key: str) -> Subject:
    return reporting.of_turn(session, turns.by_key(session, key.upper()).turn.key)


def _deed(kind: str) -> Callable[[Session, str], Subject]:
    return lambda session, slug: about.of_deed(session, kind, slug)


def _numbered(find: Callable[[Session, int], Subject]) -> Callable[[Session, str], Subject]:
    def found(session: Session, typed: str) -> Subject:
        if NUMBER.fullmatch(typed) is None:
            raise NotFound(NO_SUBJECT)
        return find(session, int(typed))

    return found


FIND: Mapping[str, Callable[[Session, str], Subject]] = {
    "turn": _of_turn,
    "position": _numbered(about.of_position),
    "tag": _numbered(about.of_tag),
    "translation": _numbered(about.of_translation),
    **{kind: _deed(kind) for kind in DEEDS},
}
"""What can be reported or asked about, by the name it has in the address: /report?turn=KEY, /report?program=SLUG …"""


@bp.get("/report")
def form() -> Response:
    """What is wrong, in the reader's own words; an address for an answer only if they want one."""
    return _form(Typed.of({"secret": reporting.new_secret()}), 200)


def _too_many() -> Response:
    typed = Typed.sent()
    typed.refusal = gettext(TOO_MANY)
    return _form(typed, 429)


@bp.post("/report", endpoint="sent")
@limited("10 per hour", again=_too_many)
def sent() -> Response:
    """Keep the report and show its receipt; sent twice it is one report."""
    typed = Typed.sent()
    database: Database = current_app.extensions["database"]
    with database.read() as session:
        subject = _subject(session)
    try:
        kind = typed.one_of("kind", _kinds(subject)) or ""
        text = typed.text("text", reporting.LONGEST, lines=True)
        contact = typed.text("contact", reporting.LONGEST_CONTACT, needed=False)
        if typed[TRAP]:
            typed.fail(TRAP, TRAPPED)
        typed.check()
        with database.write() as session:
            secret = reporting.report(session, subject, kind, text, contact, secret=typed["secret"] or "none")
    except Refusal as refusal:
        typed.refusal = translated(refusal)
        return _form(typed, 422)
    return redirect(url_for("reports.receipt", secret=secret), 303)


@bp.get("/reports")
def index() -> Response:
    """Every decision, refusals too, with its reason; the newest first."""
    number = page_number(request.args.get("page"))
    with reading() as session:
        lines = reports.decisions(session, SIZE + 1, (number - 1) * SIZE)
        shown = about.described(session, [(line.subject, line.subject_id) for line in lines])
    previous = url_for("reports.index", page=number - 1) if number > 1 else None
    following = url_for("reports.index", page=number + 1) if len(lines) > SIZE else None
    return page("reports/index.html", lines=lines[:SIZE], about=shown, previous=previous, next=following)


@bp.get("/reports/<secret>")
def receipt(secret: str) -> Response:
    """What became of one report, for whoever holds its link."""
    with reading() as session:
        line = reports.by_receipt(session, reporting.receipt(secret))
        shown = about.described(session, [(line.subject, line.subject_id)])
    return private(page("reports/receipt.html", line=line, about=shown, address=url_for(".receipt", secret=secret)))


def _subject(session: Session) -> Subject:
    """What the address names. Raises NotFound for nothing, and for what readers cannot see."""
    for name, find in FIND.items():
        if name in request.args:
            return find(session, request.args[name])
    raise NotFound(NO_SUBJECT)


def _kinds(subject: Subject) -> tuple[str, ...]:
    """What can be said of a subject."""
    return OF_DEEDS if subject.subject in DEEDS else OF_WORDS


def _form(typed: Typed, status: int) -> Response:
    with reading() as session:
        subject = _subject(session)
        shown = about.described(session, [(subject.subject, subject.id)]).get((subject.subject, subject.id))
    if shown is None:
        raise NotFound(NO_SUBJECT)
    return private(
        page(
            "reports/form.html",
            status=status,
            form=typed,
            subject=subject.subject,
            shown=shown,
            action=f"{url_for('reports.sent')}?{urlencode({name: request.args[name] for name in FIND if name in request.args})}",
            kinds=[(kind, complaint_words(kind)) for kind in _kinds(subject)],
            trap=TRAP,
            program=request.args.get("program"),
            days=reporting.REPLY_DAYS,
        )
    )
