"""What sort of saying a commitment is, and three of the four questions that are told apart: how far, how judged, why.

Kinds of promises after PolitiFact's rule that a position is no promise; causes after the list of Holding Deputies to their
Obligations (HDO) and TrumpTracker's discussion #109.
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
