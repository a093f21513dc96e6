"""Whether a position may be put on record under the rule of its race: the one choke point that the writer of positions asks."""

from dataclasses import dataclass
from enum import StrEnum

from positions.coding.cells import Judgement
from positions.coding.deciding import Decision, Rule
from transcripts.errors import Refusal
from transcripts.vocabulary import Reason


class RaceRule(StrEnum):
    """How many people stand behind a position of a race."""

    CHECKED = "checked"
    BLIND = "blind"


RULE_WORDS = {
    RaceRule.CHECKED: "One person judges, another checks it against the words",
    RaceRule.BLIND: "Two people judge, each alone; a third decides where they differ",
}


class Basis(StrEnum):
    """What a position on record rests on: one person, a loaded file, two people alone, or a third who decided."""

    ALONE = "alone"
    FILE = "file"
    UNANIMOUS = "unanimous"
    PERSON = "person"


DECIDED = (Basis.UNANIMOUS, Basis.PERSON)
"""More than one person of this desk said it."""


@dataclass(frozen=True)
class Recorder:
    """Who puts a position on record: an account of the desk, or (no id) a loaded file."""

    id: int | None
    name: str


FILE = Recorder(None, "")
TWO_IN_FILE = "In this race positions stand on two people who judged alone. Say coders: 2 where two did, or have it coded at the desk."
NOBODY_YET = "In this race two people judge first, each alone, under Coding; a third decides where they differ."
OTHERWISE = "Those who coded this said something else. Record what was decided, or have it coded anew."


def coders(basis: Basis, claimed: int, decision: Decision[Judgement] | None) -> int:
    """How many people judged a position: a file says so itself, an account is one, where a third decided two had judged before."""
    if basis == Basis.FILE:
        return claimed
    return max(decision.coders if decision else 0, 2) if basis in DECIDED else 1


def basis(
    rule: RaceRule, value: Judgement, coders: int, decision: Decision[Judgement] | None, recorder: Recorder
) -> Basis:
    """What the position would rest on. Raises a Refusal that says what to do where the race asks for more.

    That nobody has checked it yet claims nothing and may always be said.
    """
    if decision is not None and decision.value == value:
        return Basis.PERSON if decision.rule == Rule.PERSON else Basis.UNANIMOUS
    if recorder.id is None:
        if rule == RaceRule.BLIND and coders < 2 and value != Reason.NOT_REVIEWED:
            raise Refusal(TWO_IN_FILE)
        return Basis.FILE
    if rule == RaceRule.BLIND and value != Reason.NOT_REVIEWED:
        raise Refusal(OTHERWISE if decision else NOBODY_YET)
    return Basis.ALONE
