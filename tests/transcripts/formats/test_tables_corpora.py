"""Tables and JSON against the shared real files: exact counts where a file prints a label a row, no turn under a wrong label."""

import json
from collections import Counter
from functools import cache
from typing import Any

import pytest

from tests.corpora import corpus
from tests.gold.turns import align, gold_turns, misattributed, words
from transcripts import formats
from transcripts.errors import BadFile
from transcripts.formats.columns import Columns
from transcripts.formats.parsed import ParsedRecord
from transcripts.text import count_words
from transcripts.vocabulary import Grade, Severity, TurnKind

pytestmark = pytest.mark.corpora

BLOCKS = [
    *(
        f"a03_cpd_json/{name}.json"
        for name in (
            "1960-09-26_kennedy-nixon",
            "1992-10-15_clinton-bush-perot",
            "2000-10-17_gore-bush",
            "2016-09-26_clinton-trump",
        )
    ),
    "a07_rev2020/us_election_2020_1st_presidential_debate.csv",
    "a07_rev2020/us_election_2020_biden_town_hall.csv",
    "a09_cp1252_csv/transcript_P1_clean.csv",
    "a12_csv_2016/user01_debate_3of4.csv",
    "a17_winnipeg/2014-01-29_regular.json",
    "a17_winnipeg/2014-04-30_regular.json",
]
"""A row is a printed block."""
RUNS = [
    "a05_primary_csv/dem2020_part_dev.csv",
    *(f"a08_clef_tsv/Task{n}-English-{which}-Presidential.txt" for n in (1, 2) for which in ("1st", "Vice")),
    "a12_csv_2016/vox_transcript.csv",
]
"""Rows are parts of turns."""
NOT_TRANSCRIPTS = [
    "a13_captions/mpls_council_page_0.json",
    "a13_captions/sfbos_officials.json",
    "a14_fairfax/meeting_apr-14.json",
    "a14_fairfax/speaker_registry.json",
    "a14_fairfax/votes_apr-14.json",
    "a15_cdp/seattle-static.json",
    "a16_citymeetings/council_speakers.json",
    "a16_citymeetings/council_testimonies.json",
    "a01_mytake/2016-09-26.json",
]


@cache
def read(path: str) -> ParsedRecord:
    return formats.read(corpus(path).read_bytes(), path)


def facts(path: str) -> dict[str, Any]:
    found = json.loads(corpus("gold/facts.json").read_text(encoding="utf-8"))[path]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("path", [*BLOCKS, *RUNS])
def test_no_word_is_lost_and_none_stands_under_a_wrong_label(path: str) -> None:
    record, gold, counted = read(path), gold_turns(path), facts(path)
    alignment = align(gold, record.turns)
    wrong = misattributed(alignment, record.turns)
    print(
        f"{path}: {record.format}, {len(record.turns)} turns of {counted['labelled_blocks']} rows, "
        f"{counted['merged_turns']} runs; {alignment.missing} of {alignment.gold_words} words missing; {len(wrong)} wrong"
    )
    assert (alignment.missing, wrong) == (0, [])
    assert all(len(labels) == 1 for labels in alignment.labels.values())
    assert len(record.turns) == counted["labelled_blocks" if path in BLOCKS else "merged_turns"]
    assert sum(len(words(turn.text)) for turn in record.turns) == alignment.gold_words
    assert record.grade is Grade.PUBLISHED


@pytest.mark.parametrize("path", BLOCKS)
def test_the_labels_of_a_row_a_block_are_those_printed(path: str) -> None:
    assert [turn.label for turn in read(path).turns] == [turn.label for turn in gold_turns(path)]


def test_rows_of_one_sentence_are_runs_of_one_label() -> None:
    path = "a16_citymeetings/council_transcript.json"
    record, gold = read(path), facts(path)
    rows = json.loads(corpus(path).read_text(encoding="utf-8"))
    said = [word for turn in record.turns for word in words(turn.text)]
    print(f"{path}: {len(record.turns)} turns, gold {gold['merged_turns']}; {len(said)} words")
    assert len(record.turns) == gold["merged_turns"]
    assert len({turn.label for turn in record.turns}) == gold["distinct_labels"]
    assert said == [word for row in rows for word in words(row["text"])]
    by_label = Counter[str]()
    for row in rows:
        by_label[row["speaker"]] += len(words(row["text"]))
    assert by_label == Counter(word for turn in record.turns for word in [turn.label] * len(words(turn.text)))
    assert record.turns[0].start_ms == 3_358


def test_the_rows_of_the_parts_of_a_question_can_be_kept_apart() -> None:
    path = "a12_csv_2016/vox_transcript.csv"
    record = formats.read(corpus(path).read_bytes(), path, columns=Columns(question="question_id"))
    assert len(record.turns) > facts(path)["merged_turns"]
    assert misattributed(align(gold_turns(path), record.turns), record.turns) == []


def test_times_in_tables_are_milliseconds() -> None:
    rev = read("a07_rev2020/us_election_2020_biden_town_hall.csv")
    assert (rev.turns[0].start_ms, rev.turns[1].start_ms) == (41_000, 46_000)
    assert read("a09_cp1252_csv/transcript_P1_clean.csv").turns[0].start_ms == 80_000


def test_curly_marks_of_windows_1252_are_read() -> None:
    record = read("a09_cp1252_csv/transcript_P1_clean.csv")
    assert "I’m Chris" in record.turns[0].text
    assert any("cp1252" in problem.message for problem in record.problems)


def test_stage_directions_under_a_label_are_scenes() -> None:
    record = read("a08_clef_tsv/Task1-English-1st-Presidential.txt")
    system = [turn for turn in record.turns if turn.label == "SYSTEM"]
    assert len(system) > 20
    assert {turn.kind for turn in system} == {TurnKind.SCENE}


def test_whisper_keeps_its_words_and_names_nobody() -> None:
    path = "a14_fairfax/whisper_apr-14_seg000.json"
    record, gold = read(path), facts(path)
    print(f"{path}: {record.header['cues']} of {gold['segments']} segments, {gold['words']} words")
    assert (record.format, record.grade) == ("whisper", Grade.MACHINE)
    assert int(record.header["cues"]) == gold["segments"]
    assert sum(count_words(turn.text) for turn in record.turns) == gold["words"]
    assert {turn.label for turn in record.turns} == {None}
    assert all(a.start_ms <= b.start_ms for a, b in zip(record.turns, record.turns[1:], strict=False))


@pytest.mark.parametrize("name", ["structured_apr-14", "turns_apr-14"])
def test_two_files_that_contradict_each_other_are_read_as_each_prints_it(name: str) -> None:
    path = f"a14_fairfax/{name}.json"
    record, gold = read(path), gold_turns(path)
    print(f"{path}: {len(record.turns)} turns of {len(gold)} rows")
    assert align(gold, record.turns).missing == 0
    assert all(len(labels) == 1 for labels in align(gold, record.turns).labels.values())


@pytest.mark.parametrize(
    ("name", "turns"),
    [("example_whisper_output_transcript", None), ("generated_transcript_from_brief_080221_2012161", 17)],
)
def test_a_counter_of_turns_is_nobody(name: str, turns: int | None) -> None:
    path = f"a15_cdp/{name}.json"
    record, gold = read(path), facts(path)
    sentences = json.loads(corpus(path).read_text(encoding="utf-8"))["sentences"]
    print(f"{path}: {len(record.turns)} turns of {gold['sentences']} sentences")
    assert (record.format, record.grade) == ("cdp", Grade.MACHINE)
    assert {turn.label for turn in record.turns} == {None}
    assert turns is None or len(record.turns) == turns == len(gold["speaker_index"])
    spoken = [word for one in sentences for word in words(one["text"])]
    assert [word for turn in record.turns for word in words(turn.text)] == spoken


@pytest.mark.parametrize("video", ["mpls_B-i5fqNeLTw", "mpls_nFVNa4_M7-Q", "mpls_vDzUC-ZFxcw"])
def test_items_with_times_and_no_names_are_captions(video: str) -> None:
    path = f"a13_captions/{video}.json"
    record, items, gold = read(path), json.loads(corpus(path).read_text(encoding="utf-8")), facts(path)
    spoken = [word for item in items for word in words(item["text"])]
    print(f"{path}: {len(record.turns)} turns, {len(spoken)} words, {gold['chevron_speaker_changes']} changes of voice")
    assert [word for turn in record.turns for word in words(turn.text)] == spoken
    assert {turn.label for turn in record.turns} == {None}
    assert len(record.turns) >= gold["chevron_speaker_changes"]


def test_segments_with_names_are_turns() -> None:
    record = read("a13_captions/podcast_example.json")
    assert [len(turn.text.split()) for turn in record.turns] == [4, 1]
    assert record.turns[0].start_ms == 500


def test_a_small_sbv_reads_whole() -> None:
    path = "a13_captions/webvttpy_sample.sbv"
    record = read(path)
    assert (record.format, record.header["cues"]) == ("sbv", "5")
    assert sum(count_words(turn.text) for turn in record.turns) == 22
    assert [problem.line for problem in record.problems if problem.severity is Severity.WARNING] == [14]


@pytest.mark.parametrize("path", NOT_TRANSCRIPTS)
def test_json_that_is_no_transcript_is_refused_with_what_is_in_it(path: str) -> None:
    with pytest.raises(BadFile, match="columns are|no list of objects"):
        read(path)


def test_each_debate_of_a_record_of_congress_reads_under_its_own_labels() -> None:
    """One file is one debate: speeches under the label beside them, once; what the recorder put in between is nobody's speech."""
    paths = sorted(corpus("a24_congrec").glob("*.json"))
    for path in paths:
        rows = json.loads(path.read_text(encoding="utf-8"))["content"]
        record = formats.read(path.read_bytes(), path.name)
        spoken = [(row["speaker"], row["text"]) for row in rows if row["kind"] == "speech"]
        found = [turn for turn in record.turns if turn.kind is TurnKind.SPEECH and turn.label not in (None, "Unknown")]
        assert [turn.label for turn in found] == [who for who, _ in spoken], path.name
        for turn, (who, text) in zip(found, spoken, strict=True):
            printed = words(text)
            assert words(turn.text) in (printed, printed[len(words(who)) :]), path.name
    assert len(paths) > 10
