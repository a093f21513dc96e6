"""Pure: SRT as we write it: the facts in its first caption, then one caption a turn under the name of its voice.

It cannot carry keys, languages, the source's own ids, exchanges or parts (refused); a kind only where brackets show a scene.
"""

from collections.abc import Iterator

from transcripts.errors import BadFile
from transcripts.formats import kept
from transcripts.formats.cues import timing
from transcripts.formats.kept import Block
from transcripts.formats.labels import is_scene
from transcripts.formats.parsed import ParsedRecord, ParsedTurn
from transcripts.vocabulary import TurnKind

LAYOUT = "one caption for all that a voice says without interruption, under its name"

_NOBODY = "-"
"""What stands above words whose voice has no name."""

_FACTS_MS = 5_000
_MOST_LINES = 40


def write(record: ParsedRecord) -> bytes:
    """The record as SRT. Raises Refusal where not everything has a time."""
    facts = "\n".join(f"[{line}]" for line in kept.header_lines(record, LAYOUT))
    captions = [_caption(1, 0, _FACTS_MS, facts)]
    for number, turn in enumerate(kept.timed(record, "a caption file"), start=2):
        name = f"{kept.without_arrows(turn.label)}:" if turn.label is not None else _NOBODY
        words = kept.without_arrows(kept.filled(turn.text))
        captions.append(_caption(number, turn.start_ms or 0, turn.end_ms or 0, f"{name}\n{words}"))
    return "\n".join(captions).encode()


def is_ours(text: str) -> bool:
    """Whether the first caption of a file holds the facts as we write them."""
    return kept.is_header(_facts(text), LAYOUT)


def read(name: str, text: str) -> ParsedRecord:
    """The record of a file of ours. Raises BadFile with the line of a caption without time or name."""
    _, *captions = kept.blocks(text)
    return kept.record_of(name, _facts(text), [turn for block in captions for turn in _turns(block)])


def _caption(number: int, start: int, end: int, words: str) -> str:
    return f"{number}\n{kept.clock(start, ',')} --> {kept.clock(end, ',')}\n{words}\n"


def _facts(text: str) -> list[str]:
    lines = text.split("\n", _MOST_LINES)[2:_MOST_LINES]
    end = lines.index("") if "" in lines else len(lines)
    return [line[1:-1] for line in lines[:end] if line.startswith("[") and line.endswith("]")]


def _turns(block: Block) -> Iterator[ParsedTurn]:
    at = next((i for i, line in enumerate(block.lines[:2]) if timing(line)), None)
    times = timing(block.lines[at]) if at is not None else None
    if at is None or times is None:
        raise BadFile("A time such as 00:00:01,000 --> 00:00:04,000 should stand here.", block.line)
    name, *words = block.lines[at + 1 :] or ("",)
    if name != _NOBODY and not name.endswith(":"):
        raise BadFile(
            "A name and a colon, or “{nobody}” alone, should stand here; take out the line “[Layout: …]” and it is read otherwise.",
            block.line + at + 1,
            nobody=_NOBODY,
        )
    text = kept.unfilled("\n".join(words)).strip()
    if text:
        yield ParsedTurn(
            label=None if name == _NOBODY else name[:-1].strip() or None,
            text=text,
            kind=TurnKind.SCENE if all(is_scene(line) for line in text.split("\n") if line) else TurnKind.SPEECH,
            start_ms=times[0],
            end_ms=max(times[:2]),
            line=block.line + at + 2,
        )
