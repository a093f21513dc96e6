"""The door: every request is held against `permissions.tsv` before a page sees it. What the table does not name is closed."""

from typing import cast
from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, redirect, request, url_for
from werkzeug.exceptions import Unauthorized
from werkzeug.wrappers import Response as AnyResponse

from tracker.accounts import sessions
from tracker.accounts.roles import AccountRole, Admission, admission
from tracker.accounts.sessions import Actor
from tracker.classes import seats
from tracker.config import Config
from tracker.db import reading
from transcripts.addresses import parts_of

SAFE = ("GET", "HEAD", "OPTIONS")
LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "::1")


def is_secure(config: Config) -> bool:
    """Whether browsers keep a Secure cookie of this site: over https, and on the machine itself."""
    address = urlsplit(config.site_url)
    return address.scheme == "https" or address.hostname in LOOPBACK


COOKIE = "__Host-tracker"


def actor() -> Actor | None:
    """Who is asking, on a page kept for somebody; the cookie is read once a request. None for nobody."""
    if "actor" not in g:
        secret = request.cookies.get(COOKIE)
        with reading() as session:
            g.actor = sessions.actor_of(session, secret) if secret else None
    return cast("Actor | None", g.actor)


def signed_in() -> Actor:
    """Who is asking, on a page that admits accounts only."""
    found = actor()
    if found is None:
        raise Unauthorized
    return found


def local_address(typed: str | None) -> str:
    """Where to go after signing in: an address of this site, or the desk for anything else."""
    address = typed or ""
    parts = parts_of(address)
    local = address.startswith("/") and not address.startswith(("//", "/\\")) and not (parts.scheme or parts.netloc)
    return address if local and "\\" not in address and address.isprintable() else url_for("desk.show")


def keep_cookie(response: AnyResponse, secret: str) -> None:
    """Hand a browser its sign-in: out of reach of scripts, for this host only."""
    response.set_cookie(
        COOKIE,
        secret,
        max_age=int(sessions.LASTS.total_seconds()),
        secure=True,
        httponly=True,
        samesite="Lax",
        path="/",
    )


def drop_cookie(response: AnyResponse) -> None:
    """Take a browser's sign-in away, and what it kept of private pages."""
    response.delete_cookie(COOKIE, secure=True, httponly=True, samesite="Lax", path="/")
    response.headers["Clear-Site-Data"] = '"cache"'


def init_app(app: Flask, _config: Config) -> None:
    """Ask the table before every request, and let no answer of a private page be kept anywhere."""

    @app.before_request
    def _door() -> AnyResponse | None:
        if request.url_rule is None:
            return None  # the router has its own answer: 404 or 405
        rule = admission(request.url_rule.rule, request.method)
        g.private = rule is None or not rule.public
        if request.method not in SAFE:
            _refuse_forgery()
        if rule is None:
            abort(403)
        return None if rule.public else _let_in(rule)

    @app.after_request
    def _keep_private(response: Response) -> Response:
        if g.get("private") or g.get("single") or request.method not in SAFE:
            response.cache_control.no_store = True
            response.headers["X-Robots-Tag"] = "noindex"
        elif not response.cache_control:
            # anybody's page may be kept, but is asked for again: withheld words are gone at the next request
            response.cache_control.no_cache = True
        return response

    @app.context_processor
    def _who() -> dict[str, object]:
        private = g.get("private", False)
        held = {"actor": actor(), "seat": seats.seat()} if private else {"actor": None, "seat": None}
        return {**held, "Role": AccountRole}


def _let_in(rule: Admission) -> AnyResponse | None:
    """None where the account or the student comes in; the way to the sign-in for nobody; 403 for an account without the role."""
    if rule.seated:
        return _seat_or_way(rule)
    found = actor()
    if found is None:
        if request.method in SAFE:
            return redirect(url_for("account.sign_in", next=request.script_root + request.full_path.rstrip("?")), 303)
        abort(401)
    if not rule.admits(found.roles):
        abort(403)
    return None


def _seat_or_way(rule: Admission) -> AnyResponse | None:
    """None for a student, or an account with the role; for everybody else the way into a class, or 401 for a form."""
    if seats.seat() is not None:
        return None
    found = actor()
    if found is not None and rule.admits(found.roles):
        return None
    if request.method in SAFE:
        return redirect(url_for("classes.join"), 303)
    seats.seated()
    return None


def _refuse_forgery() -> None:
    """Unsafe requests come from our own pages: Fetch metadata says so, or Origin in browsers without it.

    With neither and without a cookie there is nobody's authority to borrow (one-click unsubscribe, command-line clients);
    with a cookie and neither it is refused.
    """
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site is not None:
        forged = site != "same-origin"
    elif origin is not None:
        forged = parts_of(origin).netloc != request.host
    else:
        forged = COOKIE in request.cookies or seats.COOKIE in request.cookies
    if forged:
        abort(403)
