"""The writer of exchanges: what was asked, who answered, what became of it, by rule. What editors set stays as they set it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, and_, col, delete, select, update

from transcripts import exchanges, storing
from transcripts.desk_models import ExchangeChoice
from transcripts.drafting import Draft
from transcripts.exchanges import Cast, Choice
from transcripts.exchanges import Exchange as Found
from transcripts.formats import questionnaire
from transcripts.models import (
    Exchange,
    ExchangeState,
    ExchangeTurn,
    Forum,
    RecordFile,
    Speaker,
    SpeakerLabel,
    Turn,
    TurnVersion,
)
from transcripts.vocabulary import ForumKind, Part, Reason, Role, TurnKind

RULE = "rule"
BELIEVED = (Role.MODERATOR, Role.QUESTIONER, Role.AUDIENCE, Role.CANDIDATE, Role.INTERPRETER)
"""Roles that say who asks and who answers; an official may do either."""
OFFICIAL = (ForumKind.HEARING, ForumKind.COUNCIL_MEETING)
"""Kinds of forum where those who answer do not stand for office."""


@dataclass(frozen=True)
class Voiced:
    """A stored turn as the finding of exchanges reads it. `label` is one of its voice's, also where that was corrected.

    `kind_fixed`: an editor says whether it is speech or procedure.
    """

    id: int
    label: str | None
    kind: TurnKind
    text: str
    speaker_id: int | None
    kind_fixed: bool = False


@dataclass(frozen=True)
class Scene:
    """The present words of a record, its forum's voices with their labels, and the roles that are known by label."""

    turns: Sequence[Voiced]
    speakers: Sequence[Speaker]
    labels: Mapping[int, Sequence[str]]
    written: bool = False

    @property
    def known(self) -> dict[str, Role]:
        """Roles by label, of voices whose role says who asks and who answers."""
        believed = [one for one in self.speakers if one.role in BELIEVED]
        return {label: Role(one.role) for one in believed for label in self.labels[one.id or 0]}


def questions(draft: Draft) -> tuple[str, ...]:
    """The questions the files hold, in order, as a preview shows them: who asks, and the words."""
    if draft.is_written:
        return tuple(" ".join(turn.text.split()) for turn in draft.entries if turn.label == questionnaire.ASKING)
    asked = [draft.entries[found.question] for found in exchanges.find(draft.entries, _told(draft))]
    return tuple(f"{turn.label}: {' '.join(turn.text.split())}" for turn in asked)


def procedure(draft: Draft) -> frozenset[int]:
    """Indexes of the entries that only run the forum."""
    return frozenset() if draft.is_written else exchanges.procedure(draft.entries, _told(draft))


def _told(draft: Draft) -> dict[str, Role]:
    return {label: one.role for one in draft.cast if one.role in BELIEVED for label in one.voice.labels}


def keep(session: Session, forum_id: int, record_id: int) -> None:
    """Find the exchanges of a record in its present words and write them in place of those a rule found before."""
    scene = _scene(session, forum_id, record_id)
    voices = exchanges.cast(scene.turns, scene.known)
    _give_roles(session, forum_id, scene, _writers(scene) if scene.written else voices.roles)
    _give_kinds(session, scene, frozenset() if scene.written else exchanges.procedure(scene.turns, voices=voices))
    by_rule = exchanges.written(scene.turns, questionnaire.ASKING) if scene.written else None
    if by_rule is None:
        by_rule = exchanges.find(scene.turns, voices=voices)
    found = exchanges.chosen(by_rule, _choices(session, record_id, scene))
    by_editors = _forget(session, forum_id, record_id)
    taken = set(_set_by_editors(session, forum_id))
    ruled = {n: one for n, one in enumerate(found) if scene.turns[one.question].id not in taken}
    rows = [{"forum_id": forum_id, "set_by": RULE, **_place(scene, one)} for one in ruled.values()]
    storing.write_all(session, Exchange, rows)
    ids = dict(session.exec(select(Exchange.question_turn_id, Exchange.id).where(Exchange.forum_id == forum_id)).all())
    own = {n: ids[scene.turns[one.question].id] or 0 for n, one in ruled.items()}
    parts = [row for n, one in ruled.items() for row in _parts(one, scene, own[n], taken)]
    storing.write_all(session, ExchangeTurn, parts)
    told = {(ids[question], state.speaker_id): state for question, state in by_editors if question in ids}
    for (exchange_id, _), state in told.items():
        session.add(ExchangeState(**state.model_dump() | {"exchange_id": exchange_id}))
    session.flush()
    states = [row for row in _states(scene, found, voices, own) if (row["exchange_id"], row["speaker_id"]) not in told]
    storing.write_all(session, ExchangeState, states)


def _writers(scene: Scene) -> dict[str, Role]:
    """The roles of a questionnaire: whoever's words it holds, or misses, was asked as a candidate."""
    labels = {turn.label for turn in scene.turns if turn.label}
    return {label: Role.QUESTIONER if label == questionnaire.ASKING else Role.CANDIDATE for label in labels}


def _scene(session: Session, forum_id: int, record_id: int) -> Scene:
    standing = select(Speaker).where(Speaker.forum_id == forum_id, col(Speaker.joined_to_id).is_(None))
    speakers = session.exec(standing.order_by(col(Speaker.id))).all()
    labels: dict[int, list[str]] = defaultdict(list)
    owner: dict[str, int] = {}
    for row in session.exec(
        select(SpeakerLabel).where(SpeakerLabel.forum_id == forum_id).order_by(col(SpeakerLabel.id))
    ):
        labels[row.speaker_id].append(row.label)
        owner[row.label] = row.speaker_id
    for one in speakers:
        if one.id is not None and one.id not in labels:
            labels[one.id].append(one.name)  # named by somebody who listened: no file prints a label
    usual = {speaker_id: printed[0] for speaker_id, printed in labels.items()}
    rows = session.execute(
        select(Turn.id, Turn.label, Turn.kind, Turn.text, Turn.speaker_id, Turn.kind_fixed)  # type: ignore[call-overload]
        .where(Turn.record_id == record_id, Turn.status == "current")
        .order_by(col(Turn.position), col(Turn.id))
    )
    turns = [
        Voiced(id, label if owner.get(label) == speaker else usual.get(speaker), TurnKind(kind), text, speaker, fixed)
        for id, label, kind, text, speaker, fixed in rows
    ]
    files = select(RecordFile.position).where(
        RecordFile.record_id == record_id, RecordFile.format == questionnaire.NAME
    )
    return Scene(turns, speakers, labels, session.exec(files).first() is not None)


def _give_roles(session: Session, forum_id: int, scene: Scene, played: Mapping[str, Role]) -> None:
    """Voices whose role nothing has told get the one they play.

    Whoever answers is a candidate where candidates are heard and nobody has said who they are: not at a hearing, and not
    beside candidates we know.
    """
    roles = {turn.speaker_id: played[turn.label] for turn in scene.turns if turn.label and turn.label in played}
    kind = session.exec(select(Forum.kind).where(Forum.id == forum_id)).one()
    told = kind in OFFICIAL or any(speaker.role == Role.CANDIDATE for speaker in scene.speakers)
    for speaker in scene.speakers:
        role = roles.get(speaker.id, Role.UNKNOWN)
        if speaker.role == Role.UNKNOWN and not (told and role == Role.CANDIDATE):
            speaker.role = role
            session.add(speaker)
    session.flush()


def _give_kinds(session: Session, scene: Scene, runs: frozenset[int]) -> None:
    """Labelled turns that only run the forum are procedure, and nothing else that is said is, unless an editor says so."""
    changed: dict[TurnKind, list[int]] = {TurnKind.PROCEDURE: [], TurnKind.SPEECH: []}
    for n, turn in enumerate(scene.turns):
        kind = TurnKind.PROCEDURE if n in runs else TurnKind.SPEECH
        if turn.label and turn.kind in changed and turn.kind != kind and not turn.kind_fixed:
            changed[kind].append(turn.id)
    present = select(Turn.version).where(Turn.id == TurnVersion.turn_id).scalar_subquery()
    for kind, ids in changed.items():
        if ids:
            session.execute(update(Turn).where(col(Turn.id).in_(ids)).values(kind=str(kind)))
            shown = and_(col(TurnVersion.turn_id).in_(ids), col(TurnVersion.n) == present)
            session.execute(update(TurnVersion).where(shown).values(kind=str(kind)))


def _choices(session: Session, record_id: int, scene: Scene) -> list[Choice]:
    """Where editors put turns of this record; what they mark as procedure belongs nowhere."""
    place = {turn.id: n for n, turn in enumerate(scene.turns)}
    idle = (n for n, turn in enumerate(scene.turns) if turn.kind_fixed and turn.kind == TurnKind.PROCEDURE)
    made = {n: Choice(n) for n in idle}
    rows = session.exec(
        select(ExchangeChoice)
        .join(Turn, col(Turn.id) == col(ExchangeChoice.turn_id))
        .where(Turn.record_id == record_id)
    )
    for row in rows:
        if row.turn_id in place:
            at, question = place[row.turn_id], place.get(row.question_turn_id or 0)
            made[at] = Choice(at, question, Part(row.part) if row.part else None)
    return list(made.values())


def _place(scene: Scene, one: Found) -> dict[str, int]:
    return {"question_turn_id": scene.turns[one.question].id, "position": one.question}


def _forget(session: Session, forum_id: int, record_id: int) -> list[tuple[int, ExchangeState]]:
    """Take away what a rule found in this record. Returns the states editors set in it, each with its question's turn."""
    ours = select(Turn.id).where(Turn.record_id == record_id)
    ruled = and_(col(Exchange.forum_id) == forum_id, Exchange.set_by == RULE, col(Exchange.question_turn_id).in_(ours))
    kept = session.exec(
        select(Exchange.question_turn_id, ExchangeState)
        .join(Exchange, col(Exchange.id) == col(ExchangeState.exchange_id))
        .where(ruled, ExchangeState.set_by != RULE)
    ).all()
    for _, state in kept:
        session.expunge(state)
    gone = select(Exchange.id).where(ruled)
    session.exec(delete(ExchangeState).where(col(ExchangeState.exchange_id).in_(gone)))
    session.exec(delete(ExchangeTurn).where(col(ExchangeTurn.exchange_id).in_(gone)))
    session.exec(delete(Exchange).where(ruled))
    return list(kept)


def _set_by_editors(session: Session, forum_id: int) -> Iterator[int]:
    """Ids of the turns that stand in an exchange an editor set."""
    rows = session.exec(
        select(Exchange.question_turn_id, ExchangeTurn.turn_id)
        .outerjoin(ExchangeTurn, col(ExchangeTurn.exchange_id) == col(Exchange.id))
        .where(Exchange.forum_id == forum_id)
    )
    return (id for row in rows for id in row if id is not None)


def _parts(one: Found, scene: Scene, exchange_id: int, taken: set[int]) -> Iterator[dict[str, Any]]:
    """A row for every turn of an exchange; a turn that has a part already keeps it."""
    for part, places in (
        (Part.QUESTION, (one.question,)),
        (Part.ANSWER, one.answers),
        (Part.FOLLOW_UP, one.follow_ups),
        (Part.REBUTTAL, one.rebuttals),
        (Part.LEAD_IN, one.lead_in),
    ):
        for place in places:
            id = scene.turns[place].id
            if id not in taken:
                taken.add(id)
                yield {"turn_id": id, "exchange_id": exchange_id, "part": str(part)}


def _states(scene: Scene, found: Sequence[Found], voices: Cast, own: Mapping[int, int]) -> Iterator[dict[str, Any]]:
    """What became of each candidate in each exchange, where the record itself says so."""
    standing = {one.name: one.id or 0 for one in scene.speakers if one.role == Role.CANDIDATE}
    candidates = {name: scene.labels[speaker_id] for name, speaker_id in standing.items()}
    if scene.written:
        told = exchanges.written_states(scene.turns, found, candidates)
    else:
        told = exchanges.states(scene.turns, found, candidates, voices=voices)
    for n, said in enumerate(told):
        for name, state in said.items():
            if n in own and state.state != Reason.NOT_REVIEWED:
                row = {"exchange_id": own[n], "speaker_id": standing[name], "state": str(state.state), "set_by": RULE}
                note = exchanges.told_silence(state.why) if scene.written and state.state == Reason.ABSENT else None
                yield row | {"note_en": note.en if note else None, "note_es": note.es if note else None}
