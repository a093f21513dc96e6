"""One contest's candidates side by side: the grid, the order rule, equal space, folding and figures.

Pure: cells made from the record come in, a grid goes out. All candidates of the contest stand in every row; a cell without
words carries the reason why (design: decisions 11 and 12).
"""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from positions.cells import Candidate, Cell, Evidence, OwnReply, empty
from positions.options import Option
from positions.profiles import COMPARISON, VERBATIM
from positions.quoting import question_in
from positions.scale import VALUE, Code, EvidenceKind
from transcripts.bilingual import Bilingual
from transcripts.text import count_words

VIEWS = ("question", "topic", "statement")
ORDERS = ("rotation", "ballot", "alphabetical")


@dataclass(frozen=True)
class Fold:
    """Candidates whose empty cells say the same, in page order, so that one line can name them all."""

    cell: Cell
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True)
class Run:
    """Neighbours in page order that one box can stand for: bare cells that say the same, or one cell with words.

    `last` marks the last run of its reason in the row, where a reader on a phone finds the reason printed once.
    """

    cell: Cell
    candidates: tuple[Candidate, ...]
    last: bool = True

    @property
    def bare(self) -> bool:
        """Whether the box has nothing to show but its reason."""
        return self.cell.bare


@dataclass(frozen=True)
class Row:
    """One question, topic or statement. `quoted` is the language of a question's own words, None where the text is ours.

    `interpretation` is what the interpreter at the forum made of the question, in `interpretation_lang`. `type` is a statement's:
    scale (for or against) or choice (one of several answers, `options`). `version` of its words; `proposed_by` whom.
    """

    key: str
    text: Bilingual
    cells: tuple[Cell, ...]
    topic: str | None = None
    topic_name: Bilingual | None = None
    quoted: str | None = None
    interpretation: str | None = None
    interpretation_lang: str = "en"
    forum: str | None = None
    forum_title: Bilingual | None = None
    held_on: date | None = None
    path: str | None = None
    type: str = "scale"
    options: tuple[Option, ...] = ()
    version: int = 1
    proposed_by: str | None = None
    synonyms: tuple[str, ...] = ()

    @property
    def answerable(self) -> bool:
        """Whether a voter can be asked: for or against, or which of its answers."""
        return self.type == "scale" or len(self.options) > 1

    @property
    def asked(self) -> str:
        """A question's own words as a page shows them: what is asked, without what leads up to it."""
        return question_in(self.text.en)

    @property
    def interpreted(self) -> str | None:
        """The interpreter's question without what leads up to it."""
        return question_in(self.interpretation) if self.interpretation else None

    @property
    def full(self) -> tuple[Cell, ...]:
        """The cells that have something to show, in page order."""
        return tuple(cell for cell in self.cells if not cell.bare)

    @property
    def folds(self) -> tuple[Fold, ...]:
        """The bare cells, those that say the same in one line; `full` and these together hold every candidate once."""
        groups: dict[Cell, list[Candidate]] = {}
        anyone = Candidate("", "", "")
        for cell in self.cells:
            if cell.bare:
                groups.setdefault(replace(cell, candidate=anyone), []).append(cell.candidate)
        return tuple(Fold(replace(cell, candidate=names[0]), tuple(names)) for cell, names in groups.items())

    @property
    def runs(self) -> tuple[Run, ...]:
        """Every cell once, in page order, bare neighbours that say the same joined in one box."""
        runs: list[tuple[Cell, list[Candidate]]] = []
        lasting: dict[str, int] = {}
        for cell in self.cells:
            before = runs[-1][0] if runs and cell.bare else None
            if before is not None and before.bare and replace(before, candidate=cell.candidate) == cell:
                runs[-1][1].append(cell.candidate)
                continue
            if cell.bare:
                lasting[cell.msgid] = len(runs)
            runs.append((cell, [cell.candidate]))
        last = set(lasting.values())
        return tuple(Run(cell, tuple(names), not cell.bare or i in last) for i, (cell, names) in enumerate(runs))


@dataclass(frozen=True)
class OrderRule:
    """How the candidates were put in order: the rule's name, the day it was computed for, and by how many it was turned."""

    name: str
    date: date
    offset: int = 0


@dataclass(frozen=True)
class SourceCount:
    """How many sources of one kind and publisher the grid rests on."""

    kind: str
    publisher: str
    interest: Bilingual | None
    count: int


@dataclass(frozen=True)
class Figures:
    """The line above the grid: boxes in all, boxes that hold words, boxes that can be compared (a number, an option), the sources."""

    boxes: int
    filled: int
    numeric: int
    sources: tuple[SourceCount, ...]


@dataclass(frozen=True)
class Balance:
    """Space given to one candidate: pieces shown that stand between quotation marks, and words shown as evidence."""

    candidate: Candidate
    quotes: int
    words: int


@dataclass(frozen=True)
class ContestHead:
    """The race a comparison is about; `profile` is what readers are shown of it (`positions.profiles`)."""

    slug: str
    title: Bilingual
    office: Bilingual
    place: str
    zone: str
    election_date: date
    fictional: bool = False
    profile: str = COMPARISON

    @property
    def verbatim(self) -> bool:
        """Whether it is told in the candidates' own words only: no positions, no match, no quiz, nothing that ranks."""
        return self.profile == VERBATIM

    @property
    def views(self) -> tuple[str, ...]:
        """The ways in which its candidates are compared, the one shown first at the end."""
        return ("topic", "question") if self.verbatim else VIEWS


@dataclass(frozen=True)
class Comparison:
    """What the page and the command both print."""

    contest: ContestHead
    by: str
    order_rule: OrderRule
    orders: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    rows: tuple[Row, ...]

    @cached_property
    def figures(self) -> Figures:
        cells = [cell for row in self.rows for cell in row.cells]
        filled = [cell for cell in cells if cell.code is not None]
        numeric = sum(cell.code in {*VALUE, Code.OPTION} for cell in filled)
        return Figures(len(cells), len(filled), numeric, _source_counts(cells))

    @cached_property
    def balance(self) -> tuple[Balance, ...]:
        shown: dict[str, list[Evidence]] = {one.slug: [] for one in self.candidates}
        for row in self.rows:
            for cell in row.cells:
                shown[cell.candidate.slug] += cell.passages
        return tuple(_balance(candidate, shown[candidate.slug]) for candidate in self.candidates)


def in_order(
    candidates: Iterable[Candidate], contest: str, rule: str, day: date
) -> tuple[tuple[Candidate, ...], OrderRule]:
    """The candidates in page order, and the rule as printed.

    rotation: sorted by (sort_name, slug) and turned by (day's ordinal + crc32 of the contest's slug) mod n, so that each
    candidate leads exactly one day in n. ballot: the official order, those without a place after it. alphabetical: as sorted.
    """
    everyone = sorted(candidates, key=lambda one: (one.sort_name, one.slug))
    offset = 0
    if rule == "ballot":
        everyone.sort(key=lambda one: (one.ballot_position is None, one.ballot_position or 0))
    elif rule == "rotation" and everyone:
        offset = (day.toordinal() + zlib.crc32(contest.encode())) % len(everyone)
    return (*everyone[offset:], *everyone[:offset]), OrderRule(rule, day, offset)


def orders_of(candidates: Sequence[Candidate]) -> tuple[str, ...]:
    """The orders a reader can choose: the ballot's only where somebody's place on it is known."""
    known = any(one.ballot_position is not None for one in candidates)
    return tuple(order for order in ORDERS if order != "ballot" or known)


def cells_for(candidates: Iterable[Candidate], said: Mapping[str, Cell]) -> tuple[Cell, ...]:
    """A cell for every candidate: theirs by slug, or "we have not checked this yet"."""
    return tuple(said.get(one.slug) or empty(one) for one in candidates)


def with_replies(comparison: Comparison, replies: Mapping[tuple[str, str], OwnReply]) -> Comparison:
    """The same comparison, each reply (by the candidate's slug and the row's key) in the box it is about."""
    if not replies:
        return comparison
    rows = (
        replace(
            row, cells=tuple(replace(cell, reply=replies.get((cell.candidate.slug, row.key))) for cell in row.cells)
        )
        for row in comparison.rows
    )
    return replace(comparison, rows=tuple(rows))


def without_notes(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows with no remark of ours in any box: that somebody declined is told and left at that."""
    return tuple(replace(row, cells=tuple(replace(cell, note=None) for cell in row.cells)) for row in rows)


def _source_counts(cells: Iterable[Cell]) -> tuple[SourceCount, ...]:
    once = dict.fromkeys(piece.source for cell in cells for piece in cell.evidence)
    groups: dict[tuple[str, str, Bilingual | None], int] = {}
    for source in once:
        group = (source.kind, source.name, source.interest)
        groups[group] = groups.get(group, 0) + 1
    return tuple(SourceCount(*group, count) for group, count in groups.items())


def _balance(candidate: Candidate, pieces: Sequence[Evidence]) -> Balance:
    quotes = sum(piece.kind == EvidenceKind.QUOTATION or piece.fragment is not None for piece in pieces)
    words = sum(count_words(piece.shown or piece.words("en")) for piece in pieces)
    return Balance(candidate, quotes, words)
