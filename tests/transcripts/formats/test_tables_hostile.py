"""Anything at all, read by every table and JSON format: a record or a refusal, never a crash, a hang or a lost word."""

import io
import json
import zipfile
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from transcripts import formats
from transcripts.errors import BadFile
from transcripts.formats import cdp, delimited, diarisation, gladia, json3, objects, sbv, whisper, workbook
from transcripts.formats.parsed import ParsedRecord
from transcripts.text import clean

TEXTUAL = [cdp, delimited, diarisation, gladia, json3, objects, sbv, whisper]
MEGABYTE = 1_000_000
KEYS = st.sampled_from(
    "text speaker start end words word segments utterances transcription sentences start_time end_time speaker_index "
    "speaker_name events segs utf8 tStartMs tOffsetMs dDurationMs language no_speech_prob avg_logprob kind turn id".split()
)
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 10**6),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=12),
    st.sampled_from(["SPEAKER_00", "Hello there.", "(APPLAUSE)", "0:05", "\x00", "\ud800", ">> So."]),
)
JSONS = st.recursive(
    VALUES, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(KEYS, inner, max_size=6), max_leaves=25
).map(json.dumps)
WHISPERED = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(("text", "start", "end", "speaker"), VALUES)
    | {"words": st.lists(st.dictionaries(KEYS, VALUES, max_size=4), max_size=5)},
)
SHAPED = st.builds(
    lambda key, rows: json.dumps({key: rows}),
    st.sampled_from(["segments", "utterances", "sentences", "events"]),
    st.lists(WHISPERED, max_size=6),
)
CELL = st.sampled_from(
    ["speaker", "text", "start", "Ruiz", "Hello.", '"', '""', "0:05", "=1", "'", "a,b", "a\tb", "", "NA"]
) | st.text(max_size=8)
ROWS = st.builds(
    lambda rows, mark: "\n".join(mark.join(row) for row in rows),
    st.lists(st.lists(CELL, max_size=5), max_size=12),
    st.sampled_from(",\t;|"),
)
CUES = st.lists(
    st.sampled_from(["0:00:01.000,0:00:02.000", "0:00:05.0,0:00:01.9", "words", "", ">> So.", "[br]"]), max_size=12
).map("\n".join)
FILES = (JSONS | SHAPED | ROWS | CUES | st.text(max_size=200)).map(clean)


def attempt(known: ModuleType, text: str) -> ParsedRecord | None:
    try:
        record = known.read(text)
    except BadFile as refused:
        assert refused.reason
        return None
    assert isinstance(record, ParsedRecord)
    return record


def check(record: ParsedRecord) -> None:
    assert record.turns
    for turn in record.turns:
        assert turn.text == clean(turn.text).strip()
        assert turn.text or record.format == "diarisation"
        assert turn.label is None or turn.label == turn.label.strip() != ""
        assert turn.start_ms is None or turn.start_ms >= 0
        assert turn.end_ms is None or turn.start_ms is not None and turn.start_ms <= turn.end_ms
        ends = [0, *(mark.end for mark in turn.timed)]
        assert all(end <= mark.start < mark.end <= len(turn.text) for end, mark in zip(ends, turn.timed, strict=False))


@pytest.mark.parametrize("known", TEXTUAL, ids=lambda known: known.NAME)
@given(text=FILES)
def test_a_record_or_a_refusal(known: ModuleType, text: str) -> None:
    assert 0.0 <= known.sniff(text, None) <= 1.0
    record = attempt(known, text)
    if record is not None and not (known is delimited and record.turns[0].start_ms is not None):
        check(record)


@given(st.binary(max_size=300))
def test_a_workbook_of_any_bytes_is_refused(data: bytes) -> None:
    for held in (data, b"PK\x03\x04" + data):
        assert workbook.sniff(held, "a.xlsx") in (0.0, 1.0)
        with pytest.raises(BadFile):
            workbook.read(held)


@given(
    st.sampled_from(["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml", "xl/styles.xml"]),
    st.integers(0, 400),
    st.binary(max_size=8),
)
def test_a_workbook_with_a_part_spoiled_is_read_or_refused(part: str, at: int, spoil: bytes) -> None:
    held = io.BytesIO(TALK)
    out = io.BytesIO()
    with zipfile.ZipFile(held) as source, zipfile.ZipFile(out, "w") as made:
        for name in source.namelist():
            data = source.read(name)
            made.writestr(name, data[:at] + spoil + data[at + len(spoil) :] if name == part else data)
    try:
        assert workbook.read(out.getvalue()).turns
    except BadFile as refused:
        assert refused.reason


def _book() -> bytes:
    made = Workbook()
    sheet = made.worksheets[0]
    for row in (["speaker", "text", "start"], ["Ruiz", "Good evening.", 1.5], ["Cole", "Late.", 2]):
        sheet.append(row)
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()


TALK = _book()
WORD = st.text(st.characters(categories=["Ll"]), min_size=1, max_size=8).map(clean)


@given(
    st.lists(
        st.tuples(st.sampled_from(["SPEAKER_00", "SPEAKER_01", None]), st.lists(WORD, min_size=1, max_size=6)),
        min_size=1,
        max_size=12,
    )
)
def test_no_word_of_a_segment_is_lost_or_changes_its_voice(talk: list[tuple[str | None, list[str]]]) -> None:
    """Each segment ends in a word of its own, so that none repeats the one before."""
    segments = [
        {"start": i * 2, "end": i * 2 + 1, "text": " ".join([*words, f"w{i}"]), "words": []}
        | ({"speaker": voice} if voice else {})
        for i, (voice, words) in enumerate(talk)
    ]
    record = whisper.read(json.dumps({"segments": segments}))
    spoken = [(voice, word) for i, (voice, words) in enumerate(talk) for word in [*words, f"w{i}"]]
    assert [(turn.label, word) for turn in record.turns for word in turn.text.split()] == spoken


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Ana Lima", "Bo, Reyes", 'Q "X"']), st.lists(WORD, min_size=1, max_size=6).map(" ".join)
        ),
        min_size=2,
        max_size=15,
    )
)
def test_no_word_of_a_row_is_lost_or_changes_its_name(talk: list[tuple[str, str]]) -> None:
    rows = json.dumps([{"speaker": label, "text": words} for label, words in talk])
    quoted = "\n".join(
        ["speaker,text", *('"{}","{}"'.format(label.replace('"', '""'), words) for label, words in talk)]
    )
    spoken = [(label, word) for label, words in talk for word in words.split()]
    for record in (objects.read(rows), delimited.read(quoted)):
        assert [(turn.label, word) for turn in record.turns for word in turn.text.split()] == spoken


HOSTILE = {
    "open lists": "[" * MEGABYTE,
    "open objects": '{"a":' * (MEGABYTE // 5),
    "one string": '["' + "a" * MEGABYTE,
    "backslashes": '["' + "\\" * MEGABYTE,
    "quotation marks": '"' * MEGABYTE,
    "keys": "[{" + '"a":1,' * (MEGABYTE // 6),
    "digits": '[{"start":' + "9" * MEGABYTE + "}]",
    "commas": "," * MEGABYTE,
    "headings of commas": "speaker,text" + "," * MEGABYTE + "\n" * 3,
    "tabs": "a\tb\tc\n" * (MEGABYTE // 6),
    "one cell": "speaker,text\nRuiz," + "a" * MEGABYTE,
    "an open cell": 'speaker,text\nRuiz,"' + "a b\n" * (MEGABYTE // 4),
    "rows": "speaker,text\n" + "Ruiz,So.\n" * (MEGABYTE // 9),
    "times": "0:00:01.000,0:00:02.000\n" * (MEGABYTE // 24),
    "an event": '{"events":[{"tStartMs":1,"segs":[' + '{"utf8":" a"},' * (MEGABYTE // 15) + '{"utf8":"b"}]}]}',
    "segments": '{"segments":['
    + '{"start":0,"end":1,"text":" a b","seek":0},' * (MEGABYTE // 43)
    + '{"text":"x","start":0,"end":1}]}',
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("case", HOSTILE)
def test_a_megabyte_of_anything_ends(case: str) -> None:
    for known in TEXTUAL:
        assert 0.0 <= known.sniff(HOSTILE[case], None) <= 1.0
        attempt(known, HOSTILE[case])


def test_what_the_reader_of_workbooks_prints_is_no_part_of_our_answers(capsys: pytest.CaptureFixture[str]) -> None:
    made = Workbook()
    for row in [["speaker", "text"], ["Ann", "Good evening."], ["Bo", "Thank you."]]:
        made.worksheets[0].append(row)
    saved, changed = io.BytesIO(), io.BytesIO()
    made.save(saved)
    with zipfile.ZipFile(saved) as before, zipfile.ZipFile(changed, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            after.writestr(name, data.replace(b'xfId="0"', b'xfId="9"') if "styles" in name else data)
    with pytest.raises(BadFile, match="damaged"):
        formats.read(changed.getvalue(), "a.xlsx")
    assert capsys.readouterr().out == ""


@pytest.mark.timeout(60)
def test_a_sheet_that_reaches_to_its_last_cell_ends() -> None:
    made = Workbook()
    made.worksheets[0]["XFD1048576"] = "so"
    saved = io.BytesIO()
    made.save(saved)
    with pytest.raises(BadFile, match=r"no sheet|rows|columns"):
        formats.read(saved.getvalue(), "a.xlsx")
