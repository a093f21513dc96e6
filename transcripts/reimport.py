"""Pure: what changed between the turns we hold and the turns we read, so that every key that can live on does.

A turn is kept when the corrected file still holds it: under our own key, under the source's own id, word for word, or alike in its place.
What vanished is withdrawn, or merged into the neighbour that now says its words; a divided turn leaves its key with the
first part.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import isqrt

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from transcripts.text import fold

SAME_VOICE, OTHER_VOICE = 50.0, 80.0
"""How alike (0-100) two wordings must be to be one turn: under one label, and under two."""
INSIDE = 90.0
"""How much of a vanished turn's wording its neighbour must hold to have taken it in."""
FEW = 3
"""Fewer words than this say nothing about where they went: "Thank you." is everywhere."""
CELLS = 400_000
"""The most pairs compared at once; a longer changed stretch is cut into slices along its diagonal."""


@dataclass(frozen=True)
class Said:
    """A turn as the plan sees it. Times are ms of the recording's part; a file that we exported has the keys we hold."""

    label: str | None
    text: str
    source_ref: str | None = None
    times: tuple[int | None, int | None] = (None, None)
    key: str | None = None
    folded: str = field(init=False, compare=False)
    voice: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "folded", fold(self.text))
        object.__setattr__(self, "voice", fold(self.label or ""))


@dataclass(frozen=True)
class Kept:
    """A turn we hold that the file still has: `held` and `found` are indexes. False everywhere: nothing changed."""

    held: int
    found: int
    reworded: bool
    relabelled: bool
    retimed: bool

    @property
    def changed(self) -> bool:
        """Whether the turn gets another version."""
        return self.reworded or self.relabelled or self.retimed


@dataclass(frozen=True)
class Plan:
    """What a re-import will do, by index: `held` turns kept, withdrawn or merged into another held one; `found` turns new.

    `split` names, for a new turn that used to be the end of a kept one, the index of that held turn.
    """

    kept: tuple[Kept, ...]
    withdrawn: tuple[int, ...]
    merged: tuple[tuple[int, int], ...]
    new: tuple[int, ...]
    split: dict[int, int]

    @property
    def counts(self) -> dict[str, int]:
        """How many turns meet each fate, for the preview."""
        return {
            "unchanged": sum(not kept.changed for kept in self.kept),
            "reworded": sum(kept.reworded for kept in self.kept),
            "relabelled": sum(kept.relabelled for kept in self.kept),
            "retimed": sum(kept.retimed for kept in self.kept),
            "withdrawn": len(self.withdrawn),
            "merged": len(self.merged),
            "new": len(self.new),
        }


def plan(held: Sequence[Said], found: Sequence[Said]) -> Plan:
    """The fate of every turn held and every turn found; each index appears exactly once."""
    partner = _by_key(held, found)
    by_key = set(partner.values())
    partner |= {i: j for i, j in _by_reference(held, found).items() if i not in partner and j not in by_key}
    _in_place(held, found, partner)
    split = _divided(held, found, partner)
    merged = _joined(held, found, partner)
    kept = tuple(_kept(held, found, i, j) for i, j in sorted(partner.items()))
    taken = set(partner.values())
    withdrawn = tuple(i for i in range(len(held)) if i not in partner and i not in merged)
    return Plan(kept, withdrawn, tuple(merged.items()), tuple(j for j in range(len(found)) if j not in taken), split)


def alike(one: Said, other: Said) -> float:
    """How alike two turns are, 0 to 100; 0 where they are not alike enough to be one."""
    least = SAME_VOICE if one.voice == other.voice else OTHER_VOICE if len(one.folded.split()) > FEW else 100.0
    return fuzz.ratio(one.folded, other.folded, score_cutoff=least)


def _kept(held: Sequence[Said], found: Sequence[Said], i: int, j: int) -> Kept:
    one, other = held[i], found[j]
    return Kept(i, j, one.text != other.text, one.label != other.label, one.times != other.times)


def _by_key(held: Sequence[Said], found: Sequence[Said]) -> dict[int, int]:
    """Pairs under one key: whatever became of its words, it is that turn."""
    theirs = {turn.key: j for j, turn in enumerate(found) if turn.key}
    return {i: theirs[turn.key] for i, turn in enumerate(held) if turn.key in theirs}


def _by_reference(held: Sequence[Said], found: Sequence[Said]) -> dict[int, int]:
    """Pairs under the source's own id, where each side has it once; ids some sources count afresh must still be alike."""
    ours, theirs = _once(held), _once(found)
    return {i: theirs[ref] for ref, i in ours.items() if ref in theirs and alike(held[i], found[theirs[ref]])}


def _once(said: Sequence[Said]) -> dict[str, int]:
    places: dict[str, list[int]] = {}
    for i, turn in enumerate(said):
        if turn.source_ref:
            places.setdefault(turn.source_ref, []).append(i)
    return {ref: where[0] for ref, where in places.items() if len(where) == 1}


def _in_place(held: Sequence[Said], found: Sequence[Said], partner: dict[int, int]) -> None:
    """Pair what is left in order: equal runs as they are, changed stretches by the best likeness."""
    taken = set(partner.values())
    ours = [i for i in range(len(held)) if i not in partner]
    theirs = [j for j in range(len(found)) if j not in taken]
    a = [f"{held[i].voice}\n{held[i].folded}" for i in ours]
    b = [f"{found[j].voice}\n{found[j].folded}" for j in theirs]
    stretch_a: list[int] = []
    stretch_b: list[int] = []
    for code in Levenshtein.opcodes(a, b):
        if code.tag == "equal":
            partner.update(_best(held, found, stretch_a, stretch_b))
            stretch_a, stretch_b = [], []
            partner.update(
                zip(ours[code.src_start : code.src_end], theirs[code.dest_start : code.dest_end], strict=True)
            )
        else:
            stretch_a += ours[code.src_start : code.src_end]
            stretch_b += theirs[code.dest_start : code.dest_end]
    partner.update(_best(held, found, stretch_a, stretch_b))


def _best(held: Sequence[Said], found: Sequence[Said], ours: list[int], theirs: list[int]) -> dict[int, int]:
    """The pairing in order whose likeness adds up to most; a very long stretch is compared in slices along its diagonal."""
    slices = max(1, isqrt(len(ours) * len(theirs) // CELLS) + 1)
    pairs: dict[int, int] = {}
    for n in range(slices):
        part_a = ours[len(ours) * n // slices : len(ours) * (n + 1) // slices]
        part_b = theirs[len(theirs) * n // slices : len(theirs) * (n + 1) // slices]
        pairs.update(_aligned(held, found, part_a, part_b))
    return pairs


def _aligned(held: Sequence[Said], found: Sequence[Said], ours: list[int], theirs: list[int]) -> dict[int, int]:
    """A weighted longest common subsequence: the table of sums, then the way back through it."""
    rows: list[list[float]] = [[0.0] * (len(theirs) + 1)]
    for i in ours:
        score = [alike(held[i], found[j]) for j in theirs]
        above, row = rows[-1], [0.0]
        for m, value in enumerate(score):
            row.append(max(above[m + 1], row[m], above[m] + value if value else 0.0))
        rows.append(row)
    pairs: dict[int, int] = {}
    n, m = len(ours), len(theirs)
    while n and m:
        if rows[n][m] == rows[n - 1][m]:
            n -= 1
        elif rows[n][m] == rows[n][m - 1]:
            m -= 1
        else:
            n, m = n - 1, m - 1
            pairs[ours[n]] = theirs[m]
    return pairs


def _divided(held: Sequence[Said], found: Sequence[Said], partner: dict[int, int]) -> dict[int, int]:
    """New turns that are the end of a held one: found index → held index. The held turn is paired with its first part."""
    at = {j: i for i, j in partner.items()}
    split: dict[int, int] = {}
    for j in range(1, len(found)):
        first, second = at.get(j - 1), at.get(j)
        if (first is None) == (second is None):
            continue
        whole = first if first is not None else second
        assert whole is not None
        parts = (found[j - 1].folded, found[j].folded)
        if not all(_holds(held[whole].folded, part) for part in parts):
            continue
        if fuzz.ratio(" ".join(parts), held[whole].folded) < INSIDE:
            continue
        partner[whole] = j - 1
        at[j - 1] = whole
        at.pop(j, None)
        split[j] = whole
    return split


def _joined(held: Sequence[Said], found: Sequence[Said], partner: dict[int, int]) -> dict[int, int]:
    """Vanished turns whose words a neighbour now says: index → index of the survivor, the first of the two."""
    merged: dict[int, int] = {}
    for i in [i for i in range(len(held)) if i not in partner]:
        into = _taken_in(held, found, partner, i)
        if into is None:
            continue
        if i < into and into not in merged.values():
            partner[i] = partner.pop(into)
            i, into = into, i
        merged[i] = into
    return merged


def _taken_in(held: Sequence[Said], found: Sequence[Said], partner: dict[int, int], i: int) -> int | None:
    """The nearest turn kept on either side whose new wording has taken in the vanished turn i, and has grown by it."""
    left = next((n for n in range(i - 1, -1, -1) if n in partner), None)
    right = next((n for n in range(i + 1, len(held)) if n in partner), None)
    for neighbour in (left, right):
        if neighbour is not None:
            now, before = found[partner[neighbour]].folded, held[neighbour].folded
            if _holds(now, held[i].folded) and not _holds(before, held[i].folded):
                return neighbour
    return None


def _holds(whole: str, part: str) -> bool:
    """Whether the wording of `part` stands in `whole`, nearly word for word."""
    if len(part.split()) < FEW or len(part) > len(whole) * 1.1:
        return False
    return fuzz.partial_ratio(part, whole, score_cutoff=INSIDE) > 0
