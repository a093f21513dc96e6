"""What the finding of exchanges needs of a turn, and the values it yields."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from transcripts.vocabulary import TurnKind


class Said(Protocol):
    """A turn as read from a file or as stored."""

    @property
    def label(self) -> str | None: ...

    @property
    def kind(self) -> TurnKind: ...

    @property
    def text(self) -> str: ...


@dataclass(frozen=True)
class Exchange:
    """A question and what was said to it. Every number is a 0-based position in the turns given.

    `lead_in` are the moderator's words that bring in the one who asks; `answers` are turns of those who have the floor;
    `follow_ups` are what the askers say besides, a second question or an objection; `rebuttals` are turns of those who
    break in. Procedure belongs to no exchange.
    """

    question: int
    lead_in: tuple[int, ...] = ()
    answers: tuple[int, ...] = ()
    follow_ups: tuple[int, ...] = ()
    rebuttals: tuple[int, ...] = ()


def heard(turns: Sequence[Said]) -> list[int]:
    """Positions of the turns in which somebody with a label speaks, procedure included."""
    spoken = {TurnKind.SPEECH, TurnKind.PROCEDURE}
    return [at for at, turn in enumerate(turns) if turn.kind in spoken and turn.label and turn.text.strip()]
