"""Letters compared whole with letters written down: in both languages, with a correction, a quotation of a report, and captions."""

from datetime import date
from email.message import EmailMessage
from itertools import count
from pathlib import Path

import pytest
from sqlmodel import col, select

from tests.databases import migrated_file
from tests.tracker.telling.following import Clock, Kept, ask, config_of, follow, hear, html, news, text, told
from tests.transcripts.records import REPORT, stored, turn_saying
from tracker.db import Database
from tracker.telling import sending, subscribing
from tracker.telling.contents import MOST
from tracker.telling.models import Subscription
from transcripts import correcting
from transcripts.amending import Reason
from transcripts.models import Forum, Turn
from transcripts.vocabulary import Grade, TurnKind

GOLDEN = Path(__file__).parent / "golden"
HEADERS = ("From", "To", "Subject", "Date", "Message-ID", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post",
           "Auto-Submitted", "MIME-Version")  # fmt: skip
SEARCH = "q=rents+OR+depot+OR+homes"


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    numbers = count(1)
    monkeypatch.setattr(subscribing, "new_ref", lambda: f"{next(numbers):016}")
    monkeypatch.setattr(subscribing, "message_id", lambda host: f"<{next(numbers)}@{host}>")
    monkeypatch.setattr("tracker.telling.composing.message_id", lambda host: f"<{next(numbers)}@{host}>")
    return Database(migrated_file(tmp_path / "tracker.db"))


def whole(database: Database, letter: EmailMessage) -> tuple[str, str]:
    """A letter with its headers, and its HTML; keys of turns are put as their number."""
    told = "\n".join(f"{name}: {letter[name]}" for name in HEADERS) + "\n\n" + text(letter)
    page = html(letter)
    with database.read() as session:
        for id, key in session.execute(select(Turn.id, Turn.key).order_by(col(Turn.id))):
            told, page = told.replace(key, f"turn-{id}"), page.replace(key, f"turn-{id}")
    return told, page


def compare(name: str, letter: EmailMessage, database: Database) -> None:
    for kind, written in zip(("txt", "html"), whole(database, letter), strict=True):
        assert written == (GOLDEN / f"{name}.{kind}").read_text(), f"{name}.{kind}"


def test_letters_are_those_written_down(database: Database, tmp_path: Path) -> None:
    clock, post = Clock(), Kept()
    config = config_of(tmp_path, database, TRACKER_MAIL_FROM="Said & Done <told@said.example>")
    stored(database, videos=("https://www.youtube.com/watch?v=roseStreet1",))
    ask(database, "ada@example.org", SEARCH, "weekly", "en", clock)
    ask(database, "bo@example.org", SEARCH, "once", "es", clock)
    sending.send(database, config, post, clock)
    for (_, letter), lang in zip(post.letters, ("en", "es"), strict=True):
        compare(f"confirm.{lang}", letter, database)
    post.letters.clear()
    with database.write() as session:
        for one in session.exec(select(Subscription)):
            subscribing.confirm(session, one.ref, config.zone, clock)
    hear(database)
    happens(database, clock)
    clock.on(days=5)
    told(database, config, post, clock)
    assert [to for to, _ in post.letters] == ["ada@example.org", "bo@example.org"]
    for (_, letter), lang in zip(post.letters, ("en", "es"), strict=True):
        compare(f"news.{lang}", letter, database)


def happens(database: Database, clock: Clock) -> None:
    """A correction of what was found, and three sources that say something new: captions, a report, and a paraphrase."""
    turn = turn_saying(database, "freeze rents")
    why = Reason("The recording says so", "Ana Editor", "Tom Vale")
    with database.write() as session:
        correcting.reword(session, turn.key, 1, turn.text.replace("two years", "three years"), why, clock)
    captions = CAPTIONS.replace("four hundred", "five hundred")
    stored(database, captions, "elm-street", "captions.vtt", grade=Grade.MACHINE)
    stored(database, REPORT, "library", "report.txt", publisher="The Rose Street Post")
    with database.write() as session:
        for forum in session.exec(select(Forum)):
            if forum.slug == "elm-street":
                forum.title_en, forum.title_es = "Night on Elm Street <b>", "Noche en la calle Elm <b>"
                forum.held_on, forum.city, forum.fictional = date(2026, 9, 10), "Port Linden", True
            if forum.slug == "library":
                forum.title_en, forum.held_on = "At the library", date(2026, 9, 9)
        said = session.exec(select(Turn).where(col(Turn.text).contains("paraphrased"))).one()
        said.kind = TurnKind.PARAPHRASE


CAPTIONS = """\
WEBVTT

00:00:01.000 --> 00:00:05.000
<v Mara Quill>What will you do about rents?

00:00:06.000 --> 00:00:10.000
<v Ida Berg>We will build four hundred homes & keep them <i>cheap</i>.

00:00:11.000 --> 00:00:14.000
<v Clerk>A paraphrased remark on homes.
"""


def test_a_letter_holds_so_many_passages_and_says_how_many_more(database: Database, tmp_path: Path) -> None:
    follow(database, "q=homes")
    lines = "\n\n".join(f"SPEAKER {chr(65 + n % 3)}: Word number {n} about homes." for n in range(60))
    stored(database, lines, slug="elm-street")
    post = Kept()
    told(database, config_of(tmp_path, database), post)
    (letter,) = news(post.letters)
    assert letter["Subject"].startswith("60 new passages: ")
    assert text(letter).count("about homes.") == html(letter).count("about homes.") == MOST
    assert f"And {60 - MOST} more:" in text(letter) and "https://said.example/search?q=homes" in text(letter)
