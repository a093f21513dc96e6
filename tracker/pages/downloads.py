"""/forums/<slug>/download/<name>: a forum's record as a file, in every format that can carry it."""

from flask import Blueprint, Response, current_app, make_response, request

from tracker import exporting
from tracker.config import Config
from tracker.db import reading
from tracker.i18n import current_language, translator

bp = Blueprint("downloads", __name__)


@bp.get("/forums/<slug>/download/<name>")
def show(slug: str, name: str) -> Response:
    """The words that may be shown, under the forum's name; who has the same bytes already is told so."""
    config: Config = current_app.config["TRACKER"]
    lang = current_language()
    with reading() as session:
        file = exporting.export(session, slug, name, config, lang, translator(lang))
    response = make_response(file.data)
    response.content_type = file.media_type
    if file.media_type.startswith("text/") or file.media_type == "application/x-subrip":
        response.content_type = f"{file.media_type}; charset=utf-8"
    response.headers.set("Content-Disposition", "attachment", filename=file.filename)
    response.cache_control.no_cache = True
    response.add_etag()
    response.make_conditional(request)
    return response
