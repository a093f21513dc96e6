"""The lines an editor is shown are those that records and their problems count, in every format."""

from pathlib import Path

import pytest

from tests.transcripts.formats.test_examples import FILES
from transcripts import formats, guarded
from transcripts.errors import BadFile
from transcripts.formats import docx

PRINTED = frozenset("docx pdf xlsx plain webvtt srt csv markdown rev otter zoom".split())
"""Formats in which the words of a turn begin on its line or under the name that stands there."""


def ids(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", FILES, ids=ids)
def test_every_line_named_is_one_of_those_shown(path: Path) -> None:
    data = path.read_bytes()
    lines, record = formats.lines(data, path.name), formats.read(data, path.name)
    for found in (*record.turns, *record.problems):
        assert found.line is None or 1 <= found.line <= len(lines)


@pytest.mark.parametrize("path", [path for path in FILES if path.parent.name in PRINTED], ids=ids)
def test_words_begin_where_their_line_says(path: Path) -> None:
    data = path.read_bytes()
    lines = formats.lines(data, path.name)
    for turn in formats.read(data, path.name).turns:
        if turn.line is not None:
            near = " ".join(lines[turn.line - 1 : turn.line + 4])
            assert turn.text.split()[0] in near, (turn.line, turn.text)


def test_a_document_we_wrote_shows_its_paragraphs() -> None:
    record = formats.read(b"IDA QUILL: One.\n\nOREN MASK: Two.\n\nIDA QUILL: Three.")
    data = docx.write(record)
    turn = formats.read(data).turns[1]
    assert formats.lines(data)[(turn.line or 0) - 1] == "OREN MASK"


def test_the_child_shows_the_lines_of_a_document() -> None:
    path = next(path for path in FILES if path.parent.name == "pdf")
    data = path.read_bytes()
    assert guarded.text(data, path.name).split("\n") == list(formats.lines(data, path.name))
    with pytest.raises(BadFile, match="damaged"):
        guarded.text(data[:400], path.name)
