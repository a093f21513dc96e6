"""Words of the glossary where they stand in texts of ours: the first time on a page each is a button that tells its meaning.

A popover of HTML: it opens by tap, by click and by keys without a script, and by hovering with a rule of CSS.
"""

from collections.abc import Hashable
from typing import NamedTuple, cast

from flask import Flask, current_app, g
from markupsafe import Markup, escape
from sqlmodel import Session

from positions.followthrough.glossing import Glossary
from positions.followthrough.queries import terms
from tracker.config import Config
from tracker.db import Database, stamp_of
from tracker.i18n import current_language
from tracker.rendering import Components
from transcripts.bilingual import Bilingual


class _Remembered(NamedTuple):
    stamp: Hashable
    glossary: Glossary


def known(session: Session) -> Glossary:
    """The words of the glossary. No statement while nothing was written (PostgreSQL is asked whether); one more where something was."""
    held: dict[str, _Remembered] = current_app.extensions["glossary"]
    site, stamp = str(session.get_bind().engine.url), stamp_of(session)
    found = held.get(site)
    if found and stamp is not None and found.stamp == stamp:
        return found.glossary
    glossary = terms.glossary(session)
    if stamp is not None:
        held[site] = _Remembered(stamp, glossary)
    return glossary


def marked(text: Bilingual) -> Markup:
    """A text of ours as `text.within(lang)` gives it, the words of the glossary marked that this page has not told yet."""
    lang = current_language()
    words = text.within(lang)
    found = _glossary().find(words, "en" if text.untranslated(lang) else lang, g.setdefault("told_terms", set()))
    pieces: list[str] = []
    at, ui = 0, cast(Components, current_app.jinja_env.globals["ui"])
    for one in found:
        g.told_terms.add(one.term.slug)
        term = ui.term(one.term, words[one.start : one.end])
        pieces += (escape(words[at : one.start]), term)
        at = one.end
    return Markup("".join((*pieces, escape(words[at:]))))


def _glossary() -> Glossary:
    """The glossary as it is when this page first asks for it."""
    if "glossary" not in g:
        database: Database = current_app.extensions["database"]
        with database.read() as session:
            g.glossary = known(session)
    found: Glossary = g.glossary
    return found


def init_app(app: Flask, _config: Config) -> None:
    """Give templates the filter, and the application a place for the words."""
    app.extensions["glossary"] = {}
    app.jinja_env.filters["marked_terms"] = marked
