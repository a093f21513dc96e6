"""What editors decide of suggested topics: kept whatever the rules say, told to the index, taken back exactly."""

import pytest
from sqlmodel import col, delete, select

from positions import tag_decisions
from positions.models import Tag, Topic
from tests.positions.test_tags import Hint, held, keep, on, waiting
from tests.positions.town import load_text
from tracker.db import Database
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.models import OutboxEntry


@pytest.fixture
def turn(database: Database) -> int:
    """A turn of the small race for which transit is suggested; nothing waits for the index."""
    load_text(database)
    with database.write() as session:
        session.exec(delete(Tag))
    turn = on(database, "should be free")
    keep(database, {turn: [Hint("transit", "said “buses”")]})
    with database.write() as session:
        session.exec(delete(OutboxEntry))
    return turn


def tag(database: Database, topic: str) -> int:
    with database.read() as session:
        return (
            session.exec(
                select(Tag.id).join(Topic, col(Topic.id) == col(Tag.topic_id)).where(Topic.slug == topic)
            ).one()
            or 0
        )


def statuses(database: Database) -> dict[str, str]:
    return {slug: status for _, slug, _, status in held(database)}


def test_a_decision_outlives_the_rules_and_tells_the_index(database: Database, turn: int) -> None:
    with database.write() as session:
        act = tag_decisions.decide(session, [tag(database, "transit")], "rejected", "Edith")
    assert waiting(database) == 1
    keep(database, {turn: [Hint("transit", "said “bus”", 0.9)]})
    assert statuses(database) == {"transit": "rejected"}
    keep(database, {turn: []})
    assert statuses(database) == {"transit": "rejected"}
    with database.write() as session:
        tag_decisions.undo(session, act, "Edith")
    assert statuses(database) == {"transit": "suggested"}


def test_a_moved_topic_goes_back_to_where_it_was(database: Database, turn: int) -> None:
    with database.write() as session:
        act = tag_decisions.move(session, [tag(database, "transit")], "body-cameras", "Edith")
    assert statuses(database) == {"transit": "rejected", "body-cameras": "confirmed"}
    with database.write() as session:
        tag_decisions.undo(session, act, "Edith")
    assert held(database) == {(turn, "transit", "said “buses”", "suggested")}


def test_what_was_decided_anew_is_not_undone_over(database: Database, turn: int) -> None:
    with database.write() as session:
        first = tag_decisions.decide(session, [tag(database, "transit")], "confirmed", "Edith")
        tag_decisions.undo(session, first, "Edith")
        second = tag_decisions.decide(session, [tag(database, "transit")], "rejected", "Edith")
    with database.write() as session, pytest.raises(Conflict, match="already"):
        tag_decisions.undo(session, first, "Edith")
    keep(database, {turn: []})
    with database.write() as session:
        session.exec(delete(Tag))
    with database.write() as session, pytest.raises(Conflict, match="anew"):
        tag_decisions.undo(session, second, "Edith")


def test_what_cannot_be_decided_is_refused(database: Database, turn: int) -> None:
    id = tag(database, "transit")
    with database.write() as session:
        with pytest.raises(Refusal, match="between 1 and"):
            tag_decisions.decide(session, [], "confirmed", "Edith")
        with pytest.raises(Conflict, match="no suggestion any more"):
            tag_decisions.decide(session, [id, 999_999], "confirmed", "Edith")
        with pytest.raises(NotFound, match="no topic"):
            tag_decisions.move(session, [id], "dragons", "Edith")
        with pytest.raises(Refusal, match="confirm it instead"):
            tag_decisions.move(session, [id], "transit", "Edith")
        with pytest.raises(NotFound, match="no such decision"):
            tag_decisions.undo(session, "01J0000000000000000000000X", "Edith")
    assert statuses(database) == {"transit": "suggested"}
