"""Citations: words of turns as somebody pointed at them, where they stand now, and everything that must be said of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import func, tuple_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from transcripts import anchors
from transcripts.errors import NotFound
from transcripts.models import Exchange, ExchangeTurn, Person, Record, Turn, TurnVersion
from transcripts.queries import corrections, reports, turns, versions
from transcripts.queries.corrections import CorrectionLine
from transcripts.queries.records import ever_shown, shown
from transcripts.queries.turns import TurnView
from transcripts.vocabulary import SPOKEN, Part, TurnKind

Standing = Literal["exact", "moved", "needs_review", "orphan", "gone", "lost"]
"""What became of words since somebody pointed at them: as anchors.relocate says, gone with their turn, or lost: words before
them were withheld since, so that nobody can tell any more what a link points at."""

CITABLE = (*SPOKEN, TurnKind.RECAP_QUOTE)
"""Words somebody spoke; a source's own sentences are no quotation of anybody."""
ANSWERING = (Part.ANSWER, Part.REBUTTAL)
NEAR = 8
"""How many words before a passage help to find it in a recording."""
NOT_SPOKEN = "These are not words somebody spoke: there is nobody to quote."


@dataclass(frozen=True)
class Place:
    """Code points [start, end) of version `n` of a turn; the whole version where both are None.

    `carried`: the place is kept here and moves with words that are withheld; a link out in the world does not.
    """

    turn_id: int
    n: int
    start: int | None = None
    end: int | None = None
    carried: bool = False


@dataclass(frozen=True)
class Quoted:
    """Words of a turn: `then`, as they were pointed at, and `words`, the present ones at [start, end) of the turn's text.

    `words` is empty where they are an orphan or gone with their turn; `survivor` is the key of the turn another was joined to.
    `register` is the speaker's name as a register sorts it, None for a voice that is no known person. `question` is the
    lead-in and the question above, `answers` how many voices answer it. `before` are the words just before, in the
    same turn or the one before it. `corrections` are all of the turn's, the latest first.
    """

    turn: TurnView
    place: Place
    then: str
    status: Standing
    start: int
    end: int
    words: str
    register: str | None
    question: tuple[TurnView, ...]
    answers: int
    before: str
    corrections: tuple[CorrectionLine, ...]
    questioned: bool
    survivor: str | None

    @property
    def whole(self) -> bool:
        """Whether the words are all the turn has."""
        return (self.start, self.end) == (0, len(self.turn.text))

    @property
    def changed(self) -> bool:
        """Whether the words are other than those pointed at, or no longer there."""
        return self.status in ("needs_review", "orphan", "gone", "lost")


def of_turn(
    session: Session, key: str, n: int | None = None, start: int | None = None, end: int | None = None
) -> Quoted:
    """Words of version `n` of a turn (the present one where it is left out), for a citation.

    Raises NotFound where there are none, where nothing of them may be shown, and where nobody spoke them.
    """
    row = session.execute(select(Turn.id, Turn.version).where(Turn.key == key)).first()
    if row is None:
        raise NotFound("There are no words kept under the key “{key}”.", key=key)
    (found,) = of_places(session, [Place(row.id, n or row.version, start, end)])
    if found is None:
        raise NotFound("There are no such words under the key “{key}”. The link may be mistyped.", key=key)
    if found.turn.kind not in CITABLE:
        raise NotFound(NOT_SPOKEN)
    return found


def of_keys(session: Session, keys: Collection[str]) -> dict[str, Quoted]:
    """Whole turns as they stand, by key; those of which nothing may be shown are left out."""
    rows = session.execute(select(Turn.id, Turn.version).where(col(Turn.key).in_(keys))).all() if keys else []
    return {found.turn.key: found for found in of_places(session, [Place(*row) for row in rows]) if found}


def of_places(session: Session, places: Sequence[Place]) -> tuple[Quoted | None, ...]:
    """Words at these places, in their order: None where there is no such place or nothing of it may be shown.

    A constant number of statements, however many places there are.
    """
    ids = {place.turn_id for place in places}
    if not ids:
        return ()
    held = {turn.id: turn for turn in turns.views(session, turns.rows().where(col(Turn.id).in_(ids), ever_shown()))}
    beside = _Beside(session, held)
    wordings = _wordings(session, places)
    return tuple(
        _quoted(held[place.turn_id], place, wordings.get((place.turn_id, place.n)), beside)
        if place.turn_id in held
        else None
        for place in places
    )


class _Beside:
    """What stands round the turns, asked once for all of them."""

    def __init__(self, session: Session, held: dict[int, TurnView]) -> None:
        ids = set(held)
        self.questions = turns.questions(session, held.values())
        self.answers = _answers(session, {turn.question_key for turn in held.values() if turn.question_key})
        self.registers = _registers(session, {turn.person_slug for turn in held.values() if turn.person_slug})
        self.corrections = corrections.of_turns(session, ids)
        self.questioned = reports.questioned(session, "turn", ids)
        self.earlier = _earlier(session, ids)
        self.survivors = _survivors(session, {turn.id for turn in held.values() if turn.status == "merged"})


def _quoted(turn: TurnView, place: Place, wording: str | None, beside: _Beside) -> Quoted | None:
    if wording is None:
        return None
    changed = beside.corrections.get(turn.id, ())
    lost = place.end is not None and not place.carried and versions.displaced(wording, place.end, place.n, changed)
    if lost:
        place = Place(place.turn_id, place.n)
    start, end = (0, len(wording)) if place.start is None or place.end is None else (place.start, place.end)
    if not 0 <= start < end <= len(wording):
        return None
    then = anchors.anchor(wording, start, end)
    status: Standing = "gone"
    now = None
    if lost:
        status = "lost"
    elif turn.status == "current" and turn.text:
        found = anchors.relocate(then, wording, turn.text)
        status, now = found.status, found.anchor
        if place.start is None:
            now = anchors.anchor(turn.text, 0, len(turn.text))
            status = "needs_review" if status == "orphan" else status
    return Quoted(
        turn=turn,
        place=place,
        then="" if lost else then.exact,
        status=status,
        start=now.start if now else 0,
        end=now.end if now else 0,
        words=now.exact if now else "",
        register=beside.registers.get(turn.person_slug or ""),
        question=beside.questions.get(turn.key, ()) if turn.exchange_part in ANSWERING else (),
        answers=beside.answers.get(turn.question_key or "", 0),
        before=_before(turn.text[: now.start] if now else "", beside.earlier.get(turn.id, "")),
        corrections=changed,
        questioned=turn.id in beside.questioned,
        survivor=beside.survivors.get(turn.id),
    )


def _before(inside: str, earlier: str) -> str:
    """The last words before a place: of its own turn, or of the turn before where it stands at the beginning."""
    words = inside.split()
    return " ".join((words if len(words) >= NEAR // 2 else [*earlier.split(), *words])[-NEAR:])


def _wordings(session: Session, places: Sequence[Place]) -> dict[tuple[int, int], str]:
    pairs = {(place.turn_id, place.n) for place in places}
    asked = select(TurnVersion).where(tuple_(col(TurnVersion.turn_id), col(TurnVersion.n)).in_(pairs))
    return {(one.turn_id, one.n): one.text for one in session.exec(asked)}


def _answers(session: Session, questions: Collection[str]) -> dict[str, int]:
    """How many voices answer each question, by the key of its turn; a voice not identified counts each time."""
    if not questions:
        return {}
    asked = aliased(Turn)
    voice = func.coalesce(Turn.speaker_id, -col(Turn.id))
    rows = session.execute(
        select(asked.key, func.count(func.distinct(voice)))
        .select_from(ExchangeTurn)
        .join(Exchange, col(Exchange.id) == col(ExchangeTurn.exchange_id))
        .join(asked, col(asked.id) == col(Exchange.question_turn_id))
        .join(Turn, col(Turn.id) == col(ExchangeTurn.turn_id))
        .join(Record, col(Record.id) == col(Turn.record_id))
        .where(col(asked.key).in_(questions), ExchangeTurn.part == Part.ANSWER, shown())
        .group_by(asked.key)
    )
    return dict(rows.all())


def _registers(session: Session, slugs: Collection[str]) -> dict[str, str]:
    if not slugs:
        return {}
    return dict(session.execute(select(Person.slug, Person.sort_name).where(col(Person.slug).in_(slugs))).all())


def _earlier(session: Session, ids: Collection[int]) -> dict[int, str]:
    """What was said just before each turn, as far as it may be shown."""
    said = aliased(Turn)
    before: Any = (
        select(said.text)
        .where(
            said.record_id == Turn.record_id,
            said.position < Turn.position,
            said.status == "current",
            col(said.kind).in_(SPOKEN),
        )
        .order_by(col(said.position).desc())
        .limit(1)
        .correlate(Turn)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Turn.id, before)
        .join(Record, col(Record.id) == col(Turn.record_id))
        .where(col(Turn.id).in_(ids), shown())
    )
    return {id: text or "" for id, text in rows.all()}


def _survivors(session: Session, ids: Collection[int]) -> dict[int, str]:
    if not ids:
        return {}
    kept = aliased(Turn)
    rows = session.execute(
        select(Turn.id, kept.key).join(kept, col(kept.id) == col(Turn.merged_into_id)).where(col(Turn.id).in_(ids))
    )
    return dict(rows.all())
