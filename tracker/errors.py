"""The one place that speaks both languages: refusals of the rooms below, and statuses of HTTP."""

from flask import Flask, Response
from sqlalchemy.exc import DataError
from werkzeug.exceptions import HTTPException, SecurityError

from tracker.classes.seats import Unseated
from tracker.config import Config
from tracker.i18n import gettext, translated
from tracker.rendering import page
from transcripts.errors import BadFile, Conflict, NotFound, Refusal

STATUS = {NotFound: 404, Conflict: 409, BadFile: 422, Refusal: 400}

WORDS = {
    400: (
        "We could not read that request",
        "Nothing was changed. Check the address, or start again from the home page.",
    ),
    401: ("Please sign in first", "Nothing was changed. Sign in, then send the form again."),
    403: (
        "This is not open to you",
        "Nothing was changed. If you expected to come in, ask an administrator of this site.",
    ),
    404: (
        "There is no such page",
        "The link may be mistyped. Try the search, or start from the list of races and forums.",
    ),
    405: ("This page cannot do that", "Nothing was changed."),
    409: ("Somebody else is changing this", "Nothing was changed. Try again in a moment."),
    413: ("That is too much at once", "Nothing was stored. Send a smaller file, or less text."),
    429: ("Too many tries", "Nothing was changed. Wait a while, then try again."),
    503: ("Busy just now", "Nothing is lost. Try again in a few seconds."),
    500: (
        "Something went wrong on our side",
        "Nothing you were reading is lost. Try again; if it happens again, write to us.",
    ),
}
UNSEATED = (
    "You are not in your class here",
    "Nothing you kept is lost. Come back in with your return code, then do it again.",
)
"""What a student is told whose seat has ended."""


def _answer(status: int, detail: str | None = None, words: tuple[str, str] | None = None) -> Response:
    title, help_text = words or WORDS.get(status, WORDS[400 if status < 500 else 500])
    response = page("error.html", status=status, title=gettext(title), help=gettext(help_text), detail=detail)
    response.cache_control.no_store = True
    if status == 503:
        response.headers["Retry-After"] = "5"
    return response


def init_app(app: Flask, _config: Config) -> None:
    """Turn refusals and HTTP errors into a page that says what happened and what is safe."""

    @app.errorhandler(Refusal)
    def _refused(refusal: Refusal) -> Response:
        return _answer(next(STATUS[kind] for kind in type(refusal).__mro__ if kind in STATUS), translated(refusal))

    @app.errorhandler(Unseated)
    def _unseated(_: Unseated) -> Response:
        return _answer(401, words=UNSEATED)

    @app.errorhandler(SecurityError)
    def _stranger(_: SecurityError) -> Response:
        """A host that is not ours: no page can be made for it, because every link would lead there."""
        return Response("This site does not answer to that name.\n", 400, content_type="text/plain; charset=utf-8")

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Response:
        if isinstance(error.response, Response):
            return error.response  # the page has its own answer, such as the form once more
        response = _answer(error.code or 500)
        if isinstance(allowed := getattr(error, "valid_methods", None), list):
            response.headers["Allow"] = ", ".join(allowed)
        return response

    @app.errorhandler(DataError)
    def _unheard_of(error: DataError) -> Response:
        """PostgreSQL cannot look for this (NUL in a text, a number out of range): nothing by that name is here."""
        app.logger.warning("Nothing can be looked up by what was sent: %s", type(error.orig).__name__)
        return _answer(400)

    @app.errorhandler(Exception)
    def _broken(error: Exception) -> Response:
        app.logger.exception("A page failed", exc_info=error)
        return _answer(500)
