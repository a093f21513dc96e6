"""The writer of run sheets: questions an editor has ticked become questions of the record; who answered them stays a proposal."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, delete, select

from transcripts import correcting, regrouping, runsheet, voicing
from transcripts.amending import Reason
from transcripts.desk_models import VoiceProposal
from transcripts.errors import Refusal
from transcripts.models import Turn, now
from transcripts.runsheet import Answer, Found
from transcripts.vocabulary import SPOKEN, Part

Clock = Callable[[], datetime]
WHY = "The run sheet has this question here"


@dataclass(frozen=True)
class Sheet:
    """What was found of a run sheet in the present words of a record: `blocks` are the turns looked through, in order."""

    blocks: tuple[Turn, ...]
    found: tuple[Found | None, ...]
    answers: tuple[tuple[Answer, ...], ...]

    @property
    def unsure(self) -> int:
        """Questions that may have been asked elsewhere, or whose answers were only shared out."""
        pairs = zip(self.found, self.answers, strict=True)
        return sum(place is not None and (not place.sure or any(not one.sure for one in said)) for place, said in pairs)


def look(session: Session, record_id: int, questions: Sequence[str], order: Sequence[Sequence[str]]) -> Sheet:
    """Look for the questions of a sheet in a record, and share out the answers. Writes nothing."""
    blocks = session.exec(
        select(Turn)
        .where(Turn.record_id == record_id, Turn.status == "current", col(Turn.kind).in_(SPOKEN))
        .order_by(col(Turn.position), col(Turn.id))
    ).all()
    texts = [turn.text for turn in blocks]
    found = runsheet.find(questions, texts)
    return Sheet(tuple(blocks), found, runsheet.answers(found, order, texts))


def keep(
    session: Session,
    sheet: Sheet,
    ticked: Collection[int],
    voices: Mapping[str, int],
    asks: int | None,
    by: str,
    clock: Clock = now,
) -> tuple[int, int]:
    """Make questions of those ticked (by their place on the sheet) and propose who answered; returns how many of each.

    `voices` are the forum's by name; `asks` is the voice that reads the questions out, None where nobody says. Part of the caller's
    transaction. Raises Refusal where nothing was ticked that was found.
    """
    chosen = [n for n in ticked if 0 <= n < len(sheet.found) and sheet.found[n] is not None]
    if not chosen:
        raise Refusal("Tick at least one question that was found.")
    proposed = 0
    for n in sorted(chosen, reverse=True):  # from the end, so that a division moves no place still to come
        place = sheet.found[n]
        assert place is not None
        proposed += _propose(session, sheet, sheet.answers[n], voices, by, clock)
        _ask(session, sheet, place, asks, by, clock)
    return len(chosen), proposed


def _ask(session: Session, sheet: Sheet, place: Found, asks: int | None, by: str, clock: Clock) -> None:
    """The words of a question as a question of the record, divided from what stands before them in the same block."""
    turn = session.get_one(Turn, sheet.blocks[place.block].id)
    key = turn.key
    if place.at:
        key = correcting.split(session, key, turn.version, place.at, Reason(WHY, by), clock)
    for block in sheet.blocks[place.block + 1 : place.last + 1]:
        begun, rest = (session.exec(select(Turn).where(Turn.key == one)).one() for one in (key, block.key))
        correcting.merge(session, (key, begun.version), (rest.key, rest.version), Reason(WHY, by), clock)
    asked = session.exec(select(Turn).where(Turn.key == key)).one()
    regrouping.move(session, key, asked.version, key, Part.QUESTION, Reason(WHY, by), clock)
    if asks is not None and asked.speaker_id is None:
        session.refresh(asked)
        voicing.give(session, asked, asks, Reason(WHY, by), clock)


def _propose(
    session: Session, sheet: Sheet, answers: Sequence[Answer], voices: Mapping[str, int], by: str, clock: Clock
) -> int:
    unnamed = [
        (sheet.blocks[i].id or 0, answer)
        for answer in answers
        for i in range(answer.first, answer.last + 1)
        if sheet.blocks[i].speaker_id is None
    ]
    session.execute(delete(VoiceProposal).where(col(VoiceProposal.turn_id).in_([id for id, _ in unnamed])))
    session.add_all(
        VoiceProposal(turn_id=id, speaker_id=voices[said.name], sure=said.sure, why=said.why, by=by, at=clock())
        for id, said in unnamed
    )
    session.flush()
    return len(unnamed)
