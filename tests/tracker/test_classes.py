"""Coming into a class, coming back, and what its teacher does: codes, slips, new return codes, pause, erasure."""

import re
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select, update

from positions.classes import codes, membership, pseudonyms, rooms, slips
from positions.classes.membership import NO_CODE, TAKEN, WRONG
from positions.classes.models import ClassMember, ClassRequest, ClassRoom, ClassSignIn
from tests.tracker.calling import site
from tests.tracker.desk import Desk, Visitor, desk_on
from tests.tracker.school import School, assign, hand_in, mark, school_of
from tracker import checkup
from tracker.accounts import audit
from tracker.accounts.models import RateCount
from tracker.classes import erased, purging
from tracker.config import Config
from tracker.db import Database
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.models import now

CODE = re.compile(r'class="big-code">([\w-]+)<')
FIELD = re.compile(r'name="(member|returning)" value="(\w+)"')
NAME = re.compile(r'name="name" value="([^"]+)"')
SLIP = re.compile(r'class="slip-name" lang="en">([^<]+)<.*?class="slip-code">([\w-]+)<', re.DOTALL)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home = tmp_path_factory.mktemp("classes")
    desk = desk_on(site(home, f"sqlite:///{home / 'tracker.db'}"))
    yield desk
    desk.database.dispose()


def room_of(school: School) -> str:
    return f"/desk/classes/{school.key}"


def filled(visitor: Visitor, code: str) -> dict[str, str]:
    """The form of a class's door as a student sends it: the first name that is offered."""
    html = visitor.get(f"/classes/join/{code}").text
    return {**dict(FIELD.findall(html)), "name": NAME.findall(html)[0]}


def cookies(visitor: Visitor) -> str:
    held = visitor.client.get_cookie("__Host-class", domain="localhost")
    return held.value if held else ""


def test_a_teacher_sets_a_class_up_and_a_student_joins_in_three_steps(desk: Desk) -> None:
    teacher = desk.as_("teacher")
    term = re.findall(r'name="term" type="date" value="([^"]+)"', teacher.get("/desk/classes/new").text)[0]
    made = {"title": "Civics <3>", "most": "30", "lang": "en", "term": term, "comments": "1"}
    answer = teacher.post("/desk/classes/new", made)
    room = answer.headers["Location"]
    assert teacher.post(f"{room}/door", {"lasts": "lesson"}).status_code == 303
    code = CODE.findall(teacher.get(room).text)[0]
    wall = teacher.get(f"{room}/projector")
    assert code in wall.text and "0 of 30 here" in wall.text and "data:image/svg+xml" in wall.text
    part = teacher.get(f"{room}/projector", **{"HX-Request": "true"}).text
    assert code in part and "<html" not in part

    student = desk.nobody()
    shown = student.get(f"/classes/join?code={code.lower().replace('-', ' ')}")
    assert shown.status_code == 303
    html = student.get(shown.headers["Location"])
    assert "Civics &lt;3&gt;" in html.text and len(set(NAME.findall(html.text))) == 3
    assert not re.search(r'type="(?:email|password|tel)"', html.text)
    form = filled(student, codes.read_code(code))
    answer = student.post(shown.headers["Location"], form)
    assert answer.status_code == 200 and form["name"] in answer.text
    assert CODE.findall(answer.text)[0] == codes.shown(form["returning"])
    assert "no-store" in answer.headers["Cache-Control"]
    given = answer.headers["Set-Cookie"]
    assert all(part in given for part in ("__Host-class=", "Secure", "HttpOnly", "SameSite=Lax", "Path=/"))
    assert "Max-Age" not in given
    assert form["name"] in student.get("/classes/mine").text
    assert "1 of 30 here" in teacher.get(f"{room}/projector").text
    assert student.get("/es/classes/mine").status_code == 200


def test_a_form_sent_twice_is_one_student(desk: Desk) -> None:
    school, student = school_of(desk, 0), desk.nobody()
    form = filled(student, school.join_code)
    answers = [student.post(f"/classes/join/{school.join_code}", form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert all(codes.shown(form["returning"]) in answer.text for answer in answers)
    with desk.database.read() as session:
        assert membership.joined(session, school.class_id) == 1


def test_nobody_chooses_a_name_of_their_own_or_one_that_is_taken(desk: Desk) -> None:
    school, student = school_of(desk, 1), desk.nobody()
    path = f"/classes/join/{school.join_code}"
    for name, status in (("Quilla Canary", 422), ("", 422), (school.students[0].seat.pseudonym, 409)):
        answer = student.post(path, {**filled(student, school.join_code), "name": name})
        assert answer.status_code == status and len(NAME.findall(answer.text)) == 3, name
        assert "Set-Cookie" not in answer.headers
    assert TAKEN in answer.text
    wrong = {**filled(student, school.join_code), "returning": "12345678"}
    assert student.post(path, wrong).status_code == 422


def test_a_code_that_opens_nothing_is_told_where_it_was_typed(desk: Desk) -> None:
    answer = desk.nobody().get("/classes/join/CDFGHJK")
    assert answer.status_code == 404 and NO_CODE in answer.text and 'value="CDFGHJK"' in answer.text


def test_thirty_students_behind_one_address_join_and_no_address_is_kept(desk: Desk) -> None:
    school = school_of(desk, 0)
    for _ in range(30):
        student = desk.nobody()
        form = filled(student, school.join_code)
        assert student.post(f"/classes/join/{school.join_code}", form).status_code == 200
    desk.nobody().get("/classes/join/CDFGHJK")
    with desk.database.read() as session:
        keys = [row.key for row in session.exec(select(RateCount)) if "classes" in row.key]
        assert membership.joined(session, school.class_id) == 30
    assert keys and not [key for key in keys if "127.0.0.1" in key]


def test_guesses_are_counted_and_found_codes_are_not(desk: Desk) -> None:
    school = school_of(desk, 0)
    desk.nobody().get("/classes/join/CDFGHJK")
    counted = select(RateCount).where(col(RateCount.key).contains("classes.choose"))
    with desk.database.read() as session:
        before = session.exec(counted).one().count
    assert desk.nobody().get(f"/classes/join/{school.join_code}").status_code == 200
    assert desk.nobody().get("/classes/join/CDFGHJK").status_code == 404
    with desk.database.write() as session:
        assert session.exec(counted).one().count == before + 1
        session.execute(update(RateCount).where(col(RateCount.key).contains("classes.choose")).values(count=1000))
    assert desk.nobody().get("/classes/join/CDFGHJK").status_code == 429
    wrong = [desk.nobody().post("/classes/join/CDFGHJK").status_code for _ in range(2)]
    with desk.database.read() as session:
        posted = select(RateCount).where(col(RateCount.key).contains("join_sent"), col(RateCount.key).contains("1000"))
        assert wrong == [404, 404] and session.exec(posted).one().count == 2
    with desk.database.write() as session:
        session.execute(update(RateCount).where(col(RateCount.key).contains("classes.choose")).values(count=0))


def test_a_class_takes_as_many_as_it_may(database: Database) -> None:
    with database.write() as session:
        key = rooms.start(session, 1, "Small", now().date() + timedelta(days=9), most=2)
        code = rooms.open_door(session, 1, key, timedelta(hours=1))
    ended: list[str] = []

    def come() -> None:
        try:
            with database.write() as session:
                name = pseudonyms.offered(())[0]
                membership.join(session, code, codes.new_key(), name, codes.new_code())
            ended.append("in")
        except Conflict:
            ended.append("full")

    threads = [threading.Thread(target=come) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ended) == ["full"] * 4 + ["in"] * 2
    with database.read() as session, pytest.raises(Conflict):
        membership.door(session, code)


def test_a_code_ends_with_its_time_with_the_next_one_and_when_it_is_closed(desk: Desk) -> None:
    school = school_of(desk, 1)
    room = room_of(school)
    with desk.database.read() as session, pytest.raises(NotFound):
        membership.door(session, school.join_code, lambda: now() + timedelta(hours=3))
    assert school.teacher.post(f"{room}/door", {"lasts": "week"}).status_code == 303
    second = codes.read_code(CODE.findall(school.teacher.get(room).text)[0])
    assert desk.nobody().get(f"/classes/join/{school.join_code}").status_code == 404
    assert desk.nobody().get(f"/classes/join/{second}").status_code == 200
    assert school.teacher.post(f"{room}/door", {"lasts": "close"}).status_code == 303
    assert desk.nobody().get(f"/classes/join/{second}").status_code == 404
    assert school.students[0].visitor.get("/classes/mine").status_code == 200
    assert "Nobody new can join now" in school.teacher.get(f"{room}/projector").text


def test_a_student_leaves_a_shared_computer_and_comes_back_on_another(desk: Desk) -> None:
    student = school_of(desk, 1).students[0]
    answer = student.visitor.post("/classes/leave")
    assert answer.status_code == 303 and answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert student.visitor.get("/classes/mine").status_code == 303
    elsewhere = desk.nobody()
    typed = {"name": student.seat.pseudonym.lower().replace(" ", ""), "code": codes.shown(student.code).lower()}
    back = elsewhere.post("/classes/return", {**typed, "stays": "1"})
    assert back.status_code == 303 and "Max-Age" in back.headers["Set-Cookie"]
    assert student.seat.pseudonym in elsewhere.get("/classes/mine").text
    with desk.database.read() as session:
        a_year_on = now() + timedelta(days=29)
        assert membership.seat_of(session, cookies(elsewhere), lambda: a_year_on)
        assert not membership.seat_of(session, cookies(elsewhere), lambda: a_year_on + timedelta(days=2))


def test_a_seat_on_a_shared_computer_ends_by_itself(desk: Desk) -> None:
    student = school_of(desk, 1).students[0]
    with desk.database.read() as session:
        assert membership.seat_of(session, student.secret, lambda: now() + timedelta(hours=11))
        assert not membership.seat_of(session, student.secret, lambda: now() + timedelta(hours=13))


def test_wrong_return_codes_are_limited_for_each_name_and_for_no_other(desk: Desk) -> None:
    one, other = school_of(desk, 2).students
    stranger = desk.nobody()
    for _ in range(20):
        wrong = stranger.post("/classes/return", {"name": one.seat.pseudonym, "code": "CDFGHJKM"})
        assert wrong.status_code == 422 and WRONG in wrong.text
    assert stranger.post("/classes/return", {"name": one.seat.pseudonym, "code": one.code}).status_code == 429
    assert stranger.post("/classes/return", {"name": other.seat.pseudonym, "code": other.code}).status_code == 303


def test_a_new_return_code_ends_the_old_one_and_every_open_browser_at_once(desk: Desk) -> None:
    school = school_of(desk, 2)
    one, other = school.students
    answer = school.teacher.post(f"{room_of(school)}/students/{one.seat.key}/code")
    assert answer.status_code == 201 and "no-store" in answer.headers["Cache-Control"]
    code = codes.read_code(CODE.findall(answer.text)[0])
    assert one.visitor.get("/classes/mine").headers["Location"] == "/classes/join"
    assert one.visitor.post("/classes/leave").status_code == 401
    assert other.visitor.get("/classes/mine").status_code == 200
    again = desk.nobody()
    assert again.post("/classes/return", {"name": one.seat.pseudonym, "code": one.code}).status_code == 422
    assert again.post("/classes/return", {"name": one.seat.pseudonym, "code": code}).status_code == 303
    assert again.get("/classes/mine").status_code == 200
    assert code not in school.teacher.get(room_of(school)).text


def test_a_slip_takes_its_place_once_and_leads_back_to_it(desk: Desk) -> None:
    school = school_of(desk, 0)
    room = room_of(school)
    printed = school.teacher.post(f"{room}/slips", {"n": "3"})
    assert printed.status_code == 200 and "no-store" in printed.headers["Cache-Control"]
    found = SLIP.findall(printed.text)
    assert len(found) == len(set(found)) == 3
    with desk.database.read() as session:
        keys = {one.pseudonym: one.key for one in membership.members(session, school.class_id)}
    name, code = found[0]
    path = f"/classes/slip/{keys[name]}{codes.read_code(code)}"
    student = desk.nobody()
    shown = student.get(path)
    assert name in shown.text and shown.headers["Referrer-Policy"] == "no-referrer"
    assert "0 of 60 here" in school.teacher.get(f"{room}/projector").text
    assert student.post(path).headers["Location"] == "/classes/mine"
    assert name in student.get("/classes/mine").text
    assert "been here before" in desk.nobody().get(path).text and desk.nobody().post(path).status_code == 303
    assert all(name in school.teacher.get(f"{room}/roster").text for name, _ in found)

    again = SLIP.findall(school.teacher.post(f"{room}/slips", {"n": "3"}).text)
    assert len(again) == 3 and {name for name, _ in again} > {name for name, _ in found[1:]}
    old = f"/classes/slip/{keys[found[1][0]]}{codes.read_code(found[1][1])}"
    assert desk.nobody().get(old).status_code == 404
    assert school.teacher.post(f"{room}/slips", {"n": "99"}).status_code == 422
    assert school.teacher.post(f"{room}/slips/cancel").status_code == 303
    with desk.database.read() as session:
        assert [one.pseudonym for one in membership.members(session, school.class_id)] == [name]


def test_a_slip_of_a_full_class_says_so(desk: Desk) -> None:
    school = school_of(desk, 1)
    with desk.database.write() as session:
        slip = slips.prepare(session, school.teacher_id, school.key, 1)[0]
        session.execute(update(ClassRoom).where(col(ClassRoom.id) == school.class_id).values(most=1))
    answer = desk.nobody().post(f"/classes/slip/{slip.secret}")
    assert answer.status_code == 409 and "full" in answer.text


def test_joining_another_class_ends_the_seat_in_the_first(desk: Desk) -> None:
    first, second = school_of(desk, 1), school_of(desk, 0)
    student = first.students[0]
    form = filled(student.visitor, second.join_code)
    assert student.visitor.post(f"/classes/join/{second.join_code}", form).status_code == 200
    with desk.database.read() as session:
        assert membership.seat_of(session, student.secret) is None


def test_a_class_is_paused_and_goes_on(desk: Desk) -> None:
    school = school_of(desk, 1)
    assert school.teacher.post(f"{room_of(school)}/pause", {"paused": "1"}).status_code == 303
    assert "paused the class" in school.students[0].visitor.get("/classes/mine").text
    with desk.database.read() as session:
        seat = membership.seat_of(session, school.students[0].secret)
    assert seat is not None and seat.paused
    assert school.teacher.post(f"{room_of(school)}/pause").status_code == 303
    assert "paused the class" not in school.students[0].visitor.get("/classes/mine").text


def test_a_class_can_be_kept_longer_within_a_limit(desk: Desk) -> None:
    school = school_of(desk, 1)
    path, day = f"{room_of(school)}/settings", now().date()
    held = {"title": "Civics, again", "most": "12"}
    for purge_on, status in (
        (day, 422),
        (day + timedelta(days=401), 422),
        ("soon", 422),
        (day + timedelta(days=400), 303),
    ):
        assert school.teacher.post(path, {**held, "purge_on": str(purge_on)}).status_code == status, purge_on
    with desk.database.read() as session:
        seat = membership.seat_of(session, school.students[0].secret)
    assert seat is not None and seat.class_title == "Civics, again" and not seat.comments


def test_a_student_deletes_what_is_not_handed_in(desk: Desk) -> None:
    school = school_of(desk, 2)
    one, other = school.students
    first, second = assign(school), assign(school)
    for key in (first, second):
        mark(school, one, key, "mine to delete")
    hand_in(school, one, first)
    assert one.visitor.post("/classes/mine/delete").status_code == 422
    assert one.visitor.post("/classes/mine/delete", {"sure": "1"}).headers["Location"] == "/classes/mine"
    held = one.visitor.get("/classes/mine/everything.json").json
    assert [len(work["marks"]) for work in held["work"]] == [1, 0]
    assert one.visitor.post("/classes/mine/delete", {"sure": "1"}).status_code == 409
    mark(school, other, first, "never handed in")
    gone = other.visitor.post("/classes/mine/delete", {"sure": "1"})
    assert gone.headers["Location"] == "/classes" and other.visitor.get("/classes/mine").status_code == 303
    with desk.database.read() as session:
        assert membership.joined(session, school.class_id) == 1


def test_everything_of_a_student_is_given_to_a_parent_and_the_student_is_told(desk: Desk) -> None:
    school = school_of(desk, 1)
    student, path = school.students[0], f"{room_of(school)}/students/{school.students[0].seat.key}"
    mark(school, student, assign(school), "A draft <b>of mine</b>")
    assert "took everything" not in student.visitor.get("/classes/mine").text
    assert school.teacher.post(f"{path}/everything").status_code == 422
    asked = {"parent": "1", "as": "page"}
    answer = school.teacher.post(f"{path}/everything", asked)
    assert "A draft &lt;b&gt;of mine&lt;/b&gt;" in answer.text and "no-store" in answer.headers["Cache-Control"]
    file = school.teacher.post(f"{path}/everything", {**asked, "as": "json"})
    assert file.mimetype == "application/json" and student.seat.pseudonym not in file.headers["Content-Disposition"]
    assert file.json["work"][0]["marks"][0]["says"] == ["A draft <b>of mine</b>"]
    assert "took everything" in student.visitor.get("/classes/mine").text
    assert "A draft &lt;b&gt;of mine" in student.visitor.get("/classes/mine/everything").text
    assert student.visitor.get("/classes/mine/everything.json").json == file.json


def test_requests_are_asked_answered_and_erased(desk: Desk) -> None:
    teacher, editor = desk.nobody(), desk.editor("Edna Editor")
    form = {"request": codes.new_key(), "name": "Tia", "school": "North High", "contact": "tia@example.org"}
    for _ in range(2):
        assert teacher.post("/classes/ask", form).status_code == 303
    assert teacher.post("/classes/ask", {**form, "name": ""}).status_code == 422
    assert teacher.post("/classes/ask", {**form, "website": "x"}).status_code == 422
    with desk.database.read() as session:
        (row,) = session.exec(select(ClassRequest)).all()
    assert "tia@example.org" in editor.get("/desk/classes/requests").text
    assert "Requests for classes" in editor.get("/desk").text
    invited = editor.post(f"/desk/classes/requests/{row.key}/invite")
    welcome = re.findall(r"/welcome/[\w-]+", invited.text)[0]
    assert editor.post(f"/desk/classes/requests/{row.key}/decline").status_code == 409
    named = {"name": "Tia Teacher", "password": "a sentence nobody guesses"}
    assert teacher.post(welcome, named).status_code == 303
    assert teacher.get("/desk/classes").status_code == 200
    purging.purge(desk.database, desk.app.config["TRACKER"], lambda: now() + timedelta(days=29))
    with desk.database.read() as session:
        assert session.exec(select(ClassRequest)).all()
    purging.purge(desk.database, desk.app.config["TRACKER"], lambda: now() + timedelta(days=31))
    with desk.database.read() as session:
        assert not session.exec(select(ClassRequest)).all()


def test_the_log_says_what_was_done_to_a_class_and_names_nobody(desk: Desk) -> None:
    school = school_of(desk, 1)
    one, room = school.students[0], room_of(school)
    school.teacher.post(f"{room}/students/{one.seat.key}/code")
    school.teacher.post(f"{room}/students/{one.seat.key}/remove", {"sure": "1"})
    school.teacher.post(f"{room}/erase", {"sure": "1"})
    with desk.database.read() as session:
        entries = [entry for entry in audit.latest(session)[0] if entry.account_id == school.teacher_id]
    assert [entry.act for entry in entries] == ["erase class", "remove student", "new return code"]
    said = " ".join(f"{entry.subject} {entry.detail}" for entry in entries)
    assert one.seat.pseudonym not in said and school.key not in said and one.seat.key not in said


def test_a_class_goes_on_its_day_by_itself(tmp_path: Path, database_url: str) -> None:
    desk = desk_on(site(tmp_path, database_url))
    school = school_of(desk, 1)
    key = assign(school)
    mark(school, school.students[0], key, "Gone one day")
    config = desk.app.config["TRACKER"]
    assert purging.purge(desk.database, config, lambda: now() + timedelta(days=28)) == 0
    later = now() + timedelta(days=31)
    assert purging.purge(desk.database, config, lambda: later) == 1
    with desk.database.read() as session:
        assert not [*session.exec(select(ClassRoom)), *session.exec(select(ClassMember))]
        assert not session.exec(select(ClassSignIn)).all()
        assert [entry.name for entry in audit.latest(session)[0] if entry.act == "erase class"] == [purging.WORKER]
    desk.database.dispose()


def test_nobody_joins_over_http_from_elsewhere(tmp_path: Path) -> None:
    there = site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}")
    desk = desk_on(there, TRACKER_SITE_URL="http://votes.example")
    school = school_of(desk, 0)
    student = desk.nobody()
    answer = student.post(f"/classes/join/{school.join_code}", filled(student, school.join_code))
    assert answer.status_code == 400 and "https" in answer.text
    desk.database.dispose()


def test_a_class_that_is_made_wrongly_is_told_so(desk: Desk) -> None:
    teacher = desk.as_("teacher")
    made = {"title": "X", "most": "30", "lang": "en", "term": str(now().date())}
    for wrong in ({"title": ""}, {"most": "0"}, {"most": "201"}, {"lang": "xx"}, {"term": "2031-01-01"}, {"term": "?"}):
        assert teacher.post("/desk/classes/new", {**made, **wrong}).status_code == 422, wrong
    with desk.database.write() as session, pytest.raises(Refusal):
        rooms.start(session, 1, " ", now().date() + timedelta(days=5))


def test_a_name_in_a_title_is_warned_of_and_kept(desk: Desk) -> None:
    school = school_of(desk, 0, "Quilla Canary’s group")
    assert "somebody’s full name" in school.teacher.get(room_of(school)).text
    other = school_of(desk, 0, "Civics, period 4")
    assert "looks as if" not in other.teacher.get(room_of(other)).text


def test_doctor_tells_of_a_class_nobody_erased(tmp_path: Path) -> None:
    desk = desk_on(site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}"))
    school = school_of(desk, 1)
    with desk.database.write() as session:
        late = update(ClassRoom).where(col(ClassRoom.id) == school.class_id)
        session.execute(late.values(purge_on=now().date() - timedelta(days=3)))
    found = [one.what for one in checkup.findings(desk.app.config["TRACKER"]) if "classes" in one.what]
    assert len(found) == 1
    purging.purge(desk.database, desk.app.config["TRACKER"])
    assert not [one for one in checkup.findings(desk.app.config["TRACKER"]) if "classes" in one.what]
    desk.database.dispose()


class Once(threading.Event):
    """Lets the worker look once."""

    def wait(self, timeout: float | None = None) -> bool:
        self.set()
        return True


def test_the_worker_erases_what_is_due_and_writes_the_file_anew_at_night(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_on(site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}"))
    config, school = desk.app.config["TRACKER"], school_of(desk, 1)
    with desk.database.write() as session:
        session.execute(update(ClassRoom).where(col(ClassRoom.id) == school.class_id).values(purge_on=now().date()))
    monkeypatch.setattr(purging, "NIGHT", ())
    purging.work(desk.database, config, Once())
    with desk.database.read() as session:
        assert not session.exec(select(ClassRoom)).all()
    assert erased.waits(config)
    monkeypatch.setattr(purging, "NIGHT", range(24))
    purging.work(desk.database, config, Once())
    assert not erased.waits(config)
    desk.database.dispose()


def test_a_worker_in_trouble_says_so_and_goes_on(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    config = Config.from_env({"TRACKER_HOME": str(tmp_path), "TRACKER_ZONE": "Nowhere/Atall"})
    with Database(config.database_url) as database:
        purging.work(database, config, Once())
    assert "waits to be erased" in caplog.text
