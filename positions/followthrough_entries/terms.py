"""A word of the glossary in a file."""

from typing import Literal

from pydantic import StrictBool

from positions.followthrough_entries.grounds import Cited
from positions.load_fields import Entry, InBoth, Slug, Words


class TermAlias(Entry):
    lang: Literal["en", "es"]
    text: Words
    exact_case: StrictBool = False


class Term(Entry):
    """A word of the glossary, in both languages."""

    slug: Slug
    term: InBoth
    meaning: InBoth
    aliases: tuple[TermAlias, ...] = ()
    topic: Slug | None = None
    cited: Cited | None = None
