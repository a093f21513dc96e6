"""Pure: when a letter is due, and when one that could not be sent is tried again. Moments are UTC, hours those of the site's zone."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

HOUR = time(7)
"""When the letters of a day and of a week go out; a week's on Monday."""
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
PATIENCE = timedelta(days=3)
"""How long a letter that is refused for a while is tried."""


def due(frequency: str, after: datetime, zone: str) -> datetime:
    """The first moment after `after` at which a letter of this frequency goes out; at once is now."""
    if frequency == "once":
        return after
    here = ZoneInfo(zone)
    today = after.astimezone(here).date()
    day = today + timedelta(days=-today.weekday() % 7 if frequency == "weekly" else 0)
    at = datetime.combine(day, HOUR, here)
    while at <= after:
        day += timedelta(days=7 if frequency == "weekly" else 1)
        at = datetime.combine(day, HOUR, here)
    return at.astimezone(UTC)


def again(tries: int, at: datetime) -> datetime:
    """When to try the next time after so many tries: the wait doubles, up to six hours."""
    return at + min(FIRST_WAIT * (1 << min(tries - 1, 16)), LONGEST_WAIT)
