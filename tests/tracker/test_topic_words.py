"""Words of topics changed at the desk: looked at first, kept, gone over by the worker, taken back; decisions of people stay."""

import html
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlmodel import Session, col, select

from positions import tags, topic_words, withholding
from positions.models import Tag, Topic, TopicWord
from positions.queries import tags as tag_queries
from positions.queries import topic_words as queries
from positions.topic_tree import WordChange, curated, with_changes
from positions.topics import load_tree
from tests.tracker.calling import site
from tests.tracker.desk import Desk, desk_on
from tests.transcripts.records import add_forum, stored, turn_saying
from tracker import intake, retagging
from tracker.db import Database
from transcripts import importing
from transcripts.amending import Reason
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.importing import Choices
from transcripts.models import Turn

HERE = "/desk/topics/transit/words"
ZEPPELIN = WordChange("en", "(zeppelin|airship)", "sure")
SAID = """\
IDA BERG: The zeppelins must cross the bay again. A zeppelin every hour, and zeppelins by night.

TOM VALE: Quills and feathers are dear this year. Quills and feathers are what we have.
"""
STATEMENTS = 24


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = desk_on(site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}"))
    filled(desk.database)
    yield desk
    desk.database.dispose()


def filled(database: Database) -> None:
    """The shipped topics and one forum whose topics the rules suggested."""
    with database.write() as session:
        load_tree(session, curated())
    stored(database)
    with database.write() as session:
        for (forum_id,) in session.execute(select(Turn.forum_id).distinct()):
            tags.suggest_for_forum(session, forum_id, topic_words.in_force(session))


def change(database: Database, slug: str, *changes: WordChange) -> None:
    with database.write() as session:
        topic = next(one for one in queries.tree(session) if one.slug == slug)
        topic_words.change(session, slug, topic_words.version(session, topic), changes, "Edith")


def go_over(database: Database) -> int:
    steps = 0
    while retagging.carry_out(database):
        steps += 1
    return steps


def bring(database: Database, text: str, slug: str = "bay-evening") -> None:
    with database.write() as session:
        files = [importing.receive(text.encode(), f"{slug}.txt")]
        intake.store_and_interpret(session, files, add_forum(session, slug), Choices())


def topics(database: Database, words: str, slug: str = "rose-street") -> dict[str, str]:
    turn = turn_saying(database, words, slug)
    with database.read() as session:
        asked = select(Topic.slug, Tag.status).join(Tag, col(Tag.topic_id) == col(Topic.id))
        return dict(session.exec(asked.where(Tag.turn_id == turn.id)).all())


def test_without_changes_the_tree_held_is_the_one_that_is_shipped(desk: Desk) -> None:
    with desk.database.read() as session:
        assert queries.tree(session) == curated()


def test_the_next_import_suggests_by_words_added_at_the_desk_and_not_by_those_taken_out(desk: Desk) -> None:
    database = desk.database
    bring(database, SAID, "before")
    assert topics(database, "zeppelins must cross", "before") == {}
    change(database, "transit", ZEPPELIN)
    bring(database, SAID, "after")
    assert "transit" in topics(database, "zeppelins must cross", "after")
    change(database, "transit", WordChange("en", "Zeppelins", None))
    bring(database, SAID, "later")
    assert topics(database, "zeppelins must cross", "later") == {}


def test_a_topic_made_at_the_desk_is_suggested_by_its_names_and_words(desk: Desk) -> None:
    with desk.database.write() as session:
        session.add(Topic(slug="quills", name_en="Quills and feathers", name_es="Plumas", position=999))
    bring(desk.database, SAID)
    assert "quills" in topics(desk.database, "Quills and feathers", "bay-evening")


def test_the_worker_goes_over_what_is_on_file_and_decisions_stay(database: Database) -> None:
    filled(database)
    bring(database, SAID)
    with database.write() as session:
        ids = dict(session.exec(select(Topic.slug, Topic.id)).all())
        freeze, depot = turn_saying(database, "freeze rents").id or 0, turn_saying(database, "old depot").id or 0
        for turn_id, status in ((freeze, "confirmed"), (depot, "rejected")):
            session.add(Tag(turn_id=turn_id, topic_id=ids["arts"] or 0, reason="an editor put it here", status=status))
    change(database, "arts", WordChange("en", "depot", "sure"), WordChange("en", "quills and feathers", "sure"))
    assert go_over(database) == 3, "two forums and the end"
    assert (
        topics(database, "freeze rents")["arts"] == "confirmed" and topics(database, "old depot")["arts"] == "rejected"
    )
    assert topics(database, "Quills and feathers", "bay-evening") == {"arts": "suggested"}
    with database.write() as session:
        added = session.exec(select(TopicWord.id).where(TopicWord.pattern == "quills and feathers")).one() or 0
        topic_words.undo(session, "arts", added, "Otto")
    go_over(database)
    assert topics(database, "Quills and feathers", "bay-evening") == {}
    assert topics(database, "freeze rents")["arts"] == "confirmed"
    with pytest.raises(Conflict), database.write() as session:
        topic_words.undo(session, "arts", added, "Otto")
    with pytest.raises(NotFound), database.write() as session:
        topic_words.undo(session, "transit", added, "Otto")


def test_two_editors_never_change_words_over_one_another(desk: Desk) -> None:
    database = desk.database
    change(database, "transit", ZEPPELIN)
    with pytest.raises(Conflict), database.write() as session:
        topic_words.change(session, "transit", 0, [ZEPPELIN], "Otto")
    with pytest.raises(Refusal), database.write() as session:
        topic_words.change(session, "arts", 0, [WordChange("en", "(a", "sure")], "Otto")
    with pytest.raises(NotFound), database.write() as session:
        topic_words.change(session, "dragons", 0, [ZEPPELIN], "Otto")


CHANGES: Sequence[tuple[str, Sequence[WordChange]]] = (
    ("transit", [ZEPPELIN]),
    ("transit", [WordChange("en", "(bus|buses|night|drivers)", None)]),
    ("housing", [WordChange("en", "(home|homes|rent|rents)", None), WordChange("en", "the depot", "likely")]),
    ("arts", [WordChange("en", "(quill|feather)", "sure"), WordChange("es", "cada", "hint")]),
    ("transit", [WordChange("en", "(zeppelin|airship)", None)]),
    ("schools", []),
)


def suggested(session: Session) -> set[tuple[int, str]]:
    return set(session.exec(select(Tag.turn_id, Topic.slug).join(Topic, col(Topic.id) == col(Tag.topic_id))).all())


def test_what_is_shown_before_is_what_keeping_does(desk: Desk) -> None:
    bring(desk.database, SAID)
    moved = 0
    for slug, changes in CHANGES:
        with desk.database.read() as session:
            tree, before = with_changes(queries.tree(session), slug, changes), suggested(session)
            told = tags.forecast(session, tag_queries.on_file(session, 0, 1_000).forum_ids, tree, slug)
        change(desk.database, slug, *changes)
        go_over(desk.database)
        with desk.database.read() as session:
            after = suggested(session)
        assert {(id, slug) for id in told.gained} == after - before
        assert {(id, slug) for id in told.lost} == before - after
        assert told.stay == len({one for one in before & after if one[1] == slug})
        moved += len(told.gained) + len(told.lost)
    assert moved >= 3


def test_what_is_looked_at_is_whole_forums_the_newest_first(desk: Desk) -> None:
    bring(desk.database, SAID)
    with desk.database.read() as session:
        first, second = (tag_queries.on_file(session, skip, 1) for skip in (0, 1))
        everything = tag_queries.on_file(session, 0, 1_000)
        nothing = tag_queries.on_file(session, 2, 1)
    assert len(first.forum_ids) == len(second.forum_ids) == 1 and first.forum_ids != second.forum_ids
    assert everything.looked_at == everything.turns == first.looked_at + second.looked_at and everything.forums == 2
    assert nothing.forum_ids == () and nothing.looked_at == 0


def test_words_are_looked_at_kept_and_taken_back_at_the_desk(desk: Desk) -> None:
    bring(desk.database, SAID)
    editor = desk.editor()
    english, spanish = html.unescape(editor.get(HERE).text), html.unescape(editor.get(f"/es{HERE}").text)
    assert "Words of " in english and "Palabras de" in spanish
    assert f'href="{HERE}"' in editor.get("/desk/topics/transit").text
    sent = {"version": 0, "lang": "en", "grade": "sure", "patterns": "(zeppelin|airship)\n"}
    looked = html.unescape(editor.post(HERE, {**sent, "do": "look"}).text)
    assert (
        "<mark>zeppelins</mark>" in looked and "1 would gain the suggestion." in looked and "Keep these words" in looked
    )
    assert "ganaría" in html.unescape(editor.post(f"/es{HERE}", {**sent, "do": "look"}).text)
    assert topics(desk.database, "zeppelins must cross", "bay-evening") == {}
    empty = editor.post(HERE, {"version": 0, "patterns": "", "do": "look"}).text
    assert "Go over everything on file" in empty and "0 would gain the suggestion." in empty
    assert editor.post(HERE, {**sent, "do": "keep"}).status_code == 303
    assert "is being gone over" in editor.get(HERE).text
    go_over(desk.database)
    assert "is being gone over" not in editor.get(HERE).text
    assert topics(desk.database, "zeppelins must cross", "bay-evening") == {"transit": "suggested"}
    late = editor.post(HERE, {**sent, "patterns": "my careful words", "do": "keep"})
    assert late.status_code == 409 and "my careful words" in late.text and 'name="version" value="1"' in late.text
    out = editor.post(HERE, {**sent, "version": 1, "grade": "out", "patterns": "zeppelin", "do": "look"}).text
    assert "1 would lose it." in out and "<mark>zeppelins</mark>" in out
    assert editor.post(f"{HERE}/1/undo").status_code == 303
    assert editor.post(f"{HERE}/1/undo").status_code == 409
    assert editor.post(f"{HERE}/9/undo").status_code == 422
    go_over(desk.database)
    assert topics(desk.database, "zeppelins must cross", "bay-evening") == {}
    assert editor.get("/desk/topics/dragons/words").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [{"patterns": "(a"}, {"lang": "fr"}, {"grade": "king"}, {"patterns": "x" * 201}, {"patterns": "a\nb c\n" * 60}, {"version": "x"}],
)  # fmt: skip
def test_what_is_no_word_is_said_beside_the_field_and_nothing_is_lost(desk: Desk, wrong: dict[str, str]) -> None:
    sent = {"version": 0, "lang": "en", "grade": "sure", "patterns": "zeppelin trips", **wrong}
    editor = desk.editor()
    answer = editor.post(HERE, {**sent, "do": "keep"})
    assert answer.status_code == 422 and html.escape(sent["patterns"][:20]) in answer.text
    assert editor.post(HERE, {**sent, "do": "look:x"}).status_code in (200, 422)
    with desk.database.read() as session:
        assert session.exec(select(TopicWord)).all() == []


def test_long_words_are_shown_from_shortly_before_what_is_marked(desk: Desk) -> None:
    long = " ".join(["We talked of it"] * 30)
    bring(desk.database, f"IDA BERG: {long} until zeppelin after zeppelin came. {long} {long}\n\nTOM VALE: No.\n")
    sent = {"version": 0, "lang": "en", "grade": "sure", "patterns": "(zeppelin|zeppelin after zeppelin)", "do": "look"}
    page = desk.editor().post(HERE, sent).text
    (shown,) = re.findall(r">(… [^<]*<mark>zeppelin after zeppelin</mark>[^<]* …)</blockquote>", page)
    assert 400 < len(shown) < 540 and shown.split()[1] in "We talked of it".split()


def test_a_look_makes_few_statements_however_much_is_on_file(desk: Desk) -> None:
    for n in range(3):
        bring(desk.database, SAID, f"evening-{n}")
    editor, made = desk.editor(), []
    event.listen(desk.database.reader, "before_cursor_execute", lambda c, k, said, p, x, m: made.append(said))
    sent = {"version": 0, "lang": "en", "grade": "sure", "patterns": "(zeppelin|quills|every)", "do": "look"}
    assert editor.post(HERE, sent).status_code == 200
    assert len(made) <= STATEMENTS


def test_withheld_words_leave_the_lists_and_match_nothing(desk: Desk) -> None:
    change(desk.database, "transit", WordChange("en", "the old depot pays", "sure"))
    turn = turn_saying(desk.database, "old depot")
    with desk.database.write() as session:
        withholding.withhold(
            session, turn.key, turn.version, "old depot", "name", Reason("A private person asked", "Edith")
        )
    go_over(desk.database)
    with desk.database.read() as session:
        (pattern,) = session.exec(select(TopicWord.pattern))
    assert "depot" not in pattern and "transit" not in topics(desk.database, "Not one cent")
