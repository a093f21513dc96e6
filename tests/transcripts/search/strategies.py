"""Hypothesis strategies for queries of every kind, as the parser could have made them."""

from hypothesis import strategies as st

from transcripts.search.language import FIELDS, MIN_FUZZY, MIN_PREFIX, MIN_TWO_EDITS
from transcripts.search.query import And, Dates, Field, Fuzzy, Near, Not, Or, Phrase, Prefix, Query, Term, widest

WORDS = st.sampled_from(
    [
        "police",
        "año",
        "don't",
        "u.s",
        "1000",
        "2.5",
        "or",
        "and",
        "not",
        "x",
        "housing",
        "straße".replace("ß", "ss"),
        "政策",
    ]
) | st.text("abcdeñz09", min_size=1, max_size=9)
LONG = st.text("abcdefñ", min_size=max(MIN_PREFIX, MIN_FUZZY), max_size=7)
PERIODS = st.sampled_from(["2015", "2015-11", "2016-02-29"])


def _near(words: list[str], within: int) -> Query:
    allowed = min(within, widest(len(words)))
    return Near(tuple(words), allowed) if allowed else Phrase(tuple(words))


LEAVES: st.SearchStrategy[Query] = st.one_of(
    st.builds(Term, WORDS),
    st.builds(lambda words: Phrase(tuple(words)), st.lists(WORDS, min_size=1, max_size=5)),
    st.builds(_near, st.lists(WORDS, min_size=2, max_size=4), st.integers(1, 100)),
    st.builds(Prefix, LONG),
    st.builds(Fuzzy, LONG, st.just(1)),
    st.builds(Fuzzy, st.text("abcñ", min_size=MIN_TWO_EDITS, max_size=12), st.integers(1, 2)),
    st.builds(
        Field,
        st.sampled_from(sorted(set(FIELDS) - {"date", "has"})),
        st.sampled_from(
            ["pedro-segarra", "pedro segarra", "es", "o'brien", "st. louis", "a:b", "(x)", "-", "*", "año"]
        ),
    ),
    st.just(Field("has", "video")),
    st.builds(lambda one: Dates(one, one), PERIODS),
    st.builds(lambda one: Dates(one, ""), PERIODS),
    st.builds(lambda one: Dates("", one), PERIODS),
    st.just(Dates("2015", "2016-03")),
)


def _joined(parts: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    some = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return st.builds(Not, parts) | st.builds(And, some) | st.builds(Or, some)


QUERIES: st.SearchStrategy[Query] = st.recursive(LEAVES, _joined, max_leaves=12)
