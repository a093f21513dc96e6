"""Run by a test and killed: commits batches of turns for ever and prints the number of each batch once it is committed."""

import itertools
import sys
from datetime import date
from pathlib import Path

from tests.transcripts.search.engines import open_engine
from transcripts.search.documents import Document

BATCH = 10


def batch(number: int) -> list[Document]:
    """Ten turns that hold the word of their batch and a phrase."""
    day = date(2015, 9, 8)
    return [
        Document(f"{number:012d}-{n}", "forum", number * BATCH + n + 1, day, f"batch{number} said the mayor {n}")
        for n in range(BATCH)
    ]


def main(engine_name: str, home: str, first: str) -> None:
    engine = open_engine(engine_name, Path(home))
    for number in itertools.count(int(first)):
        engine.upsert(batch(number))
        engine.commit()
        print(number, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
