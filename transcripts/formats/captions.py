"""Captions to a record: what players repeat is taken out, voices told apart, words joined to turns, and all of it said."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from transcripts.errors import BadFile
from transcripts.formats.cues import Cue
from transcripts.formats.paragraphs import Piece, joined, paragraphs
from transcripts.formats.parsed import ParsedRecord, ParsedTurn, Problem, Timed
from transcripts.formats.rolling import unrolled
from transcripts.formats.voices import Voiced, Voices, voices
from transcripts.messages import Message
from transcripts.roles import is_numbered
from transcripts.text import count_words
from transcripts.vocabulary import Grade, Severity, TurnKind

_NUMBERED = re.compile(r"(?:spk|s|voice)[ _-]?[0-9]{1,3}", re.IGNORECASE)
_PHANTOM = frozenset({"you", "i"})
_SILENCE_MS = 5_000
_PAUSE_OF_A_TURN_MS = 30_000
_LONGEST_CARRIED_MS = 600_000
_WORDS_A_MARK = 500
_IN_A_ROW = 3


def record(
    name: str, cues: Sequence[Cue], problems: Iterable[Problem], header: dict[str, str], by_software: bool = False
) -> ParsedRecord:
    """The record of a caption file. `by_software`: the file itself says that nobody typed it.

    `header["cues"]` is the number of captions in the file. Without names the turns are timed paragraphs, label None.
    Raises BadFile where there are no words.
    """
    found = list(problems)
    once, repeated = unrolled(cues)
    shown, overlapping = _ending_at_the_next(once)
    kept, phantoms = _without_phantoms(shown)
    heard = voices(kept)
    turns = tuple(_turns(heard))
    if not turns:
        raise BadFile("There are no captions with words in this file.")
    found += [
        *phantoms,
        *_about_times(cues, overlapping),
        *_about_repeats(kept, repeated),
        *_about_voices(heard, turns, len(cues)),
    ]
    return ParsedRecord(name, _grade(turns, by_software), turns, (), tuple(found), {**header, "cues": str(len(cues))})


def without_lines(found: ParsedRecord) -> ParsedRecord:
    """The record of captions that stand on no lines (JSON): their numbers are no places in a file."""
    turns = tuple(replace(turn, line=None) for turn in found.turns)
    return replace(found, turns=turns, problems=tuple(replace(problem, line=None) for problem in found.problems))


def _grade(turns: Sequence[ParsedTurn], by_software: bool) -> Grade:
    named = any(turn.label is not None and not _by_number(turn.label) for turn in turns)
    return Grade.PUBLISHED if named and not by_software else Grade.MACHINE


def _by_number(label: str) -> bool:
    """Whether software told the voices apart and numbered them: Speaker 1, SPEAKER_00, spk_0."""
    return is_numbered(label) or _NUMBERED.fullmatch(label) is not None


def _ending_at_the_next(cues: Sequence[Cue]) -> tuple[list[Cue], bool]:
    """Where most captions stay on screen while the next one is read, each ends where the next begins."""
    over = sum(after.start_ms < cue.end_ms for cue, after in zip(cues, cues[1:], strict=False))
    if len(cues) < 3 or over <= (len(cues) - 1) / 2:
        return list(cues), False
    ends = [max(cue.start_ms, min(cue.end_ms, after.start_ms)) for cue, after in zip(cues, cues[1:], strict=False)]
    return [replace(cue, end_ms=end) for cue, end in zip(cues, [*ends, cues[-1].end_ms], strict=True)], True


def _without_phantoms(cues: Sequence[Cue]) -> tuple[list[Cue], list[Problem]]:
    """Speech software writes a lone “you” where it hears nothing. Left out, and said so."""
    kept: list[Cue] = []
    problems: list[Problem] = []
    for i, cue in enumerate(cues):
        word = cue.text if len(cue.text) < 4 else ""
        before = cue.start_ms - cues[i - 1].end_ms if i else _SILENCE_MS
        after = cues[i + 1].start_ms - cue.end_ms if i + 1 < len(cues) else _SILENCE_MS
        alone = after >= _SILENCE_MS or cue.end_ms - cue.start_ms >= _SILENCE_MS
        if word in _PHANTOM and alone and (before >= _SILENCE_MS or not kept):
            problems.append(
                Problem(
                    cue.line,
                    Severity.WARNING,
                    "A lone “{word}” in silence, as speech software writes when nobody speaks, was left out.",
                    {"word": word},
                )
            )
        else:
            kept.append(cue)
    return kept, problems


def _turns(heard: Voices) -> Iterator[ParsedTurn]:
    marked = _marked(heard.voiced)
    for _, group in groupby(_numbered(heard.voiced), key=lambda pair: pair[0]):
        run = [voiced for _, voiced in group]
        label, scene = run[0].label, run[0].scene
        parts = list(paragraphs(voiced.said for voiced in run))
        if scene or label is not None or marked:
            yield turn_of(label, parts, TurnKind.SCENE if scene else TurnKind.SPEECH)
        else:
            yield from (turn_of(None, [part]) for part in parts)


def turn_of(label: str | None, parts: Sequence[Sequence[Piece]], kind: TurnKind = TurnKind.SPEECH) -> ParsedTurn:
    """One turn of paragraphs, with the time of each sentence."""
    pieces = [piece for part in parts for piece in part]
    first, start = pieces[0], pieces[0].start_ms
    end = max(start, pieces[-1].end_ms)
    text = "\n\n".join(map(joined, parts))
    timed: list[Timed] = []
    at = 0
    for piece in pieces:
        at = text.index(piece.text, at)
        timed.append(Timed(at, at + len(piece.text), piece.start_ms, piece.end_ms))
        at += len(piece.text)
    return ParsedTurn(label, text, kind, start, end, line=first.line, source_ref=first.ref, timed=tuple(timed))


def _numbered(voiced: Sequence[Voiced]) -> Iterator[tuple[int, Voiced]]:
    """Each part with the number of the turn it belongs to."""
    number = 0
    for i, part in enumerate(voiced):
        number += i > 0 and _another_turn(voiced[i - 1], part)
        yield number, part


def _another_turn(before: Voiced, now: Voiced) -> bool:
    if now.mark or now.scene or before.scene or now.label != before.label:
        return True
    back = now.said.start_ms < before.said.start_ms
    return back or (now.label is not None and before.said.pause_ms >= _PAUSE_OF_A_TURN_MS)


def _marked(voiced: Sequence[Voiced]) -> bool:
    """Whether `>>` stands wherever the voice changes: often enough that what lies between two is one voice."""
    marks = sum(part.mark == ">>" for part in voiced)
    return marks > 1 and sum(count_words(part.said.text) for part in voiced) <= marks * _WORDS_A_MARK


def _about_times(cues: Sequence[Cue], overlapping: bool) -> Iterator[Problem]:
    back = [after.line for cue, after in zip(cues, cues[1:], strict=False) if after.start_ms < cue.start_ms]
    if back:
        more = Message(", and {n} times more", {"n": len(back) - 1}) if len(back) > 1 else ""
        yield Problem(
            back[0], Severity.WARNING, "Times go back here{more}. The order of the file was kept.", {"more": more}
        )
    if overlapping:
        yield Problem(
            None,
            Severity.INFO,
            "Captions stay on screen while the next begins: each was taken to end where the next one starts.",
        )


def _about_repeats(cues: Sequence[Cue], repeated: int) -> Iterator[Problem]:
    if repeated:
        yield Problem(
            None,
            Severity.INFO,
            "Each caption repeats what the one before still showed: {n} repeated words were left out.",
            {"n": repeated},
        )
    for text, group in groupby(cues, key=lambda cue: cue.text):
        same = list(group)
        if len(same) >= _IN_A_ROW and count_words(text) and ">>" not in text:
            yield Problem(
                same[0].line,
                Severity.WARNING,
                "The same words stand {n} times in a row, as speech software writes in silence: “{words}”.",
                {"n": len(same), "words": text[:60]},
            )


def _about_voices(heard: Voices, turns: Sequence[ParsedTurn], cues: int) -> Iterator[Problem]:
    speech = [turn for turn in turns if turn.kind is TurnKind.SPEECH]
    nobody = [turn for turn in speech if turn.label is None]
    if speech and len(nobody) == len(speech):
        marks = sum(part.mark == ">>" for part in heard.voiced)
        where = Message(" “>>” marks {n} changes of voice.", {"n": marks}) if marks else ""
        yield Problem(
            None,
            Severity.INFO,
            "None of the captions ({captions}) names a speaker: they were joined to timed paragraphs ({paragraphs}).{where}",
            {"captions": cues, "paragraphs": len(speech), "where": where},
        )
    elif nobody:
        yield Problem(
            nobody[0].line,
            Severity.WARNING,
            "Nobody is named for some words ({n} turns, the first here): their voice is unknown.",
            {"n": len(nobody)},
        )
    if heard.carried:
        yield Problem(None, Severity.INFO, "Names stand where the voice changes; captions without a name continue it.")
        yield from (_long(turn) for turn in speech if turn.label and _lasts(turn) > _LONGEST_CARRIED_MS)


def _lasts(turn: ParsedTurn) -> int:
    return (turn.end_ms or 0) - (turn.start_ms or 0)


def _long(turn: ParsedTurn) -> Problem:
    minutes = _lasts(turn) // 60_000
    return Problem(
        turn.line,
        Severity.WARNING,
        "{n} minutes follow under {label} with no other name: is it one voice?",
        {"n": minutes, "label": turn.label},
    )
