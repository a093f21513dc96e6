"""Files become records: stored whole or not at all, under the right voices, and without guessing."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func
from sqlmodel import Session, SQLModel, col, select

from tests.corpora import ROOT, corpus, source
from tests.transcripts.records import EVENING, REPORT, add_appearance, add_forum, add_person, stored, turn_saying, turns
from tracker.db import Database
from transcripts import importing, roster
from transcripts.errors import BadFile, Conflict
from transcripts.importing import Choices
from transcripts.models import (
    Correction,
    Forum,
    MediaPart,
    OutboxEntry,
    Person,
    Record,
    RecordFile,
    Source,
    SourceFile,
    Speaker,
    Turn,
    TurnVersion,
)
from transcripts.queries import forums
from transcripts.vocabulary import Grade, Right, Role


def voices(database: Database, slug: str = "rose-street") -> dict[str, forums.SpeakerLine]:
    with database.read() as session:
        return {line.name: line for line in forums.by_slug(session, slug).speakers}


def count(session: Session, model: type[SQLModel]) -> int:
    return session.exec(select(func.count()).select_from(model)).one()


def test_a_file_becomes_turns_versions_speakers_and_outbox(database: Database) -> None:
    result = stored(database)
    kept = turns(database)
    assert result.changed and result.counts == {"new": len(kept)}
    assert [turn.position for turn in kept] == list(range(len(kept)))
    assert len({turn.key for turn in kept}) == len(kept) and all(len(turn.key) == 26 for turn in kept)
    with database.read() as session:
        first = session.exec(select(TurnVersion).where(TurnVersion.turn_id == kept[0].id)).one()
        assert (first.n, first.text, first.record_id) == (1, kept[0].text, result.record_id)
        assert set(session.exec(select(OutboxEntry.turn_key))) == {turn.key for turn in kept}
        held = session.exec(select(SourceFile)).one()
        assert held.data == EVENING.encode() and held.size == len(held.data)
    assert {name: line.labels for name, line in voices(database).items()} == {
        "MARA QUILL": ("MARA QUILL, MODERATOR", "QUILL"),
        "IDA BERG": ("IDA BERG", "BERG"),
        "TOM VALE": ("TOM VALE", "VALE"),
    }


def test_the_same_file_again_changes_nothing(database: Database) -> None:
    first = stored(database)
    before = [(turn.key, turn.version, turn.record_id) for turn in turns(database)]
    again = stored(database)
    assert (again.changed, again.record_id) == (False, first.record_id)
    assert [(turn.key, turn.version, turn.record_id) for turn in turns(database)] == before
    assert stored(database, reparse=True).counts["unchanged"] == len(before)
    assert [turn.key for turn in turns(database)] == [key for key, _, _ in before]


def test_a_preview_writes_nothing_and_tells_all(database: Database) -> None:
    files = [importing.receive(EVENING.encode(), "evening.txt")]
    with database.read() as session:
        seen = importing.preview(session, files, None, Choices(moderators=("Mara Quill",)))
        assert count(session, Turn) == count(session, Speaker) == count(session, SourceFile) == 0
    assert (seen.format, seen.grade, seen.right, seen.published) == ("plain", "published", "whole", True)
    assert {heard.cast.voice.name: heard.cast.role for heard in seen.voices}["MARA QUILL"] == Role.MODERATOR
    assert seen.changes is None and seen.same_as is None
    assert seen.turns["speech"] == 7 and seen.unnamed == 0


def test_people_known_at_the_forum_are_linked_and_nobody_else(database: Database) -> None:
    with database.write() as session:
        forum = add_forum(session)
        add_appearance(session, forum, add_person(session, "Ida Berg"))
        add_person(session, "Tom Vale")
    stored(database)
    found = voices(database)
    assert found["Ida Berg"].person_slug == "ida-berg" and found["Ida Berg"].role == Role.CANDIDATE
    assert found["TOM VALE"].person_slug is None and found["TOM VALE"].why


def test_two_people_of_one_surname_on_a_stage_leave_the_label_to_nobody(database: Database) -> None:
    with database.write() as session:
        forum = add_forum(session)
        for name in ("Ida Berg", "Otto Berg"):
            add_appearance(session, forum, add_person(session, name))
    stored(database, "BERG: We will build homes by the river.\n\nVALE: And I will not.\n\nBERG: Then we differ.\n")
    line = next(line for line in voices(database).values() if "BERG" in line.labels)
    assert line.person_slug is None
    assert "Berg" in line.why or "several" in line.why.lower() or "two" in line.why.lower()


def test_a_roster_brings_people_with_aliases_and_roles(database: Database) -> None:
    people = roster.read(
        b"name,aliases,role\nIda Berg,Ida B.; I. Berg,candidate\nTom Vale,,candidate\nEva Stone,,candidate\n"
    )
    stored(database, roster=people)
    found = voices(database)
    assert {name: line.person_slug for name, line in found.items()} == {
        "Ida Berg": "ida-berg",
        "Tom Vale": "tom-vale",
        "Eva Stone": "eva-stone",
        "MARA QUILL": None,
    }
    assert found["Eva Stone"].turns == 0
    stored(database, roster=people, reparse=True)
    with database.read() as session:
        assert count(session, Person) == 3 and count(session, Speaker) == 4


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"who,role\nx,y\n", "name"),
        (b"name,role\nIda Berg,emperor\n", "Line 2: .emperor. is no role"),
        (b"name\nIda Berg\nida berg\n", "Line 3: .*line 2"),
    ],
)
def test_a_list_of_people_with_faults_is_refused_with_the_line(data: bytes, said: str) -> None:
    with pytest.raises(BadFile, match=said):
        roster.read(data)


def test_an_article_stands_beside_the_transcript_with_its_quotations_only(database: Database) -> None:
    stored(database)
    report = stored(database, REPORT, filename="report.txt")
    with database.read() as session:
        view = forums.by_slug(session, "rose-street")
        kinds = session.exec(
            select(Turn.kind, Turn.text).where(Turn.record_id == report.record_id).order_by(col(Turn.position))
        ).all()
    assert view.published is not None and view.published.id != report.record_id
    assert (view.records[1].grade, view.records[1].right) == (Grade.RECAP, Right.QUOTATIONS)
    assert [kind for kind, _ in kinds] == ["narration", "narration", "recap_quote", "narration", "recap_quote"]
    assert [text for kind, text in kinds if kind == "recap_quote"] == [
        "We will build four hundred homes by the river.",
        "I would freeze rents for two years, Nobody should lose a home.",
    ]


def test_a_report_alone_is_the_published_record_until_a_transcript_comes(database: Database) -> None:
    report = stored(database, REPORT, filename="report.txt")
    with database.read() as session:
        assert session.get_one(Record, report.record_id).is_published
    transcript = stored(database)
    with database.read() as session:
        assert not session.get_one(Record, report.record_id).is_published
        assert session.get_one(Record, transcript.record_id).is_published


def test_a_source_told_before_without_its_file_gets_it(database: Database) -> None:
    with database.write() as session:
        forum = add_forum(session)
        session.add(Source(forum_id=forum.id, key="paper", kind="article", title="News report", publisher="The Paper"))
    report = stored(database, REPORT, filename="report.txt")
    with database.read() as session:
        record = session.get_one(Record, report.record_id)
        assert session.get_one(Source, record.source_id).key == "paper"
        assert count(session, Source) == 1


def test_several_files_are_parts_of_one_recording(database: Database) -> None:
    halves = EVENING.split("\n\n")
    files = [
        importing.receive("\n\n".join(half).encode(), f"{n}.txt") for n, half in enumerate((halves[:4], halves[4:]))
    ]
    with database.write() as session:
        forum = add_forum(session)
        importing.store(session, files, forum, Choices(videos=("https://video.example/1", "https://video.example/2")))
    assert {turn.part for turn in turns(database)} == {0, 1}
    with database.read() as session:
        assert [part.video_url for part in session.exec(select(MediaPart).order_by(col(MediaPart.part)))] == [
            "https://video.example/1",
            "https://video.example/2",
        ]
        assert count(session, RecordFile) == 2 and count(session, Record) == 1


def test_too_few_recordings_for_the_parts_are_refused(database: Database) -> None:
    files = [
        importing.receive(EVENING.encode(), "a.txt"),
        importing.receive((EVENING + "\nQUILL: Good night.\n").encode(), "b.txt"),
    ]
    with pytest.raises(Conflict, match="2 parts"), database.write() as session:
        importing.store(session, files, add_forum(session), Choices(videos=("https://a.example",) * 3))
    with database.read() as session:
        assert count(session, Forum) == count(session, Turn) == count(session, SourceFile) == 0


def test_a_file_that_shares_little_with_the_record_is_refused_unless_told(database: Database) -> None:
    stored(database)
    other = "ANNA LOW: Let us talk about the harbour tonight.\n\nPIA HIGH: The harbour is closed on Mondays.\n"
    with pytest.raises(Conflict, match="--replace"):
        stored(database, other, filename="other.txt")
    assert {turn.status for turn in turns(database)} == {"current"}
    assert stored(database, other, filename="other.txt", replace=True).counts["withdrawn"] > 0


def test_words_held_at_another_forum_are_pointed_out(database: Database) -> None:
    stored(database)
    with database.read() as session:
        files = [importing.receive(EVENING.encode(), "evening.txt")]
        assert "rose-street" in str(importing.preview(session, files, None, Choices()).repeats[0])
        files = [importing.receive(EVENING.replace("cheap", "small").encode(), "evening.txt")]
        assert any("rose-street" in str(line) for line in importing.preview(session, files, None, Choices()).repeats)


def test_captions_without_names_are_stored_with_every_voice_unknown(database: Database) -> None:
    cues = "\n\n".join(f"00:00:{n:02}.000 --> 00:00:{n + 1:02}.000\nwords of cue number {n}" for n in range(0, 40, 2))
    stored(database, f"WEBVTT\n\n{cues}\n", filename="captions.vtt")
    kept = turns(database)
    assert kept and all(turn.speaker_id is None and turn.label is None for turn in kept)
    with database.read() as session:
        view = forums.by_slug(session, "rose-street")
    assert view.published is not None and view.published.grade == Grade.MACHINE and view.speakers == ()


# --- Re-import


def corrected(*changes: tuple[str, str]) -> str:
    text = EVENING
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return text


def kept_keys(database: Database) -> dict[str, str]:
    return {turn.key: turn.text for turn in turns(database)}


def test_a_corrected_file_keeps_every_key_and_says_in_public_what_changed(database: Database) -> None:
    stored(database)
    before = kept_keys(database)
    changed = turn_saying(database, "four hundred homes")
    result = stored(database, corrected(("four hundred homes by", "five hundred homes by")))
    assert result.counts["reworded"] == 1 and result.counts["new"] == result.counts["withdrawn"] == 0
    assert list(kept_keys(database)) == list(before)
    after = turn_saying(database, "five hundred homes by")
    assert (after.key, after.version) == (changed.key, 2)
    with database.read() as session:
        said = session.exec(select(Correction)).one()
        assert (said.kind, said.before, said.after) == ("reword", changed.text, after.text)
        assert "evening.txt" in said.why
        versions = session.exec(
            select(TurnVersion).where(TurnVersion.turn_id == after.id).order_by(col(TurnVersion.n))
        ).all()
        assert [version.text for version in versions] == [changed.text, after.text]
        assert [record.revision for record in session.exec(select(Record).order_by(col(Record.id)))] == [1, 2]


def test_a_vanished_turn_leaves_a_tombstone_in_its_place_and_comes_back(database: Database) -> None:
    stored(database)
    gone = turn_saying(database, "freeze rents")
    block = next(block for block in EVENING.split("\n\n") if "freeze rents" in block)
    stored(database, corrected((f"{block}\n\n", "")))
    after = turns(database)
    tomb = next(turn for turn in after if turn.key == gone.key)
    assert tomb.status == "withdrawn" and tomb.position == gone.position
    assert [turn.position for turn in after] == list(range(len(after)))
    stored(database)
    again = next(turn for turn in turns(database) if turn.key == gone.key)
    assert again.status == "current" and again.text == gone.text
    with database.read() as session:
        assert list(session.exec(select(Correction.kind).order_by(col(Correction.id)))) == ["withdraw", "restore"]


def test_a_corrected_label_moves_the_turn_to_the_right_voice(database: Database) -> None:
    stored(database)
    before = turn_saying(database, "old depot pays")
    stored(database, corrected(("BERG: The sale", "VALE: The sale")))
    after = turn_saying(database, "old depot pays")
    assert after.key == before.key and after.label == "VALE" and after.speaker_id != before.speaker_id
    with database.read() as session:
        said = session.exec(select(Correction)).one()
        assert (said.kind, said.before, said.after) == ("reassign", "BERG", "VALE")


def test_a_turn_joined_with_its_neighbour_leads_there(database: Database) -> None:
    blocks = (
        "IDA BERG: We will build four hundred homes.",
        "IDA BERG: They will stand by the river for good.",
        "TOM VALE: I would freeze rents for two years.",
        "IDA BERG: That helps nobody at all, Tom.",
    )
    text = "\n\n".join(blocks)
    stored(database, text)
    second = turn_saying(database, "by the river")
    stored(database, text.replace("homes.\n\nIDA BERG: They", "homes. They"))
    merged = next(turn for turn in turns(database) if turn.key == second.key)
    survivor = turn_saying(database, "homes. They will stand")
    assert merged.status == "merged" and merged.merged_into_id == survivor.id


@pytest.mark.corpora
def test_the_hartford_article_is_stored_under_the_right_names(database: Database) -> None:
    article = source("000_326097b03ab55031.txt")
    with database.write() as session:
        forum = add_forum(session, "hartford")
        for name in ("Luke Bronin", "Pedro Segarra", "Ted Cannon", "Joel Cruz"):
            add_appearance(session, forum, add_person(session, name))
        importing.store(session, [importing.receive(article.read_bytes(), article.name)], forum, Choices())
    found = {name: line.turns for name, line in voices(database, "hartford").items()}
    assert found == {"Luke Bronin": 2, "Pedro Segarra": 3, "Ted Cannon": 2, "Joel Cruz": 2}


KILLED = """
import sys, time
from pathlib import Path
from tracker.db import Database
from transcripts import importing
from transcripts.importing import Choices
from tests.transcripts.records import add_forum
database = Database(sys.argv[1])
files = [importing.receive(Path(sys.argv[2]).read_bytes(), "debate.txt")]
print("ready", flush=True)
for n in range(1000):
    with database.write() as session:
        importing.store(session, files, add_forum(session, f"forum-{n}"), Choices())
    print(n, flush=True)
"""


@pytest.mark.corpora
def test_an_import_killed_at_any_moment_is_stored_whole_or_not_at_all(database: Database) -> None:
    """Five kills at moments spread over an import: every forum has all its turns, versions and outbox rows, or does not exist."""
    path = corpus("a01_mytake/1960-09-26.said")
    expected = None
    for n in range(5):
        url = database.url.render_as_string(hide_password=False)
        process = subprocess.Popen([sys.executable, "-c", KILLED, url, str(path)], stdout=subprocess.PIPE, cwd=ROOT)
        assert process.stdout is not None and process.stdout.readline() == b"ready\n"
        time.sleep(0.02 + n * 0.027)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        with database.write() as session:
            rows = session.exec(select(Forum.id)).all()
            for forum_id in rows:
                held = session.exec(select(Turn.id).where(Turn.forum_id == forum_id)).all()
                expected = expected or len(held)
                assert len(held) == expected
                versions = select(func.count()).select_from(TurnVersion).where(col(TurnVersion.turn_id).in_(held))
                assert session.exec(versions).one() == expected
            assert count(session, OutboxEntry) == count(session, Turn)
            assert count(session, Record) == count(session, RecordFile) == len(rows)
            for model in (OutboxEntry, TurnVersion, Correction):
                session.execute(SQLModel.metadata.tables[str(model.__tablename__)].delete())
            for name in (
                "exchange_state",
                "exchange_turn",
                "exchange",
                "turn",
                "speaker_label",
                "speaker",
                "record_file",
                "record",
                "source",
                "forum",
                "source_file",
            ):
                session.execute(SQLModel.metadata.tables[name].delete())


def test_the_path_of_a_file_is_never_kept(tmp_path: Path) -> None:
    assert importing.receive(EVENING.encode(), str(tmp_path / "evening.txt")).filename == "evening.txt"
