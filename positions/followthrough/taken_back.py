"""Pure: what was recorded and later taken back stays readable, with who took it back, when and why."""

from dataclasses import dataclass
from datetime import datetime

from transcripts.bilingual import Bilingual
from transcripts.messages import Message


@dataclass(frozen=True)
class TakenBack:
    """Who took a record back, when and why."""

    by: str
    at: datetime
    why: Bilingual | None = None


def may_take_back(taken_back: TakenBack | None, why: str) -> Message | None:
    """Why a record cannot be taken back; None where it can."""
    if taken_back is not None:
        return Message("This was taken back already.")
    return None if why.strip() else Message("Say why it is taken back: the reason stays beside it.")
