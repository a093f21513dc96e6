"""A small invented program for tests: a design that asks for three things, one concern, one document. Stored row by row."""

from datetime import UTC, datetime

from sqlmodel import Session

from positions.followthrough.appending import Writer
from positions.followthrough.models.designs import FidelityCriterion, ProgramModel
from positions.followthrough.models.documents import Document
from positions.followthrough.models.programs import Concern, Program

NOW = datetime(2026, 11, 26, 17, tzinfo=UTC)
EDITOR = Writer("Edith Editor", lambda: NOW)


def store(session: Session, mark: str = "") -> int:
    """Store the program `bridge` of the design `handrail`; returns its id. `mark` is put behind every slug that is the site's."""
    paper = Document(slug=f"paper{mark}", kind="report", title_en="A report (fictional)", fictional=True)
    letter = Document(slug=f"letter{mark}", kind="letter", title_en="A letter (fictional)", fictional=True)
    model = ProgramModel(slug=f"handrail{mark}", name_en="Handrail", summary_en="Invented.", fictional=True)
    other = ProgramModel(slug=f"ladder{mark}", name_en="Ladder", summary_en="Invented.", fictional=True)
    session.add_all([paper, letter, model, other])
    session.flush()
    for n, slug in enumerate(("open-door", "no-charge", "published")):
        text = f"The design asks for {slug}."
        cited = {"document_id": paper.id, "place": f"p. {n + 1}"}
        session.add(FidelityCriterion(model_id=model.id or 0, slug=slug, position=n, core=n < 2, text_en=text, **cited))
    session.add(FidelityCriterion(model_id=other.id or 0, slug="rungs", text_en="Rungs.", document_id=paper.id))
    program = Program(
        slug=f"bridge{mark}",
        model_id=model.id,
        name_en="The Bridge",
        place="Port Linden (fictional)",
        zone="America/New_York",
        stage="pilot",
        began="2024",
        summary_en="Invented.",
        fictional=True,
    )
    bare = Program(slug=f"bare{mark}", name_en="Bare", place="Nowhere", stage="running", summary_en="Invented.")
    session.add_all([program, bare])
    session.flush()
    told = {"kind": "question", "raised_by": "Bridge Watch", "text_en": "For whom?", "document_id": paper.id}
    session.add(Concern(program_id=program.id or 0, slug="whom", **told))
    session.flush()
    return program.id or 0
