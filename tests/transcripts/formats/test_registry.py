"""Which format a file is: the one pattern that is dense, a question where two are, a refusal where none is."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpora import corpus
from transcripts import formats
from transcripts.errors import BadFile
from transcripts.formats.format import EXACT, FLOOR, Format, first_lines
from transcripts.formats.parsed import ParsedRecord, ParsedTurn
from transcripts.vocabulary import Grade


def claiming(name: str, score: float) -> Format:
    """A format that claims every text with one score."""
    return SimpleNamespace(
        NAME=name,
        VERSION=1,
        sniff=lambda text, file: score,
        read=lambda text: ParsedRecord(name, Grade.PUBLISHED, (ParsedTurn(None, text),)),
    )


def chosen(monkeypatch: pytest.MonkeyPatch, *claims: Format, text: str = "some words") -> str:
    monkeypatch.setattr(formats, "TEXT", claims)
    monkeypatch.setattr(formats, "FORMATS", claims)
    return formats.sniff(text).NAME


def test_the_densest_pattern_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    assert chosen(monkeypatch, claiming("thin", 0.4), claiming("dense", 0.8)) == "dense"


def test_two_patterns_nearly_as_dense_are_a_question(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadFile, match=r"could be one or other.*--format one"):
        chosen(monkeypatch, claiming("one", 0.8), claiming("other", 0.73))
    assert chosen(monkeypatch, claiming("one", 0.8), claiming("other", 0.71)) == "one"


def test_a_header_nobody_else_has_beats_any_density(monkeypatch: pytest.MonkeyPatch) -> None:
    assert chosen(monkeypatch, claiming("header", EXACT), claiming("dense", 0.95)) == "header"


def test_nothing_recognised_says_what_we_read(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadFile, match="We read: one, other"):
        chosen(monkeypatch, claiming("one", 0.0), claiming("other", FLOOR / 2))


def test_a_dense_pattern_is_believed_in_what_looks_like_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    table = "speaker,text\nRuiz,Good evening\nCole,Good evening\nRuiz,So\n"
    assert chosen(monkeypatch, claiming("dense", 0.9), text=table) == "dense"
    with pytest.raises(BadFile, match="a table"):
        chosen(monkeypatch, claiming("thin", 0.2), text=table)


def test_a_named_format_is_not_asked_whether_it_fits() -> None:
    record = formats.read(b"Some words without any pattern.", format="plain")
    assert (record.format, record.turns[0].label) == ("plain", None)


def test_an_unknown_name_lists_those_we_have() -> None:
    with pytest.raises(BadFile, match=r"no format named “word”.*webvtt.*plain"):
        formats.read(b"Some words.", format="word")


@pytest.mark.parametrize("known", formats.TEXT, ids=lambda known: known.NAME)
def test_every_format_offers_what_the_registry_asks(known: Format) -> None:
    assert known.NAME.lower() == known.NAME and known.NAME.isidentifier()
    assert known.VERSION >= 1
    assert 0.0 <= known.sniff("Some words.\n\nOther words.", "file.txt") <= 1.0


def test_every_format_that_reads_bytes_leaves_text_alone() -> None:
    for known in formats.BINARY:
        assert known.NAME.lower() == known.NAME and known.NAME.isidentifier() and known.VERSION >= 1
        assert known.sniff(b"Some words.", f"file.{known.NAME}") == known.sniff(b"", None) == 0.0


def test_bytes_are_offered_first_to_the_formats_that_read_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    box = SimpleNamespace(
        NAME="box",
        VERSION=1,
        sniff=lambda data, name: EXACT if data.startswith(b"BOX") else 0.0,
        read=lambda data: ParsedRecord("box", Grade.PUBLISHED, (ParsedTurn(None, data[3:].decode()),)),
    )
    monkeypatch.setattr(formats, "BINARY", (box,))
    monkeypatch.setattr(formats, "FORMATS", (box, *formats.TEXT))
    assert formats.read(b"BOXwords").turns[0].text == "words"
    assert formats.read(b"???words", format="box").turns[0].text == "words"
    assert formats.read(b"BOXwords", format="plain").format == "plain"


def test_names_are_told_apart() -> None:
    names = [known.NAME for known in formats.FORMATS]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \n\t\n", "no words"),
        (b"\xef\xbb\xbf\n", "no words"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04\x14\x00", "zipped file"),
        (b"\x89PNG\r\n\x1a\n\x00", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"\x00\x00\x00\x18ftypmp42", "video"),
        (b"ID3\x04\x00", "sound"),
        (b"{\\rtf1\\ansi}", "RTF"),
        (bytes(range(256)) * 8, "not a text file"),
        (b'{"speaker": "Ruiz", "text": "Good evening"}', "JSON holds no list"),
        (b'[{"speaker": "Ruiz"}]', "which column holds the words"),
        (b"<?xml version='1.0'?><debate/>", "XML"),
        (b"<publicwhip><speech><p>One</p><p>Two</p><p>Three</p></speech></publicwhip>", "XML"),
        (b"<?xml version='1.0'?><tt><body><div><p begin='0s'>One</p><p>Two</p></div></body></tt>", "XML"),
        (b"<?xml version='1.0'?><x:TEI xmlns:x='a'><body><div><p>IDA: One</p><p>Two</p></div></body></x:TEI>", "XML"),
        (
            b"[Script Info]\nTitle: x\n[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,Default,Ida,0,0,0,,Hello\n",
            "SubStation",
        ),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Debate\nEND:VEVENT\nEND:VCALENDAR\n", "calendar"),
        (b"QUJD" * 100_000, "encoded data"),
        (b"<!DOCTYPE html><html><body><p></p></body></html>", "no words"),
        (b"Words\n<p>Ruiz: hi</p>\n<p>Cole: hi</p>\n<p>Ruiz: so</p>\n", "web page"),
        (b"speaker,what\nRuiz,Good evening\nCole,Good evening\n", "a table whose columns"),
        (b"1\t2\t3\t0\n2\t5\t6\t0\n3\t1\t2\t1\n", "which column holds the words"),
        (b"| year | sum |\n|---|---|\n| 2025 | 12 |\n", "table"),
        (b"- id: ruiz\n  name: Ana Ruiz\n- id: cole\n  name: Ben Cole\n- id: x\n", "YAML"),
        (b"x" * (50 * 1024 * 1024 + 1), "larger than 50 MB"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_transcript_is_named(data: bytes, said: str) -> None:
    with pytest.raises(BadFile, match=said):
        formats.read(data)


def test_brackets_at_the_start_are_no_json() -> None:
    assert formats.read(b"[applause]\n\nRUIZ: Good evening.\n\nCOLE: Good evening.").format == "plain"


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        record = formats.read(data)
    except BadFile as refused:
        assert refused.reason
    else:
        assert record.turns


@given(st.text(max_size=60), st.sampled_from([known.NAME for known in formats.FORMATS]))
def test_any_text_is_read_or_refused_by_every_named_format(text: str, name: str) -> None:
    try:
        assert formats.read(text.encode("utf-8", "surrogatepass"), format=name).format == name
    except BadFile as refused:
        assert refused.reason


def test_first_lines_are_not_blank_and_not_all() -> None:
    assert first_lines("\n\na\n \n b\n" + "c\n" * 500)[:2] == ["a", "b"]
    assert len(first_lines("c\n" * 500)) == 200


@pytest.mark.corpora
@pytest.mark.parametrize("folder", ["a06_xml_sections"])
def test_shared_files_in_other_formats_are_refused_by_what_they_are(folder: str) -> None:
    for path in sorted(corpus(folder).iterdir()):
        if path.suffix.lower() != ".txt" or path.stem != "README":
            with pytest.raises(BadFile, match="web page|XML|plain"):
                formats.read(path.read_bytes(), path.name)
