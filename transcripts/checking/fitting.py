"""A quotation laid over one passage, word by word: where it stands, what differs, what was left out between its pieces.

The longest piece is placed first, the others before and after it. A piece that does not stand as it is goes where it takes the fewest
changes: semi-global alignment, all of the piece against any part of the passage, one for each word put in, left out or replaced.
rapidfuzz says in which part to look, so that the table of the alignment is small.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from transcripts.checking.alignment import Step, cost, places
from transcripts.checking.quotation import BRACKET, Piece, Quotation
from transcripts.checking.words import Word, compared, is_negation

DIFFERENT = ("replace", "insert", "delete")
"""Operations that no mark of the quotation announced."""
_ENDS = ".!?"


@dataclass(frozen=True)
class Change:
    """A run of words alike or not: `operation` is equal, replace, insert (only quoted), delete (only held, unmarked) or omission
    (only held, and marked) or bracket (held, where words in brackets stand). `quoted` and `held` are half-open code points of the
    quotation's and the passage's text, `words` the printed words on the longer side."""

    operation: str
    quoted: tuple[int, int]
    held: tuple[int, int]
    words: int


@dataclass(frozen=True)
class Fit:
    """A quotation on a passage. `edits` counts printed words put in, left out or replaced; `omitted` words left out and marked, `altered`
    words for which others stand in brackets; `matched` are the words in common, as they are compared.

    `negated`: a negation is among what differs or was left out inside a sentence. `beside`: one stands in the same sentence before
    or after the words. `start` and `end` are code points of the passage.
    """

    start: int
    end: int
    edits: int
    omitted: int
    altered: int
    changes: tuple[Change, ...]
    matched: tuple[str, ...]
    negated: bool = False
    beside: bool = False


class Passage:
    """The words of a passage, read once however many quotations are laid over it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = compared(text)
        self.same = [word.same for word in self.words]

    @cached_property
    def negations(self) -> frozenset[int]:
        """Indexes of the words that turn a sentence round."""
        return frozenset(i for i, same in enumerate(self.same) if is_negation(same))

    def new_sentence(self, i: int) -> bool:
        """Whether a sentence ends between word i - 1 and word i."""
        if not 0 < i < len(self.words):
            return True
        between = self.text[self.words[i - 1].end : self.words[i].start]
        return any(mark in between for mark in _ENDS) and ".." not in between


def fit(quotation: Quotation, passage: Passage) -> Fit | None:
    """The best way to lay all of the quotation over the passage, in order; None where that is impossible."""
    if not passage.words or not quotation.pieces:
        return None
    steps = _placed(quotation.pieces, passage)
    return _told(quotation, passage, steps) if steps else None


def _placed(pieces: Sequence[Piece], passage: Passage) -> list[list[Step]] | None:
    """The steps of each piece. The longest is placed in each place it may have; the way with the fewest changes stays."""
    string, needles = _strings(pieces, passage.same)
    longest = max(range(len(pieces)), key=lambda i: len(needles[i]))
    best: tuple[tuple[int, int], list[list[Step]]] | None = None
    for middle in places(needles[longest], string, 0, len(string)):
        placed: list[list[Step]] = [middle]
        left, right = middle[0].b0, middle[-1].b1
        for i in range(longest - 1, -1, -1):
            before = min(places(needles[i], string, 0, left), key=_from_end, default=None)
            if before is None:
                break
            placed.insert(0, before)
            left = before[0].b0
        for i in range(longest + 1, len(pieces)):
            after = min(places(needles[i], string, right, len(string)), key=_from_start, default=None)
            if after is None:
                break
            placed.append(after)
            right = after[-1].b1
        if len(placed) == len(pieces):
            changes = (sum(map(cost, placed)), placed[-1][-1].b1 - placed[0][0].b0)
            if best is None or changes < best[0]:
                best = changes, placed
    return _trimmed(best[1], passage) if best else None


def _strings(pieces: Sequence[Piece], held: Sequence[str]) -> tuple[str, list[str]]:
    """The passage and the pieces with one character for each word; what stands in no piece is one character for all."""
    numbers = {same: chr(n) for n, same in enumerate(dict.fromkeys(s for p in pieces for s in p.same), 1)}
    return "".join(numbers.get(same, "\x00") for same in held), [
        "".join(map(numbers.__getitem__, p.same)) for p in pieces
    ]


def _from_end(steps: Sequence[Step]) -> tuple[int, int]:
    return cost(steps), -steps[-1].b1


def _from_start(steps: Sequence[Step]) -> tuple[int, int]:
    return cost(steps), steps[0].b0


@dataclass(frozen=True)
class _Pair:
    """A word of the quotation beside one of the passage, either of which may be missing. `mark`: between two pieces."""

    a: int | None
    b: int | None
    alike: bool
    mark: str = ""


def _told(quotation: Quotation, passage: Passage, placed: Sequence[Sequence[Step]]) -> Fit:
    """What a placement amounts to."""
    pairs = list(_pairs(quotation, placed))
    words = quotation.words
    inside = [pair.b for pair in pairs if pair.b is not None]
    if not inside:  # nothing of it is held here
        return Fit(0, 0, quotation.size, 0, 0, (), ())
    first, last = min(inside), max(inside)
    if quotation.opens and not passage.new_sentence(first) and first - 1 in passage.negations:
        first -= 1  # “Every city can” of “Not every city can”
        pairs.insert(0, _Pair(None, first, False))
    wrong = [pair for pair in pairs if not pair.alike and not pair.mark]
    negated = (
        any(_negates(pair, words, passage) for pair in wrong)
        or _cut_off(pairs, passage)
        or _replaced(quotation, pairs, passage)
    )
    changes = tuple(_changes(pairs, words, passage.words))
    return Fit(
        start=passage.words[first].start,
        end=passage.words[last].end,
        edits=sum(change.words for change in changes if change.operation in DIFFERENT),
        omitted=sum(pair.mark == "omission" for pair in pairs),
        altered=sum(pair.mark == "bracket" for pair in pairs),
        changes=changes,
        matched=tuple(passage.same[pair.b] for pair in pairs if pair.alike and pair.b is not None),
        negated=negated,
        beside=_beside(first, last, passage),
    )


def _pairs(quotation: Quotation, placed: Sequence[Sequence[Step]]) -> Iterator[_Pair]:
    a = 0
    b: int | None = None
    for piece, steps in zip(quotation.pieces, placed, strict=True):
        if b is not None:
            gap = range(b, steps[0].b0)
            mark = "" if piece.before == "bracket" and len(gap) > BRACKET else piece.before
            yield from (_Pair(None, i, False, mark) for i in gap)
        for step in steps:
            ours, theirs = range(a + step.a0, a + step.a1), range(step.b0, step.b1)
            for n in range(max(len(ours), len(theirs))):
                yield _Pair(
                    ours[n] if n < len(ours) else None,
                    theirs[n] if n < len(theirs) else None,
                    step.operation == "equal",
                )
        a, b = a + len(piece.words), steps[-1].b1


def _negates(pair: _Pair, words: Sequence[Word], passage: Passage) -> bool:
    return (pair.a is not None and is_negation(words[pair.a].same)) or pair.b in passage.negations


def _cut_off(pairs: Sequence[_Pair], passage: Passage) -> bool:
    """Whether a marked omission took a negation out of a sentence that is quoted before or after it; whole sentences may go."""
    found = False
    for gap in _gaps(pairs, "omission"):
        starts = [i for i in (*gap, gap[-1] + 1) if passage.new_sentence(i)]
        head = [i for i in gap if not starts or i < starts[0]]
        tail = [i for i in gap if starts and i >= starts[-1]]
        found = found or not passage.negations.isdisjoint((*head, *tail))
    return found


def _replaced(quotation: Quotation, pairs: Sequence[_Pair], passage: Passage) -> bool:
    """Whether words in brackets bring a negation, or stand for one, that the other side has not."""
    brought = sum(is_negation(word.same) for piece in quotation.pieces for word in piece.added)
    stood = sum(i in passage.negations for gap in _gaps(pairs, "bracket") for i in gap)
    return brought != stood


def _gaps(pairs: Sequence[_Pair], mark: str) -> list[list[int]]:
    """The words of the passage that lie between pieces, gap by gap."""
    gaps: list[list[int]] = []
    open_gap = False
    for pair in pairs:
        if pair.mark == mark and pair.b is not None:
            if not open_gap:
                gaps.append([])
            gaps[-1].append(pair.b)
        open_gap = pair.mark == mark
    return gaps


def _beside(first: int, last: int, passage: Passage) -> bool:
    """Whether a negation stands in the same sentence, before or after the words."""
    low, high = first, last
    while not passage.new_sentence(low):
        low -= 1
    while not passage.new_sentence(high + 1):
        high += 1
    return any(low <= i < first or last < i <= high for i in passage.negations)


def _changes(pairs: Sequence[_Pair], quoted: Sequence[Word], held: Sequence[Word]) -> Iterator[Change]:
    """Runs of words alike, different, or left out, in printed words: half of a contraction changed is all of it changed."""
    alike = [pair.alike for pair in pairs]
    for order in (range(1, len(pairs)), range(len(pairs) - 1, 0, -1)):
        for n in order:
            if alike[n - 1] != alike[n] and _one_word(pairs[n - 1], pairs[n], quoted, held):
                alike[n - 1] = alike[n] = False
    at = ours = theirs = 0
    while at < len(pairs):
        end = at + 1
        while end < len(pairs) and alike[end] == alike[at] and pairs[end].mark == pairs[at].mark:
            end += 1
        a = [pair.a for pair in pairs[at:end] if pair.a is not None]
        b = [pair.b for pair in pairs[at:end] if pair.b is not None]
        our = (quoted[a[0]].start, quoted[a[-1]].end) if a else (ours, ours)
        their = (held[b[0]].start, held[b[-1]].end) if b else (theirs, theirs)
        different = "replace" if a and b else "insert" if a else "delete"
        size = max(len({quoted[i].start for i in a}), len({held[i].start for i in b}))
        yield Change("equal" if alike[at] else pairs[at].mark or different, our, their, size)
        ours, theirs, at = our[1], their[1], end


def _one_word(one: _Pair, other: _Pair, quoted: Sequence[Word], held: Sequence[Word]) -> bool:
    """Whether two neighbours share a printed word."""
    if one.mark or other.mark:
        return False
    ours = one.a is not None and other.a is not None and quoted[one.a].start == quoted[other.a].start
    return ours or (one.b is not None and other.b is not None and held[one.b].start == held[other.b].start)


def _trimmed(placed: list[list[Step]], passage: Passage) -> list[list[Step]]:
    """A changed word at an end of the quotation is not laid over a word of the sentence before or after the one quoted."""
    if sum(map(len, placed)) > 1:
        placed[0][:1] = _begun(placed[0][0], passage)
        placed[-1][-1:] = _ended(placed[-1][-1], passage)
    return placed


def _begun(step: Step, passage: Passage) -> list[Step]:
    """The first step, its words put in rather than replaced as far as a sentence ends beside them."""
    size = step.b1 - step.b0 if step.operation == "replace" else 0
    over = next((k for k in range(size, 0, -1) if passage.new_sentence(step.b0 + k)), 0)
    if not over or step.b0 + over >= len(passage.words):
        return [step]
    at = step.b0 + over
    put_in = Step("insert", step.a0, step.a0 + over, at, at)
    return [put_in] if over == size else [put_in, Step("replace", step.a0 + over, step.a1, at, step.b1)]


def _ended(step: Step, passage: Passage) -> list[Step]:
    """The last step, its words put in rather than replaced from where a new sentence begins beside them."""
    size = step.b1 - step.b0 if step.operation == "replace" else 0
    over = next((k for k in range(size) if passage.new_sentence(step.b0 + k)), size)
    if over == size:
        return [step]
    at = step.b0 + over
    put_in = Step("insert", step.a0 + over, step.a1, at, at)
    return [Step("replace", step.a0, step.a0 + over, step.b0, at), put_in] if over else [put_in]
