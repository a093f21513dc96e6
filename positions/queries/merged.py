"""Where the address of something entered twice leads since it was merged."""

from collections.abc import Mapping

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


def refuse(session: Session, kind: str, slug: str) -> None:
    """Raise Conflict where that slug leads to another: nothing new may stand there."""
    kept = moved_to(session, kind, slug)
    if kept is not None:
        raise Conflict("“{slug}” was merged into “{kept}”; name that one instead.", slug=slug, kept=kept)


def _last(slug: str, into: Mapping[str, str]) -> str:
    while slug in into:
        slug = into[slug]
    return slug
