"""The three views of a race, read from a database: who stands in them, what stands in a box, and at what cost."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from positions.cells import Cell
from positions.comparison import VIEWS, Comparison
from positions.models import Stance, Tag, Topic
from positions.queries import contests, stances, tags, topics
from positions.queries.stances import Standing, current
from tests.positions.town import TOWN, load_text, store
from tracker.db import Database
from transcripts.errors import NotFound
from transcripts.models import ExchangeState, ExchangeTurn, Forum, Record, Speaker, SpeakerLabel, Turn

DAY = date(2026, 10, 25)


@pytest.fixture
def town(database: Database) -> Database:
    """The small race, loaded."""
    load_text(database)
    return database


def compare(database: Database, by: str, order: str = "alphabetical", when: date | datetime = DAY) -> Comparison:
    """The race side by side; alphabetical is Abbot, Reyes, Stone."""
    with database.read() as session:
        return contests.comparison_of(session, "town-mayor-2026", by, order, when)


def told(cell: Cell) -> tuple[str | None, str | None]:
    return cell.code, cell.reason


def put_tag(database: Database, text: str, slug: str, status: str = "suggested") -> None:
    """Put a topic on the turn that holds these words."""
    with database.write() as session:
        turn = session.exec(select(Turn).where(col(Turn.text).contains(text))).one()
        topic = session.exec(select(Topic).where(Topic.slug == slug)).one()
        session.add(Tag(turn_id=turn.id or 0, topic_id=topic.id or 0, reason="said so", status=status))


def test_races_are_listed_with_their_numbers(town: Database) -> None:
    with town.read() as session:
        (line,) = contests.every(session)
        view = contests.by_slug(session, "town-mayor-2026")
        stone = contests.of_person(session, "bo-stone")
        forum_id = session.exec(select(Forum.id)).one()
        heard = contests.of_forum(session, forum_id or 0)
    assert (line.head.slug, line.candidates, line.forums) == ("town-mayor-2026", 3, 1)
    assert [text.es for text in view.decides] == ["Quién conduce los autobuses.", None]
    assert [one.name for one in view.candidates] == ["Cy Abbot", "Ana Reyes", "Bo Stone"]
    assert [forum.slug for forum in view.forums] == ["town-2026"]
    assert [(one.contest.slug, one.candidate.status) for one in stone] == [("town-mayor-2026", "withdrawn")]
    assert heard == (line.head,)


def test_by_question_an_answer_is_quoted_and_a_silence_has_its_reason(town: Database) -> None:
    buses, cameras = compare(town, "question").rows
    assert buses.text.en == "Reyes, Stone, Abbot: what about the buses? Who pays?"
    assert (buses.quoted, buses.forum, buses.held_on) == ("en", "town-2026", date(2026, 10, 20))
    assert [told(cell) for cell in buses.cells] == [(None, "not_reviewed"), ("answered", None), (None, "declined")]
    (answer,) = buses.cells[1].evidence
    assert answer.text == "I have said it before.\nThe buses should be free, every day."
    assert answer.path == f"/turns/{answer.turn}"
    assert buses.cells[1].label(str, "en") == "Answered"
    declined = buses.cells[2]
    assert (declined.label(str, "en"), declined.note and declined.note.en) == (
        "Chose not to answer",
        "He shook his head.",
    )
    assert [piece.text for piece in declined.evidence] == ["I will not answer that."]
    assert [told(cell) for cell in cameras.cells] == [(None, "not_reviewed"), ("answered", None), ("answered", None)]


def test_an_interpreter_stands_beside_whom_they_translate(town: Database) -> None:
    with town.write() as session:
        forum = session.exec(select(Forum)).one()
        for label, role in (("INT", "interpreter"), ("VOICE", "unknown")):
            voice = Speaker(forum_id=forum.id or 0, name=label, role=role)
            session.add(voice)
            session.flush()
            session.add(SpeakerLabel(forum_id=forum.id or 0, speaker_id=voice.id or 0, label=label))
        session.exec(select(Record)).one().is_published = False
        said = (
            ("CLARK", "¿Y el agua?"),
            ("INT", "And the water?"),
            ("REYES", "Es cara."),
            ("INT", "It is dear."),
            ("STONE", "I agree."),
            ("VOICE", "Louder!"),
            ("INT", "¡Más alto!"),
        )
        turns = store(session, forum, said, exchanges=((0, (2, 4)),))
        session.exec(select(Record).where(Record.id == turns[0].record_id)).one().is_published = True
    (row,) = compare(town, "question").rows
    assert (row.text.en, row.interpreted) == ("¿Y el agua?", "And the water?")
    (reyes,), (stone,) = row.cells[1].evidence, row.cells[2].evidence
    assert (reyes.text, reyes.translation("en"), reyes.translator) == ("Es cara.", "It is dear.", "INT")
    assert (stone.text, stone.translator) == ("I agree.", None)


def test_what_was_broken_in_with_comes_after_the_answers(town: Database) -> None:
    with town.write() as session:
        free = session.exec(select(Turn).where(col(Turn.text).contains("should be free"))).one()
        session.exec(select(ExchangeTurn).where(ExchangeTurn.turn_id == free.id)).one().part = "rebuttal"
        later = session.exec(select(Turn).where(col(Turn.text).contains("We should wait"))).one()
        session.exec(select(ExchangeTurn).where(ExchangeTurn.turn_id == later.id)).one().exchange_id = 1
    pieces = compare(town, "question").rows[0].cells[1].evidence
    assert [(piece.text or "")[:7] for piece in pieces] == ["Cameras", "I have "]


def test_by_question_names_the_topic_of_the_question(town: Database) -> None:
    put_tag(town, "body cameras?", "body-cameras")
    buses, cameras = compare(town, "question").rows
    assert (buses.topic, cameras.topic) == (None, "body-cameras")


def test_by_topic_holds_tagged_words_and_reasons_from_the_questions(town: Database) -> None:
    put_tag(town, "what about the buses", "transit")
    put_tag(town, "should be free", "transit", "confirmed")
    put_tag(town, "Fine with me", "body-cameras", "rejected")
    (row,) = compare(town, "topic").rows
    assert (row.key, row.text.es) == ("transit", "Transporte público")
    assert [told(cell) for cell in row.cells] == [(None, "not_reviewed"), ("answered", None), (None, "declined")]
    assert row.cells[1].label(str, "en") == "Spoke about this"


def test_by_topic_gives_everybody_the_same_number_of_passages(town: Database) -> None:
    with town.write() as session:
        forum = session.exec(select(Forum)).one()
        record = session.exec(select(Record)).one()
        turns = store(session, forum, tuple(("REYES", f"Bus number {n}.") for n in range(5)), exchanges=())
        for turn in turns:
            turn.record_id = record.id or 0
            turn.position += 100
        topic = session.exec(select(Topic).where(Topic.slug == "transit")).one()
        session.add_all(Tag(turn_id=turn.id or 0, topic_id=topic.id or 0, reason="bus") for turn in turns)
    (row,) = compare(town, "topic").rows
    cell = row.cells[1]
    assert [piece.text for piece in cell.evidence] == ["Bus number 4.", "Bus number 3.", "Bus number 2."]
    assert cell.more == 2


def test_by_statement_is_the_coded_matrix(town: Database) -> None:
    grid = compare(town, "statement")
    buses, cameras = grid.rows
    assert [told(cell) for cell in buses.cells] == [(None, "not_reviewed"), ("support", None), (None, "none_found")]
    assert [told(cell) for cell in cameras.cells] == [(None, "not_reviewed"), (None, "not_reviewed"), ("support", None)]
    quote = buses.cells[1].evidence[0]
    assert (quote.kind, quote.text, quote.translation("es")) == (
        "quotation",
        "buses should be free",
        "deben ser gratuitos",
    )
    assert quote.path == f"/turns/{quote.turn}?words=27-47&v=1"
    assert (quote.translation("en"), quote.translator) == (None, "Mo Clark")
    assert buses.cells[2].label(str, "es") == "We looked and found nothing (Actas, 2026-10-21)"
    told_of = cameras.cells[2]
    assert told_of.how_we_know(str) == "Quoted by The Ledger"
    assert (told_of.evidence[0].fragment, told_of.evidence[0].link) == ("every single officer", "/forums/town-2026")
    assert (grid.figures.boxes, grid.figures.filled, grid.figures.numeric) == (6, 2, 2)


@pytest.mark.parametrize("by", VIEWS)
def test_all_candidates_stand_in_every_row_and_every_box_says_something(town: Database, by: str) -> None:
    put_tag(town, "should be free", "transit")
    grid = compare(town, by)
    assert grid.rows
    for row in grid.rows:
        assert [cell.candidate for cell in row.cells] == list(grid.candidates)
        assert all((cell.code is None) != (cell.reason is None) for cell in row.cells)
        assert all(cell.label(str, "en") for cell in row.cells)


def test_the_order_is_that_of_the_day_in_the_zone_of_the_race(town: Database) -> None:
    late = datetime(2026, 10, 26, 3, 30, tzinfo=UTC)  # 25 October, 23:30, in New York
    assert compare(town, "statement", "rotation", late) == compare(town, "statement", "rotation", DAY)
    assert compare(town, "statement", "rotation", late).order_rule.date == DAY
    assert [one.slug for one in compare(town, "statement", "ballot").candidates] == [
        "bo-stone",
        "ana-reyes",
        "cy-abbot",
    ]


@pytest.mark.parametrize(
    ("slug", "by", "order", "message"),
    [
        ("nowhere", "topic", "rotation", "no race “nowhere”"),
        ("town-mayor-2026", "party", "rotation", "no comparison by “party”"),
        ("town-mayor-2026", "topic", "size", "no order “size”"),
    ],
)
def test_what_does_not_exist_is_refused(town: Database, slug: str, by: str, order: str, message: str) -> None:
    with town.read() as session, pytest.raises(NotFound, match=message):
        contests.comparison_of(session, slug, by, order, DAY)


def test_a_ballot_order_nobody_knows_is_refused(database: Database) -> None:
    load_text(database, TOWN.replace(", ballot_position: 2", "").replace(", ballot_position: 1", ""))
    with pytest.raises(NotFound, match="ballot order is not held"):
        compare(database, "statement", "ballot")
    assert compare(database, "statement").orders == ("rotation", "alphabetical")


@pytest.mark.parametrize("right", ["private", "quotations"])
def test_words_that_may_not_be_shown_are_not(town: Database, right: str) -> None:
    put_tag(town, "should be free", "transit")
    with town.write() as session:
        session.exec(select(Record)).one().publishing_right = right
    assert compare(town, "question").rows == ()
    assert compare(town, "topic").rows == ()
    assert compare(town, "statement").rows[0].cells[1].evidence == ()


def test_a_withdrawn_answer_leaves_the_views(town: Database) -> None:
    with town.write() as session:
        session.exec(select(Turn).where(Turn.text == "Fine with me.")).one().status = "withdrawn"
    assert told(compare(town, "question").rows[1].cells[2]) == (None, "not_reviewed")


def test_a_state_of_answered_does_not_invent_words(town: Database) -> None:
    with town.write() as session:
        session.exec(select(ExchangeState)).one().state = "answered"
        session.exec(select(Turn).where(Turn.text == "I will not answer that.")).one().status = "withdrawn"
    assert told(compare(town, "question").rows[0].cells[2]) == (None, "not_reviewed")


def standing(id: int, day: int, tier: int | None, code: str | None = "support") -> Standing:
    reason = None if code else "not_addressed"
    return Standing(id, 1, 1, code, reason, tier, date(2026, 1, day), None, None, None, 1)


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ([standing(1, 1, 1), standing(2, 2, 4)], [2, 1]),
        ([standing(1, 9, 5), standing(2, 2, 4)], [2, 1]),
        ([standing(1, 1, 1), standing(2, 2, 1, None)], [1, 2]),
        ([standing(1, 9, None, None), standing(2, 2, 5)], [2, 1]),
        ([standing(1, 1, 1, None), standing(2, 2, 5)], [1, 2]),
        ([standing(1, 3, 4), standing(2, 3, 1)], [2, 1]),
        ([standing(1, 1, 5)], [1]),
    ],
)
def test_the_current_position(held: list[Standing], expected: list[int]) -> None:
    assert [one.id for one in current(held)] == expected


def test_a_change_of_position_keeps_what_was_said_before_and_since(town: Database) -> None:
    load_text(
        town,
        TOWN.split("stances:")[0]
        + """stances:
  - contest: town-mayor-2026
    person: bo-stone
    proposition: town-cameras
    code: oppose
    as_of: 2025-10-20
    tier: 4
    evidence:
      - {kind: reported_quotation, source: ledger, text: {en: Quoted against them.}}
  - {contest: town-mayor-2026, person: bo-stone, proposition: town-cameras, reason: declined, as_of: 2026-10-30}
""",
    )
    cell = compare(town, "statement").rows[1].cells[2]
    assert cell.code == "support"
    assert [one.code for one in cell.earlier] == ["oppose"]
    assert [one.reason for one in cell.since] == ["declined"]


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """The SQL that is sent meanwhile."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(database.reader, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(database.reader, "before_cursor_execute", note)


@pytest.mark.parametrize("by", VIEWS)
def test_the_number_of_statements_does_not_grow(town: Database, by: str) -> None:
    put_tag(town, "should be free", "transit")
    with statements(town) as few:
        compare(town, by)
    load_text(
        town,
        TOWN.split("propositions:")[0]
        + "propositions:\n"
        + "".join(
            f"  - {{slug: town-{n}, contest: town-mayor-2026, topic: transit, text: {{en: Statement {n}.}}}}\n"
            for n in range(9)
        )
        + "stances:\n"
        + "".join(
            f"  - {{contest: town-mayor-2026, person: cy-abbot, proposition: town-{n}, code: oppose, as_of: 2026-10-20, tier: 4,"
            " evidence: [{kind: reported_quotation, source: ledger, text: {en: No.}}]}\n"
            for n in range(9)
        ),
    )
    with town.write() as session:
        forum = session.exec(select(Forum)).one()
        more = tuple(("STONE", f"Answer {n}") for n in range(12))
        turns = store(session, forum, more, exchanges=((0, (1, 2)), (3, (4, 5)), (6, (7, 8))))
        published = session.exec(select(Record.id).where(Record.is_published)).one()
        for turn in turns:
            turn.record_id = published or 0
    with statements(town) as many:
        compare(town, by)
    assert len(many) == len(few) <= 10


def test_topics_of_a_forum_and_of_a_turn(town: Database) -> None:
    put_tag(town, "should be free", "transit")
    put_tag(town, "Fine with me", "body-cameras", "rejected")
    with town.read() as session:
        forum_id = session.exec(select(Forum.id)).one() or 0
        turn_id = session.exec(select(Turn.id).where(col(Turn.text).contains("free"))).one() or 0
        assert [(one.slug, one.turns) for one in tags.topics_of_forum(session, forum_id)] == [("transit", 1)]
        assert [(one.slug, one.reason) for one in tags.topics_of_turn(session, turn_id)] == [("transit", "said so")]
        assert tags.slugs_by_turn(session, [turn_id]) == {turn_id: ("transit",)}
        lines = {line.slug: line for line in topics.every(session)}
        view = topics.by_slug(session, "transit")
        assert topics.turns_on(session, view.line.id, 10) == (turn_id,)
    assert (lines["transit"].turns, lines["body-cameras"].turns) == (1, 0)
    assert view.parent is not None and view.parent.slug == lines["transit"].parent
    assert [(one.slug, one.contest) for one in view.statements] == [("town-buses", "town-mayor-2026")]
    assert {alias.lang for alias in view.aliases} == {"en", "es"}


def test_a_topic_that_is_not_there(town: Database) -> None:
    with town.read() as session, pytest.raises(NotFound):
        topics.by_slug(session, "dragons")


def test_superseded_stances_are_left_out(town: Database) -> None:
    load_text(town, TOWN.replace("She wants them free.", "She wants them all free."))
    with town.read() as session:
        contest = session.exec(select(Stance)).all()
        assert len(contest) == 4
        assert len(stances.of_contest(session, 1)) == 3
