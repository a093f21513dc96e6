"""Agreement: the published vectors, brute force over every pair, and what must not become a number."""

import csv
import io
import json
import math
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import permutations
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from positions import agreement, coding_table
from positions.agreement import Figure, Unit, Why
from tests.corpora import corpus
from tracker.commands import agreement as command
from transcripts.errors import BadFile

KRIPPENDORFF = (
    "* * * * * 3 4 1 2 1 1 3 3 * 3",
    "1 * 2 1 3 3 4 3 * * * * * * *",
    "* * 2 1 3 4 4 * 2 1 1 3 3 * 4",
)
"""Three coders, fifteen units, * for none (Krippendorff, "Computing Krippendorff's alpha-reliability", 2011)."""
CODES = [[code for code in unit if code != "*"] for unit in zip(*(one.split() for one in KRIPPENDORFF), strict=True)]
SOME = st.lists(st.lists(st.sampled_from("abc"), max_size=5), max_size=12)


def value(figure: Figure) -> float:
    assert figure.value is not None and figure.why is None
    return figure.value


def placed(*spans: tuple[int, int]) -> list[Unit]:
    return [Unit(start, start + length) for start, length in spans]


def test_the_published_alphas() -> None:
    assert value(agreement.alpha_nominal(CODES)) == pytest.approx(0.691358, abs=5e-7)
    numbers = [[int(code) for code in codes] for codes in CODES]
    assert value(agreement.alpha_interval(numbers)) == pytest.approx(0.810845, abs=5e-7)


def test_two_people_by_kappa_and_pi() -> None:
    """Fifty grants judged by two readers: 20 both yes, 15 both no, 5 and 10 split. By hand: (.7 - .5) / .5; (.7 - .505) / .495."""
    pairs = [("yes", "yes")] * 20 + [("no", "no")] * 15 + [("yes", "no")] * 5 + [("no", "yes")] * 10
    assert value(agreement.kappa(pairs)) == pytest.approx(0.4)
    assert value(agreement.pi(pairs)) == pytest.approx(0.195 / 0.495)


def test_two_people_by_three_measures_that_differ() -> None:
    """A text of 24 units each marked or not by two people (Krippendorff 1995): kappa .385, pi .314, alpha .329.

    Only the figures are published; of all two by two tables up to 30 units only this one has them, and its mirror.
    """
    pairs = [(1, 1)] * 6 + [(0, 1)] * 8 + [(0, 0)] * 10
    for figure, published in (
        (agreement.kappa(pairs), 0.385),
        (agreement.pi(pairs), 0.314),
        (agreement.alpha_nominal(pairs), 0.329),
    ):
        assert value(figure) == pytest.approx(published, abs=5e-4)


def test_ac1_stays_where_a_code_is_rare_and_alpha_falls() -> None:
    """118 of 125 say yes together, 5 split one way, 2 the other: by hand AC1 .94, where alpha sees no better than chance."""
    units = [["y", "y"]] * 118 + [["y", "n"]] * 5 + [["n", "y"]] * 2
    share = (2 * 118 + 7) / 250
    chance = 2 * share * (1 - share)
    assert value(agreement.ac1(units)) == pytest.approx((118 / 125 - chance) / (1 - chance))
    assert value(agreement.alpha_nominal(units)) < 0 < 0.9 < value(agreement.ac1(units))


def test_unitised_alpha_of_the_published_continuum() -> None:
    """Krippendorff 2004, page 254: units from 150 to 450."""
    c = [placed((75, 70), (220, 30)), placed((70, 80), (205, 20), (250, 20))]
    k = [placed((30, 60), (150, 50))] * 2
    assert value(agreement.alpha_unitised({"c": c}, 300)) == pytest.approx(0.7286, abs=5e-5)
    assert agreement._observed(c, 300) == pytest.approx(0.0144, abs=5e-5)
    assert agreement._expected(c, 300) == pytest.approx(0.0532, abs=5e-5)
    assert value(agreement.alpha_unitised({"k": k}, 300)) == 1.0
    assert value(agreement.alpha_unitised({"c": c, "k": k}, 300)) == pytest.approx(0.8591, abs=5e-4)


def test_unitised_alpha_at_its_edges() -> None:
    long, short = placed((1, 8)), placed((2, 1), (4, 1), (6, 1))
    assert agreement._observed([long, short], 10) == pytest.approx(0.91)
    assert value(agreement.alpha_unitised({"x": [long, short]}, 10)) == pytest.approx(-0.7003, abs=5e-5)
    assert value(agreement.alpha_unitised({"x": [placed((2, 1)), []]}, 10)) == 0.0
    assert value(agreement.alpha_unitised({"x": [placed((2, 5)), []]}, 10)) == pytest.approx(-2.0)
    assert agreement.alpha_unitised({"x": [[], []]}, 10).why == Why.NOTHING_MARKED
    twice = [placed((1, 4), (3, 5)), placed((1, 7))]
    assert value(agreement.alpha_unitised({"x": twice}, 10)) == 1.0, "overlapping spans of one person are one"


def test_spans_by_what_both_marked() -> None:
    assert value(agreement.span_f1(placed((0, 10)), placed((5, 10)))) == 0.5
    assert value(agreement.span_f1(placed((0, 10)), [])) == 0.0
    assert agreement.span_f1([], []).why == Why.NOTHING_MARKED


@pytest.mark.parametrize("measure", [agreement.alpha_nominal, agreement.ac1])
def test_what_cannot_be_computed_is_a_reason(measure: Callable[[list[list[str]]], Figure]) -> None:
    assert measure([["a", "a"], ["a", "a", "a"]]) == Figure(why=Why.ONE_VALUE)
    assert measure([["a"], ["b"], []]) == Figure(why=Why.NO_PAIRS)
    assert measure([]) == Figure(why=Why.NO_PAIRS)
    assert agreement.interval([["a", "a"]]) is None
    assert agreement.kappa([("a", "a")]).why == agreement.pi([("a", "a")]).why == Why.ONE_VALUE
    assert agreement.kappa([]).why == agreement.percent([["a"]]).why == Why.NO_PAIRS
    assert agreement.alpha_interval([[1, 1]]).why == Why.ONE_VALUE


@given(SOME)
def test_alpha_is_what_its_definition_says_pair_by_pair(units: list[list[str]]) -> None:
    by_definition = brute(units, lambda one, other: float(one != other))
    assert agree(agreement.alpha_nominal(units).value, by_definition)
    numbers = [["abc".index(code) for code in codes] for codes in units]
    assert agree(agreement.alpha_interval(numbers).value, brute(numbers, lambda one, other: float((one - other) ** 2)))


@given(SOME, st.permutations("abc"))
def test_names_and_order_do_not_matter(units: list[list[str]], names: list[str]) -> None:
    renamed = [[dict(zip("abc", names, strict=True))[code] for code in reversed(codes)] for codes in reversed(units)]
    for measure in (agreement.alpha_nominal, agreement.ac1, agreement.percent):
        assert agree(measure(units).value, measure(renamed).value)


def brute(units: Sequence[Sequence[agreement.Code]], apart: Callable[..., float]) -> float | None:
    """Observed over expected distance, every ordered pair looked at by itself."""
    coded = [codes for codes in units if len(codes) > 1]
    every = [code for codes in coded for code in codes]
    observed = sum(sum(apart(*pair) for pair in permutations(codes, 2)) / (len(codes) - 1) for codes in coded)
    expected = sum(apart(*pair) for pair in permutations(every, 2)) / (len(every) - 1) if every else 0
    return 1 - observed / expected if expected else None


def agree(one: float | None, other: float | None) -> bool:
    return one == other if None in (one, other) else math.isclose(one or 0, other or 0, abs_tol=1e-9)


def test_the_interval_holds_alpha_and_is_the_seeds() -> None:
    found = agreement.interval(CODES, seed=7)
    assert found == agreement.interval(CODES, seed=7) and found is not None
    assert found[0] < 0.6914 < found[1] <= 1.0


def table(*rows: str) -> bytes:
    return "\n".join(("Unit;Coder;Code", *rows)).encode()


def test_a_table_is_read_by_its_headings() -> None:
    read = coding_table.read(table("1;Ann;yes", "1;Bo;", "", "2;Ann;no", "1;Bo;yes", "1;Bo;no"), {})
    assert read.units == {"1": ["yes", "yes", "no"], "2": ["no"]}
    assert (read.coders, read.repeated, Counter(read.shares)) == (("Ann", "Bo"), 1, Counter({"yes": 0.5, "no": 0.5}))
    assert read.alpha_interval.why == Why.NOT_NUMBERS
    assert [(pair.coders, pair.n, pair.kappa.why) for pair in read.pairs()] == [(("Ann", "Bo"), 1, Why.ONE_VALUE)]


@pytest.mark.parametrize(
    ("data", "named", "said"),
    [
        (table(";Ann;yes"), {}, "Line 2: There is a code here, but no unit."),
        (table("1;;yes"), {}, "Line 2: There is a code here, but no coder."),
        (table("1;Ann;"), {}, "no coding in this table"),
        (b"", {}, "The file is empty."),
        (b"a,b,c\n1,2,3\n", {}, "Name it with --unit; the columns are a, b, c"),
        (table("1;Ann;x"), {"code": "Grade"}, "Name it with --code; the columns are Unit, Coder, Code"),
        (b'unit,coder,code\n1,Ann,"' + b"x" * 200_000 + b'"\n', {}, "no table we can read"),
    ],
)
def test_a_table_that_cannot_be_read_says_what_to_do(data: bytes, named: dict[str, str], said: str) -> None:
    with pytest.raises(BadFile) as refused:
        coding_table.read(data, named)
    assert said in str(refused.value)


@pytest.mark.corpora
def test_a_crowd_of_coders_agrees_as_published(tmp_path: Path) -> None:
    """Sentences coded by a crowd, without the test questions: pairs .5325, alpha .2532."""
    data = (corpus("e02_coal_crowd") / "coal_en_f650814_deid.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(data)))
    path = tmp_path / "codings.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(row for row in rows if row["golden"] == "false")
    arguments = [str(path), "--unit", "sentenceid", "--coder", "coder", "--code", "label", "--json"]
    told = json.loads(CliRunner().invoke(command.command, arguments, catch_exceptions=False).output)
    assert (round(told["percent"], 4), round(told["alpha_nominal"], 4)) == (0.5325, 0.2532)
    assert (told["n_units"], told["n_coders"], told["n_repeated"], told["not_computable"]) == (417, 36, 9, {})
    assert told["alpha_nominal_95"][0] < 0.2532 < told["alpha_nominal_95"][1]


def test_the_command_tells_a_person_and_gives_reasons(tmp_path: Path) -> None:
    path = tmp_path / "codings.csv"
    path.write_bytes(table("1;Ann;yes", "1;Bo;yes", "2;Ann;yes", "2;Bo;yes"))
    shown = CliRunner().invoke(command.command, [str(path), "--pairs"], catch_exceptions=False).output
    assert "4 codings by 2 people of 2 units" in shown
    assert "Gwet's AC1: not computable: Everyone used one value." in shown
    assert "Pairs of codings that agree: 1.0000" in shown
    assert "Ann and Bo: kappa not computable: Everyone used one value. over 2 units" in shown
