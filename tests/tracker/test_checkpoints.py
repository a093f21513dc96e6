"""Checkpoints of the log of acts: signed, kept elsewhere, and what they show of a log that was cut or made anew."""

import random
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text
from sqlmodel import Session

from tests.tracker.calling import site
from tests.tracker.desk import desk_on
from tests.tracker.telling.servers import Inbox, listening
from tests.tracker.test_accounts import _note, _tamper
from tracker.accounts import audit, checkpoint, checkpointing
from tracker.accounts.checkpoint import Checkpoint
from tracker.commands import doctor
from tracker.db import Database
from tracker.telling import posting
from transcripts.errors import Refusal

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
SOME = Checkpoint(7, "ab" * 32, NOON)


def test_a_note_is_read_back_by_its_key_alone(tmp_path: Path) -> None:
    signer = checkpoint.signer(tmp_path, "votes.example")
    assert stat.S_IMODE((tmp_path / checkpoint.FILE).stat().st_mode) == 0o600
    letter = f"Dear keeper,\r\n\r\n{signer.sign(SOME)}\r\nYours".replace("\n", "\r\n").replace("\r\r", "\r")
    assert checkpoint.opened(letter, signer.verifier) == [SOME]
    assert checkpoint.signer(tmp_path, "votes.example").verifier == signer.verifier


@pytest.mark.parametrize(
    ("old", "new"), [("\n7\n", "\n6\n"), ("abab", "abac"), ("2026-05-04", "2026-05-05"), ("votes.example log", "x log")]
)
def test_a_changed_note_is_refused(tmp_path: Path, old: str, new: str) -> None:
    signer = checkpoint.signer(tmp_path, "votes.example")
    with pytest.raises(Refusal, match="was changed since"):
        checkpoint.opened(signer.sign(SOME).replace(old, new, 1), signer.verifier)


def test_another_sites_note_and_what_is_no_key_are_refused(tmp_path: Path) -> None:
    ours, theirs = (checkpoint.signer(tmp_path / name, "votes.example") for name in "ab")
    with pytest.raises(Refusal, match="not signed by this site"):
        checkpoint.opened(theirs.sign(SOME), ours.verifier)
    for key in ("", "votes.example", ours.verifier[:-4], ours.verifier.replace("votes", "other")):
        with pytest.raises(Refusal, match="not the key of a site"):
            checkpoint.opened(ours.sign(SOME), key)
    with pytest.raises(Refusal, match="holds no checkpoint"):
        checkpoint.opened("Nothing here", ours.verifier)
    (tmp_path / "a" / checkpoint.FILE).write_bytes(b"short")
    with pytest.raises(Refusal, match="is not a key"):
        checkpoint.signer(tmp_path / "a", "votes.example")


def test_it_is_signed_hourly_where_the_log_grew_and_daily_where_not(database: Database, tmp_path: Path) -> None:
    signer = checkpoint.signer(tmp_path, "votes.example")

    def signed(hours: float) -> bool:
        at = NOON + timedelta(hours=hours)
        return checkpointing.sign_when_due(database, signer, lambda: at) is not None

    with database.write() as session:
        _note(session, 3)
    assert [signed(0), signed(0.5), signed(1.5)] == [True, False, False]
    with database.write() as session:
        _note(session, 1)
    assert [signed(1.6), signed(3), signed(25.7)] == [True, False, True]
    with database.read() as session:
        assert [row.entries for row in checkpoint.latest(session, 9)] == [4, 4, 3]
        assert not any(
            checkpoint.contradicted(session, checkpointing._said(row)) for row in checkpoint.latest(session, 9)
        )


def test_a_thousand_tampered_logs_all_contradict_a_kept_checkpoint(tmp_path: Path) -> None:
    desk = desk_on(site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}"))
    with desk.database.write() as session:
        _note(session, 30)
        for act in ("update", "delete"):
            session.execute(text(f"DROP TRIGGER audit_entry_no_{act}"))
    with desk.database.read() as session:
        kept = Checkpoint(30, audit.verify(session).head, NOON)
    chance = random.Random(11)
    for _ in range(1000):
        with Session(desk.database.writer) as session:
            _tamper(session, chance)
            assert audit.verify(session).broken is not None or checkpoint.contradicted(session, kept)
            session.rollback()
    desk.database.dispose()


def test_the_doctor_compares_a_kept_letter_and_a_cut_log_is_not_signed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_on(site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}"))
    monkeypatch.setenv("TRACKER_HOME", str(tmp_path))
    signer = checkpointing.site_signer(desk.app.config["TRACKER"])
    with desk.database.write() as session:
        _note(session, 5)
    row = checkpointing.sign_when_due(desk.database, signer, lambda: NOON)
    kept = tmp_path / "letter.txt"
    kept.write_text(f"Kept by a reader.\n\n{row.note if row else ''}", encoding="utf-8")
    arguments = ["--checkpoint", str(kept), "--key", signer.verifier]
    assert "contradicts" not in CliRunner().invoke(doctor.command, arguments, catch_exceptions=False).output
    with desk.database.write() as session:
        session.execute(text("DROP TRIGGER audit_entry_no_delete"))
        session.execute(text("DELETE FROM audit_entry WHERE seq = 5"))
    told = CliRunner().invoke(doctor.command, arguments, catch_exceptions=False)
    assert told.exit_code == 1 and "contradicts the checkpoint of 2026-05-04 12:00 UTC (5 acts)" in told.output
    with pytest.raises(Refusal, match="altered"):
        checkpointing.sign_when_due(desk.database, signer, lambda: NOON + timedelta(hours=2))
    desk.database.dispose()


def test_readers_see_the_notes_and_the_key(tmp_path: Path) -> None:
    desk = desk_on(site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}"))
    assert "Nothing has been signed yet." in desk.nobody().get("/checkpoints").text
    assert desk.nobody().get("/checkpoints.txt").text == ""
    signer = checkpointing.site_signer(desk.app.config["TRACKER"])
    row = checkpointing.sign_when_due(desk.database, signer)
    assert row
    page, notes = (desk.nobody().get(path).text for path in ("/es/checkpoints", "/checkpoints.txt"))
    assert signer.verifier in page.replace("&#43;", "+") and row.note.splitlines()[1] in page
    assert checkpoint.opened(notes, signer.verifier)[0].head == row.head
    desk.database.dispose()


def test_each_checkpoint_is_sent_outside_once_and_a_letter_is_enough_to_compare(tmp_path: Path) -> None:
    home, inbox = site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}"), Inbox()
    with listening(inbox) as at:
        settings = {"TRACKER_SMTP_URL": f"smtp://{at}", "TRACKER_MAIL_FROM": "log@votes.example"}
        desk = desk_on(home, **settings, TRACKER_CHECKPOINT_TO="keeper@press.example, second@archive.example")
        config = desk.app.config["TRACKER"]
        signer = checkpointing.site_signer(config)
        assert checkpointing.send_out(desk.database, config) == 0
        checkpointing.sign_when_due(desk.database, signer, lambda: NOON)
        assert [checkpointing.send_out(desk.database, config) for _ in range(2)] == [2, 0]
        with desk.database.write() as session:
            _note(session, 2)
        checkpointing.sign_when_due(desk.database, signer, lambda: NOON + timedelta(hours=1))
        assert checkpointing.send_out(desk.database, config) == 2
    kept = [message.get_body(("plain",)) for to, message in inbox.letters if to == "keeper@press.example"]
    read = [one for body in kept if body for one in checkpoint.opened(body.get_content(), signer.verifier)]
    assert [one.entries for one in read] == [0, 2]
    assert len({message["Message-ID"] for _, message in inbox.letters}) == 2
    desk.database.dispose()


def test_a_mail_server_that_is_away_leaves_the_checkpoint_to_be_sent(tmp_path: Path) -> None:
    home = site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}")
    settings = {"TRACKER_SMTP_URL": "smtp://127.0.0.1:9", "TRACKER_MAIL_FROM": "log@votes.example"}
    desk = desk_on(home, **settings, TRACKER_CHECKPOINT_TO="keeper@press.example")
    config = desk.app.config["TRACKER"]
    checkpointing.sign_when_due(desk.database, checkpointing.site_signer(config))
    with pytest.raises(posting.Unreached):
        checkpointing.send_out(desk.database, config)
    with desk.database.read() as session:
        assert checkpoint.latest(session, 1)[0].sent_at is None
    desk.database.dispose()


def test_many_processes_that_make_the_key_at_once_have_one(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        made = list(pool.map(lambda _: checkpoint.signer(tmp_path, "votes.example").verifier, range(64)))
    assert len(set(made)) == 1 and [path.name for path in tmp_path.iterdir()] == [checkpoint.FILE]
