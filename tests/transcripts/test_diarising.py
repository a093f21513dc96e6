"""A transcript and a file that says who speaks when: cut at the word, never guessed, no word lost."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts import diarising, formats
from transcripts.errors import BadFile
from transcripts.formats.parsed import ParsedRecord, ParsedTurn, Timed
from transcripts.received import joined, receive
from transcripts.vocabulary import Grade, Severity


def heard(*words: str, label: str | None = None) -> ParsedRecord:
    """One turn, each word of it said in one second of its own."""
    marks, at = [], 0
    for i, word in enumerate(words):
        marks.append(Timed(at, at + len(word), i * 1000, i * 1000 + 900))
        at += len(word) + 1
    turn = ParsedTurn(label, " ".join(words), start_ms=0, end_ms=len(words) * 1000, timed=tuple(marks))
    return ParsedRecord("whisper", Grade.MACHINE, (turn,))


def voice(label: str, start: float, end: float) -> ParsedTurn:
    return ParsedTurn(label, "", start_ms=round(start * 1000), end_ms=round(end * 1000))


def split(record: ParsedRecord, *stretches: ParsedTurn) -> list[tuple[str | None, str]]:
    return [(turn.label, turn.text) for turn in diarising.split(record, stretches).turns]


def test_a_turn_is_cut_where_the_voice_changes() -> None:
    record = heard("Who", "pays?", "The", "county.")
    assert split(record, voice("S0", 0, 2), voice("S1", 2, 4)) == [("S0", "Who pays?"), ("S1", "The county.")]
    later = diarising.split(record, (voice("S0", 0, 2), voice("S1", 2, 4))).turns[1]
    assert (later.start_ms, later.end_ms) == (2_000, 3_900)
    assert [later.text[mark.start : mark.end] for mark in later.timed] == ["The", "county."]


def test_words_two_voices_share_are_nobodys() -> None:
    record = heard("One", "two", "three", "four")
    found = split(record, voice("S0", 0, 4), voice("S1", 2, 4))
    assert found == [("S0", "One two"), (None, "three four")]


def test_words_far_from_any_voice_are_nobodys_and_those_near_one_are_its() -> None:
    record = heard("One", "two", "three")
    assert split(record, voice("S0", 0, 0.95)) == [("S0", "One two"), (None, "three")]
    assert split(record, voice("S0", 90, 91)) == [(None, "One two three")]


def test_a_slip_of_one_word_is_undone_and_an_answer_of_one_word_is_not() -> None:
    slip = heard("we", "pay", "for", "it", "all")
    flip = (voice("S0", 0, 2), voice("S1", 2, 3), voice("S0", 3, 5))
    assert split(slip, *flip) == [("S0", "we pay for it all")]
    answer = heard("Do", "you?", "Yes.", "Then", "go.")
    assert split(answer, *flip) == [("S0", "Do you?"), ("S1", "Yes."), ("S0", "Then go.")]


def test_a_printed_name_is_kept() -> None:
    record = diarising.split(heard("So", "we", "go", label="OKAFOR"), (voice("S0", 0, 3),))
    assert record.turns[0].label == "OKAFOR"
    assert record.problems[-1].severity is Severity.WARNING


def test_paragraphs_of_one_voice_are_one_turn() -> None:
    first, second = heard("One", "two").turns[0], heard("three", "four").turns[0]
    later = tuple(Timed(mark.start, mark.end, mark.start_ms + 2000, mark.end_ms + 2000) for mark in second.timed)
    both = ParsedRecord(
        "srt", Grade.MACHINE, (first, ParsedTurn(None, second.text, start_ms=2000, end_ms=4000, timed=later))
    )
    (turn,) = diarising.split(both, (voice("S0", 0, 4),)).turns
    assert (turn.text, turn.end_ms) == ("One two\n\nthree four", 3_900)
    assert [turn.text[mark.start : mark.end] for mark in turn.timed] == ["One", "two", "three", "four"]


STRETCHES = st.lists(
    st.tuples(st.sampled_from(["S0", "S1", "S2"]), st.integers(0, 20), st.integers(1, 8)), min_size=1, max_size=8
).map(
    lambda found: sorted(
        (voice(label, start, start + lasts) for label, start, lasts in found), key=lambda one: one.start_ms or 0
    )
)


@given(st.lists(st.text("abc.?", min_size=1, max_size=5), min_size=1, max_size=20), STRETCHES)
def test_no_word_is_lost_whatever_the_stretches(words: list[str], stretches: list[ParsedTurn]) -> None:
    record = diarising.split(heard(*words), stretches)
    assert [word for turn in record.turns for word in turn.text.split()] == words
    for turn in record.turns:
        assert turn.start_ms is not None and turn.end_ms is not None and turn.start_ms <= turn.end_ms
        assert turn.label is None or turn.label in {one.label for one in stretches}
        assert all(0 <= mark.start < mark.end <= len(turn.text) for mark in turn.timed)


TALK = json.dumps(
    {
        "segments": [
            {
                "start": 0,
                "end": 4,
                "seek": 0,
                "text": " Who pays? The county.",
                "words": [
                    {"word": f" {word}", "start": i, "end": i + 0.9}
                    for i, word in enumerate("Who pays? The county.".split())
                ],
            }
        ]
    }
).encode()
WHO = json.dumps(
    [{"start": 0, "end": 2, "speaker": "SPEAKER_00"}, {"start": 2, "end": 4, "speaker": "SPEAKER_01"}]
).encode()


@pytest.mark.parametrize("order", [(TALK, WHO), (WHO, TALK)])
def test_two_files_of_one_import_are_put_together(order: tuple[bytes, bytes]) -> None:
    record = joined([receive(data, f"{i}.json") for i, data in enumerate(order)])
    assert [(turn.label, turn.text) for turn in record.turns] == [
        ("SPEAKER_00", "Who pays?"),
        ("SPEAKER_01", "The county."),
    ]
    assert {turn.part for turn in record.turns} == {0}


def test_captions_are_cut_between_sentences() -> None:
    srt = b"1\n00:00:00,000 --> 00:00:02,000\nWho pays for it?\n\n2\n00:00:02,000 --> 00:00:04,000\nThe county does.\n"
    record = joined([receive(srt, "talk.srt"), receive(WHO, "who.json")])
    assert [(turn.label, turn.text) for turn in record.turns] == [
        ("SPEAKER_00", "Who pays for it?"),
        ("SPEAKER_01", "The county does."),
    ]


def test_who_speaks_when_without_words_is_no_transcript() -> None:
    assert formats.read(WHO).format == "diarisation"
    with pytest.raises(BadFile, match="holds no words"):
        joined([receive(WHO, "who.json")])
