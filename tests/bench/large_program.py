"""A generated program, the largest the budgets name: 50 commitments with 10 events each, 5 figures of 10 years by month."""

import random
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlmodel import Session
from ulid import ULID

from positions.followthrough.models.commitments import Commitment, CommitmentEvent
from positions.followthrough.models.designs import FidelityCriterion, ProgramModel
from positions.followthrough.models.documents import Document
from positions.followthrough.models.figures import Indicator, Observation, ObservationBatch
from positions.followthrough.models.findings import CityReply, FidelityFinding
from positions.followthrough.models.programs import Concern, Program, ProgramBody, ProgramEvent, ProgramMoney
from positions.followthrough.models.requests import RecordsRequest
from positions.followthrough.vocabulary.commitments import Cause, Progress, Verdict
from positions.followthrough.vocabulary.fidelity import Fidelity
from positions.followthrough.vocabulary.programs import Step
from transcripts.models import Organisation

SLUG = "generated-program"
COMMITMENTS, EVENTS, FIGURES, YEARS = 50, 10, 5, 10
CATEGORIES = ("north", "south", "east", "west")
BEGAN = date(2016, 1, 1)
VALUES = (
    [("progress", str(one)) for one in Progress if one not in (Progress.NOT_REVIEWED, Progress.NO_ACTION_FOUND)]
    + [("cause", str(one)) for one in Cause]
    + [("fidelity", str(one)) for one in Fidelity]
)


def store(session: Session, seed: int = 0) -> str:
    """Store the program; returns its slug."""
    chance = random.Random(seed)
    document = Document(slug="generated-report", kind="report", title_en="Generated report", fictional=True)
    model = ProgramModel(slug="generated-design", name_en="Generated design", summary_en="A design.", fictional=True)
    body = Organisation(slug="generated-office", name="Generated Office")
    session.add_all([document, model, body])
    session.flush()
    program = Program(
        slug=SLUG,
        model_id=model.id,
        name_en="Generated program",
        place="Nowhere",
        stage="running",
        began="2016-01",
        summary_en="A program of the size the budgets name.",
        fictional=True,
    )
    session.add(program)
    session.flush()
    of, cited = {"program_id": program.id or 0}, {"document_id": document.id}
    session.add(ProgramBody(**of, organisation_id=body.id or 0, role="runs"))
    for n in range(24):
        step, day = list(Step)[n % 6], f"{2016 + n // 3}-0{1 + n % 9}"
        session.add(ProgramEvent(**of, **cited, slug=f"line-{n}", on=day, step=step, text_en=f"Line {n} was written."))
    for n in range(8):
        told = {"slug": f"sum-{n}", "kind": "granted", "first_on": str(2016 + n), "text_en": f"Grant {n}."}
        session.add(ProgramMoney(**of, **cited, **told, amount=Decimal(125_000 + n)))
    _findings(session, of, cited, model.id or 0)
    for n in range(COMMITMENTS):
        _commitment(session, chance, n, program.id or 0, body.id or 0, document.id or 0)
    for n in range(FIGURES):
        _figure(session, chance, n, program.id or 0, document.id or 0)
    session.flush()
    return SLUG


def _findings(session: Session, of: dict[str, int], cited: dict[str, int | None], model_id: int) -> None:
    for n in range(10):
        criterion = FidelityCriterion(
            **cited, model_id=model_id, slug=f"asked-{n}", position=n, text_en=f"Thing {n} that the design asks for."
        )
        concern = Concern(
            **of, **cited, slug=f"raised-{n}", kind="question" if n % 2 else "concern", position=n, raised_by="Watchers",
            text_en=f"What of thing {n}?",
        )  # fmt: skip
        session.add_all([criterion, concern])
        session.flush()
        told = {"key": str(ULID()), "recorded_by": "Ana", "on": date(2025, 1, 1 + n)}
        finding = FidelityFinding(
            **of, **cited, **told, criterion_id=criterion.id or 0, result=list(Fidelity)[n % 4], found_by="Watchers"
        )
        reply = {"key": str(ULID()), "recorded_by": "Ana", "on": date(2025, 2, 1 + n), "words": f"We did thing {n}."}
        session.add_all([finding, CityReply(**of, **reply, concern_id=concern.id, replied_by="Generated Office")])
        request = {"slug": f"asked-for-{n}", "what_en": f"Records {n}", "asked_of": "Office", "asked_by": "Watchers"}
        session.add(RecordsRequest(**of, **request, asked_on=date(2026, 1, 1 + n)))


def _commitment(
    session: Session, chance: random.Random, n: int, program_id: int, body_id: int, document_id: int
) -> None:
    said = BEGAN + timedelta(days=n * 60)
    made = Commitment(
        slug=f"generated-{n}", kind="promise", title_en=f"Promise {n} of the office", organisation_id=body_id,
        program_id=program_id, said_on=said, due_on=said + timedelta(days=700), measurable=True,
        origin_kind="source_summary", origin_en="It said so.", document_id=document_id, fictional=True,
    )  # fmt: skip
    session.add(made)
    session.flush()
    told = [*(chance.choice(VALUES) for _ in range(EVENTS - 1)), ("verdict", str(chance.choice(list(Verdict)[:3])))]
    for at, (axis, value) in enumerate(told):
        on = said + timedelta(days=80 * (at + 1))
        session.add(
            CommitmentEvent(
                key=str(ULID()), recorded_by="Ana", recorded_at=datetime.fromisoformat(f"{on}T12:00:00+00:00"),
                text_en=f"Event {at}.", commitment_id=made.id or 0, axis=axis, value=value, on=on, document_id=document_id,
            )
        )  # fmt: skip


def _figure(session: Session, chance: random.Random, n: int, program_id: int, document_id: int) -> None:
    figure = Indicator(
        slug=f"generated-figure-{n}", program_id=program_id, position=n, name_en=f"Figure {n}", unit_en="people",
        kind="period", people=True, document_id=document_id, fictional=True,
        axes='[{"key": "part", "en": "Part of town", "es": null, "categories": ['
        + ", ".join(f'{{"key": "{one}", "en": "{one.title()}", "es": null}}' for one in CATEGORIES)
        + "]}]",
    )  # fmt: skip
    session.add(figure)
    session.flush()
    batch = ObservationBatch(key=str(ULID()), indicator_id=figure.id or 0, recorded_by="Ana", document_id=document_id)
    session.add(batch)
    session.flush()
    of = {"batch_id": batch.id or 0, "indicator_id": figure.id or 0}
    for month in range(12 * YEARS):
        first = date(2016 + month // 12, 1 + month % 12, 1)
        last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        parts = [chance.randint(6, 60) for _ in CATEGORIES]
        period = {"first_on": first, "last_on": last}
        session.add(Observation(**of, **period, value=Decimal(sum(parts))))
        for category, value in zip(CATEGORIES, parts, strict=True):
            session.add(Observation(**of, **period, axis="part", category=category, value=Decimal(value)))
