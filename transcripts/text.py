"""The only place where strings are normalised. Offsets everywhere are Unicode code points of NFC text with LF."""

import hashlib
import re
import unicodedata

_KEPT = "\N{COMBINING TILDE}"
_SPACES = re.compile(r"\s+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff]")


def clean(raw: str) -> str:
    """NFC, LF line ends, no NUL or other control characters: the form in which every text is stored."""
    return unicodedata.normalize("NFC", _CONTROLS.sub("", raw.replace("\r\n", "\n").replace("\r", "\n")))


def fold(text: str) -> str:
    """The form in which names and words are compared: case and accents gone, ñ kept (año is not ano), spaces single."""
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
    return sum(any(char.isalnum() for char in run) for run in text.split())
