"""A preview of an import as an editor reads it in a terminal."""

import sys
from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from transcripts.importing import Heard, Preview
from transcripts.vocabulary import GRADE_WORDS, ROLE_WORDS, Right, Role, Severity, TurnKind

KIND_WORDS = {
    TurnKind.SPEECH: "said by somebody",
    TurnKind.PROCEDURE: "procedure",
    TurnKind.SCENE: "scene (applause, crosstalk)",
    TurnKind.NARRATION: "paragraphs of the report",
    TurnKind.RECAP_QUOTE: "quotations in the report",
    TurnKind.PARAPHRASE: "paraphrases",
}
RIGHT_WORDS = {
    Right.WHOLE: "the whole text may be shown",
    Right.QUOTATIONS: "only its quotations are shown, searched and exported",
    Right.PRIVATE: "nothing of it is shown",
}
CHANGE_WORDS = {
    "unchanged": "as before",
    "reworded": "worded anew (with a public correction)",
    "relabelled": "under another label",
    "retimed": "with other times",
    "withdrawn": "taken out (the link says why)",
    "merged": "now part of a neighbour (the link leads there)",
    "new": "here for the first time",
}
SHOWN = 12
"""Questions and problems shown before "and n more"."""
PIPED = 120
"""Columns where the output is no terminal."""


def show(preview: Preview, forum: str, source: str) -> None:
    """Print everything an editor should see before saying --yes. `source` is who made the files, as readers will see it."""
    console = Console(highlight=False) if sys.stdout.isatty() else Console(highlight=False, width=PIPED)
    console.print(Text(forum, style="bold"))
    for line in _summary(preview, source):
        console.print(line)
    if preview.voices:
        console.print(_voices(preview.voices))
    _list(console, f"Questions found ({len(preview.questions)})", preview.questions)
    _list(console, "What changes", tuple(_changes(preview)))
    _list(console, "Look at this", tuple(_problems(preview)))


def minutes(ms: int) -> int:
    """Whole minutes, half ones up; what is not nothing is at least one."""
    return max((ms + 30_000) // 60_000, 1 if ms else 0)


def _list(console: Console, heading: str, lines: tuple[str, ...]) -> None:
    if lines:
        console.print(Text(f"\n{heading}", style="bold"))
    for line in lines[:SHOWN]:
        console.print(Text(f"  {line}"), soft_wrap=True)
    if len(lines) > SHOWN:
        console.print(f"  … and {len(lines) - SHOWN} more")


def _summary(preview: Preview, source: str) -> Iterator[Text]:
    counts = ", ".join(f"{n:,} {KIND_WORDS[TurnKind(kind)]}" for kind, n in preview.turns.items())
    yield Text(f"  read as {preview.format}: {counts}; {preview.words:,} words{', timed' if preview.timed else ''}")
    if preview.floor.ms is not None:
        yield Text(
            f"  {minutes(preview.floor.ms)} minutes of speech, {minutes(preview.floor.named)} of them under a name"
        )
    yield Text(f"  {GRADE_WORDS[preview.grade].format(source=source)}; {RIGHT_WORDS[preview.right]}")
    if preview.unnamed:
        yield Text(f"  {preview.unnamed:,} without a name: their voice stays unknown until an editor names it")
    if not preview.published:
        yield Text("  a record beside the transcript this forum has, or will have")


def _voices(voices: tuple[Heard, ...]) -> Table:
    table = Table(
        title="\nVoices", title_justify="left", title_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 2)
    )
    for name, justify in (("voice", "left"), ("turns", "right"), ("words", "right"), ("role", "left"), ("who", "left")):
        table.add_column(name, justify=justify, overflow="fold")  # type: ignore[arg-type]
    for heard in voices:
        one = heard.cast
        labels = [label for label in one.voice.labels if label != one.voice.name]
        name = f"{one.voice.name} ({', '.join(labels)})" if labels else one.voice.name
        role = "" if one.role == Role.UNKNOWN else ROLE_WORDS[one.role]
        table.add_row(Text(name), f"{heard.turns:,}", f"{heard.words:,}", role, Text(_who(heard)))
    return table


def _who(heard: Heard) -> str:
    one = heard.cast
    said = f"{one.guest.known.name}: {one.why}" if one.guest else f"nobody yet: {one.why}"
    perhaps = f" Perhaps {' or '.join(one.suggestions)}?" if one.suggestions else ""
    return " ".join((said + perhaps, *map(str, one.voice.hints)))


def _changes(preview: Preview) -> Iterator[str]:
    for change, n in (preview.changes or {}).items():
        if n:
            yield f"{n:,} {CHANGE_WORDS[change]}"


def _problems(preview: Preview) -> Iterator[str]:
    yield from map(str, preview.repeats)
    order = list(Severity)
    for problem in sorted(preview.problems, key=lambda problem: (order.index(problem.severity), problem.line or 0)):
        yield f"{problem.severity}: {f'line {problem.line}: ' if problem.line else ''}{problem.message}"
