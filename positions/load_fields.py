"""The fields that entries of loaded files are made of (docs/load.md): texts, slugs, days, addresses, texts in both languages."""

import re
from datetime import date
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from transcripts.bilingual import Bilingual
from transcripts.messages import Message
from transcripts.text import clean

LONGEST = 20_000


def _text(value: object) -> object:
    return clean(value).strip() if isinstance(value, str) else value


def _day(value: object) -> object:
    if not isinstance(value, date | str):
        raise ValueError(Message("must be a day such as 2026-10-01"))
    return value


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(Message("is not a time zone; write one such as America/New_York")) from error
    return value


def _matching(pattern: str, must: Message) -> AfterValidator:
    def check(value: str) -> str:
        if re.fullmatch(pattern, value) is None:
            raise ValueError(must)
        return value

    return AfterValidator(check)


Words = Annotated[str, BeforeValidator(_text), Field(min_length=1, max_length=LONGEST)]
Slug = Annotated[
    str,
    _matching(r"[a-z0-9]+(-[a-z0-9]+)*", Message("must be small letters, digits and single hyphens")),
    Field(max_length=120),
]
Day = Annotated[date, BeforeValidator(_day)]
Zone = Annotated[str, AfterValidator(_zone)]
Url = Annotated[
    str,
    _matching(
        r"https?://[^\s<>\"\x00-\x1f\x7f\ud800-\udfff]+",
        Message("must be an address that begins with https:// or http://"),
    ),
]
Language = Annotated[
    str,
    _matching(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", Message("must be the code of a language, such as en or es")),
    Field(max_length=16),
]
FileName = Annotated[
    str, _matching(r"\w[\w. -]*", Message("must be the name of a file beside this one, without folders"))
]


class Entry(BaseModel):
    """One mapping of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Both(Entry):
    """A text of ours in both languages; without `es` the Spanish page says that there is no translation yet."""

    en: Words
    es: Words | None = None

    def pair(self) -> Bilingual:
        return Bilingual(self.en, self.es)


class InBoth(Entry):
    """A text of ours that must stand in both languages."""

    en: Words
    es: Words

    def pair(self) -> Bilingual:
        return Bilingual(self.en, self.es)
