"""Where a quotation may stand among everything held: an index in memory of the words of each passage.

A passage is kept as a string with one character for each word, so that looking for words in a row is looking for a string, in C. A
quotation's rarer words name the passages worth looking at; rapidfuzz orders them by their likeness to it, word by word.
About ten bytes a word: 10,000 passages take 10 MB and a second to build, 100,000 a hundred and ten.
"""

from array import array
from collections.abc import Iterator, Sequence
from heapq import nlargest
from math import log

from rapidfuzz import fuzz, process

from transcripts.search.stopwords import EMPTY

OPENED = 40_000
"""Entries of the index that may name passages for one quotation, from the rarest word on; commoner words only weigh on those named."""
LOOKED_AT = 600
"""Passages whose likeness is measured."""
NEAREST = 20
"""Passages handed on to be laid under the quotation word by word."""
KEPT = 6
"""Passages handed on where the very words stand: so many of the first, of the latest, and of those near it."""
NEEDLE = 64
"""Words of a quotation by which likeness is measured: what fits one machine word is quick."""
BACKGROUND = 100
_FIRST, _LAST, _GAP = 1, 0x10FFFF, range(0xD800, 0xE000)


class Places:
    """Passages by the number the caller gives them, and their words."""

    def __init__(self) -> None:
        self._slots: dict[int, int] = {}
        self._ids = array("q")
        self._texts: list[str] = []
        self._numbers: dict[str, int] = {}
        self._held: list[array[int]] = []

    def __len__(self) -> int:
        return len(self._slots)

    def put(self, id: int, words: Sequence[str]) -> None:
        """Keep the words of a passage, in place of those it had."""
        self.drop(id)
        slot = self._slots[id] = len(self._texts)
        numbers = [self._number(word) for word in words]
        self._ids.append(id)
        self._texts.append("".join(map(_char, numbers)))
        for number in set(numbers):
            self._held[number].append(slot)

    def drop(self, id: int) -> None:
        """Forget a passage."""
        slot = self._slots.pop(id, None)
        if slot is not None:
            self._texts[slot] = ""

    def rarity(self, word: str) -> float:
        """How much it tells that a passage holds a word: the logarithm of one in how many do (inverse document frequency).

        Of a small record nobody can tell yet: BACKGROUND passages are added, of which every third holds a little word, one any other.
        """
        number = self._numbers.get(word)
        held = len(self._held[number]) if number is not None else 0
        return log((len(self._texts) + BACKGROUND) / (held + (BACKGROUND / 3 if word in EMPTY else 1)))

    def find(self, pieces: Sequence[Sequence[str]]) -> list[int]:
        """Passages that may hold the pieces of a quotation: those with its longest piece as it is, and those near it."""
        longest = max(pieces, key=len)
        needle = self._string(longest)
        found = dict.fromkeys(self._exactly(longest, needle))
        near = self._near([word for piece in pieces for word in piece], needle, KEPT if found else NEAREST)
        return [self._ids[slot] for slot in dict.fromkeys((*found, *near))]

    def runs(self, words: Sequence[str], least: int) -> Iterator[tuple[int, int, list[int]]]:
        """The words cut into the longest runs that stand somewhere, from the left: (start, end, passages), `least` words and more."""
        slots = self._ranked(words)
        texts = [self._texts[slot] for slot in slots]
        joined, string, at = "\0".join(texts), self._string(words), 0
        while at + least <= len(string):
            end = at + least
            if string[at:end] not in joined:
                at += 1
                continue
            while end < len(string) and string[at : end + 1] in joined:
                end += 1
            run = string[at:end]
            yield at, end, [self._ids[slot] for slot, text in zip(slots, texts, strict=True) if run in text][:KEPT]
            at = end

    def _number(self, word: str) -> int:
        number = self._numbers.get(word)
        if number is None:
            number = min(len(self._held), _LAST - len(_GAP) - _FIRST)
            if number == len(self._held):
                self._held.append(array("I"))
            self._numbers[word] = number
        return number

    def _string(self, words: Sequence[str]) -> str:
        """As passages are kept; a word nobody said is a character no passage has."""
        return "".join("\x00" if (n := self._numbers.get(word)) is None else _char(n) for word in words)

    def _exactly(self, words: Sequence[str], needle: str) -> list[int]:
        """The first passages with these very words in a row, and the latest."""
        if "\x00" in needle:
            return []
        rarest = min((self._held[self._numbers[word]] for word in words), key=len)
        texts = self._texts
        found = [slot for slot in rarest if needle in texts[slot]]
        return found if len(found) <= 2 * KEPT else [*found[:KEPT], *found[-KEPT:]]

    def _near(self, words: Sequence[str], needle: str, most: int) -> list[int]:
        """Passages by how alike their likest words in a row are."""
        slots = self._ranked(words)
        short = needle[:NEEDLE]
        texts = {slot: self._texts[slot] for slot in slots if len(self._texts[slot]) * 2 > len(short)}
        found = process.extract(short, texts, scorer=fuzz.partial_ratio, processor=None, limit=most, score_cutoff=40)
        return [slot for _, _, slot in found]

    def _ranked(self, words: Sequence[str]) -> list[int]:
        """The passages that hold the most, and the most telling, of some words."""
        known = sorted({n for word in words if (n := self._numbers.get(word)) is not None}, key=self._frequency)
        scores: dict[int, float] = {}
        opened = 0
        for number in known:
            held = self._held[number]
            weight = log((len(self._texts) + 1) / len(held))
            if opened < OPENED:
                opened += len(held)
                for slot in held:
                    scores[slot] = scores.get(slot, 0.0) + weight
            else:
                for slot in scores.keys() & held:
                    scores[slot] += weight
        return [slot for slot in nlargest(LOOKED_AT, scores, key=scores.__getitem__) if self._texts[slot]]

    def _frequency(self, number: int) -> int:
        return len(self._held[number])


def _char(number: int) -> str:
    """A word's character: surrogates are none."""
    code = number + _FIRST
    return chr(code if code < _GAP.start else code + len(_GAP))
