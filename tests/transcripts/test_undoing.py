"""Whatever a person corrects can be taken back, in public, and every version of a turn can be read again."""

from collections.abc import Callable

import pytest
from sqlmodel import Session, col, select

from tests.transcripts.records import EVENING, stored, turn_saying, turns
from tracker.db import Database
from transcripts import correcting, regrouping, undoing
from transcripts.correcting import Reason
from transcripts.errors import Conflict, Refusal
from transcripts.models import Correction, ExchangeState, ExchangeTurn, Speaker, Turn, TurnVersion
from transcripts.queries import transcripts
from transcripts.vocabulary import Part, TurnKind

BECAUSE = Reason("The recording says so", "Ana", "Tom Vale's office")
BACK = Reason("We misheard", "Ben")
VERSIONED = ("label", "text", "start_ms", "end_ms", "speaker_id", "kind")
Step = Callable[[Session, Turn], object]


def corrections(database: Database) -> list[Correction]:
    with database.read() as session:
        return list(session.exec(select(Correction).order_by(col(Correction.id))))


def berg(session: Session) -> int:
    return session.exec(select(Speaker.id).where(Speaker.name == "IDA BERG")).one() or 0


STEPS: dict[str, Step] = {
    "reword": lambda s, t: correcting.reword(s, t.key, t.version, "I would freeze all rents.", BECAUSE),
    "reassign": lambda s, t: correcting.reassign(s, t.key, t.version, berg(s), BECAUSE),
    "retime": lambda s, t: correcting.retime(s, t.key, t.version, 61_000, 64_500, BECAUSE),
    "mark": lambda s, t: correcting.mark(s, t.key, t.version, TurnKind.PROCEDURE, BECAUSE),
    "withdraw": lambda s, t: correcting.withdraw(s, t.key, t.version, BECAUSE),
    "split": lambda s, t: correcting.split(s, t.key, t.version, t.text.index("Nobody"), BECAUSE),
    "move": lambda s, t: regrouping.move(s, t.key, t.version, None, None, BECAUSE),
}


def check_versions(database: Database) -> None:
    """What a turn is now is its last version, and its versions are counted without a gap."""
    with database.read() as session:
        for turn in session.exec(select(Turn)):
            kept = session.exec(
                select(TurnVersion).where(TurnVersion.turn_id == turn.id).order_by(col(TurnVersion.n))
            ).all()
            assert [one.n for one in kept] == list(range(1, turn.version + 1))
            assert {name: getattr(kept[-1], name) for name in VERSIONED} == {n: getattr(turn, n) for n in VERSIONED}


def parts(database: Database) -> list[tuple[int, str]]:
    with database.read() as session:
        rows = session.exec(select(ExchangeTurn.turn_id, ExchangeTurn.part).order_by(col(ExchangeTurn.turn_id)))
        return list(rows.all())


@pytest.mark.parametrize("kind", STEPS)
def test_a_correction_is_taken_back_by_another(database: Database, kind: str) -> None:
    stored(database)
    before, grouped = turn_saying(database, "freeze rents"), parts(database)
    with database.write() as session:
        STEPS[kind](session, before)
    check_versions(database)
    done = corrections(database)[-1]
    assert (done.kind, done.why, done.by, done.requested_by) == (kind, BECAUSE.why, "Ana", "Tom Vale's office")
    changed = next(one for one in turns(database) if one.key == before.key)
    with database.write() as session:
        undoing.undo(session, done.id or 0, changed.version, BACK)
    check_versions(database)
    after = next(one for one in turns(database) if one.key == before.key)
    same = {*VERSIONED, "status", "words", "fingerprint", "speaker_fixed", "kind_fixed", "times_fixed"}
    assert after.model_dump(include=same) == before.model_dump(include=same)
    assert parts(database) == grouped
    undone = [one for one in corrections(database) if one.undoes_id == done.id]
    assert [(one.by, one.why, one.requested_by) for one in undone] == [("Ben", BACK.why, None)]
    with pytest.raises(Conflict, match="already"), database.write() as session:
        undoing.undo(session, done.id or 0, after.version, BACK)
    with database.write() as session:
        undoing.undo(session, undone[0].id or 0, after.version, BECAUSE)
    check_versions(database)
    again = next(one for one in turns(database) if one.key == before.key)
    assert (again.text, again.status, again.speaker_id) == (changed.text, changed.status, changed.speaker_id)


def test_joined_turns_are_set_apart_by_either_of_their_corrections(database: Database) -> None:
    stored(database)
    turn = turn_saying(database, "freeze rents")
    with database.write() as session:
        key = correcting.split(session, turn.key, 1, turn.text.index("Nobody"), BECAUSE)
    with database.write() as session:
        correcting.merge(session, (turn.key, 2), (key, 1), BECAUSE)
    gone = next(one for one in corrections(database) if one.kind == "merge" and one.turn_id != turn.id)
    with database.write() as session:
        undoing.undo(session, gone.id or 0, 3, BACK)
    assert turn_saying(database, "freeze rents").text == "I would freeze rents for two years."
    assert turn_saying(database, "Nobody should").key == key
    check_versions(database)


def test_what_came_later_is_taken_back_first(database: Database) -> None:
    stored(database)
    turn = turn_saying(database, "freeze rents")
    for version, words in enumerate(("One wording.", "Another wording."), start=1):
        with database.write() as session:
            correcting.reword(session, turn.key, version, words, BECAUSE)
    first, second = corrections(database)
    with pytest.raises(Conflict, match="take that back first"), database.write() as session:
        undoing.undo(session, first.id or 0, 3, BACK)
    with pytest.raises(Conflict, match="you saw version 2"), database.write() as session:
        undoing.undo(session, second.id or 0, 2, BACK)
    for n, one in enumerate((second, first), start=3):
        with database.write() as session:
            undoing.undo(session, one.id or 0, n, BACK)
    assert turn_saying(database, "freeze rents").text == turn.text
    stored(database, EVENING.replace("freeze rents", "freeze the rents"))
    assert turn_saying(database, "freeze the rents").key == turn.key, "the file rules these words again"


def test_what_a_file_changed_can_be_taken_back_and_then_stands(database: Database) -> None:
    stored(database)
    turn = turn_saying(database, "freeze rents")
    corrected = EVENING.replace("freeze rents", "freeze the rents")
    stored(database, corrected)
    (done,) = [one for one in corrections(database) if one.kind == "reword"]
    with database.write() as session:
        undoing.undo(session, done.id or 0, 2, BACK)
    stored(database, corrected, reparse=True)
    assert turn_saying(database, "freeze rents").text == turn.text


def test_what_a_file_left_out_can_be_shown_again_and_then_stays(database: Database) -> None:
    stored(database)
    shorter = "\n\n".join(part for part in EVENING.split("\n\n") if "every night" not in part)
    stored(database, shorter)
    (done,) = [one for one in corrections(database) if one.kind == "withdraw"]
    with database.write() as session:
        undoing.undo(session, done.id or 0, 1, BACK)
    stored(database, shorter.replace("cheap", "small"))
    assert turn_saying(database, "every night").status == "current"


def test_editors_voice_times_and_kind_survive_a_corrected_file(database: Database) -> None:
    stored(database)
    turn = turn_saying(database, "freeze rents")
    with database.write() as session:
        correcting.reassign(session, turn.key, 1, berg(session), BECAUSE)
        correcting.retime(session, turn.key, 2, 1_000, None, BECAUSE)
        correcting.mark(session, turn.key, 3, TurnKind.PROCEDURE, BECAUSE)
        other = berg(session)
    stored(database, EVENING.replace("TOM VALE: I would freeze", "QUILL: I would freeze"))
    after = turn_saying(database, "freeze rents")
    assert (after.speaker_id, after.start_ms, after.kind) == (other, 1_000, TurnKind.PROCEDURE)
    assert (after.label, after.version) == ("QUILL", 5)
    check_versions(database)


def test_a_turn_is_put_into_another_question_and_stays_there(database: Database) -> None:
    stored(database)
    buses = turn_saying(database, "should buses run")
    turn = turn_saying(database, "freeze rents")
    with database.write() as session:
        regrouping.move(session, turn.key, 1, buses.key, Part.REBUTTAL, BECAUSE)
    stored(database, EVENING.replace("cheap", "small"))
    with database.read() as session:
        shown = transcripts.transcript(session, turn.forum_id)
    asked = {one.exchange_part: one.question_key for one in shown.turns if one.key == turn.key}
    assert asked == {Part.REBUTTAL: buses.key}
    with pytest.raises(Refusal, match="already"), database.write() as session:
        regrouping.move(session, turn.key, 1, buses.key, Part.REBUTTAL, BECAUSE)


def test_an_editor_makes_a_question_of_a_turn(database: Database) -> None:
    stored(database)
    pays = turn_saying(database, "cheap")
    answer = turn_saying(database, "freeze rents")
    with database.write() as session:
        regrouping.move(session, pays.key, 1, pays.key, Part.QUESTION, BECAUSE)
        regrouping.move(session, answer.key, 1, pays.key, Part.ANSWER, BECAUSE)
    stored(database, EVENING.replace("the city", "our city"))
    with database.read() as session:
        shown = transcripts.transcript(session, pays.forum_id)
    exchange = next(one for one in shown.exchanges if one.key == pays.key)
    assert [one.key for one in exchange.questions] == [pays.key]
    assert [one.key for one in exchange.answers] == [answer.key]


def test_what_became_of_a_candidate_is_an_editors_word_over_the_rule(database: Database) -> None:
    stored(database)
    buses = turn_saying(database, "should buses run")

    def state() -> tuple[str, str] | None:
        with database.read() as session:
            return session.exec(
                select(ExchangeState.state, ExchangeState.set_by)
                .join(ExchangeTurn, col(ExchangeTurn.exchange_id) == col(ExchangeState.exchange_id))
                .where(ExchangeTurn.turn_id == buses.id, ExchangeState.speaker_id == berg(session))
            ).one_or_none()

    before = state()
    seen = before[0] if before else None
    with database.write() as session:
        regrouping.set_state(session, buses.key, berg(session), seen, "declined", BECAUSE)
    with pytest.raises(Conflict), database.write() as session:
        regrouping.set_state(session, buses.key, berg(session), seen, "absent", BECAUSE)
    stored(database, EVENING.replace("cheap", "small"))
    assert state() == ("declined", "editor")
    done = corrections(database)[0]
    assert (done.kind, done.after) == ("state", "IDA BERG: declined")
    with database.write() as session:
        undoing.undo(session, done.id or 0, 1, BACK)
    assert state() == before
    with pytest.raises(Refusal), database.write() as session:
        regrouping.set_state(session, buses.key, berg(session), seen, "asleep", BECAUSE)
