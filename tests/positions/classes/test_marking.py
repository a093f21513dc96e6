"""Marks of a class: put, taken away, taken back, handed in, given back, revealed; a save sent twice is one."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from positions.classes import assigning, marking, reading, submitting
from positions.classes.marking import Wish
from positions.classes.models import ClassRoom, HandedIn
from positions.classes.visibility import Policy, Scope, State
from tests.positions.classes.school import NOON, TEACHER, WANTED, School, class_of, school
from tracker.db import Database
from transcripts import correcting
from transcripts.amending import Reason
from transcripts.errors import Conflict, NotFound, Refusal


@pytest.fixture
def room(database: Database) -> School:
    return school(database)


def test_an_assignment_holds_the_questions_above_their_answers_in_the_words_of_its_day(room: School) -> None:
    with room.database.read() as session:
        sheet = room.sheet(session)
    assert [(one.asked, one.speaker) for one in sheet.passages] == [
        (True, "Mo Clark"),
        (False, "Ana Reyes"),
        (False, "Bo Stone"),
        (True, "Mo Clark"),
        (False, "Bo Stone"),
        (False, "Ana Reyes"),
    ]
    assert [one.letter for one in sheet.passages] == list("CABCBA")
    assert (len(sheet.answers), sheet.words, sheet.minutes) == (4, 38, 1)


def test_a_save_sent_twice_is_one_and_the_same_tag_stands_once(room: School) -> None:
    with room.database.write() as session:
        sheet, who = room.sheet(session), room.members["Heron 12"]
        place = sheet.answers[0]
        wish = Wish(place.id, 0, 3, sheet.tags[0].id)
        first = marking.put(session, sheet, who, "12345678", wish)
        assert marking.put(session, sheet, who, "12345678", wish) == first
        assert marking.put(session, sheet, who, "another-key", wish) == first
    (mark,) = room.seen("Heron 12")
    assert (mark.start, mark.end) == (0, len(place.text)), "the unit is the whole answer"


def test_one_tag_an_answer_lets_the_one_before_go(database: Database) -> None:
    room = school(database, wanted=replace(WANTED, exclusive=True))
    for tag in ("answered", "partly", "other"):
        room.put("Heron 12", tag=tag)
    with database.read() as session:
        sheet = room.sheet(session)
    assert [tag.key for one in room.seen("Heron 12") if (tag := sheet.tag(one.tag))] == ["other"]


def test_undo_takes_back_step_by_step_and_nothing_twice(room: School) -> None:
    key = room.put("Heron 12", comment="first words")
    with room.database.write() as session:
        sheet, who = room.sheet(session), room.members["Heron 12"]
        marking.say(session, sheet, who, room.op(), key, "second words")
        marking.take(session, sheet, who, room.op(), key)

    def undo() -> tuple[str | None, list[str]]:
        with room.database.write() as session:
            done = marking.undo(session, room.sheet(session), room.members["Heron 12"], room.op())
        return done, [one.comment for one in room.seen("Heron 12")]

    assert undo() == ("take", ["second words"])
    assert undo() == ("say", ["first words"])
    assert undo() == ("put", [])
    assert undo() == (None, [])


def test_what_is_handed_in_stands_until_it_comes_back_and_a_copy_is_kept(room: School) -> None:
    key = room.put("Heron 12", comment="because")
    work = room.hand_in("Heron 12")
    assert (work.state, work.n, work.independent) == (State.SUBMITTED, 1, True)
    for act in (lambda: room.put("Heron 12", tag="other"), lambda: take(room, "Heron 12", key)):
        with pytest.raises(Conflict, match="handed this in"):
            act()
    with room.database.write() as session:
        submitting.give_back(session, room.sheet(session), room.members["Heron 12"], "Look at answer 2 again.")
    take(room, "Heron 12", key)
    room.put("Heron 12", tag="other")
    assert room.hand_in("Heron 12").n == 2
    with room.database.read() as session:
        kept = [row.marks for row in session.exec(select(HandedIn)).all()]
    assert ["answered" in text for text in kept] == [True, False]


def take(room: School, who: str, key: str) -> None:
    with room.database.write() as session:
        marking.take(session, room.sheet(session), room.members[who], room.op(), key)


def test_nobody_touches_or_knows_of_anothers_mark(room: School) -> None:
    key = room.put("Heron 12", comment="mine")
    with pytest.raises(NotFound):
        take(room, "Otter 7", key)
    assert room.seen("Otter 7") == room.seen(None) == []
    with room.database.read() as session:
        sheet, viewer = room.viewer(session, "Otter 7")
        assert [one.who for one in reading.works(session, sheet, viewer, NOON)] == ["Otter 7"]
        with pytest.raises(NotFound):
            reading.for_teacher(session, room.key, TEACHER + 1)
        with pytest.raises(NotFound):
            reading.for_member(session, room.key, room.class_id + 1, 1)
    room.hand_in("Heron 12")
    assert room.seen("Otter 7") == []
    assert [one.comment for one in room.seen(None)] == ["mine"]
    room.hand_in("Otter 7")
    assert [one.comment for one in room.seen("Otter 7")] == ["mine"]


def test_the_reveal_shows_what_was_handed_in_and_drafts_stay_where_they_are(room: School) -> None:
    room.put("Heron 12", comment="in time")
    room.hand_in("Heron 12")
    room.put("Otter 7", comment="a draft")
    with room.database.write() as session:
        submitting.reveal(session, room.sheet(session), lambda: NOON)
    assert [one.comment for one in room.seen("Finch 3")] == ["in time"]
    assert not room.hand_in("Otter 7", NOON + timedelta(minutes=1)).independent
    assert [one.comment for one in room.seen("Finch 3")] == ["in time", "a draft"]


def test_private_work_cannot_be_revealed(database: Database) -> None:
    room = school(database, wanted=replace(WANTED, policy=Policy.PRIVATE))
    with database.write() as session, pytest.raises(Refusal, match="nothing to reveal"):
        submitting.reveal(session, room.sheet(session))


def test_a_note_to_oneself_and_one_to_the_teacher_stay_there(room: School) -> None:
    room.put("Heron 12", tag=None, comment="to me", scope=Scope.PRIVATE)
    room.put("Heron 12", tag=None, comment="to you", scope=Scope.TEACHER)
    room.hand_in("Heron 12")
    room.hand_in("Otter 7")
    assert [one.comment for one in room.seen(None)] == ["to you"]
    assert room.seen("Otter 7") == []
    assert len(room.seen("Heron 12")) == 2


@pytest.mark.parametrize(
    ("unit", "expected"), [("sentence", "The buses should be free, every day."), ("words", "buses should")]
)
def test_sentences_and_words_are_marked_whole(database: Database, unit: str, expected: str) -> None:
    room = school(database, wanted=replace(WANTED, unit=unit))
    with database.read() as session:
        text = room.sheet(session).answers[0].text
    start = text.index("buses should")
    room.put("Heron 12", start=start, end=start + len("buses should "))
    (mark,) = room.seen("Heron 12")
    assert text[mark.start : mark.end] == expected


def test_a_paused_class_and_wrong_wishes_are_refused_with_nothing_written(room: School) -> None:
    with pytest.raises(Refusal, match="tag or write"):
        room.put("Heron 12", tag=None)
    with pytest.raises(Refusal, match="not in this answer"):
        room.put("Heron 12", start=5, end=5_000)
    with pytest.raises(NotFound):
        put_on_a_question(room)
    with room.database.write() as session:
        paused = session.exec(select(ClassRoom)).one()
        paused.paused_at = NOON
        session.add(paused)
    with pytest.raises(Refusal, match="paused"):
        room.put("Heron 12")
    assert room.seen("Heron 12") == []


def put_on_a_question(room: School) -> None:
    with room.database.write() as session:
        sheet = room.sheet(session)
        marking.put(
            session, sheet, room.members["Heron 12"], room.op(), Wish(sheet.passages[0].id, 0, 5, sheet.tags[0].id)
        )


def test_a_corrected_answer_keeps_the_words_that_were_read_and_says_so(room: School) -> None:
    with room.database.write() as session:
        sheet = room.sheet(session)
        place = sheet.answers[0]
        correcting.reword(session, place.key, place.version, "Something else.", Reason("Heard again", "An editor"))
    with room.database.read() as session:
        after = room.sheet(session).answers[0]
    assert (after.text, after.corrected) == (place.text, True)


def test_lots_are_balanced_whoever_comes_first(database: Database) -> None:
    names = [f"Heron {n}" for n in range(1, 8)]
    room = school(database, *names, wanted=replace(WANTED, raters=2))
    for name in names:
        with database.write() as session:
            sheet = room.sheet(session)
            assigning.allot(session, sheet, room.members[name], assigning.seed_of(session, sheet))
            assigning.allot(session, sheet, room.members[name], assigning.seed_of(session, sheet))
    with database.read() as session:
        sheet, viewer = reading.for_teacher(session, room.key, TEACHER)
        given = [one.given or frozenset() for one in reading.works(session, sheet, viewer, NOON)]
    judged = [sum(one.id in mine for mine in given) for one in sheet.answers]
    assert max(judged) - min(judged) <= 1
    assert min(judged) >= 2
    with pytest.raises(Refusal, match="given to others"):
        for n in range(4):
            room.put(names[0], passage=n)


def test_next_years_copy_has_the_same_words_and_nobodys_work(room: School) -> None:
    room.put("Heron 12", comment="last year")
    with room.database.write() as session:
        class_id, _ = class_of(session, "Wren 1", title="Next year")
        key = assigning.copy(session, room.sheet(session), class_id)
        fresh, viewer = reading.for_teacher(session, key, TEACHER)
        assert [(one.key, one.asked) for one in fresh.passages] == [
            (one.key, one.asked) for one in room.sheet(session).passages
        ]
        assert [tag.name for tag in fresh.tags] == [tag.name for tag in WANTED.tags]
        assert reading.marks(session, fresh, viewer, NOON) == ()
