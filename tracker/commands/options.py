"""`tracker options CONTEST`: a questionnaire's listed answers become statements, and who chose which (docs/options.md)."""

from pathlib import Path

import click

from tracker.commands import exceptionally
from tracker.given import OrdinaryFile

FILE = OrdinaryFile()


@click.command()
@click.argument("contest")
@click.option("--questions", type=FILE, required=True, help="CSV or JSON: every question, its topic and its options")
@click.option("--answers", type=FILE, required=True, help="CSV or JSON: which option each candidate chose")
@click.option(
    "--forum", required=True, help="Slug of the questionnaire (a forum of the race) that the answers are from"
)
@click.option("--topic", help="Slug of the topic of those questions whose own is not in the tree")
@exceptionally.options
def command(
    contest: str,
    questions: Path,
    answers: Path,
    forum: str,
    topic: str | None,
    exception: str | None,
    by: str | None,
) -> None:
    """Bring the questions of a guide or questionnaire with their listed answers, and the one each candidate chose.

    All of it or nothing; what is wrong is told with its line. The same files again change nothing.
    """
    from positions.option_loading import load_matrix, place
    from positions.option_matrix import read_answers, read_questions
    from positions.queries import merged
    from tracker.config import Config
    from tracker.db import Database
    from tracker.schema import require_current

    config = Config.from_env()
    asked = read_questions(questions.read_bytes())
    answered = read_answers(answers.read_bytes(), asked)
    with Database(config.database_url) as database:
        require_current(database)
        with database.write() as session:
            exceptionally.act(session, "tracker options", exception, by)
            race = merged.moved_to(session, "race", contest) or contest
            tally = load_matrix(session, place(session, race, forum, topic), asked, answered)
    click.echo(tally)
