"""A plain sentence as a Query: question words dropped, people recognised and asked as speakers, topics recognised and offered.

*What did Segarra say about police?* becomes `speaker:pedro-segarra police`. Only text without operators is read this way.
"""

from dataclasses import dataclass

from transcripts.search import analysis
from transcripts.search.analysis import Token
from transcripts.search.names import Known, Names
from transcripts.search.parsing import TOO_MANY, parse
from transcripts.search.query import MAX_TERMS, And, Field, Note, Query, Term, all_of, any_of
from transcripts.search.stopwords import ASKING, EMPTY
from transcripts.text import clean


@dataclass(frozen=True)
class Understanding:
    """How typed text was read.

    `on_topic` is the same question with the words of a topic replaced by the topic: for when the words find nothing.
    `words` are what may be relaxed, `kept` what may not; both are empty where nothing may be relaxed. `matched` are the
    people and topics that the text names.
    """

    query: Query | None
    words: tuple[Query, ...] = ()
    kept: tuple[Query, ...] = ()
    on_topic: Query | None = None
    matched: tuple[Known, ...] = ()
    notes: tuple[Note, ...] = ()


def understand(typed: str, names: Names) -> Understanding:
    """Read what somebody typed. Raises parsing.TooLong."""
    parsed = parse(typed)
    if not parsed.plain:
        return Understanding(parsed.query, matched=names.filtered(parsed.query), notes=parsed.notes)
    other_notes = tuple(note for note in parsed.notes if note.message != TOO_MANY)
    if other_notes:
        words = parsed.query.parts if isinstance(parsed.query, And) else (parsed.query,) if parsed.query else ()
        return Understanding(parsed.query, words=words, notes=parsed.notes)
    return _sentence(clean(typed), names)


def _sentence(text: str, names: Names) -> Understanding:
    said = analysis.tokens(text)
    asking = "?" in text or bool(said) and said[0].word in ASKING
    found = names.recognise(text, said, asking)
    people = tuple(match for match in found if match.known.kind == "speaker" and match.certain)
    named = {place for match in people for place in range(match.start, match.end)}
    topical = {
        place: match.known for match in found if match.known.kind == "topic" for place in range(match.start, match.end)
    }
    terms = [(place, token) for place, token in enumerate(said) if place not in named]
    kept_terms = [(place, token) for place, token in terms if token.word not in EMPTY] or ([] if people else terms)
    speakers = tuple(dict.fromkeys(Field("speaker", match.known.slug) for match in people))
    return _assemble(said, kept_terms, speakers, topical, named, asking, tuple(match.known for match in found))


def _assemble(
    said: list[Token],
    terms: list[tuple[int, Token]],
    speakers: tuple[Field, ...],
    topical: dict[int, Known],
    named: set[int],
    asking: bool,
    matched: tuple[Known, ...],
) -> Understanding:
    words = tuple(Term(token.word) for _, token in terms)[:MAX_TERMS]
    by = any_of(speakers)
    kept = (by,) if by else ()
    if by and not words and not asking:
        name = all_of(tuple(Term(said[place].word) for place in sorted(named)))
        return Understanding(any_of((by, name)) if name else by, matched=matched)
    topics = tuple(dict.fromkeys(Field("topic", known.slug) for known in topical.values()))
    rest = tuple(Term(token.word) for place, token in terms if place not in topical)
    return Understanding(
        all_of(kept + words),
        words=words,
        kept=kept,
        on_topic=all_of((*kept, *topics, *rest)) if topics else None,
        matched=tuple(dict.fromkeys(matched)),
        notes=(Note(TOO_MANY, (("limit", str(MAX_TERMS)),)),) if len(terms) > MAX_TERMS else (),
    )
