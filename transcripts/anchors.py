"""Pure: point at words in a turn, and find them again after it was corrected, or say honestly that they are gone.

A wrong place is worse than none: what is not certain is left to a person (`needs_review`) or given up (`orphan`).
Offsets are code points of NFC text with LF, half-open, relative to the turn.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

from transcripts import wording
from transcripts.text import fold
from transcripts.wording import Kind, Step, Word

AROUND = 32
"""Code points kept on either side of an anchor: the length other annotation tools use."""
SILENT = 0.90
"""Wording at least this alike may move without a person, where no changed word turns the meaning round."""
ALIKE = 0.70
"""Below this likeness the words are gone."""
SHORT = 4
"""Fewer words than this are found again only between a neighbour they had before."""
BESIDE = 0.5
"""How alike the neighbours of words found in another turn must be."""
RIVAL = 0.1
"""How much better than any other place the right one must be."""

Status = Literal["exact", "moved", "needs_review", "orphan"]


@dataclass(frozen=True)
class Anchor:
    """Words at [start, end) of a text: the words themselves and up to AROUND code points on either side."""

    start: int
    end: int
    exact: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """Words that became others; either side may be empty. `kind` is the gravest among them."""

    before: str
    after: str
    kind: Kind


@dataclass(frozen=True)
class Relocated:
    """Where an anchor stands now. `anchor` is None for an orphan; `changes` are those inside the words pointed at."""

    status: Status
    anchor: Anchor | None
    changes: tuple[Change, ...] = ()


def anchor(text: str, start: int, end: int) -> Anchor:
    """Point at [start, end) of a text. Raises ValueError where that is not a place in it, or an empty one."""
    if not 0 <= start < end <= len(text):
        raise ValueError(f"{start}-{end} is no place in a text of {len(text)} characters.")
    return Anchor(start, end, text[start:end], text[max(0, start - AROUND) : start], text[end : end + AROUND])


def find(text: str, exact: str, before: str = "", after: str = "") -> Anchor | None:
    """The one place where these words stand (white space counts alike), by their neighbours if there are several; else None."""
    places = _places(text, exact)
    if len(places) > 1:
        beside = [(_tail(p.before, before), _tail(p.after[::-1], after[::-1]), p) for p in places]
        places = [p for left, right, p in beside if left and right] or [p for left, right, p in beside if left or right]
    return places[0] if len(places) == 1 else None


def relocate(old: Anchor, was: str, text: str, *, evidence: bool = False) -> Relocated:
    """Find the words `old` points at in `was` again in `text`, a later wording of the same turn.

    Unchanged words move silently, respelt ones too. A changed negation, number, name or modal verb needs review however alike the rest is,
    a negation also beside the words; in `evidence` every change in or beside them does.
    """
    if was == text:
        return Relocated("exact", old)
    path = _Path(wording.words(was), wording.words(text))
    inside = path.inside(old)
    if not inside or not any(i in path.partner for i in inside):
        return _elsewhere(old, was, text)
    first, last = path.edges(inside)
    place = _placed(
        old, was, text, path.before[inside[0]], path.before[inside[-1]], path.after[first], path.after[last]
    )
    likeness = _likeness(path.before[inside[0] : inside[-1] + 1], path.after[first : last + 1])
    if likeness < ALIKE or not path.near(inside, first, last):
        return _elsewhere(old, was, text)
    changes = path.changes(inside[0], inside[-1] + 1, first, last + 1)
    grave = [change for change in changes if evidence or change.kind != "word"]
    grave += [change for change in path.beside(inside) if evidence or change.kind == "negation"]
    respelt = all(change.before and change.after for change in changes)
    silent = not grave and respelt and likeness >= SILENT and path.certain(inside, first, last)
    return Relocated("moved" if silent else "needs_review", place, (*changes, *(c for c in grave if c not in changes)))


class _Path:
    """How one wording became another, word by word. `partner` is the new index of every word that stayed."""

    def __init__(self, before: list[Word], after: list[Word]) -> None:
        self.before = before
        self.after = after
        self.steps = wording.steps(before, after)
        self.partner = {
            step.a0 + i: step.b0 + i
            for step in self.steps
            if step.operation == "equal"
            for i in range(step.a1 - step.a0)
        }

    def inside(self, old: Anchor) -> list[int]:
        """Indexes of the words the anchor touches."""
        return [i for i, word in enumerate(self.before) if word.end > old.start and word.start < old.end]

    def edges(self, inside: list[int]) -> tuple[int, int]:
        """First and last new word: the partner of the outermost kept word, wider by changed words one for one."""
        kept = [i for i in inside if i in self.partner]
        first, last = self.partner[kept[0]], self.partner[kept[-1]]
        for step in self.steps:
            if step.operation == "replace" and step.a1 - step.a0 == step.b1 - step.b0:
                if step.a0 <= inside[0] < step.a1 == kept[0]:
                    first = step.b0 + inside[0] - step.a0
                if step.a0 == kept[-1] + 1 <= inside[-1] < step.a1:
                    last = step.b0 + inside[-1] - step.a0
        return first, last

    def near(self, inside: list[int], first: int, last: int) -> bool:
        """Whether enough stayed to be talking of the same place: many words, or a neighbour for a few."""
        kept = sum(i in self.partner for i in inside)
        left, right = self._neighbours(inside, first, last)
        return kept >= SHORT or left or right

    def certain(self, inside: list[int], first: int, last: int) -> bool:
        """Whether it can only be this place: enough words, said once; or the same words on both sides."""
        said = [word.folded for word in self.before[inside[0] : inside[-1] + 1]]
        now = [word.folded for word in self.after[first : last + 1]]
        once = _times(said, self.before) <= 1 and _times(said, self.after) <= 1 and _times(now, self.after) <= 1
        return (once and len(inside) >= SHORT) or self._surrounded(inside, first, last)

    def changes(self, a0: int, a1: int, b0: int, b1: int) -> tuple[Change, ...]:
        """What changed between words a0..a1 and b0..b1."""
        found = [
            self._change(max(step.a0, a0), min(step.a1, a1), max(step.b0, b0), min(step.b1, b1))
            for step in self._touching(a0, a1, b0, b1)
        ]
        cased = [
            Change(self.before[i].text, self.after[self.partner[i]].text, "name")
            for i in range(a0, a1)
            if i in self.partner and wording.turned(self.before[i], self.after[self.partner[i]])
        ]
        return (*found, *cased)

    def beside(self, inside: list[int]) -> tuple[Change, ...]:
        """What changed within SHORT words before or after."""
        a0, a1 = max(0, inside[0] - SHORT), min(len(self.before), inside[-1] + 1 + SHORT)
        return tuple(
            self._change(step.a0, step.a1, step.b0, step.b1)
            for step in self.steps
            if step.operation != "equal" and step.a0 <= a1 and step.a1 >= a0
        )

    def _neighbours(self, inside: list[int], first: int, last: int) -> tuple[bool, bool]:
        """Whether the word before and the word after are those of old; two ends of a text are neighbours too."""
        i, j = inside[0] - 1, inside[-1] + 1
        left = self.partner.get(i) == first - 1 if i >= 0 else first == 0
        right = self.partner.get(j) == last + 1 if j < len(self.before) else last == len(self.after) - 1
        return left, right

    def _surrounded(self, inside: list[int], first: int, last: int) -> bool:
        """Whether the SHORT words on either side, as far as the text goes, are all those of old."""

        def folded(words: list[Word]) -> list[str]:
            return [word.folded for word in words]

        i, j = inside[0], inside[-1] + 1
        left = folded(self.before[max(0, i - SHORT) : i]) == folded(self.after[max(0, first - SHORT) : first])
        return left and folded(self.before[j : j + SHORT]) == folded(self.after[last + 1 : last + 1 + SHORT])

    def _touching(self, a0: int, a1: int, b0: int, b1: int) -> list[Step]:
        """Changes inside the words: those that take some of them away or put some among them."""
        return [
            step
            for step in self.steps
            if step.operation != "equal"
            and ((step.a0 < a1 and step.a1 > a0) or (step.operation == "insert" and b0 < step.b1 and step.b0 < b1))
        ]

    def _change(self, a0: int, a1: int, b0: int, b1: int) -> Change:
        gone, come = self.before[a0:a1], self.after[b0:b1]
        kinds = {wording.kind(word) for word in (*gone, *come)}
        gravest: Kind = next((kind for kind in GRAVEST if kind in kinds), "word")
        return Change(" ".join(word.text for word in gone), " ".join(word.text for word in come), gravest)


GRAVEST: tuple[Kind, ...] = ("negation", "number", "modal", "name", "word")
"""Kinds of change, the gravest first."""


def _places(text: str, exact: str) -> list[Anchor]:
    spelt = r"\s+".join(re.escape(run) for run in exact.split())
    if not spelt:
        return []
    pattern = re.compile(f"(?=({spelt}))")
    return [anchor(text, match.start(1), match.end(1)) for match in pattern.finditer(text)]


def _tail(one: str, other: str) -> bool:
    """Whether two contexts end alike, white space apart, as far as the shorter goes; an empty one fits only another."""
    ones, others = " ".join(one.split()), " ".join(other.split())
    shorter = min(len(ones), len(others))
    return ones[-shorter:] == others[-shorter:] if shorter else ones == others


def _likeness(before: Sequence[Word], after: Sequence[Word]) -> float:
    return fuzz.ratio(" ".join(word.folded for word in before), " ".join(word.folded for word in after)) / 100


def _times(said: list[str], words: Sequence[Word]) -> int:
    """How often a run of words occurs."""
    folded = [word.folded for word in words]
    return sum(folded[i : i + len(said)] == said for i in range(len(folded) - len(said) + 1))


def _placed(old: Anchor, was: str, text: str, *edges: Word) -> Anchor:
    """The old anchor's edges carried over, with the punctuation it took in where that still stands there."""
    was_first, was_last, first, last = edges
    start = first.start + max(0, old.start - was_first.start) if first.folded == was_first.folded else first.start
    lead = was[old.start : was_first.start]
    if lead and text[: first.start].endswith(lead):
        start = first.start - len(lead)
    end = last.end - max(0, was_last.end - old.end) if last.folded == was_last.folded else last.end
    trail = was[was_last.end : old.end]
    if trail and text[last.end :].startswith(trail):
        end = last.end + len(trail)
    return anchor(text, start, end) if start < end else anchor(text, first.start, last.end)


def _elsewhere(old: Anchor, was: str, text: str) -> Relocated:
    """Words that left their place: found again for review where they were said once and are said once, else gone."""
    unmistakable = len(old.exact.split()) >= SHORT and len(_places(was, old.exact)) == 1
    place = find(text, old.exact) if unmistakable else None
    return Relocated("needs_review", place) if place else Relocated("orphan", None)


def search(old: Anchor, texts: Sequence[str]) -> tuple[int, Anchor, float] | None:
    """Words whose turn is gone, looked for in others: (index of the text, the place, likeness), or None for doubt.

    They must be alike, stand between alike neighbours and have no rival: common words are everywhere, and a wrong place is
    worse than none. The neighbours may belong to the turn before or after: turns get divided and joined.
    """
    if len(old.exact.split()) < SHORT:
        return None
    joined, starts = "\n".join(texts), [0]
    for text in texts:
        starts.append(starts[-1] + len(text) + 1)
    spans = [(place.start, place.end) for place in _places(joined, old.exact)] or _alike(old.exact, joined)
    ranked = sorted(((_rank(old, joined, *span), span) for span in spans), reverse=True)
    if not ranked or (len(ranked) > 1 and ranked[0][0][0] - ranked[1][0][0] < RIVAL):
        return None
    (_, quote, around), (start, end) = ranked[0]
    n = bisect_right(starts, start) - 1
    if quote < SILENT or around < BESIDE or end > starts[n] + len(texts[n]):
        return None
    return n, anchor(texts[n], start - starts[n], end - starts[n]), quote


def _rank(old: Anchor, text: str, start: int, end: int) -> tuple[float, float, float]:
    """How well a place fits: (both together, the words alone, what stands on either side alone), 0 to 1."""
    quote = fuzz.ratio(fold(old.exact), fold(text[start:end])) / 100
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    around = (_beside(old.before[::-1], before[::-1]) + _beside(old.after, after)) / 2
    return (quote + around) / 2, quote, around


def _beside(was: str, now: str) -> float:
    """How alike the text on one side is, as far as the old went; at the end of a turn it had none, and has none now."""
    if not was:
        return 1.0 if not now or now.startswith("\n") else 0.0
    return fuzz.ratio(fold(was), fold(now[: len(was) + 1])) / 100


def _alike(exact: str, text: str) -> list[tuple[int, int]]:
    """The two places most like `exact`, at whole words."""
    found, left = [], text
    for _ in range(2):
        best = fuzz.partial_ratio_alignment(exact, left, score_cutoff=100 * ALIKE)
        if best is None or best.dest_start == best.dest_end:
            break
        start, end = best.dest_start, best.dest_end
        # no word goes over a space: those around the place are all that must be told apart
        first = max(text.rfind(" ", 0, start), text.rfind("\n", 0, start)) + 1
        last = min((at for at in (text.find(" ", end), text.find("\n", end)) if at >= 0), default=len(text))
        words = [(first + word.start, first + word.end) for word in wording.words(text[first:last])]
        inside = [(a, b) for a, b in words if b > start and a < end]
        if inside:
            found.append((inside[0][0], inside[-1][1]))
        left = left[:start] + "\0" * (end - start) + left[end:]
    return found
