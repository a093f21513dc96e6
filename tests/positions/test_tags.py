"""Suggested topics come and go with the rules; people's decisions stay."""

from typing import NamedTuple

import pytest
from sqlmodel import col, delete, select

from positions import tags
from positions.models import Tag, Topic
from positions.queries import tags as queries
from positions.topic_tree import TreeTopic, curated
from tests.positions.town import TRANSCRIPT, load_text
from tracker.db import Database
from transcripts.bilingual import Bilingual
from transcripts.models import Forum, OutboxEntry, Turn


class Hint(NamedTuple):
    slug: str
    reason: str
    weight: float = 0.5


@pytest.fixture
def town(database: Database) -> Database:
    """The small race, with nothing waiting for the index."""
    load_text(database)
    with database.write() as session:
        session.exec(delete(Tag))
        session.exec(delete(OutboxEntry))
    return database


def on(database: Database, text: str) -> int:
    """The id of the turn that holds these words."""
    with database.read() as session:
        return session.exec(select(Turn.id).where(col(Turn.text).contains(text))).one() or 0


def keep(database: Database, suggested: dict[int, list[Hint]]) -> int:
    with database.write() as session:
        return tags.keep(session, suggested)


def held(database: Database) -> set[tuple[int, str, str, str]]:
    with database.read() as session:
        rows = session.exec(select(Tag, Topic.slug).join(Topic, col(Topic.id) == col(Tag.topic_id))).all()
    return {(tag.turn_id, slug, tag.reason, tag.status) for tag, slug in rows}


def waiting(database: Database) -> int:
    with database.read() as session:
        return len(session.exec(select(OutboxEntry)).all())


def test_suggestions_are_stored_once_with_their_reason(town: Database) -> None:
    turn = on(town, "should be free")
    suggested = {turn: [Hint("transit", "“buses”"), Hint("dragons", "no such topic")]}
    assert keep(town, suggested) == 1
    assert held(town) == {(turn, "transit", "“buses”", "suggested")}
    assert waiting(town) == 1
    assert keep(town, suggested) == 0
    assert waiting(town) == 1


def test_a_suggestion_the_rules_no_longer_make_goes(town: Database) -> None:
    turn = on(town, "should be free")
    keep(town, {turn: [Hint("transit", "“buses”"), Hint("body-cameras", "a slip")]})
    assert keep(town, {turn: [Hint("transit", "the question")]}) == 1
    assert held(town) == {(turn, "transit", "the question", "suggested")}


def test_other_turns_are_left_alone(town: Database) -> None:
    first, second = on(town, "should be free"), on(town, "Fine with me")
    keep(town, {first: [Hint("transit", "“buses”")], second: [Hint("body-cameras", "the question")]})
    keep(town, {first: []})
    assert held(town) == {(second, "body-cameras", "the question", "suggested")}


@pytest.mark.parametrize("status", ["confirmed", "rejected"])
def test_what_people_decided_is_never_touched(town: Database, status: str) -> None:
    turn = on(town, "should be free")
    keep(town, {turn: [Hint("transit", "“buses”")]})
    with town.write() as session:
        session.exec(select(Tag)).one().status = status
    assert keep(town, {turn: []}) == 0
    assert keep(town, {turn: [Hint("transit", "another reason")]}) == 0
    assert held(town) == {(turn, "transit", "“buses”", status)}


def test_many_turns_at_once(town: Database) -> None:
    with town.read() as session:
        ids = [id or 0 for id in session.exec(select(Turn.id)).all()]
    assert keep(town, {id: [Hint("transit", "all")] for id in ids}) == len(ids)
    assert len(held(town)) == len(ids)


def test_a_forum_is_tagged_by_the_rules(database: Database) -> None:
    load_text(database)
    with database.write() as session:
        forum_id = session.exec(select(Forum.id)).one() or 0
        assert tags.suggest_for_forum(session, forum_id, curated()) > 0
    found = {(turn_id, slug): reason for turn_id, slug, reason, _ in held(database)}
    assert "buses" in found[on(database, "should be free"), "transit"]
    with database.write() as session:
        assert tags.suggest_for_forum(session, forum_id, curated()) == 0


def test_a_tree_that_is_not_held_yet_is_stored_first(database: Database) -> None:
    load_text(database)
    with database.write() as session:
        forum_id = session.exec(select(Forum.id)).one() or 0
        newcomer = TreeTopic("dragons", None, Bilingual("Dragons", "Dragones"), Bilingual("Fire.", "Fuego."), ())
        tags.suggest_for_forum(session, forum_id, (*curated(), newcomer))
        assert session.exec(select(Topic.name_es).where(Topic.slug == "dragons")).one() == "Dragones"


def test_the_rules_see_questions_and_answers_in_their_places(town: Database) -> None:
    with town.read() as session:
        (record,) = queries.heard(session, session.exec(select(Forum.id)).one() or 0)
    assert [turn.text for turn in record.turns] == [text for _, text in TRANSCRIPT]
    assert [(one.question, one.answers) for one in record.exchanges] == [(0, (1, 2)), (3, (4, 5))]
