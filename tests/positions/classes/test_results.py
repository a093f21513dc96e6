"""What a class made of it together: counts without names, the sentence, the most split answer, and the figures of research."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from positions import agreement
from positions.agreement import Figure, Unit, Why
from positions.classes import discussing, figures, reading, results, submitting
from positions.classes.figures import Figures
from positions.classes.results import ClassAnswer, Results
from positions.classes.sheet import MarkView, Sheet, Work
from positions.classes.visibility import Policy, Scope
from tests.databases import migrated_file
from tests.positions.classes.school import NOON, TEACHER, WANTED, School, school
from tracker.db import Database

PUPILS = ("Finch 3", "Heron 12", "Otter 7", "Robin 5", "Wren 8")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """One of SQLite only: what is counted here is counted after it was read."""
    database = Database(migrated_file(tmp_path / "tracker.db"))
    yield database
    database.dispose()


def held(room: School) -> tuple[Sheet, tuple[MarkView, ...], tuple[Work, ...]]:
    with room.database.read() as session:
        sheet, viewer = reading.for_teacher(session, room.key, TEACHER)
        return (
            sheet,
            reading.marks(session, sheet, viewer, NOON),
            reading.works(session, sheet, viewer, NOON),
        )


def together(room: School) -> Results:
    return results.of_class(*held(room))


def researched(room: School) -> Figures:
    return figures.of_class(*held(room))


def marked(database: Database, *, exclusive: bool = False, **changed: Any) -> School:
    """All five say the first answer was answered; four of them the second; over the third they are split; the fourth nobody marks."""
    room = school(database, *PUPILS, wanted=replace(WANTED, exclusive=exclusive, **changed))
    for n, who in enumerate(PUPILS):
        room.put(who, 0, "answered")
        room.put(who, 1, "answered" if n else "other")
        if n < 2:
            room.put(who, 2, "partly")
        room.hand_in(who)
    return room


@pytest.mark.parametrize("exclusive", [False, True])
def test_the_sentence_counts_answers_on_which_four_in_five_said_the_same(database: Database, exclusive: bool) -> None:
    found = together(marked(database, exclusive=exclusive))
    assert (found.agreed, len(found.compared), found.judges, found.band) == (3, 4, 5, "mixed")
    assert found.most_split is not None and found.most_split.number == 3
    assert [one.number for one in found.by_split] == [3, 2, 1, 4]
    assert [[(one.tag.key, one.n) for one in answer.used] for answer in found.answers] == [
        [("answered", 5)],
        [("answered", 4), ("other", 1)],
        [("partly", 2)],
        [],
    ]
    assert [answer.none for answer in found.answers] == [0, 0, 3, 5]


def test_what_is_no_judgement_counts_nowhere(database: Database) -> None:
    """A draft, work given back, what was written for oneself, hidden marks, comments alone, and what came after the reveal."""
    room = marked(database)
    before = together(room)
    with database.write() as session:
        submitting.reveal(session, room.sheet(session), lambda: NOON + timedelta(hours=1))
    assert together(room) == replace(before)
    with database.write() as session:
        submitting.give_back(session, room.sheet(session), room.members["Robin 5"], "Look again")
    room.put("Robin 5", 3, "answered")
    room.put("Robin 5", 3, None, comment="Why though?", scope=Scope.PRIVATE)
    assert (together(room).judges, together(room).answers[3].counts[0].n) == (4, 0)
    room.hand_in("Robin 5")
    assert (researched(room).coders, researched(room).again) == (5, 1)


def test_figures_are_the_same_for_class_and_teacher(database: Database) -> None:
    """What is hidden, or was written for the teacher, is read by the teacher and counts for nobody."""
    room = school(database, *PUPILS[:3])
    kept = room.put("Finch 3", 0, "answered")
    room.put("Heron 12", 1, "answered", scope=Scope.TEACHER)
    for who in PUPILS[:3]:
        room.hand_in(who)
    with database.write() as session:
        discussing.hide(session, room.sheet(session), kept, True, lambda: NOON)
    assert len(held(room)[1]) == 2
    assert [answer.used for answer in together(room).answers] == [(), (), (), ()]


def test_whoever_hands_in_after_the_others_were_open_is_not_counted(database: Database) -> None:
    until = replace(WANTED, policy=Policy.UNTIL, seen_from=NOON)
    room = school(database, *PUPILS, wanted=until)
    for n, who in enumerate(PUPILS):
        room.put(who)
        room.hand_in(who, NOON + timedelta(minutes=n - 2))
    assert together(room).judges == 3


def test_with_fewer_than_two_there_is_nothing_to_compare(database: Database) -> None:
    room = school(database, *PUPILS)
    room.put("Finch 3")
    room.hand_in("Finch 3")
    found = together(room)
    assert (found.compared, found.band, found.most_split, found.judges) == ((), None, None, 1)
    told = researched(room)
    assert told.macro == told.whole.alpha == told.tags[0].measures.ac1 == Figure(why=Why.NO_PAIRS)


def test_the_figures_are_those_of_the_table_of_judgements(database: Database) -> None:
    told = researched(marked(database))
    yes, no = True, False
    tables = {
        "answered": [[yes] * 5, [no, yes, yes, yes, yes], [no] * 5, [no] * 5],
        "partly": [[no] * 5, [no] * 5, [yes, yes, no, no, no], [no] * 5],
        "other": [[no] * 5, [yes, no, no, no, no], [no] * 5, [no] * 5],
    }
    assert (told.answers, told.coders, told.units) == (4, 5, 12)
    for tag in told.tags:
        table = tables[tag.tag.key]
        assert tag.measures.alpha == agreement.alpha_nominal(table)
        assert tag.measures.ac1 == agreement.ac1(table)
        assert tag.measures.percent == agreement.percent(table)
        assert tag.measures.coded_only == agreement.percent([unit for unit in table if any(unit)])
        assert tag.prevalence == sum(map(sum, table)) / 20
        assert (tag.f1, tag.unitised) == (None, None), "whole answers have no spans"
    alphas = [tag.measures.alpha.value or 0 for tag in told.tags]
    assert told.macro.value == pytest.approx(sum(alphas) / 3)
    assert told.macro_between is not None and told.macro_between[0] <= (told.macro.value or 0) <= told.macro_between[1]


def test_one_tag_an_answer_is_one_table_with_none_as_a_code(database: Database) -> None:
    told = researched(marked(database, exclusive=True))
    codes = [list("aaaaa"), list("oaaaa"), list("pp---"), list("-----")]
    assert (told.units, told.whole.alpha) == (4, agreement.alpha_nominal(codes))


def test_everyone_using_one_value_is_said_in_words(database: Database) -> None:
    room = school(database, *PUPILS[:2])
    for who in PUPILS[:2]:
        room.hand_in(who)
    told = researched(room)
    assert told.macro == Figure(why=Why.ONE_VALUE) and told.macro_between is None


def test_pairs_go_by_letters_that_follow_no_name(database: Database) -> None:
    room = marked(database)
    sheet, marks, works = held(room)
    letters = figures.lettered(sheet, list(room.members.values()))
    assert set(letters.values()) == set("ABCDE") and letters == figures.lettered(sheet, sorted(room.members.values()))
    pairs = figures.pairs(sheet, marks, works)
    assert [one.letters for one in pairs] == [tuple(pair) for pair in "AB AC AD AE BC BD BE CD CE DE".split()]
    assert {one.n for one in pairs} == {12}


def test_of_many_students_some_are_drawn_by_lot(database: Database) -> None:
    sheet, _, _ = held(school(database))
    letters = figures.lettered(sheet, range(100))
    assert len(letters) == figures.MOST_PEOPLE and letters == figures.lettered(sheet, range(99, -1, -1))


def test_words_are_compared_by_what_both_marked(database: Database) -> None:
    room = school(database, *PUPILS[:2], wanted=replace(WANTED, unit="words"))
    for who, spans in (("Finch 3", [(0, 6), (4, 10)]), ("Heron 12", [(0, 10)])):
        for start, end in spans:
            room.put(who, 1, "other", start=start, end=end)
        room.hand_in(who)
    sheet, marks, _ = held(room)
    stood = {who: [Unit(one.start, one.end) for one in marks if one.who == who] for who in PUPILS[:2]}
    told = researched(room)
    other = next(tag for tag in told.tags if tag.tag.key == "other")
    assert other.f1 == agreement.span_f1(*stood.values())
    assert told.tags[0].f1 == told.tags[0].unitised == Figure(why=Why.NOTHING_MARKED)
    assert other.unitised is not None and (other.unitised.value or 0) > 0.5 and told.unitised == other.unitised
    allotted = figures.of_class(replace(sheet, raters=2), marks, held(room)[2])
    assert allotted.unitised == Figure(why=Why.NOT_ALL)


def test_mine_beside_the_class_answer() -> None:
    answer = ClassAnswer(7, frozenset({1, 2}), "vote", "", {}, {})
    mine = results.beside(answer, frozenset({2, 3}))
    assert (mine.same, mine.only_mine, mine.only_class, mine.alike) == ({2}, {3}, {1}, False)
    assert results.beside(answer, frozenset({1, 2})).alike
