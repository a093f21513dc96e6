"""The known quotations of the shared transcripts, checked against turns of the gold: as they are, edited, misfiled, and not held.

`python -m tests.gold.quotes` prints the figures of the whole; the tests take a sample of it.
"""

import csv
import random
import re
import tempfile
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import insert
from sqlmodel import Session, SQLModel

from tests.corpora import corpus
from tests.gold.turns import gold_turns
from tracker import checking
from tracker.checking import Checked
from tracker.db import Database
from transcripts.checking.judging import Verdict
from transcripts.checking.spotting import Pasted
from transcripts.checking.words import compared, spelt
from transcripts.models import Forum, Record, Speaker, Turn

SEED = 20_261_126


class Known(NamedTuple):
    """A quotation, who is said to have said it, the day of its debate, and where it stands: (file, number of the turn)."""

    quote: str
    claimed: str
    misfiled: bool
    day: tuple[str, str]
    places: frozenset[tuple[str, int]]


class Figure(NamedTuple):
    """How many of some quotations were judged rightly, and those that were not."""

    name: str
    right: int
    all: int
    wrong: list[tuple[str, str]]

    @property
    def share(self) -> float:
        return self.right / self.all


def known() -> list[Known]:
    """Every row of the table."""
    with corpus("gold/known_quotes.tsv").open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    found = []
    for row in rows:
        places = re.findall(r"([^;#\s]+)#(\d+)\[", row["where(file#turn[label])"])
        day = (row["year"], row["date"])
        misfiled = row["speaker_agrees"] != "yes"
        claimed = row["speaker_per_ElecDeb"]
        found.append(Known(row["quote"], claimed, misfiled, day, frozenset((file, int(n)) for file, n in places)))
    return found


def files_of(quotes: Collection[Known]) -> set[str]:
    """The files their turns stand in."""
    return {file for one in quotes for file, _ in one.places}


@contextmanager
def site(files: Collection[str]) -> Iterator[Database]:
    """A site that holds the turns of these files, a forum each, their labels as voices nobody linked."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'tracker.db'}")
        SQLModel.metadata.create_all(database.writer)
        with database.write() as session:
            for id, file in enumerate(sorted(files), 1):
                _store(session, id, file)
        yield database
        database.dispose()


def _store(session: Session, id: int, file: str) -> None:
    gold = gold_turns(file)
    labels = {label: id * 10_000 + n for n, label in enumerate(dict.fromkeys(turn.label for turn in gold))}
    session.execute(insert(Forum), [{"id": id, "slug": f"f{id}", "title_en": file, "held_on": date(2020, 1, 1)}])
    session.execute(insert(Record), [{"id": id, "forum_id": id, "grade": "published", "is_published": True}])
    session.execute(insert(Speaker), [{"id": n, "forum_id": id, "name": label} for label, n in labels.items()])
    turns = [
        {
            "key": f"{id:010}{n:016}",
            "forum_id": id,
            "record_id": id,
            "speaker_id": labels[turn.label],
            "position": n,
            "kind": "speech",
            "label": turn.label,
            "text": turn.text,
            "fingerprint": "",
        }
        for n, turn in enumerate(gold)
    ]
    session.execute(insert(Turn), turns)


def checked(database: Database, lines: Sequence[tuple[str, str | None]]) -> list[Checked]:
    """The verdicts on (quotation, whose it is said to be), all asked at once."""
    with database.read() as session:
        return list(checking.check(session, [Pasted(quote, claimed) for quote, claimed in lines]).checked)


def right_turn(one: Known, found: Checked) -> bool:
    """Whether the verdict rests on a turn the table names, or another edition of it with these very words."""
    places = {(place.turn.forum.title.en, place.turn.position) for place in found.found}
    said = " ".join(spelt(one.quote))
    return bool(places & one.places) or any(said in " ".join(spelt(place.turn.text)) for place in found.found)


def unchanged(database: Database, quotes: Sequence[Known]) -> Figure:
    """As they are: verbatim, on the right turn."""
    found = checked(database, [(one.quote, None) for one in quotes])
    good = [c.verdict is Verdict.VERBATIM and right_turn(k, c) for k, c in zip(quotes, found, strict=True)]
    return _figure("unchanged: verbatim, right turn", quotes, found, good)


def edited(database: Database, quotes: Sequence[Known], seed: int = SEED) -> tuple[Figure, Figure]:
    """Two words replaced at random: changed words on the right turn; and of these, with exactly the words that were changed."""
    rng = random.Random(seed)
    vocabulary = [word for one in quotes for word in one.quote.split()]
    edits = [_edited(one.quote, vocabulary, rng) for one in quotes]
    found = checked(database, [(text, None) for text, _ in edits])
    good = [c.verdict is Verdict.CHANGED and right_turn(k, c) for k, c in zip(quotes, found, strict=True)]
    exact = [
        ok
        and rebuilt(one) == (" ".join(spelt(text)), " ".join(spelt(one.found[0].words)))
        and one.found[0].place.fit.edits <= most
        for (text, most), one, ok in zip(edits, found, good, strict=True)
    ]
    kept = [n for n, ok in enumerate(good) if ok]
    return (
        _figure("two random word edits: changed words, right turn", quotes, found, good),
        _figure("  of these: difference exact", *([group[n] for n in kept] for group in (quotes, found, exact))),
    )


def _edited(quote: str, vocabulary: Sequence[str], rng: random.Random) -> tuple[str, int]:
    """The quotation with two of its words replaced, and how many changes that is: have—it's is two words."""
    words, edits = quote.split(), 0
    for n in rng.sample([n for n, word in enumerate(words) if spelt(word)], 2):
        before = words[n]
        while spelt(words[n]) in (spelt(before), []):
            words[n] = rng.choice(vocabulary)
        edits += max(len({word.start for word in compared(text)}) for text in (before, words[n]))
    return " ".join(words), edits


def rebuilt(one: Checked) -> tuple[str, str]:
    """What the difference says was quoted, and what it says is held."""
    ours = " ".join(word for _, quoted, _ in one.found[0].difference for word in spelt(quoted))
    theirs = " ".join(word for _, _, held in one.found[0].difference for word in spelt(held))
    return ours, theirs


def misfiled(database: Database, quotes: Sequence[Known]) -> Figure:
    """Rows filed under the wrong person, with that person as the claim: words of someone else."""
    rows = [one for one in quotes if one.misfiled]
    found = checked(database, [(one.quote, one.claimed) for one in rows])
    good = [c.verdict is Verdict.SOMEONE_ELSE and right_turn(k, c) for k, c in zip(rows, found, strict=True)]
    return _figure("misfiled, with the claim: words of someone else", rows, found, good)


def rightly_filed(database: Database, quotes: Sequence[Known]) -> Figure:
    """The others, with their speaker as the claim: still verbatim."""
    rows = [one for one in quotes if not one.misfiled and one.claimed]
    found = checked(database, [(one.quote, one.claimed) for one in rows])
    return _figure(
        "rightly filed, with the claim: verbatim", rows, found, [c.verdict is Verdict.VERBATIM for c in found]
    )


def not_held(database: Database, quotes: Sequence[Known]) -> Figure:
    """Quotations of debates that are not there: not in what we hold."""
    found = checked(database, [(one.quote, None) for one in quotes])
    good = [c.verdict is Verdict.NOT_HELD for c in found]
    return _figure("debate not loaded: not in what we hold", quotes, found, good)


def _figure(name: str, quotes: Sequence[Known], found: Sequence[Checked], good: Sequence[bool]) -> Figure:
    wrong = [(k.quote[:90], str(c.verdict)) for k, c, ok in zip(quotes, found, good, strict=True) if not ok]
    return Figure(name, sum(good), len(good), wrong)


def every_file() -> list[str]:
    """All files of which there are gold turns."""
    return [
        path.name.removesuffix(".jsonl").replace("__", "/") for path in sorted(corpus("gold/turns").glob("*.jsonl"))
    ]


def editions(files: Sequence[str], quotes: Sequence[Known]) -> dict[tuple[str, str], set[str]]:
    """For the debate of each day, every file that holds a seventh of its quotations: another edition of it."""
    texts = {file: "\n".join(" ".join(spelt(turn.text)) for turn in gold_turns(file)) for file in files}
    by_day: dict[tuple[str, str], list[Known]] = defaultdict(list)
    for one in quotes:
        by_day[one.day].append(one)
    return {
        day: files_of(ours)
        | {
            file
            for file, text in texts.items()
            if sum(" ".join(spelt(one.quote)) in text for one in ours) * 7 >= max(len(ours), 14)
        }
        for day, ours in by_day.items()
    }


def main() -> None:
    """Every figure over the whole table, with all gold turns held: 21,000 of 45 files."""
    quotes, files = known(), every_file()
    with site(files) as database:
        print(len(quotes), "quotations,", len(files), "files, seed", SEED)
        figures = [unchanged(database, quotes), *edited(database, quotes), *edited(database, quotes, SEED + 1)]
        figures += [misfiled(database, quotes), rightly_filed(database, quotes)]
        for figure in figures:
            tell(figure)
    held_out = Figure("debate not loaded, all else held: not in what we hold", 0, 0, [])
    for day, own in editions(files, quotes).items():
        with site(set(files) - own) as database:
            one = not_held(database, [known for known in quotes if known.day == day])
            held_out = Figure(
                held_out.name, held_out.right + one.right, held_out.all + one.all, held_out.wrong + one.wrong
            )
    tell(held_out)


def tell(figure: Figure) -> None:
    print(f"{figure.name}: {figure.right} of {figure.all} = {figure.share:.2%}")
    for quote, verdict in figure.wrong:
        print(f"    {verdict}: {quote}")


if __name__ == "__main__":
    main()
