"""Where candidates differ, and two of them chosen: what is left out, what stays, and what is counted."""

from dataclasses import replace
from datetime import date

import pytest

from positions.cells import Candidate, Cell, empty
from positions.comparison import Comparison, ContestHead, OrderRule, Row
from positions.narrowing import differ_line, differing, narrowed
from positions.scale import CODE_WORDS, VALUE, Code
from transcripts.bilingual import Bilingual
from transcripts.errors import NotFound, Refusal

DAY = date(2026, 10, 20)
ANA, BO, CY = (Candidate(slug, slug.title(), slug) for slug in ("ana", "bo", "cy"))


def row(key: str, *codes: str | None) -> Row:
    """What Ana, Bo and Cy hold of one statement; None where nothing is known."""
    cells = (
        empty(one) if code is None else Cell(one, CODE_WORDS[Code(code)], code=code)
        for one, code in zip((ANA, BO, CY), codes, strict=True)
    )
    return Row(key, Bilingual(key), tuple(cells))


def race(*rows: Row, by: str = "statement") -> Comparison:
    head = ContestHead("town", Bilingual("Town"), Bilingual("Mayor"), "Town", "UTC", DAY)
    return Comparison(head, by, OrderRule("alphabetical", DAY), ("alphabetical",), (ANA, BO, CY), rows)


@pytest.mark.parametrize(
    ("codes", "differs"),
    [
        (("support", "support", "support"), False),
        (("support", "lean_support", "support"), False),
        (("lean_support", "mixed", "mixed"), False),
        (("support", "mixed", "support"), True),
        (("lean_support", "lean_oppose", "mixed"), True),
        (("oppose", None, "support"), True),
        (("support", None, "support"), None),
        (("support", "not_clear", "lean_support"), None),
        ((None, None, None), None),
    ],
)
def test_a_row_differs_where_two_known_positions_lie_one_apart(
    codes: tuple[str | None, ...], differs: bool | None
) -> None:
    assert differing(row("k", *codes)) is differs


def test_every_pair_of_positions() -> None:
    for one, x in VALUE.items():
        for other, y in VALUE.items():
            assert differing(row("k", one, other, other)) is (abs(x - y) >= 1)


def test_unknown_rows_stay_and_are_counted() -> None:
    whole = race(
        row("same", "support", "support", "support"),
        row("apart", "support", "oppose", "support"),
        row("open", "support", None, "support"),
    )
    found = narrowed(whole, differ=True)
    assert [one.key for one in found.comparison.rows] == ["apart", "open"]
    assert found.differs == {"same": False, "apart": True, "open": None}
    assert differ_line(found, str) == "Where they differ: 2 of 3 statements shown; on 1 we can’t tell."
    assert narrowed(whole).comparison == whole


def test_two_are_shown_in_the_order_of_the_page_and_only_they_are_held_against_each_other() -> None:
    whole = race(row("k", "support", None, "support"), row("l", "support", "support", "oppose"))
    found = narrowed(whole, ("cy", "ana"), differ=True)
    assert found.comparison.candidates == (ANA, CY)
    assert [[cell.candidate for cell in one.cells] for one in found.comparison.rows] == [[ANA, CY]]
    assert found.differs == {"k": False, "l": True}
    assert found.whole == whole


@pytest.mark.parametrize("only", [("ana",), ("ana", "ana"), ("ana", ""), ("ana", "bo", "cy")])
def test_another_number_than_two_is_refused(only: tuple[str, ...]) -> None:
    with pytest.raises(Refusal, match="two different"):
        narrowed(race(row("k", None, None, None)), only)


def test_strangers_and_views_without_positions_are_refused() -> None:
    whole = race(row("k", None, None, None))
    with pytest.raises(NotFound, match="“dee” does not stand"):
        narrowed(whole, ("ana", "dee"))
    with pytest.raises(Refusal, match="by statement only"):
        narrowed(replace(whole, by="topic"), differ=True)
