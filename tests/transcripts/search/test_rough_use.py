"""Strings meant to hurt, and writers killed in the middle of a commit."""

import json
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.corpora import ROOT
from tests.transcripts.search.engines import NAMES, open_engine
from tests.transcripts.search.generated import World
from tests.transcripts.search.writer import BATCH, batch
from transcripts.search.engine import Request, SearchEngine
from transcripts.search.finding import Asked, Finder, Tried
from transcripts.search.names import Names
from transcripts.search.plan import Every, Sequence, Stems
from transcripts.search.query import Field, Query
from transcripts.search.understanding import WORDLESS, understand

KILLS = 20
HANG = 60


@pytest.mark.parametrize("name", NAMES)
def test_hostile_strings_are_answered_at_once(name: str, tmp_path: Path) -> None:
    """CPU time, so that a busy machine does not count; a crash of the process is a failure."""
    engine = open_engine(name, tmp_path)
    engine.start_over()
    engine.upsert(World(seed=5, vocabulary=1_000, people=10, forums=5).turns(800))
    engine.commit()
    engine.close()
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.transcripts.search.hostile", name, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=HANG,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["strings"] >= 32
    assert told["longest"] < 0.2


@pytest.mark.parametrize("name", NAMES)
def test_a_killed_writer_loses_nothing_it_acknowledged(name: str, tmp_path: Path) -> None:
    rng = random.Random(name)
    engine = open_engine(name, tmp_path)
    engine.start_over()
    engine.commit()
    number = 0
    for _ in range(KILLS):
        acknowledged = _killed_writer(name, tmp_path, number, rng.uniform(0.0, 0.3))
        engine = open_engine(name, tmp_path)
        engine.refresh()
        held = _whole_batches(engine, number, acknowledged)
        engine.upsert(batch(held))
        engine.commit()
        number = held + 1
    engine.refresh()
    assert engine.search(Request(Sequence(("said", "the", "mayor")))).total == number * BATCH
    assert engine.health().count == number * BATCH


@pytest.mark.parametrize("name", NAMES)
def test_signs_without_a_word_find_nothing_and_say_so(name: str, tmp_path: Path) -> None:
    engine = open_engine(name, tmp_path)
    engine.start_over()
    engine.upsert(World(seed=5, vocabulary=1_000, people=10, forums=5).turns(20))
    engine.commit()

    def asked(typed: str, *filters: Query) -> Tried:
        return Finder(engine, Names(), Asked(typed, filters)).find(understand(typed, Names()))

    for typed in ('speaker:((("~~ OR -`', "OR", "-", "???", "“”"):
        found = asked(typed)
        assert (found.query, found.page.total, found.page.hits, found.page.facets["forum"]) == (None, 0, (), {})
        assert [note.message for note in understand(typed, Names()).notes] == [WORDLESS]
        assert asked(typed, Field("forum", "forum-0")).page.total == asked("", Field("forum", "forum-0")).page.total > 0
    assert asked(" ").page.total == 20
    engine.close()


def _killed_writer(name: str, home: Path, first: int, seconds: float) -> int:
    """Start a writer, kill it so long after its first commit; returns the first batch it did not acknowledge."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.transcripts.search.writer", name, str(home), str(first)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        acknowledged = [int(writer.stdout.readline())]
        time.sleep(seconds)
        writer.kill()
        acknowledged += map(int, writer.stdout.read().split())
    return acknowledged[-1] + 1


def _whole_batches(engine: SearchEngine, first: int, acknowledged: int) -> int:
    """Every acknowledged batch is there, whole, and at most the one in hand besides; returns the first that is not."""
    number = first
    while found := engine.search(Request(Stems((f"en:batch{number}",)))).total:
        assert found == BATCH
        number += 1
    assert acknowledged <= number <= acknowledged + 1
    assert engine.search(Request(Every())).total == number * BATCH
    return number
