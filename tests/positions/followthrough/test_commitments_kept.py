"""Commitments in a database: from a file and back, append-only events, and what is asked of them.

Row of seeds.md: "Segarra's prostitution program; mayor's sign-off", "inventory twice a year" (in an invented town).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event as sql_event
from sqlmodel import Session, col, select

from positions.cells import Looked
from positions.entries import commitments as entries
from positions.followthrough import events
from positions.followthrough.commitments import Told
from positions.followthrough.events import Beside
from positions.followthrough.models.commitments import Commitment, CommitmentEvent, DueOccurrence
from positions.followthrough.models.programs import Program
from positions.followthrough.queries import commitments as queries
from positions.followthrough.queries.commitments import TrackedCommitment, days_of
from positions.followthrough.vocabulary.commitments import Axis, Cause, Occurrence, Progress, Verdict
from positions.followthrough.vocabulary.fidelity import Fidelity
from positions.load_document import read_document
from positions.loading import load
from tests.positions import town
from tracker.db import Database
from transcripts.bilingual import Bilingual
from transcripts.errors import BadFile, Conflict, NotFound, Refusal
from transcripts.models import Source

COMMITMENTS = """\
commitments:
  - slug: free-buses
    kind: promise
    title: {en: Free buses, es: Autobuses gratuitos}
    person: ana-reyes
    contest: town-mayor-2026
    statement: town-buses
    said_on: 2026-10-20
    zone: America/New_York
    criterion: {en: No rider pays., es: Nadie paga.}
    measurable: true
    due_on: 2027-07-01
    term_ends_on: 2030-12-31
    origin_kind: quotation
    cited: {forum: town-2026, words: "buses should be free"}
    fictional: true
    events:
      - axis: verdict
        value: kept
        on: 2027-08-01
        cited: {forum: town-2026, source: ledger}
      - axis: progress
        value: under_way
        on: 2027-01-10
        text: {en: The council voted., es: El concejo votó.}
        cited: {forum: town-2026, source: ledger, place: "p. 2"}
      - axis: progress
        value: stalled
        on: 2027-02-01
        cited: {forum: town-2026, source: ledger}
        taken_back: {en: Another line was meant., es: Se trataba de otra línea.}
      - axis: progress
        value: no_action_found
        on: 2026-12-01
        looked: {by: An editor, at: 2026-12-01, where: {en: Minutes}}
  - slug: inventory
    kind: promise
    title: {en: An inventory twice a year}
    organisation: town-league
    said_on: 2026-01-01
    zone: America/New_York
    criterion: {en: It is published.}
    measurable: true
    every_months: 6
    first_due_on: 2026-01-31
    term_ends_on: 2027-12-31
    origin_kind: source_summary
    origin: {en: The report says so.}
    cited: {forum: town-2026, source: ledger}
    occurrences:
      - {due_on: 2026-01-31, outcome: late, on: 2026-02-09, cited: {forum: town-2026, source: ledger}}
      - due_on: 2027-01-31
        outcome: missed
        cited: {forum: town-2026, source: ledger}
        taken_back: {en: Another list was meant.}
"""
AFTER = datetime(2027, 9, 1, tzinfo=UTC)
TODAY = days_of(AFTER)
WHY = Bilingual("Another line was meant.", "Se trataba de otra línea.")


def clock() -> datetime:
    return AFTER


@pytest.fixture
def held(database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The town and its commitments; the file is loaded as if it were September 2027."""
    town.load_text(database)
    monkeypatch.setattr(events.record, "__defaults__", (clock,))
    monkeypatch.setattr(events.see, "__defaults__", (clock,))
    load_text(database)
    return database


def load_text(database: Database, text: str = COMMITMENTS) -> str:
    document, located = read_document(text.encode())
    with database.write() as session:
        return str(load(session, document, located, town.bring))


def one(session: Session, slug: str = "free-buses") -> TrackedCommitment:
    return queries.one(session, slug, TODAY)


def by(session: Session) -> Beside:
    source = session.exec(select(Source).where(Source.key == "ledger")).one()
    return Beside("An editor", Bilingual("Told.", "Dicho."), {"source_id": source.id})


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    told: list[str] = []

    def note(*asked: object) -> None:
        told.append(str(asked[2]))

    sql_event.listen(database.reader, "before_cursor_execute", note)
    yield told
    sql_event.remove(database.reader, "before_cursor_execute", note)


def test_a_file_brings_commitments_with_their_events_in_the_order_of_their_days(held: Database) -> None:
    with held.read() as session:
        found = one(session)
        again = one(session, "inventory")
    assert found.maker == "Ana Reyes" and found.race and found.race.slug == "town-mayor-2026"
    assert found.ground and found.ground.quoted and found.ground.quoted.words == "buses should be free"
    assert [str(happened.event.value) for happened in found.happened] == [
        *("no_action_found", "under_way", "stalled", "kept"),
    ]
    assert found.standing.verdict == Verdict.KEPT and found.standing.progress == Progress.UNDER_WAY
    under_way = found.rests_on(Axis.PROGRESS)
    assert under_way and under_way.ground and under_way.ground.place == "p. 2" and under_way.text
    assert found.happened[2].taken_back and found.happened[2].taken_back.why == WHY
    assert again.maker == "Town League" and again.ground and again.ground.title.en == "What they said"
    assert [due.outcome for due in again.dues][:2] == [Occurrence.LATE, Occurrence.UNKNOWN]
    assert again.tally == {Occurrence.MET: 0, Occurrence.LATE: 1, Occurrence.MISSED: 0, Occurrence.UNKNOWN: 3}


def test_loading_the_same_file_again_changes_nothing_even_what_was_taken_back(held: Database) -> None:
    assert load_text(held) == "Everything in this file is held already; nothing was changed."
    with held.write() as session:
        found = queries.one(session, "free-buses", TODAY)
        events.withdraw(session, found.id, found.happened[1].key, WHY, "An editor", clock)
    assert load_text(held) == "Everything in this file is held already; nothing was changed."
    with held.read() as session:
        assert one(session).standing.progress == Progress.NO_ACTION_FOUND


def test_nothing_recorded_is_ever_changed(held: Database) -> None:
    """Taking back is a row of its own; the event stays in its place with who took it back and why."""
    with held.write() as session:
        before = {row.id: row.model_dump() for row in session.exec(select(CommitmentEvent))}
        found = queries.one(session, "free-buses", TODAY)
        verdict = found.happened[-1]
        events.withdraw(session, found.id, verdict.key, WHY, "Another editor", clock)
        events.record(
            session, found.id, Told(value=Verdict.PARTLY, on=date(2027, 8, 2), sourced=True), by(session), clock
        )
        events.record(session, found.id, Told(value=Cause.MONEY, on=date(2027, 8, 2), sourced=True), by(session), clock)
        after = {row.id: row.model_dump() for row in session.exec(select(CommitmentEvent))}
        assert {id: after[id] for id in before} == before and len(after) == len(before) + 3
        with pytest.raises(Refusal, match="taken back already"):
            events.withdraw(session, found.id, verdict.key, WHY, "Another editor", clock)
        with pytest.raises(NotFound):
            events.withdraw(session, found.id, "01ARZ3NDEKTSV4RRFFQ69G5FAV", WHY, "Another editor", clock)
        taking = session.exec(select(CommitmentEvent).where(col(CommitmentEvent.withdraws_id).is_not(None))).all()[-1]
        with pytest.raises(Refusal, match="takes another back"):
            events.withdraw(session, found.id, taking.key, WHY, "Another editor", clock)
    with held.read() as session:
        stands = one(session)
    assert stands.standing.verdict == Verdict.PARTLY and stands.standing.cause == Cause.MONEY
    gone = next(happened for happened in stands.happened if happened.key == verdict.key)
    assert gone.taken_back and (gone.taken_back.by, gone.taken_back.why) == ("Another editor", WHY)


def test_a_due_date_is_told_again_and_taken_back(held: Database) -> None:
    with held.write() as session:
        id = queries.one(session, "inventory", TODAY).id
        with pytest.raises(Refusal, match="Give the source"):
            events.see(session, id, date(2026, 7, 31), Occurrence.MISSED, None, Beside("An editor"), clock)
        assert events.see(session, id, date(2026, 7, 31), Occurrence.MISSED, None, by(session), clock) == "added"
        assert events.see(session, id, date(2026, 7, 31), Occurrence.MISSED, None, by(session), clock) == "same"
        with pytest.raises(Refusal, match="Nothing was due"):
            events.see(session, id, date(2026, 8, 1), Occurrence.MISSED, None, by(session), clock)
        missed = queries.one(session, "inventory", TODAY).observed[-1]
        events.withdraw_due(session, id, missed.key, WHY, "An editor", clock)
        with pytest.raises(Conflict):
            events.withdraw_due(session, id, missed.key, WHY, "An editor", clock)
        assert queries.one(session, "inventory", TODAY).dues[1].outcome == Occurrence.UNKNOWN
        assert len(session.exec(select(DueOccurrence)).all()) == 5


def test_a_term_is_closed_for_all_or_for_none_in_one_act(held: Database) -> None:
    looked = Looked("An editor", date(2031, 1, 5), Bilingual("Minutes and budget", "Actas y presupuesto"))
    late = datetime(2031, 1, 6, tzinfo=UTC)
    with held.write() as session:
        found = queries.one(session, "free-buses", TODAY)
        with pytest.raises(Refusal, match="Free buses”: It was judged already"):
            events.close_term(session, ["free-buses"], looked, None, "An editor", lambda: late)
        events.withdraw(session, found.id, found.happened[-1].key, WHY, "An editor", clock)
        act = events.close_term(session, ["free-buses", "inventory"], looked, WHY, "An editor", lambda: late)
        stands = [queries.one(session, slug, days_of(late)) for slug in ("free-buses", "inventory")]
    for one in stands:
        assert (one.standing.verdict, one.standing.cause) == (Verdict.NOT_KEPT, Cause.UNKNOWN)
        assert [happened.act for happened in one.happened][-2:] == [act, act]


FAULTY = [
    ("criterion: {en: No rider pays., es: Nadie paga.}", "responsible: Nobody", "by which criterion"),
    ("kind: promise\n    title: {en: Free", "kind: position\n    title: {en: Free", "A position is due on no day"),
    ("due_on: 2027-07-01", "due_on: 2026-10-19", "before it was said"),
    ("origin_kind: quotation", "origin_kind: source_summary", "Tell in our words"),
    ("origin_kind: source_summary", "origin_kind: quotation", "A quotation stands in words"),
    ("person: ana-reyes", "person: mo-clark", "does not stand in"),
    ("value: under_way", "value: begun", "has no value"),
    ("value: kept\n        on: 2027-08-01", "value: kept\n        on: 2027-01-01", "Too early to judge"),
    ("first_due_on: 2026-01-31", "first_due_on: 2026-01-30", "Nothing was due on 2026-01-31"),
    ("looked: {by: An editor, at: 2026-12-01, where: {en: Minutes}}", "text: {en: None.}", "needs who looked"),
    ('words: "buses should be free"', 'words: "buses are free"', "stand"),
]


def test_a_file_that_says_too_much_or_too_little_is_refused_whole(held: Database) -> None:
    for old, new, why in FAULTY:
        assert old in COMMITMENTS
        text = COMMITMENTS.replace(old, new).replace("slug: ", "slug: other-")
        with pytest.raises(BadFile, match=why):
            load_text(held, text)
    with held.read() as session:
        assert [one.slug for one in queries.every(session, TODAY)] == ["free-buses", "inventory"]


def test_the_facts_are_read_as_they_are_written(held: Database) -> None:
    with held.write() as session:
        for slug in ("free-buses", "inventory"):
            doc = entries.read(session, slug)
            assert doc is not None
            entries.write(session, slug, doc)
            assert entries.read(session, slug) == doc
            with pytest.raises(Conflict):
                entries.remove(session, slug)
        with pytest.raises(Refusal, match="Something was recorded"):
            entries.write(session, "free-buses", {**doc_of(session), "kind": "position", "due_on": None})
    assert entries.read(session, "nothing") is None


def doc_of(session: Session) -> dict[str, object]:
    found = entries.read(session, "free-buses")
    assert found is not None
    return found


def test_fifty_commitments_of_a_program_are_three_statements(held: Database) -> None:
    with held.write() as session:
        program = Program(slug="buses", name_en="Buses", place="Town", stage="running", summary_en="They run.")
        session.add(program)
        session.flush()
        first = session.exec(select(Commitment).where(Commitment.slug == "free-buses")).one()
        facts = {name: value for name, value in first.model_dump().items() if name not in ("id", "slug", "program_id")}
        for n in range(50):
            row = Commitment(slug=f"promise-{n}", program_id=program.id, **facts)
            session.add(row)
            session.flush()
            for m, value in enumerate((*Progress, *Fidelity)[1:]):
                told = Told(value=value, on=date(2027, 1, 1) + timedelta(days=m), sourced=True)
                looked = Looked("An editor", date(2027, 1, 1), Bilingual("Minutes"))
                told = Told(value=value, on=told.on, sourced=True, looked=looked)
                events.record(session, row.id or 0, told, by(session), clock)
        id = program.id or 0
    with statements(held) as told_to, held.read() as session:
        found = queries.of_program(session, id, date(2027, 9, 1))
    assert len(found) == 50 and all(len(one.happened) == 10 for one in found)
    assert len([one for one in told_to if one.lstrip().startswith("SELECT") and "snapshot" not in one]) == 3
    with held.read() as session, pytest.raises(NotFound):
        queries.one(session, "promise-50", TODAY)
