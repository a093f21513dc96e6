"""WebVTT: voices, tags, headers, line ends, and every way its captions say that somebody else speaks."""

import pytest

from tests.transcripts.formats.captions_text import said, timing, webvtt
from transcripts import formats
from transcripts.errors import BadFile
from transcripts.formats.parsed import ParsedRecord
from transcripts.formats.webvtt import read, sniff
from transcripts.vocabulary import Grade, Severity, TurnKind


def turns(*payloads: str) -> list[tuple[str | None, str]]:
    return said(read(webvtt(*payloads)).turns)


def messages(record: ParsedRecord, severity: Severity) -> list[str]:
    return [problem.message for problem in record.problems if problem.severity is severity]


def test_the_first_word_of_the_file_is_enough() -> None:
    assert sniff(webvtt("Hello."), None) == 1.0
    assert sniff("WEBVTT - with a title\n\n", "talk.txt") == 1.0
    assert sniff("WEBVTTX\n\n00:01.000 --> 00:02.000\nHello.", "talk.vtt") == 0.0


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_all_line_ends_and_a_byte_order_mark_read_alike(end: str) -> None:
    text = webvtt("<v Ana>Good evening.", "<v Bo>Hello.")
    record = formats.read(b"\xef\xbb\xbf" + text.replace("\n", end).encode(), "talk.vtt")
    assert said(record.turns) == [("Ana", "Good evening."), ("Bo", "Hello.")]


def test_hours_are_optional_and_settings_are_no_words() -> None:
    text = "WEBVTT\n\n00:01.250 --> 01:02.500 align:start position:10% line:0\nHello.\n\n100:00:00.000 --> 100:00:01.000\nBye."
    record = read(text)
    assert [(turn.start_ms, turn.end_ms, turn.text) for turn in record.turns] == [
        (1_250, 62_500, "Hello."),
        (360_000_000, 360_001_000, "Bye."),
    ]


def test_a_voice_span_may_have_classes_and_references() -> None:
    assert turns("<v.first.loud Mary Ann O&#39;Neil>Roads &amp; sewers.", "<v\tBo &amp; Co>Hello.") == [
        ("Mary Ann O'Neil", "Roads & sewers."),
        ("Bo & Co", "Hello."),
    ]


def test_several_voices_in_one_caption_are_several_turns_with_its_times() -> None:
    record = read(webvtt("<v Ana>Is it?</v> <v Bo>It is.</v>"))
    assert said(record.turns) == [("Ana", "Is it?"), ("Bo", "It is.")]
    assert (record.turns[0].start_ms, record.turns[-1].end_ms) == (0, 4_000)
    assert record.turns[0].end_ms == record.turns[1].start_ms


def test_words_after_a_closed_voice_span_are_nobodys() -> None:
    assert turns("<v Ana>Good evening.</v> Hear, hear.") == [("Ana", "Good evening."), (None, "Hear, hear.")]


def test_a_caption_without_its_voice_span_is_nobodys_and_said_so() -> None:
    record = read(webvtt("<v Ana>Good evening.", "and welcome.", "<v Ana>We begin."))
    assert said(record.turns) == [("Ana", "Good evening."), (None, "and welcome."), ("Ana", "We begin.")]
    assert any("Nobody is named" in message for message in messages(record, Severity.WARNING))


def test_captions_of_one_voice_join_and_a_long_silence_parts_them() -> None:
    text = f"WEBVTT\n\n{timing(0)}\n<v Ana>One,\n\n{timing(1)}\n<v Ana>two.\n\n{timing(60)}\n<v Ana>Three.\n"
    assert [(turn.text, turn.start_ms, turn.end_ms) for turn in read(text).turns] == [
        ("One, two.", 0, 8_000),
        ("Three.", 240_000, 244_000),
    ]


def test_notes_styles_and_regions_are_not_words() -> None:
    blocks = "NOTE\ntwo lines\nof comment\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:x\n\n"
    text = f"WEBVTT\nKind: subtitles\n\n{blocks}{timing(0)}\nHello.\n\nNOTE one line\n\n{timing(1)}\nNOTE that it is late.\n"
    record = read(text)
    assert said(record.turns) == [(None, "Hello. NOTE that it is late.")]
    assert record.header["Kind"] == "subtitles"


def test_ids_are_kept_as_references_and_never_as_words() -> None:
    text = f"WEBVTT\n\nopening\n{timing(0)}\n<v Ana>Hello.\n\n17\n{timing(1)}\n<v Bo>In 2016 there were\n1200\n"
    assert [(turn.source_ref, turn.text) for turn in read(text).turns] == [
        ("opening", "Hello."),
        ("17", "In 2016 there were 1200"),
    ]


def test_tags_go_and_what_only_looks_like_one_stays() -> None:
    payload = "<i><b>Nested</b></i> <c.yellow>tags</c> <00:00:01.000>go; a < b and c > d, <unclear> stays."
    assert turns(payload) == [(None, "Nested tags go; a < b and c > d, <unclear> stays.")]


def test_unknown_references_stay_as_printed() -> None:
    assert turns("AT&T &amp; R&D &nosuchthing; &lt;here&gt; &#233;") == [(None, "AT&T & R&D &nosuchthing; <here> é")]


def test_a_chevron_is_a_change_of_voice_and_nobodys_name() -> None:
    assert turns("&gt;&gt; GOOD EVENING.\nPLEASE SIT. &gt;&gt; THANK YOU.", "&gt;&gt;HERE.") == [
        (None, "GOOD EVENING. PLEASE SIT."),
        (None, "THANK YOU."),
        (None, "HERE."),
    ]


def test_a_chevron_at_the_end_of_a_caption_belongs_to_the_next_words() -> None:
    assert turns(">> WHO SIGNED IT? >>", "I DID.") == [(None, "WHO SIGNED IT?"), (None, "I DID.")]


def test_a_name_after_a_chevron_is_a_label_until_the_next() -> None:
    got = turns(">> MAYOR DIAZ: THE QUESTION IS: WHO\nPAYS?", "NOT US.", ">> CLERK: NOTED.", ">> AND I AGREE.")
    assert got == [
        ("MAYOR DIAZ", "THE QUESTION IS: WHO PAYS? NOT US."),
        ("CLERK", "NOTED."),
        (None, "AND I AGREE."),
    ]


def test_names_on_every_caption_are_never_carried_to_one_without() -> None:
    got = turns("Ana Lima: Good evening.", "Ana Lima: Please sit.", "Room 2: It is", "Room 2: cold.", "Who is that?")
    assert got == [("Ana Lima", "Good evening. Please sit."), ("Room 2", "It is cold."), (None, "Who is that?")]


@pytest.mark.parametrize(
    "line",
    [
        "we meet at 7:30 tonight",
        "See https://harborfalls.example/pool: it is all there.",
        "Question: where does it go?",
        "Answer: to the sea.",
        "The problem is this: nobody asked.",
        "John 3:16 is on the sign.",
        "Item 4: the snow contract.",
        "Public comment: none.",
    ],
)
def test_a_colon_alone_makes_no_speaker(line: str) -> None:
    assert turns(line, line, line) == [(None, " ".join([line] * 3))]


def test_a_doubtful_name_ends_the_voice_before_and_stays_in_the_words() -> None:
    got = turns("MODERATOR: Good evening.", "ADEYEMI: Hello.", "Desmond Pruitt: I disagree.", "MODERATOR: Go on.")
    assert got == [
        ("MODERATOR", "Good evening."),
        ("ADEYEMI", "Hello."),
        (None, "Desmond Pruitt: I disagree."),
        ("MODERATOR", "Go on."),
    ]


def test_a_voice_goes_on_after_applause() -> None:
    record = read(
        webvtt("MODERATOR: Good evening.", "ADEYEMI: We won.", "(APPLAUSE)", "And they lost.", "MODERATOR: Sit.")
    )
    assert said(record.turns)[1:4] == [("ADEYEMI", "We won."), (None, "(APPLAUSE)"), ("ADEYEMI", "And they lost.")]
    assert record.turns[2].kind is TurnKind.SCENE


def test_one_name_and_no_other_is_not_carried_through_the_file() -> None:
    got = turns("MODERATOR: Good evening.", "MODERATOR: Sit.", "Thank you all for coming.")
    assert got == [("MODERATOR", "Good evening. Sit."), (None, "Thank you all for coming.")]


def test_dashes_part_two_voices_and_a_minus_does_not() -> None:
    assert turns("- Are you there?\n- I am.", "-5 degrees and falling") == [
        (None, "Are you there?"),
        (None, "I am. -5 degrees and falling"),
    ]


def test_names_in_brackets_without_a_colon() -> None:
    numbered = turns("[SPEAKER_00] Shall we?", "[SPEAKER_01] We shall.")
    assert numbered == [("SPEAKER_00", "Shall we?"), ("SPEAKER_01", "We shall.")]
    after_a_dash = turns("- [Ana] Shall we?", "- [Moderator] We shall.\n- [Applause]")
    assert after_a_dash == [("Ana", "Shall we?"), ("Moderator", "We shall."), (None, "[Applause]")]
    on_their_own_lines = turns(
        "(Ana Lima)\nShall we", "(Ana Lima)\nbegin?\n-\n(Bo Reyes)\nWe shall.", "(Bo Reyes)\nNow."
    )
    assert on_their_own_lines == [("Ana Lima", "Shall we begin?"), ("Bo Reyes", "We shall. Now.")]


def test_a_note_in_brackets_names_nobody() -> None:
    record = read(
        webvtt("[Sirens]", "we heard that", "[Sirens]", "(Spanish) buenas noches", "(Spanish) a todas", "we go on")
    )
    assert {turn.label for turn in record.turns} == {None}
    assert record.turns[0].kind is TurnKind.SCENE


def test_webex_names_speakers_in_the_ids() -> None:
    text = f'WEBVTT\n\n1 "Ana Lima" (302349)\n{timing(0)}\nShall we?\n\n2 "Bo Reyes" (302350)\n{timing(1)}\nWe shall.\n'
    assert said(read(text).turns) == [("Ana Lima", "Shall we?"), ("Bo Reyes", "We shall.")]


def test_music_and_applause_are_scenes_and_a_bleeped_word_is_not() -> None:
    record = read(webvtt("[Music]", "♪ la la ♪", "that is [ __ ] nonsense", "[Applause]"))
    assert [turn.kind for turn in record.turns] == [TurnKind.SCENE, TurnKind.SCENE, TurnKind.SPEECH, TurnKind.SCENE]


def test_rolling_captions_keep_every_word_once() -> None:
    text = (
        "WEBVTT\nKind: captions\nLanguage: en\n\n"
        "00:00:00.160 --> 00:00:02.389 align:start position:0%\n \nthe<00:00:00.480><c> board</c>\n\n"
        "00:00:02.389 --> 00:00:02.399 align:start position:0%\nthe board\n \n\n"
        "00:00:02.399 --> 00:00:04.470 align:start position:0%\nthe board\nis<00:00:02.720><c> very</c>\n\n"
        "00:00:04.470 --> 00:00:04.480 align:start position:0%\nis very\n \n\n"
        "00:00:04.480 --> 00:00:07.110 align:start position:0%\nis very\nvery<00:00:05.120><c> late</c>\n"
    )
    record = read(text)
    assert said(record.turns) == [(None, "the board is very very late")]
    assert record.header["cues"] == "5"
    assert any("repeated words were left out" in message for message in messages(record, Severity.INFO))


def test_captions_of_three_lines_that_scroll_keep_every_word_once() -> None:
    lines = [f"LINE {n} OF THE SPEECH" for n in "ONE TWO THREE FOUR FIVE SIX".split()]
    record = read(webvtt(*("\n".join(lines[max(0, i - 2) : i + 1]) for i in range(len(lines)))))
    assert record.turns[0].text == " ".join(lines)


def test_growing_captions_keep_every_word_once() -> None:
    assert turns("we", "we will", "we will vote", "we will vote now") == [(None, "we will vote now")]


def test_people_who_say_the_same_stay_when_nothing_rolls() -> None:
    assert turns("All in favor?", "Aye.", "Aye.", "Aye.", "Opposed?", "No.", "No.") == [
        (None, "All in favor? Aye. Aye. Aye. Opposed? No. No.")
    ]


def test_a_timing_without_an_empty_line_before_it_still_begins_a_caption() -> None:
    record = read(f"WEBVTT\n\n{timing(0)}\nOne\nline.\n{timing(1)}\nTwo.\n")
    assert record.header["cues"] == "2"
    assert record.turns[0].text == "One line. Two."


def test_words_after_an_empty_line_in_a_caption_are_kept() -> None:
    record = read(f"WEBVTT\n\n{timing(0)}\nOne\n\ntwo.\n\n{timing(1)}\nThree.\n")
    assert record.turns[0].text == "One two. Three."
    assert any("after a blank line" in message for message in messages(record, Severity.INFO))


def test_a_broken_time_is_named_and_its_words_are_kept() -> None:
    record = read(f"WEBVTT\n\n{timing(0)}\nOne.\n\n00:00:04.000 --> 00:00:0x.000\nTwo.\n\n{timing(2)}\nThree.\n")
    assert record.turns[0].text == "One. Two. Three."
    assert [problem.line for problem in record.problems if problem.severity is Severity.WARNING] == [6]


def test_an_arrow_that_is_no_timing_is_words() -> None:
    assert turns("Route A --> B is closed") == [(None, "Route A --> B is closed")]


def test_times_that_go_back_are_told_and_never_sorted() -> None:
    record = read(f"WEBVTT\n\n{timing(9)}\nLast.\n\n{timing(0)}\nFirst.\n")
    assert [turn.text for turn in record.turns] == ["Last.", "First."]
    assert any("Times go back" in message for message in messages(record, Severity.WARNING))


def test_captions_shown_while_the_next_begins_end_where_it_starts() -> None:
    cues = "".join(f"00:00:{i:02d}.000 --> 00:00:{i + 5:02d}.000\n<v {'AB'[i % 2]}>word {i}\n\n" for i in range(6))
    found = read(f"WEBVTT\n\n{cues}").turns
    assert [(turn.start_ms, turn.end_ms) for turn in found[:2]] == [(0, 1_000), (1_000, 2_000)]


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        (webvtt("<v Ana>Hello."), Grade.PUBLISHED),
        (webvtt("Hello."), Grade.MACHINE),
        (webvtt("<v Speaker 1>Hello."), Grade.MACHINE),
        (webvtt("<v Ana>Hello.", header="WEBVTT\nKind: captions\nLanguage: en"), Grade.MACHINE),
        (f"WEBVTT\n\n0a1b2c3d-1111-4222-8333-444455556666/1-0\n{timing(0)}\n<v Ana>Hello.\n", Grade.MACHINE),
    ],
)
def test_the_grade_says_whether_software_wrote_it(text: str, grade: Grade) -> None:
    assert read(text).grade is grade


def test_a_paragraph_breaks_at_the_end_of_a_sentence_and_is_neither_long_nor_short() -> None:
    sentences = [f"This is sentence number {n} of a long and even speech about the harbor." for n in range(60)]
    words = " ".join(sentences).split()
    found = read(webvtt(*(" ".join(words[i : i + 7]) for i in range(0, len(words), 7)))).turns
    assert " ".join(turn.text for turn in found) == " ".join(words)
    assert all(turn.text.endswith(".") and 30 <= len(turn.text.split()) <= 120 for turn in found)
    assert all(before.end_ms <= after.start_ms for before, after in zip(found, found[1:], strict=False))


def test_a_paragraph_of_words_without_sentences_breaks_at_the_longest_pause() -> None:
    cues = "".join(
        f"00:{i * 3 // 60:02d}:{i * 3 % 60:02d}.000 --> 00:{i * 3 // 60:02d}:{i * 3 % 60 + (1 if i == 11 else 2):02d}.900\n"
        f"seven words of caption number {i} here\n\n"
        for i in range(20)
    )
    first = read(f"WEBVTT\n\n{cues}").turns[0]
    assert first.text.endswith("number 11 here")


def test_abbreviations_end_no_sentence() -> None:
    text = " ".join(["We heard Mr. Adeyemi of 12 Mill St. Monday at 7 p.m. in the U.S. Grange hall"] * 12)
    assert all(not turn.text.endswith(("Mr.", "St.", "p.m.", "U.S.")) for turn in read(webvtt(text)).turns)


@pytest.mark.parametrize(
    "text", ["WEBVTT", "WEBVTT\n\n", "WEBVTT\n\nNOTE nothing here\n", f"WEBVTT\n\n{timing(0)}\n\n"]
)
def test_a_file_without_captions_is_refused(text: str) -> None:
    with pytest.raises(BadFile, match="no captions"):
        read(text)


def test_a_file_cut_off_anywhere_reads_or_is_refused() -> None:
    text = webvtt("<v.a Ana &amp; Bo>Good <i>evening</i>.</v> Hear.", "12\n&gt;&gt; Name: words", "(applause)")
    for end in range(len(text)):
        try:
            record = read(text[:end])
        except BadFile:
            continue
        assert all(turn.text for turn in record.turns)
