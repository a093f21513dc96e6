"""Pure: what the marks of a class come to together: per answer who put which tag (in numbers only), how split it is, a sentence over it.

A student's judgement of an answer is the set of tags they put on it, and none is a judgement too: whoever handed in was given the
answer and read it. What counts was written for the class, stands there now, and was handed in before the reveal.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from positions.classes.sheet import MarkView, Passage, Sheet, Tag, Work
from positions.classes.visibility import Scope
from positions.coding import deciding

MOST_OF = 0.8
"""The share of a class that makes an answer one it agreed on: 4 in 5."""
HALF = 0.5
PUBLIC_FROM = 5
"""How many students stand behind a figure at least before it is told outside the class (annotation 6)."""

Judgement = frozenset[int]
"""The ids of the tags a student put on an answer."""


@dataclass(frozen=True)
class TagCount:
    """How many of those who judged an answer put a tag on it, and how split they are over it (0 to 1)."""

    tag: Tag
    n: int
    split: float


@dataclass(frozen=True)
class AnswerResult:
    """What a class made of one answer. `number` counts the answers of the assignment from 1; `counts` has every tag in its order.

    `none`: students who put no tag. `together`: the smallest share of the class that said the same, over every tag.
    """

    number: int
    passage: Passage
    judges: int
    counts: tuple[TagCount, ...]
    none: int
    split: float
    together: float

    @property
    def comparable(self) -> bool:
        """Whether two students or more judged it."""
        return self.judges > 1

    @property
    def agreed(self) -> bool:
        """Whether at least 4 in 5 of the class said the same."""
        return self.comparable and self.together >= MOST_OF

    @property
    def used(self) -> tuple[TagCount, ...]:
        """The tags somebody put, the most frequent first."""
        return tuple(sorted((one for one in self.counts if one.n), key=lambda one: -one.n))


@dataclass(frozen=True)
class Results:
    """What a class made of an assignment, answer by answer in the order of the text. `judges`: students whose work counts."""

    answers: tuple[AnswerResult, ...]
    judges: int

    @cached_property
    def compared(self) -> tuple[AnswerResult, ...]:
        """The answers two students or more judged."""
        return tuple(one for one in self.answers if one.comparable)

    @cached_property
    def agreed(self) -> int:
        """On how many of them at least 4 in 5 said the same."""
        return sum(one.agreed for one in self.compared)

    @cached_property
    def by_split(self) -> tuple[AnswerResult, ...]:
        """Every answer, the most split first; those that are alike in the order of the text."""
        return tuple(sorted(self.answers, key=lambda one: -one.split))

    @property
    def most_split(self) -> AnswerResult | None:
        """The answer the class is most split over; None where it is over none."""
        return next((one for one in self.by_split if one.split), None)

    @property
    def band(self) -> str | None:
        """How far the class agrees, in one of three codes; None where nothing can be compared."""
        if not self.compared:
            return None
        share = self.agreed / len(self.compared)
        return "alike" if share >= MOST_OF else "mixed" if share >= HALF else "apart"


def judgements(sheet: Sheet, marks: Sequence[MarkView], works: Sequence[Work]) -> dict[int, dict[int, Judgement]]:
    """Passage → student → the tags they put, of everybody whose work counts; no tag is a judgement too."""
    counting = {one.member: one for one in works if counts(one)}
    said: dict[int, dict[int, set[int]]] = {
        passage.id: {member: set() for member, work in counting.items() if work.judges(passage.id)}
        for passage in sheet.answers
    }
    for mark in counted(marks):
        judged = said.get(mark.passage, {})
        if mark.member in judged and mark.tag is not None:
            judged[mark.member].add(mark.tag)
    return {passage: {who: frozenset(tags) for who, tags in judged.items()} for passage, judged in said.items()}


def counts(work: Work) -> bool:
    """Whether a student's work stands in the class's figures: it lies with the teacher, and was made before the reveal."""
    return work.handed_in and work.independent


def counted(marks: Sequence[MarkView]) -> tuple[MarkView, ...]:
    """The marks that stand in figures, the same for whoever looks: for the class, not hidden, with a tag. Comments alone do not."""
    return tuple(one for one in marks if one.scope == Scope.CLASS and not one.hidden and one.tag is not None)


def one_each(sheet: Sheet) -> bool:
    """Whether a student says one thing of an answer: one tag, or none."""
    return sheet.exclusive and sheet.unit == "turn"


def of_class(sheet: Sheet, marks: Sequence[MarkView], works: Sequence[Work]) -> Results:
    """What the class made of an assignment, from what the one who looks may read."""
    said = judgements(sheet, marks, works)
    return Results(
        tuple(_answer(sheet, n, passage, said[passage.id]) for n, passage in enumerate(sheet.answers, 1)),
        sum(counts(one) for one in works),
    )


def _answer(sheet: Sheet, number: int, passage: Passage, judged: Mapping[int, Judgement]) -> AnswerResult:
    values = list(judged.values())
    per_tag = tuple(_count(tag, values) for tag in sheet.tags)
    if one_each(sheet):
        split, alike = deciding.split(values), max(Counter(values).values(), default=0)
    else:
        split = max((one.split for one in per_tag), default=0.0)
        alike = min((max(one.n, len(values) - one.n) for one in per_tag), default=0)
    together = alike / len(values) if values else 0.0
    return AnswerResult(number, passage, len(values), per_tag, sum(not value for value in values), split, together)


def _count(tag: Tag, values: Sequence[Judgement]) -> TagCount:
    put = [tag.id in value for value in values]
    return TagCount(tag, sum(put), deciding.split(put))


@dataclass(frozen=True)
class ClassAnswer:
    """What stands as the class answer to one answer: its tags, how it was decided, and why.

    `figures` has per tag how many of how many voted for it, or had put it where the teacher decided; `decisions` its row.
    """

    passage: int
    tags: frozenset[int]
    rule: str
    reason: str
    figures: Mapping[int, tuple[int, int]]
    decisions: Mapping[int, int]


@dataclass(frozen=True)
class Beside:
    """A student's own judgement of an answer beside the class answer: what both have, what only one of them has."""

    answer: ClassAnswer
    same: frozenset[int]
    only_mine: frozenset[int]
    only_class: frozenset[int]

    @property
    def alike(self) -> bool:
        """Whether they are the same."""
        return not self.only_mine and not self.only_class


def beside(answer: ClassAnswer, mine: Judgement) -> Beside:
    """A student's judgement beside the class answer."""
    return Beside(answer, answer.tags & mine, mine - answer.tags, answer.tags - mine)


def own(marks: Sequence[MarkView], member: int, passage: int) -> Judgement:
    """The tags a student put on an answer, whatever became of them since."""
    return frozenset(
        one.tag for one in marks if one.member == member and one.passage == passage and one.tag is not None
    )


def voted(sheet: Sheet, ballots: Mapping[int, frozenset[int]]) -> tuple[Judgement, bool]:
    """What a vote comes to, of student → the tags they are for; and whether it is one: nobody voting, or halves, decide nothing."""
    if one_each(sheet):
        decision = deciding.decide(list(ballots.values()), least=1, majority=True)
        return (decision.value, True) if decision else (frozenset(), False)
    decided = {
        tag.id: deciding.decide([tag.id in ballot for ballot in ballots.values()], least=1, majority=True)
        for tag in sheet.tags
    }
    if None in decided.values():
        return frozenset(), False
    return frozenset(tag for tag, decision in decided.items() if decision and decision.value), True
