"""An export comes back: its keys are honoured, on this site and on another, and it claims nothing for itself."""

import json
from typing import Any

from sqlmodel import select

from tests.transcripts.records import add_forum, stored, turn_saying, turns
from tracker.db import Database
from transcripts import importing
from transcripts.importing import Choices, Preview
from transcripts.models import Record
from transcripts.vocabulary import Grade

OURS = "01ARZ3NDEKTSV4RRFFQ69G5FA"


def exported(database: Database, slug: str = "rose-street", grade: str = "published") -> dict[str, Any]:
    """The current turns of a forum as our JSON tells them."""
    told = [
        {"key": turn.key, "label": turn.label, "kind": turn.kind, "text": turn.text}
        for turn in turns(database, slug)
        if turn.status == "current"
    ]
    return {"format": "said-and-done record", "version": 1, "grade": grade, "turns": told}


def previewed(database: Database, text: str, choices: Choices | None = None) -> Preview:
    """What storing the text into a forum that is yet to be made would do."""
    with database.read() as session:
        return importing.preview(
            session, [importing.receive(text.encode(), "evening.json")], None, choices or Choices()
        )


def test_an_export_keeps_its_keys_whatever_becomes_of_its_words(database: Database) -> None:
    stored(database)
    whole = exported(database)
    before = [turn["key"] for turn in whole["turns"]]
    whole["turns"][1] |= {"text": "Not one word of this was said before.", "label": "SOMEBODY ELSE"}
    whole["turns"].reverse()
    stored(database, json.dumps(whole), filename="evening.json")
    assert [turn.key for turn in turns(database)] == before[::-1]
    assert turn_saying(database, "Not one word").key == before[1]


def test_an_export_brings_its_keys_to_another_site(database: Database) -> None:
    told = [{"key": f"{OURS}{n}", "label": "IDA BERG", "text": f"Word {n}."} for n in range(3)]
    whole = {"format": "said-and-done record", "version": 1, "grade": "machine", "right": "private", "turns": told}
    stored(database, json.dumps(whole), filename="evening.json")
    assert [turn.key for turn in turns(database)] == [f"{OURS}{n}" for n in range(3)]
    with database.read() as session:
        record = session.exec(select(Record)).one()
    assert (record.grade, record.publishing_right) == ("machine", "private")


def test_a_key_belongs_to_one_turn_on_a_site(database: Database) -> None:
    stored(database)
    stored(database, json.dumps(exported(database)), slug="elm-street", filename="evening.json")
    here, there = ({turn.key for turn in turns(database, slug)} for slug in ("rose-street", "elm-street"))
    assert len(here) == len(there) and not here & there


def test_no_file_says_of_itself_that_it_was_checked_here(database: Database) -> None:
    stored(database)
    whole = json.dumps(exported(database, grade="reviewed"))
    seen = previewed(database, whole)
    assert seen.grade == "published" and any("says of itself" in problem.message for problem in seen.problems)
    assert previewed(database, whole, Choices(grade=Grade.REVIEWED)).grade == "reviewed"


def test_two_files_that_hold_one_key_are_two_parts(database: Database) -> None:
    whole = {"format": "said-and-done record", "version": 1, "grade": "machine"}
    files = [
        importing.receive(json.dumps(whole | {"turns": [{"key": f"{OURS}1", "text": words}]}).encode(), "part.json")
        for words in ("One thing.", "Quite another.")
    ]
    with database.write() as session:
        importing.store(session, files, add_forum(session), Choices())
    first, second = turns(database)
    assert first.key == f"{OURS}1" != second.key and (first.part, second.part) == (0, 1)
