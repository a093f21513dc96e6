"""What waits for an editor in the coding of a race: boxes to judge, positions to check, judgements that differ, words to choose."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from positions.coding import seeing
from positions.coding.cells import Judgements, State
from positions.coding_models import PositionBasis
from positions.models import Candidacy, Stance
from positions.queries import coded, stances
from positions.queries.coded import Box, Key, Race
from positions.queries.stances import Standing
from transcripts.vocabulary import Reason


@dataclass(frozen=True)
class Split:
    """A box whose judgements differ; `third`: the account said nothing of it and may decide."""

    box: Box
    third: bool


@dataclass(frozen=True)
class Work:
    """What waits in one race for one account, and how far the race has come; boxes of candidates it is tied to are left out.

    `complete` boxes were judged alone by two people, `mine` by the account; what one other person judged so far is counted nowhere.
    """

    race: Race
    boxes: int
    mine: int
    complete: int
    agreed: int
    to_code: tuple[Box, ...]
    waiting: tuple[Box, ...]
    to_check: tuple[tuple[Box, Standing], ...]
    split: tuple[Split, ...]
    to_record: tuple[Box, ...]


@dataclass(frozen=True)
class _Held:
    """What is held of the boxes: judgements, the position each shows, who recorded it, and which decisions went on record."""

    said: Mapping[Key, Judgements]
    current: Mapping[Key, Standing]
    recorders: Mapping[int, int | None]
    recorded: frozenset[int | tuple[int, ...]]


def of_races(session: Session, viewer: int, which: Sequence[Race]) -> tuple[Work, ...]:
    """What waits in each of these races. Eight statements, however many races there are."""
    only = which[0].id if len(which) == 1 else None
    current = _current(session, only)
    held = _Held(
        coded.of_race(session, only),
        current,
        coded.recorders(session, [one.id for one in current.values()]),
        _recorded(session, only),
    )
    declared = coded.declared(session, viewer)
    tied = declared.people if declared else ()
    boxes = coded.boxes(session, only)
    return tuple(
        _work(race, viewer, [box for box in boxes.get(race.id, []) if box.person_id not in tied], held)
        for race in which
    )


def _current(session: Session, contest_id: int | None) -> dict[Key, Standing]:
    """The position each box shows."""
    standing: dict[Key, list[Standing]] = defaultdict(list)
    for one in stances.bare(session, contest_id):
        standing[one.candidacy_id, one.proposition_id].append(one)
    return {key: stances.current(some)[0] for key, some in standing.items()}


def _recorded(session: Session, contest_id: int | None) -> frozenset[int | tuple[int, ...]]:
    """The decisions (by id) and agreeing judgements (by their ids) of which a position went on record."""
    asked = select(PositionBasis.decision_id, PositionBasis.codings).where(PositionBasis.codings != "[]")
    if contest_id is not None:
        asked = (
            asked.join(Stance, col(Stance.id) == col(PositionBasis.stance_id))
            .join(Candidacy, col(Candidacy.id) == col(Stance.candidacy_id))
            .where(Candidacy.contest_id == contest_id)
        )
    return frozenset(decision or tuple(json.loads(codings)) for decision, codings in session.exec(asked))


def _work(race: Race, viewer: int, boxes: Sequence[Box], held: _Held) -> Work:
    said = [(box, held.said.get(box.key, Judgements())) for box in boxes]
    states = [(box, judged, judged.state(viewer)) for box, judged in said]
    mine = sum(viewer in {one.coder_id for one in judged.blind} for _, judged in said)
    return Work(
        race,
        len(boxes),
        mine,
        sum(seeing.complete([one.coder_id for one in judged.blind]) for _, judged in said),
        sum(state == State.AGREED for *_, state in states),
        tuple(box for box, _, state in states if state == State.TO_CODE),
        tuple(box for box, _, state in states if state == State.WAITING),
        tuple(_to_check(viewer, states, held)),
        tuple(
            Split(box, viewer not in judged.judge_ids() | _objected_to(box, judged, held))
            for box, judged, state in states
            if state == State.SPLIT
        ),
        tuple(box for box, judged, _ in states if _waits_for_words(box, judged, held)),
    )


def _to_check(viewer: int, states: Sequence[tuple[Box, Judgements, State]], held: _Held) -> list[tuple[Box, Standing]]:
    """Positions one person recorded, nobody has checked, and the account did not record itself."""
    return [
        (box, one)
        for box, _, state in states
        if (one := held.current.get(box.key)) is not None
        and one.coders == 1
        and not one.checked
        and one.reason != Reason.NOT_REVIEWED
        and state != State.SPLIT
        and held.recorders.get(one.id) != viewer
    ]


def _objected_to(box: Box, judged: Judgements, held: _Held) -> frozenset[int]:
    """The account whose position a checker objects to."""
    one = held.current.get(box.key)
    if one is None or all(coding.blind for coding in judged.codings):
        return frozenset()
    return frozenset(id for id in (held.recorders.get(one.id),) if id)


def _waits_for_words(box: Box, judged: Judgements, held: _Held) -> bool:
    """Whether something was agreed or decided of which no position could be made yet."""
    if judged.decision is None:
        return False
    one = held.current.get(box.key)
    shown = (one.code or one.reason) if one else Reason.NOT_REVIEWED
    went = judged.decided.id if judged.decided else tuple(coding.id for coding in judged.codings)
    return shown != judged.decision.value and went not in held.recorded
