"""What to try where a search finds little: the words that were perhaps meant, and the same search with less in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from transcripts.search.finding import Finder, Tried
from transcripts.search.language import MIN_FUZZY
from transcripts.search.query import And, Field, Fuzzy, Near, Not, Or, Phrase, Prefix, Query, Term, all_of, conjuncts

FEW = 3
"""Where fewer passages are found than this, words that nobody said are looked up."""
MOST = 5
"""Ways to ask for less that are offered."""
NEAREST = 3
LONG = 6
"""Letters from which on a word may differ by two."""


@dataclass(frozen=True)
class Less:
    """The same search with something left out, or with exact words taken in any form; and what it finds."""

    query: Query
    total: int


@dataclass(frozen=True)
class Held:
    """All that can be found on this site; `first` and `last` are years, "" where there is nothing."""

    passages: int
    forums: int
    first: str
    last: str


@dataclass(frozen=True)
class Advice:
    """`meant`: the search with likelier words, which finds more, or with the name of somebody we know.

    `less` and `held` are told only where nothing was found.
    """

    meant: Query | None = None
    less: tuple[Less, ...] = ()
    held: Held | None = None


def advice(tried: Tried, finder: Finder) -> Advice:
    """What to say beside a search that found little; nothing beside one that found enough, or that goes on from a page before."""
    asked = finder.asked
    if tried.query is None or asked.seen or asked.after is not None or (tried.page.total >= FEW and not tried.relaxed):
        return Advice()
    likelier = _meant(tried.query, finder)
    least = 0 if tried.relaxed else tried.page.total
    renamed = tuple(_filters(likelier)) != tuple(_filters(tried.query))
    meant = likelier if renamed or (likelier != tried.query and finder.count(likelier) > least) else None
    if tried.page.total:
        return Advice(meant)
    less = (Less(one, finder.count(one)) for one in dict.fromkeys(_with_less(tried.query)))
    best = sorted((one for one in less if one.total), key=lambda one: one.total)
    return Advice(meant, tuple(best[:MOST]), _held(finder))


def _filters(query: Query) -> Iterator[Field]:
    for part in conjuncts(query):
        if isinstance(part, Field):
            yield part


def _held(finder: Finder) -> Held:
    page = finder.everything
    years = sorted(page.facets["year"])
    return Held(page.total, len(page.facets["forum"]), *(years[0], years[-1]) if years else ("", ""))


def _meant(query: Query, finder: Finder) -> Query:
    """The query with every word that nobody said, and every name nobody has, replaced by the nearest there is."""
    match query:
        case Term(word) if not finder.count(query):
            return Term(_nearest(word, finder) or word)
        case Prefix(start) if not finder.count(query):
            near = _nearest(start, finder)
            return Term(near) if near else query
        case Fuzzy(word) if not finder.count(query):
            return Term(_nearest(word, finder) or word)
        case Phrase(words):
            return Phrase(tuple(_said(words, finder)))
        case Near(words, within):
            return Near(tuple(_said(words, finder)), within)
        case Field(name, value) if not finder.count(query):
            slug = _named(name, value, finder)
            return Field(name, slug) if slug else query
        case And(parts):
            return And(tuple(_meant(part, finder) for part in parts))
        case Or(parts):
            return Or(tuple(_meant(part, finder) for part in parts))
    return query


def _said(words: Iterable[str], finder: Finder) -> Iterator[str]:
    for word in words:
        yield word if finder.count(Phrase((word,))) else _nearest(word, finder) or word


def _nearest(word: str, finder: Finder) -> str | None:
    """The word of the index, or of a name, with the fewest letters different: the one said most often among equals."""
    if len(word) < MIN_FUZZY:
        return None
    edits = 2 if len(word) >= LONG else 1
    said = finder.engine.expand(word, 1, NEAREST) or finder.engine.expand(word, edits, NEAREST)
    named = [
        one for one, _, _ in process.extract(word, finder.names.words, scorer=OSA.distance, score_cutoff=edits, limit=1)
    ]
    near = [one for one in (*said, *named) if one != word]
    return min(near, key=lambda one: OSA.distance(word, one)) if near else None


def _named(kind: str, value: str, finder: Finder) -> str | None:
    """The slug of a kind whose slug or name is nearest to a value; None where none is near or it is no kind with names."""
    ways = [(slug, slug.replace("-", " ")) for one, slug in finder.names.by_slug if one == kind]
    ways += [(known.slug, called) for known, called in finder.names.called(kind)]
    typed = value.replace("-", " ")
    most = 2 if len(typed) >= LONG else 1
    near = process.extractOne(typed, [called for _, called in ways], scorer=OSA.distance, score_cutoff=most)
    return ways[near[2]][0] if near else None


def _with_less(query: Query) -> Iterator[Query]:
    """Each way to ask for one thing less: a part left out, or exact words taken as plain ones."""
    parts = conjuncts(query)
    for place, part in enumerate(parts):
        others = (*parts[:place], *parts[place + 1 :])
        if isinstance(part, Phrase | Near) and len(part.words) > 1:
            loose = all_of((*parts[:place], *map(Term, part.words), *parts[place + 1 :]))
            if loose:
                yield loose
        left = all_of(others)
        if left and not all(isinstance(one, Not) for one in others):
            yield left
