"""Route × method × visitor × own or another's object, from the one table the application itself obeys."""

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from positions.classes import membership
from tests.tracker.calling import site
from tests.tracker.desk import OURS, Desk, Visitor, desk_on, roles
from tests.tracker.school import School, school_of, sitting
from tracker.accounts import people
from tracker.accounts.models import SignIn
from tracker.accounts.roles import ANYONE, STUDENT, AccountRole, admission, table

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home = tmp_path_factory.mktemp("permissions")
    desk = desk_on(site(home, f"sqlite:///{home / 'tracker.db'}"))
    desk.account("A lasting administrator", "admin")
    yield desk
    desk.database.dispose()


def rules(app: Flask) -> list[tuple[Rule, str]]:
    return [(rule, method) for rule in app.url_map.iter_rules() for method in METHODS if method in (rule.methods or ())]


def test_every_route_stands_in_the_table_and_nothing_else(desk: Desk) -> None:
    routes = {(rule.rule, method) for rule, method in rules(desk.app)}
    assert routes == set(table())


def visitor(desk: Desk, role: str, school: School) -> Visitor:
    if role == STUDENT:
        with desk.database.write() as session:
            return sitting(desk, membership.sit_down(session, school.students[0].seat.member))
    return desk.nobody() if role == ANYONE else desk.as_(*([] if role == AccountRole.MEMBER else [role]))


def path_of(rule: Rule) -> str:
    """The rule with something that is not there in each place: who is let in gets a 404, never a 401 or 403."""
    return re.sub(
        r"<(?:(int):)?[^>]+>", lambda place: "999999" if place[1] else "01J0000000000000000000000X", rule.rule
    )


def led_in(answer: TestResponse) -> bool:
    """Whether somebody was shown the way to sign in, or into a class."""
    to = answer.headers.get("Location", "")
    return "/sign-in?next=" in to or to == "/classes/join"


def test_the_whole_matrix_is_obeyed(desk: Desk) -> None:
    cells, school = 0, school_of(desk, 1)
    for role in roles():
        wrong, somebody, sent_away = [], visitor(desk, role, school), False
        for rule, method in sorted(rules(desk.app), key=lambda one: one[1] != "GET"):
            if method != "GET" and not sent_away:  # the one before may have ended the sign-in of whoever sent it
                somebody = visitor(desk, role, school)
            answer = somebody.client.open(path_of(rule), method=method, headers=OURS if method != "GET" else {})
            allowed = admission(rule.rule, method)
            held = {ANYONE: set(), STUDENT: {STUDENT}}.get(role, {AccountRole.MEMBER, role})
            expected = allowed is not None and allowed.admits(held)
            sent_away = answer.status_code in (401, 403) or led_in(answer)
            cells += 1
            if expected == sent_away or answer.status_code >= 500:
                wrong.append((rule.rule, method, role, answer.status_code))
        assert not wrong
    assert cells == len(table()) * len(roles())


def test_a_route_without_a_row_admits_nobody(tmp_path: Path) -> None:
    desk = desk_on(site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}"))
    desk.app.add_url_rule("/forgotten", "forgotten", lambda: "open", methods=["GET", "POST"])
    admin = desk.as_("admin", "editor")
    assert admin.get("/forgotten").status_code == 403
    assert admin.post("/forgotten").status_code == 403
    assert desk.nobody().get("/forgotten").status_code == 403
    desk.database.dispose()


def test_methods_a_route_does_not_have_are_refused_for_everybody(desk: Desk) -> None:
    known = {rule.rule for rule, _ in rules(desk.app)}
    have = {(rule.rule, method) for rule, method in rules(desk.app)}
    admin = desk.as_("admin", "editor", "teacher")
    for rule, method in product(sorted(known), METHODS):
        if (rule, method) not in have:
            path = re.sub(r"<(?:(int):)?[^>]+>", lambda place: "999999" if place[1] else "x", rule)
            assert admin.client.open(path, method=method, headers=OURS).status_code == 405, (rule, method)


def test_own_routes_answer_for_ones_own_only(desk: Desk) -> None:
    """Another's sign-in is as absent as one that never was."""
    mine, other = desk.account("Own Owner"), desk.account("Other Owner")
    me, them = desk.signed_in(mine), desk.signed_in(other)
    with desk.database.read() as session:
        ids = {row.account_id: row.id for row in session.exec(select(SignIn)) if row.account_id in (mine, other)}
    answers = [me.post(f"/account/sign-ins/{id}/end") for id in (ids[other], "01J0000000000000000000000X")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert them.get("/account").status_code == 200
    assert me.post(f"/account/sign-ins/{ids[mine]}/end").status_code == 303
    assert me.get("/account").status_code == 303


@pytest.mark.parametrize("role", ["editor", "admin", "teacher"])
def test_rights_end_with_the_role(desk: Desk, role: str) -> None:
    """Revocation replay: taken away in one browser, gone in the other at its next request, on every route."""
    account_id = desk.account(f"Revoked {role}", role)
    secret = desk.signed_in(account_id)
    granted = [
        (rule, method) for rule, method in rules(desk.app) if role in getattr(admission(rule.rule, method), "roles", ())
    ]
    with desk.database.write() as session:
        people.give_roles(session, account_id, [])
    for rule, method in granted:
        answer = secret.client.open(path_of(rule), method=method, headers=OURS if method != "GET" else {})
        assert answer.status_code in (401, 303), (rule.rule, answer.status_code)
        assert answer.status_code != 303 or "/sign-in" in answer.headers["Location"]


def test_a_seat_admits_to_students_routes_and_to_no_others(desk: Desk) -> None:
    school = school_of(desk, 1)
    student = school.students[0].visitor
    answer = student.get("/classes/mine")
    assert answer.status_code == 200 and answer.headers["X-Robots-Tag"] == "noindex"
    assert "no-store" in answer.headers["Cache-Control"]
    assert student.get("/desk").status_code == 303 and student.post("/desk/undo/x").status_code == 401
    for stranger in (desk.nobody(), school.teacher, desk.as_("admin", "editor")):
        assert stranger.get("/classes/mine").headers["Location"] == "/classes/join"
        assert stranger.post("/classes/leave").status_code == 401


def test_a_seat_is_authority_no_other_site_may_borrow(desk: Desk) -> None:
    student = school_of(desk, 1).students[0].visitor.client
    assert student.post("/classes/leave").status_code == 403
    assert student.post("/classes/leave", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert student.get("/classes/mine").status_code == 200


def test_a_students_rights_end_with_their_place(desk: Desk) -> None:
    """Taken out of the class in one browser, out on every route in the other at its next request."""
    school = school_of(desk, 1)
    student = school.students[0]
    path = f"/desk/classes/{school.key}/students/{student.seat.key}/remove"
    assert school.teacher.post(path, {"sure": "1"}).status_code == 303
    for rule, method in rules(desk.app):
        if getattr(admission(rule.rule, method), "seated", False):
            answer = student.visitor.client.open(path_of(rule), method=method, headers=OURS if method != "GET" else {})
            assert answer.status_code == 401 or led_in(answer), (rule.rule, method)
