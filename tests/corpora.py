"""Where the shared real transcripts are, and what happens when they are not.

Tests read them and never copy their text. Absent: the test says so and is skipped; with TRACKER_TEST_REQUIRE=1 it fails.
"""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
CORPORA = Path(os.environ.get("TRACKER_CORPORA", SHARED / "corpora"))
SPECS = Path(os.environ.get("TRACKER_SPECS", SHARED / "specs"))
SOURCES = Path(os.environ.get("TRACKER_SOURCES", SHARED / "sources"))
REQUIRED = os.environ.get("TRACKER_TEST_REQUIRE") == "1"


def missing(what: str) -> None:
    """Skip the test because `what` is not on this machine; a failure where nothing may be skipped."""
    if REQUIRED:
        pytest.fail(f"{what} is required (TRACKER_TEST_REQUIRE=1) and is not here.")
    pytest.skip(f"{what} is not here.")


def corpus(path: str) -> Path:
    """A file or folder of the shared transcripts."""
    found = CORPORA / path
    if not found.exists():
        missing(f"The shared transcript {path}")
    return found


def spec(path: str) -> Path:
    """A file or folder of the published specifications."""
    found = SPECS / path
    if not found.exists():
        missing(f"The specification {path}")
    return found


def source(name: str) -> Path:
    """One of the two source documents."""
    found = SOURCES / name
    if not found.exists():
        missing(f"The source document {name}")
    return found
