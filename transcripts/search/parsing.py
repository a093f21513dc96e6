"""Typed text → Query, by a small parser of our own with hard limits. Bad syntax never fails: it becomes plain words and a note.

query   = group+                      joined by AND
group   = joined ("OR" joined)*       OR binds closer than standing side by side: `a b OR c` is a (b OR c)
joined  = unary ("AND" unary)*
unary   = ("-" | "NOT") unary | "(" query ")" | leaf
leaf    = word | prefix* | fuzzy~ | "phrase" | "near"~n | field:value
"""

import re
from collections.abc import Callable

from transcripts.errors import Refusal
from transcripts.search import analysis
from transcripts.search.language import FIELDS, MAX_CHARACTERS, MAX_DEPTH, MAX_TERMS
from transcripts.search.leaves import Reading, read_field, read_phrase, read_words
from transcripts.search.query import Not, Note, Parsed, Query, Term, all_of, any_of, conjuncts, count_leaves
from transcripts.text import clean

UNCLOSED = "A quotation mark or a bracket stands alone, so we searched for the plain words."
DANGLING = "OR, AND, NOT or a minus sign has nothing to work on, so we searched for the plain words."
TOO_DEEP = "There are too many brackets inside one another, so we searched for the plain words."
TOO_MANY = "There are too many words; we searched for the first {limit}, without operators."
_LIMIT = (("limit", str(MAX_TERMS)),)

_LEXEMES = re.compile(
    r"(?P<open>\()|(?P<close>\))"
    r'|"(?P<phrase>[^"]*)"(?:~(?P<within>[0-9]{1,4}))?'
    r'|(?P<unclosed>")'
    r'|(?P<field>[A-Za-z]+):(?:"(?P<quoted>[^"]*)"|(?P<value>[^\s()"]+))'
    r'|(?P<minus>-)(?=[\w"(])'
    r'|(?P<words>[^\s()"]+)'
)
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
_OPERATORS = frozenset({"OR", "AND", "NOT"})
_FIELD_NAMES = re.compile(rf"\b(?:{'|'.join(FIELDS)}):", re.IGNORECASE)


class TooLong(Refusal):
    """More characters than a query may have: pages answer 400."""


class _Broken(Exception):
    """The structure cannot be read; the message is the note that says why."""


def too_long(typed: str) -> TooLong:
    """The refusal of a text with more than MAX_CHARACTERS."""
    return TooLong("A search may have at most {most} characters; this one has {n}.", most=MAX_CHARACTERS, n=len(typed))


Named = Callable[[str], Query | None]
"""What a word names in the very case it is typed in: LEAD the program, of which lead the verb is no other form."""


def parse(typed: str, named: Named = lambda word: None) -> Parsed:
    """What a reader typed, as a tree. Raises TooLong above MAX_CHARACTERS and nothing else."""
    if len(typed) > MAX_CHARACTERS:
        raise too_long(typed)
    text = clean(typed).translate(_QUOTES)
    try:
        return _Parser(text, named).read()
    except _Broken as broken:
        return _plain_words(text, Note(str(broken), _LIMIT))


def _plain_words(text: str, why: Note) -> Parsed:
    """The fallback: every word, without the operators and the names of fields."""
    chunks = " ".join(chunk for chunk in text.split() if chunk.strip("()") not in _OPERATORS)
    found = tuple(Term(word) for word in analysis.words(_FIELD_NAMES.sub(" ", chunks)))
    return Parsed(all_of(found[:MAX_TERMS]), plain=True, notes=(why,))


class _Parser:
    """Recursive descent over the lexemes of one text, at most MAX_DEPTH deep."""

    def __init__(self, text: str, named: Named) -> None:
        self.named = named
        self.lexemes = list(_LEXEMES.finditer(text))
        self.at = 0
        self.notes: list[Note] = []
        self.plain = True

    def read(self) -> Parsed:
        query = self._query(0)
        if self.at < len(self.lexemes):
            raise _Broken(UNCLOSED)
        if query and count_leaves(query) > MAX_TERMS:
            if not self.plain:
                raise _Broken(TOO_MANY)
            self.notes.append(Note(TOO_MANY, _LIMIT))
            query = all_of(conjuncts(query)[:MAX_TERMS])
        return Parsed(query, self.plain, tuple(self.notes))

    def _query(self, depth: int) -> Query | None:
        if depth > MAX_DEPTH:
            raise _Broken(TOO_DEEP)
        parts: tuple[Query, ...] = ()
        while self.at < len(self.lexemes) and self._kind() != "close":
            parts += self._group(depth)
        return all_of(parts)

    def _group(self, depth: int) -> tuple[Query, ...]:
        choices = [self._joined(depth)]
        while self._take_operator("OR"):
            choices.append(self._joined(depth))
        if len(choices) == 1:
            return choices[0]
        found = any_of(tuple(part for part in map(all_of, choices) if part))
        return (found,) if found else ()

    def _joined(self, depth: int) -> tuple[Query, ...]:
        parts = self._unary(depth)
        while self._take_operator("AND"):
            parts += self._unary(depth)
        return parts

    def _unary(self, depth: int) -> tuple[Query, ...]:
        if self._kind() in ("", "close", "OR", "AND"):
            raise _Broken(DANGLING)
        if self._kind() in ("minus", "NOT"):
            return self._excluded(depth + 1)
        lexeme = self.lexemes[self.at]
        self.at += 1
        if lexeme["open"]:
            return self._bracketed(depth + 1)
        reading = self._leaf(lexeme)
        self.notes.extend(reading.notes)
        self.plain = self.plain and reading.plain
        return reading.parts

    def _excluded(self, depth: int) -> tuple[Query, ...]:
        if depth > MAX_DEPTH:
            raise _Broken(TOO_DEEP)
        self.plain = False
        self.at += 1
        part = all_of(self._unary(depth))
        return (Not(part),) if part else ()

    def _bracketed(self, depth: int) -> tuple[Query, ...]:
        self.plain = False
        inside = self._query(depth)
        if self._kind() != "close":
            raise _Broken(UNCLOSED)
        self.at += 1
        return (inside,) if inside else ()

    def _leaf(self, lexeme: re.Match[str]) -> Reading:
        if lexeme["unclosed"]:
            raise _Broken(UNCLOSED)
        if lexeme["phrase"] is not None:
            return read_phrase(lexeme["phrase"], int(lexeme["within"] or 0))
        if lexeme["field"]:
            return read_field(lexeme["field"].lower(), lexeme["quoted"] or lexeme["value"] or "", lexeme[0])
        name = self.named(lexeme["words"])
        return Reading((name,), plain=True) if name else read_words(lexeme["words"])

    def _take_operator(self, name: str) -> bool:
        if self._kind() != name:
            return False
        self.plain = False
        self.at += 1
        return True

    def _kind(self) -> str:
        """The name of the next lexeme, an operator's own word, or "" at the end."""
        if self.at == len(self.lexemes):
            return ""
        lexeme = self.lexemes[self.at]
        return lexeme[0] if lexeme[0] in _OPERATORS else lexeme.lastgroup or ""
