"""Pure: whether the quotations that positions rest on still stand where they were quoted. Nothing is fetched: links are not followed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """What became of the words of a quotation since it was recorded."""

    STANDS = "stands"
    MOVED = "moved"
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    GONE = "gone"


STATE_WORDS = {
    State.STANDS: "stands where it was quoted",
    State.MOVED: "the same words stand in a corrected text",
    State.CONFIRMED: "changed; an editor said where it stands now",
    State.WAITING: "changed; an editor has yet to look",
    State.GONE: "gone; it is quoted no longer",
}


@dataclass(frozen=True)
class Quoted:
    """A quotation that a standing position rests on. `replaced`: its transcript was imported anew since the position was recorded.

    `turn` is the key of the turn, `statement` and `person` are slugs.
    """

    statement: str
    person: str
    name: str
    words: str
    turn: str
    state: State
    replaced: bool


@dataclass(frozen=True)
class Place:
    """Where words were looked for last: in which version of their turn, what came of it, and whether an editor confirmed that."""

    version: int
    status: str
    confirmed: bool = False


def state(quoted: int, last: Place | None, version: int) -> State:
    """What became of words of the version `quoted`, looked for since in `last`; `version` is the present one of their turn."""
    if last is None:
        return State.STANDS if quoted == version else State.WAITING
    if last.status == "orphan":
        return State.GONE
    if last.version != version:
        return State.WAITING
    if last.confirmed:
        return State.CONFIRMED
    return State.MOVED if last.status in ("exact", "moved") else State.WAITING


def counted(found: Iterable[Quoted]) -> dict[State, int]:
    """How many are in which state, all of them named."""
    counts = Counter(one.state for one in found)
    return {one: counts[one] for one in State}
