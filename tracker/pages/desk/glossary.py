"""/desk/glossary: words readers may not know, with every way they are written."""

from typing import Any

from flask import Blueprint
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.entries import Doc
from positions.entries import terms as entries
from positions.followthrough.queries import citable, terms
from tracker import edits
from tracker.db import reading
from tracker.forms import NEEDED, Typed
from tracker.pages.desk import cited, entering
from tracker.pages.desk.facts import Facts
from tracker.rendering import page

bp = Blueprint("desk_glossary", __name__, url_prefix="/desk/glossary")

EXACT = "="
"""Before another way of writing a word that counts only where capitals are the same."""
MOST_WAYS = 50


def _typed(session: Session, typed: Typed) -> Doc:
    return {
        "term": _in_both(typed, "term", 120),
        "meaning": _in_both(typed, "meaning", entering.LONG),
        "aliases": [one for lang in ("en", "es") for one in _ways(typed, lang)],
        "topic": typed.text("topic", 120, needed=False) or None,
        "cited": cited.read(session, typed, needed=False),
    }


def _in_both(typed: Typed, name: str, most: int) -> Doc | None:
    """A text that must stand in both languages."""
    text = entering.both(typed, name, most)
    if text and not text["es"]:
        typed.fail(f"{name}_es", NEEDED)
    return text


def _ways(typed: Typed, lang: str) -> list[Doc]:
    lines = typed.rows(f"aliases_{lang}", MOST_WAYS)
    return [
        {"lang": lang, "text": line.removeprefix(EXACT).strip(), "exact_case": line.startswith(EXACT)}
        for line in lines
        if line.removeprefix(EXACT).strip()
    ]


def _values(doc: Doc) -> dict[str, str]:
    ways = {
        f"aliases_{lang}": "\n".join(
            f"{EXACT if one['exact_case'] else ''}{one['text']}" for one in doc["aliases"] if one["lang"] == lang
        )
        for lang in ("en", "es")
    }
    told = entering.values({name: doc[name] for name in ("term", "meaning", "topic")})
    return {**told, **ways, **{name: str(value) for name, value in cited.values(doc["cited"]).items()}}


FACTS = Facts("term", "desk_glossary", _typed, _values, name="term", new_slug=entries.new_slug)


@bp.get("")
def index() -> Response:
    """Every word, and a form for another."""
    return _index(Typed.of({}), 200)


@bp.post("")
def create() -> Response:
    """A new word."""
    return FACTS.make("explain a word", _index)


@bp.get("/<slug>")
def show(slug: str) -> Response:
    """One word."""
    return FACTS.show(slug, _one)


@bp.post("/<slug>")
def change(slug: str) -> Response:
    """Explain it another way."""
    return FACTS.change(slug, "explain a word", _one)


@bp.post("/<slug>/remove")
def remove(slug: str) -> Response:
    """Take a word out of the glossary."""
    return FACTS.remove(slug, "take a word out of the glossary", _one)


def _facts(session: Session) -> dict[str, Any]:
    return {"grounds": citable.choices(session), "topics": citable.belongings(session).topics}


def _index(typed: Typed, status: int) -> Response:
    with reading() as session:
        listed = terms.every(session)
        facts = _facts(session)
    return page("desk/glossary/index.html", status=status, listed=listed, form=typed, **facts)


def _one(slug: str, typed: Typed, status: int) -> Response:
    with reading() as session:
        doc = edits.held(session, "term", slug)
        facts = _facts(session)
    return page(
        "desk/glossary/show.html",
        status=status,
        slug=slug,
        doc=doc,
        **FACTS.form(doc, typed, status),
        **facts,
    )
