"""Agreement beside the libraries of others, on random data: missing values, rare codes, many coders. Imported here only: it is slow."""

import random
from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest

from positions import agreement
from positions.agreement import Figure

SHAPES = [
    # coders, units, codes, share of missing judgements, weight of the first code beside 1 of the others
    (2, 30, 2, 0.0, 1),
    (2, 60, 4, 0.3, 5),
    (3, 40, 3, 0.2, 1),
    (5, 25, 6, 0.5, 2),
    (30, 20, 3, 0.1, 1),
    (30, 40, 2, 0.7, 30),
    (60, 30, 9, 0.4, 3),
]
"""Some with a code so rare that alpha is near nothing, one with more coders than units."""


@pytest.fixture(scope="module")
def others() -> SimpleNamespace:
    import krippendorff
    import numpy
    from nltk.metrics import agreement as nltk
    from sklearn import metrics
    from statsmodels.stats import inter_rater

    return SimpleNamespace(
        krippendorff=krippendorff, nan=numpy.nan, nltk=nltk, kappa=metrics.cohen_kappa_score, raters=inter_rater
    )


def drawn(shape: tuple[int, int, int, float, int], seed: int) -> list[list[int | None]]:
    """Coder × unit; None where somebody did not judge. Half of the judgements follow what the unit is."""
    coders, units, codes, missing, weight = shape
    chance = random.Random(seed)
    weights = [weight] + [1] * (codes - 1)
    truth = chance.choices(range(codes), weights, k=units)

    def one(unit: int) -> int | None:
        if chance.random() < missing:
            return None
        return truth[unit] if chance.random() < 0.5 else chance.choices(range(codes), weights)[0]

    return [[one(unit) for unit in range(units)] for _ in range(coders)]


def by_unit(table: list[list[int | None]]) -> list[list[int]]:
    return [[code for code in unit if code is not None] for unit in zip(*table, strict=True)]


def value(figure: Figure) -> float:
    assert figure.value is not None
    return figure.value


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_alpha_with_missing_values_and_rare_codes(
    others: SimpleNamespace, shape: tuple[int, int, int, float, int]
) -> None:
    for seed in range(3):
        table = drawn(shape, seed)
        units = by_unit(table)
        theirs = [[others.nan if code is None else code for code in row] for row in table]
        for measure, level in ((agreement.alpha_nominal, "nominal"), (agreement.alpha_interval, "interval")):
            oracle = others.krippendorff.alpha(reliability_data=theirs, level_of_measurement=level)
            assert value(measure(units)) == pytest.approx(oracle, abs=1e-9)


def test_alpha_of_a_table_of_judgements_as_nltk_has_it(others: SimpleNamespace) -> None:
    for seed in range(3):
        table = drawn((4, 30, 3, 0.25, 3), seed)
        task = others.nltk.AnnotationTask(data=judgements(table))
        paired = [codes for codes in by_unit(table) if len(codes) > 1]
        assert value(agreement.alpha_nominal(paired)) == pytest.approx(task.alpha(), abs=1e-9)


def judgements(table: list[list[int | None]]) -> list[tuple[str, str, int]]:
    """Judgements of the units two people or more judged, as nltk is given them: it takes others into what is expected."""
    told = Counter(unit for row in table for unit, code in enumerate(row) if code is not None)
    return [
        (f"coder {n}", f"unit {unit}", code)
        for n, row in enumerate(table)
        for unit, code in enumerate(row)
        if code is not None and told[unit] > 1
    ]


def test_two_people_as_scikit_learn_and_nltk_have_it(others: SimpleNamespace) -> None:
    for seed in range(6):
        one, other = drawn((2, 40, 2 + seed % 4, 0.0, 1 + 10 * (seed % 2)), seed)
        pairs = list(zip(one, other, strict=True))
        task = others.nltk.AnnotationTask(data=judgements([one, other]))
        assert value(agreement.kappa(pairs)) == pytest.approx(others.kappa(one, other), abs=1e-9)
        assert value(agreement.kappa(pairs)) == pytest.approx(task.kappa(), abs=1e-9)
        assert value(agreement.pi(pairs)) == pytest.approx(task.pi(), abs=1e-9)
        assert value(agreement.percent(pairs)) == pytest.approx(task.avg_Ao(), abs=1e-9)


def test_kappa_of_every_two_of_many_people(others: SimpleNamespace) -> None:
    table = drawn((8, 40, 3, 0.2, 2), 5)
    coded = {
        str(unit): {f"{n}": code for n, row in enumerate(table) if (code := row[unit]) is not None}
        for unit in range(40)
    }
    for (one, other), figure in agreement.pairwise(coded).items():
        both = [(a, b) for a, b in zip(table[int(one)], table[int(other)], strict=True) if None not in (a, b)]
        assert value(figure) == pytest.approx(others.kappa(*zip(*both, strict=True)), abs=1e-9)


def test_percent_alpha_and_ac1_of_complete_tables_as_statsmodels_has_it(others: SimpleNamespace) -> None:
    """Fleiss' kappa is alpha but for the size of the sample; Randolph's is the raw agreement, beside chance of equal codes.

    Gwet's AC1 is nobody's function there: its raw agreement is Randolph's, its chance is written out from the shares.
    """
    for seed, codes in enumerate((2, 3, 5)):
        table: list[list[Any]] = [list(row) for row in drawn((7, 30, codes, 0.0, 4), seed)]
        units = by_unit(table)
        counts, used = others.raters.aggregate_raters(list(zip(*table, strict=True)))
        fleiss, uniform = (others.raters.fleiss_kappa(counts, method) for method in ("fleiss", "randolph"))
        assert value(agreement.alpha_nominal(units)) == pytest.approx(fleiss + (1 - fleiss) / (7 * 30), abs=1e-9)
        raw = uniform * (1 - 1 / len(used)) + 1 / len(used)
        assert value(agreement.percent(units)) == pytest.approx(raw, abs=1e-9)
        shares = counts.sum(axis=0) / counts.sum()
        by_chance = float((shares * (1 - shares)).sum()) / (len(used) - 1)
        assert value(agreement.ac1(units)) == pytest.approx((raw - by_chance) / (1 - by_chance), abs=1e-9)
