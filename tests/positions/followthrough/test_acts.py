"""Laws and decisions as a file says them, and what depends on each."""

import pytest
from sqlmodel import select

from positions.entries import KINDS
from positions.followthrough.models.programs import Program
from positions.followthrough.queries import acts, answering
from positions.load_document import BadEntry
from tests.positions.followthrough.test_programs import PROGRAMS
from tests.positions.town import load_text
from tracker.db import Database
from transcripts.errors import NotFound

ACTS = (
    PROGRAMS
    + """\
acts:
  - slug: bus-law
    title: {en: A law on buses, es: Una ley sobre autobuses}
    level: state
    body: The legislature
    result: failed
    decided_on: 2026
    number: HB 7
    summary: {en: It would have paid for them., es: Los habría pagado.}
    cited: {forum: town-2026, source: ledger}
    links:
      - {statement: town-buses, person: ana-reyes, note: {en: She counted on it., es: Contaba con ella.}}
      - {statement: town-buses}
      - {program: town-door}
  - slug: camera-order
    title: {en: An order on cameras}
    level: federal
    body: The president
    result: passed
    summary: {en: No day is named.}
    cited: {forum: town-2026, source: ledger}
"""
)


def test_a_law_is_brought_once_with_what_depends_on_it(database: Database) -> None:
    assert load_text(database, ACTS).added["laws and decisions"] == 2
    assert load_text(database, ACTS).nothing
    with database.read() as session:
        assert [act.slug for act in acts.every(session)] == ["bus-law", "camera-order"]
        law = acts.one(session, "bus-law")
        assert law.ground is not None
        first, second, third = law.links
        assert (first.person, second.person) == (("ana-reyes", "Ana Reyes"), None)
        assert first.race is not None
        assert third.program is not None
        program = session.exec(select(Program.id).where(Program.slug == "town-door")).one() or 0
        assert [one.act.slug for one in acts.of_program(session, program)] == ["bus-law"]
        assert acts.of_commitment(session, 1) == ()
        found = answering.of_race(session, "town-mayor-2026").conditions
        assert set(found) == {("town-buses", "ana-reyes"), ("town-buses", None)}
        with pytest.raises(NotFound):
            acts.one(session, "no-such")


def test_a_form_writes_a_law_like_a_file(database: Database) -> None:
    load_text(database, ACTS)
    kind = KINDS["act"]
    with database.write() as session:
        doc = kind.read(session, "bus-law")
        assert doc is not None
        kind.write(session, "bus-law", doc)
        assert kind.read(session, "bus-law") == doc
        kind.write(session, "bus-law", {**doc, "links": []})
        assert acts.one(session, "bus-law").links == ()
        kind.remove(session, "bus-law")
        assert kind.read(session, "bus-law") is None
    for change, raised in (
        ({"links": [{"statement": "town-buses", "person": "mo-clark"}]}, NotFound),
        ({"links": [{"program": "no-such"}]}, NotFound),
        ({"links": [{"program": "town-door", "statement": "town-buses"}]}, BadEntry),
        ({"cited": None}, BadEntry),
    ):
        with pytest.raises(raised), database.write() as session:
            kind.write(session, "bus-law", {**doc, **change})
