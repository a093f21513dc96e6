"""The parts of one thing, brought into line with what its entry names: what it no longer names goes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, select

from positions.followthrough.days import PartialDay
from positions.keeping import Outcome, bring
from positions.load_fields import Both
from positions.stances import columns
from transcripts.errors import Conflict, Refusal

Row = TypeVar("Row", bound=SQLModel)
Parts = Mapping[tuple[Any, ...], Mapping[str, Any]]
"""What the parts shall be, by what tells them apart."""


def both(name: str, text: Both | None) -> dict[str, Any]:
    """The pair of columns of a text that may be missing."""
    return columns(name, text.pair() if text else None)


def once(named: Iterable[tuple[tuple[Any, ...], str, dict[str, Any]]]) -> Parts:
    """Parts (what tells them apart, name, values) as `keep_parts` takes them. Raises Conflict where two are the same one."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for key, name, values in named:
        if key in found:
            raise Conflict("“{name}” stands twice in one list; keep one of the two.", name=name)
        found[key] = values
    return found


def in_order(first: str | None, last: str | None) -> None:
    """Two partial days of which the first is not after the last. Raises Refusal."""
    if first and last and PartialDay.of(first).first > PartialDay.of(last).last:
        raise Refusal("It cannot end ({last}) before it began ({first}).", first=first, last=last)


def keep_parts(session: Session, model: type[Row], of: Mapping[str, Any], names: Sequence[str], wanted: Parts) -> bool:
    """Make the rows where `of` holds those wanted, told apart by the columns `names`; whether anything changed.

    Raises Conflict, with nothing gone, where something that was recorded rests on one that would go.
    """
    rows = session.exec(select(model).filter_by(**of)).all()
    held = {tuple(getattr(row, name) for name in names): row for row in rows}
    gone = [(key, row) for key, row in held.items() if key not in wanted]
    for key, row in gone:
        _let_go(session, row, str(key[-1]))
    done = [
        bring(session, held.get(key), model, {**of, **dict(zip(names, key, strict=True))}, values)[1]
        for key, values in wanted.items()
    ]
    session.flush()
    return bool(gone) or any(outcome != "same" for outcome in done)


def together(outcome: Outcome, changed: Iterable[bool]) -> Outcome:
    """What became of a thing with its parts."""
    return "changed" if outcome == "same" and any(changed) else outcome


def _let_go(session: Session, row: SQLModel, name: str) -> None:
    try:
        with session.begin_nested():
            session.delete(row)
            session.flush()
    except IntegrityError as error:
        raise Conflict(
            "“{name}” must stay: something that was recorded rests on it and is never taken away.", name=name
        ) from error
