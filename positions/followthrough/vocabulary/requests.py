"""What became of a request for records."""

from enum import StrEnum


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
