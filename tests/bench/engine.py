"""The engine alone, with three facets and snippets, among 10,000 and 100,000 turns; with BENCH=1M among a million too.

Turns stand in the index and, for snippets, in a table of texts; there is no site around them.
"""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from tests.bench.report import Row, percentile
from tests.bench.search import Query, queries, timed
from tests.transcripts.search.engines import open_engine
from tests.transcripts.search.generated import World
from transcripts.search.engine import SearchEngine
from transcripts.search.finding import Asked, Finder
from transcripts.search.names import Names
from transcripts.search.snippets import Highlighter
from transcripts.search.understanding import understand

SEED = 100_000
BUDGETS = {10_000: 5.0, 100_000: 15.0, 1_000_000: 60.0}
"""ms of the 95th percentile, by number of turns."""
GROWTH = 8.0
FACETS = ("speaker", "topic", "forum")
STEP = 20_000


def run() -> Iterator[Row]:
    """The 50th and 95th percentile at each size, the slowest kinds of query, and how much ten times the turns cost."""
    asked = queries()
    before: float | None = None
    for turns, budget in BUDGETS.items():
        if turns == 1_000_000 and os.environ.get("BENCH") != "1M":
            return
        with tempfile.TemporaryDirectory() as folder:
            engine, texts = _filled(Path(folder), turns)
            (took,) = timed(asked, lambda query, engine=engine, texts=texts: _search(engine, texts, query))
            yield Row(f"engine p50 among {turns:,}, 3 facets + snippets", percentile(took, 0.5), "ms", len(took))
            p95 = percentile(took, 0.95)
            yield Row(f"engine p95 among {turns:,}, 3 facets + snippets", p95, "ms", len(took), budget)
            for kind in dict.fromkeys(query.kind for query in asked):
                of_kind = [ms for query, ms in zip(asked, took, strict=True) if query.kind == kind]
                yield Row(f"  of these: {kind}, p95", percentile(of_kind, 0.95), "ms", len(of_kind))
            if before is not None:
                growth = f"engine p95, growth to {turns:,}"
                yield Row(growth, p95, "ms", len(took), None, before, GROWTH if turns == 1_000_000 else None)
            before = p95
            engine.close()
            texts.close()


def _filled(folder: Path, turns: int) -> tuple[SearchEngine, sqlite3.Connection]:
    """An index of so many turns, and their texts by key."""
    engine = open_engine("tantivy", folder / "index")
    texts = sqlite3.connect(folder / "texts.db")
    texts.execute("CREATE TABLE said (key TEXT PRIMARY KEY, text TEXT, lang TEXT) WITHOUT ROWID")
    spoken = World(SEED).turns(turns)
    engine.start_over()
    while some := list(islice(spoken, STEP)):
        engine.upsert(some)
        texts.executemany("INSERT INTO said VALUES (?, ?, ?)", ((one.key, one.text, one.lang) for one in some))
    texts.commit()
    engine.commit()
    return engine, texts


def _search(engine: SearchEngine, texts: sqlite3.Connection, query: Query) -> list[object]:
    """A typed query read, run and lit up, as the page does it."""
    found = Finder(engine, Names(), Asked(query.ours, facets=FACETS)).find(understand(query.ours, Names()))
    lights = Highlighter(found.request.plan)
    said = (
        texts.execute("SELECT text, lang FROM said WHERE key = ?", (hit.key,)).fetchone() for hit in found.page.hits
    )
    return [lights.snippet(text, lang) for text, lang in said]
