"""Folders: kept by link alone, derived from the record, never written over, gone when nobody needs them."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from tests.transcripts.records import stored, turn_saying
from tracker.db import Database
from transcripts import correcting, folders, withholding
from transcripts.amending import Reason
from transcripts.capabilities import digest
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.folder_models import FolderQuote, QuoteFolder
from transcripts.queries import citations
from transcripts.queries import folders as held
from transcripts.queries.folders import Folder

BECAUSE = Reason("The recording says so", "Ana")
WORDS = ("four hundred homes", "freeze rents", "The sale of the old depot")


def now() -> datetime:
    return datetime.now(UTC)


def read(database: Database, secret: str, at: datetime | None = None) -> Folder:
    with database.read() as session:
        return held.by_edit(session, digest(secret), at or now())


def words(folder: Folder) -> list[str]:
    return [one.quoted.words if one.quoted else "" for one in folder.quotes]


@pytest.fixture
def secret(database: Database) -> str:
    """A folder of three quotations: the middle one all of a turn, the others passages."""
    stored(database)
    secret = folders.new_secret()
    with database.write() as session:
        folders.start(session, secret, "Rents and homes")
    for n, said in enumerate(WORDS):
        turn = turn_saying(database, said)
        start = turn.text.index(said)
        span = (None, None) if n == 1 else (start, start + len(said))
        with database.write() as session:
            folders.add(session, secret, citations.of_turn(session, turn.key, 1, *span), f"note {n}")
    return secret


def test_quotations_are_kept_in_order_and_can_be_moved(database: Database, secret: str) -> None:
    folder = read(database, secret)
    assert (
        words(folder)[0] == WORDS[0] and words(folder)[1].startswith("I would freeze") and words(folder)[2] == WORDS[2]
    )
    assert [one.note for one in folder.quotes] == ["note 0", "note 1", "note 2"]
    ids = [one.id for one in folder.quotes]
    with database.write() as session:
        folders.move(session, secret, folder.version, ids[2], up=True)
        folders.move(session, secret, folder.version + 1, ids[0], up=True)
        folders.move(session, secret, folder.version + 2, ids[0], up=False)
    assert [one.id for one in read(database, secret).quotes] == [ids[2], ids[0], ids[1]]
    with database.write() as session:
        folders.remove(session, secret, ids[0])
    assert [one.id for one in read(database, secret).quotes] == [ids[2], ids[1]]


def test_the_same_words_are_kept_once(database: Database, secret: str) -> None:
    turn = turn_saying(database, WORDS[1])
    with database.write() as session:
        folders.add(session, secret, citations.of_turn(session, turn.key), "again")
        folders.start(session, secret, "Another title")
    folder = read(database, secret)
    assert len(folder.quotes) == 3 and folder.title == "Rents and homes"


def test_nobody_writes_over_what_changed_meanwhile(database: Database, secret: str) -> None:
    folder = read(database, secret)
    one = folder.quotes[0].id
    with database.write() as session:
        folders.rename(session, secret, folder.version, "Homes")
    for late in (
        lambda session: folders.rename(session, secret, folder.version, "Rents"),
        lambda session: folders.annotate(session, secret, folder.version, one, "mine"),
        lambda session: folders.move(session, secret, folder.version, one, up=False),
    ):
        with pytest.raises(Conflict, match="changed meanwhile"), database.write() as session:
            late(session)
    with database.write() as session:
        folders.rename(session, secret, folder.version, "Homes")  # the same form twice
        folders.annotate(session, secret, 0, one, "note 0")
    assert read(database, secret).title == "Homes"


def test_only_digests_are_held_and_the_readers_link_never_leads_back(database: Database, secret: str) -> None:
    shared = folders.share_secret(secret)
    with database.read() as session:
        row = session.exec(select(QuoteFolder)).one()
        assert secret not in str(row.model_dump()) and shared not in str(row.model_dump())
        assert held.by_share(session, digest(shared), now()).title == "Rents and homes"
        with pytest.raises(NotFound):
            held.by_edit(session, digest(shared), now())
        with pytest.raises(NotFound):
            held.by_share(session, digest(secret), now())
    with pytest.raises(NotFound), database.write() as session:
        folders.rename(session, shared, 1, "Mine now")


def test_words_stay_those_of_the_record(database: Database, secret: str) -> None:
    turn = turn_saying(database, WORDS[1])
    with database.write() as session:
        correcting.reword(session, turn.key, 1, turn.text.replace("two years", "three years"), BECAUSE)
        correcting.withdraw(session, turn_saying(database, WORDS[2]).key, 1, BECAUSE)
    first, second, third = read(database, secret).quotes
    assert first.quoted and first.quoted.status == "exact" and not first.quoted.changed
    assert second.quoted and second.quoted.changed and "three years" in second.quoted.words
    assert "two years" in second.quoted.then and second.quoted.corrections
    assert third.quoted and third.quoted.status == "gone" and third.quoted.words == ""


def test_withheld_words_leave_places_notes_and_titles(database: Database, secret: str) -> None:
    turn = turn_saying(database, WORDS[2])
    folder = read(database, secret)
    with database.write() as session:
        folders.rename(session, secret, folder.version, "About the old depot")
        folders.annotate(session, secret, folder.version + 1, folder.quotes[0].id, "See old depot!")
        withholding.withhold(session, turn.key, 1, "old depot", "address", Reason("Private", "Ana"))
    folder = read(database, secret)
    assert folder.title == "About the [address withheld]"
    assert folder.quotes[0].note == "See [address withheld]!"
    kept = folder.quotes[2].quoted
    assert kept and kept.then == "The sale of the [address withheld]" == kept.words
    assert any(line.kind == "withhold" for line in kept.corrections)
    with database.write() as session:
        folders.annotate(session, secret, folder.version, folder.quotes[1].id, "The Old Depot again")
        folders.rename(session, secret, folder.version + 1, "OLD DEPOT")
    folder = read(database, secret)
    assert folder.quotes[1].note == "The [address withheld] again" and folder.title == "[address withheld]"


def test_a_folder_is_bounded_and_ends(database: Database, secret: str, monkeypatch: pytest.MonkeyPatch) -> None:
    turn = turn_saying(database, WORDS[1])
    monkeypatch.setattr(folders, "MOST_QUOTES", 3)
    with pytest.raises(Refusal, match="holds 3"), database.write() as session:
        folders.add(session, secret, citations.of_turn(session, turn.key, 1, 0, 3))
    for title in ("", " ", "x" * 121):
        with pytest.raises(Refusal, match="at most 120"), database.write() as session:
            folders.rename(session, secret, 4, title)
    late = now() + timedelta(days=held.KEPT_DAYS + 1)
    assert read(database, secret, now() + timedelta(days=held.KEPT_DAYS - 1)).kept_until
    with pytest.raises(NotFound):
        read(database, secret, late)
    with database.write() as session:
        folders.start(session, folders.new_secret(), "Somebody else's", lambda: late)
    with database.read() as session:
        assert session.exec(select(QuoteFolder.title)).all() == ["Somebody else's"]
        assert session.exec(select(FolderQuote)).all() == []


def test_a_deleted_folder_leaves_nothing(database: Database, secret: str) -> None:
    with database.write() as session:
        folders.delete_folder(session, secret)
    with database.read() as session:
        assert session.exec(select(QuoteFolder)).all() == [] and session.exec(select(FolderQuote)).all() == []
    with pytest.raises(NotFound), database.write() as session:
        folders.delete_folder(session, secret)
