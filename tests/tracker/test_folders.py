"""A reader's folder on the site: no account, no cookie, two links; forms that lose nothing; files to take away."""

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlmodel import select

from tests.tracker.calling import site
from tests.tracker.desk import Desk, Visitor, desk_on
from tests.transcripts.records import stored, turn_saying
from transcripts import correcting
from transcripts.amending import Reason
from transcripts.folder_models import FolderQuote, QuoteFolder
from transcripts.models import Record, Turn


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = desk_on(site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}"))
    stored(desk.database)
    yield desk
    desk.database.dispose()


@pytest.fixture
def reader(desk: Desk) -> Visitor:
    return desk.nobody()


def started(desk: Desk, reader: Visitor, turn: Turn, words: str = "") -> str:
    """The path of a new folder that holds words of a turn."""
    address = f"/folders?turn={turn.key}{words}"
    (secret,) = re.findall(r'name="secret" value="([^"]+)"', reader.get(address).text)
    answer = reader.post(address, {"secret": secret, "title": "Rents", "note": "=1+1 for the lead"})
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def shared(page: str) -> str:
    (found,) = set(re.findall(r'href="(/folders/shared/[\w-]{32})"', page))
    return found


def version(page: str) -> str:
    return re.findall(r'name="version" value="(\d+)"', page)[0]


def test_a_reader_keeps_words_without_account_or_cookie(desk: Desk, reader: Visitor) -> None:
    turn = turn_saying(desk.database, "freeze rents")
    cite = reader.get(f"/turns/{turn.key}/cite?words=0-35&v=1").text
    (address,) = re.findall(r'href="(/folders\?[^"]+)"', cite)
    assert address == f"/folders?turn={turn.key}&amp;words=0-35&amp;v=1"
    folder = started(desk, reader, turn, "&words=0-35&v=1")
    page = reader.get(folder)
    for answer in (page, reader.get(shared(page.text)), reader.get(address.replace("&amp;", "&"))):
        assert answer.status_code == 200 and "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["Referrer-Policy"] == "no-referrer" and answer.headers["X-Robots-Tag"] == "noindex"
        assert "Set-Cookie" not in answer.headers
        assert "I would freeze rents for two years." in answer.text
    assert "What will you do about rents?" in page.text and "kept until" in page.text
    given = reader.get(shared(page.text)).text
    assert folder not in given and "for the lead" in given and "<form" not in given.partition("<main")[2]
    assert "nota" in reader.get(f"/es{folder}").text
    secret = folder.rsplit("/", 1)[1]
    with desk.database.read() as session:
        rows = [str(row) for table in ("quote_folder", "folder_quote", "done_form", "audit_entry", "rate_count")
                for row in session.execute(text(f"SELECT * FROM {table}"))]  # fmt: skip
    assert not [row for row in rows if secret in row or shared(page.text).rsplit("/", 1)[1] in row or "freeze" in row]


def test_the_form_sent_twice_is_one_folder_and_a_second_quotation_goes_to_it(desk: Desk, reader: Visitor) -> None:
    turn, other = turn_saying(desk.database, "freeze rents"), turn_saying(desk.database, "four hundred homes")
    data = {"secret": "s" * 32, "title": "Rents"}
    address = f"/folders?turn={turn.key}"
    first, second = reader.post(address, data), reader.post(address, data)
    assert first.headers["Location"] == second.headers["Location"] == f"/folders/{'s' * 32}"
    link = f"http://127.0.0.1:8000/es/folders/{'s' * 32}"
    assert reader.post(f"/folders?turn={other.key}", {"secret": "t" * 32, "folder": link}).status_code == 303
    with desk.database.read() as session:
        assert len(session.exec(select(FolderQuote)).all()) == 2 and len(session.exec(select(QuoteFolder)).all()) == 1
    wrong = reader.post(
        f"/folders?turn={other.key}", {"secret": "t" * 32, "folder": "/folders/shared/" + "s" * 32, "note": "keep me"}
    )
    assert wrong.status_code == 422 and "not the link of a folder" in wrong.text and "keep me" in wrong.text


def test_notes_order_title_and_removal(desk: Desk, reader: Visitor) -> None:
    folder = started(desk, reader, turn_saying(desk.database, "freeze rents"))
    other = turn_saying(desk.database, "four hundred homes")
    link = f"https://said.example/es/turns/{other.key}/cite?words=8-31&v=1"
    assert reader.post(f"{folder}/quotes", {"link": link, "note": "second"}).status_code == 303
    page = reader.get(folder).text
    first, second = re.findall(r'id="k-(\d+)"', page)
    assert reader.post(f"{folder}/quotes/{second}/up", {"version": version(page)}).status_code == 303
    stale = reader.post(f"{folder}/quotes/{first}/note", {"version": version(page), f"note_{first}": "My careful note"})
    assert stale.status_code == 409 and "My careful note" in stale.text and "changed meanwhile" in stale.text
    again = {"version": version(stale.text), f"note_{first}": "My careful note"}
    assert reader.post(f"{folder}/quotes/{first}/note", again).status_code == 303
    page = reader.get(folder).text
    assert re.findall(r'id="k-(\d+)"', page) == [second, first] and "My careful note" in page
    assert reader.post(folder, {"version": version(page), "title": "Homes"}).status_code == 303
    assert reader.post(folder, {"version": version(page), "title": ""}).status_code == 422
    assert reader.post(f"{folder}/quotes/{second}/remove").status_code == 303
    assert reader.post(f"{folder}/quotes/{second}/remove").status_code == 404
    assert reader.post(f"{folder}/quotes/{first}/shout").status_code == 404
    page = reader.get(folder).text
    assert "<h1>Homes</h1>" in page and "will build" not in page
    given = shared(page)
    gone = reader.post(f"{folder}/delete")
    assert gone.status_code == 303 and "The folder was deleted." in reader.get(gone.headers["Location"]).text
    assert [reader.get(path).status_code for path in (folder, given, f"{given}/csv")] == [404] * 3


@pytest.mark.parametrize(
    "link", ["", "nonsense", "https://said.example/turns/nothing", "/turns/01J0000000000000000000000X", "x" * 2001]
)
def test_an_address_that_is_none_is_said_and_stays_in_the_form(desk: Desk, reader: Visitor, link: str) -> None:
    folder = started(desk, reader, turn_saying(desk.database, "freeze rents"))
    answer = reader.post(f"{folder}/quotes", {"link": link, "note": "not lost"})
    assert answer.status_code == 422 and "not lost" in answer.text and link[:2000] in answer.text


def test_tables_carry_all_that_is_needed_and_no_formula(desk: Desk, reader: Visitor) -> None:
    folder = started(desk, reader, turn_saying(desk.database, "freeze rents"), "&words=0-35&v=1")
    given = shared(reader.get(folder).text)
    table = reader.get(f"{given}/csv")
    (row,) = csv.DictReader(io.StringIO(table.text))
    assert row["note"] == "'=1+1 for the lead" and row["words"] == "I would freeze rents for two years."
    assert row["question"].endswith("What will you do about rents?") and row["role"] == "Candidate"
    assert row["link"].endswith("?words=0-35&v=1") and row["date"] == "2026-09-08"
    told = json.loads(reader.get(f"/es{given}/json").text)
    assert told["title"] == "Rents" and told["quotes"][0]["note"] == "=1+1 for the lead"
    assert told["quotes"][0]["status"] == "Igual que cuando se guardó"
    assert table.headers["Content-Type"] == "text/csv; charset=utf-8" and "no-store" in table.headers["Cache-Control"]
    assert reader.get(f"{given}/xlsx").status_code == 404


def test_what_changed_since_is_shown_and_what_may_not_be_shown_is_gone(desk: Desk, reader: Visitor) -> None:
    turn = turn_saying(desk.database, "freeze rents")
    folder = started(desk, reader, turn)
    given = shared(reader.get(folder).text)
    with desk.database.write() as session:
        correcting.reword(session, turn.key, 1, turn.text.replace("two years", "three years"), Reason("Heard", "Ana"))
    for path in (folder, given):
        page = reader.get(path).text
        assert "corrected after they were cited" in page and "three years" in page and "two years" in page
    with desk.database.write() as session:
        session.exec(select(Record)).one().publishing_right = "private"
    for path in (folder, given, f"{given}/csv", f"{given}/json"):
        page = reader.get(path)
        assert page.status_code == 200 and "three years" not in page.text and "two years" not in page.text
        assert "may no longer be shown" in page.text.lower()
    assert reader.get(f"/folders?turn={turn.key}").status_code == 404


def test_an_editor_can_take_a_folder_away_by_its_readers_link(desk: Desk, reader: Visitor) -> None:
    folder, editor = started(desk, reader, turn_saying(desk.database, "freeze rents")), desk.editor()
    given = shared(reader.get(folder).text)
    for link in ("", folder, "/folders/shared/short"):
        refused = editor.post("/desk/folders", {"link": link, "why": "It names a neighbour"})
        assert refused.status_code == 422 and "It names a neighbour" in refused.text
    assert reader.get(given).status_code == 200
    assert (
        editor.post(
            "/desk/folders", {"link": f"https://said.example{given}", "why": "It names a neighbour"}
        ).status_code
        == 303
    )
    assert reader.get(folder).status_code == reader.get(given).status_code == 404
    log = desk.as_("admin").get("/desk/team/log").text
    assert "It names a neighbour" in log and given not in log


def test_many_folders_from_one_address_have_to_wait(desk: Desk, reader: Visitor) -> None:
    answers = [reader.post("/folders", {"secret": f"{n:032}", "title": "Mine"}).status_code for n in range(61)]
    assert answers == [303] * 60 + [429]
    late = reader.post("/folders", {"secret": "x" * 32, "title": "Not lost"})
    assert late.status_code == 429 and "Not lost" in late.text


def test_a_full_folder_asks_as_little_of_the_database_as_an_empty_one(desk: Desk, reader: Visitor) -> None:
    made: list[str] = []
    event.listen(desk.database.reader, "before_cursor_execute", lambda c, k, statement, p, x, m: made.append(statement))
    folder = started(desk, reader, turn_saying(desk.database, "freeze rents"))
    counts = []
    for said in ("four hundred homes", "The sale of the old depot", "should run at night, every night"):
        turn = turn_saying(desk.database, said)
        reader.post(f"{folder}/quotes", {"link": f"/turns/{turn.key}"})
        made.clear()
        reader.get(folder)
        counts.append(len(made))
    assert len(set(counts)) == 1 and counts[0] <= 24
