"""Pure: a timed transcript that names nobody, and a file that says who speaks when, put together.

Each word, or sentence where words have no times of their own, goes to the voice that speaks through most of it. Where
two voices share it, or none is heard, its voice stays unknown. Labels are those of the software: numbers, not people.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, groupby

from transcripts.formats.parsed import ParsedRecord, ParsedTurn, Problem, Timed
from transcripts.vocabulary import Grade, Severity, TurnKind

MOSTLY = 0.6
"""Of the time in which anybody is heard during a word: the share from which it is one voice's."""
NEAR_MS = 300
"""A word as near as this to a stretch of one voice belongs to it: software cuts stretches a little short."""
PAUSE_OF_A_TURN_MS = 30_000


def split(record: ParsedRecord, stretches: Sequence[ParsedTurn]) -> ParsedRecord:
    """The record with its unnamed turns cut where the voice changes; `stretches` are turns without words, in order of time.

    Turns under a printed label keep it. Where no unnamed turn has a time the record stays as it is, and says so.
    """
    cut = [turn for turn in record.turns if _can_be_cut(turn)]
    if not cut:
        return replace(
            record,
            problems=(
                *record.problems,
                Problem(
                    None,
                    Severity.WARNING,
                    "The file that says who speaks when was not used: no unnamed turn has a time.",
                ),
            ),
        )
    heard = _Heard(stretches)
    parts = [part for turn in record.turns for part in (_parts(turn, heard) if _can_be_cut(turn) else [turn])]
    turns = tuple(_joined(parts))
    voices = {turn.label for turn in turns if turn.label} - {turn.label for turn in record.turns}
    unknown = sum(turn.label is None and turn.kind is TurnKind.SPEECH for turn in turns)
    problems = (
        *record.problems,
        Problem(
            None,
            Severity.INFO,
            "Software told {n} voices apart: they are numbers, not people. Unknown remain {unknown} turns.",
            {"n": len(voices), "unknown": unknown},
        ),
    )
    return replace(record, turns=turns, problems=problems, grade=Grade.MACHINE)


class _Heard:
    """The stretches, asked by time."""

    def __init__(self, stretches: Sequence[ParsedTurn]) -> None:
        self.spans = [(turn.start_ms or 0, turn.end_ms or 0, turn.label) for turn in stretches]
        self.latest = list(accumulate((end for _, end, _ in self.spans), max))

    def voice(self, start: int, end: int) -> str | None:
        """The one voice that speaks through most of what is heard from start to end, or that is next to it."""
        over = self._over(start, end)
        if not over:
            near = {label for start_, end_, label in self._touching(start - NEAR_MS, end + NEAR_MS)}
            return next(iter(near)) if len(near) == 1 else None
        (label, most), *_ = over.most_common(1)
        return label if most >= MOSTLY * over.total() else None

    def _over(self, start: int, end: int) -> Counter[str | None]:
        end = max(end, start + 1)
        over: Counter[str | None] = Counter()
        for begins, ends, label in self._touching(start, end):
            over[label] += min(end, ends) - max(start, begins)
        return +over

    def _touching(self, start: int, end: int) -> Iterator[tuple[int, int, str | None]]:
        first = bisect_left(self.latest, start)
        for begins, ends, label in self.spans[first:]:
            if begins >= end:
                return
            if ends > start:
                yield begins, ends, label


def _can_be_cut(turn: ParsedTurn) -> bool:
    timed = bool(turn.timed) or (turn.start_ms is not None and turn.end_ms is not None)
    return turn.label is None and turn.kind is TurnKind.SPEECH and timed


def _parts(turn: ParsedTurn, heard: _Heard) -> Iterator[ParsedTurn]:
    """A turn cut where the voice of its words changes; nothing of its text is lost."""
    marks = turn.timed or (Timed(0, len(turn.text), turn.start_ms or 0, turn.end_ms or 0),)
    voices = _smoothed([heard.voice(mark.start_ms, mark.end_ms) for mark in marks], marks, turn.text)
    runs = [list(group) for _, group in groupby(zip(voices, marks, strict=True), key=lambda pair: pair[0])]
    begins = [0, *(run[0][1].start for run in runs[1:]), len(turn.text)]
    for run, begin, end in zip(runs, begins, begins[1:], strict=False):
        raw = turn.text[begin:end]
        lead = begin + len(raw) - len(raw.lstrip())
        moved = tuple(replace(mark, start=mark.start - lead, end=mark.end - lead) for _, mark in run)
        first, last = run[0][1].start_ms, max(mark.end_ms for _, mark in run)
        yield replace(turn, label=run[0][0], text=raw.strip(), start_ms=first, end_ms=max(first, last), timed=moved)


def _smoothed(voices: Sequence[str | None], marks: Sequence[Timed], text: str) -> list[str | None]:
    """One word between words of one other voice is that voice's, unless it is a sentence of its own."""
    found = list(voices)
    for i in range(1, len(found) - 1):
        said = text[marks[i].start : marks[i].end]
        whole = said.endswith((".", "!", "?")) and text[: marks[i].start].rstrip().endswith((".", "!", "?"))
        if found[i - 1] == found[i + 1] != found[i] and " " not in said and not whole:
            found[i] = found[i - 1]
    return found


def _joined(parts: Sequence[ParsedTurn]) -> Iterator[ParsedTurn]:
    """Paragraphs of one voice told apart by the stretches, one after the other, are one turn."""
    held: ParsedTurn | None = None
    for part in parts:
        if held is not None and _goes_on(held, part):
            base = len(held.text) + 2
            moved = tuple(replace(mark, start=mark.start + base, end=mark.end + base) for mark in part.timed)
            end = max(held.end_ms or 0, part.end_ms or 0)
            held = replace(held, text=f"{held.text}\n\n{part.text}", end_ms=end, timed=(*held.timed, *moved))
        else:
            if held is not None:
                yield held
            held = part
    if held is not None:
        yield held


def _goes_on(held: ParsedTurn, part: ParsedTurn) -> bool:
    if held.label is None or held.label != part.label or held.kind is not part.kind or held.part != part.part:
        return False
    if not held.timed or not part.timed or held.end_ms is None or part.start_ms is None:
        return False
    return part.start_ms - held.end_ms < PAUSE_OF_A_TURN_MS
