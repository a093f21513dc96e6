"""Follow-through of somebody or something that turned out to be another: handed over with it, and back when that is taken back."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Column, select, update
from sqlmodel import Session, SQLModel, col, delete

from positions.followthrough.models.programs import ProgramProposition
from positions.followthrough.removing import OURS

Moved = dict[str, list[int]]
"""What was handed over: ids of rows by “table.column”; ids of programs for the statements they answer."""

LINK, BOTH = "program_proposition.proposition_id", "program_proposition.both"


def hand_over(session: Session, target: str, gone: int, kept: int) -> Moved:
    """Give every row that refers to row `gone` of the table `target` to row `kept` of it."""
    moved = {}
    for column in _referring(target):
        found = list(session.scalars(select(column.table.c.id).where(column == gone)))
        if found:
            moved[f"{column.table.name}.{column.name}"] = found
    both = _linked_to_both(session, gone, kept) if target == "proposition" else {}
    give(session, {**moved, **both}, gone, kept)
    return {**moved, **both}


def give(session: Session, moved: Mapping[str, Sequence[int]], here: int, there: int) -> None:
    """Give those of these rows that are still row `here`'s to row `there`; other names in `moved` are somebody else's."""
    for name, ids in moved.items():
        table, _, column = name.partition(".")
        if name == LINK:
            which = (col(ProgramProposition.proposition_id) == here) & col(ProgramProposition.program_id).in_(ids)
            session.execute(update(ProgramProposition).where(which).values(proposition_id=there))
        elif name != BOTH and table in OURS:
            rows = SQLModel.metadata.tables[table]
            mine = (rows.c[column] == here) & rows.c.id.in_(ids)
            session.execute(update(rows).where(mine).values({column: there}))
    session.expire_all()


def part(session: Session, moved: Mapping[str, Sequence[int]], here: int, there: int) -> None:
    """Hand back what was handed over, and say of programs that answered both statements that they do again."""
    give(session, moved, here, there)
    session.add_all(ProgramProposition(program_id=id, proposition_id=there) for id in moved.get(BOTH, ()))
    session.flush()


def _referring(target: str) -> list[Column[int]]:
    return [
        key.parent
        for table in SQLModel.metadata.sorted_tables
        if table.name in OURS and "id" in table.c
        for key in sorted(table.foreign_keys, key=lambda key: str(key.parent))
        if key.column.table.name == target
    ]


def _linked_to_both(session: Session, gone: int, kept: int) -> Moved:
    """Programs that answer the one statement; those that answer both keep one link only."""
    held = {
        id: set(
            session.scalars(
                select(col(ProgramProposition.program_id)).where(col(ProgramProposition.proposition_id) == id)
            )
        )
        for id in (gone, kept)
    }
    both = held[gone] & held[kept]
    twice = (col(ProgramProposition.proposition_id) == gone) & col(ProgramProposition.program_id).in_(both)
    session.exec(delete(ProgramProposition).where(twice))
    return {LINK: sorted(held[gone] - both), BOTH: sorted(both)}
