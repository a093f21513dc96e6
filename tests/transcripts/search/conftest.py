"""One made-up world for all engines, and an index of it for each."""

from pathlib import Path

import pytest

from tests.transcripts.search.engines import NAMES, open_engine
from tests.transcripts.search.generated import World
from tests.transcripts.search.oracle import Oracle
from transcripts.search.engine import SearchEngine

TURNS = 2_500


@pytest.fixture(scope="session")
def world() -> World:
    return World(seed=20151, vocabulary=4_000, people=60, forums=50)


@pytest.fixture(scope="session")
def oracle(world: World) -> Oracle:
    return Oracle(world.turns(TURNS))


@pytest.fixture(scope="session", params=NAMES)
def indexed(request: pytest.FixtureRequest, oracle: Oracle, tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    """An engine that holds every turn of the world, in several segments, some of them written twice. Read only."""
    engine = open_engine(request.param, tmp_path_factory.mktemp(request.param))
    documents = [turn.document for turn in oracle.turns]
    engine.start_over()
    engine.upsert(documents[:1_500])
    engine.commit()
    engine.upsert(documents[1_400:])
    engine.commit()
    engine.upsert(documents[:40])
    engine.commit()
    return engine


@pytest.fixture(params=NAMES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> SearchEngine:
    """An engine of one's own, empty."""
    engine = open_engine(request.param, tmp_path / "index")
    engine.start_over()
    engine.commit()
    return engine
