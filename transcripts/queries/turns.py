"""Turns: one alone with what stands round it, many by key for search hits, and the row every page shows."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, Select, and_, func
from sqlmodel import Session, col, select

from transcripts import media
from transcripts.bilingual import Bilingual, both
from transcripts.errors import NotFound
from transcripts.models import Exchange, ExchangeTurn, Forum, MediaPart, Person, Record, Speaker, Turn
from transcripts.queries import corrections, forums, records, reports
from transcripts.queries.corrections import CorrectionLine
from transcripts.queries.forums import ForumLine
from transcripts.queries.records import RecordLine, ever_shown, shown
from transcripts.vocabulary import Part, Role


@dataclass(frozen=True)
class TurnView:
    """One turn as a page shows it. `speaker_name` is None for a voice nobody has named; `label` is what the file prints.

    `part` counts parts of the recording; `exchange_part` is the turn's part in its exchange (vocabulary.Part), None outside
    any; `question_key` is the key of that exchange's question. `text` of a withdrawn turn is its last wording.
    """

    id: int
    key: str
    forum: ForumLine
    record: RecordLine
    position: int
    kind: str
    label: str | None
    speaker_id: int | None
    speaker_name: str | None
    person_slug: str | None
    role: str
    credit: Bilingual | None
    text: str
    words: int
    lang: str
    part: int
    start_ms: int | None
    end_ms: int | None
    version: int
    status: str
    exchange_part: str | None
    question_key: str | None
    video_url: str | None
    review: str | None = None

    @property
    def grade(self) -> str:
        """How far its words can be trusted: as far as this very turn was checked, or its record."""
        return self.review or self.record.grade


@dataclass(frozen=True)
class TurnPage:
    """A turn alone. `question` is the lead-in and question above it; neighbours are keys in the same record.

    A turn that was merged names its `survivor` (answer 301); one that was withdrawn has the status and its corrections (410).
    `questioned`: somebody reported it, and readers see that this is being looked into.
    """

    turn: TurnView
    question: tuple[TurnView, ...]
    previous_key: str | None
    next_key: str | None
    corrections: tuple[CorrectionLine, ...]
    survivor: str | None
    questioned: bool = False


@dataclass(frozen=True)
class Turns:
    """One page of a longer list of turns; `page` counts from 1."""

    turns: tuple[TurnView, ...]
    total: int
    page: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages there are, one at least."""
        return max(1, -(-self.total // self.size))


def by_key(session: Session, key: str) -> TurnPage:
    """A turn with what stands round it, also where it was withdrawn or merged. Raises NotFound."""
    turn = next(iter(views(session, rows().where(col(Turn.key) == key, ever_shown()))), None)
    if turn is None:
        raise NotFound("There are no words kept under the key “{key}”.", key=key)
    previous_key, next_key = _neighbours(session, turn)
    survivor = select(Turn.key).where(
        col(Turn.id) == select(Turn.merged_into_id).where(Turn.id == turn.id).scalar_subquery()
    )
    return TurnPage(
        turn=turn,
        question=questions(session, [turn]).get(turn.key, ()),
        previous_key=previous_key,
        next_key=next_key,
        corrections=corrections.of_turns(session, [turn.id]).get(turn.id, ()),
        survivor=session.exec(survivor).one_or_none() if turn.status == "merged" else None,
        questioned=bool(reports.questioned(session, "turn", [turn.id])),
    )


def by_keys(session: Session, keys: Sequence[str]) -> tuple[TurnView, ...]:
    """Current turns in the order of `keys`; keys that are gone or may not be shown are left out."""
    if not keys:
        return ()
    found = {turn.key: turn for turn in views(session, rows().where(col(Turn.key).in_(keys), shown()))}
    return tuple(found[key] for key in keys if key in found)


def by_ids(session: Session, ids: Collection[int]) -> dict[int, TurnView]:
    """Current turns by their id; those that are gone or may not be shown are left out."""
    return {turn.id: turn for turn in views(session, rows().where(col(Turn.id).in_(ids), shown()))} if ids else {}


def questions(session: Session, turns: Iterable[TurnView]) -> dict[str, tuple[TurnView, ...]]:
    """For each turn inside an exchange, by its key: the lead-in and the question it answers, without itself."""
    asked = {turn.key: turn.question_key for turn in turns if turn.question_key}
    above: dict[str, list[TurnView]] = defaultdict(list)
    if asked:
        key_of_question = _QUESTION.c.key
        parts = col(ExchangeTurn.part).in_((Part.LEAD_IN, Part.QUESTION))
        for turn in views(session, rows().where(key_of_question.in_(set(asked.values())), parts, shown())):
            above[turn.question_key or ""].append(turn)
    return {key: tuple(turn for turn in above[question] if turn.key != key) for key, question in asked.items()}


def paged(session: Session, where: ColumnElement[bool], page: int, size: int) -> Turns:
    """One page of the current turns that fit `where`, the newest forum first, in printed order within it."""
    kept = and_(where, shown())
    total = session.exec(
        select(func.count(col(Turn.id)))
        .join(Record, col(Record.id) == col(Turn.record_id))
        .outerjoin(Speaker, col(Speaker.id) == col(Turn.speaker_id))
        .where(kept)
    ).one()
    newest = (col(Forum.held_on).desc(), col(Turn.forum_id).desc(), col(Turn.record_id), col(Turn.position))
    asked = rows().join(Forum, col(Forum.id) == col(Turn.forum_id)).where(kept).order_by(None).order_by(*newest)
    return Turns(tuple(views(session, asked.offset((page - 1) * size).limit(size))), total, page, size)


_QUESTION = select(col(Turn.id).label("id"), col(Turn.key).label("key")).subquery("question")

_COLUMNS: tuple[Any, ...] = (
    col(Turn.id),
    col(Turn.key),
    col(Turn.forum_id),
    col(Turn.record_id),
    col(Turn.position),
    col(Turn.kind),
    col(Turn.label),
    col(Turn.speaker_id),
    col(Turn.text),
    col(Turn.words),
    col(Turn.lang),
    col(Turn.part),
    col(Turn.start_ms),
    col(Turn.end_ms),
    col(Turn.version),
    col(Turn.status),
    col(Speaker.name).label("speaker_name"),
    col(Speaker.role).label("role"),
    col(Speaker.credit_en).label("credit_en"),
    col(Speaker.credit_es).label("credit_es"),
    col(Person.name).label("person_name"),
    col(Person.slug).label("person_slug"),
    col(ExchangeTurn.part).label("exchange_part"),
    _QUESTION.c.key.label("question_key"),
    col(Turn.review),
)


@cache
def rows() -> Select[Any]:
    """The columns `views` reads, in printed order. Turn, Record, Speaker, Person and ExchangeTurn may be named in `where`."""
    return (
        sqlalchemy.select(*_COLUMNS)
        .select_from(Turn)
        .join(Record, col(Record.id) == col(Turn.record_id))
        .outerjoin(Speaker, col(Speaker.id) == col(Turn.speaker_id))
        .outerjoin(Person, col(Person.id) == col(Speaker.person_id))
        .outerjoin(ExchangeTurn, col(ExchangeTurn.turn_id) == col(Turn.id))
        .outerjoin(Exchange, col(Exchange.id) == col(ExchangeTurn.exchange_id))
        .outerjoin(_QUESTION, _QUESTION.c.id == col(Exchange.question_turn_id))
        .order_by(col(Turn.record_id), col(Turn.position), col(Turn.id))
    )


def views(session: Session, asked: Select[Any]) -> list[TurnView]:
    """Turns for a selection of `rows()`: four statements, however many turns there are."""
    found = session.execute(asked).all()
    named = forums.lines(session, {row.forum_id for row in found})
    made = records.lines(session, {row.record_id for row in found})
    videos = _videos(session, set(named))
    return [_view(row, named, made, videos) for row in found]


def _view(
    row: Any, named: dict[int, ForumLine], made: dict[int, RecordLine], videos: dict[tuple[int, int], str]
) -> TurnView:
    """One row of `rows()`; its columns are unpacked at once because a page has hundreds."""
    turn, (name, role, credit_en, credit_es, person, slug, exchange_part, question_key, review) = row[:16], row[16:]
    (
        id,
        key,
        forum_id,
        record_id,
        position,
        kind,
        label,
        speaker_id,
        text,
        words,
        lang,
        part,
        start,
        end,
        version,
        status,
    ) = turn
    forum = named[forum_id]
    video = None
    if start is not None:
        video = media.at(videos.get((forum_id, part), forum.video_url if part == 0 else None), start)
    return TurnView(
        id=id,
        key=key,
        forum=forum,
        record=made[record_id],
        position=position,
        kind=kind,
        label=label,
        speaker_id=speaker_id,
        speaker_name=person or name,
        person_slug=slug,
        role=role or Role.UNKNOWN,
        credit=both(credit_en, credit_es),
        text=text,
        words=words,
        lang=lang,
        part=part,
        start_ms=start,
        end_ms=end,
        version=version,
        status=status,
        exchange_part=exchange_part,
        question_key=question_key,
        video_url=video,
        review=review,
    )


def _videos(session: Session, forum_ids: Collection[int]) -> dict[tuple[int, int], str]:
    if not forum_ids:
        return {}
    found = session.exec(select(MediaPart).where(col(MediaPart.forum_id).in_(forum_ids)))
    return {(part.forum_id, part.part): part.video_url for part in found}


def _neighbours(session: Session, turn: TurnView) -> tuple[str | None, str | None]:
    """Keys of the turns before and after in the same record, as far as they may be shown."""

    def beside(earlier: bool) -> Any:
        here = col(Turn.position) < turn.position if earlier else col(Turn.position) > turn.position
        order = col(Turn.position).desc() if earlier else col(Turn.position)
        return (
            select(Turn.key)
            .join(Record, col(Record.id) == col(Turn.record_id))
            .where(col(Turn.record_id) == turn.record.id, here, shown())
            .order_by(order)
            .limit(1)
            .scalar_subquery()
        )

    before, after = session.execute(select(beside(earlier=True), beside(earlier=False))).one()
    return before, after
