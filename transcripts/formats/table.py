"""Pure: rows under headings, wherever they stood, and their way to a record: rows of one label to turns, times to ms.

A source may print one row a turn or one row a sentence. Rows of one label in a run are one turn where the file cuts
speech into rows; where it prints label blocks, each row is the turn it was.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median

from transcripts.errors import BadFile
from transcripts.formats import clock
from transcripts.formats.captions import record as captions
from transcripts.formats.captions import without_lines
from transcripts.formats.columns import Columns, ask, is_known, recognised
from transcripts.formats.cues import Cue
from transcripts.formats.labels import is_scene
from transcripts.formats.markup import Span
from transcripts.formats.paragraphs import sentences
from transcripts.formats.parsed import ParsedRecord, ParsedTurn, Problem
from transcripts.messages import Message
from transcripts.roles import is_numbered
from transcripts.text import clean, count_words
from transcripts.vocabulary import Grade, Severity, TurnKind

MOST_ROWS = 200_000
MOST_COLUMNS = 256
NOTHING = frozenset({"", "NA", "N/A", "NaN", "nan", "NULL", "null", "None", "-", "–", "—"})
"""What programs write into a cell that holds nothing."""
_KINDS = {kind.value: kind for kind in TurnKind} | dict.fromkeys(
    ("heading", "section", "title", "subheading", "other", "narrative", "note", "recorder"), TurnKind.NARRATION
)
_CUT = 0.1
"""The share of rows that go on with the label above, from which rows are parts of turns: blocks rarely do."""
_SENTENCES = 0.9
_LABEL_WORDS = 8
SHOWN = 8


@dataclass(frozen=True)
class Row:
    """A row, as wide as the headings, by its line in the decoded text or its number in the sheet, from 1; None in JSON."""

    line: int | None
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Rows under names, as they stand. `headed`: the names are printed; otherwise they are numbers from 1.

    `sheets` are the parts of the file that hold rows, `sheet` the one these rows are from.
    """

    names: tuple[str, ...]
    rows: tuple[Row, ...]
    headed: bool = True
    sheets: tuple[str, ...] = ()
    sheet: str | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Sample:
    """A table as a person is shown it: its columns, its first rows, the parts it may be read from, what was recognised."""

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    columns: Columns
    sheets: tuple[str, ...]
    sheet: str | None


@dataclass(frozen=True)
class _Said:
    """One row, read."""

    line: int | None
    label: str | None
    text: str
    kind: TurnKind
    start_ms: int | None
    end_ms: int | None
    turn: str
    ref: str | None


def shaped(rows: Sequence[Row]) -> Table:
    """Rows with the first as headings where it reads like headings. All are made as wide as the widest of most."""
    if len(rows) > MOST_ROWS:
        raise BadFile(
            "This table has {rows} rows; we read at most {most}.", rows=f"{len(rows):,}", most=f"{MOST_ROWS:,}"
        )
    width = max((len(row.cells) for row in rows), default=0)
    if width > MOST_COLUMNS:
        raise BadFile("This table has {width} columns; we read at most {most}.", width=f"{width:,}", most=MOST_COLUMNS)
    first = rows[0].cells if rows else ()
    headed = is_heading(rows)
    names = tuple(first) if headed else ()
    padded = tuple(replace(row, cells=row.cells + ("",) * (width - len(row.cells))) for row in rows[int(headed) :])
    return Table(told_apart(names, width), padded, headed)


def is_heading(rows: Sequence[Row]) -> bool:
    """Whether the first row names columns: short, no numbers, and a name people use or words unlike the rows below."""
    first = [cell.strip() for cell in rows[0].cells] if rows else []
    held = [cell for cell in first if cell]
    if not held or len(set(held)) < len(held) or any(len(cell) > 40 or cell[0].isdigit() for cell in held):
        return False
    if any(map(is_known, held)):
        return True
    below = [row.cells for row in rows[1:50]]
    longest = [max((len(cells[i]) for cells in below if i < len(cells)), default=0) for i in range(len(first))]
    repeated = {cells[i].strip() for cells in below for i in range(min(len(cells), len(first)))}
    return bool(longest) and max(longest) >= 2 * max(map(len, held)) and not repeated & set(held)


def record(name: str, table: Table, given: Columns | None = None) -> ParsedRecord:
    """The record in a table. Raises BadFile where no column of words is recognised or given, and where it holds none.

    A new turn begins where a column for section or question that a person named changes; else labels alone decide.
    """
    columns = _columns(table, given)
    said = list(_said(table, columns))
    if not said:
        raise BadFile("No row of this table holds words.")
    problems = [*table.problems, *_about(table, columns, said)]
    said, repeated = _without_labels(said)
    if repeated:
        problems.append(
            Problem(
                None,
                Severity.INFO,
                "{n} rows print who speaks before the words again; that was left out.",
                {"n": repeated},
            )
        )
    if columns.speaker is None and all(row.start_ms is not None for row in said):
        found = captions(name, _cues(said), problems, {})
        return found if said[0].line is not None else without_lines(found)
    turns, joined = _turns(said, _in_pieces(table, columns, said))
    if joined:
        problems.append(
            Problem(
                None,
                Severity.INFO,
                "Rows of one label one after the other were joined: {rows} rows, {turns} turns.",
                {"rows": f"{len(said):,}", "turns": f"{len(turns):,}"},
            )
        )
    return ParsedRecord(name, _grade(turns), tuple(turns), (), tuple(problems), {})


def sample(table: Table) -> Sample:
    """The table as a person is shown it."""
    columns = recognised(table.names)
    if columns.text is None and not table.headed:
        columns = _by_what_they_hold(table, columns)
    rows = tuple(row.cells for row in table.rows[:SHOWN])
    return Sample(table.names, rows, columns, table.sheets, table.sheet)


def has_words(table: Table) -> bool:
    """Whether a column of this table is known to hold words."""
    try:
        return bool(table.rows) and _columns(table, None).text is not None
    except BadFile:
        return False


def told_apart(names: Sequence[str], width: int) -> tuple[str, ...]:
    """Names for every column, each once: a column without a heading is called by its number."""
    found: list[str] = []
    for i in range(width):
        name = " ".join(names[i].split()) if i < len(names) else ""
        found.append(name if name and name not in found else str(i + 1))
    return tuple(found)


def _columns(table: Table, given: Columns | None) -> Columns:
    filled = {
        name for i, name in enumerate(table.names) if any(row.cells[i].strip() not in NOTHING for row in table.rows)
    }
    columns = recognised(table.names, given, filled)
    if columns.text is None and not table.headed:
        columns = _by_what_they_hold(table, columns)
    if columns.text is None or not (given or columns.speaker or columns.start):
        raise ask(table.names, table.sheets)
    asked = given or Columns()
    return replace(
        columns,
        section=columns.section if asked.section else None,
        question=columns.question if asked.question else None,
    )


def _by_what_they_hold(table: Table, columns: Columns) -> Columns:
    """Columns without headings: words stand in the one with by far the longest cells, labels in the only one that repeats."""
    cells = [[row.cells[i].strip() for row in table.rows] for i in range(len(table.names))]
    words = sorted(((sum(map(count_words, column)), i) for i, column in enumerate(cells)), reverse=True)
    if len(words) < 2 or words[0][0] < 2 * words[1][0] or words[0][0] < 2 * len(table.rows):
        return columns
    text = words[0][1]
    labels = [i for i, column in enumerate(cells) if i != text and _labels(column)]
    speaker = table.names[labels[0]] if len(labels) == 1 and columns.speaker is None else columns.speaker
    return replace(columns, text=table.names[text], speaker=speaker)


def _labels(column: Sequence[str]) -> bool:
    held = [cell for cell in column if cell not in NOTHING]
    if len(held) < 0.8 * len(column) or not all(any(map(str.isalpha, cell)) for cell in held):
        return False
    kinds = len(set(held))
    return 2 <= kinds <= max(2, len(held) // 2) and all(len(cell.split()) <= _LABEL_WORDS for cell in set(held))


def _said(table: Table, columns: Columns) -> Iterator[_Said]:
    at = {name: i for i, name in enumerate(table.names)}

    def cells(name: str | None) -> list[str]:
        return [row.cells[at[name]].strip() for row in table.rows] if name else [""] * len(table.rows)

    texts = [_words(text) for text in cells(columns.text)]
    words = sum(map(count_words, texts))
    starts, ends, lasts = (_times(name, cells(name), words) for name in (columns.start, columns.end, columns.duration))
    apart = zip(cells(columns.turn), cells(columns.section), cells(columns.question), strict=True)
    rest = zip(cells(columns.speaker), cells(columns.kind), cells(columns.ref), apart, strict=True)
    for i, (label, kind, ref, turn) in enumerate(rest):
        if not any(map(str.isalnum, texts[i])):
            continue
        start = starts[i]
        end = ends[i] if ends[i] is not None or start is None or lasts[i] is None else start + (lasts[i] or 0)
        if start is None or (end is not None and end < start):
            end = None if start is None else start
        found = _KINDS.get(kind.lower(), TurnKind.SPEECH)
        printed = None if label in NOTHING else " ".join(clean(label).split())
        yield _Said(table.rows[i].line, printed, texts[i], found, start, end, "\t".join(turn), ref or None)


def _words(text: str) -> str:
    """Lines without space around them; what is empty between two paragraphs stays one empty line."""
    lines = [" ".join(line.split()) for line in clean(text).strip().split("\n")]
    return "\n".join(line for i, line in enumerate(lines) if line or lines[i - 1])


def _times(name: str | None, cells: Sequence[str], words: int) -> list[int | None]:
    if name is None:
        return [None] * len(cells)
    unit = clock.unit(name, cells, words)
    return [clock.milliseconds(cell, unit) if cell else None for cell in cells]


def _in_pieces(table: Table, columns: Columns, said: Sequence[_Said]) -> bool:
    """Whether the file cuts speech into rows, so that rows of one label in a run are one turn."""
    if columns.turn is not None:
        return True
    goes_on = sum(a.label is not None and a.label == b.label for a, b in zip(said, said[1:], strict=False))
    if goes_on < len(said) * _CUT:
        return False
    if _by_sentence(said):
        return True
    at = table.names.index(columns.start) if columns.start else None
    printed = at is not None and median(":" in row.cells[at] or " " in row.cells[at].strip() for row in table.rows) > 0
    return not printed  # a time of day or of the tape printed at each row heads a block of its own


def _without_labels(said: Sequence[_Said]) -> tuple[list[_Said], int]:
    """Rows whose words begin with their own label (Mr. KYL. Mr. President, …), without it, where most do; and how many."""
    again = [row for row in said if row.label and row.text.startswith((f"{row.label}. ", f"{row.label}: "))]
    if len(again) * 2 <= sum(row.label is not None and row.kind is TurnKind.SPEECH for row in said):
        return list(said), 0
    ours = set(map(id, again))
    return [
        replace(row, text=row.text[len(row.label or "") + 1 :].lstrip()) if id(row) in ours else row for row in said
    ], len(again)


def _by_sentence(said: Sequence[_Said]) -> bool:
    looked = said[:2_000]
    return sum(len(list(sentences(row.text))) <= 1 for row in looked) >= len(looked) * _SENTENCES


def _turns(said: Sequence[_Said], pieces: bool) -> tuple[list[ParsedTurn], bool]:
    """One turn per run of rows that belong together, and whether any were joined."""
    if not pieces:
        return [_turn([row]) for row in said], False
    numbers: list[int] = []
    for i, row in enumerate(said):
        before = said[i - 1] if i else row
        numbers.append((numbers[-1] if i else 0) + int(i > 0 and _another(before, row)))
    groups = [
        [row for _, row in group] for _, group in groupby(zip(numbers, said, strict=True), key=lambda pair: pair[0])
    ]
    return [_turn(group) for group in groups], len(groups) < len(said)


def _another(before: _Said, now: _Said) -> bool:
    return now.label is None or now.label != before.label or now.turn != before.turn or now.kind is not before.kind


def _turn(rows: Sequence[_Said]) -> ParsedTurn:
    first = rows[0]
    text = " ".join(row.text for row in rows)
    ends = [row.end_ms for row in rows if row.end_ms is not None]
    end = max(ends) if ends and first.start_ms is not None and rows[-1].end_ms is not None else None
    kind = TurnKind.SCENE if first.kind is TurnKind.SPEECH and is_scene(text) else first.kind
    return ParsedTurn(first.label, text, kind, first.start_ms, end, line=first.line, source_ref=first.ref)


def _cues(said: Sequence[_Said]) -> list[Cue]:
    """Rows that have times and name nobody are captions."""
    found = []
    for i, row in enumerate(said):
        start = row.start_ms or 0
        after = said[i + 1].start_ms if i + 1 < len(said) else None
        end = row.end_ms if row.end_ms is not None else max(start, start if after is None else after)
        found.append(Cue(start, end, (Span(None, row.text),), row.line or i + 1, row.ref))
    return found


def _grade(turns: Sequence[ParsedTurn]) -> Grade:
    labels = {turn.label for turn in turns if turn.label is not None}
    named = any(not is_numbered(label) and any(map(str.isalpha, label)) for label in labels)
    return Grade.PUBLISHED if named else Grade.MACHINE


def _about(table: Table, columns: Columns, said: Sequence[_Said]) -> Iterator[Problem]:
    if not table.headed:
        speaker = Message("the speaker in column {column}", {"column": columns.speaker})
        who = speaker if columns.speaker else Message("no column with speakers")
        yield Problem(
            None,
            Severity.INFO,
            "The columns have no headings: we took the words from column {column}, {who}.",
            {"column": columns.text, "who": who},
        )
    unread = [name for name in table.names if name not in columns.used() and not name.isdigit()]
    if unread:
        yield Problem(None, Severity.INFO, "Columns that were not used: {names}.", {"names": ", ".join(unread[:20])})
    if len(said) < len(table.rows):
        yield Problem(None, Severity.INFO, "Rows without words were left out: {n}.", {"n": len(table.rows) - len(said)})
    if columns.speaker is None:
        yield Problem(None, Severity.WARNING, "No column names the speakers: every voice is unknown.")
    nobody = [row for row in said if row.label is None and row.kind is TurnKind.SPEECH]
    if columns.speaker and nobody:
        yield Problem(
            nobody[0].line,
            Severity.WARNING,
            "Nobody is named in some rows ({n}, the first here): their voice is unknown.",
            {"n": len(nobody)},
        )
    yield from _about_times(columns, said)


def _about_times(columns: Columns, said: Sequence[_Said]) -> Iterator[Problem]:
    untimed = [row.line for row in said if row.start_ms is None] if columns.start else []
    if untimed:
        yield Problem(
            untimed[0],
            Severity.INFO,
            "The time of some rows ({n}, the first here) cannot be read; they have none.",
            {"n": len(untimed)},
        )
    timed = [row for row in said if row.start_ms is not None]
    back = [b.line for a, b in zip(timed, timed[1:], strict=False) if (b.start_ms or 0) < (a.start_ms or 0)]
    if back:
        times = Counter(back)
        more = Message(", and {n} times more", {"n": len(times) - 1}) if len(times) > 1 else ""
        yield Problem(
            back[0], Severity.WARNING, "Times go back here{more}. The order of the file was kept.", {"more": more}
        )
