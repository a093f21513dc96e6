"""The words around what was found, and which of them to light up. Plain text with marks: code points, half-open."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, partial

from transcripts.search import analysis
from transcripts.search.placing import chains
from transcripts.search.plan import All, Any, AnyWord, Plan, Sequence, Stems

WIDTH = 280
"""Code points of a snippet, without the dots where it was cut."""
LEAD = 90
"""At most so many code points stand before the first word lit up."""
CUT = "…"
Mark = tuple[int, int]
SIDE = 50
"""Code points on either side of a word in its line."""
LINES = 5
"""At most so many lines are made of one turn."""
MAX_STARTS = 40
"""Stretches weighed against one another in one turn."""


@dataclass(frozen=True)
class Snippet:
    """Part of a turn on one line; `marks` are places in `text`."""

    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Line:
    """A word that was found, with what stands before and after it, cut between words."""

    before: str
    word: str
    after: str


@dataclass(frozen=True)
class Highlighter:
    """Finds in a text what a plan found it by. What a query excludes is never lit up."""

    plan: Plan

    @cached_property
    def _wanted(self) -> tuple[frozenset[str], frozenset[str], tuple[Sequence, ...]]:
        leaves = list(_leaves(self.plan))
        stems = frozenset(stem for leaf in leaves if isinstance(leaf, Stems) for stem in leaf.stems)
        words = frozenset(word for leaf in leaves if isinstance(leaf, AnyWord) for word in leaf.words)
        return stems, words, tuple(leaf for leaf in leaves if isinstance(leaf, Sequence))

    @cached_property
    def _initials(self) -> frozenset[str]:
        """First letters of the stems: stemming takes endings off, so that no other word need be stemmed."""
        return frozenset(stem.partition(":")[2][:1] for stem in self._wanted[0])

    @cached_property
    def _kinds(self) -> dict[str, "_Kinds"]:
        """Per language, what each word is lit up as."""
        return {}

    def marks(self, text: str, lang: str) -> tuple[Mark, ...]:
        """The places in the whole text of a turn."""
        words, starts, ends = analysis.placed(text)
        return tuple((starts[i], ends[i]) for i in sorted(self._found(words, lang)))

    def lines(self, text: str, lang: str) -> tuple[tuple[Line, ...], int]:
        """The first lines of a turn, one for each place where lit words stand side by side; and how many there are in all."""
        text = text.replace("\n", " ")
        words, starts, ends = analysis.placed(text)
        runs: list[list[int]] = []
        for place in sorted(self._found(words, lang)):
            if runs and runs[-1][-1] == place - 1:
                runs[-1].append(place)
            else:
                runs.append([place])
        return tuple(_line(text, starts[run[0]], ends[run[-1]]) for run in runs[:LINES]), len(runs)

    def snippet(self, text: str, lang: str) -> Snippet:
        """The stretch of a turn that shows most of what was asked for, cut between words."""
        text = text.replace("\n", " ")
        words, starts, ends = analysis.placed(text)
        found = self._found(words, lang)
        if len(text) <= WIDTH or not words:
            return Snippet(text, tuple((starts[i], ends[i]) for i in sorted(found)))
        first, last = _window(starts, ends, found)
        start = starts[first] if first else 0
        end = ends[last] if last + 1 < len(words) else len(text)
        before, after = f"{CUT} " if first else "", f" {CUT}" if last + 1 < len(words) else ""
        shift = len(before) - start
        marks = tuple((starts[i] + shift, ends[i] + shift) for i in sorted(found) if first <= i <= last)
        return Snippet(before + text[start:end] + after, marks)

    def _found(self, said: list[str], lang: str) -> dict[int, str]:
        """Places of lit-up words (counted in words) and what each is: its stem or word."""
        if lang not in self._kinds:
            self._kinds[lang] = _Kinds(partial(self._kind, lang=lang))
        found = {i: kind for i, kind in enumerate(map(self._kinds[lang].__getitem__, said)) if kind}
        for sequence in self._wanted[2]:
            places = [[i for i, word in enumerate(said) if word == wanted] for wanted in sequence.words]
            found |= {i: said[i] for chained in chains(places, sequence.within) for i in chained}
        return found

    def _kind(self, word: str, lang: str) -> str:
        stems, words, _ = self._wanted
        if word[:1] not in self._initials and word not in words:
            return ""
        stem = analysis.stem(word, lang)
        return stem if stem in stems else word if word in words else ""


class _Kinds(dict[str, str]):
    """What each word met so far is lit up as; "" for one that is not."""

    def __init__(self, kind: Callable[[str], str]) -> None:
        super().__init__()
        self._kind = kind

    def __missing__(self, word: str) -> str:
        self[word] = kind = self._kind(word)
        return kind


def _line(text: str, start: int, end: int) -> Line:
    before, after = text[max(0, start - SIDE) : start], text[end : end + SIDE]
    if start > SIDE:
        before = f"{CUT} {before.partition(' ')[2]}"
    if end + SIDE < len(text):
        after = f"{after.rpartition(' ')[0]} {CUT}"
    return Line(before, text[start:end], after)


def _leaves(plan: Plan) -> Iterable[Plan]:
    match plan:
        case All(parts) | Any(parts):
            for part in parts:
                yield from _leaves(part)
        case Stems() | AnyWord() | Sequence():
            yield plan


def _window(starts: list[int], ends: list[int], found: dict[int, str]) -> tuple[int, int]:
    """First and last word of the stretch with the most different lit-up words, then the most of them, then the earliest."""
    best, best_worth = (0, _fill(starts, ends, 0)), (-1, -1)
    places = sorted(found)
    for place in places[:MAX_STARTS]:
        first = bisect_left(starts, starts[place] - LEAD, 0, place)
        last = _fill(starts, ends, first)
        inside = places[bisect_left(places, first) : bisect_right(places, last)]
        worth = (len({found[i] for i in inside}), len(inside))
        if worth > best_worth:
            best, best_worth = (first, last), worth
    return best


def _fill(starts: list[int], ends: list[int], first: int) -> int:
    """The last word of a stretch that begins with `first` and is at most WIDTH long."""
    return max(first, bisect_right(ends, starts[first] + WIDTH) - 1)
