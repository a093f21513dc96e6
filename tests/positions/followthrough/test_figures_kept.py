"""Figures in a database: from a file and back, numbers in batches that stand over one another, and what leaves by the one door.

Rows of seeds.md: "referral route, services added", "the dashboard" (in an invented town).
"""

import ast
from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import Session, col, select

from positions.entries import figures as entries
from positions.followthrough import observing
from positions.followthrough.appending import Writer
from positions.followthrough.figures import Moment
from positions.followthrough.models.figures import Indicator, Observation, ObservationBatch
from positions.followthrough.observations import Observed
from positions.followthrough.queries import figures as queries
from positions.followthrough.queries.figures import Seen, ShownFigure
from positions.followthrough.suppression import Place
from tests.corpora import ROOT
from tests.positions.followthrough.test_commitments_kept import statements
from tests.positions.followthrough.test_programs import PROGRAMS
from tests.positions.town import load_text
from tracker.db import Database
from transcripts.errors import BadFile, Conflict, NotFound, Refusal

FIGURES = """\
figures:
  - slug: entered
    program: town-door
    name: {en: People who entered, es: Personas que entraron}
    kind: cumulative
    unit: {en: people, es: personas}
    people: true
    axes:
      - key: route
        en: By way in
        es: Por vía de entrada
        categories:
          - {key: arrest, en: Instead of arrest, es: En vez de arresto}
          - {key: social, en: Social contact, es: Contacto social}
          - {key: other, en: Other}
    headline: {axis: route, over: arrest, under: social}
    cited: {forum: town-2026, source: ledger}
    fictional: true
    observations:
      - {last_on: 2026-01-31, value: 50}
      - {last_on: 2026-01-31, axis: route, category: arrest, value: 6}
      - {last_on: 2026-01-31, axis: route, category: social, value: 42}
      - {last_on: 2026-01-31, axis: route, category: other, value: 2}
      - {last_on: 2026-02-28, value: 80}
      - {last_on: 2026-02-28, axis: route, category: arrest, value: 12}
      - {last_on: 2026-02-28, axis: route, category: social, value: 60}
      - {last_on: 2026-02-28, axis: route, category: other, value: 8}
  - slug: beds
    program: town-door
    name: {en: Beds added}
    kind: cumulative
    unit: {en: beds}
    part: added
    cited: {forum: town-2026, source: ledger}
    observations:
      - {last_on: 2026-01-31, value: 0}
      - {last_on: 2026-02-28}
"""


def loaded(database: Database) -> Database:
    load_text(database, PROGRAMS + FIGURES)
    return database


def shown(session: Session, *slugs: str) -> ShownFigure:
    return queries.by_slug(session, *(slugs or ("entered",)))[0]


def row(figure: ShownFigure) -> dict[str, tuple[Seen, Decimal | None]]:
    return {group: (value.seen, value.number) for group, value in figure.row("route").items()}


def number(value: int | None, when: date = date(2026, 2, 28), *group: str) -> Observed:
    return Observed(Place(Moment(when), *group), None if value is None else Decimal(value))


def record(database: Database, *found: Observed, slug: str = "entered") -> str:
    with database.write() as session:
        return observing.record(session, slug, found, observing.Origin("again.csv", "0" * 64), Writer("ed"))


def test_a_file_brings_figures_with_their_numbers_once(database: Database) -> None:
    loaded(database)
    assert load_text(database, PROGRAMS + FIGURES).nothing
    with database.read() as session:
        figure = shown(session)
        assert [value.number for value in figure.totals] == [50, 80]
        assert figure.latest is not None and figure.latest.when == Moment(date(2026, 2, 28))
        assert figure.program is not None and figure.program.slug == "town-door"
        assert figure.ground is not None and figure.ground.title.en == "What they said"
        beds = shown(session, "beds")
        assert [value.seen for value in beds.totals] == [Seen.SHOWN, Seen.SOURCE_HIDES]
        assert beds.totals[0].number == 0, "a zero of beds is told: beds are not people"


def test_a_number_under_five_leaves_by_no_way(database: Database) -> None:
    loaded(database)
    with database.read() as session:
        figure = shown(session)
        early = figure.row("route", Moment(date(2026, 1, 31)))
        assert {group: value.number for group, value in early.items()} == {"arrest": None, "social": 42, "other": None}
        assert row(figure) == {
            "arrest": (Seen.SHOWN, Decimal(12)),
            "social": (Seen.SHOWN, Decimal(60)),
            "other": (Seen.SHOWN, Decimal(8)),
        }


def test_the_ratio_told_first_is_of_two_numbers_that_are_shown(database: Database) -> None:
    loaded(database)
    with database.read() as session:
        ratio = shown(session).ratio
        assert ratio is not None and ratio.one_to == 5
    record(database, number(3, date(2026, 2, 28), "route", "arrest"))
    with database.read() as session:
        ratio = shown(session).ratio
        assert ratio is not None and ratio.one_to is None and ratio.above.seen is Seen.HIDDEN


def test_a_later_batch_stands_over_an_earlier_one_and_both_are_kept(database: Database) -> None:
    loaded(database)
    assert record(database, number(80)) == "same"
    assert record(database, number(85), number(50, date(2026, 1, 31))) == "changed"
    assert record(database, number(90, date(2026, 3, 31))) == "added"
    with database.read() as session:
        assert [value.number for value in shown(session).totals] == [50, 85, 90]
        came = queries.batches(session, "entered")
        assert [(one.by, one.file_name, one.n) for one in came[:2]] == [("ed", "again.csv", 1)] * 2
        assert all(one.ground is not None and one.ground.title.en == "What they said" for one in came)
        assert [other.slug for other in queries.with_others(session, "entered")[1]] == ["beds"]
        assert len(session.exec(select(ObservationBatch)).all()) == 4
        totals = select(Observation.value).where(col(Observation.axis).is_(None)).order_by(col(Observation.id))
        assert [int(value or 0) for value in session.exec(totals)] == [50, 80, 0, 0, 85, 90]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (Observed(Place(Moment(date(2026, 2, 28), date(2026, 2, 1))), Decimal(9)), "it has no period"),
        (number(9, date(2999, 1, 1)), "has not come yet"),
        (number(9, date(2026, 2, 28), "route", "bus"), "no group of the breakdown"),
        (Observed(Place(Moment(date(2026, 2, 28))), Decimal("1.5")), "whole numbers"),
        (Observed(Place(Moment(date(2026, 2, 28))), Decimal(-1)), "whole numbers"),
    ],
)
def test_a_number_that_cannot_be_one_of_the_figure_stores_nothing(
    database: Database, wrong: Observed, said: str
) -> None:
    loaded(database)
    with pytest.raises(BadFile, match=said):
        record(database, number(99, date(2026, 3, 31)), wrong)
    with database.read() as session:
        assert len(shown(session).totals) == 2


def test_what_the_numbers_count_cannot_be_said_anew(database: Database) -> None:
    loaded(database)
    with database.write() as session:
        doc = entries.read(session, "entered")
        assert doc is not None
        entries.write(session, "entered", doc)
        assert entries.read(session, "entered") == doc
        with pytest.raises(Conflict, match="what kind they are cannot change"):
            entries.write(session, "entered", {**doc, "kind": "snapshot_active"})
        fewer = [{**doc["axes"][0], "categories": doc["axes"][0]["categories"][:2]}]
        with pytest.raises(Conflict, match="the group must stay"):
            entries.write(session, "entered", {**doc, "axes": fewer})
        with pytest.raises(Conflict, match="cannot be taken away"):
            entries.remove(session, "entered")
        with pytest.raises(Refusal, match="share of people"):
            entries.write(session, "entered", {**doc, "denominator": {"en": "those asked"}})
        with pytest.raises(Refusal, match="of one kind, one unit and one program"):
            entries.write(session, "entered", {**doc, "part_of": "beds"})
        with pytest.raises(NotFound):
            entries.write(session, "entered", {**doc, "part_of": "nobody"})
        made = {**doc, "headline": None, "axes": [], "part_of": "entered"}
        entries.write(session, "by-arrest", made)
        with pytest.raises(Refusal, match="itself a part"):
            entries.write(session, "by-foot", {**made, "part_of": "by-arrest"})
        entries.remove(session, "by-arrest")
        assert entries.read(session, "by-arrest") is None


def test_the_figures_of_a_program_take_as_many_statements_as_there_are_kinds_of_things(database: Database) -> None:
    loaded(database)
    with database.write() as session:
        program = session.exec(select(Indicator.program_id)).first()
    with database.read() as session, statements(database) as sent:
        few = queries.of_program(session, program or 0)
    assert len(few) == 2
    with database.write() as session:
        doc = entries.read(session, "entered") or {}
        for n in range(3):
            entries.write(session, f"more-{n}", doc)
        months = [number(10 * n, date(2016 + n // 12, n % 12 + 1, 28)) for n in range(1, 120)]
        for slug in ("entered", "more-0", "more-1", "more-2"):
            observing.record(session, slug, months, observing.Origin(), Writer("ed"))
    with database.read() as session, statements(database) as more:
        many = queries.of_program(session, program or 0)
    assert len(many) == 5 and sum(len(one.values) for one in many) > 400
    asked = [[one for one in told if one.startswith("SELECT")] for told in (sent, more)]
    assert len(asked[0]) == len(asked[1]) == 3


def test_observations_are_read_by_the_door_and_the_writer_only() -> None:
    doors = {"queries/figures.py", "observing.py"}
    readers = set()
    for path in sorted((ROOT / "positions").rglob("*.py")) + sorted((ROOT / "tracker").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module == Observation.__module__:
                readers |= {path for name in node.names if name.name == "Observation"}
    assert {str(path.relative_to(ROOT / "positions" / "followthrough")) for path in readers} <= doors
