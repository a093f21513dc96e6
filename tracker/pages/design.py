"""/programs/<slug>/design: is it run as designed? What was found of each thing the design asks for, and what was answered."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flask import Blueprint
from werkzeug.wrappers import Response

from positions.followthrough.queries import fidelity
from positions.followthrough.vocabulary.fidelity import Fidelity
from tracker.db import reading
from tracker.rendering import page
from tracker.replying import bodies

bp = Blueprint("design", __name__)


@bp.get("/programs/<slug>/design")
def show(slug: str) -> Response:
    """The checklist with its evidence, concerns and open questions, each beside the reply of whoever runs the program."""
    with reading() as session:
        program = fidelity.program(session, slug)
        today = datetime.now(UTC).astimezone(ZoneInfo(program.zone)).date()
        checklist, raised, asked = fidelity.whole(session, program.id, today)
        invited = bodies.of_program(session, slug)
    return page(
        "programs/design.html",
        program=program,
        checklist=checklist,
        raised=raised,
        asked=asked,
        invited=invited,
        results=list(Fidelity),
    )
