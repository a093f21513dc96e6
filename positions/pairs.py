"""Who answered alike: of every two candidates, on how many of the statements that both answered. Pure.

Only what both answered counts, and the number stands beside it: nobody is put near or far from anybody by silence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from positions.cells import Candidate, Cell
from positions.comparison import Comparison
from positions.matching import AGREES, similarity, stand


@dataclass(frozen=True)
class Pair:
    """Two candidates in page order: `alike` of the `both` statements on which both took a position that can be compared."""

    one: Candidate
    other: Candidate
    alike: int
    both: int

    @property
    def share(self) -> Fraction | None:
        """Alike of both, 0 to 1; None where there is nothing to compare."""
        return Fraction(self.alike, self.both) if self.both else None


def pairs(comparison: Comparison) -> tuple[Pair, ...]:
    """Every two candidates once, those with most answers alike first, then in page order.

    Alike: the same listed answer, or the same step for or against, or the one beside it.
    """
    rows = [row.cells for row in comparison.rows if row.answerable]
    found = [_pair(comparison.candidates, n, m, rows) for n, m in combinations(range(len(comparison.candidates)), 2)]
    return tuple(sorted(found, key=lambda pair: -pair.alike))


def _pair(candidates: Sequence[Candidate], n: int, m: int, rows: Sequence[Sequence[Cell]]) -> Pair:
    stands = ((stand(cells[n]), stand(cells[m])) for cells in rows)
    known = [(one, other) for one, other in stands if one is not None and other is not None]
    alike = sum(similarity(one, other) >= AGREES for one, other in known)
    return Pair(candidates[n], candidates[m], alike, len(known))
