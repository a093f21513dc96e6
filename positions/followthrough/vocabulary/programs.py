"""How far a program is, the steps of its story, who is what to it, its money, and what others claim or ask."""

from enum import StrEnum


class Stage(StrEnum):
    """How far a program is."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    PILOT = "pilot"
    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"


STAGE_WORDS = {
    Stage.PROPOSED: "Proposed program",
    Stage.APPROVED: "Decided, not begun",
    Stage.PILOT: "Pilot",
    Stage.RUNNING: "Running",
    Stage.PAUSED: "Paused",
    Stage.ENDED: "Ended",
}


class Step(StrEnum):
    """The steps in which the story of a program is told, in their order."""

    PROMISED = "promised"
    DECIDED = "decided"
    FUNDED = "funded"
    DONE = "done"
    MEASURED = "measured"
    DISPUTED = "disputed"


STEP_WORDS = {
    Step.PROMISED: "Promised",
    Step.DECIDED: "Decided",
    Step.FUNDED: "Funded",
    Step.DONE: "Done",
    Step.MEASURED: "Measured",
    Step.DISPUTED: "Disputed",
}


class Role(StrEnum):
    """What a body is to a program or to the design it follows."""

    RUNS = "runs"
    FUNDS = "funds"
    DESIGNED = "designed"
    SUPPORTS = "supports"
    PARTNER = "partner"
    OVERSEES = "oversees"
    EVALUATES = "evaluates"
    WATCHES = "watches"


ROLE_WORDS = {
    Role.RUNS: "Runs it",
    Role.FUNDS: "Pays for it",
    Role.DESIGNED: "Designed it",
    Role.SUPPORTS: "Advises those who run it",
    Role.PARTNER: "Takes part",
    Role.OVERSEES: "Oversees it",
    Role.EVALUATES: "Studied what it achieves",
    Role.WATCHES: "Watches it",
}


class MoneyKind(StrEnum):
    """What is known of a sum."""

    ASKED = "asked"
    APPROPRIATED = "appropriated"
    GRANTED = "granted"
    SPENT = "spent"


MONEY_WORDS = {
    MoneyKind.ASKED: "Asked for",
    MoneyKind.APPROPRIATED: "Set aside",
    MoneyKind.GRANTED: "Granted",
    MoneyKind.SPENT: "Spent",
}


class CheckStatus(StrEnum):
    """How far somebody's claim was checked against its source."""

    NOT_CHECKED = "not_checked"
    CONFIRMED = "confirmed"
    DIFFERS = "differs"
    NOT_FOUND = "not_found"


CHECK_WORDS = {
    CheckStatus.NOT_CHECKED: "We have not checked this against its source",
    CheckStatus.CONFIRMED: "The source says the same",
    CheckStatus.DIFFERS: "The source says something else",
    CheckStatus.NOT_FOUND: "We looked for the source and did not find it",
}


class ConcernKind(StrEnum):
    """What somebody raised about a program."""

    CONCERN = "concern"
    QUESTION = "question"


CONCERN_WORDS = {ConcernKind.CONCERN: "Concern", ConcernKind.QUESTION: "Open question"}
