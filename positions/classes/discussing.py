"""The writer of what a class does together: replies, votes and class answers, and the teacher's hand over what was written.

Each function is one step of the caller's transaction. A student speaks where classmates' work is open to them, and not before.
"""

import secrets
from collections.abc import Callable, Collection
from datetime import datetime

from sqlmodel import Session, col, delete, select

from positions.classes import discussion, reading, results
from positions.classes.marking import PAUSED
from positions.classes.models import Ballot, ClassDecision, ClassReply, ClassRoom, Mark
from positions.classes.sheet import Passage, Sheet
from positions.classes.visibility import Scope, Viewer, peers_open
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.models import now
from transcripts.text import clean

Clock = Callable[[], datetime]

LONGEST = 1_000
"""Code points of a reply, and of the reason for a class answer."""
MOST = 200
"""Replies of one student on one assignment."""

NOT_OPEN = "Your classmates’ work is not open to you yet, so there is nothing to discuss here."
NO_ANSWER = "There is no such answer in this assignment (any more)."
NO_REPLIES = "Replies are off in this assignment."


def reply(
    session: Session,
    sheet: Sheet,
    viewer: Viewer,
    passage: int,
    typed: str,
    clock: Clock = now,
    seed: bool = False,
) -> str:
    """Say something about an answer, as a student or as the teacher; returns the reply's key. Raises Refusal, NotFound.

    A `seed` is a teacher's note that students read while they mark.
    """
    place = _passage(sheet, passage)
    if not viewer.teacher:
        _may_speak(session, sheet, viewer, clock())
        if not sheet.replies:
            raise Refusal(NO_REPLIES)
        own = select(ClassReply.id).where(ClassReply.assignment_id == sheet.id, ClassReply.member_id == viewer.member)
        if len(session.exec(own).all()) >= MOST:
            raise Refusal("At most {n} replies on one assignment.", n=MOST)
    return _say(
        session, sheet, place, viewer.member, _words(typed), None, Scope.CLASS, clock(), seed and viewer.teacher
    )


def comment(session: Session, sheet: Sheet, mark: str, typed: str, clock: Clock = now) -> str:
    """Let the teacher say something of one mark (the key of its annotation) to its student alone. Raises Refusal, NotFound."""
    row = _mark(session, sheet, mark, clock())
    place = _passage(sheet, row.class_turn_id)
    return _say(session, sheet, place, None, _words(typed), row.annotation_id, Scope.TEACHER, clock())


def hide(session: Session, sheet: Sheet, key: str, hidden: bool, clock: Clock = now) -> None:
    """Hide a reply or a mark from the class, or show it again; its author goes on seeing it. Raises NotFound."""
    found: ClassReply | Mark | None = session.exec(
        select(ClassReply).where(ClassReply.assignment_id == sheet.id, ClassReply.key == key)
    ).one_or_none()
    row = found or _mark(session, sheet, key, clock())
    row.hidden_at = (row.hidden_at or clock()) if hidden else None
    session.add(row)
    session.flush()


def vote(
    session: Session, sheet: Sheet, viewer: Viewer, passage: int, tags: Collection[int], clock: Clock = now
) -> None:
    """Vote for the tags of the class answer; the last vote counts. Raises Refusal, NotFound, Conflict once it is decided."""
    place = _passage(sheet, passage)
    at = clock()
    _may_speak(session, sheet, viewer, at)
    chosen = _chosen(sheet, tags)
    if place.id in discussion.decisions(session, sheet, viewer, at):
        raise Conflict("This answer was decided meanwhile.")
    assert viewer.member is not None
    before = delete(Ballot).where(col(Ballot.class_turn_id) == place.id, col(Ballot.member_id) == viewer.member)
    session.exec(before)
    for tag in sheet.tags:
        row = Ballot(class_turn_id=place.id, tag_id=tag.id, member_id=viewer.member, present=tag.id in chosen)
        session.add(row)
    session.flush()


def decide(
    session: Session, sheet: Sheet, passage: int, tags: Collection[int], reason: str, clock: Clock = now
) -> None:
    """Let the teacher say which tags are the class answer, and why. It stands until decided anew. Raises Refusal, NotFound."""
    place, chosen, at = _passage(sheet, passage), _chosen(sheet, tags), clock()
    if not reason.strip():
        raise Refusal("Say why: the class reads the reason beside the answer.")
    why = _words(reason)
    teacher = Viewer(teacher=True)
    judged = results.judgements(
        sheet, reading.marks(session, sheet, teacher, at), reading.works(session, sheet, teacher, at)
    )[place.id]
    figures = {tag.id: (sum(tag.id in value for value in judged.values()), len(judged)) for tag in sheet.tags}
    _keep(session, sheet, place, chosen, figures, "teacher", why, at)


def confirm_vote(session: Session, sheet: Sheet, passage: int, reason: str, clock: Clock = now) -> None:
    """Let the class answer be what more than half of those who voted are for. Raises Refusal where there is no majority."""
    place, at = _passage(sheet, passage), clock()
    cast = discussion.ballots(session, sheet, Viewer(teacher=True), at).get(place.id, {})
    chosen, is_one = results.voted(sheet, cast)
    if not is_one:
        raise Refusal(
            "The vote decides nothing: nobody voted, or no side has more than half. Decide yourself, and say why."
        )
    figures = {tag.id: (sum(tag.id in ballot for ballot in cast.values()), len(cast)) for tag in sheet.tags}
    _keep(session, sheet, place, chosen, figures, "vote", clean(reason).strip()[:LONGEST], at)


def _keep(
    session: Session,
    sheet: Sheet,
    place: Passage,
    chosen: Collection[int],
    figures: dict[int, tuple[int, int]],
    rule: str,
    reason: str,
    at: datetime,
) -> None:
    for tag in sheet.tags:
        for_it, of = figures[tag.id]
        session.add(
            ClassDecision(
                assignment_id=sheet.id,
                class_turn_id=place.id,
                tag_id=tag.id,
                present=tag.id in chosen,
                rule=rule,
                reason=reason,
                for_it=for_it,
                of=of,
                at=at,
            )
        )
    session.flush()


def _say(
    session: Session,
    sheet: Sheet,
    place: Passage,
    member: int | None,
    text: str,
    annotation_id: int | None,
    scope: Scope,
    at: datetime,
    seed: bool = False,
) -> str:
    key = secrets.token_urlsafe(16)
    session.add(
        ClassReply(
            key=key,
            assignment_id=sheet.id,
            class_turn_id=place.id,
            annotation_id=annotation_id,
            member_id=member,
            text=text,
            scope=scope,
            seed=seed,
            at=at,
        )
    )
    session.flush()
    return key


def _may_speak(session: Session, sheet: Sheet, viewer: Viewer, at: datetime) -> None:
    if viewer.member is None or not peers_open(viewer, sheet.rule, at):
        raise Refusal(NOT_OPEN)
    paused = select(ClassRoom.paused_at).where(ClassRoom.id == sheet.class_id)
    if session.exec(paused.with_for_update()).one() is not None:
        raise Refusal(PAUSED)


def _passage(sheet: Sheet, id: int) -> Passage:
    found = next((one for one in sheet.answers if one.id == id), None)
    if found is None:
        raise NotFound(NO_ANSWER)
    return found


def _mark(session: Session, sheet: Sheet, key: str, at: datetime) -> Mark:
    """A mark its teacher may read."""
    readable = {one.key: one.id for one in reading.marks(session, sheet, Viewer(teacher=True), at)}
    if key not in readable:
        raise NotFound("There is no such note (any more).")
    return session.get_one(Mark, readable[key])


def _chosen(sheet: Sheet, tags: Collection[int]) -> frozenset[int]:
    chosen = frozenset(tags)
    if chosen - {tag.id for tag in sheet.tags}:
        raise Refusal("This tag is not of this assignment.")
    if results.one_each(sheet) and len(chosen) > 1:
        raise Refusal("An answer takes one tag here, or none.")
    return chosen


def _words(typed: str) -> str:
    said = clean(typed).strip()
    if not said:
        raise Refusal("Write something.")
    if len(said) > LONGEST:
        raise Refusal("At most {n} characters.", n=LONGEST)
    return said
