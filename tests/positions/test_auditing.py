"""Audits of a comparison: exact beside the fractions of the match, fair where everybody is known alike, and blind to silence."""

import json
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import delete

from positions import auditing
from positions.auditing import Grid
from positions.cells import Candidate, Cell
from positions.coding_models import PositionBasis
from positions.comparison import Comparison, ContestHead, OrderRule, Row, cells_for
from positions.matching import Answer, figures_over
from positions.models import Candidacy, SearchLog, Stance
from positions.models import Evidence as StanceEvidence
from positions.scale import CODE_WORDS, Code
from tests.positions.town import load_text
from tests.tracker.calling import site
from tests.tracker.desk import desk_on
from tracker.commands import audit
from transcripts.bilingual import Bilingual

NUMBER = st.one_of(st.none(), st.integers(-2, 2))
CODES = {2: Code.SUPPORT, 1: Code.LEAN_SUPPORT, 0: Code.MIXED, -1: Code.LEAN_OPPOSE, -2: Code.OPPOSE}


def people(n: int) -> tuple[Candidate, ...]:
    return tuple(Candidate(f"c{i}", f"Candidate {i}", f"{i}") for i in range(n))


def held(*numbers: tuple[int | None, ...]) -> Grid:
    return Grid(people(len(numbers)), numbers)


def compared(*numbers: tuple[int | None, ...]) -> Comparison:
    candidates = people(len(numbers))
    rows = []
    for n in range(len(numbers[0])):
        given_codes = {
            one: CODES[line[n] or 0] for one, line in zip(candidates, numbers, strict=True) if line[n] is not None
        }
        cells = {one.slug: Cell(one, CODE_WORDS[code], code=code) for one, code in given_codes.items()}
        text = Bilingual(f"Statement {n}.", f"Frase {n}.")
        rows.append(Row(f"s{n}", text, cells_for(candidates, cells), topic="t", topic_name=Bilingual("Topic", "Tema")))
    head = ContestHead("race", text, text, "Quill Bay", "UTC", date(2026, 11, 3))
    return Comparison(
        head, "statement", OrderRule("rotation", date(2026, 1, 1)), ("rotation",), candidates, tuple(rows)
    )


@given(st.lists(st.tuples(NUMBER, st.integers(-2, 2)), min_size=1, max_size=8))
def test_quarters_are_the_fractions_of_the_match(pairs: list[tuple[int | None, int]]) -> None:
    numbers, answers = zip(*pairs, strict=True)
    exact = figures_over(
        (Answer(Fraction(answer, 2)), None if number is None else Fraction(number, 2)) for number, answer in pairs
    )
    least, most = auditing._bounds(numbers, answers)
    assert (Fraction(least, 4 * len(pairs)), Fraction(most, 4 * len(pairs))) == (exact.low, exact.high)


def test_the_grid_is_read_from_the_comparison() -> None:
    assert auditing.grid(compared((2, None, -1), (0, -2, None))).numbers == ((2, None, -1), (0, -2, None))


@pytest.mark.parametrize("kind", auditing.VOTERS)
def test_where_all_are_known_alike_each_comes_first_as_often(kind: str) -> None:
    """Four candidates, each the mirror of another on twelve statements: an equal share is a quarter."""
    one, other = (2, -2) * 6, (2, 2, -2, -2) * 3
    grid = held(one, tuple(-x for x in one), other, tuple(-x for x in other))
    found = auditing.bots(grid, kind, 4_000, 1)
    assert sum(row.low for row in found) == pytest.approx(1) == sum(row.high for row in found)
    assert all(abs(row.low - 0.25) < 0.03 and row.low == pytest.approx(row.high) for row in found)
    assert found == auditing.bots(grid, kind, 4_000, 1) != auditing.bots(grid, kind, 4_000, 2)


def test_whoever_said_little_is_never_alone_on_top() -> None:
    found = auditing.bots(held((2, None, None, None), (2, 2, -2, -2)), "binary", 2_000, 1)
    assert found[0].alone == 0 < found[1].low


@given(st.lists(st.lists(NUMBER, min_size=5, max_size=5), min_size=1, max_size=4), st.integers(0, 99))
def test_nobody_gains_by_having_said_less(lines: list[list[int | None]], seed: int) -> None:
    assert all(row.gained == 0 for row in auditing.silence(held(*map(tuple, lines)), 50, seed))


def test_silence_is_counted_and_costs_agreement() -> None:
    (row,) = auditing.silence(held((2, -2, 1, -1, 0, None)), 500, 3)
    assert (row.blanked, row.gained) == (4, 0) and row.low_after < row.low_before


def test_a_neutral_voter_and_one_who_says_yes_to_everything() -> None:
    grid = held((2, 2, 2, 1), (-2, -2, None, 0))
    sure, unsure = auditing.neutral(grid)
    assert (sure.low, sure.high) == (0.5625, 0.5625) and (unsure.low, unsure.high) == (0.625, 0.75)
    assert (sure.above, unsure.above) == (1, 0)
    first, second = auditing.polarity(grid)
    assert (first.supports, first.opposes, first.mixed, second.opposes, second.mixed) == (4, 0, 0, 2, 1)
    assert second.yes.above == 1 == first.no.above


def test_days_first_and_what_is_covered() -> None:
    comparison = compared((2, None), (None, None), (1, -1))
    days = [row.days_first for row in auditing.exposure(comparison)]
    assert sum(days) == auditing.YEAR and max(days) - min(days) <= 1
    known = {row.candidate.slug: (row.numeric, dict(row.reasons)) for row in auditing.coverage(comparison)}
    assert known == {"c0": (1, {"not_reviewed": 1}), "c1": (0, {"not_reviewed": 2}), "c2": (2, {})}


@pytest.mark.parametrize("kind", ["bots", "silence", "neutral", "polarity", "exposure", "coverage"])
def test_every_audit_prints_figures_and_data(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = desk_on(site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}"))
    load_text(desk.database)
    desk.database.dispose()
    monkeypatch.setenv("TRACKER_HOME", str(tmp_path))
    drawn = ["--voters", "50"] if kind in ("bots", "silence") else []
    shown = CliRunner().invoke(audit.command, [kind, "town-mayor-2026", *drawn], catch_exceptions=False)
    assert shown.exit_code == 0 and "Ana Reyes" in shown.output
    told = CliRunner().invoke(audit.command, [kind, "town-mayor-2026", *drawn, "--json"], catch_exceptions=False)
    assert "ana-reyes" in json.dumps(json.loads(told.output))


def test_a_race_without_candidates_has_nothing_to_audit(tmp_path: Path) -> None:
    desk = desk_on(site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}"))
    load_text(desk.database)
    with desk.database.write() as session:
        for table in (StanceEvidence, SearchLog, PositionBasis, Stance, Candidacy):
            session.exec(delete(table))
    shown = desk.nobody().get("/contests/town-mayor-2026/audit")
    assert shown.status_code == 200 and "Nothing to audit yet." in shown.text
    desk.database.dispose()


def test_an_empty_race_is_audited_too() -> None:
    empty = Grid((), ())
    assert auditing.bots(empty, "binary", 3, 1) == auditing.silence(empty, 3, 1) == auditing.neutral(empty) == ()
