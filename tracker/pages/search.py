"""/search: the query repeated in words, hits with their words lit, counts by speaker, topic, forum, race and year with zeros."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote_plus, urlencode

from flask import Blueprint, Response, current_app, request, url_for

from tracker import in_documents, kept_pages
from tracker.asking import ask, known_names
from tracker.db import reading
from tracker.i18n import current_language, gettext, long_date
from tracker.on_file import on_file
from tracker.rendering import answer, page
from tracker.searched import CONTROLS, Searched, address, searched
from transcripts.search import arranging
from transcripts.search.arranging import FoundQuestion, Group
from transcripts.search.engine import Sort
from transcripts.search.explaining import explain, say
from transcripts.search.finding import MAX_VALUES, Asked, facet_of
from transcripts.search.language import FIELDS, MAX_CHARACTERS, MAX_TERMS, WORDS
from transcripts.search.names import Names
from transcripts.search.parsing import TooLong
from transcripts.search.query import Dates, Field, Or, Query, Term, all_of, any_of, conjuncts
from transcripts.search.searching import FacetCount, Results
from transcripts.search.store import Missing, Unusable
from transcripts.text import fold
from transcripts.vocabulary import GRADE_WORDS, ROLE_WORDS, Role

bp = Blueprint("search", __name__)

SIZE = 20
IN_DOCUMENTS = 3
"""Paragraphs of documents shown beside what was said; all of them stand on a page of their own."""
SORT_WORDS = {
    Sort.RELEVANCE: "Best match",
    Sort.NEWEST: "Newest",
    Sort.OLDEST: "Oldest",
    Sort.ADDED: "Lately added",
}
LAYOUT_WORDS = {"": "Quotes", "lines": "Words in their line", "questions": "By question"}
GROUP_WORDS = {"": "One list", "speaker": "By speaker", "forum": "By forum"}
FACETS = {"speaker": "Who", "topic": "Topic", "forum": "Forum", "contest": "Race", "year": "Year"}
FACET_LINES = 12
FORM = {
    "rules": [rule for rule in WORDS if rule.label and rule.name != "q"],
    "fields": [rule for name, rule in FIELDS.items() if name not in ("date", "has")],
    "choices": {
        "role": [(role, ROLE_WORDS[role]) for role in Role if role is not Role.UNKNOWN],
        "lang": [("en", "English"), ("es", "Spanish")],
        "grade": [(grade, words.partition(" by {source}")[0]) for grade, words in GRADE_WORDS.items()],
    },
}
"""What the form offers."""
A_KEY = "0" * 26
"""In the place of a key, in an address that is made once for all hits."""
NOTHING_YET = "Nothing can be searched yet: no transcript has been imported."
REPAIR = "The search index is being repaired. The races and forums can be read meanwhile."
TOO_LONG = "That is more than 500 characters. Search for a few words, or one sentence of it."


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
    views: list[Link]
    groups: list[Link]
    previous: str | None
    next: str | None
    first: int
    meant: Link | None = None
    less: list[Link] = field(default_factory=list)
    questions: tuple[FoundQuestion, ...] = ()
    grouped: list[tuple[Group, str]] = field(default_factory=list)


@bp.get("/search")
def show() -> Response:
    """The search box, and what was found; nothing typed and nothing chosen is the box alone."""
    try:
        one = searched(request.args, SIZE)
        if one.is_empty:
            return _shown(one)
        engine, papers = (current_app.extensions[name] for name in ("search", "search_documents"))
        kept = kept_pages.place((engine.refresh(), in_documents.generation(papers)))
        if kept.page is not None:
            return answer(kept.page)
        with reading() as session:
            names = known_names(session)
            lines = MAX_VALUES if one.group else FACET_LINES
            results = ask(session, engine, replace(one.asked, values=lines), names)
            told = _View(one, results, names)
            if one.group:
                told.grouped = arranging.grouped(session, engine, results, one.group)
            elif one.view == "questions":
                told.questions, told.orders = arranging.by_question(session, results)
            beside = on_file(session, results)
            written = in_documents.ask(session, papers, one.asked, IN_DOCUMENTS)
    except Missing:
        return _shown(one, refusal=gettext(NOTHING_YET))
    except Unusable:
        return _shown(one, 503, refusal=gettext(REPAIR))
    except TooLong:
        shorter = Searched(Asked(request.args.get("q", "")[:MAX_CHARACTERS]), {})
        return _shown(shorter, 400, refusal=gettext(TOO_LONG))
    all_written = address(url_for("documents.found"), one.parameters)
    response = _shown(
        one, results=results, view=told.view(), beside=beside, written=written, documents_address=all_written
    )
    if not beside:  # positions stand in an order that changes with the hour
        kept.keep(response.get_data())
    return response


@bp.get("/search/help")
def help() -> Response:
    """The query language, made from its table."""
    return page("search/help.html", words=WORDS, fields=FIELDS.values(), most=(MAX_CHARACTERS, MAX_TERMS))


def _shown(one: Searched, status: int = 200, **told: Any) -> Response:
    at, controls = _hit_addresses(one), {"one": one, **FORM}
    return page(
        "search/show.html",
        fragment="found",
        status=status,
        asked=one.asked,
        controls=controls,
        hit_address=at,
        linked=lambda hits, first, group=None: [(hit, at(hit.row.key, n, group)) for n, hit in enumerate(hits, first)],
        **{"results": None, "refusal": None, **controls, **told},
    )


def _hit_addresses(one: Searched) -> Callable[..., str]:
    """(key, place, group) → the page of a hit, which knows the search it was found by, within its group if it has one."""
    kept = [pair for pair in one.parameters if pair[0] not in ("view", "group", one.group)]
    before, after = url_for("turns.show", key=A_KEY).split(A_KEY)
    asked = urlencode(kept)

    def at(key: str, place: int, group: str | None = None) -> str:
        within = urlencode([(one.group, group)]) if group else ""
        return f"{before}{key}{after}?{'&'.join(filter(None, (asked, within, f'hit={place}')))}"

    return at


class _View:
    """Puts together what the page says: every choice is the address of another search."""

    def __init__(self, one: Searched, results: Results, names: Names) -> None:
        self.one = one
        self.results = results
        self.names = names
        self.path = url_for(".show")
        self.parameters = one.parameters
        self.parts = conjuncts(results.query)
        self.orders = results.orders
        self.questions: tuple[FoundQuestion, ...] = ()
        self.grouped: tuple[Group, ...] = ()

    def view(self) -> View:
        results, advice = self.results, self.results.advice
        return View(
            understood=self._said(results.query) if results.query else "",
            notes=[gettext(note.message).format(**dict(note.args)) for note in (*self.one.notes, *results.notes)],
            chips=list(self._chips()),
            facets=[
                (gettext(words), self._facet(name, _lines(results.facets[name]))) for name, words in FACETS.items()
            ],
            sorts=[self._choice("sort", sort, words, Sort.RELEVANCE) for sort, words in SORT_WORDS.items()],
            views=[self._choice("view", view, words) for view, words in LAYOUT_WORDS.items()],
            groups=[self._choice("group", group, words) for group, words in GROUP_WORDS.items()],
            previous=self._page(str(self.one.cursor.back())) if self.one.cursor.pages else None,
            next=self._next(),
            first=len(self.one.cursor.seen) + 1
            if self.one.asked.after is None
            else len(self.one.cursor.pages) * SIZE + 1,
            meant=Link(self._said(advice.meant), self._printed(advice.meant)) if advice.meant else None,
            less=[Link(self._said(one.query), self._printed(one.query), count=one.total) for one in advice.less],
            questions=self.questions,
            grouped=[(group, self._with(self.one.group, group.value.slug, group="")) for group in self.grouped],
        )

    def _said(self, query: Query | None) -> str:
        return say(explain(query, self.names, current_language()), gettext, long_date)

    def _chips(self) -> Iterator[Link]:
        """Whatever narrows the search beside plain words; taking one away leaves the rest, printed."""
        for part in self.parts:
            if not isinstance(part, Term):
                yield Link(self._said_alone(part), self._removed(part))

    def _said_alone(self, part: Query) -> str:
        if isinstance(part, Field) and (part.name, part.value) in self.names.by_slug:
            return self.names.name(part.name, part.value).within(current_language())
        return say(explain(part, self.names, current_language())[-1:], gettext, long_date)

    def _removed(self, part: Query, value: Query | None = None) -> str:
        """This search without one of its parts, or without one of several values of it.

        Where not all of a sentence holds it stays as it was typed, and what was chosen beside it goes.
        """
        left = any_of(tuple(one for one in part.parts if one != value)) if isinstance(part, Or) and value else None
        if self.results.relaxed:
            name = "date" if facet_of(part) == "year" else facet_of(part) or getattr(part, "name", "")
            return self._address([pair for pair in self.parameters if pair[0] != name])
        others = (left if one == part else one for one in self.parts)
        return self._printed(all_of(tuple(one for one in others if one)))

    def _printed(self, query: Query | None) -> str:
        """A search that is typed whole."""
        shown = [pair for pair in self.parameters if pair[0] not in CONTROLS]
        return self._address([("q", str(query)), *shown] if query else shown)

    def _facet(self, name: str, lines: Sequence[FacetCount]) -> list[Link]:
        lang, parts = current_language(), [part for part in self.parts if facet_of(part) == name]
        if not parts:
            open_ = self._with(name, "")  # ends where the value goes
            return [Link(one.name.within(lang), open_ + quote_plus(one.slug), False, one.count) for one in lines]
        return [self._line(name, parts, one) for one in lines]

    def _line(self, name: str, parts: Sequence[Query], line: FacetCount) -> Link:
        value: Query = Dates(line.slug, line.slug) if name == "year" else Field(name, fold(line.slug))
        holding = next(
            (part for part in parts if part == value or (isinstance(part, Or) and value in part.parts)), None
        )
        href = self._removed(holding, value) if holding else self._with(name, line.slug)
        return Link(line.name.within(current_language()), href, holding is not None, line.count)

    def _with(self, name: str, value: str, **shown: str) -> str:
        """This search with one value of a facet instead of any other."""
        control = "date" if name == "year" else name
        typed = [part for part in self.parts if facet_of(part) == name]
        base = self.parameters
        if typed and not self.results.relaxed:
            others = all_of(tuple(part for part in self.parts if part not in typed))
            base = [*([("q", str(others))] if others else []), *(pair for pair in base if pair[0] not in CONTROLS)]
        kept = [pair for pair in base if pair[0] != control and pair[0] not in shown]
        return self._address([*kept, (control, value), *((one, said) for one, said in shown.items() if said)])

    def _choice(self, name: str, value: str, words: str, default: str = "") -> Link:
        kept = [pair for pair in self.parameters if pair[0] != name]
        chosen = dict(self.parameters).get(name, default) == value
        return Link(gettext(words), self._address([*kept, (name, value)] if value != default else kept), chosen)

    def _next(self) -> str | None:
        """The address of the next page: by date after the last hit, else without all the hits that were seen."""
        if self.one.group or not self.results.more:
            return None
        dated = self.one.asked.sort is not Sort.RELEVANCE and self.one.view != "questions"
        last = () if self.results.last is None else (self.results.last,)
        cursor = self.one.cursor.then(last if dated else self.orders)
        return self._page(str(cursor)) if cursor else None

    def _page(self, cursor: str) -> str:
        return self._address([*self.parameters, *([("after", cursor)] if cursor else [])])

    def _address(self, pairs: Sequence[tuple[str, str]]) -> str:
        return address(self.path, pairs)


def _lines(counts: Sequence[FacetCount]) -> list[FacetCount]:
    """The most frequent, and every zero: a candidate who said nothing is never cut off."""
    kept = counts[:FACET_LINES]
    return [*kept, *(line for line in counts[FACET_LINES:] if line.count == 0)]
