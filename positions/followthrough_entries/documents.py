"""A document in a file."""

from pydantic import StrictBool

from positions.followthrough.vocabulary.documents import DocumentKind
from positions.followthrough_entries.grounds import PartialDay
from positions.load_fields import Both, Day, Entry, FileName, Language, Slug, Url, Words
from transcripts.vocabulary import Right


class Document(Entry):
    slug: Slug
    kind: DocumentKind
    title: Both
    publisher: Words | None = None
    published_on: PartialDay | None = None
    url: Url | None = None
    archived_url: Url | None = None
    archived_on: Day | None = None
    language: Language = "en"
    right: Right = Right.WHOLE
    interest: Both | None = None
    summary: Both | None = None
    fictional: StrictBool = False
    file: FileName | None = None
    captured_on: Day | None = None
