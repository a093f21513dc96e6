"""/desk/classes/<class>/assignments: what a teacher gives a class to read: pick questions, see what they come to, choose who sees what."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, request, url_for
from slugify import slugify
from sqlmodel import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from positions.classes import assigning, codebook, listing, reading
from positions.classes.assigning import Wanted, WantedTag
from positions.classes.presets import PRESETS, Preset
from positions.classes.reading import GONE
from positions.classes.visibility import Policy
from positions.queries import topics
from tracker.accounts.admission import signed_in
from tracker.acting import Done, attempt
from tracker.classes.naming import in_log
from tracker.db import reading as reader
from tracker.forms import Typed
from tracker.i18n import current_language, gettext, translated
from tracker.rendering import page
from transcripts import guarded
from transcripts.bilingual import Bilingual
from transcripts.codebooks import Code
from transcripts.errors import NotFound, Refusal
from transcripts.queries import forums
from transcripts.text import clean, fold

bp = Blueprint("assignments", __name__, url_prefix="/desk/classes/<room>/assignments")

UNIT_WORDS = {"turn": "Each answer as a whole", "sentence": "Sentences", "words": "Any words in an answer"}
POLICY_WORDS = {
    "hidden": "When they have handed in their own",
    "until": "From a day on",
    "open": "As soon as others have handed in",
    "private": "Never",
}
TWICE = "Each tag needs a name of its own: “%(tag)s” is there twice."
TITLE, INSTRUCTIONS, TAG_LINES = 120, 2_000, 60
MOST_BYTES = 50_000_000
"""Of a codebook: a project carries the texts and recordings that were coded."""


@bp.get("")
def index(room: str) -> Response:
    """What the class was given so far."""
    with reader() as session:
        held = listing.room(session, room, signed_in().id)
        given = listing.assignments_of(session, held.id)
    return page("desk/assignments/index.html", room=held, given=given)


@bp.get("/new")
def new(room: str) -> Response:
    """Choose a forum and a kind of task; then pick questions and see what they come to."""
    preset = PRESETS.get(request.args.get("preset", ""))
    forum = request.args.get("forum")
    if not forum:
        return _choose(room, preset)
    said = [(name, clean(value)) for name, value in request.args.items(multi=True)]
    typed = Typed(MultiDict(said)) if request.args.get("form_key") else _with_defaults(forum, preset)
    return _form(room, typed, 200)


@bp.post("/new")
def create(room: str) -> Response:
    """Give it to the class. The tags are those of a codebook, where a file brings one: it is read in the guarded child."""
    request.max_content_length = MOST_BYTES
    typed = Typed.sent()
    try:
        codes = _codes()
    except Refusal as refusal:
        typed.refusal = translated(refusal)
        return _form(room, typed, 422)

    def work(session: Session) -> Done:
        held = listing.room(session, room, signed_in().id)
        wanted = _wanted(session, typed, codes)
        typed.check()
        key = assigning.make(session, held.id, typed["forum"], wanted)
        return Done(url_for(".show", room=room, key=key), in_log("class", room), typed["forum"])

    return attempt(typed, "give a class an assignment", work, lambda status: _form(room, typed, status))


@bp.get("/<key>")
def show(room: str, key: str) -> Response:
    """One assignment: what is read, with which tags, under which rule, and the ways to the class's work."""
    with reader() as session:
        held = listing.room(session, room, signed_in().id)
        sheet, _ = reading.for_teacher(session, key, signed_in().id)
        others = listing.rooms_of(session, signed_in().id)
    if sheet.class_id != held.id:
        raise NotFound(GONE)
    return page(
        "desk/assignments/show.html", room=held, sheet=sheet, units=UNIT_WORDS, policies=POLICY_WORDS, others=others
    )


@bp.post("/<key>/copy")
def copy(room: str, key: str) -> Response:
    """The same for another class of this teacher, in the words of today and without anybody's work."""
    typed = Typed.sent()

    def work(session: Session) -> Done:
        teacher = signed_in().id
        into = listing.room(session, typed["into"], teacher)
        sheet, _ = reading.for_teacher(session, key, teacher)
        made = assigning.copy(session, sheet, into.id)
        return Done(url_for(".show", room=into.key, key=made), in_log("class", into.key), "a copy")

    return attempt(typed, "copy an assignment", work, lambda _: show(room, key))


def _choose(room: str, preset: Preset | None) -> Response:
    with reader() as session:
        held = listing.room(session, room, signed_in().id)
        listed = [one for one in forums.every(session) if one.record and one.turns]
    return page("desk/assignments/choose.html", room=held, forums=listed, presets=PRESETS, chosen=preset)


def _form(room: str, typed: Typed, status: int) -> Response:
    with reader() as session:
        held = listing.room(session, room, signed_in().id)
        forum = forums.by_slug(session, typed["forum"])
        questions = assigning.questions_of(session, typed["forum"])
    return page(
        "desk/assignments/new.html",
        fragment="load",
        status=status,
        room=held,
        form=typed,
        forum=forum.line,
        questions=questions,
        load=assigning.load_of(questions, typed.all("questions")),
        preset=PRESETS.get(typed["preset"]),
        units=_worded(UNIT_WORDS),
        policies=_worded(POLICY_WORDS),
    )


def _with_defaults(forum: str, preset: Preset | None) -> Typed:
    lang = current_language()
    return Typed.of(
        {
            "forum": forum,
            "preset": preset.key if preset else "own",
            "title": preset.name.within(lang) if preset else "",
            "instructions": preset.instructions.within(lang) if preset else "",
            "tags": _lines(preset.tags, lang) if preset else "",
            "unit": preset.unit if preset else "turn",
            "exclusive": "1" if preset and preset.exclusive else "",
            "names_hidden": "1" if preset and preset.names_hidden else "",
            "policy": Policy.HIDDEN,
            "comments": "1",
            "replies": "1",
            "least": "0",
        }
    )


def _codes() -> tuple[Code, ...]:
    """The codes of the file that was sent; none where none was. Raises BadFile, Conflict."""
    file = request.files.get("codebook")
    return guarded.codes(file.read(), file.filename) if file is not None and file.filename else ()


def _wanted(session: Session, typed: Typed, codes: tuple[Code, ...]) -> Wanted:
    preset = PRESETS.get(typed["preset"])
    policy = Policy(typed.one_of("policy", tuple(Policy)) or Policy.HIDDEN)
    seen_from = typed.day("seen_from", needed=policy == Policy.UNTIL)
    due = typed.day("due", needed=False)
    raters = typed.whole("raters", 1, 100, needed=False)
    return Wanted(
        title=typed.text("title", TITLE),
        questions=tuple(typed.all("questions")),
        tags=_of_codebook(session, codes) if codes else _tags(session, typed, preset),
        preset=preset.key if preset else "own",
        instructions=typed.text("instructions", INSTRUCTIONS, needed=False, lines=True),
        unit=typed.one_of("unit", UNIT_WORDS) or "turn",
        exclusive=typed.ticked("exclusive"),
        policy=policy,
        seen_from=_moment(seen_from, time.min) if policy == Policy.UNTIL else None,
        names_hidden=typed.ticked("names_hidden"),
        comments=typed.ticked("comments"),
        replies=typed.ticked("replies"),
        raters=raters,
        least=typed.whole("least", 0, 100, needed=False) or 0,
        due_at=_moment(due, time(23, 59, 59)),
    )


def _tags(session: Session, typed: Typed, preset: Preset | None) -> tuple[WantedTag, ...]:
    """The tags as typed, one a line: a name, then perhaps a colon and what it means. What a preset says stays in both languages.

    A tag that has the name of a topic stands for it.
    """
    typed_lines = typed.rows("tags", TAG_LINES)
    for lang in ("en", "es"):
        if preset and typed_lines == _lines(preset.tags, lang).split("\n"):
            return preset.tags
    known = _topics(session)
    own: list[WantedTag] = []
    for line in typed_lines:
        name, _, what = (part.strip() for part in line.partition(":"))
        key = slugify(name)[:60] or f"tag-{len(own) + 1}"
        taken = {one.key for one in own}
        if key in taken:
            typed.fail("tags", TWICE, tag=name)
        own.append(WantedTag(key, Bilingual(name), Bilingual(what), topic=known.get(fold(name))))
    return tuple(own)


def _of_codebook(session: Session, codes: tuple[Code, ...]) -> tuple[WantedTag, ...]:
    known = _topics(session)
    return tuple(replace(tag, topic=known.get(fold(tag.name.en))) for tag in codebook.wanted_tags(codes))


def _topics(session: Session) -> dict[str, str]:
    """The slugs of topics by their folded names, in either language."""
    return {fold(name): one.slug for one in topics.every(session) for name in one.name if name}


def _lines(tags: tuple[WantedTag, ...], lang: str) -> str:
    return "\n".join(f"{one.name.within(lang)}: {one.description.within(lang)}" for one in tags)


def _moment(day: date | None, at: time) -> datetime | None:
    """A local moment of the site's zone, in UTC."""
    zone = ZoneInfo(current_app.config["TRACKER"].zone)
    return datetime.combine(day, at, zone).astimezone(UTC) if day else None


def _worded(words: dict[str, str]) -> list[tuple[str, str]]:
    return [(code, gettext(text)) for code, text in words.items()]
