"""One quotation checked among 10,000 passages, with everything its page says, beside a loop of rapidfuzz over their texts."""

import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from rapidfuzz import fuzz
from sqlmodel import Session

from tests.bench.report import Row, percentile
from tests.bench.search import filled
from tests.transcripts.search.generated import World
from tracker.checking import check
from transcripts.checking.spotting import line
from transcripts.search.documents import Document

SEED = 10_000
TURNS = 10_000
QUOTATIONS = 200
LOOPS = 30
BUDGET = 50.0


def run() -> Iterator[Row]:
    """The first check, which builds the index; then quotations as they were said, with two words changed, and said by nobody."""
    world = World(SEED)
    documents = list(world.turns(TURNS))
    rng = random.Random(SEED)
    said = [
        _quoted(one, rng) for one in rng.sample([one for one in documents if len(one.text.split()) > 12], QUOTATIONS)
    ]
    with tempfile.TemporaryDirectory() as folder:
        database = filled(Path(folder), world, documents)
        with database.read() as session:
            begun = time.perf_counter()
            check(session, [line(said[0])])
            yield Row("first check, index built, 10,000 passages", (time.perf_counter() - begun) * 1000, "ms", 1)
            loop = [_loop(one, documents) for one in said[:LOOPS]]
            for name, texts in (
                ("one quotation, as it was said", said),
                ("one quotation, two words changed", [_changed(one, rng) for one in said]),
                ("one quotation nobody said", [_changed(one, rng, len(one.split())) for one in said]),
            ):
                times = [_timed(session, text) for text in texts]
                for share in (0.5, 0.95):
                    limit = BUDGET if share == 0.5 else None
                    yield Row(
                        f"{name}, p{share * 100:.0f}",
                        percentile(times, share),
                        "ms",
                        len(times),
                        limit,
                        percentile(loop, share),
                    )
        database.dispose()


def _quoted(one: Document, rng: random.Random) -> str:
    words = one.text.split()
    size = rng.randint(8, min(30, len(words)))
    start = rng.randint(0, len(words) - size)
    return " ".join(words[start : start + size])


def _changed(text: str, rng: random.Random, many: int = 2) -> str:
    words = text.split()
    for n in rng.sample(range(len(words)), many):
        words[n] = "".join(rng.choices("abcdefghilmnoprstu", k=7))
    return " ".join(words)


def _timed(session: Session, text: str) -> float:
    begun = time.perf_counter()
    check(session, [line(text)])
    return (time.perf_counter() - begun) * 1000


def _loop(text: str, documents: Sequence[Document]) -> float:
    """What a newsroom's script does: the best partial ratio of all texts."""
    begun = time.perf_counter()
    max(documents, key=lambda one: fuzz.partial_ratio(text, one.text))
    return (time.perf_counter() - begun) * 1000
