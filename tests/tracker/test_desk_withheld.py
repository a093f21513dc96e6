"""A canary: words planted everywhere, withheld at the desk, looked for in every table, page, download, feed and the index."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from positions.classes import assigning, marking, slips, submitting
from positions.classes import reading as classwork
from positions.classes.assigning import Wanted, WantedTag
from positions.classes.marking import Wish
from positions.classes.models import Assignment, ClassReply
from positions.followthrough.models.acts import ExternalAct
from positions.followthrough.models.commitments import Commitment, CommitmentEvent
from positions.followthrough.models.designs import ProgramModel
from positions.followthrough.models.documents import Document, DocumentUpload
from positions.followthrough.models.figures import Indicator
from positions.followthrough.models.findings import CityReply, FidelityFinding
from positions.followthrough.models.programs import Program
from positions.followthrough.models.requests import RecordsRequest, RecordsRequestEvent
from positions.followthrough.models.terms import GlossaryTerm
from positions.models import Contest, Proposition
from tests.bombs import docx, paragraph
from tests.positions.test_withholding import CANARY, FOLDER, HEARD, WORDS, plant, rows
from tests.positions.town import load_text
from tests.tracker import busy
from tests.tracker.calling import Site
from tests.tracker.desk import Desk, Visitor, desk_of
from tests.tracker.school import School, school_of
from tests.transcripts.records import turn_saying
from tests.world import config_in
from tracker import edits, indexing, people
from tracker.accounts.roles import table
from tracker.classes.exchanging import KINDS
from tracker.edits import Author, Change
from tracker.imports.models import ImportDraft, ImportFile
from tracker.quote_folders import WAYS
from tracker.replying import replies
from tracker.telling import links, searches, subscribing
from tracker.telling.models import Follower, Subscription
from transcripts import attributing, folders, formats
from transcripts.amending import Reason
from transcripts.bilingual import Bilingual
from transcripts.citing import FORMS
from transcripts.desk_models import Report, VoiceProposal
from transcripts.models import Forum, Organisation, Person, Source, Speaker, Turn
from transcripts.people_tables import PersonMerge

ADDRESS = re.compile(r'href="(/(?!static)[^"#]*)')
REASON = {"kind": "name", "why": "A private person asked for it", "requested_by": "the person"}
FORUM = "rose-street"
UNASKED = {"/static/<name>", "/welcome/<secret>"}
"""Routes that hold nothing of the record: files of ours, and the form of an invitation."""


ASKED = {"/report": "?turn={turn}", "/search.atom": "?q=rooms", "/search.json": "?q=rooms", "/follow/mail": "?q=rooms"}
"""What an address has to say so that there is something at it."""


DEEDS: tuple[tuple[str, str, Any], ...] = (
    ("documents", "slug", Document),
    ("programs", "slug", Program),
    ("findings", "slug", Program),
    ("tell", "program", Program),
    ("models", "slug", ProgramModel),
    ("commitments", "slug", Commitment),
    ("figures", "slug", Indicator),
    ("requests", "slug", RecordsRequest),
    ("acts", "slug", ExternalAct),
    ("glossary", "slug", GlossaryTerm),
)
"""The word before a place of a route, the place, and whose slugs stand there."""
RECORDED: tuple[Any, ...] = (FidelityFinding, CityReply, CommitmentEvent, RecordsRequestEvent)


def begun(editor: Visitor, data: bytes, name: str, forum: str | None) -> str:
    """The address of an import under way, of that forum where one is said."""
    answer = editor.post("/desk/imports", {"files": [(io.BytesIO(data), name)]})
    assert answer.status_code == 303, answer.text
    address = answer.headers["Location"]
    if forum is not None:
        version = re.search(r'name="version" value="(\d+)"', editor.get(f"{address}/event").text)
        assert version is not None
        told = {"version": version[1], "forum": forum, "people": CANARY, "source_title": f"Heard by {CANARY}"}
        assert editor.post(f"{address}/event", told).status_code == 303
    return address


def planted(desk: Desk, editor: Visitor) -> None:
    """What editors made of the words before anybody asked them to go: a person, a merge, forms, a run sheet's proposal."""
    reason = Reason(f"{CANARY} told us", "Ana")
    for name in (CANARY, f"Old {CANARY}"):
        assert editor.post("/desk/people", {"name": name}).status_code == 303
    with desk.database.write() as session:
        voice = session.exec(select(Speaker).where(col(Speaker.name).contains("uokk"))).first()
        assert voice is not None and voice.id is not None
        attributing.link(session, voice.id, 0, "xanthippe-quokkasdottir", reason, guarded=())
        people.merge(session, "old-xanthippe-quokkasdottir", "xanthippe-quokkasdottir", reason)
        held = edits.held(session, "forum", FORUM)
        change = Change("forum", FORUM, {**held, "venue": f"The house of {CANARY}"})
        edits.carry_out(session, f"forum/{FORUM}", [change], Author("Ana", f"{CANARY} told us"))
        turn = session.exec(select(Turn).where(col(Turn.text).contains("My rent went up"))).one()
        session.add(VoiceProposal(turn_id=turn.id or 0, speaker_id=voice.id, why=f"{CANARY} is next", by="Ana"))
        for words in (CANARY, "rooms"):
            search = searches.parameters(MultiDict({"q": words}))
            subscribing.ask(session, "reader@example.org", search, "once", "en", "said.example")


def filed(editor: Visitor) -> None:
    """A document with a copy, a file that waits to be looked at, and one that holds the words."""
    facts = {"title_en": "Minutes", "kind": "minutes", "language": "en", "right": "whole", "publisher": CANARY}
    at = editor.post("/desk/documents", facts).headers["Location"]
    for words in ("The board met.", "It met again.", f"{CANARY} spoke."):
        looking = editor.post(f"{at}/copies", {"file": (io.BytesIO(words.encode()), "minutes.txt")}).headers["Location"]
        if words == "The board met.":
            assert editor.post(looking).status_code == 303


def followed(desk: Desk, editor: Visitor) -> str:
    """A program, a commitment, a figure, a law and a word, each with something recorded of it; the link by which a body replies."""
    busy.compare_with_design(desk, editor, "-0")
    busy.promise(editor, 0)
    busy.figure(editor, 0)
    asked = {"body": f"City of {CANARY}", "verified": "By telephone"}
    sent = editor.post("/desk/findings/bridge-0/invite", asked)
    assert sent.status_code == 201
    (secret,) = re.findall(r"/reply/program/([\w-]+)", sent.text)
    return secret


def test_no_route_for_anybody_prints_words_withheld_at_the_desk(tmp_path: Path) -> None:
    config = replace(config_in(tmp_path), search="whoosh")
    database = plant(config)
    load_text(database)
    desk = desk_of(config)
    reader, editor = desk.nobody(), desk.as_("editor", "admin")
    planted(desk, editor)
    filed(editor)
    reply, asked = replied(desk, editor), followed(desk, editor)
    turn = turn_saying(database, "two rooms")
    school = taught(desk, turn.key)
    address = f"/report?turn={turn.key}"
    (secret,) = re.findall(r'name="secret" value="([^"]+)"', reader.get(address).text)
    told = {"kind": "wrong_words", "text": f"{CANARY} is my mother.", "contact": CANARY}
    reader.post(address, {"secret": secret, **told})
    assert reader.get(f"/reports/{secret}").status_code == 200
    word = docx(paragraph(f"IDA BERG: Good evening, {CANARY}.") + paragraph("TOM VALE: Good evening."))
    drafts = [
        begun(editor, HEARD.encode(), f"{CANARY}.txt", FORUM),
        begun(editor, HEARD.replace("cheap", "small").encode(), "unplaced.txt", None),
        begun(editor, word, "minutes.docx", FORUM),
    ]
    elsewhere = begun(editor, HEARD.replace("cheap", "fine").encode(), "elsewhere.txt", "town-2026")
    assert all(WORDS.search(editor.get(f"{draft}/source").data) for draft in (*drafts, elsewhere))
    _withheld(desk, editor, turn.key)
    assert indexing.catch_up(database, config)
    with database.read() as session:
        kept = {file.draft_key: len(file.data) for file in session.exec(select(ImportFile))}
    assert [kept.pop(draft.rpartition("/")[2]) for draft in drafts] == [0, 0, 0]
    assert list(kept.values()) == [len(HEARD.replace("cheap", "fine"))], "another forum's file is left alone"
    assert "Give it again" in editor.get(drafts[0]).text
    with database.write() as session:
        for row in session.exec(select(ImportFile).where(ImportFile.draft_key == elsewhere.rpartition("/")[2])):
            session.delete(row)
        session.flush()
        session.delete(session.get_one(ImportDraft, elsewhere.rpartition("/")[2]))
    hold = {place for place, data in rows(database) if WORDS.search(data)}
    assert hold <= {"audit_entry.subject", "audit_entry.detail"}, (
        "only the log nobody can change, whose page hides them"
    )
    index = [path for path in config.index_dir.rglob("*") if path.is_file()]
    assert index and not [path.name for path in index if WORDS.search(path.read_bytes())]
    drafts += [begun(editor, HEARD.encode(), f"{CANARY}.txt", forum) for forum in (FORUM, None)]
    walked = _walk(desk, editor, reader, school, {"reports": secret, "reply": reply, "program": asked})
    told = {path: WORDS.search(without(path, said(answer))) for path, answer in walked}
    assert {path: found.string[found.start() - 99 : found.end() + 20] for path, found in told.items() if found} == {}
    for writer in formats.WRITERS:
        call = ("export", FORUM, "--format", writer.NAME, "--out", str(tmp_path / "out"))
        ended = Site(config.home, config.database_url).tracker(*call)
        assert ended.code == 0 or "has a time" in ended.err
        assert ended.code or not WORDS.search(opened((tmp_path / "out").read_bytes())), writer.NAME
    assert "[name withheld]" in editor.get("/desk/withheld").text and REASON["why"] in editor.get("/desk/withheld").text
    assert "[name withheld]" in editor.get("/desk/team/log").text
    database.dispose()
    desk.database.dispose()


def _withheld(desk: Desk, editor: Visitor, key: str) -> None:
    """Both names taken out by the form, after everything it refuses."""
    turn = turn_saying(desk.database, "two rooms")
    here = f"/desk/turns/{key}/withhold"
    asked = {"version": turn.version, "words": CANARY.lower(), **REASON}
    seen = editor.post(here, asked | {"step": "look"})
    assert seen.status_code == 200 and seen.text.count("<mark>") >= 3 and "Reports of readers 1" in seen.text
    assert turn_saying(desk.database, "two rooms").version == turn.version, "looking changes nothing"
    assert editor.post(here, asked | {"words": "Nobody Here", "step": "look"}).status_code == 422
    late = editor.post(here, asked | {"version": 1, "step": "do"})
    assert late.status_code == 409 and REASON["why"] in late.text
    told = editor.post(here, asked | {"why": f"{CANARY} asked", "step": "do"})
    assert told.status_code == 422, "the reason must not repeat them"
    assert editor.post(here, asked | {"step": "do"}).status_code == 303
    rest = turn_saying(desk.database, "Thank you, Ms.")
    again = asked | {"version": rest.version, "words": "Quokkasdottir", "step": "do"}
    last = editor.post(f"/desk/turns/{rest.key}/withhold", again)
    assert last.status_code == 303, last.text[last.text.find("<main") :]


def said(answer: TestResponse) -> bytes:
    """Everything an answer tells: head and body, an archive's members opened."""
    return opened(answer.data) + str(answer.headers).encode()


def without(path: str, data: bytes) -> bytes:
    """What an answer tells beside the very address it was asked at."""
    for part in filter(None, path.split("/")):
        data = data.replace(part.encode(), b"") if WORDS.search(part.encode()) else data
    return data


def opened(data: bytes) -> bytes:
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        return b"\n".join(held.read(name) for name in held.namelist())


def taught(desk: Desk, turn: str) -> School:
    """A class that reads the words, and everything it wrote about them; its one student sits in a browser."""
    school = school_of(desk, 1, "Civics")
    with desk.database.write() as session:
        tags = (
            WantedTag("answered", Bilingual("Answered", CANARY), Bilingual(CANARY), includes=CANARY, topic="housing"),
        )
        wanted = Wanted(f"About {CANARY}", turns=(turn,), tags=tags, instructions=f"Read {CANARY}.", preset="own")
        key = assigning.make(session, school.class_id, FORUM, wanted)
        sheet, member = classwork.for_teacher(session, key, school.teacher_id)[0], school.students[0].seat.member
        place = sheet.answers[0]
        wish = Wish(place.id, 0, len(place.text), sheet.tags[0].id, f"{CANARY} again")
        marking.put(session, sheet, member, "a-key-of-this-save", wish)
        submitting.hand_in(session, sheet, member)
        submitting.reveal(session, sheet)
        session.add(ClassReply(key="r", assignment_id=sheet.id, class_turn_id=place.id, text=CANARY, member_id=member))
    return school


def replied(desk: Desk, editor: Visitor) -> str:
    """The link of a candidate whose reply holds the words, as do a request to change a race and how the link was sent."""
    asked = {"race": "town-mayor-2026", "what": CANARY, "why": f"{CANARY} asks for it"}
    assert editor.post("/desk/freeze/ask", asked).status_code == 303
    with desk.database.write() as session:
        secret = replies.invite(session, "town-mayor-2026", "ana-reyes", f"By {CANARY}", "Ed Other")
        replies.write(session, secret, 0, f"{CANARY} is my neighbour.")
    return secret


def _walk(
    desk: Desk, editor: Visitor, reader: Visitor, school: School, secrets: Mapping[str, str]
) -> Iterator[tuple[str, TestResponse]]:
    """Every GET route of the table with what there is in each of its places, by an editor and by nobody; then every link."""
    with desk.database.write() as session:
        ours = {(place, "secret"): [secret] for place, secret in secrets.items()}
        known = {**there_is(session), **ours, **letters(desk, session), **lessons(session, school)}
    found: dict[str, set[int]] = {}
    reached: set[str] = set()
    asked = ["/es/", f"/search?q={CANARY.replace(' ', '+')}", "/search?q=rooms", "/desk/people?q=xanthippe", "/es/desk"]
    for route, path in [(path, path) for path in asked] + list(paths(known)):
        for visitor in asking(path, editor, reader, school):
            answer = visitor.get(path)
            found.setdefault(route, set()).add(answer.status_code)
            reached.update(ADDRESS.findall(answer.text) if answer.mimetype == "text/html" else ())
            if "q=" not in path or answer.mimetype != "text/html":
                yield path, answer
    never = {route for route, codes in found.items() if not codes & {200, 301, 302, 303}}
    assert never == set(), "every route must have been seen answering"
    assert set(found) >= {route for route, method in table() if method == "GET"} - UNASKED
    tried = {path for _, path in paths(known)}
    for path in sorted({path.replace("&amp;", "&") for path in reached} - tried)[:60]:
        yield path, (editor if "/desk" in path else reader).get(path)


def asking(path: str, editor: Visitor, reader: Visitor, school: School) -> tuple[Visitor, ...]:
    """Who may have something at an address: a class answers its teacher and its students."""
    if path.startswith("/desk/classes"):
        return (editor, school.teacher)
    return (school.students[0].visitor, reader) if path.startswith("/classes") else (editor, reader)


def lessons(session: Session, school: School) -> dict[tuple[str, str], Sequence[object]]:
    """What stands in the places of the routes of classes."""
    keys = list(session.exec(select(Assignment.key)))
    (slip,) = slips.prepare(session, school.teacher_id, school.key, 1)
    return {
        ("join", "code"): [school.join_code],
        ("slip", "secret"): [slip.secret],
        ("classes", "room"): [school.key],
        ("work", "key"): keys,
        ("assignments", "key"): keys,
        ("students", "member"): [school.students[0].seat.key],
        ("overview", "member"): [school.students[0].seat.member],
        ("export", "kind"): list(KINDS),
        ("coding", "slug"): list(session.exec(select(Contest.slug))),
    }


def letters(desk: Desk, session: Session) -> dict[tuple[str, str], Sequence[object]]:
    """The links of letters about what is followed still."""
    (followed,), (follower,) = session.exec(select(Subscription)).all(), session.exec(select(Follower)).all()
    refs = {"confirm": followed.ref, "stop": followed.ref, "mine": follower.ref}
    secret = links.key(desk.app.config["TRACKER"])
    return {(purpose, "secret"): [links.link(secret, purpose, ref)] for purpose, ref in refs.items()}


def paths(known: Mapping[tuple[str, str], Sequence[object]]) -> Iterator[tuple[str, str]]:
    """(route, path) for every GET route and all that stands in its places."""
    for route, method in table():
        if method != "GET" or route in UNASKED:
            continue
        places = re.findall(r"(\w+)?/<(?:int:)?(\w+)>", route)
        for values in product(*(known[place] for place in places)):
            path = re.sub(r"<[^>]+>", "{}", route).format(*values)
            yield route, path + ASKED.get(route, "").format(turn=known["turns", "key"][0])


def there_is(session: Session) -> dict[tuple[str, str], Sequence[object]]:
    """What stands in each place of a route, by the word before it and its name."""
    forum_id = session.exec(select(Forum.id).where(Forum.slug == FORUM)).one()
    private = session.exec(select(Person.slug).where(col(Person.slug).startswith("person-"))).one()
    everybody = [private, "ana-reyes", "old-xanthippe-quokkasdottir"]
    contests = list(session.exec(select(Contest.slug)))
    deeds = [key for model in RECORDED for key in session.exec(select(model.key))]
    return {
        ("contests", "slug"): contests,
        ("races", "slug"): contests,
        ("candidates", "person"): everybody,
        ("statements", "key"): list(session.exec(select(Proposition.slug)))[:1],
        ("", "person"): everybody,
        ("changes", "kind"): ["forum", "person"],
        ("", "key"): [FORUM, *everybody, *deeds, "open-door", "it-opened", "program.bridge-0"],
        ("", "part"): ["criteria", "history", "links"],
        ("back", "what"): ["finding", "reply"],
        ("back", "key"): deeds,
        **{(place, name): list(session.exec(select(model.slug))) for place, name, model in DEEDS},
        ("forums", "slug"): [FORUM],
        ("sources", "key"): list(session.exec(select(Source.key))),
        ("cite", "name"): [form.name for form in FORMS],
        ("folders", "secret"): [FOLDER],
        ("shared", "secret"): [folders.share_secret(FOLDER)],
        ("", "name"): list(WAYS),
        ("download", "name"): [writer.NAME for writer in formats.WRITERS],
        ("imports", "key"): list(session.exec(select(ImportDraft.key))),
        ("merges", "id"): list(session.exec(select(PersonMerge.id))),
        ("look", "key"): list(session.exec(select(DocumentUpload.key))),
        ("organisations", "slug"): list(session.exec(select(Organisation.slug))),
        ("people", "slug"): everybody,
        ("speakers", "slug"): everybody,
        ("reports", "id"): list(session.exec(select(Report.id))),
        ("topics", "slug"): ["housing"],
        ("turns", "key"): list(
            session.exec(select(Turn.key).where(Turn.forum_id == forum_id).order_by(col(Turn.id).desc()).limit(4))
        ),
        ("voices", "id"): list(session.exec(select(Speaker.id))),
    }
