"""/desk/findings: what somebody found of a program, what was answered, and links by which bodies reply themselves.

Nothing here is written over: a later record stands beside an earlier one, and what was wrong is taken back with its reason.
"""

from typing import Any

from flask import Blueprint, current_app, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.followthrough import finding, replying
from positions.followthrough.appending import Writer
from positions.followthrough.fidelity import Finding, Reply
from positions.followthrough.queries import citable, fidelity
from positions.followthrough.vocabulary.fidelity import Fidelity
from positions.followthrough_entries.findings import Finding as FindingEntry
from positions.followthrough_entries.findings import Reply as ReplyEntry
from positions.load_document import checked
from positions.load_followthrough import findings, replies
from tracker.accounts import audit
from tracker.accounts.admission import signed_in
from tracker.acting import Done, attempt
from tracker.db import Database, reading
from tracker.deeds import in_words
from tracker.forms import Typed
from tracker.freezing import guard
from tracker.i18n import LANGUAGES, translated
from tracker.pages.desk import cited, entering
from tracker.rendering import page
from tracker.replying import bodies
from transcripts.bilingual import Bilingual
from transcripts.errors import Conflict, NotFound, Refusal

bp = Blueprint("desk_findings", __name__, url_prefix="/desk/findings")

WHAT = {"finding": finding.withdraw, "reply": replying.withdraw}
"""What can be taken back, and by which writer."""


@bp.get("")
def index() -> Response:
    """Every program; those that follow a design can be compared with it."""
    with reading() as session:
        listed = fidelity.programs(session)
    return page("desk/findings/index.html", listed=listed)


@bp.get("/<slug>")
def show(slug: str) -> Response:
    """One program: what stands, and the ways to record more."""
    with reading() as session:
        told = _told(session, slug)
    return page("desk/findings/show.html", **told)


@bp.get("/<slug>/find")
def finding_form(slug: str) -> Response:
    """A form for a finding."""
    return _finding(slug, Typed.of({"criterion": request.args.get("criterion", "")}), 200)


@bp.post("/<slug>/find")
def find(slug: str) -> Response:
    """Record a finding."""
    typed = _sent(slug)

    def work(session: Session) -> Done:
        said = {
            "program": slug,
            "criterion": typed.text("criterion", 120),
            "result": typed.one_of("result", list(Fidelity)),
            "on": typed.text("on", 10),
            "text": entering.both(typed, "text"),
            "found_by": typed.text("found_by"),
            "interest": entering.both(typed, "interest", needed=False),
            "request": typed.text("request", 120, needed=False) or None,
            "cited": cited.read(session, typed, needed=False),
        }
        typed.check()
        outcome = findings.keep(session, checked(FindingEntry, said), Writer(signed_in().name))
        return _done(slug, outcome, typed["criterion"])

    return attempt(typed, "record a finding", work, lambda status: _finding(slug, typed, status))


@bp.get("/<slug>/reply")
def reply_form(slug: str) -> Response:
    """A form for what a body answered."""
    with reading() as session:
        run_by = fidelity.program(session, slug).run_by
    first = {"about": request.args.get("about", ""), "language": "en", "replied_by": next(iter(run_by), "")}
    return _reply(slug, Typed.of(first), 200)


@bp.post("/<slug>/reply")
def reply(slug: str) -> Response:
    """Record what a body answered, word for word."""
    typed = _sent(slug)

    def work(session: Session) -> Done:
        kind, _, name = typed["about"].partition("-")
        said = {
            "program": slug,
            "criterion": name if kind == "c" else None,
            "concern": name if kind == "q" else None,
            "replied_by": typed.text("replied_by"),
            "words": typed.text("words", 20_000, lines=True),
            "language": typed.one_of("language", list(LANGUAGES)),
            "on": typed.day("on"),
            "received": typed.text("received", 500, needed=False) or None,
            "cited": cited.read(session, typed, needed=False),
        }
        typed.check()
        outcome = replies.keep(session, checked(ReplyEntry, said), Writer(signed_in().name))
        return _done(slug, outcome, typed["about"])

    return attempt(typed, "record a reply", work, lambda status: _reply(slug, typed, status))


@bp.get("/<slug>/take-back/<what>/<key>")
def back_form(slug: str, what: str, key: str) -> Response:
    """A form to take one record back."""
    return _back(slug, what, key, Typed.of({}), 200)


@bp.post("/<slug>/take-back/<what>/<key>")
def take_back(slug: str, what: str, key: str) -> Response:
    """Take one record back; it stays readable with the reason."""
    typed = _sent(slug)
    with reading() as session:
        _one(session, slug, what, key)

    def work(session: Session) -> Done:
        why = entering.both(typed, "why")
        typed.check()
        said = Bilingual(why["en"], why["es"]) if why else Bilingual("")
        WHAT[what](session, fidelity.program(session, slug).id, key, said, Writer(signed_in().name))
        return Done(url_for(".show", slug=slug), f"program/{slug}", f"{what} {key}")

    return attempt(typed, f"take a {what} back", work, lambda status: _back(slug, what, key, typed, status))


@bp.get("/<slug>/invite")
def invite_form(slug: str) -> Response:
    """A form for a link with which a body replies itself."""
    with reading() as session:
        run_by = fidelity.program(session, slug).run_by
    return _invite(slug, Typed.of({"body": next(iter(run_by), "")}), 200)


@bp.post("/<slug>/invite")
def invite(slug: str) -> Response:
    """Make the link, and show it this once."""
    typed, who = _sent(slug), signed_in()
    database: Database = current_app.extensions["database"]
    try:
        with database.write() as session:
            body, verified = typed.text("body"), typed.text("verified", 500)
            typed.check()
            guard.acts(session, guard.Acting(who.name, "invite a body to reply", who.id))
            secret = bodies.invite(session, slug, body, verified, who.name)
            audit.note(session, (who.id, who.name), "invite a body to reply", f"program/{slug}", body)
    except Refusal as refusal:
        typed.refusal = translated(refusal)
        return _invite(slug, typed, 409 if isinstance(refusal, Conflict) else 422)
    return _invite(slug, Typed.of({}), 201, secret)


def _sent(slug: str) -> Typed:
    with reading() as session:
        fidelity.program(session, slug)  # a program that is not there is not found, whatever was typed
    return Typed.sent()


def _done(slug: str, outcome: str, about: str) -> Done:
    return Done(url_for(".show", slug=slug, kept=outcome), f"program/{slug}", about)


def _told(session: Session, slug: str) -> dict[str, Any]:
    program = fidelity.program(session, slug)
    checklist, raised, asked = fidelity.whole(session, program.id, Writer("").today(program.zone))
    return {
        "program": program,
        "checklist": checklist,
        "raised": raised,
        "asked": asked,
        "invited": bodies.of_program(session, slug),
        "kept": request.args.get("kept", ""),
    }


def _finding(slug: str, typed: Typed, status: int) -> Response:
    with reading() as session:
        told = _told(session, slug)
        choices = citable.choices(session)
    return page(
        "desk/findings/find.html",
        status=status,
        form=typed,
        choices=choices,
        results=[(result, in_words(result)) for result in Fidelity],
        **told,
    )


def _reply(slug: str, typed: Typed, status: int) -> Response:
    with reading() as session:
        told = _told(session, slug)
        choices = citable.choices(session)
    languages = list(LANGUAGES.items())
    return page(
        "desk/findings/reply.html", status=status, form=typed, choices=choices, languages_of_words=languages, **told
    )


def _one(session: Session, slug: str, what: str, key: str) -> tuple[dict[str, Any], Finding | Reply]:
    """A record that stands or was said before. Raises NotFound."""
    told = _told(session, slug)
    said: list[Finding | Reply] = []
    if what == "finding":
        said = [one for row in told["checklist"].rows for one in row.standing + row.earlier + row.taken_back]
    elif what == "reply":
        held = [told["checklist"].replies, *(row.replies for row in told["checklist"].rows)]
        held += [one.replies for one in told["raised"]]
        said = [one for of in held for one in of.standing + of.earlier + of.taken_back]
    found = next((one for one in said if one.key == key), None)
    if found is None:
        raise NotFound("There is no such record (any more).")
    return told, found


def _back(slug: str, what: str, key: str, typed: Typed, status: int) -> Response:
    with reading() as session:
        told, one = _one(session, slug, what, key)
    return page("desk/findings/take_back.html", status=status, form=typed, what=what, one=one, **told)


def _invite(slug: str, typed: Typed, status: int, secret: str | None = None) -> Response:
    with reading() as session:
        told = _told(session, slug)
    site_url = current_app.config["TRACKER"].site_url
    link = f"{site_url}{url_for('body_replies.show', secret=secret)}" if secret else None
    return page("desk/findings/invite.html", status=status, form=typed, link=link, **told)
