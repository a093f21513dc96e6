"""/topics: the tree of subjects, and one subject with its statements and what was said about it."""

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from positions.queries import topics
from tracker.db import reading
from tracker.rendering import page
from transcripts.queries import turns

bp = Blueprint("topics", __name__)

SHOWN = 20


@bp.get("/topics")
def index() -> Response:
    """The whole tree, with how much was said about each subject."""
    with reading() as session:
        every = topics.every(session)
    upper = [topic for topic in every if topic.parent is None]
    tree = [(topic, [child for child in every if child.parent == topic.slug]) for topic in upper]
    return page("topics/index.html", tree=tree)


@bp.get("/topics/<slug>")
def show(slug: str) -> Response:
    """One subject, or the one it was merged into: what it is, its other names, its statements, and the newest that was said about it."""
    with reading() as session:
        survivor = topics.moved_to(session, slug)
        if survivor:
            return redirect(url_for("topics.show", slug=survivor), 301)
        topic = topics.by_slug(session, slug)
        ids = topics.turns_on(session, topic.line.id, SHOWN)
        said = turns.by_ids(session, ids)
    return page("topics/show.html", topic=topic, said=[said[id] for id in ids if id in said])
