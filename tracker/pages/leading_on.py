"""The addresses of what was entered twice: they lead to what it was merged into."""

from collections.abc import Callable

from flask import g, redirect, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.queries import merged
from positions.queries.merged import Merges
from tracker.db import reading


def lead_on(**kinds: str) -> Callable[[], Response | None]:
    """What a room does before each page: an address whose part (`slug`, `key`) is of something merged leads to the survivor."""

    def before() -> Response | None:
        parts = dict(request.view_args or {})
        told = [(name, kind, parts[name]) for name, kind in kinds.items() if name in parts]
        if request.method not in ("GET", "HEAD") or not told:
            return None
        with reading() as session:
            merges = known_merges(session)
        moved = {name: last for name, kind, slug in told if (last := merges.last(kind, slug)) != slug}
        if not moved:
            return None
        asked = {name: request.args.getlist(name) for name in request.args}
        return redirect(url_for(str(request.endpoint), **{**asked, **parts, **moved}), 301)

    return before


def known_merges(session: Session) -> Merges:
    """What was entered twice, asked once for a page however often it is needed."""
    if "merges" not in g:
        g.merges = merged.read(session)
    found: Merges = g.merges
    return found
