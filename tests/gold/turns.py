"""The independent split of the shared transcripts into (label, words): what a reader should find, and how to compare.

The gold was counted by small parsers of somebody else. Where it is known to be wrong the tests name the place.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from tests.corpora import corpus
from transcripts.formats.parsed import ParsedTurn
from transcripts.text import clean

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class GoldTurn:
    """One printed label block: its label as printed, and its words with spaces made single."""

    label: str
    text: str


@dataclass(frozen=True)
class Alignment:
    """Gold against what was read, word by word. `missing` words of the gold were not read.

    `labels` counts, for each turn read (by index), the gold labels of its words.
    """

    gold_words: int
    missing: int
    labels: dict[int, Counter[str]]

    @property
    def missing_share(self) -> float:
        return self.missing / max(self.gold_words, 1)


@cache
def gold_turns(path: str) -> tuple[GoldTurn, ...]:
    """The gold of one shared file, by the path of that file in the corpora."""
    lines = corpus(f"gold/turns/{path.replace('/', '__')}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return tuple(GoldTurn(clean(row["label"]).strip(), " ".join(clean(row["text"]).split())) for row in rows)


def words(text: str) -> list[str]:
    """Words for comparing: runs of letters and digits without case."""
    return _WORD.findall(text.casefold())


def align(gold: Sequence[GoldTurn], read: Sequence[ParsedTurn]) -> Alignment:
    """Every word of the gold beside the word read for it, in order."""
    expected = [(word, turn.label) for turn in gold for word in words(turn.text)]
    found = [(word, i) for i, turn in enumerate(read) for word in words(turn.text)]
    labels: dict[int, Counter[str]] = defaultdict(Counter)
    matched = 0
    for a, b in _pairs([word for word, _ in expected], [word for word, _ in found]):
        labels[found[b][1]][expected[a][1]] += 1
        matched += 1
    return Alignment(len(expected), len(expected) - matched, dict(labels))


def _pairs(expected: Sequence[str], found: Sequence[str]) -> list[tuple[int, int]]:
    """Indices of equal words in order."""
    blocks = SequenceMatcher(None, expected, found).get_matching_blocks()
    return [(block.a + i, block.b + i) for block in blocks for i in range(block.size)]


def misattributed(alignment: Alignment, read: Sequence[ParsedTurn]) -> list[ParsedTurn]:
    """The turns most of whose words stand under another label in the gold. Unknown voices claim nothing."""
    wrong = []
    for i, counted in alignment.labels.items():
        turn = read[i]
        (label, count) = counted.most_common(1)[0]
        if turn.label is not None and label != turn.label and count * 2 > counted.total():
            wrong.append(turn)
    return wrong
