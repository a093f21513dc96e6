"""/speakers: everybody heard, one person with the forums where they spoke and what they said, and everything we say of them."""

from datetime import UTC, datetime
from itertools import groupby
from operator import attrgetter

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from positions.followthrough.queries import commitments
from positions.queries import contests, over_time
from positions.queries.everything import everything
from tracker.db import reading
from tracker.rendering import page, page_number
from transcripts.errors import NotFound
from transcripts.queries import speakers

bp = Blueprint("speakers", __name__)

SIZE = 20


@bp.get("/speakers")
def index() -> Response:
    """Everybody we know by name."""
    with reading() as session:
        listed = speakers.listed(session)
    return page("speakers/index.html", listed=listed)


@bp.get("/speakers/<slug>")
def show(slug: str) -> Response:
    """One person, or the one they were found to be: where they stood, where they were heard, what they said, the newest first."""
    with reading() as session:
        survivor = speakers.moved_to(session, slug)
        if survivor:
            return redirect(url_for("speakers.show", slug=survivor), 301)
        person = speakers.by_slug(session, slug)
        said = speakers.turns_of(session, person.id, page_number(request.args.get("page")), SIZE)
        races = contests.of_person(session, person.slug)
        changes = over_time.of_person(session, person.slug) if races else ()
        promises = commitments.of_person(session, person.slug, commitments.days_of(datetime.now(UTC)))
    return page(
        "speakers/show.html",
        fragment="said",
        person=person,
        said=said,
        races=races,
        changes=changes,
        commitments=promises,
    )


@bp.get("/speakers/<slug>/everything")
def everything_said(slug: str) -> Response:
    """All that the site says about one person, or the one they were found to be: to be printed, in parts where it is too much."""
    number = page_number(request.args.get("part"))
    with reading() as session:
        survivor = speakers.moved_to(session, slug)
        if survivor:
            return redirect(url_for("speakers.everything_said", slug=survivor), 301)
        found = everything(session, slug, number)
    if number > found.totals.parts:
        raise NotFound("There are {n} parts.", n=found.totals.parts)
    return page(
        "speakers/everything.html",
        all=found,
        person=found.person,
        totals=found.totals,
        topics=[(slug, list(tags)) for slug, tags in groupby(found.topics, key=attrgetter("topic"))],
        today=datetime.now(UTC).date(),
    )
