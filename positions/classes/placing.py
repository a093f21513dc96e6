"""Pure: where annotations of another program stand in the answers of an assignment, with which of its tags. Nothing is guessed.

`exact`: the words stand where the file says. `moved`: once and only once, elsewhere. `needs_review`: like them, or some of several.
`orphan`: nowhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from positions.classes.sheet import Passage, Tag
from transcripts import anchors
from transcripts.anchors import SHORT, Anchor, Status
from transcripts.text import fold
from transcripts.web_annotations import Noted


@dataclass(frozen=True)
class Placed:
    """Where an annotation stands: code points [start, end) of a passage, None for one that must not be put by itself."""

    status: Status
    passage: Passage | None = None
    start: int = 0
    end: int = 0

    @property
    def words(self) -> str:
        """The words there."""
        return self.passage.text[self.start : self.end] if self.passage else ""


@dataclass(frozen=True)
class Tagged:
    """Which tags an annotation puts, and the labels that are none of this assignment's."""

    tags: tuple[Tag, ...]
    unknown: tuple[str, ...]


def placed(noted: Noted, passages: Sequence[Passage]) -> Placed:
    """Where an annotation stands in these passages."""
    named = next((one for one in passages if one.key == noted.turn), None)
    if named is not None and noted.start is not None and noted.end is not None:
        words = named.text[noted.start : noted.end]
        if words and words == noted.exact:
            return Placed("exact", named, noted.start, noted.end)
        if words and not noted.exact:
            return Placed("needs_review", named, noted.start, noted.end)
    if not noted.exact.strip():
        return Placed("orphan")
    found = [
        (one, place) for one in passages if (place := anchors.find(one.text, noted.exact, noted.before, noted.after))
    ]
    if named is not None:
        found = [pair for pair in found if pair[0] is named] or found
    if len(found) == 1 and _sure(noted, found[0][0], named, passages):
        return Placed("moved", found[0][0], found[0][1].start, found[0][1].end)
    if len(found) == 1:
        return Placed("needs_review", found[0][0], found[0][1].start, found[0][1].end)
    return Placed("needs_review") if found else _alike(noted, passages)


def tagged(noted: Noted, tags: Sequence[Tag], codes: Mapping[str, Tag]) -> Tagged:
    """The tags an annotation puts: by the address of a code, else by the name of a tag in either language; each once."""
    by_name = {fold(name): tag for tag in reversed(tags) for name in tag.name if name}
    found = [codes[code] for code in noted.codes if code in codes]
    found += [by_name[fold(label)] for label in noted.tags if fold(label) in by_name]
    unknown = tuple(label for label in noted.tags if fold(label) not in by_name)
    return Tagged(tuple({tag.id: tag for tag in found}.values()), unknown)


def _sure(noted: Noted, found: Passage, named: Passage | None, passages: Sequence[Passage]) -> bool:
    """Whether words found once are those that were meant: in the turn that is named, or too many to stand there by chance."""
    if named is not None:
        return found is named
    often = sum(one.text.count(noted.exact) for one in passages)
    return len(noted.exact.split()) >= SHORT and often <= 1


def _alike(noted: Noted, passages: Sequence[Passage]) -> Placed:
    """Words like them, for a person to look at."""
    old = Anchor(0, len(noted.exact), noted.exact, noted.before[-anchors.AROUND :], noted.after[: anchors.AROUND])
    found = anchors.search(old, [one.text for one in passages])
    if found is None:
        if any(noted.exact in one.text for one in passages):
            return Placed("needs_review")
        return Placed("orphan")
    n, place, _ = found
    return Placed("needs_review", passages[n], place.start, place.end)
