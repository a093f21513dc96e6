"""The page and the table of somebody's topics over time: first and latest words, nothing that may not be shown."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import col, select

from positions.models import Tag, Topic
from tests.positions.town import load_text
from tests.tracker.calling import site
from tests.tracker.desk import Desk, desk_on
from tests.transcripts.records import turn_saying
from transcripts.models import Record
from transcripts.vocabulary import Right

HERE = "/speakers/ana-reyes/topics"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = desk_on(site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}"))
    load_text(desk.database)
    yield desk
    desk.database.dispose()


def table(desk: Desk) -> list[dict[str, str]]:
    answer = desk.nobody().get(f"{HERE}.csv")
    assert answer.status_code == 200 and answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_first_and_latest_words_on_each_topic(desk: Desk) -> None:
    turn = turn_saying(desk.database, "Cameras cost money", "town-2026")
    with desk.database.write() as session:
        topics = dict(session.exec(select(Topic.slug, Topic.id)).all())
        for row in session.exec(select(Tag).where(Tag.turn_id == turn.id)).all():
            session.delete(row)
        for slug, status in (("transit", "suggested"), ("housing", "rejected")):
            session.add(Tag(turn_id=turn.id or 0, topic_id=topics[slug] or 0, reason="said so", status=status))
    told = {row["topic"]: row for row in table(desk)}
    (name,) = {row["topic"] for row in table(desk) if row["first"].endswith(turn.key)}
    assert told[name]["passages"] == "1" and int(told[name]["of"]) >= 1 and told[name]["grade"]
    assert told[name]["first"] == told[name]["latest"]
    page = desk.nobody().get(HERE).text
    assert "Once:" in page and "Cameras cost money" in page and 'role="img"' in page and f"/turns/{turn.key}" in page
    assert "housing" not in {name.casefold() for name in told}, "rejected by an editor"
    assert HERE in desk.nobody().get("/speakers/ana-reyes").text


def test_what_may_not_be_shown_is_told_of_nobody(desk: Desk) -> None:
    with desk.database.write() as session:
        for record in session.exec(select(Record).where(col(Record.is_published))):
            record.publishing_right = Right.PRIVATE
    assert table(desk) == []
    page = desk.nobody().get(HERE).text
    assert "No topics stand on words of theirs yet." in page and "Cameras" not in page
    assert desk.nobody().get("/speakers/nobody/topics").status_code == 404
