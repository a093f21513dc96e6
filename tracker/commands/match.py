"""`tracker match CONTEST --answers FILE.json`: a voter's answers beside the candidates, with the figures of the page (docs/match.md)."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.given import OrdinaryFile

if TYPE_CHECKING:
    from fractions import Fraction

    from positions.cells import Translate
    from positions.comparison import Comparison, Row
    from positions.matching import Match, Matched, MatchFigures, Stand


@click.command()
@click.argument("contest")
@click.option(
    "--answers",
    "file",
    required=True,
    type=OrdinaryFile(),
    help="JSON: each statement with 1, 0.5, 0, -0.5, -1, the key of one of its answers, or null, and perhaps weights (docs/match.md)",
)
@click.option(
    "--order", type=click.Choice(["rotation", "ballot", "alphabetical"]), default="rotation", show_default=True
)
@click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Day of the rotation (default: today in the race's zone)"
)
@click.option(
    "--lang", type=click.Choice(["en", "es"]), default=None, help="Language of our words (default: the site's)"
)
@click.option("--json", "as_json", is_flag=True, help="Print every figure as JSON (docs/match.md)")
def command(contest: str, file: Path, order: str, day: datetime | None, lang: str | None, as_json: bool) -> None:
    """Compare the answers in a file with the positions of the candidates of a race. Nothing is stored."""
    from positions.matching import match
    from positions.voter_answers import read_answers
    from tracker.config import Config
    from tracker.i18n import translator

    config = Config.from_env()
    comparison = _comparison(config.database_url, contest, order, day.date() if day else datetime.now(UTC))
    asked = {row.key: tuple(one.key for one in row.options) for row in comparison.rows if row.answerable}
    found = match(comparison, read_answers(file.read_bytes(), asked))
    reader = lang or config.lang
    if as_json:
        click.echo(json.dumps(as_data(found, translator(reader), reader), ensure_ascii=False, indent=2))
    else:
        for line in as_text(found, translator(reader), reader):
            click.echo(line)


def _comparison(database_url: str, contest: str, order: str, when: Any) -> "Comparison":
    from positions.queries import contests, merged
    from tracker.db import Database
    from tracker.schema import require_current

    with Database(database_url) as database:
        require_current(database)
        with database.read() as session:
            slug = merged.moved_to(session, "race", contest) or contest
            return contests.comparison_of(session, slug, "statement", order, when)


def as_data(found: "Match", translate: "Translate", lang: str) -> dict[str, Any]:
    """Every figure as plain data, candidates in match order; the letters are those of the design."""
    from positions.match_sentences import most_line

    rule, rows = found.comparison.order_rule, found.comparison.rows
    return {
        "contest": found.comparison.contest.slug,
        **({"fictional": True} if found.comparison.contest.fictional else {}),
        "order_rule": {"name": rule.name, "date": rule.date.isoformat(), "offset": rule.offset},
        "answered": len(found.answers),
        "skipped": len(rows) - len(found.answers),
        "left_out": found.left_out,
        "ordered": found.ordered,
        "most": found.most.slug if found.most else None,
        "label": most_line(found, translate),
        "candidates": [_candidate(one, translate) for one in found.matched],
        "statements": [_statement(found, row, translate, lang) for row in rows],
    }


def _candidate(one: "Matched", translate: "Translate") -> dict[str, Any]:
    from positions.match_sentences import count_line

    return {
        "slug": one.candidate.slug,
        "name": one.candidate.name,
        "place": one.place,
        "above": [below.slug for below in one.above],
        "label": count_line(one.figures, translate),
        **figures(one.figures),
        "topics": {at.topic: figures(at.figures) for at in one.topics},
    }


def figures(told: "MatchFigures") -> dict[str, Any]:
    """The figures of one candidate: counts, the letters of the design as numbers, the interval in whole percent."""
    from positions.matching import percent

    def plain(share: "Fraction | None") -> float | None:
        return None if share is None else float(share)

    ends = (told.low, told.high)
    return {
        "agree": told.agree,
        "compared": told.compared,
        "unknown": told.unknown,
        "A": plain(told.agreement),
        "C": plain(told.coverage),
        "M": plain(told.direction),
        "lo": plain(told.low),
        "hi": plain(told.high),
        "percent": None if None in ends else [percent(end) for end in ends if end is not None],
    }


def _statement(found: "Match", row: "Row", translate: "Translate", lang: str) -> dict[str, Any]:
    from positions.matching import stand

    answer = found.answers.get(row.key)
    positions = {cell.candidate.slug: (cell, stand(cell)) for cell in row.cells}
    return {
        "key": row.key,
        "text": row.text.within(lang),
        "topic": row.topic,
        **({"options": {one.key: one.text.within(lang) for one in row.options}} if row.options else {}),
        "answer": _plain(answer.value) if answer else None,
        "weight": float(answer.weight) if answer else None,
        "positions": {
            slug: {"x": _plain(x), "label": cell.label(translate, lang)} for slug, (cell, x) in positions.items()
        },
    }


def _plain(stand: "Stand | None") -> float | str | None:
    return stand if stand is None or isinstance(stand, str) else float(stand)


def as_text(found: "Match", translate: "Translate", lang: str) -> Iterator[str]:
    """The result for people: who agrees on how much, how sure that is, and each topic."""
    from positions.match_sentences import above_line, count_line, interval_words, most_line
    from positions.sentences import order_line

    yield found.comparison.contest.title.within(lang)
    if most := most_line(found, translate):
        yield most
    yield order_line(found.comparison, translate)
    for one in found.matched:
        yield ""
        yield f"{one.candidate.name}: {count_line(one.figures, translate)}"
        for line in (above_line(one, translate), interval_words(one.figures, translate)):
            if line:
                yield f"  {line}"
        for at in one.topics:
            words = (count_line(at.figures, translate), interval_words(at.figures, translate))
            yield f"  {at.name.within(lang)}: {' '.join(words)}"
