"""What a number counts, and whether it tells what was there before or what was added."""

from enum import StrEnum


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
