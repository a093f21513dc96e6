"""/search: the query repeated in words, hits with their words lit, counts by speaker, topic and forum with zeros."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, request, url_for

from tracker.asking import ask, known_names
from tracker.db import reading
from tracker.i18n import current_language, gettext, long_date
from tracker.on_file import on_file
from tracker.rendering import page, page_number
from transcripts.errors import Refusal
from transcripts.search.engine import Sort
from transcripts.search.explaining import explain, say
from transcripts.search.names import Names
from transcripts.search.parsing import TooLong
from transcripts.search.searching import Asked, FacetCount, Results, between, controls
from transcripts.search.store import Missing, Unusable

bp = Blueprint("search", __name__)

SIZE = 20
LAST_PAGE = 500
SORT_WORDS = {Sort.RELEVANCE: "Best match", Sort.NEWEST: "Newest", Sort.OLDEST: "Oldest"}
FACETS = {"speaker": "Who", "topic": "Topic", "forum": "Forum", "contest": "Race", "year": "Year"}
FACET_LINES = 12


@dataclass(frozen=True)
class Link:
    """Something to choose or take away: its words, the search it leads to, and whether it is chosen now."""

    name: str
    href: str
    chosen: bool = False
    count: int = 0


@dataclass(frozen=True)
class View:
    """What the page says beside the hits, each choice with the address of the search it leads to; `first` counts from 1."""

    understood: str
    notes: list[str]
    chips: list[Link]
    facets: list[tuple[str, list[Link]]]
    sorts: list[Link]
    previous: str | None
    next: str | None
    first: int


@bp.get("/search")
def show() -> Response:
    """The search box, and what was found; nothing typed and nothing chosen is the box alone."""
    asked = _asked()
    if not asked.text.strip() and not asked.filters:
        return page("search/show.html", fragment="found", asked=asked, results=None, refusal=None)
    try:
        with reading() as session:
            names = known_names(session)
            results = ask(session, current_app.extensions["search"], asked, names)
            beside = on_file(session, results)
    except Missing:
        return page("search/show.html", fragment="found", asked=asked, results=None, refusal=gettext(NOTHING_YET))
    except Unusable:
        return page(
            "search/show.html", fragment="found", status=503, asked=asked, results=None, refusal=gettext(REPAIR)
        )
    except TooLong:
        shorter = Asked(asked.text[:500])
        words = gettext(TOO_LONG)
        return page("search/show.html", fragment="found", status=400, asked=shorter, results=None, refusal=words)
    return page(
        "search/show.html",
        fragment="found",
        asked=asked,
        results=results,
        refusal=None,
        view=_view(results, names),
        beside=beside,
    )


NOTHING_YET = "Nothing can be searched yet: no transcript has been imported."
REPAIR = "The search index is being repaired. The races and forums can be read meanwhile."
TOO_LONG = "That is more than 500 characters. Search for a few words, or one sentence of it."


def _asked() -> Asked:
    """The request as a search. Values that name nothing simply find nothing."""
    said = request.args
    chosen = controls(*(_slugs(name) for name in ("speaker", "topic", "forum", "contest")))
    try:
        dates = between(said.get("from", ""), said.get("to", ""))
    except Refusal:
        dates = ()
    sort = Sort(said["sort"]) if said.get("sort") in set(Sort) else Sort.RELEVANCE
    number = min(page_number(said.get("page")), LAST_PAGE)
    return Asked(said.get("q", ""), (*chosen, *dates), sort, SIZE, (number - 1) * SIZE)


def _slugs(name: str) -> list[str]:
    return [value[:120] for value in request.args.getlist(name) if value][:20]


def _view(results: Results, names: Names) -> View:
    number = min(page_number(request.args.get("page")), LAST_PAGE)
    sort = request.args.get("sort") or Sort.RELEVANCE
    return View(
        understood=say(explain(results.query, names, current_language()), gettext, long_date),
        notes=[gettext(note.message).format(**dict(note.args)) for note in results.notes],
        chips=[
            Link(names.name(name, value).within(current_language()), _without(name, value))
            for name in FACETS
            for value in _slugs(name)
        ],
        facets=[
            (gettext(words), [_facet(name, line) for line in _lines(results.facets[name])])
            for name, words in FACETS.items()
        ],
        sorts=[Link(gettext(words), _with(sort=one), sort == one) for one, words in SORT_WORDS.items()],
        previous=_with(page=str(number - 1)) if number > 1 else None,
        next=_with(page=str(number + 1)) if number * SIZE < results.total and number < LAST_PAGE else None,
        first=(number - 1) * SIZE + 1,
    )


def _lines(counts: Sequence[FacetCount]) -> list[FacetCount]:
    """The most frequent, and every zero: a candidate who said nothing is never cut off."""
    kept = counts[:FACET_LINES]
    return [*kept, *(line for line in counts[FACET_LINES:] if line.count == 0)]


def _facet(name: str, line: FacetCount) -> Link:
    chosen = line.slug in _slugs(name)
    href = _without(name, line.slug) if chosen else _with(**{name: line.slug})
    return Link(line.name.within(current_language()), href, chosen, line.count)


def _with(**changed: str) -> str:
    """This search with some parameters changed; choosing anything goes back to the first page."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name not in (*changed, "page")]
    return _address([*kept, *changed.items()])


def _without(name: str, value: str) -> str:
    """This search without one chosen value."""
    return _address([pair for pair in request.args.items(multi=True) if pair != (name, value) and pair[0] != "page"])


def _address(pairs: list[tuple[str, str]]) -> str:
    return f"{url_for('.show')}?{urlencode(pairs)}"
