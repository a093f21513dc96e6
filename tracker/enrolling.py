"""A list of people comes in: for the command line and the editors' desk, with the races they stand in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from positions import candidacies
from positions.keeping import Tally
from transcripts import enrolling
from transcripts.enrolling import Enrolled, State
from transcripts.roster_line import BESIDE, RosterLine


@dataclass(frozen=True)
class Plan:
    """What storing a list would do: each line with who it is, and the slug of the race it stands in (None: none)."""

    people: tuple[tuple[Enrolled, str | None], ...]

    def count(self, state: State) -> int:
        """How many lines are new, known or doubtful."""
        return sum(one.state is state for one, _ in self.people)


def plan(session: Session, lines: Sequence[RosterLine], contest: str | None, told: Mapping[str, str | None]) -> Plan:
    """Work out what a list would do. Writes nothing.

    With a `contest` (slug) everybody stands in it whose line names no other race we hold; without one, whoever's line names
    one; who moderates, asks or interprets by the list's own word stands in none. `told` is an editor's word on who a name
    is (`transcripts.enrolling.compare`). Raises NotFound.
    """
    named = candidacies.races_named(session, [line.contest or "" for line in lines], contest)
    races = [None if line.role in BESIDE else race for line, race in zip(lines, named, strict=True)]
    return Plan(tuple(zip(enrolling.compare(session, lines, told), races, strict=True)))


def store(session: Session, plan: Plan) -> Tally:
    """Write people, other names and candidacies, in the caller's transaction. Raises Conflict while a line is doubtful."""
    people = enrolling.keep(session, [one for one, _ in plan.people])
    tally = Tally()
    for (one, race), person in zip(plan.people, people, strict=True):
        tally.count("people", "added" if one.state is State.NEW else "same")
        if race is not None:
            line = one.line
            outcome = candidacies.stand(session, race, person, line.party, line.incumbent)
            tally.count("candidacies", outcome)
    return tally
