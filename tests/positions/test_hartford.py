"""The Hartford debate of 2015 as the demo world loads it: the matrix, exactly, before and after the article is imported."""

from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

import tracker
from positions.comparison import Comparison
from positions.load_document import read_document
from positions.loading import load
from positions.queries import contests
from tests.corpora import source
from tracker.db import Database
from tracker.intake import store_and_interpret
from transcripts.importing import Choices, receive
from transcripts.models import Forum

HARTFORD = Path(tracker.__file__).parent / "demo" / "hartford.yaml"
UNREVIEWED = "not_reviewed"
MATRIX = {
    "hartford-p1": ("support", "support", "not_addressed", "support"),
    "hartford-p2": (UNREVIEWED, UNREVIEWED, "support", UNREVIEWED),
    "hartford-p3": ("not_clear", "mixed", "lean_support", "support"),
    "hartford-p4": (UNREVIEWED, UNREVIEWED, UNREVIEWED, "support"),
    "hartford-p5": (UNREVIEWED, "lean_support", "support", UNREVIEWED),
    "hartford-p6": (UNREVIEWED, "support", UNREVIEWED, UNREVIEWED),
    "hartford-p7": (UNREVIEWED, UNREVIEWED, "support", UNREVIEWED),
    "hartford-p8": ("support", UNREVIEWED, UNREVIEWED, "not_clear"),
}
"""Bronin, Cannon, Cruz, Segarra."""
BY_REPORT_ALONE = {("hartford-p1", "joel-cruz"), ("hartford-p3", "ted-cannon")}


@pytest.fixture
def hartford(database: Database) -> Database:
    """The demo's file, loaded into an empty database."""
    document, located = read_document(HARTFORD.read_bytes())
    with database.write() as session:
        load(session, document, located, lambda *_: False)
    return database


def by_statement(database: Database) -> Comparison:
    with database.read() as session:
        return contests.comparison_of(session, "hartford-mayor-2015", "statement", "alphabetical", date(2015, 9, 9))


def matrix(comparison: Comparison) -> dict[str, tuple[str | None, ...]]:
    return {row.key: tuple(cell.code or cell.reason for cell in row.cells) for row in comparison.rows}


def test_the_matrix(hartford: Database) -> None:
    found = by_statement(hartford)
    assert [one.slug for one in found.candidates] == ["luke-bronin", "ted-cannon", "joel-cruz", "pedro-segarra"]
    assert matrix(found) == MATRIX
    assert (found.figures.boxes, found.figures.filled, found.figures.numeric) == (32, 15, 13)


def test_how_we_know(hartford: Database) -> None:
    for row in by_statement(hartford).rows:
        for cell in row.cells:
            if cell.reason == UNREVIEWED:
                assert (cell.tier, cell.evidence) == (None, ())
            else:
                assert cell.tier == (5 if (row.key, cell.candidate.slug) in BY_REPORT_ALONE else 4)
                assert [source.publisher for source in cell.sources] == ["ACLU of Connecticut"]
                assert cell.sources[0].interest is not None
                assert cell.sources[0].url is None


def test_what_is_printed(hartford: Database) -> None:
    rows = {row.key: row for row in by_statement(hartford).rows}
    cruz = rows["hartford-p1"].cells[2]
    assert cruz.label(str, "en") == "Did not address this, according to ACLU of Connecticut"
    assert cruz.evidence[0].words("en") and cruz.evidence[0].words("es") != cruz.evidence[0].words("en")
    segarra = rows["hartford-p1"].cells[3]
    assert segarra.scope is not None and "prostitution" in segarra.scope.en
    (fold,) = rows["hartford-p4"].folds
    assert [one.name for one in fold.candidates] == ["Luke Bronin", "Ted Cannon", "Joel Cruz"]
    assert fold.cell.label(str, "en") == "We have not checked this yet"


def test_everything_of_ours_is_in_spanish_too(hartford: Database) -> None:
    for row in by_statement(hartford).rows:
        ours = [row.text, row.topic_name]
        for cell in row.cells:
            ours += [cell.condition, cell.scope, cell.summary, *(piece.told for piece in cell.evidence)]
        assert all(text.es for text in ours if text is not None)


def test_no_words_of_the_report_are_shown_as_a_quotation(hartford: Database) -> None:
    pieces = [piece for row in by_statement(hartford).rows for cell in row.cells for piece in cell.evidence]
    assert {piece.kind for piece in pieces} == {"reported_quotation", "source_summary"}
    assert all(piece.text is None and piece.turn is None for piece in pieces)


@pytest.mark.corpora
def test_importing_the_article_makes_quotations_and_changes_no_code(hartford: Database) -> None:
    told = by_statement(hartford)
    received = receive(source("000_326097b03ab55031.txt").read_bytes(), "article.txt")
    with hartford.write() as session:
        forum = session.exec(select(Forum)).one()
        assert store_and_interpret(session, [received], forum, Choices()).changed
    found = by_statement(hartford)
    assert matrix(found) == MATRIX
    assert (found.figures.boxes, found.figures.filled, found.figures.numeric) == (32, 15, 13)
    for before, after in zip(told.rows, found.rows, strict=True):
        for old, new in zip(before.cells, after.cells, strict=True):
            assert (old.code, old.reason, old.tier, old.as_of) == (new.code, new.reason, new.tier, new.as_of)
            for was, piece in zip(old.evidence, new.evidence, strict=True):
                assert piece.kind == ("quotation" if was.kind == "reported_quotation" else was.kind)
                if piece.kind == "quotation":
                    assert piece.text is not None and was.fragment is not None
                    assert was.fragment.casefold() in piece.text.casefold()
                    assert piece.path is not None and piece.path.startswith(f"/turns/{piece.turn}?words=0-")
    turns = {piece.turn for row in found.rows for cell in row.cells for piece in cell.evidence if piece.turn}
    assert len(turns) == 9


@pytest.mark.corpora
def test_loading_the_demo_again_does_not_take_the_quotations_away(hartford: Database) -> None:
    received = receive(source("000_326097b03ab55031.txt").read_bytes(), "article.txt")
    with hartford.write() as session:
        store_and_interpret(session, [received], session.exec(select(Forum)).one(), Choices())
    before = by_statement(hartford)
    document, located = read_document(HARTFORD.read_bytes())
    with hartford.write() as session:
        assert load(session, document, located, lambda *_: False).nothing
    assert by_statement(hartford) == before
