"""/desk: on a new site the way to a first forum, step by step; afterwards the rooms, and what waits in them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, current_app, url_for
from werkzeug.wrappers import Response

from positions.classes import requests
from positions.followthrough.queries import commitments
from positions.followthrough.queries import requests as records
from positions.followthrough.queries.commitments import days_of
from positions.queries import holdings
from positions.queries.holdings import Holdings
from tracker import site
from tracker.accounts.admission import signed_in
from tracker.accounts.roles import AccountRole
from tracker.db import reading
from tracker.freezing import told as freeze
from tracker.i18n import gettext, number
from tracker.rendering import page

bp = Blueprint("desk", __name__)

STEPS = {
    "site": "Say who publishes this site",
    "race": "Add a race: office, place, day of the election",
    "candidates": "Name the candidates, one a line",
    "forum": "Add a forum: title, day, place, recording",
    "transcript": "Bring in its transcript",
    "questions": "Look at the questions that were found",
    "statements": "Write statements and say where candidates stand (may wait)",
    "share": "Share the comparison",
}
"""The way to a first forum. Each step is ticked by what is held, never by hand."""

COUNTED = {
    "desk_races.index": ("races", "Races"),
    "desk_forums.index": ("forums", "Forums"),
    "people.index": ("people", "People"),
    "organisations.index": ("organisations", "Organisations"),
    "desk_topics.index": ("topics", "Topics"),
}
"""What the rooms hold: endpoint, the count, the words."""

WAITING = {
    "reports": ("Reports of readers to answer", "desk_reports.index"),
    "proposals": ("Changes for a second editor", "proposals.show"),
    "unnamed": ("Voices nobody has named", "voices.index"),
    "suggested": ("Suggested topics nobody has looked at", "tags.index"),
    "silent": ("Forums without a transcript", "imports.index"),
}
"""What waits, the most urgent first: the words, and where it is worked on."""


@dataclass(frozen=True)
class Step:
    """One step: its words, where it is done (None while it has to wait for another), whether it is done."""

    words: str
    href: str | None
    done: bool


@bp.get("/desk")
def show() -> Response:
    """The way to a first forum, or the rooms of the desk."""
    with reading() as session:
        held = holdings.held(session)
        asked = len(freeze.waiting(session))
        wanted = requests.waiting(session)
        due = commitments.waiting(
            commitments.every(session, days_of(datetime.now(UTC)), whole=True), datetime.now(UTC).date()
        )
        unanswered = len(records.overdue(session, datetime.now(UTC)))
        told = site.read(session)
        race, forum = holdings.first_race(session), holdings.first_forum(session)
    steps = (
        _steps(held, bool(told.publisher and told.contact), race, forum)
        if AccountRole.EDITOR in signed_in().roles
        else []
    )
    counts = {endpoint: number(getattr(held, name)) for endpoint, (name, _) in COUNTED.items()}
    waiting = [
        (gettext(words), number(getattr(held, name)), url_for(endpoint))
        for name, (words, endpoint) in WAITING.items()
        if getattr(held, name)
    ]
    if due:
        waiting.append(
            (gettext("Commitments that are due, overdue or stale"), number(len(due)), url_for("desk_commitments.index"))
        )
    if unanswered:
        words = gettext("Requests for records without a reply in time")
        waiting.append((words, number(unanswered), url_for("desk_requests.index")))
    if wanted:
        waiting.append((gettext("Requests for classes"), number(wanted), url_for("class_requests.index")))
    if asked:
        waiting.insert(
            0, (gettext("Changes of frozen races for another account"), number(asked), url_for("freezing.show"))
        )
    return page("desk/show.html", steps=steps if held.beginning else [], counts=counts, waiting=waiting)


def _steps(held: Holdings, told: bool, race: str | None, forum: str | None) -> list[Step]:
    here = url_for("desk_races.show", slug=race) if race else None
    there = url_for("desk_forums.show", slug=forum) if forum else None
    made = url_for("forums.show", slug=forum) if forum and held.transcripts else None
    shared = url_for("contests.compare", slug=race, by="question") if race else None
    way = {
        "site": (url_for("desk_site.show"), told),
        "race": (here or url_for("desk_races.new"), held.races > 0),
        "candidates": (f"{here}#candidates" if here else None, held.candidacies > 0),
        "forum": (there or url_for("desk_forums.new", race=race), held.linked > 0),
        "transcript": ((_to("imports.index") or there) if forum else None, held.transcripts > 0),
        "questions": (made, held.questions > 0),
        "statements": (_to("statements.index", slug=race) if race else None, held.statements > 0),
        "share": (shared if held.candidacies else None, held.questions > 0 and held.linked > 0),
    }
    return [Step(gettext(STEPS[name]), href, done) for name, (href, done) in way.items()]


def _to(endpoint: str, **places: Any) -> str | None:
    """The address of a room, where it exists."""
    return url_for(endpoint, **places) if endpoint in current_app.view_functions else None
