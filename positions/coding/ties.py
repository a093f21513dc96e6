"""What a coder declares of ties to those they judge, and whom that keeps them from."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from transcripts.errors import Refusal

BARRED = "You declared a tie to {candidate}: somebody else judges what they said. What you declared can be changed under Ties."
UNDECLARED = "Say first whether you have a tie to a campaign, a party or a candidate: under Ties, on the page Coding."


class Tie(StrEnum):
    """What somebody is to those they judge; the strongest that holds."""

    NONE = "none"
    PARTY = "party"
    CAMPAIGN = "campaign"
    CANDIDATE = "candidate"


TIE_WORDS = {
    Tie.NONE: "No tie to any campaign, party or candidate",
    Tie.PARTY: "Member of, or working for, a party",
    Tie.CAMPAIGN: "Working or volunteering for a campaign",
    Tie.CANDIDATE: "A candidate, or somebody who works for one or is close to one",
}
NAMING = (Tie.CAMPAIGN, Tie.CANDIDATE)
"""Ties that name candidates."""


@dataclass(frozen=True)
class Declared:
    """What an account declares now; `people` are the ids of the candidates it names."""

    id: int
    kind: Tie
    party: str = ""
    people: Collection[int] = ()

    @property
    def tied(self) -> bool:
        """Whether there is any tie."""
        return self.kind != Tie.NONE


def refuse_tied(declared: Declared | None, person_id: int, candidate: str) -> None:
    """Raise a Refusal where an account declared a tie to this candidate."""
    if declared is not None and person_id in declared.people:
        raise Refusal(BARRED, candidate=candidate)


def cleared(declared: Declared | None, person_id: int, candidate: str) -> Declared:
    """What an account that wants to code this candidate has declared. Raises a Refusal where it may not."""
    if declared is None:
        raise Refusal(UNDECLARED)
    refuse_tied(declared, person_id, candidate)
    return declared
