"""Headers every answer carries, the hosts we answer to, and how much may be sent."""

from flask import Flask, Response, g
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map, UnicodeConverter

from tracker.config import Config

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
}
FORM_BYTES = 2_000_000
"""What a form may weigh; pages that take files raise it for themselves (`request.max_content_length`)."""
FORM_FIELDS = 2_000


class Name(UnicodeConverter):
    """A part of an address. No key holds NUL, and PostgreSQL refuses to look for one: such an address leads nowhere."""

    def __init__(self, map: Map, minlength: int = 1, maxlength: int | None = None, length: int | None = None) -> None:
        super().__init__(map, minlength, maxlength, length)
        self.regex = self.regex.replace("[^/]", "[^/\\x00]")


class Number(IntegerConverter):
    """A number in an address, as large as a row's can be: more than that no database takes, and there is no such page."""

    regex = r"\d{1,9}"


def allow(directive: str, *sources: str) -> None:
    """Let this one answer load more than others: `allow("frame-src", "https://www.youtube-nocookie.com")`."""
    g.setdefault("policy", {})[directive] = " ".join(sources)


def init_app(app: Flask, config: Config) -> None:
    """Put the headers on every answer, errors included; answer to our own hosts only; refuse forms that are too large."""
    app.config["TRUSTED_HOSTS"] = list(config.trusted_hosts) or None
    app.config["MAX_CONTENT_LENGTH"] = FORM_BYTES
    app.config["MAX_FORM_MEMORY_SIZE"] = FORM_BYTES
    app.config["MAX_FORM_PARTS"] = FORM_FIELDS
    app.url_map.converters.update(default=Name, string=Name, int=Number)
    if config.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.proxies)  # type: ignore[method-assign]

    @app.after_request
    def _headers(response: Response) -> Response:
        policy = POLICY | g.get("policy", {})
        response.headers.setdefault(
            "Content-Security-Policy", "; ".join(f"{name} {what}" for name, what in policy.items())
        )
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response
