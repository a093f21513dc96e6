"""A plan as tantivy's own query objects, and the schema they speak of."""

import re
from collections.abc import Callable, Iterable
from itertools import pairwise, repeat

import tantivy
from tantivy import Occur

from transcripts.search.documents import FACETS, FILTERS
from transcripts.search.plan import (
    All,
    Any,
    AnyWord,
    Between,
    Every,
    Keyword,
    Plan,
    Sequence,
    Stems,
    Without,
)

REMEMBERED = 32
"""Sequences of three words or more whose turns are kept until the index changes: the next page asks for them again."""
FIRST_LETTER = 0x100
"""Beyond every letter that means something in a pattern."""


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("words", stored=True, tokenizer_name="spaces", index_option="position")
    builder.add_text_field("stems", tokenizer_name="spaces", index_option="freq")
    builder.add_unsigned_field("order", indexed=True, fast=True)
    builder.add_unsigned_field("added", indexed=True, fast=True)
    for name in FILTERS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        builder.add_text_field(f"{name}_facet", tokenizer_name="raw", index_option="basic", fast=True)
    return builder.build()


SCHEMA = _schema()


def together(*queries: tantivy.Query) -> tantivy.Query:
    if len(queries) == 1:
        return queries[0]
    return tantivy.Query.boolean_query([(Occur.Must, query) for query in queries])


def between(places: Between, field: str = "order") -> tantivy.Query:
    first, last = max(places.first, 0), max(places.last, 0)
    found = tantivy.Query.range_query(SCHEMA, field, tantivy.FieldType.Unsigned, first, last)
    return tantivy.Query.const_score_query(found, 0.0)


class Compiler:
    """A plan as tantivy's own query objects, for one view of the index."""

    def __init__(self, searcher: tantivy.Searcher, chained: dict[Sequence, list[str]]) -> None:
        self.searcher = searcher
        self.chained = chained

    def compile(self, plan: Plan) -> tantivy.Query:
        match plan:
            case Every():
                return _unscored(tantivy.Query.all_query())
            case Stems(stems):
                return self._stems(stems)
            case Sequence():
                return self._sequence(plan)
            case AnyWord(words):
                return _unscored(tantivy.Query.term_set_query(SCHEMA, "words", list(words)))
            case Keyword(field, value):
                return _unscored(tantivy.Query.term_query(SCHEMA, field, value, "basic"))
            case Between():
                return between(plan)
            case Without():
                return self._all((plan,))
            case All(parts):
                return self._all(parts)
            case Any(parts, least):
                choices = [(Occur.Should, self.compile(part)) for part in parts]
                return tantivy.Query.boolean_query(choices, minimum_number_should_match=least)

    def _stems(self, stems: Iterable[str]) -> tantivy.Query:
        held = [stem for stem in stems if self.searcher.doc_freq("stems", stem)]
        found = [tantivy.Query.term_query(SCHEMA, "stems", stem, "freq") for stem in held]
        if len(found) == 1:
            return found[0]
        return tantivy.Query.boolean_query([(Occur.Should, query) for query in found])

    def _sequence(self, asked: Sequence) -> tantivy.Query:
        each = [_word(word) for word in dict.fromkeys(asked.words)]
        if len(asked.words) == 1:
            return each[0]
        if not asked.within:
            placed = tantivy.Query.phrase_query(SCHEMA, "words", list(asked.words))
        elif len(asked.words) == 2:
            placed = _pair(*asked.words, asked.within)
        else:
            placed = tantivy.Query.term_set_query(SCHEMA, "key", self._chains(asked))
        return tantivy.Query.boolean_query([(Occur.Must, query) for query in (_unscored(placed), *each)])

    def _chains(self, asked: Sequence) -> list[str]:
        """Keys of the turns that hold a chain of three words or more.

        Spelling out every way they may stand costs a long while with very common words. Two neighbours are one query;
        where all neighbours stand near one another, the words themselves say whether they do so along one chain.
        """
        if asked not in self.chained:
            near = [(Occur.Must, _pair(first, second, asked.within)) for first, second in pairwise(asked.words)]
            hits = self.searcher.search(
                tantivy.Query.boolean_query(near), max(self.searcher.num_docs, 1), count=False
            ).hits
            places = sorted((address.segment_ord, address.doc, number) for number, (_, address) in enumerate(hits))
            found = (self.searcher.doc(hits[number][1]) for _, _, number in places)
            is_chained = _chain_test(asked)
            if len(self.chained) >= REMEMBERED:
                self.chained.clear()
            self.chained[asked] = [one["key"][0] for one in found if is_chained(one["words"][0])]
        return self.chained[asked]

    def _all(self, parts: Iterable[Plan]) -> tantivy.Query:
        """Exclusions need something to be excluded from."""
        excluded = [(Occur.MustNot, self.compile(part.part)) for part in parts if isinstance(part, Without)]
        wanted = [(Occur.Must, self.compile(part)) for part in parts if not isinstance(part, Without)]
        return tantivy.Query.boolean_query((wanted or [(Occur.Must, self.compile(Every()))]) + excluded)


def _unscored(query: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.const_score_query(query, 0.0)


def _word(word: str) -> tantivy.Query:
    return tantivy.Query.term_query(SCHEMA, "words", word, "freq")


def _pair(first: str, second: str, within: int) -> tantivy.Query:
    """The second word after the first, at most `within` others between.

    Tantivy's slop counts moves either way from where a word should stand: here from the middle of where it may. With an odd
    `within` that takes in the place of the first word itself, which matters to a word said twice.
    """
    if within % 2 == 0:
        return _phrase(first, second, within // 2 + 1, within // 2)
    if first != second:
        return _phrase(first, second, (within + 1) // 2, (within + 1) // 2)
    ways = (_pair(first, second, within - 1), _phrase(first, second, within + 1, 0))
    return tantivy.Query.boolean_query([(Occur.Should, way) for way in ways])


def _phrase(first: str, second: str, distance: int, slop: int) -> tantivy.Query:
    return tantivy.Query.phrase_query(SCHEMA, "words", [(0, first), (distance, second)], slop)


def _chain_test(asked: Sequence) -> Callable[[str], object]:
    """Whether a turn's words hold the chain: each word asked for becomes a letter, every other a dot, for one pattern."""
    letters = {word: chr(FIRST_LETTER + number) for number, word in enumerate(dict.fromkeys(asked.words))}
    find = re.compile(f".{{0,{asked.within}}}".join(letters[word] for word in asked.words)).search
    return lambda words: find("".join(map(letters.get, words.split(" "), repeat("."))))
