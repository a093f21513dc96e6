"""What this site says about itself: who publishes it, who pays, where it is. Set by `tracker init`, shown in the footer and on About."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Text
from sqlmodel import Field, Session, SQLModel, select

from tracker.facts import FACTS, LANGUAGES, OFF
from transcripts.errors import Refusal

if TYPE_CHECKING:
    from flask import Flask

    from tracker.config import Config


class SiteFact(SQLModel, table=True):
    """One fact the publisher tells about the site; `lang` is empty for facts that read the same in every language."""

    __tablename__ = "site_fact"
    name: str = Field(primary_key=True, max_length=32)
    lang: str = Field(primary_key=True, max_length=16)
    value: str = Field(sa_type=Text)


@dataclass(frozen=True)
class Site:
    """The facts as one reader sees them. An empty string is a fact nobody has told yet.

    `cards`: single quotations may be shown in other sites' pages (the switch `quote_cards`).
    """

    name: str = ""
    publisher: str = ""
    contact: str = ""
    funding: str = ""
    interest: str = ""
    place: str = ""
    zone: str = ""
    languages: str = ""
    cards: bool = True

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the facts nobody has told yet, in the order they are asked."""
        return tuple(fact.name for fact in FACTS if not getattr(self, fact.name))


def read(session: Session, lang: str = "en") -> Site:
    """The facts in `lang`, each in another language where it was told in that one only."""
    held = {(row.name, row.lang): row.value for row in session.exec(select(SiteFact))}
    order = ("", lang, *(other for other in LANGUAGES if other != lang))
    told = {
        fact.name: next((held[fact.name, choice] for choice in order if (fact.name, choice) in held), "")
        for fact in FACTS
    }
    return Site(**told, cards=held.get(("quote_cards", "")) != OFF)


def check(told: Mapping[tuple[str, str], str]) -> None:
    """Raise a Refusal for a zone or a language we do not know."""
    zone = told.get(("zone", ""), "").strip()
    try:
        ZoneInfo(zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Refusal("There is no time zone “{zone}”; zones look like America/New_York.", zone=zone) from error
    spoken = [lang.strip() for lang in told.get(("languages", ""), "").split(",") if lang.strip()]
    unknown = [lang for lang in spoken if lang not in LANGUAGES]
    if unknown:
        raise Refusal(
            "The pages exist in {languages}; “{language}” is not among them.",
            languages=", ".join(LANGUAGES),
            language=unknown[0],
        )


def store(session: Session, told: Mapping[tuple[str, str], str]) -> None:
    """Keep facts by (name, language); an empty value takes the fact away. Others stay as they are."""
    for (name, lang), value in told.items():
        row = session.get(SiteFact, (name, lang))
        if row is not None:
            session.delete(row)
            session.flush()
        if value.strip():
            session.add(SiteFact(name=name, lang=lang, value=value.strip()))


def init_app(app: Flask, _config: Config) -> None:
    """Give every template the facts as `site`, in the language of the page. They are read again when something was written."""
    from tracker.i18n import current_language

    held: dict[str, tuple[Hashable, Site]] = {}

    @app.context_processor
    def _site() -> dict[str, Any]:
        lang, database = current_language(), app.extensions["database"]
        stamp = database.stamp()
        if lang not in held or held[lang][0] != stamp:
            with database.read() as session:
                held[lang] = stamp, read(session, lang)
        return {"site": held[lang][1]}
