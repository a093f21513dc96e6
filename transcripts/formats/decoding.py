"""Bytes to text: byte order marks, UTF-16, Windows-1252 and other encodings, NULs and mixed line ends."""

import codecs
from dataclasses import dataclass

from transcripts import text as texts
from transcripts.errors import BadFile
from transcripts.formats.foreign import bytes_kind
from transcripts.formats.parsed import Problem
from transcripts.vocabulary import Severity

MAX_BYTES = 50 * 1024 * 1024

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEEN = 4096
_GUESSED_FROM = 65_536
_SOUND = 3
"""So many whole characters of UTF-8 for each damaged one are no chance."""


@dataclass(frozen=True)
class Decoded:
    """The text of a file in NFC with LF, the encoding it was in, and what had to be left out or guessed."""

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def decode(data: bytes) -> Decoded:
    """The text in `data`. Raises BadFile for a file that is empty, too large, or not text."""
    refuse_size(data)
    kind = bytes_kind(data)
    if kind:
        raise BadFile("This is {kind}.", kind=kind)
    encoding = _by_mark(data) or _wide(data) or _utf8(data) or _guess(data)
    raw = data.decode(encoding, errors="replace")
    _refuse_binary(raw)
    cleaned = texts.clean(raw)
    if not cleaned.strip():
        raise BadFile("The file holds no words.")
    return Decoded(cleaned, encoding.removesuffix("-sig"), tuple(_remarks(data, raw, encoding)))


def refuse_size(data: bytes) -> None:
    """Raises BadFile for a file that is empty or too large to be looked into."""
    if not data:
        raise BadFile("The file is empty.")
    if len(data) > MAX_BYTES:
        raise BadFile("The file is larger than {most} MB, the most we read at once.", most=MAX_BYTES // 1024 // 1024)


def _by_mark(data: bytes) -> str | None:
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: in Latin script every second byte is NUL."""
    seen = data[:_SEEN]
    even, odd = seen[0::2].count(0), seen[1::2].count(0)
    half = max(len(seen) // 2, 1)
    if odd / half > 0.4 and even / half < 0.1:
        return "utf-16-le"
    if even / half > 0.4 and odd / half < 0.1:
        return "utf-16-be"
    return None


def _utf8(data: bytes) -> str | None:
    """UTF-8, also where a character here and there is damaged, or cut off at the end."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        read = data[:_GUESSED_FROM].decode("utf-8", errors="replace")
        damaged = read.count("\ufffd")
        whole = sum(char > "\x7f" for char in read) - damaged
        return "utf-8" if whole > damaged * _SOUND else None
    return "utf-8"


def _guess(data: bytes) -> str:
    """One of the single-byte or East Asian encodings; Windows-1252 where nothing speaks for another."""
    seen = data[:_GUESSED_FROM]
    letters = sum(byte > 127 or chr(byte).isalpha() for byte in seen)
    if sum(byte > 127 for byte in seen) <= letters * _FEW:
        return max(_WESTERN, key=lambda encoding: _fits(seen.decode(encoding, errors="replace")))
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_GUESSED_FROM]).best()
    return best.encoding if best is not None and best.encoding not in _LIKE_1252 else "cp1252"


def _fits(text: str) -> int:
    """How many signs beyond ASCII stand where people write them, less those that do not: It’s, not ItÕs."""
    padded = f" {text} "
    return sum(1 if _in_place(*padded[at - 1 : at + 2]) else -1 for at, char in enumerate(padded) if char > "\x7f")


def _in_place(before: str, char: str, after: str) -> bool:
    if char in _OPENING:
        return after.isalnum() or after in _OPENING
    if char in _CLOSING:
        return not before.isspace()
    if char.isalpha():
        return (before.isalpha() or after.isalpha()) if char.islower() else not before.islower() and after.isalpha()
    return char in _BETWEEN


_WESTERN = ("cp1252", "mac_roman")
"""The one meant where they fit as well comes first."""
_FEW = 0.1
"""The share of letters beyond ASCII in languages in Latin script."""
_OPENING, _CLOSING, _BETWEEN = frozenset("“‘„«¿¡"), frozenset("”’»…"), frozenset("–—•·°\xa0£€©®§")

_LIKE_1252 = {"ascii", "latin_1", "iso8859_15", "cp1250", "cp1254", "cp1257", "mac_roman", "cp437", "cp850", "cp858"}


def _refuse_binary(raw: str) -> None:
    seen = raw[:_SEEN]
    odd = sum(char == "\ufffd" or (ord(char) < 32 and char not in "\t\n\r\f\v") for char in seen)
    if odd > len(seen) * 0.1:
        raise BadFile("This is not a text file. We read text, captions and what you paste from a transcript page.")


def _remarks(data: bytes, raw: str, encoding: str) -> list[Problem]:
    found = []
    if encoding not in {"utf-8", "utf-8-sig", "ascii"} and not encoding.startswith("utf-"):
        found.append(
            Problem(None, Severity.INFO, "The file is not in UTF-8; we read it as {encoding}.", {"encoding": encoding})
        )
    if "\0" in raw:
        found.append(Problem(None, Severity.WARNING, "{n} NUL characters were left out.", {"n": raw.count(chr(0))}))
    if "\ufffd" in raw:
        line = raw.count("\n", 0, raw.index("\ufffd")) + 1
        found.append(
            Problem(line, Severity.WARNING, "Some characters could not be read and stand as \N{REPLACEMENT CHARACTER}.")
        )
    return found
