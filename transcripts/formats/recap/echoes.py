"""Quotations an article prints twice: a headline or a pull quote is theirs who is quoted with the words below."""

import re
from collections import defaultdict
from dataclasses import dataclass, replace

_KNOWN_AGAIN = 4
"""Words of a sentence that no two people say by chance."""

_WORD = re.compile(r"\w+")
_STOPS = re.compile(r"[.?!…;]+")


@dataclass(frozen=True)
class Quotation:
    """Words an article prints as somebody's. `spans` are half-open code points of the whole text, inside the marks."""

    spans: tuple[tuple[int, int], ...]
    speaker: str | None
    paragraph: int


def echoed(quotations: list[Quotation], text: str) -> list[Quotation]:
    """A headline or a pull quote says again what somebody is quoted with in the article, and is theirs."""
    words = [[part for start, end in one.spans for part in _folded(text[start:end])] for one in quotations]
    told = defaultdict[str, set[str]](set)
    for one, folded in zip(quotations, words, strict=True):
        if one.speaker is not None:
            for sentence in folded:
                told[sentence].add(one.speaker)
    return [
        replace(one, speaker=next(iter(whose)))
        if one.speaker is None and len(whose := set().union(*(told[sentence] for sentence in folded))) == 1
        else one
        for one, folded in zip(quotations, words, strict=True)
    ]


def _folded(words: str) -> list[str]:
    """The sentences of a quotation that are long enough to be known again, in small letters without marks."""
    sentences = (_WORD.findall(part.casefold()) for part in _STOPS.split(words))
    return [" ".join(sentence) for sentence in sentences if len(sentence) >= _KNOWN_AGAIN]
