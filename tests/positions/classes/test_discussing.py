"""What a class says, votes and decides together: open only where classmates' work is, append-only, and what is hidden is hidden."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from positions.classes import discussing, discussion, reading, submitting
from positions.classes.discussion import Said
from positions.classes.models import ClassDecision, ClassRoom
from positions.classes.visibility import Policy, Viewer
from tests.positions.classes.school import NOON, TEACHER, WANTED, School, school
from tracker.db import Database
from transcripts.errors import Conflict, NotFound, Refusal

TEACHES = Viewer(teacher=True)


@pytest.fixture
def room(database: Database) -> School:
    """Heron and Otter have handed in, Finch has not."""
    room = school(database)
    for who in ("Heron 12", "Otter 7"):
        room.put(who, 0, "answered", comment=f"{who} noted this")
        room.hand_in(who)
    room.put("Finch 3", 0, "partly")
    return room


def say(room: School, who: str | None, text: str, answer: int = 0) -> str:
    with room.database.write() as session:
        if who is None:
            sheet, viewer = reading.for_teacher(session, room.key, TEACHER)
        else:
            sheet, viewer = room.viewer(session, who)
        return discussing.reply(session, sheet, viewer, sheet.answers[answer].id, text, lambda: NOON)


def heard(room: School, who: str | None) -> list[Said]:
    with room.database.read() as session:
        sheet, viewer = room.viewer(session, who) if who else reading.for_teacher(session, room.key, TEACHER)
        return list(discussion.said(session, sheet, viewer, NOON))


def vote(room: School, who: str, *tags: str, answer: int = 0) -> None:
    with room.database.write() as session:
        sheet, viewer = room.viewer(session, who)
        ids = [tag.id for tag in sheet.tags if tag.key in tags]
        discussing.vote(session, sheet, viewer, sheet.answers[answer].id, ids, lambda: NOON)


def decide(room: School, *tags: str, reason: str = "She names a sum.", answer: int = 0, by_vote: bool = False) -> None:
    with room.database.write() as session:
        sheet = room.sheet(session)
        place = sheet.answers[answer].id
        if by_vote:
            discussing.confirm_vote(session, sheet, place, reason, lambda: NOON)
        else:
            ids = [tag.id for tag in sheet.tags if tag.key in tags]
            discussing.decide(session, sheet, place, ids, reason, lambda: NOON)


def decided(room: School, who: str | None) -> list[tuple[set[str], str, str]]:
    with room.database.read() as session:
        sheet, viewer = room.viewer(session, who) if who else reading.for_teacher(session, room.key, TEACHER)
        found = discussion.decisions(session, sheet, viewer, NOON)
        return [({sheet.tag(tag).key for tag in one.tags}, one.rule, one.reason) for one in found.values()]


def test_a_thread_is_for_those_who_may_read_one_another(room: School) -> None:
    say(room, "Heron 12", "She did answer.")
    say(room, None, "Look at the number.")
    assert [(one.who, one.text) for one in heard(room, "Otter 7")] == [
        ("Heron 12", "She did answer."),
        (None, "Look at the number."),
    ]
    assert heard(room, "Finch 3") == []
    with pytest.raises(Refusal, match="not open to you yet"):
        say(room, "Finch 3", "Me too")
    with pytest.raises(Refusal, match="Write something"):
        say(room, "Heron 12", " \n")
    with pytest.raises(Refusal, match="At most 1000"):
        say(room, "Heron 12", "a" * 1001)


def test_a_note_of_the_teachers_stands_there_from_the_beginning(database: Database) -> None:
    with_note = school(database)
    with database.read() as session:
        turn = with_note.sheet(session).answers[0].key
    noted = school_with(with_note, seeds=((turn, "Mind the date."),))
    assert [(one.text, one.seed) for one in heard(noted, "Finch 3")] == [("Mind the date.", True)]


def school_with(room: School, **changed: Any) -> School:
    """Another assignment for the same class."""
    from positions.classes import assigning

    with room.database.write() as session:
        questions = tuple(one.key for one in assigning.questions_of(session, "town-2026"))
        wanted = replace(WANTED, questions=questions, **changed)
        key = assigning.make(session, room.class_id, "town-2026", wanted, lambda: NOON)
    return replace(room, key=key)


def test_what_the_teacher_hides_only_its_author_and_the_teacher_read(room: School) -> None:
    reply = say(room, "Heron 12", "Otter 7 is silly.")
    mark = next(one.key for one in room.seen("Heron 12") if one.who == "Heron 12")
    for hidden in (True, False):
        with room.database.write() as session:
            for key in (reply, mark):
                discussing.hide(session, room.sheet(session), key, hidden, lambda: NOON)
        assert bool(heard(room, "Otter 7")) != hidden
        assert any(one.who == "Heron 12" for one in room.seen("Otter 7")) != hidden
        assert [one.hidden for one in (*heard(room, "Heron 12"), *heard(room, None))] == [hidden, hidden]
    with room.database.write() as session, pytest.raises(NotFound):
        discussing.hide(session, room.sheet(session), "no such key", True)
    draft = room.seen("Finch 3")[0].key
    with room.database.write() as session, pytest.raises(NotFound):
        discussing.hide(session, room.sheet(session), draft, True)


def test_what_is_said_of_one_mark_is_for_its_student(room: School) -> None:
    mark = next(one.key for one in room.seen("Heron 12") if one.who == "Heron 12")
    with room.database.write() as session:
        discussing.comment(session, room.sheet(session), mark, "Which words show it?", lambda: NOON)
        submitting.reveal(session, room.sheet(session), lambda: NOON)
    assert [one.text for one in heard(room, "Heron 12")] == [one.text for one in heard(room, None)]
    assert heard(room, "Otter 7") == heard(room, "Finch 3") == []


def test_the_last_class_answer_stands_with_its_rule_and_reason(room: School) -> None:
    decide(room, "answered")
    decide(room, "partly", reason="On a second reading she leaves the when open.")
    last = [({"partly"}, "teacher", "On a second reading she leaves the when open.")]
    assert decided(room, None) == decided(room, "Otter 7") == last
    assert decided(room, "Finch 3") == [], "not before classmates' work is open"
    with room.database.read() as session:
        rows = session.exec(select(ClassDecision)).all()
    assert len(rows) == 6 and [(row.for_it, row.of) for row in rows if row.present] == [(2, 2), (0, 2)]
    with pytest.raises(Refusal, match="Say why"):
        decide(room, "partly", reason=" ")


def test_a_vote_is_what_more_than_half_are_for(room: School) -> None:
    with pytest.raises(Refusal, match="decides nothing"):
        decide(room, by_vote=True)
    vote(room, "Heron 12", "answered", "other")
    vote(room, "Otter 7", "answered", "other")
    vote(room, "Otter 7", "answered")
    with pytest.raises(Refusal, match="not open to you yet"):
        vote(room, "Finch 3", "answered")
    with pytest.raises(Refusal, match="decides nothing"):
        decide(room, by_vote=True)
    with room.database.write() as session:
        submitting.reveal(session, room.sheet(session), lambda: NOON)
    vote(room, "Finch 3", "answered")
    decide(room, by_vote=True, reason="")
    assert decided(room, "Finch 3") == [({"answered"}, "vote", "")]
    with pytest.raises(Conflict, match="decided meanwhile"):
        vote(room, "Finch 3", "partly")


def test_where_an_answer_takes_one_tag_a_vote_has_one(database: Database) -> None:
    room = school(database, wanted=replace(WANTED, exclusive=True, policy=Policy.OPEN))
    with pytest.raises(Refusal, match="one tag here, or none"):
        vote(room, "Finch 3", "answered", "partly")
    vote(room, "Finch 3")
    vote(room, "Heron 12")
    vote(room, "Otter 7", "answered")
    decide(room, by_vote=True, reason="")
    assert decided(room, "Finch 3") == [(set(), "vote", "")]


def test_nobody_writes_in_a_paused_class_or_where_replies_are_off(room: School, database: Database) -> None:
    quiet = school_with(room, replies=False, policy=Policy.OPEN)
    with pytest.raises(Refusal, match="Replies are off"):
        say(quiet, "Finch 3", "Hello")
    with database.write() as session:
        held = session.exec(select(ClassRoom)).one()
        held.paused_at = NOON
        session.add(held)
    for act in (lambda: say(room, "Heron 12", "Hello"), lambda: vote(room, "Heron 12", "other")):
        with pytest.raises(Refusal, match="paused"):
            act()
    with database.write() as session, pytest.raises(NotFound):
        sheet, viewer = room.viewer(session, "Heron 12")
        discussing.reply(session, sheet, viewer, sheet.passages[0].id, "A question is no answer")


def test_time_opens_what_it_opens(database: Database) -> None:
    room = school(database, wanted=replace(WANTED, policy=Policy.UNTIL, seen_from=NOON + timedelta(seconds=1)))
    with pytest.raises(Refusal, match="not open to you yet"):
        say(room, "Heron 12", "Too early")
    room = school_with(room, policy=Policy.UNTIL, seen_from=NOON)
    say(room, "Heron 12", "On time")
