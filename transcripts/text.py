"""The only place where strings are normalised. Offsets everywhere are Unicode code points of NFC text with LF."""

import hashlib
import re
import unicodedata
from functools import cache, lru_cache

_KEPT = "\N{COMBINING TILDE}"
_SPACES = re.compile(r"\s+")
_LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u202a-\u202e\u2060\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
"""Controls, lone surrogates, byte order marks, invisible places to break a word, and overrides of the writing direction."""

BRACKETED = re.compile(r"[\[(]([^()\[\]\n]{1,120})[\])]")
"""What stands in brackets on one line."""

_NOTED = re.compile(
    r"\b(?:applau\w*|laugh\w*|cross\s?-?talk\w*|inaudible|unintelligible|indiscernible|cheer\w*|boo(?:s|ing|ed)?|music\w*|"
    r"singing|sings|bell\w*|buzzer\w*|gavel\w*|pause\w*|silence|break|video|clip|commercial|recess\w*|noise|overlap\w*|"
    r"off[- ]mi(?:c|ke)|begins?|ends?|chatter|shout\w*|chant\w*|sighs?|coughs?|aplausos?|risas?|música|inaudible|pausa|"
    r"abucheos|vítores|foreign language|speaking spanish|speaks spanish|phone rings|technical difficult\w*|withheld|omitid[oa])\b",
    re.IGNORECASE,
)
_MOST_NOTED = 6
_MOST_MARKS = 30
"""Combining marks on one letter: no language needs more (UAX 15), and putting a pile of them in order takes its square in time."""


def clean(raw: str) -> str:
    """NFC, LF line ends, no control or unseen characters: the form in which every text is stored. Cleaning twice is cleaning once.

    A form feed ends a line: pages are kept apart. Overrides of the writing direction could show other words than are held.
    Of a pile of combining marks the first 30 stay.
    """
    seen = _UNSEEN.sub("", _LINE_ENDS.sub("\n", raw))
    return seen if seen.isascii() else _levelled(unicodedata.normalize("NFC", _levelled(seen)))


def _levelled(text: str) -> str:
    """The text without the marks that stand on a letter after the first _MOST_MARKS."""
    return _piles().sub(r"\1", text)


@cache
def _piles() -> re.Pattern[str]:
    marks = "".join(filter(unicodedata.combining, map(chr, range(0x300, 0x1F000))))
    return re.compile(f"([{marks}]{{{_MOST_MARKS}}})[{marks}]+")


def fold(text: str) -> str:
    """The form in which names and words are compared: case and accents gone, ñ kept (año is not ano), spaces single."""
    if text.isascii():
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFD", text.casefold())
    kept = "".join(
        char
        for i, char in enumerate(decomposed)
        if not unicodedata.combining(char) or (char == _KEPT and decomposed[i - 1 : i] == "n")
    )
    return _SPACES.sub(" ", unicodedata.normalize("NFC", kept)).strip()


@lru_cache(maxsize=4_096)  # looked up while comparing, then stored
def fingerprint(label: str | None, text: str) -> str:
    """sha256 of the folded label and text: for matching turns between files, never an identity."""
    return hashlib.sha256(f"{fold(label or '')}\n{fold(text)}".encode()).hexdigest()


def is_note(inner: str) -> bool:
    """Whether words in brackets note what happened (applause, crosstalk 00:12, inaudible): in capitals or by their sense."""
    return inner.isupper() or (len(inner.split()) <= _MOST_NOTED and _NOTED.search(inner) is not None)


def without_notes(text: str) -> str:
    """The words of a turn without (APPLAUSE) and [crosstalk 00:12]."""
    return BRACKETED.sub(lambda found: " " if is_note(found[1]) else found[0], text)


@lru_cache(maxsize=4_096)  # reading, previewing and storing a file each count the same turns
def count_words(text: str) -> int:
    """Words as a reader counts them: runs without white space that hold a letter or a digit, notes in brackets apart."""
    said = without_notes(text) if "(" in text or "[" in text else text
    return sum(run[0].isalnum() or any(map(str.isalnum, run)) for run in said.split())
