"""/desk/commitments: what was said would be done: the facts of each, and what of all of them an editor should look at."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, request
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.entries import Doc
from positions.entries import commitments as entries
from positions.followthrough.queries import citable, commitments
from positions.followthrough.queries.commitments import days_of
from positions.followthrough.reminders import WHY_WORDS
from positions.followthrough.vocabulary.commitments import COMMITMENT_WORDS, CommitmentKind
from positions.scale import EvidenceKind
from tracker import edits
from tracker.db import reading
from tracker.forms import Typed
from tracker.i18n import gettext
from tracker.pages.desk import cited, entering
from tracker.pages.desk.facts import Facts
from tracker.pages.turns import placed
from tracker.rendering import page
from tracker.wording import evidence_words
from transcripts.errors import NotFound

bp = Blueprint("desk_commitments", __name__, url_prefix="/desk/commitments")

ORIGINS = (EvidenceKind.QUOTATION, EvidenceKind.REPORTED_QUOTATION, EvidenceKind.SOURCE_SUMMARY)
"""How we may know the words a commitment rests on."""
NO_MAKER = "Choose the person or body who said it."


def _typed(session: Session, typed: Typed) -> Doc:
    made, _, maker = (
        typed.one_of("maker", [value for value, _ in citable.belongings(session).makers]) or ""
    ).partition(":")
    if not maker:
        typed.fail("maker", NO_MAKER)
    texts = {name: entering.both(typed, name, needed=name == "title") for name in entries.TEXTS}
    days = {name: typed.day(name, needed=name == "said_on") for name in entries.DAYS}
    return {
        "kind": typed.one_of("kind", list(CommitmentKind)),
        "person": maker if made == "person" else None,
        "organisation": maker if made == "organisation" else None,
        **{name: typed.text(name, 120, needed=False) or None for name in ("contest", "program", "topic", "statement")},
        **texts,
        **{name: day.isoformat() if day else None for name, day in days.items()},
        "zone": typed.text("zone", 64),
        "measurable": typed.ticked("measurable"),
        "responsible": typed.text("responsible", needed=False) or None,
        "every_months": typed.whole("every_months", 1, 120, needed=False),
        "origin_kind": typed.one_of("origin_kind", ORIGINS),
        "fragment": typed.text("fragment", needed=False) or None,
        "fictional": typed.ticked("fictional"),
        "cited": cited.read(session, typed),
    }


def _values(doc: Doc) -> dict[str, object]:
    made = {f"{kind}:{doc[kind]}" for kind in ("person", "organisation") if doc[kind]}
    told = {name: value for name, value in doc.items() if name != "cited"}
    return {**entering.values(told), **cited.values(doc["cited"]), "maker": next(iter(made), "")}


FACTS = Facts("commitment", "desk_commitments", _typed, _values, name="title", new_slug=entries.new_slug)


@bp.get("")
def index() -> Response:
    """Every commitment, and first of all what an editor should look at."""
    with reading() as session:
        every = commitments.every(session, days_of(datetime.now(UTC)), whole=True)
    told = {one.slug: one for one in every}
    waiting = [
        (gettext(WHY_WORDS[one.why]), one, told[one.slug])
        for one in commitments.waiting(every, datetime.now(UTC).date())
    ]
    return page("desk/commitments/index.html", listed=every, waiting=waiting)


@bp.get("/new")
def new() -> Response:
    """An empty form; or one that holds what a piece of evidence or words of a turn say already."""
    with reading() as session:
        known = _begun(session)
    return _new(Typed.of({"kind": CommitmentKind.PROMISE, "zone": "UTC", **known}), 200)


@bp.post("/new")
def create() -> Response:
    """A new commitment."""
    return FACTS.make("make a commitment", _new)


@bp.get("/<slug>")
def show(slug: str) -> Response:
    """One commitment: its facts, what was recorded of it, and the ways to record more."""
    return FACTS.show(slug, _one)


@bp.post("/<slug>")
def change(slug: str) -> Response:
    """Other facts."""
    return FACTS.change(slug, "change a commitment", _one)


@bp.post("/<slug>/remove")
def remove(slug: str) -> Response:
    """Take a commitment away of which nothing was recorded."""
    return FACTS.remove(slug, "take a commitment away", _one)


def _begun(session: Session) -> dict[str, str | None]:
    """What the address names: a piece of evidence, words of a turn, or a source. Raises NotFound where it is not there."""
    asked = request.args
    if "evidence" in asked:
        if not asked["evidence"].isdecimal() or len(asked["evidence"]) > 9:
            raise NotFound("There is no such piece of evidence (any more).")
        return citable.from_evidence(session, int(asked["evidence"]))
    if "turn" in asked:
        place = placed(asked.get("words"), asked.get("v")) or ()
        return citable.from_words(session, asked["turn"].upper(), *place)
    return {"ground": f"source:{asked['source']}"} if "source" in asked else {}


def _choices(session: Session) -> dict[str, Any]:
    return {
        "belongings": citable.belongings(session),
        "grounds": citable.choices(session),
        "kinds": [(str(kind), gettext(words)) for kind, words in COMMITMENT_WORDS.items()],
        "origins": [(str(kind), evidence_words(kind)) for kind in ORIGINS],
    }


def _new(typed: Typed, status: int) -> Response:
    with reading() as session:
        choices = _choices(session)
    return page("desk/commitments/new.html", status=status, form=typed, **choices)


def _one(slug: str, typed: Typed, status: int) -> Response:
    with reading() as session:
        doc = edits.held(session, "commitment", slug)
        one = commitments.one(session, slug, days_of(datetime.now(UTC)), whole=True)
        choices = _choices(session)
    return page(
        "desk/commitments/show.html",
        status=status,
        one=one,
        **FACTS.form(doc, typed, status),
        **choices,
    )
