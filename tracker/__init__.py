"""The app: HTTP, command line and wiring around the record (transcripts) and the interpretation (positions)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from tracker.config import Config

_PACKAGED = Path(__file__).parent / "templates"
TEMPLATES = _PACKAGED if _PACKAGED.is_dir() else Path(__file__).parent.parent / "templates"
"""In the wheel templates lie inside the package; in a checkout beside it."""

COMPRESSED = [
    "text/html",
    "text/css",
    "text/plain",
    "text/javascript",
    "application/javascript",
    "application/json",
    "application/atom+xml",
    "application/feed+json",
    "image/svg+xml",
]


def create_app(config: Config | None = None) -> Flask:
    """The whole application, put together in the order a request meets its parts."""
    from flask import Flask
    from flask_compress import Compress

    from tracker import (
        assets,
        db,
        deeds,
        errors,
        glossary,
        i18n,
        indexing,
        kept_pages,
        limits,
        pages,
        rendering,
        security,
        site,
        wording,
    )
    from tracker.accounts import admission
    from tracker.config import Config
    from tracker.pages import desk

    config = config or Config.from_env()
    app = Flask(__name__, template_folder=str(TEMPLATES), static_folder=None)
    app.config["TRACKER"] = config
    app.config["COMPRESS_ALGORITHM"] = ["br", "gzip"]
    app.config["COMPRESS_MIMETYPES"] = COMPRESSED
    app.config["COMPRESS_BR_LEVEL"] = 3
    app.config["COMPRESS_LEVEL"] = 3
    for room in (
        security,
        db,
        i18n,
        rendering,
        glossary,
        kept_pages,
        wording,
        deeds,
        assets,
        site,
        admission,
        limits,
        errors,
    ):
        room.init_app(app, config)
    app.extensions["search"] = indexing.open_engine(config)
    app.extensions["search_documents"] = indexing.open_engine(config, indexing.PASSAGES)
    for blueprint in pages.BLUEPRINTS:
        app.register_blueprint(blueprint)
    desk.init_app(app)
    Compress(app)
    return app
