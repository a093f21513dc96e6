"""Find words in what somebody said: exactly once, or not at all. Pure."""

import re
from collections.abc import Sequence

from transcripts.anchors import Anchor, anchor
from transcripts.errors import Refusal

_WORD = re.compile(r"\w+")


def find_once(words: str, texts: Sequence[str]) -> tuple[int, Anchor]:
    """(index of the text, place in it) of `words`, white space apart; a Refusal unless they stand exactly once."""
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    found = [(n, match) for n, text in enumerate(texts) for match in pattern.finditer(text)]
    if not found:
        raise Refusal(
            "These words do not stand in what this person said there; copy them exactly, punctuation included."
        )
    if len(found) > 1:
        raise Refusal(
            "These words stand {n} times in what this person said there; add words until they stand once.", n=len(found)
        )
    n, match = found[0]
    return n, anchor(texts[n], match.start(), match.end())


def holding(fragment: str, texts: Sequence[str]) -> int | None:
    """The index of the one text that holds the words of `fragment`, punctuation and case apart; None if no or several texts do."""
    sought = f" {' '.join(_folded(fragment))} "
    found = [n for n, text in enumerate(texts) if sought in f" {' '.join(_folded(text))} "]
    return found[0] if len(found) == 1 and sought.strip() else None


def _folded(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]
