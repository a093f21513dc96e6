"""Findings as a file says them; what it says is appended, never written over."""

from sqlmodel import Session, select

from positions.coding.publishing import FILE
from positions.followthrough import finding
from positions.followthrough.appending import Writer
from positions.followthrough.days import PartialDay
from positions.followthrough.models.designs import FidelityCriterion, ProgramModel
from positions.followthrough.models.programs import Program
from positions.followthrough.models.requests import RecordsRequest
from positions.followthrough_entries.findings import Finding as Entry
from positions.keeping import Outcome
from positions.load_followthrough import grounds
from positions.load_stances import find
from transcripts.errors import NotFound, Refusal


def keep(session: Session, entry: Entry, writer: Writer | None = None) -> Outcome:
    """Append one finding; "same" where it is held already. Raises NotFound and Refusal."""
    program = find(session, Program, entry.program, "programs")
    found = finding.Found(
        criterion_of(session, program, entry.criterion),
        entry.result,
        PartialDay.of(entry.on),
        entry.found_by,
        entry.text.pair(),
        entry.interest.pair() if entry.interest else None,
        find(session, RecordsRequest, entry.request, "requests").id if entry.request else None,
        grounds.columns(session, entry.cited),
    )
    return finding.record(session, program.id or 0, found, writer or Writer(FILE.name))


def criterion_of(session: Session, program: Program, slug: str) -> int:
    """What the design of a program calls by that name. Raises NotFound, and Refusal where it follows none."""
    if program.model_id is None:
        raise Refusal(
            "“{program}” follows no design, so there is nothing it could depart from.", program=program.name_en
        )
    which = (FidelityCriterion.model_id == program.model_id, FidelityCriterion.slug == slug)
    found = session.exec(select(FidelityCriterion.id).where(*which)).one_or_none()
    if found is None:
        model = session.get_one(ProgramModel, program.model_id).slug
        raise NotFound("“{model}” has no criterion “{slug}”; add it there.", model=model, slug=slug)
    return found
