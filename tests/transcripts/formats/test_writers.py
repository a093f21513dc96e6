"""What is written is read back: the same record, as far as each format can carry it, whatever its words look like."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts import formats
from transcripts.errors import BadFile, Refusal
from transcripts.formats import delimited, docx, own_json, plain, srt, webvtt
from transcripts.formats.format import Writer
from transcripts.formats.kept import FACTS, SHOWN_MS
from transcripts.formats.labels import is_scene
from transcripts.formats.parsed import ParsedExchange, ParsedRecord, ParsedSpeaker, ParsedTurn
from transcripts.text import clean
from transcripts.vocabulary import Grade, Right, Role, TurnKind

NASTY = """
-->|00:00:01,000 --> 00:00:02,000|00:01.000 --> 00:02.000|&lt;|&amp;amp;|<v Ana>|</v>|<c>|<b>|NAME: hello|ANA LIMA:|>>|>> ANA: so|-|- no
(APPLAUSE)|[Music]|♪|1|WEBVTT|NOTE x|STYLE|Layout: names at the margin, words indented|Grade: machine|Title: x|    indented|\ttab
{\\an8}|{"format": "said-and-done record"}|"|\\|\\n|=1+1|@x|\u0338|\u0301a|\u00a0|\u00a0\u00a0|漢字|ñ|😀|\u202f
Transcribed by https://otter.ai|* * *
Ana Lima  0:03|[Ana] 18:00:00|Ana (00:03): hi
(voice not identified)|[00:00:01.000]|Name:\t(scene)|01ARZ3NDEKTSV4RRFFQ69G5FAV|END|‑‑>|->|#
""".replace("\n", "|").split("|")
WORDS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\N{REPLACEMENT CHARACTER}")
LINE = st.sampled_from([line for line in NASTY if line]) | st.text(WORDS, max_size=12)


def cleaned(words: str) -> str:
    """As every text is stored. Cleaning what was stripped could join signs anew, so it is done until nothing changes."""
    while words != (once := clean(words).strip()):
        words = once
    return words


def one_line(words: str) -> str:
    return cleaned(" ".join(words.split()))


TEXT = st.lists(LINE | st.just(""), min_size=1, max_size=6).map("\n".join).map(cleaned).filter(bool)
LABEL = st.none() | st.lists(LINE, min_size=1, max_size=3).map(" ".join).map(one_line).map(lambda label: label or None)
KEY = st.integers(0, 2**124).map(
    lambda n: "".join("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[n >> 5 * i & 31] for i in range(25))
)
MS = st.integers(0, 100 * 3_600_000)


@st.composite
def turns(draw: st.DrawFn, timed: bool) -> ParsedTurn:
    start = draw(MS if timed else MS | st.none())
    return ParsedTurn(
        label=draw(LABEL),
        text=draw(TEXT),
        kind=draw(st.sampled_from(TurnKind)),
        start_ms=start,
        end_ms=None if start is None else draw(st.none() | MS.map(lambda ms: start + ms)),
        part=0 if timed else draw(st.integers(0, 3)),
        source_ref=draw(st.none() | st.just("0-12,14-20")),
        lang=draw(st.sampled_from([None, "es", "pt-BR"])),
        key=draw(st.none() | KEY.map(lambda key: f"0{key}")),
    )


@st.composite
def records(draw: st.DrawFn, timed: bool = False) -> ParsedRecord:
    said = draw(st.lists(turns(timed), min_size=1, max_size=6, unique_by=lambda turn: turn.key or id(turn)))
    places = st.integers(0, len(said) - 1)
    several = st.lists(places, max_size=3).map(tuple)
    exchange = st.builds(ParsedExchange, places, several, several, several, several)
    speaker = st.builds(
        ParsedSpeaker,
        st.just("Ana Lima"),
        st.lists(LABEL.filter(bool), max_size=2).map(tuple),
        st.sampled_from(Role),
        st.none() | st.just("Ana Lima"),
        st.none() | st.just("ana-lima"),
    )
    return ParsedRecord(
        "any",
        draw(st.sampled_from(Grade)),
        tuple(said),
        header=draw(st.dictionaries(st.sampled_from(FACTS), LINE.map(one_line).filter(bool), max_size=5)),
        right=draw(st.sampled_from([None, *Right])),
        speakers=tuple(draw(st.lists(speaker, max_size=2))),
        exchanges=tuple(draw(st.lists(exchange, max_size=2))),
    )


def in_json(record: ParsedRecord) -> ParsedRecord:
    return record


def in_webvtt(record: ParsedRecord) -> ParsedRecord:
    """Every turn ends; the source's own ids, exchanges and the people behind the voices are not carried."""
    return replace(_ended(record, source_ref=None), speakers=(), exchanges=())


def in_srt(record: ParsedRecord) -> ParsedRecord:
    """As WebVTT, without keys and languages; a scene is what stands in brackets."""
    told = in_webvtt(record)
    kept = (replace(turn, key=None, lang=None, kind=_by_brackets(turn.text)) for turn in told.turns)
    return replace(told, turns=tuple(kept))


def in_plain(record: ParsedRecord) -> ParsedRecord:
    """Times may be missing and ends stay open; keys, languages, parts and ids are not carried."""
    kept = (replace(turn, key=None, lang=None, part=0, source_ref=None) for turn in record.turns)
    return replace(record, turns=tuple(kept), speakers=(), exchanges=())


def in_csv(record: ParsedRecord) -> ParsedRecord:
    """Exchanges and the people behind the voices are not carried."""
    return replace(record, speakers=(), exchanges=())


def _by_brackets(text: str) -> TurnKind:
    return TurnKind.SCENE if all(is_scene(line) for line in text.split("\n") if line) else TurnKind.SPEECH


def _ended(record: ParsedRecord, source_ref: None) -> ParsedRecord:
    after = [turn.start_ms for turn in record.turns[1:]]
    ended = []
    for turn, next_start in zip(record.turns, [*after, None], strict=True):
        start = turn.start_ms or 0
        until = next_start if next_start is not None and next_start > start else start + SHOWN_MS
        ended.append(replace(turn, end_ms=until if turn.end_ms is None else turn.end_ms, source_ref=source_ref))
    return replace(record, turns=tuple(ended))


CARRIED: dict[Writer, Callable[[ParsedRecord], ParsedRecord]] = {
    own_json: in_json,
    webvtt: in_webvtt,
    srt: in_srt,
    plain: in_plain,
    docx: in_plain,
    delimited: in_csv,
}
NAMED = [pytest.param(known, id=known.NAME) for known in CARRIED]


def bare(record: ParsedRecord) -> ParsedRecord:
    """The record without what a file of ours adds by being a file: its name, its lines, its problems."""
    turns = tuple(replace(turn, line=None) for turn in record.turns)
    return replace(record, format="any", problems=(), turns=turns)


@pytest.mark.parametrize("known", NAMED)
@given(data=st.data())
def test_what_is_written_is_read_back(known: Writer, data: st.DataObject) -> None:
    record = data.draw(records(timed=known in (webvtt, srt)))
    written = known.write(record)
    again = formats.read(written, f"record{known.SUFFIX}")
    assert again.format == known.NAME
    assert bare(again) == CARRIED[known](record)
    assert known.write(again) == written


def test_every_writer_is_held_to_it() -> None:
    assert {known.NAME for known in formats.WRITERS} == {known.NAME for known in CARRIED}


@pytest.mark.parametrize("known", [webvtt, srt], ids=lambda known: known.NAME)
def test_captions_need_times_and_one_recording(known: Writer) -> None:
    with pytest.raises(Refusal, match="cannot do without"):
        known.write(ParsedRecord("any", Grade.PUBLISHED, (ParsedTurn("Ana", "Hello."),)))
    parts = tuple(ParsedTurn("Ana", "Hello.", start_ms=0, end_ms=1, part=part) for part in (0, 1))
    with pytest.raises(Refusal, match="several parts"):
        known.write(ParsedRecord("any", Grade.PUBLISHED, parts))


def test_a_format_we_do_not_write_is_refused() -> None:
    with pytest.raises(Refusal, match=r"We write: json, webvtt, srt, plain, csv"):
        formats.writer("otter")


SPOILT = {
    "not JSON": (b'{"format": "said-and-done record", x', "Line 1: This is not JSON"),
    "another version": (b'{"format": "said-and-done record", "version": 0}', "version 1"),
    "no turns": (b'{"format": "said-and-done record", "version": 1, "turns": []}', "no turns"),
    "a list": (b'{"format": "said-and-done record", "version": 1, "turns": [[]]}', "turns, entry 1"),
    "NaN": (b'{"format": "said-and-done record", "version": NaN}', "NaN is no number"),
    "twice": (b'{"format": "said-and-done record", "format": ""}', "twice"),
    "deep": (b'{"format": "said-and-done record", "x": ' + b"[" * 200_000, "nested too deeply"),
    "digits": (b'{"format": "said-and-done record", "version": ' + b"1" * 1_000_000 + b"}", "number no record needs"),
}


@pytest.mark.parametrize("name", SPOILT)
def test_spoilt_json_is_refused_with_its_place(name: str) -> None:
    data, said = SPOILT[name]
    with pytest.raises(BadFile, match=said):
        formats.read(data)


FIELDS = [
    ({"grade": "gospel"}, "“grade” should be one of"),
    ({"right": "mine"}, "“right” should be one of"),
    ({"forum": []}, None),
    ({"forum": {"title": 3}}, "“title” should be text"),
    ({"turns": {}}, "“turns” should be a list"),
    ({"exchanges": [{"question": 7}]}, "“question” should be a whole number from 0 to 0"),
    ({"turns": [{"text": " "}]}, "should hold words"),
    ({"turns": [{"text": "x", "key": "short"}]}, "no key of ours"),
    ({"turns": [{"text": "x", "kind": "song"}]}, "“kind” should be one of"),
    ({"turns": [{"text": "x", "lang": "<b>"}]}, "“lang” should be a language"),
    ({"turns": [{"text": "x", "start_ms": -1}]}, "“start_ms” should be a whole number"),
    ({"turns": [{"text": "x", "start_ms": True}]}, "“start_ms” should be a whole number"),
    ({"turns": [{"text": "x", "start_ms": 5, "end_ms": 4}]}, "should not come before"),
    ({"turns": [{"text": "x", "start_ms": 2_000_000_000}]}, "beyond 500 hours"),
    ({"turns": [{"text": "x", "key": "01ARZ3NDEKTSV4RRFFQ69G5FAV"}] * 2}, "stands twice"),
]


@pytest.mark.parametrize(("change", "said"), FIELDS, ids=str)
def test_json_is_read_as_described_or_refused(change: dict[str, object], said: str | None) -> None:
    import json

    whole = {"format": own_json.WHAT, "version": 1, "grade": "published", "turns": [{"text": "Hello."}]} | change
    if said is None:
        assert formats.read(json.dumps(whole).encode()).turns[0].text == "Hello."
        return
    with pytest.raises(BadFile, match=said):
        formats.read(json.dumps(whole).encode())


def test_our_captions_are_captions_to_others() -> None:
    """Whoever does not know our layout still sees captions: without the line that tells it they are read as any file is."""
    said = (
        ParsedTurn("MARA QUILL", "Good evening.\n\nWelcome --> all.", TurnKind.SPEECH, 0, 4_000),
        ParsedTurn("IDA BERG", "Good evening.", TurnKind.SPEECH, 4_000, 6_000),
    )
    record = ParsedRecord("any", Grade.PUBLISHED, said, header={"title": "Evening"})
    for known in (webvtt, srt):
        lines = [line for line in known.write(record).decode().split("\n") if "Layout" not in line]
        read = formats.read("\n".join(lines).encode(), format=known.NAME)
        assert "MARA QUILL" in {turn.label for turn in read.turns} or known is srt
        assert "Welcome --> all." in read.turns[-2].text.replace("\n", " ")


@pytest.mark.parametrize(
    ("known", "text", "line"),
    [
        (webvtt, "WEBVTT\nGrade: machine\nLayout: {}\n\n<v Ana>Hello.\n", 5),
        (srt, "1\n00:00:00,000 --> 00:00:05,000\n[Grade: machine]\n[Layout: {}]\n\n2\nAna:\nHello.\n", 6),
        (
            srt,
            "1\n00:00:00,000 --> 00:00:05,000\n[Grade: machine]\n[Layout: {}]\n\n2\n00:00:00,000 --> 00:00:05,000\nHello.\n",
            8,
        ),
        (plain, "Grade: machine\nLayout: {}\n\nAna:\n    Hello.\n\nHow are you?\n    Well.\n", 7),
    ],
    ids=["webvtt", "srt time", "srt name", "plain"],
)
def test_a_file_of_ours_that_was_spoilt_is_refused_with_the_line(known: Writer, text: str, line: int) -> None:
    from transcripts.formats import plain_kept, srt_kept, webvtt_kept

    layouts = {"webvtt": webvtt_kept.LAYOUT, "srt": srt_kept.LAYOUT, "plain": plain_kept.LAYOUT}
    with pytest.raises(BadFile) as refused:
        formats.read(text.format(layouts[known.NAME]).encode())
    assert refused.value.line == line
