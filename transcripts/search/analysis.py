"""How text becomes words, for every engine alike: folded, tokenised, stemmed once per language.

A word is what stands between white space and punctuation, folded by `text.fold`; an apostrophe, the dots of initials
(U.S.) and the separators of a number belong to it. Phrases match words; plain words match stems. Folding comes before
stemming, so that *economia* typed without its accent finds *economía*.
"""

import re
import threading
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import accumulate, compress
from typing import NamedTuple

from snowballstemmer import stemmer

from transcripts.text import fold

MAX_WORD = 64
"""Longest word kept, in code points; the rest of a longer one is cut."""

REMEMBERED = 200_000
"""Printed words whose folded form is kept."""

_RUN = r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*"
_WORDS = re.compile(
    r"[A-Za-z]{2,}(?![^\W_]|['’\u0300-\u036f])"  # what most words are: the rules below would say the same, more slowly
    r"|\d+(?:[.,]\d+)+"
    r"|(?<![^\W_])[^\W\d_](?:\.[^\W\d_])+(?![^\W_])"
    rf"|{_RUN}(?:['’]{_RUN})*"
)
_APART = re.compile(f"({_WORDS.pattern})")
_NOT_A_WORD = re.compile(r"[^\w'.]|_")
_SNOWBALL = {"en": "english", "es": "spanish"}
_ONE_AT_A_TIME = threading.Lock()


class Token(NamedTuple):
    """A word and where it stands: half-open code points of the text it was taken from."""

    word: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words of a text in order, with their places."""
    return [Token(word, *found.span()) for found in _WORDS.finditer(text) if (word := _FOLDED[found[0]])]


def placed(text: str) -> tuple[list[str], list[int], list[int]]:
    """The same as `tokens` in three lists, words, starts and ends: a fraction of the time, where a page looks at many texts."""
    pieces = _APART.split(text)  # what stands between words and the words, in turn
    said = list(map(_FOLDED.__getitem__, pieces[1::2]))
    places = list(accumulate(map(len, pieces)))
    starts, ends = places[:-1:2], places[1::2]
    if "" in said:
        starts, ends = list(compress(starts, said)), list(compress(ends, said))
        said = list(filter(None, said))
    return said, starts, ends


def words(text: str) -> list[str]:
    """The words of a text in order."""
    return [word for word in map(_FOLDED.__getitem__, _WORDS.findall(text)) if word]


def stems(spoken: Iterable[str], lang: str) -> list[str]:
    """The stems of words said in a language, in order."""
    known = _STEMS.get(lang)
    return list(map(known, spoken)) if known else [f":{word}" for word in spoken]


def stem(word: str, lang: str) -> str:
    """What a word said in a language is indexed under, marked with the language: `es:polici`.

    A language without a stemmer keeps its words.
    """
    return stems((word,), lang)[0]


def _stems_of(lang: str) -> Callable[[str], str]:
    """Snowball is slow and holds state between calls: each word is stemmed once, by one thread at a time."""
    snowball = stemmer(_SNOWBALL[lang])

    @lru_cache(maxsize=200_000)
    def known(word: str) -> str:
        with _ONE_AT_A_TIME:
            return f"{lang}:{fold(snowball.stemWord(word))}"

    return known


_STEMS = {lang: _stems_of(lang) for lang in _SNOWBALL}


def readings(word: str) -> tuple[str, ...]:
    """Every stem a typed word can stand for: nobody says in which language they type."""
    return (*(stem(word, lang) for lang in _STEMS), stem(word, ""))


class _Folded(dict[str, str]):
    """Printed words and what they are searched as: asked for millions of times, so that a plain dictionary counts."""

    def __missing__(self, printed: str) -> str:
        folded = fold(printed).replace("’", "'")
        if folded[:1].isdigit():
            folded = folded.replace(",", "")
        word = _NOT_A_WORD.sub("", folded)[:MAX_WORD].strip("'.")
        if len(self) >= REMEMBERED:
            self.clear()
        self[printed] = word
        return word


_FOLDED = _Folded()
