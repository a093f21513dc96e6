"""Forums with their races, organisations and recordings, and the sources about them."""

from typing import Any

from slugify import slugify
from sqlmodel import Session, SQLModel, col, select

from positions.entries.entry import Doc, Kind, both, by_slug, free_slug, needed, take_away
from positions.load_document import checked
from positions.load_record import keep_forum, keep_role, keep_source
from positions.load_schema import Forum as Entry
from positions.load_schema import Source as SourceEntry
from positions.models import Contest, ContestForum
from positions.queries import merged
from transcripts import addresses
from transcripts.errors import NotFound, Refusal
from transcripts.models import Forum, ForumOrganisation, MediaPart, Organisation, Source
from transcripts.search.outbox import enqueue_forums

_OWN = ("races", "parts")
"""What a loaded file does not say under a forum."""


def read(session: Session, slug: str) -> Doc | None:
    """One forum: what a loaded file says of it, the slugs of its `races`, and the recordings of its `parts` by number from 0."""
    row = by_slug(session, Forum, slug)
    if row is None:
        return None
    parts = session.exec(select(MediaPart).where(MediaPart.forum_id == row.id).order_by(col(MediaPart.part)))
    bodies = session.exec(
        select(Organisation.slug, ForumOrganisation.role)
        .join(ForumOrganisation, col(ForumOrganisation.organisation_id) == col(Organisation.id))
        .where(ForumOrganisation.forum_id == row.id)
        .order_by(col(Organisation.slug), col(ForumOrganisation.role))
    )
    races = select(Contest.slug).join(ContestForum, col(ContestForum.contest_id) == col(Contest.id))
    return {
        "slug": row.slug,
        "title": both(row.title_en, row.title_es),
        "kind": row.kind,
        "date": row.held_on.isoformat(),
        "zone": row.zone,
        "venue": row.venue,
        "city": row.city,
        "attendance": row.attendance,
        "language": row.language,
        "video": row.video_url,
        "parts": {str(part.part): part.video_url for part in parts},
        "fictional": row.fictional,
        "summary": both(row.summary_en, row.summary_es),
        "organisations": [{"organisation": body, "role": role} for body, role in bodies],
        "races": list(session.exec(races.where(ContestForum.forum_id == row.id).order_by(col(Contest.slug)))),
    }


def write(session: Session, slug: str, doc: Doc) -> None:
    """Bring one forum into line, what it belongs to included; its words are searched anew. Raises BadEntry, NotFound, Refusal."""
    entry = checked(Entry, {**{name: value for name, value in doc.items() if name not in _OWN}, "slug": slug})
    forum, _ = keep_forum(session, entry)
    forum_id = forum.id or 0
    bodies = {
        (needed(session, Organisation, one.organisation, "organisation").id or 0, str(one.role))
        for one in entry.organisations
    }
    for row in session.exec(select(ForumOrganisation).where(ForumOrganisation.forum_id == forum_id)).all():
        if (row.organisation_id, row.role) not in bodies:
            session.delete(row)
    for organisation_id, role in sorted(bodies):
        keep_role(session, forum_id, organisation_id, role)
    races = {needed(session, Contest, race, "race").id or 0 for race in doc.get("races", ())}
    in_line(session, ContestForum, {"forum_id": forum_id}, "contest_id", races)
    _parts(session, forum_id, doc.get("parts", {}))
    session.flush()
    enqueue_forums(session, [forum_id])


def in_line(session: Session, model: type[SQLModel], which: dict[str, Any], column: str, wanted: set[int]) -> set[int]:
    """Make the rows of a link table where `which` holds link to `wanted` and nothing else; returns the ids no longer linked."""
    held = {getattr(row, column): row for row in session.exec(select(model).filter_by(**which)).all()}
    for id, row in held.items():
        if id not in wanted:
            session.delete(row)
    session.add_all(model(**which, **{column: id}) for id in sorted(wanted - held.keys()))
    session.flush()
    return held.keys() - wanted


def _parts(session: Session, forum_id: int, videos: dict[str, str]) -> None:
    for url in videos.values():
        if not addresses.is_address(url):
            raise Refusal("“{url}” is no address of a recording; it looks like https://video.example/watch.", url=url)
    for row in session.exec(select(MediaPart).where(MediaPart.forum_id == forum_id)).all():
        if str(row.part) not in videos:
            session.delete(row)
    for part, url in videos.items():
        session.merge(MediaPart(forum_id=forum_id, part=int(part), video_url=url))


def remove(session: Session, slug: str) -> None:
    """Take a forum away that holds no words and no sources. Raises NotFound, Conflict."""
    row = needed(session, Forum, slug, "forum")
    linked = [
        one
        for model in (ForumOrganisation, ContestForum, MediaPart)
        for one in session.exec(select(model).filter_by(forum_id=row.id)).all()
    ]
    take_away(session, (*linked, row), row.title_en)


def new_slug(session: Session, title: str, year: int) -> str:
    """A free slug for a new forum, of its title and year."""
    base = slugify(title, max_length=80, word_boundary=True) or "forum"
    taken = {*session.exec(select(Forum.slug)), *merged.slugs(session, "forum")}
    return free_slug(base if base.endswith(str(year)) else f"{base} {year}", taken, base)


def _source(session: Session, key: str) -> tuple[Forum, Source | None]:
    slug, _, name = key.partition("/")
    forum = needed(session, Forum, slug, "forum")
    return forum, session.exec(select(Source).where(Source.forum_id == forum.id, Source.key == name)).one_or_none()


def read_source(session: Session, key: str) -> Doc | None:
    """One source, by its forum's slug and its own key."""
    slug, _, name = key.partition("/")
    of_forum = select(Source).join(Forum, col(Forum.id) == col(Source.forum_id))
    row = session.exec(of_forum.where(Forum.slug == slug, Source.key == name)).one_or_none()
    if row is None:
        return None
    return {
        "key": row.key,
        "kind": row.kind,
        "title": row.title,
        "publisher": row.publisher,
        "date": row.published_on.isoformat() if row.published_on else None,
        "url": row.url,
        "grade": row.grade,
        "interest": both(row.interest_en, row.interest_es),
    }


def write_source(session: Session, key: str, doc: Doc) -> None:
    """Bring one source into line. Raises BadEntry, NotFound."""
    forum, _ = _source(session, key)
    keep_source(session, forum.id or 0, checked(SourceEntry, {**doc, "key": key.partition("/")[2]}))


def remove_source(session: Session, key: str) -> None:
    """Take a source away on which no record and no evidence rests. Raises NotFound, Conflict."""
    _, row = _source(session, key)
    if row is None:
        raise NotFound("There is no such source any more.")
    take_away(session, (row,), row.title)


def source_key(session: Session, slug: str, title: str) -> str:
    """A free key for a new source of a forum."""
    forum = needed(session, Forum, slug, "forum")
    return free_slug(title, session.exec(select(Source.key).where(Source.forum_id == forum.id)).all(), "source")


KIND = Kind(read, write, remove)
SOURCE = Kind(read_source, write_source, remove_source)
