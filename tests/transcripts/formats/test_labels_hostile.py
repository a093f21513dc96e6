"""What stands before a colon is looked at in no time, whatever it is made of."""

import pytest

from transcripts.formats.labels import in_capitals, possible_label, shape_of

MADE_OF = ["-", "'-", ".", "A-", "A'", " ", "( ", "[", "Mc", "a.", "¿", "\u0301", "_", "Ñ,"]


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", MADE_OF)
def test_a_label_of_anything_is_looked_at_at_once(piece: str) -> None:
    for label in (f"ABC{piece * 60}d", f"ABC{piece * 60}", f"{piece * 60}D e"):
        shape_of(label)
        in_capitals(label)
        possible_label(f"{label}: words")
    possible_label(f"A{piece * 100}:" + piece * 20_000)
    possible_label("A" + " " * 20_000 + ":")
