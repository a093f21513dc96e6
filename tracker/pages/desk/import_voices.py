"""/desk/imports/<key>/voices: who speaks under each printed label, said by an editor before anything is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flask import Blueprint, current_app, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.acting import Done, attempt
from tracker.config import Config
from tracker.db import reading
from tracker.forms import NEEDED, Typed
from tracker.imports import drafts, keeping, seeing
from tracker.imports.answers import VoiceAnswer
from tracker.imports.seeing import VoiceRow
from tracker.pages.desk.imports import words
from tracker.rendering import page, page_number
from transcripts.queries import names
from transcripts.queries.names import PersonNames
from transcripts.text import fold
from transcripts.vocabulary import ROLE_WORDS, Role

bp = Blueprint("import_voices", __name__, url_prefix="/desk/imports")

SIZE = 25
"""Voices on one page."""
LISTED = 2_000
"""People offered while a name is typed."""
NOBODY_KNOWN = "We know nobody of this name. Choose “a new person”, or correct it."
SEVERAL_KNOWN = "Several people are called so: give the last part of their address, such as ana-perez-2."
KNOWN_ALREADY = "We know somebody called %(known)s (%(slug)s). If it is another person, write the name in another way."
CHOICES = ("", "new", "other", "several", "nobody")


@bp.get("/<key>/voices")
def edit(key: str) -> Response:
    """Every voice with its labels, who it may be, and what was said of it."""
    return _edit(key, None, 200)


@bp.post("/<key>/voices")
def keep(key: str) -> Response:
    """Keep what an editor says of the voices of one page."""
    typed, number = Typed.sent(), page_number(request.args.get("page"))

    def work(session: Session) -> Done:
        draft = drafts.get(session, key)
        told = _told(typed, names.of_people(session))
        kept = tuple(answer for answer in draft.answers.voices if answer.label not in told)
        said = tuple(answer for answer in told.values() if answer.who or answer.role)
        version = typed.whole("version", needed=False) or 0
        keeping.answer(session, key, version, replace(draft.answers, voices=(*kept, *said)))
        return Done(url_for("import_voices.edit", key=key, page=number), key, f"{len(said)} voices")

    return attempt(typed, "say voices of import", work, lambda status: _edit(key, typed, status))


def _told(typed: Typed, people: Sequence[PersonNames]) -> dict[str, VoiceAnswer]:
    """The answers of one page by label. Raises Invalid with what is wrong beside the fields."""
    known = {person.slug: person.name for person in people}
    called: dict[str, list[str]] = {}
    for person in people:
        called.setdefault(fold(person.name), []).append(person.slug)
    told = {}
    for n in range(SIZE):
        label = typed[f"label-{n}"]
        if label:
            told[label] = _answer(typed, n, label, known, called)
    typed.check()
    return told


def _answer(
    typed: Typed, n: int, label: str, known: Mapping[str, str], called: Mapping[str, Sequence[str]]
) -> VoiceAnswer:
    """What is said of one voice; what is wrong is noted beside its fields."""
    who = typed[f"who-{n}"]
    role = typed.one_of(f"role-{n}", list(Role), needed=False) or ""
    if who.startswith("person:") and who.removeprefix("person:") in known:
        return VoiceAnswer(label, "person", who.removeprefix("person:"), role)
    chosen = typed.one_of(f"who-{n}", CHOICES, needed=False) or ""
    if chosen == "other":
        return VoiceAnswer(label, "person", _held(typed, n, known, called), role)
    if chosen == "new":
        name = typed.text(f"name-{n}")
        if name and fold(name) in called:
            slug = called[fold(name)][0]
            typed.fail(f"name-{n}", KNOWN_ALREADY, known=known[slug], slug=slug)
        return VoiceAnswer(label, "new", name, role)
    return VoiceAnswer(label, chosen, "", role)


def _held(typed: Typed, n: int, known: Mapping[str, str], called: Mapping[str, Sequence[str]]) -> str:
    """The slug of the person typed, by slug or whole name."""
    name = typed.text(f"slug-{n}", needed=False)
    slugs = [name] if name in known else called.get(fold(name), ())
    if len(slugs) != 1:
        typed.fail(f"slug-{n}", NEEDED if not name else SEVERAL_KNOWN if slugs else NOBODY_KNOWN)
        return ""
    return slugs[0]


def _edit(key: str, typed: Typed | None, status: int) -> Response:
    config: Config = current_app.config["TRACKER"]
    number = page_number(request.args.get("page"))
    with reading() as session:
        draft = drafts.get(session, key)
        seen = seeing.see(session, config, draft)
        rows, total = seeing.voices(session, draft, seen, number, SIZE)
        people = names.of_people(session)[:LISTED]
    return page(
        "desk/imports/voices.html",
        status=status,
        form=typed or _form(rows),
        draft=draft,
        seen=seen,
        rows=rows,
        total=total,
        people=people,
        roles=ROLE_WORDS,
        number=number,
        previous=url_for("import_voices.edit", key=key, page=number - 1) if number > 1 else None,
        next=url_for("import_voices.edit", key=key, page=number + 1) if number * SIZE < total else None,
        **words(draft),
    )


def _form(rows: Sequence[VoiceRow]) -> Typed:
    told: dict[str, object] = {}
    for n, row in enumerate(rows):
        answer = row.answer
        suggested = {one.slug for one in row.suggestions}
        listed = answer.name in suggested
        who = answer.who if answer.who != "person" else f"person:{answer.name}" if listed else "other"
        told |= {f"who-{n}": who, f"role-{n}": answer.role}
        told[f"slug-{n}"] = answer.name if who == "other" else ""
        told[f"name-{n}"] = answer.name if who == "new" else row.heard.cast.voice.name
    return Typed.of(told)
