"""What was withheld at a forum: by digest for those who write, that and when and why for those who read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from transcripts import masking
from transcripts.desk_models import Report, Withheld
from transcripts.masking import Sealed
from transcripts.models import Correction, Source, Speaker, SpeakerLabel, Turn, TurnVersion
from transcripts.queries import forums
from transcripts.queries.forums import ForumLine


@dataclass(frozen=True)
class WithheldLine:
    """A tombstone: what stands in the place of the words, why, by whom and when; never what."""

    mark: str
    why: str
    by: str
    requested_by: str | None
    at: datetime
    digest: str


ROUND = 60
"""Code points shown on either side of words in a preview."""


@dataclass(frozen=True)
class Standing:
    """Words where they stand in a turn, with what stands round them; in its printed label where `in_label`."""

    key: str
    before: str
    words: str
    after: str
    in_label: bool = False


@dataclass(frozen=True)
class Found:
    """Where words stand at a forum: in turns, one by one, and how often beside them, by sort, empty sorts left out."""

    places: tuple[Standing, ...]
    beside: dict[str, int]


def found(session: Session, forum_id: int, words: str) -> Found:
    """Every place of a forum where words stand, compared as `masking` does. Seven statements."""
    folded = masking.sequence(words)
    if not folded:
        return Found((), {})
    turns = session.exec(select(Turn).where(Turn.forum_id == forum_id).order_by(col(Turn.position), col(Turn.id))).all()
    ours = [turn.id for turn in turns]
    asked = {
        "versions": select(TurnVersion.text).where(col(TurnVersion.turn_id).in_(ours)),
        "voices": select(Speaker.name).where(Speaker.forum_id == forum_id),
        "labels": select(SpeakerLabel.label).where(SpeakerLabel.forum_id == forum_id),
        "corrections": select(Correction.why).where(Correction.forum_id == forum_id),
        "reports": select(Report.text).where(Report.forum_id == forum_id),
        "sources": select(Source.title).where(Source.forum_id == forum_id),
    }
    counts = {sort: sum(bool(masking.spot(text, folded)) for text in session.exec(one)) for sort, one in asked.items()}
    return Found(tuple(_standing(turns, folded)), {sort: n for sort, n in counts.items() if n})


def _standing(turns: Iterable[Turn], folded: tuple[str, ...]) -> Iterable[Standing]:
    for turn in turns:
        for text, in_label in ((turn.label or "", True), (turn.text, False)):
            for start, end in masking.spot(text, folded):
                round_it = text[max(0, start - ROUND) : start], text[start:end], text[end : end + ROUND]
                yield Standing(turn.key, *round_it, in_label)


@dataclass(frozen=True)
class Tombstone:
    """What was withheld at a forum, in a list over all of them."""

    forum: ForumLine
    line: WithheldLine


def every(session: Session) -> tuple[Tombstone, ...]:
    """Every tombstone, the newest first."""
    rows = session.exec(select(Withheld).order_by(col(Withheld.at).desc(), col(Withheld.id).desc())).all()
    named = forums.lines(session, {row.forum_id for row in rows})
    return tuple(Tombstone(named[row.forum_id], _line(row)) for row in rows)


def every_seal(session: Session) -> list[Sealed]:
    """The words withheld anywhere, as they are known again."""
    return [_seal(row) for row in session.exec(select(Withheld).order_by(col(Withheld.id)))]


def known(session: Session, forum_id: int | None) -> list[Sealed]:
    """The words withheld at a forum, as they are known again."""
    return [_seal(row) for row in _rows(session, forum_id)]


def of_forum(session: Session, forum_id: int) -> tuple[WithheldLine, ...]:
    """The tombstones of a forum, the oldest first."""
    return tuple(_line(row) for row in _rows(session, forum_id))


def _line(row: Withheld) -> WithheldLine:
    return WithheldLine(row.mark, row.why, row.by, row.requested_by, row.at, row.digest)


def _seal(row: Withheld) -> Sealed:
    return Sealed(row.length, row.salt, row.hint, row.digest, row.mark)


def _rows(session: Session, forum_id: int | None) -> list[Withheld]:
    return list(session.exec(select(Withheld).where(Withheld.forum_id == forum_id).order_by(col(Withheld.id))))
