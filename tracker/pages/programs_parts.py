"""/programs/<slug>/…: the history of a program, its money, who does what, and its documents."""

from flask import Blueprint
from werkzeug.wrappers import Response

from positions.followthrough import money as sums
from positions.followthrough.queries import acts, programs, watching
from positions.followthrough.vocabulary.programs import Step
from tracker.db import reading
from tracker.rendering import page

bp = Blueprint("programs_parts", __name__)


@bp.get("/programs/<slug>/history")
def history(slug: str) -> Response:
    """Everything that happened, by time, and the laws it depends on."""
    with reading() as session:
        program = watching.by_slug(session, slug)
        conditions = acts.of_program(session, program.id)
    order = list(Step)
    lines = sorted(program.history, key=lambda one: (one.on, order.index(one.step)))
    return page("programs/history.html", program=program, lines=lines, conditions=conditions)


@bp.get("/programs/<slug>/money")
def money(slug: str) -> Response:
    """What was asked for, set aside, granted and spent; added only where that tells the truth."""
    with reading() as session:
        program = watching.by_slug(session, slug)
    return page("programs/money.html", program=program, kinds=sums.by_kind(program.money))


@bp.get("/programs/<slug>/people")
def people(slug: str) -> Response:
    """Which bodies do what, since when, and with what stake."""
    with reading() as session:
        program = watching.by_slug(session, slug)
        bodies = programs.bodies_of(session, program.id)
    return page("programs/people.html", program=program, bodies=bodies)


@bp.get("/programs/<slug>/documents")
def documents(slug: str) -> Response:
    """What was written about it."""
    with reading() as session:
        program = watching.by_slug(session, slug)
        papers = programs.papers_of(session, program.id)
    return page("programs/documents.html", program=program, papers=papers)
