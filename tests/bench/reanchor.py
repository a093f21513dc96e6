"""Marks on a transcript of 160,000 characters whose corrected edition is stored: how many stand where they should, and how soon."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.report import Row
from tests.transcripts import revised
from tracker import schema
from tracker.db import Database

SEEDS = range(5)
TURNS, PER_TURN = 350, 92
KEPT, LOST = 300, 100


def run() -> Iterator[Row]:
    """Over five seeds: of marks whose turn stays, those found; of those whose turn goes, those given up; none on other words."""
    told, took = revised.Told(), 0.0
    for seed in SEEDS:
        with tempfile.TemporaryDirectory() as folder:
            database = Database(f"sqlite:///{Path(folder) / 'revised.db'}")
            schema.upgrade(database)
            begun = time.perf_counter()
            told += revised.measured(database, seed, TURNS, PER_TURN, KEPT, LOST)
            took += time.perf_counter() - begun
            database.dispose()
    kept, lost = KEPT * len(SEEDS), LOST * len(SEEDS)
    how = {name: sum(n for (_, verdict), n in told.items() if verdict == name) for name in revised.VERDICTS}
    yield Row("marks on other words than were marked", -how["FALSE"], "", kept + lost, 0)
    yield Row("marks in turns that stay, found", how["right"], "", kept, 0.98 * kept)
    yield Row("  of these: in part", how["part"], "", kept)
    for status in ("exact", "moved", "needs_review"):
        yield Row(f"  of these: {status}", told[status, "right"], "", kept)
    yield Row("marks in turns that went, given up", how["gone"], "", lost, lost)
    yield Row("marking and storing both editions, each", took / len(SEEDS) * 1000, "ms", KEPT + LOST)
