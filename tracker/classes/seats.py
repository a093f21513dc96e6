"""The seat of a student in this browser: a cookie of its own, apart from that of accounts. One place sets, reads and drops it."""

from typing import cast

from flask import current_app, g, request
from werkzeug.wrappers import Response

from positions.classes import membership
from positions.classes.membership import Seat
from tracker.db import Database, reading
from transcripts.errors import Refusal

COOKIE = "__Host-class"
LONGEST = 400 * 24 * 3600
"""Seconds a browser keeps the cookie at most; the row behind it ends sooner, with the class."""


class Unseated(Refusal):
    """A page or a form of a class, asked for without a seat."""


def seat() -> Seat | None:
    """The student who is asking; the cookie is read once a request. None for anybody else."""
    if "seat" not in g:
        secret = request.cookies.get(COOKIE)
        with reading() as session:
            g.seat = membership.seat_of(session, secret) if secret else None
    return cast("Seat | None", g.seat)


def seated() -> Seat:
    """The student who is asking, on a page that admits students only. Raises Unseated."""
    found = seat()
    if found is None:
        raise Unseated("You are not in your class here")
    return found


def keep_seat(response: Response, secret: str, stays: bool) -> None:
    """Hand a browser its seat: until it is closed, or with `stays` as long as there is the class."""
    response.set_cookie(
        COOKIE,
        secret,
        max_age=LONGEST if stays else None,
        secure=True,
        httponly=True,
        samesite="Lax",
        path="/",
    )


def drop_seat(response: Response) -> None:
    """Take a browser's seat away, and what it kept of the class's pages and of words not sent: school computers are shared."""
    response.delete_cookie(COOKIE, secure=True, httponly=True, samesite="Lax", path="/")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'


def give_up() -> None:
    """End the seat this browser holds, at the server, if it holds one."""
    secret = request.cookies.get(COOKIE)
    if secret:
        database: Database = current_app.extensions["database"]
        with database.write() as session:
            membership.stand_up(session, secret)
