"""What a class made of it, on its pages: not before it may be seen; decided together; beside one's own; into the record by an editor."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, select

from positions.classes.models import Nomination, Submission
from positions.classes.visibility import Policy, Scope
from positions.models import Contest
from tests.positions.town import load_text
from tests.tracker.calling import site
from tests.tracker.desk import Desk, desk_on
from tests.tracker.reading_class import WANTED, Given, give
from tests.tracker.school import school_of

FIGURES = "?figures=1"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home = tmp_path_factory.mktemp("results")
    desk = desk_on(site(home, f"sqlite:///{home / 'tracker.db'}"))
    load_text(desk.database)
    yield desk
    desk.database.dispose()


@pytest.fixture
def given(desk: Desk) -> Given:
    """A class of six: five say the first answer is about buses and hand in, the sixth has a draft."""
    given = give(school_of(desk, 6))
    for n in range(6):
        given.put(n, comment=f"Note of number {n}")
        if n < 2:
            given.put(n, 1, "vague")
    given.hand_in(0, 1, 2, 3, 4)
    return given


def results(given: Given, n: int) -> str:
    return given.student(n).get(f"/classes/work/{given.key}/results").text


def test_before_it_may_be_seen_a_page_says_why_and_when_and_counts_nothing(desk: Desk, given: Given) -> None:
    page = results(given, 5)
    assert "You see what the class made of it when you have handed in your own work" in page
    assert "Note of number" not in page and "agreed" not in page
    from_day = replace(WANTED, policy=Policy.UNTIL, seen_from=datetime(2199, 3, 1, 12, tzinfo=UTC))
    later = give(given.school, from_day)
    later.hand_in(0)
    assert "From Mar 1, 2199" in results(later, 0)
    alone = give(given.school, replace(WANTED, policy=Policy.PRIVATE))
    alone.hand_in(0, 1)
    assert "stays their own" in results(alone, 0)
    assert given.student(5).get("/classes/work/nothing/results").status_code == 404


def test_results_begin_with_a_sentence_and_the_most_split_answer(given: Given) -> None:
    page = results(given, 0)
    assert "On 3 of 4 answers at least 4 in 5 of you agreed; the most split: answer 2." in page
    assert page.index("Answer 2 ·") < page.index("Answer 1 ·")
    assert "5 of 5" in page and "Note of number 4" in page and "Note of number 5" not in page
    assert "For researchers" in page and "Krippendorff" not in page
    told = given.student(0).get(f"/classes/work/{given.key}/results{FIGURES}").text
    assert "Krippendorff’s alpha, nominal" in told and "Gwet’s AC1" in told and "Every two students" not in told
    teacher = given.school.teacher.get(f"{given.desk_path}/results{FIGURES}").text
    assert "A – B" in teacher and "D – E" in teacher and "not computable" not in teacher


def test_what_cannot_be_computed_is_said_in_words(desk: Desk) -> None:
    given = give(school_of(desk, 2))
    given.hand_in(0, 1)
    page = given.school.teacher.get(f"{given.desk_path}/results{FIGURES}").text
    assert "not computable: Everyone used one value." in page
    assert "You are split over none" not in page and "you are split over none of them." in page


def test_a_thread_is_written_by_those_who_may_read_it_and_tidied_by_the_teacher(given: Given) -> None:
    passage = given.sheet().answers[1].id
    where = f"/classes/work/{given.key}/results/reply"
    assert given.student(0).post(where, {"passage": passage, "text": "It names no date."}).status_code == 303
    refused = given.student(5).post(where, {"passage": passage, "text": "Let me in"})
    assert refused.status_code == 422 and "It names no date" not in refused.text
    empty = given.student(0).post(where, {"passage": passage, "text": " "})
    assert empty.status_code == 422 and "Write something." in empty.text
    assert "It names no date." in results(given, 1)
    page = given.school.teacher.get(f"{given.desk_path}/results").text
    which = page.split('name="which" value="')
    reply = next(
        part.split('"')[0] for part, before in zip(which[1:], which, strict=False) if "It names no date" in before
    )
    hide = {"which": reply, "passage": passage, "hidden": "1"}
    assert given.school.teacher.post(f"{given.desk_path}/results/hide", hide).status_code == 303
    assert "It names no date." not in results(given, 1)
    assert "only you see it" in results(given, 0)
    assert given.school.teacher.post(f"{given.desk_path}/results/hide", {**hide, "hidden": ""}).status_code == 303
    assert "It names no date." in results(given, 1)
    said = {"passage": passage, "text": "Read the last line again."}
    assert given.school.teacher.post(f"{given.desk_path}/results/reply", said).status_code == 303
    assert "Your teacher" in results(given, 1)


def test_a_note_of_the_teachers_is_read_while_students_mark(given: Given) -> None:
    passage = given.sheet().answers[1].id
    for text, seed in (("Mind the date.", "1"), ("For later.", "")):
        note = {"passage": passage, "text": text, "seed": seed}
        assert given.school.teacher.post(f"{given.desk_path}/results/reply", note).status_code == 303
    page = given.student(5).get(f"/classes/work/{given.key}").text
    assert "Your teacher says: Mind the date." in page and "For later." not in page
    given.student(5).post(f"/classes/work/{given.key}/results/reply", {"passage": passage, "text": "x", "seed": "1"})
    assert "Mind the date." in results(given, 0) and "For later." in results(given, 0)


def test_a_vote_confirmed_stands_beside_what_each_said(given: Given) -> None:
    passage = given.sheet().answers[1].id
    for n in range(5):
        tags = ["vague"] if n < 4 else []
        answer = given.student(n).post(f"/classes/work/{given.key}/results/vote", {"passage": passage, "tag": tags})
        assert answer.status_code == 303
    assert "You voted: change your vote" in results(given, 0)
    assert "5 votes:" in given.school.teacher.get(f"{given.desk_path}/results").text
    decided = {"passage": passage, "by": "vote"}
    assert given.school.teacher.post(f"{given.desk_path}/results/decide", decided).status_code == 303
    split, agreed = results(given, 4), results(given, 0)
    assert "decided by a vote" in split and "4 of 5 voted for it" in split
    assert "Only the class:" in split and "That is the class answer too." in agreed
    printed = given.student(4).get(f"/classes/work/{given.key}/print").text
    assert "The class answer:" in printed and "Note of number 4" in printed and "You said something else." in printed
    assert "Note of number 3" not in printed
    late = given.student(0).post(f"/classes/work/{given.key}/results/vote", {"passage": passage})
    assert late.status_code == 409 and "decided meanwhile" in late.text


def test_the_teacher_decides_with_a_reason_and_nobody_elses_teacher_does(desk: Desk, given: Given) -> None:
    passage = given.sheet().answers[0].id
    path = f"{given.desk_path}/results/decide"
    without = given.school.teacher.post(path, {"passage": passage, "by": "teacher", "tag": "buses"})
    assert without.status_code == 422 and "Say why" in without.text
    why = {"passage": passage, "by": "teacher", "tag": "buses", "reason": "She names the 20 line."}
    assert desk.as_("teacher").post(path, why).status_code == 404
    other = give(school_of(desk, 1))
    assert (
        given.school.teacher.get(f"/desk/classes/{other.school.key}/assignments/{given.key}/results").status_code == 404
    )
    assert given.school.teacher.post(path, why).status_code == 303
    assert "She names the 20 line." in results(given, 0) and "decided by the teacher" in results(given, 0)


def test_reveal_opens_it_to_everybody_and_the_projector_shows_no_name(given: Given) -> None:
    teacher = given.school.teacher
    assert "5 students have handed in so far" in teacher.get(f"{given.desk_path}/results").text
    assert teacher.post(f"{given.desk_path}/results/reveal").status_code == 303
    assert "the most split: answer 2" in results(given, 5) and "Note of number 5" in results(given, 5)
    wall = teacher.get(f"{given.desk_path}/results/projector").text
    assert "On 3 of 4 answers" in wall and "Answer 2 ·" in wall and "2 of 5" in wall
    assert not [one for one in given.school.students if one.seat.pseudonym in wall]
    assert "Note of number" not in wall


def test_the_overview_is_by_name_and_tells_nothing_of_a_draft(given: Given) -> None:
    page = given.school.teacher.get(f"{given.desk_path}/overview").text
    names = sorted(one.seat.pseudonym for one in given.school.students)
    assert sorted(names, key=page.index) == names
    assert "5 of 6 have handed in." in page and "5 marks" in page
    answer = given.school.teacher.get(f"{given.desk_path}/overview/completion.csv")
    rows = {row["student"]: row for row in csv.DictReader(io.StringIO(answer.text))}
    seats = [one.seat.pseudonym for one in given.school.students]
    today = datetime.now(UTC).date().isoformat()
    assert (rows[seats[0]]["state"], rows[seats[0]]["marks"], rows[seats[0]]["late"]) == ("submitted", "2", "no")
    assert rows[seats[0]]["handed_in"] == today
    assert rows[seats[5]] == {"student": seats[5], "state": "draft", "handed_in": "", "late": "no", "marks": ""}
    draft = given.school.teacher.get(f"{given.desk_path}/overview/{given.member(5)}").text
    assert "A draft is its student’s alone" in draft and "Note of number 5" not in draft


def test_work_is_read_commented_given_back_and_given_time(given: Given) -> None:
    mark = given.sheet()
    teacher, one = given.school.teacher, f"{given.desk_path}/overview/{given.member(0)}"
    page = teacher.get(one).text
    assert "Note of number 0" in page and "Note of number 1" not in page
    key = page.split('name="mark" value="')[1].split('"')[0]
    assert teacher.post(f"{one}/comment", {"mark": key, "text": "Which words?"}).status_code == 303
    assert "Which words?" in teacher.get(one).text
    assert "Which words?" in given.student(0).get(f"/classes/work/{given.key}/print").text
    assert "Which words?" not in results(given, 0) + results(given, 1)
    assert teacher.post(f"{one}/return", {"remark": "Look at answer 3 too."}).status_code == 303
    assert teacher.post(f"{one}/return", {"remark": "Again"}).status_code == 409
    assert "Look at answer 3 too." in given.student(0).get(f"/classes/work/{given.key}/print").text
    assert teacher.post(f"{one}/more-time", {"until": "2199-03-01"}).status_code == 303
    assert 'value="2199-03-01"' in teacher.get(one).text
    assert teacher.post(f"{one}/more-time", {"until": "soon"}).status_code == 422
    assert teacher.get(f"{given.desk_path}/overview/999999").status_code == 404
    assert mark.key == given.key


def test_whoever_hands_in_late_is_late(given: Given) -> None:
    with given.school.desk.database.write() as session:
        row = session.exec(select(Submission).where(Submission.member_id == given.member(1))).one()
        row.until = datetime.now(UTC) - timedelta(days=1)
        session.add(row)
    assert "late" in given.school.teacher.get(f"{given.desk_path}/overview/{given.member(1)}").text


def put_forward(given: Given) -> str:
    """Decide the first answer and put its topic forward; returns the nomination's key."""
    sheet, teacher = given.sheet(), given.school.teacher
    passage, tag = sheet.answers[0].id, sheet.tags[0].id
    why = {"passage": passage, "by": "teacher", "tag": "buses", "reason": "She names the line."}
    assert teacher.post(f"{given.desk_path}/results/decide", why).status_code == 303
    assert "Put “Buses” forward for the record" in teacher.get(f"{given.desk_path}/results").text
    answer = teacher.post(f"{given.desk_path}/results/nominate", {"passage": passage, "tag": tag})
    assert answer.status_code == 303
    with given.school.desk.database.read() as session:
        return session.exec(select(Nomination.key).order_by(col(Nomination.id).desc())).first() or ""


def test_an_editor_accepts_what_a_class_puts_forward_and_the_page_says_so(desk: Desk, given: Given) -> None:
    key, editor = put_forward(given), desk.editor(f"Edith {given.key[:6]}")
    turn = given.sheet().answers[0].key
    queue = editor.get("/desk/nominations").text
    assert "5 of 5 students" in queue and "decided by the teacher" in queue
    before = desk.nobody().get(f"/turns/{turn}").text
    assert "Put forward by a class" not in before
    assert desk.as_("teacher").post(f"/desk/nominations/{key}/accept").status_code == 403
    assert editor.post(f"/desk/nominations/{key}/accept").status_code == 303
    public = desk.nobody().get(f"/turns/{turn}").text
    assert f"Put forward by a class (5 students took part), accepted by Edith {given.key[:6]}" in public
    everybody = [one.seat.pseudonym for one in given.school.students]
    assert not [name for name in everybody if name in public + queue]
    assert "accepted into the record" in given.school.teacher.get(f"{given.desk_path}/results").text
    assert editor.post(f"/desk/nominations/{key}/accept").status_code == 409


def test_a_declined_one_tells_the_teacher_why(desk: Desk) -> None:
    given = give(school_of(desk, 5))
    for n in range(5):
        given.put(n, 2)
    given.hand_in(*range(5))
    sheet, teacher = given.sheet(), given.school.teacher
    passage = sheet.answers[2].id
    why = {"passage": passage, "by": "teacher", "tag": "buses", "reason": "So it seems."}
    assert teacher.post(f"{given.desk_path}/results/decide", why).status_code == 303
    teacher.post(f"{given.desk_path}/results/nominate", {"passage": passage, "tag": sheet.tags[0].id})
    with desk.database.read() as session:
        key = session.exec(select(Nomination.key).where(Nomination.state == "nominated")).one()
    editor = desk.editor(f"Edith {given.key[:6]}")
    assert editor.post(f"/desk/nominations/{key}/decline", {"reason": ""}).status_code == 422
    assert editor.post(f"/desk/nominations/{key}/decline", {"reason": "It is about trains."}).status_code == 303
    assert "It is about trains." in teacher.get(f"{given.desk_path}/results").text
    assert "It is about trains." in editor.get("/desk/nominations").text


def test_the_freeze_holds_an_acceptance(tmp_path_factory: pytest.TempPathFactory) -> None:
    home = tmp_path_factory.mktemp("held")
    desk = desk_on(site(home, f"sqlite:///{home / 'tracker.db'}"))
    load_text(desk.database)
    given = give(school_of(desk, 5))
    for n in range(5):
        given.put(n)
    given.hand_in(*range(5))
    key, editor = put_forward(given), desk.editor()
    with desk.database.write() as session:
        race = session.exec(select(Contest)).one()
        race.election_date = datetime.now(UTC).date() + timedelta(days=3)
        race.zone = "UTC"
        session.add(race)
    answer = editor.post(f"/desk/nominations/{key}/accept")
    assert answer.status_code in (409, 422) and "is frozen before its election day" in answer.text
    desk.database.dispose()


def test_notes_for_the_teacher_or_for_oneself_stand_in_no_thread(desk: Desk) -> None:
    given = give(school_of(desk, 2))
    given.put(0, comment="For my teacher", scope=Scope.TEACHER)
    given.put(0, 1, comment="For me", scope=Scope.PRIVATE)
    given.hand_in(0, 1)
    page = given.school.teacher.get(f"{given.desk_path}/results").text
    assert "For my teacher" not in page + results(given, 1) and "For me" not in page
    read = given.school.teacher.get(f"{given.desk_path}/overview/{given.member(0)}").text
    assert "For my teacher" in read and "For me" not in read
