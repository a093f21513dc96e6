"""/desk/acts: laws and decisions of other bodies, what became of them, and what depends on each."""

from typing import Any

from flask import Blueprint
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.entries import Doc
from positions.entries import acts as entries
from positions.followthrough.queries import acts, citable
from positions.followthrough.vocabulary.acts import ACT_LEVEL_WORDS, ACT_RESULT_WORDS, ActLevel, ActResult
from tracker import edits
from tracker.db import reading
from tracker.forms import Typed
from tracker.i18n import gettext
from tracker.pages.desk import cited, entering
from tracker.pages.desk.facts import Facts
from tracker.pages.desk.program_parts import LINKS
from tracker.pages.desk.rows import Room
from tracker.rendering import page

bp = Blueprint("desk_acts", __name__, url_prefix="/desk/acts")

FIELDS = "title summary level body result decided_on number fictional".split()


def _choices(session: Session, doc: Doc) -> dict[str, Any]:
    told = citable.belongings(session)
    return {
        "linked": [
            *((f"program:{slug}", name) for slug, name in told.programs),
            *((f"commitment:{slug}", name) for slug, name in acts.commitments(session)),
            *((f"statement:{slug}", name) for slug, name in told.statements),
        ],
        "people": [(value.partition(":")[2], name) for value, name in told.makers if value.startswith("person:")],
    }


ROOM = Room("act", "change a law or decision", "desk_acts", "acts", {LINKS.name: LINKS}, _choices)


def _typed(session: Session, typed: Typed) -> Doc:
    return {
        "title": entering.both(typed, "title", 200),
        "summary": entering.both(typed, "summary"),
        "level": typed.one_of("level", list(ActLevel)),
        "body": typed.text("body"),
        "result": typed.one_of("result", list(ActResult)),
        "decided_on": typed.text("decided_on", 10, needed=False) or None,
        "number": typed.text("number", needed=False) or None,
        "fictional": typed.ticked("fictional"),
        "cited": cited.read(session, typed),
    }


def _values(doc: Doc) -> dict[str, str]:
    told = {**entering.values({name: doc[name] for name in FIELDS}), **cited.values(doc["cited"])}
    return {name: str(value) for name, value in told.items()}


FACTS = Facts("act", "desk_acts", _typed, _values, name="title", new_slug=entries.new_slug, lists=("links",))


@bp.get("")
def index() -> Response:
    """Every law and decision."""
    with reading() as session:
        listed = acts.every(session)
    return page("desk/acts/index.html", listed=listed)


@bp.get("/new")
def new() -> Response:
    """An empty form."""
    return _new(Typed.of({}), 200)


@bp.post("/new")
def create() -> Response:
    """A new law or decision."""
    return FACTS.make("make a law or decision", _new)


@bp.get("/<slug>")
def show(slug: str) -> Response:
    """One law or decision: its facts, and what depends on it."""
    return FACTS.show(slug, _one)


@bp.post("/<slug>")
def change(slug: str) -> Response:
    """Other facts."""
    return FACTS.change(slug, "change a law or decision", _one)


@bp.post("/<slug>/remove")
def remove(slug: str) -> Response:
    """Take a law or decision away; what depended on it stays."""
    return FACTS.remove(slug, "take a law or decision away", _one)


@bp.get("/<slug>/<part>/<key>")
def row(slug: str, part: str, key: str) -> Response:
    """One thing that depends on it."""
    return ROOM.show(slug, part, key)


@bp.post("/<slug>/<part>/<key>")
def save_row(slug: str, part: str, key: str) -> Response:
    """Another thing that depends on it, or one as it shall be."""
    return ROOM.save(slug, part, key)


@bp.post("/<slug>/<part>/<key>/remove")
def remove_row(slug: str, part: str, key: str) -> Response:
    """Take it away from what depends on it."""
    return ROOM.remove(slug, part, key)


def _facts(session: Session) -> dict[str, Any]:
    return {
        "grounds": citable.choices(session),
        "levels": [(str(level), gettext(words)) for level, words in ACT_LEVEL_WORDS.items()],
        "results": [(str(result), gettext(words)) for result, words in ACT_RESULT_WORDS.items()],
    }


def _new(typed: Typed, status: int) -> Response:
    with reading() as session:
        facts = _facts(session)
    return page("desk/acts/new.html", status=status, form=typed, **facts)


def _one(slug: str, typed: Typed, status: int) -> Response:
    with reading() as session:
        doc = edits.held(session, "act", slug)
        facts = _facts(session)
    return page(
        "desk/acts/show.html",
        status=status,
        slug=slug,
        doc=doc,
        parts=ROOM.listed(doc),
        **FACTS.form(doc, typed, status),
        **facts,
    )
