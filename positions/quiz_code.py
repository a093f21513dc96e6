"""A voter's ratings as a short code they may keep or pass on: 3fa91c-739946-apdoa. Pure.

Which quiz, which order, and a letter a card in the order shown. Nothing makes one unless the reader asks.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from positions.quiz import RATINGS, Quiz
from transcripts.errors import Conflict, Refusal

LETTERS = {"1": "a", "0.5": "p", "0": "d"}
OPEN = "o"
MOST_SEED = 999_999
LONGEST = 2_000
NO_CODE = "This is no code of a quiz. One looks like 3fa91c-739946-apdoa; copy all of it."
OTHER_QUIZ = "This code belongs to an earlier version of the quiz or to another race. Rate the sentences anew."
_CODE = re.compile(rf"([0-9a-f]{{6}})-([0-9]{{1,6}})-([apd{OPEN}]+)")


@dataclass(frozen=True)
class Coded:
    """A code that was read: the version of the quiz, the order, and a letter a card."""

    version: str
    seed: int
    letters: str


def encode(quiz: Quiz, ratings: Mapping[int, Fraction]) -> str:
    """The code of ratings by the number of the card."""
    by_value = {value: LETTERS[code] for code, value in RATINGS.items()}
    letters = (by_value[ratings[card.n]] if card.n in ratings else OPEN for card in quiz.cards)
    return f"{quiz.version}-{quiz.seed}-{''.join(letters)}"


def read(code: str) -> Coded:
    """What a code says. Raises Refusal for what is none."""
    found = _CODE.fullmatch(code.strip()) if len(code) <= LONGEST else None
    if found is None:
        raise Refusal(NO_CODE)
    return Coded(found[1], int(found[2]), found[3])


def ratings_of(quiz: Quiz, coded: Coded) -> dict[int, Fraction]:
    """The ratings by the number of the card. Raises Conflict where the code is of other cards than the quiz holds now."""
    if coded.version != quiz.version or len(coded.letters) != len(quiz.cards):
        raise Conflict(OTHER_QUIZ)
    by_letter = {LETTERS[code]: value for code, value in RATINGS.items()}
    return {n: by_letter[letter] for n, letter in enumerate(coded.letters, 1) if letter != OPEN}
