"""/desk/changes: what was done with the forms, to everything or to one object, and the way back."""

from collections.abc import Mapping

from flask import Blueprint, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.followthrough.vocabulary.acts import ACT_LEVEL_WORDS, ACT_RESULT_WORDS
from positions.followthrough.vocabulary.documents import DOCUMENT_WORDS
from positions.followthrough.vocabulary.programs import STAGE_WORDS
from tracker import edits
from tracker.accounts.admission import signed_in
from tracker.acting import Done, perform
from tracker.db import reading
from tracker.edits import Author
from tracker.forms import Typed
from tracker.i18n import gettext
from tracker.pages.desk import documents, forums, races, statements
from tracker.pages.desk.entering import FieldChange, field_words, kind_words
from tracker.rendering import page, page_number
from transcripts.errors import NotFound

bp = Blueprint("changes", __name__, url_prefix="/desk")

PLACES = {
    "race": "desk_races.show",
    "forum": "desk_forums.show",
    "organisation": "organisations.show",
    "person": "people.show",
    "topic": "desk_topics.show",
    "commitment": "desk_commitments.show",
    "term": "desk_glossary.show",
    "act": "desk_acts.show",
    "design": "desk_models.show",
    "program": "desk_programs.show",
    "document": "desk_documents.show",
}
"""Where the form of an object is, by kind; each takes its slug."""
VALUE_WORDS: Mapping[str, Mapping[str, str]] = {
    "kind": {
        str(kind): words
        for kind, words in (*forums.KIND_WORDS.items(), *forums.SOURCE_WORDS.items(), *DOCUMENT_WORDS.items())
    },
    "type": statements.TYPE_WORDS,
    "status": races.STATUS_WORDS,
    "stage": {str(stage): words for stage, words in STAGE_WORDS.items()},
    "level": {str(level): words for level, words in ACT_LEVEL_WORDS.items()},
    "result": {str(result): words for result, words in ACT_RESULT_WORDS.items()},
    "right": {str(right): words for right, words in documents.RIGHT_WORDS.items()},
}
"""Codes that stand in fields, by the field."""


@bp.get("/changes")
def index() -> Response:
    """Everything that was done, the latest first."""
    return _list(None)


@bp.get("/changes/<kind>/<key>")
def show(kind: str, key: str) -> Response:
    """What was done to one object."""
    if kind not in PLACES and kind != "site":
        raise NotFound("Nothing of the kind “{kind}” is kept here.", kind=kind)
    return _list(f"{kind}/{key}")


@bp.post("/undo/<act>")
def undo(act: str) -> Response:
    """Take one act back."""
    typed = Typed.sent()

    def work(session: Session) -> Done:
        about = edits.undo(session, act, Author(signed_in().name, typed.text("why", 500, needed=False)))
        kind, _, key = about.partition("/")
        return Done(url_for("changes.show", kind=kind, key=key), about, act)

    return perform(typed, "undo", work)


def _list(about: str | None) -> Response:
    number = page_number(request.args.get("page"))
    with reading() as session:
        acts, more = edits.history(session, about, number)
    if about and not acts and number == 1:
        kind, _, key = about.partition("/")
        with reading() as session:
            edits.held(session, kind, key)
    told = [(act, _fields(act), _about(act.about), _place(act.about)) for act in acts]
    here = dict(request.view_args or {})
    following = url_for(str(request.endpoint), **here, page=number + 1) if more else None
    previous = url_for(str(request.endpoint), **here, page=number - 1) if number > 1 else None
    place = _place(about) if about else None
    return page(
        "desk/changes/show.html",
        acts=told,
        about=_about(about) if about else None,
        place=place,
        next=following,
        previous=previous,
    )


def _value(field: str, text: str) -> str:
    """What stood in a field; a code in words."""
    return gettext(VALUE_WORDS[field][text]) if text in VALUE_WORDS.get(field, {}) else text


def _about(about: str) -> str:
    """What an act was about: the kind in words, and the last part of its address."""
    kind, _, key = about.partition("/")
    return f"{kind_words(kind)}: {key}"


def _fields(act: edits.Act) -> list[tuple[str, list[FieldChange]]]:
    """The objects an act touched, each with its fields in words."""
    found: dict[tuple[str, str], list[FieldChange]] = {}
    for line in act.lines:
        change = FieldChange(field_words(line.field), _value(line.field, line.before), _value(line.field, line.after))
        found.setdefault((line.kind, line.key), []).append(change)
    return [(f"{kind_words(kind)}: {key}", changes) for (kind, key), changes in found.items()]


def _place(about: str) -> str | None:
    kind, _, key = about.partition("/")
    if kind == "site":
        return url_for("desk_site.show")
    return url_for(PLACES[kind], slug=key) if kind in PLACES else None
