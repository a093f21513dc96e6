"""The default engine: tantivy, embedded. It is given words the app has already folded, and trees the app has built."""

from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

import tantivy
from tantivy import Order

from transcripts.search import analysis
from transcripts.search.documents import Document, facets, keywords
from transcripts.search.engine import Health, Hit, Page, Request, Sort
from transcripts.search.expansion import Vocabulary, most_frequent
from transcripts.search.plan import Between, Sequence, is_ranked
from transcripts.search.store import State, Store, damaged
from transcripts.search.tantivy_query import SCHEMA, Compiler, between, together

NAME = "tantivy"
HEAP = 128_000_000
"""Bytes a writer may hold before it writes a segment."""
MAX_TIES = 1_000
"""Hits of one score that are put in order of date; among more than these the order is tantivy's own."""
MAX_VALUES = 100_000
"""Values counted of one facet."""
ONE_EACH = "forum"
"""The facet that every turn has exactly one value of."""
MAX_ORDER = (1 << 63) - 1
_VERSION = f"tantivy {version('tantivy')}"


class TantivyEngine:
    """See `engine.SearchEngine`. One object serves one process; searching is safe from several threads."""

    name = NAME

    def __init__(self, home: Path) -> None:
        self._store = Store(home, NAME)
        self._writer: tantivy.IndexWriter | None = None
        self._index: tantivy.Index | None = None
        self._seen = State(NAME)
        self._vocabulary: Vocabulary | None = None
        self._chained: dict[Sequence, list[str]] = {}

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
            self._seen, self._vocabulary, self._chained = state, None, {}
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
        compiler = Compiler(searcher, self._chained)
        asked = compiler.compile(request.plan)
        filters = {name: compiler.compile(filter_) for name, filter_ in request.filters.items()}
        total, counts = _count(searcher, asked, filters, request.facets)
        narrowed = together(asked, *filters.values())
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
        index = tantivy.Index(SCHEMA, str(path))
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
        "added": document.added,
    }
    row.update((name, list(values)) for name, values in keywords(document).items() if values)
    row.update((f"{name}_facet", list(values)) for name, values in facets(document).items() if values)
    return tantivy.Document.from_dict(row, SCHEMA)


def _count(
    searcher: tantivy.Searcher, asked: tantivy.Query, filters: dict[str, tantivy.Query], names: Iterable[str]
) -> tuple[int, dict[str, dict[str, int]]]:
    """The total and the facets; a facet with a filter of its own is counted apart, without it.

    Every turn has one forum: where forums are counted the total is their sum.
    """
    shared = {name: _by_value(name) for name in names if name not in filters}
    narrowed = together(asked, *filters.values())
    total = {} if ONE_EACH in shared else {"total": {"value_count": {"field": "order"}}}
    found = searcher.aggregate(narrowed, {**total, **shared})
    for name in (name for name in names if name in filters):
        others = [query for other, query in filters.items() if other != name]
        found |= searcher.aggregate(together(asked, *others), {name: _by_value(name)})
    counts = {name: {one["key"]: one["doc_count"] for one in found[name]["buckets"]} for name in names}
    return int(found["total"]["value"]) if total else sum(counts[ONE_EACH].values()), counts


def _by_value(name: str) -> dict[str, object]:
    return {"terms": {"field": f"{name}_facet", "size": MAX_VALUES}}


def _dated(searcher: tantivy.Searcher, query: tantivy.Query, request: Request) -> list[Hit]:
    oldest_first = request.sort is Sort.OLDEST
    field = "added" if request.sort is Sort.ADDED else "order"
    if request.after is not None:
        unseen = Between(request.after + 1, MAX_ORDER) if oldest_first else Between(0, request.after - 1)
        query = together(query, between(unseen, field))
    order = Order.Asc if oldest_first else Order.Desc
    found = searcher.search(query, request.limit, count=False, order_by_field=field, offset=request.offset, order=order)
    orders = searcher.fast_field_values("order", [address for _, address in found.hits])
    return [
        Hit(searcher.doc(address)["key"][0], 0.0, int(order or 0), place)
        for (place, address), order in zip(found.hits, orders, strict=True)
    ]


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
        Hit(searcher.doc(address)["key"][0], score, number, number)
        for (score, address), number in by_score[request.offset : wanted]
    ]
