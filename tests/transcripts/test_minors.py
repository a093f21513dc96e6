"""A child who says who they are is noticed whatever format the words come in, in English and in Spanish."""

import json

import pytest

from tests.bombs import docx, paragraph
from tests.fuzz.generating import examples
from tests.transcripts.formats.test_tables import book
from transcripts import formats, minors
from transcripts.formats import diarisation
from transcripts.formats.decoding import decode
from transcripts.received import in_order

CHILDREN = ("Hi, I'm Maya and I'm eleven years old.", "Soy Luis, tengo doce años y vivo aquí.")
TIMED = ("json3", "whisper", "cdp", "gladia")
"""Formats that say words one by one: no sentence stands in them whole."""


def spoken_by(child: str, name: str) -> list[bytes]:
    """Examples of a format in which a child says this in place of somebody's words."""
    if name == "docx":
        return [docx(paragraph("IDA BERG: Good evening.") + paragraph(f"GIRL: {child}") + paragraph("IDA BERG: Yes."))]
    if name == "xlsx":
        return [book(("A", [["speaker", "text"], ["Ida Berg", "Good evening."], ["Girl", child]]))]
    if name == "csv":
        return [f'speaker,text\nIda Berg,Good evening.\nGirl,"{child}"\nIda Berg,Yes.\n'.encode()]
    found = []
    for data in examples(name):
        text = decode(data).text
        for turn in in_order(formats.read(data, None, name)):
            words = max(turn.text.split("\n"), key=len)
            said = json.dumps(child)[1:-1] if text.lstrip().startswith(("{", "[{")) else child
            if len(words) > 3 and text.count(words) == 1:
                found.append(text.replace(words, said).encode())
    return found


@pytest.mark.parametrize("child", CHILDREN)
@pytest.mark.parametrize(
    "name", [known.NAME for known in formats.FORMATS if known.NAME not in ("pdf", diarisation.NAME, *TIMED)]
)
def test_a_child_is_noticed_in_every_format(name: str, child: str) -> None:
    files = spoken_by(child, name)
    assert files
    noticed = [any(minors.warnings(in_order(formats.read(data, None, name)))) for data in files]
    assert noticed.count(True) * 10 >= 9 * len(noticed), name
