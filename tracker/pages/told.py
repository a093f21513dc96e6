"""/follow/…: being told by e-mail. A form, and the pages behind the links in letters: to agree, to change, to end.

Whoever asks is answered the same, whatever is known of an address. Links are opened by mail scanners too, so that nothing happens
before a button is pressed; only the mail program's own one-click ending (RFC 8058) is a POST without a page.
"""

from flask import Blueprint, current_app, redirect, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.asking import known_names
from tracker.config import Config
from tracker.db import Database, reading
from tracker.forms import Typed
from tracker.i18n import current_language, gettext, translated
from tracker.limits import limited
from tracker.rendering import page, private
from tracker.telling import addresses, following, links, searches, subscribing
from tracker.telling.letters import FREQUENCY_WORDS
from tracker.telling.models import FREQUENCIES
from transcripts.errors import NotFound, Refusal

bp = Blueprint("told", __name__, url_prefix="/follow")

TOO_MANY = "Many messages were asked for from here. Wait an hour, then send it again; what you typed is still here."
TOO_MANY_THERE = "Many messages were asked for to this address today. Look through its mail, or try again tomorrow."
TRAP = "website"
"""A field no person sees; what fills it in is a program."""
LONGEST = 320


@bp.get("/mail")
def form() -> Response:
    """Ask to be told by e-mail of the search in the address: /follow/mail?speaker=ida-berg&q=rents."""
    return _form(Typed.of({"frequency": "daily"}), 200)


def _too_many() -> Response:
    return _again(TOO_MANY)


def _too_many_there() -> Response:
    return _again(TOO_MANY_THERE)


def _again(why: str) -> Response:
    typed = Typed.sent()
    typed.refusal = gettext(why)
    return _form(typed, 429)


def _address() -> str:
    """The address a letter is asked for, as limits count it: nobody can read it back."""
    try:
        typed = addresses.folded(addresses.address(request.form.get("address", "")[:LONGEST]))
    except Refusal:
        typed = ""
    return links.sealed(links.key(_config()), typed)


@bp.post("/mail", endpoint="ask")
@limited("30 per hour", again=_too_many)
@limited("6 per day", key=_address, again=_too_many_there)
def ask() -> Response:
    """A letter with a link goes to the address; sent twice it is one letter."""
    typed, config = Typed.sent(), _config()
    try:
        frequency = typed.one_of("frequency", FREQUENCIES) or ""
        written = typed.text("address", LONGEST)
        if written and "address" not in typed.errors:
            try:
                written = addresses.address(written)
            except Refusal as refusal:
                typed.errors["address"] = translated(refusal)
        typed.check()
        wanted = searches.parameters(request.args)
        if not typed[TRAP]:
            with reading() as session:
                searches.name(known_names(session), wanted, "en", str)  # refuses what asks for nothing
            host = subscribing.host_of(config.site_url)
            subscribing.asked(_database(), written, wanted, frequency, current_language(), host)
    except Refusal as refusal:
        typed.refusal = translated(refusal)
        return _form(typed, 422)
    return private(page("follow/asked.html", search=f"{url_for('search.show')}?{wanted}"))


@bp.get("/confirm/<secret>")
def confirm(secret: str) -> Response:
    """What was asked for, and the button that agrees to it."""
    with reading() as session:
        one = following.one(session, _opened("confirm", secret), current_language(), gettext)
    return private(page("follow/confirm.html", one=one, how_often=_words(), secret=secret, form=Typed.of({})))


@bp.post("/confirm/<secret>", endpoint="confirmed")
def confirmed(secret: str) -> Response:
    """Agreed: letters come from now on."""
    config = _config()
    with _database().write() as session:
        follower = subscribing.confirm(session, _opened("confirm", secret), config.zone)
    mine = links.link(links.key(config), "mine", follower)
    return redirect(url_for("told.mine", secret=mine, confirmed=1), 303)


@bp.get("/stop/<secret>")
def stop(secret: str) -> Response:
    """The button that ends one search; what was ended says so."""
    ref = _opened("stop", secret)
    try:
        with reading() as session:
            one = following.one(session, ref, current_language(), gettext)
    except NotFound:
        return private(page("follow/stopped.html"))
    return private(page("follow/stop.html", one=one, how_often=_words(), secret=secret, form=Typed.of({})))


@bp.post("/stop/<secret>", endpoint="stopped")
def stopped(secret: str) -> Response:
    """Ended, by the button or by a mail program's one click; done twice it is done once."""
    ref = _opened("stop", secret)
    with _database().write() as session:
        subscribing.stop(session, ref)
    return private(page("follow/stopped.html"))


@bp.get("/mine/<secret>")
def mine(secret: str) -> Response:
    """Everything followed under one address."""
    return _mine(secret, Typed.of({}), 200)


@bp.post("/mine/<secret>/stop", endpoint="stop_all")
def stop_all(secret: str) -> Response:
    """Nothing more at all; the address is erased."""
    ref = _opened("mine", secret)
    with _database().write() as session:
        subscribing.stop_all(session, ref)
    return private(page("follow/stopped.html"))


@bp.post("/mine/<secret>/<ref>", endpoint="change")
def change(secret: str, ref: str) -> Response:
    """Another frequency for one search, or its end."""
    follower, typed = _opened("mine", secret), Typed.sent()
    try:
        with _database().write() as session:
            if typed["act"] == "stop":
                subscribing.stop_theirs(session, follower, ref)
            else:
                subscribing.change(session, follower, ref, typed["frequency"], _config().zone)
    except NotFound:
        raise
    except Refusal as refusal:
        typed.refusal = translated(refusal)
        return _mine(secret, typed, 422)
    if typed["act"] == "stop" and not _still(follower):
        return private(page("follow/stopped.html"))
    return redirect(url_for("told.mine", secret=secret, changed=1), 303)


def _mine(secret: str, typed: Typed, status: int) -> Response:
    with reading() as session:
        address, followed = following.everything(session, _opened("mine", secret), current_language(), gettext)
    return private(
        page(
            "follow/mine.html",
            status=status,
            form=typed,
            address=address,
            followed=followed,
            secret=secret,
            options=_options(),
            how_often=_words(),
            said="confirmed" if "confirmed" in request.args else "changed" if "changed" in request.args else "",
        )
    )


def _form(typed: Typed, status: int) -> Response:
    try:
        wanted = searches.parameters(request.args)
        with reading() as session:
            name = searches.name(known_names(session), wanted, current_language(), gettext)
        refusal = None
    except Refusal as refused:
        name, wanted, refusal = "", "", translated(refused)
    return private(
        page(
            "follow/mail.html",
            status=status,
            form=typed,
            name=name,
            refusal=refusal,
            action=f"{url_for('told.ask')}?{wanted}",
            search=f"{url_for('search.show')}?{wanted}",
            options=_options(),
            trap=TRAP,
            sends=bool(_config().smtp_url),
        )
    )


def _options() -> list[tuple[str, str]]:
    return [(frequency, gettext(FREQUENCY_WORDS[frequency])) for frequency in FREQUENCIES]


def _words() -> dict[str, str]:
    return dict(_options())


def _still(follower: str) -> bool:
    """Whether an address follows anything yet."""
    with reading() as session:
        return _followed(session, follower)


def _followed(session: Session, follower: str) -> bool:
    try:
        subscribing.follower_of(session, follower)
    except NotFound:
        return False
    return True


def _opened(purpose: str, secret: str) -> str:
    return links.opened(links.key(_config()), purpose, secret)


def _config() -> Config:
    config: Config = current_app.config["TRACKER"]
    return config


def _database() -> Database:
    database: Database = current_app.extensions["database"]
    return database
