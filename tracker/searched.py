"""A search as an address says it: typed text, every control by its name, order, and how far somebody has read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from sqlmodel import Session
from werkzeug.datastructures import MultiDict

from tracker.asking import known_names
from transcripts.search import controls, paging
from transcripts.search.engine import SearchEngine, Sort
from transcripts.search.finding import Asked, Finder
from transcripts.search.language import FIELDS, MAX_CHARACTERS, WORDS
from transcripts.search.paging import Cursor
from transcripts.search.query import Note
from transcripts.search.understanding import understand

CONTROLS = (*(rule.name for rule in WORDS if rule.label), "within", *FIELDS, "from", "to")
"""Parameters that say what is searched for, in the order of the form."""
SHOWN = ("sort", "view", "group")
"""Parameters that say how the results are shown."""
VIEWS = ("quotes", "lines", "questions")
GROUPS = ("speaker", "forum")
WINDOW = 10
"""Hits looked through on either side of the place where one was."""
FAR = 300
"""Hits looked through where it is not there any more."""


@dataclass(frozen=True)
class Searched:
    """What an address asks. `given` holds the controls as they came; `view` and `group` are "" where nothing was chosen."""

    asked: Asked
    given: Mapping[str, Sequence[str]]
    notes: tuple[Note, ...] = ()
    view: str = ""
    group: str = ""
    cursor: Cursor = Cursor()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for."""
        return not self.asked.text.strip() and not self.asked.filters

    @property
    def is_words(self) -> bool:
        """Whether words alone were typed, and no control says anything."""
        return set(self.given) <= {"q"} and not (self.view or self.group) and self.asked.sort is Sort.RELEVANCE

    @cached_property
    def wanted(self) -> dict[str, Any]:
        """What is searched for, lists of values by parameter, without how it is shown: what somebody can follow."""
        return {name: list(self.given[name]) for name in CONTROLS if name in self.given}

    @cached_property
    def parameters(self) -> list[tuple[str, str]]:
        """The address again, without the place in the list."""
        shown = {
            "sort": self.asked.sort if self.asked.sort != Sort.RELEVANCE else "",
            "view": self.view,
            "group": self.group,
        }
        said = [(name, value) for name in CONTROLS for value in self.given.get(name, ())]
        return [*said, *((name, str(value)) for name, value in shown.items() if value)]


def searched(given: MultiDict[str, str], size: int) -> Searched:
    """The search of an address. Values that make no sense say nothing. Raises parsing.TooLong."""
    held = {name: [value[: MAX_CHARACTERS + 1] for value in given.getlist(name) if value.strip()] for name in CONTROLS}
    chosen = controls.read(held)
    sort = Sort(given["sort"]) if given.get("sort") in set(Sort) else Sort.RELEVANCE
    view = given["view"] if given.get("view") in VIEWS[1:] else ""
    group = given["group"] if given.get("group") in GROUPS else ""
    cursor = Cursor() if group else paging.read(given.get("after", ""))
    asked = Asked(given.get("q", ""), chosen.filters, sort, size)
    by_place = sort is not Sort.RELEVANCE and view != "questions"
    asked = replace(asked, after=cursor.last) if by_place else replace(asked, seen=cursor.seen)
    return Searched(asked, {name: values for name, values in held.items() if values}, chosen.notes, view, group, cursor)


@dataclass(frozen=True)
class Beside:
    """Where a hit stands among the others: its place, counted from 1, how many there are, and its neighbours' keys."""

    place: int
    total: int
    previous: str | None
    next: str | None


def beside(session: Session, engine: SearchEngine, one: Searched, key: str, place: int) -> Beside | None:
    """The hits before and after one, looked for round the place it had; None where the search does not find it any more.

    Raises parsing.TooLong and store.Unusable.
    """
    engine.refresh()
    names = known_names(session)
    filters = tuple(map(names.resolved, one.asked.filters))
    reading = understand(one.asked.text, names)
    for first, count in ((max(place - WINDOW, 0), 2 * WINDOW), (0, FAR)):
        asked = replace(one.asked, filters=filters, offset=first, limit=count, after=None, seen=frozenset(), facets=())
        page = Finder(engine, names, asked).find(reading).page
        keys = [hit.key for hit in page.hits]
        if key in keys and (keys[0] != key or not first):
            at = keys.index(key)
            return Beside(
                first + at + 1, page.total, keys[at - 1] if at else None, keys[at + 1] if at + 1 < len(keys) else None
            )
    return None


def address(path: str, pairs: Sequence[tuple[str, str]]) -> str:
    """A path with its parameters."""
    return f"{path}?{urlencode(pairs)}" if pairs else path
