"""The subject on the left of a verb: Smith said · Smith, 43, a teacher from the North End, said · a spokesman for Smith said."""

from transcripts.formats.recap.grammar import ENDS_PHRASE, PAUSES, REACH, Grammar, Who
from transcripts.formats.recap.names import Run
from transcripts.formats.recap.opening import opening
from transcripts.formats.recap.tokens import Token
from transcripts.formats.recap.verbs import REPORTING
from transcripts.formats.recap.words import (
    ARTICLES,
    AUXILIARIES,
    CLITICS,
    CONJUNCTIONS,
    DAY_WORDS,
    FIRST_PERSON,
    PLACES,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SUBORDINATORS,
    SUFFIXES,
    WEEKDAYS,
)

_STEPS = 8
_BETWEEN = AUXILIARIES | DAY_WORDS | CLITICS
_BREAKS_NOUNS = PREPOSITIONS | CONJUNCTIONS | RELATIVES | REPORTING | AUXILIARIES
_JOINS = CONJUNCTIONS | (SUBORDINATORS - PREPOSITIONS)


def before(grammar: Grammar, verb: int, low: int) -> Who | None:
    """The subject on the left of a verb in a sentence that begins at `low`; None where none stands there."""
    at = _skip_back(grammar, verb - 1, low)
    if at < low or grammar.tokens[at].part is not None:
        return None
    token = grammar.tokens[at]
    if token.lower in RELATIVES:
        at -= 1 if grammar.lower(at - 1, low) == "," else 0
        return _phrase(grammar, at - 1, low) or _described_before(grammar, at - 1, low)
    if token.lower in CONJUNCTIONS or token.lower in {"to", "as"}:
        return opening(grammar, low, verb)
    if token.text in PAUSES:
        return _past_apposition(grammar, at, low)
    return _phrase(grammar, at, low)


def _skip_back(grammar: Grammar, at: int, low: int) -> int:
    """Past adverbs, auxiliaries, days and brackets."""
    while at >= low:
        token = grammar.tokens[at]
        if token.text in {")", "]"}:
            at = _bracket(grammar, at, low)
        elif token.lower in WEEKDAYS:
            at -= 2 if grammar.lower(at - 1, low) in {"on", "late", "early", "last", "el"} else 1
        elif token.adverb or token.lower in _BETWEEN:
            at -= 1
        else:
            return at
    return at


def _bracket(grammar: Grammar, at: int, low: int) -> int:
    for back in range(at, max(low, at - REACH) - 1, -1):
        if grammar.tokens[back].text in {"(", "["}:
            return back - 1
    return at - 1


def _phrase(grammar: Grammar, at: int, low: int) -> Who | None:
    """The noun phrase that ends at `at`, past the prepositional phrases that hang on it."""
    for _ in range(_STEPS):
        at = _skip_back(grammar, at, low)
        if at < low or grammar.tokens[at].part is not None:
            return None
        if grammar.tokens[at].text in PAUSES:
            return _past_apposition(grammar, at, low)
        found, at = _one_phrase(grammar, at, low)
        if at < 0:
            return found
    return None


def _one_phrase(grammar: Grammar, at: int, low: int) -> tuple[Who | None, int]:
    """The phrase ending at `at` and -1, or nothing and where to go on when it hangs on a preposition."""
    token = grammar.tokens[at]
    if token.lower in PRONOUNS:
        return grammar.pronoun(token.lower, at), -1
    if token.lower in FIRST_PERSON:
        return (), -1
    run = grammar.ending(at)
    if run is None and not token.word:
        return None, -1
    start = run.first if run else _noun_start(grammar, at, low)
    led = grammar.lower(start - 1, low)
    if run is not None and led in ARTICLES and grammar.hangs(start - 2, low):
        start, led = start - 1, grammar.lower(start - 2, low)
    if grammar.hangs(start - 1, low):
        return None, start - 2
    if run is None:
        return grammar.role(start, at) or _unpaused(grammar, start, low), -1
    return _with_partner(grammar, run, low), -1


def _with_partner(grammar: Grammar, run: Run, low: int) -> Who:
    """A name, with the one joined to it by the “and” before it."""
    joined = grammar.lower(run.first - 1, low) in {"and", "y", "e", "&"}
    other = grammar.ending(run.first - 2) if joined else None
    return (grammar.who(other) if other else ()) + grammar.who(run)


def _noun_start(grammar: Grammar, at: int, low: int) -> int:
    """Where a phrase of common words ending at `at` begins: at its article, else at its first word."""
    start = at
    while start > low and at - start < _STEPS:
        token = grammar.tokens[start - 1]
        if not token.word or token.lower in _BREAKS_NOUNS:
            break
        start -= 1
        if token.lower in ARTICLES:
            break
    return start


def _described_before(grammar: Grammar, at: int, low: int) -> Who | None:
    """The name before “, a retired welder” that ends at `at`."""
    for back in range(at, max(low, at - _STEPS - 2), -1):
        if grammar.tokens[back].text == ",":
            run = grammar.ending(back - 1)
            return grammar.who(run) if run is not None else None
    return None


def _unpaused(grammar: Grammar, start: int, low: int) -> Who:
    """Ross Dale, an attorney and candidate said: the comma after the description was forgotten."""
    at = start - 1
    floor = max(low, at - REACH)
    while at > floor and grammar.tokens[at].word and not grammar.tokens[at].capital:
        at -= 1
    run = grammar.ending(at - 1) if grammar.lower(at, low) == "," else None
    opens = run is not None and (run.first == low or grammar.tokens[run.first - 1].part is not None)
    return grammar.who(run) if run is not None and opens else ()


def _past_apposition(grammar: Grammar, at: int, low: int) -> Who | None:
    """The subject before what stands between commas: Smith, 43, a teacher from the North End, said."""
    end = at - 1
    for _ in range(_STEPS):
        if end < low:
            return None
        start = _chunk_start(grammar, end, low)
        found = _chunk(grammar, start, end, low)
        if found is not None:
            return found
        end = start - 2
        while end >= low and grammar.tokens[end].text in PAUSES:
            end -= 1
    return None


def _chunk_start(grammar: Grammar, end: int, low: int) -> int:
    start = end
    while (
        start > low
        and grammar.tokens[start - 1].text not in PAUSES
        and grammar.tokens[start - 1].part is None
        and end - start < REACH
    ):
        start -= 1
    return start


def _chunk(grammar: Grammar, start: int, end: int, low: int) -> Who | None:
    """The subject in a stretch between two commas; None where it only describes one."""
    opens = start == low
    while start < end and grammar.tokens[start].lower in _JOINS:
        start += 1
    first = grammar.tokens[start]
    if not first.word or (first.lower in SUFFIXES and start == end) or _party(first):
        return None
    run = grammar.starting(start)
    if run is not None and run.last >= _skip_back(grammar, end, start):
        return _lone_name(grammar, run, start, low)
    if first.lower in PRONOUNS:
        return grammar.pronoun(first.lower, start)
    if first.lower in PREPOSITIONS | RELATIVES or first.text[0].isdigit() or first.participle:
        return None
    if first.lower in ARTICLES or (not first.capital and run is None):
        return _described(grammar, start, end, opens)
    return _named_in(grammar, start, end, run)


def _party(token: Token) -> bool:
    """D-Hartford, R-Ward 3."""
    return token.text[:2] in {"D-", "R-", "I-"} and len(token.text) > 2


def _lone_name(grammar: Grammar, run: Run, start: int, low: int) -> Who | None:
    """A stretch that is nothing but a name. A place after somebody's town is not one."""
    first = grammar.tokens[run.first]
    if first.lower in PLACES:
        return None
    earlier = any(grammar.ending(at) is not None for at in range(max(low, start - REACH), start))
    if run.first == run.last and earlier and not grammar.registry.known(grammar.tokens, run):
        return None
    return grammar.who(run)


def _described(grammar: Grammar, start: int, end: int, opens: bool) -> Who | None:
    """“the chairman” before a comma: a subject where it opens the sentence, else a description of one."""
    run = grammar.ending(end)
    plain = run is not None and not any(
        token.lower in PREPOSITIONS | ARTICLES for token in grammar.tokens[start : run.first]
    )
    if run is not None and (
        plain and run.first > start or opens and grammar.lower(run.first - 1, start) not in PREPOSITIONS
    ):
        return grammar.who(run)
    if run is not None and run.last - run.name > 0 and _plainly(grammar, start, run):
        return grammar.who(run) or None
    return grammar.head(start, end + 1) if opens else None


def _plainly(grammar: Grammar, start: int, run: Run) -> bool:
    """The fourth candidate, the plumber Bob Smith, said: a description that leads to a full name and nothing between."""
    between = grammar.tokens[start + 1 : run.first]
    common = all(token.word and not token.capital and token.lower not in ENDS_PHRASE | ARTICLES for token in between)
    return common and not any(grammar.registry.people[who].group for who in grammar.who(run))


def _named_in(grammar: Grammar, start: int, end: int, run: Run | None) -> Who | None:
    last = grammar.ending(_skip_back(grammar, end, start))
    if last is not None and grammar.lower(last.first - 1, start) not in PREPOSITIONS:
        return _with_partner(grammar, last, start)
    return grammar.who(run) if run is not None else None
