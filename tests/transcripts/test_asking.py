"""Stored exchanges: found by rule in the words as they stand, kept where editors set them."""

from sqlmodel import col, select

from tests.transcripts.records import EVENING, add_appearance, add_forum, add_person, stored, turn_saying, turns
from tracker.db import Database
from transcripts import correcting
from transcripts.correcting import Reason
from transcripts.models import Exchange, ExchangeState, ExchangeTurn, Forum, Speaker, Turn
from transcripts.queries import transcripts
from transcripts.vocabulary import ForumKind, Role

BUSES = "Vale, should buses run at night, and who drives them?"
BECAUSE = Reason("The recording says so", "Ana, editor")


def asked(database: Database) -> dict[str, list[str]]:
    """Who answers each question, by the first words of its last turn."""
    with database.read() as session:
        forum_id = session.exec(select(Forum.id)).one() or 0
        found = transcripts.transcript(session, forum_id).exchanges
        return {
            exchange.questions[0].text.split(". ")[-1]: [str(turn.speaker_name) for turn in exchange.answers]
            for exchange in found
        }


def test_questions_and_answers_are_found_when_a_file_is_stored(database: Database) -> None:
    stored(database)
    found = asked(database)
    assert found["What will you do about rents?"][:2] == ["IDA BERG", "TOM VALE"]
    assert found[BUSES] == ["TOM VALE"]


def test_voices_get_the_role_they_play_where_nobody_has_told_it(database: Database) -> None:
    stored(database)
    with database.read() as session:
        roles = dict(session.exec(select(Speaker.name, Speaker.role)).all())
    assert roles["MARA QUILL"] == Role.MODERATOR


def test_whoever_answers_is_no_candidate_beside_those_we_know_or_at_a_hearing(database: Database) -> None:
    with database.write() as session:
        forum = add_forum(session)
        add_appearance(session, forum, add_person(session, "Ida Berg"))
        add_forum(session, "hearing", kind=ForumKind.HEARING)
    for slug in ("rose-street", "hearing"):
        stored(database, slug=slug)
    with database.read() as session:
        roles = session.exec(select(Speaker.role).where(Speaker.name == "TOM VALE")).all()
    assert len(roles) == 2 and Role.CANDIDATE not in roles


def test_a_corrected_voice_answers_in_its_new_name(database: Database) -> None:
    stored(database)
    turn = turn_saying(database, "every night, on every line")
    with database.write() as session:
        ida = session.exec(select(Speaker.id).where(Speaker.name == "IDA BERG")).one()
        correcting.reassign(session, turn.key, 1, ida, BECAUSE)
    assert asked(database)[BUSES] == ["IDA BERG"]


def test_a_withdrawn_question_takes_its_exchange_along(database: Database) -> None:
    stored(database)
    turn = turn_saying(database, "should buses run")
    with database.write() as session:
        correcting.withdraw(session, turn.key, 1, BECAUSE)
    assert BUSES not in asked(database)


def test_what_an_editor_said_of_an_exchange_outlives_the_next_import(database: Database) -> None:
    stored(database)
    turn = turn_saying(database, "should buses run")
    with database.write() as session:
        exchange = session.exec(select(Exchange).where(Exchange.question_turn_id == turn.id)).one()
        ida = session.exec(select(Speaker.id).where(Speaker.name == "IDA BERG")).one()
        session.merge(ExchangeState(exchange_id=exchange.id, speaker_id=ida, state="not_asked", set_by="editor"))
    stored(database, EVENING.replace("cheap", "small"))
    with database.read() as session:
        states = session.exec(select(ExchangeState, Exchange.question_turn_id).join(Exchange)).all()
        editors = [(state.state, question) for state, question in states if state.set_by == "editor"]
    assert editors == [("not_asked", turn.id)]


def test_an_exchange_an_editor_set_is_left_alone(database: Database) -> None:
    stored(database)
    turn = turn_saying(database, "should buses run")
    with database.write() as session:
        exchange = session.exec(select(Exchange).where(Exchange.question_turn_id == turn.id)).one()
        exchange.set_by = "editor"
        for part in session.exec(select(ExchangeTurn).where(ExchangeTurn.exchange_id == exchange.id)):
            if part.part != "question":
                session.delete(part)
    stored(database, EVENING.replace("cheap", "small"))
    assert asked(database)[BUSES] == []


def test_every_turn_has_one_part_at_most(database: Database) -> None:
    stored(database)
    stored(database, reparse=True)
    with database.read() as session:
        parts = session.exec(select(ExchangeTurn.turn_id)).all()
        held = session.exec(select(Turn.id).order_by(col(Turn.position))).all()
    assert len(parts) == len(set(parts)) and set(parts) <= set(held)
    assert len(turns(database)) == 7


def test_what_became_of_a_question_is_told_where_the_record_says_so(database: Database) -> None:
    stored(database)
    with database.read() as session:
        found = transcripts.transcript(session, session.exec(select(Forum.id)).one() or 0)
        names = {turn.speaker_id: turn.speaker_name for turn in found.turns}
        states = [{names[id]: state.state for id, state in one.states.items()} for one in found.exchanges]
    assert states[0] == {"IDA BERG": "answered", "TOM VALE": "answered"}
    assert states[-1] == {"IDA BERG": "not_asked", "TOM VALE": "answered"}


def test_turns_that_only_run_the_forum_are_procedure(database: Database) -> None:
    text = EVENING.replace("QUILL: Let us turn", "QUILL: Thank you, Ms. Berg.\n\nQUILL: Let us turn")
    stored(database, text)
    assert turn_saying(database, "Thank you, Ms. Berg.").kind == "procedure"
    assert turn_saying(database, "should buses run").kind == "speech"
