"""Corrections are public, lose nothing, and two editors never overwrite one another."""

import threading

import pytest
from sqlmodel import Session, col, select

from tests.transcripts.records import EVENING, stored, turn_saying, turns
from tracker.db import Database
from transcripts import correcting
from transcripts.correcting import Reason
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.models import Correction, OutboxEntry, Speaker, Turn, TurnVersion
from transcripts.queries import turns as asked

BECAUSE = Reason("The recording says so", "Ana, editor")


def last(session: Session) -> Correction:
    return session.exec(select(Correction).order_by(col(Correction.id).desc())).first() or pytest.fail("no correction")


def test_rewording_keeps_what_was_said_before(database: Database) -> None:
    stored(database)
    turn = turn_saying(database, "freeze rents")
    words = turn.text.replace("two years", "three years")
    with database.write() as session:
        correcting.reword(session, turn.key, 1, words, BECAUSE)
    after = turn_saying(database, "three years")
    assert (after.key, after.version, after.fingerprint != turn.fingerprint) == (turn.key, 2, True)
    with database.read() as session:
        versions = session.exec(
            select(TurnVersion).where(TurnVersion.turn_id == turn.id).order_by(col(TurnVersion.n))
        ).all()
        assert [(v.text, v.why, v.by) for v in versions] == [(turn.text, "", ""), (words, BECAUSE.why, BECAUSE.by)]
        said = last(session)
        assert (said.kind, said.before, said.after, said.by) == ("reword", turn.text, words, BECAUSE.by)
        assert session.exec(select(OutboxEntry.turn_key).order_by(col(OutboxEntry.seq).desc())).first() == turn.key


def test_an_editors_words_stand_when_the_file_comes_again(database: Database) -> None:
    stored(database)
    turn = turn_saying(database, "freeze rents")
    with database.write() as session:
        correcting.reword(session, turn.key, 1, "I would freeze all rents.", BECAUSE)
    assert stored(database, reparse=True).counts["reworded"] == 0
    assert turn_saying(database, "freeze all rents").key == turn.key
    stored(database, EVENING.replace("freeze rents", "freeze the rents"))
    after = turn_saying(database, "freeze all rents")
    assert (after.key, after.version) == (turn.key, 2)


def test_what_an_editor_withdrew_does_not_come_back_with_the_file(database: Database) -> None:
    stored(database)
    turn = turn_saying(database, "freeze rents")
    with database.write() as session:
        correcting.withdraw(session, turn.key, 1, BECAUSE)
    stored(database, reparse=True)
    stored(database, EVENING.replace("cheap", "small"))
    assert next(one for one in turns(database) if one.key == turn.key).status == "withdrawn"


def test_a_turn_goes_to_another_voice_and_keeps_its_label(database: Database) -> None:
    stored(database)
    turn = turn_saying(database, "freeze rents")
    with database.write() as session:
        other = session.exec(select(Speaker.id).where(Speaker.name == "IDA BERG")).one()
        correcting.reassign(session, turn.key, 1, other, BECAUSE)
    after = turn_saying(database, "freeze rents")
    assert (after.speaker_id, after.label) == (other, "TOM VALE")
    with database.read() as session:
        assert (last(session).before, last(session).after) == ("TOM VALE", "IDA BERG")
    stored(database, reparse=True)
    assert turn_saying(database, "freeze rents").speaker_id == other


def test_a_divided_turn_keeps_its_key_on_the_first_part(database: Database) -> None:
    stored(database)
    turn = turn_saying(database, "freeze rents")
    with database.write() as session:
        key = correcting.split(session, turn.key, 1, turn.text.index("Nobody"), BECAUSE)
    first, second = turn_saying(database, "freeze rents"), turn_saying(database, "Nobody should")
    assert (first.key, second.key) == (turn.key, key)
    assert (first.text, second.text) == ("I would freeze rents for two years.", turn.text[turn.text.index("Nobody") :])
    assert second.position == first.position + 1
    assert [one.position for one in turns(database)] == list(range(len(turns(database))))
    stored(database, EVENING.replace("cheap", "small"))
    assert turn_saying(database, "Nobody should").key == key
    assert [one.position for one in turns(database)] == list(range(len(turns(database))))


def test_joined_turns_lead_to_the_first(database: Database) -> None:
    stored(database)
    turn = turn_saying(database, "freeze rents")
    with database.write() as session:
        key = correcting.split(session, turn.key, 1, turn.text.index("Nobody"), BECAUSE)
    with database.write() as session:
        correcting.merge(session, (turn.key, 2), (key, 1), BECAUSE)
    assert turn_saying(database, "freeze rents").text == turn.text
    with database.read() as session:
        page = asked.by_key(session, key)
    assert (page.turn.status, page.survivor) == ("merged", turn.key)


@pytest.mark.parametrize(
    "pair", [("four hundred homes", "freeze rents"), ("run at night, every", "four hundred homes")]
)
def test_two_voices_or_turns_apart_are_not_joined(database: Database, pair: tuple[str, str]) -> None:
    stored(database)
    first, second = (turn_saying(database, words) for words in pair)
    with pytest.raises(Refusal), database.write() as session:
        correcting.merge(session, (first.key, 1), (second.key, 1), BECAUSE)
    with database.read() as session:
        assert session.exec(select(Correction)).all() == []


def test_a_withdrawn_turn_answers_with_its_correction(database: Database) -> None:
    stored(database)
    turn = turn_saying(database, "freeze rents")
    with database.write() as session:
        correcting.withdraw(session, turn.key, 1, BECAUSE)
    with database.read() as session:
        page = asked.by_key(session, turn.key)
    assert page.turn.status == "withdrawn"
    assert [(one.kind, one.why) for one in page.corrections] == [("withdraw", BECAUSE.why)]


def test_refusals_leave_everything_as_it_was(database: Database) -> None:
    stored(database)
    turn = turn_saying(database, "freeze rents")
    before = [one.model_dump() for one in turns(database)]
    attempts = [
        (NotFound, lambda s: correcting.withdraw(s, "nowhere", 1, BECAUSE)),
        (Conflict, lambda s: correcting.withdraw(s, turn.key, 9, BECAUSE)),
        (Refusal, lambda s: correcting.reword(s, turn.key, 1, turn.text, BECAUSE)),
        (Refusal, lambda s: correcting.reword(s, turn.key, 1, " \n ", BECAUSE)),
        (Refusal, lambda s: correcting.reassign(s, turn.key, 1, turn.speaker_id, BECAUSE)),
        (NotFound, lambda s: correcting.reassign(s, turn.key, 1, 999_999, BECAUSE)),
        (Refusal, lambda s: correcting.split(s, turn.key, 1, 0, BECAUSE)),
        (Refusal, lambda s: correcting.split(s, turn.key, 1, 10_000, BECAUSE)),
    ]
    for expected, attempt in attempts:
        with pytest.raises(expected), database.write() as session:
            attempt(session)
    with pytest.raises(Refusal):
        Reason(" ", "Ana")
    assert [one.model_dump() for one in turns(database)] == before


def test_of_two_editors_at_once_one_is_told(database: Database) -> None:
    """Eight editors reword the version they all saw: one succeeds, seven are told, nothing is lost."""
    stored(database)
    turn = turn_saying(database, "freeze rents")
    results: list[str] = []
    start = threading.Barrier(8)

    def edit(n: int) -> None:
        start.wait()
        try:
            with database.write() as session:
                correcting.reword(session, turn.key, 1, f"Wording number {n}.", Reason("Heard so", f"Editor {n}"))
            results.append(f"Wording number {n}.")
        except Conflict:
            results.append("told")

    threads = [threading.Thread(target=edit, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results.count("told") == 7
    (winner,) = [result for result in results if result != "told"]
    with database.read() as session:
        held = session.exec(select(Turn).where(Turn.key == turn.key)).one()
        assert (held.text, held.version) == (winner, 2)
        assert len(session.exec(select(TurnVersion).where(TurnVersion.turn_id == turn.id)).all()) == 2


def test_two_imports_at_once_make_one_revision_each(database: Database) -> None:
    stored(database)
    texts = [EVENING.replace("cheap", word) for word in ("small", "warm", "dry", "new")]
    threads = [threading.Thread(target=stored, args=(database, text)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    turn = turn_saying(database, "four hundred homes")
    with database.read() as session:
        versions = session.exec(
            select(TurnVersion).where(TurnVersion.turn_id == turn.id).order_by(col(TurnVersion.n))
        ).all()
    assert [version.n for version in versions] == [1, 2, 3, 4, 5]
    assert versions[-1].text == turn.text
