"""Two languages, told apart by the address: /es/… is Spanish. Nothing else decides, so every page can be cached and shared.

English texts are the message ids and stand in the code and templates; Spanish stands in translations/es.po and, for the
rooms of the desk, in es.<room>.po beside it.
"""

import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal, format_percent
from babel.support import NullTranslations, Translations
from flask import Flask, request
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup
from werkzeug.local import LocalProxy

from positions.followthrough.days import PartialDay
from tracker.config import Config
from transcripts.errors import Refusal
from transcripts.messages import Message

LANGUAGES = {"en": "English", "es": "Español"}
CATALOGUES = Path(__file__).parent / "translations"


_LANGUAGE: ContextVar[str] = ContextVar("language", default="en")
"""Set as a request comes in, by the thread that answers it; asked thousands of times while a page is made."""
_ROOT: ContextVar[str] = ContextVar("root", default="")
"""What every address of the page being made begins with: where the site is mounted, and the language. Set with it."""


class LanguagePrefix:
    """WSGI middleware: takes /es off the path, puts it on SCRIPT_NAME, so that url_for writes it back by itself."""

    def __init__(self, app: WSGIApplication, default: str) -> None:
        self.app = app
        self.default = default

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        first, _, rest = environ.get("PATH_INFO", "").lstrip("/").partition("/")
        _LANGUAGE.set(self.default)
        if first in LANGUAGES and first != self.default:
            _LANGUAGE.set(first)
            environ["SCRIPT_NAME"] = f"{environ.get('SCRIPT_NAME', '')}/{first}"
            environ["PATH_INFO"] = f"/{rest}"
        _ROOT.set(environ.get("SCRIPT_NAME", "").rstrip("/"))
        return self.app(environ, start_response)


@cache
def translations(lang: str) -> NullTranslations:
    """The catalogues of a language (es.po, es.desk.po …), read once and put together; English needs none."""
    found: NullTranslations = NullTranslations()
    for path in sorted(CATALOGUES.glob(f"{lang}.*po")):
        compiled = io.BytesIO()
        with path.open("rb") as file:
            write_mo(compiled, read_po(file, locale=lang))
        compiled.seek(0)
        part = Translations(compiled)
        found = found.merge(part) if isinstance(found, Translations) else part
    return found


def translator(lang: str) -> Callable[[str], str]:
    """English text → the same text in `lang`; a text without a translation stays English."""
    return translations(lang).ugettext


def current_language() -> str:
    """The language of the page being made."""
    return _LANGUAGE.get()


def localized(path: str) -> str:
    """A path of this site under the language of the page."""
    return _ROOT.get() + path


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Everything inside is said in this language: letters are written where no page is being made."""
    before = _LANGUAGE.set(lang)
    try:
        yield
    finally:
        _LANGUAGE.reset(before)


def gettext(message: str) -> str:
    """An interface text in the page's language."""
    return translations(current_language()).ugettext(message)


def translated(told: Message | Refusal) -> str:
    """A sentence of the rooms below in the page's language."""
    return (told.message if isinstance(told, Refusal) else told).said(gettext)


def ngettext(one: str, many: str, n: int) -> str:
    """An interface text that counts."""
    return translations(current_language()).ungettext(one, many, n)


def long_date(day: date) -> str:
    """A local day in words: September 8, 2015 · 8 de septiembre de 2015."""
    return _long_date(day, current_language())


@lru_cache(maxsize=4096)
def _long_date(day: date, lang: str) -> str:
    return format_date(day, "long", locale=lang)


def partial_date(day: str) -> str:
    """A day as a source gives it, in words: 2017, November 2017 · noviembre de 2017, November 5, 2017."""
    held, lang = PartialDay.of(day), current_language()
    if held.month is None:
        return str(held.year)
    return _long_date(held.first, lang) if held.day else format_skeleton("yMMMM", held.first, locale=lang)


def moment(at: datetime, zone: str = "UTC") -> str:
    """A moment as date and time in a zone, whose name is said."""
    lang, there = current_language(), at.astimezone(ZoneInfo(zone))
    return f"{format_date(there, 'medium', locale=lang)}, {format_time(there, 'short', locale=lang)} {there:%Z}"


def number(value: float | Decimal) -> str:
    """A count with the language's separators."""
    return _number(value, current_language())


def money(amount: Decimal, currency: str) -> str:
    """A sum of money as it is written in the page's language; no cents where there are none."""
    whole = amount == amount.to_integral_value()
    return format_currency(
        amount, currency, locale=current_language(), currency_digits=not whole, format="¤#,##0" if whole else None
    )


def share(value: float) -> str:
    """A share from 0 to 1 as whole percent, in the language's way."""
    return str(format_percent(value, locale=current_language()))


@lru_cache(maxsize=8192)
def _number(value: float | Decimal, lang: str) -> str:
    return format_decimal(value, locale=lang)


def clock(ms: int) -> str:
    """A media time: 12:04, or 1:02:03 past an hour."""
    seconds = ms // 1000
    hours, minutes = seconds // 3600, seconds // 60 % 60
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"


def precise_clock(ms: int | None) -> str:
    """A media time to the ms, as it is typed into a form: 12:04.500; empty where nobody knows it."""
    return "" if ms is None else clock(ms) + (f".{ms % 1000:03}" if ms % 1000 else "")


def spoken_clock(ms: int) -> str:
    """A media time as a screen reader should say it: 1 hour 2 minutes 3 seconds."""
    return _spoken(ms // 1000, current_language())


@lru_cache(maxsize=8192)
def _spoken(seconds: int, lang: str) -> str:
    counted = (
        ("%(n)s hour", "%(n)s hours", seconds // 3600),
        ("%(n)s minute", "%(n)s minutes", seconds // 60 % 60),
        ("%(n)s second", "%(n)s seconds", seconds % 60),
    )
    said = [translations(lang).ungettext(one, many, n) % {"n": n} for one, many, n in counted]
    return " ".join(said if seconds >= 3600 else said[1:])


@pass_eval_context
def in_template(context: EvalContext, message: str, **values: object) -> str:
    """What `_` is in a template: jinja's own, which looks everything up anew for each of thousands of texts in a page."""
    lang = current_language()
    if not values:
        return _without_values(message, lang, context.autoescape)
    return _with_values(message, lang, context.autoescape) % values


@lru_cache(maxsize=8192)
def _with_values(message: str, lang: str, marked: bool) -> str:
    words = translations(lang).ugettext(message)
    return Markup(words) if marked else words


@lru_cache(maxsize=8192)
def _without_values(message: str, lang: str, marked: bool) -> str:
    return _with_values(message, lang, marked) % {}  # "%%" of a text is one "%", as with jinja's


def address_in(lang: str, default: str) -> str:
    """The address of this same page in another language, query included."""
    bare = request.path if request.path != "/" or lang == default else "/"
    query = f"?{request.query_string.decode(errors='replace')}" if request.query_string else ""
    return ("" if lang == default else f"/{lang}") + bare + query


def init_app(app: Flask, config: Config) -> None:
    """Hang the languages on the application and its templates."""
    app.wsgi_app = LanguagePrefix(app.wsgi_app, config.lang)  # type: ignore[method-assign]
    app.jinja_env.add_extension("jinja2.ext.i18n")
    install: Any = app.jinja_env.install_gettext_callables  # type: ignore[attr-defined]
    install(gettext, ngettext, newstyle=True)
    app.jinja_env.globals["_"] = in_template
    app.jinja_env.globals["lang"] = LocalProxy(current_language)  # a global, because macros see no page's variables
    app.jinja_env.globals["current_language"] = current_language  # the same as plain text, for a macro that asks often
    app.jinja_env.globals["localized"] = localized
    app.jinja_env.filters.update(
        localized=localized,  # as a filter it costs less than as a call
        translated=translated,
        long_date=long_date,
        partial_date=partial_date,
        moment=moment,
        number=number,
        share=share,
        money=money,
        clock=clock,
        spoken_clock=spoken_clock,
    )

    @app.context_processor
    def _language() -> dict[str, Any]:
        others = {code: address_in(code, config.lang) for code in LANGUAGES}
        return {"languages": LANGUAGES, "addresses": others, "default_lang": config.lang}
