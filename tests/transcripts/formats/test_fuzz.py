"""Generated hostile inputs for every format: a fixed seed, and a new one that a failure names. `make fuzz` runs 10,000 a format."""

import secrets

import pytest

from tests.fuzz.generating import one
from tests.fuzz.reading import HANG_SECONDS
from tests.fuzz.running import run
from transcripts.formats import FORMATS

INPUTS = 300


@pytest.mark.parametrize("seed", ["fixed", "new"])
@pytest.mark.parametrize("name", [known.NAME for known in FORMATS])
def test_an_input_is_read_or_refused(name: str, seed: str) -> None:
    drawn = secrets.token_hex(4) if seed == "new" else "1"
    found = run(name, drawn, INPUTS)
    again = f"python -m tests.fuzz --format {name} --seed {drawn} --inputs {INPUTS}"
    assert found.failed is None, f"{again}\ninput {found.failed}: {found.failure}"
    assert found.slowest_ms < HANG_SECONDS * 1000, f"{again}\ninput {found.slowest}"
    assert found.read and found.refused, f"{again}\nnothing was read, or nothing refused: the inputs are no test"


def test_an_input_is_known_by_its_seed_and_number() -> None:
    assert one("plain", "1", 7) == one("plain", "1", 7) != one("plain", "2", 7)
