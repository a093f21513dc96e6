"""/turns/<key>/cite: words of the record in every form a reader can copy; without JavaScript by a form and by files."""

from flask import Blueprint, current_app, make_response, redirect, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker import citing
from tracker.citing import Voice
from tracker.config import Config
from tracker.db import reading
from tracker.i18n import current_language, gettext
from tracker.pages.turns import asked_place
from tracker.rendering import page
from transcripts import anchors
from transcripts.citing import FORMS, form
from transcripts.queries import citations
from transcripts.queries.citations import Quoted
from transcripts.text import clean

bp = Blueprint("cite", __name__, url_prefix="/turns/<key>/cite")


@bp.get("")
def show(key: str) -> Response:
    """Every form of a citation of the words asked for; of all that was said where none are."""
    with reading() as session:
        found = _found(session, key)
        by = _voice(session)
        cards = by.cards
    if not found.words:
        return redirect(url_for("turns.show", key=found.survivor or found.turn.key), 302)
    wanted = clean(request.args.get("exact", ""))
    place = anchors.find(found.turn.text, wanted) if wanted.strip() else None
    if place:
        return redirect(
            url_for("cite.show", key=found.turn.key, words=f"{place.start}-{place.end}", v=found.turn.version)
        )
    cited = citing.citation(found, by)
    return page(
        "cite/show.html",
        found=found,
        turn=found.turn,
        cited=cited,
        notes=cited.notes,
        place=citing.place(found),
        wanted=wanted if wanted.strip() else "",
        forms=[(one, one.write(cited, gettext)) for one in FORMS],
        frame=citing.frame(found, cited, by) if cards else None,
        shared=citing.shared(found.turn, found.question, found.words, citing.path(found), by),
    )


@bp.get("/<name>")
def file(key: str, name: str) -> Response:
    """One form as a file, for reference managers and for those without a clipboard."""
    chosen = form(name)
    with reading() as session:
        found = _found(session, key)
        cited = citing.citation(found, _voice(session))
    response = make_response(chosen.write(cited, gettext))
    response.content_type = f"{chosen.media_type}; charset=utf-8"
    filename = f"{found.turn.key.lower()}-{chosen.name}{chosen.suffix}"
    response.headers.set("Content-Disposition", "attachment", filename=filename)
    return response


def _found(session: Session, key: str) -> Quoted:
    return citations.of_turn(session, key.upper(), *(asked_place() or ()))


def _voice(session: Session) -> Voice:
    config: Config = current_app.config["TRACKER"]
    return citing.voice(session, config, current_language(), gettext)
