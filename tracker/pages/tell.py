"""/tell: confidential testimony, without an account. What is typed here goes into the answer of this request and, sealed, into one table.

Neither the words nor the code ever stand in an address, and nothing of a try is written anywhere: not the address it came from,
not the key of the form (the code serves as one), no line of the log of acts.
"""

from typing import NamedTuple

from flask import Blueprint, Response, current_app, redirect, request, url_for
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response as AnyResponse

from positions.followthrough.queries import named
from positions.followthrough.queries.named import Named
from tracker.classes import erased
from tracker.config import Config
from tracker.db import Database, reading
from tracker.forms import Typed
from tracker.i18n import current_language, gettext, translated
from tracker.limits import client
from tracker.rendering import page, private
from tracker.testimony import keeping, standing
from tracker.testimony.limiting import Tries
from tracker.testimony.sealing import LONGEST, LONGEST_CONTACT, LONGEST_WHEN, Beside, Told, seal
from tracker.testimony.standing import Standing
from tracker.testimony.words import CONSENT, CONSENT_NOW, OFFERED_WORDS
from transcripts.errors import Conflict, NotFound, Refusal

bp = Blueprint("tell", __name__, url_prefix="/tell")

BYTES = 100_000
"""What the form may weigh: 5,000 code points, each written as %F0%9F%98%80, and the rest. Nothing of it is put into a file meanwhile."""
TRAP = "website"
"""A field no person sees; what fills it in is a program."""
TRAPPED = "Leave the field “Website” empty: it is there for programs that fill in everything."
TOO_MANY = (
    "Much was sent from this network. Wait an hour, then send it again; what you typed is still here, and nowhere else."
)
NOT_AGREED = "Read what happens with it and tick that you agree. Without that nothing is kept."
OLD_CONSENT = "The text you agreed to has changed. Read it again; nothing was kept."
CLOSED = "Nothing was kept: testimony is no longer taken here."

tries = Tries()


@bp.get("")
@bp.get("/<program>")
def form(program: str = "") -> Response:
    """What happens with it, and the form, about a program or about none; or that none is taken here."""
    return _form(_place(program), Typed.of({"code": keeping.new_code()}), 200)


@bp.post("", endpoint="sent")
@bp.post("/<program>", endpoint="sent")
def sent(program: str = "") -> Response:
    """Seal it and keep that; the code that takes it back is shown this once. Sent twice it is one."""
    request.max_content_length = BYTES
    typed, place = Typed.sent(), _place(program)
    held = place.held
    try:
        told, days = _told(typed), typed.whole("days", 1, standing.MOST_DAYS) or held.days
        typed.check()
        if held.key is None or not held.is_open:
            raise Conflict(CLOSED)
        if typed["consent"] != str(CONSENT_NOW):
            typed.values.poplist("agreed")
            raise Conflict(OLD_CONSENT)
        if not tries.allowed(client()):
            typed.refusal = gettext(TOO_MANY)
            return _form(place, typed, 429)
        beside = Beside(program, standing.today(_config()), CONSENT_NOW, held.key.id)
        _keep(typed["code"], seal(held.key, told, beside), beside, min(days, held.days))
    except Refusal as refusal:
        typed.refusal = translated(refusal)
        return _form(place, typed, 409 if isinstance(refusal, Conflict) else 422)
    return _apart(page("tell/kept.html", status=201, code=keeping.shown(typed["code"])))


@bp.get("/take-back")
def take_back() -> Response:
    """The form that deletes what was sent, for whoever has its code."""
    return _back(Typed.of({}), 200, bool(request.args.get("done")))


@bp.post("/take-back", endpoint="taken_back")
def taken_back() -> AnyResponse:
    """Delete it, at once and from the files."""
    request.max_content_length = BYTES
    typed = Typed.sent()
    database: Database = current_app.extensions["database"]
    try:
        with database.write() as session:
            keeping.take_back(session, typed["code"])
    except NotFound as missing:
        typed.fail("code", translated(missing))
        return _back(typed, 404)
    erased.note(database, _config())
    return redirect(url_for(".take_back", done=1), 303)


def takes_testimony() -> bool:
    """Whether it is taken now: pages link here only then. No statement where no key is set."""
    return bool(_config().testimony_key) and _standing().is_open


@bp.record_once
def _for_templates(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals["takes_testimony"] = takes_testimony


def _told(typed: Typed) -> Told:
    """What was typed; notes what is wrong with it."""
    told = Told(
        offered=typed.one_of("offered", list(OFFERED_WORDS)) or "",
        when=typed.text("when", LONGEST_WHEN, needed=False),
        words=typed.text("words", LONGEST, lines=True),
        contact=typed.text("contact", LONGEST_CONTACT, needed=False),
        lang=current_language(),
    )
    if not typed.ticked("agreed"):
        typed.fail("agreed", NOT_AGREED)
    if typed[TRAP]:
        typed.fail(TRAP, TRAPPED)
    return told


def _keep(code: str, sealed: bytes, beside: Beside, days: int) -> None:
    """Sealed before anything else has it."""
    database: Database = current_app.extensions["database"]
    with database.write() as session:
        keeping.keep(session, code, sealed, beside, days)


def _config() -> Config:
    config: Config = current_app.config["TRACKER"]
    return config


def _standing() -> Standing:
    with reading() as session:
        return standing.read(session, _config())


class Place(NamedTuple):
    """How testimony stands, and the program it is about, if one is named."""

    held: Standing
    program: Named | None


def _place(program: str) -> Place:
    """Raises NotFound for a program there is none of."""
    with reading() as session:
        found = named.by_slug(session, "program", program) if program else None
        return Place(standing.read(session, _config()), found)


def _form(place: Place, typed: Typed, status: int) -> Response:
    held, program = place
    if not held.is_open and status == 200:
        return _apart(page("tell/closed.html"))
    return _apart(
        page(
            "tell/form.html",
            status=status,
            form=typed,
            program=program,
            action=url_for("tell.sent", program=program.slug if program else None),
            consent=[gettext(text).format(days=held.days) for text in CONSENT[CONSENT_NOW]],
            version=CONSENT_NOW,
            offered=[(code, gettext(words)) for code, words in OFFERED_WORDS.items()],
            days=held.days,
            longest=LONGEST,
            most={"when": LONGEST_WHEN, "contact": LONGEST_CONTACT},
            trap=TRAP,
        )
    )


def _back(typed: Typed, status: int, done: bool = False) -> Response:
    return _apart(page("tell/take_back.html", status=status, form=typed, done=done))


def _apart(response: Response) -> Response:
    """Kept by no cache, found by no engine, told to no other site.

    Within this site the address may be told: browsers that know no fetch metadata send `Origin` with a form only then, and
    without it the form would be taken for a forged one.
    """
    private(response).headers["Referrer-Policy"] = "same-origin"
    return response
