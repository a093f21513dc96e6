"""Findings and replies in a file."""

from positions.followthrough.vocabulary.fidelity import Fidelity
from positions.followthrough_entries.grounds import Cited, PartialDay
from positions.load_fields import Both, Day, Entry, Language, Slug, Words


class Finding(Entry):
    """What somebody found of one criterion at one program; the same words of the same day by the same people are one finding."""

    program: Slug
    criterion: Slug
    result: Fidelity
    on: PartialDay
    text: Both
    found_by: Words
    interest: Both | None = None
    request: Slug | None = None
    cited: Cited | None = None


class Reply(Entry):
    """What whoever runs a program answers, word for word."""

    program: Slug
    criterion: Slug | None = None
    concern: Slug | None = None
    replied_by: Words
    words: Words
    language: Language = "en"
    on: Day
    received: Words | None = None
    cited: Cited | None = None
