"""Pure: how far two printed names resemble one another. A resemblance is shown to an editor; it never links anybody."""

from collections.abc import Iterable

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from transcripts.identity import Identity, identify, joined, same_first_name, whole
from transcripts.text import fold

ALIKE = 88
"""Names as alike as this, of 100, may be one name misspelt."""

FAINT = 0.6
"""A word this near to a surname or first name, of 1, is worth an editor's look where nobody is named more nearly."""


def likeness(name: str, others: Iterable[str]) -> float:
    """How alike a name is to the nearest of others, 0 to 100; 0 below what is worth suggesting, or where they agree."""
    read = identify(name)
    return max((alike_as(read, identify(other)) for other in others), default=0.0)


def alike_as(one: Identity, other: Identity) -> float:
    """How alike two labels are, 0 to 100: their full names, or their surnames where one is printed without a given name."""
    if one.nobody or other.nobody:
        return 0.0
    full = _near(whole(one), whole(other))
    last = _near(joined(one.surname), joined(other.surname)) if not (one.given and other.given) else 0.0
    return max(full, last)


def _near(one: str, other: str) -> float:
    """Likeness of two spellings; one letter too many, too few, wrong or two exchanged count in names of five and more."""
    slip = min(len(one), len(other)) > 4 and OSA.distance(one, other) == 1
    ratio = fuzz.ratio(one, other)
    return max(ratio, float(ALIKE)) if slip else ratio if ratio >= ALIKE and one != other else 0.0


def spellings(name: str) -> set[str]:
    """What of a printed name others are compared with: whole, surname, first name, initials, and the folded print itself."""
    one = identify(name)
    if one.nobody:
        return {fold(name)}
    initials = "".join(part[0] for part in (*one.given, *one.surname.split()))
    return {fold(name), whole(one), joined(one.surname), initials, *one.given[:1]}


def faint(labels: Iterable[str], names: Iterable[str]) -> float:
    """How near labels of one word (FIONNA, MEGAN) come to a surname or first name, 0 to 1; 0 below FAINT."""
    words = [joined(one.surname) for one in map(identify, labels) if not one.nobody and not one.given]
    parts = {part for name in names for part in _parts(identify(name))}
    near = (_nearness(word, part) for word in words for part in parts if min(len(word), len(part)) > 4)
    return max((score for score in near if score >= FAINT), default=0.0)


def _nearness(one: str, other: str) -> float:
    """Letters that stand alike, of all; what is left of a name that lost its beginning (INTON) is near whatever it lost."""
    return max(OSA.normalized_similarity(one, other), FAINT if other.endswith(one) or one.endswith(other) else 0.0)


def _parts(one: Identity) -> tuple[str, ...]:
    return () if one.nobody else (joined(one.surname), *one.given[:1])


def related(one: Identity, other: Identity) -> bool:
    """The same surname with another given name, a first name alone, or initials: enough to look, never to link."""
    if one.nobody or other.nobody:
        return False
    initials = "".join(part[0] for part in (*other.given, *other.surname.split()))
    return joined(one.surname) in {joined(other.surname), initials} or same_first_name(one, other)
