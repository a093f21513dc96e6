"""Words come in: one way for the command line, the demo world and the editors' desk to store files and interpret them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from slugify import slugify
from sqlmodel import Session, col, select

from positions import attribution, reanchoring, stances, tags, topic_words
from positions.keeping import keep
from positions.load_schema import Forum as LoadedForum
from positions.loading import BringFile, ReadFile
from positions.models import Contest, ContestForum
from positions.queries import merged, names
from transcripts import annotating, drafting, importing
from transcripts.errors import BadFile, Conflict, NotFound, Refusal
from transcripts.importing import Choices, Received, Step, Stored
from transcripts.models import Forum, now
from transcripts.vocabulary import ForumKind, Role


@dataclass(frozen=True)
class NewForum:
    """What must be known of a forum before its first file: `held_on` is its local day in `zone`."""

    title: str
    held_on: date
    place: str
    zone: str
    kind: ForumKind = ForumKind.FORUM
    language: str = "en"


@dataclass(frozen=True)
class Place:
    """Where files go: the forum held under `slug`, or one with the facts of `new`; `contest` is the race whose candidates spoke."""

    slug: str | None = None
    new: NewForum | None = None
    contest: str | None = None


STEPS = (*importing.STEPS, "topics")
"""What storing and interpreting does, in its order."""


def find(session: Session, slug: str | None, new: NewForum | None) -> Forum | None:
    """The forum of that slug, or into which it was merged, or the one that has the facts of `new` already (None: yet to be made).

    Raises NotFound for a slug that is not held.
    """
    if new is not None:
        same = select(Forum).where(Forum.title_en == new.title, Forum.held_on == new.held_on)
        return session.exec(same.order_by(col(Forum.id))).first()
    kept = merged.moved_to(session, "forum", slug) if slug else None
    forum = session.exec(select(Forum).where(Forum.slug == (kept or slug))).one_or_none()
    if forum is None:
        raise NotFound("There is no forum “{slug}”. Name a new one with --title, --date and --place.", slug=slug)
    return forum


def add_forum(session: Session, new: NewForum) -> Forum:
    """Write a forum; its slug is made of title and year, and of the day where that is taken. Raises Refusal."""
    try:
        ZoneInfo(new.zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise Refusal("There is no time zone “{zone}”; zones look like America/New_York.", zone=new.zone) from error
    base = slugify(new.title, max_length=80, word_boundary=True) or "forum"
    tried = (f"{base}-{new.held_on:%Y}", f"{base}-{new.held_on:%Y-%m-%d}")
    taken = {*session.exec(select(Forum.slug).where(col(Forum.slug).in_(tried))), *merged.slugs(session, "forum")}
    free = [slug for slug in tried if slug not in taken]
    if not free:
        raise Conflict(
            "There is a forum “{slug}” already; name it with --forum, or give another title.", slug=tried[-1]
        )
    forum = Forum(
        slug=free[0],
        title_en=new.title,
        kind=new.kind,
        held_on=new.held_on,
        zone=new.zone,
        city=new.place,
        language=new.language,
    )
    session.add(forum)
    session.flush()
    return forum


def link_contest(session: Session, forum: Forum, slug: str) -> None:
    """Say that the candidates of a race were heard at a forum. Raises NotFound."""
    contest_id = session.exec(select(Contest.id).where(Contest.slug == _held(session, slug))).one()
    keep(session, ContestForum, {"contest_id": contest_id, "forum_id": forum.id}, {})


def _held(session: Session, slug: str) -> str:
    if session.exec(select(Contest.id).where(Contest.slug == slug)).one_or_none() is None:
        raise NotFound(
            "There is no race “{slug}”. `tracker contests` lists them; `tracker load` brings new ones.", slug=slug
        )
    return slug


def with_candidates(session: Session, choices: Choices, forum: Forum | None, contest: str | None) -> Choices:
    """The choices with everybody who stands in the forum's races among the people a voice may be. Raises NotFound."""
    heard = [names.candidates(session, names.races_heard_at(forum.slug))] if forum else []
    named = [names.candidates(session, names.races(_held(session, contest)))] if contest else []
    slugs = dict.fromkeys(slug for found in (*heard, *named) for slug, _ in found)
    return replace(choices, people=tuple((slug, Role.CANDIDATE) for slug in slugs))


def quotations_after(
    session: Session, files: Sequence[Received], forum: Forum, choices: Choices
) -> tuple[dict[str, int], dict[str, int]]:
    """What becomes of (evidence, annotations) were these files stored: how many get which status. Writes nothing."""
    assert forum.id is not None, "the forum is written before its record"
    draft = drafting.draft(session, files, forum, choices)
    return reanchoring.forecast(session, forum.id, draft), annotating.forecast(session, draft)


def preview(
    session: Session, files: Sequence[Received], place: Place | None, choices: Choices
) -> tuple[Forum | None, importing.Preview]:
    """What storing these files there would do, and the forum: None where it is yet to be made, or named. Writes nothing.

    Raises NotFound.
    """
    forum = find(session, place.slug, place.new) if place else None
    known = with_candidates(session, choices, forum, place.contest if place else None)
    return forum, importing.preview(session, files, forum, known)


def bring(
    session: Session,
    files: Sequence[Received],
    place: Place,
    choices: Choices,
    clock: Callable[[], datetime] = now,
    step: Step = lambda _: None,
) -> tuple[Forum, Stored]:
    """Store files where they belong, the forum made and linked to its race first, and interpret them: the `--yes` of an import.

    Part of the caller's transaction: everything or nothing; `step` hears what begins now (STEPS) and may raise.
    """
    forum = find(session, place.slug, place.new)
    if forum is None:
        assert place.new is not None, "a forum that is named is found or refused"
        forum = add_forum(session, place.new)
    if place.contest:
        link_contest(session, forum, place.contest)
    return forum, store_and_interpret(session, files, forum, choices, clock, step)


def store_and_interpret(
    session: Session,
    files: Sequence[Received],
    forum: Forum,
    choices: Choices,
    clock: Callable[[], datetime] = now,
    step: Step = lambda _: None,
) -> Stored:
    """Store files as a forum's record and draw from them what a machine may: topics suggested, reports become quotations.

    Part of the caller's transaction: everything or nothing.
    """
    assert forum.id is not None, "the forum is written before its record"
    known = replace(with_candidates(session, choices, forum, None), guarded=attribution.guarded(session, forum.id))
    stored = importing.store(session, files, forum, known, clock, step)
    if stored.changed:
        step("topics")
        stances.upgrade_reported(session, stored.forum_id)
        reanchoring.reanchor(session, stored.forum_id, clock)
        tags.suggest_for_forum(session, stored.forum_id, topic_words.in_force(session))
    return stored


def file_reader(folder: Path) -> ReadFile:
    """How `tracker load` reads a file that an entry names: looked for beside the loaded file."""

    def read(name: str) -> bytes:
        try:
            return (folder / name).read_bytes()
        except OSError as error:
            raise BadFile(
                "“{file}” cannot be read beside the loaded file ({error}).", file=name, error=error.strerror
            ) from error

    return read


def file_bringer(folder: Path) -> BringFile:
    """How `tracker load` brings the transcript of a forum: read as `file_reader` does, through the ordinary importer."""
    read = file_reader(folder)

    def bring(session: Session, forum: Forum, entry: LoadedForum) -> bool:
        name = str(entry.file)
        choices = Choices(grade=entry.grade, right=entry.right, source_key=entry.source)
        return store_and_interpret(session, [importing.receive(read(name), name)], forum, choices).changed

    return bring
