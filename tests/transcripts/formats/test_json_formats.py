"""JSON: what no standard allows is refused in a sentence; words of software go to the voice that said them."""

import json
from typing import Any

import pytest

from tests.transcripts.formats.captions_text import said
from transcripts import formats
from transcripts.errors import BadFile
from transcripts.formats import strict_json
from transcripts.formats.columns import Columns
from transcripts.formats.parsed import ParsedRecord
from transcripts.vocabulary import Severity


def read(value: Any, columns: Columns | None = None) -> ParsedRecord:
    return formats.read(json.dumps(value).encode(), "talk.json", columns=columns)


def segment(start: float, text: str, *voices: str | None, **more: Any) -> dict[str, Any]:
    """A segment of WhisperX, a tenth of a second a word, with a voice for each."""
    words = [
        {"word": word, "start": start + i / 10, "end": start + i / 10 + 0.1} | ({"speaker": voice} if voice else {})
        for i, (word, voice) in enumerate(zip(text.split(), voices, strict=False))
    ]
    return {"start": start, "end": start + 1, "text": f" {text}", "words": words, **more}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('[{"text": NaN}]', "NaN"),
        ('[{"start": Infinity, "text": "x"}]', "Infinity"),
        ('[{"start": -Infinity, "text": "x"}]', "Infinity"),
        ('[{"text": "a", "text": "b"}]', "“text” twice"),
        ('[{"a": ' * 100 + "1" + "}]" * 100, "40 deep"),
        ("[" * 100_000, "a JSON file without"),
        ('[{"start": ' + "9" * 5_000 + ', "text": "x"}]', "5,000 digits"),
        ('[{"start": 1e999, "text": "x"}]', "too large"),
        ('[{"text": "a"},\n{"text": "b"', "Line 2"),
        ('[{"text": "a"}] more', "no JSON"),
        ('{"a": {"b": "c"}}', "no list of objects"),
        ("[[1, 2, 3]]", "a JSON file without"),
        ('[{"text": "a"}, 3]', "no list of objects"),
    ],
)
def test_what_is_no_honest_json_is_refused(text: str, why: str) -> None:
    with pytest.raises(BadFile, match=why):
        formats.read(text.encode(), "talk.json")


def test_brackets_in_words_are_no_depth() -> None:
    assert strict_json.parse(json.dumps(["[" * 500, '"{' * 500])) == ["[" * 500, '"{' * 500]


def test_keys_are_outlined_with_what_leads_to_them() -> None:
    value = {"meta": {"date": "x"}, "rows": [{"a": [1, 2], "b": {"c": ":{"}}, {"d": 1}]}
    assert strict_json.outline(json.dumps(value)) == {
        "meta",
        "meta.date",
        "rows",
        "rows[].a",
        "rows[].b",
        "rows[].b.c",
        "rows[].d",
    }
    assert strict_json.outline('[{"x": 1}]') == {"[].x"}
    assert strict_json.outline("no json") == frozenset()


def test_a_change_of_voice_inside_a_segment_cuts_it() -> None:
    record = read({"segments": [segment(0, "Who pays? The county.", "S0", "S0", "S1", "S1", speaker="S0")]})
    assert said(record.turns) == [("S0", "Who pays?"), ("S1", "The county.")]
    assert (record.turns[1].start_ms, record.turns[1].end_ms) == (200, 400)


def test_one_word_of_another_voice_inside_a_sentence_is_a_slip() -> None:
    record = read({"segments": [segment(0, "we pay for it all", "S0", "S0", "S1", "S0", "S0")]})
    assert said(record.turns) == [("S0", "we pay for it all")]
    assert any("stay with it: 1" in problem.message for problem in record.problems)


def test_a_sentence_of_one_word_keeps_its_voice() -> None:
    record = read({"segments": [segment(0, "Do you? Yes. Then go.", "S0", "S0", "S1", "S0", "S0")]})
    assert said(record.turns) == [("S0", "Do you?"), ("S1", "Yes."), ("S0", "Then go.")]


def test_words_without_a_voice_go_with_those_before_and_segments_without_one_with_nobody() -> None:
    segments = [segment(0, "It costs 40 million", "S0", "S0", None, "S0"), segment(2, "Really now", None, None)]
    assert said(read({"segments": segments}).turns) == [("S0", "It costs 40 million"), (None, "Really now")]


def test_words_with_keys_missing_read() -> None:
    words = [{"word": "It"}, {"word": "costs", "start": 0.2}, {"score": 1}, {"word": "40", "end": None}, {}]
    record = read({"segments": [{"start": 0, "end": 1, "text": "It costs 40", "words": words, "speaker": "S0"}]})
    assert said(record.turns) == [("S0", "It costs 40")]


def test_what_whisper_doubts_itself_is_told() -> None:
    more = {"no_speech_prob": 0.9, "avg_logprob": -1.5}
    record = read(
        {
            "segments": [
                segment(0, "Hello there."),
                segment(9, "Thank you.", **more),
                segment(12, "La la la.", compression_ratio=3.1),
            ]
        }
    )
    told = [problem.message for problem in record.problems if problem.severity is Severity.WARNING]
    assert ["in silence" in told[0], "repeats itself" in told[1]] == [True, True]


def test_words_in_a_list_of_their_own_are_timed() -> None:
    value = {
        "segments": [
            {"start": 0, "end": 1, "text": "Good evening.", "seek": 0},
            {"start": 1, "end": 2, "text": "Late.", "seek": 0},
        ],
        "words": [
            {"word": "Good", "start": 0.1, "end": 0.3},
            {"word": "evening.", "start": 0.4, "end": 0.9},
            {"word": "Late.", "start": 1.2, "end": 1.8},
        ],
    }
    (turn,) = read(value).turns
    assert [(turn.text[one.start : one.end], one.start_ms) for one in turn.timed] == [
        ("Good", 100),
        ("evening.", 400),
        ("Late.", 1_200),
    ]


def test_utterances_in_milliseconds_are_read_as_such() -> None:
    spoken = [
        {
            "speaker": "A",
            "text": "Good evening to all of you here tonight",
            "start": i * 4_000,
            "end": i * 4_000 + 3_000,
        }
        for i in range(20)
    ]
    record = read({"utterances": spoken})
    assert (record.format, record.turns[0].label, record.turns[0].end_ms) == ("gladia", "A", 79_000)


def test_two_lists_of_words_are_a_question() -> None:
    rows = [{"speaker": "Ruiz", "text": "So."}, {"speaker": "Cole", "text": "Late."}]
    with pytest.raises(BadFile, match="first, second"):
        read({"first": rows, "second": rows})
    assert len(read({"first": rows, "second": rows[:1]}, Columns(sheet="second")).turns) == 1


def test_objects_inside_objects_are_read_by_both_names() -> None:
    rows = [
        {"speaker": {"name": "Ruiz", "id": 1}, "text": "So."},
        {"speaker": {"name": "Cole", "id": 2}, "text": "Late."},
    ]
    assert said(read(rows).turns) == [("Ruiz", "So."), ("Cole", "Late.")]
