"""/programs: what places do about what was promised; one program as one story, on one sheet, and what changed about it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.followthrough import story
from positions.followthrough.days import PartialDay
from positions.followthrough.fidelity import Checklist, Replies
from positions.followthrough.queries import changes as recorded
from positions.followthrough.queries import commitments, fidelity, figures, requests, watching
from positions.followthrough.queries.commitments import TrackedCommitment, days_of
from positions.followthrough.queries.figures import ShownFigure
from positions.followthrough.queries.program_lines import Concern
from positions.followthrough.queries.requests import AskedRecords
from positions.followthrough.queries.unjudged import LAST_ZONE
from positions.followthrough.queries.watching import Watched
from positions.followthrough.requests import State
from positions.followthrough.story import About, Chapter, Line
from positions.followthrough.vocabulary.commitments import Verdict
from positions.followthrough.vocabulary.programs import ConcernKind, Role, Step
from tracker import citing, feeds, program_feed
from tracker.db import reading
from tracker.feeds import Feed
from tracker.i18n import current_language, gettext
from tracker.kept_pages import place_for_the_day
from tracker.rendering import answer, page

bp = Blueprint("programs", __name__)

MOST = 12
"""Lines of a step that are told; the others are counted."""


ON_SHEET = 6
"""Lines of each part of the sheet, so that it stays one page."""


@dataclass(frozen=True)
class Watch:
    """Everything the watch page tells, as of `today`, the program's own local day."""

    program: Watched
    today: date
    commitments: tuple[TrackedCommitment, ...]
    checklist: Checklist
    answered: dict[int, Replies]
    requests: tuple[AskedRecords, ...]
    figures: tuple[ShownFigure, ...]

    @property
    def tracked(self) -> list[TrackedCommitment]:
        """What can be kept or broken: positions are not among them."""
        return [one for one in self.commitments if one.facts.tracked]

    @property
    def first_due(self) -> list[TrackedCommitment]:
        """What is not judged yet, by the day it is due next; what has no day comes last. As many as a sheet holds."""
        open_ = [one for one in self.tracked if one.standing.verdict in (None, Verdict.TOO_EARLY)]
        return sorted(open_, key=lambda one: (one.standing.next_due or one.facts.due_on or date.max, one.slug))[
            :ON_SHEET
        ]

    @property
    def open_questions(self) -> list[Concern]:
        """Questions to which nobody replied."""
        asked = [one for one in self.program.concerns if one.kind == ConcernKind.QUESTION]
        return [one for one in asked if not self.answered_to(one.id).standing][:ON_SHEET]

    @property
    def waiting(self) -> list[AskedRecords]:
        """Requests for records nobody has answered."""
        return [one for one in self.requests if one.standing.state == State.WAITING]

    @property
    def replied(self) -> list[AskedRecords]:
        """Requests for records that somebody answered, or that were taken back."""
        return [one for one in self.requests if one.standing.state != State.WAITING]

    @property
    def run_by(self) -> list[str]:
        """The names of those who run it."""
        return [body.name for body in self.program.bodies if body.role == Role.RUNS]

    def answered_to(self, concern: int) -> Replies:
        """What was answered to a concern, by its id."""
        return self.answered.get(concern, Replies())

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """The story in its six steps."""
        return story.tell([*_promised(self.tracked), *_told(self.program)], MOST)


@bp.get("/programs")
def index() -> Response:
    """Every program, those of other places last."""
    with reading() as session:
        every = watching.every(session)
    return page(
        "programs/index.html",
        here=[one for one in every if not one.elsewhere],
        elsewhere=[one for one in every if one.elsewhere],
    )


@bp.get("/programs/<slug>")
def show(slug: str) -> Response:
    """One program as one story, its figures, whether it is run as designed, and what nobody answered."""
    at = datetime.now(UTC)
    kept = place_for_the_day(at)
    if kept.page is not None:
        return answer(kept.page)
    with reading() as session:
        watch = watched(session, slug, at)
    response = page("programs/show.html", watch=watch, program=watch.program)
    kept.keep(response.get_data())
    return response


@bp.get("/programs/<slug>/sheet")
def sheet(slug: str) -> Response:
    """One page to print and take to a meeting: promise, day, latest figure with its source, open question."""
    with reading() as session:
        watch = watched(session, slug, datetime.now(UTC))
    return page("programs/sheet.html", watch=watch, program=watch.program)


@bp.get("/programs/<slug>/changes")
def changes(slug: str) -> Response:
    """What was recorded of a program lately, with the page of each."""
    with reading() as session:
        program = watching.by_slug(session, slug)
        latest = recorded.of_program(session, slug, days_of(datetime.now(UTC))(LAST_ZONE))
    lines = [(change, program_feed.says(change), program_feed.path(change, slug)) for change in latest]
    return page("programs/changes.html", program=program, lines=lines, most=recorded.MOST)


@bp.get("/programs/<slug>/feed.atom")
def feed(slug: str) -> Response:
    """The same for feed readers (Atom, RFC 4287)."""
    return _feed("programs.feed", slug, feeds.atom)


@bp.get("/programs/<slug>/feed.json")
def json_feed(slug: str) -> Response:
    """The same as JSON Feed 1.1."""
    return _feed("programs.json_feed", slug, feeds.json_feed)


def _feed(endpoint: str, slug: str, write: Callable[[Feed], Response]) -> Response:
    with reading() as session:
        program = watching.by_slug(session, slug)
        latest = recorded.of_program(session, slug, days_of(datetime.now(UTC))(LAST_ZONE))
        by = citing.voice(session, current_app.config["TRACKER"], current_language(), gettext)
    address, home = (f"{by.site_url}{url_for(name, slug=slug)}" for name in (endpoint, "programs.show"))
    invented = f" ({gettext(feeds.FICTIONAL)})" if program.fictional else ""
    title = f"{program.name.within(by.lang)}{invented} · {by.name}"
    return write(Feed(title, address, home, program_feed.entries(latest, slug, by), by))


def watched(session: Session, slug: str, at: datetime) -> Watch:
    """What the watch page tells at a moment: a constant number of statements. Raises NotFound."""
    program = watching.by_slug(session, slug)
    today = at.astimezone(ZoneInfo(program.zone)).date()
    asked = requests.of_program(session, program.id, today)
    checklist, answered = fidelity.in_short(session, program.id, today, {one.id: one for one in asked})
    tracked = commitments.of_program(session, program.id, today)
    measured = figures.of_program(session, program.id)
    return Watch(program, today, tracked, checklist, answered, asked, measured)


def _promised(tracked: list[TrackedCommitment]) -> Iterator[Line]:
    for one in tracked:
        yield Line(Step.PROMISED, PartialDay.of(one.said_on.isoformat()), one.title, About.COMMITMENT, one.slug, one)


def _told(program: Watched) -> Iterator[Line]:
    for event in program.history:
        yield Line(event.step, event.on, event.text, About.HISTORY, event.slug, event)
    for sum_ in program.money:
        if sum_.text is not None:
            yield Line(Step.FUNDED, sum_.first, sum_.text, About.MONEY, sum_.slug, sum_)
    for claim in program.claims:
        yield Line(Step.MEASURED, None, claim.figure, About.CLAIM, claim.slug, claim)
