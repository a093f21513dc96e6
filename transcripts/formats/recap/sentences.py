"""The sentences of a paragraph: a quotation and the words that say whose it is are one."""

from transcripts.formats.recap import tokens
from transcripts.formats.recap.grammar import Grammar
from transcripts.formats.recap.verbs import REPORTING, SAY
from transcripts.formats.recap.words import PREPOSITIONS, PRONOUNS

_TRAILS = PREPOSITIONS | {"back", "aloud"}


def sentences_of(grammar: Grammar) -> list[tuple[int, int]]:
    """Half-open ranges of tokens. A quotation and the words that say whose it is are one sentence."""
    line, found, low = grammar.tokens, [], 0
    for at, token in enumerate(line):
        ends = tokens.ends_sentence(line, at) if token.part is None else _quote_ends(grammar, at)
        if ends or at + 1 == len(line):
            found.append((low, at + 1))
            low = at + 1
    return found


def _quote_ends(grammar: Grammar, at: int) -> bool:
    """Whether a sentence ends with the quotation at `at`."""
    if at + 1 >= len(grammar.tokens):
        return True
    after, last = grammar.tokens[at + 1], grammar.tokens[at].last
    if after.part is not None:
        return last in tokens.TERMINAL
    return last in tokens.TERMINAL and after.capital and not _tagline(grammar, at + 1, strict=last == ".")


def _tagline(grammar: Grammar, at: int, strict: bool) -> bool:
    """Whether the words from `at` say whose the quotation before them is: Smith said. · He asked."""
    line = grammar.tokens
    run = grammar.starting(at)
    if run is None and line[at].lower not in PRONOUNS:
        return False
    place = run.last + 1 if run is not None else at + 1
    following = line[place + 1] if place + 1 < len(line) else None
    if place >= len(line) or line[place].lower not in (SAY if strict else REPORTING):
        return False
    if line[place].lower not in SAY:
        return following is None or not following.word or following.lower in _TRAILS or following.adverb
    if following is not None and following.part is not None:
        return not strict
    return (
        following is None or not following.word or (not strict and following.lower not in {"that", "he", "she", "the"})
    )
