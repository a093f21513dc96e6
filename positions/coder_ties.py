"""The writer of what coders declare of their ties to those they judge."""

from collections.abc import Sequence

from sqlmodel import Session, col, select, update

from positions.coding.publishing import Recorder
from positions.coding.ties import NAMING, Tie
from positions.coding_models import CoderDeclaration, CoderTie
from transcripts.errors import Refusal
from transcripts.models import Person


def declare(session: Session, who: Recorder, kind: Tie, party: str, people: Sequence[int]) -> None:
    """Say what ties an account has; takes the place of what it said before. Raises Refusal where a candidate is missing."""
    if kind in NAMING and not people:
        raise Refusal("Name the candidate or candidates, one a line.")
    if kind == Tie.PARTY and not party:
        raise Refusal("Name the party.")
    row = CoderDeclaration(account_id=who.id or 0, account=who.name, kind=kind, party=party)
    session.add(row)
    session.flush()
    session.add_all(CoderTie(declaration_id=row.id or 0, person_id=id) for id in people)
    session.flush()


def hand_over(session: Session, gone: Person, kept: Person) -> list[int]:
    """What coders declared of somebody who is another person, they declared of that person; returns the ids of the rows."""
    ids = [id for id in session.exec(select(CoderTie.id).where(CoderTie.person_id == gone.id)) if id is not None]
    give(session, ids, gone.id or 0, kept.id or 0)
    return ids


def give(session: Session, ids: Sequence[int], from_id: int, to_id: int) -> None:
    """Make those of these ties that are still one person's another's."""
    which = col(CoderTie.id).in_(ids) & (col(CoderTie.person_id) == from_id)
    session.execute(update(CoderTie).where(which).values(person_id=to_id))
