"""Who else finds anything of a class: nobody. Two classes against each other, fifty canaries, and what is left after erasing."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import SQLModel, col, select, update
from werkzeug.test import TestResponse

from positions.classes.models import ClassMember, ClassRoom
from positions.classes.visibility import Scope
from tests.contracts.test_forgery import rows
from tests.tracker import busy
from tests.tracker.calling import site
from tests.tracker.desk import Desk, Visitor, desk_on
from tests.tracker.school import School, assign, hand_in, mark, school_of
from tests.world import addresses
from tracker import indexing
from tracker.accounts.roles import table
from tracker.classes import erased
from tracker.telling import sending, subscribing
from transcripts.annotation_models import Annotation, AnnotationAnchor, AnnotationBody

CANARY = re.compile(r"Canaryname|canarycomment|Canaryclass")
PLACE = re.compile(r"<(?:(int):)?(\w+)>")
ABSENT = "0" * 32
FORM = {"form_key": "01J0000000000000000000000X", "sure": "1", "parent": "1", "lasts": "day", "n": "1"}
BY_LINK = ("/classes/join", "/classes/slip")
"""Routes that whoever holds a code or a slip may open: their keys are secrets, not names."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home = tmp_path_factory.mktemp("privacy")
    desk = desk_on(site(home, f"sqlite:///{home / 'tracker.db'}"))
    yield desk
    desk.database.dispose()


def keys_of(school: School, assignment: str) -> dict[str, str]:
    """What stands in the places of a route that is this class's own."""
    seat = school.students[0].seat
    return {"room": school.key, "member": seat.key, "key": assignment, "int:member": str(seat.member)}


def path_of(route: str, keys: dict[str, str]) -> str:
    return PLACE.sub(
        lambda place: keys.get(f"int:{place[2]}", "999999") if place[1] else keys.get(place[2], "x"), route
    )


def own_routes(beginning: str) -> list[tuple[str, str]]:
    """Routes of classes that name something of one class, with their methods."""
    return [
        (route, method)
        for route, method in table()
        if route.startswith(beginning)
        and PLACE.search(route)
        and not route.startswith(("/desk/classes/requests", *BY_LINK))
    ]


def opened(visitor: Visitor, path: str, method: str) -> TestResponse:
    return visitor.get(path) if method == "GET" else visitor.post(path, FORM)


def told(answer: TestResponse, path: str) -> str:
    """The page without the address it repeats, and without the keys of its own forms."""
    return re.sub(r"[0-9A-HJKMNP-TV-Z]{26}", "", answer.text.replace(path, ""))


@pytest.mark.parametrize("beginning", ["/desk/classes", "/classes"])
def test_another_class_is_as_absent_as_one_that_never_was(desk: Desk, beginning: str) -> None:
    """Two-tenant replay: every route with a key, other teacher and other student."""
    school, other = school_of(desk, 1), school_of(desk, 1)
    keys = keys_of(school, assign(school))
    strangers = [other.teacher] if beginning == "/desk/classes" else [other.students[0].visitor]
    for route, method in own_routes(beginning):
        for stranger in strangers:
            theirs, never = (
                path_of(route, keys),
                path_of(route, {**dict.fromkeys(keys, ABSENT), "int:member": "999999"}),
            )
            answers = opened(stranger, theirs, method), opened(stranger, never, method)
            assert [answer.status_code for answer in answers] == [404, 404], (route, method)
            assert told(answers[0], theirs) == told(answers[1], never), route
    with desk.database.read() as session:
        assert session.exec(select(ClassRoom).where(ClassRoom.key == school.key)).one().paused_at is None


def test_a_student_of_another_class_is_in_no_room_of_ones_own(desk: Desk) -> None:
    school, other = school_of(desk, 1), school_of(desk, 1)
    for route, method in own_routes("/desk/classes/<room>/students"):
        path = path_of(route, {"room": other.key, "member": school.students[0].seat.key})
        assert opened(other.teacher, path, method).status_code == 404, route


@pytest.fixture(scope="module")
def canaries(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[School, str]]:
    """Fifty students whose names and comments are found wherever they leak; half have handed in."""
    home = tmp_path_factory.mktemp("canaries")
    desk = desk_on(site(home, f"sqlite:///{home / 'tracker.db'}"))
    yield plant(desk)
    desk.database.dispose()


def plant(desk: Desk) -> tuple[School, str]:
    boss = busy.begin(desk)
    busy.add(desk, boss, 0)
    with desk.database.write() as session:
        subscribing.ask(session, "reader@example.org", "q=buses", "weekly", "en", "said.example")
    school = school_of(desk, 50, "Canaryclass 3")
    key = assign(school)
    for n, student in enumerate(school.students):
        mark(school, student, key, f"canarycomment {n}", Scope.PRIVATE if n % 5 == 0 else Scope.CLASS)
        if n % 2:
            hand_in(school, student, key)
    rename(school)
    return school, key


def rename(school: School) -> None:
    """Names that stand in no list, so that finding one is finding a leak."""
    with school.desk.database.write() as session:
        for n, student in enumerate(school.students):
            named = update(ClassMember).where(col(ClassMember.id) == student.seat.member)
            session.execute(named.values(pseudonym=f"Canaryname {n}"))


class Watching(Visitor):
    """A browser that stops at the first canary."""

    def get(self, path: str, **headers: str) -> TestResponse:
        answer = super().get(path, **headers)
        assert not CANARY.search(answer.text) and not CANARY.search(str(answer.headers)), path
        return answer


def test_no_page_shows_a_canary_to_anybody_outside(canaries: tuple[School, str]) -> None:
    """Every public route, every route of classes with the class's own keys in it, and every page that links of the desk lead to."""
    school, key = canaries
    desk, keys, other = school.desk, keys_of(school, key), school_of(school.desk, 1)
    public, kept = set(), set()
    for (route, method), admitted in table().items():
        if method == "GET" and not route.startswith(BY_LINK) and (admitted.public or "/classes" in route):
            (public if admitted.public else kept).add(path_of(route, keys))
    with desk.database.read() as session:
        public.update(addresses(session))
    asked = {desk.nobody(): public, other.teacher: kept, other.students[0].visitor: kept, desk.as_("editor"): kept}
    for visitor, paths in asked.items():
        answers = [Watching(visitor.client).get(path).status_code for path in sorted(paths)]
        assert 200 in answers
    assert len(busy.pages(desk, Watching(desk.as_("editor", "admin", "teacher").client))) > 30
    assert CANARY.search(school.teacher.get(f"/desk/classes/{school.key}").text)


def test_no_file_and_no_other_table_holds_a_canary(
    canaries: tuple[School, str], caplog: pytest.LogCaptureFixture
) -> None:
    """Index, letters, exports, the log and every table that is not the class's own."""
    school, _ = canaries
    desk, config = school.desk, school.desk.app.config["TRACKER"]
    school.teacher.post(f"/desk/classes/{school.key}/students/{school.students[0].seat.key}/code")
    school.students[1].visitor.post("/classes/mine/delete", {"sure": "1"})
    assert indexing.catch_up(desk.database, config)
    assert sending.send(desk.database, config).sent
    ours = {name for name in SQLModel.metadata.tables if name.startswith("class_")}
    ours |= {str(one.__tablename__) for one in (Annotation, AnnotationAnchor, AnnotationBody)}
    with desk.database.read() as session:
        for name in sorted(set(SQLModel.metadata.tables) - ours):
            held = "\n".join(str(tuple(row)) for row in session.execute(text(f'SELECT * FROM "{name}"')))
            assert not CANARY.search(held), name
    files = [path for path in config.home.rglob("*") if path.is_file() and not path.name.startswith("tracker.db")]
    assert len(files) > 3
    for path in files:
        assert not CANARY.search(path.read_bytes().decode(errors="replace")), path
    assert not CANARY.search(caplog.text)


def raw(home: Path) -> list[str]:
    """Canaries in the bytes of every file of a site."""
    return [
        f"{path.name}: {found[0].decode()}"
        for path in home.rglob("*")
        if path.is_file()
        for found in [re.findall(rb"Canaryname \d+|canarycomment \d+|Canaryclass", path.read_bytes())]
        if found
    ]


def test_what_is_erased_is_in_no_byte_of_any_file(tmp_path: Path) -> None:
    """A student, a student who deletes, then the class: database, its log, index, everything in the folder."""
    desk = desk_on(site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}"))
    config = desk.app.config["TRACKER"]
    school = plant_few(desk)
    room = f"/desk/classes/{school.key}"
    assert raw(tmp_path)
    one, two = school.students[:2]
    assert school.teacher.post(f"{room}/students/{one.seat.key}/remove", {"sure": "1"}).status_code == 303
    assert two.visitor.post("/classes/mine/delete", {"sure": "1"}).status_code == 303
    assert erased.waits(config)
    erased.finish(desk.database, config)
    assert not erased.waits(config)
    held = b"\n".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert set(re.findall(rb"(?:canarycomment|Canaryname) (\d)", held)) == {b"2", b"3"}
    assert school.teacher.post(f"{room}/erase", {"sure": "1"}).status_code == 303
    erased.finish(desk.database, config)
    assert raw(tmp_path) == []
    desk.database.dispose()


def plant_few(desk: Desk) -> School:
    """Four students with long comments, enough to fill pages of the file; the last has handed in."""
    school = school_of(desk, 4, "Canaryclass 4")
    key = assign(school)
    for n, student in enumerate(school.students):
        for _ in range(3):
            mark(school, student, key, f"canarycomment {n} " + "and more words " * 60)
    hand_in(school, school.students[3], key)
    rename(school)
    return school


def test_pages_of_a_class_are_kept_by_nobody_and_reading_them_changes_nothing(desk: Desk) -> None:
    """Each page by the one it is for: no cache, no search engine, no address of another site, no row changed."""
    school = school_of(desk, 1)
    keys = keys_of(school, assign(school))
    before = rows(desk)
    answered = 0
    for (route, method), admitted in table().items():
        if (
            method == "GET"
            and not admitted.public
            and "/classes" in route
            and not route.startswith("/desk/classes/requests")
        ):
            visitor = school.students[0].visitor if admitted.seated else school.teacher
            answer = visitor.get(path_of(route, keys))
            assert answer.status_code in (200, 404), route
            assert "no-store" in answer.headers["Cache-Control"], route
            assert answer.headers["X-Robots-Tag"] == "noindex", route
            assert not re.findall(r'(?:src|action)="(?:https?:)?//', answer.text), route
            answered += answer.status_code == 200
    assert answered > 12
    assert rows(desk) == before
