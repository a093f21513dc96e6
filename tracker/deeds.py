"""The codes of follow-through as the words a reader sees, and what each means, in the page's language."""

from collections.abc import Mapping
from enum import StrEnum

from flask import Flask

from positions.followthrough import vocabulary
from tracker.config import Config
from tracker.i18n import gettext


def _tables(suffix: str) -> dict[type[StrEnum], Mapping[StrEnum, str]]:
    """The tables whose names end so, by the vocabulary of their codes: one code may stand in several vocabularies."""
    tables = (table for noun in vocabulary.NOUNS for name, table in vars(noun).items() if name.endswith(suffix))
    return {type(code): table for table in tables for code in table}


_WORDS, _MEANING = _tables("_WORDS"), _tables("_MEANING")


def in_words(code: StrEnum) -> str:
    """A code of follow-through in words."""
    return gettext(_WORDS[type(code)][code])


def meaning(code: StrEnum) -> str:
    """What a code means; empty where its words say it all."""
    return gettext(_MEANING.get(type(code), {}).get(code, ""))


def init_app(app: Flask, _config: Config) -> None:
    """Give templates both."""
    app.jinja_env.filters.update(in_words=in_words, meaning=meaning)
