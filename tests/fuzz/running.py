"""Starts the process that reads, and takes in what it says."""

import json
import subprocess
import sys

from tests.corpora import ROOT
from tests.fuzz.reading import Outcome


def run(name: str, count: int, *seeds: str) -> list[Outcome]:
    """What became of `count` inputs of a format from each seed, read in a process with limits of its own."""
    command = [sys.executable, "-m", "tests.fuzz.reading", name, str(count), *seeds]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    if ended.returncode != 0:
        failure = f"the process ended with {ended.returncode}: {ended.stderr[-2000:]}"
        return [Outcome(name, " or ".join(seeds), failed=-1, failure=failure)]
    return [Outcome(**told) for told in json.loads(ended.stdout)]
