"""What in somebody's words tells who is speaking — names, parties, offices, the words of whoever holds the office — and blanking it. Pure.

The patterns only point: whether words are left out of a quiz, or may stay, an editor decides, phrase by phrase.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from positions.cells import Candidate
from transcripts.bilingual import Bilingual
from transcripts.text import fold

BLANK = "[…]"

CUE_WORDS = {
    "name": "a name",
    "party": "a party",
    "office": "an office",
    "incumbency": "words of somebody who holds or held the office",
}
"""Why words may tell who spoke."""

_PEOPLE = r"mayor|governor|senator|representative|commissioner|sheriff|clerk|treasurer|chief|president|incumbent"
_COUNCIL = r"council(?:or|lor)|council ?(?:member|man|woman|person|men|women)s?|alder(?:man|woman|person)"
_CARGOS = (
    r"alcalde|alcaldesa|gobernadora?|senadora?|comisionad[oa]|concejal(?:a|es|as)?|regidora?|presidente|presidenta"
)

_OFFICES = {
    "en": (_COUNCIL,),
    "es": (r"concejal(?:a|es|as)?", r"alcald(?:e|esa|ía)s?"),
}
_IN_OFFICE_EN = (
    rf"as (?:your |the |a |an )?(?:{_PEOPLE}|{_COUNCIL})",
    r"(?:my|our) (?:own )?(?:administration|chief|police chief|chief of police|cabinet|predecessor|tenure)",
    r"my (?:(?:first|second|third|last|next|whole) )?(?:term|budget|budgets|department|departments|years? in office)",
    r"(?:working|worked|work) with (?:our|my) chief",
    r"(?:cleared|approved|signed off|run) (?:through|by|with|past) me",
    r"(?:through|by|past|across|from) my (?:office|desk)",
    r"(?:answers?|reports?) to me",
    r"on my watch",
    r"(?:when|since|until|before|after) I(?:['’]ve| have| had)? (?:first )?"
    r"(?:took office|came in|came into office|been in office|was elected|got elected|was sworn in|took over|ran|won)",
    r"I(?:['’]ve| have)? (?:signed|vetoed|appointed|inherited)",
    r"(?:the )?(?:one|city|budget|department) I (?:got|inherited|found|was handed)",
    r"re-?elect(?:ed|ion)?",
)
_IN_OFFICE_ES = (
    rf"(?:como|soy|fui) (?:su |el |la )?(?:{_CARGOS})",
    r"mi (?:administración|gobierno|gestión|mandato|gabinete|antecesora?|presupuesto)",
    r"mi (?:primer|segundo|último) (?:período|mandato|término)",
    r"nuestr[oa] (?:jefe|jefa|jefatura)",
    r"(?:pas(?:a|an|ar|e|en)|aprobad[oa]s?) por m[ií]",
    r"(?:cuando|desde que) (?:asumí|fui elegid[oa]|llegué al cargo|tomé posesión)",
    r"reelec(?:ción|to|ta)",
)
_INCUMBENCY = {"en": _IN_OFFICE_EN, "es": _IN_OFFICE_ES}
_PARTICLES = frozenset(
    "de del la las los da dos van von der den el al ibn bin san santa saint jr sr dr mr mrs ms".split()
)
_LEAST_NAME = 3


@dataclass(frozen=True)
class Part:
    """A stretch of somebody's words, in order: shown as it stands, or left out."""

    text: str
    blanked: bool = False


@dataclass(frozen=True)
class Cue:
    """Words that may tell who is speaking, and why (CUE_WORDS)."""

    words: str
    kind: str


class Known(NamedTuple):
    """What is known of a race that may give a speaker away. `exact_case`: only so written (Bell, not bell).

    `lang`: only in words of this language, None in any: el mayor is no mayor.
    """

    phrase: str
    kind: str
    exact_case: bool = False
    lang: str | None = None


def known_of(
    candidates: Iterable[Candidate], aliases: Mapping[str, Collection[str]], office: Bilingual
) -> tuple[Known, ...]:
    """Names of the candidates, whole and in parts, other names (by slug), parties and the office."""
    found = []
    for one in candidates:
        names = (one.name, *aliases.get(one.slug, ()))
        parts = (part for name in names for part in _parts(name))
        found += [Known(name, "name", exact_case=True) for name in (*names, *parts)]
        found += [Known(name, "party") for name in (one.party or ()) if name]
    found += [Known(name, "office", lang=lang) for lang, name in zip(("en", "es"), office, strict=True) if name]
    return tuple(dict.fromkeys(found))


def cues(text: str, known: Sequence[Known], lang: str) -> tuple[Cue, ...]:
    """What in a text of a language may tell who spoke, each once, in order; of those that overlap the longest."""
    found = [(match, kind) for pattern, kind in _patterns(tuple(known), lang) for match in pattern.finditer(text)]
    found.sort(key=lambda one: (one[0].start(), -one[0].end()))
    told: dict[Cue, None] = {}
    end = 0
    for match, kind in found:
        if match.end() > end:
            told[Cue(match.group(), kind)] = None
            end = match.end()
    return tuple(told)


def blank(text: str, phrases: Collection[str]) -> tuple[Part, ...]:
    """The text in stretches, the phrases left out: whole words, in whatever case; neighbours in one piece."""
    pattern = _any_of(tuple(phrases))
    parts: list[Part] = []
    at = 0
    for match in pattern.finditer(text) if pattern else ():
        between = text[at : match.start()]
        if parts and not between.strip():
            parts[-1] = Part(parts[-1].text + between + match.group(), blanked=True)
        else:
            parts += [Part(between), Part(match.group(), blanked=True)]
        at = match.end()
    return tuple(part for part in (*parts, Part(text[at:])) if part.text)


def shown(parts: Iterable[Part]) -> str:
    """The words as a reader sees them before they know who spoke."""
    return "".join(BLANK if part.blanked else part.text for part in parts)


def remaining(parts: Iterable[Part], known: Sequence[Known], left: Collection[str], lang: str) -> tuple[Cue, ...]:
    """What may still tell who spoke once all is blanked, but for the phrases an editor left on purpose."""
    allowed = {fold(phrase) for phrase in left}
    found = (cue for part in parts if not part.blanked for cue in cues(part.text, known, lang))
    return tuple(dict.fromkeys(cue for cue in found if fold(cue.words) not in allowed))


def _parts(name: str) -> Iterable[str]:
    """The names in a name: Okoro-Reyes, Okoro and Reyes of Delphine Okoro-Reyes."""
    words = [word.strip(".,“”\"'()") for word in name.split()]
    pieces = (piece for word in words for piece in word.split("-"))
    for word in (*words, *pieces):
        if len(word) >= _LEAST_NAME and word[0].isupper() and word.casefold() not in _PARTICLES:
            yield word


@lru_cache(maxsize=64)
def _patterns(known: tuple[Known, ...], lang: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """What is sought in words of a language, one pattern a kind; in a third language everything."""
    langs = (lang,) if lang in _OFFICES else tuple(_OFFICES)
    sought: dict[tuple[str, int], list[str]] = {}
    for one in sorted(known, key=lambda one: -len(one.phrase)):
        if one.lang is None or one.lang in langs:
            sought.setdefault((one.kind, 0 if one.exact_case else re.IGNORECASE), []).append(_phrase(one.phrase))
    for kind, lists in (("office", _OFFICES), ("incumbency", _INCUMBENCY)):
        sought.setdefault((kind, re.IGNORECASE), []).extend(pattern for one in langs for pattern in lists[one])
    return tuple((re.compile(_whole("|".join(each)), flags), kind) for (kind, flags), each in sought.items())


@lru_cache(maxsize=64)
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str] | None:
    """The longest phrase first, so that none hides a longer one."""
    ordered = sorted({phrase for phrase in phrases if phrase.strip()}, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(_whole("|".join(map(_phrase, ordered))), re.IGNORECASE) if ordered else None


def _phrase(words: str) -> str:
    """A phrase as a pattern: any white space between its words, either apostrophe."""
    return r"\s+".join(re.sub("['’]", "['’]", re.escape(word)) for word in words.split())


def _whole(pattern: str) -> str:
    return rf"(?<!\w)(?:{pattern})(?!\w)"
