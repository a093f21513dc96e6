"""A file becomes rows: all of them or none, and the same file again changes nothing."""

import pytest
from sqlmodel import SQLModel, col, func, select

from positions.load_document import read_document
from positions.models import Candidacy, Contest, Evidence, Proposition, Stance, Topic, TopicAlias
from positions.removing import remove
from positions.stances import upgrade_reported
from positions.topic_tree import curated
from tests.positions.town import TOWN, load_text, speaker_of, store
from tracker.db import Database
from transcripts.errors import BadFile, Conflict
from transcripts.models import ExchangeState, Forum, OutboxEntry, Person, Speaker, Turn


def counts(database: Database) -> dict[str, int]:
    """How many rows every table holds."""
    with database.read() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in SQLModel.metadata.sorted_tables
        }


def test_a_file_brings_everything_once(database: Database) -> None:
    first = load_text(database)
    assert first.added == {
        "organisations": 1,
        "people": 4,
        "forums": 1,
        "sources": 1,
        "voices": 4,
        "races": 1,
        "candidacies": 3,
        "transcripts": 1,
        "states": 1,
        "statements": 2,
        "positions": 3,
    }
    before = counts(database)
    again = load_text(database)
    assert again.nothing
    assert counts(database) == before


def test_the_tree_of_topics_comes_along(database: Database) -> None:
    load_text(database)
    with database.read() as session:
        topics = session.exec(select(Topic)).all()
        assert [topic.slug for topic in sorted(topics, key=lambda one: one.position)] == [one.slug for one in curated()]
        aliases = session.scalar(select(func.count()).select_from(TopicAlias))
    assert aliases == sum(len(topic.aliases) for topic in curated())


def test_a_changed_position_is_a_new_row_that_names_the_old_one(database: Database) -> None:
    load_text(database)
    changed = TOWN.replace("summary: {en: She wants them free.,", "summary: {en: She wants every bus free.,")
    tally = load_text(database, changed)
    assert (tally.added, tally.changed) == ({}, {"positions": 1})
    with database.read() as session:
        old, new = session.exec(
            select(Stance).where(col(Stance.summary_en).is_not(None)).order_by(col(Stance.id))
        ).all()
    assert (old.summary_en, old.supersedes_id) == ("She wants them free.", None)
    assert (new.summary_en, new.supersedes_id) == ("She wants every bus free.", old.id)
    assert load_text(database, changed).nothing


def test_a_position_of_another_day_replaces_nothing(database: Database) -> None:
    load_text(database)
    later = TOWN.replace("    as_of: 2026-10-20\n    tier: 1\n", "    as_of: 2026-10-22\n    tier: 1\n")
    assert load_text(database, later).added == {"positions": 1}
    with database.read() as session:
        assert session.exec(select(Stance).where(col(Stance.supersedes_id).is_not(None))).all() == []


def test_corrected_fields_are_brought_into_line_and_searched_again(database: Database) -> None:
    load_text(database)
    with database.write() as session:
        session.exec(OutboxEntry.__table__.delete())
    tally = load_text(database, TOWN.replace("name: Ana Reyes,", "name: Ana M. Reyes,"))
    assert tally.changed["people"] == 1
    with database.read() as session:
        assert session.exec(select(Person.name).where(Person.slug == "ana-reyes")).one() == "Ana M. Reyes"
        waiting = set(session.exec(select(OutboxEntry.turn_key)).all())
        hers = set(session.exec(select(Turn.key).where(Turn.label == "REYES")).all())
    assert hers <= waiting


def test_a_reworded_statement_is_its_next_version(database: Database) -> None:
    load_text(database)
    load_text(database, TOWN.replace("Buses should be free.", "All buses should be free."))
    with database.read() as session:
        assert session.exec(select(Proposition.version).where(Proposition.slug == "town-buses")).one() == 2


def test_a_quotation_knows_its_place(database: Database) -> None:
    load_text(database)
    with database.read() as session:
        row = session.exec(select(Evidence).where(Evidence.kind == "quotation")).one()
        text = session.exec(select(Turn.text).where(Turn.id == row.turn_id)).one()
    assert text[row.start : row.end] == row.exact == "buses should be free"
    assert (row.before, row.after) == ("I have said it before.\nThe ", ", every day.")
    assert (row.text_es, row.translator) == ("deben ser gratuitos", "Mo Clark")


def test_an_editor_says_what_became_of_a_question(database: Database) -> None:
    load_text(database)
    with database.read() as session:
        row = session.exec(select(ExchangeState)).one()
        stone = speaker_of(session, "STONE")
    assert (row.speaker_id, row.state, row.set_by, row.note_en) == (
        stone.id,
        "declined",
        "editor",
        "He shook his head.",
    )


ANA = """code: support
    as_of: 2026-10-20
    tier: 1
"""
LOG = "    search_log: {by: An editor, at: 2026-10-21, where: {en: Council minutes, es: Actas}}\n"
WORDS = 'words: "buses should be free"'
EVIDENCE = """    evidence:
      - {kind: quotation, forum: town-2026, words: "buses should be free", translation: {es: "deben ser gratuitos", by: Mo Clark}}
"""
REPORTED = "- contest: town-mayor-2026\n    person: bo-stone\n    proposition: town-cameras"
FAULTS = {
    "unknown person": (
        "person: cy-abbot}\nprop",
        "person: cy-abbott}\nprop",
        "- {person: cy-abbott}",
        "“cy-abbott” is not known",
    ),
    "unknown forum": ("forums: [town-2026]", "forums: [town-2027]", "forums: [town-2027]", "“town-2027” is not known"),
    "unknown topic": ("topic: transit", "topic: trains", "- slug: town-buses", "“trains” is not known"),
    "unknown source": ("source: ledger", "source: gazette", "gazette", "No forum of the race has a source “gazette”"),
    "words nobody said": (WORDS, 'words: "buses must be free"', "buses must be free", "do not stand in what"),
    "words said twice": (WORDS, 'words: "b"', 'words: "b"', "stand 3 times"),
    "question nobody asked": (
        "what about the buses",
        "the trams",
        "- question: the trams",
        "No question of this forum",
    ),
    "no evidence": (EVIDENCE, "", "- contest", "A position needs evidence"),
    "lean without condition": (
        ANA,
        ANA.replace("support", "lean_support"),
        "- contest",
        "lean_support needs a condition",
    ),
    "one slug twice": (
        "slug: bo-stone, name",
        "slug: ana-reyes, name",
        "name: Bo Stone",
        "The same slug stands at line 4",
    ),
    "search without a log": (LOG, "", "- contest: town-mayor-2026\n    person: bo-stone", "needs a search_log"),
    "full position on a report": (
        "tier: 4",
        "tier: 5",
        REPORTED,
        "cannot carry support",
    ),
    "label of somebody else": (
        "labels: [STONE]",
        "labels: [REYES]",
        "labels: [REYES]}\n      - {person: cy",
        "stands for Ana Reyes",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_names_its_line_and_stores_nothing(database: Database, name: str) -> None:
    good, bad, where, message = FAULTS[name]
    assert good in TOWN
    text = TOWN.replace(good, bad, 1)
    with pytest.raises(BadFile) as refusal:
        load_text(database, text)
    assert message in str(refusal.value)
    assert refusal.value.line == text[: text.index(where)].count("\n") + 1
    assert sum(counts(database).values()) == 0


def test_all_faults_of_a_section_are_told_at_once(database: Database) -> None:
    twice = TOWN.replace('words: "buses should be free"', 'words: "no such words"').replace(
        "source: ledger", "source: x"
    )
    with pytest.raises(BadFile, match=r"Line 61: stances → evidence: .*\nLine 75: stances → evidence: "):
        load_text(database, twice)


def test_a_statement_cannot_move_to_another_race(database: Database) -> None:
    load_text(database)
    other = """
contests:
  - {slug: other, title: {en: Other}, office: {en: Mayor}, place: Town, zone: UTC, election_date: 2027-01-01, freeze_days: 0}
propositions:
  - {slug: town-buses, contest: other, topic: transit, text: {en: Buses should be free.}}
"""
    with pytest.raises(BadFile, match="belongs to another race"):
        load_text(database, other)
    with database.read() as session:
        assert session.exec(select(Contest.slug)).all() == ["town-mayor-2026"]


def test_a_voice_that_waited_for_a_name_gets_it(database: Database) -> None:
    forum_only = TOWN.split("contests:")[0].replace(
        "      - {person: bo-stone, role: candidate, labels: [STONE]}\n", ""
    )
    forum_only = forum_only.split("    file:")[0] + "      - nothing: here\n"
    forum_only = forum_only.replace("      - nothing: here\n", "").replace(
        "    appearances:\n", "    appearances:\n      - {label: STONE, role: unknown}\n"
    )
    load_text(database, forum_only)
    load_text(database)
    with database.read() as session:
        stone = speaker_of(session, "STONE")
        assert stone.name == "Bo Stone"
        assert len(session.exec(select(Speaker).where(Speaker.person_id == stone.person_id)).all()) == 1


def article(database: Database, quotes: tuple[tuple[str, str], ...]) -> int:
    """Store quotations of an article about the forum, and let the positions take them up."""
    with database.write() as session:
        forum = session.exec(select(Forum)).one()
        store(session, forum, quotes, "recap_quote", ())
        return upgrade_reported(session, forum.id or 0)


def test_an_imported_article_turns_what_was_told_into_the_quotation(database: Database) -> None:
    load_text(database)
    words = "I want a camera on every single officer, and I want it now."
    assert article(database, (("STONE", words), ("REYES", "Not every single officer."))) == 1
    with database.read() as session:
        old, new = session.exec(select(Stance).where(Stance.tier == 4).order_by(col(Stance.id))).all()
        piece = session.exec(select(Evidence).where(Evidence.stance_id == new.id)).one()
    assert (new.supersedes_id, new.code, new.tier, new.as_of) == (old.id, old.code, old.tier, old.as_of)
    assert (piece.kind, piece.exact, piece.start, piece.end) == ("quotation", words, 0, len(words))
    assert piece.text_en == "Quoted for cameras."
    assert load_text(database).nothing


def test_a_fragment_that_stands_in_two_quotations_upgrades_nothing(database: Database) -> None:
    load_text(database)
    assert article(database, (("STONE", "Every single officer."), ("STONE", "I said: every single officer!"))) == 0


def test_loading_after_the_article_upgrades_too(database: Database) -> None:
    load_text(database, TOWN.split("stances:")[0])
    assert article(database, (("STONE", "Cameras, for every single officer."),)) == 0
    tally = load_text(database)
    assert (tally.added["positions"], tally.changed["positions"]) == (3, 1)
    assert load_text(database).nothing


def test_what_a_file_brought_can_be_taken_away(database: Database) -> None:
    load_text(database)
    document, _ = read_document(TOWN.encode())
    with database.write() as session:
        assert remove(session, document) > 30
    left = {name: n for name, n in counts(database).items() if n}
    assert set(left) == {"topic", "topic_alias", "outbox"}
    with database.write() as session:
        assert remove(session, document) == 0


def test_a_forum_that_another_race_rests_on_is_not_taken_away(database: Database) -> None:
    load_text(database)
    load_text(
        database,
        "contests: [{slug: other, title: {en: Council seat}, office: {en: Council}, place: Town, zone: UTC,"
        " election_date: 2027-01-01, freeze_days: 0, forums: [town-2026], candidacies: [{person: cy-abbot}]}]",
    )
    document, _ = read_document(TOWN.encode())
    before = counts(database)
    with pytest.raises(Conflict, match="“Council seat” rests on"), database.write() as session:
        remove(session, document)
    assert counts(database) == before
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Candidacy)) == 4
