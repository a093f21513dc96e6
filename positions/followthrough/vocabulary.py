"""The closed vocabularies of follow-through, each code beside the English words a reader sees and what the code means.

Progress, verdict, cause and fidelity are four axes that are told apart: how far something has come, how it is judged, why it went
that way, and whether it is done as it was promised. Kinds of promises after PolitiFact's rule that a position is no promise;
causes after the list of Holding Deputies to their Obligations (HDO) and TrumpTracker's discussion #109.
"""

from enum import StrEnum


class CommitmentKind(StrEnum):
    """What sort of saying it is. Only what can be checked is tracked: a POSITION never is."""

    PROMISE = "promise"
    POSITION = "position"
    PRESENT_ACTION = "present_action"
    GOAL = "goal"


COMMITMENT_WORDS = {
    CommitmentKind.PROMISE: "Promise",
    CommitmentKind.POSITION: "Position, not tracked",
    CommitmentKind.PRESENT_ACTION: "Said to be under way",
    CommitmentKind.GOAL: "Goal without means",
}
COMMITMENT_MEANING = {
    CommitmentKind.PROMISE: "Something to be done in the future, told so that anybody can check whether it was.",
    CommitmentKind.POSITION: "Being for or against something. It promises no act, so there is nothing to keep or to break.",
    CommitmentKind.PRESENT_ACTION: "Something said to be happening already. It is checked whether it was, on the day named.",
    CommitmentKind.GOAL: "An outcome that is wished for, with no act named that would bring it about.",
}


class Axis(StrEnum):
    """Which of the four questions an event answers."""

    PROGRESS = "progress"
    VERDICT = "verdict"
    CAUSE = "cause"
    FIDELITY = "fidelity"


AXIS_WORDS = {
    Axis.PROGRESS: "How far it has come",
    Axis.VERDICT: "Was it kept?",
    Axis.CAUSE: "Why",
    Axis.FIDELITY: "Is it as promised?",
}


class Progress(StrEnum):
    """How far something has come. NOT_REVIEWED stands for no event at all and is never recorded."""

    NOT_REVIEWED = "not_reviewed"
    NO_ACTION_FOUND = "no_action_found"
    PROPOSED = "proposed"
    UNDER_WAY = "under_way"
    STALLED = "stalled"
    COMPLETED = "completed"
    ENDED = "ended"


PROGRESS_WORDS = {
    Progress.NOT_REVIEWED: "We have not checked this yet",
    Progress.NO_ACTION_FOUND: "We looked and found no action",
    Progress.PROPOSED: "Proposed",
    Progress.UNDER_WAY: "Under way",
    Progress.STALLED: "Stalled",
    Progress.COMPLETED: "Done",
    Progress.ENDED: "Given up or ended",
}
PROGRESS_MEANING = {
    Progress.NOT_REVIEWED: "Nobody here has looked. It says nothing about what was done.",
    Progress.NO_ACTION_FOUND: "Somebody looked, where and when is told, and found nothing that was done.",
    Progress.PROPOSED: "It is put forward in writing by somebody who can decide it, and not decided.",
    Progress.UNDER_WAY: "It was decided or begun.",
    Progress.STALLED: "It was begun and nothing has moved since, or it waits for another body.",
    Progress.COMPLETED: "What the criterion asks for is there.",
    Progress.ENDED: "It was given up, or what was begun has stopped.",
}


class Verdict(StrEnum):
    """How it is judged, only on or after the day it was due, when the term ends, or once it is done."""

    KEPT = "kept"
    PARTLY = "partly"
    NOT_KEPT = "not_kept"
    NOT_VERIFIABLE = "not_verifiable"
    TOO_EARLY = "too_early"


VERDICT_WORDS = {
    Verdict.KEPT: "Kept",
    Verdict.PARTLY: "Kept in part",
    Verdict.NOT_KEPT: "Not kept",
    Verdict.NOT_VERIFIABLE: "Cannot be checked",
    Verdict.TOO_EARLY: "Too early to say",
}
VERDICT_MEANING = {
    Verdict.KEPT: "What the criterion asks for was there on time, or later with the delay told beside it.",
    Verdict.PARTLY: "Some of what the criterion asks for is there, and it is told which part.",
    Verdict.NOT_KEPT: "The day has come and what the criterion asks for is not there. Why stands beside it.",
    Verdict.NOT_VERIFIABLE: "There is no way to tell from anything that is public.",
    Verdict.TOO_EARLY: "The day it is due has not come and it is not done.",
}


class Cause(StrEnum):
    """Why it went as it did; shown beside the verdict and never changing it."""

    NOT_PRIORITISED = "not_prioritised"
    CHANGED_POSITION = "changed_position"
    BLOCKED = "blocked"
    COURT = "court"
    MONEY = "money"
    INHERITED = "inherited"
    UNKNOWN = "unknown"


CAUSE_WORDS = {
    Cause.NOT_PRIORITISED: "Other things were put first",
    Cause.CHANGED_POSITION: "Changed their position",
    Cause.BLOCKED: "Another body stopped it",
    Cause.COURT: "A court decided otherwise",
    Cause.MONEY: "The money was not there",
    Cause.INHERITED: "It was begun by somebody before them",
    Cause.UNKNOWN: "The reason is not known",
}


class Fidelity(StrEnum):
    """Whether something is done as it was promised, or run as it was designed."""

    MET = "met"
    ADAPTED = "adapted"
    DEPARTS = "departs"
    NO_DATA = "no_data"


FIDELITY_WORDS = {
    Fidelity.MET: "As designed",
    Fidelity.ADAPTED: "Adapted to the place",
    Fidelity.DEPARTS: "Departs from the design",
    Fidelity.NO_DATA: "No data",
}
FIDELITY_MEANING = {
    Fidelity.MET: "What the design asks for is there, and there is evidence of it.",
    Fidelity.ADAPTED: "It is done another way that serves the same end; designs allow this.",
    Fidelity.DEPARTS: "What the design asks for is missing or the opposite is done, lastingly and in something that matters.",
    Fidelity.NO_DATA: "Nothing public tells. It is told whether anybody asked.",
}


class Occurrence(StrEnum):
    """What became of one due date of something that is due again and again."""

    MET = "met"
    LATE = "late"
    MISSED = "missed"
    UNKNOWN = "unknown"


OCCURRENCE_WORDS = {
    Occurrence.MET: "Done on time",
    Occurrence.LATE: "Done late",
    Occurrence.MISSED: "Not done",
    Occurrence.UNKNOWN: "We do not know",
}


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


class IndicatorKind(StrEnum):
    """What a number counts. The three are never added, subtracted or drawn together."""

    SNAPSHOT_ACTIVE = "snapshot_active"
    CUMULATIVE = "cumulative"
    PERIOD = "period"


INDICATOR_WORDS = {
    IndicatorKind.SNAPSHOT_ACTIVE: "Active on one day",
    IndicatorKind.CUMULATIVE: "Since the beginning",
    IndicatorKind.PERIOD: "During a period",
}
INDICATOR_MEANING = {
    IndicatorKind.SNAPSHOT_ACTIVE: "How many there are on that day. Whoever left before is not counted.",
    IndicatorKind.CUMULATIVE: "How many there ever were up to that day. It never goes down.",
    IndicatorKind.PERIOD: "How many there were from one day to another.",
}


class Part(StrEnum):
    """Whether a figure tells what was there without the program, or what the program brought in addition."""

    BASELINE = "baseline"
    ADDED = "added"


PART_WORDS = {Part.BASELINE: "What was there before", Part.ADDED: "What the program added"}


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


class DocumentKind(StrEnum):
    """What a document is."""

    MINUTES = "minutes"
    AGREEMENT = "agreement"
    REPORT = "report"
    EVALUATION = "evaluation"
    BUDGET = "budget"
    LAW = "law"
    DASHBOARD = "dashboard"
    WEBSITE = "website"
    ARTICLE = "article"
    LETTER = "letter"
    OTHER = "other"


DOCUMENT_WORDS = {
    DocumentKind.MINUTES: "Minutes of a meeting",
    DocumentKind.AGREEMENT: "Agreement",
    DocumentKind.REPORT: "Report",
    DocumentKind.EVALUATION: "Evaluation",
    DocumentKind.BUDGET: "Budget",
    DocumentKind.LAW: "Law or ordinance",
    DocumentKind.DASHBOARD: "Dashboard",
    DocumentKind.WEBSITE: "Website",
    DocumentKind.ARTICLE: "Article",
    DocumentKind.LETTER: "Letter",
    DocumentKind.OTHER: "Document",
}


class ActLevel(StrEnum):
    """Whose law or decision it is."""

    FEDERAL = "federal"
    STATE = "state"
    CITY = "city"
    COURT = "court"


ACT_LEVEL_WORDS = {
    ActLevel.FEDERAL: "Federal",
    ActLevel.STATE: "State",
    ActLevel.CITY: "City",
    ActLevel.COURT: "Court",
}


class ActResult(StrEnum):
    """What became of a law or decision."""

    PROPOSED = "proposed"
    PASSED = "passed"
    FAILED = "failed"
    IN_FORCE = "in_force"
    REPEALED = "repealed"


ACT_RESULT_WORDS = {
    ActResult.PROPOSED: "Put forward",
    ActResult.PASSED: "Passed",
    ActResult.FAILED: "Did not pass",
    ActResult.IN_FORCE: "In force",
    ActResult.REPEALED: "No longer in force",
}


class ConcernKind(StrEnum):
    """What somebody raised about a program."""

    CONCERN = "concern"
    QUESTION = "question"


CONCERN_WORDS = {ConcernKind.CONCERN: "Concern", ConcernKind.QUESTION: "Open question"}


class RequestOutcome(StrEnum):
    """What became of a request for records; no event means no reply."""

    ACKNOWLEDGED = "acknowledged"
    EXTENDED = "extended"
    GRANTED = "granted"
    PARTLY = "partly"
    DENIED = "denied"
    NO_RECORDS = "no_records"
    TAKEN_BACK = "taken_back"


REQUEST_WORDS = {
    RequestOutcome.ACKNOWLEDGED: "Receipt confirmed",
    RequestOutcome.EXTENDED: "More time taken",
    RequestOutcome.GRANTED: "Records were given",
    RequestOutcome.PARTLY: "Some records were given",
    RequestOutcome.DENIED: "Refused",
    RequestOutcome.NO_RECORDS: "Answered that there are none",
    RequestOutcome.TAKEN_BACK: "Taken back by whoever asked",
}
CLOSES = frozenset(RequestOutcome) - {RequestOutcome.ACKNOWLEDGED, RequestOutcome.EXTENDED}
"""The outcomes after which nobody waits for a reply any more."""
