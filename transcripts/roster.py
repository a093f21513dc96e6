"""Pure: lists of people and what they stand for, from a CSV file, Popolo JSON, or names pasted one a line."""

import csv
import io
import re
from collections.abc import Mapping, Sequence

from transcripts import popolo
from transcripts.errors import BadFile
from transcripts.formats.decoding import decode
from transcripts.names import SUFFIXES, bare
from transcripts.roles import role_of
from transcripts.roster_line import RosterLine, checked, told_apart
from transcripts.text import clean, fold
from transcripts.vocabulary import Role

COLUMNS = ("name", "aliases", "role")
_HEADINGS = {
    "name": "name nombre candidate candidato candidata full_name fullname nombre_completo",
    "first": "first first_name given_name given nombre_de_pila nombres",
    "last": "last last_name family_name family surname apellido apellidos",
    "aliases": "aliases alias other_names otros_nombres",
    "role": "role rol papel función funcion",
    "contest": "contest race office post seat constituency district elección eleccion cargo puesto distrito",
    "party": "party partido affiliation",
    "incumbent": "incumbent titular en_el_cargo",
}
_COLUMN = {heading: column for column, headings in _HEADINGS.items() for heading in headings.split()}
_YES = frozenset("yes y true t 1 x * incumbent sí si verdadero titular".split())
_NO = frozenset(("", *"no n false f 0 - challenger falso".split()))
_MARK = re.compile(r"^(?:[-*•–·]\s+|\(?\d{1,3}[.)]\s+)")
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*$")


def read(data: bytes) -> tuple[RosterLine, ...]:
    """The people of a CSV file with a heading line, or of Popolo JSON. Raises BadFile, with the line where one is to blame.

    Several aliases stand between semicolons. A table names nobody twice; Popolo, which tells people apart by id, may.
    """
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return popolo.read(data)
    text = decode(data).text
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        first = next(rows, [])
        columns = {_COLUMN.get(fold(heading).strip().replace(" ", "_"), ""): n for n, heading in enumerate(first)}
        if "name" not in columns and "last" not in columns:
            raise BadFile(
                "A list of people needs a first line with the columns {columns}; only name must be there.",
                1,
                columns=", ".join(COLUMNS),
            )
        return told_apart(person for row in rows if (person := _person(row, columns, rows.line_num)))
    except csv.Error as error:
        raise BadFile("This is no table we can read: {error}.", rows.line_num or 1, error=str(error)) from error


def pasted(text: str) -> tuple[RosterLine, ...]:
    """The candidates of a list pasted one name a line: `Name`, `Name (Party)`, `Name, Party`; * marks who holds the office.

    Bullets and numbers before a name are dropped. Raises BadFile with the line for a name that stands there twice.
    """
    lines = enumerate(clean(text).split("\n"), start=1)
    people = told_apart(_pasted(line, number) for number, line in lines if any(map(str.isalnum, line)))
    if not people:
        raise BadFile("Nobody is named here: write one name a line.")
    return people


def _delimiter(text: str) -> str:
    heading = text.lstrip().split("\n", 1)[0]
    return max(",;\t", key=heading.count)


def _person(row: Sequence[str], columns: Mapping[str, int], line: int) -> RosterLine | None:
    said = {column: checked(row[n], line) for column, n in columns.items() if n < len(row) and column != "aliases"}
    name = said.get("name") or " ".join(filter(None, (said.get("first"), said.get("last"))))
    if not name:
        return None
    role, incumbent = said.get("role", ""), fold(said.get("incumbent", ""))
    stated = Role(fold(role)) if fold(role) in list(Role) else role_of(role)
    if role and stated is Role.UNKNOWN and fold(role) != Role.UNKNOWN:
        raise BadFile("“{role}” is no role; use one of: {roles}.", line, role=role, roles=", ".join(Role))
    if incumbent not in _YES | _NO:
        raise BadFile(
            "“{said}” does not say whether {name} holds the office; write yes or no.",
            line,
            said=said["incumbent"],
            name=name,
        )
    aliases = row[columns["aliases"]] if columns.get("aliases", len(row)) < len(row) else ""
    return RosterLine(
        name=name,
        aliases=tuple(dict.fromkeys(alias for part in aliases.split(";") if (alias := checked(part, line)))),
        role=stated,
        line=line,
        party=said.get("party") or None,
        contest=said.get("contest") or None,
        incumbent=incumbent in _YES,
    )


def _pasted(line: str, number: int) -> RosterLine:
    plain = _MARK.sub("", checked(line, number))
    bare_name = plain.replace("*", " ").strip()
    brackets = _BRACKETS.search(bare_name)
    name, party = (bare_name[: brackets.start()], brackets[1]) if brackets else _after_comma(bare_name)
    name = " ".join(name.strip(" ,;").split())
    if not any(map(str.isalpha, name)):
        raise BadFile("“{plain}” names nobody; write one name a line, the party in brackets.", number, plain=plain)
    return RosterLine(name, (), Role.CANDIDATE, number, " ".join(party.split()) or None, incumbent="*" in plain)


def _after_comma(text: str) -> tuple[str, str]:
    """`Ana Ruiz, Green Party`; in `Ben Cole, Jr., Independent` the first comma belongs to the name."""
    name, _, rest = text.partition(",")
    suffix, _, after = rest.partition(",")
    if bare(suffix.strip()) in SUFFIXES:
        return f"{name}, {suffix.strip()}", after
    return name, rest
