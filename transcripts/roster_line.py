"""Pure: one person of a list that an editor hands over, whatever the list was written in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from transcripts.errors import BadFile
from transcripts.text import fold
from transcripts.vocabulary import Role

BESIDE = (Role.MODERATOR, Role.QUESTIONER, Role.AUDIENCE, Role.INTERPRETER, Role.RESIDENT)
"""Roles of those who are heard and do not stand: a race has no place for them, whatever else a list says."""
LONGEST = 200
"""Code points of a name, party or office."""


@dataclass(frozen=True)
class DatedName:
    """A name somebody went by on local days from–to, both included; None leaves a side open."""

    name: str
    valid_from: date | None
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        """Whether they went by it on a local day."""
        return (self.valid_from or day) <= day <= (self.valid_to or day)


@dataclass(frozen=True)
class RosterLine:
    """A person of a list. `line` counts from 1 in the file. `contest` is the office or race as the list has it.

    `party` is None where none is told; `dated` are names they went by for a time only.
    """

    name: str
    aliases: tuple[str, ...]
    role: Role
    line: int
    party: str | None = None
    contest: str | None = None
    incumbent: bool = False
    dated: tuple[DatedName, ...] = ()

    def names_on(self, day: date | None) -> tuple[str, ...]:
        """The other names that apply on a local day; those that are dated do not where the day is not known."""
        held = (one.name for one in self.dated if day and one.holds_on(day))
        return (*self.aliases, *held)


def told_apart(people: Iterable[RosterLine]) -> tuple[RosterLine, ...]:
    """The people, if no two go by one name. Raises BadFile with the line of the second."""
    said: dict[str, RosterLine] = {}
    for person in people:
        before = said.setdefault(fold(person.name), person)
        if before is not person:
            raise BadFile("“{name}” stands at line {at} already.", person.line, name=person.name, at=before.line)
    return tuple(said.values())


def checked(text: str, line: int) -> str:
    """A name, party or office with single spaces. Raises BadFile where it is too long to be one."""
    plain = " ".join(text.split())
    if len(plain) > LONGEST:
        raise BadFile(
            "“{name}…” is too long for a name: {most} characters at most.", line, name=plain[:40], most=LONGEST
        )
    return plain
