"""/desk/testimony: an administrator reads the limits, names readers and opens it; readers take what came away to open it elsewhere.

No page of this room shows a word of it: this server holds no key that could open anything.
"""

from flask import Blueprint, Response, current_app, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response as AnyResponse

from tracker.accounts import audit
from tracker.accounts.admission import signed_in
from tracker.acting import Done, attempt
from tracker.classes import erased
from tracker.config import Config
from tracker.db import Database, reading
from tracker.forms import VERSION, Typed
from tracker.i18n import gettext
from tracker.rendering import page, page_number
from tracker.testimony import keeping, sealing, standing
from tracker.testimony.keeping import Held
from tracker.testimony.words import CLOSED_WORDS, CONSENT, CONSENT_NOW, LIMITS, LIMITS_NOW
from transcripts.errors import Refusal

bp = Blueprint("desk_testimony", __name__, url_prefix="/desk/testimony")

SIZE = 50
NOT_READ = "Tick that you have read the limits: people will trust you with more than this program can protect."
NO_READER = "Name somebody who may read it."
NOT_SURE = "Tick that you are sure. Nothing was deleted."


@bp.get("")
def show() -> AnyResponse:
    """How it stands, the limits, who may read, and the way to open and close it."""
    with reading() as session:
        named = [one.id for one in standing.readers(session) if one.reads]
        days = standing.read(session, _config()).days
    typed = Typed.of({"days": days})
    typed.values.setlist("readers", list(map(str, named)))
    return _show(typed, 200)


@bp.post("", endpoint="open")
def open_() -> AnyResponse:
    """Take testimony from now on, for the readers named here."""
    typed, who = Typed.sent(), signed_in()

    def work(session: Session) -> Done:
        may = {str(one.id): one.name for one in standing.readers(session)}
        named = typed.some_of("readers", may)
        days = typed.whole("days", 1, standing.MOST_DAYS)
        seen = typed.whole(VERSION) or 0
        if not named:
            typed.fail("readers", NO_READER)
        if not typed.ticked("read"):
            typed.fail("read", NOT_READ)
        typed.check()
        held = standing.open_(session, _config(), seen, list(map(int, named)), days or 0, who.name)
        names = ", ".join(may[one] for one in named)
        detail = f"{names}; {held.days} days; key {held.key.id if held.key else ''}; limits {LIMITS_NOW}"
        return Done(url_for(".show"), "testimony", detail)

    return attempt(typed, "open testimony", work, lambda status: _show(typed, status))


@bp.post("/close")
def close() -> AnyResponse:
    """Take none any more; what came stays until its day."""
    typed, who = Typed.sent(), signed_in()

    def work(session: Session) -> Done:
        standing.close(session, who.name)
        return Done(url_for(".show"), "testimony")

    return attempt(typed, "close testimony", work, lambda status: _show(typed, status))


@bp.get("/held")
def held() -> AnyResponse:
    """What came, sealed: the day, the program, when it is deleted."""
    return _held(Typed.of({}), 200)


@bp.post("/held/download")
def download() -> Response:
    """Everything that is held, as one file of sealed lines."""
    with _database().write() as session:
        lines = [_line(*one) for one in keeping.every(session)]
        _opened(session, "everything held")
    return _file(lines, f"testimony-{standing.today(_config())}")


@bp.post("/held/<key>/download")
def one(key: str) -> Response:
    """One of them, as such a file."""
    with _database().write() as session:
        lines = [_line(*keeping.by_key(session, key))]
        _opened(session, key)
    return _file(lines, f"testimony-{key[:8]}")


@bp.post("/held/<key>/delete")
def delete(key: str) -> AnyResponse:
    """Delete one before its day, from the files too."""
    typed = Typed.sent()
    with reading() as session:
        keeping.by_key(session, key)

    def work(session: Session) -> Done:
        if not typed.ticked("sure"):
            raise Refusal(NOT_SURE)
        keeping.remove(session, key)
        return Done(url_for(".held"), key)

    response = attempt(typed, "delete testimony", work, lambda status: _held(typed, status))
    if response.status_code == 303:
        erased.note(_database(), _config())
    return response


def _opened(session: Session, what: str) -> None:
    """Every taking away stands in the log: who, when, which; never how much and never what."""
    who = signed_in()
    audit.note(session, (who.id, who.name), "download testimony", what)


def _line(one: Held, sealed: bytes) -> str:
    return sealing.line(one.key, sealed, one.beside)


def _file(lines: list[str], name: str) -> Response:
    response = Response("".join(lines), content_type="application/jsonl; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.jsonl"'
    return response


def _show(typed: Typed, status: int) -> AnyResponse:
    with reading() as session:
        stands, accounts, few = standing.read(session, _config()), standing.readers(session), keeping.is_few(session)
    return page(
        "desk/testimony/show.html",
        status=status,
        form=typed,
        stands=stands,
        closed=gettext(CLOSED_WORDS[stands.closed]) if stands.closed else None,
        limits=list(map(gettext, LIMITS[LIMITS_NOW])),
        consent=[gettext(text).format(days=stands.days) for text in CONSENT[CONSENT_NOW]],
        accounts=accounts,
        most=standing.MOST_DAYS,
        few=few,
    )


def _held(typed: Typed, status: int) -> AnyResponse:
    number = page_number(request.args.get("page"))
    with reading() as session:
        found = keeping.held(session, SIZE + 1, (number - 1) * SIZE)
        stands = standing.read(session, _config())
    return page(
        "desk/testimony/held.html",
        status=status,
        form=typed,
        lines=found[:SIZE],
        stands=stands,
        previous=url_for(".held", page=number - 1) if number > 1 else None,
        next=url_for(".held", page=number + 1) if len(found) > SIZE else None,
    )


def _config() -> Config:
    config: Config = current_app.config["TRACKER"]
    return config


def _database() -> Database:
    database: Database = current_app.extensions["database"]
    return database
