"""/reply/program: what a body that runs a program answers in its own words, written and taken back by whoever holds its link.

A reply is to the whole page, or (`?about=c-…` and `?about=q-…`, as on that page) to a criterion or a concern.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.followthrough.fidelity import Reply
from positions.followthrough.queries import fidelity
from positions.followthrough.replying import Answered
from tracker.accounts import audit
from tracker.acting import Done, attempt
from tracker.db import reading
from tracker.forms import Typed
from tracker.i18n import LANGUAGES, gettext
from tracker.limits import limited
from tracker.pages.replies import TOO_MANY
from tracker.rendering import page
from tracker.replying import bodies
from transcripts.bilingual import Bilingual
from transcripts.errors import NotFound
from transcripts.text import count_words

bp = Blueprint("body_replies", __name__, url_prefix="/reply/program")

LONGEST = 10_000
LINK = "a body’s link"
TOO_LONG = "At most %(most)s words, the same for every body; these are %(words)s."


@dataclass(frozen=True)
class Subject:
    """One thing that may be replied to: its anchor on the page, its words, and the replies of this body that stand."""

    key: str
    text: Bilingual | None
    criterion: int | None
    concern: int | None
    own: tuple[Reply, ...]


def _too_many() -> Response:
    typed = Typed.sent()
    typed.refusal = gettext(TOO_MANY)
    return _form(str((request.view_args or {}).get("secret")), typed, 429)


@bp.get("/<secret>")
def show(secret: str) -> Response:
    """What can be replied to, what was replied, and the form."""
    return _form(secret, Typed.of({"language": "en"}), 200)


@bp.post("/<secret>", endpoint="write")
@limited("60 per hour", again=_too_many)
def write(secret: str) -> Response:
    """Say something; it stands in the place of what was said to the same thing before."""
    typed = Typed.sent()

    def work(session: Session) -> Done:
        invited, program = bodies.by_link(session, secret)
        subject = _about(_subjects(session, program.id, invited.body, program.zone))
        words = typed.text("words", LONGEST, lines=True)
        language = typed.one_of("language", list(LANGUAGES)) or "en"
        if count_words(words) > bodies.WORDS:
            typed.fail("words", TOO_LONG, most=bodies.WORDS, words=count_words(words))
        typed.check()
        today = datetime.now(UTC).astimezone(ZoneInfo(program.zone)).date()
        criterion, concern = subject.criterion, subject.concern
        said = Answered(invited.body, words, language, today, criterion, concern, invited.verified)
        bodies.write(session, secret, said)
        audit.note(session, (None, LINK), "reply as a body", f"program/{program.slug}", invited.body)
        return Done(url_for(".show", secret=secret, about=subject.key or None, kept=1))

    return attempt(typed, "reply as a body", work, lambda status: _form(secret, typed, status))


@bp.post("/<secret>/take-back")
@limited("60 per hour", again=_too_many)
def take_back(secret: str) -> Response:
    """Take back what was said; it stays readable as taken back."""
    typed = Typed.sent()

    def work(session: Session) -> Done:
        invited, program = bodies.by_link(session, secret)
        bodies.take_back(session, secret, typed["key"])
        audit.note(session, (None, LINK), "take a reply back as a body", f"program/{program.slug}", invited.body)
        return Done(url_for(".show", secret=secret, kept=1))

    return attempt(typed, "take a reply back as a body", work, lambda status: _form(secret, typed, status))


def _subjects(session: Session, program_id: int, body: str, zone: str) -> list[Subject]:
    today = datetime.now(UTC).astimezone(ZoneInfo(zone)).date()
    told, raised, _ = fidelity.whole(session, program_id, today)

    def own(standing: tuple[Reply, ...]) -> tuple[Reply, ...]:
        return tuple(one for one in standing if one.by == body)

    return [
        Subject("", None, None, None, own(told.replies.standing)),
        *(
            Subject(f"c-{row.criterion.slug}", row.criterion.text, row.criterion.id, None, own(row.replies.standing))
            for row in told.rows
        ),
        *(Subject(f"q-{one.slug}", one.text, None, one.id, own(one.replies.standing)) for one in raised),
    ]


def _about(subjects: list[Subject]) -> Subject:
    key = request.args.get("about", "")
    found = next((one for one in subjects if one.key == key), None)
    if found is None:
        raise NotFound("There is nothing on this page called “{key}”.", key=key[:120])
    return found


def _form(secret: str, typed: Typed, status: int) -> Response:
    with reading() as session:
        invited, program = bodies.by_link(session, secret)
        subjects = _subjects(session, program.id, invited.body, program.zone)
    return page(
        "programs/reply.html",
        status=status,
        form=typed,
        secret=secret,
        invited=invited,
        program=program,
        subjects=subjects,
        about=_about(subjects),
        most=bodies.WORDS,
        languages_of_words=list(LANGUAGES.items()),
        kept=bool(request.args.get("kept")),
    )
