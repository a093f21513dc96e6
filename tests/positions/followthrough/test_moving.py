"""What was made of somebody or something follows it when it turns out to be another, comes back, and goes with it."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, SQLModel, col, func, select

from positions.entries import KINDS
from positions.followthrough import moving
from positions.followthrough.models.commitments import Commitment
from positions.followthrough.models.documents import Document
from positions.followthrough.models.programs import Program, ProgramEvent, ProgramProposition
from positions.followthrough.removing import OURS
from positions.load_document import read_document
from positions.models import Candidacy, Contest, Proposition, Topic
from positions.removing import remove
from tests.positions.town import TOWN, load_text
from tracker.db import Database
from transcripts.models import Person, Turn


def id_of(session: Session, model: Any, slug: str) -> int:
    found: int = session.exec(select(model.id).where(model.slug == slug)).one()
    return found


def promised(session: Session) -> None:
    """A promise of Ana Reyes about the buses, and a program that answers both statements."""
    turn = session.exec(select(Turn).where(col(Turn.text).contains("every day"))).one()
    program = Program(
        slug="free-buses", name_en="Free buses", place="Town", stage="proposed", summary_en="Buses.",
        topic_id=id_of(session, Topic, "transit"),
    )  # fmt: skip
    session.add(program)
    session.flush()
    for slug in ("town-buses", "town-cameras"):
        session.add(ProgramProposition(program_id=program.id or 0, proposition_id=id_of(session, Proposition, slug)))
    session.add(
        Commitment(
            slug="buses",
            kind="promise",
            title_en="Make the buses free",
            person_id=id_of(session, Person, "ana-reyes"),
            candidacy_id=session.exec(
                select(Candidacy.id).where(Candidacy.person_id == id_of(session, Person, "ana-reyes"))
            ).one(),
            topic_id=id_of(session, Topic, "transit"),
            proposition_id=id_of(session, Proposition, "town-buses"),
            program_id=program.id,
            said_on=date(2026, 10, 20),
            origin_kind="quotation",
            turn_id=turn.id,
            turn_version=1,
        )
    )
    session.flush()


def held(session: Session) -> list[Any]:
    """Every row of follow-through."""
    tables = (SQLModel.metadata.tables[name] for name in sorted(OURS))
    return [row for table in tables for row in session.execute(table.select().order_by(*table.primary_key.columns))]


@pytest.mark.parametrize(
    ("target", "model", "gone", "kept", "name"),
    [
        ("person", Person, "ana-reyes", "bo-stone", "commitment.person_id"),
        ("topic", Topic, "transit", "body-cameras", "program.topic_id"),
        ("proposition", Proposition, "town-buses", "town-cameras", "commitment.proposition_id"),
    ],
)
def test_it_is_handed_over_and_comes_back(
    database: Database, target: str, model: Any, gone: str, kept: str, name: str
) -> None:
    load_text(database)
    with database.write() as session:
        promised(session)
        before = held(session)
        here, there = id_of(session, model, gone), id_of(session, model, kept)
        moved = moving.hand_over(session, target, here, there)
        assert moved[name] and moving.hand_over(session, target, here, there) == (
            {moving.LINK: [], moving.BOTH: []} if target == "proposition" else {}
        )
        if target == "proposition":
            assert len(session.exec(select(ProgramProposition)).all()) == 1, "it answers one statement, once"
        moving.part(session, moved, there, here)
        assert held(session) == before


@pytest.mark.parametrize(
    ("kind", "gone", "kept"), [("statement_merge", "town-fares", "town-buses"), ("topic_merge", "transit", "housing")]
)
def test_entries_are_merged_with_it_and_separated_again(database: Database, kind: str, gone: str, kept: str) -> None:
    load_text(database)
    with database.write() as session:
        session.exec(select(Contest)).one().freeze_days = 0
        promised(session)
        buses = session.exec(select(Proposition).where(Proposition.slug == "town-buses")).one()
        fares = Proposition(
            slug="town-fares", text_en="No fares.", contest_id=buses.contest_id, topic_id=buses.topic_id
        )
        session.add(fares)
        session.flush()
        program = id_of(session, Program, "free-buses")
        session.add(ProgramProposition(program_id=program, proposition_id=fares.id or 0))
        session.flush()
        links = session.exec(select(func.count()).select_from(ProgramProposition)).one()
        KINDS[kind].write(session, gone, {"merged": kept})
        (made,) = session.exec(select(Commitment)).all()
        assert session.get_one(Topic, made.topic_id).slug == ("housing" if kind == "topic_merge" else "transit")
        KINDS[kind].remove(session, gone)
        session.expire_all()
        assert session.get_one(Topic, made.topic_id).slug == "transit"
        assert session.exec(select(func.count()).select_from(ProgramProposition)).one() == links


def test_it_goes_with_what_it_rests_on(database: Database) -> None:
    load_text(database)
    document, _ = read_document(TOWN.encode())
    with database.write() as session:
        session.add(Document(slug="minutes", kind="minutes", title_en="Minutes"))
        promised(session)
        program = id_of(session, Program, "free-buses")
        about = {"program_id": program, "slug": "said", "on": "2026", "step": "promised", "text_en": "She said so."}
        session.add(ProgramEvent(**about, turn_id=session.exec(select(Turn.id)).first()))
        session.flush()
        assert remove(session, document) > 30
        assert session.exec(select(Commitment)).all() == session.exec(select(ProgramEvent)).all() == []
        assert session.exec(select(Program.slug)).all() == ["free-buses"], (
            "it is not the file's, nor about its race only"
        )
        assert session.exec(select(ProgramProposition)).all() == []
        assert session.exec(select(Document.slug)).all() == ["minutes"]
