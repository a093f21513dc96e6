"""Pure: the roles an account can hold, as a set, and the table that says whom each route admits."""

import csv
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from transcripts.errors import Refusal

TABLE = Path(__file__).parent.parent / "permissions.tsv"
ANYONE = "anyone"
STUDENT = "student"
"""Whoever holds a seat in a class: no account, and beside no role."""


class AccountRole(StrEnum):
    """What an account is for. MEMBER is every account that is not disabled; the others are given one by one."""

    MEMBER = "member"
    TEACHER = "teacher"
    EDITOR = "editor"
    ADMIN = "admin"
    TESTIMONY = "testimony"


ROLE_NAMES = {
    AccountRole.MEMBER: "Member",
    AccountRole.TEACHER: "Teacher",
    AccountRole.EDITOR: "Editor",
    AccountRole.ADMIN: "Administrator",
    AccountRole.TESTIMONY: "Reads testimony",
}
GIVEN = (AccountRole.TEACHER, AccountRole.EDITOR, AccountRole.ADMIN)
"""The roles that are given and taken; nobody is made a member, and who reads testimony is named where its limits are read."""


@dataclass(frozen=True)
class Admission:
    """Whom a route admits: one of `roles` is enough; `own` routes answer only for what belongs to the account itself."""

    roles: frozenset[str]
    own: bool = False

    @property
    def public(self) -> bool:
        """Whether readers without an account come in."""
        return ANYONE in self.roles

    @property
    def seated(self) -> bool:
        """Whether students come in, by the seat they hold in a class."""
        return STUDENT in self.roles

    def admits(self, held: Collection[str]) -> bool:
        """Whether somebody with these roles comes in; nobody's roles are the empty set."""
        return self.public or not self.roles.isdisjoint(held)


@cache
def table() -> Mapping[tuple[str, str], Admission]:
    """(route, method) → whom it admits. HEAD and OPTIONS go with GET. A route that is not here admits nobody."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t")
        return {(row["route"], row["method"]): _admission(row) for row in rows}


def admission(route: str, method: str) -> Admission | None:
    """Whom a route admits under a method; None where the table says nothing: then nobody."""
    return table().get((route, "GET" if method in ("HEAD", "OPTIONS") else method))


def read_roles(typed: str) -> tuple[AccountRole, ...]:
    """Roles between commas, as typed. Raises Refusal naming those that can be given."""
    names = [name for name in (part.strip().lower() for part in typed.split(",")) if name]
    wrong = [name for name in names if name not in GIVEN]
    if wrong or not names:
        raise Refusal(
            "“{roles}” is no role. Roles are: {given}.", roles=", ".join(wrong) or typed, given=", ".join(GIVEN)
        )
    return tuple(AccountRole(name) for name in dict.fromkeys(names))


def _admission(row: Mapping[str, str]) -> Admission:
    roles = frozenset(row["admits"].split(","))
    strange = roles - {ANYONE, STUDENT, *AccountRole}
    if strange:
        raise ValueError(f"permissions.tsv: {row['route']} admits {strange}, which are no roles")
    return Admission(roles, row["object"] == "own")
