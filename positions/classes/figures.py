"""Pure: how far a class agreed, in the measures of research: per tag and over all of them, people by letters only.

A unit is an answer and a tag, which is there or not; a coder is a student whose work counts (`results.counts`). Where an answer
takes one tag only, a unit is an answer and its code the tag, or none. Design: annotation 3.4.
"""

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from positions import agreement
from positions.agreement import Figure, Unit, Why
from positions.classes import results
from positions.classes.results import Judgement
from positions.classes.sheet import MarkView, Sheet, Tag, Work, letters

SAMPLES = 1_000
MOST_PEOPLE = 40
"""Students compared two by two at most, drawn by lot where there are more: pairs grow with the square."""
MOST_COMPARED = 1_600_000
"""Units held against each other for pairs at most: fewer students are drawn where there are very many units."""
MOST_DRAWS = 1_500_000
"""Units drawn for the intervals of a page at most: there are fewer samples where there are very many units."""


@dataclass(frozen=True)
class Measures:
    """The figures of one table of judgements; `between` holds alpha in 95 of 100 samples. `percent` counts pairs of judgements.

    `coded_only` is the same share over the units that somebody coded as something.
    """

    alpha: Figure
    between: tuple[float, float] | None
    ac1: Figure
    percent: Figure
    coded_only: Figure


@dataclass(frozen=True)
class TagFigures:
    """How far the class agreed on one tag: `prevalence` is the share of judgements in which it is there.

    `f1` and `unitised` compare the words themselves, where words or sentences are marked.
    """

    tag: Tag
    measures: Measures
    prevalence: float | None
    f1: Figure | None
    unitised: Figure | None


@dataclass(frozen=True)
class Pair:
    """Two students by letters, over the units both judged."""

    letters: tuple[str, str]
    n: int
    kappa: Figure


@dataclass(frozen=True)
class Figures:
    """The figures of an assignment. `answers` were judged by two or more of `coders`; `units` of agreement there are in all.

    `whole` counts every unit; `macro` is the mean of the tags' alphas. `single`: an answer takes one tag, and is a unit.
    `drawn`: only some students, drawn by lot, are compared two by two. `again`: how many handed in more than once; their last
    work counts, and they may have seen others' before.
    """

    answers: int
    coders: int
    units: int
    samples: int
    whole: Measures
    macro: Figure
    macro_between: tuple[float, float] | None
    tags: tuple[TagFigures, ...]
    unitised: Figure | None
    single: bool
    drawn: bool
    again: int


def of_class(sheet: Sheet, marks: Sequence[MarkView], works: Sequence[Work], seed: int = 1) -> Figures:
    """Every figure of an assignment, from what the one who looks may read; the same seed gives the same intervals."""
    said = results.judgements(sheet, marks, works)
    judged = [list(said[passage.id].values()) for passage in sheet.answers]
    tables = [[[tag.id in value for value in values] for values in judged] for tag in sheet.tags]
    times = min(SAMPLES, MOST_DRAWS // max(1, 3 * len(tables) * len(judged)))
    spans = _spans(sheet, marks, works) if sheet.unit != "turn" else None
    per_tag = tuple(
        _tag(tag, table, seed, times, spans[tag.id] if spans is not None else None, sheet)
        for tag, table in zip(sheet.tags, tables, strict=True)
    )
    coders = sum(results.counts(one) for one in works)
    compared = sum(len(values) > 1 for values in judged)
    whole = judged if results.one_each(sheet) else [unit for table in tables for unit in table]
    return Figures(
        answers=compared,
        coders=coders,
        units=compared if results.one_each(sheet) else compared * len(tables),
        samples=times,
        whole=_measures(whole, seed, times),
        macro=agreement.macro(tables),
        macro_between=agreement.macro_interval(tables, seed, times),
        tags=per_tag,
        unitised=_unitised(sheet, list(spans.values())) if spans is not None else None,
        single=results.one_each(sheet),
        drawn=coders > _most_people(sheet),
        again=sum(results.counts(one) and one.n > 1 for one in works),
    )


def pairs(sheet: Sheet, marks: Sequence[MarkView], works: Sequence[Work]) -> tuple[Pair, ...]:
    """Cohen's kappa of every two students, by letters that tell nobody who they are, in the order of the letters."""
    said = results.judgements(sheet, marks, works)
    by_letter = lettered(sheet, [one.member for one in works if results.counts(one)])
    coded: dict[str, dict[str, bool | Judgement]] = {}
    for passage, judged in said.items():
        for member, value in ((member, value) for member, value in judged.items() if member in by_letter):
            if results.one_each(sheet):
                coded.setdefault(str(passage), {})[by_letter[member]] = value
            for tag in () if results.one_each(sheet) else sheet.tags:
                coded.setdefault(f"{passage} {tag.id}", {})[by_letter[member]] = tag.id in value
    found = agreement.pairwise(coded)
    order = {letter: n for n, letter in enumerate(by_letter.values())}
    told = [
        Pair(
            (min(pair, key=order.__getitem__), max(pair, key=order.__getitem__)),
            sum(set(pair) <= set(people) for people in coded.values()),
            kappa,
        )
        for pair, kappa in found.items()
    ]
    return tuple(sorted(told, key=lambda one: tuple(order[letter] for letter in one.letters)))


def lettered(sheet: Sheet, members: Sequence[int]) -> dict[int, str]:
    """Letters for students in an order drawn by lot, the same at every look, that says nothing of their names; MOST_PEOPLE of them."""
    return {member: letter for member, letter in letters(_drawn(sheet, members)).items() if member is not None}


def _drawn(sheet: Sheet, members: Sequence[int]) -> list[int]:
    drawn = sorted(members)
    random.Random(sheet.key).shuffle(drawn)
    return drawn[: _most_people(sheet)]


def _most_people(sheet: Sheet) -> int:
    units = max(1, len(sheet.answers) * len(sheet.tags))
    return min(MOST_PEOPLE, max(2, math.isqrt(MOST_COMPARED // units)))


def _tag(
    tag: Tag, table: Sequence[Sequence[bool]], seed: int, times: int, spans: "Spans | None", sheet: Sheet
) -> TagFigures:
    values = [value for unit in table for value in unit]
    return TagFigures(
        tag,
        _measures(table, seed, times),
        sum(values) / len(values) if values else None,
        _f1(sheet, spans) if spans is not None else None,
        _unitised(sheet, [spans]) if spans is not None else None,
    )


def _measures(units: Sequence[Sequence[bool | Judgement]], seed: int, times: int) -> Measures:
    return Measures(
        agreement.alpha_nominal(units),
        agreement.interval(units, seed, times),
        agreement.ac1(units),
        agreement.percent(units),
        agreement.percent([unit for unit in units if any(unit)]),
    )


Spans = Mapping[int, Sequence[Unit]]
"""Student → what they marked with one tag, of all answers laid end to end."""


def _spans(sheet: Sheet, marks: Sequence[MarkView], works: Sequence[Work]) -> dict[int, Spans]:
    starts: dict[int, int] = {}
    at = 0
    for passage in sheet.answers:
        starts[passage.id] = at
        at += len(passage.text)
    people = _drawn(sheet, [one.member for one in works if results.counts(one)])
    found: dict[int, dict[int, list[Unit]]] = {tag.id: {member: [] for member in people} for tag in sheet.tags}
    for mark in results.counted(marks):
        if mark.tag in found and mark.member in found[mark.tag] and mark.passage in starts:
            base = starts[mark.passage]
            found[mark.tag][mark.member].append(Unit(base + mark.start, base + mark.end))
    return dict(found)


def _f1(sheet: Sheet, spans: Spans) -> Figure:
    return agreement.mean_span_f1(spans.values()) if sheet.raters is None else Figure(why=Why.NOT_ALL)


def _unitised(sheet: Sheet, spans: Sequence[Spans]) -> Figure:
    if sheet.raters is not None:
        return Figure(why=Why.NOT_ALL)
    length = sum(len(passage.text) for passage in sheet.answers)
    if spans and len(spans[0]) < 2:  # one student agrees with nobody
        return Figure(why=Why.NO_PAIRS)
    return agreement.alpha_unitised({n: list(people.values()) for n, people in enumerate(spans)}, length)
