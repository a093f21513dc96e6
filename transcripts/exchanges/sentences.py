"""A turn as sentences, and the words in one that say something: what is left without grammar, courtesy and procedure."""

import re
from functools import lru_cache

from transcripts.exchanges.words import ABBREVIATIONS, EMPTY

_END = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][\"”’»)\]]))\s+(?=[\"“‘«(\[¿¡—–-]*[^\W_a-zà-ÿ])")
_WORD = re.compile(r"[^\W_]+(?:['\-][^\W_]+)*")
_ASIDE = re.compile(r"[(\[](?:[^()\[\]]{0,60})[)\]]")
_CLOSERS = '"”’»)] '


def without_asides(text: str) -> str:
    """The words of a turn without “(LAUGHTER)” and “[crosstalk 00:12]”."""
    return _ASIDE.sub(" ", text) if "(" in text or "[" in text else text


def sentences(text: str) -> list[str]:
    """The sentences of a turn; “Mr. Ruiz” is not the end of one."""
    found: list[str] = []
    for piece in _END.split(text):
        if found and _goes_on(found[-1]):
            found[-1] += " " + piece
        elif piece.strip():
            found.append(piece.strip())
    return found


def spans(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a turn stand: half-open, in code points, without the white space around them."""
    found: list[tuple[int, int]] = []
    start = len(text) - len(text.lstrip())
    for end in [*_END.finditer(text), None]:
        stop = end.start() if end else len(text.rstrip())
        if start < stop and not (end and _goes_on(text[start:stop])):
            found.append((start, stop))
            start = end.end() if end else stop
    return found


def _goes_on(sentence: str) -> bool:
    return sentence.rsplit(None, 1)[-1].lower().lstrip('(“"') in ABBREVIATIONS


@lru_cache(maxsize=1_024)  # the cast, the moves and the states ask it of the same turns
def words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, curly apostrophes made straight."""
    return tuple(_WORD.findall(text.lower().replace("’", "'")))


def asks(sentence: str) -> bool:
    """Whether a sentence ends as a question."""
    return sentence.rstrip(_CLOSERS).endswith("?")


def breaks_off(text: str) -> bool:
    """Whether a turn stops in the middle of a sentence."""
    return text.rstrip(_CLOSERS).endswith(("...", "…", "—", "–", "--", "-", ". . ."))


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A word without its plural or tense, roughly: enough to see that two questions ask the same."""
    word = word.removesuffix("'s").removesuffix("n't")
    for ending in ("ations", "ation", "ing", "ies", "ers", "ed", "es", "er", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def content(text: str, names: frozenset[str] = frozenset()) -> frozenset[str]:
    """The stems of the words that say something, names of those present left out."""
    saying = set(words(text)) - EMPTY
    if names:
        saying = {word for word in saying if word.removesuffix("'s") not in names}
    return frozenset(map(stem, saying))
