"""Pure: which groups of one breakdown on one day are hidden, given their total and what was shown before (`suppression`)."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace

LEAST = 5
"""The smallest number of people that is shown."""
_REST = ""
"""What the groups leave over of their total: it is never printed, but anybody can work it out. No group has an empty name."""


@dataclass(frozen=True)
class Carried:
    """What earlier rows of a figure since the beginning have told.

    `exact`: the last number shown of each group. `together`: each set of groups that was hidden, with its sum, which follows
    from the total, from the first row in which any that is hidden now was, to the last. `since`: totals shown after that
    without their row.
    """

    exact: Mapping[str, int] = field(default_factory=dict)
    together: tuple[tuple[frozenset[str], int], ...] = ()
    since: tuple[int, ...] = ()

    @property
    def group(self) -> frozenset[str]:
        """The groups that are hidden as of the last row that was shown: one that joins stays until all come back."""
        return self.together[-1][0] if self.together else frozenset()

    def after(self, row: Mapping[str, int | None], total: int, out: Set[str] | None) -> "Carried":
        """What is told once this row is shown without `out`; None: once its total is shown and no group of it."""
        if out is None:
            return replace(self, since=(*self.since, total))
        told = {name: n for name, n in _with_rest(row, total, self).items() if name not in out and n is not None}
        before = self.together if self.group and self.group <= out else ()
        now = ((frozenset(out), total - sum(told.values())),) if out else ()
        return Carried({**self.exact, **told}, (*before, *now))


def hidden_in_row(row: Mapping[str, int | None], total: int, before: Carried) -> frozenset[str] | None:
    """The groups to hide, `_REST` among them where what is left over is to be; None where no group of the row can be shown.

    What is under five, grew by less than five since it was last told, or is not known is hidden, and the smallest others until
    nothing hidden can be worked out. Groups that were hidden come back all at once, when each of them and every set of them
    that was hidden has grown by five since it was last told: a number shown later bounds the earlier ones.
    """
    cells = _with_rest(row, total, before)
    if not (before.exact.keys() | before.group) <= cells.keys() or not _grown(cells, total, before):
        return None
    small = {name for name, n in cells.items() if n is None or n - before.exact.get(name, 0) < LEAST}
    if before.group and not before.group & small and all(_sum(cells, g) - n >= LEAST for g, n in before.together):
        found = _completed(cells, small, total, replace(before, together=()), before.group)
        if found is not None:
            return found
    return _completed(cells, small | before.group, total, before)


def _completed(
    cells: Mapping[str, int | None], out: Set[str], total: int, before: Carried, kept: Set[str] = frozenset()
) -> frozenset[str] | None:
    """The groups to hide: those of `out` and the smallest others, none of `kept`; None where all others do not do."""
    others = sorted((n or 0, name) for name, n in cells.items() if name not in out and name != _REST)
    spare = [name for _, name in others if name not in kept]
    hidden = set(out)
    while not _safe(cells, hidden, total, before):
        if not spare:
            return None
        hidden.add(spare.pop(0))
    return frozenset(hidden) if cells.keys() - hidden - {_REST} else None


def _safe(cells: Mapping[str, int | None], out: Set[str], total: int, before: Carried) -> bool:
    """Whether nothing is hidden, or two groups at least that grew together by five at least since they were last told of."""
    if not out:
        return True
    together = total - _sum(cells, cells.keys() - out)
    last = before.together[-1][1] if before.together else 0
    last += sum(before.exact.get(name, 0) for name in out - before.group)
    return len(out - {_REST}) >= 2 and together - last >= LEAST


def _grown(cells: Mapping[str, int | None], total: int, before: Carried) -> bool:
    """Whether the groups, without what they leave over, grew by five since each total that was shown without them."""
    rest = cells.get(_REST, 0) or 0
    return rest >= 0 and (not rest or all(total - rest - last >= LEAST for last in before.since))


def _sum(cells: Mapping[str, int | None], names: Set[str]) -> int:
    return sum(cells[name] or 0 for name in names)


def _with_rest(row: Mapping[str, int | None], total: int, before: Carried) -> dict[str, int | None]:
    """The row and, where its groups leave something over of their total or once did, that."""
    cells = dict(row)
    told = [n for n in row.values() if n is not None]
    rest = total - sum(told)
    if (len(told) == len(row) and rest > 0) or _REST in before.exact or _REST in before.group:
        cells[_REST] = rest
    return cells
