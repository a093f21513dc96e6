"""Every component of the look on one page, on invented values: what a designer changes, a designer sees here."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, Response

from positions.scale import Code
from tracker.rendering import page
from transcripts.bilingual import Bilingual
from transcripts.vocabulary import Grade, Reason

bp = Blueprint("patterns", __name__)

WORDS = (
    "I have sat on that porch and heard the trucks go by at five in the morning. If you want my vote on the bypass, "
    "show me the traffic count first. I will read every page of it."
)


def _sample() -> dict[str, Any]:
    forum = SimpleNamespace(
        slug="invented",
        title=Bilingual("An invented forum", "Un foro inventado"),
        held_on=date(2026, 10, 20),
        fictional=True,
    )
    turn = {
        "key": "01J0000000000000000000000A",
        "forum": forum,
        "record": SimpleNamespace(source_name="an invented publisher"),
        "kind": "speech",
        "label": "Avery Example",
        "speaker_name": "Avery Example",
        "person_slug": None,
        "role": "candidate",
        "text": WORDS,
        "start_ms": 724_000,
        "video_url": None,
        "lang": "en",
        "status": "current",
        "exchange_part": "answer",
        "grade": Grade.PUBLISHED,
    }
    unknown = {**turn, "speaker_name": None, "label": None, "key": "01J0000000000000000000000B", "role": "unknown"}
    scene = {**turn, "kind": "scene", "text": "(Applause)", "key": "01J0000000000000000000000C"}
    return {
        "turn": SimpleNamespace(**turn),
        "unknown": SimpleNamespace(**unknown),
        "scene": SimpleNamespace(**scene),
        "forum": forum,
    }


@bp.get("/patterns")
def show() -> Response:
    """The pattern page."""
    correction = SimpleNamespace(
        kind="reword",
        before="thirty buses",
        after="thirteen buses",
        why="The recording says thirteen.",
        by="An editor",
        at=datetime(2026, 11, 2, 9, 30, tzinfo=UTC),
    )
    return page(
        "patterns/show.html",
        grades=list(Grade),
        codes=list(Code),
        reasons=list(Reason),
        correction=correction,
        **_sample(),
    )
