"""What was judged alone goes along where two statements are one, and comes back where they are two again."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session, col, select

from positions.coding_models import CODED
from positions.models import Proposition

OLDER = 0
"""The version of what judged a wording of a statement that was merged since."""


def join(session: Session, gone: Proposition, kept: Proposition) -> dict[str, list[list[int]]]:
    """What was said of one statement is said of another; what judged an older wording judges none of that one's.

    Returns, by table, (id, version) as they were.
    """
    moved: dict[str, list[list[int]]] = {}
    for model in CODED:
        rows: Any = session.exec(select(model).where(model.proposition_id == gone.id)).all()
        moved[str(model.__tablename__)] = [[row.id or 0, row.proposition_version] for row in rows]
        for row in rows:
            row.proposition_version = kept.version if row.proposition_version == gone.version else OLDER
            row.proposition_id = kept.id or 0
            session.add(row)
    session.flush()
    return moved


def part(session: Session, kept: Proposition, back: Proposition, moved: Mapping[str, Sequence[Sequence[int]]]) -> None:
    """Give a statement that is one of its own again what was said of it."""
    for model in CODED:
        versions = {one[0]: one[1] for one in moved.get(str(model.__tablename__), ())}
        held = select(model).where(model.proposition_id == kept.id, col(model.id).in_(versions))
        rows: Any = session.exec(held).all()
        for row in rows:
            row.proposition_id, row.proposition_version = back.id or 0, versions[row.id or 0]
            session.add(row)
    session.flush()
