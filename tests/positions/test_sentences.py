"""The lines round a comparison."""

from datetime import date

import pytest

from positions.cells import Candidate
from positions.comparison import Balance, Comparison, ContestHead, Figures, OrderRule, SourceCount
from positions.sentences import balance_line, figures_line, order_line
from transcripts.bilingual import Bilingual

LEDGER = SourceCount("article", "The Ledger", Bilingual("It owns the buses.", "Es dueño de los autobuses."), 1)
RADIO = SourceCount("transcript", "Town Radio", None, 2)
ANA = Candidate("ana", "Ana Reyes", "Reyes, Ana")


def test_figures_name_their_sources_and_any_interest() -> None:
    line = figures_line(Figures(32, 15, 13, (LEDGER,)), "statement", str, "en")
    assert line == "15 of 32 boxes have a statement; source: one news report by The Ledger. It owns the buses."
    both = figures_line(Figures(4, 2, 0, (LEDGER, RADIO)), "question", str, "es")
    assert both == (
        "2 of 4 boxes have an answer; sources: one news report by The Ledger; 2 transcripts by Town Radio."
        " Es dueño de los autobuses."
    )
    assert figures_line(Figures(0, 0, 0, ()), "topic", str, "en") == "0 of 0 boxes have something that was said."


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("rotation", "Order: a different candidate comes first each day; on 2026-10-20 it is Ana Reyes."),
        ("ballot", "Order: as on the official ballot."),
        ("alphabetical", "Order: alphabetical."),
    ],
)
def test_the_order_is_told_in_one_sentence(rule: str, line: str) -> None:
    head = ContestHead("x", Bilingual("X"), Bilingual("Mayor"), "Town", "UTC", date(2026, 11, 3))
    told = Comparison(head, "topic", OrderRule(rule, date(2026, 10, 20)), ("rotation",), (ANA,), ())
    assert order_line(told, str) == line


def test_nobody_stands_yet() -> None:
    head = ContestHead("x", Bilingual("X"), Bilingual("Mayor"), "Town", "UTC", date(2026, 11, 3))
    assert "it is –." in order_line(Comparison(head, "topic", OrderRule("rotation", date(2026, 1, 1)), (), (), ()), str)


def test_the_balance_is_told_for_each() -> None:
    assert balance_line(Balance(ANA, 3, 60), str) == "Ana Reyes: 3 quoted passages, 60 words shown"
