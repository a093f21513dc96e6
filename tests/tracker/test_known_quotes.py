"""Quotations everybody knows, from the files they were said in to the person they are found under."""

import csv
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.corpora import CORPORA, corpus
from tests.tracker.calling import site
from tracker import indexing
from tracker.asking import ask
from tracker.config import Config
from tracker.db import Database
from tracker.intake import NewForum, add_forum
from transcripts import importing
from transcripts.importing import Choices
from transcripts.search import analysis
from transcripts.search.controls import controls
from transcripts.search.finding import Asked
from transcripts.search.language import MAX_CHARACTERS
from transcripts.text import fold

pytestmark = pytest.mark.corpora

FILES = (
    *(f"a01_mytake/{day}.said" for day in ("1960-09-26", "1992-10-15", "2000-10-17", "2016-09-26", "2020-09-29")),
    *(
        f"a04_primary_txt/{name}_debate.txt"
        for name in ("1_democratic", "1_republican", "2_republican", "8_democratic", "10_democratic")
    ),
    *(f"a07_rev2020/us_election_2020_{name}.txt" for name in ("1st_presidential_debate", "biden_town_hall")),
    *(f"a18_lwv_interviews/{name}.txt" for name in ("cohen", "davis", "kubosh")),
)


class Known(NamedTuple):
    """A quotation, who is said to have said it, and where it stands: (file, label as printed) of the files we read."""

    quote: str
    claimed: str
    misfiled: bool
    places: tuple[tuple[str, str], ...]


def known_quotes() -> list[Known]:
    """Those that stand in a file these formats read; none where the transcripts are not here."""
    path = CORPORA / "gold" / "known_quotes.tsv"
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8") as lines:
        rows = [_known(row) for row in csv.DictReader(lines, delimiter="\t")]
    return [row for row in rows if row.places]


def _known(row: dict[str, str]) -> Known:
    places = re.findall(r"([^;#\s]+)#\d+\[([^\]]*)\]", row["where(file#turn[label])"])
    here = tuple((file, label) for file, label in places if file in FILES)
    return Known(row["quote"], row["speaker_per_ElecDeb"], row["speaker_agrees"] != "yes", here)


class Library(NamedTuple):
    """The files stored and indexed, and the slug of the forum of each."""

    database: Database
    config: Config
    forums: dict[str, str]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    home: Path = tmp_path_factory.mktemp("quotes")
    config = Config(home=home, database_url=site(home, f"sqlite:///{home / 'tracker.db'}").url)
    database = Database(config.database_url)
    forums = {}
    for number, name in enumerate(FILES):
        path = corpus(name)
        with database.write() as session:
            forum = add_forum(session, NewForum(f"Forum {number}", date(2020, 1, 1), "Somewhere", "UTC"))
            importing.store(session, [importing.receive(path.read_bytes(), path.name)], forum, Choices())
            forums[name] = forum.slug
    indexing.catch_up(database, config, 300)
    yield Library(database, config, forums)
    database.dispose()


def phrase(quote: str) -> str:
    """The quotation as it would be pasted between quotation marks, as much of it as a search may have."""
    words = plain(quote).split()
    while len(" ".join(words)) > MAX_CHARACTERS - 60:
        words.pop()
    return f'"{" ".join(words)}"'


def plain(quote: str) -> str:
    """Its words without the quotation marks inside it."""
    return re.sub(r'["“”]', " ", quote)


def found_under(library: Library, typed: str, file: str) -> set[str]:
    """Who said what is asked for at the forum of a file, as search tells it."""
    engine = indexing.open_engine(library.config)
    filters = controls(forum=[library.forums[file]])
    with library.database.read() as session:
        results = ask(session, engine, Asked(typed, filters, limit=50))
    engine.close()
    return {fold(hit.row.speaker or "") for hit in results.hits}


def test_every_known_quote_is_found_under_the_right_speaker(library: Library) -> None:
    """Quoted, word for word; the two that the gold cuts in the middle of their first word are found as plain words."""
    quotes = known_quotes()
    assert len(quotes) > 150
    cut = [
        known.quote
        for known in quotes
        for file, label in known.places
        if not _is_under(label, found_under(library, phrase(known.quote), file))
    ]
    assert len(cut) <= 2
    for known in quotes:
        if known.quote in cut:
            assert all(_is_under(label, found_under(library, plain(known.quote), file)) for file, label in known.places)


def _is_under(label: str, said_by: set[str]) -> bool:
    surname = analysis.words(label)[-1]
    return any(surname in name.split() for name in said_by)


def test_misfiled_quotes_are_not_found_under_the_person_claimed(library: Library) -> None:
    misfiled = [known for known in known_quotes() if known.misfiled]
    assert misfiled
    for known in misfiled:
        for file, label in known.places:
            assert _is_under(label, found_under(library, phrase(known.quote), file))
            assert found_under(library, f"{phrase(known.quote)} speaker:{known.claimed}", file) == set()
