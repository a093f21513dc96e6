"""/classes/work/<key>/results: what a class made of an assignment, for its students; and one's own marked text on paper."""

from datetime import UTC, datetime

from flask import Blueprint, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.classes import discussing, discussion, figures, reading, results
from positions.classes.visibility import peers_open
from tracker.acting import Done, attempt
from tracker.classes import together
from tracker.classes.seats import seated
from tracker.db import reading as reader
from tracker.forms import Typed
from tracker.rendering import page

bp = Blueprint("class_results", __name__, url_prefix="/classes/work/<key>")


@bp.get("/results")
def show(key: str) -> Response:
    """What the class made of it; before it may be seen, why not yet and when, and no count of anything."""
    return _page(key, Typed.of({}), 200)


@bp.post("/results/reply")
def reply(key: str) -> Response:
    """Say something about an answer."""
    typed, seat = Typed.sent(), seated()

    def work(session: Session) -> Done:
        sheet, viewer = reading.for_member(session, key, seat.class_id, seat.member)
        passage = typed.whole("passage")
        typed.check()
        discussing.reply(session, sheet, viewer, passage or 0, typed["text"])
        return Done(url_for(".show", key=key, _anchor=f"a-{passage}"))

    return attempt(typed, "reply in class", work, lambda status: _page(key, typed, status))


@bp.post("/results/vote")
def vote(key: str) -> Response:
    """Vote for the class answer to one answer."""
    typed, seat = Typed.sent(), seated()

    def work(session: Session) -> Done:
        sheet, viewer = reading.for_member(session, key, seat.class_id, seat.member)
        passage = typed.whole("passage")
        tags = typed.some_of("tag", [tag.key for tag in sheet.tags])
        typed.check()
        chosen = [tag.id for tag in sheet.tags if tag.key in tags]
        discussing.vote(session, sheet, viewer, passage or 0, chosen)
        return Done(url_for(".show", key=key, _anchor=f"a-{passage}"))

    return attempt(typed, "vote in class", work, lambda status: _page(key, typed, status))


@bp.get("/print")
def print_own(key: str) -> Response:
    """Everything this student marked, tags named in text, the class answer beside it where it is decided."""
    seat, at = seated(), datetime.now(UTC)
    with reader() as session:
        sheet, viewer = reading.for_member(session, key, seat.class_id, seat.member)
        work = reading.work_of(session, sheet, viewer, at)
        marks = [one for one in reading.marks(session, sheet, viewer, at) if one.member == viewer.member]
        decided = discussion.decisions(session, sheet, viewer, at)
        said = [one for one in discussion.said(session, sheet, viewer, at) if one.mark is not None]
    return page(
        "work/print.html",
        sheet=sheet,
        seat=seat,
        work=work,
        marks={passage.id: [one for one in marks if one.passage == passage.id] for passage in sheet.passages},
        decided=decided,
        beside={
            passage: results.beside(answer, results.own(marks, seat.member, passage))
            for passage, answer in decided.items()
        },
        remarks={one.mark: one for one in said},
        voice=together.voice,
        rules=together.RULE_WORDS,
    )


def _page(key: str, typed: Typed, status: int) -> Response:
    seat, at = seated(), datetime.now(UTC)
    with reader() as session:
        sheet, viewer = reading.for_member(session, key, seat.class_id, seat.member)
        if not peers_open(viewer, sheet.rule, at):
            return page("work/not_yet.html", status=status, sheet=sheet, seat=seat, why=together.NOT_YET_WORDS)
        found = together.put_together(session, sheet, viewer, at)
    return page(
        "work/results.html",
        status=status,
        sheet=sheet,
        seat=seat,
        found=found,
        form=typed,
        sentence=together.sentence(found.results),
        next_words=together.BAND_WORDS.get(found.results.band or ""),
        figures=figures.of_class(sheet, found.marks, found.works) if request.args.get("figures") else None,
        voice=together.voice,
        rules=together.RULE_WORDS,
        figure=together.figure,
        one_each=results.one_each(sheet),
        viewer=viewer,
    )
