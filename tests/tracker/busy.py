"""A desk with something waiting, done and refused in every room, and the addresses of its pages as links lead to them."""

import hashlib
import io
import re
from collections.abc import Iterator
from datetime import date

from sqlmodel import Session, col, select
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from positions import reporting as interpreting
from positions import tags
from positions.classes import codes, rooms
from positions.models import Evidence, Stance, Tag
from positions.topic_tree import curated
from positions.topics import load_tree
from tests.positions.followthrough import bridge
from tests.positions.town import load_text
from tests.tracker.desk import Desk, Visitor
from tests.tracker.reading_class import give
from tests.tracker.school import LESSON, School, join, next_month
from tests.tracker.test_voice_pass import ASKED, captions
from tests.transcripts.records import EVENING, stored, turn_saying
from tracker.accounts.models import Account
from tracker.testimony import keeping
from tracker.testimony.sealing import Beside
from transcripts import proposing, reporting
from transcripts.amending import Reason
from transcripts.models import Forum, Turn
from transcripts.reporting import Subject

LINK = re.compile(r'href="(/(?:desk|account|reports?|corrections|turns/\w+/history|forums/\w+/download)\b[^"#]*)')
"""A way to another page of the desk, or to a public page of what the desk does."""
BEGINNING = ("/desk", "/corrections", "/reports")
AT_MOST = 3
"""Pages looked at of one route."""
SHEET = {"questions": ASKED, "order": "Ada Marsh, Bo Quill", "question": "0"}
LETTERS = str.maketrans("0123456789", "ghijklmnop")
DAY = {"election_date": "2026-11-03", "zone": "America/New_York"}
WHY = {"why": "The recording says so.", "requested_by": "A neighbour"}


def surname(n: int) -> str:
    """A name unlike that of every other number."""
    return hashlib.sha256(str(n).encode()).hexdigest()[:8].translate(LETTERS).title()


def done(answer: TestResponse) -> str:
    """Where a form that was accepted leads."""
    assert answer.status_code == 303, answer.text[-3000:]
    return str(answer.headers["Location"])


def begin(desk: Desk) -> Visitor:
    """A race with a forum and positions, and captions nobody is named in; the browser of somebody who may go everywhere."""
    load_text(desk.database)
    with desk.database.write() as session:
        load_tree(session, curated())
    boss = desk.signed_in(desk.account("Bea Boss", "admin", "editor", "teacher", "testimony"))
    done(boss.post("/desk/ties", {"kind": "none"}))
    stored(desk.database, captions(), slug="captions", filename="captions.vtt")
    for name, role in (("Mara Usher", "moderator"), ("Ada Marsh", "candidate"), ("Bo Quill", "candidate")):
        done(boss.post("/desk/forums/captions/listen/voices", {"name": name, "role": role}))
    done(boss.post("/desk/forums/captions/listen/sheet", SHEET))
    return boss


def suggest(desk: Desk, slug: str) -> int:
    """Topics suggested for a forum; its id."""
    with desk.database.write() as session:
        forum_id = session.exec(select(Forum.id).where(Forum.slug == slug)).one() or 0
        tags.suggest_for_forum(session, forum_id, curated())
    return forum_id


def add(desk: Desk, boss: Visitor, n: int) -> None:
    """One more of everything a page of the desk lists. `n` is a number not used before."""
    slug = f"evening-{n}"
    stored(desk.database, EVENING, slug=slug)
    forum_id = suggest(desk, slug)
    member = desk.signed_in(desk.account(f"Member {n}", "editor"))
    for name in (f"Ida Berg {n}", f"Tom Vale {n}", f"Thomas Vale {n}"):
        done(boss.post("/desk/people", {"name": name}))
    done(boss.post("/desk/aliases", {"person": f"ida-berg-{n}", "alias": f"Alderwoman Berg {n}", "forum": slug}))
    done(boss.post(f"/desk/people/thomas-vale-{n}/merge", {"into": f"tom-vale-{n}", "why": "One and the same"}))
    done(boss.post("/desk/organisations", {"name": f"League {n}", "interest_en": "It rents the hall."}))
    done(boss.post("/desk/topics/new", {"name_en": f"Piers {n}", "name_es": f"Muelles {n}"}))
    done(boss.post("/desk/races/new", {"title_en": f"Clerk {n}", "office_en": "Clerk", "place": "Town", **DAY}))
    done(boss.post("/desk/races/town-mayor-2026/candidates", {"names": f"Cy {surname(n)}"}))
    written = {
        "text_en": f"Pier {n} should be mended.",
        "text_es": f"Hay que reparar {n}.",
        "topic": "transit",
        "type": "scale",
    }
    pier = done(member.post("/desk/races/town-mayor-2026/statements/new", written)).rpartition("/")[2]
    done(boss.post("/desk/forums/town-2026/sources/new", {"title": f"A report {n}", "kind": "article"}))
    said = EVENING.replace("depot", "yard")  # what is withheld below takes drafts with it
    file = (io.BytesIO(f"{said}\nVALE: And number {n}.\n".encode()), f"evening {n}.txt")
    done(boss.post("/desk/imports", {"files": [file]}))
    _teach(desk, boss, n)
    _judge(desk, boss, n, pier)
    _read_in_class(desk, boss, n)
    _decide(desk, boss, slug)
    _report(desk, boss, forum_id)
    compare_with_design(desk, boss, f"-{n}")
    promise(boss, n)
    figure(boss, n)
    _document(boss, n)
    with desk.database.write() as session:
        beside = Beside("", date(2026, 9, 8), 1, "0" * 16)
        keeping.keep(session, keeping.new_code(), b"sealed", beside, 30)


PROMISE = {
    "kind": "promise",
    "maker": "person:ana-reyes",
    "contest": "town-mayor-2026",
    "said_on": "2026-10-20",
    "zone": "America/New_York",
    "origin_kind": "source_summary",
    "ground": "source:town-2026/ledger",
    "origin_en": "The Ledger says so.",
    "criterion_en": "It is published.",
    "measurable": "1",
    "term_ends_on": "2026-11-01",
}
"""The facts of a commitment of a candidate; its term is over."""


def promise(boss: Visitor, n: int) -> None:
    """A commitment due again and again with something recorded of it and of a due date, and one of which nothing was recorded."""
    again = {"title_en": f"List {n}", "every_months": "1", "first_due_on": "2026-10-25", "term_ends_on": ""}
    at = done(boss.post("/desk/commitments/new", {**PROMISE, **again}))
    done(boss.post("/desk/commitments/new", {**PROMISE, "title_en": f"Bare {n}"}))
    source = {"ground": "source:town-2026/ledger"}
    done(boss.post(f"{at}/record", {"value": "progress:under_way", "on": "2026-10-21", **source}))
    done(boss.post(f"{at}/dues", {"due_on": "2026-10-25", "outcome": "met", "on": "2026-10-24", **source}))


def figure(boss: Visitor, n: int) -> None:
    """A figure without numbers."""
    told = {"name_en": f"Rooms {n}", "kind": "cumulative", "unit_en": "rooms", "ground": "source:town-2026/ledger"}
    done(boss.post("/desk/figures/new", told))


def _document(boss: Visitor, n: int) -> None:
    """A document with a copy, and a file that waits to be looked at."""
    facts = {"title_en": f"Minutes {n}", "kind": "minutes", "language": "en", "right": "whole"}
    at = done(boss.post("/desk/documents", {**facts, "url": f"https://town.example/{n}"}))
    for words in ("The board met.", "It met again."):
        looking = done(boss.post(f"{at}/copies", {"file": (io.BytesIO(words.encode()), "minutes.txt")}))
        if words == "The board met.":
            done(boss.post(looking))


def _teach(desk: Desk, boss: Visitor, n: int) -> None:
    """A class with students and slips, and somebody who asks for one."""
    made = {"title": f"Period {n}", "most": "30", "lang": "en", "term": str(next_month()), "comments": "1"}
    room = done(boss.post("/desk/classes/new", made))
    done(boss.post(f"{room}/door", {"lasts": "lesson"}))
    assert boss.post(f"{room}/slips", {"n": "2"}).status_code == 200
    code = re.findall(r'class="big-code">([\w-]+)<', boss.get(room).text)[0]
    for _ in range(n + 1):
        join(desk, code)
    asked = {
        "request": codes.new_key(),
        "name": f"Tia Teacher {n}",
        "school": "North High",
        "contact": "office@example.org",
    }
    done(desk.nobody().post("/classes/ask", asked))
    given = f"{room}/assignments/new"
    questions = re.findall(r'name="questions" value="([^"]+)"', boss.get(f"{given}?forum=town-2026&preset=kinds").text)
    task = {"forum": "town-2026", "title": f"Fact or not {n}", "tags": "Fact", "policy": "hidden", "unit": "sentence"}
    done(boss.post(given, {**task, "questions": questions}))


def _judge(desk: Desk, boss: Visitor, n: int, pier: str) -> None:
    """Two editors judge boxes of a statement alone: one alike, one differing; a third box is judged by one person only."""
    at = f"/desk/coding/town-mayor-2026/{pier}"
    for name, said in (("Una One", "not_asked"), ("Dov Two", "declined")):
        visitor = desk.signed_in(desk.account(f"{name} {n}", "editor"))
        done(visitor.post("/desk/ties", {"kind": "party", "party": "Green Party"}))
        done(visitor.post(f"{at}/ana-reyes", {"do": "judge", "value": "absent"}))
        done(visitor.post(f"{at}/bo-stone", {"do": "judge", "value": said, "note": f"Said {said}."}))
    done(boss.post(f"{at}/cy-abbot", {"do": "judge", "value": "absent"}))


def _read_in_class(desk: Desk, boss: Visitor, n: int) -> None:
    """A class that read and handed in, decided an answer together and put it forward."""
    with desk.database.write() as session:
        teacher = session.exec(select(Account.id).where(Account.name == "Bea Boss")).one() or 0
        key = rooms.start(session, teacher, f"Readers {n}", next_month())
        code = rooms.open_door(session, teacher, key, LESSON)
        class_id = rooms.held(session, teacher, key).id or 0
    joined = [join(desk, code) for _ in range(5 + n)]
    given = give(School(desk, boss, teacher, key, class_id, code, joined))
    for student in range(len(joined)):
        given.put(student, n % 4, comment=f"A note {student}")
    given.hand_in(*range(len(joined)))
    sheet = given.sheet()
    passage = sheet.answers[n % 4].id
    said = {"passage": passage, "text": "Read it again."}
    done(boss.post(f"{given.desk_path}/results/reply", said))
    decided = {"passage": passage, "by": "teacher", "tag": "buses", "reason": "They name the line."}
    done(boss.post(f"{given.desk_path}/results/decide", decided))
    done(boss.post(f"{given.desk_path}/results/nominate", {"passage": passage, "tag": sheet.tags[0].id}))


def _decide(desk: Desk, boss: Visitor, slug: str) -> None:
    """Words corrected and withheld, another voice proposed, a topic confirmed, a passage checked."""
    said = turn_saying(desk.database, "freeze rents", slug)
    done(boss.post(f"/desk/turns/{said.key}/words", {"version": said.version, "text": f"{said.text} Yes.", **WHY}))
    hidden = turn_saying(desk.database, "old depot", slug)
    told = {"version": hidden.version, "words": "depot", "kind": "address", "step": "do", **WHY}
    done(boss.post(f"/desk/turns/{hidden.key}/withhold", told))
    often = turn_saying(desk.database, "Fine with me", "town-2026")
    done(
        boss.post(f"/desk/turns/{often.key}/words", {"version": often.version, "text": f"Fine with me, {slug}.", **WHY})
    )
    asked = turn_saying(desk.database, "run at night, every night", slug)
    done(boss.post(f"/desk/forums/{slug}/review/checked", {"key": asked.key, "version": asked.version}))
    with desk.database.write() as session:
        proposing.propose(session, asked.key, asked.version, None, Reason(WHY["why"], "Ed Other"))
        tag = session.exec(select(Tag.id).join(Turn).where(Turn.forum_id == asked.forum_id)).first()
    done(boss.post("/desk/tags", {"act": "confirm", "tag": str(tag)}))


def _report(desk: Desk, boss: Visitor, forum_id: int) -> None:
    """Readers say that words, a topic, a position and a translation are wrong; one of them is refused."""
    with desk.database.write() as session:
        about = list(_subjects(session, forum_id))
        receipts = [reporting.report(session, one, "wrong_words", "It was thaw.", "tom@example.org") for one in about]
    assert len(receipts) == 4
    for address in re.findall(r'href="(/desk/reports/\d+)"', boss.get("/desk/reports").text)[:2]:
        version = re.findall(r'name="version" value="(\d+)"', boss.get(address).text)[0]
        reason = {"decision": "refuse", "reason": "The recording says freeze."}
        done(boss.post(f"{address}/decide", {"version": version, **reason}))


def compare_with_design(desk: Desk, boss: Visitor, mark: str) -> None:
    """A program of which something was found and answered, and a request for records of which something came."""
    with desk.database.write() as session:
        bridge.store(session, mark)
    at, rests = f"/desk/findings/bridge{mark}", {"ground": f"document:paper{mark}", "on": "2026-01-02"}
    found = {"criterion": "open-door", "result": "met", "found_by": "A class", "text_en": "It was open."}
    done(boss.post(f"{at}/find", {**found, **rests}))
    done(boss.post(f"{at}/reply", {"replied_by": "City", "words": "It is.", "language": "en", **rests}))
    asked = {"what_en": f"The log{mark}", "program": f"bridge{mark}", "asked_of": "City", "asked_by": "Us"}
    request = done(boss.post("/desk/requests", {**asked, "asked_on": "2026-01-02"}))
    done(boss.post(f"{request}/came", {"outcome": "acknowledged", "on": "2026-01-05"}))
    told = {"text_en": "It opened.", "step": "done", **rests}
    done(boss.post(f"/desk/programs/bridge{mark}/history/new", told))
    law = {
        "title_en": f"A law{mark}",
        "summary_en": "It pays.",
        "level": "state",
        "body": "A house",
        "result": "passed",
    }
    act = done(boss.post("/desk/acts/new", {**law, **rests}))
    done(boss.post(f"{act}/links/new", {"on": f"program:bridge{mark}"}))
    word = {f"{name}_{lang}": f"{name}{mark}" for name in ("term", "meaning") for lang in ("en", "es")}
    done(boss.post("/desk/glossary", word))


def _subjects(session: Session, forum_id: int) -> Iterator[Subject]:
    said = session.exec(select(Turn).where(Turn.forum_id == forum_id, Turn.kind == "speech")).first()
    tag = session.exec(select(Tag.id).join(Turn).where(Turn.forum_id == forum_id)).first()
    stance = session.exec(select(Stance.id)).first()
    translated = session.exec(select(Evidence.id).where(col(Evidence.translator).is_not(None))).first()
    yield reporting.of_turn(session, said.key if said else "")
    yield interpreting.of_tag(session, tag or 0)
    yield interpreting.of_position(session, stance or 0)
    yield interpreting.of_translation(session, translated or 0)


def pages(desk: Desk, visitor: Visitor) -> dict[str, list[str]]:
    """Every page links lead to from BEGINNING, by its route, a few of each route."""
    where = desk.app.url_map.bind("localhost")
    found: dict[str, list[str]] = {}
    waiting, seen = list(BEGINNING), set(BEGINNING)
    while waiting:
        path = waiting.pop(0)
        try:
            rule, _ = where.match(path.partition("?")[0], "GET", return_rule=True)
        except HTTPException:
            continue
        held = found.setdefault(rule.rule, [])
        if len(held) >= AT_MOST:
            continue
        answer = visitor.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        held.append(path)
        links = {link.replace("&amp;", "&") for link in LINK.findall(answer.text)} - seen
        seen |= links
        waiting += sorted(links)
    return found
