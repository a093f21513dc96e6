"""Pure: WebVTT as we write it: one caption a turn, its key as the id, its voice, kind and language in tags.

It cannot carry parts of a recording (refused), turns without a time (refused), the source's own ids and exchanges.
"""

import html
import re
import unicodedata
from collections.abc import Iterator

from transcripts.errors import BadFile
from transcripts.formats import kept
from transcripts.formats.cues import timing
from transcripts.formats.kept import Block
from transcripts.formats.parsed import ParsedRecord, ParsedTurn
from transcripts.text import clean
from transcripts.vocabulary import TurnKind

LAYOUT = "one caption for all that a voice says without interruption"

_VOICE = re.compile(r"<v(?:\.(?P<kind>[a-z_]+))?(?: (?P<label>[^<>\n]+))?>")
_CLASS = re.compile(r"<c(?:\.(?P<kind>[a-z_]+))>(?P<words>.*)</c>", re.DOTALL)
_LANG = re.compile(r"<lang (?P<lang>[A-Za-z0-9-]+)>(?P<words>.*)</lang>", re.DOTALL)


def write(record: ParsedRecord) -> bytes:
    """The record as WebVTT. Raises Refusal where not everything has a time."""
    lines = ["WEBVTT", *kept.header_lines(record, LAYOUT), ""]
    for turn in kept.timed(record, "a caption file"):
        times = f"{kept.clock(turn.start_ms or 0)} --> {kept.clock(turn.end_ms or 0)}"
        lines += [*([turn.key] if turn.key else ()), times, _payload(turn), ""]
    return "\n".join(lines).encode()


def is_ours(text: str) -> bool:
    """Whether a file that begins with WEBVTT is one of ours."""
    first = next(kept.blocks(text[:20_000]), None)
    return first is not None and kept.is_header(first.lines[1:], LAYOUT)


def read(name: str, text: str) -> ParsedRecord:
    """The record of a file of ours. Raises BadFile with the line of a caption without a time."""
    header, *captions = kept.blocks(text)
    return kept.record_of(name, header.lines, [turn for block in captions for turn in _turns(block)])


def _payload(turn: ParsedTurn) -> str:
    words = _escaped(kept.filled(turn.text))
    if turn.lang:
        words = f"<lang {turn.lang}>{words}</lang>"
    kind = f".{turn.kind}" if turn.kind != TurnKind.SPEECH else ""
    if turn.label is not None:
        return f"<v{kind} {_escaped(turn.label)}>{words}"
    return f"<c{kind}>{words}</c>" if kind else words


def _escaped(words: str) -> str:
    """Words without the signs of markup; a mark that would join the sign before it is written by its number."""
    written = html.escape(words, quote=False)
    first = f"&#{ord(written[0])};" if written[:1] and unicodedata.combining(written[0]) else written[:1]
    return first + written[1:]


def _turns(block: Block) -> Iterator[ParsedTurn]:
    at = next((i for i, line in enumerate(block.lines[:2]) if timing(line)), None)
    times = timing(block.lines[at]) if at is not None else None
    if at is None or times is None:
        raise BadFile("A time such as 00:01.000 --> 00:04.000 should stand here.", block.line)
    payload = "\n".join(block.lines[at + 1 :])
    voice = _VOICE.match(payload)
    around = voice or _CLASS.fullmatch(payload)
    kind = around["kind"] if around else None
    words = payload[voice.end() :] if voice else around["words"] if around else payload
    told = _LANG.fullmatch(words)
    text = kept.unfilled(_plain(told["words"] if told else words)).strip()
    if text:
        yield ParsedTurn(
            label=_plain(voice["label"] or "").strip() or None if voice else None,
            text=text,
            kind=TurnKind(kind) if kind in list(TurnKind) else TurnKind.SPEECH,
            start_ms=times[0],
            end_ms=max(times[:2]),
            line=block.line + at + 1,
            lang=told["lang"] if told else None,
            key=block.lines[0] if at and kept.is_key(block.lines[0]) else None,
        )


def _plain(words: str) -> str:
    return clean(html.unescape(words))
