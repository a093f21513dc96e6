"""Generated hostile inputs for every format: a fixed seed, and a new one that a failure names. `make fuzz` runs 10,000 a format."""

import secrets

import pytest

from tests.fuzz.generating import one
from tests.fuzz.reading import HANG_SECONDS
from tests.fuzz.running import run
from transcripts.formats import FORMATS, docx

INPUTS = 300
OF_DOCX = 100
"""A Word file takes five times as long as any other."""


@pytest.mark.parametrize("name", [known.NAME for known in FORMATS])
def test_an_input_is_read_or_refused(name: str) -> None:
    inputs = OF_DOCX if name == docx.NAME else INPUTS
    for found in run(name, inputs, "1", secrets.token_hex(4)):
        again = f"python -m tests.fuzz --format {name} --seed {found.seed} --inputs {inputs}"
        assert found.failed is None, f"{again}\ninput {found.failed}: {found.failure}"
        assert found.slowest_ms < HANG_SECONDS * 1000, f"{again}\ninput {found.slowest}"
        assert found.read and found.refused, f"{again}\nnothing was read, or nothing refused: the inputs are no test"


def test_an_input_is_known_by_its_seed_and_number() -> None:
    assert one("plain", "1", 7) == one("plain", "1", 7) != one("plain", "2", 7)
