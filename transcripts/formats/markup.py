"""The markup inside a caption: voice spans, styling tags, word times, character references, player directions."""

import html
import re
from dataclasses import dataclass

from transcripts.text import clean

_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>v|c|i|b|u|s|ruby|rt|lang|font|em|strong|span|p|div|br)(?P<more>[\s./][^<>]*)?>"
    r"|<(?:[0-9]+:)?[0-9]{1,2}:[0-9]{2}[.,][0-9]{1,3}>",
    re.IGNORECASE,
)
"""Only tags the caption formats define: `a < b` and `<unclear>` are words and stay."""

_DIRECTION = re.compile(r"\{\\[a-zA-Z0-9&][^{}\n]*\}|\{[YyBbIiUu]:[^{}\n]*\}")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_SPACES = re.compile(r"[^\S\n]+")
_WORD_TIME = re.compile(r"<(?:([0-9]{1,4}):)?([0-9]{1,2}):([0-9]{2})[.,]([0-9]{1,3})>")


@dataclass(frozen=True)
class Span:
    """Words of a caption inside one voice span; `voice` is None outside any. Lines of `text` are kept apart by LF."""

    voice: str | None
    text: str


def spans(payload: str) -> tuple[Span, ...]:
    """The words of a caption in order, each run with the voice its span names. Tags are gone, references decoded.

    A voice lasts until its end tag, the next voice or the end of the caption: it never reaches into the next one.
    """
    found: list[Span] = []
    voice: str | None = None
    held: list[str] = []
    place = 0
    for tag in _TAG.finditer(payload):
        held.append(payload[place : tag.start()])
        place = tag.end()
        name = (tag["name"] or "").lower()
        if name == "v":
            _keep(found, voice, held)
            voice, held = (None if tag["end"] else _annotation(tag["more"])), []
        elif name in {"br", "p", "div"}:
            held.append("\n")
    held.append(payload[place:])
    _keep(found, voice, held)
    return tuple(found)


def last_word_time(payload: str) -> tuple[str | None, str, str, str] | None:
    """Hours, minutes, seconds and fraction of the last time that stands between the words; None where none does."""
    times = _WORD_TIME.findall(payload) if "<" in payload else []
    return times[-1] if times else None


def _annotation(more: str | None) -> str | None:
    """What stands after the first space: `.first.loud Mary` names Mary."""
    name = re.split(r"\s", more or "", maxsplit=1)[1:]
    return " ".join(_decoded("".join(name)).split()) or None


def _keep(found: list[Span], voice: str | None, held: list[str]) -> None:
    text = _lines(_decoded(_DIRECTION.sub("", "".join(held))))
    if text:
        found.append(Span(voice, text))


def _decoded(text: str) -> str:
    if "&" not in text:
        return text
    return clean(_REFERENCE.sub(lambda reference: html.unescape(reference[0]), text))


def _lines(text: str) -> str:
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
