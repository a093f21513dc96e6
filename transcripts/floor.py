"""Pure: who held the floor, in minutes where the record is timed and in words where it is not."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

TIMED_ENOUGH = 0.9
"""Below this share of timed speech turns the floor is told in words: a few stamps say nothing about minutes."""


@dataclass(frozen=True)
class Spoken:
    """One turn of speech in printed order. `voice` is None where nobody knows who spoke; times are ms within `part`."""

    voice: int | None
    words: int
    part: int
    start_ms: int | None
    end_ms: int | None


@dataclass(frozen=True)
class Share:
    """What one voice held. `ms` is None where the floor is told in words."""

    voice: int | None
    turns: int
    words: int
    ms: int | None


@dataclass(frozen=True)
class Floor:
    """Everybody's share, most first; voice None is all unknown voices together."""

    unit: Literal["time", "words"]
    shares: tuple[Share, ...]

    @property
    def words(self) -> int:
        """Words of speech in all."""
        return sum(share.words for share in self.shares)

    @property
    def ms(self) -> int | None:
        """Time of speech in all; None where the floor is told in words."""
        return sum(share.ms or 0 for share in self.shares) if self.unit == "time" else None

    @property
    def named(self) -> int:
        """How much of it has a name, in the unit of the floor: ms or words."""
        return sum((share.ms or 0) if self.unit == "time" else share.words for share in self.shares if share.voice)


def floor(spoken: Sequence[Spoken]) -> Floor:
    """Time where the record is timed in order within each part; words where times are missing or start again without a part."""
    timed = _is_timed(spoken)
    lengths = _lengths(spoken) if timed else [0] * len(spoken)
    turns: dict[int | None, int] = defaultdict(int)
    words: dict[int | None, int] = defaultdict(int)
    ms: dict[int | None, int] = defaultdict(int)
    for turn, length in zip(spoken, lengths, strict=True):
        turns[turn.voice] += 1
        words[turn.voice] += turn.words
        ms[turn.voice] += length
    shares = [Share(voice, turns[voice], words[voice], ms[voice] if timed else None) for voice in turns]
    return Floor("time" if timed else "words", tuple(sorted(shares, key=lambda share: -(share.ms or share.words))))


def _is_timed(spoken: Sequence[Spoken]) -> bool:
    starts = [(turn.part, turn.start_ms) for turn in spoken if turn.start_ms is not None]
    return bool(spoken) and len(starts) >= TIMED_ENOUGH * len(spoken) and starts == sorted(starts)


def _lengths(spoken: Sequence[Spoken]) -> list[int]:
    """ms of each turn: to its own end, else to the next stamp; several turns under one stamp share its time by their words."""
    lengths = [0] * len(spoken)
    stamped = [i for i, turn in enumerate(spoken) if turn.start_ms is not None]
    for i, following in zip(stamped, [*stamped[1:], len(spoken)], strict=True):
        run = spoken[i:following]
        after = spoken[following] if following < len(spoken) and spoken[following].part == run[-1].part else None
        end = run[-1].end_ms if run[-1].end_ms is not None else after.start_ms if after else None
        whole = max(0, end - (run[0].start_ms or 0)) if end is not None else 0
        words = sum(turn.words for turn in run) or 1
        for offset, turn in enumerate(run):
            lengths[i + offset] = whole * turn.words // words if len(run) > 1 else whole
    return lengths
