"""What somebody follows: a search as its address prints it, asked of turns as they come in.

Nothing is relaxed. A reader of the search page is shown what comes nearest where nothing holds all the words of a sentence;
who asked to be told of something is told of that and of nothing else.
"""

from collections.abc import Sequence
from urllib.parse import parse_qsl

from sqlmodel import Session
from werkzeug.datastructures import MultiDict

from tracker.indexing import documents_of
from tracker.searched import Searched, searched
from transcripts.errors import Refusal
from transcripts.queries import documents
from transcripts.search.matching import Heard, Matcher
from transcripts.search.names import Names
from transcripts.search.query import Query, all_of, conjuncts
from transcripts.search.understanding import understand

SIZE = 50
"""Entries of a feed."""


class NothingAsked(Refusal):
    """A search without a word and without a filter: everything is nothing to follow."""


def saved(printed: str) -> Searched:
    """The search that an address prints behind its question mark: `q=rent&speaker=ann-lee`. Raises parsing.TooLong."""
    return searched(MultiDict(parse_qsl(printed)), SIZE)


def wanted(one: Searched, names: Names) -> Query:
    """Everything a turn must hold, names put as what they name today. Raises NothingAsked and parsing.TooLong."""
    filters = tuple(map(names.resolved, one.asked.filters))
    query = all_of((*conjuncts(understand(one.asked.text, names).query), *filters))
    if query is None:
        raise NothingAsked("Say what to follow: a word, a speaker, a topic, a race or a forum.")
    return query


def matcher(one: Searched, names: Names) -> Matcher:
    """The same, ready to be held against turns. Raises NothingAsked and parsing.TooLong."""
    return Matcher(names.widened(wanted(one, names)))


def heard(session: Session, keys: Sequence[str]) -> dict[str, Heard]:
    """Those of the turns that may be found, by key, ready for matchers. Five statements."""
    found = documents_of(session, documents.of_turns(session, keys))
    return {document.key: Heard(document) for document in found}
