"""Run by a test in a process of its own: every hostile string through the parser, the sentence reader and one engine.

Prints one JSON line: the longest CPU time of a string in seconds, and how many strings there were.
"""

import json
import sys
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from tests.transcripts.search.engines import open_engine
from transcripts.bilingual import Bilingual
from transcripts.search import controls, suggesting
from transcripts.search.engine import SearchEngine
from transcripts.search.finding import Asked, Finder
from transcripts.search.names import Alias, Known, Names
from transcripts.search.parsing import TooLong
from transcripts.search.snippets import Highlighter
from transcripts.search.understanding import understand

STRINGS = (
    '"unbalanced',
    "(unbalanced",
    "unbalanced)",
    "a:b:c",
    "speaker:",
    "speaker:speaker:speaker:x",
    "***",
    "*",
    "*tion",
    "th*",
    "the* OR and* OR tha* OR she* OR pre*",
    "a" * 500,
    "a" * 10_000,
    " ".join(["the"] * 125),
    " ".join(["word"] * 10_000),
    "(" * 250 + "a" + ")" * 249,
    "(" * 5_000,
    "-" * 500,
    "-(" * 200,
    "NOT " * 120 + "a",
    " OR ".join("abcdefgh" for _ in range(40)),
    "OR OR OR AND AND NOT",
    '"the the the the the the the the"~100',
    '"a b"~99999999999999999999',
    "health~99",
    "aaaaaaaaaaaaaaaaaaaa~2 bbbbbbbbbbbb~2 cccccccccccc~2",
    "\x00\x01\x02 a\x00b",
    "\ud800\udfff lone surrogate \ud83d",
    "date:9999-12-31..0001-01-01 date:99999 date:..",
    "'; DROP TABLE turn; -- \\ %s {0} ${x} <script>",
    "ﷺ" * 400,
    "e" + "\u0301" * 499,
    "-a OR -(b -(c -(d OR -e)))",
    '~ ~~ ~2 "~" "a"~ :: : [a TO z] {a TO z] ^4 a^9 +a ||a && b',
)


CONTROLS = ("q", "exact", "any", "none", "starts", "like", "near", "speaker", "date")


def _ask(engine: SearchEngine, names: Names, asked: Asked) -> None:
    """Read, run, advised on and lit up, as the page does it."""
    meant = replace(asked, filters=tuple(map(names.resolved, asked.filters)))
    finder = Finder(engine, names, meant)
    tried = finder.find(understand(asked.text, names))
    suggesting.advice(tried, finder)
    Highlighter(tried.request.plan).snippet("the same words again " * 40, "en")


def main(engine_name: str, home: str) -> None:
    engine = open_engine(engine_name, Path(home))
    ada = Known("speaker", "ada", Bilingual("Ada"))
    names = Names((ada,), (Alias(ada, "a b c d e f g h"),))
    longest = 0.0
    for typed in STRINGS:
        for control in CONTROLS:
            start = time.process_time()
            with suppress(TooLong):
                if control == "q":
                    _ask(engine, names, Asked(typed))
                else:
                    _ask(engine, names, Asked("", controls.read({control: (typed,)}).filters))
            longest = max(longest, time.process_time() - start)
    print(json.dumps({"longest": longest, "strings": len(STRINGS)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
