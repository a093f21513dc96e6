"""Organisations: the list, each with what it was to forums."""

from collections import defaultdict
from dataclasses import dataclass

from sqlmodel import Session, col, select

from transcripts.bilingual import Bilingual, both
from transcripts.models import Forum, ForumOrganisation, Organisation


@dataclass(frozen=True)
class OrganisationRow:
    """An organisation, and each forum (slug, title) with what it was there."""

    slug: str
    name: str
    url: str | None
    interest: Bilingual | None
    forums: tuple[tuple[str, Bilingual, str], ...]


def every(session: Session) -> tuple[OrganisationRow, ...]:
    """All of them by name. Two statements."""
    said: dict[int, list[tuple[str, Bilingual, str]]] = defaultdict(list)
    rows = session.exec(
        select(ForumOrganisation, Forum.slug, Forum.title_en, Forum.title_es)
        .join(Forum, col(Forum.id) == col(ForumOrganisation.forum_id))
        .order_by(col(Forum.held_on).desc(), col(Forum.id), col(ForumOrganisation.role))
    )
    for link, slug, title_en, title_es in rows:
        said[link.organisation_id].append((slug, Bilingual(title_en, title_es), link.role))
    return tuple(
        OrganisationRow(
            body.slug, body.name, body.url, both(body.interest_en, body.interest_es), tuple(said[body.id or 0])
        )
        for body in session.exec(select(Organisation).order_by(col(Organisation.name), col(Organisation.id)))
    )
