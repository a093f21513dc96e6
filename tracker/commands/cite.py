"""`tracker cite TURN --format NAME`: words of the record as a citation."""

import re

import click

PLACE = re.compile(r"([0-9]{1,7})-([0-9]{1,7})")


@click.command()
@click.argument("turn")
@click.option(
    "--format", "name", default="text", show_default=True, help="text, markdown, html, ap, mla, apa, bibtex, csl"
)
@click.option("--words", help="Only code points 12-45, half-open, as in an address (default: everything said)")
@click.option("--version", "n", type=click.IntRange(min=1), help="Of that version (default: the present one)")
@click.option("--lang", type=click.Choice(["en", "es"]), help="Language of our words (default: the site's)")
def command(turn: str, name: str, words: str | None, n: int | None, lang: str | None) -> None:
    """Print what was said under TURN (its key, as in /turns/KEY) with its question, speaker, day, grade and permanent address."""
    from tracker import citing, schema
    from tracker.config import Config
    from tracker.db import Database
    from tracker.i18n import translator
    from transcripts.citing import form
    from transcripts.errors import Refusal
    from transcripts.queries import citations

    config, chosen = Config.from_env(), form(name)
    place = PLACE.fullmatch(words) if words else None
    if words and place is None:
        raise Refusal("“{words}” is no place; it looks like 12-45.", words=words)
    reader = lang or config.lang
    with Database(config.database_url) as database:
        schema.require_current(database)
        with database.read() as session:
            span = (int(place[1]), int(place[2])) if place else (None, None)
            found = citations.of_turn(session, turn.upper(), n, *span)
            say = translator(reader)
            cited = citing.citation(found, citing.voice(session, config, reader, say))
    click.echo(chosen.write(cited, say), nl=False)
