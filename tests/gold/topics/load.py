"""Hand-labelled turns: references and labels from the tables beside this file, words from the corpora.

The tables hold no text. Each row says where its turn stands (README.md), and a digest proves that the same words were found.
"""

import csv
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.corpora import corpus

HERE = Path(__file__).resolve().parent
TABLES = ("dev", "test", "second", "tuning")
QUESTIONERS = frozenset({"moderator", "audience"})
UNLABELLED = ("a13_captions/", "a14_fairfax/")
SHORTEST_QUESTION = 8
TIME = re.compile(r"(?:(\d+):)?(\d\d):(\d\d)[.,](\d{3})")
CLOCK_LINE = re.compile(r"^\d\d:\d\d:\d\d ?", re.MULTILINE)
TABLE_ROW = re.compile(r"^\| (\d+):(\d\d):(\d\d)\| (.*?)\| ?\[", re.MULTILINE)


@dataclass(frozen=True)
class LabelledTurn:
    """One labelled turn; `question` is what was asked before it (see `question_before`), None for captions."""

    id: str
    file: str
    text: str
    question: str | None
    topics: frozenset[str]


@dataclass(frozen=True)
class Spoken:
    """One printed turn of a file with labels; `ref` is its place there, counted by the corpora's own gold."""

    ref: str
    label: str
    text: str


@dataclass(frozen=True)
class Cue:
    """One caption cue: start in ms and its text."""

    start_ms: int
    text: str


class Mismatch(ValueError):
    """The words at a reference are not the words that were labelled."""


def labelled(name: str) -> list[LabelledTurn]:
    """The rows of a table with their words; `Mismatch` where the corpora hold other words."""
    if name not in TABLES:
        raise ValueError(f"no table {name!r}: one of {', '.join(TABLES)}")
    with (HERE / f"{name}.tsv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [_turn(row) for row in rows]


def words(file: str, ref: str) -> str:
    """The text at `ref` of `file`, runs of white space folded to one space."""
    if has_labels(file):
        return _fold(next(turn.text for turn in spoken(file) if turn.ref == ref))
    first, last = (int(part) for part in ref.split("-"))
    if file.endswith(".txt"):
        return _fold(CLOCK_LINE.sub("", _read(corpus(file))[first:last]))
    return _fold(" ".join(cue.text for cue in cues(file) if first <= cue.start_ms < last))


def digest(text: str) -> str:
    """First 12 hexadecimal digits of the SHA-256 of folded text."""
    return hashlib.sha256(_fold(text).encode()).hexdigest()[:12]


def has_labels(file: str) -> bool:
    """Whether the file prints who speaks, so that its turns are counted rather than timed."""
    return not file.startswith(UNLABELLED)


@cache
def spoken(file: str) -> Sequence[Spoken]:
    """All turns of a file with labels: rows of the CSV by `text_id`, others from `gold/turns` by index."""
    if file.endswith(".csv"):
        with corpus(file).open(encoding="utf-8", newline="") as handle:
            return [Spoken(row["text_id"], row["speaker"], row["text"]) for row in csv.DictReader(handle)]
    if file.endswith(".json"):
        said = (entry for entry in json.loads(_read(corpus(file)))["hansard"] if "spoken" in entry)
        return [Spoken(str(i), entry["name"], entry["spoken"]) for i, entry in enumerate(said)]
    lines = _read(corpus(f"gold/turns/{file.replace('/', '__')}.jsonl")).splitlines()
    return [Spoken(str(turn["i"]), turn["label"], turn["text"]) for turn in map(json.loads, lines)]


def question_before(turns: Sequence[Spoken], at: int, asking: frozenset[str]) -> str | None:
    """The question in force at turn `at`, or None; a turn of somebody who asks has none.

    It is the nearest earlier run of turns by askers (moderators, audience) that holds a question mark and at least
    eight words, so that "Senator?" replaces nothing. The whole run counts: the lead-in belongs to the question.
    """
    if turns[at].label in asking:
        return None
    run: list[str] = []
    for turn in reversed(turns[:at]):
        if turn.label in asking:
            run.insert(0, turn.text)
        elif _asks(run):
            break
        else:
            run = []
    return _fold(" ".join(run)) if _asks(run) else None


@cache
def askers(file: str) -> frozenset[str]:
    """Labels of moderators and audience in this file, from the corpora's table of speakers."""
    with corpus("gold/speaker_aliases.tsv").open(encoding="utf-8", newline="") as handle:
        rows = csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)
        return frozenset(row["label"] for row in rows if row["file"] == file and row["role"] in QUESTIONERS)


@cache
def cues(file: str) -> Sequence[Cue]:
    """All cues of a caption file (.vtt, .srt, .json items, .md table rows), in the order of the file."""
    content = _read(corpus(file))
    if file.endswith(".json"):
        return [Cue(round(item["start"] * 1000), item["text"]) for item in json.loads(content)]
    if file.endswith(".md"):
        return [Cue(_ms(*row.group(1, 2, 3)), row.group(4)) for row in TABLE_ROW.finditer(content)]
    return list(_timed_blocks(content.split("\n\n")))


def _timed_blocks(blocks: Iterable[str]) -> Iterable[Cue]:
    for block in blocks:
        lines = block.strip().splitlines()
        timing = next((i for i, line in enumerate(lines) if " --> " in line), None)
        if timing is None:
            continue
        start = TIME.match(lines[timing])
        if start is not None:
            yield Cue(_ms(*start.group(1, 2, 3, 4)), " ".join(lines[timing + 1 :]))


def _turn(row: Mapping[str, str]) -> LabelledTurn:
    text = words(row["file"], row["ref"])
    if digest(text) != row["sha"]:
        raise Mismatch(f"{row['id']}: {row['file']} {row['ref']} holds other words than were labelled")
    topics = frozenset(slug for slug in row["topics"].split(",") if slug)
    return LabelledTurn(row["id"], row["file"], text, _question(row["file"], row["ref"]), topics)


def _question(file: str, ref: str) -> str | None:
    if not has_labels(file):
        return None
    turns = spoken(file)
    at = next(i for i, turn in enumerate(turns) if turn.ref == ref)
    return question_before(turns, at, askers(file))


def _asks(run: Sequence[str]) -> bool:
    text = " ".join(run)
    return "?" in text and len(text.split()) >= SHORTEST_QUESTION


def _ms(hours: str | None, minutes: str, seconds: str, thousandths: str = "0") -> int:
    return ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(thousandths)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig")


def _fold(text: str) -> str:
    return " ".join(text.split())
