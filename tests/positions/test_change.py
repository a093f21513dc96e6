"""Change over time: how far two positions lie apart, and every guard against a change that is none."""

from dataclasses import replace
from datetime import date

import pytest

from positions.cells import Candidate, Cell
from positions.change import Change, Guard, between, of_comparison, over_time
from positions.scale import CODE_WORDS, Code
from tests.positions.test_auditing import compared
from transcripts.bilingual import Bilingual

ANN = Candidate("ann", "Ann", "Ann")


def held(position: Code, day: int = 1, **more: object) -> Cell:
    return replace(Cell(ANN, CODE_WORDS[position], str(position), tier=1, coders=2, as_of=date(2026, 1, day)), **more)


@pytest.mark.parametrize(
    ("earlier", "later", "change"),
    [
        (Code.SUPPORT, Code.SUPPORT, Change.SAME),
        (Code.SUPPORT, Code.LEAN_SUPPORT, Change.SHIFT),
        (Code.LEAN_OPPOSE, Code.OPPOSE, Change.SHIFT),
        (Code.MIXED, Code.LEAN_SUPPORT, Change.SHIFT),
        (Code.MIXED, Code.SUPPORT, Change.CHANGED),
        (Code.LEAN_SUPPORT, Code.LEAN_OPPOSE, Change.CHANGED),
        (Code.SUPPORT, Code.LEAN_OPPOSE, Change.CHANGED),
        (Code.OPPOSE, Code.SUPPORT, Change.REVERSED),
    ],
)
def test_how_far_positions_lie_apart(earlier: Code, later: Code, change: Change) -> None:
    assert between(held(earlier), held(later, 2)).change == change == between(held(later), held(earlier, 2)).change


@pytest.mark.parametrize(
    ("other", "guard"),
    [
        ({"code": "not_clear"}, Guard.NO_NUMBER),
        ({"code": None, "reason": "none_found"}, Guard.NO_NUMBER),
        ({"statement_version": 2}, Guard.REWORDED),
        ({"scope": Bilingual("As to parks.", "Sobre los parques.")}, Guard.SCOPE),
        ({"tier": 5}, Guard.SUMMED_UP),
        ({"tier": None}, Guard.SUMMED_UP),
        ({"coders": 1}, Guard.ONE_CODER),
    ],
)
def test_what_would_be_no_change_of_theirs_is_not_compared(other: dict[str, object], guard: Guard) -> None:
    plain, guarded = held(Code.SUPPORT), held(Code.OPPOSE, 2, **other)
    for one, two in ((plain, guarded), (guarded, plain)):
        found = between(one, two)
        assert (found.change, found.guard) == (None, guard) and found.words.startswith("Not compared: ")


def test_neighbouring_days_are_compared_the_latest_first() -> None:
    silence = held(Code.SUPPORT, 3, code=None, reason="none_found")
    now = held(Code.OPPOSE, 4, earlier=(silence, held(Code.OPPOSE, 2), held(Code.SUPPORT, 1)))
    assert [pair.change for pair in over_time(now)] == [Change.SAME, Change.REVERSED]
    assert over_time(held(Code.SUPPORT)) == ()


def test_a_race_tells_each_statement_with_two_days() -> None:
    race = compared((2, None), (1, -2))
    cell = replace(race.rows[1].cells[1], tier=1, coders=2, earlier=(held(Code.OPPOSE),))
    rows = (race.rows[0], replace(race.rows[1], cells=(race.rows[1].cells[0], cell)))
    (found,) = of_comparison(replace(race, rows=rows))
    assert (found.key, found.candidate.slug, found.pairs[0].change) == ("s1", "c1", Change.SAME)
