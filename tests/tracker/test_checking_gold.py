"""Known quotations against real debates: a sample with a fixed seed; `python -m tests.gold.quotes` measures the whole."""

from collections.abc import Iterator

import pytest

from tests.gold import quotes
from tests.gold.quotes import Figure, Known
from tracker.db import Database

pytestmark = pytest.mark.corpora

LOADED = {("1960", "26Sep"), ("1992", "15Oct"), ("2016", "19Oct"), ("2020", "29Sep")}
"""The days of the debates that are held here; the others are not."""
SAMPLE = 70


@pytest.fixture(scope="module")
def debates() -> Iterator[tuple[Database, list[Known], list[Known]]]:
    """A site with some debates, their quotations, and those of other debates."""
    known = quotes.known()
    ours = [one for one in known if one.day in LOADED]
    print(f"seed {quotes.SEED}, {len(ours)} of {len(known)} quotations stand in what is loaded")
    with quotes.site(quotes.files_of(ours)) as database:
        yield database, ours, [one for one in known if one.day not in LOADED]


def told(figure: Figure) -> float:
    quotes.tell(figure)
    return figure.share


Debates = tuple[Database, list[Known], list[Known]]


def test_unchanged_they_are_verbatim_on_the_right_turn(debates: Debates) -> None:
    database, ours, _ = debates
    assert told(quotes.unchanged(database, ours)) >= 0.99


def test_two_changed_words_are_found_and_named(debates: Debates) -> None:
    database, ours, _ = debates
    changed, exact = quotes.edited(database, ours[:SAMPLE])
    assert told(changed) >= 0.97
    assert told(exact) >= 0.98, "one quotation of the table is cut in its first word: a change of its own"


def test_filed_under_the_wrong_person_they_are_words_of_someone_else(debates: Debates) -> None:
    database, ours, _ = debates
    assert told(quotes.misfiled(database, ours)) == 1
    assert told(quotes.rightly_filed(database, ours[:SAMPLE])) >= 0.98


def test_of_debates_not_loaded_nothing_is_held(debates: Debates) -> None:
    database, _, others = debates
    assert told(quotes.not_held(database, others[:SAMPLE])) >= 0.99
