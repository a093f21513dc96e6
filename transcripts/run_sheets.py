"""The writer of run sheets: questions an editor has ticked become questions of the record; who answered them stays a proposal."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, delete, select

from transcripts import correcting, regrouping, runsheet, voicing
from transcripts.amending import Reason
from transcripts.desk_models import ExchangeChoice, VoiceProposal
from transcripts.errors import Refusal
from transcripts.models import Turn, now
from transcripts.runsheet import Found, Place, Said
from transcripts.vocabulary import SPOKEN, Part

Clock = Callable[[], datetime]
WHY = "The run sheet has this question here"
HANDED_OVER = "The moderator gives somebody the floor."


@dataclass(frozen=True)
class Sheet:
    """What was found of a run sheet in the present words of a record: `blocks` are the turns looked through, in order.

    `texts` and `times` (ms) are as they were then: keeping the sheet divides them.
    """

    blocks: tuple[Turn, ...]
    texts: tuple[str, ...]
    times: tuple[tuple[int | None, int | None], ...]
    found: tuple[Found | None, ...]
    said: tuple[Said, ...]

    def edge(self, place: Place) -> Place:
        """The place where a cut there falls: before the next word, or at the beginning of the next block."""
        block, at = place
        if block >= len(self.blocks) or not _has_words(self.texts[block][:at]):
            return block, 0
        rest = self.texts[block][at:]
        behind = re.match(r"[^\w\s]*\s*", rest)
        return (block, at + (behind.end() if behind else 0)) if _has_words(rest) else (block + 1, 0)

    def moment(self, block: int, at: int) -> int | None:
        """When code point `at` of a block was spoken, ms: a caption's words are taken to be spoken evenly. None without times."""
        start, end = self.times[block]
        if start is None or end is None:
            return None
        before, behind = (len(text.split()) for text in (self.texts[block][:at], self.texts[block][at:]))
        return start + round((end - start) * before / max(1, before + behind))

    def words(self, start: Place, end: Place) -> str:
        """The words from one place up to another."""
        texts = list(self.texts[start[0] : end[0] + 1])
        if end[0] < len(self.blocks):
            texts[-1] = texts[-1][: end[1]]
        texts[0] = texts[0][start[1] :]
        return " ".join(text.strip() for text in texts if text.strip())

    @property
    def unsure(self) -> int:
        """Questions that may have been asked elsewhere, or whose answers were only shared out."""
        pairs = zip(self.found, self.said, strict=True)
        return sum(
            place is not None and not (place.sure and said.answers and all(one.sure for one in said.answers))
            for place, said in pairs
        )


def look(session: Session, record_id: int, questions: Sequence[str], order: Sequence[Sequence[str]]) -> Sheet:
    """Look for the questions of a sheet in a record, and share out the answers. Writes nothing."""
    blocks = session.exec(
        select(Turn)
        .where(Turn.record_id == record_id, Turn.status == "current", col(Turn.kind).in_(SPOKEN))
        .order_by(col(Turn.position), col(Turn.id))
    ).all()
    texts = [turn.text for turn in blocks]
    found = runsheet.find(questions, texts)
    times = tuple((turn.start_ms, turn.end_ms) for turn in blocks)
    return Sheet(tuple(blocks), tuple(texts), times, found, runsheet.answers(found, order, texts))


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
    here = select(Turn.id).where(col(Turn.id).in_([turn.id for turn in sheet.blocks]))
    session.execute(delete(VoiceProposal).where(col(VoiceProposal.turn_id).in_(here)))
    pieces = _divided(session, sheet, chosen, by, clock)
    for n in chosen:
        place, said = sheet.found[n], sheet.said[n]
        assert place is not None
        _ask(session, _between(sheet, pieces, place.start, place.end), asks, by, clock)
        for answer in said.answers:
            keys = _between(sheet, pieces, answer.start, answer.end)
            proposed += _propose(session, keys, voices[answer.name], answer.sure, answer.why, by, clock)
        if asks is not None:
            for start, end in said.hand_overs:
                _propose(session, _between(sheet, pieces, start, end), asks, True, HANDED_OVER, by, clock)
    return len(chosen), proposed


def _has_words(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _divided(session: Session, sheet: Sheet, chosen: Collection[int], by: str, clock: Clock) -> dict[Place, str]:
    """Cut the blocks wherever a question, an answer or a hand-over begins or ends; returns each piece's key by where it begins."""
    cuts: dict[int, set[int]] = defaultdict(set)
    for n in chosen:
        place, said = sheet.found[n], sheet.said[n]
        assert place is not None
        spans = [(place.start, place.end), *((one.start, one.end) for one in said.answers), *said.hand_overs]
        for block, at in (sheet.edge(edge) for span in spans for edge in span):
            if at:
                cuts[block].add(at)
    pieces: dict[Place, str] = {(i, 0): turn.key for i, turn in enumerate(sheet.blocks)}
    for block, places in cuts.items():
        for at in sorted(places, reverse=True):  # from the end, so that a division moves no place still to come
            turn = session.exec(select(Turn).where(Turn.key == sheet.blocks[block].key)).one()
            ms = sheet.moment(block, at)
            pieces[block, at] = correcting.split(session, turn.key, turn.version, at, Reason(WHY, by), clock, ms)
    return pieces


def _between(sheet: Sheet, pieces: Mapping[Place, str], start: Place, end: Place) -> list[str]:
    """The keys of the pieces from one place up to another, in order."""
    return [pieces[place] for place in sorted(pieces) if sheet.edge(start) <= place < sheet.edge(end)]


def _ask(session: Session, keys: Sequence[str], asks: int | None, by: str, clock: Clock) -> None:
    """The words of a question as a question of the record; its pieces are joined."""
    key = keys[0]
    for other in keys[1:]:
        begun, rest = (session.exec(select(Turn).where(Turn.key == one)).one() for one in (key, other))
        correcting.merge(session, (key, begun.version), (rest.key, rest.version), Reason(WHY, by), clock)
    asked = session.exec(select(Turn).where(Turn.key == key)).one()
    held = session.get(ExchangeChoice, asked.id)
    if held is None or held.question_turn_id != asked.id:  # kept from this sheet before
        regrouping.move(session, key, asked.version, key, Part.QUESTION, Reason(WHY, by), clock)
    if asks is not None and asked.speaker_id is None:
        session.refresh(asked)
        voicing.give(session, asked, asks, Reason(WHY, by), clock)


def _propose(
    session: Session, keys: Sequence[str], speaker_id: int, sure: bool, why: str, by: str, clock: Clock
) -> int:
    unnamed = session.exec(select(Turn.id).where(col(Turn.key).in_(keys), col(Turn.speaker_id).is_(None))).all()
    session.add_all(
        VoiceProposal(turn_id=id or 0, speaker_id=speaker_id, sure=sure, why=why, by=by, at=clock()) for id in unnamed
    )
    session.flush()
    return len(unnamed)
