"""The only writer of annotations: marks on words, their wordings, and their place in every version of the turn.

Every function is one step of the caller's transaction. `version` is the wording of the annotation its author looked at.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select
from ulid import ULID

from transcripts import anchors, reanchoring
from transcripts.annotation_models import PURPOSES, SCOPES, Annotation, AnnotationAnchor, AnnotationBody
from transcripts.drafting import Draft
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.models import Turn, TurnVersion, now
from transcripts.text import clean

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Body:
    """One thing an annotation says: a tag, a comment, a question."""

    purpose: str
    text: str
    lang: str = "en"

    def __post_init__(self) -> None:
        if self.purpose not in PURPOSES or not clean(self.text).strip():
            raise Refusal("Say something, and what it is meant as.")


def annotate(
    session: Session,
    author: str,
    key: str,
    seen: int,
    span: tuple[int, int],
    bodies: Sequence[Body],
    scope: str = "private",
    motivation: str = "commenting",
    clock: Clock = now,
) -> str:
    """Mark code points [start, end) of version `seen` of a turn; returns the annotation's key.

    Where the turn was changed meanwhile, the mark is carried on at once, as any other is. Raises NotFound and Refusal.
    """
    if scope not in SCOPES or motivation not in PURPOSES:
        raise Refusal("There is no such circle of readers, or no such purpose.")
    turn_id, text = _wording(session, key, seen)
    place = _anchor(text, span)
    at = clock()
    made = Annotation(key=str(ULID()), author=author, scope=scope, motivation=motivation, created_at=at, modified_at=at)
    session.add(made)
    session.flush()
    assert made.id is not None
    first = reanchoring.Place(made.id, turn_id, seen, "exact", "marked", 1.0, place)
    _keep(session, first, None, at)
    _say(session, made, bodies, at)
    _look(session, [made.id], at)
    return made.key


def reword(session: Session, author: str, key: str, version: int, bodies: Sequence[Body], clock: Clock = now) -> None:
    """Let an annotation say something else; what it said before stays. Only its author may."""
    one, at = _own(session, author, key, version), clock()
    one.version, one.modified_at = one.version + 1, at
    session.add(one)
    _say(session, one, bodies, at)


def delete(session: Session, author: str, key: str, version: int, clock: Clock = now) -> None:
    """Take an annotation away; its row stays so that nothing else gets its key."""
    one = _own(session, author, key, version)
    one.deleted_at = clock()
    session.add(one)
    session.flush()


def confirm(
    session: Session, key: str, seen: int, by: str, span: tuple[int, int] | None = None, clock: Clock = now
) -> None:
    """Say that a doubtful place is right, or that [start, end) of the same version is: a further row, in the name of `by`.

    `seen` is the version of the turn the words were looked at in. Raises Conflict where it changed meanwhile.
    """
    one = _annotation(session, key)
    last = session.exec(
        select(AnnotationAnchor)
        .where(AnnotationAnchor.annotation_id == one.id)
        .order_by(col(AnnotationAnchor.id).desc())
    ).first()
    assert last is not None, "an annotation has a place from the start"
    turn = session.get_one(Turn, last.turn_id)
    if turn.status != "current" or turn.version != seen or last.turn_version != seen:
        raise Conflict("These words were changed meanwhile: look at them again.")
    if span is None and last.start is None:
        raise Refusal("The words are gone: say where they stand now.")
    place = _anchor(turn.text, span or (last.start or 0, last.end or 0))
    assert one.id is not None
    _keep(session, reanchoring.Place(one.id, last.turn_id, seen, "moved", "person", 1.0, place), by, clock())


def reanchor(session: Session, record_id: int, clock: Clock = now) -> dict[str, int]:
    """Look for the words of every annotation of a record again after its turns changed. Returns how many got which status."""
    ids = _living(session, record_id)
    return _look(session, ids, clock()) if ids else {}


def forecast(session: Session, draft: Draft) -> dict[str, int]:
    """How many annotations of the record it replaces would get which status, were these files stored."""
    if draft.standing is None:
        return {}
    ids = _living(session, draft.standing.id)
    return reanchoring.forecast(session, _held(session, ids), *draft.words_after()) if ids else {}


def _living(session: Session, record_id: int) -> list[int]:
    """Ids of the annotations of a record that nobody deleted."""
    ours = select(Turn.id).where(Turn.record_id == record_id)
    marked = select(AnnotationAnchor.annotation_id).where(col(AnnotationAnchor.turn_id).in_(ours))
    living = select(Annotation.id).where(col(Annotation.id).in_(marked), col(Annotation.deleted_at).is_(None))
    return [id for id in session.exec(living) if id is not None]


def _held(session: Session, ids: Collection[int]) -> list[reanchoring.Held]:
    table = AnnotationAnchor
    fields = ("annotation_id", "turn_id", "turn_version", "start", "end", "exact", "before", "after", "status")
    rows = session.exec(select(table).where(col(table.annotation_id).in_(ids)).order_by(col(table.id)))
    return reanchoring.held_by(tuple(getattr(row, name) for name in fields) for row in rows)


def _look(session: Session, ids: Collection[int], at: datetime) -> dict[str, int]:
    counts: dict[str, int] = {}
    for place in reanchoring.look(session, _held(session, ids)):
        _keep(session, place, None, at)
        counts[place.status] = counts.get(place.status, 0) + 1
    return counts


def _keep(session: Session, place: reanchoring.Place, by: str | None, at: datetime) -> None:
    session.add(AnnotationAnchor(annotation_id=place.owner, confirmed_by=by, at=at, **place.columns()))
    session.flush()


def _say(session: Session, one: Annotation, bodies: Sequence[Body], at: datetime) -> None:
    assert one.id is not None
    for n, body in enumerate(bodies):
        row = AnnotationBody(
            annotation_id=one.id, version=one.version, position=n, purpose=body.purpose, text="", at=at
        )
        row.text, row.lang = clean(body.text).strip(), body.lang
        session.add(row)
    session.flush()


def _anchor(text: str, span: tuple[int, int]) -> anchors.Anchor:
    try:
        return anchors.anchor(text, *span)
    except ValueError as error:
        raise Refusal("The words you chose are not in this place; choose them anew.") from error


def _wording(session: Session, key: str, version: int) -> tuple[int, str]:
    found = session.exec(
        select(TurnVersion.turn_id, TurnVersion.text)
        .join(Turn, col(Turn.id) == col(TurnVersion.turn_id))
        .where(Turn.key == key, TurnVersion.n == version)
    ).one_or_none()
    if found is None:
        raise NotFound("There is no version {version} of words kept under the key “{key}”.", version=version, key=key)
    return found


def _annotation(session: Session, key: str) -> Annotation:
    one = session.exec(
        select(Annotation).where(Annotation.key == key).with_for_update().execution_options(populate_existing=True)
    ).one_or_none()
    if one is None or one.deleted_at is not None:
        raise NotFound("There is no such note (any more).")
    return one


def _own(session: Session, author: str, key: str, version: int) -> Annotation:
    one = _annotation(session, key)
    if one.author != author:
        raise NotFound("There is no such note (any more).")
    if one.version != version:
        raise Conflict("You changed this note elsewhere meanwhile: this is version {version}.", version=one.version)
    return one
