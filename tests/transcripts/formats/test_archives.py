"""Archives that are bombs, liars or locked, refused by what their directory says."""

import io
import zipfile
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.errors import BadFile
from transcripts.formats import archives


def packed(parts: Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, data in parts:
            archive.writestr(name, data)
    return held.getvalue()


def encrypted() -> bytes:
    """An archive whose directory says that its part is encrypted."""
    data = bytearray(packed([("a.xml", b"<a/>")]))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def twice() -> bytes:
    with pytest.warns(UserWarning, match="Duplicate name"):
        return packed([("a.xml", b"<a/>"), ("a.xml", b"<b/>")])


def overlapping() -> bytes:
    """An archive whose directory names one large part many times under different names."""
    data = packed([("part00", bytes(range(256)) * 64)], zipfile.ZIP_STORED)
    at, end = data.rindex(b"PK\x01\x02"), data.rindex(b"PK\x05\x06")
    entry, tail = data[at:end], bytearray(data[end:])
    many = b"".join(entry.replace(b"part00", f"part{i:02d}".encode()) for i in range(50))
    tail[8:12] = (50).to_bytes(2, "little") * 2
    tail[12:16] = len(many).to_bytes(4, "little")
    return data[:at] + many + bytes(tail)


def corrupt() -> bytes:
    data = packed([("a.xml", b"<a>words</a>")], zipfile.ZIP_STORED)
    return data.replace(b"words", b"swords"[:5], 1)


HOSTILE = {
    "grows": (packed([("a.bin", bytes(30_000_000))]), "grows too much"),
    "large": (packed([(f"{i}.bin", bytes(1_000_000)) for i in range(120)]), "larger than 96 MB"),
    "many": (packed([(f"{i}", b"") for i in range(2_001)], zipfile.ZIP_STORED), "archive of 2001 parts"),
    "locked": (encrypted(), "password"),
    "overlapping": (overlapping(), "inside one another|cannot be unpacked"),
    "odd": (packed([("a.xml", b"<a/>")], zipfile.ZIP_LZMA), "not use"),
    "corrupt": (corrupt(), "damaged"),
    "no archive": (b"PK\x03\x04 and nothing else", "damaged"),
    "cut off": (packed([("a.xml", b"<a/>" * 99)])[:-30], "damaged"),
    "doctype": (packed([("a.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")]), "DOCTYPE"),
    "doctype in UTF-16": (packed([("a.xml", "<!DOCTYPE a><a/>".encode("utf-16"))]), "DOCTYPE"),
    "doctype late": (packed([("a.rels", b"<?xml version='1.0'?>" + b" " * 5000 + b"<!doctype a><a/>")]), "DOCTYPE"),
    "odd encoding": (packed([("a.xml", b"<?xml version='1.0' encoding='UTF-7'?><a/>")]), "encoding"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_archive_is_refused_with_its_reason(case: str) -> None:
    data, said = HOSTILE[case]
    with pytest.raises(BadFile, match=said):
        archives.checked(data)


def test_a_part_named_twice_is_refused() -> None:
    with pytest.raises(BadFile, match="two parts of one name"):
        archives.checked(twice())


def test_an_ordinary_archive_opens() -> None:
    data = packed([("a.xml", b"<a>words</a>"), ("b.png", b"\x89PNG")])
    assert archives.names(data) == {"a.xml", "b.png"}
    with archives.checked(data) as archive:
        assert archives.part(archive, "a.xml") == b"<a>words</a>"
        with pytest.raises(BadFile, match="missing"):
            archives.part(archive, "c.xml")


@given(st.binary(max_size=200), st.integers(0, 200), st.integers(0, 255))
def test_any_bytes_open_or_are_refused(tail: bytes, at: int, byte: int) -> None:
    whole = bytearray(packed([("a.xml", b"<a/>"), ("b.bin", tail)]))
    whole[at % len(whole)] = byte
    for data in (b"PK\x03\x04" + tail, bytes(whole)):
        archives.names(data)
        try:
            archives.checked(data).close()
        except BadFile as refused:
            assert refused.reason
