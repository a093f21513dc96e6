"""Headers every answer carries, and the refusal of every unsafe method: no unsafe route exists yet."""

from flask import Flask, Response, abort, request

from tracker.config import Config

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
}
SAFE = ("GET", "HEAD", "OPTIONS")


def init_app(app: Flask, config: Config) -> None:
    """Refuse unsafe methods before any page sees them; put HEADERS on every answer, errors included."""
    app.config["TRUSTED_HOSTS"] = list(config.trusted_hosts) or None

    @app.before_request
    def _closed_by_default() -> None:
        if request.method not in SAFE:
            abort(405)

    @app.after_request
    def _headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response
