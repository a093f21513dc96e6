"""What the passages that may hold a quotation make of it: one of seven verdicts, the passage it rests on, and the close rivals.

Never that somebody did not say it: only what stands in what we hold.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from transcripts.checking.fitting import Fit, Passage, fit
from transcripts.checking.quotation import Piece, Quotation
from transcripts.checking.words import Word
from transcripts.vocabulary import TurnKind

ALIKE = 0.7
"""Share of the words that must be as they were said: below, a quotation shares a way of speaking with a passage and no more."""
TELLING = 4.0
"""How much the words in common must tell, what speaks against them taken off (`_worth`). Set on known quotations of ten debates, each
checked while its own debate was not held: 2 of 289 pass, whose wording another debate really holds; with two of their words replaced at
random 98 of 100 are known again (`python -m tests.gold.quotes`). Half a point more or less moves either figure by a hundredth."""
MARGIN, PER_WORD = 4, 2.0
"""What is taken off for each change by which another wording is nearer than MARGIN changes behind: many phrases are common property."""
EDGE = 3.0
"""Taken off for a change at either end: everybody begins some sentences alike, and their ends decide."""
UNPAIRED = 2.0
"""Taken off for words put in or left out: the same words at other distances are likelier chance."""
RUN = 5
"""Fewest words of a part of a stitched quotation: shorter runs stand everywhere."""
COVERED = 0.85
"""Share of a stitched quotation that its parts hold."""
CLOSE = 3
"""Rivals told."""


class Verdict(StrEnum):
    """What a check finds, in the words it is known by."""

    VERBATIM = "verbatim"
    OMISSION = "verbatim with marked omission"
    CHANGED = "changed words"
    SOMEONE_ELSE = "words of someone else"
    STITCHED = "stitched from several turns"
    RECAP = "only a paraphrase or recap on file"
    NOT_HELD = "not in what we hold"


@dataclass(frozen=True)
class Held:
    """A passage that may hold the quotation. `claimed`: whether its voice is the person claimed, None where nobody can say.

    `rank` orders passages of equal merit: the lower the rather. Of one `forum`, what readers are shown as its record (`main`) goes
    before other sources.
    """

    id: int
    passage: Passage
    kind: str
    forum: int
    claimed: bool | None = None
    main: bool = True
    rank: tuple[int, ...] = ()


@dataclass(frozen=True)
class Place:
    """Where words stand: a passage and how they fit it."""

    held: Held
    fit: Fit


@dataclass(frozen=True)
class Judgement:
    """`places` is empty where nothing is held, has one place, or, for a stitched quotation, one for each part in its order."""

    verdict: Verdict
    quotation: Quotation
    places: tuple[Place, ...] = ()
    rivals: tuple[Place, ...] = ()


Rarity = Callable[[str], float]
NOT_SAID = (TurnKind.NARRATION, TurnKind.PARAPHRASE)
"""Kinds of passage in which somebody else tells what was said."""


def judge(quotation: Quotation, candidates: Iterable[Held], rarity: Rarity) -> Judgement | None:
    """The verdict on a quotation that stands, whole or nearly, in one passage; None where it stands in none."""
    placed = sorted((place for held in candidates if (place := _place(quotation, held))), key=_merit)
    near = _main([place for place in placed if _near(quotation, place, placed, rarity)])
    if not near:
        return None
    return Judgement(_verdict(near[0]), quotation, tuple(near[:1]), tuple(near[1 : CLOSE + 1]))


def stitched(quotation: Quotation, parts: Sequence[tuple[int, int, Sequence[Held]]]) -> Judgement | None:
    """The verdict on a quotation whose parts (word `start` to `end`) stand in several passages, or apart in one, unmarked."""
    words = quotation.words
    long_enough = [part for part in parts if part[2]]
    held = sum(end - start for start, end, _ in long_enough)
    if len(long_enough) < 2 or held < COVERED * len(words):
        return None
    places: list[Place] = []
    for start, end, passages in long_enough:
        ours = Quotation(quotation.text, (Piece(words[start:end]),))
        last = places[-1].held.id if places else None
        found = [place for one in passages if (place := _place(ours, one)) and not place.fit.edits]
        found.sort(key=lambda place: (place.held.id != last, *_merit(place)))
        if not found:
            return None
        places.append(found[0])
    if len({place.held.id for place in places}) == 1:
        whole = fit(Quotation(quotation.text, tuple(_apart(words, long_enough))), places[0].held.passage)
        return Judgement(Verdict.CHANGED, quotation, (Place(places[0].held, unmarked(whole)),)) if whole else None
    return Judgement(Verdict.STITCHED, quotation, tuple(places))


def unmarked(whole: Fit) -> Fit:
    """The same fit, where what is left out between the pieces was not marked by who quoted."""
    changes = tuple(
        replace(change, operation="delete") if change.operation == "omission" else change for change in whole.changes
    )
    return replace(whole, edits=whole.edits + whole.omitted, omitted=0, changes=changes)


def _apart(words: Sequence[Word], parts: Sequence[tuple[int, int, Sequence[Held]]]) -> Iterable[Piece]:
    """The words cut where one part ends and another begins."""
    cuts = [0, *(start for start, _, _ in parts[1:]), len(words)]
    for low, high in zip(cuts, cuts[1:], strict=False):
        yield Piece(tuple(words[low:high]), "omission" if low else "")


def _place(quotation: Quotation, held: Held) -> Place | None:
    found = fit(quotation, held.passage)
    return Place(held, found) if found and found.matched else None


def _merit(place: Place) -> tuple[object, ...]:
    """The fewest changes first; of equals who was claimed, what was said rather than told, the record rather than other sources."""
    fitted, held = place.fit, place.held
    told = held.kind in NOT_SAID
    unclaimed = {True: 0, None: 1, False: 2}[held.claimed]
    return (fitted.edits, fitted.negated, unclaimed, told, not held.main, fitted.omitted + fitted.altered, held.rank)


def _near(quotation: Quotation, place: Place, all_of_them: Sequence[Place], rarity: Rarity) -> bool:
    """Whether a passage holds the quotation, as it is or with few changes."""
    size, edits = quotation.size, place.fit.edits
    if edits == 0:
        return True
    return 1 - edits / size >= ALIKE and _worth(place, all_of_them, rarity) >= TELLING


def _worth(place: Place, all_of_them: Sequence[Place], rarity: Rarity) -> float:
    """How much it tells that these words are held: their rarity, less what ends that differ and other wordings take away."""
    fitted = place.fit
    others = [one.fit.edits for one in all_of_them if one.fit.matched != fitted.matched]
    margin = min(MARGIN, max(0, min(others, default=MARGIN + fitted.edits) - fitted.edits))
    ends = sum(change.operation != "equal" for change in (fitted.changes[0], fitted.changes[-1]))
    unpaired = sum(change.operation in ("insert", "delete") for change in fitted.changes)
    return sum(map(rarity, fitted.matched)) - PER_WORD * (MARGIN - margin) - EDGE * ends - UNPAIRED * unpaired


def _main(places: Sequence[Place]) -> list[Place]:
    """Without other sources of a forum whose record holds the words too: captions do not outdo a transcript that was checked."""
    said = {place.held.forum for place in places if place.held.main}
    return [place for place in places if place.held.main or place.held.forum not in said]


def _verdict(place: Place) -> Verdict:
    fitted, held = place.fit, place.held
    if held.kind in NOT_SAID:
        return Verdict.RECAP
    if held.claimed is False:
        return Verdict.SOMEONE_ELSE
    if fitted.edits or fitted.negated:
        return Verdict.CHANGED
    return Verdict.OMISSION if fitted.omitted or fitted.altered else Verdict.VERBATIM
