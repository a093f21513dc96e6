"""What those who run a program answer, as a file says it, word for word; appended, never written over."""

from sqlmodel import Session, select

from positions.coding.publishing import FILE
from positions.followthrough import replying
from positions.followthrough.appending import Writer
from positions.followthrough.models.programs import Concern, Program
from positions.followthrough_entries.findings import Reply as Entry
from positions.keeping import Outcome
from positions.load_followthrough import grounds
from positions.load_followthrough.findings import criterion_of
from positions.load_stances import find
from transcripts.errors import NotFound


def keep(session: Session, entry: Entry, writer: Writer | None = None) -> Outcome:
    """Append one reply; "same" where it is held already. Raises NotFound and Refusal."""
    program = find(session, Program, entry.program, "programs")
    answered = replying.Answered(
        entry.replied_by,
        entry.words,
        entry.language,
        entry.on,
        criterion_of(session, program, entry.criterion) if entry.criterion else None,
        _concern(session, program, entry.concern) if entry.concern else None,
        entry.received,
        grounds.columns(session, entry.cited),
    )
    return replying.record(session, program.id or 0, answered, writer or Writer(FILE.name))


def _concern(session: Session, program: Program, slug: str) -> int:
    which = (Concern.program_id == program.id, Concern.slug == slug)
    found = session.exec(select(Concern.id).where(*which)).one_or_none()
    if found is None:
        raise NotFound("“{program}” has no concern “{slug}”; add it there.", program=program.slug, slug=slug)
    return found
