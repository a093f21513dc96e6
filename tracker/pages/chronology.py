"""/speakers/<slug>/topics: the topics of one person over time, with their first and latest words on each; also as CSV."""

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

from flask import Blueprint, current_app, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from positions.chronology import At
from positions.queries import chronology
from positions.queries.chronology import Chronology
from tracker import chronology_table
from tracker.config import Config
from tracker.db import reading
from tracker.rendering import page
from transcripts.queries import speakers

bp = Blueprint("chronology", __name__)

EDGE = 2
"""Per cent of the chart's width left free at both ends, so that no mark is cut."""


@dataclass(frozen=True)
class Mark:
    """One forum on the line of a topic: `x` in per cent of the width, `r` in em, the area as the passages are many."""

    x: float
    r: float


@bp.get("/speakers/<slug>/topics")
def show(slug: str) -> Response:
    """What one person, or the one they were found to be, spoke of, when, and in which words first and last."""
    with reading() as session:
        survivor = speakers.moved_to(session, slug)
        if survivor:
            return redirect(url_for("chronology.show", slug=survivor), 301)
        held = chronology.of_person(session, slug)
    days = sorted(forum.held_on for forum in held.forums.values())
    place = _placed(held)
    return page(
        "speakers/topics.html",
        held=held,
        person=held.person,
        days=(days[0], days[-1]) if days else (),
        marks=[[place(at) for at in told.strand.at] for told in held.topics],
        fictional=any(forum.fictional for forum in held.forums.values()),
    )


@bp.get("/speakers/<slug>/topics.csv")
def table(slug: str) -> Response:
    """The same as CSV; who has the same bytes already is told so."""
    config: Config = current_app.config["TRACKER"]
    with reading() as session:
        survivor = speakers.moved_to(session, slug)
        if survivor:
            return redirect(url_for("chronology.table", slug=survivor), 301)
        held = chronology.of_person(session, slug)
    response = make_response(chronology_table.as_csv(held, lambda path: f"{config.site_url}{path}"))
    response.content_type = "text/csv; charset=utf-8"
    response.headers.set("Content-Disposition", "attachment", filename=f"{held.person.slug}-topics.csv")
    response.cache_control.no_cache = True
    response.add_etag()
    response.make_conditional(request)
    return response


def _placed(held: Chronology) -> Callable[[At], Mark]:
    """Where a mark stands between the first day they were heard and the last: in the middle where these are one."""
    days = {id: forum.held_on.toordinal() for id, forum in held.forums.items()}
    begin, end = min(days.values(), default=0), max(days.values(), default=0)
    most = max((at.passages for told in held.topics for at in told.strand.at), default=1)

    def mark(at: At) -> Mark:
        along = (days[at.forum] - begin) / (end - begin) if end > begin else 0.5
        return Mark(EDGE + (100 - 2 * EDGE) * along, 0.2 + 0.5 * sqrt(at.passages / most))

    return mark
