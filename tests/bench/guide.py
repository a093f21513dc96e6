"""The printed guide of 20 candidates and 60 statements, every box filled: the whole command, from the shell to the file."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import yaml

from tests.bench.forums import vocabulary
from tests.bench.report import Row
from tests.world import config_in, environment_of

CANDIDATES, STATEMENTS, PIECES = 20, 60, 3
RACE = "generated-race-2027"


def run() -> Iterator[Row]:
    """In one language and in both, the slowest of three."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "race.yaml").write_text(yaml.safe_dump(_race(), sort_keys=False))
        _tracker(home, "migrate")
        _tracker(home, "load", str(home / "race.yaml"))
        for lang in ("en", "both"):
            times = []
            for _ in range(3):
                begun = time.perf_counter()
                _tracker(home, "guide", RACE, "--out", str(home / "guide.pdf"), "--lang", lang)
                times.append((time.perf_counter() - begun) * 1000)
            yield Row(f"guide, {CANDIDATES} × {STATEMENTS}, {lang}", max(times), "ms", len(times), 10_000.0)


def _tracker(home: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", "tracker", *arguments]
    subprocess.run(command, check=True, env=environment_of(config_in(home)), capture_output=True)


def _race() -> dict[str, object]:
    words, _ = vocabulary()
    people = [
        {"slug": f"person-{n}", "name": f"Person Number{n}", "sort_name": f"Number{n}"} for n in range(CANDIDATES)
    ]
    told = [" ".join(words[n * 7 % 400 : n * 7 % 400 + 38]) for n in range(CANDIDATES)]
    return {
        "people": people,
        "forums": [
            {
                "slug": "generated-forum",
                "title": {"en": "Generated forum"},
                "kind": "forum",
                "date": "2026-10-20",
                "zone": "UTC",
                "fictional": True,
                "sources": [{"key": "paper", "kind": "article", "title": "What they said", "publisher": "The Paper"}],
            }
        ],
        "contests": [
            {
                "slug": RACE,
                "title": {"en": "Generated race", "es": "Elección generada"},
                "office": {"en": "Mayor"},
                "place": "Town",
                "zone": "UTC",
                "election_date": "2027-11-02",
                "forums": ["generated-forum"],
                "candidacies": [{"person": one["slug"]} for one in people],
            }
        ],
        "propositions": [
            {
                "slug": f"statement-{n}",
                "contest": RACE,
                "topic": ("transit", "rent", "body-cameras", "schools")[n % 4],
                "text": {"en": f"The town should do thing number {n}.", "es": f"El pueblo debe hacer la cosa {n}."},
            }
            for n in range(STATEMENTS)
        ],
        "stances": [
            {
                "contest": RACE,
                "person": one["slug"],
                "proposition": f"statement-{n}",
                "code": "support",
                "as_of": "2026-10-20",
                "tier": 4,
                "evidence": [
                    {"kind": "reported_quotation", "source": "paper", "text": {"en": f"{told[at]} {piece}"}}
                    for piece in range(PIECES)
                ],
            }
            for n in range(STATEMENTS)
            for at, one in enumerate(people)
        ],
    }
