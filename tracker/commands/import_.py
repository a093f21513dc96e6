"""`tracker import FILE…`: preview files as a forum's record, and store them with --yes."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.commands import exceptionally
from tracker.given import OrdinaryFile

if TYPE_CHECKING:
    from tracker.config import Config
    from tracker.db import Database
    from tracker.intake import NewForum, Place
    from transcripts.importing import Choices, Received
    from transcripts.models import Forum

GRADES = ("recap", "machine", "published", "edited", "reviewed")
RIGHTS = ("whole", "quotations", "private")
KINDS = ("debate", "forum", "town_hall", "interview", "hearing", "council_meeting", "questionnaire")
FILE = OrdinaryFile()


@click.command()
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--forum", "slug", help="Slug of a forum that is held already")
@click.option("--title", help="Title of a new forum")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Its local day, such as 2026-09-08")
@click.option("--place", help="The town where it was held")
@click.option("--kind", type=click.Choice(KINDS), default="forum", show_default=True, help="What sort of event it was")
@click.option("--contest", help="Slug of the race whose candidates were heard")
@click.option("--zone", help="Its time zone (default: TRACKER_ZONE)")
@click.option("--lang", help="Language mostly spoken, such as en or es (default: TRACKER_LANG)")
@click.option("--video", "videos", multiple=True, help="Address of the recording; once for each part")
@click.option("--moderator", "moderators", multiple=True, help="Name of somebody who moderated")
@click.option("--people", type=FILE, help="The people heard: CSV (name,aliases,role) or Popolo JSON")
@click.option("--format", "format_name", help="Read the files as this format instead of finding out")
@click.option("--columns", metavar="PART=COLUMN,…", help="Which column of a table holds what: text=Speech,speaker=Who")
@click.option(
    "--grade", type=click.Choice(GRADES), help="How far the words can be trusted (default: as the format says)"
)
@click.option("--right", type=click.Choice(RIGHTS), help="What may be shown (default: whole; an article: quotations)")
@click.option("--source-title", help="Title of what the files are")
@click.option("--publisher", help="Who made or published them")
@click.option("--reparse", is_flag=True, help="Read the files again although the very same are held")
@click.option("--replace", is_flag=True, help="Take the place of a record that shares little with these files")
@exceptionally.options
@click.option("--yes", is_flag=True, help="Store; without it nothing is written")
def command(files: tuple[Path, ...], yes: bool, **said: Any) -> None:
    """Preview FILES as the record of one forum, and store them with --yes. Several files are parts of one recording, in order.

    Name the forum with --forum, or give --title, --date and --place of a new one. A news article becomes a record of its
    own beside the transcript. Nothing is stored by halves; the very same files again change nothing.
    """
    from tracker import schema
    from tracker.config import Config
    from tracker.db import Database

    config = Config.from_env()
    said = {name: _cleaned(value) for name, value in said.items()}
    new = _new_forum(config, said)
    with Database(config.database_url) as database:
        schema.require_current(database)
        job = _Job(config, database, said, new, _received(files, said["format_name"], said["columns"]), _choices(said))
        if not job.preview():
            return
        if yes:
            job.store()
        else:
            click.echo("\nNothing was stored. Give the same command with --yes to store it.")


@dataclass
class _Job:
    """One import: what was asked for, and where it goes."""

    config: "Config"
    database: "Database"
    said: dict[str, Any]
    new: "NewForum | None"
    files: list["Received"]
    choices: "Choices"

    @property
    def place(self) -> "Place":
        """Where the files go."""
        from tracker.intake import Place

        return Place(self.said["slug"], self.new, self.said["contest"])

    def preview(self) -> bool:
        """Print what storing would do; False where these very files are held already."""
        from tracker import intake, showing

        with self.database.read() as session:
            forum, seen = intake.preview(session, self.files, self.place, self.choices)
        if seen.same_as is not None and forum:
            click.echo(f"Nothing to do: {forum.slug} holds these very files. Give --reparse to read them again.")
            return False
        source = self.said["publisher"] or self.said["source_title"] or self.files[0].filename
        showing.show(seen, _heading(forum, self.new), source)
        return True

    def store(self) -> None:
        """Store everything in one transaction, say where it can be read, and wait a little for the index."""
        from rich.console import Console
        from sqlalchemy.exc import IntegrityError

        from tracker import indexing, intake
        from transcripts.errors import Conflict

        try:
            with Console(stderr=True).status("Storing …"), self.database.write() as session:
                exceptionally.act(session, "tracker import", self.said["exception"], self.said["by"])
                forum, stored = intake.bring(session, self.files, self.place, self.choices)
        except IntegrityError as error:
            raise Conflict("Somebody else stored the same at this moment; nothing was stored. Try again.") from error
        counts = ", ".join(f"{n:,} {what}" for what, n in stored.counts.items() if n)
        click.echo(f"\nStored: {counts}. Read it at {self.config.site_url}/forums/{forum.slug}")
        with Console(stderr=True).status("Indexing …"):
            caught_up = indexing.catch_up(self.database, self.config)
        if not caught_up:
            click.echo("Search does not know all of it yet: tracker serve goes on indexing.")


def _cleaned(value: Any) -> Any:
    """What was typed without bytes that are no text; other values as they are."""
    from transcripts.text import clean

    return " ".join(clean(value).split()) if isinstance(value, str) else value


def _new_forum(config: "Config", said: dict[str, Any]) -> "NewForum | None":
    """The facts of a new forum; None where a held one is named. Exactly one of the two must be given."""
    from tracker.intake import NewForum
    from transcripts.vocabulary import ForumKind

    day: datetime | None = said["day"]
    if said["slug"]:
        if said["title"] or day or said["place"]:
            raise click.UsageError("Give either --forum, or --title, --date and --place of a new one.")
        return None
    if not (said["title"] and day and said["place"]):
        raise click.UsageError("Name the forum: --forum SLUG, or --title, --date and --place of a new one.")
    zone, lang = said["zone"] or config.zone, said["lang"] or config.lang
    return NewForum(said["title"], day.date(), said["place"], zone, ForumKind(said["kind"]), lang)


def _received(files: tuple[Path, ...], format_name: str | None, columns: str | None) -> list["Received"]:
    """Every file read; a bar shows how far when there are several or they are large."""
    from rich.console import Console
    from rich.progress import track

    from transcripts.errors import BadFile
    from transcripts.formats.columns import parse
    from transcripts.importing import receive

    received = []
    named = parse(columns) if columns else None
    console = Console(stderr=True)
    for path in track(files, "Reading", console=console, transient=True, disable=not console.is_terminal):
        try:
            received.append(receive(path.read_bytes(), path.name, format_name, named))
        except OSError as error:
            raise BadFile("{path} cannot be read: {error}.", path=str(path), error=error.strerror) from error
        except BadFile as error:
            raise BadFile("{name}: {error}", name=path.name, error=error.message) from error
    return received


def _choices(said: dict[str, Any]) -> "Choices":
    from transcripts import roster
    from transcripts.importing import Choices
    from transcripts.vocabulary import Grade, Right

    return Choices(
        grade=Grade(said["grade"]) if said["grade"] else None,
        right=Right(said["right"]) if said["right"] else None,
        source_title=said["source_title"],
        publisher=said["publisher"],
        videos=said["videos"],
        moderators=said["moderators"],
        roster=roster.read(said["people"].read_bytes()) if said["people"] else (),
        day=said["day"].date() if said["day"] else None,
        reparse=said["reparse"],
        replace=said["replace"],
    )


def _heading(forum: "Forum | None", new: "NewForum | None") -> str:
    if forum is not None:
        return f"{forum.title_en}, {forum.held_on} ({forum.slug}, held already)"
    return f"{new.title}, {new.held_on}, {new.place} (a new forum)" if new else ""
