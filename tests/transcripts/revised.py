"""A transcript and its corrected edition, made from a seed, in which the true place of every word is known (design: annotation 3.5).

Of each 350 turns ten are taken out, ten are new, 35 get another label; of the words 1.5 % are changed. The vocabulary is small, so
that most runs of a few words are said more than once: the hard case for whoever looks words up again.
"""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from sqlmodel import Session, col, select

from tests.bench.forums import PEOPLE, vocabulary
from tracker.db import Database
from transcripts import annotating, importing
from transcripts.annotating import Body
from transcripts.annotation_models import AnnotationAnchor
from transcripts.importing import Choices
from transcripts.models import Forum, Turn

WORDS, SENTENCE = 400, 12
VERDICTS = ("right", "part", "FALSE", "gone", "missed")
SHARE_GONE, SHARE_NEW, SHARE_RELABELLED, SHARE_EDITED = 10 / 350, 10 / 350, 0.10, 0.015


@dataclass(frozen=True)
class Spoken:
    """A word of one edition; `id` stays with it through the other, however it is spelt there."""

    id: int
    text: str


@dataclass(frozen=True)
class Block:
    """A turn of one edition under its printed label; `was` counts its place in the first, None for a new one."""

    label: str
    words: tuple[Spoken, ...]
    was: int | None

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def places(self) -> list[tuple[int, int, int]]:
        """(id, start, end) of each word in the text."""
        at, found = 0, []
        for word in self.words:
            found.append((word.id, at, at + len(word.text)))
            at += len(word.text) + 1
        return found


@dataclass(frozen=True)
class Marked:
    """Words that were marked: the ids of all of them, and whether their turn is in the second edition."""

    ids: frozenset[int]
    kept: bool


def editions(seed: int, turns: int, per_turn: int) -> tuple[list[Block], list[Block]]:
    """The first edition and the second, of about `turns` turns of about `per_turn` words."""
    chance, ids = random.Random(seed), count()
    first = [_block(chance, ids, n, per_turn, n) for n in range(turns)]
    gone = set(chance.sample(range(turns), max(1, round(turns * SHARE_GONE))))
    relabelled = set(chance.sample(range(turns), round(turns * SHARE_RELABELLED)))
    second = []
    for n, block in enumerate(first):
        if n in gone:
            continue
        label = chance.choice([one for one in PEOPLE if one != block.label]) if n in relabelled else block.label
        second.append(replace(block, label=label, words=tuple(_edited(chance, word) for word in block.words)))
    for _ in range(max(1, round(turns * SHARE_NEW))):
        second.insert(chance.randrange(len(second)), _block(chance, ids, chance.randrange(turns), per_turn, None))
    return first, second


Told = Counter[tuple[str, str]]
"""How many marks have (which status, which verdict)."""


def measured(database: Database, seed: int, turns: int, per_turn: int, kept: int, lost: int) -> Told:
    """Store the first edition, mark `kept` runs of words in turns that stay and `lost` in turns that go, store the second.

    The verdicts: `right` for the marked words that are left and no other, `part` for some of them,
    `FALSE` for any other word, `gone` for no place where the turn is gone, `missed` for none though it is there.
    """
    first, second = editions(seed, turns, per_turn)
    chance = random.Random(seed + 1)
    with database.write() as session:
        forum = Forum(slug="revised", title_en="Revised", held_on=date(2026, 9, 8), zone="America/New_York")
        session.add(forum)
        session.flush()
        _store(session, forum, first)
        marks = _mark(session, chance, first, second, kept, lost)
    with database.write() as session:
        _store(session, session.exec(select(Forum)).one(), second)
        return _verdicts(session, second, marks)


def _block(chance: random.Random, ids: "count[int]", n: int, per_turn: int, was: int | None) -> Block:
    known, weights = vocabulary()
    said = chance.choices(known[:WORDS], weights[:WORDS], k=chance.randint(per_turn // 3, per_turn * 5 // 3))
    words = []
    for at, word in enumerate(said):
        begins, ends = at % SENTENCE == 0, at % SENTENCE == SENTENCE - 1 or at == len(said) - 1
        words.append(Spoken(next(ids), (word.capitalize() if begins else word) + ("." if ends else "")))
    return Block(PEOPLE[n % len(PEOPLE)], tuple(words), was)


def _edited(chance: random.Random, word: Spoken) -> Spoken:
    """Of the words that are changed half become another word, half are spelt otherwise."""
    if chance.random() >= SHARE_EDITED:
        return word
    known, weights = vocabulary()
    if chance.random() < 0.5 or len(word.text) < 4:
        return replace(word, text=chance.choices(known[:WORDS], weights[:WORDS])[0] + "." * word.text.endswith("."))
    return replace(word, text=word.text[:1] + word.text[2] + word.text[1] + word.text[3:])


def _store(session: Session, forum: Forum, edition: Sequence[Block]) -> None:
    printed = "\n\n".join(f"{block.label}: {block.text}" for block in edition)
    importing.store(session, [importing.receive(printed.encode(), "revised.txt")], forum, Choices())


def _standing(session: Session) -> list[Turn]:
    return list(session.exec(select(Turn).where(Turn.status == "current").order_by(col(Turn.position))))


def _mark(
    session: Session, chance: random.Random, first: Sequence[Block], second: Sequence[Block], kept: int, lost: int
) -> dict[int, Marked]:
    """Runs of 3 to 25 words, by the id of their annotation."""
    left = {block.was for block in second}
    stay = [n for n in range(len(first)) if n in left]
    go = [n for n in range(len(first)) if n not in left]
    turns = _standing(session)
    assert [turn.text for turn in turns] == [block.text for block in first]
    marks: dict[int, Marked] = {}
    for n in [*chance.choices(stay, k=kept), *chance.choices(go, k=lost)]:
        places = first[n].places
        begin = chance.randrange(len(places) - 3)
        run = places[begin : begin + chance.randint(3, 25)]
        annotating.annotate(session, "Heron", turns[n].key, 1, (run[0][1], run[-1][2]), [Body("commenting", "Here.")])
        marks[len(marks) + 1] = Marked(frozenset(id for id, _, _ in run), n in left)
    return marks


def _verdicts(session: Session, second: Sequence[Block], marks: dict[int, Marked]) -> Told:
    turns = _standing(session)
    assert [turn.text for turn in turns] == [block.text for block in second]
    blocks = {turn.id: block for turn, block in zip(turns, second, strict=True)}
    last = {one.annotation_id: one for one in session.exec(select(AnnotationAnchor).order_by(col(AnnotationAnchor.id)))}
    assert last.keys() == marks.keys()
    return Counter((anchor.status, _verdict(anchor, blocks, marks[id])) for id, anchor in last.items())


def _verdict(anchor: AnnotationAnchor, blocks: dict[int | None, Block], mark: Marked) -> str:
    if anchor.start is None or anchor.end is None:
        return "missed" if mark.kept else "gone"
    block = blocks.get(anchor.turn_id)
    if block is None:
        return "FALSE"
    touched = {id for id, start, end in block.places if start < anchor.end and anchor.start < end}
    if not touched or touched - mark.ids:
        return "FALSE"
    return "right" if touched == mark.ids else "part"
