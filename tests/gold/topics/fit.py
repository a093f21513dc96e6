"""Fit the weights of `positions/tagging/judging.py` to the turns labelled for tuning, and print them for copying.

    python -m tests.gold.topics.fit          # the weights
    python -m tests.gold.topics.fit held-out # how well weights fitted to other files do, at several likelihoods

Reads `dev` and `tuning`, never `test`. Plain gradient descent on standardised features: few weights, nothing to install.
The half of the blind reading counts more; the later labels of `tuning`, many of them from a few long discussions, less.
"""

import csv
import math
import sys
from collections.abc import Container, Iterator, Mapping, Sequence

from positions.tagging import judging, suggesting
from positions.tagging.evidence import has_page
from positions.tagging.scenes import Scene, scenes
from positions.topic_tree import curated
from tests.gold.topics.load import HERE, LabelledTurn
from tests.gold.topics.score import Judged, figures, sequence

TABLES = ("dev", "tuning")
ROUNDS = 400
STEP = 0.05
RIDGE = 0.5
MEMORY = 0.9
FIRST_LATER = 576
GROUPS = 5
LIKELIHOODS = (0.38, 0.42, 0.45, 0.48, 0.5, 0.55, 0.6)
COUNCILS = ("a13", "a14", "a17")
Sample = tuple[Mapping[str, float], bool, float]
Label = tuple[frozenset[str], float]
Labels = Mapping[tuple[str, str], Label]


def labels() -> dict[tuple[str, str], Label]:
    """(file, place) → topics, and how much they count. The place of a passage of captions is its start."""
    found = {}
    for table in TABLES:
        with (HERE / f"{table}.tsv").open(encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE):
                topics = frozenset(slug for slug in row["topics"].split(",") if slug)
                found[row["file"], place(row["ref"])] = topics, counts(table, row["id"])
    return found


def counts(table: str, id: str) -> float:
    """How much a labelled turn counts in the fit."""
    if table == "dev":
        return 1.5
    return 0.8 if int(id[1:]) >= FIRST_LATER else 1.0


def place(ref: str) -> str:
    """Passages may be cut otherwise around them: their start is what stays."""
    return ref.split("-", maxsplit=1)[0]


def labelled_scenes(wanted: Labels) -> Iterator[tuple[Scene, Label]]:
    """Every labelled turn in its surroundings, judged with the weights in force."""
    for file in sorted({file for file, _ in wanted}):
        turns, exchanges = sequence(file, ())
        for turn, scene in zip(turns, scenes(turns, exchanges, curated()), strict=True):
            if (file, place(turn.ref)) in wanted:
                yield scene, wanted[file, place(turn.ref)]


def own_samples(wanted: Labels) -> Iterator[Sample]:
    """What the words of a turn say, for each subject they point to."""
    parents = {topic.parent for topic in curated() if topic.parent}
    for scene, (topics, count) in labelled_scenes(wanted):
        for subject, strength in scene.evidence.strength.items():
            if has_page(subject) and strength >= 1:
                yield judging.own_features(scene.evidence, subject, subject in parents), subject in topics, count


def around_samples(wanted: Labels) -> Iterator[Sample]:
    """What surrounds a turn, for each subject that may be its topic."""
    for scene, (topics, count) in labelled_scenes(wanted):
        for subject in scene.candidates():
            yield scene.features(subject), subject in topics, count


def fitted(samples: Sequence[Sample], names: Sequence[str]) -> dict[str, float]:
    """The weights of a logistic scale that fit the samples best, kept small by a ridge. The first name is the constant."""
    size = len(samples)
    means = [0.0] + [sum(features[name] for features, _, _ in samples) / size for name in names[1:]]
    spreads = [1.0] + [
        max(1e-6, math.sqrt(sum((features[name] - mean) ** 2 for features, _, _ in samples) / size))
        for name, mean in zip(names[1:], means[1:], strict=True)
    ]
    rows = [
        (
            [(features[name] - mean) / spread for name, mean, spread in zip(names, means, spreads, strict=True)],
            true,
            count,
        )
        for features, true, count in samples
    ]
    weights = _descend(rows, len(names))
    plain = [weight / spread for weight, spread in zip(weights, spreads, strict=True)]
    constant = plain[0] - sum(weight * mean for weight, mean in zip(plain[1:], means[1:], strict=True))
    return dict(zip(names, [constant, *plain[1:]], strict=True))


def _descend(rows: Sequence[tuple[Sequence[float], bool, float]], width: int) -> list[float]:
    weights, steepness = [0.0] * width, [1e-3] * width
    for _ in range(ROUNDS):
        slopes = [0.0] * width
        for values, true, count in rows:
            total = sum(weight * value for weight, value in zip(weights, values, strict=True))
            error = 1 / (1 + math.exp(-max(-30.0, min(30.0, total)))) - true
            for at, value in enumerate(values):
                slopes[at] += count * error * value
        for at, slope in enumerate(slopes):
            mean = (slope + (RIDGE * weights[at] if at else 0.0)) / len(rows)
            steepness[at] = MEMORY * steepness[at] + (1 - MEMORY) * mean * mean
            weights[at] -= STEP * mean / (math.sqrt(steepness[at]) + 1e-4)
    return weights


def fit(wanted: Labels) -> None:
    """Put fitted weights in force: the scale of a turn's own words first, as the second builds on what it claims."""
    judging.OWN.update(fitted(list(own_samples(wanted)), list(judging.OWN)))
    judging.AROUND.update(fitted(list(around_samples(wanted)), list(judging.AROUND)))


def held_out(wanted: Labels) -> Iterator[tuple[str, frozenset[str], Mapping[str, float]]]:
    """(file, topics, likelihoods) of every labelled turn, judged with weights fitted to the files of the other groups."""
    files = sorted({file for file, _ in wanted})
    for group in (files[start::GROUPS] for start in range(GROUPS)):
        fit(_of(wanted, [file for file in files if file not in group]))
        for file in group:
            for scene, (topics, _) in labelled_scenes(_of(wanted, [file])):
                likely = {slug: judging.likelihood(scene.features(slug), judging.AROUND) for slug in scene.candidates()}
                yield file, topics, likely


def _of(wanted: Labels, files: Container[str]) -> Labels:
    return {key: label for key, label in wanted.items() if key[0] in files}


def _judged(file: str, topics: frozenset[str], likely: Mapping[str, float], enough: float) -> Judged:
    parents = {topic.slug: topic.parent for topic in curated()}
    kept = suggesting.one_of_parent_and_child({s: weight for s, weight in likely.items() if weight >= enough}, parents)
    best = sorted(kept, key=lambda slug: (-kept[slug], slug))[: suggesting.MOST]
    return Judged(LabelledTurn("", file, "", None, topics), frozenset(best))


def report_held_out() -> None:
    """Precision and recall at several likelihoods, of all held-out turns and of those of council meetings."""
    turns = list(held_out(labels()))
    for enough in LIKELIHOODS:
        judged = [_judged(*turn, enough) for turn in turns]
        councils = [one for one in judged if one.turn.file.startswith(COUNCILS)]
        told = [f"{figures(part).precision:.3f}/{figures(part).recall:.3f}" for part in (judged, councils)]
        print(
            f"{enough:.2f}: all {told[0]} (n = {len(judged)}), council meetings {told[1]} (n = {len(councils)})",
            flush=True,
        )


def main() -> None:
    """Print the fitted weights."""
    fit(labels())
    for name, weights in (("OWN", judging.OWN), ("AROUND", judging.AROUND)):
        print(name, {feature: round(weight, 2) for feature, weight in weights.items()})


if __name__ == "__main__":
    report_held_out() if "held-out" in sys.argv[1:] else main()
