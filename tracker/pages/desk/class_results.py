"""/desk/classes/<room>/assignments/<key>/results: what a class made of an assignment, for its teacher, and deciding together."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Blueprint, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.classes import discussing, discussion, figures, nominating, reading, results, submitting
from positions.classes.discussing import NO_ANSWER
from positions.classes.reading import GONE
from positions.classes.results import PUBLIC_FROM
from positions.classes.sheet import Sheet
from positions.classes.visibility import Policy, Viewer
from tracker.accounts.admission import signed_in
from tracker.acting import Done, Work, attempt
from tracker.classes import together
from tracker.classes.naming import in_log
from tracker.db import reading as reader
from tracker.forms import Typed
from tracker.rendering import page
from transcripts.errors import NotFound

bp = Blueprint("desk_results", __name__, url_prefix="/desk/classes/<room>/assignments/<key>/results")

Change = Callable[[Session, Sheet], str | None]
"""What a form does to an assignment; answers where on the page to go on."""

BECAME_WORDS = {
    "nominated": "Put forward: an editor has not answered yet.",
    "accepted": "Put forward, and accepted into the record.",
    "declined": "Put forward, and declined:",
}


def assignment(session: Session, room: str, key: str) -> tuple[Sheet, Viewer]:
    """An assignment of this very class of the teacher who is asking. Raises NotFound."""
    sheet, viewer = reading.for_teacher(session, key, signed_in().id)
    if sheet.class_key != room:
        raise NotFound(GONE)
    return sheet, viewer


@bp.get("")
def show(room: str, key: str) -> Response:
    """The sentence, the answers with their threads, deciding, and the figures of research."""
    return _page(room, key, Typed.of({}), 200)


@bp.get("/projector")
def projector(room: str, key: str) -> Response:
    """The sentence and the most split answer in large type, and nobody's name."""
    with reader() as session:
        sheet, viewer = assignment(session, room, key)
        found = together.put_together(session, sheet, viewer, datetime.now(UTC))
    return page(
        "desk/class_results/projector.html",
        sheet=sheet,
        found=found,
        sentence=together.sentence(found.results),
        voice=together.voice,
        rules=together.RULE_WORDS,
    )


@bp.post("/reveal")
def reveal(room: str, key: str) -> Response:
    """Let the class see one another's work from now on."""
    typed = Typed.sent()

    def work(session: Session, sheet: Sheet) -> str | None:
        submitting.reveal(session, sheet)
        return None

    return attempt(typed, "reveal a class’s work", _on(room, key, work), lambda status: _page(room, key, typed, status))


@bp.post("/decide")
def decide(room: str, key: str) -> Response:
    """Say what the class answer is: by the vote, or by the teacher with a reason."""
    typed = Typed.sent()

    def work(session: Session, sheet: Sheet) -> str | None:
        passage = typed.whole("passage") or 0
        by_vote = typed.one_of("by", tuple(together.RULE_WORDS)) == "vote"
        tags = typed.some_of("tag", [tag.key for tag in sheet.tags])
        typed.check()
        if by_vote:
            discussing.confirm_vote(session, sheet, passage, typed["reason"])
        else:
            chosen = [tag.id for tag in sheet.tags if tag.key in tags]
            discussing.decide(session, sheet, passage, chosen, typed["reason"])
        return f"a-{passage}"

    return attempt(typed, "decide a class answer", _on(room, key, work), lambda status: _page(room, key, typed, status))


@bp.post("/reply")
def reply(room: str, key: str) -> Response:
    """Say something about an answer, as the teacher."""
    typed = Typed.sent()

    def work(session: Session, sheet: Sheet) -> str | None:
        passage = typed.whole("passage") or 0
        typed.check()
        discussing.reply(session, sheet, Viewer(teacher=True), passage, typed["text"], seed=typed.ticked("seed"))
        return f"a-{passage}"

    return attempt(typed, "reply in class", _on(room, key, work), lambda status: _page(room, key, typed, status))


@bp.post("/hide")
def hide(room: str, key: str) -> Response:
    """Hide a comment from the class, or show it again."""
    typed = Typed.sent()

    def work(session: Session, sheet: Sheet) -> str | None:
        discussing.hide(session, sheet, typed["which"], typed.ticked("hidden"))
        return f"a-{typed['passage']}" if typed["passage"].isdecimal() else None

    return attempt(
        typed, "hide or show a comment", _on(room, key, work), lambda status: _page(room, key, typed, status)
    )


@bp.post("/nominate")
def nominate(room: str, key: str) -> Response:
    """Put one tag of a class answer forward for the record."""
    typed = Typed.sent()

    def work(session: Session, sheet: Sheet) -> str | None:
        passage = typed.whole("passage") or 0
        tag = typed.whole("tag") or 0
        typed.check()
        answer = discussion.decisions(session, sheet, Viewer(teacher=True), datetime.now(UTC)).get(passage)
        if answer is None:
            raise NotFound(NO_ANSWER)
        nominating.nominate(session, sheet, answer, tag, signed_in().name)
        return f"a-{passage}"

    return attempt(
        typed, "put a class answer forward", _on(room, key, work), lambda status: _page(room, key, typed, status)
    )


def _on(room: str, key: str, change: Change) -> Work:
    def work(session: Session) -> Done:
        sheet, _ = assignment(session, room, key)
        where = change(session, sheet)
        return Done(url_for(".show", room=room, key=key, _anchor=where), in_log("class", room))

    return work


def _page(room: str, key: str, typed: Typed, status: int) -> Response:
    at, asked = datetime.now(UTC), bool(request.args.get("figures"))
    with reader() as session:
        sheet, viewer = assignment(session, room, key)
        found = together.put_together(session, sheet, viewer, at)
        rows = [row for one in found.answers if one.decided for row in one.decided.decisions.values()]
        became = nominating.of_decisions(session, rows)
    return page(
        "desk/class_results/show.html",
        status=status,
        sheet=sheet,
        room=room,
        found=found,
        form=typed,
        sentence=together.sentence(found.results),
        next_words=together.BAND_WORDS.get(found.results.band or ""),
        figures=figures.of_class(sheet, found.marks, found.works) if asked else None,
        pairs=figures.pairs(sheet, found.marks, found.works) if asked else (),
        handed_in=sum(work.handed_in for work in found.works),
        can_reveal=sheet.rule.policy != Policy.PRIVATE and not sheet.rule.revealed,
        voice=together.voice,
        rules=together.RULE_WORDS,
        became=became,
        became_words=BECAME_WORDS,
        public_from=PUBLIC_FROM,
        figure=together.figure,
        one_each=results.one_each(sheet),
    )
