"""What people paste: each service's way to print a name and a time, told apart from the others and from prose."""

from types import ModuleType

import pytest

from tests.transcripts.formats.captions_text import said
from transcripts import formats
from transcripts.errors import BadFile
from transcripts.formats import descript, meet, otter, rev, teams, trint, youtube, zoom
from transcripts.formats.parsed import ParsedRecord
from transcripts.vocabulary import Grade, Severity, TurnKind

PASTED = [youtube, zoom, teams, meet, otter, rev, descript, trint]
SPOKEN = [("Ana Lima", "Good evening."), ("Bo Reyes", "Thank you: I am glad to be here."), ("Ana Lima", "Go on.")]
SAME_TALK = {
    "zoom": "[Ana Lima] 00:00:03\nGood evening.\n\n[Bo Reyes] 00:00:19\nThank you: I am\nglad to be here.\n\n[Ana Lima] 00:01:30\nGo on.\n",
    "teams": "Ana Lima   0:03\nGood evening.\nBo Reyes   0:19\nThank you: I am\nglad to be here.\nAna Lima   1:30\nGo on.\n",
    "otter": "Ana Lima  0:03  \nGood evening.\n\nBo Reyes  0:19  \nThank you: I am glad to be here.\n\nAna Lima  1:30  \nGo on.\n",
    "rev": "Ana Lima (00:03):\nGood evening.\n\nBo Reyes (00:19):\nThank you: I am glad to be here.\n\nAna Lima (01:30):\nGo on.\n",
    "descript": "[00:00:03] Ana Lima: Good evening.\n[00:00:19] Bo Reyes: Thank you: I am glad to be here.\n[00:01:30] Ana Lima: Go on.\n",
    "trint": "00:00:03 Ana Lima\nGood evening.\n00:00:19 Bo Reyes\nThank you: I am glad to be here.\n00:01:30 Ana Lima\nGo on.\n",
}


def problems(record: ParsedRecord, severity: Severity) -> str:
    return " ".join(problem.message for problem in record.problems if problem.severity is severity)


@pytest.mark.parametrize("name", SAME_TALK)
def test_one_talk_reads_alike_from_every_service(name: str) -> None:
    record = formats.read(SAME_TALK[name].encode())
    assert record.format == name
    assert said(record.turns) == SPOKEN
    assert [turn.start_ms for turn in record.turns] == [3_000, 19_000, 90_000]
    assert "from the start of the recording" in problems(record, Severity.INFO)


@pytest.mark.parametrize("name", SAME_TALK)
def test_exactly_one_service_claims_it(name: str) -> None:
    scores = {known.NAME: known.sniff(SAME_TALK[name], None) for known in formats.TEXT}
    best = scores.pop(name)
    assert best >= 0.95
    assert all(score < best * formats.TOO_CLOSE or (best == 1.0 and score < 1.0) for score in scores.values()), scores


@pytest.mark.parametrize("known", PASTED)
def test_prose_is_nobodys_paste(known: ModuleType) -> None:
    prose = (
        "The council met at 7:30 on Monday. Mayor Lima said the pool opens at 9:00.\n\nBo Reyes arrived at 10:15.\n"
        "MODERATOR: Good evening. It is 7:30.\nREYES: It is 7:31.\nMODERATOR: So it is.\n"
    )
    assert known.sniff(prose, None) == 0.0


@pytest.mark.parametrize("known", PASTED)
@pytest.mark.parametrize("text", ["", "words", "a: b", "0:00", "Ana  0:03"])
def test_what_is_not_there_is_refused(known: ModuleType, text: str) -> None:
    if known is youtube and text == "words":
        assert known.sniff(text, None) == 0.0
    try:
        record = known.read(text)
    except BadFile as refused:
        assert str(refused)
    else:
        assert record.turns


def test_times_of_day_are_counted_from_the_first_and_pass_midnight() -> None:
    record = zoom.read("[Ana] 23:59:00\nLate.\n\n[Bo] 00:00:30\nLater.\n")
    assert [turn.start_ms for turn in record.turns] == [0, 90_000]
    assert "counted from the first, 23:59:00" in problems(record, Severity.INFO)


def test_halves_of_the_day_are_times_of_day() -> None:
    record = trint.read(
        "[11:59:30 AM] Ana Lima\nMorning.\n[12:00:10 PM] Bo Reyes\nNoon.\n[1:00:00 PM] Ana Lima\nLunch.\n"
    )
    assert [turn.start_ms for turn in record.turns] == [0, 40_000, 3_630_000]


def test_an_excerpt_that_begins_late_is_still_counted_from_the_start() -> None:
    record = otter.read("Ana Lima  1:02:03  \nGo on.\n\nBo Reyes  1:02:09  \nI will.\n")
    assert record.turns[0].start_ms == 3_723_000


def test_times_that_go_back_are_told_and_never_sorted() -> None:
    record = otter.read("Ana Lima  0:30  \nSecond.\n\nBo Reyes  0:10  \nFirst.\n")
    assert [turn.text for turn in record.turns] == ["Second.", "First."]
    assert "Times go back" in problems(record, Severity.WARNING)


def test_names_keep_what_is_printed_with_them() -> None:
    record = teams.read(
        "Jane Doe (she/her)   0:03\nHello.\nO'Neil, Mary (Guest)\t0:09\nHello.\nRoom 2   0:12\nHello.\n"
    )
    assert [turn.label for turn in record.turns] == ["Jane Doe (she/her)", "O'Neil, Mary (Guest)", "Room 2"]


def test_a_name_without_words_is_told() -> None:
    record = otter.read("Ana Lima  0:03  \n\nBo Reyes  0:09  \nHello.\n")
    assert said(record.turns) == [("Bo Reyes", "Hello.")]
    assert "No words stand under" in problems(record, Severity.WARNING)


def test_otter_keeps_unknown_speakers_paragraphs_and_leaves_its_last_line_out() -> None:
    record = formats.read(
        b"Unknown Speaker  0:00  \nIs it on?\n\nAna Lima  0:04  \nYes.\n\nWe begin.\n\nTranscribed by https://otter.ai\n"
    )
    assert said(record.turns) == [("Unknown Speaker", "Is it on?"), ("Ana Lima", "Yes.\n\nWe begin.")]
    assert record.grade is Grade.MACHINE


def test_otter_without_speakers_has_unknown_voices() -> None:
    record = formats.read(b"0:01  \nGood evening.\n\n0:15  \nWe begin.\n\nTranscribed by https://otter.ai\n")
    assert (record.format, said(record.turns)) == ("otter", [(None, "Good evening."), (None, "We begin.")])


def test_a_spoken_time_with_two_spaces_before_it_is_no_name() -> None:
    record = otter.read(
        "Ana Lima  0:03  \nWe open, as I said.  At  7:30\nand close at nine.\n\nBo Reyes  0:09  \nFine.\n"
    )
    assert [turn.label for turn in record.turns] == ["Ana Lima", "Bo Reyes"]


def test_teams_joins_what_its_page_reads_out() -> None:
    page = (
        "Transcript\nSearch\n\nAna Lima\n0 minutes 3 seconds0:03\nAna Lima 0 minutes 3 seconds\nGood evening.\n"
        "Ana Lima 0 minutes 7 seconds\nPlease sit.\nBR\n\nReyes, Bo\n1 minute 10 seconds1:10\nReyes, Bo 1 minute 10 seconds\nThank you.\n"
    )
    record = formats.read(page.encode())
    assert record.format == "teams"
    assert said(record.turns) == [("Ana Lima", "Good evening. Please sit."), ("Reyes, Bo", "Thank you.")]
    assert [turn.start_ms for turn in record.turns] == [3_000, 70_000]


def test_teams_keeps_times_that_were_spoken() -> None:
    record = teams.read("Ana Lima   0:03\nWe waited 3 minutes 5 seconds\nBo Reyes   0:19\nSearch\n")
    assert said(record.turns) == [("Ana Lima", "We waited 3 minutes 5 seconds"), ("Bo Reyes", "Search")]


def test_zoom_reads_names_and_times_on_lines_of_their_own() -> None:
    text = "Ana Lima\n00:03\nGood evening.\n\nBo Reyes\n00:19\nThank you.\n\nAna Lima\n00:30\nGo on.\n"
    record = formats.read(text.encode())
    assert (record.format, [label for label, _ in said(record.turns)]) == ("zoom", ["Ana Lima", "Bo Reyes", "Ana Lima"])


def test_a_chat_is_told_from_speech() -> None:
    record = formats.read(
        b"18:03:22\t From Ana Lima to Everyone:\n\tWelcome\n18:04:10\t From Bo to Ana Lima(Direct Message) : Hi\n"
    )
    assert said(record.turns) == [("Ana Lima", "Welcome"), ("Bo", "Hi")]
    assert "chat" in problems(record, Severity.WARNING)


def test_zoom_reads_columns_set_apart_by_tabs() -> None:
    record = formats.read(b"00:00:01\tAna Lima\tGood evening.\n00:00:09\tBo Reyes\tHello: hi.\n")
    assert (record.format, said(record.turns)) == ("zoom", [("Ana Lima", "Good evening."), ("Bo Reyes", "Hello: hi.")])


MEETING = (
    "Oct 2, 2026\nFerry committee - Transcript\nAttendees\nAna Lima, Lou\nTranscript\n00:00:00\n\nAna Lima: Good evening.\n"
    "Lou: One thing: the ramp is\nstill closed.\nThe reason: nobody signed.\n\n00:05:12\n\nLou: It was signed.\nAna Lima: By me.\n"
    "Transcription ended after 00:06:31\n"
)


def test_meet_gives_each_heading_to_the_first_voice_under_it() -> None:
    record = formats.read(MEETING.encode())
    assert record.format == "meet"
    assert [(turn.label, turn.start_ms) for turn in record.turns] == [
        ("Ana Lima", 0),
        ("Lou", None),
        ("Lou", 312_000),
        ("Ana Lima", None),
    ]
    assert record.turns[1].text == "One thing: the ramp is still closed. The reason: nobody signed."
    assert record.header == {
        "title": "Ferry committee - Transcript",
        "date": "Oct 2, 2026",
        "attendees": "Ana Lima, Lou",
    }


def test_meet_names_whoever_speaks_once() -> None:
    text = MEETING.replace("Attendees\nAna Lima, Lou\n", "").replace("Ana Lima: By me.", "Zoe: By me.\njsmith22: No.")
    assert said(meet.read(text).turns)[-2:] == [("Zoe", "By me."), ("jsmith22", "No.")]


def test_meet_reads_bold_names_and_headings() -> None:
    text = MEETING.replace("Ana Lima:", "**Ana Lima:**").replace("Lou:", "**Lou:**").replace("00:05:12", "### 00:05:12")
    assert said(formats.read(text.encode()).turns) == said(formats.read(MEETING.encode()).turns)


def test_rev_reads_words_below_and_beside() -> None:
    below = "Ana (00:03):\nHello.\n\nBo (01:02:03):\nHi.\n"
    beside = "**Ana (00:03):** Hello.\n**Bo (01:02:03):** Hi.\n"
    assert said(rev.read(below).turns) == said(rev.read(beside).turns) == [("Ana", "Hello."), ("Bo", "Hi.")]


def test_a_time_after_the_colon_is_left_to_plain_text() -> None:
    assert (
        formats.read(b"Ana Lima: (00:03)\nHello there.\n\nBo Reyes: (00:19)\nHi.\n\nAna Lima: (00:30)\nGo on.\n").format
        == "plain"
    )


def test_descript_goes_on_with_the_voice_above_where_nobody_is_named() -> None:
    record = descript.read(
        "[0:03] Ana Lima: Hello.\n[0:19] Bo Reyes: Hi.\n[0:40] so it says: nobody signed\n[0:50] that is all\n"
    )
    assert said(record.turns) == [("Ana Lima", "Hello."), ("Bo Reyes", "Hi. so it says: nobody signed that is all")]


def test_trint_takes_no_spoken_time_for_a_name() -> None:
    record = trint.read(
        "Ana Lima [00:00:03]\nWe meet at 10:30.\nBo Reyes [00:00:19]\nIt ended at 10:30:15\nand not before.\n"
    )
    assert [turn.label for turn in record.turns] == ["Ana Lima", "Bo Reyes"]


def panel(text: str) -> list[str]:
    return [turn.text for turn in youtube.read(text).turns]


def test_the_panel_in_all_the_ways_it_copies() -> None:
    words = ["good evening and welcome", "to the grange hall"]
    alternate = f"0:00\n{words[0]}\n1:02:03\n{words[1]}\n"
    one_line = f"0:00 {words[0]}\n1:02:03 {words[1]}\n"
    glued = f"0:00{words[0]}\n1:02:03{words[1]}\n"
    bracketed = f"[0:00] {words[0]}\n[1:02:03] {words[1]}\n"
    read_out = f"0:000 seconds{words[0]}\n1:02:031 hour, 2 minutes, 3 seconds{words[1]}\n"
    below = f"0:00\n0 seconds\n{words[0]}\n1:02:03\n1 hour, 2 minutes, 3 seconds\n{words[1]}\n"
    for text in (alternate, one_line, glued, bracketed, read_out, below):
        record = formats.read(text.encode())
        assert (record.format, [turn.text for turn in record.turns]) == ("youtube", words), text
        assert record.turns[1].start_ms == 3_723_000
        assert {turn.label for turn in record.turns} == {None}


def test_a_time_read_out_goes_and_a_time_that_was_spoken_stays() -> None:
    assert panel("0:4040 seconds40 seconds are up\n5:005 minutesso we go\n1:011 minute, 1 second3 buses came\n") == [
        "40 seconds are up",
        "so we go",
        "3 buses came",
    ]
    assert panel("0:40\n40 seconds are up\n0:44\nso we go\n0:50\nhome\n") == ["40 seconds are up so we go home"]


def test_a_time_in_the_words_is_no_time_of_the_panel() -> None:
    assert panel("0:00\nwe open\n0:04\n7:30 is when\n0:06\nwe close\n") == ["we open 7:30 is when we close"]


def test_titles_of_chapters_are_not_spoken() -> None:
    lines = [f"0:{i * 4:02d}\nwords of line {i}" for i in range(12)]
    lines.insert(6, "Parks and pools")
    record = youtube.read("Opening\n" + "\n".join(lines))
    assert "Parks" not in " ".join(turn.text for turn in record.turns)
    assert (record.header["title"], record.header["chapters"]) == ("Opening", "Parks and pools")
    assert "Titles of chapters (1)" in problems(record, Severity.INFO)


def test_numbered_chapters_and_the_list_of_them_above_are_not_spoken() -> None:
    text = (
        "Timestamps:\n0:00 Opening\n1:03 The pool\n\nChapter 1: Opening\n0:022 secondsGood evening.\n0:077 secondsPlease sit,\n"
        "Chapter 2: The pool, and what it costs.\n1:031 minute, 3 secondsall of you.\nIt opens in June.\n"
        "1:101 minute, 10 secondsThat is all.\n"
    )
    record = formats.read(text.encode())
    assert " ".join(turn.text for turn in record.turns) == (
        "Good evening. Please sit, all of you. It opens in June. That is all."
    )
    assert record.header["chapters"] == "Opening; The pool, and what it costs."


def test_captions_of_two_lines_are_no_chapters() -> None:
    assert panel("0:00\nWe had a plan\nFor the Pool\n0:04\nAnd a Pump\nFrom Mill Street\n") == [
        "We had a plan For the Pool And a Pump From Mill Street"
    ]


def test_marks_in_the_panel_change_the_voice_and_music_is_a_scene() -> None:
    record = youtube.read(
        "0:00\n>> who signed\n0:04\n>> i did\n0:08\n[Music]\n0:12\nSync to video time\n0:14\n- and i\n"
    )
    assert said(record.turns) == [(None, "who signed"), (None, "i did"), (None, "[Music]"), (None, "and i")]
    assert record.turns[2].kind is TurnKind.SCENE


def test_a_dash_after_every_time_is_no_change_of_voice() -> None:
    assert panel("".join(f"0:0{i} - word {i}\n" for i in range(6))) == ["word 0 word 1 word 2 word 3 word 4 word 5"]


def test_a_time_in_the_digits_of_another_script_is_no_time() -> None:
    talk = SAME_TALK["zoom"].replace("[", "").replace("] ", "\n") + "Bo Reyes\n01:02:\u06630\nNo.\n"
    record = formats.read(talk.encode(), None, "zoom")
    assert [turn.start_ms for turn in record.turns] == [3_000, 19_000, 90_000]
    assert record.turns[-1].text.startswith("Go on.")


def test_teams_reads_times_copied_on_two_lines() -> None:
    talk = "Ana Lima\n0 minutes 3 seconds\n0:03\nAna Lima 0 minutes 3 seconds\nGood evening.\n"
    record = formats.read(
        (talk + talk.replace("Ana Lima", "Bo Reyes").replace("3", "9").replace("Good", "Fine")).encode()
    )
    assert (record.format, [(turn.label, turn.text, turn.start_ms) for turn in record.turns]) == (
        "teams",
        [("Ana Lima", "Good evening.", 3_000), ("Bo Reyes", "Fine evening.", 9_000)],
    )


@pytest.mark.parametrize(
    ("line", "format", "label"),
    [
        ("[00:0{0}.000 --> 00:0{1}.000]  Words number {0}.", "youtube", None),
        ("[00:00:0{0}.000 --> 00:00:0{1}.000] [SPEAKER_00]: Words number {0}.", "descript", "SPEAKER_00"),
        ("[00:0{0} - 00:0{1}] Ana Lima: Words number {0}.", "descript", "Ana Lima"),
        ("00:00:0{0} - 00:00:0{1} Ana Lima: Words number {0}.", "descript", "Ana Lima"),
    ],
)
def test_ranges_of_times_before_the_words(line: str, format: str, label: str | None) -> None:
    """The second time is neither said nor a name."""
    record = formats.read("\n".join(line.format(i, i + 1) for i in range(5)).encode())
    assert (record.format, {turn.label for turn in record.turns}) == (format, {label})
    words = " ".join(turn.text for turn in record.turns)
    assert words == " ".join(f"Words number {i}." for i in range(5))
