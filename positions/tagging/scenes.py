"""Each turn with what is known about it and around it: its evidence, the question in force, what is being talked about."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from positions.tagging.context import Shares, before_and_after
from positions.tagging.course import Course, courses
from positions.tagging.evidence import NOTHING, Evidence, has_page, weigh
from positions.tagging.initials import spelled_out
from positions.tagging.judging import SILENT, Claims, Surroundings, around_features, claim
from positions.tagging.lexicon import TopicLike, lexicon

_NOT_TAGGED = frozenset({"procedure", "scene"})
_ASKED_ABOUT = 0.35
_SCRAP_WORDS = 8
_SAME_QUESTION_WORDS = 30
_WORTH_A_LOOK = 0.1
_HANDS_OVER = 0.75
_AS_ASKED = 0.5


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
class Scene:
    """A turn in its surroundings. `asked`: what the question in force is about; `asks`: whether this voice puts questions."""

    text: str
    evidence: Evidence
    claims: Claims
    before: Shares
    after: Shares
    course: Course
    asked: Claims
    answers_first: bool
    asks: bool

    def candidates(self) -> Iterator[str]:
        """The subjects the turn speaks of, and those going on around it.

        One who asks is taken at his own words only; so is who hands over the floor, and who calls a vote.
        """
        yield from (subject for subject, own in self.claims.items() if own >= SILENT and has_page(subject))
        if self.asks or self.evidence.procedural() >= _HANDS_OVER:
            return
        for subject in {*self.before, *self.after, *self.asked, *self.course.others}:
            if self.going_on(subject) >= _WORTH_A_LOOK and self.claims.get(subject, 0.0) < SILENT and has_page(subject):
                yield subject

    def going_on(self, subject: str) -> float:
        """How much the subject is in the air: the largest of what is said before, said after, asked, and said all around."""
        before, after = self.before.get(subject, 0.0), self.after.get(subject, 0.0)
        return max(before, after, self.asked.get(subject, 0.0), self.course.others.get(subject, 0.0))

    def features(self, subject: str) -> dict[str, float]:
        """What speaks for and against a subject here, by the names of `judging.AROUND`."""
        rival = max([share for other, share in self.before.items() if other != subject], default=0.0)
        before, after, asked = (source.get(subject, 0.0) for source in (self.before, self.after, self.asked))
        others, everything = self.course.others.get(subject, 0.0), self.course.all.get(subject, 0.0)
        around = Surroundings(before, after, asked, rival, self.answers_first, others, everything)
        return around_features(self.evidence, subject, self.claims, around)


def scenes(
    turns: Sequence[TurnLike], exchanges: Sequence[ExchangeLike], topics: tuple[TopicLike, ...]
) -> Iterator[Scene]:
    """Every turn of a forum in its surroundings; turns that are procedure or describe the scene say nothing."""
    words = lexicon(topics)
    above = {topic.parent for topic in topics if topic.parent}
    initials = spelled_out(turn.text for turn in turns)
    evidence = [NOTHING if turn.kind in _NOT_TAGGED else weigh(turn.text, words, initials) for turn in turns]
    claims = [claim(one, above) for one in evidence]
    asked, starts = _asked(exchanges, evidence, claims)
    heard = [_heard(claimed, asked.get(at, {})) for at, claimed in enumerate(claims)]
    before, after = before_and_after(evidence, heard, starts)
    course = courses(evidence, claims, starts)
    firsts = {at for exchange in exchanges for at in _first_answers(exchange, turns)}
    asking = {at for exchange in exchanges for at in (*exchange.lead_in, exchange.question)}
    askers = {turns[at].label for at in asking} - {None}
    for at, turn in enumerate(turns):
        asks = at in asking or turn.label in askers
        asked_here = asked.get(at, {})
        yield Scene(
            turn.text, evidence[at], claims[at], before[at], after[at], course[at], asked_here, at in firsts, asks
        )


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


def _heard(claims: Claims, asked: Claims) -> Claims:
    """What a turn is heard to be about by those who speak after it: an answer that names nothing is one to its question."""
    if any(likely >= SILENT and has_page(subject) for subject, likely in claims.items()):
        return claims
    return {subject: _AS_ASKED * likely for subject, likely in asked.items()} | dict(claims)


def _named(opening: Iterable[int], evidence: Sequence[Evidence], claims: Sequence[Claims]) -> Claims:
    named: dict[str, float] = {}
    for at in opening:
        trust = 1.0 if evidence[at].words >= _SCRAP_WORDS else 0.5
        for subject, likely in claims[at].items():
            if likely * trust >= max(_ASKED_ABOUT, named.get(subject, 0.0)):
                named[subject] = likely * trust
    return named


def _first_answers(exchange: ExchangeLike, turns: Sequence[TurnLike]) -> Iterator[int]:
    """Where each voice first answers: later it may have been led elsewhere."""
    heard: set[str | None] = set()
    for at in sorted(exchange.answers):
        if turns[at].label not in heard:
            yield at
        heard.add(turns[at].label)
