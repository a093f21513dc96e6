"""/desk/folders: a reader's folder taken away by an editor: its notes stand under the publisher's name."""

import re

from flask import Blueprint, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.acting import Done, attempt
from tracker.forms import Typed
from tracker.rendering import page
from transcripts import folders

bp = Blueprint("desk_folders", __name__, url_prefix="/desk/folders")

SHARED = re.compile(r"/folders/shared/([A-Za-z0-9_-]{32})(?:[/?#].*)?$")
NO_SHARED_LINK = (
    "This is not the link for readers of a folder. It begins with this site’s address and /folders/shared/."
)


@bp.get("")
def show() -> Response:
    """Which folder, by the link its readers have, and why."""
    return _form(Typed.of({}), 200)


@bp.post("", endpoint="delete")
def delete() -> Response:
    """Delete it for good. The log keeps the reason, never the link nor the title."""
    typed = Typed.sent()

    def work(session: Session) -> Done:
        found = SHARED.search(typed.text("link", 2_000))
        why = typed.text("why", 1000)
        if found is None:
            typed.fail("link", NO_SHARED_LINK)
        typed.check()
        folders.delete_shared(session, found[1] if found else "")
        return Done(url_for("desk_folders.show"), "folder", why)

    return attempt(typed, "delete a reader's folder", work, lambda status: _form(typed, status))


def _form(typed: Typed, status: int) -> Response:
    return page("desk/folders/show.html", status=status, form=typed)
