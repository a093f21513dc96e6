"""`tracker audit KIND CONTEST`: whether the comparison and its match treat every candidate alike, in figures."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from sqlmodel import Session

    from positions.auditing import Standing
    from positions.coding.agreeing import Agreement
    from positions.comparison import Comparison

Lines = Iterator[str]


@click.group(context_settings={"show_default": True})
def command() -> None:
    """Ask of a race, in figures, whether its comparison treats every candidate alike (docs/audits.md).

    With --json the figures come as data. Three can fail: `silence` exits 1 where somebody gains by having said less, `stale` where
    the bytes of a source are not what they were, `verbatim` where a guide in the candidates' own words judges or leaves out somebody.
    """


def _audit(name: str, told: str) -> "Callable[[Callable[..., Any]], click.Command]":
    """A subcommand of that name: CONTEST and --json, and the comparison handed over."""

    def made(work: Callable[..., Any]) -> click.Command:
        parameters = [
            click.Argument(["contest"]),
            click.Option(["--json", "as_json"], is_flag=True, help="Print the figures as JSON."),
        ]
        if name in ("bots", "silence"):
            voters = click.IntRange(1, 1_000_000)
            parameters += [
                click.Option(["--voters"], type=voters, default=10_000, help="Machine voters."),
                click.Option(["--seed"], default=1, help="What they are drawn by."),
            ]

        def run(contest: str, as_json: bool, **drawn: int) -> None:
            work(_comparison(contest), as_json, **drawn)

        one = click.Command(name, params=parameters, callback=run, help=told, context_settings={"show_default": True})
        command.add_command(one)
        return one

    return made


@_audit("bots", "Who comes out on top for voters who answer at random.")
def bots(held: "Comparison", as_json: bool, voters: int, seed: int) -> None:
    from positions import auditing

    grid = auditing.grid(held)
    found = {kind: auditing.bots(grid, kind, voters, seed) for kind in auditing.VOTERS}
    share = 1 / max(len(grid.candidates), 1)
    if as_json:
        _print(
            {
                "voters": voters,
                "seed": seed,
                "equal_share": share,
                **{kind: _data(rows) for kind, rows in found.items()},
            }
        )
        return
    click.echo(f"{voters:,} voters of each kind over {grid.statements} statements; an equal share is {share:.1%}.")
    for kind, rows in found.items():
        click.echo(f"{kind} voters: alone on top / highest at least / highest at most")
        for row in rows:
            click.echo(f"  {row.candidate.name}: {row.alone:.1%} / {row.low:.1%} / {row.high:.1%}")


@_audit("silence", "What each candidate would gain by having said less: nothing. Exits 1 otherwise.")
def silence(held: "Comparison", as_json: bool, voters: int, seed: int) -> None:
    from positions import auditing

    rows = auditing.silence(auditing.grid(held), voters, seed)
    if as_json:
        _print({"voters": voters, "seed": seed, "blanked_share": auditing.BLANKED, "candidates": _data(rows)})
    for row in () if as_json else rows:
        click.echo(
            f"{row.candidate.name}: {row.blanked} positions taken away; {row.gained:,} of {voters:,} voters gained; "
            f"least agreement {row.low_before:.3f} before, {row.low_after:.3f} after"
        )
    if any(row.gained for row in rows):
        sys.exit(1)


@_audit("neutral", "What a voter gets who is in the middle on everything.")
def neutral(held: "Comparison", as_json: bool) -> None:
    from positions import auditing

    rows = auditing.neutral(auditing.grid(held))
    if as_json:
        _print({"candidates": _data(rows)})
    for row in () if as_json else rows:
        click.echo(f"{row.candidate.name}: {_standing(row)}")


@_audit("polarity", "Whether saying yes, or no, to everything puts anybody above others.")
def polarity(held: "Comparison", as_json: bool) -> None:
    from positions import auditing

    rows = auditing.polarity(auditing.grid(held))
    if as_json:
        _print({"candidates": _data(rows)})
    for row in () if as_json else rows:
        click.echo(
            f"{row.candidate.name}: supports {row.supports}, opposes {row.opposes}, between {row.mixed}; "
            f"yes to everything: {_standing(row.yes)}; no to everything: {_standing(row.no)}"
        )


@_audit("exposure", "Words, quotations and days in the first column of a year, by candidate.")
def exposure(held: "Comparison", as_json: bool) -> None:
    from positions import auditing

    rows = auditing.exposure(held)
    if as_json:
        _print({"candidates": _data(rows)})
    for row in () if as_json else rows:
        click.echo(
            f"{row.candidate.name}: {row.quotes:,} quotations, {row.words:,} words, first on {row.days_first} of {auditing.YEAR} days"
        )


@_audit("coverage", "How much of each topic is known of each candidate, and why the rest is not.")
def coverage(held: "Comparison", as_json: bool) -> None:
    from positions import auditing
    from transcripts.vocabulary import REASON_WORDS, Reason

    rows = auditing.coverage(held)
    if as_json:
        _print({"cells": _data(rows)})
    for row in () if as_json else rows:
        why = [f"{REASON_WORDS[Reason(reason)]}: {n}" for reason, n in row.reasons.items()]
        told = "; ".join([f"position known: {row.numeric}", f"spoke, not clear: {row.not_clear}", *why])
        click.echo(f"{row.candidate.name} · {row.topic.en}: {told}")


@command.command("verbatim")
@click.argument("contest")
@click.option(
    "--topics", type=click.IntRange(1, 100), default=5, help="On how many topics questions must be, at least."
)
@click.option("--json", "as_json", is_flag=True, help="Print the faults as JSON.")
def verbatim(contest: str, topics: int, as_json: bool) -> None:
    """Whether a guide in the candidates' own words is one: everybody in it, nothing judged. Exits 1 otherwise."""
    from positions.queries import merged
    from tracker import verbatim as guide
    from tracker.config import Config
    from tracker.db import Database
    from tracker.schema import require_current

    config = Config.from_env()
    with Database(config.database_url) as database:
        require_current(database)
        with database.read() as session:
            slug = merged.moved_to(session, "race", contest) or contest
            found = guide.of_race(session, slug, topics)
    found = (*found, *guide.on_pages(config, slug))
    if as_json:
        _print({"contest": slug, "faults": [{"fault": one.fault, "what": one.what} for one in found]})
    for one in () if as_json else found:
        click.echo(one.what)
    if found:
        sys.exit(1)
    if not as_json:
        click.echo("Nothing judges or ranks anybody here.")


@command.command("coders")
@click.argument("contest")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def coders(contest: str, as_json: bool) -> None:
    """How far those agree who judged the same boxes, each alone: over all, by topic, by ties of coders."""
    from positions.coding import agreeing
    from positions.coding.publishing import RULE_WORDS
    from positions.queries import coded, merged

    with _reading() as session:
        race = coded.race(session, merged.moved_to(session, "race", contest) or contest)
        judged = [one for _, one in coded.judged(session, race.id)]
    found = agreeing.agreements(judged)
    if as_json:
        parts = {
            "topics": [{"topic": topic.en, **_agreement(one)} for topic, one in found.subjects],
            "ties": [{"ties": str(group), **_agreement(one)} for group, one in found.groups],
        }
        _print({"rule": race.rule, "overall": _agreement(found.overall), **parts})
        return
    click.echo(f"{RULE_WORDS[race.rule]}.")
    click.echo(f"Everything: {_agreement_words(found.overall)}")
    for topic, one in found.subjects:
        click.echo(f"{topic.en}: {_agreement_words(one)}")
    for group, one in found.groups:
        click.echo(f"{agreeing.GROUP_WORDS[group]}: {_agreement_words(one)}")


@command.command()
@click.argument("contest")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def stale(contest: str, as_json: bool) -> None:
    """Whether the quotations that positions rest on still stand. No link is followed. Exits 1 where a file is damaged."""
    from positions.queries import stale as queries
    from positions.staleness import STATE_WORDS, State, counted

    with _reading() as session:
        slug = _slug(session, contest)
        found, damaged = queries.of_contest(session, slug), queries.damaged_files(session, slug)
    changed = [one for one in found if one.state not in (State.STANDS, State.MOVED)]
    if as_json:
        rows = [{**asdict(one), "state": str(one.state)} for one in found]
        counts = {str(state): n for state, n in counted(found).items()}
        _print({"quotations": len(found), "states": counts, "damaged_files": list(damaged), "rows": rows})
    else:
        click.echo(f"{len(found):,} quotations; links are not followed, so a page that is gone is not noticed")
        for state, n in counted(found).items():
            click.echo(f"  {STATE_WORDS[state]}: {n:,}")
        replaced = sum(one.replaced for one in found)
        click.echo(f"  of a transcript imported anew since the position was recorded: {replaced:,}")
        for one in changed:
            click.echo(f"{one.name}, {one.statement}: {STATE_WORDS[one.state]}: “{one.words}” (/turns/{one.turn})")
        for name in damaged:
            click.echo(f"{name}: its bytes are not those that were stored")
    if damaged:
        sys.exit(1)


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def leaks(as_json: bool) -> None:
    """How well the quiz's check finds what gives a speaker away, on invented sentences labelled by hand; needs no database."""
    from positions import leak_audit

    found = leak_audit.scores()
    if as_json:
        _print({"scores": [{**asdict(one), "precision": one.precision, "recall": one.recall} for one in found]})
    for one in () if as_json else found:
        click.echo(
            f"{one.lang or 'all'}: {one.sentences} sentences; of {one.pointed} places pointed at {one.right} give somebody away "
            f"({_share(one.precision)}); of {one.leaks} leaks {one.found} are found ({_share(one.recall)}); "
            f"{one.own} more that only neighbours know are not looked for"
        )
        for told, words in (("missed", one.missed), ("wrongly pointed at", one.wrong)):
            if one.lang and words:
                click.echo(f"  {told}: {'; '.join(f'“{word}”' for word in words)}")


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"


def _comparison(contest: str) -> "Comparison":
    from positions.queries import contests

    with _reading() as session:
        return contests.comparison_of(session, _slug(session, contest), "statement", "rotation", datetime.now(UTC))


def _slug(session: "Session", contest: str) -> str:
    """The race that a slug leads to. Raises NotFound."""
    from positions.queries import contests, merged

    slug = merged.moved_to(session, "race", contest) or contest
    return contests.by_slug(session, slug).head.slug


@contextmanager
def _reading() -> "Iterator[Session]":
    from tracker import schema
    from tracker.config import Config
    from tracker.db import Database

    with Database(Config.from_env().database_url) as database:
        schema.require_current(database)
        with database.read() as session:
            yield session


def _agreement(one: "Agreement") -> dict[str, Any]:
    """Figures as data: null where one cannot be computed, with the reason under `not_computable`; too few units: none at all."""
    if one.few:
        return {"n_units": one.units, "few": True}
    figures = {"alpha_nominal": one.alpha, "ac1": one.ac1, "percent": one.percent}
    return {
        "n_units": one.units,
        "n_coders": one.coders,
        **{name: figure.value for name, figure in figures.items()},
        "not_computable": {name: str(figure.why) for name, figure in figures.items() if figure.why},
    }


def _agreement_words(one: "Agreement") -> str:
    from positions.coding import agreeing

    if one.few:
        return f"{one.units:,} boxes. {agreeing.TOO_FEW % {'n': agreeing.LEAST}}"
    figures = {"alike": one.percent, "alpha": one.alpha, "AC1": one.ac1}
    told = (
        f"{name} {figure.value:.3f}" if figure.value is not None else f"{name} not computable: {figure.why}"
        for name, figure in figures.items()
    )
    return f"{one.units:,} boxes judged by two people alone, {one.coders} people; {'; '.join(told)}"


def _standing(one: "Standing") -> str:
    above = f", {one.above} stand above" if one.above else ""
    return f"between {one.low:.0%} and {one.high:.0%}{above}"


def _data(rows: Any) -> list[dict[str, Any]]:
    """Frozen values as plain data, a candidate by slug and name."""
    return [_plain(asdict(row)) for row in rows]


def _plain(value: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name, part in value.items():
        if name == "candidate":
            told |= {"candidate": part["slug"], "name": part["name"]}
        elif name == "topic":
            told["topic"] = part.en
        elif isinstance(part, dict):
            plain = _plain(part)
            told[name] = {key: one for key, one in plain.items() if key not in ("candidate", "name")}
        else:
            told[name] = part
    return told


def _print(data: dict[str, Any]) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))
