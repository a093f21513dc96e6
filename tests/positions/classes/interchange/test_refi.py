"""REFI-QDA as it is written: by the published schema, in the order and with the line ends real readers want."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from lxml import etree

from positions.classes.codebook import wanted_tags
from positions.classes.interchange import refi
from positions.classes.interchange.holding import Holding
from tests.corpora import spec
from tests.positions.classes.interchange.classwork import MARKS, NOON, TAGS, TEXTS, holding, passage
from transcripts import codebooks
from transcripts.codebooks import Code
from transcripts.errors import Refusal

P = f"{{{refi.PROJECT}}}"


def opened(data: bytes) -> tuple[Any, str, bytes]:
    """The project inside a file, the name of its text, the text."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        project, source = archive.namelist()
        assert project == "project.qde"
        return etree.fromstring(archive.read(project)), source, archive.read(source)


def valid(project: Any) -> None:
    schema = etree.XMLSchema(etree.parse(spec("refi-qda/schema.xsd")))
    schema.assertValid(project)


@pytest.mark.parametrize(
    "held",
    [
        holding(),
        holding(()),
        holding(tags=()),
        holding((), tags=(), passages=(passage(3, TEXTS[3]),)),
        holding(names_hidden=True, named=False),
    ],
    ids=("all", "no marks", "no tags", "nothing", "letters"),
)
def test_projects_are_valid_by_the_schema(held: Holding) -> None:
    project, source, text = opened(refi.project(held))
    valid(project)
    guid = project.find(f"{P}Sources/{P}TextSource").get("guid")
    assert source == f"sources/{guid}.txt"
    assert project.find(f"{P}Sources/{P}TextSource").get("plainTextPath") == f"internal://{guid}.txt"
    assert project.find(f".//{P}PlainTextContent") is None
    assert b"\r" not in text and not text.startswith(b"\xef\xbb\xbf")


def test_every_coding_lies_on_the_words_of_its_mark() -> None:
    project, _, text = opened(refi.project(holding()))
    read = text.decode()
    marks = [
        one
        for one in project.iter(f"{P}PlainTextSelection")
        if one.get("guid") in {str(holding().mark(m)) for m in MARKS}
    ]
    assert len(marks) == len(MARKS)
    names = {one.get("guid"): one.get("name") for one in (*project.iter(f"{P}Code"), *project.iter(f"{P}User"))}
    for element, mark in zip(marks, MARKS, strict=True):
        words = read[int(element.get("startPosition")) : int(element.get("endPosition"))]
        assert words == TEXTS[mark.passage - 1][mark.start : mark.end]
        assert names[element.get("creatingUser")] == mark.who
        assert (element.findtext(f"{P}Description") or "") == mark.comment
        coded = [names[one.get("targetGUID")] for one in element.iter(f"{P}CodeRef")]
        assert coded == [tag.name.en for tag in TAGS if tag.id == mark.tag]


def test_who_spoke_is_a_code_on_every_turn_with_a_named_voice() -> None:
    project, _, text = opened(refi.project(holding()))
    (tree,) = (one for one in project.iter(f"{P}Code") if one.get("name") == "Who spoke")
    voices = {one.get("guid"): one.get("name") for one in tree.iter(f"{P}Code")}
    told = {}
    for element in project.iter(f"{P}PlainTextSelection"):
        for code in element.iter(f"{P}CodeRef"):
            if code.get("targetGUID") in voices:
                told[text.decode()[int(element.get("startPosition")) : int(element.get("endPosition"))]] = voices[
                    code.get("targetGUID")
                ]
    assert told == dict(zip(TEXTS[:3], ("Mo Clark", "Ana Reyes", "Bo Stone"), strict=True))


def test_the_same_marks_give_the_same_file() -> None:
    assert refi.project(holding()) == refi.project(holding())
    assert refi.codebook(holding()) == refi.codebook(holding(()))


def test_line_ends_for_maxqda_change_the_text_and_no_position() -> None:
    (plain, _, text), (other, _, lines) = (opened(refi.project(holding(), crlf=crlf)) for crlf in (False, True))
    assert lines.replace(b"\r\n", b"\n") == text and b"\n" not in lines.replace(b"\r\n", b"")
    assert etree.tostring(plain) == etree.tostring(other)


def test_a_codebook_has_the_shape_readers_know_and_comes_back_whole() -> None:
    data = refi.codebook(holding())
    root = etree.fromstring(data)
    assert root.tag == f"{{{refi.CODEBOOK}}}CodeBook" and [one.tag.rpartition("}")[2] for one in root] == ["Codes"]
    inside = data.decode().partition("<Codes>")[2].rpartition("</Codes>")[0]
    valid(
        etree.fromstring(
            f'<Project xmlns="{refi.PROJECT}" name="p"><CodeBook><Codes>{inside}</Codes></CodeBook></Project>'
        )
    )
    above = root[0][0]
    assert [one.tag.rpartition("}")[2] for one in above] == ["Description", "Code"]
    assert codebooks.read(data) == (
        Code("Answered", "Says yes or no.\nInclude: a plain yes\nExclude: a long story"),
        Code("Answered in part", "", 0),
        Code("Housing & <rents>", "Homes"),
    )
    made = wanted_tags(codebooks.read(data))
    assert [(one.key, one.parent, one.name.en) for one in made] == [
        ("answered", None, "Answered"),
        ("answered-in-part", "answered", "Answered in part"),
        ("housing-rents", None, "Housing & <rents>"),
    ]
    assert [(one.description.en, one.includes, one.excludes) for one in made] == [
        (tag.description.en, tag.includes, tag.excludes) for tag in TAGS
    ]


def test_there_is_no_empty_codebook() -> None:
    with pytest.raises(Refusal, match="no tags"):
        refi.codebook(holding(tags=()))


def test_a_topic_has_one_code_in_every_class_and_any_other_tag_one_in_each() -> None:
    here, there = holding(), holding(class_key="another-class")
    assert here.tag(TAGS[2]) == there.tag(TAGS[2])
    assert here.tag(TAGS[0]) != there.tag(TAGS[0])
    assert here.at == NOON
