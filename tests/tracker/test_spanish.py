"""What a Spanish reader is told where something cannot be done: in Spanish, in every room, with the values as they are."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from tests.tracker.calling import site
from tests.tracker.desk import Desk, Visitor, desk_on
from tests.transcripts.records import EVENING, stored, turn_saying
from tracker.imports.models import ImportFile

UNCLOSED = "speaker,text,start\n" + "".join(f"Mo,Words {n},0:{n}\n" for n in range(10, 20)) + 'Jo,"open,0:30\n'


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder: Path = tmp_path_factory.mktemp("spanish")
    desk = desk_on(site(folder, f"sqlite:///{folder / 'tracker.db'}"))
    stored(desk.database)
    yield desk
    desk.database.dispose()


@pytest.fixture(scope="module")
def editor(desk: Desk) -> Visitor:
    return desk.editor()


def upload(editor: Visitor, data: bytes, name: str) -> tuple[int, str, str]:
    answer = editor.post("/es/desk/imports", {"files": [(io.BytesIO(data), name)]})
    return answer.status_code, answer.text, answer.headers.get("Location", "")


def test_words_that_stand_there(desk: Desk, editor: Visitor) -> None:
    turn = turn_saying(desk.database, "freeze rents")
    sent = {"version": turn.version, "why": "Se oye así", "text": turn.text}
    answer = editor.post(f"/es/desk/turns/{turn.key}/words", sent)
    assert (answer.status_code, "Esas son las palabras que ya tiene." in answer.text) == (422, True)
    late = editor.post(f"/es/desk/turns/{turn.key}/words", sent | {"version": 7})
    assert "usted vio la versión 7, esta es la versión 1." in late.text


def test_what_is_not_held_is_told_with_its_name_braces_and_all(desk: Desk, editor: Visitor) -> None:
    nowhere = desk.nobody().get("/es/forums/{slug}-%(n)s-{0}")
    assert (nowhere.status_code, "No hay ningún foro “{slug}-%(n)s-{0}”." in nowhere.text) == (404, True)
    assert "Aquí no hay nada con el nombre “nope” (elección)" in editor.get("/es/desk/races/nope").text
    assert "There is no forum “nope”." in desk.nobody().get("/forums/nope").text


def test_a_file_that_is_no_transcript(editor: Visitor) -> None:
    status, text, _ = upload(editor, b"SQLite format 3\0" + b"\1" * 64, "{town}.txt")
    assert (status, "{town}.txt: Esto es una base de datos." in text) == (422, True)


def test_a_file_whose_reader_refuses_a_line(desk: Desk, editor: Visitor) -> None:
    status, _, address = upload(editor, UNCLOSED.encode(), "table.csv")
    assert status == 303
    assert "las comillas de esta fila no se cierran" in editor.get(address).text
    assert "the quotation marks of this row do not close" in editor.get(address.removeprefix("/es")).text


def test_a_refusal_kept_before_messages_were_kept_whole_is_shown_as_it_was(desk: Desk, editor: Visitor) -> None:
    _, _, address = upload(editor, UNCLOSED.encode(), "older.csv")
    with desk.database.write() as session:
        file = session.exec(select(ImportFile).where(ImportFile.filename == "older.csv")).one()
        file.refusal = "This file was {odd}."
        session.add(file)
    assert "This file was {odd}." in editor.get(address).text


def test_fields_of_a_form_and_the_form_itself(editor: Visitor) -> None:
    answer = editor.post("/es/desk/forums/new", {"title_en": "", "day": "soon"})
    assert answer.status_code == 422
    assert "Some fields need another look" not in answer.text and "Revise algunos campos" in answer.text


def test_a_password_that_is_too_short(editor: Visitor) -> None:
    answer = editor.post("/es/account/password", {"present": "wrong", "password": "x"})
    assert answer.status_code == 422 and "contraseña actual no es correcta" in answer.text


def test_what_a_reader_found_in_a_file(editor: Visitor) -> None:
    table = "speaker,text,start\n" + "".join(f"Mo,Words {n} about the harbor,0:{n}\n" for n in (30, 20, 10, 40))
    _, _, address = upload(editor, table.encode(), "back.csv")
    shown = editor.get(address).text
    assert "Aquí los tiempos van hacia atrás, y 1 veces más. Se mantuvo el orden del archivo." in shown
    assert "Times go back here, and 1 times more." in editor.get(address.removeprefix("/es")).text


def test_what_an_older_version_kept_of_a_file_is_asked_for_again(desk: Desk, editor: Visitor) -> None:
    _, _, address = upload(editor, b"speaker,text\nMo,Trams for all of us\nJo,Buses are cheaper\n", "kept.csv")
    with desk.database.write() as session:
        file = session.exec(select(ImportFile).where(ImportFile.filename == "kept.csv")).one()
        record = json.loads(file.record or "")
        record["problems"] = [{"line": 1, "severity": "info", "message": "A sentence."}]
        file.record = json.dumps(record)
        session.add(file)
    assert "Ahora leemos mejor este formato: elíjalo de nuevo." in editor.get(address).text


def test_what_a_corrected_file_changed(desk: Desk) -> None:
    stored(desk.database, EVENING.replace("freeze rents", "freeze all rents"), filename="a{b}.txt")
    reader = desk.nobody()
    assert "Así lo dice el archivo a{b}.txt." in reader.get("/es/corrections").text
    assert "The file a{b}.txt says so." in reader.get("/corrections").text
