"""/classes/lesson: one period of forty-five minutes, planned: what it is for, what is needed, who does what when."""

from typing import NamedTuple

from flask import Blueprint, Response

from positions.classes import assigning
from positions.classes.presets import ANSWERED
from tracker.db import reading
from tracker.rendering import page
from transcripts.errors import NotFound

bp = Blueprint("lesson", __name__, url_prefix="/classes/lesson")


DEMO_FORUM, DEMO_QUESTIONS = "port-linden-mayor-2026", (2, 3)
"""Two questions of the demo world, by number: shown as an example where it is loaded."""


class Step(NamedTuple):
    """A stretch of the period: minutes from its beginning, what the teacher does, what students do."""

    begin: int
    end: int
    teacher: str
    students: str


OBJECTIVES = (
    "Say in one’s own words what a question asks, and tell whether an answer answers it.",
    "Judge an answer by its words, apart from whether one likes the speaker or the plan.",
    "Give words from the record as the reason for a judgement.",
    "Compare one’s own reading with others’, and change it for a reason, or keep it for one.",
)
PLAN = (
    Step(0, 5, "Show the code on the wall.", "Join with the code; nobody types a name or an e-mail."),
    Step(
        5,
        10,
        "Read the first question aloud; ask what an answer would have to contain.",
        "Say the question in their own words; two or three do so aloud.",
    ),
    Step(
        10,
        25,
        "Walk round; do not say what you think of an answer.",
        "Read every answer and judge it, alone and in silence.",
    ),
    Step(25, 28, "Ask for the work.", "Hand in; from then on it stands."),
    Step(
        28,
        32,
        "Press “Reveal now” and show the sentence and the most split answer.",
        "See how much the class agreed, without names.",
    ),
    Step(
        32,
        41,
        "Ask one voice for each side to point at words; then decide together and write down the reason.",
        "Argue from the words; vote; see their own judgement beside the class answer.",
    ),
    Step(
        41,
        45,
        "Ask for one sentence: what would have been a full answer?",
        "Write it as a comment, or print the marked text and write it there.",
    ),
)
NEEDED = (
    "A forum in this site with a question that several people answered.",
    "A phone or computer for each student or pair; no app and no account.",
    "The slips or the code on the wall, and the sheet for the names, which stays with the teacher.",
)


@bp.get("")
def show() -> Response:
    """The lesson, with the demo's two questions where the demo world is loaded."""
    with reading() as session:
        try:
            held = assigning.questions_of(session, DEMO_FORUM)
        except NotFound:
            held = ()
    example = [one for one in held if one.number in DEMO_QUESTIONS]
    return page(
        "lesson/show.html",
        objectives=OBJECTIVES,
        plan=PLAN,
        needed=NEEDED,
        preset=ANSWERED,
        forum=DEMO_FORUM,
        example=example,
        load=assigning.load_of(example, [one.key for one in example]),
    )
