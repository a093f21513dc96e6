"""What the search for a subject stands on: a paragraph's tokens and names, roles, and who its pronouns may mean."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from transcripts.formats.recap.names import Run
from transcripts.formats.recap.people import Registry, complement
from transcripts.formats.recap.tokens import Token
from transcripts.formats.recap.words import CONJUNCTIONS, PASSIVES, PREPOSITIONS, RELATIVES

Who = tuple[int, ...]
"""People by their number: one where the article says who, none for somebody unnamed, several for “Smith and Ruiz”."""

REACH = 40
"""Tokens a search goes at most; no clause of a newspaper is longer."""

PAUSES = frozenset({",", "—", "–", "--", "-", ";", ":"})
BREAKS = frozenset({",", "—", "–", "--", "-"})
"""Marks that set words apart from a quotation."""

ENDS_PHRASE = PREPOSITIONS | RELATIVES | CONJUNCTIONS


@dataclass
class Grammar:
    """One paragraph as the search sees it. Indices are tokens of the paragraph."""

    tokens: Sequence[Token]
    runs: Sequence[Run]
    registry: Registry
    pronoun: Callable[[str, int], Who]
    """The person a pronoun (in lower case) at an index means; the empty word is a Spanish verb without one."""
    low: int = 0
    """Where the sentence being read begins."""
    spoken: Who = ()
    """Whom the sentence being read has let speak so far."""

    def __post_init__(self) -> None:
        self._ends = {run.last: run for run in self.runs}
        self._starts = {run.first: run for run in self.runs}

    def starting(self, at: int) -> Run | None:
        """The name that begins at an index."""
        return self._starts.get(at)

    def ending(self, at: int) -> Run | None:
        """The name that ends at an index."""
        return self._ends.get(at)

    def lower(self, at: int, low: int = 0) -> str:
        """The word at an index in lower case; nothing before `low`."""
        return self.tokens[at].lower if low <= at < len(self.tokens) else ""

    def who(self, run: Run) -> Who:
        """Whom a name means."""
        return self.registry.who(self.tokens, run)

    def hangs(self, at: int, low: int = 0) -> bool:
        """Whether the word at an index is a preposition; Spanish “a” is one before a name, the English article is not."""
        lower = self.lower(at, low)
        return lower in PREPOSITIONS or (lower == "a" and self.starting(at + 1) is not None)

    def passive(self, verb: int, low: int) -> bool:
        """“was asked”, “is called”: somebody else did it."""
        at = verb - 1
        while at >= low and self.tokens[at].adverb:
            at -= 1
        return self.lower(at, low) in PASSIVES and not self.tokens[verb].participle

    def role(self, start: int, head: int) -> Who:
        """Somebody called by a role: “the mayor” is one person where the article has one mayor."""
        definite = self.tokens[start].lower in {"the", "el", "la"}
        return self.registry.holders(self.tokens[head].lower, complement(self.tokens, head)) if definite else ()

    def head(self, start: int, end: int) -> Who:
        """The role a phrase of common words from `start` begins with."""
        head = start
        while (
            head + 1 < end
            and self.tokens[head + 1].word
            and self.tokens[head + 1].lower not in PREPOSITIONS | RELATIVES
        ):
            head += 1
        return self.role(start, head)

    def joined(self, run: Run) -> Who:
        """A name, with the one joined to it by “and”."""
        other = self.starting(run.last + 2) if self._word(run.last + 1) in {"and", "y", "e"} else None
        return self.who(run) + (self.who(other) if other else ())

    def whole(self, run: Run, high: int) -> bool:
        """Whether a name fills its place up to the next mark."""
        return run.last + 1 >= high or not self.tokens[run.last + 1].word

    def leads_on(self, at: int, high: int) -> bool:
        """Whether common words lead from an index to another name: said Hartford resident Bob Smith."""
        reach = min(high, at + REACH)
        while (
            at < reach
            and self.tokens[at].word
            and not self.tokens[at].capital
            and self.tokens[at].lower not in ENDS_PHRASE
        ):
            at += 1
        return self.starting(at) is not None

    def _word(self, at: int) -> str:
        return self.tokens[at].lower if at < len(self.tokens) else ""
