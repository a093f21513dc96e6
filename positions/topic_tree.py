"""The curated topic tree as it stands in `data/topics.yaml`: two levels, in the order of the page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from transcripts.bilingual import Bilingual

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's, where PyYAML was built with it: ten times as quick."""


@dataclass(frozen=True)
class Alias:
    """Another name of a topic. `exact_case` keeps LEAD the program apart from lead the verb."""

    lang: str
    text: str
    exact_case: bool = False


@dataclass(frozen=True)
class WordChange:
    """A pattern an editor put on a topic's list of words, as sure, likely or hint, or took off it (`grade` None)."""

    lang: str
    pattern: str
    grade: str | None


@dataclass(frozen=True)
class TreeTopic:
    """A subject; `parent` is the slug of a topic that has none itself.

    As it is held, a topic brings along what editors changed of its words, the last change last, and the slugs of those merged
    into it.
    """

    slug: str
    parent: str | None
    name: Bilingual
    summary: Bilingual | None
    aliases: tuple[Alias, ...]
    changes: tuple[WordChange, ...] = ()
    absorbed: tuple[str, ...] = ()


def with_changes(tree: Iterable[TreeTopic], slug: str, changes: Iterable[WordChange]) -> tuple[TreeTopic, ...]:
    """The tree as it would be with these changes of one topic's words, made after those it has."""
    return tuple(replace(one, changes=(*one.changes, *changes)) if one.slug == slug else one for one in tree)


@cache
def curated() -> tuple[TreeTopic, ...]:
    """The tree that comes with the product."""
    return read(files("positions").joinpath("data", "topics.yaml").read_text(encoding="utf-8"))


def read(source: str) -> tuple[TreeTopic, ...]:
    """The topics of a YAML text in the form described at the head of `data/topics.yaml`."""
    return tuple(_topic(entry) for entry in yaml.load(source, _LOADER))


def _topic(entry: Mapping[str, Any]) -> TreeTopic:
    name, summary = (Bilingual(entry[field]["en"], entry[field]["es"]) for field in ("name", "summary"))
    aliases = tuple(alias for lang, texts in entry.get("aliases", {}).items() for alias in _aliases(lang, texts))
    return TreeTopic(entry["slug"], entry.get("parent"), name, summary, aliases)


def _aliases(lang: str, texts: Iterable[str | Mapping[str, Any]]) -> Iterable[Alias]:
    for text in texts:
        yield Alias(lang, text) if isinstance(text, str) else Alias(lang, text["text"], bool(text.get("case", False)))
