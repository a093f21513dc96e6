"""`python -m tests.fuzz`: so many inputs a format, each format in a process of its own, and a table of what became of them.

`--steps N` walks through the pages and forms of follow-through instead, on a new SQLite database or an empty one that is named.
"""

import argparse
import random
import secrets
import sys
import tempfile
from pathlib import Path

from tests.fuzz.running import run
from tests.fuzz.walking import Walk, spoilt, town
from tests.tracker.confiding import desk_with_key
from tracker.db import Database
from tracker.schema import upgrade
from transcripts.formats import FORMATS


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--inputs", type=int, default=10_000, help="inputs a format (default 10,000)")
    asked.add_argument("--seed", default=secrets.token_hex(4), help="what the inputs are drawn by (default: a new one)")
    asked.add_argument("--format", action="append", help="only this format; may be given again")
    asked.add_argument("--steps", type=int, default=0, help="walk through follow-through, so many pages and forms")
    asked.add_argument("--database", help="the address of an empty database to walk in (default: a new SQLite one)")
    said = asked.parse_args()
    if said.steps:
        return walk(said.seed, said.steps, said.database)
    print(f"seed {said.seed}\n{'format':<12} {'read':>7} {'refused':>8} {'slowest':>10} {'memory':>8}")
    failures = 0
    for name in said.format or [known.NAME for known in FORMATS]:
        (found,) = run(name, said.inputs, said.seed)
        print(
            f"{name:<12} {found.read:>7} {found.refused:>8} {found.slowest_ms:>7} ms {found.peak_mb:>5} MB", flush=True
        )
        if found.failed is not None:
            failures += 1
            print(f"  input {found.failed} of seed {found.seed} failed:\n{found.failure}")
    return 1 if failures else 0


def walk(seed: str, steps: int, database: str | None) -> int:
    """Walk, and print how often each route gave which answer, and what went wrong."""
    with tempfile.TemporaryDirectory(prefix="walk-") as home:
        url = database or f"sqlite:///{home}/tracker.db"
        with Database(url) as empty:
            upgrade(empty)
        desk = desk_with_key(Path(home), url)
        desk.app.logger.propagate = False
        town(desk)
        print(f"seed {seed}", flush=True)
        walked = Walk(desk, random.Random(seed))
        walked.go(steps)
        for (method, rule, status), n in sorted(walked.asked.items()):
            print(f"{n:>6} {status} {method:<4} {rule}")
        faults = [*walked.faults, *(f"not to be stored again as it stands: {one}" for one in spoilt(desk.database))]
        desk.database.dispose()
    print("\n\n".join([*faults, f"{len(faults)} faults"]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
