"""Phrases that give a subject away, and where they stand in a text.

They come from `data/topic_words.yaml`, from the aliases of the tree and from what editors changed of both (`changed`), which
holds over them. Words are compared folded and without the plural's s. The longest phrase at a place wins and its words
count for nothing else, so that an idiom listed under `no subject` silences the words in it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product
from math import prod
from typing import NamedTuple, Protocol

import yaml

from transcripts.text import fold

WEIGHTS = {"sure": 3.0, "likely": 1.5, "hint": 0.5, "silent": 0.0}
WORD = re.compile(r"\d+(?:[.,]\d+)+|\b(?![Uu][hm]+\b)[^\W_]+(?:['’][^\W_]+)?")
"""A word: “$7.25” is one, “body-worn” is two, “um” is none, so that it breaks no phrase."""

Listed = Mapping[str, Mapping[str, Mapping[str, Sequence[object]]]]
"""subject → language → grade → patterns; a pattern YAML reads as a number is still one."""

NUMBER = "%"
"""Stands for any word that begins with a digit."""

FAULTS = {
    "choices": "Choices stand between parentheses, divided by bars: (bus|train) fare.",
    "many": "This stands for too many phrases; write fewer choices between parentheses.",
    "length": "A phrase has between one and eight words.",
    "word": "Write words as people say them; * ends a word that may go on, = stands before one whose case counts.",
}
"""What can be wrong with a pattern, as a sentence for who typed it."""
MOST_PHRASES, LONGEST_PHRASE = 512, 8
_PART = re.compile(r"%|=[^\W_]+(?:['’][^\W_]+)?|[^\W_]+(?:['’.,-][^\W_]+)*\.?|[^\W_]{2,}\*")
_GROUP = re.compile(r"\(([^)]*)\)(\*?)")
_SHORTEST_STEM = 2
_WORDS_REMEMBERED = 100_000


class NameLike(Protocol):
    """A name in English and in Spanish."""

    @property
    def en(self) -> str: ...


class AliasLike(Protocol):
    """Another name of a topic, in a language, perhaps only in this very case."""

    @property
    def lang(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def exact_case(self) -> bool: ...


class ChangeLike(Protocol):
    """A pattern an editor put on a topic's list (`grade`) or took off it (None)."""

    @property
    def lang(self) -> str: ...
    @property
    def pattern(self) -> str: ...
    @property
    def grade(self) -> str | None: ...


class TopicLike(Protocol):
    """What tagging needs to know of a topic. `absorbed` are the slugs merged into it: the words listed for them are its own."""

    @property
    def slug(self) -> str: ...
    @property
    def parent(self) -> str | None: ...
    @property
    def name(self) -> NameLike: ...
    @property
    def aliases(self) -> Sequence[AliasLike]: ...
    @property
    def changes(self) -> Sequence[ChangeLike]: ...
    @property
    def absorbed(self) -> Sequence[str]: ...


Changed = Mapping[tuple[str, str, tuple[str, ...]], float | None]
"""(subject, language, keys of a phrase) → its weight by an editor's word, None where it was taken out."""


class Meaning(NamedTuple):
    """What a phrase says: the subject, how surely, and in which language."""

    subject: str
    weight: float
    lang: str


class Found(NamedTuple):
    """A listed phrase in a text: the words from `first` up to `end`, and what they may mean."""

    meanings: tuple[Meaning, ...]
    first: int
    end: int


@dataclass
class _Node:
    """A place in the tree of phrases: the words that may follow, and what the phrase means if it ends here."""

    following: dict[str, "_Node"] = field(default_factory=dict)
    meanings: tuple[Meaning, ...] = ()


class _Known(NamedTuple):
    """What the lexicon knows of a word: the keys it may be listed under, and how phrases that begin with it go on.

    `alone` is whether it is a phrase by itself, `next` the keys of the words that may follow.
    """

    keys: tuple[str, ...]
    begun: tuple[_Node, ...]
    alone: bool
    next: frozenset[str]


_LONGEST_WORD = 100
"""Code points: what is longer is no word of any language, and looking at all its beginnings would take its square."""

_UNKNOWN = _Known((), (), False, frozenset())


class Lexicon:
    """Every listed phrase, ready to be found. The same words give the same answer: instances never change."""

    def __init__(self, listed: Listed, tree: Sequence[TopicLike]) -> None:
        self._root = _Node()
        self._keys: set[str] = set()
        known, now = changed(tree), {old: topic.slug for topic in tree for old in topic.absorbed}
        for phrase, meaning in _listed(listed, now):
            self._add(keys_of(phrase), meaning, known)
        for phrase, meaning in _aliases(tree):
            self._add(keys_of(phrase), meaning, known, unless_listed=True)
        for (subject, lang, keys), weight in known.items():
            if weight is not None:
                self._add(keys, Meaning(subject, weight, lang), {})
        self._look_up = lru_cache(maxsize=_WORDS_REMEMBERED)(self._known)

    def find(self, words: Sequence[str]) -> list[Found]:
        """The phrases in a text's words (`WORD`), from left to right, none overlapping another."""
        known = [self._look_up(word) for word in words]
        found: list[Found] = []
        end = 0
        for at in [at for at, word in enumerate(known) if word.begun]:
            word = known[at]
            following = known[at + 1] if at + 1 < len(known) else _UNKNOWN
            if at >= end and (word.alone or not word.next.isdisjoint(following.keys)):
                hit = _longest(known, at)
                if hit is not None:
                    found.append(hit)
                    end = hit.end
        return found

    def _add(self, keys: tuple[str, ...], meaning: Meaning, known: Changed, unless_listed: bool = False) -> None:
        if (meaning.subject, meaning.lang, keys) in known:
            return
        node = self._root
        for key in keys:
            node = node.following.setdefault(key, _Node())
        self._keys.update(keys)
        rivals = [one for one in node.meanings if (one.subject, one.lang) == (meaning.subject, meaning.lang)]
        if not rivals or (rivals[0].weight < meaning.weight and not unless_listed):
            node.meanings = (*(one for one in node.meanings if one not in rivals), meaning)

    def _known(self, word: str) -> _Known:
        """A word may be listed by its case, its form, its stem, how it begins, or as any number."""
        if len(word) > _LONGEST_WORD:
            return _UNKNOWN
        folded = fold(word)
        forms = (f"={word}", f"{folded}.", _stem(folded), NUMBER if folded[:1].isdecimal() else "")
        beginnings = (f"{folded[:size]}*" for size in range(_SHORTEST_STEM, len(folded) + 1))
        keys = tuple(key for key in (*forms, *beginnings) if key in self._keys)
        begun = tuple(self._root.following[key] for key in keys if key in self._root.following)
        following = frozenset(key for node in begun for key in node.following)
        return _Known(keys, begun, any(node.meanings for node in begun), following)


def _longest(known: Sequence[_Known], first: int) -> Found | None:
    """The longest phrase that begins at a place; where several are as long, they share the meanings."""
    best = None
    nodes: Sequence[_Node] = known[first].begun
    end = first + 1
    while nodes:
        meanings = tuple(meaning for node in nodes for meaning in node.meanings)
        if meanings:
            best = Found(meanings, first, end)
        if end == len(known):
            break
        keys = known[end].keys
        nodes = [node.following[key] for node in nodes for key in keys if key in node.following]
        end += 1
    return best


def lexicon(tree: Iterable[TopicLike]) -> Lexicon:
    """The product's phrases and the aliases of this tree; built once per tree."""
    return _built(tuple(tree))


@lru_cache(maxsize=4)
def _built(tree: tuple[TopicLike, ...]) -> Lexicon:
    return Lexicon(shipped(), tree)


@cache
def shipped() -> Listed:
    """The phrases that come with the product."""
    source = files("positions").joinpath("data", "topic_words.yaml").read_text(encoding="utf-8")
    listed: Listed = yaml.load(source, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return listed


def changed(tree: Iterable[TopicLike]) -> Changed:
    """What editors changed, phrase by phrase; the last word holds. Patterns that are none (words withheld since) say nothing."""
    known: dict[tuple[str, str, tuple[str, ...]], float | None] = {}
    for topic in tree:
        for change in topic.changes:
            if wrong_with(change.pattern) is None:
                weight = WEIGHTS[change.grade] if change.grade else None
                known |= {(topic.slug, change.lang, keys_of(phrase)): weight for phrase in expand(change.pattern)}
    return known


def _listed(listed: Listed, now: Mapping[str, str]) -> Iterator[tuple[str, Meaning]]:
    """`now` names the topics that others were merged into."""
    for subject, languages in listed.items():
        for lang, grades in languages.items():
            for grade, patterns in grades.items():
                meaning = Meaning(now.get(subject, subject), WEIGHTS[grade], lang)
                yield from ((phrase, meaning) for pattern in patterns for phrase in expand(str(pattern)))


def _aliases(tree: Iterable[TopicLike]) -> Iterator[tuple[str, Meaning]]:
    """An alias of several words, or in an exact case, is sure; a single word is only likely."""
    for topic in tree:
        for alias in topic.aliases:
            words = alias.text.split()
            weight = WEIGHTS["sure" if len(words) > 1 or alias.exact_case else "likely"]
            phrase = " ".join(f"={word}" for word in words) if alias.exact_case else alias.text
            yield phrase, Meaning(topic.slug, weight, alias.lang)


def expand(pattern: str) -> Iterator[str]:
    """The phrases a pattern stands for: “(bus|train) fare*” is two."""
    parts: list[list[str]] = []
    end = 0
    for group in _GROUP.finditer(pattern):
        parts.append([pattern[end : group.start()]])
        parts.append([choice and choice + group.group(2) for choice in group.group(1).split("|")])
        end = group.end()
    for choices in product(*parts, [pattern[end:]]):
        yield " ".join("".join(choices).split())


def wrong_with(pattern: str) -> str | None:
    """Why a pattern cannot stand on a list, one of FAULTS; None where it can."""
    groups = [group.group(1) for group in _GROUP.finditer(pattern)]
    if any(sign in _GROUP.sub(" ", pattern) for sign in "()|") or any("(" in group for group in groups):
        return FAULTS["choices"]
    if prod(group.count("|") + 1 for group in groups) > MOST_PHRASES:
        return FAULTS["many"]
    phrases = [phrase.split() for phrase in expand(pattern)]
    if not all(0 < len(parts) <= LONGEST_PHRASE for parts in phrases):
        return FAULTS["length"]
    return None if all(_PART.fullmatch(part) for parts in phrases for part in parts) else FAULTS["word"]


@lru_cache(maxsize=_WORDS_REMEMBERED)
def keys_of(phrase: str) -> tuple[str, ...]:
    """What a phrase is compared by, word by word: two phrases with the same keys are one."""
    return tuple(_keys(phrase))


def _keys(phrase: str) -> list[str]:
    keys: list[str] = []
    for part in phrase.split():
        words = [part] if part.startswith("=") or part == NUMBER else WORD.findall(fold(part.rstrip("*.")))
        keys += [_stem(word) if word[0].isalnum() else word for word in words]
        if part[-1] in "*." and not part.startswith("="):
            keys[-1] = words[-1] + part[-1]
    return keys


def _stem(folded: str) -> str:
    """Without possessive and plural s. Crude on purpose: both sides of a comparison go through it."""
    word = folded[:-2] if folded[-2:] in ("'s", "’s") else folded
    if len(word) <= 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") and len(word) > 4 else word[:-1]
