"""A forum's transcript: its turns in printed order, grouped by the question that was asked, and who held the floor."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import sqlalchemy
from sqlmodel import Session, col, select

from transcripts import floor
from transcripts.bilingual import Bilingual, both
from transcripts.floor import Floor, Spoken
from transcripts.models import Exchange, ExchangeState, Record, Speaker, Turn
from transcripts.queries import records, turns
from transcripts.queries.records import RecordLine, ever_shown, shown
from transcripts.queries.turns import TurnView
from transcripts.vocabulary import ANSWERED, Part, TurnKind


@dataclass(frozen=True)
class StateLine:
    """What became of one speaker in one exchange (`answered` or a Reason), where the record (`rule`) or an editor says so."""

    speaker_id: int
    state: str
    set_by: str
    note: Bilingual | None


@dataclass(frozen=True)
class ExchangeView:
    """A question and what followed. `number` counts from 1 in printed order; `key` is the key of the question's turn."""

    id: int
    number: int
    key: str
    lead_ins: tuple[TurnView, ...]
    questions: tuple[TurnView, ...]
    answers: tuple[TurnView, ...]
    states: dict[int, StateLine]

    @property
    def silent(self) -> tuple[StateLine, ...]:
        """What became of those who did not answer."""
        return tuple(line for line in self.states.values() if line.state != ANSWERED)

    def by_speaker(self) -> dict[int | None, tuple[TurnView, ...]]:
        """Answers, follow-ups and rebuttals by speaker id, in the order in which the speakers first answer."""
        found: dict[int | None, list[TurnView]] = defaultdict(list)
        for turn in self.answers:
            found[turn.speaker_id].append(turn)
        return {speaker: tuple(said) for speaker, said in found.items()}


@dataclass(frozen=True)
class Block:
    """A stretch of the transcript: one exchange with the procedure inside it, or turns that belong to none (`exchange` None)."""

    exchange: ExchangeView | None
    turns: tuple[TurnView, ...]


@dataclass(frozen=True)
class Transcript:
    """The published words of a forum. `turns` holds tombstones of withdrawn turns too (status), at the place they had."""

    turns: tuple[TurnView, ...] = ()
    exchanges: tuple[ExchangeView, ...] = ()
    floor: Floor = field(default_factory=lambda: floor.floor(()))

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The same turns in the same order, cut where an exchange begins and after its last turn."""
        return _blocks(self.turns, {exchange.key: exchange for exchange in self.exchanges})


@dataclass(frozen=True)
class Report:
    """A record beside the published one, such as a news report, and the quotations it holds."""

    record: RecordLine
    quotes: tuple[TurnView, ...]


def transcript(session: Session, forum_id: int) -> Transcript:
    """The published words of a forum; nothing at all where none may be shown."""
    published = (col(Record.forum_id) == forum_id, col(Record.is_published))
    held = [
        turn for turn in turns.views(session, turns.rows().where(*published, ever_shown())) if turn.status != "merged"
    ]
    current = [turn for turn in held if turn.status == "current"]
    return Transcript(
        tuple(held), _exchanges(session, forum_id, current), floor.floor([_spoken(t) for t in current if _heard(t)])
    )


def floors(session: Session, forum_ids: Sequence[int]) -> dict[int, Floor]:
    """Who held the floor, by forum, from the published records alone; forums without speech are left out."""
    found: dict[int, list[Spoken]] = defaultdict(list)
    rows = session.execute(
        sqlalchemy.select(
            *(col(c) for c in (Turn.forum_id, Turn.speaker_id, Turn.words, Turn.part, Turn.start_ms, Turn.end_ms))
        )
        .join(Record, col(Record.id) == col(Turn.record_id))
        .where(col(Turn.forum_id).in_(forum_ids), col(Record.is_published), col(Turn.kind) == TurnKind.SPEECH, shown())
        .order_by(col(Turn.record_id), col(Turn.position))
    )
    for forum_id, speaker_id, words, part, start_ms, end_ms in rows:
        found[forum_id].append(Spoken(speaker_id, words, part, start_ms, end_ms))
    return {forum_id: floor.floor(spoken) for forum_id, spoken in found.items()}


def reports(session: Session, forum_id: int) -> tuple[Report, ...]:
    """The records beside the published one with the quotations that may be shown, in printed order."""
    beside = [record for record in records.of_forum(session, forum_id) if not record.is_published]
    quotes: dict[int, list[TurnView]] = defaultdict(list)
    if beside:
        ours = col(Turn.record_id).in_([record.id for record in beside])
        for turn in turns.views(session, turns.rows().where(ours, col(Turn.kind) == TurnKind.RECAP_QUOTE, shown())):
            quotes[turn.record.id].append(turn)
    return tuple(Report(record, tuple(quotes[record.id])) for record in beside)


@dataclass(frozen=True)
class Asked:
    """A question of a forum in a list of them: `key` is that of its turn, `number` counts from 1."""

    key: str
    number: int
    text: str


def asked(session: Session, forum_id: int) -> tuple[Asked, ...]:
    """Every question of a forum in printed order."""
    rows = session.execute(
        select(Turn.key, Turn.text)
        .join(Exchange, col(Exchange.question_turn_id) == col(Turn.id))
        .where(Exchange.forum_id == forum_id, Turn.status == "current")
        .order_by(col(Exchange.position))
    )
    return tuple(Asked(key, n, text) for n, (key, text) in enumerate(rows, start=1))


def states_of(session: Session, question_key: str) -> dict[int, StateLine]:
    """What became of each speaker in the exchange of a question, by speaker id; empty for a turn that asks none."""
    rows = session.execute(
        sqlalchemy.select(*_STATE)
        .join(Exchange, col(Exchange.id) == col(ExchangeState.exchange_id))
        .join(Turn, col(Turn.id) == col(Exchange.question_turn_id))
        .where(col(Turn.key) == question_key)
    )
    return {line[0]: _state(*line) for _, *line in rows}


def _heard(turn: TurnView) -> bool:
    return turn.kind == TurnKind.SPEECH


def _spoken(turn: TurnView) -> Spoken:
    return Spoken(turn.speaker_id, turn.words, turn.part, turn.start_ms, turn.end_ms)


def _exchanges(session: Session, forum_id: int, current: Sequence[TurnView]) -> tuple[ExchangeView, ...]:
    members: dict[str, list[TurnView]] = defaultdict(list)
    for turn in current:
        if turn.question_key:
            members[turn.question_key].append(turn)
    states: dict[int, dict[int, StateLine]] = defaultdict(dict)
    asked = (
        sqlalchemy.select(*_STATE)
        .join(Exchange, col(Exchange.id) == col(ExchangeState.exchange_id))
        .join(Speaker, col(Speaker.id) == col(ExchangeState.speaker_id))
        .where(col(Exchange.forum_id) == forum_id)
    )
    for exchange_id, *line in session.execute(asked):
        states[exchange_id][line[0]] = _state(*line)
    rows = session.execute(
        select(Exchange.id, Turn.key)
        .join(Turn, col(Turn.id) == col(Exchange.question_turn_id))
        .where(Exchange.forum_id == forum_id, Turn.status == "current", col(Turn.key).in_(list(members)))
        .order_by(col(Exchange.position))
    )
    return tuple(_exchange(id, n, key, members[key], states[id]) for n, (id, key) in enumerate(rows, start=1))


_STATE = tuple(
    col(column)
    for column in (
        ExchangeState.exchange_id,
        ExchangeState.speaker_id,
        ExchangeState.state,
        ExchangeState.set_by,
        ExchangeState.note_en,
        ExchangeState.note_es,
    )
)
"""Columns, not rows: a forum has one for every candidate and question."""


def _state(speaker_id: int, state: str, set_by: str, note_en: str | None, note_es: str | None) -> StateLine:
    return StateLine(speaker_id, state, set_by, both(note_en, note_es))


def _exchange(id: int, number: int, key: str, said: list[TurnView], states: dict[int, StateLine]) -> ExchangeView:
    def of(*parts: Part) -> tuple[TurnView, ...]:
        return tuple(turn for turn in said if turn.exchange_part in parts)

    answers = of(Part.ANSWER, Part.FOLLOW_UP, Part.REBUTTAL)
    return ExchangeView(id, number, key, of(Part.LEAD_IN), of(Part.QUESTION), answers, states)


def _blocks(held: Sequence[TurnView], exchanges: dict[str, ExchangeView]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    inside: list[TurnView] = []
    pending: list[TurnView] = []
    here: str | None = None
    for turn in held:
        if turn.question_key not in exchanges:
            pending.append(turn)
            continue
        if turn.question_key != here:
            blocks += _closed(here, inside, exchanges) + _closed(None, pending, exchanges)
            here, inside, pending = turn.question_key, [], []
        inside += [*pending, turn]
        pending = []
    return (*blocks, *_closed(here, inside, exchanges), *_closed(None, pending, exchanges))


def _closed(key: str | None, said: list[TurnView], exchanges: dict[str, ExchangeView]) -> list[Block]:
    return [Block(exchanges[key] if key else None, tuple(said))] if said else []
