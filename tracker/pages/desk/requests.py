"""/desk/requests: requests for records, and what came of them. What was asked can be put right; what came of it is only added to."""

from datetime import UTC, datetime

from flask import Blueprint, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.entries import Doc
from positions.entries import requests as entries
from positions.followthrough import requesting
from positions.followthrough.appending import Writer
from positions.followthrough.queries import fidelity, requests
from positions.followthrough.queries.requests import documents
from positions.followthrough.vocabulary.requests import RequestOutcome
from positions.followthrough_entries.requests import RequestEvent
from positions.load_document import checked
from positions.load_followthrough.requests import keep_event
from tracker import edits
from tracker.accounts.admission import signed_in
from tracker.acting import Done, attempt
from tracker.db import reading
from tracker.deeds import in_words
from tracker.forms import Typed
from tracker.pages.desk import entering
from tracker.pages.desk.facts import Facts
from tracker.rendering import page
from transcripts.bilingual import Bilingual
from transcripts.errors import NotFound

bp = Blueprint("desk_requests", __name__, url_prefix="/desk/requests")

KIND = "records_request"


def _typed(_session: Session, typed: Typed) -> Doc:
    asked_on, due_on = typed.day("asked_on"), typed.day("due_on", needed=False)
    return {
        "program": typed.text("program", 120, needed=False) or None,
        "what": entering.both(typed, "what"),
        "asked_of": typed.text("asked_of"),
        "asked_by": typed.text("asked_by"),
        "asked_on": asked_on.isoformat() if asked_on else None,
        "due_on": due_on.isoformat() if due_on else None,
        "law": typed.text("law", 300, needed=False) or None,
        "document": typed.text("document", 120, needed=False) or None,
        "fictional": typed.ticked("fictional"),
    }


FACTS = Facts(KIND, "desk_requests", _typed, entering.values, name="what", new_slug=entries.new_slug)


@bp.get("")
def index() -> Response:
    """Every request, those that wait longest first, and a form for another."""
    return _index(Typed.of({"program": request.args.get("program", "")}), 200)


@bp.post("")
def create() -> Response:
    """A new request."""
    return FACTS.make("write down a request for records", _index)


@bp.get("/<slug>")
def show(slug: str) -> Response:
    """One request: what was asked, and what came of it."""
    return FACTS.show(slug, _one)


@bp.post("/<slug>")
def change(slug: str) -> Response:
    """Put right what was asked."""
    return FACTS.change(slug, "change a request for records", _one)


@bp.get("/<slug>/came")
def event_form(slug: str) -> Response:
    """A form for what came of a request."""
    return _event(slug, Typed.of({}), 200)


@bp.post("/<slug>/came")
def record(slug: str) -> Response:
    """Record what came of a request."""
    typed = _sent(slug)

    def work(session: Session) -> Done:
        said = {
            "outcome": typed.one_of("outcome", list(RequestOutcome)),
            "on": typed.day("on"),
            "due_on": typed.day("due_on", needed=False),
            "text": entering.both(typed, "text", needed=False),
            "document": typed.text("document", 120, needed=False) or None,
        }
        typed.check()
        held = requests.by_slug(session, slug, datetime.now(UTC))
        keep_event(session, held.id, checked(RequestEvent, said), Writer(signed_in().name))
        return Done(url_for(".show", slug=slug), f"{KIND}/{slug}", str(said["outcome"]))

    return attempt(typed, "record what came of a request", work, lambda status: _event(slug, typed, status))


@bp.get("/<slug>/take-back/<key>")
def back_form(slug: str, key: str) -> Response:
    """A form to take one event back."""
    return _back(slug, key, Typed.of({}), 200)


@bp.post("/<slug>/take-back/<key>")
def take_back(slug: str, key: str) -> Response:
    """Take one event back; it stays readable with the reason."""
    typed = _sent(slug, key)

    def work(session: Session) -> Done:
        why = entering.both(typed, "why")
        typed.check()
        said = Bilingual(why["en"], why["es"]) if why else Bilingual("")
        held = requests.by_slug(session, slug, datetime.now(UTC))
        requesting.withdraw(session, held.id, key, said, Writer(signed_in().name))
        return Done(url_for(".show", slug=slug), f"{KIND}/{slug}", key)

    return attempt(typed, "take back what came of a request", work, lambda status: _back(slug, key, typed, status))


def _sent(slug: str, key: str | None = None) -> Typed:
    with reading() as session:
        held = requests.by_slug(session, slug, datetime.now(UTC))
    if key is not None and not any(one.key == key for one in held.standing.history):
        raise NotFound("There is no such record (any more).")
    return Typed.sent()


def _index(typed: Typed, status: int) -> Response:
    with reading() as session:
        listed = requests.every(session, datetime.now(UTC))
        programs, papers = fidelity.programs(session), documents(session)
    return page(
        "desk/requests/index.html", status=status, listed=listed, programs=programs, documents=papers, form=typed
    )


def _one(slug: str, typed: Typed, status: int) -> Response:
    with reading() as session:
        doc = edits.held(session, KIND, slug)
        one = requests.by_slug(session, slug, datetime.now(UTC))
        programs, papers = fidelity.programs(session), documents(session)
    return page(
        "desk/requests/show.html",
        status=status,
        one=one,
        programs=programs,
        documents=papers,
        **FACTS.form(doc, typed, status),
    )


def _event(slug: str, typed: Typed, status: int) -> Response:
    with reading() as session:
        one = requests.by_slug(session, slug, datetime.now(UTC))
        papers = documents(session)
    outcomes = [(outcome, in_words(outcome)) for outcome in RequestOutcome]
    return page("desk/requests/came.html", status=status, one=one, documents=papers, outcomes=outcomes, form=typed)


def _back(slug: str, key: str, typed: Typed, status: int) -> Response:
    with reading() as session:
        one = requests.by_slug(session, slug, datetime.now(UTC))
    event = next((event for event in one.standing.history if event.key == key), None)
    if event is None:
        raise NotFound("There is no such record (any more).")
    return page("desk/requests/take_back.html", status=status, one=one, event=event, form=typed)
