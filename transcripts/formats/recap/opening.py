"""The subject a sentence opens with, past “However,”, “On Tuesday,” and “While others demurred,”; and whom else it brings in."""

from transcripts.formats.recap.grammar import BREAKS, REACH, Grammar, Who
from transcripts.formats.recap.names import Run
from transcripts.formats.recap.verbs import REPORTING
from transcripts.formats.recap.words import (
    AUXILIARIES,
    CONJUNCTIONS,
    FIRST_PERSON,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SUBORDINATORS,
)

_STEPS = 5
_LONGEST = 10
_LEADS = SUBORDINATORS | PREPOSITIONS
_STOPS = PREPOSITIONS | AUXILIARIES | RELATIVES | REPORTING | CONJUNCTIONS


def opening(grammar: Grammar, low: int, high: int) -> Who | None:
    """The subject between `low` and `high`; None where none can be told."""
    at = low
    for _ in range(_STEPS):
        at = _past_marks(grammar, at, high)
        if at >= high or grammar.tokens[at].part is not None:
            return None
        token = grammar.tokens[at]
        asked = _asked(grammar, at, high)
        if asked is not None:
            return grammar.who(asked)
        if token.lower not in _LEADS and not (token.capital and token.participle):
            return _phrase(grammar, at, high)
        at = _after_comma(grammar, at, high)
    return None


def _asked(grammar: Grammar, at: int, high: int) -> Run | None:
    """“A Ricardo Peña le preguntaron”: the one asked has the word."""
    run = grammar.starting(at + 1) if grammar.tokens[at].lower == "a" else None
    if run is None:
        return None
    follows = grammar.tokens[run.last : min(high, at + 2 * _LONGEST)]
    return run if any(token.lower in {"le", "les"} for token in follows) else None


def _past_marks(grammar: Grammar, at: int, high: int) -> int:
    while at < high:
        token = grammar.tokens[at]
        if token.part is not None or not (not token.word or token.adverb or _links(grammar, at, high)):
            break
        at += 1
    return at


def _links(grammar: Grammar, at: int, high: int) -> bool:
    """“But” and “However,”: a word with a comma after it that is neither a name nor a pronoun."""
    token = grammar.tokens[at]
    if token.lower in CONJUNCTIONS:
        return True
    paused = at + 1 < high and grammar.tokens[at + 1].text == ","
    return paused and token.word and grammar.starting(at) is None and token.lower not in PRONOUNS


def _after_comma(grammar: Grammar, at: int, high: int) -> int:
    for place in range(at, min(high, at + REACH)):
        if grammar.tokens[place].text == ",":
            return place + 1
    return high


def _phrase(grammar: Grammar, at: int, high: int) -> Who | None:
    token = grammar.tokens[at]
    if token.lower in PRONOUNS:
        return grammar.pronoun(token.lower, at)
    if token.lower in FIRST_PERSON:
        return ()
    last, end = _last_name(grammar, at, high)
    if last is None and grammar.tokens[at].lower in {"one", "una", "uno"}:
        end = _after_comma(grammar, at, min(high, at + _LONGEST)) - 1  # one of them, Bob Smith, leaned over
    if last is None and end < high and grammar.tokens[end].text in BREAKS:
        last = _apposed(grammar, end + 1, high)
    if last is None:
        return grammar.head(at, min(end, at + 3))
    return () if last.possessive else grammar.joined(last)


def _apposed(grammar: Grammar, at: int, high: int) -> Run | None:
    """The moderator — retired anchor Bob Smith — tried: the name that fills the place between two marks, past its role."""
    last, end = _last_name(grammar, at, high)
    marked = last is not None and (end >= high or not grammar.tokens[end].word)
    return last if last is not None and marked and not last.possessive and last.last + 1 == end else None


def _last_name(grammar: Grammar, at: int, high: int) -> tuple[Run | None, int]:
    """The last name of the phrase that opens at `at` (longtime North End activist Bob Smith), and where the phrase ends."""
    last: Run | None = None
    start = at
    while at < min(high, start + _LONGEST):
        run = grammar.starting(at)
        token = grammar.tokens[at]
        if run is not None:
            last, at = run, run.last
        elif not token.word or token.lower in _STOPS or (last is not None and not grammar.leads_on(at, high)):
            break
        at += 1
    return last, at


def source(grammar: Grammar, low: int, high: int) -> Who | None:
    """That was met with derision by Dr Rao: the one somebody's reaction comes from."""
    runs = [run for at in range(low, high) if (run := grammar.starting(at)) is not None and not run.possessive]
    found = [grammar.who(run) for run in runs if grammar.lower(run.first - 1, low) in {"by", "from", "por"}]
    return found[0] if len(found) == 1 and found[0] else None


def second_subject(grammar: Grammar, low: int, high: int) -> Who:
    """The line drew laughter, but Ferreira did not smile: the subject of the clause a sentence ends with."""
    for at in range(low + 1, high - 2):
        run = grammar.starting(at + 1) if grammar.tokens[at].lower in {"but", "while", "pero", "mientras"} else None
        if (
            run is not None
            and not run.possessive
            and not grammar.whole(run, high)
            and not grammar.tokens[run.last + 1].capital
        ):
            return grammar.who(run)
    return ()


def introduced(grammar: Grammar, low: int, high: int) -> Who:
    """That drew a laugh from Smith, who sits on the council · The third is Bob Smith, 23: who is there for the words to come."""
    found = [
        run
        for at in range(low, high)
        if (run := grammar.starting(at)) is not None and not run.possessive and grammar.lower(run.last + 1) == ","
    ]
    told = [
        grammar.who(run)
        for run in found
        if grammar.lower(run.last + 2) in {"who", "quien"} or grammar.lower(run.first - 1, low) in {"is", "es"}
    ]
    return told[0] if len(told) == 1 else ()
