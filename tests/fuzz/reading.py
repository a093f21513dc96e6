"""The process that reads the inputs of one format, with the memory an upload may take: `python -m tests.fuzz.reading NAME COUNT SEED…`."""

import json
import resource
import signal
import sys
import traceback
from dataclasses import asdict, dataclass
from time import perf_counter
from types import FrameType

from tests.fuzz.generating import inputs
from transcripts import formats
from transcripts.confined import MEMORY
from transcripts.errors import BadFile
from transcripts.formats import diarisation

HANG_SECONDS = 10


@dataclass
class Outcome:
    """What became of the inputs: how many were read and refused, the slowest, the memory at its highest, the first failure."""

    format: str
    seed: str
    read: int = 0
    refused: int = 0
    slowest_ms: int = 0
    slowest: int = 0
    peak_mb: int = 0
    failed: int | None = None
    failure: str = ""


def attempt(name: str, data: bytes) -> bool:
    """Whether the input is read, named and unnamed alike; a refusal is the only other end it may have."""
    read = False
    for format in (name, None):
        try:
            record = formats.read(data, "input", format)
        except BadFile as refused:
            assert str(refused.reason), "a refusal without a reason"
        else:
            read = True
            assert record.turns, "a record without turns"
            wordless = record.format == diarisation.NAME  # it says who speaks when, and no words
            assert wordless or all(turn.text.strip() for turn in record.turns), "a turn without words"
    return read


def run(name: str, seed: str, count: int) -> Outcome:
    """Read `count` inputs one after the other and stop at the first that fails."""
    outcome = Outcome(name, seed)
    signal.signal(signal.SIGALRM, _hangs)
    for number, data in enumerate(inputs(name, seed, count)):
        began = perf_counter()
        signal.alarm(2 * HANG_SECONDS)
        try:
            read = attempt(name, data)
        except Exception:
            outcome.failed, outcome.failure = number, traceback.format_exc(limit=-6)
            break
        signal.alarm(0)
        took = round((perf_counter() - began) * 1000)
        outcome.read, outcome.refused = outcome.read + read, outcome.refused + (not read)
        if took > outcome.slowest_ms:
            outcome.slowest_ms, outcome.slowest = took, number
    outcome.peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return outcome


def _hangs(_signal: int, _frame: FrameType | None) -> None:
    raise TimeoutError(f"not done after {HANG_SECONDS} seconds a reading")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    name, count, *seeds = sys.argv[1:]
    print(json.dumps([asdict(run(name, seed, int(count))) for seed in seeds]))
