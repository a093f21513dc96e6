"""Pure: tags and marks in the exchange format of qualitative data analysis, REFI-QDA 1.0: a codebook (`.qdc`), a project (`.qdpx`).

What real readers want decides where the schema leaves room: the text beside the project, never in it; UTF-8 without a mark, LF;
positions in code points; a student's words as the description of their selection; no container that would be empty.
"""

import io
from collections.abc import Sequence
from uuid import UUID
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from positions.classes.interchange.holding import Holding, description, moment
from positions.classes.sheet import MarkView, Passage, Tag
from transcripts.errors import Refusal

CODEBOOK, PROJECT = "urn:QDA-XML:codebook:1.0", "urn:QDA-XML:project:1.0"
ORIGIN = "Said & Done"
VOICES = {"en": "Who spoke", "es": "Quién habló"}
"""The code above those that say who spoke: readers know no other way to keep it."""

_PACKED = (1980, 1, 1, 0, 0, 0)


def codebook(holding: Holding) -> bytes:
    """The tags as a codebook. Raises Refusal where there are none: the format has no empty one."""
    if not holding.sheet.tags:
        raise Refusal("This assignment has no tags: there is no codebook to write.")
    root = Element("CodeBook", {"xmlns": CODEBOOK, "origin": ORIGIN})
    _tags(SubElement(root, "Codes"), holding, holding.sheet.tags)
    return _xml(root)


def project(holding: Holding, *, crlf: bool = False) -> bytes:
    """Text, codebook, students and marks as a project. `crlf`: line ends as MAXQDA wants them, each still counted as one."""
    text = holding.guid(f"assignment/{holding.sheet.key}/text")
    lines = holding.document.text.replace("\n", "\r\n") if crlf else holding.document.text
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, data in (("project.qde", _project(holding, text)), (f"sources/{text}.txt", lines.encode())):
            part = ZipInfo(name, _PACKED)  # the same marks give the same file
            part.compress_type = ZIP_DEFLATED
            archive.writestr(part, data)
    return packed.getvalue()


def _project(holding: Holding, text: UUID) -> bytes:
    """The children in the one order the schema allows: users, codes, sources."""
    us, at = holding.guid("record"), moment(holding.at)
    made = {"creatingUser": str(us), "creationDateTime": at}
    root = Element(
        "Project",
        {
            "xmlns": PROJECT,
            "name": holding.sheet.title,
            "origin": ORIGIN,
            "creatingUserGUID": str(us),
            "creationDateTime": at,
        },
    )
    users = SubElement(root, "Users")
    SubElement(users, "User", {"guid": str(us), "name": ORIGIN})
    for member, who in sorted({(mark.member, mark.who or "") for mark in holding.standing}):
        SubElement(users, "User", {"guid": str(holding.student(member)), "name": who})
    voices = list(dict.fromkeys(voice for one in holding.passages if (voice := holding.voice(one))))
    if holding.sheet.tags or voices:
        codes = SubElement(SubElement(root, "CodeBook"), "Codes")
        _tags(codes, holding, holding.sheet.tags)
        _voices(codes, holding, voices)
    source = SubElement(
        SubElement(root, "Sources"),
        "TextSource",
        {"guid": str(text), "name": holding.sheet.title, "plainTextPath": f"internal://{text}.txt", **made},
    )
    for passage in holding.passages:
        _spoken(source, holding, passage, made)
    for mark in holding.standing:
        _marked(source, holding, mark)
    return _xml(root)


def _tags(parent: Element, holding: Holding, tags: Sequence[Tag]) -> None:
    """Codes inside those above them. A description stands before what is inside."""
    places: dict[str | None, Element] = {None: parent}
    for tag in tags:
        lang = holding.sheet.lang
        named = {"guid": str(holding.tag(tag)), "name": tag.name.within(lang), "isCodable": "true"}
        places[tag.key] = code = SubElement(places.get(tag.parent, parent), "Code", named)
        said = description(tag, lang)
        if said:
            SubElement(code, "Description").text = said


def _voices(parent: Element, holding: Holding, voices: Sequence[str]) -> None:
    if voices:
        above = {"guid": str(holding.guid("voices")), "name": VOICES[holding.sheet.lang], "isCodable": "false"}
        tree = SubElement(parent, "Code", above)
        for voice in voices:
            SubElement(tree, "Code", {"guid": str(_voice(holding, voice)), "name": voice, "isCodable": "true"})


def _voice(holding: Holding, voice: str) -> UUID:
    return holding.guid(f"voice/{voice}")


def _spoken(source: Element, holding: Holding, passage: Passage, made: dict[str, str]) -> None:
    """That a voice spoke the words of a passage."""
    voice = holding.voice(passage)
    if voice:
        guid = holding.guid(f"assignment/{holding.sheet.key}/spoken/{passage.id}")
        selection = _selection(source, holding, passage, (0, len(passage.text)), guid, made)
        _coding(selection, holding.guid(f"coding/{guid}"), _voice(holding, voice), made)


def _marked(source: Element, holding: Holding, mark: MarkView) -> None:
    """A mark: the words, what the student says of them, the code."""
    passage, tag = holding.sheet.passage(mark.passage), holding.sheet.tag(mark.tag)
    made = {"creatingUser": str(holding.student(mark.member)), "creationDateTime": moment(mark.at)}
    selection = _selection(source, holding, passage, (mark.start, mark.end), holding.mark(mark), made)
    if mark.comment:
        SubElement(selection, "Description").text = mark.comment
    if tag is not None:
        _coding(selection, holding.guid(f"coding/{mark.key}"), holding.tag(tag), made)


def _selection(
    source: Element, holding: Holding, passage: Passage, span: tuple[int, int], guid: UUID, made: dict[str, str]
) -> Element:
    begin = holding.document.begins[passage.id]
    place = {"startPosition": str(begin + span[0]), "endPosition": str(begin + span[1])}
    named = {"guid": str(guid), "name": f"{passage.position + 1}", **place}
    return SubElement(source, "PlainTextSelection", {**named, **made})


def _coding(selection: Element, guid: UUID, code: UUID, made: dict[str, str]) -> None:
    SubElement(SubElement(selection, "Coding", {"guid": str(guid), **made}), "CodeRef", {"targetGUID": str(code)})


def _xml(root: Element) -> bytes:
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written
