"""Pure: which sums of a program may be added. Asked for, set aside, granted and spent never; nor what may be the same money twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Generic, Protocol, TypeVar

from positions.followthrough.days import PartialDay
from positions.followthrough.vocabulary.programs import MoneyKind
from transcripts.messages import Message


class Sum(Protocol):
    """A sum in units of a currency, for the time between two partial days where it is known."""

    @property
    def kind(self) -> MoneyKind: ...
    @property
    def amount(self) -> Decimal: ...
    @property
    def currency(self) -> str: ...
    @property
    def first(self) -> PartialDay | None: ...
    @property
    def last(self) -> PartialDay | None: ...
    @property
    def giver(self) -> str | None: ...


S = TypeVar("S", bound=Sum)


@dataclass(frozen=True)
class Sums(Generic[S]):
    """The sums of one kind in one currency by time, and what they come to together: `total`, or `why` they are not added.

    A single sum has neither.
    """

    kind: MoneyKind
    currency: str
    sums: tuple[S, ...]
    total: Decimal | None
    why: Message | None


def by_kind(sums: Iterable[S]) -> tuple[Sums[S], ...]:
    """All sums, those of one kind and one currency together, in the order of the kinds."""
    held: dict[tuple[MoneyKind, str], list[S]] = {}
    for one in sums:
        held.setdefault((one.kind, one.currency), []).append(one)
    order = list(MoneyKind)
    keys = sorted(held, key=lambda key: (order.index(key[0]), key[1]))
    return tuple(_together(*key, sorted(held[key], key=_time)) for key in keys)


def _together(kind: MoneyKind, currency: str, sums: Sequence[S]) -> Sums[S]:
    why = may_not_add(sums)
    total = sum((one.amount for one in sums), Decimal()) if len(sums) > 1 and why is None else None
    return Sums(kind, currency, tuple(sums), total, why)


def may_not_add(sums: Sequence[Sum]) -> Message | None:
    """Why sums of one kind and one currency are not added; None where they may be.

    Two sums may be the same money where their times touch and one giver gave both, or nobody knows who gave one of them.
    """
    if len(sums) < 2:
        return None
    if any(one.first is None or one.last is None for one in sums):
        return Message("They are not added: of one of them no time is known.")
    if any(_overlap(one, other) and _same_giver(one, other) for one, other in combinations(sums, 2)):
        return Message("They are not added: their times overlap, so that some of the money may be told twice.")
    return None


def _overlap(one: Sum, other: Sum) -> bool:
    return not (_ends(one) < _begins(other) or _ends(other) < _begins(one))


def _begins(one: Sum) -> int:
    return one.first.first.toordinal() if one.first else 0


def _ends(one: Sum) -> int:
    return one.last.last.toordinal() if one.last else 0


def _same_giver(one: Sum, other: Sum) -> bool:
    return one.giver is None or other.giver is None or one.giver.casefold() == other.giver.casefold()


def _time(one: Sum) -> tuple[int, int]:
    return _begins(one), _ends(one)
