"""No way of writing forgets the freeze: every table and every unsafe route of the desk is accounted for."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from sqlmodel import Session, SQLModel, col, select

from positions.classes.models import Nomination
from positions.followthrough.models.acts import ActLink, ExternalAct
from positions.followthrough.models.commitments import CommitmentEvent
from positions.followthrough.models.programs import Program, ProgramProposition
from positions.models import Contest, ContestForum, Proposition, Stance, Tag, TagDecision
from tests.corpora import ROOT
from tests.tracker import busy
from tests.tracker.calling import site
from tests.tracker.desk import Desk, Visitor, desk_on
from tests.transcripts.records import turn_saying
from tracker.accounts.roles import table
from tracker.edits import Edit
from tracker.freezing import touched
from tracker.freezing.models import FreezeSwitch
from transcripts.models import Correction, Forum, Source, Speaker, Turn
from transcripts.people_tables import PersonMerge

REFUSED = "is frozen before its election day"
Forms = list[tuple[str, dict[str, object]]]

RACE, FORUM, WHY = "/desk/races/town-mayor-2026", "/desk/forums/evening-0", {"why": "It is wrong"}
CELL, CODING = f"{RACE}/statements/town-buses/cy-abbot", "/desk/coding/town-mayor-2026"
PAGES = (
    "/contests/town-mayor-2026",
    *(f"/contests/town-mayor-2026/compare?by={by}" for by in ("question", "topic", "statement")),
    *(f"/forums/{slug}" for slug in ("town-2026", "evening-0", "captions")),
    *(f"/forums/{slug}/participation" for slug in ("town-2026", "evening-0")),
    "/speakers/ana-reyes",
    "/topics/transit",
    "/commitments",
    "/commitments/list-0",
)
UNSAFE = {route for route, method in table() if method == "POST" and route.startswith("/desk")}
FREE = {
    "/desk/forums/new": "a forum of its own; linked to a race it is that race's form that is held",
    "/desk/races/new": "a race that is not there yet",
    "/desk/organisations": "a body that is nowhere yet",
    **{
        route: "shown with programs"
        for route in UNSAFE
        if route.startswith(
            ("/desk/documents", "/desk/models", "/desk/glossary", "/desk/figures", "/desk/programs/<slug>/<part>")
        )
    },
    "/desk/acts/new": "a law nothing depends on yet",
    "/desk/people": "somebody who is nowhere yet",
    "/desk/topics/new": "a topic nothing is about yet",
    "/desk/site": "about the site",
    "/desk/folders": "a reader's own",
    "/desk/ties": "about people who work here",
    "/desk/nominations/<key>/decline": "changes nothing",
    "/desk/reports/<int:id>/decide": "readers are answered",
    "/desk/reports/<int:id>/question": "readers are told that a report is open",
    "/desk/turns/<key>/withhold": "private people's words go at once",
    "/desk/proposals/<int:id>/refuse": "changes nothing",
    "/desk/proposals/people/<int:id>/refuse": "changes nothing",
    "/desk/proposals/<int:id>/approve": "two people already",
    "/desk/proposals/people/<int:id>/approve": "two people already",
    "/desk/freeze/ask": "how two people agree",
    "/desk/freeze/<int:id>/agree": "how two people agree",
    "/desk/freeze/<int:id>/refuse": "how two people agree",
    "/desk/forums/<slug>/listen/sheet/look": "stores nothing",
    "/desk/forums/<slug>/times/look": "stores nothing",
    **{route: "seen in a class only" for route in UNSAFE if route.startswith("/desk/classes")},
    **{route: "shown with programs" for route in UNSAFE if route.startswith(("/desk/findings", "/desk/requests"))},
    **{route: "shown nowhere" for route in UNSAFE if route.startswith("/desk/testimony")},
    **{route: "accounts" for route in UNSAFE if route.startswith("/desk/team/")},
    **{route: "drafts; storing one is held by itself" for route in UNSAFE if route.startswith("/desk/imports")},
}
"""Unsafe routes of the desk one editor may use while races are frozen, and why."""
ELSEWHERE = {
    "/desk/races/<slug>/merge",
    "/desk/races/<slug>/quiz/decide",
    "/desk/races/<slug>/statements/<key>/merge",
    "/desk/forums/<slug>/merge",
    "/desk/forums/<slug>/listen/undo",
    "/desk/forums/<slug>/listen/confirm",
    "/desk/forums/<slug>/listen/sheet",
    "/desk/forums/<slug>/review/grade",
    "/desk/merges/<int:id>/undo",
    "/desk/topics/<slug>/words/<int:id>/undo",
    "/desk/voices/changes/<int:id>/undo",
    "/desk/people/<slug>/names/<int:id>/remove",
    "/desk/turns/<key>/<act>",
}
"""Routes of which a form below is stopped before it writes to a frozen race, or writes to none: what is not there, not theirs."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home = tmp_path_factory.mktemp("frozen")
    desk = desk_on(site(home, f"sqlite:///{home / 'tracker.db'}"))
    yield desk
    desk.database.dispose()


@pytest.fixture(scope="module")
def boss(desk: Desk) -> Visitor:
    """Somebody who may do everything, alone, where everything belongs to a frozen race."""
    boss = busy.begin(desk)
    busy.add(desk, boss, 0)
    with desk.database.write() as session:
        race = session.exec(select(Contest).where(Contest.slug == "town-mayor-2026")).one()
        linked = set(session.exec(select(ContestForum.forum_id)))
        for id in session.exec(select(Forum.id)):
            if id not in linked:
                session.add(ContestForum(contest_id=race.id, forum_id=id))
        _hold(session)
        session.add(FreezeSwitch(race="", state="on", why="Ballots are printed", by="Ada Admin"))
    return boss


def test_every_table_is_guarded_or_free(desk: Desk) -> None:
    assert set(touched.GUARDED) | set(touched.FREE) == set(SQLModel.metadata.tables)
    assert not set(touched.GUARDED) & set(touched.FREE)
    for name, columns in touched.GUARDED.items():
        assert {column for column, _ in columns} <= set(SQLModel.metadata.tables[name].columns.keys()), name


def test_nothing_writes_past_the_guard() -> None:
    """One place opens sessions that write; two let a transaction pass; raw SQL names no guarded table."""
    code = {
        str(path.relative_to(ROOT)): path.read_text()
        for room in ("tracker", "positions", "transcripts")
        for path in (ROOT / room).rglob("*.py")
        if "migrations" not in path.parts
    }
    assert [name for name, text in code.items() if re.search(r"\bSession\(|sessionmaker", text)] == ["tracker/db.py"]
    assert {name for name, text in code.items() if "guard.exempt(" in text} == {
        "tracker/withholding.py",
        "tracker/retagging.py",
    }
    assert {name for name, text in code.items() if re.search(r"(database|self)\.writer\b", text)} == {
        "tracker/db.py",
        "tracker/schema.py",
    }
    raw = re.compile(r'text\(\s*f?"(?:INSERT INTO|UPDATE|DELETE FROM) (\w+)', re.I)
    assert not {one for text in code.values() for one in raw.findall(text)} & set(touched.GUARDED)


def _hold(session: Session) -> None:
    """A program and a law that a statement of the race has to do with."""
    statement = session.exec(select(Proposition.id).where(Proposition.slug == "town-buses")).one()
    source = session.exec(select(Source.id).where(Source.key == "ledger")).one()
    program = Program(slug="held", name_en="Held", summary_en="x", place="Town", stage="running")
    law = ExternalAct(slug="held", title_en="Held law", summary_en="x", level="state", body="x", result="passed")
    law.source_id = source
    session.add_all([program, law])
    session.flush()
    session.add(ProgramProposition(program_id=program.id or 0, proposition_id=statement or 0))
    session.add(ActLink(act_id=law.id or 0, proposition_id=statement))


class Held(NamedTuple):
    """What the forms below are about: a turn of the evening, and numbers and keys of what was done."""

    turn: Turn
    voice: int
    edit: str
    stance: int
    tag: int
    correction: int
    decided: str
    merge: int
    pier: str
    nominated: str
    recorded: str


def _held(desk: Desk) -> Held:
    quill, berg = (turn_saying(desk.database, words, "evening-0") for words in ("Good evening", "four hundred homes"))
    of_quill = select(Tag.id).join(Turn).where(Tag.status == "suggested", Turn.forum_id == quill.forum_id)
    asked = (
        select(Speaker.id).where(Speaker.forum_id == quill.forum_id, Speaker.name != ""),
        select(Edit.act).where(Edit.about == "race/town-mayor-2026"),
        select(Stance.id).order_by(col(Stance.id)),
        of_quill,
        select(Correction.id).where(Correction.kind == "reword"),
        select(TagDecision.act),
        select(PersonMerge.id),
        select(Proposition.slug).where(col(Proposition.text_en).startswith("Pier 0")),
        select(Nomination.key),
        select(CommitmentEvent.key),
    )
    with desk.database.read() as session:
        found = [session.exec(one).first() for one in asked]
    assert None not in found
    return Held(berg, *found)


def forms(desk: Desk) -> Forms:
    """Forms an editor might send, one for every route at least that changes what readers see; each is complete."""
    held = _held(desk)
    return [
        *_races(),
        *_statements(held),
        *_forums(held),
        *_turns(held),
        *_promises(held.recorded),
        *_deeds(),
        *_people(held),
        *_topics(held),
        *_voices(held),
        ("/desk/freeze/switch", {"race": "", "state": "off", "switch_why": "No"}),
        (f"/desk/turns/{held.turn.key}/undo", {"correction": str(held.correction), **_seen(held)}),
    ]


def _seen(held: Held) -> dict[str, object]:
    return {"version": held.turn.version, **WHY}


def _races() -> Forms:
    """Forms about a race and whoever stands in it."""
    facts = {
        "title_en": "Mayor",
        "office_en": "Mayor",
        "place": "Elsewhere",
        "zone": "UTC",
        "election_date": "2026-11-03",
    }
    return [
        (RACE, facts),
        (f"{RACE}/candidates", {"names": "Zed Newcomer"}),
        (f"{RACE}/candidates/cy-abbot", {"ballot_name": "X", "status": "qualified"}),
        (f"{RACE}/candidates/cy-{busy.surname(0).lower()}/remove", {}),
        (f"{RACE}/candidates/cy-abbot/invite", {"verified": "By telephone"}),
        (f"{RACE}/merge", {"into": "clerk-0-2026", **WHY}),
    ]


def _statements(held: Held) -> Forms:
    """Forms about the statements of a race, the positions on them, and its quiz."""
    statement = {"text_en": "Cats vote.", "topic": "transit", "type": "scale"}
    card = {"verdict": "approved", "statement": "town-buses", "person": "ana-reyes", "words": "x", "card": "y"}
    position = {"do": "record", "position": "reason:not_reviewed", "as_of": "2026-10-20"}
    return [
        (f"{RACE}/statements/new", statement),
        (f"{RACE}/statements/town-buses", statement),
        (f"{RACE}/statements/town-mayor-2026-pier-0-should-be-mended/words/approve", {}),
        (f"{RACE}/statements/town-buses/merge", {"into": "town-cameras", **WHY}),
        (f"{RACE}/quiz/words", {"phrases": "zebra", "treatment": "blank"}),
        (f"{RACE}/quiz/decide", card),
        (CELL, position),
        (f"{CODING}/town-cameras/cy-abbot", {"do": "judge", "value": "absent"}),
        (f"{CODING}/{held.pier}/ana-reyes/again", WHY),
        (f"{CODING}/town-buses/ana-reyes/check", {"do": "check", "position_id": str(held.stance)}),
        (f"{CODING}/{held.pier}/bo-stone/decide", {"value": "absent", **WHY}),
        (f"{RACE}/statements/town-buses/ana-reyes/{held.stance}/take-back", {}),
    ]


def _forums(held: Held) -> Forms:
    """Forms about a forum, who is heard in it, and its sources."""
    berg, sources = held.turn, "/desk/forums/town-2026/sources"
    facts = {"title_en": "Evening", "kind": "forum", "date": "2026-10-21", "zone": "UTC", "language": "en", "city": "X"}
    return [
        (FORUM, facts),
        (f"{FORUM}/merge", {"into": "town-2026", **WHY}),
        (f"{FORUM}/listen/voices", {"name": "Zed", "role": "candidate"}),
        (f"{FORUM}/listen/marks", {"key": berg.key, "version": berg.version, "speaker": "0"}),
        (f"{FORUM}/listen/undo", {}),
        (f"{FORUM}/listen/confirm", {"block": f"{berg.key}:{berg.version}"}),
        ("/desk/forums/captions/listen/sheet", {**busy.SHEET}),
        (f"{FORUM}/review/checked", {"key": berg.key, "version": berg.version}),
        (f"{FORUM}/review/grade", {"grade": "edited"}),
        (f"{sources}/new", {"title": "A report", "kind": "article"}),
        (f"{sources}/ledger", {"title": "Another report", "kind": "article"}),
        (f"{sources}/a-report-0/remove", {}),
        (f"{FORUM}/times", {"filename": "x.vtt", "time": f"{berg.key}:{berg.version}:1000:2000"}),
    ]


def _turns(held: Held) -> Forms:
    """Forms about one turn."""
    turn, seen = f"/desk/turns/{held.turn.key}", _seen(held)
    return [
        (f"{turn}/words", {"text": "Otherwise.", **seen}),
        (f"{turn}/kind", {"kind": "procedure", **seen}),
        (f"{turn}/withdraw", seen),
        (f"{turn}/time", {"start": "0:01", "end": "0:02", **seen}),
    ]


def _people(held: Held) -> Forms:
    """Forms about people and bodies."""
    return [
        ("/desk/aliases", {"person": "ana-reyes", "alias": "Annie"}),
        ("/desk/organisations/town-league", {"name": "Another League"}),
        ("/desk/organisations/town-league/merge", {"into": "league-0", **WHY}),
        ("/desk/people/ana-reyes", {"name": "Anna Reyes", "sort_name": "Reyes, Anna"}),
        ("/desk/people/ana-reyes/names", {"alias": "Annie"}),
        ("/desk/people/mo-clark/merge", {"into": "tom-vale-0", **WHY}),
        (f"/desk/merges/{held.merge}/undo", {**WHY}),
        (f"/desk/nominations/{held.nominated}/accept", {}),
    ]


def _topics(held: Held) -> Forms:
    """Forms about topics and what is said of which."""
    return [
        ("/desk/tags", {"act": "confirm", "tag": str(held.tag)}),
        (f"/desk/tags/undo/{held.decided}", {}),
        ("/desk/topics/transit", {"name_en": "Wheels", "name_es": "Ruedas"}),
        ("/desk/topics/transit/merge", {"into": "housing", **WHY}),
        (
            "/desk/topics/transit/words",
            {"do": "keep", "lang": "en", "grade": "sure", "patterns": "zebra", "version": "0"},
        ),
        ("/desk/topics/transit/words/1/undo", {}),
    ]


def _voices(held: Held) -> Forms:
    """Forms about voices, and those that take something back."""
    return [
        (f"/desk/undo/{held.edit}", {}),
        (f"/desk/voices/{held.voice}/role", {"role": "official", "version": "0", **WHY}),
        (f"/desk/voices/{held.voice}/new", {"name": "Zoe Zed", "version": "0", **WHY}),
        ("/desk/voices/link", {"voice": f"{held.voice}:0:ana-reyes", **WHY}),
        ("/desk/voices/changes/1/undo", {**WHY}),
        ("/desk/people/ana-reyes/names/1/remove", {}),
        ("/desk/aliases/1/remove", {}),
    ]


def _deeds() -> Forms:
    """Forms about a program and a law that a frozen race's comparison names."""
    program = {"name_en": "Otherwise", "summary_en": "x", "place": "Town", "zone": "UTC", "stage": "running"}
    law = {"title_en": "Otherwise", "summary_en": "x", "level": "state", "body": "x", "result": "failed"}
    law |= {"ground": "source:town-2026/ledger"}
    return [
        ("/desk/programs/held", {**program, "statements": "town-buses", **WHY}),
        ("/desk/programs/held/remove", WHY),
        ("/desk/programs/new", {**program, "name_en": "Another", "statements": "town-buses"}),
        ("/desk/acts/held", {**law, **WHY}),
        ("/desk/acts/held/remove", WHY),
        ("/desk/acts/held/links/new", {"on": "statement:town-cameras"}),
        ("/desk/acts/held/links/statement.town-buses/remove", WHY),
    ]


def _promises(recorded: str) -> Forms:
    """Forms about commitments of a candidate."""
    room, source = "/desk/commitments", {"ground": "source:town-2026/ledger"}
    closing = {"ends": "2026-11-01", "where_en": "Minutes", "looked_by": "Bea", "looked_on": "2026-11-02"}
    return [
        (f"{room}/new", {**busy.PROMISE, "title_en": "Another"}),
        (f"{room}/bare-0", {**busy.PROMISE, "title_en": "Otherwise"}),
        (f"{room}/bare-0/remove", {}),
        (f"{room}/list-0/record", {"value": "progress:stalled", "on": "2026-10-22", **source}),
        (f"{room}/list-0/dues", {"due_on": "2026-10-25", "outcome": "late", "on": "2026-10-26", **source}),
        (f"{room}/list-0/take-back/{recorded}", {"why_en": "It is wrong."}),
        (f"{room}/closing", {**closing, "do": "close", "close": ["bare-0"]}),
    ]


def test_one_editor_alone_changes_nothing_readers_see(desk: Desk, boss: Visitor) -> None:
    reader, where = desk.nobody(), desk.app.url_map.bind("localhost")
    before = [reader.get(path).text for path in PAGES]
    sent, passed = set(), set()
    for path, data in forms(desk):
        rule, _ = where.match(path, "POST", return_rule=True)
        sent.add(rule.rule)
        answer = boss.post(path, data)
        assert answer.status_code < 500, path
        if REFUSED not in answer.text:
            passed.add(rule.rule)
    assert [reader.get(path).text for path in PAGES] == before
    assert passed == ELSEWHERE
    assert UNSAFE - sent == set(FREE)
