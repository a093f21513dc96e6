"""Rounds: what a mail server may answer, and that nothing is lost, doubled or stopped by somebody else's trouble."""

import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlmodel import select

from tests.databases import migrated_file
from tests.tracker.telling.following import Clock, Kept, ask, config_of, follow, hear, news, parsed, text, told
from tests.tracker.telling.servers import Inbox, certificate, listening
from tests.transcripts.records import EVENING, stored
from tracker.commands import mail
from tracker.config import Config
from tracker.db import Database
from tracker.telling import checkup, composing, posting, schedule, sending
from tracker.telling.models import Follower, Letter, Subscription
from tracker.telling.posting import Delayed, FilePost, Refused, SmtpPost, Unreached, server
from transcripts.errors import Conflict, Refusal

ADA, BO, CY = "ada@example.org", "bo@example.org", "cy@example.org"
FROM = "Said & Done · Dicho y hecho <told@said.example>"


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(migrated_file(tmp_path / "tracker.db"))


@pytest.fixture
def config(tmp_path: Path, database: Database) -> Config:
    return config_of(tmp_path, database, TRACKER_MAIL_FROM=FROM)


def waiting(database: Database) -> list[Letter]:
    with database.read() as session:
        return list(session.exec(select(Letter).where(Letter.state == "queued")))


def three(database: Database) -> None:
    for address in (ADA, BO, CY):
        follow(database, "q=homes", address)
    stored(database)
    hear(database)


def test_one_address_in_trouble_stops_no_other_and_waits_longer_each_time(database: Database, config: Config) -> None:
    three(database)
    clock, post = Clock(), Kept(troubles={ADA: Delayed("451"), BO: Refused("550")})
    done = sending.send(database, config, post, clock)
    assert (done.sent, done.delayed, done.refused) == (2, 2, 1), "the links of all three, and news"
    assert [to for to, _ in post.letters] == [CY, CY]
    with database.read() as session:
        assert set(session.exec(select(Follower.address))) == {ADA, CY}, "who does not exist is forgotten"
        (note,) = session.exec(select(Letter).where(Letter.state == "refused"))
        assert note.note == "550" and note.subscription_id is None
    waits = []
    for _ in range(12):
        (first, *_) = waiting(database)
        waits.append(first.next_try - clock.at)
        clock.at = first.next_try
        sending.send(database, config, post, clock)
    assert waits[0] == schedule.FIRST_WAIT and waits == sorted(waits) and waits[-1] == schedule.LONGEST_WAIT
    clock.on(days=3)
    sending.send(database, config, post, clock)
    assert not waiting(database)
    assert "given up after three days" in " ".join(one.what for one in checkup.problems(database, config, clock))


def test_a_mail_server_that_is_away_loses_nothing_however_long(database: Database, config: Config) -> None:
    three(database)
    clock, post = Clock(), Kept(troubles={"*": Unreached("it does not answer in time")})
    for _ in range(30):
        done = sending.send(database, config, post, clock)
        assert done.unreached == "it does not answer in time" and not done.sent
        clock.on(hours=6)
    assert "waited for more than a day" in checkup.problems(database, config, clock)[-1].what
    post.troubles.clear()
    sending.send(database, config, post, clock)
    assert sorted(to for to, _ in post.letters) == [ADA, ADA, BO, BO, CY, CY] and not waiting(database)


class Crash(BaseException):
    """The process ends at once."""


def test_killed_between_the_servers_yes_and_our_note_the_same_letter_goes_again(
    database: Database, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    follow(database, "q=homes")
    stored(database)
    post = Kept()
    with monkeypatch.context() as broken:
        broken.setattr(sending, "_note", lambda *_, **__: (_ for _ in ()).throw(Crash()))
        for _ in range(2):
            with pytest.raises(Crash):
                told(database, config, post)
    told(database, config, post)
    ids = [one["Message-ID"] for _, one in post.letters]
    assert len(ids) == 4 and len(set(ids)) == 2, "the link three times, the news once"


def test_a_real_server_signed_in_to_and_its_answers(database: Database, config: Config, tmp_path: Path) -> None:
    three(database)
    follow(database, "q=homes", "dan@example.org")
    answers = {BO: "550 5.1.1 no such bo@example.org", "dan@example.org": "550 5.7.1 we do not know you"}
    inbox = Inbox(recipients=answers, data={CY: "451 later"})
    settings = {"authenticator": inbox.authenticate, "auth_require_tls": False}
    with listening(inbox, **settings) as at:
        ours = config_of(
            tmp_path, database, TRACKER_MAIL_FROM=FROM, TRACKER_SMTP_URL=f"smtp://us:right%20%26%20proper@{at}"
        )
        assert checkup.problems(database, ours, Clock()) == []
        done = sending.send(database, ours, clock=Clock())
        assert (done.sent, done.delayed, done.refused) == (2, 3, 1), "who does not trust us ends nothing"
        wrong = config_of(tmp_path, database, TRACKER_SMTP_URL=f"smtp://us:hunter2@{at}", TRACKER_MAIL_FROM=FROM)
        clock = Clock()
        clock.on(hours=1)
        refused = sending.send(database, wrong, clock=clock)
        assert "user and password" in refused.unreached
        (problem,) = checkup.problems(database, wrong, Clock())
        assert "cannot be used" in problem.what and "hunter2" not in problem.what + problem.do + repr(wrong)
    assert {to for to, _ in inbox.letters} == {ADA} and inbox.signed_in[0] == (b"us", b"right & proper")
    letter = news(inbox.letters)[0]
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click" and letter["To"] == ADA
    assert letter["List-Unsubscribe"].startswith("<https://said.example/follow/stop/")
    assert letter["From"].addresses[0].display_name == "Said & Done · Dicho y hecho"
    assert letter["Auto-Submitted"] == "auto-generated" and letter["List-Id"].endswith(".said.example>")
    assert "four hundred homes" in text(letter)


def test_encryption_is_not_left_out(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    follow(database, "q=homes")
    context, trusted = certificate(tmp_path)
    inbox = Inbox()
    with listening(inbox, tls_context=context, require_starttls=True) as at:
        ours = config_of(tmp_path, database, TRACKER_MAIL_FROM=FROM, TRACKER_SMTP_URL=f"starttls://{at}")
        assert "cannot be trusted" in sending.send(database, ours, clock=Clock()).unreached
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        clock = Clock()
        clock.on(hours=1)
        assert sending.send(database, ours, clock=clock).sent == 1
    with listening(inbox, ssl_context=context) as at:
        post = SmtpPost(server(f"smtps://{at}"), "said.example")
        assert post.connect().noop()[0] == 250
        post.close()
    with listening(Inbox()) as at, pytest.raises(Unreached, match="does not offer"):
        SmtpPost(server(f"starttls://{at}"), "said.example").connect()


def test_a_server_that_says_nothing_is_given_up_on(database: Database) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        post = SmtpPost(server(f"smtp://127.0.0.1:{silent.getsockname()[1]}"), "said.example", timeout=0.2)
        with pytest.raises(Unreached, match="in time"):
            post.connect()


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.org",
        "http://x",
        "smtp://",
        "smtp://h:99999",
        "smtp://h/path?x",
        "smtp://u:hunter2@mail.example.org",
    ],
)
def test_a_setting_that_is_wrong_is_said_without_its_password(database: Database, tmp_path: Path, url: str) -> None:
    with pytest.raises(Refusal) as refused:
        server(url)
    assert "hunter2" not in str(refused.value)
    ours = config_of(tmp_path, database, TRACKER_SMTP_URL=url, TRACKER_MAIL_FROM="nobody\r\nBcc: x@example.org")
    assert len(checkup.problems(database, ours, Clock())) == 1


def test_without_a_server_letters_are_files_that_are_whole(database: Database, config: Config) -> None:
    three(database)
    assert sending.send(database, config, clock=Clock()).sent == 6
    files = sorted(config.mail_dir.iterdir())
    assert len(files) == 6 and all(file.suffix == ".eml" for file in files)
    assert len(news([("", parsed(file.read_bytes())) for file in files])) == 3
    assert "only files" in checkup.problems(database, config, Clock())[0].what
    assert files[0].stat().st_mode & 0o077 == 0


def test_two_rounds_do_not_go_on_at_once(database: Database, config: Config) -> None:
    follow(database, "q=homes")

    class Busy(Kept):
        def send(self, to: str, message: object) -> None:
            with pytest.raises(Conflict):
                sending.send(database, config, Kept(), Clock())

    assert sending.send(database, config, Busy(), Clock()).sent == 1


def test_a_day_and_a_week_are_told_at_seven_of_the_sites_zone(database: Database, config: Config) -> None:
    clock, post = Clock(), Kept()
    follow(database, "q=homes", ADA, "daily", clock=clock)
    follow(database, "q=homes", BO, "weekly", clock=clock)
    sending.send(database, config, post, clock)
    stored(database)
    told(database, config, post, clock)
    assert not news(post.letters)
    clock.at = datetime(2026, 9, 10, 11, tzinfo=UTC)
    told(database, config, post, clock)
    assert [one["To"] for one in news(post.letters)] == [ADA]
    clock.at = datetime(2026, 9, 14, 11, tzinfo=UTC)
    told(database, config, post, clock)
    assert [one["To"] for one in news(post.letters)] == [ADA, BO]
    stored(database, EVENING, slug="elm-street")
    clock.on(hours=1)
    told(database, config, post, clock)
    assert len(news(post.letters)) == 2, "nothing before the next day"
    clock.on(days=1)
    told(database, config, post, clock)
    assert [one["To"] for one in news(post.letters)] == [ADA, BO, ADA]


def test_clocks_that_change_do_not_move_the_hour() -> None:
    due = schedule.due("daily", datetime(2026, 10, 31, 12, tzinfo=UTC), "America/New_York")
    assert due == datetime(2026, 11, 1, 12, tzinfo=UTC)
    assert schedule.due("daily", due, "America/New_York") == datetime(2026, 11, 2, 12, tzinfo=UTC)
    monday = schedule.due("weekly", datetime(2026, 9, 14, 10, 59, tzinfo=UTC), "America/New_York")
    assert monday == datetime(2026, 9, 14, 11, tzinfo=UTC)
    assert schedule.due("weekly", monday, "America/New_York") == datetime(2026, 9, 21, 11, tzinfo=UTC)


def test_what_nobody_confirms_is_gone_after_seven_days(database: Database, config: Config) -> None:
    clock = Clock()
    ask(database, ADA, "q=homes", clock=clock)
    sending.send(database, config, Kept(), clock)
    clock.on(days=6, hours=23)
    sending.send(database, config, Kept(), clock)
    with database.read() as session:
        assert session.exec(select(Subscription)).all()
    clock.on(hours=2)
    sending.send(database, config, Kept(), clock)
    with database.read() as session:
        assert not session.exec(select(Follower)).all() and not session.exec(select(Letter)).all()


def test_a_letter_composed_is_composed_once(database: Database, config: Config) -> None:
    three(database)
    assert [composing.compose(database, config, Clock()) for _ in range(2)] == [3, 0]


def test_the_commands(database: Database, config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_HOME", str(tmp_path))
    monkeypatch.setenv("TRACKER_MAIL_FROM", FROM)
    monkeypatch.delenv("TRACKER_DATABASE_URL", raising=False)
    follow(database, "q=homes")
    runner = CliRunner()
    tried = runner.invoke(mail.command, ["test", ADA], catch_exceptions=False)
    assert tried.exit_code == 0 and "lies in" in tried.output
    sent = runner.invoke(mail.command, ["send"], catch_exceptions=False)
    assert sent.exit_code == 0 and sent.output.startswith("1 sent, 0 to be tried again, 0 refused for good.")
    follow(database, "q=homes", BO)
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    monkeypatch.setenv("TRACKER_SMTP_URL", f"smtp://127.0.0.1:{port}")
    for command in (["send"], ["test", ADA]):
        with pytest.raises(Refusal, match="Connection refused"):
            runner.invoke(mail.command, command, catch_exceptions=False)
    with listening(inbox := Inbox()) as at:
        monkeypatch.setenv("TRACKER_SMTP_URL", f"smtp://{at}")
        assert runner.invoke(mail.command, ["test", ADA, "--lang", "es"], catch_exceptions=False).exit_code == 0
    assert "No hay que hacer nada" in text(inbox.letters[0][1])


def test_posts_are_chosen_by_the_setting(config: Config) -> None:
    assert isinstance(posting.post_of(config), FilePost)
