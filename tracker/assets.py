"""Static files under hashed names with a year's cache. The style sheets travel as two files (SHEETS)."""

import hashlib
import re
from dataclasses import dataclass
from mimetypes import guess_type
from pathlib import Path

from flask import Flask, Response, abort, make_response

from tracker.config import Config

FOLDER = Path(__file__).parent / "static"
SHEETS = {
    "site.css": ("tokens", "base", "layout", "components", "pages", "print"),
    "deeds.css": ("deeds",),
}
"""Each part is a file static/css/<part>.css, or a folder of such files taken in alphabetical order, joined in this order.

What is looked like only where promises, programs and the glossary are shown travels apart: a long forum's page does without it.
"""

SCRIPTS = {
    "cite.js": "js/cite.js",
    "codepoints.js": "js/codepoints.js",
    "classwork.js": "js/classwork.js",
    "folder.js": "js/folder.js",
    "htmx.js": "vendor/htmx.min.js",
    "hits.js": "js/hits.js",
    "match.js": "js/match.js",
    "pick.js": "js/pick.js",
    "place.js": "js/place.js",
    "queue.js": "js/queue.js",
    "quiz.js": "js/quiz.js",
    "review.js": "js/review.js",
    "site.js": "js/site.js",
    "voice_pass.js": "js/voice_pass.js",
}
YEAR = 31_536_000
COMMENT, INDENT = re.compile(rb"/\*.*?\*/", re.DOTALL), re.compile(rb"\n\s+")
"""What only people read of a style sheet: it does not travel."""


@dataclass(frozen=True)
class Asset:
    """A file as it is served: `name` carries the digest of `body`."""

    name: str
    body: bytes
    media_type: str


def _style_sheet(names: tuple[str, ...]) -> bytes:
    parts = [FOLDER / "css" / name for name in names]
    files = [
        file for part in parts for file in (sorted(part.glob("*.css")) if part.is_dir() else [part.with_suffix(".css")])
    ]
    whole = b"\n".join(file.read_bytes() for file in files if file.is_file())
    return INDENT.sub(b"\n", COMMENT.sub(b"", whole))


def _asset(name: str, body: bytes) -> Asset:
    stem, dot, ending = name.rpartition(".")
    digest = hashlib.sha256(body).hexdigest()[:10]
    return Asset(f"{stem}.{digest}{dot}{ending}", body, guess_type(name)[0] or "application/octet-stream")


def build() -> dict[str, Asset]:
    """Every asset by its plain name. A missing htmx is left out: pages work without it, and doctor says so."""
    files = {name: FOLDER / path for name, path in SCRIPTS.items()}
    assets = {name: _asset(name, path.read_bytes()) for name, path in files.items() if path.is_file()}
    assets |= {name: _asset(name, _style_sheet(parts)) for name, parts in SHEETS.items()}
    for image in sorted((FOLDER / "images").glob("*.svg")):
        assets[image.name] = _asset(image.name, image.read_bytes())
    return assets


def init_app(app: Flask, _config: Config) -> None:
    """Serve the assets and give templates `asset(name)`, their address (None for one that was not built)."""
    assets = build()
    served = {asset.name: asset for asset in assets.values()}

    @app.get("/static/<name>", endpoint="asset")
    def serve(name: str) -> Response:
        if name not in served:
            abort(404)
        response = make_response(served[name].body)
        response.content_type = f"{served[name].media_type}; charset=utf-8"
        response.cache_control.public = True
        response.cache_control.max_age = YEAR
        response.cache_control.immutable = True
        return response

    app.jinja_env.globals["asset"] = lambda name: f"/static/{assets[name].name}" if name in assets else None
