"""Pure: what goes out of an assignment, the text its places are counted in, and the names things of a class have outside.

Whoever is not of the class must not be able to tell that two files of two classes speak of one student: every name is a UUID made
from the key of the class, which is in no file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from uuid import NAMESPACE_URL, UUID, uuid5

from positions.classes.sheet import MarkView, Passage, Sheet, Tag, Work

INCLUDE, EXCLUDE = "Include: ", "Exclude: "
"""What stands before the lines of a description that say what a code takes in and what it does not."""

_ROOT = uuid5(NAMESPACE_URL, "urn:said-and-done")


@dataclass(frozen=True)
class Document:
    """The passages of an assignment one after the other, each under the name of its voice. Offsets are code points of `text` (NFC, LF).

    `begins` says, by passage, where its words begin; `heads` where its block with the name does.
    """

    text: str
    begins: dict[int, int]
    heads: dict[int, int]


@dataclass(frozen=True)
class Holding:
    """What may go out to one viewer: let through by `reading`, filtered here no more. `site` is its address; `at` is UTC.

    `named`: who spoke may be told, though the class does not see it yet. `via` is, by the key of a mark, the id it came with.
    """

    sheet: Sheet
    marks: tuple[MarkView, ...]
    works: tuple[Work, ...]
    site: str
    at: datetime
    named: bool = True
    via: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """What is read, without what was removed from the record since."""
        return tuple(one for one in self.sheet.passages if not one.gone)

    @cached_property
    def standing(self) -> tuple[MarkView, ...]:
        """The marks on them, in the order of the text; without those whose words were withheld since."""
        long = {one.id: len(one.text) for one in self.passages}
        return tuple(mark for mark in self.marks if mark.start < mark.end <= long.get(mark.passage, 0))

    @cached_property
    def document(self) -> Document:
        """The text all of it is read in."""
        text, begins, heads = "", {}, {}
        for passage in self.passages:
            heads[passage.id] = len(text)
            voice = self.voice(passage)
            text += f"{voice}:\n" if voice else ""
            begins[passage.id] = len(text)
            text += f"{passage.text}\n\n"
        return Document(text, begins, heads)

    @property
    def secret(self) -> bool:
        """Whether nothing may tell who spoke."""
        return self.sheet.nameless and not self.named

    def voice(self, passage: Passage) -> str:
        """Who spoke, as this viewer may know: a name, the printed label, a letter; empty for a voice nobody has named."""
        if self.secret:
            return passage.letter
        return passage.speaker or passage.label or ""

    def turn(self, passage: Passage) -> str:
        """The key of a passage's turn, or its place in the assignment where the key would lead to the name."""
        return str(passage.position + 1) if self.secret else passage.key

    def source(self, passage: Passage) -> str:
        """The address of the words in the version that was read; a name without an address where that would tell who spoke."""
        if self.secret:
            return self.guid(f"passage/{passage.id}").urn
        return f"{self.site}/turns/{passage.key}?v={passage.version}"

    @cached_property
    def room(self) -> UUID:
        """The name of the class."""
        return uuid5(_ROOT, f"class/{self.sheet.class_key}")

    def guid(self, what: str) -> UUID:
        """The name of something of this class: the same whenever it goes out, another in every other class."""
        return uuid5(self.room, what)

    def mark(self, mark: MarkView) -> UUID:
        """The name of a mark."""
        return self.guid(f"mark/{mark.key}")

    def student(self, member: int) -> UUID:
        """The name of a student."""
        return self.guid(f"member/{member}")

    def tag(self, tag: Tag) -> UUID:
        """The name of a tag. One that stands for a topic has the topic's, in every class."""
        if tag.topic is not None:
            return uuid5(_ROOT, f"{self.site}/topics/{tag.topic}")
        return self.guid(f"assignment/{self.sheet.key}/tag/{tag.key}")


def moment(at: datetime) -> str:
    """A moment as the formats want it: UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def description(tag: Tag, lang: str) -> str:
    """What a codebook says of a tag: what it means, then what it takes in and what it does not, a line each."""
    told = (
        tag.description.within(lang),
        tag.includes and INCLUDE + " ".join(tag.includes.split()),
        tag.excludes and EXCLUDE + " ".join(tag.excludes.split()),
    )
    return "\n".join(part for part in told if part)


def path(tags: Sequence[Tag], tag: Tag, lang: str) -> tuple[str, ...]:
    """The names from the top of the tree down to a tag."""
    by_key = {one.key: one for one in tags}
    names: list[str] = []
    at: Tag | None = tag
    while at is not None and len(names) <= len(tags):
        names.append(at.name.within(lang))
        at = by_key.get(at.parent or "")
    return tuple(reversed(names))
