"""A plain sentence as a Query: question words dropped, people recognised and asked as speakers, topics recognised and offered.

*What did Segarra say about police?* becomes `speaker:pedro-segarra police`. Only text without operators is read this way.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from transcripts.search import analysis
from transcripts.search.language import MAX_TERMS
from transcripts.search.names import Known, Match, Names
from transcripts.search.parsing import TOO_MANY, parse
from transcripts.search.query import And, Field, Note, Query, Term, all_of, any_of
from transcripts.search.stopwords import ASKING, EMPTY
from transcripts.text import clean


@dataclass(frozen=True)
class Understanding:
    """How typed text was read.

    A topic named in exact case is asked for by itself, since its words cannot tell it apart. `on_topic` is the same question
    with the words of a topic replaced by the topic: for when the words find nothing. `words` are what may be relaxed, `kept`
    what may not; both are empty where nothing may be. `matched` are the people and topics that the text names.
    """

    query: Query | None
    words: tuple[Query, ...] = ()
    kept: tuple[Query, ...] = ()
    on_topic: Query | None = None
    matched: tuple[Known, ...] = ()
    notes: tuple[Note, ...] = ()


WORDLESS = "This holds no words to search for. Type a subject, a name or some words."


def understand(typed: str, names: Names) -> Understanding:
    """Read what somebody typed. Raises parsing.TooLong."""
    reading = _read(typed, names)
    if reading.query is None and typed.strip():
        return Understanding(None, notes=(Note(WORDLESS),))
    return reading


def _read(typed: str, names: Names) -> Understanding:
    parsed = parse(typed, (lambda word: None) if typed.isupper() else names.exactly)
    if not parsed.plain:
        query = names.resolved(parsed.query) if parsed.query else None
        return Understanding(query, matched=names.filtered(query), notes=parsed.notes)
    other_notes = tuple(note for note in parsed.notes if note.message != TOO_MANY)
    if other_notes:
        words = parsed.query.parts if isinstance(parsed.query, And) else (parsed.query,) if parsed.query else ()
        return Understanding(parsed.query, words=words, notes=parsed.notes)
    return _sentence(clean(typed), names)


def _sentence(text: str, names: Names) -> Understanding:
    said = analysis.tokens(text)
    asking = "?" in text or (bool(said) and said[0].word in ASKING)
    found = names.recognise(text, said, asking)
    people = tuple(match for match in found if match.known.kind == "speaker" and match.certain)
    exact = tuple(match for match in found if match.known.kind == "topic" and match.certain and match.exact)
    taken = _places((*people, *exact))
    free = [place for place in range(len(said)) if place not in taken]
    subject = [place for place in free if said[place].word not in EMPTY] or ([] if taken else free)
    topics = {place: match.known for match in found if match.known.kind == "topic" for place in _places((match,))}
    speakers = any_of(tuple(dict.fromkeys(Field("speaker", match.known.slug) for match in people)))
    kept = ((speakers,) if speakers else ()) + tuple(dict.fromkeys(Field("topic", match.known.slug) for match in exact))
    matched = tuple(dict.fromkeys(match.known for match in found))
    if speakers and not subject and not exact and not asking:
        name = all_of(tuple(Term(said[place].word) for place in sorted(taken)))
        return Understanding(any_of((speakers, name)) if name else speakers, matched=matched)
    words = tuple(Term(said[place].word) for place in subject)
    offered = tuple(dict.fromkeys(Field("topic", known.slug) for place, known in topics.items() if place not in taken))
    rest = tuple(Term(said[place].word) for place in subject if place not in topics)
    return Understanding(
        all_of(kept + words[:MAX_TERMS]),
        words=words[:MAX_TERMS],
        kept=kept,
        on_topic=all_of((*kept, *offered, *rest[:MAX_TERMS])) if offered else None,
        matched=matched,
        notes=(Note(TOO_MANY, (("limit", str(MAX_TERMS)),)),) if len(words) > MAX_TERMS else (),
    )


def _places(matches: Iterable[Match]) -> set[int]:
    """The words that matches cover."""
    return {place for match in matches for place in range(match.start, match.end)}
