"""Search as the site asks it: with every name it knows, and with zeros for every candidate of the race in question.

The page and the command call `ask`.
"""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from sqlmodel import Session

from positions.queries import merged
from positions.queries import names as positions_names
from tracker.db import stamp_of
from transcripts.bilingual import Bilingual
from transcripts.queries import names as record_names
from transcripts.search import searching
from transcripts.search.engine import SearchEngine
from transcripts.search.finding import Asked
from transcripts.search.names import Alias, Known, Names
from transcripts.search.parsing import TooLong
from transcripts.search.plan import plan
from transcripts.search.query import And, Field, Or, Query, all_of, conjuncts
from transcripts.search.searching import Results
from transcripts.search.snippets import Highlighter
from transcripts.search.store import Unusable
from transcripts.search.understanding import Understanding, understand


def ask(session: Session, engine: SearchEngine, asked: Asked, names: Names | None = None) -> Results:
    """Answer one search. `names` as `known_names` read them. Raises parsing.TooLong and store.Unusable."""

    names = names or known_names(session)
    meant = replace(asked, filters=tuple(map(names.resolved, asked.filters)))

    def expected(reading: Understanding) -> tuple[Known, ...]:
        return _candidates(session, names, reading, meant.filters)

    return searching.search(session, engine, names, meant, expected)


def known_names(session: Session) -> Names:
    """Every person, topic, forum and race of the site. No statement while nothing was written; eleven more where something was."""
    site, stamp = str(session.get_bind().engine.url), stamp_of(session)
    held = _REMEMBERED.get(site)
    if held and stamp is not None and held.stamp == stamp:
        return held.names
    names = _names(session)
    if held and held.names == names:
        names = held.names  # what has been looked up in them is kept
    if stamp is not None:
        _REMEMBERED[site] = _Remembered(stamp, names)
    return names


class _Remembered(NamedTuple):
    stamp: Hashable
    names: Names


_REMEMBERED: dict[str, _Remembered] = {}


def _names(session: Session) -> Names:
    people = record_names.of_people(session)
    topics = positions_names.of_topics(session)
    titles = {"forum": record_names.of_forums(session), "contest": positions_names.of_contests(session)}
    by_topic = {topic.slug: Known("topic", topic.slug, topic.name) for topic in topics}
    by_person = {person.slug: Known("speaker", person.slug, Bilingual(person.name, person.name)) for person in people}
    others = (Known(kind, slug, title) for kind, named in titles.items() for slug, title in named.items())
    called = [alias for person in people for alias in _called(person, by_person[person.slug])]
    called += [alias for topic in topics for alias in _named(topic, by_topic[topic.slug])]
    moved = {
        "speaker": record_names.merged_people(session),
        "topic": positions_names.merged_topics(session),
        "forum": merged.survivors(session, "forum"),
        "contest": merged.survivors(session, "race"),
    }
    into = {(kind, slug): survivor for kind, slugs in moved.items() for slug, survivor in slugs.items()}
    parents = {topic.slug: topic.parent for topic in topics if topic.parent}
    return Names((*by_person.values(), *by_topic.values(), *others), tuple(called), parents, into)


def _called(person: record_names.PersonNames, known: Known) -> Iterator[Alias]:
    """A person's name, surname and other names. A surname that several bear names each of them, and nobody for certain."""
    surname = person.sort_name.partition(",")[0] if "," in person.sort_name else person.name.split()[-1]
    for text in dict.fromkeys((person.name, surname, *person.aliases)):
        yield Alias(known, text)


def _named(topic: positions_names.TopicNames, known: Known) -> Iterator[Alias]:
    yield Alias(known, topic.name.en, "en")
    yield Alias(known, topic.name.within("es"), "es")
    for lang, text, exact_case in topic.aliases:
        yield Alias(known, text, lang, exact_case)


def _candidates(session: Session, names: Names, reading: Understanding, filters: Iterable[Query]) -> tuple[Known, ...]:
    """Everybody who stands in the race asked about, else heard at the forum, else where the topic is at issue, else beside the person."""
    asked = (*filters, *((reading.query,) if reading.query else ()))
    chosen = [field for query in asked for field in _fields(query)]
    contests = [field.value for field in chosen if field.name == "contest"]
    forums = [field.value for field in chosen if field.name == "forum"]
    topics = [known.slug for known in reading.matched if known.kind == "topic"]
    topics += [field.value for field in chosen if field.name == "topic"]
    people = [known.slug for field in chosen if field.name == "speaker" for known in names.filtered(field)]
    for slugs, races in (
        (contests, positions_names.races),
        (forums, positions_names.races_heard_at),
        (topics, positions_names.races_about),
        (people, positions_names.races_of),
    ):
        if slugs:
            standing = positions_names.candidates(session, races(*slugs))
            return tuple(Known("speaker", slug, Bilingual(name, name)) for slug, name in standing)
    return ()


def _fields(query: Query) -> Iterator[Field]:
    """The filters a query names, those it excludes left out."""
    if isinstance(query, Field):
        yield query
    elif isinstance(query, And | Or):
        for part in query.parts:
            yield from _fields(part)


def highlighter(
    session: Session, engine: SearchEngine, typed: str, filters: tuple[Query, ...] = ()
) -> Highlighter | None:
    """What lights up the words of a search in a whole passage; None where nothing can be lit."""
    try:
        engine.refresh()
        names = known_names(session)
        query = all_of((*conjuncts(understand(typed, names).query), *filters))
    except (TooLong, Unusable):
        return None
    return Highlighter(plan(names.widened(query), engine.expand)) if query else None
