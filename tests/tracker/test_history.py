"""Every version of every turn can be read off the turn's own page, whatever editors did; of withheld words nothing."""

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser
from sqlmodel import Session, col, select

from tests.tracker.calling import site
from tests.tracker.desk import Desk, desk_on
from tests.transcripts.records import stored
from transcripts import correcting, withholding
from transcripts.amending import Reason
from transcripts.errors import Refusal
from transcripts.models import Speaker, Turn

EDITS = 60
Said = dict[tuple[str, int], tuple[str, str | None]]
"""(key, version) → words and printed label, as they stood when that version was made."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = desk_on(site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}"))
    stored(desk.database)
    yield desk
    desk.database.dispose()


def edit(session: Session, dice: random.Random, n: int) -> None:
    """One change of a turn chosen at random. Raises Refusal where it makes no sense there."""
    turns = session.exec(select(Turn).where(Turn.status == "current").order_by(col(Turn.position))).all()
    at = dice.randrange(len(turns))
    turn, reason = turns[at], Reason(f"reason {n}", "Edith Editor")
    match dice.randrange(6):
        case 0 | 1:
            words = turn.text.split(" ")
            words.insert(dice.randrange(len(words) + 1), f"word{n}")
            correcting.reword(session, turn.key, turn.version, " ".join(words), reason)
        case 2:
            voices = session.exec(select(Speaker.id).where(Speaker.forum_id == turn.forum_id)).all()
            correcting.reassign(session, turn.key, turn.version, dice.choice(voices), reason)
        case 3:
            correcting.retime(session, turn.key, turn.version, 1000 * n, 1000 * n + 500, reason)
        case 4:
            spaces = [place.end() for place in re.finditer(" ", turn.text)]
            correcting.split(session, turn.key, turn.version, dice.choice(spaces or [0]), reason)
        case _:
            other = turns[at + 1] if at + 1 < len(turns) else turn
            correcting.merge(session, (turn.key, turn.version), (other.key, other.version), reason)


def note(session: Session, said: Said) -> None:
    for turn in session.exec(select(Turn)):
        now = (turn.text, turn.label)
        assert said.setdefault((turn.key, turn.version), now) == now, "what a version said never changes"


def read_off(desk: Desk, key: str) -> dict[int, str]:
    """Version → words, as the page prints them."""
    answer = desk.nobody().get(f"/turns/{key}/history")
    assert answer.status_code in (200, 410), key
    shown: dict[int, str] = {}
    for item in LexborHTMLParser(answer.text).css("ol.versions > li"):
        number = re.match(r"version (\d+)", item.css_first("p").text())
        assert number is not None
        shown[int(number[1])] = item.css_first("blockquote").text()
    return shown


@pytest.mark.parametrize("seed", [1, 2])
def test_every_earlier_version_can_be_reconstructed_from_its_page(desk: Desk, seed: int) -> None:
    dice, said, refused = random.Random(seed), Said(), 0
    with desk.database.read() as session:
        note(session, said)
    for n in range(EDITS):
        try:
            with desk.database.write() as session:
                edit(session, dice, n)
                session.flush()
                note(session, said)
        except Refusal:
            refused += 1
    assert refused < EDITS / 2
    assert max(version for _, version in said) >= 4, "some turns have a past"
    for key in {key for key, _ in said}:
        shown = read_off(desk, key)
        held = {version: words for (of, version), (words, _) in said.items() if of == key}
        assert {n: words.split() for n, words in shown.items()} == {n: words.split() for n, words in held.items()}, key


def test_withheld_words_are_the_exception(desk: Desk) -> None:
    with desk.database.write() as session:
        turn = next(turn for turn in session.exec(select(Turn)) if "freeze rents" in turn.text)
        key = turn.key
        reason = Reason("The recording says so.", "Edith Editor")
        correcting.reword(session, key, turn.version, f"{turn.text} My sister Quillona rents.", reason)
    with desk.database.write() as session:
        turn = session.exec(select(Turn).where(Turn.key == key)).one()
        correcting.reword(session, key, turn.version, turn.text.replace("sister Quillona", "sister"), reason)
    with desk.database.write() as session:
        turn = session.exec(select(Turn).where(Turn.key == key)).one()
        correcting.reword(session, key, turn.version, turn.text.replace("sister", "sister Quillona"), reason)
    with desk.database.write() as session:
        turn = session.exec(select(Turn).where(Turn.key == key)).one()
        withholding.withhold(session, key, turn.version, "Quillona", "name", Reason("Private.", "Edith Editor"))
    shown = read_off(desk, key)
    assert "Quillona" not in str(shown)
    assert sorted(shown) == list(range(1, max(shown) + 1)), "the versions themselves are all there"
    marked = [n for n, words in shown.items() if "[" in words]
    assert len(marked) >= 2 and shown[1].count("sister") == 0
