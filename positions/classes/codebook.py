"""The codes of another program's codebook as the tags of a new assignment."""

from collections.abc import Collection, Sequence

from slugify import slugify

from positions.classes.assigning import WantedTag
from positions.classes.interchange.holding import EXCLUDE, INCLUDE
from transcripts.bilingual import Bilingual
from transcripts.codebooks import Code

LONGEST_KEY = 60


def wanted_tags(codes: Sequence[Code]) -> tuple[WantedTag, ...]:
    """A tag for every code, in the order of the file and under the same ones. A heading nobody can code becomes a tag like any other."""
    made: list[WantedTag] = []
    for n, code in enumerate(codes, start=1):
        said, includes, excludes = _told(code.description)
        parent = None if code.parent is None else made[code.parent].key
        key = _key(code.name, n, {one.key for one in made})
        made.append(WantedTag(key, Bilingual(code.name), Bilingual(said), includes, excludes, parent))
    return tuple(made)


def _told(words: str) -> tuple[str, str, str]:
    """A description taken apart: what the code means, what it takes in, what it does not (as `holding.description` wrote them)."""
    said: list[str] = []
    found = {INCLUDE: "", EXCLUDE: ""}
    for line in words.split("\n"):
        mark = next((mark for mark in found if line.startswith(mark) and not found[mark]), None)
        if mark is None:
            said.append(line)
        else:
            found[mark] = line[len(mark) :].strip()
    return "\n".join(said).strip(), found[INCLUDE], found[EXCLUDE]


def _key(name: str, n: int, taken: Collection[str]) -> str:
    key = slugify(name)[:LONGEST_KEY] or f"tag-{n}"
    while key in taken:
        key = f"{key[: LONGEST_KEY - 5]}-{n}"
        n += 1
    return key
