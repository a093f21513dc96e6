"""Versions: everything a turn has said, and a passage of one version found again in the present words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from transcripts import anchors
from transcripts.anchors import Anchor, Status
from transcripts.errors import NotFound
from transcripts.models import Record, Speaker, Turn, TurnVersion
from transcripts.queries.corrections import CorrectionLine
from transcripts.queries.records import ever_shown
from transcripts.queries.turns import TurnPage


@dataclass(frozen=True)
class VersionLine:
    """What a turn was at version n, why it changed and who changed it. `why` is empty for the first.

    `speaker` is the present name of the voice it was given to then; `by_editor`: an editor's words, which no file has.
    """

    n: int
    label: str | None
    text: str
    start_ms: int | None
    end_ms: int | None
    why: str
    by: str
    at: datetime
    kind: str
    speaker: str | None
    by_editor: bool


@dataclass(frozen=True)
class Passage:
    """Words of a turn as somebody once pointed at them (`then`, of version `version`) and where they stand now.

    `status` and `now` are those of anchors.relocate: shown on today's text, or with the correction where `now` is None.
    `lost`: words were withheld before this place since the link was made, so nobody can tell what `then` was.
    """

    version: int
    then: Anchor
    status: Status
    now: Anchor | None
    lost: bool = False


def of_turn(session: Session, key: str) -> tuple[VersionLine, ...]:
    """Everything a turn has said, the first version first. Raises NotFound."""
    found = session.exec(
        select(TurnVersion, Speaker.name)
        .join(Turn, col(Turn.id) == col(TurnVersion.turn_id))
        .outerjoin(Speaker, col(Speaker.id) == col(TurnVersion.speaker_id))
        .join(Record, col(Record.id) == col(Turn.record_id))
        .where(Turn.key == key, ever_shown())
        .order_by(col(TurnVersion.n))
    ).all()
    if not found:
        raise NotFound("There are no words kept under the key “{key}”.", key=key)
    return tuple(
        VersionLine(
            v.n, v.label, v.text, v.start_ms, v.end_ms, v.why, v.by, v.at, v.kind, name, by_editor=v.record_id is None
        )
        for v, name in found
    )


def passage(session: Session, page: TurnPage, start: int, end: int | None, version: int) -> Passage:
    """Code points start..end of a version of a turn (to its end where that is None), found again in its present words.

    Raises NotFound for no such place.
    """
    wording = next((line.text for line in of_turn(session, page.turn.key) if line.n == version), None)
    if wording and end is not None and start < end and displaced(wording, end, version, page.corrections):
        return Passage(version, anchors.anchor(wording, 0, len(wording)), "orphan", None, lost=True)
    end = len(wording or "") if end is None else end
    if wording is None or not 0 <= start < end <= len(wording):
        raise NotFound("These words are not in version {version} of “{key}”.", version=version, key=page.turn.key)
    then = anchors.anchor(wording, start, end)
    if page.turn.status != "current":
        return Passage(version, then, "orphan", None)
    found = anchors.relocate(then, wording, page.turn.text)
    return Passage(version, then, found.status, found.anchor)


def displaced(wording: str, end: int, version: int, changed: Iterable[CorrectionLine]) -> bool:
    """Whether places of a version up to `end` may mean other words than when they were written down.

    Withheld words are masked in every version, and a mark is seldom as long as they were: what stands before the first mark
    is where it was, the rest is not. Places that were carried over with the masking do not ask this.
    """
    marks = [line.after for line in changed if line.kind == "withhold" and (line.version or 0) > version]
    return any(0 <= wording.find(mark) < end for mark in marks)
