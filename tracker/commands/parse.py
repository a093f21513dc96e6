"""`tracker parse FILE`: read a transcript or an article and print what is in it. Needs no database."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from transcripts.exchanges import Exchange
    from transcripts.formats.parsed import ParsedRecord, ParsedTurn


@click.command()
@click.argument("file")
@click.option("--format", "format_name", metavar="NAME", help="The format, where it is not to be recognised")
@click.option("--columns", metavar="PART=COLUMN,…", help="Which column of a table holds what: text=Speech,speaker=Who")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON")
def command(file: str, format_name: str | None, columns: str | None, as_json: bool) -> None:
    """Read FILE (or - for standard input) and print its turns, questions with their answers, quotes and problems."""
    from tracker.given import content
    from transcripts import exchanges, formats
    from transcripts.formats.columns import parse
    from transcripts.formats.decoding import MAX_BYTES

    named = parse(columns) if columns else None
    record = formats.read(content(file, MAX_BYTES), None if file == "-" else Path(file).name, format_name, named)
    found = exchanges.find(record.turns)
    record = _with_procedure(record)
    if as_json:
        told = as_told(record, found, _topics(record.turns, found))
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        _summary(record, found)


def as_told(record: "ParsedRecord", exchanges: Sequence["Exchange"], topics: Sequence[Sequence[str]]) -> dict[str, Any]:
    """The record as `--json` prints it: positions from 0, times in ms, spans in code points of the decoded text."""
    turns = [
        {
            "position": position,
            "label": turn.label,
            "kind": turn.kind,
            "text": turn.text,
            "start_ms": turn.start_ms,
            "end_ms": turn.end_ms,
            "topics": list(slugs),
        }
        for position, (turn, slugs) in enumerate(zip(record.turns, topics, strict=True))
    ]
    quotes = [
        {
            "text": quote.text,
            "speaker": quote.speaker,
            "start": quote.spans[0][0],
            "end": quote.spans[-1][1],
            "spans": quote.spans,
        }
        for quote in record.quotes
    ]
    problems = [{"line": one.line, "severity": one.severity, "message": one.message} for one in record.problems]
    return {
        "format": record.format,
        "grade": record.grade,
        "turns": turns,
        "exchanges": [_exchange(one) for one in exchanges],
        "quotes": quotes,
        "problems": problems,
    }


def _with_procedure(record: "ParsedRecord") -> "ParsedRecord":
    """The record with the kind of the turns that only run the forum, as an import stores it."""
    from transcripts import exchanges
    from transcripts.vocabulary import TurnKind

    runs = exchanges.procedure(record.turns)
    turns = (replace(turn, kind=TurnKind.PROCEDURE) if i in runs else turn for i, turn in enumerate(record.turns))
    return replace(record, turns=tuple(turns))


def _exchange(one: "Exchange") -> dict[str, Any]:
    """`answers` are all turns that answer, those of candidates who break in too; `rebuttals` says which those are."""
    return {
        "question": one.question,
        "lead_in": list(one.lead_in),
        "answers": sorted((*one.answers, *one.rebuttals)),
        "follow_ups": list(one.follow_ups),
        "rebuttals": list(one.rebuttals),
    }


def _topics(turns: Sequence["ParsedTurn"], exchanges: Sequence["Exchange"]) -> list[tuple[str, ...]]:
    """The slugs of the topics suggested for each turn, by its words and by the question it answers."""
    from positions import tagging
    from positions.topic_tree import curated

    return [tuple(one.slug for one in suggested) for suggested in tagging.suggest(turns, exchanges, curated())]


def _summary(record: "ParsedRecord", exchanges: Sequence["Exchange"]) -> None:
    """What a person wants to know first: how it was read, who speaks how much, what is asked, what needs a look."""
    from transcripts.text import count_words
    from transcripts.vocabulary import GRADE_WORDS

    words: Counter[str | None] = Counter()
    blocks: Counter[str | None] = Counter()
    for turn in record.turns:
        words[turn.label] += count_words(turn.text)
        blocks[turn.label] += 1
    click.echo(f"Read as {record.format}. {GRADE_WORDS[record.grade].format(source='its source')}.")
    click.echo(
        f"{len(record.turns)} turns, {words.total()} words, {len(exchanges)} questions, {len(record.quotes)} quotes."
    )
    click.echo("\nWho speaks (turns, words):")
    for label, count in sorted(words.items(), key=lambda pair: -pair[1]):
        click.echo(f"  {blocks[label]:>5} {count:>7}  {label or '(unknown voice)'}")
    for quote in record.quotes:
        click.echo(f"  “{quote.text}” — {quote.speaker or 'nobody named'}")
    if record.problems:
        click.echo("\nTo look at:")
    for problem in record.problems:
        place = f"line {problem.line}: " if problem.line else ""
        click.echo(f"  {problem.severity}: {place}{problem.message}")
