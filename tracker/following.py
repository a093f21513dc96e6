"""What somebody follows: a search as its address prints it, asked of turns as they come in.

Nothing is relaxed. A reader of the search page is shown what comes nearest where nothing holds all the words of a sentence;
who asked to be told of something is told of that and of nothing else.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import parse_qsl

from sqlmodel import Session
from werkzeug.datastructures import MultiDict

from tracker.indexing import documents_of
from tracker.searched import Searched, searched
from transcripts import journal
from transcripts.errors import Refusal
from transcripts.queries import documents
from transcripts.queries.attributions import AttributionLine
from transcripts.queries.corrections import CorrectionLine
from transcripts.queries.documents import Spoken
from transcripts.search.matching import Heard, Matcher
from transcripts.search.names import Names
from transcripts.search.query import Query, all_of, conjuncts
from transcripts.search.understanding import understand

SIZE = 50
"""Entries of a feed."""
MOST_HEARD = 500
"""Turns of voices that lost a name which are held against a search."""

Change = CorrectionLine | AttributionLine


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


@dataclass(frozen=True)
class Corrected:
    """Public changes, the latest first, each with its turns as they were before it; and all those turns as they are, by key."""

    before: tuple[tuple[Change, tuple[Heard, ...]], ...]
    now: Mapping[str, Heard]

    def lost(self, matcher: Matcher) -> tuple[Change, ...]:
        """The changes after which a search no longer finds what it found before."""
        return tuple(line for line, turns in self.before if any(self._is_lost(turn, matcher) for turn in turns))

    def kept(self, matcher: Matcher) -> dict[str, datetime]:
        """The turns with a correction of their own that a search finds, by key, with the time of the latest."""
        changed = {line.turn_key: line.at for line, _ in reversed(self.before) if isinstance(line, CorrectionLine)}
        return {key: at for key, at in changed.items() if key in self.now and matcher.matches(self.now[key])}

    def _is_lost(self, turn: Heard, matcher: Matcher) -> bool:
        now = self.now.get(turn.document.key)
        return matcher.matches(turn) and not (now and matcher.matches(now))


def corrected(session: Session, names: Names, lines: Sequence[Change]) -> Corrected:
    """Changes ready to be held against searches: of words, kinds and voices of turns, and of voices that lost a name.

    Withheld words are in no version, so nobody can tell who was told of them. A constant number of statements.
    """
    worded = [line for line in lines if isinstance(line, CorrectionLine) and line.kind != "withhold"]
    unnamed = [line for line in lines if isinstance(line, AttributionLine) and line.before and line.kind != "role"]
    moved = journal.moved(session, [line.id for line in unnamed])
    then = documents.as_they_were(session, [line.id for line in worded])
    now = documents.of_turns(session, list(dict.fromkeys(line.turn_key for line in worded)))
    others = frozenset().union(*moved.values())
    voiced = documents.of_voices(session, {line.speaker_id for line in unnamed}, others, MOST_HEARD)
    read = [Heard(document) for document in documents_of(session, (*then.values(), *now, *voiced))]
    were, are = dict(zip(then, read, strict=False)), read[len(then) :]
    before: list[tuple[Change, tuple[Heard, ...]]] = [(line, (were[line.id],)) for line in worded if line.id in were]
    for line in unnamed:
        its = (one for turn, one in zip(voiced, are[len(now) :], strict=True) if _is_of(turn, line, moved[line.id]))
        slug = _slug(line.before, names)
        named = (replace(one.document, speaker=slug, speaker_name=line.before) for one in its)
        before.append((line, tuple(map(Heard, named))))
    return Corrected(tuple(before), {one.document.key: one for one in are})


def _is_of(turn: Spoken, line: AttributionLine, moved: Collection[int]) -> bool:
    return turn.voice_id == line.speaker_id or turn.turn_id in moved


def _slug(name: str, names: Names) -> str:
    """The person of a name; "" where nobody has it, or several."""
    slugs = [slug for (kind, slug), known in names.by_slug.items() if kind == "speaker" and known.name.en == name]
    return slugs[0] if len(slugs) == 1 else ""
