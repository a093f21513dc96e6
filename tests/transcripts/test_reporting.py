"""Readers say what is wrong without an account; decisions are public, words and addresses of who wrote are not."""

import threading
from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session, select

from positions import reporting as about
from positions.models import Evidence
from tests.positions.town import load_text
from tests.transcripts.records import stored, turn_saying
from tracker.db import Database
from transcripts import correcting, reporting, review
from transcripts.amending import Reason
from transcripts.desk_models import Report, ReviewMark
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.models import Record, Turn
from transcripts.queries import reports, reviews, turns
from transcripts.vocabulary import Grade

WHEN = datetime(2026, 11, 2, 9, tzinfo=UTC)


def reported(database: Database) -> tuple[Turn, str]:
    stored(database)
    turn = turn_saying(database, "freeze rents")
    with database.write() as session:
        subject = reporting.of_turn(session, turn.key)
        secret = reporting.report(session, subject, "wrong_words", " I said thaw. ", "tom@example.org", lambda: WHEN)
    return turn, secret


def test_a_report_is_answered_in_public_by_its_receipt(database: Database) -> None:
    turn, secret = reported(database)
    with database.read() as session:
        waiting = reports.queue(session)[0].first
        line = reports.by_receipt(session, reporting.receipt(secret))
        row = session.exec(select(Report)).one()
    assert (waiting.text, waiting.contact, waiting.line) == ("I said thaw.", "tom@example.org", line)
    assert (line.turn_key, line.status, line.reply_by) == (turn.key, "open", date(2026, 11, 16))
    assert secret not in str(row.model_dump())
    with database.write() as session:
        reporting.question(session, waiting.id, 1, True)
        assert reports.questioned(session, "turn", [turn.id or 0]) == {turn.id}
        assert turns.by_key(session, turn.key).questioned
    with pytest.raises(Conflict), database.write() as session:
        reporting.decide(session, waiting.id, 1, True, "Ana", "We listened again.")
    with database.write() as session:
        reporting.decide(session, waiting.id, 2, False, "Ana", "The recording says freeze.")
    with database.read() as session:
        (decided,) = reports.decisions(session)
        assert (decided.status, decided.public_reason) == ("refused", "The recording says freeze.")
        assert "thaw" not in str(decided) and "example.org" not in str(decided)
        assert reports.queue(session) == ()
        assert not turns.by_key(session, turn.key).questioned
        with pytest.raises(NotFound):
            reports.by_receipt(session, reporting.receipt("another"))


def test_reports_that_say_nothing_are_refused(database: Database) -> None:
    stored(database)
    turn = turn_saying(database, "freeze rents")
    with database.write() as session:
        subject = reporting.of_turn(session, turn.key)
        for kind, text in (("wrong_words", "  "), ("wrong_words", "x" * 4_001), ("rude", "It is."), ("", "It is.")):
            with pytest.raises(Refusal):
                reporting.report(session, subject, kind, text)
        with pytest.raises(NotFound):
            reporting.of_turn(session, "nowhere")
        assert session.exec(select(Report)).all() == []


def test_positions_tags_and_translations_are_subjects_too(database: Database) -> None:
    load_text(database)
    with database.write() as session:
        piece = session.exec(select(Evidence).where(Evidence.translator == "Mo Clark")).one()
        position = about.of_position(session, piece.stance_id)
        translation = about.of_translation(session, piece.id or 0)
        assert (position.turn_id, translation.turn_id) == (piece.turn_id, piece.turn_id)
        reporting.report(session, position, "position_changed", "I changed my mind.")
        reporting.report(session, translation, "unfair_label", "It is not that word.")
        told = session.exec(select(Evidence).where(Evidence.kind == "reported_quotation")).one()
        assert about.of_position(session, told.stance_id).forum_id == position.forum_id
        for missing in (about.of_position, about.of_translation, about.of_tag):
            with pytest.raises(NotFound):
                missing(session, 9_999)


def test_of_many_who_decide_at_once_one_does(database: Database) -> None:
    reported(database)
    start, results = threading.Barrier(16), []

    def decide(n: int) -> None:
        start.wait()
        try:
            with database.write() as session:
                reporting.decide(session, 1, 1, bool(n % 2), f"Editor {n}", "Heard again.")
            results.append("done")
        except Conflict:
            results.append("told")

    threads = [threading.Thread(target=decide, args=(n,)) for n in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results.count("done") == 1 and len(results) == 16


def grade(session: Session, turn: Turn) -> str:
    return turns.by_key(session, turn.key).turn.grade


def test_a_turn_and_then_its_record_are_checked(database: Database) -> None:
    done = stored(database, grade=Grade.MACHINE)
    turn = turn_saying(database, "freeze rents")
    with database.write() as session:
        before = reviews.progress(session, done.record_id)
        assert (before.turns, before.edited, before.reviewed, grade(session, turn)) == (before.turns, 0, 0, "machine")
        review.mark(session, turn.key, 1, "reviewed", "Ana")
        assert grade(session, turn) == "reviewed"
        with pytest.raises(Refusal, match=f"{before.turns - 1} of {before.turns}"):
            review.close(session, done.record_id, "machine", Grade.REVIEWED, "Ana")
        review.close(session, done.record_id, "machine", Grade.EDITED, "Ana")
        with pytest.raises(Conflict):
            review.close(session, done.record_id, "machine", Grade.EDITED, "Ben")
        while keys := reviews.waiting(session, done.record_id):
            review.mark(session, keys[0], 1, "reviewed", "Ana")
        review.close(session, done.record_id, "edited", Grade.REVIEWED, "Ana")
        assert session.get_one(Record, done.record_id).grade == "reviewed"
        assert len(session.exec(select(ReviewMark)).all()) == before.turns + 2


def test_a_change_after_the_check_asks_for_another(database: Database) -> None:
    stored(database, grade=Grade.MACHINE)
    turn = turn_saying(database, "freeze rents")
    with database.write() as session:
        review.mark(session, turn.key, 1, "reviewed", "Ana")
        correcting.reword(session, turn.key, 1, "I would thaw rents.", Reason("Heard so", "Ben"))
        assert grade(session, turn) == "edited"
        with pytest.raises(Conflict):
            review.mark(session, turn.key, 1, "reviewed", "Ana")
        review.mark(session, turn.key, 2, None, "Ana")
        assert grade(session, turn) == "machine"
