"""A query in plain words, in pieces that can be translated: what Pedro Segarra said, with “police” in any form, in 2015."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from transcripts.search.names import Names
from transcripts.search.query import And, Dates, Field, Fuzzy, Near, Not, Or, Phrase, Prefix, Query, Term, conjuncts
from transcripts.vocabulary import GRADE_WORDS, ROLE_WORDS, Grade, Role


@dataclass(frozen=True)
class Piece:
    """An English text to be translated and what fills its places: words as they are, other texts, or pieces to be listed."""

    message: str
    args: tuple[tuple[str, "str | date | Piece | tuple[Piece, ...]"], ...] = ()


EVERYTHING = "everything that was said"
ANYBODY = "what was said"
SPEAKER = "what {name} said"
TERM = "with “{word}” in any form"
PHRASE = "with exactly “{words}”"
NEAR = "with “{words}” in this order, at most {within} words apart"
PREFIX = "with a word that begins with “{start}”"
FUZZY = "with “{word}” or a word spelled almost like it"
NOT = "but not {part}"
EITHER = "either {parts}"
BOTH = "both {parts}"
TOPIC = "on {name}"
FORUM = "at {name}"
CONTEST = "in the race {name}"
PARTY = "by somebody of the party {name}"
ROLE = "as {role}"
PLACE = "in {name}"
LANGUAGES = {"en": "in English", "es": "in Spanish"}
LANGUAGE = "in the language “{name}”"
GRADE = "from words of this kind: {grade}"
VIDEO = "with a video"
ON = "on {first}"
SPAN = "from {first} to {last}"
SINCE = "from {first} on"
UNTIL = "up to {last}"
AND_WORD = "and"
OR_WORD = "or"

_NAMED = {
    "speaker": SPEAKER,
    "topic": TOPIC,
    "forum": FORUM,
    "contest": CONTEST,
    "party": PARTY,
    "place": PLACE,
}


def explain(query: Query | None, names: Names, lang: str = "en") -> tuple[Piece, ...]:
    """The pieces of a query in reading order, beginning with whose words are searched. `lang` chooses among known names."""
    if query is None:
        return (Piece(EVERYTHING),)
    parts = conjuncts(query)
    speakers = tuple(part for part in parts if isinstance(part, Field) and part.name == "speaker")
    others = tuple(part for part in parts if part not in speakers)
    lead = tuple(_piece(part, names, lang) for part in speakers) or (Piece(ANYBODY),)
    return lead + tuple(_piece(part, names, lang) for part in others)


def say(pieces: tuple[Piece, ...], translate: Callable[[str], str], day: Callable[[date], str] = str) -> str:
    """The pieces as one phrase in a reader's language; `day` writes a date."""
    return ", ".join(_say(piece, translate, day) for piece in pieces)


def _say(piece: Piece, translate: Callable[[str], str], day: Callable[[date], str]) -> str:
    filled: dict[str, str] = {}
    for name, value in piece.args:
        match value:
            case Piece():
                filled[name] = _say(value, translate, day)
            case tuple():
                joiner = f" {translate(OR_WORD if piece.message == EITHER else AND_WORD)} "
                filled[name] = joiner.join(_say(part, translate, day) for part in value)
            case date():
                filled[name] = day(value)
            case _:
                filled[name] = value
    return translate(piece.message).format(**filled)


def _piece(query: Query, names: Names, lang: str) -> Piece:
    match query:
        case Term(word):
            return Piece(TERM, (("word", word),))
        case Phrase(words):
            return Piece(PHRASE, (("words", " ".join(words)),))
        case Near(words, within):
            return Piece(NEAR, (("words", " … ".join(words)), ("within", str(within))))
        case Prefix(start):
            return Piece(PREFIX, (("start", start),))
        case Fuzzy(word):
            return Piece(FUZZY, (("word", word),))
        case Field(name, value):
            return _filter(name, value, names, lang)
        case Dates():
            return _dates(query)
        case Not(part):
            return Piece(NOT, (("part", _piece(part, names, lang)),))
        case And(parts):
            return Piece(BOTH, (("parts", tuple(_piece(part, names, lang) for part in parts)),))
        case Or(parts):
            return Piece(EITHER, (("parts", tuple(_piece(part, names, lang) for part in parts)),))


def _filter(name: str, value: str, names: Names, lang: str) -> Piece:
    if name in _NAMED:
        return Piece(_NAMED[name], (("name", names.name(name, value).within(lang)),))
    if name == "role":
        words = ROLE_WORDS[Role(value)] if value in set(Role) else value
        return Piece(ROLE, (("role", Piece(words)),))
    if name == "lang":
        return Piece(LANGUAGES[value]) if value in LANGUAGES else Piece(LANGUAGE, (("name", value),))
    if name == "grade":
        words = GRADE_WORDS[Grade(value)].partition(" by {source}")[0] if value in set(Grade) else value
        return Piece(GRADE, (("grade", Piece(words)),))
    return Piece(VIDEO)


def _dates(dates: Dates) -> Piece:
    first, last = dates.days()
    if not dates.last:
        return Piece(SINCE, (("first", first),))
    if not dates.first:
        return Piece(UNTIL, (("last", last),))
    if first == last:
        return Piece(ON, (("first", first),))
    return Piece(SPAN, (("first", first), ("last", last)))
