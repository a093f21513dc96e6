"""/desk/commitments/closing: what is still open when a term ends is closed by somebody who looked, all of it seen beforehand."""

from datetime import UTC, date, datetime

from flask import Blueprint, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.cells import Looked
from positions.followthrough import events
from positions.followthrough.commitments import closing
from positions.followthrough.queries import commitments
from positions.followthrough.queries.commitments import TrackedCommitment, days_of
from tracker.accounts.admission import signed_in
from tracker.acting import Done, attempt
from tracker.db import reading
from tracker.forms import Typed
from tracker.i18n import long_date
from tracker.pages.desk import entering
from tracker.rendering import page
from transcripts.bilingual import Bilingual
from transcripts.messages import Message

bp = Blueprint("commitment_closing", __name__, url_prefix="/desk/commitments/closing")

NOBODY = "Tick the commitments that are to be closed."


@bp.get("")
def show() -> Response:
    """Every term that has ended with something open, and a form to say where was looked."""
    today = datetime.now(UTC).date()
    return _show(Typed.of({"looked_by": signed_in().name, "looked_on": today.isoformat()}), 200)


@bp.post("")
def close() -> Response:
    """Show what would be recorded of each, or record it of those that are ticked, in one act."""
    typed = Typed.sent()
    if typed["do"] != "close":
        _looked(typed)
        return _show(typed, 422 if typed.errors else 200, preview=not typed.errors)

    def work(session: Session) -> Done:
        looked, text = _looked(typed), entering.both(typed, "text", 1000, needed=False)
        listed = [
            one.slug
            for one in _ended(commitments.every(session, days_of(datetime.now(UTC)), whole=True), typed["ends"])
        ]
        chosen = typed.some_of("close", listed)
        if not chosen:
            typed.fail("close", NOBODY)
        typed.check()
        assert looked is not None
        said = Bilingual(text["en"], text["es"]) if text else None
        act = events.close_term(session, chosen, looked, said, signed_in().name)
        return Done(url_for("desk_commitments.index"), f"term {typed['ends']}", f"{act} {' '.join(chosen)}")

    return attempt(
        typed, "close commitments at the end of a term", work, lambda status: _show(typed, status, preview=True)
    )


def _looked(typed: Typed) -> Looked | None:
    by, day, where = typed.text("looked_by"), typed.day("looked_on"), entering.both(typed, "where", 1000)
    return Looked(by, day, Bilingual(where["en"], where["es"])) if day and where else None


def _ended(every: tuple[TrackedCommitment, ...], ends: str) -> list[TrackedCommitment]:
    """Those whose term ended on that day and which nobody judged."""
    return [
        one
        for one in every
        if one.facts.tracked
        and one.facts.term_ends_on is not None
        and one.facts.term_ends_on.isoformat() == ends
        and not one.standing.judged
    ]


def _show(typed: Typed, status: int, *, preview: bool = False) -> Response:
    today = datetime.now(UTC).date()
    with reading() as session:
        every = commitments.every(session, days_of(datetime.now(UTC)), whole=True)
    days = sorted({str(one.facts.term_ends_on) for one in every if _over(one, today)}, reverse=True)
    looked = _looked(typed) if preview else None
    listed = [(one, _becomes(one, looked, today)) for one in _ended(every, typed["ends"])] if looked else []
    return page(
        "desk/commitments/closing.html",
        status=status,
        form=typed,
        ends=[(day, long_date(date.fromisoformat(day))) for day in days],
        listed=listed,
        preview=looked is not None,
    )


def _over(one: TrackedCommitment, today: date) -> bool:
    ends = one.facts.term_ends_on
    return ends is not None and ends <= today and one.facts.tracked and not one.standing.judged


def _becomes(one: TrackedCommitment, looked: Looked, today: date) -> Message | None:
    """Why it cannot be closed like this; None where it can."""
    told = closing(one.facts, [item.event for item in one.happened], looked, today)
    return told if isinstance(told, Message) else None
