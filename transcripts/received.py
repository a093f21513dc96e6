"""Pure: files as they arrive, read by their format, and several files of one forum put one after the other."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from transcripts import diarising, formats
from transcripts.errors import BadFile
from transcripts.formats import diarisation
from transcripts.formats.columns import Columns
from transcripts.formats.decoding import decode
from transcripts.formats.parsed import ParsedRecord, ParsedTurn, Problem
from transcripts.masking import Sealed, mask_sealed
from transcripts.text import clean
from transcripts.vocabulary import Grade, TurnKind


@dataclass(frozen=True)
class Received:
    """A file with its bytes, the digest they are known by, and what its reader found in it."""

    filename: str
    data: bytes
    sha256: str
    parser_version: int
    record: ParsedRecord


def receive(data: bytes, filename: str, format: str | None = None, columns: Columns | None = None) -> Received:
    """Read a file by the format named, or the one recognised; `columns` as for `formats.read`.

    Raises BadFile for whatever cannot be read.
    """
    name = clean(PurePath(filename).name) or "file"
    record = formats.read(data, name, format, columns)
    version = formats.named(record.format).VERSION
    return Received(name, data, hashlib.sha256(data).hexdigest(), version, record)


def joined(received: Sequence[Received]) -> ParsedRecord:
    """One record of all files in order: each file is the next part of the recording, or says who speaks in the one before.

    Raises BadFile for what cannot be joined.
    """
    received = _with_voices(received)
    if len(received) == 1:
        return received[0].record
    if any(file.record.quotes for file in received):
        raise BadFile("News articles are sources of their own: import them one at a time.")
    turns: list[ParsedTurn] = []
    problems: list[Problem] = []
    for file in received:
        base = max((turn.part for turn in turns), default=-1) + 1
        turns += [replace(turn, part=base + turn.part) for turn in file.record.turns]
        problems += [
            Problem(one.line, one.severity, "{file}: {problem}", {"file": file.filename, "problem": one.said})
            for one in file.record.problems
        ]
    weakest = min((file.record.grade for file in received), key=list(Grade).index)
    return replace(received[0].record, turns=tuple(turns), problems=tuple(problems), grade=weakest)


def _with_voices(received: Sequence[Received]) -> list[Received]:
    """The files that hold words; one that says who speaks when cuts the transcript before it, or, as the first, the one after."""
    found: list[Received] = []
    waiting: list[ParsedTurn] = []
    for file in received:
        if file.record.format != diarisation.NAME:
            cut = diarising.split(file.record, waiting) if waiting else file.record
            found.append(replace(file, record=cut))
            waiting = []
        elif found:
            found[-1] = replace(found[-1], record=diarising.split(found[-1].record, file.record.turns))
        else:
            waiting = list(file.record.turns)
    if waiting or not found:
        raise BadFile("This file says who speaks when and holds no words. Give it together with the transcript.")
    return found


def in_order(record: ParsedRecord) -> list[ParsedTurn]:
    """Every turn to be stored: an article's quotations stand behind the paragraph they begin in, under who said them."""
    after: dict[int, list[ParsedTurn]] = {}
    for quote in record.quotes:
        spans = ",".join(f"{start}-{end}" for start, end in quote.spans)
        said = ParsedTurn(quote.speaker, quote.text, TurnKind.RECAP_QUOTE, source_ref=spans)
        after.setdefault(quote.turn, []).append(said)
    return [entry for i, turn in enumerate(record.turns) for entry in (turn, *after.get(i, ()))]


def masked(record: ParsedRecord, known: Sequence[Sealed]) -> ParsedRecord:
    """The record without words that were withheld before, wherever a reader of files puts them."""
    if not known:
        return record

    def without(text: str | None) -> str | None:
        return None if text is None else mask_sealed(text, known)

    return replace(
        record,
        turns=tuple(
            replace(turn, label=without(turn.label), text=mask_sealed(turn.text, known)) for turn in record.turns
        ),
        quotes=tuple(
            replace(quote, speaker=without(quote.speaker), text=mask_sealed(quote.text, known))
            for quote in record.quotes
        ),
        problems=tuple(_masked(one, known) for one in record.problems),
        header={name: mask_sealed(value, known) for name, value in record.header.items()},
        speakers=tuple(
            replace(
                one,
                name=mask_sealed(one.name, known),
                labels=tuple(mask_sealed(label, known) for label in one.labels),
            )
            for one in record.speakers
        ),
    )


def _masked(problem: Problem, known: Sequence[Sealed]) -> Problem:
    """A problem without what is withheld, be it in one of its values or across two of them."""
    found = problem.altered(lambda words: mask_sealed(words, known))
    whole = mask_sealed(found.message, known)
    return found if whole == found.message else replace(found, template="{words}", values={"words": whole})


def may_hold(data: bytes, spotted: Callable[[str], bool], unsure: bool = True) -> bool:
    """Whether a file may hold withheld words; `unsure` is the answer for what is no text: that may hold anything."""
    try:
        return spotted(decode(data).text)
    except BadFile:
        return unsure and bool(data)
