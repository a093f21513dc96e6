"""The words around what was found, and which of them to light up. Plain text with marks: code points, half-open."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from transcripts.search import analysis
from transcripts.search.analysis import Token
from transcripts.search.placing import chains
from transcripts.search.plan import All, Any, AnyWord, Plan, Sequence, Stems

WIDTH = 280
"""Code points of a snippet, without the dots where it was cut."""
LEAD = 90
"""At most so many code points stand before the first word lit up."""
CUT = "…"
Mark = tuple[int, int]
SIDE = 60
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

    def marks(self, text: str, lang: str) -> tuple[Mark, ...]:
        """The places in the whole text of a turn."""
        tokens = analysis.tokens(text)
        return tuple((tokens[i].start, tokens[i].end) for i in sorted(self._found(tokens, lang)))

    def lines(self, text: str, lang: str) -> tuple[tuple[Line, ...], int]:
        """The first lines of a turn, one for each place where lit words stand side by side; and how many there are in all."""
        text = text.replace("\n", " ")
        tokens = analysis.tokens(text)
        runs: list[list[int]] = []
        for place in sorted(self._found(tokens, lang)):
            if runs and runs[-1][-1] == place - 1:
                runs[-1].append(place)
            else:
                runs.append([place])
        return tuple(_line(text, tokens[run[0]].start, tokens[run[-1]].end) for run in runs[:LINES]), len(runs)

    def snippet(self, text: str, lang: str) -> Snippet:
        """The stretch of a turn that shows most of what was asked for, cut between words."""
        text = text.replace("\n", " ")
        tokens = analysis.tokens(text)
        found = self._found(tokens, lang)
        if len(text) <= WIDTH:
            return Snippet(text, tuple((tokens[i].start, tokens[i].end) for i in sorted(found)))
        first, last = _window(tokens, found)
        start = tokens[first].start if first else 0
        end = tokens[last].end if last + 1 < len(tokens) else len(text)
        before, after = f"{CUT} " if first else "", f" {CUT}" if last + 1 < len(tokens) else ""
        shift = len(before) - start
        marks = tuple((tokens[i].start + shift, tokens[i].end + shift) for i in sorted(found) if first <= i <= last)
        return Snippet(before + text[start:end] + after, marks)

    def _found(self, tokens: list[Token], lang: str) -> dict[int, str]:
        """Places of lit-up words (counted in words) and what each is: its stem or word."""
        stems, words, sequences = self._wanted
        kinds: dict[str, str] = {}
        for word in {token.word for token in tokens}:
            stem = analysis.stem(word, lang)
            if stem in stems or word in words:
                kinds[word] = stem if stem in stems else word
        found = {i: kinds[token.word] for i, token in enumerate(tokens) if token.word in kinds}
        for sequence in sequences:
            places = [[i for i, token in enumerate(tokens) if token.word == word] for word in sequence.words]
            found |= {i: tokens[i].word for chained in chains(places, sequence.within) for i in chained}
        return found


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


def _window(tokens: list[Token], found: dict[int, str]) -> tuple[int, int]:
    """First and last word of the stretch with the most different lit-up words, then the most of them, then the earliest."""
    best, best_worth = (0, _fill(tokens, 0)), (-1, -1)
    for place in sorted(found)[:MAX_STARTS]:
        first = _lead_in(tokens, place)
        last = _fill(tokens, first)
        inside = [kind for i, kind in found.items() if first <= i <= last]
        worth = (len(set(inside)), len(inside))
        if worth > best_worth:
            best, best_worth = (first, last), worth
    return best


def _lead_in(tokens: list[Token], place: int) -> int:
    """The word to begin with so that `place` is seen in its sentence, as far as LEAD allows."""
    first = place
    while first > 0 and tokens[place].start - tokens[first - 1].start <= LEAD:
        first -= 1
    return first


def _fill(tokens: list[Token], first: int) -> int:
    """The last word of a stretch that begins with `first` and is at most WIDTH long."""
    last = first
    while last + 1 < len(tokens) and tokens[last + 1].end - tokens[first].start <= WIDTH:
        last += 1
    return last
