"""/desk/classes/<room>/assignments/<key>/overview: who has come how far, never in a rank; one student's work; giving it back."""

import csv
import io
from collections import Counter
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, current_app, make_response, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response as AnyResponse

from positions.classes import discussing, discussion, reading, results, submitting
from positions.classes.sheet import Work
from positions.classes.visibility import State
from tracker.acting import Done, attempt
from tracker.classes import together
from tracker.classes.naming import in_log
from tracker.db import reading as reader
from tracker.forms import Typed
from tracker.pages.desk.class_results import assignment
from tracker.rendering import page
from transcripts.errors import NotFound
from transcripts.formats.own_table import guarded

bp = Blueprint("desk_overview", __name__, url_prefix="/desk/classes/<room>/assignments/<key>/overview")

STATE_WORDS = {State.DRAFT: "not handed in", State.SUBMITTED: "handed in", State.RETURNED: "given back"}
COLUMNS = ("student", "state", "handed_in", "late", "marks")


@bp.get("")
def show(room: str, key: str) -> AnyResponse:
    """Every student by pseudonym, and every answer with how densely it was marked."""
    return _overview(room, key, Typed.of({}), 200)


@bp.get("/completion.csv")
def completion(room: str, key: str) -> AnyResponse:
    """Who has handed in, as a table for a gradebook. The day only: nothing tells who was up at night."""
    at = datetime.now(UTC)
    with reader() as session:
        sheet, viewer = assignment(session, room, key)
        works = reading.works(session, sheet, viewer, at)
        put = Counter(one.member for one in reading.marks(session, sheet, viewer, at))
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for work in works:
        day = _local(work.handed_in_at).date().isoformat() if work.handed_in_at else ""
        late = "yes" if submitting.is_late(sheet, work) else "no"
        writer.writerow([guarded(str(cell)) for cell in (work.who, work.state, day, late, _marks(work, put))])
    response: Response = make_response(written.getvalue())
    response.content_type = "text/csv; charset=utf-8"
    response.headers.set("Content-Disposition", "attachment", filename="completion.csv")
    return response


@bp.get("/<int:member>")
def student(room: str, key: str, member: int) -> AnyResponse:
    """What one student handed in, to be read; and what the teacher can do with it."""
    return _student(room, key, member, Typed.of({}), 200)


@bp.post("/<int:member>/return")
def give_back(room: str, key: str, member: int) -> AnyResponse:
    """Give work back, so that the student can go on with it."""
    typed = Typed.sent()

    def work(session: Session) -> Done:
        sheet, _ = assignment(session, room, key)
        remark = typed.text("remark", submitting.REMARK, needed=False, lines=True)
        typed.check()
        submitting.give_back(session, sheet, member, remark)
        return Done(url_for(".show", room=room, key=key), in_log("class", room))

    return attempt(typed, "give work back", work, lambda status: _student(room, key, member, typed, status))


@bp.post("/<int:member>/comment")
def comment(room: str, key: str, member: int) -> AnyResponse:
    """Say something of one mark, to its student alone."""
    typed = Typed.sent()

    def work(session: Session) -> Done:
        sheet, _ = assignment(session, room, key)
        discussing.comment(session, sheet, typed["mark"], typed["text"])
        return Done(url_for(".student", room=room, key=key, member=member), in_log("class", room))

    return attempt(typed, "comment on a mark", work, lambda status: _student(room, key, member, typed, status))


@bp.post("/<int:member>/more-time")
def more_time(room: str, key: str, member: int) -> AnyResponse:
    """Give one student until the end of a day, or as long as the others."""
    typed = Typed.sent()

    def work(session: Session) -> Done:
        sheet, _ = assignment(session, room, key)
        day = typed.day("until", needed=False)
        typed.check()
        until = datetime.combine(day, time(23, 59, 59), _zone()).astimezone(UTC) if day else None
        submitting.extend(session, sheet, member, until)
        return Done(url_for(".student", room=room, key=key, member=member), in_log("class", room))

    return attempt(typed, "give a student more time", work, lambda status: _student(room, key, member, typed, status))


def _overview(room: str, key: str, typed: Typed, status: int) -> AnyResponse:
    at = datetime.now(UTC)
    with reader() as session:
        sheet, viewer = assignment(session, room, key)
        works = reading.works(session, sheet, viewer, at)
        marks = reading.marks(session, sheet, viewer, at)
    put, per_answer = Counter(one.member for one in marks), Counter(one.passage for one in marks)
    return page(
        "desk/class_overview/show.html",
        status=status,
        sheet=sheet,
        room=room,
        form=typed,
        students=[(work, _marks(work, put), submitting.is_late(sheet, work)) for work in works],
        states=STATE_WORDS,
        handed_in=sum(work.handed_in for work in works),
        answers=[(n, passage, per_answer[passage.id]) for n, passage in enumerate(sheet.answers, 1)],
        densest=max(per_answer.values(), default=0),
        voice=together.voice,
    )


def _student(room: str, key: str, member: int, typed: Typed, status: int) -> AnyResponse:
    at = datetime.now(UTC)
    with reader() as session:
        sheet, viewer = assignment(session, room, key)
        work = next((one for one in reading.works(session, sheet, viewer, at) if one.member == member), None)
        if work is None:
            raise NotFound("There is no such student in this class.")
        marks = [one for one in reading.marks(session, sheet, viewer, at) if one.member == member]
        said = discussion.said(session, sheet, viewer, at)
        decided = discussion.decisions(session, sheet, viewer, at)
    if not typed["until"] and work.until:
        typed.values["until"] = _local(work.until).date().isoformat()
    return page(
        "desk/class_overview/student.html",
        status=status,
        sheet=sheet,
        room=room,
        form=typed,
        work=work,
        late=submitting.is_late(sheet, work),
        states=STATE_WORDS,
        marks={passage.id: [one for one in marks if one.passage == passage.id] for passage in sheet.passages},
        remarks={one.mark: one for one in said if one.mark is not None},
        decided=decided,
        beside={
            passage: results.beside(answer, results.own(marks, member, passage)) for passage, answer in decided.items()
        },
        voice=together.voice,
        rules=together.RULE_WORDS,
    )


def _marks(work: Work, put: Counter[int]) -> int | str:
    """How many marks somebody's work has, where the teacher may know: of a draft nothing is told."""
    return "" if work.state == State.DRAFT else put[work.member]


def _zone() -> ZoneInfo:
    return ZoneInfo(current_app.config["TRACKER"].zone)


def _local(at: datetime) -> datetime:
    return at.astimezone(_zone())
