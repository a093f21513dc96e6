"""Runs of capitalised words in a paragraph: which words may be a name, and which before them are titles."""

from collections.abc import Sequence
from dataclasses import dataclass

from transcripts.formats.recap.tokens import Token
from transcripts.formats.recap.verbs import REPORTING, SPANISH
from transcripts.formats.recap.words import (
    AMBIGUOUS_TITLES,
    NOT_NAMES,
    ORGANISATIONS,
    PARTICLES,
    PLACE_STARTS,
    PLACES,
    SUFFIXES,
    TITLES,
)

_LONGEST = 14
"""Words in a row beyond which nothing is a name: a heading in capitals."""

_LEADING = frozenset("de del della di da du van von la le el al bin ibn ten ter".split())
_OPENERS = frozenset({".", "!", "?", "•", "—", "–", "-", "…", ":"})
_MARKS = frozenset("“”\"‘’'")
_GIVEN = frozenset({"Al", "Del"})
"""First names that are particles in small letters."""

_PREFIXES = ("ex-", "then-", "former-", "vice-", "co-")


def titled(lower: str) -> bool:
    """Whether a word in lower case is a title: mayor, ex-mayor."""
    if lower.endswith(("-elect", "-designate")):
        lower = lower.rpartition("-")[0]
    return lower in TITLES or any(lower.startswith(prefix) and lower[len(prefix) :] in TITLES for prefix in _PREFIXES)


@dataclass(frozen=True)
class Run:
    """Capitalised words in a row. `first` to `last` are tokens of the paragraph; the name is what is left without titles."""

    first: int
    last: int
    name: int
    possessive: bool
    opening: bool
    """Whether the run opens its sentence, where any word is capitalised."""


def runs(tokens: Sequence[Token], spanish: bool = False) -> list[Run]:
    """The runs of name words in a paragraph, from left to right.

    Outside Spanish, where “de” is a preposition, a name may begin with a small particle: de Blasio, van Dyke.
    """
    found: list[Run] = []
    at = 0
    while at < len(tokens):
        small = not spanish and tokens[at].text in _LEADING | _GIVEN and at + 1 < len(tokens) and _named(tokens[at + 1])
        last = _run_end(tokens, at + small)
        if last is None:
            at += 1
            continue
        found.append(_run(tokens, at, last))
        at = last + 1
    return found


def _named(token: Token) -> bool:
    return token.capital and token.lower not in NOT_NAMES and token.lower not in SPANISH


def _possessive(token: Token) -> bool:
    return token.text.endswith(("’s", "'s", "s’", "s'"))


def _run_end(tokens: Sequence[Token], at: int) -> int | None:
    if not _named(tokens[at]):
        return None
    last, reach = at, at + 1
    while reach < min(len(tokens), at + _LONGEST) and not _possessive(tokens[last]):
        token = tokens[reach]
        named = _named(token) or (token.capital and token.participle)
        if named and tokens[reach - 1].text != "," or token.lower in SUFFIXES:
            last, reach = reach, reach + 1
        elif token.lower in PARTICLES and token.word and not token.capital and _particle(tokens, at, reach):
            reach += 1
        elif _nickname(tokens, reach):
            last, reach = reach + 3, reach + 4
        elif token.text == "," and reach + 1 < len(tokens) and tokens[reach + 1].lower in SUFFIXES:
            reach += 1
        else:
            break
    return last


def _nickname(tokens: Sequence[Token], at: int) -> bool:
    """Robert “Buck” Sandoval: marks round one word between two of a name."""
    if at + 3 >= len(tokens) or tokens[at].text not in _MARKS or tokens[at + 2].text not in _MARKS:
        return False
    return tokens[at + 1].capital and _named(tokens[at + 3])


def _particle(tokens: Sequence[Token], first: int, at: int) -> bool:
    """Ana de la Cruz, but not Pedro Pérez de Hartford: after two words of a name “de” says where from."""
    ahead = [token for token in tokens[at + 1 : at + 3] if token.word]
    joined = any(_named(token) for token in ahead)
    if tokens[at].lower in {"de", "del"}:
        return joined and (at - first == 1 or bool(ahead) and ahead[0].lower in {"la", "los", "las"})
    return joined


def _run(tokens: Sequence[Token], first: int, last: int) -> Run:
    before = tokens[first - 1] if first else None
    opening = before is None or before.text in _OPENERS or (before.part is not None and before.last not in {",", ""})
    name = first + 1 if opening and first < last and tokens[first].lower in REPORTING else first
    company = tokens[last].lower in ORGANISATIONS
    for at in range(first, last):
        lower = tokens[at].lower
        enough = last - at >= (2 if lower in AMBIGUOUS_TITLES else 1)
        if titled(lower) and not company and enough and tokens[at + 1].lower not in SUFFIXES:
            name = at + 1
    office = first > 1 and tokens[first - 1].lower in {"of", "for"} and tokens[first - 2].lower in TITLES
    while office and sum(token.lower not in PARTICLES | SUFFIXES for token in tokens[name : last + 1]) > 2:
        name += 1
    return Run(first, last, name, _possessive(tokens[last]), opening)


def _folded(token: Token) -> str:
    lower = token.lower
    if _possessive(token):
        return lower[:-1] if lower[-1] in "’'" else lower[:-2]
    return lower.rstrip(".") if len(lower) > 2 else lower


def words_of(tokens: Sequence[Token], run: Run) -> tuple[str, ...]:
    """The words of a name in lower case, suffixes and particles left out."""
    found = tuple(
        _folded(token) for token in tokens[run.name : run.last + 1] if token.word and token.lower not in SUFFIXES
    )
    given = found[:1] if len(found) > 1 and tokens[run.name].text in _GIVEN else ()
    kept = given + tuple(word for word in found[len(given) :] if word not in PARTICLES)
    return kept or found or (tokens[run.last].lower,)


def placelike(words: tuple[str, ...]) -> bool:
    """Whether the words name a state or a compass point, never a person."""
    return words[-1] in PLACES or all(word in PLACE_STARTS for word in words)
