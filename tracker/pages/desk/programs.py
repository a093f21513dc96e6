"""/desk/programs: what a place does about what was promised: facts, history, money, bodies, claims, concerns."""

from typing import Any

from flask import Blueprint
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.entries import Doc
from positions.entries import programs as entries
from positions.followthrough.queries import citable, programs, watching
from positions.followthrough.vocabulary.programs import STAGE_WORDS, Stage
from tracker import edits
from tracker.db import reading
from tracker.forms import Typed
from tracker.i18n import gettext
from tracker.pages.desk import entering
from tracker.pages.desk.facts import Facts
from tracker.pages.desk.program_parts import BODIES, CLAIMS, CONCERNS, HISTORY, MONEY, codes
from tracker.pages.desk.rows import Room
from tracker.rendering import page
from transcripts.queries import organisations

bp = Blueprint("desk_programs", __name__, url_prefix="/desk/programs")

FIELDS = "name summary interest model topic place zone stage began ended elsewhere fictional maintained_by".split()
LISTS = ("bodies", "history", "money", "claims", "concerns")


def _choices(session: Session, doc: Doc) -> dict[str, Any]:
    model = edits.held(session, "design", doc["model"]) if doc["model"] else {"criteria": []}
    return {
        "codes": codes,
        "grounds": citable.choices(session),
        "organisations": [(body.slug, body.name) for body in organisations.every(session)],
        "criteria": [(one["slug"], one["text"]["en"]) for one in model["criteria"]],
    }


PARTS = {part.name: part for part in (HISTORY, MONEY, BODIES, CLAIMS, CONCERNS)}
ROOM = Room("program", "change a program", "desk_programs", "programs", PARTS, _choices)


def _typed(session: Session, typed: Typed) -> Doc:
    told = citable.belongings(session)
    documents = [choice.value.partition(":")[2] for choice in _documents(session)]
    return {
        "name": entering.both(typed, "name", 200),
        "summary": entering.both(typed, "summary"),
        "interest": entering.both(typed, "interest", needed=False),
        "model": typed.text("model", 120, needed=False) or None,
        "topic": typed.text("topic", 120, needed=False) or None,
        "place": typed.text("place"),
        "zone": typed.text("zone", 64),
        "stage": typed.one_of("stage", list(Stage)),
        "began": typed.text("began", 10, needed=False) or None,
        "ended": typed.text("ended", 10, needed=False) or None,
        "elsewhere": typed.ticked("elsewhere"),
        "fictional": typed.ticked("fictional"),
        "maintained_by": typed.text("maintained_by", needed=False) or None,
        "statements": typed.some_of("statements", [slug for slug, _ in told.statements]),
        "documents": typed.some_of("documents", documents),
    }


def _values(doc: Doc) -> dict[str, str]:
    return entering.values({name: doc[name] for name in FIELDS})


def _documents(session: Session) -> list[citable.Choice]:
    return [one for one in citable.choices(session) if one.value.startswith("document:")]


FACTS = Facts("program", "desk_programs", _typed, _values, name="name", new_slug=entries.new_slug, lists=LISTS)


@bp.get("")
def index() -> Response:
    """Every program."""
    with reading() as session:
        listed = watching.every(session)
    return page("desk/programs/index.html", listed=listed)


@bp.get("/new")
def new() -> Response:
    """An empty form."""
    return _new(Typed.of({"zone": "UTC", "stage": Stage.PROPOSED}), 200)


@bp.post("/new")
def create() -> Response:
    """A new program."""
    return FACTS.make("make a program", _new)


@bp.get("/<slug>")
def show(slug: str) -> Response:
    """One program: its facts, and its lists with a form for every row."""
    return FACTS.show(slug, _one)


@bp.post("/<slug>")
def change(slug: str) -> Response:
    """Other facts."""
    return FACTS.change(slug, "change a program", _one)


@bp.post("/<slug>/remove")
def remove(slug: str) -> Response:
    """Take a program away of which nothing was recorded."""
    return FACTS.remove(slug, "take a program away", _one)


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


def _facts(session: Session) -> dict[str, Any]:
    told = citable.belongings(session)
    return {
        "stages": [(str(stage), gettext(words)) for stage, words in STAGE_WORDS.items()],
        "designs": [(one.slug, one.name.en) for one in programs.designs(session)],
        "topics": told.topics,
        "every_statement": told.statements,
        "every_document": [(one.value.partition(":")[2], one.name) for one in _documents(session)],
    }


def _new(typed: Typed, status: int) -> Response:
    with reading() as session:
        facts = _facts(session)
    return page("desk/programs/new.html", status=status, form=typed, statements=[], documents=[], **facts)


def _one(slug: str, typed: Typed, status: int) -> Response:
    with reading() as session:
        doc = edits.held(session, "program", slug)
        facts = _facts(session)
    sent = "why" in typed.values
    return page(
        "desk/programs/show.html",
        status=status,
        slug=slug,
        doc=doc,
        parts=ROOM.listed(doc),
        statements=typed.all("statements") if sent else doc["statements"],
        documents=typed.all("documents") if sent else doc["documents"],
        **FACTS.form(doc, typed, status),
        **facts,
    )
