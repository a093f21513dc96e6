"""Every component of the look on one page, on invented values: what a designer changes, a designer sees here."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, Response

from positions.scale import Code
from tracker.rendering import page
from transcripts.vocabulary import Grade, Reason

bp = Blueprint("patterns", __name__)

WORDS = (
    "I have sat on that porch and heard the trucks go by at five in the morning. If you want my vote on the bypass, "
    "show me the traffic count first. I will read every page of it."
)


def _sample() -> dict[str, Any]:
    turn = {
        "key": "01J0000000000000000000000A",
        "kind": "speech",
        "label": "Avery Example",
        "speaker_name": "Avery Example",
        "person_slug": None,
        "role": "candidate",
        "text": WORDS,
        "start_ms": 724_000,
        "media_url": None,
        "lang": "en",
    }
    quote = turn | {
        "marks": ((19, 24),),
        "forum_title": "An invented forum",
        "forum_slug": "invented",
        "held_on": date(2026, 10, 20),
        "grade": Grade.PUBLISHED,
        "source": "an invented publisher",
        "fictional": True,
    }
    return {
        "turn": SimpleNamespace(**turn),
        "unknown": SimpleNamespace(**{**turn, "speaker_name": None, "label": None, "key": "01J0000000000000000000000B"}),
        "scene": SimpleNamespace(**{**turn, "kind": "scene", "text": "(Applause)", "key": "01J0000000000000000000000C"}),
        "quote": SimpleNamespace(**quote),
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
