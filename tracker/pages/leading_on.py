"""The addresses of what was entered twice: they lead to what it was merged into."""

from collections.abc import Callable

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from positions.queries import merged
from tracker.db import reading


def lead_on(**kinds: str) -> Callable[[], Response | None]:
    """What a room does before each page: an address whose part (`slug`, `key`) is of something merged leads to the survivor."""

    def before() -> Response | None:
        parts = dict(request.view_args or {})
        told = [(name, kind, parts[name]) for name, kind in kinds.items() if name in parts]
        if request.method not in ("GET", "HEAD") or not told:
            return None
        with reading() as session:
            found = {name: merged.moved_to(session, kind, slug) for name, kind, slug in told}
        moved = {name: slug for name, slug in found.items() if slug}
        if not moved:
            return None
        asked = {name: request.args.getlist(name) for name in request.args}
        return redirect(url_for(str(request.endpoint), **{**asked, **parts, **moved}), 301)

    return before
