"""What is indexed of one turn, and how it is named in filters: the same for every engine."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache

from transcripts.search import analysis
from transcripts.text import fold

SCHEMA = 3
"""Goes up when a document is indexed differently: an index of another number has to be built again."""

FACETS = ("speaker", "topic", "forum", "contest", "year")
FILTERS = ("speaker", "topic", "forum", "contest", "party", "role", "place", "lang", "grade", "has")
NAMES = ("speaker", "party", "place")
"""Filters that also take any run of words of a name: place:hartford finds Hartford, Connecticut."""
MAX_NAME = 8
"""Words of a name that count."""
_BITS = 20


@dataclass(frozen=True)
class Document:
    """One turn as search sees it. The question is not in it: words are found under the person who said them.

    `speaker` is a person's slug, "" while the voice is linked to nobody; `speaker_name` the name readers see, "" for an
    unknown voice; `also_named` the name at that forum. `order`, from `order_of`, sorts what is not sorted by relevance;
    `added`, from `added_of`, by when it came into the record: no two turns share it.
    """

    key: str
    forum: str
    order: int
    date: date
    text: str
    speaker: str = ""
    speaker_name: str = ""
    also_named: str = ""
    role: str = ""
    contests: tuple[str, ...] = ()
    party: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    lang: str = "en"
    grade: str = ""
    kind: str = "speech"
    has_video: bool = False
    topics: tuple[str, ...] = ()
    added: int = 0


def order_of(day: date, forum: int, position: int) -> int:
    """One number that sorts by day, then forum (its database id), then place in the forum. Ids and places up to 2^20."""
    limit = (1 << _BITS) - 1
    return (day.toordinal() << 2 * _BITS) | (min(forum, limit) << _BITS) | min(position, limit)


def added_of(came: datetime, turn: int) -> int:
    """One number that sorts by the second a turn came into the record, then by its database id (up to 2^30)."""
    return (int(came.timestamp()) << 30) | turn


def came_of(added: int) -> datetime:
    """The second in which a turn came into the record, told from its `added`."""
    return datetime.fromtimestamp(added >> 30, UTC)


def orders_between(first: date, last: date) -> tuple[int, int]:
    """The lowest and highest `order` of these days, both included."""
    return first.toordinal() << 2 * _BITS, ((last.toordinal() + 1) << 2 * _BITS) - 1


def facets(document: Document) -> dict[str, tuple[str, ...]]:
    """What a document counts towards. A voice linked to nobody counts under its printed name, an unknown voice nowhere."""
    voice = document.speaker or document.speaker_name
    return {
        "speaker": (voice,) if voice else (),
        "topic": tuple(sorted(set(document.topics))),
        "forum": (document.forum,),
        "contest": tuple(sorted(set(document.contests))),
        "year": (f"{document.date.year:04}",),
    }


def keywords(document: Document) -> dict[str, frozenset[str]]:
    """Every value by which a filter finds a document, by field."""
    return {
        "speaker": _named(document.speaker, document.speaker_name, document.also_named),
        "topic": frozenset(document.topics),
        "forum": frozenset({document.forum}),
        "contest": frozenset(document.contests),
        "party": _named("", *document.party),
        "role": _one(document.role),
        "place": _named("", *document.place),
        "lang": _one(document.lang.partition("-")[0].lower()),
        "grade": _one(document.grade),
        "has": _one("video" if document.has_video else ""),
    }


def spoken_value(name: str, value: str) -> str:
    """The keyword a filter's folded value stands for: a slug is taken as it is, a name word by word."""
    if name not in NAMES or ("-" in value and " " not in value):
        return value
    return " ".join(analysis.words(value)[:MAX_NAME]) or value


@lru_cache(maxsize=50_000)
@lru_cache(maxsize=4_096)  # a forum's voices, its place and its parties come again with every turn
def _named(slug: str, *names: str) -> frozenset[str]:
    """A slug, every run of neighbouring words of the names, and their hyphenated parts whole."""
    return _one(slug).union(*map(_runs, names))


def _runs(name: str) -> Iterator[str]:
    words = analysis.words(name)[:MAX_NAME]
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            yield " ".join(words[start:end])
    yield from (part for part in fold(name).split() if "-" in part)


def _one(value: str) -> frozenset[str]:
    return frozenset({value} if value else ())
