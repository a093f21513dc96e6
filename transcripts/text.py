"""The only place where strings are normalised. Offsets everywhere are Unicode code points of NFC text with LF."""

import hashlib
import re
import unicodedata

_KEPT = "\N{COMBINING TILDE}"
_SPACES = re.compile(r"\s+")
_LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u202a-\u202e\u2060\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
"""Controls, lone surrogates, byte order marks, invisible places to break a word, and overrides of the writing direction."""


def clean(raw: str) -> str:
    """NFC, LF line ends, no control or unseen characters: the form in which every text is stored. Cleaning twice is cleaning once.

    A form feed ends a line: pages are kept apart. Overrides of the writing direction could show other words than are held.
    """
    return unicodedata.normalize("NFC", _UNSEEN.sub("", _LINE_ENDS.sub("\n", raw)))


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


def fingerprint(label: str | None, text: str) -> str:
    """sha256 of the folded label and text: for matching turns between files, never an identity."""
    return hashlib.sha256(f"{fold(label or '')}\n{fold(text)}".encode()).hexdigest()


def count_words(text: str) -> int:
    """Words as a reader counts them: runs without white space that hold a letter or a digit."""
    return sum(run[0].isalnum() or any(map(str.isalnum, run)) for run in text.split())
