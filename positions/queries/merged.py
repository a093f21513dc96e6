"""Where the address of something entered twice leads since it was merged."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, select

from positions.models import EntryMerge
from transcripts.errors import Conflict


def moved_to(session: Session, kind: str, slug: str) -> str | None:
    """The slug of what one of that kind was merged into, however often; None where it was not. One statement each time."""
    found: str | None = None
    while row := session.get(EntryMerge, (kind, found or slug)):
        found = row.into_slug
    return found


def slugs(session: Session, kind: str) -> tuple[str, ...]:
    """Every slug of that kind that leads to another. One statement."""
    return tuple(session.exec(select(EntryMerge.slug).where(EntryMerge.kind == kind)))


def survivors(session: Session, kind: str) -> dict[str, str]:
    """Every slug of that kind that leads to another, with the slug it leads to in the end. One statement."""
    into = dict(session.exec(select(EntryMerge.slug, EntryMerge.into_slug).where(EntryMerge.kind == kind)).all())
    return {slug: _last(slug, into) for slug in into}


@dataclass(frozen=True)
class Merges:
    """Everything that was merged, by kind and slug, with the slug it was merged into."""

    into: Mapping[str, Mapping[str, str]]

    def last(self, kind: str, slug: str) -> str:
        """What a slug leads to in the end; itself where it was not merged."""
        return _last(slug, self.into.get(kind, {}))

    def leading_to(self, kind: str, slug: str) -> tuple[str, ...]:
        """A slug and every one of that kind that leads to it in the end."""
        return (slug, *(one for one in self.into.get(kind, {}) if self.last(kind, one) == slug))


def read(session: Session) -> Merges:
    """Every merge of statements, races and forums. One statement."""
    into: dict[str, dict[str, str]] = {}
    for row in session.exec(select(EntryMerge.kind, EntryMerge.slug, EntryMerge.into_slug)):
        kind, slug, kept = row
        into.setdefault(kind, {})[slug] = kept
    return Merges(into)


def refuse(session: Session, kind: str, slug: str) -> None:
    """Raise Conflict where that slug leads to another: nothing new may stand there."""
    kept = moved_to(session, kind, slug)
    if kept is not None:
        raise Conflict("“{slug}” was merged into “{kept}”; name that one instead.", slug=slug, kept=kept)


def _last(slug: str, into: Mapping[str, str]) -> str:
    while slug in into:
        slug = into[slug]
    return slug
