"""The query language: what is typed, what it means, what it prints."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.transcripts.search.strategies import QUERIES
from transcripts.search.language import MAX_CHARACTERS, MAX_DEPTH, MAX_TERMS
from transcripts.search.parsing import TooLong, parse
from transcripts.search.query import And, Dates, Field, Fuzzy, Near, Not, Or, Phrase, Prefix, Query, Term, count_leaves

A, B, C = Term("a"), Term("b"), Term("c")


def depth(query: Query) -> int:
    if isinstance(query, Not):
        return 1 + depth(query.part)
    return 1 + max(map(depth, query.parts)) if isinstance(query, And | Or) else 0


@given(QUERIES)
def test_a_query_prints_what_reads_as_itself(query: Query) -> None:
    assume(len(str(query)) <= MAX_CHARACTERS and count_leaves(query) <= MAX_TERMS and depth(query) <= MAX_DEPTH // 2)
    parsed = parse(str(query))
    assert parsed.query == query
    assert parsed.notes == ()


@given(st.text(max_size=MAX_CHARACTERS) | st.text('ab"()-~*: OR123.', max_size=80))
def test_anything_can_be_typed(typed: str) -> None:
    query = parse(typed).query
    if query is not None and len(str(query)) <= MAX_CHARACTERS:
        assert parse(str(query)).query == query


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a OR b", Or((A, B))),
        ("a b OR c", And((A, Or((B, C))))),
        ("a AND b OR c", Or((And((A, B)), C))),
        ("-a", Not(A)),
        ("NOT a b", And((Not(A), B))),
        ("-(a b)", Not(And((A, B)))),
        ("a or b", And((A, Term("or"), B))),
        ('"A  B"', Phrase(("a", "b"))),
        ("“a b”", Phrase(("a", "b"))),
        ("«a b»~3", Near(("a", "b"), 3)),
        ('"a b"~0', Phrase(("a", "b"))),
        ('"a"~3', Phrase(("a",))),
        ("immig*", Prefix("immig")),
        ("Segara~", Fuzzy("segara", 1)),
        ("militarisation~2", Fuzzy("militarisation", 2)),
        ("militarisation~9", Fuzzy("militarisation", 2)),
        ("Policía", Term("policia")),
        ("años", Term("años")),
        ("U.S. police?", And((Term("u.s"), Term("police")))),
        ("1,000 don’t", And((Term("1000"), Term("don't")))),
        ("African-American", And((Term("african"), Term("american")))),
        ("-African-American", Not(And((Term("african"), Term("american"))))),
        ('speaker:"Pedro Segarra"', Field("speaker", "pedro segarra")),
        ("SPEAKER:segarra", Field("speaker", "segarra")),
        ("lang:ES has:video", And((Field("lang", "es"), Field("has", "video")))),
        ("date:2015", Dates("2015", "2015")),
        ("date:2015..2016", Dates("2015", "2016")),
        ("date:..2016-02", Dates("", "2016-02")),
        ("date:2015-11-03..", Dates("2015-11-03", "")),
        ("() a", A),
        ("", None),
        ("— … !", None),
        ("a\x00b \ud800c", And((Term("ab"), C))),
    ],
)
def test_what_is_typed_means(typed: str, query: Query | None) -> None:
    parsed = parse(typed)
    assert parsed.query == query
    assert parsed.notes == ()


@pytest.mark.parametrize(
    ("typed", "printed", "said"),
    [
        ('"a b', "a b", "stands alone"),
        ("(a b", "a b", "stands alone"),
        ("a b)", "a b", "stands alone"),
        ("a OR", "a", "nothing to work on"),
        ("AND a NOT", "a", "nothing to work on"),
        ("OR", "None", "nothing to work on"),
        ("speaker:ada (a", "ada a", "stands alone"),
        ("(((((((((a)))))))))", "a", "too many brackets"),
        ("date:2015-13 a", "2015 13 a", "not a date"),
        ("date:2016..2015", "2016 2015", "not a date"),
        ("date:..", "None", "not a date"),
        ("colour:red a", "colour red a", "cannot filter by “colour:red”"),
        ("has:subtitles a", "subtitles a", "cannot filter"),
        ("*tion", "tion", "star works at the end"),
        ("te*st", "te st", "star works at the end"),
        ("im* a", "im a", "3 letters before the star"),
        ("to~", "to", "3 letters before ~"),
        ("segara~2", "segara~", "8 letters or more"),
        ('"a b c"~90', '"a b c"~15', "At most 15 words"),
        (" ".join(f"w{n}" for n in range(40)), " ".join(f"w{n}" for n in range(32)), "first 32"),
        (" OR ".join(f"w{n}" for n in range(40)), " ".join(f"w{n}" for n in range(32)), "first 32"),
    ],
)
def test_bad_syntax_falls_back_to_words_and_says_so(typed: str, printed: str, said: str) -> None:
    parsed = parse(typed)
    assert str(parsed.query) == printed
    assert said in " ".join(map(str, parsed.notes))


def test_only_words_are_plain() -> None:
    assert parse("what did she say?").plain
    assert parse('"unbalanced').plain
    for typed in ("a OR b", "-a b", '"a b"', "speaker:a b", "immig*", "segara~", "(a b)", "a AND b"):
        assert not parse(typed).plain, typed


def test_too_many_characters_are_refused() -> None:
    assert parse("a" * MAX_CHARACTERS).query is not None
    with pytest.raises(TooLong, match="501"):
        parse("a" * 501)


@pytest.mark.parametrize(
    ("dates", "first", "last"),
    [
        (Dates("2015", "2015"), date(2015, 1, 1), date(2015, 12, 31)),
        (Dates("2016-02", "2016-02"), date(2016, 2, 1), date(2016, 2, 29)),
        (Dates("", "9999-12"), date.min, date(9999, 12, 31)),
        (Dates("2015-11-03", ""), date(2015, 11, 3), date.max),
    ],
)
def test_dates_cover_whole_days(dates: Dates, first: date, last: date) -> None:
    assert dates.days() == (first, last)
