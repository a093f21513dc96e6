"""Bytes to text: encodings, marks, NULs, line ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpora import corpus
from transcripts.errors import BadFile
from transcripts.formats.decoding import Decoded, decode
from transcripts.text import clean

SAID = "La señora Núñez dijo “sí” — ¿y usted? It’s a café… and so on, for a while, in plain words.\n" * 3


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"],
    ids=lambda name: name,
)
def test_encodings_people_save_in(encoding: str) -> None:
    assert decode(SAID.encode(encoding)).text == SAID


def test_other_encodings_are_guessed_and_said() -> None:
    said = "Мы хотим построить больше домов в нашем городе, и мы построим их. " * 5
    decoded = decode(said.encode("cp1251"))
    assert decoded.text == said
    assert "not in UTF-8" in decoded.problems[0].message


def test_a_little_typography_in_english_is_no_vietnamese() -> None:
    said = "“It’s a boat,” she said. The mayor did not answer, and nobody in the hall had expected him to do so. " * 3
    for encoding in ("mac_roman", "cp1252"):
        assert decode(said.encode(encoding)).text == said


def test_a_damaged_or_cut_utf8_file_is_still_utf8() -> None:
    cut = SAID.encode()[: SAID.encode().rindex("é".encode()) + 1]
    assert decode(cut).text == SAID.encode().decode()[: SAID.rindex("é")] + "\N{REPLACEMENT CHARACTER}"
    assert decode(SAID.encode().replace(b"plain", b"pl\xe9in")).encoding == "utf-8"


def test_line_ends_of_every_kind_are_line_feeds() -> None:
    assert decode(b"one\r\ntwo\rthree\nfour\x0cfive").text == "one\ntwo\nthree\nfour\nfive"


def test_nuls_are_left_out_and_said() -> None:
    decoded = decode(b"RUIZ: Good eve\x00ning to you all, and thank you for coming.")
    assert decoded.text.startswith("RUIZ: Good evening")
    assert "NUL" in decoded.problems[0].message


def test_letters_in_two_parts_become_one() -> None:
    assert decode("Nu\u0301n\u0303ez".encode()).text == "Núñez"


def test_a_broken_utf8_file_is_read_as_windows_1252() -> None:
    decoded = decode(b"It\x92s the mayor\x92s \x93plan\x94, she said, and caf\xe9s stay open.")
    assert decoded.text == "It’s the mayor’s “plan”, she said, and cafés stay open."
    assert decoded.encoding == "cp1252"


@given(st.binary(max_size=300))
def test_any_bytes_become_clean_text_or_a_refusal(data: bytes) -> None:
    try:
        decoded = decode(data)
    except BadFile as refused:
        assert refused.reason
    else:
        assert isinstance(decoded, Decoded)
        assert decoded.text == clean(decoded.text) and decoded.text.strip()


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200))
def test_utf8_text_survives(text: str) -> None:
    if clean(text).strip():
        try:
            assert decode(text.encode()).text == clean(text)
        except BadFile as refused:
            assert "This is" in refused.reason


@pytest.mark.corpora
def test_the_shared_windows_1252_file() -> None:
    decoded = decode(corpus("a09_cp1252_csv/transcript_P1_clean.csv").read_bytes())
    assert decoded.encoding == "cp1252"
    assert "\N{REPLACEMENT CHARACTER}" not in decoded.text
    assert "’" in decoded.text
