"""A comparison narrowed by its reader: the rows on which the candidates differ, or two candidates chosen out of all. Pure.

Nothing is chosen beforehand, and what is left out is counted: a page that shows two of five says so (design of the comparison, section 1).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from positions.cells import Translate
from positions.comparison import Comparison, Row
from positions.matching import Stand, stand
from transcripts.errors import NotFound, Refusal

PAIR = 2
"""How many candidates a reader may choose to see side by side."""
APART = 1
"""How far two positions lie apart at least where candidates differ: for and in between, not for and for with conditions."""

CANT_TELL = "We can’t tell whether they differ: not every position is known."
SHOWN = (
    "Where they differ: {n} of {all} statement shown; on {unknown} we can’t tell.",
    "Where they differ: {n} of {all} statements shown; on {unknown} we can’t tell.",
)


@dataclass(frozen=True)
class Narrowed:
    """What is shown (`comparison`) of all there is (`whole`). `differs` by the key of a statement: None where that cannot be told."""

    comparison: Comparison
    whole: Comparison
    differs: Mapping[str, bool | None]
    only: tuple[str, ...] = ()
    differ: bool = False

    @property
    def unknown(self) -> int:
        """Rows shown of which nobody can tell whether the candidates differ."""
        return sum(self.differs.get(row.key) is None for row in self.comparison.rows)


def narrowed(whole: Comparison, only: Sequence[str] = (), *, differ: bool = False) -> Narrowed:
    """The candidates of the slugs `only` (nobody named: all), and with `differ` the statements on which those shown differ or may.

    Raises NotFound for somebody who does not stand, Refusal for another number than two, and where positions are not compared.
    """
    if differ and whole.by != "statement":
        raise Refusal("Where candidates differ can be seen by statement only: what was said there has a position.")
    shown = chosen(whole, only) if only else whole
    differs = {row.key: differing(row) for row in shown.rows} if whole.by == "statement" else {}
    if differ:
        shown = replace(shown, rows=tuple(row for row in shown.rows if differs[row.key] is not False))
    return Narrowed(shown, whole, differs, tuple(only), differ)


def chosen(whole: Comparison, only: Sequence[str]) -> Comparison:
    """Two candidates of a comparison, in its order, in every row."""
    if len(set(only)) != PAIR or len(only) != PAIR or not all(only):
        raise Refusal("Choose two different candidates to see them side by side.")
    standing = {one.slug for one in whole.candidates}
    for slug in only:
        if slug not in standing:
            raise NotFound("“{person}” does not stand in “{race}”.", person=slug, race=whole.contest.slug)
    candidates = tuple(one for one in whole.candidates if one.slug in only)
    rows = tuple(
        replace(row, cells=tuple(cell for cell in row.cells if cell.candidate.slug in only)) for row in whole.rows
    )
    return replace(whole, candidates=candidates, rows=rows)


def differing(row: Row) -> bool | None:
    """Whether two positions that are known lie apart; None where none do and somebody's is not known."""
    known = [x for x in map(stand, row.cells) if x is not None]
    if any(apart(one, other) for one, other in combinations(known, 2)):
        return True
    return False if len(known) == len(row.cells) else None


def apart(one: Stand, other: Stand) -> bool:
    """Whether two positions lie so far apart that they differ; of listed answers any two that are not the same."""
    if isinstance(one, str) or isinstance(other, str):
        return one != other
    return abs(one - other) >= APART


def differ_line(found: Narrowed, translate: Translate) -> str:
    """How many statements are shown of all, and on how many of them nobody can tell."""
    n, every = len(found.comparison.rows), len(found.whole.rows)
    return translate(SHOWN[every != 1]).format(n=n, all=every, unknown=found.unknown)
