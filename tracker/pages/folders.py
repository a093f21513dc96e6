"""/folders: quotations somebody keeps without an account: in order, with notes, shared by a second link, taken away as CSV or JSON.

Whoever holds the first link may change the folder. The link is kept nowhere: the database holds digests, no page but the
folder's own prints it, and its address is told to no other site.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlencode

from flask import Blueprint, current_app, make_response, redirect, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker import citing, quote_folders
from tracker.citing import GONE, Voice
from tracker.db import Database, reading
from tracker.forms import VERSION, Typed
from tracker.i18n import current_language, gettext, translated
from tracker.limits import limited
from tracker.pages.turns import asked_place, placed
from tracker.rendering import page, private
from transcripts import folders
from transcripts.addresses import parts_of
from transcripts.capabilities import digest
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.queries import citations
from transcripts.queries import folders as held
from transcripts.queries.citations import Quoted
from transcripts.queries.folders import KEPT_DAYS, NO_FOLDER, Folder

bp = Blueprint("folders", __name__, url_prefix="/folders")

TOO_MANY = "Many changes came from this address. Wait an hour, then send it again; what you typed is still here."
NO_LINK = "This is not the link of a folder you can change. It looks like the one you kept when you started it."
NO_WORDS = "This is not the address of words on this site. Copy it from the page where they stand."
OURS = re.compile(r"/folders/([A-Za-z0-9_-]{32})(?:[/?#].*)?$")
WORDS = re.compile(r"(?:/turns/|#t-)([0-9A-Za-z]{26})(?![0-9A-Za-z])")

Work = Callable[[Session, Typed], None]


@bp.get("")
def index() -> Response:
    """Start a folder, or put the words of ?turn=KEY&words=12-45&v=3 into one."""
    return _start_form(Typed.of({"secret": folders.new_secret()}), 200)


def _too_many_started() -> Response:
    typed = Typed.sent()
    typed.refusal = gettext(TOO_MANY)
    return _start_form(typed, 429)


@bp.post("", endpoint="start")
@limited("60 per hour", again=_too_many_started)
def start() -> Response:
    """Begin a folder, or open the one whose link was pasted, and put the words in it; sent twice it is done once."""
    typed = Typed.sent()
    try:
        known = _known(typed)
        secret = known or typed["secret"]
        title = "" if known else typed.text("title", folders.LONGEST_TITLE)
        note = typed.text("note", folders.LONGEST_NOTE, needed=False, lines=True)
        typed.check()
        with _database().write() as session:
            quoted = _asked(session)
            if not known:
                folders.start(session, secret, title)
            if quoted:
                folders.add(session, secret, quoted, note)
    except NotFound:
        raise
    except Refusal as refusal:
        typed.refusal = translated(refusal)
        return _start_form(typed, 422)
    return redirect(url_for("folders.show", secret=secret), 303)


@bp.get("/<secret>")
def show(secret: str) -> Response:
    """The folder for whoever may change it."""
    return _folder_form(secret, None, 200)


def _too_many() -> Response:
    typed = Typed.sent()
    typed.refusal = gettext(TOO_MANY)
    return _folder_form(str((request.view_args or {}).get("secret")), typed, 429)


@bp.post("/<secret>", endpoint="rename")
@limited("600 per hour", again=_too_many)
def rename(secret: str) -> Response:
    """Another title."""

    def work(session: Session, typed: Typed) -> None:
        title = typed.text("title", folders.LONGEST_TITLE)
        typed.check()
        folders.rename(session, secret, _version(typed), title)

    return _change(secret, work)


@bp.post("/<secret>/quotes", endpoint="add")
@limited("600 per hour", again=_too_many)
def add(secret: str) -> Response:
    """Put words in, by the address they have on this site."""

    def work(session: Session, typed: Typed) -> None:
        link = typed.text("link", 2_000)
        note = typed.text("note", folders.LONGEST_NOTE, needed=False, lines=True)
        typed.check()
        folders.add(session, secret, _linked(session, typed, link), note)

    return _change(secret, work)


@bp.post("/<secret>/quotes/<int:id>/<act>", endpoint="act")
@limited("600 per hour", again=_too_many)
def act(secret: str, id: int, act: str) -> Response:
    """Move a quotation up or down, write its note, or take it out."""

    def work(session: Session, typed: Typed) -> None:
        if act == "note":
            note = typed.text(f"note_{id}", folders.LONGEST_NOTE, needed=False, lines=True)
            typed.check()
            folders.annotate(session, secret, _version(typed), id, note)
        elif act == "remove":
            folders.remove(session, secret, id)
        elif act in ("up", "down"):
            folders.move(session, secret, _version(typed), id, act == "up")
        else:
            raise NotFound(NO_FOLDER)

    return _change(secret, work)


@bp.post("/<secret>/delete", endpoint="delete")
@limited("600 per hour", again=_too_many)
def delete(secret: str) -> Response:
    """Delete the folder with its notes, for good."""
    with _database().write() as session:
        folders.delete_folder(session, _secret(secret))
    return redirect(url_for("folders.index", deleted=1), 303)


@bp.get("/shared/<secret>")
def shared(secret: str) -> Response:
    """The folder for whoever was given the link to read it."""
    with reading() as session:
        found = held.by_share(session, digest(_secret(secret)), datetime.now(UTC))
        by = _voice(session)
    return private(page("folders/shared.html", folder=found, quotes=_cited(found, by), secret=secret))


@bp.get("/shared/<secret>/<name>")
def take(secret: str, name: str) -> Response:
    """The folder as CSV or JSON."""
    chosen = quote_folders.way(name)
    with reading() as session:
        found = held.by_share(session, digest(_secret(secret)), datetime.now(UTC))
        by = _voice(session)
    response = make_response(chosen.write(found, by))
    response.content_type = f"{chosen.media_type}; charset=utf-8"
    response.headers.set("Content-Disposition", "attachment", filename=f"quotes.{name}")
    return private(response)


def _change(secret: str, work: Work) -> Response:
    """Carry out one change of a folder, or show it again as it stands with what was typed."""
    typed = Typed.sent()
    try:
        with _database().write() as session:
            held.by_edit(session, digest(_secret(secret)), datetime.now(UTC))
            work(session, typed)
    except NotFound:
        raise
    except Refusal as refusal:
        typed.refusal = translated(refusal)
        return _folder_form(secret, typed, 409 if isinstance(refusal, Conflict) else 422)
    return redirect(url_for("folders.show", secret=secret), 303)


def _start_form(typed: Typed, status: int) -> Response:
    with reading() as session:
        quoted = _asked(session)
        cited = citing.citation(quoted, _voice(session)) if quoted else None
    asked = f"?{urlencode({'turn': quoted.turn.key} | citing.place(quoted))}" if quoted else ""
    return private(
        page(
            "folders/index.html",
            status=status,
            form=typed,
            quoted=quoted,
            cited=cited,
            action=url_for("folders.start") + asked,
            deleted="deleted" in request.args,
            days=KEPT_DAYS,
        )
    )


def _folder_form(secret: str, typed: Typed | None, status: int) -> Response:
    """The folder's own page; `typed` is the one form of it that was refused."""
    with reading() as session:
        found = held.by_edit(session, digest(_secret(secret)), datetime.now(UTC))
        by = _voice(session)
    form = typed or Typed.of({})
    form.values.setdefault("title", found.title)
    for one in found.quotes:
        form.values.setdefault(f"note_{one.id}", one.note)
    return private(
        page(
            "folders/show.html",
            status=status,
            form=form,
            folder=found,
            quotes=_cited(found, by),
            secret=secret,
            shared=url_for("folders.shared", secret=folders.share_secret(secret)),
            share_secret=folders.share_secret(secret),
            most=folders.MOST_QUOTES,
        )
    )


def _cited(folder: Folder, by: Voice) -> list[tuple[held.Kept, object]]:
    """Each quotation with its citation; None where its words are gone."""
    return [
        (one, citing.citation(one.quoted, by) if one.quoted and one.quoted.words else None) for one in folder.quotes
    ]


def _asked(session: Session) -> Quoted | None:
    """The words the address names, to be kept. Raises NotFound for none that can be cited."""
    key = request.args.get("turn")
    if not key:
        return None
    found = citations.of_turn(session, key.upper(), *(asked_place() or ()))
    if not found.words:
        raise NotFound(GONE)
    return found


def _known(typed: Typed) -> str | None:
    """The secret in a pasted link of a folder; None where nothing was pasted."""
    pasted = typed["folder"].strip()
    found = OURS.search(parts_of(pasted).path) if pasted else None
    if pasted and found is None:
        typed.fail("folder", NO_LINK)
        typed.check()
    return found[1] if found else None


def _linked(session: Session, typed: Typed, link: str) -> Quoted:
    """The words a pasted address of this site points at."""
    key = WORDS.search(link)
    if key:
        asked = {name: values[0] for name, values in parse_qs(parts_of(link).query).items()}
        try:
            found = citations.of_turn(session, key[1].upper(), *(placed(asked.get("words"), asked.get("v")) or ()))
        except NotFound:
            found = None
        if found and found.words:
            return found
    typed.fail("link", NO_WORDS)
    typed.check()
    raise NotFound(NO_WORDS)


def _version(typed: Typed) -> int:
    return typed.whole(VERSION, needed=False) or 0


def _secret(typed: str) -> str:
    if folders.SECRET.fullmatch(typed) is None:
        raise NotFound(NO_FOLDER)
    return typed


def _voice(session: Session) -> Voice:
    return citing.voice(session, current_app.config["TRACKER"], current_language(), gettext)


def _database() -> Database:
    database: Database = current_app.extensions["database"]
    return database
