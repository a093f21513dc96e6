"""Pure: the codes of a codebook from another program: REFI-QDA (`.qdc`, or the codebook in a `.qdpx`), or a table as Taguette writes.

Nothing is unpacked to disk, and XML that declares a document type is refused before any entity of it counts.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.parsers import expat

from transcripts.errors import BadFile
from transcripts.formats import archives
from transcripts.formats.decoding import decode, refuse_size
from transcripts.text import clean

MOST = 1_000
"""Codes of one file."""
DEEPEST = 200
"""Elements inside one another."""
LONGEST_NAME, LONGEST = 200, 4_000
"""Code points of a name and of a description; what goes beyond is cut."""
PROJECT = "project.qde"
NAMES = ("tag", "name", "path")
"""What Taguette calls the column with the codes, whichever it wrote."""
_NAMESPACE = "urn:QDA-XML:"


@dataclass(frozen=True)
class Code:
    """A code. `parent` is the place, in the same list and before it, of the code it stands under; `codable`: more than a heading."""

    name: str
    description: str = ""
    parent: int | None = None
    codable: bool = True


def read(data: bytes) -> tuple[Code, ...]:
    """The codes of a file in its order, whichever of the three it is. Raises BadFile with the line."""
    refuse_size(data)
    if archives.names(data):
        return _in_project(data)
    return _in_xml(data) if _is_xml(data) else _in_table(data)


def _is_xml(data: bytes) -> bool:
    return data[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")


def _in_project(data: bytes) -> tuple[Code, ...]:
    with archives.checked(data) as archive:
        inside = next((info for info in archive.infolist() if info.filename.casefold() == PROJECT), None)
        if inside is None:
            raise BadFile("This archive holds no {part}: it is no project of REFI-QDA.", part=PROJECT)
        if inside.file_size > archives.MOST_TEXT:
            raise BadFile("There is more in this file than we take in at once. Divide it.")
        return _in_xml(archives.part(archive, inside.filename))


class _Codebook:
    """The codes met so far while XML is read; `open` are the elements around the place, `above` the codes among them."""

    def __init__(self) -> None:
        self.codes: list[Code] = []
        self.open: list[str] = []
        self.above: list[int] = []
        self.said: list[str] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _refuse(self, *_declared: object) -> None:
        raise BadFile(
            "This file declares a document type (DOCTYPE), which no codebook does: we do not open it.", self.line
        )

    @property
    def line(self) -> int:
        return self.parser.CurrentLineNumber

    @property
    def described(self) -> bool:
        """Whether words here describe the innermost code."""
        return bool(self.above) and self.open[-2:] == ["Code", "Description"]

    def _start(self, name: str, given: dict[str, str]) -> None:
        namespace, _, tag = name.rpartition(" ")
        if not self.open and (tag not in ("CodeBook", "Project") or not f"{namespace}:".startswith(_NAMESPACE)):
            raise BadFile("This XML is no codebook of REFI-QDA: it begins with “{tag}”.", self.line, tag=tag[:80])
        self.open.append(tag)
        if len(self.open) > DEEPEST:
            raise BadFile("The codes of this file lie too deep in one another.", self.line)
        if tag == "Code" and "CodeBook" in self.open:
            self._code(given)
        if self.described:
            self.said = []

    def _code(self, given: dict[str, str]) -> None:
        name = " ".join(clean(given.get("name", "")).split())[:LONGEST_NAME]
        if not name:
            raise BadFile("A Code has no name.", self.line)
        if len(self.codes) == MOST:
            raise BadFile("There are more than {most} codes in this file.", self.line, most=MOST)
        codable = given.get("isCodable", "true").strip() not in ("false", "0")
        self.codes.append(Code(name, "", self.above[-1] if self.above else None, codable))
        self.above.append(len(self.codes) - 1)

    def _text(self, words: str) -> None:
        if self.described:
            self.said.append(words)

    def _end(self, _name: str) -> None:
        if self.described:
            place = self.above[-1]
            code = self.codes[place]
            said = clean("".join(self.said)).strip()[:LONGEST]
            self.codes[place] = Code(code.name, said, code.parent, code.codable)
        if self.open.pop() == "Code" and self.above:
            self.above.pop()


def _in_xml(data: bytes) -> tuple[Code, ...]:
    book = _Codebook()
    try:
        book.parser.Parse(data, True)
    except expat.ExpatError as error:
        said = expat.ErrorString(error.code)
        raise BadFile("This is no XML we can read: {error}.", error.lineno, error=said) from error
    except (LookupError, ValueError) as error:  # expat asks Python for encodings it does not know
        raise BadFile("This is no XML we can read: {error}.", 1, error=str(error)[:80]) from error
    if not book.codes:
        raise BadFile("There is no code in this file.")
    return tuple(book.codes)


def _in_table(data: bytes) -> tuple[Code, ...]:
    found = list(_named(_lines(decode(data).text)))
    if not found:
        raise BadFile("There is no code in this file.")
    return _nested(found)


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, each with the line it ends on."""
    heading = text.lstrip("\n").partition("\n")[0]
    rows = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=heading.count))
    try:
        yield from ((rows.line_num, row) for row in rows if any(cell.strip() for cell in row))
    except csv.Error as error:
        raise BadFile("This is no table we can read: {error}.", rows.line_num, error=str(error)) from error


def _named(lines: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[str, str]]:
    """Each code with its description. The first line says which column holds which."""
    heading = next(lines, None)
    if heading is None:
        return
    places = _columns(heading[1], heading[0])
    seen: set[str] = set()
    for line, row in lines:
        name, said = (row[place].strip() if place is not None and place < len(row) else "" for place in places)
        name = " ".join(name.split())[:LONGEST_NAME]
        if not name or name in seen:
            raise BadFile("Each code needs a name of its own here; this is “{name}”.", line, name=name)
        if len(seen) == MOST:
            raise BadFile("There are more than {most} codes in this file.", line, most=MOST)
        seen.add(name)
        yield name, said[:LONGEST]


def _columns(heading: Sequence[str], line: int) -> tuple[int, int | None]:
    folded = [cell.strip().casefold() for cell in heading]
    named = [name for name in NAMES if name in folded]
    if len(named) != 1:
        raise BadFile(
            "A table of codes has one column “tag”, “name” or “path”, and perhaps “description”; the columns are {names}.",
            line,
            names=", ".join(cell.strip()[:40] or "–" for cell in heading[:20]),
        )
    return folded.index(named[0]), folded.index("description") if "description" in folded else None


def _nested(found: Sequence[tuple[str, str]]) -> tuple[Code, ...]:
    """Codes under those whose name, with a dot, theirs begins with: as Taguette means it."""
    codes: list[Code] = []
    places: dict[str, int] = {}
    for path, said in found:
        above = next((path[:at] for at in range(len(path) - 2, 0, -1) if path[at] == "." and path[:at] in places), None)
        name = path if above is None else path[len(above) + 1 :].strip()
        places[path] = len(codes)
        codes.append(Code(name, said, None if above is None else places[above]))
    return tuple(codes)
