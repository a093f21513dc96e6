"""Anything at all, read by every caption and paste format: a record or a refusal, never a crash, a hang or a lost word."""

from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transcripts.formats.captions_text import srt, timing, webvtt
from transcripts import formats
from transcripts.errors import BadFile
from transcripts.formats import article, descript, meet, otter, own_json, rev, teams, trint, youtube, zoom
from transcripts.formats import srt as subrip
from transcripts.formats import webvtt as vtt
from transcripts.formats.parsed import ParsedRecord
from transcripts.text import clean

READ_BY_US = [vtt, subrip, youtube, zoom, teams, meet, otter, rev, descript, trint]
MEGABYTE = 1_000_000

LINES = st.sampled_from(
    """
WEBVTT|NOTE x|STYLE|1| |0:00|0:05 words|00:00:01,000 --> 00:00:02,000|00:01.000 --> 00:02.000|00:02.000 --> 00:01.000
00:00 --> x|-->|<v Ana>Hello</v> there|<v Ana|>> WHO?|>>|- Yes.|- No.|ANA: Hello.|Ana Lima: Hello.|Ana Lima  0:03|[Music]|♪
Ana Lima   0:03|[Ana Lima] 18:00:00|Ana (00:03): Hello.|[00:00:03] Ana: Hello.|00:00:03 Ana|0 minutes 3 seconds0:03|words
0:4040 secondswords|Transcript|Attendees|&amp;&#0;&lt;|{\\an8}|18:03:22\t From Ana to Everyone : Hi|Ana\u0301 ñ 漢字
Transcribed by https://otter.ai|Transcription ended after 00:01:00
""".replace("\n", "|").split("|")
)
FILES = st.one_of(st.text(max_size=400), st.lists(LINES | st.text(max_size=20), max_size=30).map("\n".join)).map(clean)
WORD = st.text(st.characters(categories=["Ll", "Nd"]), min_size=1, max_size=9)


def attempt(known: ModuleType, text: str) -> ParsedRecord | None:
    try:
        record = known.read(text)
    except BadFile as refused:
        assert refused.reason
        return None
    assert isinstance(record, ParsedRecord)
    return record


@pytest.mark.parametrize("known", READ_BY_US, ids=lambda known: known.NAME)
@given(text=FILES)
def test_a_record_or_a_refusal(known: ModuleType, text: str) -> None:
    assert 0.0 <= known.sniff(text, None) <= 1.0
    record = attempt(known, text)
    if record is None:
        return
    assert record.turns
    lines = text.count("\n") + 1
    for turn in record.turns:
        assert turn.text == clean(turn.text).strip() != ""
        assert turn.label is None or turn.label == turn.label.strip() != ""
        assert turn.start_ms is None or turn.start_ms >= 0
        assert turn.end_ms is None or turn.start_ms is not None and turn.start_ms <= turn.end_ms
        assert turn.line is not None and 1 <= turn.line <= lines
    for problem in record.problems:
        assert problem.line is None or 1 <= problem.line <= lines


@given(st.lists(st.lists(WORD, min_size=1, max_size=12), min_size=1, max_size=30))
def test_no_word_of_a_caption_is_lost_or_said_twice(captions: list[list[str]]) -> None:
    """Each caption ends in a word of its own, so that none repeats the one before and nothing rolls."""
    payloads = [" ".join([*words, f"w{i}"]) for i, words in enumerate(captions)]
    spoken = " ".join(payloads).split()
    for record in (vtt.read(webvtt(*payloads)), subrip.read(srt(*payloads)), youtube.read(_panel(payloads))):
        assert " ".join(turn.text for turn in record.turns).split() == spoken


@given(st.lists(st.lists(WORD, min_size=1, max_size=8).map(" ".join), min_size=3, max_size=20, unique=True))
def test_rolling_captions_say_each_line_once(lines: list[str]) -> None:
    numbered = [f"line{i} {line} end{i}" for i, line in enumerate(lines)]
    shown = [f"{before}\n{line}" for before, line in zip(numbered, numbered[1:], strict=False)]
    record = vtt.read(webvtt(numbered[0], *shown))
    assert " ".join(turn.text for turn in record.turns).split() == " ".join(numbered).split()


@given(st.lists(st.tuples(st.sampled_from(["Ana Lima", "Bo Reyes", "Room 2"]), WORD), min_size=2, max_size=20))
def test_every_pasted_word_stays_with_the_name_above_it(talk: list[tuple[str, str]]) -> None:
    blocks = [f"{label}  0:{i:02d}  \n{word}.\n" for i, (label, word) in enumerate(talk)]
    assert [(turn.label, turn.text) for turn in otter.read("\n".join(blocks)).turns] == [
        (label, f"{word}.") for label, word in talk
    ]


def _panel(payloads: list[str]) -> str:
    return "\n".join(f"{i // 60}:{i % 60:02d}\n{payload}" for i, payload in enumerate(payloads))


ONE_CAPTION = f"WEBVTT\n\n{timing(0)}\n"
HOSTILE = {
    "one long word": "a" * MEGABYTE,
    "one long line": "word " * (MEGABYTE // 5),
    "spaces": " " * MEGABYTE + "x",
    "spaces inside": "x" + " " * MEGABYTE + "0:03x",
    "tabs": "0:00\t" * (MEGABYTE // 5),
    "square brackets": "[" * MEGABYTE,
    "round brackets": "(a" * (MEGABYTE // 2),
    "less than": "<" * MEGABYTE,
    "open voices": ONE_CAPTION + "<v a" * (MEGABYTE // 4),
    "open tag and spaces": ONE_CAPTION + "<c" + " " * MEGABYTE + "x",
    "classes": ONE_CAPTION + "<c." * (MEGABYTE // 3),
    "nested tags": ONE_CAPTION + "<i>" * 200_000 + "x" + "</i>" * 200_000,
    "references": ONE_CAPTION + "&a" * (MEGABYTE // 2),
    "directions": ONE_CAPTION + "{\\a" * (MEGABYTE // 3),
    "chevrons": ONE_CAPTION + ">> " * 50_000 + "a",
    "dashes": ONE_CAPTION + "- " * (MEGABYTE // 2),
    "lines in one caption": ONE_CAPTION + "word\n" * 50_000,
    "sentences in one caption": ONE_CAPTION + "A b. " * 50_000,
    "arrows": "-->" * (MEGABYTE // 3),
    "lines of arrows": "00:00 -->\n" * 50_000,
    "times on one line": "0:00 " * 200_000,
    "lines of times": "0:00\n" * 50_000,
    "read out": "1 hour, " * (MEGABYTE // 8),
    "colons": "a:" * (MEGABYTE // 2),
    "from": "18:00:00 From " * (MEGABYTE // 14),
    "notes": "WEBVTT\n\n" + "NOTE x\n" * 50_000,
    "header": "WEBVTT\n" + "a: b\n" * 50_000,
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("case", HOSTILE)
def test_a_megabyte_of_anything_ends(case: str) -> None:
    for known in READ_BY_US:
        assert 0.0 <= known.sniff(HOSTILE[case], None) <= 1.0
        attempt(known, HOSTILE[case])


@pytest.mark.timeout(60)
def test_a_hundred_thousand_captions_read() -> None:
    payload = "the harbor board is in session"
    text = "\n".join(["WEBVTT\n", *(f"{timing(i, seconds=1)}\n{payload} {i}\n" for i in range(100_000))])
    record = vtt.read(text)
    assert record.header["cues"] == "100000"
    assert sum(len(turn.text.split()) for turn in record.turns) == 700_000


def test_a_book_is_no_article_and_no_meeting_has_a_hundred_thousand_turns() -> None:
    with pytest.raises(BadFile, match="longer than any news article"):
        formats.read(b"(" * (article.LONGEST + 1), None, article.NAME)
    turns = ", ".join(['{"text": "x"}'] * (own_json.MOST_TURNS + 1))
    whole = f'{{"format": "{own_json.WHAT}", "version": 1, "grade": "machine", "turns": [{turns}]}}'
    with pytest.raises(BadFile, match="more than 100,000 turns"):
        formats.read(whole.encode())


def test_no_format_yields_more_turns_than_any_forum_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_json, "MOST_TURNS", 3)
    talk = "IDA: One.\nOREN: Two.\nIDA: Three.\n"
    assert len(formats.read(talk.encode()).turns) == 3
    with pytest.raises(BadFile, match="more than 3 turns"):
        formats.read((talk + "OREN: Four.\n").encode())
