"""/follow: what somebody would be told of, in words, and the ways to be told. /search.atom and /search.json are two of them."""

from collections.abc import Callable

from flask import Blueprint, abort, current_app, request, url_for
from werkzeug.wrappers import Response

from tracker import citing, feeds, following
from tracker.asking import known_names
from tracker.db import reading
from tracker.feeds import Feed
from tracker.following import NothingAsked
from tracker.i18n import current_language, gettext, long_date
from tracker.pages.search import TOO_LONG
from tracker.rendering import page
from tracker.searched import Searched, searched
from transcripts.search.engine import Sort
from transcripts.search.explaining import explain, say
from transcripts.search.names import Names
from transcripts.search.parsing import TooLong
from transcripts.search.store import Missing, Unusable

bp = Blueprint("follow", __name__)


@bp.get("/follow")
def show() -> Response:
    """What would be followed, in words, and both feeds of it; where nothing is chosen, what can be followed."""
    try:
        one = searched(request.args, following.SIZE)
        with reading() as session:
            told = _in_words(one, known_names(session))
    except TooLong:
        return page("follow/nothing.html", status=400, refusal=gettext(TOO_LONG))
    except NothingAsked:
        return page("follow/nothing.html", refusal=None)
    notes = [gettext(note.message).format(**dict(note.args)) for note in one.notes]
    return page("follow/show.html", told=told, notes=notes, followed=one.wanted, sort=str(Sort.ADDED))


@bp.get("/search.atom")
def atom() -> Response:
    """What a search finds, what came in last first, for feed readers (Atom, RFC 4287)."""
    return _feed("follow.atom", feeds.atom)


@bp.get("/search.json")
def json_feed() -> Response:
    """The same as JSON Feed 1.1."""
    return _feed("follow.json_feed", feeds.json_feed)


def _feed(endpoint: str, write: Callable[[Feed], Response]) -> Response:
    """A site without an index holds nothing yet; one whose index is being repaired asks to come again."""
    one = searched(request.args, following.SIZE)
    with reading() as session:
        names = known_names(session)
        told = _in_words(one, names)
        by = citing.voice(session, current_app.config["TRACKER"], current_language(), gettext)
        try:
            entries = feeds.of_search(session, current_app.extensions["search"], names, one, by)
        except Missing:
            entries = ()
        except Unusable:
            abort(503)
    address, home = (f"{by.site_url}{url_for(name, **one.wanted)}" for name in (endpoint, "search.show"))
    return write(Feed(f"{told} · {by.name}", address, home, entries, by))


def _in_words(one: Searched, names: Names) -> str:
    """Raises NothingAsked and TooLong."""
    told = say(explain(following.wanted(one, names), names, current_language()), gettext, long_date)
    return f"{told[:1].upper()}{told[1:]}"
