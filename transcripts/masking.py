"""Pure: words that must not be read any more, found in a text, replaced, and known again by a digest that does not tell them.

Words are runs of letters and digits, compared folded: MARÍA LÓPEZ, Maria Lopez's and maria-lopez hold the same two. So does
Lopez, Maria: words are the same whichever of them comes first.
"""

import hashlib
import re
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from transcripts.text import fold

_WORD = re.compile(r"[^\W_]+")
COST = 2**12
"""Rounds of the slow digest: some ten milliseconds a try, so that nobody tries every name there is in passing."""
HINT = 3
"""Hexadecimal digits of the quick digest that is kept: one place in 4,096 needs the slow one."""
MARKS = {
    ("name", "en"): "[name withheld]",
    ("name", "es"): "[nombre omitido]",
    ("address", "en"): "[address withheld]",
    ("address", "es"): "[dirección omitida]",
}
"""What stands in the place of withheld words, by what they were and the language round them."""

Span = tuple[int, int]


@dataclass(frozen=True)
class Sealed:
    """Words known by digest alone: how many they are, and the mark that stands for them."""

    length: int
    salt: str
    hint: str
    digest: str
    mark: str


def sequence(words: str) -> tuple[str, ...]:
    """The folded words of a text, in order."""
    return tuple(fold(found[0]) for found in _WORD.finditer(words))


def seal(words: Sequence[str], mark: str) -> Sealed:
    """The digests by which folded words are known again, with a salt of their own."""
    salt, ordered = secrets.token_hex(16), _ordered(words)
    return Sealed(len(words), salt, _hint(salt, ordered), _slow(salt, ordered), mark)


def spot(text: str, words: Sequence[str]) -> list[Span]:
    """Where the folded words stand in a text, one after the other: half-open code points."""
    found, wanted, first = _words(text), _ordered(words), set(words)
    return _apart(
        (found[i][1][0], found[i + len(words) - 1][1][1])
        for i in range(len(found) - len(words) + 1)
        if found[i][0] in first and _ordered([word for word, _ in found[i : i + len(words)]]) == wanted
    )


def spot_sealed(text: str, sealed: Sealed) -> list[Span]:
    """As `spot`, for words known by their digest alone."""
    return _sealed_in(_words(text), sealed)


def masked(text: str, spans: Sequence[Span], mark: str) -> str:
    """The text with the mark in place of each span."""
    pieces, last = [], 0
    for start, end in spans:
        pieces += [text[last:start], mark]
        last = end
    return "".join([*pieces, text[last:]])


def mask_sealed(text: str, known: Iterable[Sealed]) -> str:
    """The text without any of the words that are known by digest."""
    words = None
    for sealed in known:
        words = _words(text) if words is None else words
        spans = _sealed_in(words, sealed)
        if spans:
            text, words = masked(text, spans, sealed.mark), None
    return text


def mask_lines(text: str, known: Iterable[Sealed]) -> str:
    """As `mask_sealed`, with every line where it was: the breaks inside withheld words stand behind their mark."""
    for sealed in known:
        for start, end in reversed(spot_sealed(text, sealed)):
            text = text[:start] + sealed.mark + "\n" * text.count("\n", start, end) + text[end:]
    return text


def each_text(value: Any, change: Callable[[str], str]) -> Any:
    """A JSON value with every text in it changed, names of fields apart."""
    if isinstance(value, dict):
        return {name: each_text(one, change) for name, one in value.items()}
    if isinstance(value, list):
        return [each_text(one, change) for one in value]
    return change(value) if isinstance(value, str) else value


def carried(start: int, end: int, spans: Sequence[Span], mark: str) -> Span:
    """Where [start, end) stands in the masked text; what cuts into withheld words takes the whole mark."""
    return _shifted(start, spans, mark, after=False), _shifted(end, spans, mark, after=True)


def _shifted(at: int, spans: Sequence[Span], mark: str, after: bool) -> int:
    moved = 0
    for start, end in spans:
        if at >= end:
            moved += len(mark) - (end - start)
        elif at > start:
            return start + moved + (len(mark) if after else 0)
    return at + moved


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that overlap an earlier one left out."""
    kept: list[Span] = []
    for span in spans:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _words(text: str) -> list[tuple[str, Span]]:
    """The words of a text, folded, with their places."""
    return [(fold(found[0]), found.span()) for found in _WORD.finditer(text)]


def _sealed_in(words: Sequence[tuple[str, Span]], sealed: Sealed) -> list[Span]:
    spans = []
    for i in range(len(words) - sealed.length + 1):
        window = _ordered([word for word, _ in words[i : i + sealed.length]])
        if _hint(sealed.salt, window) == sealed.hint and _slow(sealed.salt, window) == sealed.digest:
            spans.append((words[i][1][0], words[i + sealed.length - 1][1][1]))
    return _apart(spans)


def _ordered(words: Sequence[str]) -> list[str]:
    """Words begun anew at the place that sorts first: one order for Maria Lopez and for Lopez, Maria."""
    return min(([*words[i:], *words[:i]] for i in range(len(words))), default=[])


def _hint(salt: str, words: Sequence[str]) -> str:
    return hashlib.sha256(f"{salt} {' '.join(words)}".encode()).hexdigest()[:HINT]


def _slow(salt: str, words: Sequence[str]) -> str:
    return hashlib.scrypt(" ".join(words).encode(), salt=salt.encode(), n=COST, r=8, p=1, dklen=32).hex()
