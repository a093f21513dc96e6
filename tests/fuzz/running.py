"""Starts the process that reads, and takes in what it says."""

import json
import subprocess
import sys

from tests.corpora import ROOT
from tests.fuzz.reading import Outcome


def run(name: str, seed: str, count: int) -> Outcome:
    """What became of `count` inputs of a format, read in a process with limits of its own."""
    command = [sys.executable, "-m", "tests.fuzz.reading", name, seed, str(count)]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    if ended.returncode != 0:
        return Outcome(
            name, seed, failed=-1, failure=f"the process ended with {ended.returncode}: {ended.stderr[-2000:]}"
        )
    return Outcome(**json.loads(ended.stdout))
