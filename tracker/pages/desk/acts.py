"""/desk/acts: laws and decisions of other bodies, what became of them, and what depends on each."""

from typing import Any

from flask import Blueprint, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.entries import Doc
from positions.entries import acts as entries
from positions.followthrough.queries import acts, citable
from positions.followthrough.vocabulary import ACT_LEVEL_WORDS, ACT_RESULT_WORDS, ActLevel, ActResult
from tracker import edits
from tracker.db import reading
from tracker.edits import Change
from tracker.forms import Typed
from tracker.i18n import gettext
from tracker.pages.desk import cited, entering
from tracker.pages.desk.entering import Entered
from tracker.pages.desk.program_parts import LINKS
from tracker.pages.desk.rows import Room
from tracker.rendering import page

bp = Blueprint("desk_acts", __name__, url_prefix="/desk/acts")

FACTS = "title summary level body result decided_on number fictional".split()


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
    typed = Typed.sent()

    def make(session: Session) -> Entered:
        doc = _typed(session, typed)
        typed.check()
        slug = entries.new_slug(session, doc["title"]["en"])
        return _of(slug, {**doc, "slug": slug, "links": []})

    return entering.enter(typed, "make a law or decision", make, lambda status: _new(typed, status))


@bp.get("/<slug>")
def show(slug: str) -> Response:
    """One law or decision: its facts, and what depends on it."""
    with reading() as session:
        doc = edits.held(session, "act", slug)
    return _one(slug, Typed.of(_values(doc)), 200)


@bp.post("/<slug>")
def change(slug: str) -> Response:
    """Other facts."""
    typed = Typed.sent()

    def make(session: Session) -> Entered:
        present = edits.held(session, "act", slug)
        return _of(slug, {**present, **_typed(session, typed)})

    return entering.enter(typed, "change a law or decision", make, lambda status: _one(slug, typed, status))


@bp.post("/<slug>/remove")
def remove(slug: str) -> Response:
    """Take a law or decision away; what depended on it stays."""
    typed = Typed.sent()

    def make(session: Session) -> Entered:
        edits.held(session, "act", slug)
        return Entered(url_for(".index"), f"act/{slug}", [Change("act", slug, None)])

    def again(status: int) -> Response:
        with reading() as session:
            kept = Typed.of(_values(edits.held(session, "act", slug)))
        kept.refusal = typed.refusal
        return _one(slug, kept, status)

    return entering.enter(typed, "take a law or decision away", make, again)


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


def _of(slug: str, doc: Doc) -> Entered:
    return Entered(url_for(".show", slug=slug), f"act/{slug}", [Change("act", slug, doc)])


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
    told = {**entering.values({name: doc[name] for name in FACTS}), **cited.values(doc["cited"])}
    return {name: str(value) for name, value in told.items()}


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
        form=typed,
        version=entering.seen(typed, doc, status),
        meeting=entering.meeting(typed, _values(doc), status),
        **facts,
    )
