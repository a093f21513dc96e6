"""/turns/<key>: what one voice said, alone, with the question above it; a passage of it; what became of it when it changed."""

import re
from collections.abc import Sequence

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from positions.queries import tags
from tracker.db import reading
from tracker.rendering import page
from transcripts import anchors
from transcripts.anchors import Relocated
from transcripts.errors import NotFound
from transcripts.queries import turns
from transcripts.queries.turns import VersionLine

bp = Blueprint("turns", __name__)

PASSAGE = re.compile(r"([0-9]{1,7})-([0-9]{1,7})")


@bp.get("/turns/<key>")
def show(key: str) -> AnyResponse:
    """The turn as it stands, its passage lit; 410 with the correction where it was removed, 301 where it was joined."""
    with reading() as session:
        found = turns.by_key(session, key.upper())
        if found.survivor:
            return redirect(url_for("turns.show", key=found.survivor), 301)
        versions = turns.versions(session, found.turn.key)
        topics = tags.topics_of_turn(session, found.turn.id)
    if found.turn.status == "withdrawn":
        return page("turns/gone.html", status=410, found=found, turn=found.turn)
    asked = request.args.get("words")
    passage = passage_of(asked, request.args.get("v"), versions) if asked else None
    return page(
        "turns/show.html",
        found=found,
        turn=found.turn,
        versions=versions,
        topics=topics,
        passage=passage,
        marks=[[passage.anchor.start, passage.anchor.end]] if passage and passage.anchor else [],
    )


def passage_of(asked: str, version: str | None, versions: Sequence[VersionLine]) -> Relocated:
    """The words 12-45 (code points, half-open) of a version, found again in the present one. Raises NotFound for no such place."""
    place = PASSAGE.fullmatch(asked)
    said = next((line for line in versions if str(line.n) == version), None) if version else versions[-1]
    if place is None or said is None or not 0 <= int(place[1]) < int(place[2]) <= len(said.text):
        raise NotFound("There is no such passage in what was said. The link may be mistyped.")
    anchor = anchors.anchor(said.text, int(place[1]), int(place[2]))
    if said is versions[-1]:
        return Relocated("exact", anchor)
    return anchors.relocate(anchor, said.text, versions[-1].text)
