"""What the page and the table of a forum say of its candidates: noughts shown, unknowns said, nothing that may not be shown."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from positions.models import Candidacy, Contest, ContestForum
from tests.tracker.calling import site
from tests.tracker.desk import Desk, desk_on
from tests.transcripts.records import add_appearance, add_forum, add_person, stored, turn_saying
from transcripts.models import Record, Turn
from transcripts.vocabulary import Grade, Right

HERE = "/forums/rose-street/participation"
TEXT = """\
MARA QUILL, MODERATOR: Good evening. My first question is about homes. What will you do about rents?

IDA BERG: We will build four hundred homes by the river, and we will keep them —

TOM VALE: I would freeze rents for two years. Nobody should lose a home because a number went up.

QUILL: Let us turn to the next question, the buses. Mr. Vale, should buses run at night, and who drives them?

VALE: Yes, they should run at night, every night, on every line, and the city should hire drivers for it.
"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = desk_on(site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}"))
    with desk.database.write() as session:
        forum = add_forum(session, title_en="=Evening on Rose Street")
        people = [add_person(session, name) for name in ("Ida Berg", "Tom Vale", "Zoe Amber")]
        for person in people[:2]:
            add_appearance(session, forum, person, labels=(person.name.upper(), person.name.split()[1].upper()))
        titles = {"title_en": "Mayor", "office_en": "Mayor", "place": "Rose Street", "election_date": forum.held_on}
        contest = Contest.model_validate({"slug": "mayor", **titles})
        session.add(contest)
        session.flush()
        session.add(ContestForum(contest_id=contest.id or 0, forum_id=forum.id or 0))
        session.add(Candidacy(contest_id=contest.id or 0, person_id=people[2].id or 0, ballot_name="Zoe Amber"))
    stored(desk.database, TEXT, grade=Grade.PUBLISHED)
    yield desk
    desk.database.dispose()


def table(desk: Desk) -> list[dict[str, str]]:
    answer = desk.nobody().get(f"{HERE}.csv")
    assert answer.status_code == 200 and answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.text)))


def published(session: Session) -> Record:
    return session.exec(select(Record).where(col(Record.is_published))).one()


def test_every_candidate_stands_in_every_figure_noughts_too(desk: Desk) -> None:
    rows = table(desk)
    told = {(row["measure"], row["candidate"]): row for row in rows if row["measure"] != "question"}
    order = [row["candidate"] for row in rows if row["measure"] == "words"]
    assert order == ["Zoe Amber", "Ida Berg", "Tom Vale"], "alphabetical, as in a register"
    words = [int(told["words", name]["value"]) for name in order]
    assert words[0] == 0 and min(words[1:]) > 10
    assert {told["words", name]["of"] for name in order} == {str(sum(words))}
    assert told["words", "Ida Berg"]["equal_share"] == f"{sum(words) / 2:.1f}", "among those heard here"
    assert told["was cut off", "Ida Berg"]["value"] == told["cut somebody off", "Tom Vale"]["value"] == "1"
    assert told["was cut off", "Tom Vale"]["value"] == told["was cut off", "Zoe Amber"]["value"] == "0"
    assert ("floor time", "Ida Berg") not in told, "the record is not timed"
    assert all(row["forum"].startswith("'=") for row in rows), "no cell begins a formula"
    page = desk.nobody().get(HERE).text
    assert "no voice here is known to be theirs" in page
    assert "Cannot be told: the record is not timed throughout." in page
    for text in ("Topics nobody was asked about", 'role="img"', "<desc", "Transcript by"):
        assert text in page
    assert HERE in desk.nobody().get("/forums/rose-street").text


def test_each_question_has_an_outcome_for_each_candidate(desk: Desk) -> None:
    rows = [row for row in table(desk) if row["measure"] == "question"]
    assert len(rows) == 6
    outcomes = {(row["question"][0], row["candidate"]): row["value"] for row in rows}
    assert outcomes["1", "Tom Vale"] == outcomes["2", "Tom Vale"] == "Answered"
    assert outcomes["1", "Zoe Amber"] == "We have not checked this yet"


def test_who_calls_time_and_who_was_removed_is_no_candidate_cutting_somebody_off(desk: Desk) -> None:
    """What stands between the words that break off and a candidate's next words is not passed over."""
    said = turn_saying(desk.database, "freeze rents")
    with desk.database.write() as session:
        turn = session.get_one(Turn, said.id)
        turn.status = "withdrawn"
    told = {(row["measure"], row["candidate"]): row["value"] for row in table(desk)}
    assert told["was cut off", "Ida Berg"] == told["cut somebody off", "Tom Vale"] == "0"
    with desk.database.write() as session:
        turn = session.get_one(Turn, said.id)
        turn.status, turn.kind = "current", "procedure"
    told = {(row["measure"], row["candidate"]): row["value"] for row in table(desk)}
    assert told["was cut off", "Ida Berg"] == "1"


def test_captions_tell_of_no_interruptions(desk: Desk) -> None:
    with desk.database.write() as session:
        published(session).grade = Grade.MACHINE
    assert "captions and news reports do not mark where" in desk.nobody().get(HERE).text
    assert "was cut off" not in {row["measure"] for row in table(desk)}


@pytest.mark.parametrize("right", [Right.PRIVATE, Right.QUOTATIONS])
def test_what_may_not_be_shown_is_not_counted(desk: Desk, right: Right) -> None:
    with desk.database.write() as session:
        published(session).publishing_right = right
    assert table(desk) == []
    page = desk.nobody().get(HERE).text
    assert "no transcript of what was said here can be shown" in page
    assert "rents" not in page
    assert desk.nobody().get("/forums/nowhere/participation.csv").status_code == 404
