"""Pure: the block above a transcript (`Title: …`, `SPEAKERS:` and a list, `MODERATOR: name`) that looks like labels and is none."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from transcripts.formats.labels import possible_label
from transcripts.formats.layout import Line
from transcripts.names import PARTICLES, TITLES, bare
from transcripts.roles import names_nobody

_KEYS = frozenset(
    """
    title|date|location|place|venue|time|sponsor|sponsors|sponsored by|event|subject|source|sources|transcript|transcript by|
    transcription by|transcribed by|transcriber|speakers|participants|panelists|candidates|moderators|hosts|guests|present|
    attendees|in attendance|also present|members present|absent|members absent|excused|staff present|copyright|network|
    air date|aired|program|show|series|episode|
    duration|length|url|link|file|filename|recorded|recording|language|video|audio|published|publisher|author|headline|
    host city|format|topic|topics|meeting|body|job|job number|order|forum|debate|city|station|channel|show date|run time|
    título|titulo|fecha|hora|lugar|participantes|ponentes|fuente|candidatos|candidatas|moderadores|asistentes|transcripción|
    organiza|organizado por|evento|tema
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)
_LISTS = frozenset(
    """
    speakers|participants|panelists|candidates|moderators|hosts|guests|present|attendees|in attendance|also present|
    members present|absent|members absent|staff present|participantes|ponentes|candidatos|candidatas|moderadores|asistentes
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)
_END = 0.9
_FOOT = 6
"""Beyond this share of a text, or among so many last lines, words about the transcript are no longer speech."""

_CLOSING = frozenset({"transcription by", "transcript by", "transcribed by", "copyright", "source", "transcriber"})
_LAST_WORDS = re.compile(
    r"(?:copyright\b|©|\(c\) ?\d{4}|all rights reserved|transcripts? (?:was |is |are )?(?:by|provided|courtesy|created|produced)|"
    r"this (?:rush )?transcript (?:was|is|has)|\w+ transcripts are created)",
    re.IGNORECASE,
)
_LINKS = PARTICLES | TITLES | {"and", "of", "the", "for", "at", "in", "from", "with"}
_ABBREVIATED = re.compile(r"(?:\b[A-Za-z]|[JS]r)\.$")
_SENTENCE = re.compile(r"[?!]|[^\W\d_]{3,}\.(?:\s|$)")


@dataclass
class Header:
    """The header being read: printed keys with their values, and which lines it is made of (by index)."""

    values: dict[str, str] = field(default_factory=dict)
    lines: set[int] = field(default_factory=set)

    def add(self, key: str, value: str, at: int) -> None:
        held = self.values.get(key)
        self.values[key] = "; ".join(part for part in (held, value) if part)
        self.lines.add(at)


def read_header(lines: Sequence[Line]) -> Header:
    """The header lines at the top of a text; lines between them that are no part of it are left to the reader."""
    header = Header()
    listing: str | None = None
    for i, line in enumerate(lines):
        key, value = _key_value(line.text)
        if key is not None and (_is_key(key) or _names_people(key, value, lines[i + 1 : i + 2])):
            header.add(key, value, i)
            listing = key if not value or _folded(key) in _LISTS else None
        elif listing and _in_list(line.text):
            header.add(listing, line.text.rstrip(";,"), i)
        elif is_sentence(line.text) or possible_label(line.text) is not None or i > 60:
            break
        else:
            listing = None
    return header


def closing_lines(lines: Sequence[Line]) -> Header:
    """The lines below or between transcripts that say who made them, and lists of speakers printed a second time."""
    header = Header()
    listing: str | None = None
    for i, line in enumerate(lines):
        key, value = _key_value(line.text) if line.apart or listing else (None, "")
        folded = _folded(key) if key is not None else ""
        if key is not None and (folded in _CLOSING or folded in _LISTS and not _SENTENCE.search(value)):
            header.add(key, value, i)
            listing = key if folded in _LISTS else None
        elif listing and _in_list(line.text):
            header.add(listing, line.text.rstrip(";,"), i)
        elif i > min(len(lines) * _END, len(lines) - _FOOT) and line.apart and _LAST_WORDS.match(line.text):
            header.add("", line.text, i)
        else:
            listing = None
    return header


def _key_value(text: str) -> tuple[str | None, str]:
    found = possible_label(text)
    return (found.label, found.rest) if found is not None and not found.timed else (None, "")


def _folded(key: str) -> str:
    return " ".join(bare(word) for word in key.split())


def _is_key(key: str) -> bool:
    return _folded(key) in _KEYS


def _names_people(key: str, value: str, following: Sequence[Line]) -> bool:
    """Whether MODERATOR: stands over a name and not before words: `MODERATOR: Jim Lehrer (PBS)`."""
    if not names_nobody(key):
        return False
    named = value or (following[0].text if following else "")
    return _in_list(named) and len(named.split()) > 1 and not named.isupper()


def _in_list(text: str) -> bool:
    """Whether a line lists names and offices: every word capitalised, in brackets or a link, and no sentence."""
    if possible_label(text) is not None or _SENTENCE.search(text):
        return False
    words = re.sub(r"\([^()]*\)", " ", text).replace(";", " ").replace(",", " ").split()
    return 1 <= len(words) <= 20 and all(
        word[0].isupper() or not word[0].isalpha() or bare(word) in _LINKS for word in words
    )


def is_sentence(text: str) -> bool:
    """Whether a line is long or ends a sentence, and so is no title."""
    words = len(text.split())
    ends = text.endswith((".", "?", "!", "…")) and not _ABBREVIATED.search(text)
    return ends or words > 25 or (words > 3 and bool(_SENTENCE.search(text)))
