"""Readers say what is wrong without an account; editors decide in public; nobody overwrites anybody, nothing typed is lost."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from positions.models import Evidence, Stance
from tests.positions.town import load_text
from tests.tracker.calling import site
from tests.tracker.desk import Desk, Visitor, desk_on
from tests.transcripts.records import stored, turn_saying
from transcripts import reporting
from transcripts.desk_models import Report
from transcripts.models import Turn


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = desk_on(site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}"))
    stored(desk.database)
    yield desk
    desk.database.dispose()


@pytest.fixture
def turn(desk: Desk) -> Turn:
    return turn_saying(desk.database, "freeze rents")


WRITTEN = "I said thaw, ask my sister Quilla."
CONTACT = "tom.vale@example.org"


def typed(reader: Visitor, address: str, **more: object) -> dict[str, object]:
    """The form of an address as a reader would send it."""
    (secret,) = re.findall(r'name="secret" value="([^"]+)"', reader.get(address).text)
    return {"secret": secret, "kind": "wrong_words", "text": WRITTEN, "contact": CONTACT, **more}


def reported(desk: Desk, turn: Turn) -> str:
    """A report of a turn; the address of its receipt."""
    reader = desk.nobody()
    address = f"/report?turn={turn.key}"
    answer = reader.post(address, typed(reader, address))
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def only(desk: Desk) -> Report:
    with desk.database.read() as session:
        return session.exec(select(Report)).one()


def test_a_reader_reports_and_keeps_a_receipt(desk: Desk, turn: Turn) -> None:
    reader = desk.nobody()
    page = reader.get(f"/turns/{turn.key}").text
    (address,) = re.findall(rf'href="(/report\?turn={turn.key})"', page)
    form = reader.get(address)
    assert form.status_code == 200 and "no-store" in form.headers["Cache-Control"]
    receipt = reported(desk, turn)
    shown = reader.get(receipt)
    assert shown.status_code == 200 and "no-store" in shown.headers["Cache-Control"]
    assert shown.headers["Referrer-Policy"] == "no-referrer"
    assert "An answer is due by" in shown.text and receipt in shown.text
    assert "thaw" not in shown.text and CONTACT not in shown.text
    assert receipt.rsplit("/", 1)[1] not in str(only(desk).model_dump())
    assert reader.get("/reports/" + "x" * 32).status_code == 404
    assert "Diga" in reader.get(f"/es{address}").text or "Dígalo" in reader.get(f"/es{address}").text


def test_a_form_sent_twice_is_one_report(desk: Desk, turn: Turn) -> None:
    reader = desk.nobody()
    address = f"/report?turn={turn.key}"
    data = typed(reader, address)
    first, second = reader.post(address, data), reader.post(address, data)
    assert first.headers["Location"] == second.headers["Location"]
    only(desk)


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"text": "  "}, 422),
        ({"text": "x" * 4_001}, 422),
        ({"kind": "rude"}, 422),
        ({"kind": ""}, 422),
        ({"contact": "c" * 201}, 422),
        ({"website": "https://spam.example"}, 422),
        ({"secret": ""}, 422),
        ({"secret": "short"}, 422),
    ],
)
def test_what_cannot_be_kept_is_said_and_stays_in_the_form(
    desk: Desk, turn: Turn, more: dict[str, object], status: int
) -> None:
    reader = desk.nobody()
    address = f"/report?turn={turn.key}"
    answer = reader.post(address, typed(reader, address, **more))
    assert answer.status_code == status
    assert (WRITTEN in answer.text) or "text" in more
    with desk.database.read() as session:
        assert session.exec(select(Report)).all() == []


@pytest.mark.parametrize(
    "address",
    ["/report", "/report?turn=nowhere", "/report?position=1", "/report?tag=x", "/report?translation=99999999999"],
)
def test_what_nobody_can_see_cannot_be_reported(desk: Desk, address: str) -> None:
    reader = desk.nobody()
    assert reader.get(address).status_code == 404
    assert reader.post(address, {"kind": "wrong_words", "text": "x", "secret": "a" * 32}).status_code == 404


def test_the_eleventh_report_of_an_hour_waits_and_is_not_lost(desk: Desk, turn: Turn) -> None:
    reader = desk.nobody()
    address = f"/report?turn={turn.key}"
    answers = [reader.post(address, typed(reader, address)) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [303] * 10 + [429]
    assert WRITTEN in answers[-1].text and "Wait an hour" in answers[-1].text
    other = desk.nobody()
    other.client.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    assert other.post(address, typed(other, address)).status_code == 303


def test_an_editor_questions_decides_and_everybody_reads_why(desk: Desk, turn: Turn) -> None:
    receipt, reader, editor = reported(desk, turn), desk.nobody(), desk.editor()
    queue = editor.get("/desk/reports")
    assert "I said thaw" in queue.text and "no-store" in queue.headers["Cache-Control"]
    here = f"/desk/reports/{only(desk).id}"
    page = editor.get(here).text
    assert CONTACT in page and f"/desk/turns/{turn.key}" in page
    assert editor.post(f"{here}/question", {"version": 1, "questioned": "1"}).status_code == 303
    assert "Questioned:" in reader.get(f"/turns/{turn.key}").text
    assert "Questioned:" in reader.get(receipt).text
    decided = editor.post(f"{here}/decide", {"version": 2, "decision": "refuse", "reason": "The tape says freeze."})
    assert decided.status_code == 303
    assert "Questioned:" not in reader.get(f"/turns/{turn.key}").text
    for address in (receipt, "/reports", "/es/reports"):
        text = reader.get(address).text
        assert "The tape says freeze." in text
        assert "thaw" not in text and "Quilla" not in text and CONTACT not in text
    assert "Refused" in reader.get("/reports").text and "Rechazado" in reader.get("/es/reports").text
    assert "I said thaw" not in editor.get("/desk/reports").text


def test_two_editors_never_decide_over_one_another(desk: Desk, turn: Turn) -> None:
    reported(desk, turn)
    first, second = desk.editor(), desk.editor("Otto Other")
    here = f"/desk/reports/{only(desk).id}"
    draft = {"version": 1, "decision": "refuse", "reason": "My careful reason."}
    first.post(f"{here}/question", {"version": 1, "questioned": "1"})
    late = second.post(f"{here}/decide", draft)
    assert late.status_code == 409 and "My careful reason." in late.text and 'value="2"' in late.text
    assert first.post(f"{here}/decide", {"version": 2, "decision": "accept", "reason": "Heard."}).status_code == 303
    later = second.post(f"{here}/decide", draft | {"version": 2})
    assert later.status_code == 409 and "My careful reason." in later.text and "Heard." in later.text
    assert (only(desk).status, only(desk).decided_by) == ("accepted", "Edith Editor")
    assert second.post("/desk/reports/999999/decide", draft).status_code == 404


def test_a_decision_without_a_reason_changes_nothing(desk: Desk, turn: Turn) -> None:
    reported(desk, turn)
    here = f"/desk/reports/{only(desk).id}"
    for data in ({"decision": "refuse", "reason": ""}, {"decision": "maybe", "reason": "So."}):
        assert desk.as_("editor").post(f"{here}/decide", {"version": 1, **data}).status_code == 422
    assert only(desk).status == "open"


def test_positions_and_translations_are_reported_and_questioned_where_they_stand(tmp_path: Path) -> None:
    desk = desk_on(site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}"))
    load_text(desk.database)
    reader, editor = desk.nobody(), desk.editor()
    compared = "/contests/town-mayor-2026/compare?by=statement"
    with desk.database.read() as session:
        piece = session.exec(select(Evidence).where(Evidence.translator == "Mo Clark")).one()
        silent = session.exec(select(Stance.id).where(Stance.reason == "none_found")).one()
    assert f'href="/report?position={piece.stance_id}"' in reader.get(compared).text
    assert f'href="/es/report?translation={piece.id}"' in reader.get(f"/es{compared}").text
    for n, address in enumerate(
        (f"/report?position={piece.stance_id}", f"/report?translation={piece.id}", f"/report?position={silent}"), 1
    ):
        assert reader.post(address, typed(reader, address, kind="unfair_label")).status_code == 303
        assert editor.post(f"/desk/reports/{n}/question", {"version": 1, "questioned": "1"}).status_code == 303
        assert editor.get(f"/desk/reports/{n}").status_code == 200
        assert editor.post(f"/desk/reports/{n}/question", {"version": 2, "questioned": "1"}).status_code == 303
    assert reader.get(compared).text.count("Questioned:") == 1
    assert reader.get(f"/es{compared}").text.count("En duda:") == 2
    assert reporting.REPLY_DAYS == 14
    desk.database.dispose()


def test_many_reports_from_fifty_addresses_publish_nothing_and_are_one_line(desk: Desk, turn: Turn) -> None:
    """Threat 15: ten an hour from each address come in, none shows, and one decision can answer them all."""
    reader = desk.nobody()
    address = f"/report?turn={turn.key}"
    form = typed(reader, address)
    kept = 0
    for n in range(600):
        reader.client.environ_base["REMOTE_ADDR"] = f"192.0.2.{n % 50}"
        sent = reader.post(address, {**form, "secret": f"{n:032d}"})
        assert sent.status_code in (303, 429)
        kept += sent.status_code == 303
    assert kept == 500
    assert "Questioned:" not in reader.get(f"/turns/{turn.key}").text
    assert WRITTEN not in reader.get("/reports").text
    editor = desk.editor()
    queue = editor.get("/desk/reports").text
    assert queue.count(WRITTEN) == 1 and "499 more reports about this are open" in queue
    assert "500 came since yesterday" in queue
    with desk.database.read() as session:
        first = session.exec(select(Report.id)).first()
    decision = {"version": 1, "decision": "refuse", "reason": "The tape says freeze.", "alike": "1"}
    assert editor.post(f"/desk/reports/{first}/decide", decision).status_code == 303
    assert "No report is open." in editor.get("/desk/reports").text
    with desk.database.read() as session:
        assert {one.status for one in session.exec(select(Report))} == {"refused"}
