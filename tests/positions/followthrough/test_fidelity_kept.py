"""Findings, replies and requests in the database: appended, taken back, loaded twice; read in a constant number of statements."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event
from sqlmodel import Session, func, select

from positions import entries
from positions.entries import requests as asked
from positions.followthrough import finding, replying, requesting
from positions.followthrough.appending import Writer
from positions.followthrough.days import PartialDay
from positions.followthrough.fidelity import Row
from positions.followthrough.models.findings import CityReply, FidelityFinding
from positions.followthrough.models.programs import Program
from positions.followthrough.models.requests import RecordsRequestEvent
from positions.followthrough.queries import fidelity, requests
from positions.followthrough.queries.grounds import Ground
from positions.followthrough.requests import State
from positions.followthrough.vocabulary.fidelity import Fidelity
from positions.followthrough.vocabulary.requests import RequestOutcome
from positions.load_document import read_document
from positions.loading import load
from tests.positions.followthrough import bridge
from tests.positions.followthrough.bridge import EDITOR, NOW
from tracker.db import Database
from transcripts.bilingual import Bilingual
from transcripts.errors import BadFile, Conflict, NotFound, Refusal

TODAY = NOW.date()
DAY = PartialDay.of(TODAY.isoformat())
FILE = b"""\
requests:
  - slug: door-log
    program: bridge
    what: {en: The log of the door.}
    asked_of: City of Port Linden
    asked_by: Bridge Watch
    asked_on: 2026-03-03
    due_on: 2026-03-17
    law: Public Records Act (invented)
    document: letter
    events:
      - {outcome: extended, on: 2026-03-16, due_on: 2026-04-14}
      - {outcome: acknowledged, on: 2026-03-04, document: letter}
findings:
  - {program: bridge, criterion: open-door, result: no_data, on: 2026-07-01, text: {en: No log was given.},
     found_by: Bridge Watch, request: door-log}
  - {program: bridge, criterion: no-charge, result: departs, on: 2025-02, text: {en: Two were charged.}, found_by: Bridge Watch,
     interest: {en: It represents people on the street.}, cited: {document: paper, place: p. 4}}
  - {program: bridge, criterion: no-charge, result: adapted, on: 2025-05-01, text: {en: A fee was waived.},
     found_by: City auditor, cited: {document: paper}}
replies:
  - {program: bridge, criterion: no-charge, replied_by: City of Port Linden, words: We waive every fee.,
     on: 2025-06-01, received: By letter}
  - {program: bridge, concern: whom, replied_by: City of Port Linden, words: For everybody., on: 2025-06-01, cited: {document: letter}}
  - {program: bridge, replied_by: City of Port Linden, words: Thank you., on: 2025-06-02, cited: {document: letter}}
"""


def bring(session: Session, data: bytes = FILE) -> str:
    document, located = read_document(data)
    return str(load(session, document, located, lambda *_: False))


def rows_of(session: Session, program_id: int, today: date = TODAY) -> list[Row]:
    return list(fidelity.of_program(session, program_id, today).rows)


def test_a_file_is_appended_once_and_read_back(database: Database) -> None:
    with database.write() as session:
        program_id = bridge.store(session)
        assert bring(session).startswith("Added: requests for records 1, findings 3, replies 3")
        assert "nothing was changed" in bring(session)
    with database.read() as session:
        first, second, third = rows_of(session, program_id)
        assert (first.result, second.differ, third.standing) == (Fidelity.NO_DATA, True, ())
        asked_for = first.standing[0].asked
        assert asked_for is not None and asked_for.standing.state == State.WAITING
        assert (asked_for.standing.days, asked_for.standing.due_on) == (268, date(2026, 4, 14))
        assert [one.by for one in second.standing] == ["Bridge Watch", "City auditor"]
        assert (second.standing[0].told_on, second.standing[0].on) == ("2025-02", date(2025, 2, 1))
        assert second.standing[0].interest == Bilingual("It represents people on the street.")
        assert second.replies.standing[0].words == "We waive every fee."
        whole = fidelity.of_program(session, program_id, TODAY)
        assert [one.words for one in whole.replies.standing] == ["Thank you."]
        (concern,) = fidelity.raised(session, program_id, TODAY)
        assert concern.replies.standing[0].words == "For everybody." and concern.ground is not None


def test_what_is_taken_back_stays_and_loading_the_file_again_does_not_bring_it_back(database: Database) -> None:
    with database.write() as session:
        program_id = bridge.store(session)
        bring(session)
        key = rows_of(session, program_id)[1].standing[1].key
        why = Bilingual("It told of another fee.")
        finding.withdraw(session, program_id, key, why, EDITOR)
        with pytest.raises(Refusal, match="taken back already"):
            finding.withdraw(session, program_id, key, why, EDITOR)
        with pytest.raises(Refusal, match="Say why"):
            finding.withdraw(
                session, program_id, rows_of(session, program_id)[1].standing[0].key, Bilingual(" "), EDITOR
            )
        with pytest.raises(NotFound):
            finding.withdraw(session, program_id, "nothing", why, EDITOR)
        assert "nothing was changed" in bring(session)
    with database.read() as session:
        row = rows_of(session, program_id)[1]
        assert row.result == Fidelity.DEPARTS
        (gone,) = row.taken_back
        assert gone.taken_back is not None and (gone.taken_back.by, gone.taken_back.why) == ("Edith Editor", why)
        taking = session.exec(select(FidelityFinding.key).where(FidelityFinding.withdraws_id is not None)).all()
        assert len(taking) == 4


def test_events_of_a_request_are_appended_and_taken_back(database: Database) -> None:
    with database.write() as session:
        bridge.store(session)
        bring(session)
        held = requests.by_slug(session, "door-log", NOW)
        requesting.record(session, held.id, requesting.Came(RequestOutcome.NO_RECORDS, TODAY), EDITOR)
        told = requests.by_slug(session, "door-log", NOW)
        assert (told.standing.state, told.standing.outcome, told.standing.over) == (State.ANSWERED, "no_records", 226)
        requesting.withdraw(session, held.id, told.standing.history[-1].key, Bilingual("Another request."), EDITOR)
        again = requests.by_slug(session, "door-log", NOW)
        assert again.standing.state == State.WAITING and len(again.standing.history) == 3
        assert requests.overdue(session, NOW) == (again,)
        with pytest.raises(Refusal, match="has not come yet"):
            requesting.record(session, held.id, requesting.Came(RequestOutcome.DENIED, date(2026, 11, 27)), EDITOR)
        assert session.exec(select(func.count()).select_from(RecordsRequestEvent)).one() == 4


def test_the_day_is_that_of_the_place(database: Database) -> None:
    """At one in the night of the 18th, UTC, it is still the 17th there: nobody is late."""
    with database.write() as session:
        bridge.store(session)
        bring(session, FILE.split(b"    events:")[0])
        assert not requests.overdue(session, datetime(2026, 3, 18, 1, tzinfo=UTC))
        assert requests.overdue(session, datetime(2026, 3, 18, 5, tzinfo=UTC))


FOUND = b"findings: [{program: %s, criterion: %s, result: %s, on: %s, text: {en: x}, found_by: y}]"
REPLIED = b"replies: [{program: bridge, replied_by: City, words: x, on: 2026-01-01%s}]"
ASKED = b"requests: [{slug: a, what: {en: x}, asked_of: y, asked_by: z, asked_on: 2026-02-01, due_on: 2026-01-01}]"
FAULTS = {
    FOUND % (b"bridge", b"rungs", b"met", b"2026-01-01"): "no criterion",
    FOUND % (b"bare", b"rungs", b"met", b"2026-01-01"): "follows no design",
    FOUND % (b"bridge", b"published", b"met", b"2026-01-01"): "Give the source",
    FOUND % (b"bridge", b"published", b"no_data", b"2023-01-01"): "began on",
    REPLIED % b", concern: none": "no concern",
    REPLIED % b"": "Say how the reply was received",
    ASKED: "due before",
}


def test_a_file_that_cannot_be_is_refused_with_its_line(database: Database) -> None:
    with database.write() as session:
        bridge.store(session)
        for line, why in FAULTS.items():
            with pytest.raises(BadFile, match=why):
                bring(session, line)


def test_writers_refuse_what_belongs_to_another_program(database: Database) -> None:
    with database.write() as session:
        program_id = bridge.store(session)
        found = finding.Found(4, Fidelity.NO_DATA, DAY, "Somebody", Bilingual("Nothing."))
        with pytest.raises(Refusal, match="asks for no such thing"):
            finding.record(session, program_id, found, EDITOR)
        with pytest.raises(Refusal, match="Nobody raised this"):
            replying.record(
                session,
                program_id + 1,
                replying.Answered("City", "Yes.", "en", TODAY, concern_id=1, received="x"),
                EDITOR,
            )
        assert session.exec(select(func.count()).select_from(CityReply)).one() == 0


RULE = b"""\
models:
  - slug: ladder
    name: {en: Ladder}
    summary: {en: Invented.}
    criteria: [{slug: rungs, text: {en: Rungs.}, cited: {document: paper}}]
    rule: {text: {en: Without rungs it is no ladder.}, cited: {document: paper, place: p. 9}}
"""


def test_what_a_design_says_of_departing_from_it_is_told_with_its_source(database: Database) -> None:
    with database.write() as session:
        bridge.store(session)
        assert bring(session, RULE).startswith("Changed: designs 1")
        assert "nothing was changed" in bring(session, RULE)
        climbing = Program(slug="climb", model_id=2, name_en="Climb", place="Nowhere", stage="running", summary_en="x")
        session.add(climbing)
        session.flush()
        rule = fidelity.of_program(session, climbing.id or 0, TODAY).rule
        assert rule is not None and rule.text.en == "Without rungs it is no ladder."
        assert isinstance(rule.ground, Ground) and (rule.ground.document, rule.ground.place) == ("paper", "p. 9")
        kind = entries.KINDS["design"]
        doc = kind.read(session, "ladder")
        assert doc is not None and doc["rule"]["text"] == {"en": "Without rungs it is no ladder.", "es": None}
        kind.write(session, "ladder", {**doc, "rule": None})
        assert fidelity.of_program(session, climbing.id or 0, TODAY).rule is None


def test_a_request_is_a_document_that_forms_keep(database: Database) -> None:
    with database.write() as session:
        bridge.store(session)
        bring(session)
        kind = entries.KINDS["records_request"]
        doc = kind.read(session, "door-log")
        assert doc is not None and doc["due_on"] == "2026-03-17"
        kind.write(session, "door-log", {**doc, "law": None})
        assert kind.read(session, "door-log") == {**doc, "law": None}
        with pytest.raises(Conflict):
            kind.remove(session, "door-log")
        assert kind.read(session, "nothing") is None
        new = asked.new_slug(session, "The log of the door")
        kind.write(session, new, {**doc, "slug": new})
        kind.remove(session, new)
        assert kind.read(session, new) is None


def test_the_statements_do_not_grow_with_what_is_held(database: Database) -> None:
    with database.write() as session:
        program_id = bridge.store(session)
        bring(session)
        writer = Writer("Edith Editor")
        for n in range(1, 20):
            found = finding.Found(
                1, Fidelity.MET, PartialDay(2026, 1, n), f"Finder {n}", Bilingual("Seen."), ground={"document_id": 1}
            )
            finding.record(session, program_id, found, writer)
    made: list[str] = []
    event.listen(database.reader, "before_cursor_execute", lambda c, k, statement, p, x, m: made.append(statement))
    with database.read() as session:
        fidelity.of_program(session, program_id, TODAY)
        assert len(made) <= 5
        made.clear()
        told = fidelity.whole(session, program_id, TODAY)
        assert len(made) <= 6
        made.clear()
        asked = requests.of_program(session, program_id, TODAY)
        assert len(made) == 1
        apart = fidelity.of_program(session, program_id, TODAY), fidelity.raised(session, program_id, TODAY), asked
        assert told == apart
