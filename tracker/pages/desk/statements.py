"""/desk/races/<slug>/statements: what the candidates of a race are compared by, and how far each statement has come."""

from datetime import date

from flask import Blueprint, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions import wording_rules
from positions.entries import Doc, races, statement_merging, statements, wordings
from positions.queries import coding, contests, topics
from tracker import edits
from tracker.accounts import people
from tracker.accounts.admission import signed_in
from tracker.db import reading
from tracker.edits import Change
from tracker.forms import Typed
from tracker.i18n import current_language, gettext, translated
from tracker.pages.desk import entering
from tracker.pages.desk.entering import Entered
from tracker.pages.leading_on import lead_on
from tracker.rendering import page
from tracker.site import read as site_facts
from transcripts.errors import NotFound, Refusal

bp = Blueprint("statements", __name__, url_prefix="/desk/races")
bp.before_request(lead_on(slug="race", key="statement"))

TYPE_WORDS = {"scale": "For or against", "choice": "One of several answers"}
"""What can be said to a statement."""

MOST_ANSWERS = 20
TWO_ANSWERS = "Two answers at least, one a line, each another."

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
        compared = contests.comparison_of(session, slug, "statement", "alphabetical", date.min, drafts=True)
    return page(
        "desk/statements/index.html",
        slug=slug,
        race=race,
        listed=listed,
        candidates=len(standing),
        leaning=wording_rules.leaning(compared),
    )


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
        change = Change(
            "statement", key, wordings.written(None, {**doc, "contest": slug, "slug": key}, signed_in().name)
        )
        return Entered(url_for(".show", slug=slug, key=key), f"race/{slug}", [change])

    return entering.enter(typed, "write a statement", make, lambda status: _new(slug, typed, status))


@bp.get("/<slug>/statements/<key>")
def show(slug: str, key: str) -> Response:
    """One statement, and where each candidate stands on it."""
    with reading() as session:
        doc = _held(session, slug, key)
    return _one(slug, key, Typed.of(_values(doc)), 200)


@bp.post("/<slug>/statements/<key>")
def change(slug: str, key: str) -> Response:
    """Other words, another topic or place."""
    typed = Typed.sent()

    def make(session: Session) -> Entered:
        present = _held(session, slug, key)
        doc = wordings.written(present, _typed(session, typed, present), signed_in().name)
        return Entered(url_for(".show", slug=slug, key=key), f"race/{slug}", [Change("statement", key, doc)])

    return entering.enter(typed, "change a statement", make, lambda status: _one(slug, key, typed, status))


@bp.post("/<slug>/statements/<key>/words/approve")
def approve(slug: str, key: str) -> Response:
    """Let readers see the words that wait, in both languages at once: as another editor than the one who wrote them."""
    typed = Typed.sent()

    def make(session: Session) -> Entered:
        doc, who = _held(session, slug, key), signed_in()
        spanish = "es" in (site_facts(session).languages or "en,es")
        another = people.another_editor(session, who.id)
        after = wordings.approved(doc, who.name, another=another, spanish=spanish)
        return Entered(url_for(".show", slug=slug, key=key), f"race/{slug}", [Change("statement", key, after)])

    return entering.enter(typed, "approve a statement", make, lambda status: _refused(slug, key, typed, status))


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


def _answers(typed: Typed, held: Doc | None) -> list[Doc]:
    """The listed answers, one a line; the Spanish of an answer on the same line as the English."""
    if typed["type"] != "choice":
        return []
    english = typed.rows("options_en", MOST_ANSWERS)
    spanish = [" ".join(line.split()) for line in typed["options_es"].split("\n")]
    if len(set(english)) < max(len(english), 2):
        typed.fail("options_en", TWO_ANSWERS)
    return wordings.options(wordings.next_words(held)["options"] if held else [], english, spanish)


def _values(doc: Doc) -> dict[str, str]:
    """A statement as the fields of its form, in the words that wait where some do."""
    shown = wordings.next_words(doc)
    listed = {lang: "\n".join(one[lang] or "" for one in shown["options"]) for lang in ("en", "es")}
    fields = {name: value for name, value in shown.items() if name not in ("options", "pending")}
    return {**entering.values(fields), "options_en": listed["en"], "options_es": listed["es"]}


def _typed(session: Session, typed: Typed, held: Doc | None = None) -> Doc:
    return {
        "text": entering.both(typed, "text", 500),
        "topic": typed.one_of("topic", [topic.slug for topic in topics.every(session)]),
        "type": typed.one_of("type", TYPE_WORDS),
        "options": _answers(typed, held),
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
        meeting=entering.meeting(typed, _values(doc), status),
        waiting=wordings.next_words(doc) if wordings.author(doc) is not None else None,
        writer=wordings.author(doc),
        may=_may_approve(doc),
        advice=_advice(doc),
    )


def _refused(slug: str, key: str, typed: Typed, status: int) -> Response:
    """The statement again, with why it was not approved."""
    with reading() as session:
        doc = _held(session, slug, key)
    form = Typed.of(_values(doc))
    form.refusal = typed.refusal
    return _one(slug, key, form, status)


def _may_approve(doc: Doc) -> bool:
    """Whether the one who looks may approve the words that wait."""
    who = signed_in()
    with reading() as session:
        return wordings.author(doc) != who.name or not people.another_editor(session, who.id)


def _advice(doc: Doc) -> list[str]:
    """What may be wrong with the words, in the page's language; a question with answers is no sentence to be for or against."""
    if doc["type"] != "scale":
        return []
    text = wordings.next_words(doc)["text"]
    found = wording_rules.advice((("en", text["en"]), ("es", text["es"])))
    return [gettext(wording_rules.RULE_WORDS[one.rule]) % {"word": one.word} for one in found]


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
