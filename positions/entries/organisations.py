"""Organisations: name, address, and the stake they have in a subject."""

from sqlmodel import Session, col, select

from positions.entries.entry import Doc, Kind, both, by_slug, free_slug, needed, take_away
from positions.load_document import checked
from positions.load_record import keep_organisation
from positions.load_schema import Organisation as Entry
from transcripts.errors import Refusal
from transcripts.models import Forum, ForumOrganisation, Organisation


def read(session: Session, slug: str) -> Doc | None:
    """One organisation with what it was to each forum: [slug of the forum, role], in order."""
    row = by_slug(session, Organisation, slug)
    if row is None:
        return None
    roles = session.exec(
        select(Forum.slug, ForumOrganisation.role)
        .join(ForumOrganisation, col(ForumOrganisation.forum_id) == col(Forum.id))
        .where(ForumOrganisation.organisation_id == row.id)
        .order_by(col(Forum.slug), col(ForumOrganisation.role))
    )
    return {
        "slug": row.slug,
        "name": row.name,
        "url": row.url,
        "interest": both(row.interest_en, row.interest_es),
        "roles": [list(role) for role in roles],
    }


def write(session: Session, slug: str, doc: Doc) -> None:
    """Bring one organisation and its roles into line; a role at a forum that is not there is left to that forum. Raises BadEntry."""
    said = {name: value for name, value in doc.items() if name != "roles"}
    keep_organisation(session, checked(Entry, {**said, "slug": slug}))
    row = needed(session, Organisation, slug, "organisation")
    wanted = {
        (forum.id or 0, role)
        for name, role in doc.get("roles", ())
        if (forum := by_slug(session, Forum, name)) is not None
    }
    held = session.exec(select(ForumOrganisation).where(ForumOrganisation.organisation_id == row.id)).all()
    for one in held:
        if (one.forum_id, one.role) not in wanted:
            session.delete(one)
    there = {(one.forum_id, one.role) for one in held}
    session.add_all(
        ForumOrganisation(forum_id=forum_id, organisation_id=row.id or 0, role=role)
        for forum_id, role in sorted(wanted - there)
    )
    session.flush()


def remove(session: Session, slug: str) -> None:
    """Take an organisation away with its roles. Raises NotFound."""
    row = needed(session, Organisation, slug, "organisation")
    roles = session.exec(select(ForumOrganisation).where(ForumOrganisation.organisation_id == row.id)).all()
    take_away(session, (*roles, row), row.name)


def merged(session: Session, gone: str, kept: str) -> tuple[Doc, Doc]:
    """(the one that goes, the one that stays) as both are after merging: every role of the first is the second's.

    Raises NotFound; Refusal for one and the same.
    """
    if gone == kept:
        raise Refusal("These are one organisation already.")
    docs = [read(session, slug) or {} for slug in (gone, kept)]
    for slug in (gone, kept):
        needed(session, Organisation, slug, "organisation")
    roles = sorted({tuple(role) for doc in docs for role in doc["roles"]})
    stays = {**docs[1], "roles": [list(role) for role in roles]}
    return docs[0], {**stays, **{name: docs[0][name] for name in ("url", "interest") if stays[name] is None}}


def new_slug(session: Session, name: str) -> str:
    """A free slug for a new organisation."""
    return free_slug(name, session.exec(select(Organisation.slug)).all(), "organisation")


KIND = Kind(read, write, remove)
