"""How far the coding of one box has come, of one candidate and one wording of a statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from positions.coding import deciding, seeing
from positions.coding.deciding import Decision

Judgement = str
"""A code of a position or a reason for none, as it is stored: the two share no word."""


class State(StrEnum):
    """What is to be done about a box, as one account may know it."""

    TO_CODE = "to_code"
    WAITING = "waiting"
    SPLIT = "split"
    AGREED = "agreed"
    DECIDED = "decided"


@dataclass(frozen=True)
class Coded:
    """One coder's judgement that stands. `blind`: made without sight of another's; `evidence` are (words picked, their role)."""

    id: int
    coder_id: int
    coder: str
    value: Judgement
    note: str
    blind: bool
    at: datetime
    tied: bool = False
    tier: int | None = None
    condition_en: str | None = None
    condition_es: str | None = None
    evidence: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Decided:
    """What a third person decided, and why."""

    id: int
    value: Judgement
    why: str
    by_id: int
    by: str
    at: datetime


@dataclass(frozen=True)
class Judgements:
    """What was said of one box in the present wording and the latest round, the earliest first, and what was decided of it."""

    codings: tuple[Coded, ...] = ()
    decided: Decided | None = None
    round: int = 1

    @property
    def blind(self) -> tuple[Coded, ...]:
        """The judgements made alone."""
        return tuple(one for one in self.codings if one.blind)

    @property
    def decision(self) -> Decision[Judgement] | None:
        """What stands: the third person's word, or what two people who judged alone both said."""
        person = self.decided.value if self.decided else None
        return deciding.decide([one.value for one in self.blind], person, least=seeing.NEEDED)

    @property
    def split(self) -> bool:
        """Whether two judgements differ and nobody has decided yet: those made alone, or a checker's objection."""
        if self.decided:
            return False
        objected = any(not one.blind for one in self.codings)
        complete = seeing.complete([one.coder_id for one in self.blind])
        return objected or (complete and self.decision is None)

    def seen_by(self, viewer: int | None) -> tuple[Coded, ...]:
        """What an account that codes may see. A checker's objection hides nothing: what it objects to is public."""
        blind = seeing.seen(viewer, viewer is not None, [(one.coder_id, one) for one in self.blind])
        return tuple(one for one in self.codings if one in blind or (viewer is not None and not one.blind))

    def state(self, viewer: int) -> State:
        """What an account may know of it: who has not coded yet cannot tell whether somebody else has."""
        if self.decided:
            return State.DECIDED
        if self.split:
            return State.SPLIT
        if self.decision:
            return State.AGREED
        return State.WAITING if viewer in {one.coder_id for one in self.blind} else State.TO_CODE

    def judge_ids(self) -> frozenset[int]:
        """The accounts that said something of it: none of them decides between them."""
        return frozenset(one.coder_id for one in self.codings)

    def saying(self, value: Judgement) -> Sequence[Coded]:
        """Those who said it."""
        return [one for one in self.codings if one.value == value]
