"""Pure: files that are ZIP archives (documents, workbooks), looked over before anything in them is opened.

An archive may claim little and hold much, name one part twice or hide a part in another. All of it is refused by what
the directory says, and no part is read beyond the size it states.
"""

import re
import zipfile
import zlib
from collections import Counter
from io import BytesIO

from transcripts.errors import BadFile

MOST_PARTS = 2_000
MOST_BYTES = 96 * 1024 * 1024
"""Of all parts together, unpacked."""
MOST_TEXT = 24 * 1024 * 1024
"""Of one part that is XML, unpacked: a day of talk is 2 MB of it."""
MOST_RATIO = 150
"""Times a part may grow when it is unpacked, if it is large then: XML of words grows 5 to 30 times."""
_LARGE = 1024 * 1024

_START = b"PK\x03\x04"
_ENCRYPTED = 0x1
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_XML = (".xml", ".rels")
_ENTITIES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([^\"']{1,40})[\"']", re.IGNORECASE)
_ENCODINGS = frozenset({b"utf-8", b"utf-16", b"us-ascii", b"ascii"})


def names(data: bytes) -> frozenset[str]:
    """The names of the parts; none where the bytes are no archive. Opens no part and never raises."""
    if not data.startswith(_START):
        return frozenset()
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return frozenset()


def checked(data: bytes) -> zipfile.ZipFile:
    """The archive, once nothing in its directory or its XML is hostile. The caller closes it.

    Raises BadFile for one that is damaged, protected with a password, too large when unpacked, or not what it says.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise BadFile("This file is damaged: its parts cannot be told apart. Save it again and send that.") from error
    parts = archive.infolist()
    _refuse_directory(parts, len(data))
    for info in parts:
        _refuse_part(info)
    for info in parts:
        if info.filename.lower().endswith(_XML):
            _refuse_entities(part(archive, info.filename))
    return archive


def part(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of one part. Raises BadFile where it is missing or damaged."""
    try:
        return archive.read(name)
    except KeyError as error:
        raise BadFile("This file is damaged: its part “{name}” is missing.", name=name[:80]) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise BadFile(
            "This file is damaged: its part “{name}” cannot be unpacked. Save it again.", name=name[:80]
        ) from error


def _refuse_directory(parts: list[zipfile.ZipInfo], size: int) -> None:
    if len(parts) > MOST_PARTS:
        raise BadFile("This file is an archive of {n} parts; we open at most {most}.", n=len(parts), most=MOST_PARTS)
    if sum(info.file_size for info in parts) > MOST_BYTES:
        raise BadFile(
            "Unpacked, this file is larger than {most} MB, the most we open.", most=MOST_BYTES // 1024 // 1024
        )
    if sum(info.compress_size for info in parts) > size:
        raise BadFile("This file is not what it says it is: parts of it lie inside one another.")
    if any(n > 1 for n in Counter(info.filename for info in parts).values()):
        raise BadFile("This file is not what it says it is: it holds two parts of one name.")


def _refuse_part(info: zipfile.ZipInfo) -> None:
    if info.flag_bits & _ENCRYPTED:
        raise BadFile("This file is protected with a password. Save it without one and send that.")
    if info.compress_type not in _METHODS:
        raise BadFile("This file is packed in a way that office programs do not use. Save it again and send that.")
    if info.file_size > _LARGE and info.file_size > info.compress_size * MOST_RATIO:
        raise BadFile("This file grows too much when it is unpacked: we do not open it.")
    if info.filename.lower().endswith(_XML) and info.file_size > MOST_TEXT:
        raise BadFile("This file holds more than {most} MB of text, the most we open.", most=MOST_TEXT // 1024 // 1024)


def _refuse_entities(xml: bytes) -> None:
    """Raises BadFile for XML with a document type or entities, in whatever encoding they hide: office files have none."""
    plain = xml.replace(b"\0", b"")
    found = _ENCODING.search(plain[:400])
    if found and found[1].lower() not in _ENCODINGS:
        raise BadFile("This file holds text in an encoding that office programs do not use. Save it again.")
    if _ENTITIES.search(plain):
        raise BadFile(
            "This file defines entities of its own (DOCTYPE), which no office program does: we do not open it."
        )
