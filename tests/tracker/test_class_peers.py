"""Nothing of a classmate who may not be read appears anywhere: every route of classes × policy × state × scope, counts included.

A probe student's pages are compared letter by letter with what they were before those classmates wrote anything; so are the
teacher's with what they were before there were drafts and private notes. A route of classes that is in no list fails.
"""

import io
import re
import secrets
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from sqlmodel import Session, delete, select
from ulid import ULID

from positions.classes.models import Assignment, Ballot, ClassReply, Mark, Submission
from positions.classes.sheet import Sheet
from positions.classes.visibility import Policy, Rule, Scope, State, Viewer, Written, may_read, peers_open
from tests.positions.town import load_text
from tests.tracker.calling import site
from tests.tracker.desk import Visitor, desk_on
from tests.tracker.reading_class import WANTED, Given, give
from tests.tracker.school import School, school_of
from tracker.accounts.roles import table
from tracker.classes import exchanging
from transcripts import annotating
from transcripts.annotating import Body
from transcripts.annotation_models import Annotation

STUDENTS = {
    "/classes/mine": ("",),
    "/classes/mine/delete": ("",),
    "/classes/mine/everything": ("",),
    "/classes/mine/everything.json": ("",),
    "/classes/work/<key>": ("?view=class", "?view=decided"),
    "/classes/work/<key>/history": ("",),
    "/classes/work/<key>/print": ("",),
    "/classes/work/<key>/results": ("", "?figures=1"),
    "/classes/work/<key>/export.csv": ("",),
    "/classes/work/<key>/export.jsonld": ("",),
}
"""Pages a student opens, and what is asked for at them."""
REFUSED = ("/classes/work/<key>/marks", "/classes/work/<key>/results/reply", "/classes/work/<key>/results/vote")
"""Forms sent with nothing in them: they change nothing and show their page again."""
TEACHERS = {
    "/desk/classes": ("",),
    "/desk/classes/<room>": ("",),
    "/desk/classes/<room>/assignments": ("",),
    "/desk/classes/<room>/assignments/<key>": ("",),
    "/desk/classes/<room>/assignments/<key>/export": ("",),
    "/desk/classes/<room>/assignments/<key>/export/<kind>": ("",),
    "/desk/classes/<room>/assignments/<key>/overview": ("",),
    "/desk/classes/<room>/assignments/<key>/overview/<int:member>": ("",),
    "/desk/classes/<room>/assignments/<key>/overview/completion.csv": ("",),
    "/desk/classes/<room>/assignments/<key>/results": ("", "?figures=1"),
    "/desk/classes/<room>/assignments/<key>/results/projector": ("",),
    "/desk/classes/<room>/students/<member>": ("",),
}
"""Pages of a teacher on which students' work, or who they are, can stand."""
APART = {
    "/classes": "tells nothing of any class",
    "/classes/ask": "tells nothing of any class",
    "/classes/join": "a form for a code",
    "/classes/join/<code>": "free names of a class, before anybody writes",
    "/classes/return": "a form for a code",
    "/classes/slip/<secret>": "one place of a class, before anybody writes",
    "/classes/leave": "ends a seat",
    "/classes/lesson": "a plan for teachers",
    "/classes/work/<key>/hand-in": "hands in: leads back to a page that is looked at",
    "/desk/classes/new": "a class that is not there yet",
    "/desk/classes/requests": "people who ask for a class",
    "/desk/classes/<room>/settings": "about the class, not about work",
    "/desk/classes/<room>/roster": "made-up names on an empty sheet",
    "/desk/classes/<room>/projector": "a join code, and how many are here",
    "/desk/classes/<room>/assignments/new": "what is not given yet",
    "/desk/classes/<room>/assignments/<key>/copy": "leads to another assignment",
    "/desk/classes/<room>/students/<member>/everything": "for a student's parent: logged, and told to the student",
}
"""Routes on which no student's work can stand, or on purpose. Other forms of the desk lead back to a page that is looked at."""

RULES = [
    (policy, seen, revealed)
    for policy, seen, revealed in product(Policy, (None, "past", "future"), (False, True))
    if (policy == Policy.UNTIL) == (seen is not None)
]
MOVING = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{26}\b|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|\+00:00)?")
"""What differs between two looks at one page: keys of forms, and the moment a file was made."""


@dataclass(frozen=True)
class Peer:
    """A classmate: where their work stands, for whom they write, hidden by the teacher or not; `n` is their place in the class."""

    n: int
    state: State
    scope: Scope
    hidden: bool

    @property
    def canary(self) -> str:
        """What they write; found wherever it leaks."""
        return f"canary {self.state} {self.scope} {int(self.hidden)} end"

    def written(self, member: int, state: State | None = None) -> Written:
        """What they write as the predicate is asked about it."""
        return Written(member, self.scope, state or self.state, self.hidden)


PEERS = [Peer(n, *what) for n, what in enumerate(product(State, Scope, (False, True)), start=1)]


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    """A class of a probe and its classmates."""
    home = tmp_path_factory.mktemp("peers")
    desk = desk_on(site(home, f"sqlite:///{home / 'tracker.db'}"))
    load_text(desk.database)
    yield school_of(desk, 1 + len(PEERS))
    desk.database.dispose()


def test_every_route_of_classes_is_looked_at_or_set_apart() -> None:
    routes = {(route, method) for route, method in table() if re.match(r"/(?:desk/)?classes\b", route)}
    looked_at = {(route, "GET") for route in (*STUDENTS, *TEACHERS)} | {(route, "POST") for route in REFUSED}
    apart = {(route, method) for route, method in routes if route in APART}
    forms = {(r, m) for r, m in routes if m == "POST" and (r.startswith("/desk/") or r == "/classes/mine/delete")}
    assert routes == looked_at | apart | forms
    assert set(APART) <= {route for route, _ in routes}


def rule_of(policy: Policy, seen: str | None, revealed: bool) -> Rule:
    days = {"past": -1, "future": 1}
    return Rule(policy, datetime.now(UTC) + timedelta(days=days[seen]) if seen else None, revealed)


@pytest.mark.parametrize(("policy", "seen", "revealed"), RULES, ids=str)
def test_a_probe_sees_nothing_of_a_hidden_peer(
    school: School, policy: Policy, seen: str | None, revealed: bool
) -> None:
    rule = rule_of(policy, seen, revealed)
    for state in State:
        given = give(school, replace(WANTED, policy=policy, seen_from=rule.seen_from))
        viewer = Viewer(given.member(0), handed_in=state == State.SUBMITTED)
        is_open = peers_open(viewer, rule, datetime.now(UTC))
        given.put(0, 0, comment="my own note")
        with school.desk.database.write() as session:
            sheet = given.sheet()
            row = session.exec(select(Assignment).where(Assignment.id == sheet.id)).one()
            row.revealed_at = datetime.now(UTC) + timedelta(hours=1) if revealed else None
            session.add(row)
            stands(session, sheet, given.member(0), state)
            for peer in PEERS if is_open else ():
                stands(session, sheet, given.member(peer.n), peer.state)
                may_be_read(session, sheet, given.member(peer.n), peer, viewer, rule, told=True)
        before = probed(given)
        with school.desk.database.write() as session:
            for peer in PEERS:
                if not is_open:
                    stands(session, sheet, given.member(peer.n), peer.state)
                may_be_read(session, sheet, given.member(peer.n), peer, viewer, rule, told=False)
                votes(session, sheet, given.member(peer.n))
        assert {path for path, text in probed(given).items() if text != before[path]} == set()
        everything = "\n".join(before.values())
        found = {peer for peer in PEERS if peer.canary in everything}
        wanted = {one for one in PEERS if may_read(viewer, one.written(given.member(one.n)), rule, datetime.now(UTC))}
        replies = {
            one
            for one in PEERS
            if may_read(viewer, one.written(given.member(one.n), State.SUBMITTED), rule, datetime.now(UTC))
        }
        assert found == wanted | replies and "my own note" in everything
        assert bool(wanted) == is_open, "or the test would look for nothing"


def test_a_teacher_sees_no_draft_and_no_private_note(school: School) -> None:
    given = give(school)
    viewer, rule, now = Viewer(teacher=True), Rule(Policy.HIDDEN), datetime.now(UTC)
    sheet = given.sheet()
    with school.desk.database.write() as session:
        for peer in PEERS:
            stands(session, sheet, given.member(peer.n), peer.state)
            may_be_read(session, sheet, given.member(peer.n), peer, viewer, rule, told=True, reply=False)
    before = taught(given)
    with school.desk.database.write() as session:
        for peer in PEERS:
            may_be_read(session, sheet, given.member(peer.n), peer, viewer, rule, told=False, reply=False)
    assert {path for path, text in taught(given).items() if text != before[path]} == set()
    everything = "\n".join(before.values())
    wanted = {one for one in PEERS if may_read(viewer, one.written(given.member(one.n)), rule, now)}
    assert {peer for peer in PEERS if peer.canary in everything} == wanted
    assert {(one.state, one.scope) for one in wanted} == set(
        product((State.SUBMITTED, State.RETURNED), (Scope.CLASS, Scope.TEACHER))
    )


def may_be_read(
    session: Session,
    sheet: Sheet,
    member: int,
    peer: Peer,
    viewer: Viewer,
    rule: Rule,
    told: bool,
    reply: bool = True,
) -> None:
    """Let a peer mark and reply where that may be read by this viewer, or (not `told`) where it may not."""
    at = datetime.now(UTC)
    if may_read(viewer, peer.written(member), rule, at) == told:
        marks(session, sheet, member, peer)
    if reply and may_read(viewer, peer.written(member, State.SUBMITTED), rule, at) == told:
        place = sheet.answers[peer.n % 4].id
        session.add(
            ClassReply(
                key=secrets.token_urlsafe(16),
                assignment_id=sheet.id,
                class_turn_id=place,
                member_id=member,
                text=peer.canary,
                scope=peer.scope,
                hidden_at=at if peer.hidden else None,
            )
        )


def marks(session: Session, sheet: Sheet, member: int, peer: Peer) -> None:
    """A mark with a tag and a comment, whatever the state of the work."""
    place, tag = sheet.answers[peer.n % 4], sheet.tags[peer.n % 2]
    bodies = [Body("classifying", tag.key), Body("commenting", peer.canary)]
    key = annotating.annotate(
        session, f"class-member/{member}", place.key, place.version, (0, len(place.text)), bodies, "class"
    )
    session.add(
        Mark(
            annotation_id=session.exec(select(Annotation.id).where(Annotation.key == key)).one() or 0,
            assignment_id=sheet.id,
            member_id=member,
            class_turn_id=place.id,
            tag_id=tag.id,
            start=0,
            end=len(place.text),
            scope=peer.scope,
            op=str(ULID()),
            hidden_at=datetime.now(UTC) if peer.hidden else None,
        )
    )


def stands(session: Session, sheet: Sheet, member: int, state: State) -> None:
    """Let somebody's work stand so."""
    session.exec(delete(Submission).where(Submission.assignment_id == sheet.id, Submission.member_id == member))
    at = None if state == State.DRAFT else datetime.now(UTC)
    made = Submission(assignment_id=sheet.id, member_id=member, state=state, n=int(at is not None))
    made.handed_in_at = made.first_handed_in_at = at
    session.add(made)


def votes(session: Session, sheet: Sheet, member: int) -> None:
    """A vote on the first answer: nobody is told how others vote."""
    session.add(Ballot(class_turn_id=sheet.answers[0].id, tag_id=sheet.tags[0].id, member_id=member, present=True))


def probed(given: Given) -> dict[str, str]:
    """Everything the probe can look at, without what moves."""
    paths = [route.replace("<key>", given.key) + asked for route, more in STUDENTS.items() for asked in more]
    found = looked_at(given.student(0), paths)
    for route in REFUSED:
        answer = given.student(0).post(route.replace("<key>", given.key))
        assert answer.status_code in (404, 409, 422), route
        found[f"POST {route}"] = MOVING.sub("", answer.text)
    return found


def taught(given: Given) -> dict[str, str]:
    """Everything the teacher can look at, without what moves."""
    paths = []
    for route, more in TEACHERS.items():
        places = [("<kind>", kind) for kind in exchanging.KINDS] if "<kind>" in route else []
        places += [("<int:member>", str(given.member(one.n))) for one in PEERS] if "<int:member>" in route else []
        places += [("<member>", one.seat.key) for one in given.school.students[:2]] if "<member>" in route else []
        for place, value in places or [("", "")]:
            path = route.replace(place, value) if place else route
            path = path.replace("<room>", given.school.key).replace("<key>", given.key)
            paths += [path + asked for asked in more]
    return looked_at(given.school.teacher, paths)


def looked_at(visitor: Visitor, paths: Sequence[str]) -> dict[str, str]:
    found = {}
    for path in paths:
        answer = visitor.get(path)
        assert answer.status_code == 200, path
        found[path] = MOVING.sub("", unpacked(answer.get_data()))
    return found


def unpacked(data: bytes) -> str:
    """What an answer says; of an archive what its files say."""
    if not data.startswith(b"PK"):
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(f"{name}\n{archive.read(name).decode()}" for name in sorted(archive.namelist()))
