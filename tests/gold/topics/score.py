"""How well topics are suggested for the labelled turns, and how far two readers agree about them.

    python -m tests.gold.topics.score dev        figures and the errors by topic (also: tuning; test, once the rules are final)
    python -m tests.gold.topics.score agreement  first against second reading

Whole files go through the tagger, because what surrounds a turn counts; only the labelled turns are scored.
"""

import csv
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import quantiles
from typing import NamedTuple

from positions.tagging import suggest
from positions.topic_tree import curated
from tests.corpora import corpus
from tests.gold.topics import load
from tests.gold.topics.load import LabelledTurn, labelled
from transcripts import exchanges
from transcripts.vocabulary import TurnKind

RESAMPLES = 2000
FEWEST, MOST = 75, 140
SENTENCE_END = re.compile(r"[.!?][\"”]?$")


@dataclass(frozen=True)
class Turn:
    """A turn as the tagger takes it; `ref` is its place as in the tables."""

    ref: str
    text: str
    label: str | None
    kind: TurnKind = TurnKind.SPEECH


class Judged(NamedTuple):
    """A labelled turn with the topics suggested for it."""

    turn: LabelledTurn
    suggested: frozenset[str]


class Figures(NamedTuple):
    """Counts over tags: suggested and labelled, suggested only, labelled only."""

    right: int
    false: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.false)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.false + self.missed)


class Interval(NamedTuple):
    """The middle 95 of 100 bootstrap samples of turns."""

    low: float
    high: float


def judged(table: str) -> list[Judged]:
    """Every labelled turn of a table with what the tagger suggests for it, in the table's order."""
    refs = places(table)
    files = {file: tuple(ref for of, ref in refs.values() if of == file) for file, _ in refs.values()}
    suggested = {file: _suggested(file, refs_there) for file, refs_there in files.items()}
    return [Judged(turn, suggested[turn.file][refs[turn.id][1]]) for turn in labelled(table)]


def figures(turns: Iterable[Judged]) -> Figures:
    """Micro figures: all tags of all turns in one count."""
    right = false = missed = 0
    for turn, suggested in turns:
        right += len(turn.topics & suggested)
        false += len(suggested - turn.topics)
        missed += len(turn.topics - suggested)
    return Figures(right, false, missed)


def intervals(turns: Sequence[Judged], seed: int = 0) -> tuple[Interval, Interval]:
    """95 % bootstrap intervals of precision and recall; turns are drawn, not tags."""
    chance = random.Random(seed)
    samples = [figures(chance.choices(turns, k=len(turns))) for _ in range(RESAMPLES)]
    precision, recall = ([getattr(sample, name) for sample in samples] for name in ("precision", "recall"))
    return _middle(precision), _middle(recall)


def agreement() -> tuple[float, Figures, int]:
    """Cohen's kappa over all decisions (turn by topic), the figures of the second reading against the first, and n turns."""
    first = {turn.id: turn.topics for table in ("dev", "test") for turn in labelled(table)}
    pairs = [(first[turn.id], turn.topics) for turn in labelled("second")]
    return kappa(pairs, len(curated())), _compared(pairs), len(pairs)


def kappa(pairs: Sequence[tuple[frozenset[str], frozenset[str]]], topics: int) -> float:
    """Cohen's kappa where each turn is one yes-or-no decision a topic; 1 is agreement in everything, 0 what chance gives."""
    both, first_only, second_only = _compared([(second, first) for first, second in pairs])
    decisions = len(pairs) * topics
    neither = decisions - both - first_only - second_only
    first_yes, second_yes = (both + first_only) / decisions, (both + second_only) / decisions
    seen = (both + neither) / decisions
    chance = first_yes * second_yes + (1 - first_yes) * (1 - second_yes)
    return 1.0 if chance == 1 else (seen - chance) / (1 - chance)


def summary(turns: Sequence[Judged]) -> str:
    """The figures in one line, as the tests print them."""
    total = figures(turns)
    precision, recall = intervals(turns)
    tags = total.right + total.missed
    return (
        f"precision {total.precision:.3f} [{precision.low:.3f}–{precision.high:.3f}], "
        f"recall {total.recall:.3f} [{recall.low:.3f}–{recall.high:.3f}], F1 {total.f1:.3f}, n = {len(turns)} turns, {tags} tags"
    )


@cache
def sequence(file: str, refs: tuple[str, ...]) -> tuple[list[Turn], list[exchanges.Exchange]]:
    """The whole file as turns in order, with its exchanges where it prints who speaks."""
    if not load.has_labels(file):
        return list(passages(file, refs)), []
    turns = [Turn(said.ref, " ".join(said.text.split()), said.label) for said in load.spoken(file)]
    return turns, exchanges.find(turns)


def passages(file: str, refs: Sequence[str]) -> Iterator[Turn]:
    """Captions as passages of 75 to 140 words that end with a sentence or a change of voice; those in `refs` stay whole."""
    edges = {int(edge) for ref in refs for edge in ref.split("-")}
    units = [*_units(file)]
    ends = [*(start for start, _ in units[1:]), units[-1][0] + 1]
    first, words = units[0][0], 0
    said: list[str] = []
    for (_, text), end in zip(units, ends, strict=True):
        said.append(text)
        words += len(text.split())
        inside = any(int(ref.split("-")[0]) <= first and end < int(ref.split("-")[1]) for ref in refs)
        done = words >= MOST or (words >= FEWEST and SENTENCE_END.search(text.rstrip()) is not None)
        if end in edges or (done and not inside):
            yield _passage(first, end, said)
            first, words, said = end, 0, []
    if said:
        yield _passage(first, ends[-1], said)


def _suggested(file: str, refs: tuple[str, ...]) -> dict[str, frozenset[str]]:
    turns, found = sequence(file, refs)
    tags = suggest(turns, found, curated())
    by_place = {
        turn.ref if turn.label else turn.ref.split("-")[0]: frozenset(tag.slug for tag in those)
        for turn, those in zip(turns, tags, strict=True)
    }
    return {ref: by_place[ref if load.has_labels(file) else ref.split("-")[0]] for ref in refs}


def _units(file: str) -> Iterator[tuple[int, str]]:
    """(start, text) of each cue in ms, or of each line of a text file in code points."""
    if not file.endswith(".txt"):
        yield from ((cue.start_ms, cue.text) for cue in load.cues(file))
        return
    at = 0
    for line in corpus(file).read_text(encoding="utf-8-sig").splitlines(keepends=True):
        yield at, load.CLOCK_LINE.sub("", line)
        at += len(line)


def _passage(first: int, end: int, said: Sequence[str]) -> Turn:
    return Turn(f"{first}-{end}", " ".join(" ".join(said).split()), None)


def places(table: str) -> dict[str, tuple[str, str]]:
    """id → (file, ref)."""
    with (load.HERE / f"{table}.tsv").open(encoding="utf-8", newline="") as handle:
        rows = csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["id"]: (row["file"], row["ref"]) for row in rows}


def _compared(pairs: Iterable[tuple[frozenset[str], frozenset[str]]]) -> Figures:
    """(first, second) readings as figures: the second is held against the first."""
    counts = [(len(first & second), len(second - first), len(first - second)) for first, second in pairs]
    return Figures(*(sum(column) for column in zip(*counts, strict=True)))


def _middle(values: Sequence[float]) -> Interval:
    cuts = quantiles(values, n=40)
    return Interval(cuts[0], cuts[-1])


def _report(table: str) -> None:
    turns = judged(table)
    print(f"{table}: {summary(turns)}")
    folders: dict[str, list[Judged]] = defaultdict(list)
    for one in turns:
        folders[one.turn.file.split("/")[0]].append(one)
    for folder, there in sorted(folders.items()):
        part = figures(there)
        print(f"  {folder}: precision {part.precision:.2f}, recall {part.recall:.2f}, {len(there)} turns")
    false = Counter(slug for turn, suggested in turns for slug in suggested - turn.topics)
    missed = Counter(slug for turn, suggested in turns for slug in turn.topics - suggested)
    right = Counter(slug for turn, suggested in turns for slug in turn.topics & suggested)
    for slug in sorted(false.keys() | missed.keys(), key=lambda slug: -false[slug] - missed[slug]):
        print(f"  {slug}: {right[slug]} right, {false[slug]} false, {missed[slug]} missed")


def _report_agreement() -> None:
    value, figures_of_second, turns = agreement()
    print(f"second reading: Cohen's kappa {value:.2f}, F1 {figures_of_second.f1:.2f}, n = {turns} turns")


if __name__ == "__main__":
    for asked_for in sys.argv[1:]:
        _report_agreement() if asked_for == "agreement" else _report(asked_for)
