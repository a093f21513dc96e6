"""Pure: the words of a text with their places, what changed between two wordings, and which changes turn a meaning round."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Levenshtein

from transcripts.text import fold

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+|[.,:/\-–](?=\d)\d+|[\-‑][^\W\d_]+)*|[$€£%]")
_SENTENCE_END = re.compile(r"[.!?…:]['\"”’)\]]*\s*$")

NEGATIONS = frozenset(
    """
    no not nor never none nobody nothing nowhere neither without cannot hardly barely scarcely against
    nunca jamas nadie nada ninguno ninguna ningun ni tampoco sin contra
    """.split()
)
MODALS = frozenset(
    """
    can could may might must shall should will would ought need needs
    puede pueden puedo podemos podria podrian debe deben debo debemos deberia deberian quiere quieren quisiera hay habra
    """.split()
)
NUMBER_WORDS = frozenset(
    """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion half third
    quarter double twice once first second percent dozen all every each any some most few many
    cero uno una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince veinte treinta cuarenta
    cincuenta sesenta setenta ochenta noventa cien ciento mil millon millones mitad tercio cuarto doble todos todas algunos
    """.split()
)
_CONTRACTED = re.compile(r"n['’]t$|['’](?:ll|d)$")

Kind = Literal["negation", "number", "name", "modal", "word"]


@dataclass(frozen=True)
class Word:
    """One word and its half-open place in code points. `folded` is what is compared; `opens` says a sentence begins here."""

    text: str
    start: int
    end: int
    folded: str
    opens: bool


@dataclass(frozen=True)
class Step:
    """Words a0..a1 of one wording became words b0..b1 of the other. `operation` is equal, replace, delete or insert."""

    operation: str
    a0: int
    a1: int
    b0: int
    b1: int


def words(text: str) -> list[Word]:
    """The words of a text, currency and percent signs among them: punctuation is none."""
    found: list[Word] = []
    last = 0
    for match in _WORD.finditer(text):
        opens = not found or _SENTENCE_END.search(text[last : match.start()]) is not None
        found.append(Word(match.group(), match.start(), match.end(), fold(match.group()).replace("’", "'"), opens))
        last = match.end()
    return found


def steps(before: Sequence[Word], after: Sequence[Word]) -> list[Step]:
    """The fewest changes that make one wording into the other, in order; words are equal when their folded forms are."""
    codes = Levenshtein.opcodes([word.folded for word in before], [word.folded for word in after])
    return [Step(code.tag, code.src_start, code.src_end, code.dest_start, code.dest_end) for code in codes]


def kind(word: Word) -> Kind:
    """What a word is to the meaning of a sentence, where it is changed, put in or left out."""
    if word.folded in NEGATIONS or word.folded.endswith("n't"):
        return "negation"
    if any(char.isdigit() for char in word.text) or word.folded in NUMBER_WORDS or word.text in "$€£%":
        return "number"
    if word.folded in MODALS or _CONTRACTED.search(word.folded):
        return "modal"
    if any(char.isupper() for char in word.text) and word.folded not in ("i", "i'm", "i've"):
        return "name"
    return "word"


def turned(before: Word, after: Word) -> bool:
    """Whether two words that fold alike differ in a way that may name something else: LEAD and lead, Rose and rose."""
    if before.text == after.text or before.text.replace("’", "'") == after.text.replace("’", "'"):
        return False
    if before.text[0] != after.text[0] and before.text[1:] == after.text[1:]:
        return not (before.opens or after.opens)
    return before.text.casefold() == after.text.casefold()


def difference(before: str, after: str) -> list[tuple[str, str, str]]:
    """Two wordings piece by piece, for a person to read: (operation of `Step`, words before, words after), punctuation included."""
    old, new = before.split(), after.split()
    return [
        (code.tag, " ".join(old[code.src_start : code.src_end]), " ".join(new[code.dest_start : code.dest_end]))
        for code in Levenshtein.opcodes(old, new)
    ]


def what_changed(before: str, after: str, around: int = 12) -> list[tuple[str, str, str]]:
    """The difference of two wordings with so many words left on either side of each change; … stands where more were."""
    pieces = difference(before, after)
    last = len(pieces) - 1
    return [
        (tag, *(2 * (_shortened(new, around, n == 0, n == last),))) if tag == "equal" else (tag, old, new)
        for n, (tag, old, new) in enumerate(pieces)
    ]


def _shortened(text: str, around: int, first: bool, last: bool) -> str:
    """The words of an unchanged piece that stand next to a change: none before the first, none after the last."""
    words = text.split()
    head, tail = 0 if first else around, 0 if last else around
    if len(words) <= head + tail:
        return text
    kept = (*words[:head], "…", *words[len(words) - tail :])
    return " ".join(kept)
