"""Pure: who judges what, where not everybody judges everything: balanced, random, and the same again from the same seed."""

import hashlib
from collections.abc import Mapping, Sequence


def share(passages: int, raters: int, students: int) -> int:
    """How many passages a student of so many is given, so that each passage gets `raters` of them."""
    return min(passages, -(-passages * raters // max(students, 1)))


def given(passages: Sequence[int], held: Mapping[int, int], many: int, seed: int, student: str) -> tuple[int, ...]:
    """`many` of the passages for one more student: those fewest judge so far (`held`), drawn by lot among equals, in order.

    Drawing from the fewest keeps any two passages within one judge of each other, whoever comes in whatever order.
    """

    def lot(passage: int) -> tuple[int, bytes]:
        return held.get(passage, 0), hashlib.sha256(f"{seed}/{student}/{passage}".encode()).digest()

    chosen = set(sorted(passages, key=lot)[:many])
    return tuple(passage for passage in passages if passage in chosen)
