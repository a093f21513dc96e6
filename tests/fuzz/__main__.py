"""`python -m tests.fuzz`: so many inputs a format, each format in a process of its own, and a table of what became of them."""

import argparse
import secrets
import sys

from tests.fuzz.running import run
from transcripts.formats import FORMATS


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--inputs", type=int, default=10_000, help="inputs a format (default 10,000)")
    asked.add_argument("--seed", default=secrets.token_hex(4), help="what the inputs are drawn by (default: a new one)")
    asked.add_argument("--format", action="append", help="only this format; may be given again")
    said = asked.parse_args()
    print(f"seed {said.seed}\n{'format':<12} {'read':>7} {'refused':>8} {'slowest':>10} {'memory':>8}")
    failures = 0
    for name in said.format or [known.NAME for known in FORMATS]:
        found = run(name, said.seed, said.inputs)
        print(
            f"{name:<12} {found.read:>7} {found.refused:>8} {found.slowest_ms:>7} ms {found.peak_mb:>5} MB", flush=True
        )
        if found.failed is not None:
            failures += 1
            print(f"  input {found.failed} of seed {found.seed} failed:\n{found.failure}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
