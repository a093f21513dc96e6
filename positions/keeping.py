"""Bring a row into line with what a file says, and count what that changed."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from sqlmodel import Session, SQLModel, select

Row = TypeVar("Row", bound=SQLModel)
Outcome = Literal["added", "changed", "same"]


@dataclass
class Tally:
    """How many things of each noun were added, changed, found the same."""

    added: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    same: Counter[str] = field(default_factory=Counter)

    def count(self, noun: str, outcome: Outcome) -> None:
        counted: Counter[str] = getattr(self, outcome)
        counted[noun] += 1

    @property
    def nothing(self) -> bool:
        """Whether everything was found as the file says."""
        return not self.added and not self.changed

    def __str__(self) -> str:
        """What was done, in a sentence or two for whoever runs the command."""
        if self.nothing:
            return "Everything in this file is held already; nothing was changed."
        lists = (("Added", self.added), ("Changed", self.changed))
        told = ((verb, ", ".join(f"{noun} {n}" for noun, n in counts.items())) for verb, counts in lists if counts)
        return " ".join(f"{verb}: {listed}." for verb, listed in told)


def keep(
    session: Session, model: type[Row], which: Mapping[str, Any], values: Mapping[str, Any]
) -> tuple[Row, Outcome]:
    """The one row where `which` holds, made if absent, with `values`: written only where they differ."""
    row, outcome = bring(session, session.exec(select(model).filter_by(**which)).one_or_none(), model, which, values)
    session.flush()
    return row, outcome


def bring(
    session: Session, held: Row | None, model: type[Row], which: Mapping[str, Any], values: Mapping[str, Any]
) -> tuple[Row, Outcome]:
    """The same for a row already read (None where there is none), written with the next flush: for many rows at a time."""
    if held is None:
        made = model(**which, **values)
        session.add(made)
        return made, "added"
    differing = {name: value for name, value in values.items() if getattr(held, name) != value}
    for name, value in differing.items():
        setattr(held, name, value)
    return held, "changed" if differing else "same"
