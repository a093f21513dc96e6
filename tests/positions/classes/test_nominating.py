"""Class answers on their way into the record: from five up, by an editor's word, and with nobody's name."""

from dataclasses import replace

import pytest
from sqlmodel import select

from positions.classes import discussing, discussion, nominating
from positions.classes.assigning import WantedTag
from positions.classes.models import Nomination
from positions.classes.visibility import Viewer
from positions.models import Tag, TagDecision
from positions.queries import tags
from tests.positions.classes.school import NOON, WANTED, School, school
from tracker.db import Database
from transcripts.bilingual import Bilingual
from transcripts.errors import Conflict, NotFound, Refusal

TAGS = (WantedTag("buses", Bilingual("Buses", "Autobuses"), topic="transit"), WantedTag("vague", Bilingual("Vague")))
PUPILS = ("Finch 3", "Heron 12", "Otter 7", "Robin 5", "Wren 8")


def decided(database: Database, n: int = 5) -> School:
    """So many students tagged the first answer; the teacher decided it is about buses, and vague."""
    room = school(database, *PUPILS[:n], wanted=replace(WANTED, tags=TAGS))
    for who in PUPILS[:n]:
        room.put(who, 0, "buses")
        room.hand_in(who)
    with database.write() as session:
        sheet = room.sheet(session)
        every = [tag.id for tag in sheet.tags]
        discussing.decide(session, sheet, sheet.answers[0].id, every, "It is the only thing named.", lambda: NOON)
    return room


def put_forward(room: School, tag: str = "buses") -> str:
    with room.database.write() as session:
        sheet = room.sheet(session)
        (answer,) = discussion.decisions(session, sheet, Viewer(teacher=True), NOON).values()
        chosen = next(one.id for one in sheet.tags if one.key == tag)
        return nominating.nominate(session, sheet, answer, chosen, "Tessa Teacher", lambda: NOON)


def turn_of(room: School) -> tuple[int, str]:
    with room.database.read() as session:
        first = room.sheet(session).answers[0]
        return first.turn_id, first.key


def test_an_editor_accepts_and_readers_are_told(database: Database) -> None:
    room = decided(database)
    key = put_forward(room)
    turn_id, turn_key = turn_of(room)
    with database.read() as session:
        (waiting,) = nominating.queue(session)
    assert (waiting.topic, waiting.rule, waiting.for_it, waiting.of, waiting.state) == (
        "transit",
        "teacher",
        5,
        5,
        "nominated",
    )
    with database.write() as session:
        assert nominating.accept(session, key, "Edith Editor", lambda: NOON) == turn_key
    with database.read() as session:
        stands = {tag.slug: tag.status for tag in tags.topics_of_turn(session, turn_id)}
        told = nominating.accepted(session, turn_key)
        decisions = session.exec(select(TagDecision).where(TagDecision.topic == "transit")).all()
    assert stands["transit"] == "confirmed"
    assert (told["transit"].of, told["transit"].by) == (5, "Edith Editor")
    assert [row.by for row in decisions] == ["Edith Editor"]
    with database.write() as session, pytest.raises(Conflict, match="decided on this already"):
        nominating.accept(session, key, "Edith Editor")
    with pytest.raises(Conflict, match="put forward already"):
        put_forward(room)


def test_what_was_suggested_or_rejected_before_is_confirmed(database: Database) -> None:
    room = decided(database)
    turn_id, _ = turn_of(room)
    key = put_forward(room)
    with database.write() as session:
        for held in session.exec(select(Tag).where(Tag.turn_id == turn_id)):
            held.status = "rejected"
            session.add(held)
        nominating.accept(session, key, "Edith Editor", lambda: NOON)
        assert [one.slug for one in tags.topics_of_turn(session, turn_id)] == ["transit"]


def test_a_declined_one_says_why_and_changes_nothing(database: Database) -> None:
    room = decided(database)
    key = put_forward(room)
    turn_id, turn_key = turn_of(room)
    with database.read() as session:
        before = tags.topics_of_turn(session, turn_id)
    with database.write() as session, pytest.raises(Refusal, match="Say why"):
        nominating.decline(session, key, "Edith Editor", " ")
    with database.write() as session:
        nominating.decline(session, key, "Edith Editor", "She speaks of trains.", lambda: NOON)
    with database.read() as session:
        assert tags.topics_of_turn(session, turn_id) == before and nominating.accepted(session, turn_key) == {}
        decision = session.exec(select(Nomination.decision_id)).one()
        assert nominating.of_decisions(session, [decision or 0])[decision or 0].reason == "She speaks of trains."
    with pytest.raises(Conflict, match="put forward already"):
        put_forward(room)


def test_only_topics_from_five_students_up_go_forward(database: Database) -> None:
    room = decided(database, 4)
    with pytest.raises(Refusal, match="At least 5 students"):
        put_forward(room)
    with pytest.raises(Refusal, match="stands for a topic"):
        put_forward(room, "vague")
    with database.write() as session, pytest.raises(NotFound):
        nominating.accept(session, "no such key", "Edith Editor")
