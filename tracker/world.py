"""The demo world: Hartford 2015 from the facts of a news report, and the invented city of Port Linden.

Its files lie in tracker/demo and go the way of everybody's files: `tracker load` and the ordinary importer.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import Session, col, select

from positions import loading, quizzing, removing
from positions.load_document import read_document
from positions.load_schema import Document
from positions.queries import quiz
from positions.quiz import APPROVED
from positions.quiz_models import BLANK
from positions.yaml_lines import Located
from tracker import indexing, schema
from tracker import site as site_facts
from tracker.accounts import people
from tracker.config import Config
from tracker.db import Database
from tracker.intake import file_bringer, file_reader
from tracker.replying import bodies, replies
from transcripts import correcting
from transcripts.amending import Reason
from transcripts.models import Forum, Turn

FOLDER = Path(__file__).parent / "demo"
FILES = ("hartford", "port-linden", "documents", "programs", "commitments", "figures", "findings", "acts")
"""Its files, in the order in which each rests on those before it."""
SITE = {
    ("name", ""): "Said & Done · Dicho y hecho",
    ("publisher", ""): "Demo world",
    ("contact", ""): "demo@example.org",
    ("funding", "en"): "nobody; this is a demonstration",
    ("funding", "es"): "nadie; esto es una demostración",
    ("interest", "en"): "none",
    ("interest", "es"): "ninguno",
    ("place", ""): "Hartford, Connecticut; Port Linden (fictional)",
    ("zone", ""): "America/New_York",
    ("languages", ""): "en, es",
}
"""What the demonstration says about itself, where nobody has run `tracker init`."""

EDITOR = "Demo editor"

CORRECTIONS = (
    (
        "port-linden-council-2025",
        "nine hundred and forty sump pumps",
        "nine hundred and fourteen sump pumps",
        Reason("The recording says fourteen.", EDITOR, "Tobias Farrant (fictional)"),
    ),
)
"""Forum, words its transcript printed, words that were said, and why it was corrected."""

QUIZ_RACE = "port-linden-mayor-2027"
QUIZ_ISSUES = ("pl-diversion-permanent", "pl-board-subpoena", "pl-rent-cap", "pl-close-millrace", "pl-free-bus")
QUIZ_BLANKED = (
    "mayor",
    "alcalde",
    "alcaldesa",
    "alcaldía",
    "when I was a young fellow in Public Works",
    "cuando yo era joven en Obras Públicas",
    "a guy like me",
    "alguien como yo",
)
"""The race with a quote quiz, its issues, and what is left out of their sentences: somebody of the demonstration read each of them."""

Report = Callable[[str], None]


def documents() -> Iterator[tuple[str, Document, Located]]:
    """The files of the demo world, validated, in their order."""
    for path in sorted(FOLDER.glob("*.yaml"), key=lambda path: FILES.index(path.stem)):
        yield (path.name, *read_document(path.read_bytes()))


def make(config: Config, report: Report = lambda words: None) -> None:
    """Bring a site to hold the demo world, searchable; doing it again changes nothing."""
    database = Database(config.database_url)
    schema.upgrade(database)
    bring, read = file_bringer(FOLDER), file_reader(FOLDER)
    for name, document, located in documents():
        report(f"Loading {name}")
        with database.write() as session:
            tally = loading.load(session, document, located, bring, read_file=read)
        report(f"  {tally}")
    with database.write() as session:
        if not site_facts.read(session).publisher:
            site_facts.store(session, SITE)
    with database.write() as session:
        _correct(session)
    with database.write() as session:
        _approve_quiz(session)
    report("Indexing")
    if not indexing.catch_up(database, config):
        report("  the rest is indexed while the site is served")
    database.dispose()


def _correct(session: Session) -> None:
    """Correct in public what the demo's transcripts got wrong, so that a corrected passage can be seen; once only."""
    for forum, heard, said, reason in CORRECTIONS:
        wrong = select(Turn).join(Forum, col(Forum.id) == col(Turn.forum_id)).where(Forum.slug == forum)
        for turn in session.exec(wrong.where(col(Turn.text).contains(heard, autoescape=True))).all():
            correcting.reword(session, turn.key, turn.version, turn.text.replace(heard, said), reason)


def _approve_quiz(session: Session) -> None:
    """Approve the sentences of the quote quiz that can be; what anybody decided already stays."""
    if not quiz.words(session, QUIZ_RACE):
        quizzing.treat(session, QUIZ_RACE, QUIZ_BLANKED, BLANK, EDITOR)
    made = quiz.of_contest(session, QUIZ_RACE, "alphabetical", datetime.now(UTC), None)
    for issue in made.every:
        for one in issue.quotes if issue.row.key in QUIZ_ISSUES else ():
            if one.fault == "waiting" and one.decision is None:
                which = (one.statement, one.candidate.slug, one.words)
                quizzing.decide(session, QUIZ_RACE, which, one.card, APPROVED, EDITOR)


def first_editor(config: Config) -> str | None:
    """The secret of a one-time link for the first editor; None where somebody has an account already."""
    with Database(config.database_url) as database, database.write() as session:
        return people.first(session)


def remove(config: Config) -> int:
    """Take the demo world away again and nothing else; returns how many rows went."""
    database = Database(config.database_url)
    gone = 0
    with database.write() as session:
        for _, document, _ in reversed(list(documents())):
            gone += removing.remove(session, document)
            gone += bodies.forget(session, [entry.slug for entry in document.programs])
            gone += replies.forget(session, [entry.slug for entry in document.contests])
        told = site_facts.read(session)
        if told.publisher == SITE["publisher", ""]:
            site_facts.store(session, dict.fromkeys(SITE, ""))
    indexing.catch_up(database, config)
    database.dispose()
    return gone
