"""The queues of the desk: who voices are, which topics are spoken of; each decision public or kept, and taken back."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from sqlmodel import col, select
from werkzeug.test import Client
from werkzeug.wrappers import Request, Response

from positions.models import Tag, Topic
from positions.topic_tree import curated
from positions.topics import load_tree
from tests.tracker.calling import site
from tests.tracker.desk import Desk, Visitor, desk_on
from tests.transcripts.records import add_person, stored, turn_saying
from tracker import reasons
from tracker.i18n import LanguagePrefix
from transcripts.models import PersonAlias, Speaker
from transcripts.queries import attributions, unmatched
from transcripts.voices import KnownPerson, fold_labels, match, resemblance

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = desk_on(site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}"))
    stored(desk.database)
    with desk.database.write() as session:
        for name in ("Thomas Vale", "Ida Berk", "Nora Quill"):
            add_person(session, name)
    yield desk
    desk.database.dispose()


@pytest.fixture
def editor(desk: Desk) -> Visitor:
    return desk.editor()


def voice(desk: Desk, name: str) -> Speaker:
    with desk.database.read() as session:
        return session.exec(select(Speaker).where(Speaker.name == name)).one()


def in_spanish(sentence: str) -> str:
    """A reason as a Spanish page prints it."""

    @Request.application
    def page(_: Request) -> Response:
        return Response(reasons.voice_reason(sentence))

    return Client(LanguagePrefix(page, "en")).get("/es/").text


def waiting(desk: Desk, **which: bool) -> set[str]:
    with desk.database.read() as session:
        return {one.name for one in unmatched.queue(session, **which).voices}


def last_change(desk: Desk) -> int:
    with desk.database.read() as session:
        return attributions.latest(session, 1)[0].id


def test_the_queue_shows_words_and_reasons_in_both_languages(editor: Visitor) -> None:
    english, spanish = editor.get("/desk/voices").text, editor.get("/es/desk/voices").text
    assert "Thomas Vale" in english and "The same surname, first name or initials." in english
    assert "I would freeze rents" in english and "Evening on Rose Street" in english
    assert "El mismo apellido, nombre de pila o iniciales." in spanish and "The same surname" not in spanish
    assert "TOM VALE" in editor.get("/desk/voices?forum=rose-street").text
    assert editor.get("/desk/voices?forum=nowhere&page=x&open=").status_code == 200


def test_a_suggestion_is_chosen_in_public_and_taken_back(desk: Desk, editor: Visitor) -> None:
    vale = voice(desk, "TOM VALE")
    sent = {"version": 0, "back": 1, "person": "thomas-vale", "next": 2, "page": 1}
    answer = editor.post(f"/desk/voices/{vale.id}/link", sent)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk/voices?page=1#v-2")
    assert "TOM VALE" not in waiting(desk)
    reader = desk.nobody()
    for page in ("/corrections", "/es/corrections"):
        assert "Thomas Vale" in reader.get(page).text
    assert "The same surname" in reader.get("/corrections").text
    (entry,) = ElementTree.fromstring(reader.get("/corrections.atom").data).findall(f"{ATOM}entry")
    assert "Thomas Vale" in (entry.findtext(f"{ATOM}summary") or "")
    late = editor.post(f"/desk/voices/{vale.id}/link", {**sent, "person": "nora-quill", "why": "my careful reason"})
    assert late.status_code == 409
    again = editor.post(f"/desk/voices/changes/{last_change(desk)}/undo", {"why": "It was another Vale"})
    assert again.status_code == 303 and editor.get(again.headers["Location"]).status_code == 200
    assert "TOM VALE" in waiting(desk)
    assert "It was another Vale" in reader.get("/corrections").text


def test_ticked_voices_are_linked_together_or_not_at_all(desk: Desk, editor: Visitor) -> None:
    vale, quill = voice(desk, "TOM VALE"), voice(desk, "MARA QUILL")
    ticks = [f"{vale.id}:0:thomas-vale", f"{quill.id}:0:nora-quill"]
    assert editor.post("/desk/voices/link", {"voice": [ticks[0], f"{quill.id}:7:nora-quill"]}).status_code == 409
    assert editor.post("/desk/voices/link", {"voice": [ticks[0], "99999:0:nora-quill"]}).status_code == 422
    assert editor.post("/desk/voices/link", {"voice": ["x:y:z"]}).status_code == 422
    assert editor.post("/desk/voices/link", {}).status_code == 422
    assert {"TOM VALE", "MARA QUILL"} <= waiting(desk)
    assert editor.post("/desk/voices/link", {"voice": ticks}).status_code == 303
    assert not {"TOM VALE", "MARA QUILL"} & waiting(desk)


def test_a_voice_is_somebody_new_a_known_name_is_asked_about(desk: Desk, editor: Visitor) -> None:
    vale = voice(desk, "TOM VALE")
    known = editor.post(f"/desk/voices/{vale.id}/new", {"version": 0, "name": "Thomas Vale"})
    assert known.status_code == 422 and "known already" in known.text
    made = editor.post(
        f"/desk/voices/{vale.id}/new", {"version": 0, "name": "Thomas Vale", "another": 1, "why": "Heard"}
    )
    assert made.status_code == 303
    assert "thomas-vale-2" in editor.get("/desk/people?q=vale").text
    assert "Heard" in desk.nobody().get("/corrections").text


def test_several_people_left_open_roles_and_what_cannot_be_done(desk: Desk, editor: Visitor) -> None:
    vale, quill = voice(desk, "TOM VALE"), voice(desk, "MARA QUILL")
    several = {"version": 0, "label": "TOM VALE", "back": 1}
    assert editor.post(f"/desk/voices/{vale.id}/several", several).status_code == 303
    assert editor.post(f"/desk/voices/{quill.id}/open", {"version": 0, "back": 1}).status_code == 303
    assert "MARA QUILL" not in waiting(desk) and waiting(desk, left_open=True) == {"MARA QUILL"}
    assert "MARA QUILL" in editor.get("/desk/voices?open=1").text
    opened = last_change(desk)
    role = {"version": opened, "role": "official"}
    assert editor.post(f"/desk/voices/{quill.id}/role", role).status_code == 303
    assert voice(desk, "MARA QUILL").role == "official" and waiting(desk, left_open=True) == {"MARA QUILL"}
    assert editor.post(f"/desk/voices/changes/{opened}/undo", {"why": "We know her"}).status_code == 303
    assert "MARA QUILL" in waiting(desk)
    assert editor.post(f"/desk/voices/{quill.id}/dance", {"version": 0}).status_code == 422
    assert (
        editor.post(f"/desk/voices/{quill.id}/role", {"version": last_change(desk), "role": "king"}).status_code == 422
    )


def test_the_page_of_a_voice_finds_people_by_name(desk: Desk, editor: Visitor) -> None:
    vale = voice(desk, "TOM VALE")
    for prefix in ("", "/es"):
        assert "Berk" in editor.get(f"{prefix}/desk/voices/{vale.id}?q=berk").text
    assert editor.post(f"/desk/voices/{vale.id}/link", {"version": 0, "person": "ida-berk"}).status_code == 303
    shown = editor.get(f"/desk/voices/{vale.id}").text
    assert "Linked to Ida Berk" in shown and "This is not Ida Berk" in shown
    gone = {"version": last_change(desk), "why": "Another voice"}
    assert editor.post(f"/desk/voices/{vale.id}/unlink", gone).status_code == 303
    with desk.database.read() as session:
        assert session.exec(select(PersonAlias).where(PersonAlias.alias == "TOM VALE")).all() == []


@pytest.mark.parametrize("names", [("Thomas Vale", "Ida Berk"), ("TOM VALE", "Vale, Ann"), ("Tomas Valle", "Vale")])
def test_every_reason_the_record_gives_is_a_sentence_with_a_translation(names: tuple[str, str]) -> None:
    labels = ["TOM VALE", "VALE", "Mr. Stokes", "Ms. Stokes", "MODERATOR", "Audience and students", "IDA BERG (?)"]
    people = [KnownPerson(name, name) for name in names]
    told = [resemblance(voice, one) for voice in fold_labels(labels) for one in people]
    told += [match(voice, people).why for voice in fold_labels(labels)]
    assert [sentence for sentence in told if in_spanish(sentence) == sentence] == []
    assert in_spanish("My own words") == "My own words"


def tagged(desk: Desk, words: str, topic: str, weight: float = 0.7) -> int:
    """A topic suggested for the turn that holds these words; returns the tag."""
    turn = turn_saying(desk.database, words)
    with desk.database.write() as session:
        load_tree(session, curated())
        topic_id = session.exec(select(Topic.id).where(Topic.slug == topic)).one()
        tag = Tag(turn_id=turn.id or 0, topic_id=topic_id or 0, reason="said “rents”", weight=weight)
        session.add(tag)
        session.flush()
        return tag.id or 0


def topics_of(desk: Desk, words: str) -> dict[str, str]:
    turn = turn_saying(desk.database, words)
    with desk.database.read() as session:
        rows = session.exec(
            select(Topic.slug, Tag.status).join(Tag, col(Tag.topic_id) == col(Topic.id)).where(Tag.turn_id == turn.id)
        )
        return dict(rows.all())


def test_suggested_topics_are_shown_with_words_and_reasons_and_narrowed(desk: Desk, editor: Visitor) -> None:
    tagged(desk, "freeze rents", "housing")
    tagged(desk, "run at night, every night", "transit", 0.95)
    english, spanish = editor.get("/desk/tags").text, editor.get("/es/desk/tags").text
    assert "I would freeze rents" in english and "Suggested because it said “rents”" in english
    assert "Sugerido porque dijo “rents”" in spanish and "70 de 100" in spanish
    narrowed = editor.get("/desk/tags?topic=housing&forum=rose-street&likely=likely").text
    assert "freeze rents" in narrowed and "every night" not in narrowed
    assert "every night" in editor.get("/desk/tags?likely=very").text
    assert "freeze rents" not in editor.get("/desk/tags?forum=nowhere&likely=x&page=z").text


def test_topics_are_confirmed_rejected_moved_and_taken_back(desk: Desk, editor: Visitor) -> None:
    housing, buses = tagged(desk, "freeze rents", "housing"), tagged(desk, "run at night, every night", "transit")
    answer = editor.post("/desk/tags", {"tag": [housing, buses], "act": "confirm", "which_topic": "housing", "next": 9})
    assert answer.headers["Location"] == "/desk/tags?topic=housing&page=1#tag-9"
    assert topics_of(desk, "freeze rents") == {"housing": "confirmed"}
    late = editor.post("/desk/tags", {"tag": housing, "act": "reject"})
    assert late.status_code == 409 and topics_of(desk, "freeze rents") == {"housing": "confirmed"}
    told = editor.get("/desk/tags/history").text
    (act,) = set(re.findall(r"/desk/tags/undo/(\w+)", told))
    assert "Edith Editor" in told and editor.post(f"/desk/tags/undo/{act}").status_code == 303
    assert topics_of(desk, "run at night, every night") == {"transit": "suggested"}
    assert editor.post(f"/desk/tags/undo/{act}").status_code == 409
    moved = editor.post("/desk/tags", {"tag": housing, "act": "move", "to": "transit"})
    assert moved.status_code == 303
    assert topics_of(desk, "freeze rents") == {"housing": "rejected", "transit": "confirmed"}
    for wrong in ({}, {"act": "move"}, {"act": "dance", "tag": buses}, {"act": "move", "tag": buses, "to": "transit"}):
        assert editor.post("/desk/tags", wrong).status_code == 422


def test_other_names_are_listed_added_and_removed(desk: Desk, editor: Visitor) -> None:
    sent = {"person": "ida-berk", "alias": "Councilor B.", "forum": "rose-street", "valid_from": "2026-01-01"}
    assert editor.post("/desk/aliases", sent).status_code == 303
    for prefix in ("", "/es"):
        assert "Councilor B." in editor.get(f"{prefix}/desk/aliases?q=berk").text
    assert "Councilor B." not in editor.get("/desk/aliases?q=quill").text
    assert editor.post("/desk/aliases", {**sent, "person": "nobody"}).status_code == 422
    with desk.database.read() as session:
        (row,) = session.exec(select(PersonAlias)).all()
    assert editor.post(f"/desk/aliases/{row.id}/remove").status_code == 303
    assert "Councilor B." not in editor.get("/desk/aliases").text
    (act, *_) = re.findall(r"/desk/undo/(\w+)", editor.get("/desk/changes").text)
    assert editor.post(f"/desk/undo/{act}").status_code == 303
    assert "Councilor B." in editor.get("/desk/aliases").text
