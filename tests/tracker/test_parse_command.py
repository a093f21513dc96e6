"""`tracker parse`: what it prints, what it refuses, and how."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.corpora import corpus, source
from transcripts.vocabulary import Grade, Severity, TurnKind

FORUM = """Ferry Forum
Date: May 3, 2031

OKAFOR, MODERATOR: Ms. Calloway, what would you do about rents and affordable housing in this city?

CALLOWAY: I would build three thousand homes, and I would protect tenants from eviction.

OKAFOR: Mr. Pruitt, why is the ferry late, and what would you do about public transit?

PRUITT: It is old. We buy a new one, and we run more buses.

OKAFOR: Thank you.
"""


def tracker(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "tracker", "parse", *arguments], input=given, capture_output=True, timeout=60
    )


def told(*arguments: str, given: bytes = b"") -> dict[str, Any]:
    done = tracker(*arguments, "--json", given=given)
    assert done.returncode == 0, done.stderr.decode()
    parsed: dict[str, Any] = json.loads(done.stdout)
    return parsed


@pytest.fixture
def forum(tmp_path: Path) -> Path:
    path = tmp_path / "forum.txt"
    path.write_text(FORUM, encoding="utf-8")
    return path


def test_json_has_the_agreed_shape(forum: Path) -> None:
    read = told(str(forum))
    assert list(read) == ["format", "grade", "turns", "exchanges", "quotes", "problems"]
    assert (read["format"], read["grade"]) == ("plain", "published")
    assert [turn["position"] for turn in read["turns"]] == list(range(5))
    assert list(read["turns"][0]) == ["position", "label", "kind", "text", "start_ms", "end_ms", "topics"]
    assert {turn["kind"] for turn in read["turns"]} <= set(TurnKind)
    assert read["grade"] in set(Grade)
    assert read["turns"][4]["kind"] == "procedure"
    assert {problem["severity"] for problem in read["problems"]} <= set(Severity)


def test_questions_stand_with_their_answers(forum: Path) -> None:
    exchanges = told(str(forum))["exchanges"]
    assert [(one["question"], one["answers"]) for one in exchanges] == [(0, [1]), (2, [3])]
    assert set(exchanges[0]) == {"question", "lead_in", "answers", "follow_ups", "rebuttals"}


def test_turns_have_topics_of_the_tree(forum: Path) -> None:
    turns = told(str(forum))["turns"]
    assert turns[1]["topics"]
    assert all(isinstance(slug, str) for turn in turns for slug in turn["topics"])


def test_an_unknown_voice_is_null(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text("nobody is named here\n\nand so it goes on", encoding="utf-8")
    assert [turn["label"] for turn in told(str(path))["turns"]] == [None, None]


def test_standard_input(forum: Path) -> None:
    assert told("-", given=forum.read_bytes()) == told(str(forum))


def test_a_summary_for_people(forum: Path) -> None:
    done = tracker(str(forum))
    assert done.returncode == 0
    said = done.stdout.decode()
    assert "Read as plain" in said and "CALLOWAY" in said and "2 questions" in said


def test_an_article_has_quotes_with_spans(tmp_path: Path) -> None:
    text = (
        "The council of Harbor City met on Monday night to talk about the ferry.\n\n"
        "“We will buy a new ferry,” said Mayor Ana Ruiz, “and we will buy it soon.”\n\n"
        "Ruiz said the old one was built in 1970. “It sinks,” she said.\n\n"
        "Council Member Ben Cole disagreed. “We have no money for boats,” Cole said.\n"
    )
    path = tmp_path / "article.txt"
    path.write_text(text, encoding="utf-8")
    read = told(str(path))
    assert (read["format"], read["grade"]) == ("article", "recap")
    assert {turn["kind"] for turn in read["turns"]} == {"narration"}
    first = read["quotes"][0]
    assert set(first) == {"text", "speaker", "start", "end", "spans"}
    assert (first["start"], first["end"]) == (first["spans"][0][0], first["spans"][-1][1])
    assert " ".join(text[start:end] for start, end in first["spans"]) == first["text"]
    assert first["speaker"] == "Ana Ruiz"


def refused(*arguments: str, given: bytes = b"") -> str:
    """What is said of a file that cannot be read: one line, exit code 2, nothing printed, no traceback."""
    done = tracker(*arguments, given=given)
    said = done.stderr.decode()
    assert (done.returncode, done.stdout) == (2, b""), said
    assert "Traceback" not in said and said.count("\n") == 1
    return said


def test_refusals_say_what_to_do(tmp_path: Path, forum: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (tmp_path / "noise.bin").write_bytes(bytes(range(256)) * 40)
    assert "folder" in refused(str(tmp_path))
    assert "No such file" in refused(str(tmp_path / "absent.txt"))
    assert "empty" in refused(str(tmp_path / "empty.txt"))
    assert "picture" in refused(str(tmp_path / "picture.png"))
    assert "not a text file" in refused(str(tmp_path / "noise.bin"))
    assert "no format named “word”" in refused(str(forum), "--format", "word")
    assert "empty" in refused("-")
    assert "no ordinary file" in refused("/dev/zero")
    assert "cannot be read" in refused("/proc/self/mem")


def test_a_pipe_with_nobody_at_the_other_end_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "no ordinary file" in refused(str(tmp_path / "pipe"))


def test_a_file_too_large_is_refused_without_reading_on(tmp_path: Path) -> None:
    with (tmp_path / "large.txt").open("wb") as opened:
        opened.truncate(200 * 1024 * 1024)
    assert "larger than 50 MB" in refused(str(tmp_path / "large.txt"))


@pytest.mark.corpora
@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a01_mytake/2016-09-26.said", "plain"),
        ("a04_primary_txt/8_democratic_debate.txt", "plain"),
        ("a07_rev2020/us_election_2020_biden_town_hall.txt", "plain"),
        ("a13_captions/podcast_example.vtt", "webvtt"),
        ("a13_captions/hsv_2026-06-25-city-council-meeting.whisper.srt", "srt"),
        ("a18_lwv_interviews/cohen.txt", "plain"),
    ],
)
def test_shared_files(path: str, name: str) -> None:
    read = told(str(corpus(path)))
    assert read["format"] == name
    assert read["turns"]
    positions = set(range(len(read["turns"])))
    for one in read["exchanges"]:
        assert {one["question"], *one["lead_in"], *one["answers"], *one["follow_ups"], *one["rebuttals"]} <= positions


@pytest.mark.corpora
def test_the_hartford_article() -> None:
    read = told(str(source("000_326097b03ab55031.txt")))
    assert (read["format"], len(read["quotes"])) == ("article", 9)


def test_a_table_nobody_knows_lists_its_columns_and_reads_once_they_are_named(tmp_path: Path) -> None:
    path = tmp_path / "talk.csv"
    path.write_text("Wer,Gesagt\nRuiz,Good evening to all of you.\nCole,It is late.\n", encoding="utf-8")
    refused = tracker(str(path))
    assert refused.returncode == 2
    assert "“Wer”, “Gesagt”" in refused.stderr.decode()
    read = told(str(path), "--columns", "text=Gesagt,speaker=Wer")
    assert [turn["label"] for turn in read["turns"]] == ["Ruiz", "Cole"]
