"""What became of a question put to each candidate, only where the record itself says so."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from transcripts.exchanges.cast import NOBODY, Cast, cast
from transcripts.exchanges.sentences import sentences, without_asides, words
from transcripts.exchanges.turns import Exchange, Said, heard
from transcripts.exchanges.words import EVERYONE, MISSING, NO_TIME, REFUSES, SPARES, UNFINISHED
from transcripts.identity import identify
from transcripts.text import fold
from transcripts.vocabulary import ANSWERED, Reason, Role

_SUBSTANCE = 5
"""Words of an answer; a rebuttal must be longer, for it may be about something else."""

_REBUTTAL = 25
_REFUSAL = 60
"""A refusal within more words than this may be an answer after all."""

_SHORT_ANSWERS = frozenset("yes yeah yep no nope never absolutely agree disagree support oppose true false sí".split())


@dataclass(frozen=True)
class State:
    """ANSWERED or the code of a Reason, why in plain words, and the position of the turn that says so."""

    state: str
    why: str
    turn: int | None = None


@dataclass(frozen=True)
class _Scene:
    """One exchange among its forum's turns: `until` is where the next one begins."""

    turns: Sequence[Said]
    exchange: Exchange
    until: int
    cast: Cast


def states(
    turns: Sequence[Said],
    exchanges: Sequence[Exchange],
    candidates: Mapping[str, Collection[str]],
    known: Mapping[str, Role] = NOBODY,
    voices: Cast | None = None,
) -> list[dict[str, State]]:
    """For every exchange, the state of each candidate.

    `candidates` gives each one's name and the labels printed for them (none for somebody who never spoke). Whatever the
    record does not itself say is NOT_REVIEWED, which claims nothing.
    """
    voices = voices or cast(turns, known)
    names = {name: _names(name, labels) for name, labels in candidates.items()}
    missing = {name: _missing(turns, voices, names[name]) for name in candidates}
    found = []
    for number, exchange in enumerate(exchanges):
        until = (
            min((*exchanges[number + 1].lead_in, exchanges[number + 1].question))
            if number + 1 < len(exchanges)
            else len(turns)
        )
        scene = _Scene(turns, exchange, until, voices)
        found.append(
            {name: _state(scene, frozenset(labels), names, name, missing[name]) for name, labels in candidates.items()}
        )
    return found


def _names(name: str, labels: Collection[str]) -> frozenset[str]:
    read_ = [identify(one) for one in (name, *labels)]
    parts = [part for one in read_ if not one.nobody for part in (*one.given, *one.surname.split())]
    titles = [title for one in read_ for title in one.titles if title not in {"mr", "mrs", "ms", "miss", "dr"}]
    return frozenset(fold(part).replace("’", "'") for part in (*parts, *titles) if len(part) > 2)


def _named(text: str, names: frozenset[str]) -> bool:
    return not names.isdisjoint(_folded(text))


@lru_cache(maxsize=4096)
def _folded(sentence: str) -> frozenset[str]:
    """The words of a sentence as names are compared: it is asked about once for every candidate."""
    return frozenset(fold(word).removesuffix("'s") for word in words(sentence))


def _missing(turns: Sequence[Said], voices: Cast, names: frozenset[str]) -> int | None:
    """The turn in which an asker says, before the first long answer, that somebody is not there."""
    for at in heard(turns):
        turn = turns[at]
        if voices.asks(turn.label):
            parts = sentences(without_asides(turn.text))
            for number, part in enumerate(parts):
                about = [*parts[max(0, number - 2) : number], part]
                if MISSING.search(part) and any(_named(one, names) for one in about):
                    return at
        elif len(words(turn.text)) > _REBUTTAL:
            return None
    return None


def _state(
    scene: _Scene, labels: frozenset[str], names: Mapping[str, frozenset[str]], name: str, missing: int | None
) -> State:
    exchange = scene.exchange
    own = sorted(at for at in (*exchange.answers, *exchange.rebuttals) if scene.turns[at].label in labels)
    if missing is not None and not any(scene.turns[at].label in labels for at in range(exchange.question)):
        return State(Reason.ABSENT, "The moderator says at the opening that this candidate is not there.", missing)
    spared = _spared(scene, names[name])
    if spared is not None and not any(len(words(scene.turns[at].text)) >= _REBUTTAL for at in own):
        return State(Reason.NOT_ASKED, "The moderator passes this candidate over by name.", spared)
    cut = _out_of_time(scene, labels, names[name], own)
    if cut is not None:
        return State(Reason.OUT_OF_TIME, "The moderator says there is no time for this answer.", cut)
    spoke = _answered(scene, own)
    if spoke is not None:
        return spoke
    others = None if own else _others_only(scene, names, name)
    if others is not None:
        return State(Reason.NOT_ASKED, "The question was put by name to others only.", others)
    return State(Reason.NOT_REVIEWED, "The record does not say.", own[0] if own else None)


def _answered(scene: _Scene, own: Sequence[int]) -> State | None:
    """An answer of substance, or a plain refusal; None for neither."""
    if not own:
        return None
    said = [without_asides(scene.turns[at].text) for at in own]
    refused = next((at for at, text in zip(own, said, strict=True) if REFUSES.search(text)), None)
    if refused is not None:
        plain = sum(len(words(text)) for text in said) <= _REFUSAL
        return State(Reason.DECLINED, "The candidate's own words refuse an answer.", refused) if plain else None
    for at, text in zip(own, said, strict=True):
        spoken = words(text)
        least = _SUBSTANCE if at in scene.exchange.answers else _REBUTTAL
        if len(spoken) >= least or (at in scene.exchange.answers and not _SHORT_ANSWERS.isdisjoint(spoken[:2])):
            return State(ANSWERED, "An answer stands under the question.", at)
    return None


def _out_of_time(scene: _Scene, labels: frozenset[str], names: frozenset[str], own: Sequence[int]) -> int | None:
    """The asker's turn that tells this candidate that there is no time, before an answer came.

    Somebody who has spoken was cut off before the answer only where they say so themselves right afterwards.
    """
    for at in range(scene.exchange.question, scene.until):
        turn = scene.turns[at]
        if not scene.cast.asks(turn.label) or not _told(turn.text, names):
            continue
        spoken = any(len(words(scene.turns[back].text)) >= _SUBSTANCE for back in own if back < at)
        if any(len(words(scene.turns[later].text)) > _REBUTTAL for later in own if later > at):
            continue
        after = [scene.turns[later] for later in range(at + 1, min(at + 3, len(scene.turns)))]
        if not spoken or any(later.label in labels and UNFINISHED.search(later.text) for later in after):
            return at
    return None


def _told(text: str, names: frozenset[str]) -> bool:
    """Whether a sentence about the lack of time, or the one before it, speaks to somebody of these names."""
    return any(_named(part, names) or _named(before, names) for before, part in _of_time(text))


@lru_cache(maxsize=1024)
def _of_time(text: str) -> tuple[tuple[str, str], ...]:
    """The sentences about the lack of time, each behind the one before it: asked about once for every candidate."""
    parts = _parts(text)
    return tuple((before, part) for before, part in zip(("", *parts), parts, strict=False) if NO_TIME.search(part))


@lru_cache(maxsize=1024)
def _parts(text: str) -> tuple[str, ...]:
    return tuple(sentences(without_asides(text)))


def _asking(scene: _Scene) -> list[tuple[int, str]]:
    """The sentences of the askers, each with the position of its turn."""
    first = min((*scene.exchange.lead_in, scene.exchange.question))
    turns = [(at, scene.turns[at]) for at in range(first, scene.until) if scene.cast.asks(scene.turns[at].label)]
    return [(at, part) for at, turn in turns for part in _parts(turn.text)]


def _spared(scene: _Scene, names: frozenset[str]) -> int | None:
    """The asker's turn that passes somebody over by name: we're not asking you this one."""
    return next((at for at, part in _asking(scene) if SPARES.search(part) and _named(part, names)), None)


def _others_only(scene: _Scene, names: Mapping[str, frozenset[str]], name: str) -> int | None:
    """The asker's turn that names others; None where the question is for everybody, or names nobody."""
    found: int | None = None
    for at, part in _asking(scene):
        hits = {other for other, theirs in names.items() if _named(part, theirs)}
        if name in hits or (not hits and at <= scene.exchange.question and EVERYONE.search(part)):
            return None
        found = at if found is None and hits else found
    return found
