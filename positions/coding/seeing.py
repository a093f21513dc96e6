"""Who may see what a coder said: one predicate, for every list, count, page and export."""

from collections.abc import Collection, Hashable, Iterable
from typing import TypeVar

NEEDED = 2
"""How many people judge a unit, each alone, before anybody sees what another said."""

Row = TypeVar("Row")
Coder = TypeVar("Coder", bound=Hashable)


def may_see(viewer: Coder | None, codes: bool, coder: Coder, submitted: Collection[Coder]) -> bool:
    """Whether `viewer` (None: a reader) may see, or be told that there is, the coding of `coder` of a unit.

    `submitted` are those who have coded the unit, `codes` says that the viewer is somebody who codes. One's own coding is always
    seen; another's only by those who code, and only once NEEDED people have submitted theirs. An administrator is no exception.
    """
    if viewer is not None and viewer == coder:
        return True
    return codes and len(set(submitted)) >= NEEDED


def seen(viewer: Coder | None, codes: bool, codings: Iterable[tuple[Coder, Row]]) -> list[Row]:
    """Of the codings of one unit, those that `viewer` may see; counting them tells no more than they do."""
    held = list(codings)
    submitted = {coder for coder, _ in held}
    return [row for coder, row in held if may_see(viewer, codes, coder, submitted)]


def complete(coders: Collection[Hashable]) -> bool:
    """Whether a unit was coded by enough people to be counted in figures anybody may read."""
    return len(set(coders)) >= NEEDED
