"""A request for records in a file, with what came of it."""

from pydantic import StrictBool

from positions.followthrough.vocabulary.requests import RequestOutcome
from positions.load_fields import Both, Day, Entry, Slug, Words


class RequestEvent(Entry):
    outcome: RequestOutcome
    on: Day
    text: Both | None = None
    due_on: Day | None = None
    document: Slug | None = None


class Request(Entry):
    """A request for records."""

    slug: Slug
    program: Slug | None = None
    commitment: Slug | None = None
    what: Both
    asked_of: Words
    asked_by: Words
    asked_on: Day
    due_on: Day | None = None
    law: Words | None = None
    document: Slug | None = None
    fictional: StrictBool = False
    events: tuple[RequestEvent, ...] = ()
