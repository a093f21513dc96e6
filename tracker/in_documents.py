"""What a search finds in documents, beside what was said: paragraphs of minutes, agreements and reports, with what lights them.

A document has no speaker, no race and no grade: a search narrowed to one finds nothing here. Names in a sentence stay words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from sqlmodel import Session

from positions.followthrough.queries import passages
from positions.followthrough.queries.passages import FoundIn
from transcripts.search import outbox
from transcripts.search.engine import Request, SearchEngine, Sort
from transcripts.search.finding import Asked
from transcripts.search.parsing import parse
from transcripts.search.plan import plan
from transcripts.search.query import Query, Term, all_of, conjuncts
from transcripts.search.snippets import Highlighter, Mark
from transcripts.search.stopwords import EMPTY
from transcripts.search.store import Missing


@dataclass(frozen=True)
class FoundPassage:
    """A paragraph that was found, its snippet on one line, and the marks in it (code points, half-open)."""

    row: FoundIn
    snippet: str
    marks: tuple[Mark, ...]

    @property
    def url(self) -> str:
        """Its place in the copy it stands in, relative to the site; it stays when the document has a later copy."""
        return passage_path(self.row.document, self.row.key)


@dataclass(frozen=True)
class InDocuments:
    """How many paragraphs were found, and some of them in order. `documents` counts them by document (its slug)."""

    total: int = 0
    hits: tuple[FoundPassage, ...] = ()
    documents: int = 0


def generation(engine: SearchEngine) -> int:
    """The generation of their index; 0 while there is none. Raises Unusable where it cannot be read."""
    try:
        return engine.refresh()
    except Missing:
        return 0


def passage_path(document: str, key: str) -> str:
    """Where a paragraph is read, relative to the site and without language prefix."""
    return f"/documents/{document}?{urlencode({'passage': key})}#p-{key}"


def ask(session: Session, engine: SearchEngine, asked: Asked, limit: int, offset: int = 0) -> InDocuments:
    """The paragraphs that hold everything asked for. Raises parsing.TooLong and store.Unusable, but not where there is no index yet."""
    query = _query(asked)
    if query is None or not generation(engine):
        return InDocuments()
    sort = Sort.NEWEST if asked.sort is Sort.ADDED else asked.sort
    request = Request(plan(query, engine.expand), sort=sort, limit=limit, offset=offset, facets=("forum",))
    page = engine.search(request)
    hidden = outbox.hidden(session, passages.SHELF)
    keys = [hit.key for hit in page.hits if hit.key not in hidden]
    rows = {row.key: row for row in passages.by_keys(session, keys)}
    lights = Highlighter(request.plan)
    found = tuple(_found(rows[key], lights) for key in keys if key in rows)
    return InDocuments(page.total - (len(page.hits) - len(keys)), found, len(page.facets["forum"]))


def _query(asked: Asked) -> Query | None:
    """What was typed, word by word: a sentence without the words that carry no subject; with every filter of the reader."""
    parsed = parse(asked.text)
    typed = conjuncts(parsed.query)
    kept = _with_subject(typed) if parsed.plain else typed
    return all_of((*kept, *asked.filters)) if kept else None


def _with_subject(words: Sequence[Query]) -> tuple[Query, ...]:
    return tuple(word for word in words if not (isinstance(word, Term) and word.word in EMPTY)) or tuple(words)


def _found(row: FoundIn, lights: Highlighter) -> FoundPassage:
    snippet = lights.snippet(row.text, row.language)
    return FoundPassage(row, snippet.text, snippet.marks)
