"""/desk/forums/<slug>/review: the words of a forum against its recording, passage by passage, until all of them were checked."""

from flask import Blueprint, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.accounts.admission import signed_in
from tracker.acting import Done, attempt
from tracker.db import reading
from tracker.forms import VERSION, Typed
from tracker.pages.leading_on import lead_on
from tracker.rendering import page
from transcripts import review
from transcripts.errors import NotFound
from transcripts.queries import forums, reviews, turns
from transcripts.queries.forums import ForumView
from transcripts.vocabulary import Grade

bp = Blueprint("review", __name__, url_prefix="/desk/forums/<slug>/review")
bp.before_request(lead_on(slug="forum"))

WINDOW = 30
"""How many passages a page holds: the next ones nobody has checked."""
NO_TRANSCRIPT = "There is no transcript of this forum yet."
GRADES = (Grade.EDITED, Grade.REVIEWED)


@bp.get("")
def show(slug: str) -> Response:
    """The next passages nobody has checked against the recording."""
    return _review(slug, Typed.of({}), 200)


@bp.post("/checked")
def checked(slug: str) -> Response:
    """Say that the version of a passage the editor saw is, word for word, what the recording says."""
    typed = Typed.sent()
    _forum(slug)

    def work(session: Session) -> Done:
        version = typed.whole(VERSION, 1) or 0
        typed.check()
        review.mark(session, typed["key"].upper(), version, Grade.REVIEWED, signed_in().name)
        return Done(url_for("review.show", slug=slug, _anchor="next"), f"turn {typed['key']}")

    return attempt(typed, "check against the recording", work, lambda status: _review(slug, typed, status))


@bp.post("/grade")
def grade(slug: str) -> Response:
    """Say how far the whole transcript was checked."""
    typed, forum = Typed.sent(), _forum(slug)

    def work(session: Session) -> Done:
        chosen = typed.one_of("grade", GRADES)
        typed.check()
        if forum.published is None:
            raise NotFound(NO_TRANSCRIPT)
        review.close(session, forum.published.id, typed["seen"], Grade(chosen or ""), signed_in().name)
        return Done(url_for("review.show", slug=slug), f"forum {slug}", chosen or "")

    return attempt(typed, "grade a transcript", work, lambda status: _review(slug, typed, status))


def _forum(slug: str) -> ForumView:
    with reading() as session:
        return forums.by_slug(session, slug)


def _review(slug: str, typed: Typed, status: int) -> Response:
    with reading() as session:
        forum = forums.by_slug(session, slug)
        record = forum.published
        done = reviews.progress(session, record.id) if record else None
        waiting = turns.by_keys(session, reviews.waiting(session, record.id, WINDOW)) if record else ()
    return page(
        "desk/review/show.html",
        status=status,
        form=typed,
        forum=forum,
        record=record,
        done=done,
        waiting=waiting,
        grades=GRADES,
    )
