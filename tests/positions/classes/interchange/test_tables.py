"""Marks as tables: one a line, as a matrix, and tags for Taguette."""

import csv
import io
from dataclasses import replace

import pytest

from positions import coding_table
from positions.classes.interchange import tables
from positions.classes.visibility import State
from tests.positions.classes.interchange.classwork import MARKS, TEXTS, holding, mark, work
from transcripts import codebooks
from transcripts.codebooks import Code
from transcripts.errors import Refusal
from transcripts.formats.own_table import plain


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def test_a_line_says_all_of_a_mark() -> None:
    held = holding()
    told = rows(tables.marks(held))
    assert len(told) == len(MARKS)
    for row, one in zip(told, MARKS, strict=True):
        text = TEXTS[one.passage - 1]
        assert plain(row["quote"]) == text[one.start : one.end] == text[int(row["start"]) : int(row["end"])]
        assert held.document.text[int(row["document_start"]) : int(row["document_end"])] == text[one.start : one.end]
        assert (row["annotator"], plain(row["comment"])) == (one.who, one.comment)
    assert [row["code"] for row in told[:3]] == ["Housing & <rents>", "Answered", "Answered/Answered in part"]
    assert told[0]["turn"] == "01J00000000000000000000001" and told[0]["created"] == "2027-03-01T12:00:00Z"


def test_no_cell_is_a_formula() -> None:
    told = rows(tables.marks(holding()))
    assert [(row["quote"], row["comment"]) for row in told if row["purpose"] == "assessing"] == [("'=1+1", "'=SUM(A1)")]


def test_the_long_table_is_one_of_codings() -> None:
    found = coding_table.read(tables.marks(holding()), {})
    assert set(found.coders) == {"Heron 12", "Otter 7"} and len(found.codings) == 6


def test_the_matrix_tells_not_put_from_not_judged_and_leaves_drafts_out() -> None:
    held = holding()
    judged = replace(held.works[0], given=frozenset({2, 3}))
    draft = work("Finch 3", state=State.DRAFT)
    told = rows(tables.matrix(replace(held, works=(judged, held.works[1], draft))))
    cells = {row["unit"].split()[1] + row["unit"].split()[0][-1]: (row["Heron 12"], row["Otter 7"]) for row in told}
    assert "Finch 3" not in told[0] and len(told) == 9
    assert cells["answered1"] == ("1", "0") and cells["housing1"] == ("1", "1") and cells["partly2"] == ("0", "0")
    assert cells["answered3"] == ("", "1")


def test_where_an_answer_takes_one_tag_a_cell_is_that_tag() -> None:
    marks = (mark(1, TEXTS[1], 11), mark(2, TEXTS[2], 12, who="Otter 7"))
    told = rows(tables.matrix(holding(marks, exclusive=True, unit="turn")))
    assert [(row["Heron 12"], row["Otter 7"]) for row in told] == [
        ("answered", "none"),
        ("none", "partly"),
        ("none", "none"),
    ]


def test_taguette_gets_the_heading_it_wants_and_gives_the_tree_back() -> None:
    data = tables.taguette(holding())
    assert data.splitlines()[0] == b"tag,description"
    assert codebooks.read(data) == (
        Code("Answered", "Says yes or no.\nInclude: a plain yes\nExclude: a long story"),
        Code("Answered in part", "", 0),
        Code("Housing & <rents>", "Homes"),
    )
    with pytest.raises(Refusal, match="no tags"):
        tables.taguette(holding(tags=()))


def test_while_names_are_hidden_a_table_says_letters_and_places() -> None:
    told = rows(tables.marks(holding(names_hidden=True, named=False)))
    assert {(row["turn"], row["speaker"]) for row in told} == {("2", "A"), ("3", "B"), ("4", "C")}
