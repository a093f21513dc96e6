"""Files of an assignment: for its teacher what was handed in, for a student what is theirs; for anybody else nothing."""

import csv
import io
import json
import re
import secrets
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from slugify import slugify
from sqlmodel import Session, SQLModel, text
from werkzeug.test import TestResponse

from positions.classes import assigning, marking, reading, submitting
from positions.classes.assigning import Wanted, WantedTag
from positions.classes.marking import Wish
from positions.classes.sheet import Sheet
from positions.classes.visibility import Scope
from positions.queries import topics
from tests.positions.town import load_text
from tests.tracker.calling import site
from tests.tracker.school import School, Student, school_of, school_on
from tracker.classes.exchanging import KINDS
from tracker.pages.desk import class_exports
from transcripts.bilingual import Bilingual

TAGS = (WantedTag("answered", Bilingual("Answered", "Respondió")), WantedTag("partly", Bilingual("In part")))


@dataclass(frozen=True)
class Given:
    """A class of two with an assignment: the first has handed in, the second has not."""

    school: School
    key: str

    @property
    def path(self) -> str:
        return f"/desk/classes/{self.school.key}/assignments/{self.key}/export"

    def mark(self, who: Student, comment: str, scope: Scope = Scope.CLASS, hand_in: bool = False) -> None:
        with self.school.desk.database.write() as session:
            sheet = self.sheet(session)
            place = sheet.answers[0]
            wish = Wish(place.id, 0, len(place.text), sheet.tags[0].id, comment, scope=scope)
            marking.put(session, sheet, who.seat.member, secrets.token_hex(8), wish)
            if hand_in:
                submitting.hand_in(session, sheet, who.seat.member)

    def sheet(self, session: Session) -> Sheet:
        return reading.for_teacher(session, self.key, self.school.teacher_id)[0]


def given_to(school: School, title: str = "Did they answer?", names_hidden: bool = False) -> Given:
    with school.desk.database.write() as session:
        questions = tuple(one.key for one in assigning.questions_of(session, "town-2026"))
        wanted = Wanted(title, questions=questions, tags=TAGS, names_hidden=names_hidden)
        return Given(school, assigning.make(session, school.class_id, "town-2026", wanted))


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Given]:
    home = tmp_path_factory.mktemp("exports")
    school = school_on(site(home, f"sqlite:///{home / 'tracker.db'}"))
    load_text(school.desk.database)
    given = given_to(school)
    done, drafting = school.students
    given.mark(done, "private canary", Scope.PRIVATE)
    given.mark(done, "seen 😀 by the teacher", hand_in=True)
    given.mark(drafting, "draft canary")
    yield given
    school.desk.database.dispose()


def unpacked(data: bytes) -> str:
    if not data.startswith(b"PK"):
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


@pytest.mark.parametrize("kind", KINDS)
def test_a_teacher_takes_away_what_was_handed_in_and_nothing_else(given: Given, kind: str) -> None:
    answer = given.school.teacher.get(f"{given.path}/{kind}")
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=did-they-answer")
    told = unpacked(answer.data)
    done, drafting = given.school.students
    assert "canary" not in told and drafting.seat.pseudonym not in told
    assert given.school.key not in told and "Teacher" not in told
    if kind in ("csv", "jsonld", "qdpx", "maxqda"):
        assert "seen 😀 by the teacher" in told and done.seat.pseudonym in told


def test_the_page_tells_every_file_and_what_opens_it(given: Given) -> None:
    for lang in ("", "/es"):
        answer = given.school.teacher.get(f"{lang}{given.path}")
        assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
        assert all(f"{given.path}/{kind}" in answer.text for kind in KINDS)
        assert "canary" not in answer.text
    assert "1 marca" in answer.text


def test_nobody_else_gets_any_file(given: Given) -> None:
    other = school_of(given.school.desk, 1, "Another class")
    elsewhere = f"/desk/classes/{other.key}/assignments/{given.key}/export"
    for path in ("", *(f"/{kind}" for kind in KINDS)):
        assert other.teacher.get(f"{given.path}{path}").status_code == 404
        assert other.teacher.get(f"{elsewhere}{path}").status_code == 404
        assert given.school.desk.as_("editor", "admin").get(f"{given.path}{path}").status_code == 403
        assert given.school.students[0].visitor.get(f"{given.path}{path}").status_code in (303, 401)
    assert given.school.teacher.get(f"{given.path}/docx").status_code == 404
    for kind in ("csv", "jsonld"):
        assert other.students[0].visitor.get(f"/classes/work/{given.key}/export.{kind}").status_code == 404
        sent_away = given.school.desk.nobody().get(f"/classes/work/{given.key}/export.{kind}")
        assert sent_away.status_code == 303 and sent_away.data.find(b"canary") < 0


def test_a_student_takes_away_their_own_drafts_and_private_notes_too(given: Given) -> None:
    done, drafting = given.school.students
    answer = done.visitor.get(f"/classes/work/{given.key}/export.csv")
    assert answer.headers["Cache-Control"] == "no-store"
    told = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert [row["comment"] for row in told] == ["private canary", "seen 😀 by the teacher"]
    assert {row["annotator"] for row in told} == {done.seat.pseudonym}
    held = json.loads(drafting.visitor.get(f"/classes/work/{given.key}/export.jsonld").text)
    assert [body["value"] for body in held["first"]["items"][0]["body"] if "value" in body] == [
        "Answered",
        "draft canary",
    ]


def test_while_names_are_hidden_a_students_file_says_letters_and_the_teachers_names(given: Given) -> None:
    hidden = given_to(given.school, "Who said it?", names_hidden=True)
    hidden.mark(given.school.students[0], "blind", hand_in=True)
    for kind in ("csv", "jsonld"):
        own = given.school.students[0].visitor.get(f"/classes/work/{hidden.key}/export.{kind}").text
        assert "blind" in own and "/turns/" not in own and "Reyes" not in own and "Stone" not in own
    assert "/turns/" in given.school.teacher.get(f"{hidden.path}/jsonld").text


def brought(given: Given, data: bytes, name: str = "notes.jsonld") -> TestResponse:
    path = f"{given.path.removesuffix('/export')}/import"
    return given.school.teacher.post(path, {"file": (io.BytesIO(data), name)}, content_type="multipart/form-data")


def test_a_file_comes_in_as_coders_and_what_was_not_put_is_told(given: Given) -> None:
    theirs = given_to(given.school, "Their own")
    with given.school.desk.database.read() as session:
        answer = theirs.sheet(session).answers[0]
    notes = [
        {
            "id": f"https://example.org/notes/{n}",
            "type": "Annotation",
            "creator": {"name": "Dr. Somebody Real"},
            "body": [{"value": "Answered", "purpose": "tagging"}, {"value": "<b>Hm</b> 😀", "purpose": "commenting"}],
            "target": {
                "source": f"https://example.org/turns/{answer.key}?v=1",
                "selector": {"type": "TextQuoteSelector", "exact": words},
            },
        }
        for n, words in enumerate((answer.text, "Nobody ever said these words here."))
    ]
    assert brought(theirs, json.dumps(notes).encode()).status_code == 303
    told = given.school.teacher.get(theirs.path).text
    assert (
        "on the same words" in told
        and "Nobody ever said these words here." in told
        and "https://example.org/notes/1" in told
    )
    came = json.loads(given.school.teacher.get(f"{theirs.path}/jsonld").text)["first"]["items"]
    assert [(one["via"], one["creator"]["nickname"]) for one in came] == [("https://example.org/notes/0", "Imported 1")]
    with given.school.desk.database.read() as session:
        for name in SQLModel.metadata.tables:
            if name.startswith(("class_", "annotation")):
                assert "Somebody Real" not in str(session.execute(text(f"SELECT * FROM {name}")).all())
    assert given.school.teacher.get(f"/desk/classes/{given.school.key}").status_code == 200


def test_a_file_that_is_none_is_refused_beside_the_form(given: Given, monkeypatch: pytest.MonkeyPatch) -> None:
    for data, said in (
        (b"", "Choose a file|empty"),
        (b"[" * 100_000, "nested too deep"),
        (b"{}", "neither an Annotation"),
    ):
        answer = brought(given, data)
        assert answer.status_code == 422 and re.search(said, answer.text), said
    other = school_of(given.school.desk, 0, "Not theirs")
    path = f"{given.path.removesuffix('/export')}/import"
    sent = other.teacher.post(path, {"file": (io.BytesIO(b"[]"), "a.json")}, content_type="multipart/form-data")
    assert sent.status_code == 404
    monkeypatch.setattr(class_exports, "MOST_BYTES", 1_000)
    assert brought(given, b"x" * 2_000).status_code == 413


def test_the_tags_of_a_new_assignment_come_from_a_codebook(given: Given) -> None:
    school = given.school
    with school.desk.database.read() as session:
        (question, *_) = assigning.questions_of(session, "town-2026")
        name = next(one.name.en for one in topics.every(session) if one.slug == "transit")

    def made(data: bytes, name: str) -> TestResponse:
        path = f"/desk/classes/{school.key}/assignments/new"
        fields = {"forum": "town-2026", "preset": "own", "title": "Coded", "questions": question.key, "unit": "turn"}
        told = {**fields, "policy": "hidden", "tags": "Never used", "codebook": (io.BytesIO(data), name)}
        return school.teacher.post(path, told, content_type="multipart/form-data")

    answer = made(f"\ufefftag;description\r\n{name};Buses\r\n{name}.Fares;Include: free ones\r\n".encode(), "codes.csv")
    assert answer.status_code == 303
    with school.desk.database.read() as session:
        sheet = reading.for_teacher(session, answer.headers["Location"].rpartition("/")[2], school.teacher_id)[0]
    assert [(one.key, one.parent, one.topic, one.includes) for one in sheet.tags] == [
        (slugify(name), None, "transit", ""),
        ("fares", slugify(name), None, "free ones"),
    ]
    refused = made(b"<!DOCTYPE x [<!ENTITY a 'b'>]><CodeBook/>", "codes.qdc")
    assert refused.status_code == 422 and "DOCTYPE" in refused.text and "Coded" in refused.text
    assert made(b"", "").status_code == 303
