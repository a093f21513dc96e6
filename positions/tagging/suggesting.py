"""From turns in their surroundings to the topics suggested for each, with the reason."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from positions.tagging.judging import AROUND, likelihood
from positions.tagging.lexicon import WEIGHTS, WORD, TopicLike
from positions.tagging.scenes import ExchangeLike, Scene, TurnLike, scenes

LIKELY_ENOUGH = 0.55
"""A topic is suggested from this likelihood on: fewer false ones above it, fewer missed ones below."""
MOST = 3
"""Topics suggested for one turn, at most."""

_CLEARLY_MORE = 0.25
_PHRASES_NAMED = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A topic suggested for a turn. `reason` goes on from “suggested because the turn …”; `weight` is 0 to 1."""

    slug: str
    reason: str
    weight: float


def suggest(
    turns: Sequence[TurnLike], exchanges: Sequence[ExchangeLike], tree: Iterable[TopicLike]
) -> list[tuple[Suggestion, ...]]:
    """The topics suggested for each turn, the likeliest first; an empty tuple where there is none.

    All turns of a forum go in together and in order: what surrounds a turn counts. Without exchanges (captions), what is
    said before and after stands in for the question.
    """
    topics = tuple(tree)
    names = {topic.slug: topic.name.en for topic in topics}
    parents = {topic.slug: topic.parent for topic in topics}
    return [_suggestions(scene, names, parents) for scene in scenes(turns, exchanges, topics)]


def _suggestions(scene: Scene, names: Mapping[str, str], parents: Mapping[str, str | None]) -> tuple[Suggestion, ...]:
    if not scene.evidence.words:
        return ()
    weights = {slug: likelihood(scene.features(slug), AROUND) for slug in scene.candidates() if slug in names}
    likely = one_of_parent_and_child({s: weight for s, weight in weights.items() if weight >= LIKELY_ENOUGH}, parents)
    best = sorted(likely.items(), key=lambda item: (-item[1], item[0]))[:MOST]
    return tuple(Suggestion(slug, _reason(scene, slug, names[slug]), round(weight, 2)) for slug, weight in best)


def one_of_parent_and_child(likely: Mapping[str, float], parents: Mapping[str, str | None]) -> dict[str, float]:
    """A child stands for its parent, unless the parent is clearly the likelier of the two."""
    kept = dict(likely)
    for child, weight in likely.items():
        parent = parents[child]
        if parent is not None and parent in kept and child in kept:
            kept.pop(child if kept[parent] - weight > _CLEARLY_MORE else parent)
    return kept


def _reason(scene: Scene, slug: str, name: str) -> str:
    said = _phrases(scene, slug)
    if said:
        return "said " + ", ".join(f"“{phrase}”" for phrase in said)
    plain = name[:1].lower() + name[1:]
    if scene.asked.get(slug, 0.0) > scene.before.get(slug, 0.0):
        return f"answers a question about {plain}"
    return f"goes on about {plain}"


def _phrases(scene: Scene, slug: str) -> Sequence[str]:
    """The weightiest phrases of a topic as they were said, each once; hints are not worth naming."""
    cues = [cue for cue in scene.evidence.cues if cue.subject == slug and cue.weight > WEIGHTS["hint"]]
    places = [match.span() for match in islice(WORD.finditer(scene.text), max((cue.end for cue in cues), default=0))]
    said: dict[str, str] = {}
    for cue in sorted(cues, key=lambda cue: -cue.weight):
        phrase = " ".join(scene.text[places[cue.first][0] : places[cue.end - 1][1]].split())
        said.setdefault(phrase.lower(), phrase)
    return list(said.values())[:_PHRASES_NAMED]
