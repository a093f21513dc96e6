"""Pure: the printed labels of one forum → voices, and each voice against the people we know → a person or the reason for none."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from transcripts.vocabulary import Role


@dataclass(frozen=True)
class Voice:
    """One voice at one forum: every label printed for it, in the order they first appear.

    `name` is the fullest form printed, without titles, marks of doubt or notes in brackets; for a role (MODERATOR,
    AUDIENCE QUESTION) the label itself. `role` is what the labels say, UNKNOWN where they say nothing. `hints` are
    sentences for an editor: why labels were put together or kept apart, or which known voice a label may misspell.
    """

    name: str
    labels: tuple[str, ...]
    role: Role = Role.UNKNOWN
    hints: tuple[str, ...] = ()


@dataclass(frozen=True)
class KnownPerson:
    """A person the record knows, by slug; `aliases` are other names and labels that are theirs."""

    slug: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Match:
    """The person a voice is, or None with the reason (`why`, for a reader); `suggestions` are slugs, best first, never assigned."""

    slug: str | None
    why: str
    suggestions: tuple[str, ...] = field(default=())


def fold_labels(labels: Sequence[str]) -> list[Voice]:
    """The voices behind the printed labels of one forum, in order of first appearance.

    `labels` is the label of every labelled turn, in order and with repetitions. Each distinct label is in exactly one
    voice; labels that may be two people are never put together.
    """
    return [Voice(label, (label,)) for label in dict.fromkeys(labels)]


def match(voice: Voice, people: Sequence[KnownPerson]) -> Match:
    """The one known person this voice can be. Several candidates, a role only or a mere resemblance: nobody, and why."""
    return Match(None, "No one we know goes by this name.")
