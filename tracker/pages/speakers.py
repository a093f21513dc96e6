"""/speakers: everybody heard, and one person with the forums where they spoke and what they said."""

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from positions.queries import contests
from tracker.db import reading
from tracker.rendering import page, page_number
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
    return page("speakers/show.html", fragment="said", person=person, said=said, races=races)
