"""The people, topics and forums a site knows, and how they are recognised in what a reader types."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from transcripts.bilingual import Bilingual
from transcripts.search import analysis
from transcripts.search.analysis import Token
from transcripts.search.query import And, Field, Not, Or, Query, any_of
from transcripts.search.stopwords import SURNAMES_THAT_ARE_WORDS

LONGEST = 8
"""Words of the longest name looked for."""
MOST_TITLES = 20
"""Forums or races that words of a title may stand for."""


@dataclass(frozen=True)
class Known:
    """Something with a page of its own: a speaker (a person), a topic or a forum."""

    kind: str
    slug: str
    name: Bilingual


@dataclass(frozen=True)
class Alias:
    """A way of naming something. `exact_case` keeps LEAD the program apart from lead the verb; `lang` is None for people."""

    known: Known
    text: str
    lang: str | None = None
    exact_case: bool = False


@dataclass(frozen=True)
class Match:
    """Words `start` to `end` (half-open, counted in words) name something. `certain`: enough to search by it, unasked.

    `exact`: named letter by letter, in a case that makes it another word.
    """

    known: Known
    start: int
    end: int
    certain: bool
    exact: bool = False


@dataclass(frozen=True)
class Names:
    """Everything a site can be asked about by name.

    `parents` maps a topic to the topic above it; `moved` a kind and slug of what was merged to the slug it was merged into.
    """

    known: tuple[Known, ...] = ()
    aliases: tuple[Alias, ...] = ()
    parents: Mapping[str, str] = field(default_factory=dict)
    moved: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @cached_property
    def by_slug(self) -> dict[tuple[str, str], Known]:
        """By kind and slug."""
        return {(known.kind, known.slug): known for known in self.known}

    @cached_property
    def _by_words(self) -> dict[tuple[str, ...], list[Alias]]:
        """People by their folded words, topics by their stems: a plural or another form still names the topic."""
        found: dict[tuple[str, ...], list[Alias]] = defaultdict(list)
        for alias in self.aliases:
            words = analysis.words(alias.text)
            if alias.exact_case or alias.lang is None:
                found[tuple(words)].append(alias)
            else:
                found[tuple(analysis.stems(words, alias.lang))].append(alias)
        return dict(found)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Every word of a name, for words that were perhaps meant."""
        return tuple(dict.fromkeys(word for alias in self.aliases for word in analysis.words(alias.text)))

    def called(self, kind: str) -> Iterable[tuple[Known, str]]:
        """Everything of a kind with each way of naming it, folded."""
        return (
            (alias.known, " ".join(analysis.words(alias.text))) for alias in self.aliases if alias.known.kind == kind
        )

    def name(self, kind: str, slug: str) -> Bilingual:
        """What readers see for a slug; the slug itself where nothing is known of it."""
        known = self.by_slug.get((kind, slug))
        return known.name if known else Bilingual(slug, slug)

    def exactly(self, word: str) -> Query | None:
        """What a word names by its case alone; None where it names nothing so, or several things."""
        named = {
            alias.known
            for alias in self._by_words.get(tuple(analysis.words(word)), ())
            if alias.exact_case and alias.text == word
        }
        known = named.pop() if len(named) == 1 else None
        return Field(known.kind, known.slug) if known else None

    def resolved(self, query: Query) -> Query:
        """The same query with what filters name put as what it is: another name of somebody, a topic's name, words of a title.

        What was merged is what it was merged into: an address kept from before goes on finding it.
        """
        match query:
            case Field(name, value) if (name, value) in self.moved:
                return Field(name, self.moved[name, value])
            case Field("speaker" | "topic" | "forum" | "contest", value) if (query.name, value) not in self.by_slug:
                return self._meant(query, analysis.words(value))
            case Not(part):
                return Not(self.resolved(part))
            case And(parts):
                return And(tuple(map(self.resolved, parts)))
            case Or(parts):
                return any_of(tuple(dict.fromkeys(map(self.resolved, parts)))) or query
        return query

    def _meant(self, query: Field, words: list[str]) -> Query:
        """A person's own name finds what they said already, and voices nobody has linked to a person with it."""
        called = self._called(query.name, words)
        match query.name:
            case "speaker":
                slugs = [known.slug for known in called if not _runs_in(words, known.name.en)]
                return any_of((query, *(Field("speaker", slug) for slug in slugs))) or query
            case "topic":
                slugs = [known.slug for known in called]
            case kind:
                titled = (slug for one, slug in self.by_slug if one == kind and self._titled(kind, slug, words))
                slugs = list(islice(titled, MOST_TITLES))
        return any_of(tuple(Field(query.name, slug) for slug in slugs)) or query

    def _called(self, kind: str, words: list[str]) -> list[Known]:
        """Everything of a kind that goes by these words, whatever their case."""
        keys = {tuple(key) for key in (words, analysis.stems(words, "en"), analysis.stems(words, "es"))}
        return list(
            dict.fromkeys(
                alias.known for key in keys for alias in self._by_words.get(key, ()) if alias.known.kind == kind
            )
        )

    def _titled(self, kind: str, slug: str, words: list[str]) -> bool:
        title = self.by_slug[(kind, slug)].name
        return any(_runs_in(words, text) for text in (title.en, title.within("es")))

    def filtered(self, query: Query | None) -> tuple[Known, ...]:
        """The people and topics that a query filters by."""
        match query:
            case Field(name, value):
                known = self.by_slug.get((name, value))
                if name in ("speaker", "topic"):
                    return (known,) if known else tuple(self._called(name, analysis.words(value)))
            case And(parts) | Or(parts):
                return tuple(dict.fromkeys(known for part in parts for known in self.filtered(part)))
        return ()

    def widened(self, query: Query) -> Query:
        """The same question with every topic standing for the topics below it too."""
        match query:
            case Field("topic", slug):
                below = [child for child, parent in self.parents.items() if parent == slug]
                return any_of((query, *(Field("topic", child) for child in below))) or query
            case Not(part):
                return Not(self.widened(part))
            case And(parts):
                return And(tuple(self.widened(part) for part in parts))
            case Or(parts):
                return Or(tuple(self.widened(part) for part in parts))
        return query

    def recognise(self, text: str, said: Sequence[Token], asking: bool) -> tuple[Match, ...]:
        """What is named in a text, left to right, the longest name first; a name that several bear is never certain."""
        matches: list[Match] = []
        start = 0
        while start < len(said):
            found = self._at(text, said, start, asking)
            matches.extend(found)
            start = found[0].end if found else start + 1
        return tuple(matches)

    def _at(self, text: str, said: Sequence[Token], start: int, asking: bool) -> list[Match]:
        for end in range(min(len(said), start + LONGEST), start, -1):
            tokens = said[start:end]
            aliases = [alias for alias in self._named(tokens) if _fits(alias, text, tokens)]
            known = list(dict.fromkeys(alias.known for alias in aliases))
            if known:
                certain = len(known) == 1 and _is_certain(text, tokens, start, asking)
                exact = all(alias.exact_case for alias in aliases)
                return [Match(one, start, end, certain, exact) for one in known]
        return []

    def _named(self, tokens: Sequence[Token]) -> Iterable[Alias]:
        words = [token.word.removesuffix("'s") for token in tokens]
        for key in (words, analysis.stems(words, "en"), analysis.stems(words, "es")):
            yield from self._by_words.get(tuple(key), ())


def _runs_in(words: list[str], name: str) -> bool:
    """Whether words stand in a name side by side."""
    held = analysis.words(name)
    return bool(words) and any(held[i : i + len(words)] == words for i in range(len(held)))


def _fits(alias: Alias, text: str, tokens: Sequence[Token]) -> bool:
    """Exact-case names must be typed as they are written, in a text that is not all capitals anyway."""
    if not alias.exact_case:
        return True
    typed = text[tokens[0].start : tokens[-1].end]
    return typed == alias.text and (text.strip() == typed or not text.isupper())


def _is_certain(text: str, tokens: Sequence[Token], start: int, asking: bool) -> bool:
    """A surname that is an everyday word needs a capital inside a sentence, or a question."""
    if len(tokens) > 1 or tokens[0].word not in SURNAMES_THAT_ARE_WORDS:
        return True
    return asking or (start > 0 and text[tokens[0].start].isupper())
