"""The default engine: tantivy, embedded. It is given words the app has already folded, and trees the app has built."""

import itertools
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

import tantivy
from tantivy import Occur, Order

from transcripts.search import analysis
from transcripts.search.documents import FACETS, FILTERS, Document, facets, keywords
from transcripts.search.engine import Health, Hit, Page, Request, Sort
from transcripts.search.expansion import Vocabulary, most_frequent
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
    is_ranked,
)
from transcripts.search.store import State, Store, damaged

NAME = "tantivy"
HEAP = 128_000_000
"""Bytes a writer may hold before it writes a segment."""
MAX_TIES = 1_000
"""Hits of one score that are put in order of date; among more than these the order is tantivy's own."""
MAX_VALUES = 100_000
"""Values counted of one facet."""
MAX_ORDER = (1 << 63) - 1
_VERSION = f"tantivy {version('tantivy')}"


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("words", tokenizer_name="spaces", index_option="position")
    builder.add_text_field("stems", tokenizer_name="spaces", index_option="freq")
    builder.add_unsigned_field("order", indexed=True, fast=True)
    for name in FILTERS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        builder.add_text_field(f"{name}_facet", tokenizer_name="raw", index_option="basic", fast=True)
    return builder.build()


_SCHEMA = _schema()


class TantivyEngine:
    """See `engine.SearchEngine`. One object serves one process; searching is safe from several threads."""

    name = NAME

    def __init__(self, home: Path) -> None:
        self._store = Store(home, NAME)
        self._writer: tantivy.IndexWriter | None = None
        self._index: tantivy.Index | None = None
        self._seen = State(NAME)
        self._vocabulary: Vocabulary | None = None

    # Writing

    def lock(self) -> None:
        self._store.lock()

    def start_over(self) -> None:
        self._writer = _open(self._store.begin()).writer(HEAP, 1)

    def upsert(self, documents: Iterable[Document]) -> None:
        writer = self._writing()
        for document in documents:
            if not self._store.fresh:
                writer.delete_documents_by_term("key", document.key)
            writer.add_document(_document(document))

    def delete(self, keys: Iterable[str]) -> None:
        writer = self._writing()
        for key in keys:
            writer.delete_documents_by_term("key", key)

    def commit(self) -> int:
        writer = self._writing()
        writer.commit()
        writer.wait_merging_threads()
        self._writer = None
        generation = self._store.publish()
        self.refresh()
        return generation

    def close(self) -> None:
        self._writer = None
        self._store.release()
        self._index = None

    def _writing(self) -> tantivy.IndexWriter:
        if self._writer is None:
            self._writer = _open(self._store.present()).writer(HEAP, 1)
        return self._writer

    # Reading

    def refresh(self) -> int:
        index, state = self._index, self._store.state()
        if index is None or state != self._seen:
            if index is None or state.folder != self._seen.folder:
                state, self._index = self._store.opened(_open)
            else:
                index.reload()
            self._seen, self._vocabulary = state, None
        return state.generation

    def health(self) -> Health:
        self.refresh()
        return Health(_VERSION, self._searcher().num_docs, self._seen.generation)

    def expand(self, word: str, edits: int, cap: int) -> list[str]:
        searcher = self._searcher()
        if not edits:
            return most_frequent(searcher.terms_with_prefix("words", word), cap)
        if self._vocabulary is None:
            self._vocabulary = Vocabulary(searcher.terms_with_prefix("words", ""))
        return self._vocabulary.near(word, edits, cap)

    def search(self, request: Request) -> Page:
        searcher = self._searcher()
        compiler = _Compiler(searcher)
        asked = compiler.compile(request.plan)
        filters = {name: compiler.compile(filter_) for name, filter_ in request.filters.items()}
        total, counts = _count(searcher, asked, filters, request.facets)
        narrowed = _together(asked, *filters.values())
        ranked = request.sort is Sort.RELEVANCE and is_ranked(request.plan)
        hits = _best(searcher, narrowed, request) if ranked else _dated(searcher, narrowed, request)
        return Page(tuple(hits), total, counts)

    def _searcher(self) -> tantivy.Searcher:
        if self._index is None:
            self.refresh()
        assert self._index is not None
        return self._index.searcher()


def _open(path: Path) -> tantivy.Index:
    try:
        index = tantivy.Index(_SCHEMA, str(path))
    except (ValueError, OSError) as error:
        raise damaged() from error
    index.register_tokenizer("spaces", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    index.config_reader("manual")
    return index


def _document(document: Document) -> tantivy.Document:
    spoken = analysis.words(document.text)
    row: dict[str, object] = {
        "key": document.key,
        "words": " ".join(spoken),
        "stems": " ".join(analysis.stems(spoken, document.lang)),
        "order": document.order,
    }
    row.update((name, list(values)) for name, values in keywords(document).items() if values)
    row.update((f"{name}_facet", list(values)) for name, values in facets(document).items() if values)
    return tantivy.Document.from_dict(row, _SCHEMA)


def _together(*queries: tantivy.Query) -> tantivy.Query:
    if len(queries) == 1:
        return queries[0]
    return tantivy.Query.boolean_query([(Occur.Must, query) for query in queries])


def _count(
    searcher: tantivy.Searcher, asked: tantivy.Query, filters: dict[str, tantivy.Query], names: Iterable[str]
) -> tuple[int, dict[str, dict[str, int]]]:
    """The total and the facets; a facet with a filter of its own is counted apart, without it."""
    shared = {name: _by_value(name) for name in names if name not in filters}
    narrowed = _together(asked, *filters.values())
    found = searcher.aggregate(narrowed, {"total": {"value_count": {"field": "order"}}, **shared})
    for name in (name for name in names if name in filters):
        others = [query for other, query in filters.items() if other != name]
        found |= searcher.aggregate(_together(asked, *others), {name: _by_value(name)})
    counts = {name: {one["key"]: one["doc_count"] for one in found[name]["buckets"]} for name in names}
    return int(found["total"]["value"]), counts


def _by_value(name: str) -> dict[str, object]:
    return {"terms": {"field": f"{name}_facet", "size": MAX_VALUES}}


def _dated(searcher: tantivy.Searcher, query: tantivy.Query, request: Request) -> list[Hit]:
    oldest_first = request.sort is Sort.OLDEST
    if request.after is not None:
        unseen = Between(request.after + 1, MAX_ORDER) if oldest_first else Between(0, request.after - 1)
        query = _together(query, _between(unseen))
    order = Order.Asc if oldest_first else Order.Desc
    found = searcher.search(
        query, request.limit, count=False, order_by_field="order", offset=request.offset, order=order
    )
    return [Hit(searcher.doc(address)["key"][0], 0.0, number) for number, address in found.hits]


def _best(searcher: tantivy.Searcher, query: tantivy.Query, request: Request) -> list[Hit]:
    """The highest scores, newest first among equals: so many more are fetched as share the last score of the page."""
    wanted = request.offset + request.limit
    fetched = wanted + request.limit
    found = searcher.search(query, fetched, count=False).hits
    while len(found) == fetched < wanted + MAX_TIES and found[wanted - 1][0] == found[-1][0]:
        fetched *= 4
        found = searcher.search(query, fetched, count=False).hits
    orders = [int(order or 0) for order in searcher.fast_field_values("order", [address for _, address in found])]
    by_score = sorted(zip(found, orders, strict=True), key=lambda hit: (-hit[0][0], -hit[1]))
    return [
        Hit(searcher.doc(address)["key"][0], score, number)
        for (score, address), number in by_score[request.offset : wanted]
    ]


def _between(orders: Between) -> tantivy.Query:
    first, last = max(orders.first, 0), max(orders.last, 0)
    found = tantivy.Query.range_query(_SCHEMA, "order", tantivy.FieldType.Unsigned, first, last)
    return tantivy.Query.const_score_query(found, 0.0)


class _Compiler:
    """A plan as tantivy's own query objects, for one view of the index."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self.searcher = searcher

    def compile(self, plan: Plan) -> tantivy.Query:
        match plan:
            case Every():
                return _unscored(tantivy.Query.all_query())
            case Stems(stems):
                return self._stems(stems)
            case Sequence(words, within):
                return _sequence(words, within)
            case AnyWord(words):
                return _unscored(tantivy.Query.term_set_query(_SCHEMA, "words", list(words)))
            case Keyword(field, value):
                return _unscored(tantivy.Query.term_query(_SCHEMA, field, value, "basic"))
            case Between():
                return _between(plan)
            case Without():
                return self._all((plan,))
            case All(parts):
                return self._all(parts)
            case Any(parts, least):
                choices = [(Occur.Should, self.compile(part)) for part in parts]
                return tantivy.Query.boolean_query(choices, minimum_number_should_match=least)

    def _stems(self, stems: Iterable[str]) -> tantivy.Query:
        held = [stem for stem in stems if self.searcher.doc_freq("stems", stem)]
        found = [tantivy.Query.term_query(_SCHEMA, "stems", stem, "freq") for stem in held]
        if len(found) == 1:
            return found[0]
        return tantivy.Query.boolean_query([(Occur.Should, query) for query in found])

    def _all(self, parts: Iterable[Plan]) -> tantivy.Query:
        """Exclusions need something to be excluded from."""
        excluded = [(Occur.MustNot, self.compile(part.part)) for part in parts if isinstance(part, Without)]
        wanted = [(Occur.Must, self.compile(part)) for part in parts if not isinstance(part, Without)]
        return tantivy.Query.boolean_query((wanted or [(Occur.Must, self.compile(Every()))]) + excluded)


def _unscored(query: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.const_score_query(query, 0.0)


def _sequence(words: tuple[str, ...], within: int) -> tantivy.Query:
    """Tantivy's own slop counts moves: every way the words may stand is spelled out instead (the parser limits them)."""
    each = [tantivy.Query.term_query(_SCHEMA, "words", word, "freq") for word in dict.fromkeys(words)]
    if len(words) == 1:
        return each[0]
    ways = []
    for gaps in itertools.product(range(within + 1), repeat=len(words) - 1):
        places = itertools.accumulate((gap + 1 for gap in gaps), initial=0)
        ways.append(tantivy.Query.phrase_query(_SCHEMA, "words", list(zip(places, words, strict=True))))
    placed = ways[0] if len(ways) == 1 else tantivy.Query.boolean_query([(Occur.Should, way) for way in ways])
    return tantivy.Query.boolean_query([(Occur.Must, query) for query in (_unscored(placed), *each)])
