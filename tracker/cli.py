"""The command line. Commands load when they are called, so that `tracker --help` needs neither Flask nor SQLModel."""

import importlib
import sys
from typing import Any

import click

COMMANDS = {
    "init": "Start an empty site: name, publisher, place, time zone, languages",
    "demo": "Load the demo world and serve it (--no-serve stops before; --remove takes it away)",
    "serve": "Serve the site and keep its search index up to date",
    "parse": "Read a transcript or article and print what is in it; needs no database",
    "import": "Preview a file as a forum's record, and store it with --yes",
    "export": "Write a forum's record as a file: JSON, captions, plain text",
    "people": "Bring people and candidacies from a list: CSV or Popolo JSON",
    "load": "Bring races, people, candidacies, statements and positions from a YAML file",
    "options": "Bring a questionnaire's listed answers and who chose which, from CSV or JSON",
    "search": "Search what was said",
    "cite": "Print words of the record as a citation: plain text, AP, MLA, APA, BibTeX, CSL-JSON …",
    "check": "Check a quotation, or the quotations of an article, against what is held",
    "contests": "List the races",
    "compare": "Compare the candidates of a race by question, topic or statement",
    "guide": "Print a race as a guide on paper: a PDF in English, Spanish or both",
    "match": "Compare a voter's own answers with the candidates' positions, from a JSON file",
    "quiz": "Print the blind quote quiz of a race, or the result of a code of ratings",
    "audit": "Ask in figures whether a comparison treats every candidate alike",
    "agreement": "Say how far people who coded the same things agree: alpha, AC1, kappa",
    "user": "Accounts of editors: add, invite, disable, list",
    "figures": "Print the numbers of a figure, or bring it numbers from a table",
    "links": "Ask whether the addresses of documents, sources and recordings still answer",
    "mail": "Mail to those who follow something: try the server (test), send what waits now (send)",
    "testimony": "Confidential testimony: make its key, read what came; needs no site",
    "reindex": "Build the search index again from the database",
    "doctor": "Report problems of schema, index, outbox and configuration, with what to do",
    "migrate": "Bring the database to the present schema",
}
"""Each command and its one line. `tracker X` is tracker/commands/X.py (import_.py for import), attribute `command`."""


class LazyGroup(click.Group):
    """A group that knows its commands by name and line, and imports one only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"tracker.commands.{'import_' if name == 'import' else name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="said-and-done")
def group() -> None:
    """Said & Done · Dicho y hecho: what candidates said, and what became of it."""


def main() -> Any:
    """Entry point: refusals become one clear line on standard error and exit code 2."""
    from transcripts.errors import Refusal

    try:
        return group(prog_name="tracker")
    except Refusal as refusal:
        click.echo(f"tracker: {refusal}", err=True)
        sys.exit(2)
