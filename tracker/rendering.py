"""How a page becomes an answer: whole, or one named block of it when htmx asks for a part."""

import re
from collections.abc import Hashable, Iterable
from typing import Any

from flask import Flask, Response, current_app, make_response, render_template, request
from htmx_flask import Htmx
from jinja2 import Environment, StrictUndefined
from jinja2_fragments.flask import render_block
from markupsafe import Markup, escape

from tracker.config import Config
from tracker.i18n import current_language

PAGE_NUMBER = re.compile("[0-9]{1,6}")
MOST_KEPT = 1_000
WHOLE = ("HX-Boosted", "HX-History-Restore-Request")


def wants_fragment() -> bool:
    """Whether htmx asked for a part; boosted and history-restore requests want the whole page."""
    return "HX-Request" in request.headers and not any(name in request.headers for name in WHOLE)


def page(template: str, *, fragment: str | None = None, status: int = 200, **context: Any) -> Response:
    """The whole page, or only its block named `fragment` when htmx asks. Caches are told what the answer depends on."""
    part = fragment if fragment and wants_fragment() else None
    html = render_block(template, part, **context) if part else render_template(template, **context)
    return answer(html, status)


def answer(html: str | bytes, status: int = 200) -> Response:
    """A page that is made, or a part of it, as an answer that tells caches what it depends on."""
    response = make_response(html, status)
    response.vary.update(("HX-Request", *WHOLE))
    return response


def private(response: Response) -> Response:
    """An answer to whoever holds a link: kept by no cache, found by no engine, and its address told to no other site."""
    response.cache_control.no_store = True
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def page_number(typed: str | None) -> int:
    """The page of a list a reader asked for, counted from 1; anything that is not a page is the first."""
    return max(1, int(typed)) if typed and PAGE_NUMBER.fullmatch(typed) else 1


def lit(text: str, marks: Iterable[tuple[int, int]] | None) -> Markup:
    """Words with half-open spans of code points lit; every piece of them is escaped."""
    pieces: list[str] = []
    at = 0
    for start, end in marks or ():
        pieces += (escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>")
        at = end
    return Markup("".join((*pieces, escape(text[at:]))))


def once(template: str, key: Hashable, **context: Any) -> Markup:
    """A part of a page that is the same for every reader of a language while its `key` is: it is made once."""
    held: dict[Hashable, Markup] = current_app.extensions["once"]
    whole = template, request.script_root, current_language(), key
    part = held.get(whole)
    if part is None:
        if len(held) >= MOST_KEPT:
            held.clear()  # by any thread, at any moment: what is given back is never looked up again
        part = held[whole] = Markup(current_app.jinja_env.get_template(template).render(context))
    return part


class Components:
    """The `ui` global: `ui.turn(view)` is the macro `turn` of templates/components/turn.html.

    A global, because macros imported at the top of a page are undefined when one of its blocks is rendered alone.
    """

    def __init__(self, environment: Environment) -> None:
        self._environment = environment

    def __getattr__(self, name: str) -> Any:
        template = self._environment.get_template(f"components/{name}.html")
        macro = getattr(template.module, name)
        setattr(self, name, macro)  # looked up once: a page of 300 turns calls some of them a thousand times
        return macro


def init_app(app: Flask, config: Config) -> None:
    """Strict templates, the `ui` global, and htmx's request headers on the request."""
    Htmx(app)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.extensions["once"] = {}
    app.jinja_env.filters["lit"] = lit
    app.jinja_env.globals["once"] = once
    app.jinja_env.globals["site_url"] = config.site_url
    app.jinja_env.globals["ui"] = Components(app.jinja_env)
