"""Which words of an index stand for a prefix or a misspelt word: decided here, so that every engine answers alike."""

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

Counted = tuple[str, int]
"""A word of the index and in how many turns it stands (turns taken out lately may still count)."""


class Vocabulary:
    """The words of one generation of an index, ready to be looked through for near ones."""

    def __init__(self, words: Iterable[Counted]) -> None:
        self._counts = dict(words)
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in self._counts:
            self._by_length[len(word)].append(word)

    def near(self, word: str, edits: int, cap: int) -> list[str]:
        """Words at most `edits` letters changed, added, dropped or swapped with a neighbour away: the nearest first."""
        lengths = range(len(word) - edits, len(word) + edits + 1)
        candidates = [other for length in lengths for other in self._by_length.get(length, ())]
        found = process.extract(word, candidates, scorer=OSA.distance, score_cutoff=edits, limit=None)
        nearest = sorted((distance, -self._counts[other], other) for other, distance, _ in found)
        return [other for _, _, other in nearest[:cap]]


def most_frequent(words: Iterable[Counted], cap: int) -> list[str]:
    """The words that stand in the most turns; of equals, the first in the alphabet."""
    return [word for word, _ in sorted(words, key=lambda counted: (-counted[1], counted[0]))[:cap]]
