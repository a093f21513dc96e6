"""Readers ask about programs and what is told of them, as they report words: the same form, the same queue, the same public answer.

Row of seeds.md: "contact form" (question, correction).
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session, select

from positions.entries import KINDS
from positions.followthrough.models.acts import ExternalAct
from positions.followthrough.models.commitments import Commitment
from positions.followthrough.models.documents import Document
from positions.followthrough.models.figures import Indicator
from positions.followthrough.models.programs import Program
from positions.followthrough.queries import named
from tests.positions.followthrough import bridge
from tests.tracker.calling import site
from tests.tracker.desk import Desk, Visitor, desk_on
from transcripts.desk_models import SUBJECTS, Report
from transcripts.errors import Conflict, NotFound
from transcripts.models import Organisation

ASKED = "Who pays for the crossing after May?"
DEEDS = {"program": "bridge", "commitment": "open-it", "figure": "crossings", "document": "paper", "act": "toll-law"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = desk_on(site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}"))
    with desk.database.write() as session:
        store(session)
    yield desk
    desk.database.dispose()


def store(session: Session) -> None:
    program = bridge.store(session)
    paper = session.exec(select(Document.id).where(Document.slug == "paper")).one()
    on = {"document_id": paper, "program_id": program}
    body = Organisation(slug="city", name="The City")
    session.add(body)
    session.flush()
    said = {
        "said_on": date(2026, 3, 1),
        "organisation_id": body.id,
        "origin_kind": "source_summary",
        "origin_en": "Invented.",
    }
    session.add(Commitment(slug="open-it", kind="promise", title_en="Open it", **said, **on))
    session.add(Indicator(slug="crossings", name_en="Crossings", kind="period", unit_en="people", **on))
    law = {"level": "state", "body": "Invented", "result": "failed", "summary_en": "Invented."}
    session.add(ExternalAct(slug="toll-law", title_en="The toll law", document_id=paper, **law))
    session.flush()


def sent(reader: Visitor, address: str, **more: str) -> str:
    """A question sent from the form of an address; where its receipt is."""
    (secret,) = re.findall(r'name="secret" value="([^"]+)"', reader.get(address).text)
    answer = reader.post(address, {"secret": secret, "kind": "question", "text": ASKED, **more})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def test_whatever_readers_can_ask_about_stands_in_one_list() -> None:
    assert set(named.KINDS) == set(DEEDS) == set(SUBJECTS) - {"turn", "position", "tag", "translation"}


@pytest.mark.parametrize("kind", DEEDS)
def test_a_question_is_asked_answered_and_read(desk: Desk, kind: str) -> None:
    reader, editor = desk.nobody(), desk.editor()
    with desk.database.read() as session:
        one = named.by_slug(session, kind, DEEDS[kind])
    form = reader.get(f"/report?{kind}={one.slug}").text
    assert (
        one.title.en in form and one.path in form and "A date, a figure" in form and "Somebody else said it" not in form
    )
    receipt = sent(reader, f"/report?{kind}={one.slug}")
    assert one.title.en in reader.get(receipt).text and ASKED not in reader.get(receipt).text
    queue = editor.get("/desk/reports").text
    assert ASKED in queue and one.title.en in queue
    at = "/desk/reports/1"
    assert "Begin with what was asked" in editor.get(at).text
    said = {"version": "1", "decision": "accept", "reason": "Who pays? The city, until May 2027."}
    assert editor.post(f"{at}/decide", said).status_code == 303
    public = reader.get("/reports").text
    assert "Answered" in public and "until May 2027" in public and "Why:" not in public and one.path in public
    assert "tengo una pregunta" in reader.get("/es/reports").text


def test_words_are_asked_about_too_and_of_each_only_what_fits(desk: Desk) -> None:
    reader = desk.nobody()
    address = "/report?program=bridge"
    (secret,) = re.findall(r'name="secret" value="([^"]+)"', reader.get(address).text)
    answer = reader.post(address, {"secret": secret, "kind": "wrong_person", "text": ASKED})
    assert answer.status_code == 422 and ASKED in answer.text
    assert reader.get("/report?program=nowhere").status_code == 404
    assert reader.get("/report?figure=bridge").status_code == 404


def test_what_was_asked_about_stays(desk: Desk) -> None:
    """Its number is never another's: the answer goes on saying what it is about."""
    sent(desk.nobody(), "/report?commitment=open-it")
    with pytest.raises(Conflict, match="readers asked about it"), desk.database.write() as session:
        KINDS["commitment"].remove(session, "open-it")
    sent(desk.nobody(), "/report?program=bare")
    with pytest.raises(Conflict, match="readers asked about it"), desk.database.write() as session:
        KINDS["program"].remove(session, "bare")
    with desk.database.read() as session:
        assert session.exec(select(Program.id).where(Program.slug == "bare")).one()
        assert len(session.exec(select(Report.id)).all()) == 2
        with pytest.raises(NotFound):
            named.by_slug(session, "act", "bridge")
