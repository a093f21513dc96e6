"""The shared part of the language means what it means to Whoosh's own parser; where it does not, the reason stands here."""

import itertools
from random import Random

import pytest
from whoosh import fields, qparser, query
from whoosh.analysis import RegexTokenizer

from tests.corpora import ROOT
from transcripts.search import parsing
from transcripts.search.query import And, Fuzzy, Near, Not, Or, Phrase, Prefix, Query, Term

WORDS = ("abcd", "abef", "cdef", "ghij")
TEXTS = tuple(" ".join(words) for length in range(4) for words in itertools.permutations(WORDS, length))
"""Every text of up to three different words."""

DIFFERENCES = (
    # typed, ours, Whoosh's, why
    ("-abcd", Not(Term("abcd")), query.Term("text", "abcd"), "a hyphen before a word is punctuation to Whoosh"),
    ("abcd~", Fuzzy("abcd"), query.Term("text", "abcd"), "fuzzy words need a plugin there"),
    (
        '"abcd cdef"~1',
        Near(("abcd", "cdef"), 1),
        query.Phrase("text", ["abcd", "cdef"], slop=1),
        "its slop is words between + 1",
    ),
    (
        "*bcd",
        Term("bcd"),
        query.Wildcard("text", "*bcd"),
        "it takes a star anywhere, at the price of reading every word",
    ),
    (
        "abcd ANDNOT cdef",
        And((Term("abcd"), Term("andnot"), Term("cdef"))),
        query.AndNot(query.Term("text", "abcd"), query.Term("text", "cdef")),
        "one way to leave words out is enough, and its own matcher returns excluded turns",
    ),
    (
        "abcd AND -cdef",
        And((Term("abcd"), Not(Term("cdef")))),
        query.And([query.Term("text", "abcd"), query.Term("text", "cdef")]),
        "the same hyphen beside an operator",
    ),
    (
        "[abcd TO cdef]",
        And((Term("abcd"), Term("to"), Term("cdef"))),
        query.TermRange("text", "abcd", "cdef"),
        "words between two others in the alphabet mean nothing here; days do: date:2015..2016",
    ),
    ("abcd^2", And((Term("abcd"), Term("2"))), query.Term("text", "abcd", boost=2.0), "nobody weighs words here"),
)


def theirs(typed: str) -> query.Query:
    schema = fields.Schema(text=fields.TEXT(analyzer=RegexTokenizer(r"\w+")))
    return qparser.QueryParser("text", schema).parse(typed)


def _their_match(one: query.Query, text: str) -> bool:
    words = text.split()
    if isinstance(one, query.And):
        return all(_their_match(part, text) for part in one)
    if isinstance(one, query.Or):
        return any(_their_match(part, text) for part in one)
    if isinstance(one, query.Not):
        return not _their_match(one.query, text)
    if isinstance(one, query.Phrase):
        return f" {' '.join(one.words)} " in f" {text} "
    if isinstance(one, query.Prefix):
        return any(word.startswith(one.text) for word in words)
    assert isinstance(one, query.Term), repr(one)
    return one.text in words


def _our_match(one: Query | None, text: str) -> bool:
    words = text.split()
    match one:
        case And(parts):
            return all(_our_match(part, text) for part in parts)
        case Or(parts):
            return any(_our_match(part, text) for part in parts)
        case Not(part):
            return not _our_match(part, text)
        case Phrase(said):
            return f" {' '.join(said)} " in f" {text} "
        case Prefix(start):
            return any(word.startswith(start) for word in words)
        case Term(word):
            return word in words
    raise AssertionError(repr(one))


def _typed(rng: Random, depth: int) -> str:
    """A query of the shared part: words, prefixes, phrases, OR between two, NOT, parentheses."""
    kind = rng.random()
    if depth == 0 or kind < 0.4:
        word, other = rng.sample(WORDS, 2)
        return rng.choice((word, word, f"{word[:3]}*", f'"{word} {other}"'))
    if kind < 0.55:
        return f"NOT ({_typed(rng, depth - 1)})"
    joined = rng.choice((" ", " AND ", " OR ", " OR "))
    return "(" + joined.join(_typed(rng, depth - 1) for _ in range(rng.choice((2, 3)))) + ")"


def test_random_queries_mean_the_same() -> None:
    rng = Random(8)
    for _ in range(600):
        typed = _typed(rng, 3)
        parsed = parsing.parse(typed)
        if parsed.notes:
            continue
        same = [_our_match(parsed.query, text) == _their_match(theirs(typed), text) for text in TEXTS]
        assert all(same), f"{typed}: ours {parsed.query}, theirs {theirs(typed)}"


@pytest.mark.parametrize(
    "typed",
    [
        "abcd cdef OR ghij",
        "abcd OR cdef AND ghij",
        "abcd OR cdef ghij",
        "abcd OR cdef OR ghij",
        "abcd AND cdef OR ghij",
        "NOT abcd cdef",
    ],
)
def test_operators_without_parentheses_mean_the_same(typed: str) -> None:
    ours = parsing.parse(typed).query
    assert [_our_match(ours, text) for text in TEXTS] == [_their_match(theirs(typed), text) for text in TEXTS], theirs(
        typed
    )


@pytest.mark.parametrize(("typed", "ours", "whooshs", "why"), DIFFERENCES)
def test_each_difference_is_still_one(typed: str, ours: Query, whooshs: query.Query, why: str) -> None:
    """Or the list says too much."""
    assert parsing.parse(typed).query == ours, why
    assert theirs(typed) == whooshs, why
    assert f"| `{typed}` | {why} |" in (ROOT / "docs" / "search.md").read_text()
