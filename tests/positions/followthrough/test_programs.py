"""A program as a file says it: whole with its parts, the same again, and what it no longer names goes unless something rests on it."""

from datetime import date

import pytest
from sqlmodel import Session, select

from positions.entries import KINDS, Doc
from positions.followthrough.models.designs import FidelityCriterion, ProgramModel
from positions.followthrough.models.findings import CityReply, FidelityFinding
from positions.followthrough.models.programs import Concern, Program, ProgramBody, ProgramEvent
from positions.load_document import BadEntry
from tests.positions.town import TOWN, load_text
from tracker.db import Database
from transcripts.errors import BadFile, Conflict, NotFound, Refusal

PROGRAMS = (
    TOWN
    + """\
models:
  - slug: open-door
    name: {en: Open Door, es: Puerta Abierta}
    summary: {en: Help before a cell., es: Ayuda antes que una celda.}
    place: Upriver
    fictional: true
    bodies:
      - {organisation: town-league, role: designed, since: 2019-03}
    criteria:
      - slug: no-abstinence
        text: {en: Nobody must stop using first., es: Nadie tiene que dejar de consumir antes.}
        cited: {forum: town-2026, source: ledger, place: page 2}
      - slug: beds
        text: {en: There are beds enough.}
        core: false
        cited: {forum: town-2026, source: ledger}
programs:
  - slug: town-door
    name: {en: The town's door, es: La puerta del pueblo}
    model: open-door
    topic: diversion
    place: Town
    zone: America/New_York
    stage: pilot
    began: 2025-11-03
    summary: {en: A pilot., es: Un piloto.}
    fictional: true
    maintained_by: The Ledger
    interest: {en: It sells papers., es: Vende periódicos.}
    statements: [town-buses]
    bodies:
      - {organisation: town-league, role: runs, since: 2025, cited: {forum: town-2026, source: ledger}}
    history:
      - {slug: began, on: 2025-11, step: done, text: {en: It began.}, cited: {forum: town-2026, source: ledger}}
      - {slug: promised, on: 2025, step: promised, text: {en: He said so.}, cited: {forum: town-2026, source: ledger}}
    money:
      - slug: grant
        kind: granted
        amount: 120000
        first_on: 2025-11
        last_on: 2026-10
        giver: The state
        cited: {forum: town-2026, source: ledger}
    claims:
      - slug: fewer
        figure: {en: Half as many arrests}
        claimed_by: The Ledger
        cited: {forum: town-2026, source: ledger}
    concerns:
      - slug: no-beds
        kind: concern
        criterion: beds
        raised_by: A neighbour
        raised_on: 2026-02
        text: {en: No bed was added.}
        cited: {forum: town-2026, source: ledger}
"""
)


def _doc(session: Session, kind: str, slug: str) -> Doc:
    found = KINDS[kind].read(session, slug)
    assert found is not None
    return found


def _recorded(session: Session) -> tuple[FidelityFinding, CityReply]:
    """A finding of the first criterion and a reply to the concern, as the rooms of findings append them."""
    program = session.exec(select(Program)).one()
    criterion = session.exec(select(FidelityCriterion).where(FidelityCriterion.slug == "no-abstinence")).one()
    concern = session.exec(select(Concern)).one()
    on = {"program_id": program.id or 0, "on": date(2026, 1, 5), "recorded_by": "An editor"}
    finding = FidelityFinding(key="F" * 26, criterion_id=criterion.id or 0, result="met", found_by="Us", **on)
    reply = CityReply(key="R" * 26, concern_id=concern.id, replied_by="The town", words="We bought a bed.", **on)
    session.add_all([finding, reply])
    session.flush()
    return finding, reply


def test_a_file_brings_a_design_and_its_program_once(database: Database) -> None:
    first = load_text(database, PROGRAMS)
    assert (first.added["designs"], first.added["programs"]) == (1, 1)
    assert load_text(database, PROGRAMS).nothing
    with database.read() as session:
        doc = _doc(session, "program", "town-door")
        assert doc["money"][0]["amount"] == "120000.00"
        assert [one["slug"] for one in doc["history"]] == ["began", "promised"]
        assert doc["concerns"][0]["criterion"] == "beds"
        assert (doc["bodies"][0]["since"], doc["began"]) == ("2025", "2025-11-03")


def test_a_program_is_taken_away_whole_and_brought_back(database: Database) -> None:
    load_text(database, PROGRAMS)
    with database.write() as session:
        keys = (("design", "open-door"), ("program", "town-door"))
        docs = [_doc(session, *key) for key in keys]
        for key, doc in zip(keys, docs, strict=True):
            KINDS[key[0]].write(session, key[1], doc)
        assert [_doc(session, *key) for key in keys] == docs
        with pytest.raises(Conflict):
            KINDS["design"].remove(session, "open-door")
        KINDS["program"].remove(session, "town-door")
        KINDS["design"].remove(session, "open-door")
        for model in (Program, ProgramModel, ProgramEvent, ProgramBody, Concern, FidelityCriterion):
            assert session.exec(select(model)).first() is None
        KINDS["design"].write(session, "open-door", docs[0])
        KINDS["program"].write(session, "town-door", docs[1])
        assert _doc(session, "program", "town-door") == docs[1]


def test_what_an_entry_no_longer_names_goes(database: Database) -> None:
    load_text(database, PROGRAMS)
    with database.write() as session:
        doc = _doc(session, "program", "town-door")
        empty = {name: [] for name in ("statements", "bodies", "history", "money", "claims", "concerns")}
        KINDS["program"].write(session, "town-door", {**doc, **empty})
        assert _doc(session, "program", "town-door") == {**doc, **empty}


def test_what_something_recorded_rests_on_stays(database: Database) -> None:
    load_text(database, PROGRAMS)
    with database.write() as session:
        _recorded(session)
        design, program = _doc(session, "design", "open-door"), _doc(session, "program", "town-door")
    for kind, doc, why in (
        ("design", {**design, "criteria": design["criteria"][1:]}, "no-abstinence.*must stay"),
        ("program", {**program, "concerns": []}, "no-beds.*must stay"),
        ("program", {**program, "model": None, "concerns": []}, "another one"),
        ("program", None, "cannot be taken away"),
    ):
        with pytest.raises(Conflict, match=why), database.write() as session:
            if doc is None:
                KINDS[kind].remove(session, "town-door")
            else:
                KINDS[kind].write(session, doc["slug"], doc)
    with database.read() as session:
        assert _doc(session, "program", "town-door") == program


def test_what_cannot_be_is_refused(database: Database) -> None:
    load_text(database, PROGRAMS)
    with database.read() as session:
        doc = _doc(session, "program", "town-door")
    faults: tuple[tuple[Doc, type[Refusal]], ...] = (
        ({"model": "no-such"}, NotFound),
        ({"topic": "no-such"}, NotFound),
        ({"statements": ["no-such"]}, NotFound),
        ({"documents": ["no-such"]}, NotFound),
        ({"model": None}, NotFound),  # the concern is of a criterion of that design
        ({"began": "2026", "ended": "2025-12-31"}, Refusal),
        ({"began": "November"}, BadEntry),
        ({"stage": "splendid"}, BadEntry),
    )
    for change, raised in faults:
        with pytest.raises(raised), database.write() as session:
            KINDS["program"].write(session, "town-door", {**doc, **change})


def test_a_claim_that_was_checked_says_what_was_found(database: Database) -> None:
    load_text(database, PROGRAMS)
    with database.write() as session:
        doc = _doc(session, "program", "town-door")
        claim = {**doc["claims"][0], "status": "differs"}
        with pytest.raises(Refusal, match="when and what was found"):
            KINDS["program"].write(session, "town-door", {**doc, "claims": [claim]})
        claim |= {"checked_on": "2026-03-01", "check": {"en": "It says a third.", "es": None}}
        KINDS["program"].write(session, "town-door", {**doc, "claims": [claim]})
        assert _doc(session, "program", "town-door")["claims"] == [claim]


def test_the_same_part_twice_is_a_fault_of_the_file_with_its_line(database: Database) -> None:
    line = next(line for line in PROGRAMS.split("\n") if "slug: promised" in line)
    with pytest.raises(BadFile, match="“promised” stands twice") as refused:
        load_text(database, PROGRAMS.replace(line, f"{line}\n{line}"))
    assert refused.value.line == PROGRAMS[: PROGRAMS.index("  - slug: town-door")].count("\n") + 1
