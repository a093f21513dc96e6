"""/desk/topics/<slug>/words: the words by which a topic is suggested: seen, changed after a look at what that does, taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions import tags, topic_words
from positions.queries import tags as tag_queries
from positions.queries import topic_words as queries
from positions.queries.tags import OnFile
from positions.tagging import wordlist
from positions.tagging.lexicon import wrong_with
from positions.topic_tree import TreeTopic, WordChange, with_changes
from tracker.accounts.admission import signed_in
from tracker.acting import Done, attempt
from tracker.db import reading
from tracker.forms import VERSION, Typed
from tracker.i18n import LANGUAGES, gettext
from tracker.rendering import page, page_number
from transcripts.errors import NotFound
from transcripts.queries import turns
from transcripts.queries.turns import TurnView

bp = Blueprint("topic_words", __name__, url_prefix="/desk/topics/<slug>/words")

ENOUGH = 1_000
"""Turns looked at for one preview: whole forums until they hold so many, the newest first."""
SHOWN = 10
"""Turns shown of those that gain the topic, and of those that lose it."""
MANY = 50
LONGEST = 200
BEFORE, EXCERPT = 160, 500
"""Code points shown before the first word of the topic, and in all."""
OUT = "out"
FAULTY = "In “%(pattern)s”: %(why)s"
GRADE_WORDS = {
    "sure": "Says the topic by itself",
    "likely": "Says it when it comes twice, beside another word of the topic, or where the topic is being talked about",
    "hint": "Only ever adds to others",
    OUT: "Take off the list",
}


@dataclass(frozen=True)
class Excerpt:
    """Part of a turn with the words of the topic marked; `reason` why it gains the topic, None where it loses it."""

    turn: TurnView
    text: str
    marks: tuple[tuple[int, int], ...]
    reason: str | None = None


@dataclass(frozen=True)
class Preview:
    """What a change would do at the forums looked at; `next` is how many were looked at so far, None after the last."""

    on_file: OnFile
    forecast: tags.Forecast
    gained: tuple[Excerpt, ...]
    lost: tuple[Excerpt, ...]
    next: int | None


@bp.get("")
def show(slug: str) -> Response:
    """The words, and a form; an address may fill it in."""
    filled = {name: request.args.get(name, "") for name in ("lang", "grade", "patterns")}
    return _page(slug, Typed.of(filled), 200)


@bp.post("")
def change(slug: str) -> Response:
    """Look what a change would do, or make it: one form, so that what is kept is what was looked at."""
    typed = Typed.sent()
    doing, _, skip = typed["do"].partition(":")
    if doing != "keep":
        changes = _changes(typed)
        return _page(slug, typed, 422) if typed.errors else _page(slug, typed, 200, changes, page_number(skip) - 1)

    def work(session: Session) -> Done:
        changes = _changes(typed)
        seen = typed.whole(VERSION)
        typed.check()
        topic_words.change(session, slug, seen or 0, changes, signed_in().name)
        return Done(url_for(".show", slug=slug), f"topic/{slug}", f"{len(changes)} patterns")

    return attempt(typed, "change the words of a topic", work, lambda status: _page(slug, typed, status))


@bp.post("/<int:id>/undo")
def undo(slug: str, id: int) -> Response:
    """Take one change of the words back."""
    typed = Typed.sent()

    def work(session: Session) -> Done:
        topic_words.undo(session, slug, id, signed_in().name)
        return Done(url_for(".show", slug=slug), f"topic/{slug}", f"change {id}")

    return attempt(typed, "take back words of a topic", work, lambda status: _page(slug, typed, status))


def _changes(typed: Typed) -> list[WordChange]:
    """The patterns typed, one a line; what is wrong is noted beside the field."""
    patterns = typed.rows("patterns", MANY)
    lang = typed.one_of("lang", LANGUAGES, needed=bool(patterns))
    grade = typed.one_of("grade", GRADE_WORDS, needed=bool(patterns))
    for pattern in patterns:
        why = wrong_with(pattern) if len(pattern) <= LONGEST else None
        if len(pattern) > LONGEST:
            typed.fail("patterns", "At most %(n)s characters.", n=LONGEST)
        elif why:
            typed.fail("patterns", FAULTY, pattern=pattern, why=gettext(why))
    return [WordChange(lang or "", pattern, None if grade == OUT else grade) for pattern in patterns]


def _page(slug: str, typed: Typed, status: int, changes: Sequence[WordChange] | None = None, skip: int = 0) -> Response:
    """The page; with `changes` (none is a change too: the words as they stand) what they would do is shown, past `skip` forums."""
    with reading() as session:
        tree = queries.tree(session)
        topic = next((one for one in tree if one.slug == slug), None)
        if topic is None:
            raise NotFound("There is no topic “{slug}”.", slug=slug)
        history = queries.history(session, topic)
        waiting = queries.retagging(session, slug)
        preview = None if changes is None else _preview(session, tree, topic, changes, skip)
    present = max((line.id for line in history), default=0)
    return page(
        "desk/topics/words.html",
        status=status,
        topic=topic,
        form=typed,
        version=present if status == 409 or not typed[VERSION] else typed[VERSION],
        history=history,
        waiting=waiting,
        preview=preview,
        lists=[(lang, name, _by_grade(topic, lang)) for lang, name in LANGUAGES.items()],
        languages_named=list(LANGUAGES.items()),
        grades=[(grade, gettext(words)) for grade, words in GRADE_WORDS.items()],
        grade_words=GRADE_WORDS,
        out=OUT,
    )


def _by_grade(topic: TreeTopic, lang: str) -> Mapping[str, list[wordlist.ListedWord]]:
    words = wordlist.listed(topic, lang)
    return {grade: [word for word in words if word.grade == grade] for grade in wordlist.GRADES}


def _preview(
    session: Session, tree: tuple[TreeTopic, ...], topic: TreeTopic, changes: Sequence[WordChange], skip: int
) -> Preview:
    """As many statements however much is on file."""
    on_file = tag_queries.on_file(session, skip, ENOUGH)
    after = with_changes(tree, topic.slug, changes)
    forecast = tags.forecast(session, on_file.forum_ids, after, topic.slug)
    likely = sorted(forecast.gained, key=lambda id: -forecast.gained[id].weight)[:SHOWN]
    views = turns.by_ids(session, {*likely, *forecast.lost[:SHOWN]})
    looked_at = skip + len(on_file.forum_ids)
    return Preview(
        on_file=on_file,
        forecast=forecast,
        gained=tuple(
            _excerpt(views[id], after, topic.slug, forecast.gained[id].reason) for id in likely if id in views
        ),
        lost=tuple(_excerpt(views[id], tree, topic.slug) for id in forecast.lost[:SHOWN] if id in views),
        next=looked_at if looked_at < on_file.forums else None,
    )


def _excerpt(turn: TurnView, tree: tuple[TreeTopic, ...], slug: str, reason: str | None = None) -> Excerpt:
    """The text from shortly before the first word of the topic, whole words, with dots where something is left out."""
    marks = wordlist.marks(turn.text, tree, slug)
    first = marks[0][0] - BEFORE if marks else 0
    start = turn.text.find(" ", first) + 1 if first > 0 else 0
    end = start + EXCERPT if len(turn.text) > start + EXCERPT else len(turn.text)
    end = max(turn.text.rfind(" ", start, end), start) if end < len(turn.text) else end
    before, after = "… " if start else "", " …" if end < len(turn.text) else ""
    shift = len(before) - start
    inside = tuple((one + shift, two + shift) for one, two in marks if one >= start and two <= end)
    return Excerpt(turn, f"{before}{turn.text[start:end]}{after}", inside, reason)
