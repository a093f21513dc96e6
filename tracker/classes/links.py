"""Addresses that leave the screen on paper or on a projector: in the class's language, and as QR codes."""

import segno
from flask import current_app, request, url_for

from tracker.config import Config


def join_link(code: str, lang: str) -> str:
    """Where a join code leads."""
    return _whole(url_for("classes.choose", code=code), lang)


def slip_link(secret: str, lang: str) -> str:
    """Where a slip leads."""
    return _whole(url_for("classes.slip", secret=secret), lang)


def short(endpoint: str, lang: str) -> str:
    """The address of a page as somebody types it: without https://."""
    return _whole(url_for(endpoint), lang).partition("://")[2]


def qr(address: str) -> str:
    """A QR code as the address of an image that needs no request; on white, so that it is read in a dark scheme too."""
    uri: str = segno.make(address, error="m", micro=False).svg_data_uri(border=3, light="#fff", dark="#000")
    return uri


def _whole(path: str, lang: str) -> str:
    config: Config = current_app.config["TRACKER"]
    prefix = "" if lang == config.lang else f"/{lang}"
    return f"{config.site_url}{prefix}{path.removeprefix(request.script_root)}"
