"""/desk/documents: what is known of documents, copies of them that are looked over before they are kept, addresses that fail."""

import hashlib
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, current_app, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.entries import Doc
from positions.entries import documents as entries
from positions.followthrough import uploads
from positions.followthrough.copies import Brought
from positions.followthrough.links import WHY_WORDS
from positions.followthrough.queries import documents, links
from positions.followthrough.vocabulary.documents import DOCUMENT_WORDS
from tracker import edits
from tracker.accounts.admission import signed_in
from tracker.acting import Done, attempt
from tracker.config import Config
from tracker.db import reading
from tracker.edits import Change
from tracker.forms import Typed
from tracker.i18n import translated
from tracker.pages.desk import entering
from tracker.pages.desk.entering import Entered
from tracker.pages.desk.facts import Facts
from tracker.rendering import page
from transcripts import guarded, papers
from transcripts.errors import Refusal
from transcripts.vocabulary import Right

bp = Blueprint("desk_documents", __name__, url_prefix="/desk/documents")

MOST_BYTES = papers.MOST_BYTES + 1_000_000
"""What the form with a file may weigh."""
FIRST = 8
"""Paragraphs shown of a file that is looked over."""
RIGHT_WORDS = {
    Right.WHOLE: "Its text is shown, found by search and given as a file",
    Right.QUOTATIONS: "Only the paragraphs that are cited are shown",
    Right.PRIVATE: "Nothing of its text is shown or found",
}


def _typed(_session: Session, typed: Typed) -> Doc:
    archived_on = typed.day("archived_on", needed=False)
    return {
        "kind": typed.one_of("kind", list(DOCUMENT_WORDS)),
        "title": entering.both(typed, "title", 300),
        "publisher": typed.text("publisher", 300, needed=False) or None,
        "published_on": typed.text("published_on", 10, needed=False) or None,
        "url": typed.address("url"),
        "archived_url": typed.address("archived_url"),
        "archived_on": archived_on.isoformat() if archived_on else None,
        "language": typed.text("language", 16),
        "right": typed.one_of("right", list(Right)),
        "interest": entering.both(typed, "interest", needed=False),
        "summary": entering.both(typed, "summary", needed=False),
        "fictional": typed.ticked("fictional"),
    }


FACTS = Facts("document", "desk_documents", _typed, entering.values, name="title", new_slug=entries.new_slug)


@bp.get("")
def index() -> Response:
    """Every document, a form for another, and the addresses that do not answer."""
    return _index(Typed.of({"language": "en", "right": Right.WHOLE}), 200)


@bp.post("")
def create() -> Response:
    """A new document."""
    return FACTS.make("make a document", _index)


@bp.get("/<slug>")
def show(slug: str) -> Response:
    """What is known of a document, and its copies."""
    return FACTS.show(slug, _one)


@bp.post("/<slug>")
def change(slug: str) -> Response:
    """Other facts of a document."""
    return FACTS.change(slug, "change a document", _one)


@bp.post("/<slug>/remove")
def remove(slug: str) -> Response:
    """Take a document away of which no copy is held and on which nothing rests."""
    typed = Typed.sent()

    def make(session: Session) -> Entered:
        edits.held(session, "document", slug)
        return Entered(url_for(".index"), f"document/{slug}", [Change("document", slug, None)])

    return entering.enter(typed, "remove a document", make, lambda status: _again(slug, typed, status))


@bp.post("/<slug>/copies")
def send(slug: str) -> Response:
    """Read a file in the guarded child and put it aside to be looked over."""
    request.max_content_length = MOST_BYTES
    typed = Typed.sent()
    day = typed.day("captured_on", needed=False) or datetime.now(UTC).date()
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        typed.fail("file", "Choose a file.")
    try:
        with reading() as session:
            edits.held(session, "document", slug)
        typed.check()
        assert sent is not None
        data = sent.read()
        name = papers.plain_name(sent.filename or "")
        brought = Brought(name, data, hashlib.sha256(data).hexdigest(), guarded.paper(data, name), day)
    except Refusal as refusal:
        typed.refusal = translated(refusal)
        return _again(slug, typed, 422)

    def work(session: Session) -> Done:
        key = uploads.look_over(session, slug, brought, signed_in().name)
        return Done(url_for(".look", slug=slug, key=key), f"document/{slug}", name)

    return attempt(typed, "look over a file", work, lambda status: _again(slug, typed, status))


@bp.get("/<slug>/look/<key>")
def look(slug: str, key: str) -> Response:
    """What was read in a file, before it is kept."""
    return _look(slug, key, Typed.of({}), 200)


@bp.post("/<slug>/look/<key>")
def keep(slug: str, key: str) -> Response:
    """Make the file the next copy of the document."""
    typed = Typed.sent()

    def work(session: Session) -> Done:
        copy = uploads.keep(session, slug, key, signed_in().name)
        return Done(url_for(".show", slug=slug), f"document/{slug}", f"copy {copy.n}, sha256 {copy.sha256}")

    return attempt(typed, "keep a copy", work, lambda status: _look(slug, key, typed, status))


@bp.post("/<slug>/look/<key>/throw-away")
def throw_away(slug: str, key: str) -> Response:
    """Let go of the file."""
    typed = Typed.sent()

    def work(session: Session) -> Done:
        uploads.throw_away(session, slug, key)
        return Done(url_for(".show", slug=slug), f"document/{slug}")

    return attempt(typed, "throw a file away", work, lambda status: _look(slug, key, typed, status))


def _index(typed: Typed, status: int) -> Response:
    config: Config = current_app.config["TRACKER"]
    with reading() as session:
        listed = documents.every(session)
        failing = links.failing(session)
    return page(
        "desk/documents/index.html",
        status=status,
        listed=listed,
        form=typed,
        failing=failing,
        checks=config.link_check,
        why=WHY_WORDS,
        **_words(),
    )


def _one(slug: str, typed: Typed, status: int, upload: Typed | None = None) -> Response:
    with reading() as session:
        doc = edits.held(session, "document", slug)
        found = documents.by_slug(session, slug)
        waiting = uploads.waiting(session, slug)
    return page(
        "desk/documents/show.html",
        status=status,
        slug=slug,
        document=found,
        form=typed,
        waiting=waiting,
        upload=upload or Typed.of({"captured_on": datetime.now(UTC).date().isoformat()}),
        version=entering.seen(typed, doc, status) if upload is None else edits.version(doc),
        meeting=entering.meeting(typed, entering.values(doc), status) if upload is None else [],
        suffixes=", ".join(papers.SUFFIXES),
        **_words(),
    )


def _again(slug: str, upload: Typed, status: int) -> Response:
    """The page of a document with what is wrong with what was done beside its facts."""
    with reading() as session:
        doc = edits.held(session, "document", slug)
    return _one(slug, Typed.of(entering.values(doc)), status, upload)


def _look(slug: str, key: str, typed: Typed, status: int) -> Response:
    with reading() as session:
        found = documents.by_slug(session, slug)
        looked = uploads.looked(session, slug, key)
    paper = looked.brought.paper
    return page(
        "desk/documents/look.html",
        status=status,
        document=found,
        looked=looked,
        first=paper.paragraphs[:FIRST],
        more=max(0, len(paper.paragraphs) - FIRST),
        form=typed,
    )


def _words() -> dict[str, Any]:
    return {"kinds": DOCUMENT_WORDS, "rights": [(str(right), words) for right, words in RIGHT_WORDS.items()]}
