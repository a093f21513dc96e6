"""/desk/models: designs that programs follow, what each asks for, and the bodies behind it."""

from typing import Any

from flask import Blueprint
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.entries import Doc
from positions.entries import models as entries
from positions.followthrough.queries import citable, programs
from tracker import edits
from tracker.db import reading
from tracker.forms import Typed
from tracker.pages.desk import cited, entering
from tracker.pages.desk.facts import Facts
from tracker.pages.desk.program_parts import BODIES, CRITERIA, codes
from tracker.pages.desk.rows import Room
from tracker.rendering import page
from transcripts.queries import organisations

bp = Blueprint("desk_models", __name__, url_prefix="/desk/models")


def _choices(session: Session, doc: Doc) -> dict[str, Any]:
    return {
        "codes": codes,
        "grounds": citable.choices(session),
        "organisations": [(body.slug, body.name) for body in organisations.every(session)],
    }


ROOM = Room(
    "design", "change a design", "desk_models", "models", {part.name: part for part in (CRITERIA, BODIES)}, _choices
)


def _typed(session: Session, typed: Typed) -> Doc:
    text = entering.both(typed, "rule", needed=False)
    ground = cited.read(session, typed, needed=text is not None)
    return {
        "name": entering.both(typed, "name", 200),
        "summary": entering.both(typed, "summary"),
        "place": typed.text("place", needed=False) or None,
        "fictional": typed.ticked("fictional"),
        "rule": {"text": text, "cited": ground} if text else None,
    }


def _values(doc: Doc) -> dict[str, str]:
    rule = doc["rule"] or {"text": {"en": "", "es": ""}, "cited": None}
    told = entering.values({name: doc[name] for name in ("name", "summary", "place", "fictional")})
    ground = {name: str(value) for name, value in cited.values(rule["cited"]).items()}
    return {**told, **entering.values({"rule": rule["text"]}), **ground}


FACTS = Facts(
    "design", "desk_models", _typed, _values, name="name", new_slug=entries.new_slug, lists=("bodies", "criteria")
)


@bp.get("")
def index() -> Response:
    """Every design, and a form for another."""
    return _index(Typed.of({}), 200)


@bp.post("")
def create() -> Response:
    """A new design."""
    return FACTS.make("make a design", _index)


@bp.get("/<slug>")
def show(slug: str) -> Response:
    """One design: its facts, and its lists with a form for every row."""
    return FACTS.show(slug, _one)


@bp.post("/<slug>")
def change(slug: str) -> Response:
    """Other facts."""
    return FACTS.change(slug, "change a design", _one)


@bp.post("/<slug>/remove")
def remove(slug: str) -> Response:
    """Take a design away that no program follows."""
    return FACTS.remove(slug, "take a design away", _one)


@bp.get("/<slug>/<part>/<key>")
def row(slug: str, part: str, key: str) -> Response:
    """One row of one list."""
    return ROOM.show(slug, part, key)


@bp.post("/<slug>/<part>/<key>")
def save_row(slug: str, part: str, key: str) -> Response:
    """Another row, or a row as it shall be."""
    return ROOM.save(slug, part, key)


@bp.post("/<slug>/<part>/<key>/remove")
def remove_row(slug: str, part: str, key: str) -> Response:
    """Take a row away."""
    return ROOM.remove(slug, part, key)


def _index(typed: Typed, status: int) -> Response:
    with reading() as session:
        listed = programs.designs(session)
        known = citable.choices(session)
    return page("desk/models/index.html", status=status, listed=listed, form=typed, grounds=known)


def _one(slug: str, typed: Typed, status: int) -> Response:
    with reading() as session:
        doc = edits.held(session, "design", slug)
        known = citable.choices(session)
    return page(
        "desk/models/show.html",
        status=status,
        slug=slug,
        doc=doc,
        parts=ROOM.listed(doc),
        grounds=known,
        **FACTS.form(doc, typed, status),
    )
