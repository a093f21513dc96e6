"""Every component of the look on one page, on invented values: what a designer changes, a designer sees here."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, Response
from werkzeug.datastructures import MultiDict

from positions.cells import Candidate, Cell, Evidence, SourceRef, empty
from positions.change import OverTime, between
from positions.comparison import Comparison, ContestHead, OrderRule, Row
from positions.followthrough.charting import plot
from positions.followthrough.commitments import Commitment, Event, standing
from positions.followthrough.days import PartialDay
from positions.followthrough.figures import Moment
from positions.followthrough.queries.commitments import TrackedCommitment
from positions.followthrough.queries.figures import Seen, ShownFigure, Value
from positions.followthrough.queries.grounds import Ground
from positions.followthrough.queries.recorded import Happened
from positions.followthrough.story import About, Line
from positions.followthrough.suppression import Place
from positions.followthrough.vocabulary.commitments import CommitmentKind, Progress
from positions.followthrough.vocabulary.figures import IndicatorKind
from positions.followthrough.vocabulary.programs import Step
from positions.leaks import Part
from positions.narrowing import narrowed
from positions.scale import Code
from tracker.citing import Shared
from tracker.forms import KEY, NEEDED, Typed
from tracker.freezing.calendar import Period
from tracker.freezing.told import Exceptional, Freeze
from tracker.i18n import gettext
from tracker.pages.patterns_findings import findings
from tracker.pages.patterns_programs import programs
from tracker.rendering import page
from tracker.replying.replies import Replied, Version
from transcripts.bilingual import Bilingual
from transcripts.vocabulary import Grade, Reason

bp = Blueprint("patterns", __name__)

WORDS = (
    "I have sat on that porch and heard the trucks go by at five in the morning. If you want my vote on the bypass, "
    "show me the traffic count first. I will read every page of it."
)


SAID_ON = date(2026, 10, 20)


def _replies(at: datetime) -> tuple[Replied, ...]:
    """One candidate who replied and changed it, one who took it back."""
    said = (Version(WORDS, at), Version("I will read every page.", at))
    gone = (Version("", at), Version("I never sat on that porch.", at))
    how = "Invented."
    return (
        Replied("invented", "avery-example", how, {"": said}),
        Replied("invented", "blake-example", how, {"": gone}),
    )


def _freeze(at: datetime) -> Freeze:
    """A race that is frozen, with a change two people agreed to and one of the command line."""
    agreed = Exceptional(1, "A name", "It was wrong.", "Avery Example", "Blake Example", "It was.", at, 1, at)
    alone = Exceptional(2, "tracker load", "Invented.", "Avery Example", None, None, at, 0, None)
    title = Bilingual("An invented race", "Una elección inventada")
    return Freeze("invented", title, Period(date(2026, 10, 20), date(2026, 11, 3)), (agreed, alone))


def _sample() -> dict[str, Any]:
    forum = SimpleNamespace(
        slug="invented",
        city="Nowhere",
        title=Bilingual("An invented forum", "Un foro inventado"),
        held_on=date(2026, 10, 20),
        fictional=True,
    )
    turn = {
        "key": "01J0000000000000000000000A",
        "forum": forum,
        "record": SimpleNamespace(source_name="an invented publisher"),
        "kind": "speech",
        "label": "Avery Example",
        "speaker_name": "Avery Example",
        "person_slug": None,
        "role": "candidate",
        "text": WORDS,
        "start_ms": 724_000,
        "video_url": None,
        "lang": "en",
        "status": "current",
        "version": 1,
        "exchange_part": "answer",
        "grade": Grade.PUBLISHED,
    }
    unknown = {**turn, "speaker_name": None, "label": None, "key": "01J0000000000000000000000B", "role": "unknown"}
    scene = {**turn, "kind": "scene", "text": "(Applause)", "key": "01J0000000000000000000000C"}
    return {
        "turn": SimpleNamespace(**turn),
        "unknown": SimpleNamespace(**unknown),
        "checked": SimpleNamespace(
            turn=SimpleNamespace(**turn),
            around=("", "If you want my vote on the bypass …"),
            path="/turns/01J0000000000000000000000A?words=0-79&v=1",
            difference=(
                ("equal", "I have sat", "I have sat"),
                ("omission", "", "on that porch"),
                ("equal", "and heard the trucks go by at", "and heard the trucks go by at"),
                ("replace", "six", "five"),
                ("equal", "in the morning", "in the morning."),
            ),
        ),
        "scene": SimpleNamespace(**scene),
        "forum": forum,
        "listed": SimpleNamespace(forum=forum, record=None, words=0),
        "race": SimpleNamespace(head=_comparison().contest, candidates=4),
        "position": SimpleNamespace(
            contest=_comparison().contest,
            row=_comparison().rows[0],
            cells=_comparison().rows[0].cells,
            path="/patterns",
        ),
        "hit": SimpleNamespace(row=_hit(forum), snippet=WORDS, marks=((19, 24),), forum_url="/forums"),
    }


def _commitment() -> TrackedCommitment:
    """A promise that is late: somebody looked, and the day has passed."""
    at = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
    facts = Commitment(CommitmentKind.PROMISE, due_on=SAID_ON)
    event = Event(id=1, value=Progress.STALLED, on=SAID_ON, sourced=True, recorded_at=at)
    interest = Bilingual("An invented stake.", "Un interés inventado.")
    return TrackedCommitment(
        id=1,
        slug="invented",
        title=Bilingual("To count the trucks", "Contar los camiones"),
        facts=facts,
        standing=standing(facts, [event], date(2026, 11, 2)),
        dues=(),
        happened=(Happened("invented", event, "An editor", None, None, None),),
        observed=(),
        maker="Avery Example",
        person=None,
        organisation=None,
        race=None,
        program=None,
        said_on=SAID_ON,
        zone="UTC",
        criterion=None,
        responsible=None,
        due_why=None,
        origin_kind="reported_quotation",
        told=Bilingual("Said that the trucks would be counted.", "Dijo que se contarían los camiones."),
        fragment="count the trucks",
        fictional=True,
        ground=Ground(Bilingual("An invented report"), "An invented publisher", "2026-10", interest, forum="invented"),
    )


def _figure() -> ShownFigure:
    """Figures of people on two days, of which one number is too small to be shown."""
    values = tuple(
        Value(Place(Moment(day)), seen, number)
        for day, seen, number in (
            (date(2026, 9, 30), Seen.HIDDEN, None),
            (date(2026, 10, 31), Seen.SHOWN, Decimal(17)),
        )
    )
    return ShownFigure(
        id=1,
        slug="invented",
        name=Bilingual("Trucks at the gate", "Camiones en la entrada"),
        kind=IndicatorKind.SNAPSHOT_ACTIVE,
        unit=Bilingual("drivers", "conductores"),
        people=True,
        denominator=None,
        about=None,
        part=None,
        part_of=None,
        axes=(),
        program=None,
        commitment=None,
        fictional=True,
        ground=_commitment().ground,
        values=values,
        headline=None,
        read_at=None,
    )


def _over_time() -> OverTime:
    """A position that is the opposite of the one before it."""
    row = _comparison().rows[0]
    later = replace(row.cells[0], coders=2)
    earlier = replace(later, msgid="Opposes", code="oppose", as_of=SAID_ON.replace(year=2025))
    return OverTime(later.candidate, row.key, row.text, (between(earlier, later),), "invented")


def _changed(correction: SimpleNamespace) -> SimpleNamespace:
    """Words that were corrected after somebody cited them."""
    return SimpleNamespace(
        turn=_sample()["turn"],
        status="needs_review",
        then=WORDS,
        question=(_sample()["turn"],),
        corrections=(correction,),
        questioned=True,
    )


def _cited() -> SimpleNamespace:
    return SimpleNamespace(
        question=SimpleNamespace(words="Will you build the bypass?"),
        words=WORDS,
        speaker="Avery Example",
        permalink="#main",
        forum="An invented forum",
        held_on=SAID_ON,
        clock="12:04",
    )


def _hit(forum: SimpleNamespace) -> SimpleNamespace:
    return SimpleNamespace(
        key="01J0000000000000000000000A",
        speaker="Avery Example",
        role="candidate",
        forum=forum.slug,
        forum_title=forum.title,
        date=forum.held_on,
        start_ms=724_000,
        lang="en",
        grade=Grade.MACHINE,
        source=None,
        fictional=True,
    )


def _comparison() -> Comparison:
    """One row in which one candidate has words, one was asked and spoke of something else, and two were not looked at."""
    names = ("Avery Example", "Blake Example", "Casey Example", "Devon Example")
    standing = tuple(Candidate(name.lower().replace(" ", "-"), name, name) for name in names)
    source = SourceRef("An invented report", "article", "invented", "an invented publisher", SAID_ON, grade="recap")
    told = Evidence("reported_quotation", source, told=Bilingual("Asked for the count.", "Pidió el recuento."))
    quote = Evidence("quotation", source, text=WORDS, path="/patterns", said_on=SAID_ON, start_ms=724_000)
    cells = (
        Cell(standing[0], "Supports", code="support", tier=1, as_of=SAID_ON, evidence=(quote, told), coders=1),
        Cell(standing[1], "Was asked; spoke about something else", reason="not_addressed", summary=told.told),
        empty(standing[2]),
        empty(standing[3]),
    )
    row = Row("pattern", Bilingual("The bypass should be built.", "Debe construirse la variante."), cells)
    head = ContestHead("invented", Bilingual("An invented race"), Bilingual("Mayor"), "Nowhere", "UTC", SAID_ON, True)
    return Comparison(head, "statement", OrderRule("alphabetical", SAID_ON), ("alphabetical",), standing, (row,))


def _drawn() -> SimpleNamespace:
    """Two series with a gap, and a number of each sort."""
    days = [date(2026, month, 28) for month in range(1, 6)]
    numbers = ((8, 14, None, 21, 26), (6, 6, 9, 12, 18))
    series = [[(day, None if n is None else Decimal(n)) for day, n in zip(days, row, strict=True)] for row in numbers]
    period = Moment(date(2026, 1, 31), date(2026, 1, 1))
    values = [
        Value(Place(period), Seen.SHOWN, Decimal(26)),
        Value(Place(Moment(date(2026, 2, 28))), Seen.HIDDEN),
        Value(Place(Moment(date(2026, 3, 31), date(2026, 1, 1))), Seen.SOURCE_HIDES),
    ]
    return SimpleNamespace(plot=plot(series), values=values)


@bp.get("/patterns")
def show() -> Response:
    """The pattern page."""
    correction = SimpleNamespace(
        kind="reword",
        before="thirty buses",
        after="thirteen buses",
        why="The recording says thirteen.",
        by="An editor",
        at=datetime(2026, 11, 2, 9, 30, tzinfo=UTC),
        requested_by="A candidate",
        undoes=None,
    )
    attribution = SimpleNamespace(
        kind="link",
        label="SPEAKER 2",
        before="",
        after="Avery Example",
        why="The moderator names her.",
        by=correction.by,
        at=correction.at,
        undoes_id=None,
    )
    version = SimpleNamespace(
        n=2,
        text=WORDS,
        label="EXAMPLE",
        speaker="Avery Example",
        start_ms=724_000,
        why=correction.why,
        by=correction.by,
        at=correction.at,
    )
    form = Typed(MultiDict({KEY: "0" * 26, "why": "The recording says thirteen."}))
    form.fail("title", NEEDED)
    form.refusal = gettext("Some fields need another look. Nothing was changed.")
    return page(
        "patterns/show.html",
        form=form,
        drawn=_drawn(),
        version=version,
        grades=list(Grade),
        codes=list(Code),
        reasons=list(Reason),
        correction=correction,
        attribution=attribution,
        report=SimpleNamespace(
            subject="turn", kind="wrong_words", status="refused", decided_at=correction.at, public_reason="Invented."
        ),
        comparison=_comparison(),
        narrowed=narrowed(_comparison()),
        shared=Shared(gettext("Patterns"), WORDS, "/patterns", "Said & Done"),
        changed=_changed(correction),
        blanked=(Part("So that the next "), Part("mayor", blanked=True), Part(" answers.")),
        kept=SimpleNamespace(quoted=_changed(correction)),
        cited=_cited(),
        freeze=_freeze(correction.at),
        changes=(_over_time(),),
        commitment=_commitment(),
        **findings(),
        story_line=Line(
            Step.PROMISED, PartialDay.of("2026-10"), _commitment().title, About.COMMITMENT, "x", _commitment()
        ),
        figure=_figure(),
        replies={one.person: one for one in _replies(correction.at)},
        **programs(),
        **_sample(),
    )
