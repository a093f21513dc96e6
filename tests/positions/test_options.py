"""Questions with listed answers: the files that bring them, what is refused, and how a chosen answer is told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from positions.cells import Candidate, Cell
from positions.change import Change, between
from positions.comparison import Row
from positions.keeping import Tally
from positions.models import Evidence, Proposition, Stance
from positions.option_loading import load_matrix, place
from positions.option_matrix import read_answers, read_questions
from positions.options import Option, worded, words
from positions.pairs import pairs
from positions.queries import contests
from positions.scale import CHOICE_WORDS, Code
from tests.databases import migrated_file
from tests.positions.town import TOWN, load_text
from tracker.db import Database
from transcripts.bilingual import Bilingual
from transcripts.errors import BadFile, Conflict, NotFound, Refusal

GOLD = Path(__file__).parents[1] / "gold" / "options"
RACE, FORUM = "town-mayor-2026", "town-2026"
CHOICE = """\
propositions:
  - slug: town-pier
    contest: town-mayor-2026
    topic: parks
    type: choice
    text: {en: What should stand on the pier?}
    options: [{key: park, en: A park, es: Un parque}, {key: homes, en: Homes}]
"""
POSITION = """\
stances:
  - {contest: town-mayor-2026, person: ana-reyes, proposition: town-pier, option: park, as_of: 2026-10-20, tier: 4,
     evidence: [{kind: reported_quotation, source: ledger, text: {en: A park.}}]}
"""


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Database]:
    """One database is enough where nothing is stored."""
    database = Database(migrated_file(tmp_path / "tracker.db"))
    yield database
    database.dispose()


def brought(session: Session, questions: str = "questions.csv", answers: str = "answers.csv") -> Tally:
    asked = read_questions((GOLD / questions).read_bytes())
    answered = read_answers((GOLD / answers).read_bytes(), asked)
    return load_matrix(session, place(session, RACE, FORUM), asked, answered)


def grid(session: Session) -> dict[str, list[tuple[str | None, str]]]:
    """By question: the key of what was chosen (or the reason) and what is printed in Spanish, candidates by name."""
    found = contests.comparison_of(session, RACE, "statement", "alphabetical", date(2026, 10, 20))
    return {
        row.key.removeprefix(f"{RACE}-"): [(cell.choice or cell.reason, cell.label(str, "es")) for cell in row.cells]
        for row in found.rows
        if row.type == "choice"
    }


def pier(session: Session) -> Row:
    found = contests.comparison_of(session, RACE, "statement", "alphabetical", date(2026, 10, 20))
    return next(row for row in found.rows if row.key == "town-pier")


def test_a_table_of_answers_becomes_statements_and_positions(database: Database) -> None:
    load_text(database)
    with database.write() as session:
        tally = brought(session)
        assert (tally.added["statements"], tally.added["positions"], tally.added["sources"]) == (2, 5, 1)
    with database.write() as session:
        assert brought(session).nothing
        assert grid(session) == {
            "q1": [("declined", "Chose not to answer"), ("1", "Nada"), ("2", "Lo que cuesta ahora")],
            "q2": [
                ("not_reviewed", "We have not checked this yet"),
                ("3", "Tiendas, con un mercado"),
                (None, CHOICE_WORDS[Code.OWN_ANSWER]),
            ],
        }
        row = session.exec(select(Proposition).where(Proposition.slug == f"{RACE}-q1")).one()
        assert (row.proposed_by, row.type, row.version) == ("Quill Bay Riders", "choice", 1)


def test_a_row_an_answer_names_words_sources_and_days(database: Database) -> None:
    load_text(database)
    with database.write() as session:
        brought(session)
        tally = brought(session, answers="answers_long.csv")
        assert (tally.added["positions"], tally.changed["positions"], tally.added["sources"]) == (2, 1, 2)
        rows = session.exec(select(Stance, Evidence).join(Evidence).where(col(Stance.as_of) < date(2026, 10, 20)))
        told = [(one.code, one.tier, one.as_of.day, piece.text_en) for one, piece in rows]
    assert told == [
        ("option", 4, 30, "A market, and shops."),
        ("own_answer", 3, 1, "Ask me after the survey of the piles."),
    ]


def test_an_object_a_candidate_holds_option_words_and_source_in_one_field(database: Database) -> None:
    load_text(database)
    with database.write() as session:
        brought(session, "guide_questions.json", "guide_answers.json")
        found = contests.comparison_of(session, RACE, "statement", "alphabetical", date(2026, 10, 20))
        cells = {row.key[-3:]: row.cells for row in found.rows if row.type == "choice"}
        ana, bo = cells["-q1"][1], cells["q2a"][2]
    assert (ana.choice, ana.tier, ana.as_of, ana.evidence[0].words("en")) == (
        "1", 4, date(2026, 9, 30), "“Let them ride.”",
    )  # fmt: skip
    assert (ana.evidence[0].source.title, ana.evidence[0].source.url) == ("The Ledger", "https://ledger.example/buses")
    assert (bo.code, bo.tier, bo.evidence[0].source.title) == ("own_answer", 2, "Candidate statement")
    assert [(pair.alike, pair.both) for pair in pairs(found)] == [(0, 0), (0, 0), (0, 1)]


@pytest.mark.parametrize(
    ("questions", "answers", "told"),
    [
        ("key,topic,text,option 1,option 2\n1,transit,Fares?,Up,", "candidate,1\nx,1", "Line 2: “1” needs two options"),
        ("key,topic,text,option 1,option 2\n,transit,Fares?,Up,Down", "candidate,1\nx,1", "Line 2: A question needs"),
        ("key,topic,text,option 0,option 1\n1,transit,Fares?,Up,Down", "candidate,1\nx,1", "Line 2: “1” needs two"),
        (
            "key,topic,text,option 1,option 2\n1,zebras,Fares?,Up,Down",
            "candidate,1\nAna Reyes,1",
            "Line 2: “zebras” is no",
        ),
        ("", "candidate,1\nAna Reyes,4", "Line 2: Ana Reyes, question 1: “4” is none of 1, 2, nor 0"),
        ("", "candidate,1\nAna Rey,1", "Line 2: Ana Rey, question 1: Nobody, or more than one"),
        ("", "candidate,1\nAna Reyes,1\nana reyes,2", "“ana reyes” answers “1” twice"),
        ("", "who,1\nAna Reyes,1", "Line 2: A row says nothing of whose"),
        ("", "candidate,question,option\nAna Reyes,9,1", "Line 2: “9” is none of the questions."),
        ("", "candidate,question,option,tier\nAna Reyes,1,1,5", "Line 2: The tier of an answer is 1 to 4"),
        ("", "candidate,question,option,date\nAna Reyes,1,1,soon", "Line 2: “soon” is no day"),
        ("", 'candidate,1\n"Ana Reyes,1', "Line 2: This row cannot be read"),
        ("", '[{"candidate": "Ana Reyes", "question": ', "Line 1: This is not JSON"),
        ("", "[1]", "Line 1: The file holds one object"),
        ("", "", "Line 1: The file holds no answer."),
    ],
)
def test_what_cannot_be_taken_is_told_with_its_line(sqlite: Database, questions: str, answers: str, told: str) -> None:
    load_text(sqlite)
    asked = questions or "key,topic,text,option 1,option 2\n1,transit,Fares?,Up,Down"
    with pytest.raises(BadFile) as refused, sqlite.write() as session:
        read = read_questions(asked.encode())
        load_matrix(session, place(session, RACE, FORUM), read, read_answers(answers.encode(), read))
    assert str(refused.value).startswith(told)
    with sqlite.read() as session:
        assert session.exec(select(Proposition).where(Proposition.type == "choice")).all() == []


@given(st.text(max_size=200), st.sampled_from(["", "{", "[", "candidate,1\n", "candidate;question;option\n"]))
def test_no_file_does_more_than_be_refused(text: str, head: str) -> None:
    questions = read_questions((GOLD / "questions.csv").read_bytes())
    for read in (read_questions, lambda data: read_answers(data, questions)):
        try:
            read((head + text).encode())
        except BadFile:
            continue


def test_a_file_brings_a_statement_with_answers_and_who_chose_which(database: Database) -> None:
    load_text(database)
    load_text(database, CHOICE + POSITION)
    assert load_text(database, CHOICE + POSITION).nothing
    with database.read() as session:
        cells = pier(session).cells
    assert (cells[1].code, cells[1].choice, cells[1].label(str, "en")) == ("option", "park", "A park")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (CHOICE.replace("type: choice", "type: scale"), "has no options; say type: choice"),
        (CHOICE.replace(", {key: homes, en: Homes}", ""), "needs two options at least"),
        (CHOICE.replace("key: homes", "key: park"), "two options have the same key"),
        (CHOICE + POSITION.replace("option: park", "option: pond"), "“pond” is none of the answers"),
        (
            CHOICE + POSITION.replace("option: park", "code: support"),
            "takes option, own_answer, not_clear, not support",
        ),
        (CHOICE + POSITION.replace("option: park", "reason: declined, option: park"), "Say which of the listed"),
        (CHOICE + POSITION.replace("tier: 4", "tier: 5"), "tier 5"),
        (POSITION.replace("town-pier", "town-buses"), "takes support, lean_support, mixed"),
    ],
)
def test_what_a_file_may_not_say_of_answers(sqlite: Database, text: str, told: str) -> None:
    load_text(sqlite)
    with pytest.raises(Refusal, match=told):
        load_text(sqlite, text)


def test_an_answer_somebody_chose_is_worded_anew_and_never_taken_away(database: Database) -> None:
    load_text(database)
    load_text(database, CHOICE + POSITION)
    with pytest.raises(Refusal, match="Somebody chose the answer “park”"):
        load_text(database, CHOICE.replace("key: park", "key: green"))
    with pytest.raises(Refusal, match="write a new statement instead"):
        load_text(database, CHOICE.partition("    type")[0] + "    text: {en: The pier should be a park.}\n")
    load_text(database, CHOICE.replace("en: A park", "en: A public park"))
    with database.read() as session:
        row = pier(session)
    assert (row.version, row.cells[1].statement_version, row.cells[1].label(str, "en")) == (2, 1, "A public park")


def test_the_race_and_its_questionnaire_belong_together(database: Database) -> None:
    load_text(database)
    load_text(database, TOWN.split("contests:")[0].replace("town-2026", "other-2026").split("    appearances")[0])
    with database.read() as session:
        for race, forum, error in ((RACE, "other-2026", Conflict), (RACE, "none", NotFound), ("none", FORUM, NotFound)):
            with pytest.raises(error):
                place(session, race, forum)


def test_another_answer_is_a_change_without_a_distance() -> None:
    said = words([Option("a", Bilingual("A park", "Un parque")), Option("b", Bilingual("Homes", None))])
    ann = Candidate("ann", "Ann", "Ann")

    def cell(day: int, **more: Any) -> Cell:
        plain = Cell(ann, "", "option", choice="a", tier=1, coders=2, as_of=date(2026, 1, day))
        return worded(replace(plain, **more), said)

    assert between(cell(1), cell(2)).change == Change.SAME
    assert between(cell(1), cell(2, choice="b")).change == Change.OTHER
    for other in ({"statement_version": 2}, {"code": "own_answer", "choice": None}, {"coders": 1}):
        assert between(cell(1), cell(2, **other)).change is None
    now = worded(replace(cell(2, choice="b"), earlier=(cell(1),)), said)
    assert [one.label(str, "es") for one in (now, *now.earlier)] == ["Homes", "Un parque"]
