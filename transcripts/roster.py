"""Pure: the list of people an editor hands over with a file: name[, aliases][, role], one person a line."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass

from transcripts.errors import BadFile
from transcripts.formats.decoding import decode
from transcripts.text import fold
from transcripts.vocabulary import Role

COLUMNS = ("name", "aliases", "role")


@dataclass(frozen=True)
class RosterLine:
    """A person who was at the forum. `line` counts from 1 in the file."""

    name: str
    aliases: tuple[str, ...]
    role: Role
    line: int


def read(data: bytes) -> tuple[RosterLine, ...]:
    """The people of a CSV file with a heading line; several aliases stand between semicolons. Raises BadFile with the line."""
    rows = csv.DictReader(decode(data).text.splitlines())
    headings = {fold(heading): heading for heading in rows.fieldnames or ()}
    if "name" not in headings:
        raise BadFile(
            f"A list of people needs a first line with the columns {', '.join(COLUMNS)}; only name must be there.", 1
        )
    said: dict[str, int] = {}
    people = [person for row in rows if (person := _person(row, headings, rows.line_num))]
    for person in people:
        if fold(person.name) in said:
            raise BadFile(f"“{person.name}” stands at line {said[fold(person.name)]} already.", person.line)
        said[fold(person.name)] = person.line
    return tuple(people)


def _person(row: Mapping[str, str | None], headings: Mapping[str, str], line: int) -> RosterLine | None:
    name, aliases, role = (" ".join((row.get(headings.get(column, ""), "") or "").split()) for column in COLUMNS)
    if not name:
        return None
    if role and fold(role) not in list(Role):
        raise BadFile(f"“{role}” is no role; use one of: {', '.join(Role)}.", line)
    names = tuple(alias.strip() for alias in aliases.split(";") if alias.strip())
    return RosterLine(name, names, Role(fold(role)) if role else Role.UNKNOWN, line)
