"""Importing at the desk: uploaded or pasted, looked at, answered, stored by the worker whole or not at all."""

import io
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import event
from sqlmodel import col, select
from werkzeug.test import TestResponse

from tests.corpora import ROOT
from tests.tracker.calling import Site, site
from tests.tracker.desk import Desk, Visitor, desk_on
from tests.transcripts.records import EVENING, REPORT, add_forum, add_person
from tracker.accounts.models import AuditEntry
from tracker.config import Config
from tracker.imports import carrying, drafts
from tracker.imports.models import ImportDraft, ImportFile
from tracker.imports.progress import Progress
from tracker.pages.desk import imports
from transcripts import formats
from transcripts.models import Forum, Person, Record, Speaker, SpeakerLabel, Turn
from transcripts.queries import attributions

EVENT = {"title": "Evening on Rose Street", "day": "2026-09-08", "place": "Port Linden", "kind": "forum"}


@pytest.fixture
def home(database_url: str, tmp_path: Path) -> Site:
    return site(tmp_path, database_url)


@pytest.fixture
def desk(home: Site) -> Iterator[Desk]:
    desk = desk_on(home)
    yield desk
    desk.database.dispose()


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Desk]:
    """For what does not depend on the database."""
    desk = desk_on(site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}"))
    yield desk
    desk.database.dispose()


def config(desk: Desk) -> Config:
    found: Config = desk.app.config["TRACKER"]
    return found


def upload(editor: Visitor, *files: tuple[bytes, str], **fields: str) -> TestResponse:
    return editor.post("/desk/imports", {"files": [(io.BytesIO(data), name) for data, name in files], **fields})


def begun(editor: Visitor, text: str = EVENING, name: str = "evening.txt") -> str:
    """The address of a draft with this file."""
    answer = upload(editor, (text.encode(), name))
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def version(editor: Visitor, address: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', editor.get(f"{address}/event").text)
    assert found is not None
    return found[1]


def say(editor: Visitor, address: str, step: str, fields: Mapping[str, object]) -> TestResponse:
    return editor.post(f"{address}/{step}", {"version": version(editor, address), **fields})


def stored(desk: Desk, editor: Visitor, address: str) -> str:
    """The page of a draft that the worker has stored."""
    assert say(editor, address, "store", {}).status_code == 303
    assert "Waits for the worker" in editor.get(address).text
    assert carrying.carry_out(desk.database, config(desk))
    assert not carrying.carry_out(desk.database, config(desk))
    return editor.get(address).text


def test_from_a_file_to_the_record(desk: Desk) -> None:
    """The whole conversation: what it is, which event, who speaks, stored whole; the log says who did it."""
    with desk.database.write() as session:
        add_person(session, "Ida Berg")
        add_person(session, "Thomas Vale")
    editor = desk.editor()
    address = begun(editor)
    seen = editor.get(address).text
    for words in (
        "Read as: Plain text with names.",
        "7 said by somebody",
        "Not said yet",
        "IDA BERG",
        "line 1",
        "four hundred homes",
    ):
        assert words in seen, words
    assert "Store</button>" not in seen
    assert say(editor, address, "event", {**EVENT, "moderators": "Mara Quill"}).status_code == 303
    voices = editor.get(f"{address}/voices").text
    assert "Goes by this very name." in voices and "The same surname, first name or initials." in voices
    labels = re.findall(r'name="label-(\d)" value="([^"]+)"', voices)
    said = {f"label-{n}": label for n, label in labels}
    said |= {f"who-{n}": "person:ida-berg" for n, label in labels if "BERG" in label}
    said |= {f"who-{n}": "new" for n, label in labels if "VALE" in label}
    said |= {f"name-{n}": "Tom Vale" for n, label in labels if "VALE" in label}
    assert say(editor, address, "voices", said).status_code == 303
    assert "/forums/evening-on-rose-street-2026" in stored(desk, editor, address)
    with desk.database.read() as session:
        forum = session.exec(select(Forum).where(Forum.slug == "evening-on-rose-street-2026")).one()
        held = {label: attributions.of_label(session, forum.id, label) for label in ("IDA BERG", "BERG", "VALE")}
        people = set(session.exec(select(Person.slug)))
        files = session.exec(select(ImportFile)).all()
        acts = list(session.exec(select(AuditEntry.act).order_by(AuditEntry.seq)))
    assert {label: one.person if one else None for label, one in held.items()} == {
        "IDA BERG": "ida-berg",
        "BERG": "ida-berg",
        "VALE": "tom-vale",
    }
    assert people == {"ida-berg", "thomas-vale", "tom-vale"} and files == []
    assert acts == ["begin import", "say event of import", "say voices of import", "queue import", "store import"]
    public = desk.nobody().get("/forums/evening-on-rose-street-2026")
    assert public.status_code == 200 and "IDA BERG" not in public.text


def test_pasted_text_and_what_a_file_says_of_itself(small: Desk) -> None:
    editor = small.editor()
    pasted = "title: Night of the Buses\ndate: 2026-05-04\nplace: Port Linden\n\n" + EVENING
    answer = editor.post("/desk/imports", {"pasted": pasted, "publisher": "The Linden Post"})
    assert answer.status_code == 303
    page = editor.get(answer.headers["Location"]).text
    assert (
        "Night of the Buses" in page and "2026-05-04" in page and "The Linden Post" in page and "Store</button>" in page
    )


def test_problems_open_their_place_in_the_source(small: Desk) -> None:
    editor = small.editor()
    cues = "".join(
        f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\nWe will build homes number {n}.\n\n" for n in range(1, 30)
    )
    broken = cues.replace("00:00:20,000 --> 00:00:20,900", "00:00:20,000 -> later")
    address = begun(editor, broken, "evening.srt")
    page = editor.get(address).text
    link = re.search(r'href="([^"]+/source\?[^"]*line=(\d+)#L\d+)"', page)
    assert link is not None, page
    source = editor.get(link[1].replace("&amp;", "&").partition("#")[0]).text
    assert f'<tr id="L{link[2]}" class="is-lit">' in source and "later" in source
    beyond = editor.get(f"{address}/source?line=999999&file=1")
    assert beyond.status_code == 200 and "number 29" in beyond.text
    assert editor.get(f"{address}/source?file=7").status_code == 404


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "The file is empty."),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "image"),
        (b"PK\x03\x04" + b"\0" * 400, ""),
        (bytes(range(1, 32)) * 500, ""),
        (b"\n \n", "The file holds no words."),
    ],
)
def test_garbage_is_refused_in_a_sentence(small: Desk, data: bytes, reason: str) -> None:
    answer = upload(small.editor(), (data, "thing.bin"), publisher="Kept as typed")
    assert answer.status_code == 422 and "thing.bin" in answer.text and reason in answer.text
    assert "Kept as typed" in answer.text
    with small.database.read() as session:
        assert session.exec(select(ImportDraft)).all() == []


def test_nothing_sent_too_much_sent_and_too_many_files(small: Desk) -> None:
    editor = small.editor()
    assert "Choose a file, or paste the text." in editor.post("/desk/imports", {}).text
    many = upload(editor, *((EVENING.encode(), f"{n}.txt") for n in range(21)))
    assert many.status_code == 422 and "At most 20 files" in many.text
    marks = "a" + "\N{COMBINING GRAVE ACCENT}\N{COMBINING COMMA ABOVE RIGHT}" * 100_000
    assert editor.post("/desk/imports", {"pasted": marks}).status_code in (303, 422)


def test_a_file_nobody_recognises_waits_for_its_format(small: Desk) -> None:
    """Scores say why; another format is chosen; what cannot be read is not stored."""
    editor = small.editor()
    address = begun(editor)
    page = editor.get(f"{address}/format").text
    assert "Plain text with names: most of its lines look like it" in page
    refused = say(editor, address, "format", {"file": "0", "format": "webvtt"})
    assert refused.status_code == 303
    assert "cannot be read yet" in editor.get(address).text
    assert say(editor, address, "event", EVENT).status_code == 303
    kept = say(editor, address, "store", {})
    assert kept.status_code == 422 and "choose its format first" in kept.text
    say(editor, address, "format", {"file": "0", "format": "plain"})
    assert "7 said by somebody" in editor.get(address).text
    assert say(editor, address, "format", {"file": "0", "format": "nonsense"}).status_code == 422
    assert say(editor, address, "format", {"file": "9", "format": "plain"}).status_code == 422


def test_the_columns_of_a_table_are_asked_for(small: Desk) -> None:
    """A table whose headings say nothing waits; a wrong column is a sentence; what was chosen is kept."""
    editor = small.editor()
    table = "alpha,beta,gamma\nIda Berg,1,We will build four hundred homes.\nTom Vale,2,I would freeze the rents.\n"
    address = begun(editor, table, "table.csv")
    assert "Say which columns hold what" in editor.get(address).text
    assert "No voice has a name in these files" in editor.get(f"{address}/voices").text
    asked = editor.get(f"{address}/format").text
    assert "Its first rows" in asked and "I would freeze the rents." in asked
    wrong = say(editor, address, "format", {"file": "0", "format": "csv", "column-text": "delta"})
    assert wrong.status_code == 303 and "There is no column “delta”" in editor.get(address).text
    chosen = {"file": "0", "format": "csv", "column-text": "gamma", "column-speaker": "alpha"}
    assert say(editor, address, "format", chosen).status_code == 303
    assert "2 said by somebody" in editor.get(address).text
    assert '<option value="gamma" selected>' in editor.get(f"{address}/format").text
    say(editor, address, "event", EVENT)
    assert "2 here for the first time" in stored(small, editor, address)


def test_a_workbook_is_looked_at_and_its_rows_are_its_lines(small: Desk) -> None:
    editor = small.editor()
    answer = upload(editor, ((ROOT / "tests/examples/xlsx/forum.xlsx").read_bytes(), "forum.xlsx"))
    assert answer.status_code == 303, answer.text
    address = answer.headers["Location"]
    assert "said by somebody" in editor.get(address).text
    assert "Which column holds what" in editor.get(f"{address}/format").text
    source = editor.get(f"{address}/source").text
    assert 'id="L2"' in source and "This file has no lines to show." not in source


def test_a_sheet_is_chosen_among_several_and_shown(small: Desk) -> None:
    """Each sheet can be looked at; the one chosen is read, by its own columns, and the source marks its lines."""
    editor = small.editor()
    made = Workbook()
    made.remove(made.worksheets[0])
    for title, said in (("Part 1", "four hundred homes"), ("Part 2", "buses at night")):
        sheet = made.create_sheet(title)
        for row in (["Who", f"Speech of {title}"], ["Ida Berg", f"We will have {said}."], ["Tom Vale", "No."]):
            sheet.append(row)
        sheet["B1"] = "Speech"
    data = io.BytesIO()
    made.save(data)
    address = upload(editor, (data.getvalue(), "two.xlsx")).headers["Location"]
    assert "Several sheets hold words" in editor.get(address).text
    source = editor.get(f"{address}/source").text
    assert "four hundred homes" in source and "buses at night" not in source and "Part 2" in source
    assert "buses at night" in editor.get(f"{address}/source?sheet=Part+2").text
    asked = editor.get(f"{address}/format").text
    assert 'name="sheet-shown" value="Part 1"' in asked and "four hundred homes" in asked
    chosen = {"file": "0", "sheet-shown": "Part 1", "column-sheet": "Part 2", "column-text": "Of part 1 alone"}
    assert say(editor, address, "format", chosen).status_code == 303
    assert "2 said by somebody" in editor.get(address).text
    assert "Sheet: Part 2." in editor.get(f"{address}/format").text
    assert "buses at night" in editor.get(f"{address}/source").text


def test_the_preview_tells_minutes_and_how_many_have_a_name(small: Desk) -> None:
    cues = "00:00:00.000 --> 00:40:00.000\n<v Ida Berg>We will build.\n\n00:40:00.000 --> 00:52:00.000\nMore homes."
    address = begun(small.editor(), f"WEBVTT\n\n{cues}\n", "evening.vtt")
    seen = small.editor("Oscar Other").get(address).text
    assert "52 minutes of speech, 40 of them under a name" in seen


def test_every_format_has_a_name_people_know() -> None:
    assert set(imports.FORMAT_NAMES) == {known.NAME for known in formats.FORMATS}


def test_two_people_edit_one_draft(small: Desk) -> None:
    """The second one keeps what was typed, and is told."""
    edith, other = small.editor(), small.editor("Oscar Other")
    address = begun(edith)
    seen = version(edith, address)
    assert edith.post(f"{address}/event", {"version": seen, **EVENT}).status_code == 303
    late = other.post(f"{address}/event", {"version": seen, **EVENT, "title": "Another title"})
    assert late.status_code == 409 and "Somebody else changed this import" in late.text and "Another title" in late.text
    assert "Evening on Rose Street" in edith.get(address).text
    assert other.post(f"{address}/skip", {"version": seen}).status_code == 409


def test_wrong_answers_stay_typed(small: Desk) -> None:
    editor = small.editor()
    address = begun(editor)
    wrong = {
        "title": "T",
        "day": "8 September",
        "zone": "Mars/Olympus",
        "videos": "javascript:alert(1)",
        "kind": "party",
    }
    answer = say(editor, address, "event", wrong)
    assert answer.status_code == 422
    for words in ("A date looks like", "Time zones look like", "is no address of a recording", "Mars/Olympus"):
        assert words in answer.text, words
    with small.database.write() as session:
        add_person(session, "Ida Berg")
    voices = editor.get(f"{address}/voices").text
    n = next(n for n, label in re.findall(r'name="label-(\d)" value="([^"]+)"', voices) if "BERG" in label)
    typed = {f"label-{n}": "IDA BERG", f"who-{n}": "new", f"name-{n}": "ida berg"}
    known = say(editor, address, "voices", typed)
    assert known.status_code == 422 and "We know somebody called Ida Berg (ida-berg)" in known.text
    nobody = say(editor, address, "voices", {f"label-{n}": "IDA BERG", f"who-{n}": "other", f"slug-{n}": "No One"})
    assert nobody.status_code == 422 and "We know nobody of this name" in nobody.text


def test_several_people_under_one_label_and_a_voice_left_open(desk: Desk) -> None:
    editor = desk.editor()
    text = EVENING.replace("TOM VALE:", "AUDIENCE MEMBER:").replace("VALE:", "AUDIENCE MEMBER:")
    address = begun(editor, text)
    say(editor, address, "event", {**EVENT, "people": "Ida Berg"})
    said = {"label-0": "AUDIENCE MEMBER", "who-0": "several", "label-1": "IDA BERG", "who-1": "nobody"}
    assert say(editor, address, "voices", said).status_code == 303
    assert "Stored." in stored(desk, editor, address)
    with desk.database.read() as session:
        shared = session.exec(select(SpeakerLabel.label).where(SpeakerLabel.several)).all()
        linked = session.exec(select(Speaker.name).where(col(Speaker.person_id).is_not(None))).all()
        printed = set(session.exec(select(Turn.label).where(Turn.kind == "speech")))
    assert shared == ["AUDIENCE MEMBER"] and linked == []
    assert "AUDIENCE MEMBER" in printed


def test_a_corrected_file_shows_what_it_would_change(desk: Desk) -> None:
    """The plan first, with the difference in words; then it is carried out, and every key lives on."""
    editor = desk.editor()
    first = begun(editor)
    say(editor, first, "event", EVENT)
    stored(desk, editor, first)
    with desk.database.read() as session:
        before = set(session.exec(select(Turn.key)))
    corrected = EVENING.replace("four hundred", "five hundred").replace(
        "BERG: The sale of the old depot", "BERG: A tax"
    )
    second = begun(editor, corrected, "corrected.txt")
    assert "Most of these words are held at evening-on-rose-street-2026" in editor.get(second).text
    say(editor, second, "event", {"forum": "evening-on-rose-street-2026"})
    assert "2 worded anew" in editor.get(second).text
    changes = editor.get(f"{second}/changes").text
    assert "<del>four</del> <ins>five</ins>" in changes
    assert "2 worded anew" in stored(desk, editor, second)
    with desk.database.read() as session:
        assert set(session.exec(select(Turn.key))) == before
        assert [row.revision for row in session.exec(select(Record).order_by(Record.id))] == [1, 2]


def test_another_transcript_beside_and_one_that_shares_little(small: Desk) -> None:
    editor = small.editor()
    first = begun(editor)
    say(editor, first, "event", EVENT)
    stored(small, editor, first)
    other = "MARA QUILL: Quite another evening.\n\nIDA BERG: With words that nobody said before, about a bridge.\n"
    held = {"forum": "evening-on-rose-street-2026"}
    stranger = begun(editor, other, "other.txt")
    say(editor, stranger, "event", held)
    assert "This file holds only" in editor.get(stranger).text
    assert "It was not stored, and nothing was changed." in stored(small, editor, stranger)
    say(editor, stranger, "event", {**held, "beside": "1"})
    assert "Stored." in stored(small, editor, stranger)
    report = begun(editor, REPORT, "report.txt")
    say(editor, report, "event", held)
    stored(small, editor, report)
    with small.database.read() as session:
        records = session.exec(select(Record).order_by(Record.id)).all()
    assert [(row.revision, row.is_published) for row in records] == [(1, True), (1, False), (1, False)]


def test_a_further_part_joins_those_we_hold(desk: Desk) -> None:
    """The files held come before the new one; nothing that was held changes, every key lives on."""
    editor = desk.editor()
    first = begun(editor)
    nothing = editor.post(f"{first}/parts", {"version": version(editor, first)})
    assert nothing.status_code == 422 and "Say first which of the events we hold this is." in nothing.text
    say(editor, first, "event", EVENT)
    stored(desk, editor, first)
    with desk.database.read() as session:
        before = dict(session.exec(select(Turn.key, Turn.text)).all())
    second = begun(
        editor, "MARA QUILL: Welcome back.\n\nIDA BERG: We were at the buses. Night lines it is.\n", "two.txt"
    )
    say(editor, second, "event", {"forum": "evening-on-rose-street-2026"})
    assert editor.post(f"{second}/parts", {"version": version(editor, second)}).status_code == 303
    page = editor.get(second).text
    assert "evening.txt, two.txt" in page and "2 here for the first time" in page and "7 as before" in page
    again = editor.post(f"{second}/parts", {"version": version(editor, second)})
    assert again.status_code == 422 and "among these already" in again.text
    assert "2 here for the first time" in stored(desk, editor, second)
    with desk.database.read() as session:
        after = {turn.key: (turn.text, turn.part) for turn in session.exec(select(Turn))}
    assert {key: text for key, (text, part) in after.items() if part == 0} == before
    assert sum(part == 1 for _, part in after.values()) == 2


def test_the_same_event_is_pointed_out(small: Desk) -> None:
    with small.database.write() as session:
        add_forum(session, title_en="Evening at Rose Street")
    editor = small.editor()
    address = begun(editor, "MARA QUILL: Good evening.\n\nIDA BERG: Other words altogether.\n")
    say(editor, address, "event", {**EVENT, "day": "2026-09-09"})
    assert "These may be the same event:" in editor.get(address).text


def test_drafts_survive_a_restart_and_can_be_thrown_away(home: Site) -> None:
    before = desk_on(home)
    account = before.account("Edith Editor", "editor")
    address = begun(before.signed_in(account))
    before.database.dispose()
    after = desk_on(home)
    editor = after.signed_in(account)
    assert "evening.txt" in editor.get("/desk/imports").text and "7 said by somebody" in editor.get(address).text
    assert say(editor, address, "skip", {}).status_code == 303
    assert editor.get(address).status_code == 404
    with after.database.read() as session:
        assert session.exec(select(ImportFile)).all() == []
    after.database.dispose()


def test_cancelled_before_and_while_it_is_stored(desk: Desk) -> None:
    editor = desk.editor()
    address = begun(editor)
    key = address.rpartition("/")[2]
    say(editor, address, "event", EVENT)
    say(editor, address, "store", {})
    assert editor.post(f"{address}/event", {"version": "9", **EVENT}).status_code == 409
    assert editor.post(f"{address}/cancel").status_code == 303
    assert not carrying.carry_out(desk.database, config(desk))
    assert "Cancelled; nothing was changed" in editor.get(address).text
    say(editor, address, "store", {})
    Progress(config(desk), key).stop()
    assert carrying.carry_out(desk.database, config(desk))
    with desk.database.read() as session:
        assert drafts.get(session, key).state == "cancelled"
        assert session.exec(select(Forum)).all() == [] and session.exec(select(Turn)).all() == []
    assert "Stored." in stored(desk, editor, address)
    late = editor.post(f"{address}/cancel")
    assert late.status_code == 409 and "It was stored before this came" in late.text


def test_what_fails_says_why_and_can_be_put_right(small: Desk) -> None:
    editor = small.editor()
    address = begun(editor)
    say(editor, address, "event", {**EVENT, "videos": "https://video.example/a\nhttps://video.example/b"})
    page = stored(small, editor, address)
    assert "It was not stored, and nothing was changed." in page and "parts of a recording" in page
    with small.database.read() as session:
        assert session.exec(select(Forum)).all() == []
    say(editor, address, "event", EVENT)
    assert "Stored." in stored(small, editor, address)


WORKER = """
import sys, threading
from tracker.config import Config
from tracker.db import Database
from tracker.imports import carrying
config = Config.from_env()
steps = []
def slow(name, known=carrying.Progress.step):
    def step(self, what):
        known(self, what)
        if what == name:
            print("here", flush=True)
            threading.Event().wait()
    return step
carrying.Progress.step = slow(sys.argv[1])
carrying.carry_out(Database(config.database_url), config)
"""


def test_a_worker_killed_while_it_stores_leaves_nothing_half(home: Site) -> None:
    """kill -9 at each step: nothing is stored, the draft is taken up again, and given back after three times."""
    desk = desk_on(home)
    editor = desk.editor()
    address = begun(editor)
    say(editor, address, "event", EVENT)
    say(editor, address, "store", {})
    environment = {"TRACKER_HOME": str(home.home), "TRACKER_DATABASE_URL": home.url, "PATH": ""}
    for step in ("write", "topics", "commit"):
        worker = subprocess.Popen(
            [sys.executable, "-c", WORKER, step], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        )
        assert worker.stdout is not None and worker.stdout.readline() == "here\n"
        page = editor.get(address).text
        assert "Is being stored" in page and 'hx-trigger="every 1s"' in page
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        worker.stdout.close()
        with desk.database.read() as session:
            assert session.exec(select(Forum)).all() == [] and session.exec(select(Turn)).all() == []
    assert carrying.carry_out(desk.database, config(desk))
    assert "Storing was broken off three times" in editor.get(address).text
    assert "Stored." in stored(desk, editor, address)
    desk.database.dispose()


def test_progress_is_a_fragment_that_ends(small: Desk) -> None:
    editor = small.editor()
    address = begun(editor)
    say(editor, address, "event", EVENT)
    say(editor, address, "store", {})
    asked = {"HX-Request": "true"}
    part = editor.get(f"{address}/progress", **asked).text
    assert 'id="progress"' in part and "<html" not in part and "every 1s" in part
    assert "<html" in editor.get(f"{address}/progress").text
    carrying.carry_out(small.database, config(small))
    assert "Search is still learning it" in editor.get(f"{address}/progress", **asked).text


def test_pages_of_an_import_answer_in_spanish_and_with_few_statements(small: Desk) -> None:
    editor = small.editor()
    address = begun(editor)
    made: list[str] = []
    event.listen(
        small.database.reader, "before_cursor_execute", lambda c, k, statement, p, x, m: made.append(statement)
    )
    for path in ("", "/event", "/voices", "/changes", "/format", "/source"):
        made.clear()
        answer = editor.get(f"/es{address}{path}")
        assert answer.status_code == 200 and '<html lang="es">' in answer.text, path
        assert len(made) <= 24, (path, len(made))
    assert editor.get("/es/desk/imports").status_code == 200
