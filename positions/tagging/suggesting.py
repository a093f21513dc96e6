"""From evidence and surroundings to the topics suggested for each turn, with the reason for each."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from positions.tagging.context import Shares, before_and_after
from positions.tagging.evidence import NOTHING, Evidence, has_page, weigh
from positions.tagging.judging import AROUND, SILENT, Claims, Surroundings, around_features, claim, likelihood
from positions.tagging.lexicon import WEIGHTS, WORD, TopicLike, lexicon

LIKELY_ENOUGH = 0.45
"""A topic is suggested from this likelihood on: fewer false ones above it, fewer missed ones below."""
MOST = 3
"""Topics suggested for one turn, at most."""

_NOT_TAGGED = frozenset({"procedure", "scene"})
_ASKED_ABOUT = 0.35
_SCRAP_WORDS = 8
_SAME_QUESTION_WORDS = 30
_WORTH_A_LOOK = 0.1
_CLEARLY_MORE = 0.25
_PHRASES_NAMED = 3


class TurnLike(Protocol):
    """What tagging needs to know of a turn; `kind` is one of `transcripts.vocabulary.TurnKind`."""

    @property
    def text(self) -> str: ...
    @property
    def label(self) -> str | None: ...
    @property
    def kind(self) -> str: ...


class ExchangeLike(Protocol):
    """A question and the turns that belong to it, as positions (from 0) in the sequence of turns."""

    @property
    def question(self) -> int: ...
    @property
    def lead_in(self) -> Sequence[int]: ...
    @property
    def answers(self) -> Sequence[int]: ...
    @property
    def follow_ups(self) -> Sequence[int]: ...
    @property
    def rebuttals(self) -> Sequence[int]: ...


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A topic suggested for a turn. `reason` goes on from the words “suggested because the turn …”; `weight` is 0 to 1."""

    slug: str
    reason: str
    weight: float


@dataclass(frozen=True, slots=True)
class _Scene:
    """A turn with all that is known about it and around it."""

    text: str
    evidence: Evidence
    claims: Claims
    before: Shares
    after: Shares
    asked: Claims
    answers_first: bool
    asks: bool


def suggest(
    turns: Sequence[TurnLike], exchanges: Sequence[ExchangeLike], tree: Iterable[TopicLike]
) -> list[tuple[Suggestion, ...]]:
    """The topics suggested for each turn, the likeliest first; an empty tuple where there is none.

    All turns of a forum go in together and in order: what surrounds a turn counts. Without exchanges (captions), what is said
    before and after stands in for the question.
    """
    topics = tuple(tree)
    names = {topic.slug: topic.name.en for topic in topics}
    parents = {topic.slug: topic.parent for topic in topics}
    return [
        _suggestions(scene, names, parents) if turn.kind not in _NOT_TAGGED else ()
        for turn, scene in zip(turns, _scenes(turns, exchanges, topics), strict=True)
    ]


def _scenes(
    turns: Sequence[TurnLike], exchanges: Sequence[ExchangeLike], topics: tuple[TopicLike, ...]
) -> Iterable[_Scene]:
    words = lexicon(topics)
    above = {topic.parent for topic in topics if topic.parent}
    evidence = [weigh(turn.text, words) if turn.kind not in _NOT_TAGGED else NOTHING for turn in turns]
    claims = [claim(one, above) for one in evidence]
    asked, starts = _asked(exchanges, evidence, claims)
    before, after = before_and_after(evidence, claims, starts)
    firsts = {at for exchange in exchanges for at in _first_answers(exchange, turns)}
    asking = {at for exchange in exchanges for at in (*exchange.lead_in, exchange.question)}
    askers = {turns[at].label for at in asking} - {None}
    for at, turn in enumerate(turns):
        asks = at in asking or turn.label in askers
        first = at in firsts
        yield _Scene(turn.text, evidence[at], claims[at], before[at], after[at], asked.get(at, {}), first, asks)


def _asked(
    exchanges: Iterable[ExchangeLike], evidence: Sequence[Evidence], claims: Sequence[Claims]
) -> tuple[dict[int, Claims], set[int]]:
    """The subjects of the question in force at each answer, and the turns where a question opens a subject.

    A few words that name none (“Same question, please.”) go on with the question before; more words than that do not.
    """
    asked: dict[int, Claims] = {}
    starts: set[int] = set()
    subjects: Claims = {}
    for exchange in exchanges:
        opening = (*exchange.lead_in, exchange.question)
        named = _named(opening, evidence, claims)
        if opening and (named or sum(evidence[at].words for at in opening) > _SAME_QUESTION_WORDS):
            subjects = named
            starts.add(min(opening))
        asked.update(dict.fromkeys((*exchange.answers, *exchange.rebuttals), subjects))
    return asked, starts


def _first_answers(exchange: ExchangeLike, turns: Sequence[TurnLike]) -> Iterable[int]:
    """Where each voice first answers: later it may have been led elsewhere."""
    heard: set[str | None] = set()
    for at in sorted(exchange.answers):
        if turns[at].label not in heard:
            yield at
        heard.add(turns[at].label)


def _named(opening: Iterable[int], evidence: Sequence[Evidence], claims: Sequence[Claims]) -> Claims:
    named: dict[str, float] = {}
    for at in opening:
        trust = 1.0 if evidence[at].words >= _SCRAP_WORDS else 0.5
        for subject, likely in claims[at].items():
            if likely * trust >= max(_ASKED_ABOUT, named.get(subject, 0.0)):
                named[subject] = likely * trust
    return named


def _suggestions(scene: _Scene, names: Mapping[str, str], parents: Mapping[str, str | None]) -> tuple[Suggestion, ...]:
    likely = {subject: _likelihood(scene, subject) for subject in _candidates(scene) if subject in names}
    chosen = _one_of_parent_and_child({s: value for s, value in likely.items() if value >= LIKELY_ENOUGH}, parents)
    best = sorted(chosen.items(), key=lambda item: (-item[1], item[0]))[:MOST]
    return tuple(Suggestion(slug, _reason(scene, slug, names[slug]), round(value, 2)) for slug, value in best)


def _candidates(scene: _Scene) -> Iterable[str]:
    """What the turn speaks of, and what is going on around it; one who asks is taken at his own words only."""
    yield from (subject for subject, own in scene.claims.items() if own >= SILENT and has_page(subject))
    if scene.asks:
        return
    for subject in {*scene.before, *scene.after, *scene.asked}:
        going_on = max(scene.before.get(subject, 0.0), scene.after.get(subject, 0.0), scene.asked.get(subject, 0.0))
        if scene.claims.get(subject, 0.0) < SILENT and going_on >= _WORTH_A_LOOK and has_page(subject):
            yield subject


def _likelihood(scene: _Scene, subject: str) -> float:
    rival = max((share for other, share in scene.before.items() if other != subject), default=0.0)
    before, after, asked = (source.get(subject, 0.0) for source in (scene.before, scene.after, scene.asked))
    around = Surroundings(before, after, asked, rival, scene.answers_first)
    return likelihood(around_features(scene.evidence, subject, scene.claims, around), AROUND)


def _one_of_parent_and_child(likely: Mapping[str, float], parents: Mapping[str, str | None]) -> dict[str, float]:
    """A child stands for its parent, unless the parent is clearly the likelier of the two."""
    kept = dict(likely)
    for child, value in likely.items():
        parent = parents[child]
        if parent is not None and parent in kept and child in kept:
            kept.pop(child if kept[parent] - value > _CLEARLY_MORE else parent)
    return kept


def _reason(scene: _Scene, slug: str, name: str) -> str:
    said = _phrases(scene, slug)
    if said:
        return "said " + ", ".join(f"“{phrase}”" for phrase in said)
    plain = name[:1].lower() + name[1:]
    if scene.asked.get(slug, 0.0) >= max(scene.before.get(slug, 0.0), _WORTH_A_LOOK):
        return f"answers a question about {plain}"
    return f"goes on about {plain}"


def _phrases(scene: _Scene, slug: str) -> Collection[str]:
    """The weightiest phrases of a topic as they were said, each once."""
    cues = [cue for cue in scene.evidence.cues if cue.subject == slug and cue.weight > WEIGHTS["hint"]]
    if not cues:
        return ()
    places = [match.span() for match in islice(WORD.finditer(scene.text), max(cue.end for cue in cues))]
    said: dict[str, str] = {}
    for cue in sorted(cues, key=lambda cue: -cue.weight):
        phrase = " ".join(scene.text[places[cue.first][0] : places[cue.end - 1][1]].split())
        said.setdefault(phrase.lower(), phrase)
    return list(said.values())[:_PHRASES_NAMED]
