"""What the controls of the search form say, as filters: each operator of the language has one, named as `language` names it."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from transcripts.errors import Refusal
from transcripts.search.language import FIELDS, MAX_CHARACTERS, MAX_TERMS
from transcripts.search.leaves import BAD_DATE, read_field, read_phrase, read_words
from transcripts.search.parsing import parse, too_long
from transcripts.search.query import Dates, Field, Not, Note, Or, Query, any_of, conjuncts, count_leaves
from transcripts.text import clean, fold

MAX_VALUES = 20
"""Values taken of one control."""
MOST = 64
"""Words, phrases and filters of all controls together."""
LEFT_OUT = "That is too much to look for at once; we left some of it out."
WITHIN = 5
"""Words allowed between two where nobody says how many."""

Given = Mapping[str, Sequence[str]]
"""What was chosen: by the name of the control, in the order of the page."""


class BadDate(Refusal):
    """A date chosen as a filter cannot be read."""


@dataclass(frozen=True)
class Chosen:
    """Filters, each of which has to hold, and what the reader should know about how they were read."""

    filters: tuple[Query, ...] = ()
    notes: tuple[Note, ...] = ()


def read(given: Given) -> Chosen:
    """Every control at once: controls that are empty say nothing. Raises parsing.TooLong and nothing else."""
    found = (*_words(given), *map(Chosen, ((one,) for one in _fields(given))), _dates(given))
    notes = tuple(note for part in found for note in part.notes)
    filters = tuple(one for part in found for one in part.filters)
    sizes = list(accumulate(map(count_leaves, filters)))
    if sizes and sizes[-1] > MOST:
        kept = filters[: bisect_right(sizes, MOST)]
        return Chosen(kept, (*notes, Note(LEFT_OUT)))
    return Chosen(filters, notes)


def controls(
    speaker: Iterable[str] = (),
    topic: Iterable[str] = (),
    forum: Iterable[str] = (),
    contest: Iterable[str] = (),
) -> tuple[Query, ...]:
    """Filters chosen by slug: several values of one field mean any of them."""
    chosen = {"speaker": speaker, "topic": topic, "forum": forum, "contest": contest}
    return _fields({name: tuple(values) for name, values in chosen.items()})


def between(first: str, last: str) -> tuple[Query, ...]:
    """A filter on the day, month or year chosen at either end; "" leaves it open. Raises BadDate."""
    dates = Dates(first.strip(), last.strip())
    if not dates.first and not dates.last:
        return ()
    try:
        earliest, latest = dates.days()
    except ValueError:
        raise BadDate("Write a date as 2015, 2015-11 or 2015-11-03.") from None
    if earliest > latest:
        raise BadDate("{first} is later than {last}.", first=str(dates.first), last=str(dates.last))
    return (dates,)


def _words(given: Given) -> Iterable[Chosen]:
    """Words asked for by a control are read like typed ones; what stands between the operators of a control is its own."""
    for typed in _values(given, "exact"):
        yield Chosen(read_phrase(typed.replace('"', " "), 0).parts)
    for typed in _values(given, "any"):
        parsed = parse(typed)
        either = any_of(conjuncts(parsed.query))
        yield Chosen((either,) if either else (), parsed.notes)
    for typed in _values(given, "none"):
        parsed = parse(typed)
        yield Chosen(tuple(Not(part) for part in conjuncts(parsed.query)), parsed.notes)
    for name, mark in (("starts", "*"), ("like", "~")):
        for word in dict.fromkeys(word for typed in _values(given, name) for word in typed.split()[:MAX_TERMS]):
            reading = read_words(word.rstrip("*~") + mark)
            yield Chosen(reading.parts, reading.notes)
    within = next((value for value in _values(given, "within") if value.isdecimal() and len(value) < 4), "")
    for typed in _values(given, "near"):
        reading = read_phrase(typed.replace('"', " "), int(within or WITHIN))
        yield Chosen(reading.parts, reading.notes)


def _fields(given: Given) -> tuple[Query, ...]:
    """Filters by name, any of several values. Values that name nothing simply find nothing."""
    filters = []
    for name in FIELDS:
        if name != "date":
            values = dict.fromkeys(fold(clean(value).replace('"', "")) for value in _values(given, name))
            chosen = tuple(Field(name, value) for value in values if value and (name != "has" or value == "video"))
            filters += [chosen[0] if len(chosen) == 1 else Or(chosen)] if chosen else []
    return tuple(filters)


def _dates(given: Given) -> Chosen:
    """`date` as it is typed (any of several), and `from` and `to`; a date nobody can read is left out, with a note."""
    readings = [read_field("date", value, value) for value in _values(given, "date")]
    either = any_of(tuple(part for one in readings for part in one.parts if isinstance(part, Dates)))
    notes = tuple(note for one in readings for note in one.notes)
    first, last = (next(iter(_values(given, name)), "") for name in ("from", "to"))
    try:
        ends = between(first, last)
    except BadDate:
        ends, notes = (), (*notes, Note(BAD_DATE, (("typed", f"{first}..{last}"),)))
    return Chosen(((either,) if either else ()) + ends, notes)


def _values(given: Given, name: str) -> list[str]:
    values = [value.strip() for value in given.get(name, ()) if value.strip()][:MAX_VALUES]
    for value in values:
        if len(value) > MAX_CHARACTERS:
            raise too_long(value)
    return values
