"""Pure: a table of codings, one a line: what was coded, by whom, as what; and the figures of agreement of it."""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from positions import agreement
from positions.agreement import Figure, Why
from transcripts.errors import BadFile
from transcripts.formats.decoding import decode

HEADINGS = {
    "unit": ("unit", "item", "turn", "sentence", "sentenceid", "id"),
    "coder": ("coder", "annotator", "rater", "person"),
    "code": ("code", "label", "value", "tag"),
}
"""What a column is called where nobody names it: of each, the first that is there."""
MOST_PAIRS = 500
"""Pairs of people whose kappa is told: more say nothing, the fewest codings in common left out first."""


@dataclass(frozen=True)
class Pair:
    """Two people: Cohen's kappa over the `n` units both coded."""

    coders: tuple[str, str]
    n: int
    kappa: Figure


@dataclass(frozen=True)
class CodingTable:
    """Who said what of which unit, in the order of the file. Every line is a judgement, also the second of one person."""

    codings: tuple[tuple[str, str, str], ...]

    @cached_property
    def units(self) -> dict[str, list[str]]:
        """The codes given to each unit."""
        found: dict[str, list[str]] = defaultdict(list)
        for unit, _, code in self.codings:
            found[unit].append(code)
        return dict(found)

    @cached_property
    def coders(self) -> tuple[str, ...]:
        """Everybody who coded."""
        return tuple(sorted({coder for _, coder, _ in self.codings}))

    @property
    def repeated(self) -> int:
        """Lines in which somebody coded a unit once more."""
        return len(self.codings) - len({(unit, coder) for unit, coder, _ in self.codings})

    @property
    def shares(self) -> dict[str, float]:
        """How often each code was given, of all codings, the most frequent first."""
        counted = Counter(code for *_, code in self.codings)
        return {code: n / len(self.codings) for code, n in counted.most_common()}

    @property
    def alpha_interval(self) -> Figure:
        """Alpha over the codes as numbers; a reason where one is none."""
        try:
            return agreement.alpha_interval([[_number(code) for code in codes] for codes in self.units.values()])
        except ValueError:
            return Figure(why=Why.NOT_NUMBERS)

    def pairs(self) -> tuple[Pair, ...]:
        """Every two people who have units in common, the most in common first, at most MOST_PAIRS."""
        coded: dict[str, dict[str, str]] = defaultdict(dict)
        for unit, coder, code in self.codings:
            coded[coder].setdefault(unit, code)
        found = []
        for one, other in combinations(self.coders, 2):
            both = [(coded[one][unit], coded[other][unit]) for unit in coded[one] if unit in coded[other]]
            if both:
                found.append(Pair((one, other), len(both), agreement.kappa(both)))
        return tuple(sorted(found, key=lambda pair: -pair.n)[:MOST_PAIRS])


def read(data: bytes, named: Mapping[str, str]) -> CodingTable:
    """A delimited table with a heading; `named` says which heading is unit, coder or code where it is none of HEADINGS.

    An empty code is no judgement. Raises BadFile with the line, or with the headings that are there.
    """
    text = decode(data).text
    heading, _, _ = text.lstrip("\n").partition("\n")
    rows = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=heading.count))
    codings: list[tuple[str, str, str]] = []
    places: tuple[int, ...] = ()
    try:
        for row in rows:
            if not places and any(cell.strip() for cell in row):
                places = tuple(_column(part, named.get(part), row) for part in HEADINGS)
            elif places:
                unit, coder, code = (row[place].strip() if place < len(row) else "" for place in places)
                if code and not (unit and coder):
                    missing = "coder" if unit else "unit"
                    raise BadFile("There is a code here, but no {missing}.", rows.line_num, missing=missing)
                if code:
                    codings.append((unit, coder, code))
    except csv.Error as error:
        raise BadFile("This is no table we can read: {error}.", rows.line_num, error=str(error)) from error
    if not codings:
        raise BadFile("There is no coding in this table.")
    return CodingTable(tuple(codings))


def _column(part: str, asked: str | None, names: Sequence[str]) -> int:
    folded = [name.strip().casefold() for name in names]
    for heading in (asked.strip().casefold(),) if asked else HEADINGS[part]:
        if heading in folded:
            return folded.index(heading)
    raise BadFile(
        "No column says which {part} a line is about. Name it with --{part}; the columns are {names}.",
        part=part,
        names=", ".join(names),
    )


def _number(code: str) -> int | float:
    value = float(code)
    if value != value or value in (float("inf"), float("-inf")):
        raise ValueError(code)
    return int(value) if value.is_integer() else value
