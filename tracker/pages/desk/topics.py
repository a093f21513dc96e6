"""/desk/topics: the tree of subjects, their names in both languages, and two that are one."""

from flask import Blueprint, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.entries import Doc
from positions.entries import topics as entries
from positions.queries import topics
from tracker import edits
from tracker.db import reading
from tracker.edits import Change
from tracker.forms import NEEDED, Typed
from tracker.i18n import current_language
from tracker.pages.desk import entering
from tracker.pages.desk.entering import Entered
from tracker.rendering import page

bp = Blueprint("desk_topics", __name__, url_prefix="/desk/topics")

EXACT = "="
"""What stands before a name whose case counts: =LEAD is the program, not the verb."""


@bp.get("")
def index() -> Response:
    """The whole tree."""
    with reading() as session:
        every = topics.every(session)
    tree = [(topic, [child for child in every if child.parent == topic.slug]) for topic in every if not topic.parent]
    return page("desk/topics/index.html", tree=tree)


@bp.get("/new")
def new() -> Response:
    """An empty form."""
    return _new(Typed.of({"parent": request.args.get("under", "")}), 200)


@bp.post("/new")
def create() -> Response:
    """A new topic, the last of its level."""
    typed = Typed.sent()

    def make(session: Session) -> Entered:
        doc = _typed(session, typed)
        typed.check()
        slug = entries.new_slug(session, doc["name"]["en"])
        return _of(slug, [Change("topic", slug, {**doc, "slug": slug, "position": entries.next_position(session)})])

    return entering.enter(typed, "make a topic", make, lambda status: _new(typed, status))


@bp.get("/<slug>")
def show(slug: str) -> Response:
    """One topic."""
    with reading() as session:
        doc = edits.held(session, "topic", slug)
    return _one(slug, Typed.of(_values(doc)), 200)


@bp.post("/<slug>")
def change(slug: str) -> Response:
    """Other names, or another place in the tree."""
    typed = Typed.sent()

    def make(session: Session) -> Entered:
        present = edits.held(session, "topic", slug)
        return _of(slug, [Change("topic", slug, {**present, **_typed(session, typed)})])

    return entering.enter(typed, "change a topic", make, lambda status: _one(slug, typed, status))


@bp.get("/<slug>/merge")
def merging(slug: str) -> Response:
    """Which other one this is."""
    return _merging(slug, Typed.of({}), 200)


@bp.post("/<slug>/merge")
def merge(slug: str) -> Response:
    """Give everything that stands under this topic to another; the old address leads there."""
    typed = Typed.sent()

    def make(session: Session) -> Entered:
        edits.held(session, "topic", slug)
        kept = typed.one_of("into", [topic.slug for topic in topics.every(session) if topic.slug != slug])
        typed.check()
        return _of(str(kept), [Change("topic_merge", slug, {"merged": kept})])

    return entering.enter(typed, "merge topics", make, lambda status: _merging(slug, typed, status), why=True)


def _of(slug: str, changes: list[Change]) -> Entered:
    return Entered(url_for(".show", slug=slug), f"topic/{slug}", changes)


def _typed(session: Session, typed: Typed) -> Doc:
    return {
        "parent": typed.one_of("parent", [topic.slug for topic in topics.every(session)], needed=False),
        "name": _both(typed, "name"),
        "summary": _both(typed, "summary", needed=False),
        "aliases": [
            {"lang": lang, "text": name.removeprefix(EXACT).strip(), "exact_case": name.startswith(EXACT)}
            for lang in ("en", "es")
            for name in typed.rows(f"aliases_{lang}", 200)
        ],
    }


def _both(typed: Typed, name: str, *, needed: bool = True) -> Doc | None:
    """A text that must stand in both languages or in neither."""
    told = entering.both(typed, name, 500, needed=needed)
    if told and not told["es"]:
        typed.fail(f"{name}_es", NEEDED)
    return told


def _values(doc: Doc) -> dict[str, str]:
    """A topic as the fields of its form: other names one a line, those whose case counts after a sign."""
    names = {
        f"aliases_{lang}": "\n".join(
            f"{EXACT if one['exact_case'] else ''}{one['text']}" for one in doc["aliases"] if one["lang"] == lang
        )
        for lang in ("en", "es")
    }
    return entering.values({name: value for name, value in doc.items() if name != "aliases"}) | names


def _upper(session: Session, slug: str | None = None) -> list[tuple[str, str]]:
    lang = current_language()
    return [
        (topic.slug, topic.name.within(lang))
        for topic in topics.every(session)
        if topic.parent is None and topic.slug != slug
    ]


def _new(typed: Typed, status: int) -> Response:
    with reading() as session:
        upper = _upper(session)
    return page("desk/topics/new.html", status=status, form=typed, upper=upper)


def _one(slug: str, typed: Typed, status: int) -> Response:
    with reading() as session:
        doc = edits.held(session, "topic", slug)
        upper = _upper(session, slug)
    return page(
        "desk/topics/show.html",
        status=status,
        slug=slug,
        topic=doc,
        form=typed,
        upper=upper,
        version=entering.seen(typed, doc, status),
        meeting=entering.meeting(typed, _values(doc), status),
    )


def _merging(slug: str, typed: Typed, status: int) -> Response:
    with reading() as session:
        view = topics.by_slug(session, slug)
        lang = current_language()
        others = [(topic.slug, topic.name.within(lang)) for topic in topics.every(session) if topic.slug != slug]
    return page("desk/topics/merge.html", status=status, topic=view, form=typed, others=others)
