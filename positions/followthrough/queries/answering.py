"""Which programs answer a statement of a race, and which statements a program answers: the way from words to deeds, and back."""

from collections import defaultdict
from dataclasses import dataclass

from sqlmodel import Session, col, select

from positions.followthrough.models import Program, ProgramProposition
from positions.models import Contest, Proposition
from transcripts.bilingual import Bilingual


@dataclass(frozen=True)
class Answering:
    """A program that answers a statement, and whose it is."""

    slug: str
    name: Bilingual
    place: str


@dataclass(frozen=True)
class Answered:
    """A statement that a program answers, with its race."""

    slug: str
    text: Bilingual
    race: str
    race_title: Bilingual


def programs(session: Session, contest: str) -> dict[str, tuple[Answering, ...]]:
    """The programs that answer statements of a race, by the statement's slug; those of the place itself first. One statement."""
    rows = session.exec(
        select(Proposition.slug, Program)
        .join(ProgramProposition, col(ProgramProposition.proposition_id) == col(Proposition.id))
        .join(Program, col(Program.id) == col(ProgramProposition.program_id))
        .join(Contest, col(Contest.id) == col(Proposition.contest_id))
        .where(Contest.slug == contest)
        .order_by(col(Program.elsewhere), col(Program.name_en), col(Program.id))
    )
    found: dict[str, list[Answering]] = defaultdict(list)
    for statement, one in rows:
        found[statement].append(Answering(one.slug, Bilingual(one.name_en, one.name_es), one.place))
    return {statement: tuple(ones) for statement, ones in found.items()}
