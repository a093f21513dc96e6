"""/documents: what we hold of minutes, agreements and reports; one with its words; its file; a search of all of them."""

from collections.abc import Iterable

from flask import Blueprint, current_app, make_response, request, url_for
from werkzeug.wrappers import Response

from positions.followthrough.queries import documents
from positions.followthrough.queries.resting import Resting
from positions.followthrough.vocabulary.documents import DOCUMENT_WORDS
from tracker import in_documents
from tracker.db import reading
from tracker.i18n import gettext
from tracker.rendering import page, page_number
from tracker.searched import Searched, address, searched
from transcripts.search.finding import Asked
from transcripts.search.language import MAX_CHARACTERS
from transcripts.search.parsing import TooLong
from transcripts.search.store import Unusable

bp = Blueprint("documents", __name__)

SIZE = 20
RESTING = {
    "commitment": ("Commitments", "/commitments/{}"),
    "program": ("Programs", "/programs/{}"),
    "design": ("Designs of programs", "/models/{}"),
    "figure": ("Figures", "/figures/{}"),
    "request": ("Requests for records", "/requests/{}"),
    "act": ("Laws and decisions", "/acts/{}"),
    "term": ("Words explained", "/glossary#{}"),
}
"""What rests on a document, by its kind: how it is headed, and where it is told."""
TOO_LONG = "That is more than 500 characters. Search for a few words, or one sentence of it."
REPAIR = "The search index is being repaired. The races and forums can be read meanwhile."


@bp.get("/documents")
def index() -> Response:
    """Every document, the latest first."""
    with reading() as session:
        listed = documents.every(session)
    return page("documents/index.html", listed=listed, kinds=DOCUMENT_WORDS)


@bp.get("/documents/<slug>")
def show(slug: str) -> Response:
    """One document: what it is, the copies we hold, what rests on it, its words."""
    copy, passage = request.args.get("copy", ""), request.args.get("passage")
    number = page_number(request.args.get("page"))
    asked = int(copy) if copy.isascii() and copy.isdigit() and len(copy) < 10 else None
    with reading() as session:
        found = documents.by_slug(session, slug, asked, passage, number)
    return page(
        "documents/show.html",
        document=found,
        kinds=DOCUMENT_WORDS,
        resting=_by_kind(found.resting),
        passage=passage,
        leads=_leads,
        previous=_at(slug, asked, found.number - 1) if found.number > 1 else None,
        next=_at(slug, asked, found.number + 1) if found.number < found.numbers else None,
    )


@bp.get("/documents/<slug>/file")
def file(slug: str) -> Response:
    """The bytes of a copy, to be kept and not to be shown by a browser: nothing in it may run here."""
    copy = request.args.get("copy", "")
    asked = int(copy) if copy.isascii() and copy.isdigit() and len(copy) < 10 else None
    with reading() as session:
        name, media_type, data = documents.bytes_of(session, slug, asked)
    response = make_response(data)
    response.content_type = f"{media_type}; charset=utf-8" if media_type == "text/plain" else media_type
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.cache_control.no_cache = True
    response.add_etag()
    response.make_conditional(request)
    return response


@bp.get("/search/documents")
def found() -> Response:
    """Everything a search finds in documents."""
    number = page_number(request.args.get("page"))
    try:
        one = searched(request.args, SIZE)
        with reading() as session:
            engine = current_app.extensions["search_documents"]
            results = in_documents.ask(session, engine, one.asked, SIZE, (number - 1) * SIZE)
    except TooLong:
        shorter = Searched(Asked(request.args.get("q", "")[:MAX_CHARACTERS]), {})
        return page("documents/found.html", status=400, one=shorter, results=None, refusal=gettext(TOO_LONG))
    except Unusable:
        return page("documents/found.html", status=503, one=one, results=None, refusal=gettext(REPAIR))
    first = (number - 1) * SIZE + 1
    pages = [*one.parameters]
    return page(
        "documents/found.html",
        one=one,
        results=results,
        refusal=None,
        first=first,
        said=address(url_for("search.show"), pages),
        previous=address(url_for(".found"), [*pages, ("page", str(number - 1))]) if number > 1 else None,
        next=address(url_for(".found"), [*pages, ("page", str(number + 1))]) if first + SIZE <= results.total else None,
    )


def _leads(path: str) -> bool:
    """Whether there are pages of this kind."""
    adapter = current_app.create_url_adapter(request)
    return adapter is not None and adapter.test(path.partition("#")[0])


def _at(slug: str, copy: int | None, number: int) -> str:
    """A page of the words of a document."""
    return url_for(".show", slug=slug, copy=copy, page=number if number > 1 else None, _anchor="words")


def _by_kind(resting: Iterable[Resting]) -> list[tuple[str, list[tuple[Resting, str, list[Resting]]]]]:
    """(heading, [(thing, address where it is told, it once for each place in the document)]) for each kind of which there is any."""
    things: dict[tuple[str, str], list[Resting]] = {}
    for one in resting:
        things.setdefault((one.kind, one.slug), []).append(one)
    return [
        (gettext(words), [(of[0], way.format(of[0].slug), [one for one in of if one.place]) for of in found])
        for kind, (words, way) in RESTING.items()
        if (found := [of for (its, _), of in things.items() if its == kind])
    ]
