"""`tracker init`: an empty site that knows who publishes it. May be run again: what is told anew replaces what was told."""

import sys
from collections.abc import Callable
from typing import Any

import click

from tracker.facts import FACTS, LANGUAGES


def at_a_terminal() -> bool:
    """Whether somebody is there to answer questions."""
    return sys.stdin.isatty()


def _options(command: Callable[..., None]) -> Callable[..., None]:
    """One option a fact, and one more for its Spanish where it is told in both languages."""
    for fact in reversed(FACTS):
        if fact.told_per_language:
            command = click.option(f"--{fact.name}-es", help=f"{fact.question}, in Spanish")(command)
        command = click.option(f"--{fact.name}", help=fact.question)(command)
    return command


@click.command()
@_options
@click.option("--no-questions", is_flag=True, help="Ask nothing: only what the options tell is stored.")
def command(no_questions: bool, **options: str | None) -> None:
    """Start an empty site: its tables, its topics, and who publishes it. Nothing of the demo world is in it."""
    from tracker import setup, site
    from tracker.config import Config
    from tracker.db import Database

    config = Config.from_env()
    with Database(config.database_url) as database:
        setup.prepare(database)
        with database.read() as session:
            held = {lang: site.read(session, lang) for lang in LANGUAGES}
        told = _given(options)
        if not no_questions and at_a_terminal():
            told = {**_asked(held, config.zone, told), **told}
        setup.tell(database, told)
        with database.read() as session:
            missing = site.read(session).missing
        click.echo(f"Your site is in {config.home}." if database.is_sqlite else "Your site is in the database.")
    if missing:
        click.echo(f"Not told yet: {', '.join(missing)}. Readers see these in the footer; run tracker init again.")
    click.echo(
        "Next: tracker load FILE.yaml for races and people, tracker import FILE for a first forum, tracker serve."
    )


def _given(options: dict[str, Any]) -> dict[tuple[str, str], str]:
    """What the options tell, by (fact, language)."""
    told: dict[tuple[str, str], str] = {}
    for fact in FACTS:
        lang = "en" if fact.told_per_language else ""
        for name, key in ((fact.name, lang), (f"{fact.name}_es", "es")):
            if options.get(name) is not None:
                told[fact.name, key] = options[name]
    return told


def _asked(held: dict[str, Any], zone: str, told: dict[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    """What a person answers; Enter keeps what is held. Nothing is asked that an option has told."""
    answers: dict[tuple[str, str], str] = {}
    usual = {"zone": zone, "languages": ", ".join(LANGUAGES)}
    for fact in FACTS:
        for lang in LANGUAGES if fact.told_per_language else ("",):
            key = (fact.name, lang)
            if key not in told:
                default = getattr(held[lang or "en"], fact.name) or usual.get(fact.name, "")
                question = f"{fact.question} ({LANGUAGES[lang]})" if lang else fact.question
                answers[key] = click.prompt(question, default=default, show_default=bool(default))
    return answers
