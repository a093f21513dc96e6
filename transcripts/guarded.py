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
from pathlib import PurePath
from typing import IO

from pydantic import TypeAdapter, ValidationError

from transcripts import formats
from transcripts.confined import TOO_LARGE, Told
from transcripts.errors import BadFile, Conflict
from transcripts.formats.decoding import refuse_size
from transcripts.formats.parsed import ParsedRecord
from transcripts.received import Received
from transcripts.text import clean

WALL_SECONDS = 9.5
"""From the start of the child to its end, whatever it waits for."""
AT_ONCE = 2
"""Children at one time: more would share the machine's cores and memory and help nobody."""

_SLOW = "We stopped reading this file after {seconds:.0f} seconds. Divide it, or save it in a simpler format."
_MEMORY = "Reading this file takes more memory than a transcript ever needs. Divide it, or save it in a simpler format."
_LARGE = "There is more in this file than we take in at once. Divide it."
_DAMAGED = "This file cannot be read: it is damaged, or not what its name says. Save it again, or in another format."
_BUSY = "Other files are being read at this moment; nothing was changed. Try again."

_TOLD = TypeAdapter(Told)
_places = threading.BoundedSemaphore(AT_ONCE)
_log = logging.getLogger(__name__)


def read(data: bytes, filename: str, format: str | None = None) -> Received:
    """Read a file nobody vouches for, by the format named or the one recognised.

    Raises BadFile with the reason where it cannot be read, is too large, takes too long or too much memory; Conflict
    where too many files are being read at once.
    """
    refuse_size(data)
    name = clean(PurePath(filename).name) or "file"
    if not _places.acquire(timeout=WALL_SECONDS):
        raise Conflict(_BUSY)
    try:
        record = _record(_told(data, name, format))
    finally:
        _places.release()
    version = formats.named(record.format).VERSION
    return Received(name, data, hashlib.sha256(data).hexdigest(), version, record)


def _record(told: Told) -> ParsedRecord:
    """The record in what the child said. Raises BadFile with the reason where there is none."""
    if told.refused is not None:
        raise BadFile(told.refused, told.line)
    if told.exhausted:
        raise BadFile(_MEMORY)
    if told.record is None:
        _log.warning("A reader failed on a file: %s", told.broken)
        raise BadFile(_DAMAGED)
    return told.record


def _told(data: bytes, name: str, format: str | None) -> Told:
    """What a child says of the file; its folder goes with it. No shell, no environment, no open files of ours."""
    with (
        tempfile.TemporaryDirectory(prefix="reading-", ignore_cleanup_errors=True) as folder,
        tempfile.TemporaryFile(dir=folder) as source,
        tempfile.TemporaryFile(dir=folder) as answer,
    ):
        source.write(json.dumps({"name": name, "format": format}).encode() + b"\n")
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
            raise BadFile(_SLOW.format(seconds=WALL_SECONDS)) from error
        finally:
            child.kill()
            child.wait()
        return _answered(code, answer)


def _answered(code: int, answer: IO[bytes]) -> Told:
    """What stands in the answer of a child that ended so. Raises BadFile where it was stopped or answered nothing."""
    if code == -signal.SIGXCPU:
        raise BadFile(_SLOW.format(seconds=WALL_SECONDS))
    if code == -signal.SIGKILL:
        raise BadFile(_MEMORY)
    if code == TOO_LARGE:
        raise BadFile(_LARGE)
    answer.seek(0)
    try:
        return _TOLD.validate_json(answer.read())
    except ValidationError as error:
        _log.warning("The child that read a file ended with %s and no answer", code)
        raise BadFile(_DAMAGED) from error
