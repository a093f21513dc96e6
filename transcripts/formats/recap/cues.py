"""Cues: the verbs and phrases of a sentence that say somebody spoke, and who."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from transcripts.formats.recap import left, right
from transcripts.formats.recap.grammar import BREAKS, Grammar, Who
from transcripts.formats.recap.opening import opening
from transcripts.formats.recap.tokens import Token
from transcripts.formats.recap.verbs import BASE, NAME, PARTICIPLES, REPORTING, SAY, SPANISH, TAG, THINKING
from transcripts.formats.recap.words import ARTICLES, CLITICS, PREPOSITIONS, PRONOUNS, RELATIVES, SPEECH_NOUNS

PAUSING = frozenset(",.?!…—–-")
"""Marks a quotation may end with before “he said”."""

_NEAR, _BEHIND, _NAMING = 4, 12, 10
_MODALS = frozenset(
    "to would will could did didn’t didn't they we i you can should may might must does who and people".split()
)
_LITTLE = (
    frozenset(
        """of that que as como de out in back off simply it him her them this lo la los un una a an the el""".split()
    )
    | BREAKS
    | {":"}
)
_POSSESSIVES = {"his": "he", "her": "she"}
_CLITICS = frozenset("la las lo los".split())
"""Spanish articles that are pronouns before a verb: la llamó. After the others stands a noun: una pregunta."""

_PROGRESSIVE = frozenset("is was are were been está estaba".split())
_JOINS = frozenset("and but then y e pero ,".split())
_SOUNDS = frozenset("sang spat swore wept".split())
"""Past tenses that colour a quotation and do not end in -ed."""

_INVERTS = frozenset({"said", "says", "asks", "adds"})
"""Verbs that open an English sentence before their subject: Said Smith: …"""


class Cue(NamedTuple):
    """A token that reports speech. `who` is its subject as far as the article says.

    `names` tells that it may give something a name (“called it”) rather than report what was said.
    """

    at: int
    who: Who
    names: bool = False


def after(found: Sequence[Cue], at: int) -> int:
    """How many cues stand before an index: the first after it has this number."""
    return bisect_left(found, at, key=lambda cue: cue.at)


def introduces(tokens: Sequence[Token], cue: int, at: int) -> bool:
    """Whether only marks and little words stand between a cue and the quotation after it."""
    between = tokens[cue + 1 : at]
    return len(between) <= _BEHIND and all(t.part is None and (not t.word or t.lower in _LITTLE) for t in between)


def find(grammar: Grammar, low: int, high: int) -> list[Cue]:
    """The cues of a sentence (half-open range of tokens) from left to right."""
    found: list[Cue] = []
    grammar.low, grammar.spoken = low, ()
    for at in range(low, high):
        cue = _verb(grammar, at, low, high, found) if grammar.tokens[at].word else None
        if cue is None and not found:
            cue = _signed(grammar, at, low, high)
        if cue is not None:
            if not cue.who and found and grammar.tokens[at].lower in THINKING:
                cue = cue._replace(who=found[-1].who)  # Smith said young people felt “invisible”
            found.append(cue)
            grammar.spoken = cue.who
    return found


def _verb(grammar: Grammar, at: int, low: int, high: int, found: list[Cue]) -> Cue | None:
    token = grammar.tokens[at]
    if token.lower in {"put", "puts"} and grammar.lower(at + 1) in {"it", "this"} and at + 1 < high:
        run = grammar.ending(at - 1)
        who = grammar.who(run) if run is not None else left.before(grammar, at, low)
        return Cue(at, who) if who else None
    if token.lower in {"according", "según", "per"}:
        who = right.after(grammar, at + 1 if token.lower == "according" else at, high)
        return Cue(at, who or ()) if who or token.lower != "per" else None
    if token.lower in {"words", "palabras"} and grammar.lower(at + 1) in BREAKS | {":", ""}:
        return _in_words(grammar, at, low)
    if token.lower not in REPORTING and _colours(grammar, at, low, high):
        crossed = right.after(grammar, at, high) if token.lower.endswith("ó") else None
        return Cue(at, crossed or _subject(grammar, at, low, high, found) or ())
    if token.lower not in REPORTING or not _reports(grammar, at, low, high) or grammar.passive(at, low):
        return None
    who = _subject(grammar, at, low, high, found)
    return None if who is None else Cue(at, who, token.lower in NAME)


def _in_words(grammar: Grammar, at: int, low: int) -> Cue | None:
    """in her own words, “…” · in Smith's words: “…”"""
    behind = at - 2 if grammar.lower(at - 1, low) in {"own", "propias"} else at - 1
    run = grammar.ending(behind)
    if grammar.lower((run.first if run is not None else behind) - 1, low) not in {"in", "en"}:
        return None
    if run is not None:
        return Cue(at, grammar.who(run)) if run.possessive else None
    possessive = _POSSESSIVES.get(grammar.lower(behind, low))
    return Cue(at, grammar.pronoun(possessive, behind)) if possessive else None


def _signed(grammar: Grammar, at: int, low: int, high: int) -> Cue | None:
    """No verb at all: a quotation signed with a dash and a name, or a name and a colon beside it."""
    tokens, mark = grammar.tokens, grammar.tokens[at].text
    run = grammar.starting(at + 1)
    quoted = at > low and tokens[at - 1].part is not None
    if quoted and run is not None and (mark == ":" or (mark in BREAKS - {","} and grammar.whole(run, high))):
        return Cue(at, grammar.who(run))
    if mark == ":" and at + 1 < high and tokens[at + 1].part is not None:
        who = left.before(grammar, at, low) or opening(grammar, low, at) or _owner(grammar, low, at)
        return Cue(at, who) if who else None
    return None


def _owner(grammar: Grammar, low: int, high: int) -> Who:
    """Whose answer stands before a colon: Smith's answer was short: “No.” · Her reply: “Never.”"""
    for at in range(low, min(high, low + _BEHIND)):
        noun = at + 1 < high and grammar.tokens[at + 1].lower in SPEECH_NOUNS
        run = grammar.ending(at)
        if noun and run is not None and run.possessive:
            return grammar.who(run)
        if noun and grammar.tokens[at].lower in _POSSESSIVES:
            return grammar.pronoun(_POSSESSIVES[grammar.tokens[at].lower], at)
    return ()


def _reports(grammar: Grammar, at: int, low: int, high: int) -> bool:
    """Whether the form is a verb here, and near enough to a quotation where it proves speech only beside one."""
    token, led = grammar.tokens[at], grammar.lower(at - 1, low)
    lower = token.lower
    if (
        token.capital
        and lower not in SPANISH
        and (at > low and grammar.tokens[at - 1].part is None or not _opens(grammar, at))
    ):
        return False
    if led in ARTICLES - RELATIVES and not (lower in SPANISH and led in _CLITICS) or led.endswith(("’s", "'s")):
        return False
    if lower in BASE and lower not in {"quote", "read"} and led not in _MODALS and not _plural(grammar, at, low):
        return False
    if led in PREPOSITIONS and led != "to" and lower not in PARTICIPLES and not _past(lower):
        return False
    if lower in SAY or (lower in NAME and _quote_within(grammar, at, high)):
        return True
    return lower in TAG and (_quote_follows(grammar, at, high) or _quote_precedes(grammar, at, low))


def _colours(grammar: Grammar, at: int, low: int, high: int) -> bool:
    """“Liar!” squawked Smith · “Maybe,” she deadpanned: a past tense we do not know between a quotation and its speaker."""
    token = grammar.tokens[at]
    if token.lower.endswith("ó") and not token.capital and len(token.text) > 3:
        return _crossed(grammar, at, low, high)
    if token.capital or len(token.text) < 5 or not (token.lower.endswith("ed") or token.lower in _SOUNDS):
        return False
    if grammar.tokens[at - 1].part is not None and at > low:
        starts = (
            grammar.starting(at + 1) is not None or grammar.lower(at + 1) in PRONOUNS or grammar.lower(at + 1) == "the"
        )
        return grammar.tokens[at - 1].last in PAUSING and at + 1 < high and starts
    run = grammar.ending(at - 1)
    first = run.first if run is not None else at - 1 if grammar.lower(at - 1, low) in PRONOUNS else low
    before = grammar.tokens[first - 1] if first > low else None
    ends = at + 1 >= high or not grammar.tokens[at + 1].word or grammar.tokens[at + 1].adverb
    return before is not None and before.part is not None and before.last in PAUSING and ends


def _crossed(grammar: Grammar, at: int, low: int, high: int) -> bool:
    """«Nunca», lo cruzó la docente Ana Paz: a Spanish past tense between a quotation and a name or a role."""
    before = at - 1
    while before > low and (grammar.lower(before) in CLITICS or grammar.tokens[before].text == ","):
        before -= 1
    named = grammar.starting(at + 1) is not None or grammar.lower(at + 1) in {"el", "la"}
    return before >= low and grammar.tokens[before].part is not None and at + 1 < high and named


def _opens(grammar: Grammar, at: int) -> bool:
    """Said Smith: “…” — but “Asked about the plan, …” says nothing."""
    lower = grammar.tokens[at].lower
    return lower in _INVERTS or (lower == "asked" and grammar.starting(at + 1) is not None)


def _past(lower: str) -> bool:
    return lower.endswith("ed") or lower in {"said", "told", "wrote"} or lower in SPANISH


def _plural(grammar: Grammar, at: int, low: int) -> bool:
    """Officials say: a base form is a verb after a plural."""
    led = grammar.tokens[at - 1] if at > low else None
    return led is not None and led.word and not led.capital and led.lower.endswith("s") and len(led.text) > 3


def _quote_within(grammar: Grammar, at: int, high: int) -> bool:
    for token in grammar.tokens[at + 1 : min(high, at + 1 + _NAMING)]:
        if token.part is not None:
            return True
        if token.lower in SAY:
            return False
    return False


def _quote_follows(grammar: Grammar, at: int, high: int) -> bool:
    """A quotation comes next, past a comma, a colon or a little word."""
    for token in grammar.tokens[at + 1 : min(high, at + 1 + _NEAR)]:
        if token.part is not None:
            return True
        if token.lower not in _LITTLE:
            return False
    return False


def _quote_precedes(grammar: Grammar, at: int, low: int) -> bool:
    """A quotation stands before the verb or its subject, ended as before “he said”."""
    for back in range(at - 1, max(low, at - _BEHIND) - 1, -1):
        token = grammar.tokens[back]
        if token.part is not None:
            return token.last in PAUSING or back + 1 == at or grammar.tokens[back + 1].text in BREAKS
        if token.text in {".", ";", ":"} or token.lower in SAY:
            return False
    return False


def _subject(grammar: Grammar, at: int, low: int, high: int, found: list[Cue]) -> Who | None:
    """The subject of a reporting verb: on its left, or on its right where it is inverted, or that of the sentence."""
    lower, led = grammar.tokens[at].lower, grammar.lower(at - 1, low)
    if lower in PARTICIPLES and led not in _PROGRESSIVE:
        own = grammar.ending(at - 1)
        apart = own is not None and grammar.lower(own.first - 1, low) in {"with", "con"}
        return grammar.who(own) if own is not None and apart else _running(grammar, low, at, found)
    inverted = right.after(grammar, at, high) if _inverted(grammar, at, low, high) else None
    if inverted is not None:
        return inverted
    subject = left.before(grammar, at, low)
    if led in _JOINS and found and not subject:
        return found[-1].who
    if subject is not None:
        return subject
    if lower in SPANISH:
        plural = lower.endswith(("ron", "an", "en"))
        return right.after(grammar, at, high) or (() if plural else grammar.pronoun("", at))
    if at > low and (grammar.tokens[at - 1].part is not None or led == ","):
        return right.after(grammar, at, high) or opening(grammar, low, at) or ()
    return _running(grammar, low, at, found)


def _running(grammar: Grammar, low: int, at: int, found: list[Cue]) -> Who:
    """The subject a sentence already has: of its last cue, else the one it opens with."""
    return found[-1].who if found else opening(grammar, low, at) or ()


def _inverted(grammar: Grammar, at: int, low: int, high: int) -> bool:
    """“…,” said Smith: the verb stands right after a quotation or a comma and a name or a role follows it."""
    tokens = grammar.tokens
    behind = at - 1
    while behind >= low and tokens[behind].text in BREAKS:
        behind -= 1
    if at + 1 >= high or not tokens[at + 1].word:
        return False
    if behind < low or tokens[behind].part is not None:
        return tokens[at + 1].lower not in PREPOSITIONS | {"that", "que"}
    run = grammar.starting(at + 1)
    return tokens[at - 1].text in BREAKS and run is not None and grammar.whole(run, high)
