"""Exchanges as the rules find them, changed as editors say: their word stands over every rule."""

from collections.abc import Sequence
from dataclasses import dataclass

from transcripts.exchanges.turns import Exchange
from transcripts.vocabulary import Part

_PARTS = (Part.LEAD_IN, Part.ANSWER, Part.FOLLOW_UP, Part.REBUTTAL)
"""The parts of an exchange beside its question, in the order of its fields."""


@dataclass(frozen=True)
class Choice:
    """Where an editor puts a turn: in the exchange of the turn at `question` as `part`, or in none. Positions, 0-based.

    A turn that is its own question asks one of its own.
    """

    turn: int
    question: int | None = None
    part: Part | None = None


def chosen(found: Sequence[Exchange], choices: Sequence[Choice]) -> list[Exchange]:
    """The exchanges in order, with every chosen turn where it was put and nowhere else.

    A question that was taken out takes its exchange along: its answers stand in none. A choice whose question is none
    (any more) leaves its turn outside.
    """
    moved = {choice.turn for choice in choices}
    left = {one.question: _without(one, moved) for one in found if one.question not in moved}
    for choice in choices:
        if choice.question == choice.turn:
            left[choice.turn] = Exchange(choice.turn)
    for choice in sorted(choices, key=lambda one: one.turn):
        if choice.question in left and choice.part in _PARTS:
            left[choice.question] = _with(left[choice.question], choice.part, choice.turn)
    return [left[question] for question in sorted(left)]


def _without(one: Exchange, moved: set[int]) -> Exchange:
    parts = ([at for at in places if at not in moved] for places in _parts(one))
    return Exchange(one.question, *map(tuple, parts))


def _with(one: Exchange, part: Part, turn: int) -> Exchange:
    parts = zip(_PARTS, _parts(one), strict=True)
    return Exchange(
        one.question, *(tuple(sorted((*places, turn))) if name == part else places for name, places in parts)
    )


def _parts(one: Exchange) -> tuple[tuple[int, ...], ...]:
    return one.lead_in, one.answers, one.follow_ups, one.rebuttals
