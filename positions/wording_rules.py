"""How a statement should be written, as advice beside the form: what may be wrong with its words, and whether a race's set leans. Pure.

The rules are those of guides that ask voters (design of the comparison, section 1). Lists of words can be wrong about a sentence, so that
nothing here refuses anything.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from positions.comparison import Comparison
from positions.scale import VALUE


class Rule(StrEnum):
    """What may be wrong with the words of a statement."""

    VAGUE = "vague"
    DOUBLE = "double"
    QUANTITY = "quantity"
    QUALIFIER = "qualifier"
    NEGATION = "negation"


RULE_WORDS = {
    Rule.VAGUE: "Vague: two people may understand something else by “%(word)s”. What exactly would be done?",
    Rule.DOUBLE: "Two ideas? With “%(word)s” somebody can be for the one and against the other.",
    Rule.QUANTITY: "A quantity without a measure: than what is “%(word)s”? Say how many, by when.",
    Rule.QUALIFIER: "“%(word)s” lets everybody agree: leave it out, or say what would count.",
    Rule.NEGATION: "“%(word)s”: to be against it is to say no to a no. Can it be said without?",
}

_WORDS = {
    "en": {
        Rule.VAGUE: "support|improve|address|promote|enhance|strengthen|tackle|ensure|prioriti[sz]e|invest in|better|good|bad",
        Rule.DOUBLE: "and|or|as well as|but",
        Rule.QUANTITY: "more|less|fewer|many|most|enough|increase|decrease|reduce|expand|too much|too many",
        Rule.QUALIFIER: "reasonable|reasonably|appropriate|appropriately|fair|fairly|responsible|responsibly|sensible|balanced|"
        "common-sense|where possible|if necessary|when needed|properly|significant|significantly|major",
        Rule.NEGATION: "not|no|never|without|stop|cannot|can't|don't|shouldn't|won't",
    },
    "es": {
        Rule.VAGUE: "apoyar|mejorar|abordar|promover|fomentar|fortalecer|garantizar|priorizar|invertir en|mejor|mejores|"
        "bueno|buena|malo|mala",
        Rule.DOUBLE: "y|e|o|u|así como|pero",
        Rule.QUANTITY: "más|menos|muchos|muchas|mayoría|suficiente|suficientes|aumentar|reducir|ampliar|demasiado|demasiados|demasiadas",
        Rule.QUALIFIER: "razonable|razonables|razonablemente|adecuado|adecuada|adecuadamente|justo|justa|responsable|sensato|sensata|"
        "equilibrado|equilibrada|de ser posible|si es necesario|debidamente|significativo|significativa|importante",
        Rule.NEGATION: "no|nunca|jamás|sin|dejar de|tampoco|ni",
    },
}
_FOUND = {
    lang: {rule: re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE) for rule, words in rules.items()}
    for lang, rules in _WORDS.items()
}


@dataclass(frozen=True)
class Advice:
    """A rule that the words may break, and the word that says so, as it stands there."""

    rule: Rule
    word: str
    lang: str


@dataclass(frozen=True)
class Leaning:
    """Of the positions that candidates of a race took for or against, how many are for; by statement."""

    supports: int
    opposes: int

    @property
    def leans(self) -> bool:
        """Whether nearly all stand on one side, so that saying yes (or no) to everything is to agree with everybody."""
        total = self.supports + self.opposes
        return total >= FEWEST and max(self.supports, self.opposes) >= LEANS * total


FEWEST, LEANS = 6, 0.75
"""From how many positions on a set can lean, and from what share on one side it does."""


def advice(texts: Iterable[tuple[str, str | None]]) -> tuple[Advice, ...]:
    """What may be wrong with a statement, given as (language, text): one word for each rule and language, in order."""
    found = ((lang, rule, _FOUND[lang][rule].search(text or "")) for lang, text in texts for rule in Rule)
    return tuple(Advice(rule, word[0], lang) for lang, rule, word in found if word)


def leaning(comparison: Comparison) -> Leaning:
    """How a race's statements to be for or against are phrased, told by where the candidates stand."""
    values = {str(code): value for code, value in VALUE.items()}
    numbers = [values.get(cell.code or "", 0.0) for row in comparison.rows for cell in row.cells]
    return Leaning(sum(number > 0 for number in numbers), sum(number < 0 for number in numbers))
