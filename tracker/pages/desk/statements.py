"""/desk/races/<slug>/statements: what the candidates of a race are compared by, and how far each statement has come."""

from flask import Blueprint, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.entries import Doc, races, statement_merging, statements
from positions.queries import coding, topics
from tracker import edits
from tracker.accounts.admission import signed_in
from tracker.db import reading
from tracker.edits import Change
from tracker.forms import Typed
from tracker.i18n import current_language, gettext, translated
from tracker.pages.desk import entering
from tracker.pages.desk.entering import Entered
from tracker.pages.leading_on import lead_on
from tracker.rendering import page
from transcripts.errors import NotFound, Refusal

bp = Blueprint("statements", __name__, url_prefix="/desk/races")
bp.before_request(lead_on(slug="race", key="statement"))

TYPE_WORDS = {"scale": "For or against", "choice": "One of several answers"}
"""What can be said to a statement."""

HINTS = (
    "One idea only: no “and”, no “or”.",
    "Somebody can be for it and somebody against it.",
    "No word that praises or blames, and no “more”, “better” or “reasonable”: what would count as meeting it?",
    "As many statements that a candidate of one side would support as of the other.",
)
"""How a statement is written: shown beside the form."""


@bp.get("/<slug>/statements")
def index(slug: str) -> Response:
    """The statements of a race in their order."""
    with reading() as session:
        race = edits.held(session, "race", slug)
        listed = coding.progress(session, slug)
        standing = races.candidacies(session, slug)
    return page("desk/statements/index.html", slug=slug, race=race, listed=listed, candidates=len(standing))


@bp.get("/<slug>/statements/new")
def new(slug: str) -> Response:
    """An empty form."""
    return _new(slug, Typed.of({"type": "scale", "proposed_by": signed_in().name}), 200)


@bp.post("/<slug>/statements/new")
def create(slug: str) -> Response:
    """A new statement, the last of its race unless a place is given."""
    typed = Typed.sent()

    def make(session: Session) -> Entered:
        edits.held(session, "race", slug)
        doc = _typed(session, typed)
        typed.check()
        key = statements.new_slug(session, slug, doc["text"]["en"])
        if not typed["position"].strip():
            doc["position"] = statements.next_position(session, slug)
        change = Change("statement", key, {**doc, "contest": slug, "slug": key})
        return Entered(url_for(".show", slug=slug, key=key), f"race/{slug}", [change])

    return entering.enter(typed, "write a statement", make, lambda status: _new(slug, typed, status))


@bp.get("/<slug>/statements/<key>")
def show(slug: str, key: str) -> Response:
    """One statement, and where each candidate stands on it."""
    with reading() as session:
        doc = _held(session, slug, key)
    return _one(slug, key, Typed.of(entering.values(doc)), 200)


@bp.post("/<slug>/statements/<key>")
def change(slug: str, key: str) -> Response:
    """Other words, another topic or place."""
    typed = Typed.sent()

    def make(session: Session) -> Entered:
        present = _held(session, slug, key)
        doc = {**present, **_typed(session, typed)}
        return Entered(url_for(".show", slug=slug, key=key), f"race/{slug}", [Change("statement", key, doc)])

    return entering.enter(typed, "change a statement", make, lambda status: _one(slug, key, typed, status))


@bp.get("/<slug>/statements/<key>/merge")
def merging(slug: str, key: str) -> Response:
    """Which other statement of the race this is, and what merging the two would change."""
    return _merging(slug, key, Typed.of({"into": request.args.get("into", "")}), 200)


@bp.post("/<slug>/statements/<key>/merge")
def merge(slug: str, key: str) -> Response:
    """Give what was recorded on this statement to another; the old address leads there."""
    typed = Typed.sent()

    def make(session: Session) -> Entered:
        _held(session, slug, key)
        kept = str(typed.one_of("into", [one.slug for one in coding.progress(session, slug) if one.slug != key]))
        typed.check()
        change = Change("statement_merge", key, {"merged": kept})
        return Entered(url_for(".show", slug=slug, key=kept), f"race/{slug}", [change])

    return entering.enter(typed, "merge statements", make, lambda status: _merging(slug, key, typed, status), why=True)


def _held(session: Session, slug: str, key: str) -> Doc:
    doc = edits.held(session, "statement", key)
    if doc["contest"] != slug:
        raise NotFound("There is no statement “{key}” in the race “{slug}”.", key=key, slug=slug)
    return doc


def _typed(session: Session, typed: Typed) -> Doc:
    return {
        "text": entering.both(typed, "text", 500),
        "topic": typed.one_of("topic", [topic.slug for topic in topics.every(session)]),
        "type": typed.one_of("type", TYPE_WORDS),
        "synonyms": typed.rows("synonyms", 50),
        "proposed_by": typed.text("proposed_by", needed=False) or None,
        "position": typed.whole("position", 0, 10_000, needed=False) or 0,
    }


def _options(session: Session) -> list[tuple[str, str]]:
    """The topics as a list to choose from, those of the lower level after a dash."""
    lang = current_language()
    return [(topic.slug, f"{'– ' if topic.parent else ''}{topic.name.within(lang)}") for topic in topics.every(session)]


def _types() -> list[tuple[str, str]]:
    return [(code, gettext(words)) for code, words in TYPE_WORDS.items()]


def _new(slug: str, typed: Typed, status: int) -> Response:
    with reading() as session:
        race = edits.held(session, "race", slug)
        options = _options(session)
    return page(
        "desk/statements/new.html",
        status=status,
        slug=slug,
        race=race,
        form=typed,
        topics=options,
        types=_types(),
        hints=HINTS,
    )


def _one(slug: str, key: str, typed: Typed, status: int) -> Response:
    with reading() as session:
        race = edits.held(session, "race", slug)
        doc = _held(session, slug, key)
        options = _options(session)
        cells = coding.cells(session, slug, key)
    return page(
        "desk/statements/show.html",
        status=status,
        slug=slug,
        key=key,
        race=race,
        statement=doc,
        form=typed,
        topics=options,
        types=_types(),
        hints=HINTS,
        cells=cells,
        version=entering.seen(typed, doc, status),
        meeting=entering.meeting(typed, entering.values(doc), status),
    )


def _merging(slug: str, key: str, typed: Typed, status: int) -> Response:
    with reading() as session:
        doc = _held(session, slug, key)
        lang = current_language()
        others = {one.slug: one.text.within(lang) for one in coding.progress(session, slug) if one.slug != key}
        preview = _preview(session, key, typed) if typed["into"] in others else None
    return page(
        "desk/statements/merge.html",
        status=status,
        slug=slug,
        key=key,
        statement=doc,
        merge=typed,
        others=list(others.items()),
        preview=preview,
        kept=others.get(typed["into"]),
    )


def _preview(session: Session, key: str, typed: Typed) -> statement_merging.Merging | None:
    """What merging would move; None where the two cannot be one, which is said instead."""
    try:
        return statement_merging.preview(session, key, typed["into"])
    except Refusal as refusal:
        typed.refusal = translated(refusal)
        return None
