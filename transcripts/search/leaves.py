"""The leaves of the query language: how a word, a phrase or a filter as typed becomes part of a Query."""

import re
from dataclasses import dataclass

from transcripts.search import analysis
from transcripts.search.language import FIELDS, MIN_FUZZY, MIN_PREFIX, MIN_TWO_EDITS
from transcripts.search.query import Dates, Field, Fuzzy, Near, Note, Phrase, Prefix, Query, Term, widest
from transcripts.text import fold

BAD_DATE = (
    "“{typed}” is not a date we can read (write 2015, 2015-11, 2015-11-03 or 2015..2016), so we searched for the words."
)
BAD_FIELD = "We cannot filter by “{typed}”, so we searched for the words."
BAD_STAR = "A star works at the end of a word only, so we searched for the words of “{typed}”."
SHORT_PREFIX = "A word needs {least} letters before the star, so we searched for “{typed}” itself."
SHORT_FUZZY = "A word needs {least} letters before ~, so we searched for “{typed}” itself."
FEWER_EDITS = "Only words of {least} letters or more may differ by two letters; we allowed one in “{typed}”."
CLOSER = "At most {within} words may stand between the words of “{typed}”; we searched with that."

_SUFFIXED = re.compile(r"(?P<bare>[^*~]+)(?:(?P<star>\*)|~(?P<edits>[0-9]?))")


@dataclass(frozen=True)
class Reading:
    """What one lexeme says: parts to be joined by AND. `plain`: it is words and nothing else."""

    parts: tuple[Query, ...]
    plain: bool = False
    notes: tuple[Note, ...] = ()


def read_words(typed: str) -> Reading:
    """A run without spaces: plain words, a prefix or a fuzzy word."""
    suffixed = _SUFFIXED.fullmatch(typed.rstrip("?!.,;:…"))
    words = analysis.words(suffixed["bare"]) if suffixed else []
    if suffixed and len(words) == 1:
        return _read_prefix(words[0]) if suffixed["star"] else _read_fuzzy(words[0], int(suffixed["edits"] or 1))
    notes = (_note(BAD_STAR, typed=typed),) if "*" in typed and analysis.words(typed) else ()
    return _plain(typed, *notes)


def read_phrase(inside: str, within: int) -> Reading:
    """What stood between quotation marks, and how many words may stand between each two of it."""
    words = tuple(analysis.words(inside))
    if len(words) < 2 or not within:
        return Reading((Phrase(words),) if words else ())
    allowed = min(within, widest(len(words)))
    notes = (_note(CLOSER, typed=" ".join(words), within=allowed),) if allowed < within else ()
    return Reading((Near(words, allowed) if allowed else Phrase(words),), notes=notes)


def read_field(name: str, value: str, typed: str) -> Reading:
    """`name:value`, or the words of it where that filters by nothing."""
    value = fold(value.replace('"', ""))
    if name == "date":
        return _read_dates(value, typed)
    if name not in FIELDS or not value or (name == "has" and value != "video"):
        return _plain(value if name in FIELDS else typed, _note(BAD_FIELD, typed=typed))
    return Reading((Field(name, value),))


def _read_dates(value: str, typed: str) -> Reading:
    first, dots, last = value.partition("..")
    dates = Dates(first, last if dots else first)
    try:
        earliest, latest = dates.days()
    except ValueError:
        return _plain(value, _note(BAD_DATE, typed=typed))
    if earliest > latest or not (first or last):
        return _plain(value, _note(BAD_DATE, typed=typed))
    return Reading((dates,))


def _read_prefix(word: str) -> Reading:
    if len(word) < MIN_PREFIX:
        return _plain(word, _note(SHORT_PREFIX, typed=word, least=MIN_PREFIX))
    return Reading((Prefix(word),))


def _read_fuzzy(word: str, edits: int) -> Reading:
    if len(word) < MIN_FUZZY:
        return _plain(word, _note(SHORT_FUZZY, typed=word, least=MIN_FUZZY))
    if edits > 1 and len(word) < MIN_TWO_EDITS:
        return Reading((Fuzzy(word, 1),), notes=(_note(FEWER_EDITS, typed=word, least=MIN_TWO_EDITS),))
    return Reading((Fuzzy(word, max(1, min(edits, 2))),))


def _plain(typed: str, *notes: Note) -> Reading:
    return Reading(tuple(Term(word) for word in analysis.words(typed)), plain=True, notes=notes)


def _note(message: str, **args: str | int) -> Note:
    return Note(message, tuple((name, str(value)) for name, value in args.items()))
