"""The grid without a database: order, equal space, folding, figures."""

import zlib
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.cells import Candidate, Cell, Evidence, Looked, SourceRef, answered, empty, words_for
from positions.comparison import (
    Comparison,
    ContestHead,
    OrderRule,
    Row,
    cells_for,
    in_order,
    orders_of,
)
from transcripts.bilingual import Bilingual
from transcripts.vocabulary import REASON_WORDS, Reason

DAY = date(2026, 10, 20)
SOURCE = SourceRef("Report", "article", "town-2026", publisher="The Ledger")

slugs = st.from_regex(r"[a-z]{1,8}(-[a-z]{1,8})?", fullmatch=True)
people = st.lists(
    st.builds(Candidate, slugs, st.just("Somebody"), st.sampled_from(["Abel", "Baker", "Carr"])),
    min_size=1,
    max_size=9,
    unique_by=lambda one: one.slug,
)
reasons = st.sampled_from(list(Reason))


def cell_of(candidate: Candidate, reason: Reason | None) -> Cell:
    """An empty cell, or one that holds something said."""
    said = Evidence("quotation", SOURCE, text="Yes.", turn="k", path="/turns/k")
    return answered(candidate, "question", (said,)) if reason is None else empty(candidate, reason)


@given(people, slugs, st.dates(date(2015, 1, 1), date(2040, 1, 1)))
def test_each_candidate_leads_one_day_in_n(candidates: list[Candidate], contest: str, first: date) -> None:
    n = len(candidates)
    leaders = [in_order(candidates, contest, "rotation", first + timedelta(days=d))[0][0].slug for d in range(n)]
    assert sorted(leaders) == sorted(one.slug for one in candidates)


@given(people, slugs, st.sampled_from(["rotation", "ballot", "alphabetical"]))
def test_every_order_holds_everybody_once(candidates: list[Candidate], contest: str, rule: str) -> None:
    ordered, _ = in_order(candidates, contest, rule, DAY)
    assert sorted(one.slug for one in ordered) == sorted(one.slug for one in candidates)


@given(people, slugs)
def test_the_order_does_not_depend_on_how_the_candidates_arrive(candidates: list[Candidate], contest: str) -> None:
    assert in_order(candidates, contest, "rotation", DAY) == in_order(candidates[::-1], contest, "rotation", DAY)


def test_the_rotation_is_the_printed_rule() -> None:
    four = [Candidate(slug, slug, name) for slug, name in [("d", "D"), ("b", "B"), ("a", "A"), ("c", "B")]]
    ordered, rule = in_order(four, "hartford-mayor-2015", "rotation", DAY)
    offset = (DAY.toordinal() + zlib.crc32(b"hartford-mayor-2015")) % 4
    assert rule == OrderRule("rotation", DAY, offset)
    assert [one.slug for one in ordered] == [*"abcd"[offset:], *"abcd"[:offset]]


def test_the_ballot_order_puts_those_without_a_place_last() -> None:
    known = [
        Candidate("a", "A", "A"),
        Candidate("b", "B", "B", ballot_position=2),
        Candidate("c", "C", "C", ballot_position=1),
    ]
    ordered, rule = in_order(known, "x", "ballot", DAY)
    assert [one.slug for one in ordered] == ["c", "b", "a"]
    assert rule.offset == 0
    assert orders_of(known) == ("rotation", "ballot", "alphabetical")
    assert orders_of(known[:1]) == ("rotation", "alphabetical")


@given(people, st.data())
def test_no_candidate_is_ever_missing_from_a_row(candidates: list[Candidate], data: st.DataObject) -> None:
    some = data.draw(st.lists(st.sampled_from(candidates), unique_by=lambda one: one.slug))
    cells = cells_for(candidates, {one.slug: cell_of(one, None) for one in some})
    assert [cell.candidate for cell in cells] == candidates
    assert all((cell.code is None) != (cell.reason is None) for cell in cells)
    unheard = [cell for cell in cells if cell.candidate not in some]
    assert all(cell.reason == Reason.NOT_REVIEWED for cell in unheard)


@given(people, st.data())
def test_folding_loses_nobody_and_keeps_the_order(candidates: list[Candidate], data: st.DataObject) -> None:
    states = data.draw(st.lists(st.one_of(st.none(), reasons), min_size=len(candidates), max_size=len(candidates)))
    row = Row("k", Bilingual("?"), tuple(map(cell_of, candidates, states)))
    folded = [one for fold in row.folds for one in fold.candidates]
    assert sorted(one.slug for one in (*folded, *(cell.candidate for cell in row.full))) == sorted(
        one.slug for one in candidates
    )
    for fold in row.folds:
        assert list(fold.candidates) == [one for one in candidates if one in fold.candidates]
        assert fold.cell.candidate == fold.candidates[0]
    labels = [fold.cell.label(str, "en") for fold in row.folds]
    assert len(set(labels)) == len(labels)


@given(people, st.data())
def test_runs_hold_everybody_once_in_page_order(candidates: list[Candidate], data: st.DataObject) -> None:
    states = data.draw(st.lists(st.one_of(st.none(), reasons), min_size=len(candidates), max_size=len(candidates)))
    row = Row("k", Bilingual("?"), tuple(map(cell_of, candidates, states)))
    assert [one for run in row.runs for one in run.candidates] == candidates
    assert all(len(run.candidates) == 1 for run in row.runs if not run.bare)
    assert len([run for run in row.runs if run.bare and run.last]) == len(
        {run.cell.msgid for run in row.runs if run.bare}
    )


def test_a_silence_with_words_or_with_a_note_of_its_own_is_not_folded_away() -> None:
    a, b, c = (Candidate(slug, slug, slug) for slug in "abc")
    spoke = replace(cell_of(a, None), code=None, reason=Reason.NOT_ADDRESSED, msgid=REASON_WORDS[Reason.NOT_ADDRESSED])
    noted = empty(b, Reason.DECLINED, note=Bilingual("She left the stage."))
    row = Row("k", Bilingual("?"), (spoke, noted, empty(c, Reason.DECLINED)))
    assert [cell.candidate for cell in row.full] == [a, b]
    assert [fold.candidates for fold in row.folds] == [(c,)]
    assert [run.candidates for run in row.runs] == [(a,), (b,), (c,)]


def test_a_report_of_silence_names_the_report() -> None:
    told = Evidence("source_summary", SOURCE, told=Bilingual("He spoke of hiring.", "Habló de contratar."))
    cell = Cell(
        Candidate("a", "A", "A"),
        words_for(None, Reason.NOT_ADDRESSED, 5),
        reason=Reason.NOT_ADDRESSED,
        tier=5,
        evidence=(told,),
    )
    assert cell.label(str, "en") == "Did not address this, according to The Ledger"
    assert cell.how_we_know(str) == "Summed up by The Ledger"
    assert told.words("es") == "Habló de contratar."


def test_nothing_found_says_where_and_when() -> None:
    looked = Looked("An editor", date(2026, 11, 1), Bilingual("Council minutes", "Actas del concejo"))
    cell = replace(empty(Candidate("a", "A", "A"), Reason.NONE_FOUND), looked=looked)
    assert cell.label(str, "es") == "We looked and found nothing (Actas del concejo, 2026-11-01)"


@pytest.mark.parametrize("by", ["question", "topic"])
def test_an_answer_is_no_position(by: str) -> None:
    said = Evidence("quotation", SOURCE, text="Yes.", said_on=DAY)
    cell = answered(Candidate("a", "A", "A"), by, (said,))
    assert (cell.code, cell.reason, cell.tier, cell.as_of) == ("answered", None, None, DAY)


def test_figures_and_balance_count_what_is_shown() -> None:
    a, b = Candidate("a", "A", "A"), Candidate("b", "B", "B")
    long = Evidence("quotation", SOURCE, text=" ".join(["word"] * 100), turn="k", path="/turns/k")
    told = Evidence("reported_quotation", SOURCE, told=Bilingual("Quoted as agreeing."), fragment="of course")
    rows = (
        Row("1", Bilingual("?"), (Cell(a, "Supports", code="support", evidence=(long,)), empty(b))),
        Row("2", Bilingual("?"), (Cell(a, "…", code="not_clear", evidence=(told,)), empty(b))),
    )
    head = ContestHead("x", Bilingual("X"), Bilingual("Mayor"), "Town", "UTC", DAY)
    grid = Comparison(head, "statement", OrderRule("rotation", DAY), ("rotation",), (a, b), rows)
    figures = grid.figures
    assert (figures.boxes, figures.filled, figures.numeric) == (4, 2, 1)
    assert [(source.kind, source.publisher, source.count) for source in figures.sources] == [
        ("article", "The Ledger", 1)
    ]
    assert [(one.candidate, one.quotes, one.words) for one in grid.balance] == [(a, 2, 43), (b, 0, 0)]


def test_a_box_shows_as_many_passages_for_everybody_and_counts_the_others() -> None:
    said = tuple(Evidence("quotation", SOURCE, text=f"Number {n}.", turn=str(n)) for n in range(5))
    cell = answered(Candidate("a", "A", "A"), "topic", said, more=2)
    assert [piece.turn for piece in cell.passages] == ["0", "1", "2"]
    assert cell.further == 4
