"""All of one string against any part of another, with the fewest changes: semi-global alignment, in the part rapidfuzz says is likest.

Strings stand for words, one character each.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

SLACK = 6
"""Words looked at beyond either end of the part rapidfuzz names, and a fourth of the piece's length more."""
WIDEST = 120_000
"""Cells of the largest table of one alignment; a longer piece is compared in halves."""
TRIED = 40
"""Places tried for a piece that stands several times in a passage."""
UNMATCHED, SKIPPED = 101, 100
"""What a word replaced or put in costs, and a word of the passage left out: of ways with as few changes, the one that finds most words."""


@dataclass(frozen=True)
class Step:
    """Words a0..a1 of the quotation beside words b0..b1 of the passage."""

    operation: str
    a0: int
    a1: int
    b0: int
    b1: int


def places(needle: str, string: str, low: int, high: int) -> Iterator[list[Step]]:
    """Where a piece stands as it is between two words of the passage, or else the one place where it takes the fewest changes."""
    at, n = string.find(needle, low, high), 0
    while at >= 0 and n < TRIED:
        yield [Step("equal", 0, len(needle), at, at + len(needle))]
        at, n = string.find(needle, at + 1, high), n + 1
    if n == 0 and high > low:
        part = string[low:high]
        yield [Step(s.operation, s.a0, s.a1, s.b0 + low, s.b1 + low) for s in aligned(needle, part)]


def aligned(needle: str, string: str) -> list[Step]:
    """Semi-global alignment, in the part of the string that is likest."""
    found = fuzz.partial_ratio_alignment(needle, string)
    low, high = 0, len(string)
    if found is not None and len(needle) <= len(string):
        slack = SLACK + len(needle) // 4
        low, high = max(0, found.dest_start - slack), min(len(string), found.dest_end + slack)
    if len(needle) * (high - low) <= WIDEST:
        return [Step(s.operation, s.a0, s.a1, s.b0 + low, s.b1 + low) for s in _table(needle, string[low:high])]
    half = len(needle) // 2
    first = aligned(needle[:half], string)
    rest = aligned(needle[half:], string[first[-1].b1 :])
    moved = [Step(s.operation, s.a0 + half, s.a1 + half, s.b0 + first[-1].b1, s.b1 + first[-1].b1) for s in rest]
    return joined([*first, *_gap(half, first[-1].b1, moved[0].b0), *moved])


def _gap(a: int, b0: int, b1: int) -> list[Step]:
    return [Step("delete", a, a, b0, b1)] if b1 > b0 else []


def _table(needle: str, string: str) -> list[Step]:
    """All of the needle against any part of the string; a word at its end is rather replaced than put in."""
    width = len(string) + 1
    rows = [[0] * width]
    for i, char in enumerate(needle):
        above, row = rows[-1], [(i + 1) * UNMATCHED]
        last = row[0]
        for j in range(1, width):
            best = above[j - 1] + UNMATCHED * (string[j - 1] != char)
            if above[j] + UNMATCHED < best:
                best = above[j] + UNMATCHED
            if last + SKIPPED < best:
                best = last + SKIPPED
            row.append(best)
            last = best
        rows.append(row)
    cost = min(rows[-1])
    end = rows[-1].index(cost)
    while end + 1 < width and rows[-1][end + 1] == cost == rows[-2][end] + UNMATCHED:
        end += 1
    return _traced(needle, string, rows, end)


def _traced(needle: str, string: str, rows: list[list[int]], j: int) -> list[Step]:
    """The steps back from the end of a table: words alike or replaced first, then put in, then left out."""
    steps: list[Step] = []
    i = len(needle)
    while i:
        here = rows[i][j]
        alike = j > 0 and needle[i - 1] == string[j - 1]
        if j and here == rows[i - 1][j - 1] + UNMATCHED * (not alike):
            i, j = i - 1, j - 1
            steps.append(Step("equal" if alike else "replace", i, i + 1, j, j + 1))
        elif here == rows[i - 1][j] + UNMATCHED:
            i -= 1
            steps.append(Step("insert", i, i + 1, j, j))
        else:
            j -= 1
            steps.append(Step("delete", i, i, j, j + 1))
    return joined(reversed(steps))


def joined(steps: Iterator[Step] | Sequence[Step]) -> list[Step]:
    """Neighbouring steps of one kind as one."""
    found: list[Step] = []
    for step in steps:
        last = found[-1] if found else None
        if last and last.operation == step.operation:
            found[-1] = Step(step.operation, last.a0, step.a1, last.b0, step.b1)
        else:
            found.append(step)
    return found


def cost(steps: Sequence[Step]) -> int:
    return sum(max(step.a1 - step.a0, step.b1 - step.b0) for step in steps if step.operation != "equal")
