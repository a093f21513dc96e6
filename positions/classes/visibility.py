"""Pure: who may read what somebody wrote in a class. Every list, count, search, feed and export asks `may_read`, and nothing else.

Design: annotation 3.2 and appendix C. A draft is its author's alone; counts leak too, so what is counted was let through first.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar


class Policy(StrEnum):
    """When classmates see what was handed in: never, when they have handed in themselves, from a day on, at once."""

    PRIVATE = "private"
    HIDDEN = "hidden"
    UNTIL = "until"
    OPEN = "open"


class State(StrEnum):
    """Where a student's work stands. RETURNED is being worked on again."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"


class Scope(StrEnum):
    """For whom something was written: for oneself, for the teacher, or for the class under the assignment's policy."""

    PRIVATE = "private"
    TEACHER = "teacher"
    CLASS = "class"


@dataclass(frozen=True)
class Rule:
    """What an assignment lets be seen. `seen_from` belongs to UNTIL; `revealed` is the teacher's press of “Reveal now”."""

    policy: Policy
    seen_from: datetime | None = None
    revealed: bool = False


@dataclass(frozen=True)
class Viewer:
    """Who is reading: a student of the class (`member`), its teacher, or anybody else, who reads nothing.

    `handed_in`: whether this student's own work on the assignment is with the teacher now.
    """

    member: int | None = None
    teacher: bool = False
    handed_in: bool = False


STRANGER = Viewer()


@dataclass(frozen=True)
class Written:
    """What is asked about: by which student (None for the teacher), for whom, where their work stands, hidden by the teacher or not.

    `seed` is a teacher's note that stands there from the beginning.
    """

    author: int | None
    scope: Scope
    state: State
    hidden: bool = False
    seed: bool = False


def may_read(viewer: Viewer, written: Written, rule: Rule, at: datetime) -> bool:
    """Whether this viewer may know, at `at` (UTC), that this was written, be it as words or in a count."""
    if viewer.member is None and not viewer.teacher:
        return False
    if viewer.teacher:
        return written.author is None or (written.state != State.DRAFT and written.scope != Scope.PRIVATE)
    if written.author is not None and written.author == viewer.member:
        return True
    if written.hidden or written.scope != Scope.CLASS:
        return False
    if written.author is None:
        return written.seed or peers_open(viewer, rule, at)
    return written.state == State.SUBMITTED and peers_open(viewer, rule, at)


def peers_open(viewer: Viewer, rule: Rule, at: datetime) -> bool:
    """Whether a student may know anything of classmates' handed-in work: words, figures, how many have handed in."""
    if viewer.teacher:
        return True
    if viewer.member is None or rule.policy == Policy.PRIVATE:
        return False
    if rule.revealed or rule.policy == Policy.OPEN:
        return True
    if rule.policy == Policy.UNTIL:
        return rule.seen_from is not None and at >= rule.seen_from
    return viewer.handed_in


T = TypeVar("T")


def readable(
    rows: Iterable[T], written: Callable[[T], Written], viewer: Viewer, rule: Rule, at: datetime
) -> tuple[T, ...]:
    """Those of `rows` that this viewer may read, in their order."""
    return tuple(row for row in rows if may_read(viewer, written(row), rule, at))
