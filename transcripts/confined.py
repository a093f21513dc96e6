"""The child in which files of strangers are read: `python -m transcripts.confined`, started by `guarded.read` and by nothing else.

It takes limits upon itself before it looks at the file, reads it, and says what it found as JSON on standard output.
Standard input is one line of JSON (want, name, format, columns) and then the bytes of the file.
"""

import ctypes
import json
import resource
import signal
import sys
import traceback
from dataclasses import asdict, dataclass
from typing import BinaryIO

from transcripts.codebooks import Code
from transcripts.errors import BadFile
from transcripts.formats.parsed import ParsedRecord
from transcripts.formats.table import Sample
from transcripts.messages import Message
from transcripts.papers import Paper
from transcripts.web_annotations import Noted

MEMORY = 512 * 1024 * 1024
"""Bytes of address space: what the interpreter, the libraries and the file may take together."""
CPU_SECONDS = 10
"""Should the parent die, the child still ends."""
RESULT = 64 * 1024 * 1024
"""Bytes of the answer, and of any file the child might write."""
TOO_LARGE = 3
"""Exit code where the answer is larger than RESULT."""

WANT_RECORD, WANT_SCORES, WANT_TEXT, WANT_CODES, WANT_NOTES = "record", "scores", "text", "codes", "notes"
WANT_PAPER = "paper"
"""What is asked of a file: its record; that, how much each format sees of itself in it and the table it is; its lines; the
codes of the codebook it is; the annotations in it; the paragraphs of the document it is."""

_NEW_USER, _NEW_NETWORK = 0x1000_0000, 0x4000_0000
_DIE_WITH_PARENT, _NO_NEW_PRIVILEGES = 1, 38


@dataclass(frozen=True)
class Told:
    """What the child says of a file; exactly one of the eight is set. `line` belongs to `refused`, `scores` to it and `record`.

    `text` holds its lines (`formats.lines`), `codes` those of a codebook, `notes` annotations, `paper` a document, where they
    were wanted; `sample` is the table a file is, where it is one.
    `exhausted`: it needed more than MEMORY. `broken`: a reader failed in a way it should not have, and where.
    """

    record: ParsedRecord | None = None
    refused: Message | None = None
    line: int | None = None
    exhausted: bool = False
    broken: str | None = None
    text: str | None = None
    scores: tuple[tuple[str, float], ...] = ()
    sample: Sample | None = None
    codes: tuple[Code, ...] | None = None
    notes: tuple[Noted, ...] | None = None
    paper: Paper | None = None


def confine() -> None:
    """Give up memory, time, files and, where the system lets us, the network, for good."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, RESULT),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (least, least))
    if sys.platform == "linux":
        system = ctypes.CDLL(None)
        system.prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
        system.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        if system.unshare(_NEW_USER | _NEW_NETWORK) != 0:
            system.unshare(_NEW_NETWORK)


def tell(source: BinaryIO) -> Told:
    """Read the file that follows its line of JSON and say what is in it, or why it cannot be read."""
    from transcripts import codebooks, formats, papers, web_annotations
    from transcripts.formats.columns import Columns
    from transcripts.received import receive

    scores: tuple[tuple[str, float], ...] = ()
    sample = None
    try:
        asked = json.loads(source.readline())
        columns = Columns(**asked["columns"]) if asked["columns"] else None
        data = source.read()
        if asked["want"] == WANT_CODES:
            return Told(codes=codebooks.read(data))
        if asked["want"] == WANT_NOTES:
            return Told(notes=web_annotations.read(data))
        if asked["want"] == WANT_PAPER:
            return Told(paper=papers.read(data, asked["name"]))
        if asked["want"] == WANT_TEXT:
            return Told(
                text="\n".join(formats.lines(data, asked["name"], asked["format"], columns.sheet if columns else None))
            )
        if asked["want"] == WANT_SCORES:
            scores = formats.scores(data, asked["name"])
            sample = formats.table_in(data, asked["name"], asked["format"], columns.sheet if columns else None)
        record = receive(data, asked["name"], asked["format"], columns).record
        return Told(record=record, scores=scores, sample=sample)
    except BadFile as refused:
        return Told(refused=refused.reason, line=refused.line, scores=scores, sample=sample)
    except MemoryError:
        return Told(exhausted=True)
    except Exception as error:  # the one place where a fault of a reader becomes an answer
        return Told(broken=f"{type(error).__name__} {_place(error)}")


def _place(error: Exception) -> str:
    """Where a reader failed, without any word of the file."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"in {last.filename.rpartition('/')[2]}, line {last.lineno}"


def main() -> None:
    """Confine this process, read standard input, answer on standard output."""
    confine()
    told = tell(sys.stdin.buffer)
    try:
        sys.stdout.buffer.write(json.dumps(asdict(told)).encode())
        sys.stdout.buffer.flush()
    except MemoryError:
        sys.stdout.buffer.write(json.dumps(asdict(Told(exhausted=True))).encode())
    except OSError:
        sys.exit(TOO_LARGE)


if __name__ == "__main__":
    main()
