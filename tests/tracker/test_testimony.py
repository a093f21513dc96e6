"""Confidential testimony: closed until somebody opened it, sealed before it is stored, taken back by a code, deleted on its day.

Row of seeds.md: "contact form" (confidential testimony); its questions and corrections are in `test_questions.py`.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlmodel import SQLModel, select

from tests.positions.followthrough import bridge
from tests.tracker.confiding import PRIVATE, PUBLIC, WORDS, code_of, desk_with_key, filled, opened, send
from tests.tracker.desk import Desk
from tracker.accounts import people
from tracker.accounts.models import AuditEntry, DoneForm
from tracker.accounts.roles import AccountRole
from tracker.commands import doctor
from tracker.commands import testimony as command
from tracker.config import Config
from tracker.db import Database
from tracker.pages import tell
from tracker.testimony import keeping, models, purging, sealing, standing, words
from tracker.testimony.limiting import Tries
from tracker.testimony.sealing import Beside, Told
from transcripts.errors import BadFile, Conflict, Refusal

BESIDE = Beside("lead-port-linden", date(2026, 5, 3), 1, PUBLIC.id)
TOLD = Told("no", "May 2026", WORDS, "", "en")


@pytest.fixture(autouse=True)
def uncounted(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other tests sent within this hour does not count."""
    monkeypatch.setattr(tell, "tries", Tries())


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Iterator[Desk]:
    desk = desk_with_key(tmp_path, database_url)
    yield desk
    desk.database.dispose()


def config_of(desk: Desk) -> Config:
    config: Config = desk.app.config["TRACKER"]
    return config


def rows(database: Database) -> list[models.Testimony]:
    with database.read() as session:
        return list(session.exec(select(models.Testimony)))


def acts(database: Database) -> list[tuple[str, str, str]]:
    with database.read() as session:
        return [(one.act, one.subject, one.detail) for one in session.exec(select(AuditEntry).order_by(AuditEntry.seq))]


def test_closed_until_an_administrator_has_read_the_limits_and_named_a_reader(desk: Desk) -> None:
    nobody, admin = desk.nobody(), desk.signed_in(desk.account("Ada Admin", "admin"))
    reader = desk.account("Rhea Reader")
    assert "not taken here" in nobody.get("/tell").text
    assert (
        send(nobody, {"offered": "no", "words": WORDS, "agreed": "1", "consent": "1", "days": "9"}).status_code == 409
    )
    page = admin.get("/desk/testimony").text
    assert "It is closed." in page and words.LIMITS[words.LIMITS_NOW][0] in page and "fewer than five" in page
    form = {"days": "30", "version": "0"}
    unread = admin.post("/desk/testimony", {**form, "readers": str(reader)})
    assert unread.status_code == 422 and "Tick that you have read the limits" in unread.text
    assert "Name somebody" in admin.post("/desk/testimony", {**form, "read": "1"}).text
    assert (
        admin.post("/desk/testimony", {**form, "read": "1", "readers": str(reader), "days": "366"}).status_code == 422
    )
    assert "not taken here" in nobody.get("/tell").text
    kept = admin.post("/desk/testimony", {**form, "read": "1", "readers": str(reader)})
    assert kept.status_code == 303 and "Encrypt and send" in nobody.get("/tell").text
    late = admin.post("/desk/testimony", {**form, "read": "1", "readers": str(reader)})
    assert late.status_code == 409
    assert desk.signed_in(reader).get("/desk/testimony/held").status_code == 200
    assert admin.get("/desk/testimony/held").status_code == 403
    assert acts(desk.database)[-1] == (
        "open testimony",
        "testimony",
        f"Rhea Reader; 30 days; key {PUBLIC.id}; limits 1",
    )
    assert admin.post("/desk/testimony/close").status_code == 303
    assert "not taken here" in nobody.get("/tell").text


@pytest.mark.parametrize(
    ("key", "closed"),
    [("", "no_key"), ("testimony1.nonsense", "bad_key"), ("/nowhere/at/all", "bad_key"), ("another", "other_key")],
)
def test_it_closes_by_itself_without_its_key(tmp_path: Path, key: str, closed: str) -> None:
    desk = desk_with_key(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}")
    opened(desk)
    other = str(sealing.public_of(X25519PrivateKey.generate())) if key == "another" else key
    with desk.database.read() as session:
        held = standing.read(session, Config(tmp_path, "", testimony_key=other))
    assert (held.closed, held.wanted) == (closed, True)
    desk.database.dispose()


def test_the_key_may_stand_in_a_file(desk: Desk, tmp_path: Path) -> None:
    opened(desk)
    (tmp_path / "public").write_text(f"{PUBLIC}\n")
    with desk.database.read() as session:
        assert standing.read(session, Config(tmp_path, "", testimony_key=str(tmp_path / "public"))).is_open


def test_it_closes_when_no_reader_is_left_or_the_limits_change(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(desk)
    with desk.database.write() as session:
        reader = people.named(session, "Rhea Reader")
        people.give_roles(session, reader, [AccountRole.TEACHER])
        assert standing.read(session, config_of(desk)).is_open  # other roles do not touch it
        people.disable(session, reader)
        assert standing.read(session, config_of(desk)).closed == "no_reader"
        people.enable(session, reader)
        monkeypatch.setattr(standing, "LIMITS_NOW", 2)
        assert standing.read(session, config_of(desk)).closed == "old_limits"


def test_what_is_sent_is_sealed_and_shown_nowhere(desk: Desk) -> None:
    _, reader = opened(desk)
    nobody = desk.nobody()
    form = nobody.get("/tell")
    assert "no-store" in form.headers["Cache-Control"] and form.headers["Referrer-Policy"] == "same-origin"
    assert "Set-Cookie" not in form.headers and "30 days after it came" in form.text
    assert not re.findall(r'(?:src|action)="(?:https?:)?//', form.text) and "/tell" in nobody.get("/about").text
    answer = send(nobody, contact="Ask for Quilla")
    code = code_of(answer)
    assert WORDS not in answer.text and "no-store" in answer.headers["Cache-Control"]
    (row,) = rows(desk.database)
    today = standing.today(config_of(desk))
    assert (row.received_on, row.delete_on, row.consent) == (today, today + timedelta(days=30), words.CONSENT_NOW)
    assert len(row.sealed) == sealing.LENGTH + 48 and row.receipt != code
    told = sealing.open_(PRIVATE, row.sealed, Beside(row.about, row.received_on, row.consent, row.key_id))
    assert told == Told("no", "May 2026", WORDS, "Ask for Quilla", "en")
    with desk.database.read() as session:
        for name in SQLModel.metadata.tables:
            held = "\n".join(str(tuple(one)) for one in session.execute(text(f'SELECT * FROM "{name}"')))
            assert WORDS not in held and "Quilla" not in held and code not in held and "127.0.0.1" not in held, name
        assert session.exec(select(DoneForm)).first() is None
    listed = reader.get("/desk/testimony/held")
    assert row.key[:8] in listed.text and WORDS not in listed.text


def test_sent_twice_is_kept_once_and_taken_back_stays_away(desk: Desk) -> None:
    opened(desk)
    nobody = desk.nobody()
    data = filled(nobody.get("/tell").text)
    codes = {code_of(send(nobody, data)) for _ in range(2)}
    assert len(codes) == 1 and len(rows(desk.database)) == 1
    (code,) = codes
    assert nobody.post("/tell/take-back", {"code": "ABCD"}).status_code == 404
    back = nobody.post("/tell/take-back", {"code": f" {code.lower().replace('-', ' ')} "})
    assert back.status_code == 303 and "It is deleted." in nobody.get(back.headers["Location"]).text
    assert rows(desk.database) == []
    assert nobody.post("/tell/take-back", {"code": code}).status_code == 404
    again = send(nobody, data)
    assert again.status_code == 409 and "took this back" in again.text and rows(desk.database) == []


def test_what_is_told_of_a_program_says_of_which(desk: Desk) -> None:
    _, reader = opened(desk)
    with desk.database.write() as session:
        bridge.store(session)
    nobody = desk.nobody()
    assert nobody.get("/tell/nowhere").status_code == 404 and nobody.post("/tell/nowhere").status_code == 404
    assert "The Bridge" in nobody.get("/tell/bridge").text
    wrong = send(nobody, path="/tell/bridge", agreed="")
    assert wrong.status_code == 422 and 'action="/tell/bridge"' in wrong.text
    assert send(nobody, path="/tell/bridge").status_code == 201
    (row,) = rows(desk.database)
    assert row.about == "bridge" and ">bridge<" in reader.get("/desk/testimony/held").text
    beside = Beside("bridge", row.received_on, row.consent, row.key_id)
    assert sealing.open_(PRIVATE, row.sealed, beside).words == WORDS
    assert "/tell/bridge" in nobody.get("/report?program=bridge").text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"agreed": ""}, "tick that you agree"),
        ({"offered": "perhaps"}, "Choose one of these"),
        ({"words": " "}, "This is needed"),
        ({"words": "x" * 5_001}, "At most 5000 characters"),
        ({"website": "spam"}, "Leave the field"),
        ({"code": "guessed"}, "too old or was not ours"),
    ],
)
def test_what_is_refused_keeps_what_was_typed_on_the_page_and_nowhere_else(
    desk: Desk, change: dict[str, str], said: str, caplog: pytest.LogCaptureFixture
) -> None:
    opened(desk)
    answer = send(desk.nobody(), when="Quillatide", **change)
    assert answer.status_code == 422 and said in answer.text and "Quillatide" in answer.text
    assert (
        rows(desk.database) == [] and "Quillatide" not in caplog.text and "no-store" in answer.headers["Cache-Control"]
    )


def test_another_text_must_be_agreed_to_anew(desk: Desk) -> None:
    opened(desk)
    nobody = desk.nobody()
    answer = send(nobody, consent="0")
    assert answer.status_code == 409 and WORDS in answer.text and "checked" in answer.text
    assert 'name="agreed" value="1" checked' not in answer.text
    assert send(nobody, filled(answer.text)).status_code == 201


def test_the_days_that_were_shown_are_kept_when_more_are_set_meanwhile(desk: Desk) -> None:
    opened(desk, days=10)
    nobody = desk.nobody()
    data = filled(nobody.get("/tell").text)
    with desk.database.write() as session:
        standing.open_(session, config_of(desk), 1, [people.named(session, "Rhea Reader")], 300, "Ada Admin")
    assert send(nobody, data).status_code == 201
    (row,) = rows(desk.database)
    assert row.delete_on - row.received_on == timedelta(days=10)


def test_more_than_fits_is_refused_before_it_is_read(desk: Desk) -> None:
    opened(desk)
    assert send(desk.nobody(), words="😀" * 5_000).status_code == 201
    assert send(desk.nobody(), words="😀" * 9_000).status_code == 413


def test_readers_take_it_away_and_open_it_elsewhere(desk: Desk, tmp_path: Path) -> None:
    _, reader = opened(desk)
    for n in range(3):
        send(desk.nobody(), words=f"{WORDS} {n}")
    answer = reader.post("/desk/testimony/held/download")
    assert answer.mimetype == "application/jsonl" and "attachment" in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"] and WORDS not in answer.text
    (tmp_path / "all.jsonl").write_text(answer.text)
    (tmp_path / "private").write_bytes(sealing.written(PRIVATE, None))
    arguments = ["read", str(tmp_path / "all.jsonl"), "--key", str(tmp_path / "private")]
    printed = CliRunner().invoke(command.command, arguments)
    assert printed.exit_code == 0 and all(f"{WORDS} {n}" in printed.output for n in range(3))
    key = rows(desk.database)[0].key
    assert reader.post(f"/desk/testimony/held/{key}/download").text.count("\n") == 1
    said = [(act, subject) for act, subject, _ in acts(desk.database)]
    assert said == [("download testimony", "everything held"), ("download testimony", key)]
    unsure = reader.post(f"/desk/testimony/held/{key}/delete")
    assert unsure.status_code == 422 and "Tick that you are sure" in unsure.text and len(rows(desk.database)) == 3
    assert reader.post(f"/desk/testimony/held/{key}/delete", {"sure": "1"}).status_code == 303
    assert len(rows(desk.database)) == 2
    assert reader.post(f"/desk/testimony/held/{key}/download").status_code == 404


def test_what_is_due_is_deleted_whoever_remembers_it(desk: Desk) -> None:
    opened(desk, days=2)
    code_of(send(desk.nobody()))
    gone = code_of(send(desk.nobody()))
    desk.nobody().post("/tell/take-back", {"code": gone})
    config, at = config_of(desk), datetime.now(UTC)
    assert not purging.purge(desk.database, config, lambda: at + timedelta(days=1))
    assert len(rows(desk.database)) == 1
    with desk.database.read() as session:
        assert keeping.overdue(session, standing.today(config) + timedelta(days=3))
    assert purging.purge(desk.database, config, lambda: at + timedelta(days=2))
    assert rows(desk.database) == []
    with desk.database.read() as session:
        assert session.exec(select(models.TestimonyTakenBack)).first() is None
    assert acts(desk.database)[-1] == ("delete testimony", "testimony", "its day has come")


def test_no_more_than_a_site_can_keep(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(desk)
    monkeypatch.setattr(keeping, "MOST", 1)
    assert send(desk.nobody()).status_code == 201
    answer = send(desk.nobody())
    assert answer.status_code == 422 and "cannot keep more" in answer.text and WORDS in answer.text


def test_much_from_one_address_is_refused_and_the_address_is_written_nowhere(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(desk)
    monkeypatch.setattr(tell, "tries", Tries(each=2))
    nobody = desk.nobody()
    assert [send(nobody).status_code for _ in range(3)] == [201, 201, 429]
    with desk.database.read() as session:
        assert session.execute(text("SELECT count(*) FROM rate_count")).scalar_one() == 0


def test_counts_end_with_their_hour() -> None:
    at = [0.0]
    tries = Tries(each=2, all_=3, window_s=10, clock=lambda: at[0])
    assert [tries.allowed("192.0.2.1") for _ in range(3)] == [True, True, False]
    assert [tries.allowed("192.0.2.2") for _ in range(2)] == [True, False]
    salt = tries._salt
    at[0] = 10.0
    assert tries.allowed("192.0.2.1") and tries._salt != salt and "192.0.2.1" not in str(vars(tries))


@given(st.sampled_from(sorted(words.OFFERED_WORDS)), st.text(max_size=60), st.text(max_size=400), st.text(max_size=60))
@settings(max_examples=30)
def test_whatever_is_told_comes_back_and_weighs_the_same(offered: str, when: str, said: str, contact: str) -> None:
    told = Told(offered, *map(sealing.clean, (when, said, contact)), "es")
    sealed = sealing.seal(PUBLIC, told, BESIDE)
    assert len(sealed) == sealing.LENGTH + 48
    assert sealing.open_(PRIVATE, sealed, BESIDE) == told
    name, bytes_, beside = sealing.read_line(sealing.line("0a" * 16, sealed, BESIDE), 1)
    assert (name, bytes_, beside) == ("0a" * 16, sealed, BESIDE)


def test_the_longest_that_may_be_typed_fits() -> None:
    worst = Told("unsaid", '"' * sealing.LONGEST_WHEN, "😀" * sealing.LONGEST, "😀" * sealing.LONGEST_CONTACT, "en")
    assert len(sealing.seal(PUBLIC, worst, BESIDE)) == sealing.LENGTH + 48


def test_nothing_beside_it_can_be_changed_unseen() -> None:
    sealed = sealing.seal(PUBLIC, TOLD, BESIDE)
    for other in (
        Beside("another-program", BESIDE.received_on, 1, PUBLIC.id),
        Beside(BESIDE.about, date(2026, 5, 4), 1, PUBLIC.id),
        Beside(BESIDE.about, BESIDE.received_on, 2, PUBLIC.id),
    ):
        with pytest.raises(Refusal, match="cannot be opened"):
            sealing.open_(PRIVATE, sealed, other)
    with pytest.raises(Refusal, match="cannot be opened"):
        sealing.open_(PRIVATE, sealed[:-1] + bytes([sealed[-1] ^ 1]), BESIDE)
    with pytest.raises(Refusal, match="does not open it"):
        sealing.open_(X25519PrivateKey.generate(), sealed, BESIDE)


def test_it_is_hpke_as_the_standard_has_it() -> None:
    """Opened with nothing but the primitives, as RFC 9180 sections 4.1, 5.1 and 5.2 write it down: any implementation can."""
    sealed = sealing.seal(PUBLIC, TOLD, BESIDE)

    def extract(salt: bytes, label: bytes, ikm: bytes, suite: bytes) -> bytes:
        return hmac.new(salt or bytes(32), b"HPKE-v1" + suite + label + ikm, hashlib.sha256).digest()

    def expand(prk: bytes, label: bytes, info: bytes, length: int, suite: bytes) -> bytes:
        whole = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
        return hmac.new(prk, whole + b"\x01", hashlib.sha256).digest()[:length]

    kem, suite = b"KEM\x00\x20", b"HPKE\x00\x20\x00\x01\x00\x03"
    shared = PRIVATE.exchange(X25519PublicKey.from_public_bytes(sealed[:32]))
    secret = expand(extract(b"", b"eae_prk", shared, kem), b"shared_secret", sealed[:32] + PUBLIC.raw, 32, kem)
    context = b"\x00" + extract(b"", b"psk_id_hash", b"", suite) + extract(b"", b"info_hash", BESIDE.info, suite)
    schedule = extract(secret, b"secret", b"", suite)
    key, nonce = (expand(schedule, label, context, n, suite) for label, n in ((b"key", 32), (b"base_nonce", 12)))
    assert json.loads(ChaCha20Poly1305(key).decrypt(nonce, sealed[32:], b""))["words"] == WORDS


def test_a_public_key_with_a_wrong_letter_is_refused() -> None:
    written = str(PUBLIC)
    assert sealing.read_public(f" {written}\n") == PUBLIC
    for at in range(len(written)):
        with pytest.raises(Refusal):
            sealing.read_public(written[:at] + ("x" if written[at] != "x" else "y") + written[at + 1 :])
    for wrong in ("", "testimony1", "testimony1..", f"{written}.", "ñ" * 70, written[:-17]):
        with pytest.raises(Refusal):
            sealing.read_public(wrong)


@pytest.mark.parametrize(
    "line", ["", "[]", "{}", "null", "x" * 99, '{"format": "said-and-done testimony 1"}', "[" * 100_000]
)
def test_a_file_of_something_else_is_refused_with_its_line(line: str) -> None:
    with pytest.raises(BadFile, match="Line 7"):
        sealing.read_line(line, 7)


def test_what_a_stranger_seals_cannot_move_a_readers_cursor() -> None:
    hostile = Told("no", "", "\x1b[2J\x9b31mred\u202e", "\x07", "en")
    assert sealing.open_(PRIVATE, sealing.seal(PUBLIC, hostile, BESIDE), BESIDE) == Told(
        "no", "", "[2J31mred", "", "en"
    )


def test_a_key_is_made_for_its_owner_only_and_opens_with_its_passphrase(tmp_path: Path) -> None:
    file, run = tmp_path / "testimony.key", CliRunner()
    made = run.invoke(command.command, ["key", "--out", str(file), "--passphrase"], input="a long one\na long one\n")
    assert made.exit_code == 0 and file.stat().st_mode & 0o777 == 0o600 and b"ENCRYPTED" in file.read_bytes()
    public = sealing.read_public(made.stdout.strip().splitlines()[-1])
    again = run.invoke(command.command, ["key", "--out", str(file)])
    assert isinstance(again.exception, Refusal) and "cannot be written" in str(again.exception)
    beside = Beside("", date(2026, 5, 3), 1, public.id)
    (tmp_path / "one.jsonl").write_text(sealing.line("ab" * 16, sealing.seal(public, TOLD, beside), beside) + "{}\n")
    arguments = ["read", str(tmp_path / "one.jsonl"), "--key", str(file)]
    read = run.invoke(command.command, arguments, input="a long one\n")
    assert read.exit_code == 1 and WORDS in read.stdout and "line 2" in read.stderr
    assert isinstance(run.invoke(command.command, arguments, input="another\n").exception, Refusal)
    with pytest.raises(Refusal):
        sealing.read_private(b"-----BEGIN PRIVATE KEY-----", str)


def test_the_texts_people_agreed_to_are_never_changed() -> None:
    """Another text is another version: write it below the one in force, and its digest here."""
    kept = {1: "b0e780989033cce2", -1: "551dd4b6ed624b7c"}
    held = {
        **{n: hashlib.sha256("\n".join(told).encode()).hexdigest()[:16] for n, told in words.CONSENT.items()},
        **{-n: hashlib.sha256("\n".join(told).encode()).hexdigest()[:16] for n, told in words.LIMITS.items()},
    }
    assert held == kept


def test_a_code_taken_back_at_the_same_time_is_a_conflict(database: Database) -> None:
    code = keeping.new_code()
    with database.write() as session:
        keeping.keep(session, code, b"sealed", BESIDE, 3)
        keeping.take_back(session, keeping.shown(code))
    with pytest.raises(Conflict), database.write() as session:
        keeping.keep(session, code, b"sealed", BESIDE, 3)


def test_the_doctor_says_when_testimony_is_wanted_and_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_with_key(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}")
    opened(desk)
    monkeypatch.setenv("TRACKER_HOME", str(tmp_path))
    monkeypatch.setenv("TRACKER_TESTIMONY_KEY", str(PUBLIC))
    assert "Testimony" not in CliRunner().invoke(doctor.command).output
    monkeypatch.delenv("TRACKER_TESTIMONY_KEY")
    assert "Testimony was opened and is not taken. No key is set" in CliRunner().invoke(doctor.command).output
    desk.database.dispose()
