"""Reading on: nothing twice and nothing lost while turns are added, and an address that anybody may have bent."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transcripts.search.oracle import Oracle
from transcripts.search import analysis, paging
from transcripts.search.engine import Hit, SearchEngine, Sort
from transcripts.search.finding import Asked, Finder
from transcripts.search.names import Names
from transcripts.search.paging import LONGEST, Cursor
from transcripts.search.understanding import Understanding, understand

pytestmark = pytest.mark.xdist_group("index")  # beside the other tests of the indexed world
ORDERS = st.lists(st.integers(0, (1 << 62) - 1), min_size=1, max_size=8, unique=True).map(sorted).map(tuple)


@given(st.lists(ORDERS, max_size=4))
def test_a_cursor_comes_back_from_its_address(pages: list[tuple[int, ...]]) -> None:
    cursor = Cursor(tuple(pages))
    assert paging.read(str(cursor)) == cursor
    assert cursor.then((7,)) == Cursor((*pages, (7,)))
    assert cursor.back() == Cursor(tuple(pages[:-1]))


@given(st.text(max_size=40) | st.text("AZaz09-_.", max_size=40))
def test_an_address_that_makes_no_sense_is_the_first_page(typed: str) -> None:
    cursor = paging.read(typed)
    assert all(0 <= order < 1 << 63 for order in cursor.seen)


def test_a_cursor_ends_before_an_address_would_be_too_long() -> None:
    cursor, pages = Cursor(), 0
    while longer := cursor.then(range(pages << 50, (pages << 50) + (20 << 40), 1 << 40)):
        cursor, pages = longer, pages + 1
    assert pages > 20
    assert len(str(cursor)) <= LONGEST
    assert paging.read("A" * (LONGEST + 1)) == Cursor()


@pytest.mark.parametrize("sort", list(Sort))
def test_reading_on_repeats_and_loses_nothing_while_a_writer_adds(
    engine: SearchEngine, oracle: Oracle, sort: Sort
) -> None:
    """Every added turn changes how rare the words are, and with it every score and its order."""
    documents = [turn.document for turn in oracle.turns[:400]]
    spoken = Counter(word for one in documents[::2] for word in set(analysis.words(one.text)))
    typed = " OR ".join(sorted(word for word, turns in spoken.items() if 20 <= turns <= 40)[:3])
    reading = understand(typed, Names())
    engine.upsert(documents[::2])
    engine.commit()
    held = {hit.key for hit in _page(engine, reading, Asked(typed, limit=1_000))[0]}
    seen: list[str] = []
    cursor, more, late = Cursor(), True, iter(documents[1::2])
    while more:
        place = {"seen": cursor.seen} if sort is Sort.RELEVANCE else {"after": cursor.last}
        hits, more = _page(engine, reading, Asked(typed, sort=sort, limit=7, **place))
        seen += [hit.key for hit in hits]
        places = [hit.place for hit in hits]
        cursor = paging.read(str(cursor.then(places if sort is Sort.RELEVANCE else places[-1:])))
        engine.upsert([next(late), next(late)])
        engine.commit()
    assert len(held) > 40
    assert len(seen) == len(set(seen))
    assert held <= set(seen)


def _page(engine: SearchEngine, reading: Understanding, asked: Asked) -> tuple[tuple[Hit, ...], bool]:
    tried = Finder(engine, Names(), asked).find(reading)
    return tried.page.hits, tried.more
