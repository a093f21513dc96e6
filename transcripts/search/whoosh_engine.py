"""The pure-Python engine: the index of Whoosh 2.7.4. Import this module only when it is the chosen engine.

An index of Whoosh holds pickles: one that somebody else made must never be read.
"""

import itertools
import math
import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import whoosh
from whoosh import columns, fields, index, scoring
from whoosh.searching import Searcher
from whoosh.writing import IndexWriter

from transcripts.search import analysis
from transcripts.search.documents import FACETS, FILTERS, Document, facets, keywords
from transcripts.search.engine import Health, Page, Request
from transcripts.search.expansion import Counted, Vocabulary, most_frequent
from transcripts.search.store import State, Store, damaged
from transcripts.search.whoosh_segment import SEPARATOR, Columns, Segment, ranking

NAME = "whoosh"
HEAP_MB = 256
"""Megabytes a writer may hold before it writes a run to disk."""
_VERSION = f"whoosh {whoosh.versionstring()}"

_SCHEMA = fields.Schema(
    key=fields.ID(stored=True),
    words=fields.TEXT(phrase=True),
    stems=fields.KEYWORD(scorable=True),
    order=fields.COLUMN(columns.NumericColumn("q")),
    added=fields.COLUMN(columns.NumericColumn("q")),
    **{name: fields.ID() for name in FILTERS},
    **{f"{name}_facet": fields.COLUMN(columns.VarBytesColumn()) for name in FACETS},
)


def _lucene_idf(searcher: Searcher, field: str, text: str) -> float:
    """The inverse document frequency the other engine has: Whoosh's own orders hits of several words differently."""
    parent = searcher.get_parent()
    held = parent.doc_frequency(field, text)
    return math.log(1 + (parent.doc_count_all() - held + 0.5) / (held + 0.5))


_RANKING = scoring.BM25F()
_RANKING.idf = _lucene_idf


class WhooshEngine:
    """See `engine.SearchEngine`. One object serves one process; searches take turns."""

    name = NAME

    def __init__(self, home: Path) -> None:
        self._store = Store(home, NAME)
        self._writer: IndexWriter | None = None
        self._changes: dict[str, Document | None] = {}
        self._searcher: Searcher | None = None
        self._segments: list[Segment] = []
        self._seen = State(NAME)
        self._vocabulary: Vocabulary | None = None
        self._turn = threading.RLock()

    # Writing

    def lock(self) -> None:
        self._store.lock()

    def start_over(self) -> None:
        self._writer = index.create_in(self._store.begin(), _SCHEMA).writer(limitmb=HEAP_MB)

    def upsert(self, documents: Iterable[Document]) -> None:
        writer = self._writing()
        for document in documents:
            if self._store.fresh:
                writer.add_document(**_row(document))
            else:
                self._changes[document.key] = document

    def delete(self, keys: Iterable[str]) -> None:
        self._writing()
        self._changes.update(dict.fromkeys(keys))

    def commit(self) -> int:
        writer = self._writing()
        self._apply(writer)
        writer.commit()
        self._writer = None
        generation = self._store.publish()
        self.refresh()
        return generation

    def _apply(self, writer: IndexWriter) -> None:
        """The changes gathered since the lock was taken: opening a reader for each is what makes Whoosh slow."""
        if self._changes:
            with writer.searcher() as present:
                for key in self._changes:
                    writer.delete_by_term("key", key, searcher=present)
            for document in filter(None, self._changes.values()):
                writer.add_document(**_row(document))
        self._changes = {}

    def close(self) -> None:
        if self._writer is not None:
            self._writer.cancel()
        self._writer = None
        self._changes = {}
        self._store.release()
        if self._searcher is not None:
            self._searcher.close()
        self._searcher = None

    def _writing(self) -> IndexWriter:
        if self._writer is None:
            self._writer = _open(self._store.present()).writer(limitmb=HEAP_MB)
        return self._writer

    # Reading

    def refresh(self) -> int:
        with self._turn:
            if self._searcher is None or self._store.state() != self._seen:
                known = {segment.name: segment.columns for segment in self._segments}
                self._seen, (self._searcher, self._segments) = self._store.opened(lambda path: _view(path, known))
                self._vocabulary = None
            return self._seen.generation

    def health(self) -> Health:
        self.refresh()
        with self._turn:
            return Health(_VERSION, self._searching().doc_count(), self._seen.generation)

    def expand(self, word: str, edits: int, cap: int) -> list[str]:
        with self._turn:
            self._searching()
            if not edits:
                return most_frequent(self._words(word), cap)
            if self._vocabulary is None:
                self._vocabulary = Vocabulary(self._words(""))
            return self._vocabulary.near(word, edits, cap)

    def search(self, request: Request) -> Page:
        with self._turn:
            self._searching()
            found = [segment.search(request) for segment in self._segments]
        counts = {name: dict(sum((one.facets[name] for one in found), Counter())) for name in request.facets}
        hits = itertools.chain.from_iterable(one.hits for one in found)
        key = ranking(request)
        best = sorted(hits, key=lambda hit: key((hit.place, hit.score, 0)))
        page = best[request.offset : request.offset + request.limit]
        return Page(tuple(page), sum(one.total for one in found), counts)

    def _searching(self) -> Searcher:
        if self._searcher is None:
            self.refresh()
        return self._searcher

    def _words(self, start: str) -> Iterable[Counted]:
        counts: Counter[str] = Counter()
        for segment in self._segments:
            counts.update(dict(segment.words(start)))
        return counts.items()


def _open(path: Path) -> index.FileIndex:
    try:
        return index.open_dir(path)
    except Exception as error:  # its decoders raise whatever a damaged byte makes them trip over
        raise damaged() from error


def _view(path: Path, known: Mapping[str, Columns]) -> tuple[Searcher, list[Segment]]:
    opened = _open(path)
    try:
        searcher = opened.searcher(weighting=_RANKING)
        return searcher, [Segment(leaf, known) for leaf, _ in searcher.leaf_searchers() if leaf.doc_count_all()]
    except Exception as error:  # as above
        raise damaged() from error


def _row(document: Document) -> dict[str, object]:
    """Lists pass by Whoosh's own analysis."""
    spoken = analysis.words(document.text)
    row: dict[str, object] = {
        "key": [document.key],
        "_stored_key": document.key,
        "words": spoken,
        "stems": analysis.stems(spoken, document.lang),
        "order": document.order,
        "added": document.added,
    }
    row.update((name, list(values)) for name, values in keywords(document).items())
    row.update((f"{name}_facet", SEPARATOR.join(values).encode()) for name, values in facets(document).items())
    return row
