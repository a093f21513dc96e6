"""/turns/<key>: what one voice said, alone, with the question above it; a passage of it; what became of it when it changed."""

import re
from dataclasses import dataclass

from flask import Blueprint, current_app, redirect, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.classes import nominating
from positions.queries import tags
from tracker import citing
from tracker.asking import highlighter
from tracker.db import reading
from tracker.i18n import current_language, gettext
from tracker.rendering import page, page_number
from tracker.searched import Searched, address, beside, searched
from transcripts.errors import NotFound
from transcripts.queries import turns, versions
from transcripts.queries.citations import CITABLE
from transcripts.queries.turns import TurnPage, TurnView
from transcripts.queries.versions import Passage
from transcripts.search.parsing import TooLong
from transcripts.search.snippets import Highlighter
from transcripts.search.store import Unusable

bp = Blueprint("turns", __name__)

PLACE = re.compile(r"([0-9]{1,7})-([0-9]{1,7})")
VERSION = re.compile(r"[0-9]{1,7}")


@bp.get("/turns/<key>")
def show(key: str) -> Response:
    """The turn as it stands, its passage lit; 410 with the correction where it was removed, 301 where it was joined."""
    with reading() as session:
        found = turns.by_key(session, key.upper())
        if found.survivor:
            return redirect(url_for("turns.show", key=found.survivor), 301)
        passage = _passage(session, found)
        topics = tags.topics_of_turn(session, found.turn.id)
        classes = nominating.accepted(session, found.turn.key)
        by = citing.voice(session, current_app.config["TRACKER"], current_language(), gettext)
        hit = _hit(session, found)
    if found.turn.status == "withdrawn":
        return page("turns/gone.html", status=410, found=found, turn=found.turn)
    said = passage.now.exact if passage and passage.now else found.turn.text
    lit = [(passage.now.start, passage.now.end)] if passage and passage.now else []
    if hit and hit.lights and not passage:
        lit = list(hit.lights.marks(found.turn.text, found.turn.lang))
    return page(
        "turns/show.html",
        found=found,
        turn=found.turn,
        topics=topics,
        from_classes=classes,
        passage=passage,
        marks=lit,
        hit=hit,
        citable=found.turn.kind in CITABLE,
        cited={"words": f"{lit[0][0]}-{lit[0][1]}", "v": found.turn.version} if passage and lit else {},
        shared=citing.shared(found.turn, found.question, said, f"/turns/{found.turn.key}", by),
    )


@bp.get("/turns/<key>/history")
def history(key: str) -> Response:
    """Everything a turn has said, the latest first."""
    with reading() as session:
        found = turns.by_key(session, key.upper())
        said = versions.of_turn(session, found.turn.key)
    return page("turns/history.html", turn=found.turn, history=said[::-1])


@dataclass(frozen=True)
class FoundHere:
    """The search a reader comes from: what it lights up, the way back, the hits before and after, and what was said around this."""

    lights: Highlighter | None
    results: str
    previous: str | None
    next: str | None
    place: int
    total: int
    before: TurnView | None
    after: TurnView | None


def _hit(session: Session, found: TurnPage) -> FoundHere | None:
    """None for a reader who comes from no search, or whose search cannot be run any more."""
    engine = current_app.extensions["search"]
    try:
        one = searched(request.args, 1)
        if one.is_empty:
            return None
        place = page_number(request.args.get("hit"))
        among = beside(session, engine, one, found.turn.key, place - 1)
        lights = highlighter(session, engine, one.asked.text, one.asked.filters)
    except (TooLong, Unusable):
        return None
    around = {
        turn.key: turn for turn in turns.by_keys(session, [key for key in (found.previous_key, found.next_key) if key])
    }
    return FoundHere(
        lights=lights,
        results=address(url_for("search.show"), one.parameters),
        previous=_step(one, among.previous, among.place - 1) if among else None,
        next=_step(one, among.next, among.place + 1) if among else None,
        place=among.place if among else 0,
        total=among.total if among else 0,
        before=around.get(found.previous_key or ""),
        after=around.get(found.next_key or ""),
    )


def _step(one: Searched, key: str | None, place: int) -> str | None:
    """The page of another hit of the same search."""
    return address(url_for("turns.show", key=key), [*one.parameters, ("hit", str(place))]) if key else None


def _passage(session: Session, found: TurnPage) -> Passage | None:
    """What ?words=12-45&v=3 points at: code points, half-open, of version 3 (the present one where v is left out).

    ?v=3 alone is all of an earlier version.
    """
    asked = asked_place()
    if asked is None:
        return None
    n, start, end = asked
    n = n or found.turn.version
    if start is None and n == found.turn.version:
        return None
    return versions.passage(session, found, start or 0, end, n)


def asked_place() -> tuple[int | None, int | None, int | None] | None:
    """What ?words=12-45&v=3 of this address says: see `placed`. Raises NotFound."""
    return placed(request.args.get("words"), request.args.get("v"))


def placed(words: str | None, version: str | None) -> tuple[int | None, int | None, int | None] | None:
    """(version, start, end) of words=12-45 and v=3: no version for the present one, no place for all of it. Raises NotFound."""
    place = PLACE.fullmatch(words) if words else None
    if (words and place is None) or (version and VERSION.fullmatch(version) is None):
        raise NotFound("There is no such passage in what was said. The link may be mistyped.")
    if place is None and not version:
        return None
    n = int(version) if version else None
    return (n, int(place[1]), int(place[2])) if place else (n, None, None)
