"""Codes of positions, kinds of evidence and tiers, each beside the English words a reader sees, and the numbers of the scale.

The scale and its rules: design of the comparison, sections 1-3; no adverbs of strength, never averaged over time.
"""

from enum import IntEnum, StrEnum


class Code(StrEnum):
    """A position on a statement. NOT_CLEAR is a statement without a number: spoke about it, position not clear.

    To a statement with several answers a candidate chose one (OPTION, whose own words are printed) or gave another (OWN_ANSWER).
    """

    SUPPORT = "support"
    LEAN_SUPPORT = "lean_support"
    MIXED = "mixed"
    LEAN_OPPOSE = "lean_oppose"
    OPPOSE = "oppose"
    NOT_CLEAR = "not_clear"
    OPTION = "option"
    OWN_ANSWER = "own_answer"


CODE_WORDS = {
    Code.SUPPORT: "Supports",
    Code.LEAN_SUPPORT: "Supports, with conditions",
    Code.MIXED: "Partly for, partly against",
    Code.LEAN_OPPOSE: "Opposes, with exceptions",
    Code.OPPOSE: "Opposes",
    Code.NOT_CLEAR: "Spoke about this; position not clear",
}

CHOICE_WORDS = {
    Code.OPTION: "Chose one of the answers",
    Code.OWN_ANSWER: "Gave an answer of their own, none of those listed",
}
"""The same for a statement with several answers; of an answer that was chosen its own words are printed."""

PRINTED = {**CODE_WORDS, **CHOICE_WORDS}
"""Every code and its words."""

CODES_OF = {
    "scale": tuple(code for code in Code if code not in (Code.OPTION, Code.OWN_ANSWER)),
    "choice": (Code.OPTION, Code.OWN_ANSWER, Code.NOT_CLEAR),
}
"""The codes a statement of each type takes: scale (for or against), choice (one of several answers)."""

VALUE = {Code.SUPPORT: 1.0, Code.LEAN_SUPPORT: 0.5, Code.MIXED: 0.0, Code.LEAN_OPPOSE: -0.5, Code.OPPOSE: -1.0}
"""The number of a code; a code that is missing here has none."""

NEEDS_CONDITION = frozenset({Code.LEAN_SUPPORT, Code.LEAN_OPPOSE})


class Tier(IntEnum):
    """How we know, best first. Tier 5 alone never enters a quiz and always prints its source."""

    RECORDING = 1
    OFFICIAL = 2
    OWN_TEXT = 3
    QUOTED = 4
    SUMMED_UP = 5


TIER_WORDS = {
    Tier.RECORDING: "Recording",
    Tier.OFFICIAL: "Official act or signed answer",
    Tier.OWN_TEXT: "Candidate's own text",
    Tier.QUOTED: "Quoted by {source}",
    Tier.SUMMED_UP: "Summed up by {source}",
}


WHY = "reason"
"""The role of a piece that says why a position is another than before; it carries no position."""


class EvidenceKind(StrEnum):
    """What the text of a piece of evidence is. Quotation marks are printed round QUOTATION only (and round short fragments)."""

    QUOTATION = "quotation"
    REPORTED_QUOTATION = "reported_quotation"
    SOURCE_SUMMARY = "source_summary"
    TRANSLATION = "translation"
