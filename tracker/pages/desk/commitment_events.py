"""/desk/commitments/<slug>/…: what became of a commitment: recorded with its day and source, or taken back; nothing is written over."""

from datetime import UTC, date, datetime
from typing import Any

from flask import Blueprint, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.cells import Looked
from positions.followthrough import events
from positions.followthrough.commitments import NEVER_RECORDED, VALUES, Told, Value
from positions.followthrough.events import Beside
from positions.followthrough.queries import citable, commitments
from positions.followthrough.queries.commitments import TrackedCommitment, days_of
from positions.followthrough.queries.recorded import Happened, Observed
from positions.followthrough.recurrence import upcoming
from positions.followthrough.vocabulary.commitments import Axis, Occurrence
from positions.followthrough_entries.grounds import Cited
from positions.load_document import checked
from positions.load_followthrough import grounds
from tracker.accounts.admission import signed_in
from tracker.acting import Done, attempt
from tracker.db import reading
from tracker.deeds import in_words
from tracker.forms import Typed
from tracker.i18n import long_date
from tracker.pages.desk import cited, entering
from tracker.rendering import page
from transcripts.bilingual import Bilingual
from transcripts.errors import NotFound

bp = Blueprint("commitment_events", __name__, url_prefix="/desk/commitments/<slug>")


@bp.get("/record")
def form(slug: str) -> Response:
    """A form for an event."""
    first = {"value": request.args.get("value", ""), "looked_by": signed_in().name}
    return _form(slug, Typed.of(first), 200)


@bp.post("/record")
def record(slug: str) -> Response:
    """Append an event."""
    typed, one = Typed.sent(), _held(slug)

    def work(session: Session) -> Done:
        value, day, log = _value(typed), typed.day("on"), _looked(typed)
        ground = cited.read(session, typed, needed=False)
        text = _both(typed, "text", needed=False)
        typed.check()
        assert value is not None and day is not None
        told = Told(value=value, on=day, sourced=ground is not None, looked=log)
        outcome = events.record(session, one.id, told, _beside(session, text, ground))
        return Done(_page(slug), f"commitment/{slug}", f"{told.axis} {told.value} {outcome}")

    return attempt(typed, "record what became of a commitment", work, lambda status: _form(slug, typed, status))


@bp.get("/dues")
def due_form(slug: str) -> Response:
    """A form for what became of a due date."""
    return _due_form(slug, Typed.of({"due_on": request.args.get("due", "")}), 200)


@bp.post("/dues")
def see(slug: str) -> Response:
    """Append what became of a due date."""
    typed, one = Typed.sent(), _held(slug)

    def work(session: Session) -> Done:
        due = typed.day("due_on")
        outcome = typed.one_of("outcome", list(Occurrence))
        day = typed.day("on", needed=False)
        ground = cited.read(session, typed, needed=False)
        text = _both(typed, "text", needed=False)
        typed.check()
        assert due is not None and outcome is not None
        beside = _beside(session, text, ground)
        done = events.see(session, one.id, due, Occurrence(outcome), day, beside)
        return Done(_page(slug), f"commitment/{slug}", f"{due} {outcome} {done}")

    return attempt(typed, "record what became of a due date", work, lambda status: _due_form(slug, typed, status))


@bp.get("/take-back/<key>")
def back_form(slug: str, key: str) -> Response:
    """A form to take a record back."""
    return _back_form(slug, key, Typed.of({}), 200)


@bp.post("/take-back/<key>")
def take_back(slug: str, key: str) -> Response:
    """Take an event or a record of a due date back; it stays readable with the reason."""
    typed, one = Typed.sent(), _held(slug)
    item = _record_of(one, key)

    def work(session: Session) -> Done:
        why = _both(typed, "why")
        typed.check()
        withdraw = events.withdraw if isinstance(item, Happened) else events.withdraw_due
        withdraw(session, one.id, key, why or Bilingual(""), signed_in().name)
        return Done(_page(slug), f"commitment/{slug}", key)

    return attempt(
        typed, "take back a record of a commitment", work, lambda status: _back_form(slug, key, typed, status)
    )


def _held(slug: str) -> TrackedCommitment:
    """Raises NotFound for one that is not there, whatever was typed."""
    with reading() as session:
        return commitments.one(session, slug, days_of(datetime.now(UTC)), whole=True)


def _record_of(one: TrackedCommitment, key: str) -> Happened | Observed:
    records: tuple[Happened | Observed, ...] = (*one.happened, *one.observed)
    found = next((item for item in records if item.key == key), None)
    if found is None:
        raise NotFound("There is no such record of this commitment (any more).")
    return found


def _page(slug: str) -> str:
    return url_for("desk_commitments.show", slug=slug)


def _value(typed: Typed) -> Value | None:
    axis, _, value = (typed.one_of("value", [name for name, _ in _values()]) or "").partition(":")
    return VALUES[Axis(axis)](value) if axis else None


def _values() -> list[tuple[str, str]]:
    """Everything that can be recorded, as axis:value, in words."""
    return [
        (f"{axis}:{value}", f"{in_words(axis)}: {in_words(value)}")
        for axis, values in VALUES.items()
        for value in values
        if value not in NEVER_RECORDED
    ]


def _looked(typed: Typed) -> Looked | None:
    """Who looked, where and when; None where nobody is said to have."""
    where = _both(typed, "where", needed=bool(typed["looked_on"]))
    day = typed.day("looked_on", needed=where is not None)
    by = typed.text("looked_by", needed=where is not None)
    return Looked(by, day, where) if where is not None and day is not None else None


def _both(typed: Typed, name: str, *, needed: bool = True) -> Bilingual | None:
    text = entering.both(typed, name, 1000, needed=needed)
    return Bilingual(text["en"], text["es"]) if text else None


def _beside(session: Session, text: Bilingual | None, ground: dict[str, Any] | None) -> Beside:
    named = checked(Cited, ground) if ground else None
    return Beside(signed_in().name, text, grounds.columns(session, named))


def _form(slug: str, typed: Typed, status: int) -> Response:
    one = _held(slug)
    with reading() as session:
        choices = citable.choices(session)
    return page("desk/commitments/record.html", status=status, one=one, form=typed, values=_values(), grounds=choices)


def _due_form(slug: str, typed: Typed, status: int) -> Response:
    one = _held(slug)
    with reading() as session:
        choices = citable.choices(session)
    dues: list[date] = [due.on for due in one.dues]
    after = upcoming(one.facts.recurrence, dues[-1] if dues else date.min) if one.facts.recurrence else None
    days = [*dues, after] if after else dues
    return page(
        "desk/commitments/due.html",
        status=status,
        one=one,
        form=typed,
        days=[(day.isoformat(), long_date(day)) for day in days],
        outcomes=[(str(outcome), in_words(outcome)) for outcome in Occurrence],
        grounds=choices,
    )


def _back_form(slug: str, key: str, typed: Typed, status: int) -> Response:
    one = _held(slug)
    return page("desk/commitments/back.html", status=status, one=one, form=typed, item=_record_of(one, key))
