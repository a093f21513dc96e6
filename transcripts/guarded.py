"""Files of strangers, read in a child process with limits: the same answer as `received.receive`, or a refusal with its reason.

Nothing a file holds can hang, fill or bring down the process that asks. What is enforced stands in docs/import.md.
"""

import hashlib
import json
import logging
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import IO

from pydantic import TypeAdapter, ValidationError

from transcripts import formats
from transcripts.codebooks import Code
from transcripts.confined import (
    TOO_LARGE,
    WANT_CODES,
    WANT_NOTES,
    WANT_PAPER,
    WANT_RECORD,
    WANT_SCORES,
    WANT_TEXT,
    Told,
)
from transcripts.errors import BadFile, Conflict
from transcripts.formats.columns import Columns
from transcripts.formats.decoding import refuse_size
from transcripts.formats.parsed import ParsedRecord
from transcripts.formats.table import Sample
from transcripts.papers import Paper
from transcripts.received import Received
from transcripts.text import clean
from transcripts.web_annotations import Noted

WALL_SECONDS = 9.5
"""From the start of the child to its end, whatever it waits for."""
AT_ONCE = 2
"""Children at one time: more would share the machine's cores and memory and help nobody."""

_SLOW = "We stopped reading this file after {seconds} seconds. Divide it, or save it in a simpler format."
_MEMORY = "Reading this file takes more memory than a transcript ever needs. Divide it, or save it in a simpler format."
_LARGE = "There is more in this file than we take in at once. Divide it."
_DAMAGED = "This file cannot be read: it is damaged, or not what its name says. Save it again, or in another format."
_GAVE_UP = (
    "This file is damaged, or takes more memory than a transcript ever needs. Save it again, or in another format."
)
_BUSY = "Other files are being read at this moment; nothing was changed. Try again."

_TOLD = TypeAdapter(Told)
_places = threading.BoundedSemaphore(AT_ONCE)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Asked:
    """The line a child gets before the file."""

    want: str
    name: str
    format: str | None = None
    columns: Columns | None = None


@dataclass(frozen=True)
class Examined:
    """A file looked at for a person: `received`, or why it cannot be read (`refused`); what each format sees of itself in it,
    0 to 1, the most first (none where it is no text); and the table it is, where it is one (`sample`)."""

    name: str
    received: Received | None
    refused: BadFile | None
    scores: tuple[tuple[str, float], ...]
    sample: Sample | None = None


def read(data: bytes, filename: str, format: str | None = None, columns: Columns | None = None) -> Received:
    """Read a file nobody vouches for, by the format named or the one recognised; `columns` as for `formats.read`.

    Raises BadFile with the reason where it cannot be read, is too large, takes too long or too much memory; Conflict
    where too many files are being read at once.
    """
    name = _name(filename)
    return _received(data, name, _record(_answer(_Asked(WANT_RECORD, name, format, columns), data)))


def examine(data: bytes, filename: str, format: str | None = None, columns: Columns | None = None) -> Examined:
    """As `read`, for a conversation about the file: a refusal of its reader comes with what the formats see in it.

    Raises BadFile where there is nothing to talk about: too large, too slow, no text at all; Conflict as `read` does.
    """
    name = _name(filename)
    told = _answer(_Asked(WANT_SCORES, name, format, columns), data)
    if told.refused is not None and (told.scores or told.sample):
        return Examined(name, None, BadFile.of(told.refused, told.line), told.scores, told.sample)
    return Examined(name, _received(data, name, _record(told)), None, told.scores, told.sample)


def text(data: bytes, filename: str, format: str | None = None, sheet: str | None = None) -> str:
    """The lines of such a file, which the problems of a record name (`formats.lines`). Raises as `read` does."""
    told = _answer(_Asked(WANT_TEXT, _name(filename), format, Columns(sheet=sheet) if sheet else None), data)
    if told.text is None:
        _record(told)  # raises: it holds no record either
    return told.text or ""


def codes(data: bytes, filename: str) -> tuple[Code, ...]:
    """The codes of a codebook nobody vouches for (`codebooks.read`). Raises as `read` does."""
    told = _answer(_Asked(WANT_CODES, _name(filename)), data)
    if told.codes is None:
        _record(told)  # raises: it holds no record either
    return told.codes or ()


def notes(data: bytes, filename: str) -> tuple[Noted, ...]:
    """The annotations in a file nobody vouches for (`web_annotations.read`). Raises as `read` does."""
    told = _answer(_Asked(WANT_NOTES, _name(filename)), data)
    if told.notes is None:
        _record(told)  # raises: it holds no record either
    return told.notes or ()


def paper(data: bytes, filename: str) -> Paper:
    """The document in a file nobody vouches for (`papers.read`). Raises as `read` does."""
    told = _answer(_Asked(WANT_PAPER, _name(filename)), data)
    if told.paper is None:
        _record(told)  # raises: it holds no record either
        raise BadFile(_DAMAGED)
    return told.paper


def _name(filename: str) -> str:
    return clean(PurePath(filename).name) or "file"


def _received(data: bytes, name: str, record: ParsedRecord) -> Received:
    version = formats.named(record.format).VERSION
    return Received(name, data, hashlib.sha256(data).hexdigest(), version, record)


def _answer(asked: _Asked, data: bytes) -> Told:
    """What a child says, as soon as there is room for one."""
    refuse_size(data)
    if not _places.acquire(timeout=WALL_SECONDS):
        raise Conflict(_BUSY)
    try:
        return _told(asked, data)
    finally:
        _places.release()


def _record(told: Told) -> ParsedRecord:
    """The record in what the child said. Raises BadFile with the reason where there is none."""
    if told.refused is not None:
        raise BadFile.of(told.refused, told.line)
    if told.exhausted:
        raise BadFile(_MEMORY)
    if told.record is None:
        _log.warning("A reader failed on a file: %s", told.broken)
        raise BadFile(_DAMAGED)
    return told.record


def _told(asked: _Asked, data: bytes) -> Told:
    """What a child says of the file; its folder goes with it. No shell, no environment, no open files of ours."""
    with (
        tempfile.TemporaryDirectory(prefix="reading-", ignore_cleanup_errors=True) as folder,
        tempfile.TemporaryFile(dir=folder) as source,
        tempfile.TemporaryFile(dir=folder) as answer,
    ):
        source.write(json.dumps(asdict(asked)).encode() + b"\n")
        source.write(data)
        source.seek(0)
        child = subprocess.Popen(
            [sys.executable, "-I", "-m", "transcripts.confined"],
            stdin=source,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env={"TMPDIR": folder},
            start_new_session=True,
        )
        try:
            code = child.wait(WALL_SECONDS)
        except subprocess.TimeoutExpired as error:
            raise BadFile(_SLOW, seconds=round(WALL_SECONDS)) from error
        finally:
            child.kill()
            child.wait()
        return _answered(code, answer)


def _answered(code: int, answer: IO[bytes]) -> Told:
    """What stands in the answer of a child that ended so. Raises BadFile where it was stopped or answered nothing."""
    if code == -signal.SIGXCPU:
        raise BadFile(_SLOW, seconds=round(WALL_SECONDS))
    if code == -signal.SIGKILL:
        raise BadFile(_MEMORY)
    if code == -signal.SIGABRT:  # a library in C ends the process where memory does
        raise BadFile(_GAVE_UP)
    if code == TOO_LARGE:
        raise BadFile(_LARGE)
    answer.seek(0)
    try:
        return _TOLD.validate_json(answer.read())
    except ValidationError as error:
        _log.warning("The child that read a file ended with %s and no answer", code)
        raise BadFile(_DAMAGED) from error
