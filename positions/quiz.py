"""The blind quote quiz: whose words may enter, one quotation for each candidate and issue, in which order, and what ratings say. Pure.

An issue is a statement of the race. The rules: design of the comparison, section 5; the interval mathematics is that of `matching`:
a rating of somebody's words is a position at 1, 0.5 or 0 of the way to agreeing, and what was not said or not rated is unknown.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property

from positions.cells import Candidate, Evidence
from positions.comparison import Comparison, Row
from positions.leaks import Cue, Known, Part, shown
from positions.matching import Answer, MatchFigures, figures_over
from positions.quoting import LEAST, MOST
from transcripts.text import count_words

LEAST_ISSUES = 3
"""Issues below which there is no quiz: a result would rest on a sentence or two."""
LEAST_CANDIDATES = 2

RATINGS = {"1": Fraction(1), "0.5": Fraction(1, 2), "0": Fraction(0)}
"""What a voter can say to somebody's words: how it is sent, and how far they agree."""
CANT_TELL = "open"
RATING_WORDS = {
    "1": "I agree",
    "0.5": "I partly agree",
    "0": "I disagree",
    CANT_TELL: "I can’t tell",
}

LEFT_OPEN = "left open"

APPROVED, REFUSED, OPEN = "approved", "refused", "open"
VERDICTS = (APPROVED, REFUSED, OPEN)
"""What an editor says of a quotation; OPEN takes an earlier word back."""

FAULT_WORDS = {
    "none": "No words of their own on record about this",
    "summed_up": "Known from a report only",
    "elsewhere": "Spoke about something else",
    "questioned": "A reader reported this; nobody has decided yet",
    "half": "Half of a position that is partly for, partly against",
    "unasked": "Not said in answer to a question",
    "long": f"Longer than {MOST} words",
    "short": f"Fewer than {LEAST} words",
    "leaks": "Still gives away who is speaking",
    "other_question": "Answers another question than the others did",
    "waiting": "An editor has not looked at it yet",
    "changed": "Changed since an editor approved it",
    REFUSED: "An editor left it out",
    "second": "Another sentence of theirs is used",
}
"""Why words are not in the quiz; the first that holds is told."""
UNDECIDED = ("waiting", "changed", REFUSED, "second")
"""Faults an editor's word can cure."""


@dataclass(frozen=True)
class Question:
    """What was asked: the question's turn, the sentences that ask, and their language."""

    key: str
    text: str
    lang: str
    held_on: date


@dataclass(frozen=True)
class Decision:
    """What an editor said of a quotation, and of which card: a digest of it as it was shown."""

    verdict: str
    card: str
    by: str


@dataclass(frozen=True)
class Rules:
    """What may give a speaker away in this race, phrases to leave out, and phrases that may stay."""

    known: tuple[Known, ...] = ()
    blanked: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


@dataclass(frozen=True)
class Quote:
    """A candidate's words on an issue. `fault` says why they are not in the quiz (FAULT_WORDS), None if they are.

    `translated`: the words in the other language, by its code, with the same left out.
    """

    candidate: Candidate
    statement: str
    piece: Evidence
    question: Question | None
    parts: tuple[Part, ...]
    leaks: tuple[Cue, ...]
    fault: str | None
    decision: Decision | None = None
    translated: Mapping[str, tuple[Part, ...]] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """Which words these are: a digest of them as they are held."""
        return digest(self.piece.text or "")

    @property
    def shown(self) -> str:
        """The words as a voter sees them before the end."""
        return shown(self.parts)

    @property
    def card(self) -> str:
        """What an editor looked at: a digest of the words and their translations as shown, and of which question they answer."""
        told = (self.question.key if self.question else "", self.shown, *map(shown, self.translated.values()))
        return digest("\n".join(told))

    @property
    def blanked(self) -> tuple[str, ...]:
        """What was left out, once each, in order."""
        return tuple(dict.fromkeys(part.text for part in self.parts if part.blanked))

    @property
    def decidable(self) -> bool:
        """Whether nothing but an editor's word keeps it out."""
        return self.fault is None or self.fault in UNDECIDED


@dataclass(frozen=True)
class Issue:
    """A statement and everything quoted on it, in page order; `question` is the one whose answers are compared."""

    row: Row
    question: Question | None
    question_parts: tuple[Part, ...]
    quotes: tuple[Quote, ...]

    @property
    def chosen(self) -> tuple[Quote, ...]:
        """The words that stand in the quiz, in the order of the register."""
        held = (quote for quote in self.quotes if quote.fault is None)
        return tuple(sorted(held, key=lambda quote: (quote.candidate.sort_name, quote.candidate.slug)))

    @property
    def enters(self) -> bool:
        """Whether two candidates at least can be set side by side."""
        return len(self.chosen) >= LEAST_CANDIDATES

    @property
    def state(self) -> str:
        """Why it does not enter: the first of ISSUE_STATES that holds; "enters" if it does."""
        if self.enters:
            return "enters"
        quoted = {quote.candidate.slug for quote in self.quotes}
        if len(quoted) < LEAST_CANDIDATES:
            return "one" if quoted else "nobody"
        fit = {quote.candidate.slug for quote in self.quotes if quote.decidable}
        return "unfit" if len(fit) < LEAST_CANDIDATES else "undecided"

    def why_silent(self, candidate: Candidate) -> str:
        """Why a candidate has no words here: a key of FAULT_WORDS."""
        return next((quote.fault or "" for quote in self.quotes if quote.candidate == candidate), "none")


ISSUE_STATES = ("nobody", "one", "unfit", "undecided")


@dataclass(frozen=True)
class Card:
    """One quotation to rate: its number in the order shown, and the number of its issue; both from 1."""

    n: int
    issue: int
    quote: Quote


@dataclass(frozen=True)
class Share:
    """How much of a quiz is one candidate's: sentences, their words as held, and issues on which theirs comes first."""

    candidate: Candidate
    sentences: int
    words: int
    first: int


@dataclass(frozen=True)
class Quiz:
    """The issues of a race as far as they can be asked, in the order that `seed` gives."""

    comparison: Comparison
    every: tuple[Issue, ...]
    seed: int

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        """The issues that enter."""
        return tuple(issue for issue in self.every if issue.enters)

    @property
    def built(self) -> bool:
        """Whether there is enough for a quiz."""
        return len(self.issues) >= LEAST_ISSUES

    @property
    def left_out(self) -> Counter[str]:
        """How many issues do not enter, by reason (ISSUE_STATES)."""
        return Counter(issue.state for issue in self.every if not issue.enters)

    @cached_property
    def cards(self) -> tuple[Card, ...]:
        """Every card in the order shown: issue by issue, the candidates turned by one place from issue to issue."""
        ordered = [(i, quote) for i, issue in enumerate(self.issues) for quote in turned(issue.chosen, self.seed + i)]
        return tuple(Card(n, i + 1, quote) for n, (i, quote) in enumerate(ordered, 1))

    @cached_property
    def version(self) -> str:
        """A short name that changes when any card changes; not when the order does."""
        told = (f"{quote.candidate.slug} {quote.card}" for issue in self.issues for quote in issue.chosen)
        return digest("\n".join(told))[:6]

    def cards_of(self, issue: Issue) -> tuple[Card, ...]:
        """The cards of one issue in the order shown."""
        return tuple(card for card in self.cards if card.quote.statement == issue.row.key)

    @property
    def shares(self) -> tuple[Share, ...]:
        """What everybody has of the quiz, in page order."""
        firsts = Counter(self.cards_of(issue)[0].quote.candidate.slug for issue in self.issues)
        theirs = {
            one.slug: [card.quote.piece.text or "" for card in self.cards if card.quote.candidate == one]
            for one in self.comparison.candidates
        }
        return tuple(
            Share(one, len(theirs[one.slug]), sum(map(count_words, theirs[one.slug])), firsts[one.slug])
            for one in self.comparison.candidates
        )

    def silent(self, issue: Issue) -> tuple[Candidate, ...]:
        """Who has no words on an issue, in page order."""
        speaking = {quote.candidate.slug for quote in issue.chosen}
        return tuple(one for one in self.comparison.candidates if one.slug not in speaking)


@dataclass(frozen=True)
class Result:
    """One candidate and a voter's ratings. `counts` by RATINGS; `open`: not rated where others were; `silent`: no words there.

    `figures` are over the issues in which the voter rated anybody's words, each once: low and high say what it lies between.
    """

    candidate: Candidate
    figures: MatchFigures
    counts: Mapping[str, int] = field(default_factory=dict)
    open: int = 0
    silent: int = 0


def digest(text: str) -> str:
    """sha256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def turned(quotes: Sequence[Quote], by: int) -> tuple[Quote, ...]:
    """A row of the Latin square: as many rows as quotations, and each stands in each place in exactly one of them."""
    at = by % len(quotes)
    return (*quotes[at:], *quotes[:at])


def results(quiz: Quiz, ratings: Mapping[int, Fraction]) -> tuple[Result, ...]:
    """Every candidate, in page order. `ratings` by the number of the card; cards that were not rated are not in it."""
    cards = [(issue, {card.quote.candidate.slug: card.n for card in quiz.cards_of(issue)}) for issue in quiz.issues]
    asked = [numbers for _, numbers in cards if any(n in ratings for n in numbers.values())]
    return tuple(_result(candidate, asked, ratings) for candidate in quiz.comparison.candidates)


def _result(candidate: Candidate, asked: Iterable[Mapping[str, int]], ratings: Mapping[int, Fraction]) -> Result:
    theirs = [numbers.get(candidate.slug) for numbers in asked]
    rated = [ratings.get(n) if n is not None else None for n in theirs]
    silent = theirs.count(None)
    return Result(
        candidate,
        figures_over((Answer(Fraction(1)), None if rating is None else 2 * rating - 1) for rating in rated),
        {code: rated.count(value) for code, value in RATINGS.items()},
        rated.count(None) - silent,
        silent,
    )
