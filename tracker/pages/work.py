"""/classes/work: a student reads the answers of an assignment, marks them, and hands in. Every save is kept at once."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

from flask import Blueprint, current_app, request, url_for
from flask.blueprints import BlueprintSetupState
from markupsafe import Markup, escape
from sqlmodel import Session
from ulid import ULID
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from positions.classes import assigning, discussion, highlights, marking, reading, submitting
from positions.classes.discussion import Said
from positions.classes.highlights import Piece
from positions.classes.marking import Paused, Wish
from positions.classes.membership import Seat
from positions.classes.personal import SIGN_WORDS, signs
from positions.classes.results import ClassAnswer
from positions.classes.sheet import MarkView, Passage, Sheet, Work
from positions.classes.visibility import Scope, State, Viewer, peers_open
from positions.quoted_words import find_once
from tracker.acting import once_more
from tracker.classes.seats import seated
from tracker.db import Database
from tracker.db import reading as reader
from tracker.forms import KEY, Typed
from tracker.i18n import gettext, ngettext, translated
from tracker.rendering import page, wants_fragment
from transcripts.errors import Conflict, NotFound, Refusal

bp = Blueprint("work", __name__, url_prefix="/classes/work")

VIEW_WORDS = {"mine": "My marks", "class": "The class’s marks", "decided": "The class answer", "off": "Words only"}
SCOPE_WORDS = {
    Scope.CLASS: "The class, once it may see each other’s work",
    Scope.TEACHER: "My teacher only",
    Scope.PRIVATE: "Only me",
}
PURPOSE_WORDS = {"commenting": "Comment", "questioning": "Question"}
STATE_WORDS = {State.DRAFT: "Not handed in yet", State.SUBMITTED: "Handed in", State.RETURNED: "Returned to you"}
KEPT_WORDS = {"put": "Marked", "take": "Taken away", "say": "Comment changed"}


@dataclass(frozen=True)
class Answer:
    """A passage as a student sees it. `on` is the key of the own mark by tag on the whole answer; `pieces` carry `shown` marks."""

    passage: Passage
    given: bool
    own: tuple[MarkView, ...]
    shown: tuple[MarkView, ...]
    pieces: tuple[tuple[Piece, ...], ...]
    on: dict[int, str]
    counts: tuple[tuple[int, int], ...]
    decided: ClassAnswer | None

    @property
    def touched(self) -> bool:
        """Whether this student put anything on it."""
        return bool(self.own)


@dataclass(frozen=True)
class Desk:
    """One student's assignment: what is read, where the work stands, the answers under the chosen view, the teacher's notes on them."""

    sheet: Sheet
    work: Work
    viewer: Viewer
    view: str
    views: tuple[str, ...]
    answers: dict[int, Answer]
    notes: dict[int, tuple[str, ...]]

    @property
    def mine(self) -> list[Answer]:
        """The answers this student judges."""
        return [one for one in self.answers.values() if one.given]

    @property
    def touched(self) -> int:
        """How many of them carry a mark."""
        return sum(one.touched for one in self.mine)


@bp.get("/<key>")
def show(key: str) -> Response:
    """The answers with the own marks, or what the class made of them where that may be seen."""
    seat = seated()
    _allot(seat, key)
    return _page(seat, key, Typed.of({}), 200)


@bp.post("/<key>/marks")
def write(key: str) -> Response:
    """Put a mark, take one away, say something beside one, or take back the last thing done."""
    seat, typed = seated(), Typed.sent()
    with reader() as session:
        sheet, viewer = reading.for_member(session, key, seat.class_id, seat.member)
    try:
        passage = once_more(_database(), lambda session: _act(session, sheet, seat.member, typed))
    except Refusal as refusal:
        return _refused(seat, key, typed, refusal)
    if wants_fragment() and passage is not None:
        return _one_answer(seat, sheet, viewer, passage)
    return redirect(url_for(".show", key=key, _anchor=f"a-{passage}" if passage else None), 303)


@bp.post("/<key>/hand-in")
def hand_in(key: str) -> Response:
    """Hand the work in: from now on it stands."""
    seat, typed = seated(), Typed.sent()
    try:
        once_more(_database(), lambda session: _hand_in(session, seat, key))
    except Refusal as refusal:
        return _refused(seat, key, typed, refusal)
    return redirect(url_for(".show", key=key), 303)


@bp.get("/<key>/history")
def history(key: str) -> Response:
    """What this student did, the last first."""
    seat = seated()
    with reader() as session:
        sheet, viewer = reading.for_member(session, key, seat.class_id, seat.member)
        acts = reading.history(session, sheet, viewer)
    return page("work/history.html", sheet=sheet, acts=acts, words=KEPT_WORDS)


def _hand_in(session: Session, seat: Seat, key: str) -> None:
    sheet, _ = reading.for_member(session, key, seat.class_id, seat.member)
    submitting.hand_in(session, sheet, seat.member)


def _refused(seat: Seat, key: str, typed: Typed, refusal: Refusal) -> Response:
    """The page with what is wrong. 423 tells the page's script to keep a save and send it again when the class goes on."""
    typed.refusal = translated(refusal)
    status = 423 if isinstance(refusal, Paused) else 409 if isinstance(refusal, Conflict) else 422
    return _page(seat, key, typed, status)


def _act(session: Session, sheet: Sheet, member: int, typed: Typed) -> int | None:
    """Do what a form asks; returns the passage it was about. The form's key is the save's own."""
    op = typed[KEY]
    if typed["undo"]:
        marking.undo(session, sheet, member, op)
        return None
    if typed["take"]:
        marking.take(session, sheet, member, op, typed["take"])
        return typed.whole("passage", needed=False)
    if typed["say"]:
        marking.say(session, sheet, member, op, typed["say"], typed["comment"])
        return typed.whole("passage", needed=False)
    passage = typed.whole("passage")
    typed.check()
    place = next((one for one in sheet.answers if one.id == passage), None)
    if place is None:
        raise NotFound("There is no such answer in this assignment (any more).")
    tag = _tag(sheet, typed["tag"])
    for n, (start, end) in enumerate(_spans(sheet, place, typed)):
        wish = Wish(place.id, start, end, tag, typed["comment"], typed["purpose"], _scope(typed["scope"]))
        marking.put(session, sheet, member, op if n == 0 else f"{op}-{n}", wish)
    return place.id


def _spans(sheet: Sheet, place: Passage, typed: Typed) -> list[tuple[int, int]]:
    """Where a mark goes: the whole answer, ticked sentences (neighbours are one), chosen or typed words."""
    if sheet.unit == "turn":
        return [(0, len(place.text))]
    start, end = typed.whole("start", needed=False), typed.whole("end", needed=False)
    if start is not None and end is not None:
        return [(start, end)]
    if sheet.unit == "words" and typed["words"].strip():
        _, found = find_once(typed["words"], [place.text])
        return [(found.start, found.end)]
    chosen = set(typed.all("sentence"))
    ticked = [n for n in range(len(place.sentences)) if str(n) in chosen]
    if not ticked:
        raise Refusal("Choose which words first: tick a sentence, or select some.")
    runs: list[tuple[int, int]] = []
    for n in ticked:
        if runs and n - 1 in ticked:
            runs[-1] = (runs[-1][0], place.sentences[n][1])
        else:
            runs.append(place.sentences[n])
    return runs


def _tag(sheet: Sheet, typed: str) -> int | None:
    if not typed:
        return None
    found = next((one.id for one in sheet.tags if one.key == typed), None)
    if found is None:
        raise Refusal("This tag is not of this assignment.")
    return found


def _scope(typed: str) -> Scope:
    return Scope(typed) if typed in tuple(Scope) else Scope.CLASS


def _allot(seat: Seat, key: str) -> None:
    """Draw this student's share at the first look, where not everybody judges everything."""
    with reader() as session:
        sheet, viewer = reading.for_member(session, key, seat.class_id, seat.member)
        if sheet.raters is None or reading.work_of(session, sheet, viewer, _now()).given:
            return
    once_more(
        _database(), lambda session: assigning.allot(session, sheet, seat.member, assigning.seed_of(session, sheet))
    )


def _one_answer(seat: Seat, sheet: Sheet, viewer: Viewer, passage: int) -> Response:
    """The answer a save was about, alone."""
    at = _now()
    with reader() as session:
        work = reading.work_of(session, sheet, viewer, at)
        marks = reading.marks(session, sheet, viewer, at, passage)
        notes = discussion.said(session, sheet, viewer, at, seeds=True)
    return _rendered(seat, _desk(sheet, work, viewer, marks, {}, notes, at), Typed.of({}), 200, passage)


def _page(seat: Seat, key: str, typed: Typed, status: int) -> Response:
    at = _now()
    with reader() as session:
        sheet, viewer = reading.for_member(session, key, seat.class_id, seat.member)
        work = reading.work_of(session, sheet, viewer, at)
        marks = reading.marks(session, sheet, viewer, at)
        decided = discussion.decisions(session, sheet, viewer, at)
        notes = discussion.said(session, sheet, viewer, at, seeds=True)
    return _rendered(seat, _desk(sheet, work, viewer, marks, decided, notes, at), typed, status)


def _rendered(seat: Seat, desk: Desk, typed: Typed, status: int, passage: int | None = None) -> Response:
    sheet, work = desk.sheet, desk.work
    return page(
        "work/show.html",
        fragment="answer" if passage in desk.answers else None,
        status=status,
        desk=desk,
        sheet=sheet,
        seat=seat,
        work=work,
        held=desk.answers.get(passage or 0),
        form=typed,
        blocks=_blocks(sheet),
        tabs=_tabs(sheet.key, desk),
        scopes=SCOPE_WORDS,
        purposes=PURPOSE_WORDS,
        states=STATE_WORDS,
        late=submitting.is_late(sheet, work),
        new_op=lambda: str(ULID()),
        progress=progress(desk.touched, len(desk.mine)),
        counted=progress("{n}", len(desk.mine)),
    )


def progress(touched: object, total: int) -> str:
    """How far a student has come, in a sentence; `touched` may be a sign that the page's script fills in."""
    return ngettext("%(n)s of %(num)s answer marked", "%(n)s of %(num)s answers marked", total) % {
        "n": touched,
        "num": total,
    }


def lit_piece(piece: Piece, shown: Sequence[MarkView], sheet: Sheet) -> Markup:
    """A piece of an answer with the marks on it, one inside the other, each tied to its note below."""
    words = escape(piece.text)
    for n in reversed(piece.marks):
        tag = sheet.tag(shown[n].tag)
        look = f" m-{sheet.tags.index(tag) % 8}" if tag else ""
        words = Markup('<mark class="m{}" aria-describedby="n-{}">{}</mark>').format(look, shown[n].key, words)
    return words


def personal_hints(text: str, sheet: Sheet) -> list[str]:
    """What a comment looks as if it gave away; names of those who speak in the assignment may be said."""
    known = {one.speaker for one in sheet.passages if one.speaker}
    return [gettext(SIGN_WORDS[sign]) for sign in signs(text, known)]


@bp.record
def _words_for_templates(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals.update(lit_piece=lit_piece, personal_hints=personal_hints)


def _blocks(sheet: Sheet) -> list[tuple[tuple[Passage, ...], Passage | None]]:
    """The passages in order; what leads up to a question stands with it, and None for words that are gone from the record."""
    blocks: list[tuple[tuple[Passage, ...], Passage | None]] = []
    for asked, run in groupby(sheet.passages, key=lambda one: one.asked and not one.gone):
        passages = tuple(run)
        if asked:
            blocks.append((passages[:-1], passages[-1]))
        else:
            blocks += [((), None if one.gone else one) for one in passages]
    return blocks


def _tabs(key: str, desk: Desk) -> list[dict[str, object]]:
    return [
        {"href": url_for(".show", key=key, view=view), "words": gettext(VIEW_WORDS[view]), "chosen": view == desk.view}
        for view in desk.views
    ]


def _desk(
    sheet: Sheet,
    work: Work,
    viewer: Viewer,
    marks: Sequence[MarkView],
    decided: Mapping[int, ClassAnswer],
    notes: Sequence[Said],
    at: datetime,
) -> Desk:
    views = tuple(VIEW_WORDS) if peers_open(viewer, sheet.rule, at) else ("mine", "off")
    view = request.args.get("view", "mine")
    view = view if view in views else "mine"
    on_it = defaultdict(list)
    for mark in marks:
        on_it[mark.passage].append(mark)
    answers = {
        passage.id: _answer(sheet, work, viewer, passage, on_it[passage.id], decided.get(passage.id), view)
        for passage in sheet.answers
    }
    said = {passage: tuple(note.text for note in notes if note.passage == passage) for passage in answers}
    return Desk(sheet, work, viewer, view, views, answers, said)


def _answer(
    sheet: Sheet,
    work: Work,
    viewer: Viewer,
    passage: Passage,
    marks: Sequence[MarkView],
    decided: ClassAnswer | None,
    view: str,
) -> Answer:
    own = tuple(mark for mark in marks if mark.member == viewer.member)
    shown = {"mine": own, "class": tuple(marks)}.get(view, ())
    lit = tuple(mark for mark in shown if sheet.unit != "turn")
    counts = Counter(mark.tag for mark in marks if mark.tag is not None) if view == "class" else Counter()
    return Answer(
        passage=passage,
        given=work.judges(passage.id),
        own=own,
        shown=shown,
        pieces=_pieces(passage, lit, sheet.unit),
        on={mark.tag: mark.key for mark in own if mark.tag is not None and _is_whole(mark, passage)},
        counts=tuple((tag.id, counts[tag.id]) for tag in sheet.tags if counts[tag.id]),
        decided=decided if view in ("class", "decided") else None,
    )


def _pieces(passage: Passage, lit: Sequence[MarkView], unit: str) -> tuple[tuple[Piece, ...], ...]:
    """The words in pieces, sentence by sentence where sentences are what is marked; white space stays with what is before it."""
    cut = highlights.pieces(passage.text, [(mark.start, mark.end) for mark in lit])
    if unit != "sentence":
        return (cut,)
    starts = [start for start, _ in passage.sentences] or [0]
    ends = [*starts[1:], len(passage.text)]
    starts[0] = 0
    return tuple(
        tuple(
            Piece(
                max(one.start, start),
                min(one.end, end),
                passage.text[max(one.start, start) : min(one.end, end)],
                one.marks,
            )
            for one in cut
            if one.start < end and start < one.end
        )
        for start, end in zip(starts, ends, strict=True)
    )


def _is_whole(mark: MarkView, passage: Passage) -> bool:
    return (mark.start, mark.end) == (0, len(passage.text))


def _database() -> Database:
    database: Database = current_app.extensions["database"]
    return database


def _now() -> datetime:
    return datetime.now(UTC)
