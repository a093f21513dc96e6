"""What to try where a search finds little: the words that were perhaps meant, and the same search with less in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from rapidfuzz import process
from rapidfuzz.distance import OSA

from transcripts.search.finding import Finder, Tried
from transcripts.search.language import MIN_FUZZY
from transcripts.search.query import And, Field, Fuzzy, Near, Not, Or, Phrase, Prefix, Query, Term, all_of, conjuncts

FEW = 3
"""Where fewer passages are found than this, words that nobody said are looked up."""
MOST, TRIED = 5, 8
"""Ways to ask for less that are offered, and that are tried."""
LOOKED_UP = 8
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

    `less`, `held` and `unheard` are told only where nothing was found; `unheard` are the slugs of speakers the search asks for
    of whom nothing is held.
    """

    meant: Query | None = None
    less: tuple[Less, ...] = ()
    held: Held | None = None
    unheard: tuple[str, ...] = ()


def advice(tried: Tried, finder: Finder) -> Advice:
    """What to say beside a search that found little; nothing beside one that found enough, or that goes on from a page before."""
    asked = finder.asked
    if tried.query is None or asked.seen or asked.after is not None or (tried.page.total >= FEW and not tried.relaxed):
        return Advice()
    likelier = _Meaning(finder).of(tried.query)
    least = 0 if tried.relaxed else tried.page.total
    renamed = tuple(_filters(likelier)) != tuple(_filters(tried.query))
    meant = likelier if renamed or (likelier != tried.query and finder.count(likelier) > least) else None
    if tried.page.total:
        return Advice(meant)
    less = (Less(one, finder.count(one)) for one in islice(dict.fromkeys(_with_less(tried.query)), TRIED))
    best = sorted((one for one in less if one.total), key=lambda one: one.total)
    unheard = (one.value for one in _filters(tried.query) if one.name == "speaker" and not finder.count(one))
    return Advice(meant, tuple(best[:MOST]), _held(finder), tuple(unheard))


def _filters(query: Query) -> Iterator[Field]:
    for part in conjuncts(query):
        if isinstance(part, Field):
            yield part


def _held(finder: Finder) -> Held:
    page = finder.everything
    years = sorted(page.facets["year"])
    return Held(page.total, len(page.facets["forum"]), *(years[0], years[-1]) if years else ("", ""))


class _Meaning:
    """The query with every word that nobody said, and every name nobody has, replaced by the nearest there is.

    Looks up at most LOOKED_UP words: a pasted paragraph is no reason to read the vocabulary thirty times.
    """

    def __init__(self, finder: Finder) -> None:
        self.finder = finder
        self.left = LOOKED_UP

    def of(self, query: Query) -> Query:
        match query:
            case Term(word) if word in self.finder.names.words:
                return query  # somebody's name, of whom we hold no words: it is spelled right
            case Term(word) | Fuzzy(word) | Prefix(word) if not self.finder.count(query):
                near = self._nearest(word)
                return Term(near) if near else query
            case Phrase(words):
                return Phrase(tuple(map(self._said, words)))
            case Near(words, within):
                return Near(tuple(map(self._said, words)), within)
            case Field(name, value) if not self.finder.count(query):
                slug = self._named(name, value)
                return Field(name, slug) if slug else query
            case And(parts):
                return And(tuple(map(self.of, parts)))
            case Or(parts):
                return Or(tuple(map(self.of, parts)))
        return query

    def _said(self, word: str) -> str:
        return word if self.finder.count(Phrase((word,))) else self._nearest(word) or word

    def _nearest(self, word: str) -> str | None:
        """The word of the index, or of a name, with the fewest letters different: the one said most often among equals."""
        if len(word) < MIN_FUZZY or not self.left:
            return None
        self.left -= 1
        edits = 2 if len(word) >= LONG else 1
        said = self.finder.engine.expand(word, 1, NEAREST) or self.finder.engine.expand(word, edits, NEAREST)
        named = process.extract(word, self.finder.names.words, scorer=OSA.distance, score_cutoff=edits, limit=1)
        near = [one for one in (*said, *(name for name, _, _ in named)) if one != word]
        return min(near, key=lambda one: OSA.distance(word, one)) if near else None

    def _named(self, kind: str, value: str) -> str | None:
        """The slug of a kind whose slug or name is nearest to a value; None where none is near or it is no kind with names."""
        names = self.finder.names
        ways = [(slug, slug.replace("-", " ")) for one, slug in names.by_slug if one == kind]
        ways += [(known.slug, called) for known, called in names.called(kind)]
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
