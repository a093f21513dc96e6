"""How text becomes words, for every engine alike: folded, tokenised, stemmed once per language.

A word is what stands between white space and punctuation, folded by `text.fold`; an apostrophe, the dots of initials
(U.S.) and the separators of a number belong to it. Phrases match words; plain words match stems. Folding comes before
stemming, so that *economia* typed without its accent finds *economía*.
"""

import re
import threading
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from snowballstemmer import stemmer

from transcripts.text import fold

MAX_WORD = 64
"""Longest word kept, in code points; the rest of a longer one is cut."""

_RUN = r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*"
_WORDS = re.compile(
    r"\d+(?:[.,]\d+)+"
    r"|(?<![^\W_])[^\W\d_](?:\.[^\W\d_])+(?![^\W_])"
    rf"|{_RUN}(?:['’]{_RUN})*"
)
_NOT_A_WORD = re.compile(r"[^\w'.]|_")
_STEMMERS = {"en": stemmer("english"), "es": stemmer("spanish")}
_ONE_AT_A_TIME = threading.Lock()


class Token(NamedTuple):
    """A word and where it stands: half-open code points of the text it was taken from."""

    word: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words of a text in order, with their places."""
    return [Token(word, *found.span()) for found in _WORDS.finditer(text) if (word := _word(found[0]))]


def words(text: str) -> list[str]:
    """The words of a text in order."""
    return [word for word in map(_word, _WORDS.findall(text)) if word]


def stems(spoken: Iterable[str], lang: str) -> list[str]:
    """The stems of words said in a language, in order."""
    return [stem(word, lang) for word in spoken]


@lru_cache(maxsize=400_000)
def stem(word: str, lang: str) -> str:
    """What a word said in a language is indexed under, marked with the language: `es:polici`.

    A language without a stemmer keeps its words. Snowball is slow and holds state between calls: each word is stemmed once,
    by one thread at a time.
    """
    if lang not in _STEMMERS:
        return f":{word}"
    with _ONE_AT_A_TIME:
        return f"{lang}:{fold(_STEMMERS[lang].stemWord(word))}"


def readings(word: str) -> tuple[str, ...]:
    """Every stem a typed word can stand for: nobody says in which language they type."""
    return (*(stem(word, lang) for lang in _STEMMERS), stem(word, ""))


@lru_cache(maxsize=200_000)
def _word(printed: str) -> str:
    folded = fold(printed).replace("’", "'")
    if folded[:1].isdigit():
        folded = folded.replace(",", "")
    return _NOT_A_WORD.sub("", folded)[:MAX_WORD].strip("'.")
