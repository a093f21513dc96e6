"""Captions against the shared real files: all parse, every voice unknown where nobody is named, counts as the gold says."""

import json
from typing import Any

import pytest

from tests.corpora import corpus
from transcripts import formats
from transcripts.errors import BadFile
from transcripts.formats.parsed import ParsedRecord
from transcripts.text import count_words
from transcripts.vocabulary import Grade, Severity

pytestmark = pytest.mark.corpora

DEBATES = [f"a01_mytake/{day}.vtt" for day in ("1960-09-26", "1992-10-15", "2000-10-17", "2016-09-26", "2020-09-29")]
COUNCIL = [
    f"a13_captions/hsv_{meeting}.{kind}"
    for meeting in ("2026-06-25-city-council-meeting", "2026-07-10-city-council-fy27-budget-work-session")
    for kind in ("captions.vtt", "whisper.srt")
]
CASES = [
    f"a13_captions/webvttpy_{case}"
    for case in (
        "captions_with_bom.vtt",
        "comments.vtt",
        "cue_tags.vtt",
        "metadata_headers.vtt",
        "missing_caption_text.srt",
        "sample.srt",
        "styles.vtt",
        "using_identifiers.vtt",
    )
]


def read(path: str) -> ParsedRecord:
    return formats.read(corpus(path).read_bytes(), path)


def facts(path: str) -> dict[str, Any]:
    found = json.loads(corpus("gold/facts.json").read_text())[path]
    assert isinstance(found, dict)
    return found


def words(record: ParsedRecord) -> int:
    return sum(count_words(turn.text) for turn in record.turns)


@pytest.mark.parametrize("path", [*DEBATES, *COUNCIL])
def test_captions_keep_their_counts_and_name_nobody(path: str) -> None:
    record, gold = read(path), facts(path)
    print(f"{path}: {record.header['cues']} of {gold['cues']} cues, {words(record)} of {gold['words_plain']} words")
    assert int(record.header["cues"]) == gold["cues"]
    assert abs(words(record) - gold["words_plain"]) <= gold["words_plain"] * 0.01
    assert {turn.label for turn in record.turns} == {None}
    assert record.grade is Grade.MACHINE


@pytest.mark.parametrize("path", [*DEBATES, *COUNCIL])
def test_paragraphs_are_of_a_length_to_read_and_in_order(path: str) -> None:
    turns = read(path).turns
    lengths = sorted(count_words(turn.text) for turn in turns)
    assert lengths[-1] <= 120
    assert lengths[len(lengths) // 2] >= 60
    assert all(before.start_ms <= after.start_ms for before, after in zip(turns, turns[1:], strict=False))
    assert all(turn.start_ms <= turn.end_ms for turn in turns)


@pytest.mark.parametrize("path", CASES)
def test_the_small_cases_read_whole(path: str) -> None:
    record, gold = read(path), facts(path)
    assert int(record.header["cues"]) == gold["cues"]
    dashes = gold["words_plain"] - words(record)
    assert 0 <= dashes <= gold["words_plain"] * 0.35
    assert {turn.label for turn in record.turns} == {None}


def test_named_voices_become_turns() -> None:
    path = "a13_captions/podcast_example.vtt"
    record, gold = read(path), facts(path)
    assert {turn.label for turn in record.turns} == set(gold["voices"])
    assert len(record.turns) == 2
    assert words(record) == gold["words_plain"]
    assert "&amp;" not in record.turns[0].text
    assert record.grade is Grade.PUBLISHED


def test_a_real_rolling_file_says_every_word_once() -> None:
    record = read("a13_captions/webvttpy_youtube_dl.vtt")
    assert record.header["cues"] == "4"
    spoken = record.turns[0].text.split()
    assert len(record.turns) == 1
    assert len(spoken) == len(set(spoken)) == 8


def test_a_broken_time_costs_no_words() -> None:
    record = read("a13_captions/webvttpy_invalid_timeframe.vtt")
    assert words(record) == 21
    assert [problem.line for problem in record.problems if problem.severity is Severity.WARNING] == [6]


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(BadFile, match="empty"):
        read("a13_captions/webvttpy_empty.vtt")


def test_the_phantom_word_of_speech_software_opens_no_record() -> None:
    for path in COUNCIL:
        assert read(path).turns[0].text.split()[0].casefold() != "you"


def test_lines_that_begin_with_a_time_read_like_a_panel() -> None:
    path = "a13_captions/sfbos_2025-06-03.txt"
    record, gold = read(path), facts(path)
    assert record.format == "youtube"
    assert int(record.header["cues"]) == gold["stamped_lines"]
    assert len(record.turns) >= gold["chevron_speaker_changes"]
    spoken = gold["words"] - gold["chevron_speaker_changes"]
    assert abs(words(record) - spoken) <= spoken * 0.01
    assert {turn.label for turn in record.turns} == {None}


@pytest.mark.parametrize("video", ["mpls_B-i5fqNeLTw", "mpls_nFVNa4_M7-Q", "mpls_vDzUC-ZFxcw"])
def test_broadcast_captions_that_overlap_in_time_keep_their_words(video: str) -> None:
    """The items as the video site exports them, written out as the captions they are: overlapping, with `>>`."""
    path = f"a13_captions/{video}.json"
    items = json.loads(corpus(path).read_text())
    gold = facts(path)
    cues = (
        f"{i}\n{_clock(item['start'])} --> {_clock(item['start'] + item['duration'])}\n{item['text']}\n"
        for i, item in enumerate(items, start=1)
    )
    record = formats.read("\n".join(cues).encode(), f"{video}.srt")
    assert int(record.header["cues"]) == gold["items"]
    assert words(record) == sum(count_words(item["text"]) for item in items)
    assert {turn.label for turn in record.turns} == {None}
    assert len(record.turns) >= gold["chevron_speaker_changes"]
    assert all(before.end_ms <= after.start_ms for before, after in zip(record.turns, record.turns[1:], strict=False))


def _clock(seconds: float) -> str:
    ms = round(seconds * 1000)
    return f"{ms // 3_600_000:02d}:{ms // 60_000 % 60:02d}:{ms // 1000 % 60:02d},{ms % 1000:03d}"
