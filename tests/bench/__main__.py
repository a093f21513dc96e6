"""Run the measurements named on the command line, or all; exit 1 when a budget is missed."""

import importlib
import sys

from tests.bench.report import machine

NAMES = ("search", "engine", "datasette", "checking", "importing", "pages", "guide", "reanchor", "upload", "classroom")


def main(names: list[str]) -> int:
    """Print every figure as it is measured."""
    unknown = set(names) - set(NAMES)
    if unknown:
        print(f"There is no measurement {', '.join(sorted(unknown))}; choose {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    print(machine())
    missed = 0
    for name in names or NAMES:
        for row in importlib.import_module(f"tests.bench.{name}").run():
            print(row, flush=True)
            missed += not row.holds
    return 1 if missed else 0


sys.exit(main(sys.argv[1:]))
