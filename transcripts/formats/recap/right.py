"""The subject on the right of a verb: said Smith · said the group's president, Bob Smith · said a spokesman for Smith."""

from transcripts.formats.recap.grammar import Grammar, Who
from transcripts.formats.recap.names import Run
from transcripts.formats.recap.verbs import REPORTING
from transcripts.formats.recap.words import (
    CONJUNCTIONS,
    FIRST_PERSON,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SUBORDINATORS,
    WEEKDAYS,
)

_LONGEST = 16
_NO_SUBJECT = PREPOSITIONS | SUBORDINATORS | CONJUNCTIONS | RELATIVES
_STOPS = RELATIVES | REPORTING | {"si", "if"}


def after(grammar: Grammar, verb: int, high: int) -> Who | None:
    """The subject on the right of a verb; `high` is where its sentence ends. None where no noun or pronoun follows."""
    at = verb + 1
    while at < high and grammar.tokens[at].adverb:
        at += 1
    if at >= high or not grammar.tokens[at].word:
        return None
    token = grammar.tokens[at]
    if token.lower in PRONOUNS:
        return grammar.pronoun(token.lower, at)
    if token.lower in FIRST_PERSON:
        return ()
    if token.lower in _NO_SUBJECT or token.participle or grammar.hangs(at):
        return None
    if token.lower in WEEKDAYS or (at + 1 < high and grammar.tokens[at + 1].lower in WEEKDAYS):
        return None
    return _forward(grammar, at, high)


def _forward(grammar: Grammar, at: int, high: int) -> Who:
    """The first name that heads the phrase beginning at `at`, not one that hangs on a preposition."""
    start, hangs = at, False
    while at < min(high, start + _LONGEST):
        run = grammar.starting(at)
        if run is not None:
            if not hangs and _heads(grammar, run, high):
                return grammar.joined(run)
            at, hangs = run.last, hangs and not grammar.leads_on(run.last + 1, high)
        elif grammar.tokens[at].text == ",":
            run = grammar.starting(at + 1)
            return grammar.who(run) if run is not None and grammar.whole(run, high) else grammar.head(start, at)
        elif not grammar.tokens[at].word or grammar.tokens[at].lower in _STOPS:
            break
        hangs = hangs or grammar.hangs(at)
        at += 1
    return grammar.head(start, at)


def _heads(grammar: Grammar, run: Run, high: int) -> bool:
    """Whether a name is the phrase's own: not a possessor, nor a place that leads on to the name."""
    following = grammar.tokens[run.last + 1] if run.last + 1 < high else None
    describes = following is not None and following.word and not following.capital and run.first == run.name
    return not run.possessive and not (describes and grammar.leads_on(run.last + 1, high))
