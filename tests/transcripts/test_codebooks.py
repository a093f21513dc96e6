"""Codebooks of other programs: every spelling real ones use, and files made to mislead or to fill."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bombs import ENTITIES, OUTSIDE, QUADRATIC
from tests.corpora import spec
from transcripts import codebooks, guarded
from transcripts.codebooks import Code
from transcripts.errors import BadFile

GUID = "{0D8AB9C2-7A9E-4A53-8AC6-1A1B8E3F0001}"
HOMES = (Code("Homes", "Rents & more"), Code("Zoning", "", 0, False))


def book(
    root: str = "CodeBook", before: str = "", namespace: str = "urn:QDA-XML:codebook:1.0", prefix: str = ""
) -> str:
    """A codebook of two codes; `prefix` stands before every name."""
    p = f"{prefix}:" if prefix else ""
    declared = f"xmlns:{prefix}" if prefix else "xmlns"
    codes = (
        f'<{p}Codes><{p}Code guid="{GUID}" name="Homes" isCodable="true" color="#fff"><{p}Description>Rents &amp; more'
        f'</{p}Description><{p}Code guid="{GUID}" name="Zoning" isCodable="false"/></{p}Code></{p}Codes><{p}Sets/>'
    )
    inside = codes if root == "CodeBook" else f"<{p}CodeBook>{codes}</{p}CodeBook>"
    return f'{before}<{p}{root} {declared}="{namespace}">{inside}</{p}{root}>'


def project(part: str = "project.qde", words: str | None = None, *more: tuple[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, words or book("Project", namespace="urn:QDA-XML:project:1.0"))
        for name, data in more:
            archive.writestr(name, data)
    return held.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        book().encode(),
        b"\xef\xbb\xbf" + book().encode(),
        book(before='<?xml version="1.0" encoding="UTF-16"?>').encode("utf-16"),
        book(before='<?xml version="1.0"?>\r\n').replace("><", ">\r\n<").encode(),
        book(prefix="qda").encode(),
        project(),
        project("Project.qde", None, ("Sources/a.txt", b"words"), ("../../etc/evil.txt", b"never unpacked")),
    ],
    ids=("plain", "mark", "utf-16", "crlf", "prefix", "project", "slip"),
)
def test_every_spelling_of_a_codebook_is_read(data: bytes) -> None:
    assert codebooks.read(data) == HOMES


@pytest.mark.parametrize(
    "words",
    [
        "tag,description\nHomes,Rents & more\n",
        "\ufeffPath;Description\r\nHomes;Rents & more\r\n\r\n",
        'description\tnumber\tname\n"Rents & more"\t4\tHomes\n',
    ],
)
def test_the_heading_of_a_table_may_be_any_that_taguette_writes(words: str) -> None:
    assert codebooks.read(words.encode()) == HOMES[:1]


def test_a_dot_puts_a_tag_under_another_only_where_that_is_there() -> None:
    told = codebooks.read(b"tag\nhomes\nhomes.zoning\nhomes.zoning.north\nU.S. policy\n")
    assert told == (Code("homes"), Code("zoning", "", 0), Code("north", "", 1), Code("U.S. policy"))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<CodeBook xmlns='urn:QDA-XML:codebook:1.0'>\n<Codes>\n<Code/>", "Line 3: A Code has no name"),
        (b"<CodeBook xmlns='urn:QDA-XML:codebook:1.0'>\n<Codes>", "Line 2: This is no XML"),
        (b"<CodeBook xmlns='urn:QDA-XML:codebook:1.0'><Codes/></CodeBook>", "no code in this file"),
        (b"<html><body/></html>", "begins with .html"),
        (book(namespace="http://example.org").encode(), "no codebook"),
        pytest.param(book(before=ENTITIES).encode(), "document type", id="entities"),
        pytest.param(book(before=QUADRATIC).encode(), "document type", id="quadratic"),
        pytest.param(book(before=OUTSIDE).encode(), "document type", id="outside"),
        pytest.param(b"<CodeBook xmlns='urn:QDA-XML:codebook:1.0'>" + b"<Codes>" * 300, "too deep", id="deep"),
        (b"<?xml version='1.0' encoding='x-odd'?><a/>", "no XML"),
        pytest.param(project("words.xml"), "no project.qde", id="no project"),
        pytest.param(
            project(words=book("Project", OUTSIDE, "urn:QDA-XML:project:1.0")), "document type", id="outside, packed"
        ),
        pytest.param(project(words="<a>" + " " * 30_000_000), "grows too much", id="grows"),
        (b"one,two\na,b\n", "columns are one, two"),
        (b"tag,name\na,b\n", "one column"),
        (b"tag\na\n\na\n", "Line 4: Each code needs a name"),
        (b"tag,description\n,what\n", "Line 2: Each code needs a name"),
        (b"tag\n", "no code in this file"),
        pytest.param(b"tag\n" + b"".join(b"t%d\n" % n for n in range(1_001)), "more than 1000 codes", id="many"),
        (b"", "empty"),
    ],
)
def test_what_is_no_codebook_is_refused_with_its_place(data: bytes, said: str) -> None:
    with pytest.raises(BadFile, match=said):
        codebooks.read(data)


def test_strangers_files_are_read_in_a_child_with_the_same_answer() -> None:
    assert guarded.codes(project(), "../up.qdpx") == HOMES
    with pytest.raises(BadFile, match=r"Line 1: .*document type"):
        guarded.codes(book(before=ENTITIES).encode(), "bomb.qdc")
    with pytest.raises(BadFile, match="one column"):
        guarded.codes(b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello", "a.vtt")


@pytest.mark.parametrize(("name", "codes"), [("demo.qdpx", 20), ("nvivo_project.qdpx", 20)])
def test_projects_of_two_other_programs_are_read(name: str, codes: int) -> None:
    told = guarded.codes(spec(f"refi-qda/{name}").read_bytes(), name)
    assert len(told) > codes and told[0].parent is None and told[1].parent == 0


@settings(max_examples=150)
@given(
    st.sampled_from([book().encode(), project(), b"tag,description\nHomes,Rents\n", book().encode("utf-16")]), st.data()
)
def test_whatever_is_broken_in_a_file_the_answer_is_codes_or_a_refusal(data: bytes, draw: st.DataObject) -> None:
    at = draw.draw(st.integers(0, len(data)))
    put, out = draw.draw(st.binary(max_size=12)), draw.draw(st.integers(0, 12))
    try:
        assert codebooks.read(data[:at] + put + data[at + out :])
    except BadFile as refused:
        assert str(refused)
