"""Whose law or decision something is, and what became of it."""

from enum import StrEnum


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
