"""SubRip: everything its files get wrong, and every way its captions name a speaker."""

import pytest

from tests.transcripts.formats.captions_text import said, srt, timing
from transcripts import formats
from transcripts.errors import BadFile
from transcripts.formats.srt import read, sniff
from transcripts.vocabulary import Grade, Severity, TurnKind


def turns(*payloads: str) -> list[tuple[str | None, str]]:
    return said(read(srt(*payloads)).turns)


def test_an_arrow_at_the_top_is_enough() -> None:
    assert sniff(srt("Hello."), None) == 1.0
    assert sniff("00:00:01.000 --> 00:00:02.000\nHello.", None) == 1.0


def test_prose_with_an_arrow_in_it_is_no_srt() -> None:
    assert sniff("Minutes\n\n" + "Some words of prose.\n" * 40 + "00:00:01,000 --> 00:00:02,000\n", None) == 0.0
    assert sniff("a --> b", "x.srt") == 0.0


def test_commas_points_short_fractions_and_coordinates() -> None:
    text = "1\n0:0:1,5 --> 00:00:03.25 X1:117 X2:602 Y1:051 Y2:090\nOne.\n\n2\n00:00:04 -> 00:00:05,000\nTwo.\n"
    record = read(text)
    assert record.turns[0].text == "One. Two."
    assert (record.turns[0].start_ms, record.turns[0].end_ms) == (1_500, 5_000)


@pytest.mark.parametrize("ids", [("1", "2", "3"), ("1", "1", "1"), ("7", "3", "5"), ("", "", "")])
def test_missing_repeated_and_disordered_numbers_change_nothing(ids: tuple[str, ...]) -> None:
    cues = (f"{number}\n{timing(i)}\nword {i}\n\n" for i, number in enumerate(ids))
    assert read("".join(cues).replace("\n\n00", "\n00")).turns[0].text == "word 0 word 1 word 2"


def test_a_year_above_a_timing_is_taken_for_its_number_only_there() -> None:
    assert turns("It was\n1984\nand cold.", "In 1984.") == [(None, "It was 1984 and cold. In 1984.")]


def test_a_file_in_windows_1252_reads() -> None:
    record = formats.read(srt("El señor Núñez dijo “no”.", "¿Por qué?").encode("cp1252"), "talk.srt")
    assert record.turns[0].text == "El señor Núñez dijo “no”. ¿Por qué?"


def test_a_byte_order_mark_and_carriage_returns_read() -> None:
    record = formats.read(b"\xef\xbb\xbf" + srt("One.", "Two.").replace("\n", "\r\n").encode(), "talk.srt")
    assert record.turns[0].text == "One. Two."


def test_player_directions_and_styles_are_no_words() -> None:
    payload = r"{\an8}<i>One</i> {\pos(192,180)}<font color=\"#ffff00\">two</font> {braces} stay"
    assert turns(payload) == [(None, "One two {braces} stay")]


def test_an_empty_caption_counts_and_says_nothing() -> None:
    record = read(srt("One.", "", "Three."))
    assert (record.header["cues"], record.turns[0].text) == ("3", "One. Three.")


def test_an_end_before_its_start_is_told_and_mended() -> None:
    record = read("1\n00:00:05,000 --> 00:00:02,000\nBackwards.\n")
    assert [(turn.start_ms, turn.end_ms) for turn in record.turns] == [(5_000, 5_000)]
    assert record.problems[0].severity is Severity.WARNING


def test_names_in_capitals_hold_until_the_voice_changes() -> None:
    got = turns("MODERATOR: Good evening.", "We have one hour.", "MS. DIAZ (continuing): I was saying", "MR.FORD: No.")
    assert got == [
        ("MODERATOR", "Good evening. We have one hour."),
        ("MS. DIAZ (continuing)", "I was saying"),
        ("MR.FORD", "No."),
    ]


def test_labels_of_diarisation_are_kept_and_the_grade_is_machine() -> None:
    record = read(srt("[SPEAKER_00]: Shall we?", "[SPEAKER_00]: We shall.", "[SPEAKER_01]: Aye."))
    assert said(record.turns) == [("SPEAKER_00", "Shall we? We shall."), ("SPEAKER_01", "Aye.")]
    assert record.grade is Grade.MACHINE


def test_a_name_alone_on_its_line_labels_the_words_below() -> None:
    assert turns("DIAZ:\nGood evening.", "FORD:\nHello.") == [("DIAZ", "Good evening."), ("FORD", "Hello.")]


def test_a_dash_and_a_name_is_that_voice() -> None:
    got = turns("- DIAZ: Who signed?\n- FORD: I did.", "- Who?\n- He did.")
    assert got == [("DIAZ", "Who signed?"), ("FORD", "I did."), (None, "Who?"), (None, "He did.")]


def test_role_labels_are_printed_labels() -> None:
    got = turns("AUDIENCE QUESTION: Why?", "CANDIDATES: Because.", "UNIDENTIFIED MALE: Really?", "BUSH (?): Yes.")
    assert [label for label, _ in got] == ["AUDIENCE QUESTION", "CANDIDATES", "UNIDENTIFIED MALE", "BUSH (?)"]


def test_a_phantom_word_in_silence_is_left_out_and_said_so() -> None:
    text = (
        "1\n00:00:00,000 --> 00:00:02,060\nyou\n\n2\n00:00:30,000 --> 00:00:56,000\ni\n\n"
        "3\n00:01:00,000 --> 00:01:04,000\nGood evening to\n\n4\n00:01:04,000 --> 00:01:05,000\nyou\n"
    )
    record = read(text)
    assert said(record.turns) == [(None, "Good evening to you")]
    assert [problem.line for problem in record.problems if problem.severity is Severity.WARNING] == [3, 7]


def test_the_same_words_many_times_over_are_kept_and_told() -> None:
    record = read(srt("Good evening.", "Thank you.", "Thank you.", "Thank you.", "Thank you."))
    assert record.turns[0].text == "Good evening." + " Thank you." * 4
    assert any("4 times in a row" in problem.message for problem in record.problems)


def test_rolling_lines_turned_into_srt_are_unrolled() -> None:
    shown = [
        ("the board", 2_000),
        ("the board", 10),
        ("the board\nis very", 2_000),
        ("is very", 10),
        ("is very\nvery late", 2_000),
    ]
    cues, at = [], 0
    for i, (payload, lasts) in enumerate(shown):
        cues.append(
            f"{i + 1}\n00:00:0{at // 1000},{at % 1000:03d} --> 00:00:0{(at + lasts) // 1000},{(at + lasts) % 1000:03d}\n{payload}\n"
        )
        at += lasts
    assert said(read("\n".join(cues)).turns) == [(None, "the board is very very late")]


def test_applause_is_a_scene() -> None:
    assert [turn.kind for turn in read(srt("Thank you.", "(APPLAUSE)", "Please sit.")).turns] == [
        TurnKind.SPEECH,
        TurnKind.SCENE,
        TurnKind.SPEECH,
    ]


@pytest.mark.parametrize("text", ["", "no captions here", "1\n2\n3\n", "00:00 --> soon\nwords"])
def test_a_file_without_captions_is_refused(text: str) -> None:
    with pytest.raises(BadFile, match="no captions"):
        read(text)


def test_words_before_the_first_caption_are_told() -> None:
    record = read("A title\n\n" + srt("Hello."))
    assert said(record.turns) == [(None, "Hello.")]
    assert any("A title" in problem.message for problem in record.problems)


@pytest.mark.parametrize("print", ["{}: {}", "[{}] {}", "<i>{}:</i> {}"])
def test_a_voice_that_comes_once_among_captions_that_all_name_somebody(print: str) -> None:
    talk = [
        ("Ida Quill", "Good evening."),
        ("Oren Mask", "Hello."),
        ("Ida Quill", "Questions?"),
        ("Oren Mask", "None."),
    ]
    said_once = ("Lloyd St. James", "Can I ask?")
    assert turns(*(print.format(*one) for one in [*talk, said_once, talk[1]])) == [*talk, said_once, talk[1]]


def test_a_name_in_brackets_that_the_file_does_not_bear_out_is_nobodys() -> None:
    named = [
        "[Ida Quill] Good evening.",
        "[Oren Mask] Hello.",
        "[Ida Quill] Well.",
        "[Oren Mask] Yes.",
        "[Ida Quill] So.",
    ]
    read = turns(*named, "And more of it.", "[Lloyd Park] Can I ask?", *named)
    assert [words for label, words in read if label is None] == ["[Lloyd Park] Can I ask?"]
