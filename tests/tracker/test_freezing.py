"""The freeze: when it holds, that nobody passes it alone by any way, how two people agree, and what readers are told."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, col, delete, select, update

from positions.models import Candidacy, Contest, EntryMerge, Evidence, Proposition, Topic
from tests.positions.town import load_text
from tests.tracker.calling import Site, site
from tests.tracker.desk import Desk, Visitor, desk_on
from tests.tracker.test_desk_imports import begun, say, stored
from tests.transcripts.records import EVENING, turn_saying
from tracker.accounts import people
from tracker.freezing import agreeing, calendar, guard, told
from tracker.freezing.calendar import Switched
from tracker.freezing.models import FreezeException, FreezeSwitch, FrozenChange
from transcripts import proposing
from transcripts.amending import Reason
from transcripts.errors import Conflict, Refusal
from transcripts.models import Person, Source, Turn, now

RACE = "town-mayor-2026"
CANDIDATE = f"/desk/races/{RACE}/candidates/cy-abbot"
ELECTION = date(2026, 11, 3)
OTHER_NAME = {"ballot_name": "Cyrus Abbot", "status": "qualified"}
ASKED = {"race": RACE, "what": "The name on the ballot", "why": "The clerk corrected it"}


@pytest.fixture
def throw_away(database_url: str, tmp_path: Path) -> Site:
    return site(tmp_path, database_url)


@pytest.fixture
def desk(throw_away: Site) -> Iterator[Desk]:
    desk = desk_on(throw_away)
    load_text(desk.database)
    freeze(desk)
    yield desk
    desk.database.dispose()


def freeze(desk: Desk, state: str = "on") -> None:
    with desk.database.write() as session:
        session.add(FreezeSwitch(race=RACE, state=state, why="Ballots are printed", by="Ada Admin"))


def agreed(desk: Desk, asker: Visitor, other: Visitor, **said: str) -> None:
    assert asker.post("/desk/freeze/ask", ASKED | said).status_code == 303
    with desk.database.read() as session:
        id = session.exec(select(FreezeException.id).order_by(col(FreezeException.id).desc())).first()
    assert other.post(f"/desk/freeze/{id}/agree", {"agreed_why": "I saw the letter"}).status_code == 303


def ballot_name(desk: Desk) -> str:
    with desk.database.read() as session:
        found = select(Candidacy.ballot_name).join(Person).where(Person.slug == "cy-abbot")
        return session.exec(found).one()


@pytest.mark.parametrize(
    ("moment", "days", "switch", "since"),
    [
        ("2026-10-20T03:59:59", None, None, None),  # still the 19th in New York
        ("2026-10-20T04:00:00", None, None, "2026-10-20"),
        ("2026-11-04T04:59:59", None, None, "2026-10-20"),  # election day itself is part of it
        ("2026-11-04T05:00:00", None, None, None),
        ("2026-11-01T12:00:00", 0, None, None),
        ("2026-11-01T12:00:00", 2, None, "2026-11-01"),
        ("2026-11-01T12:00:00", None, "off", None),
        ("2026-11-01T12:00:00", None, "calendar", "2026-10-20"),
        ("2026-01-01T12:00:00", None, "on", "2025-12-31"),
        ("2027-01-01T12:00:00", 0, "on", "2025-12-31"),
    ],
)
def test_a_race_is_frozen_by_its_own_calendar(
    moment: str, days: int | None, switch: str | None, since: str | None
) -> None:
    said = Switched(switch, "Why", datetime(2026, 1, 1, 4, 59, tzinfo=UTC)) if switch else None
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    found = calendar.frozen(ELECTION, "America/New_York", days, said, at)
    assert (found.since.isoformat() if found else None) == since


def test_the_calendar_freezes_without_anybody(desk: Desk) -> None:
    with desk.database.write() as session:
        guard.exempt(session)
        session.add(FreezeSwitch(race=RACE, state="calendar", why="Done", by="Ada Admin"))
        race = session.exec(select(Contest)).one()
        race.election_date = now().date() + timedelta(days=14)
        session.add(race)
    assert desk.editor().post(CANDIDATE, OTHER_NAME).status_code == 409
    with desk.database.write() as session:
        guard.exempt(session)
        race = session.exec(select(Contest)).one()
        race.freeze_days = 3
        session.add(race)
    assert desk.editor("Eve Editor").post(CANDIDATE, OTHER_NAME).status_code == 303


def test_one_editor_alone_changes_nothing(desk: Desk) -> None:
    editor = desk.editor()
    answer = editor.post(CANDIDATE, OTHER_NAME)
    assert answer.status_code == 409 and "is frozen before its election day" in answer.text
    assert 'value="Cyrus Abbot"' in answer.text  # what was typed is still there
    assert ballot_name(desk) == "Cy Abbot"


WRITES: dict[str, Callable[[Session], object]] = {
    "a row that is changed": lambda s: setattr(s.exec(select(Contest)).one(), "place", "Elsewhere"),
    "a row that is made": lambda s: s.add(Proposition(slug="new", contest_id=1, topic_id=1, text_en="New.")),
    "a row that is taken away": lambda s: s.delete(s.exec(select(Evidence)).first()),
    "an update past the unit of work": lambda s: s.exec(
        update(Candidacy).where(col(Candidacy.ballot_name) == "Cy Abbot").values(ballot_name="X")
    ),
    "an update by key": lambda s: s.execute(update(Turn), [{"id": s.exec(select(Turn.id)).first(), "text": "X"}]),
    "a deletion past the unit of work": lambda s: s.exec(delete(Evidence).where(col(Evidence.id) > 0)),
    "a row moved elsewhere": lambda s: s.exec(update(Source).values(forum_id=Source.forum_id)),
    "the name of a subject": lambda s: setattr(
        s.exec(select(Topic).where(Topic.slug == "transit")).one(), "name_en", "Wheels"
    ),
    "the name of a moderator": lambda s: setattr(
        s.exec(select(Person).where(Person.slug == "mo-clark")).one(), "name", "Maud"
    ),
    "the end of the freeze": lambda s: s.add(FreezeSwitch(race="", state="off", why="No", by="Ada")),
}


@pytest.mark.parametrize("what", WRITES)
def test_no_way_of_writing_passes_it(desk: Desk, what: str) -> None:
    with pytest.raises(guard.Frozen), desk.database.write() as session:
        WRITES[what](session)
    with desk.database.write() as session:
        guard.exempt(session)
        WRITES[what](session)  # the same, where it may


def test_other_races_and_people_are_free(desk: Desk) -> None:
    with desk.database.write() as session:
        session.add(Person(slug="new", name="New", sort_name="New"))
        session.add(
            Contest(slug="other", title_en="Other", office_en="Other", place="X", election_date=date(2020, 1, 1))
        )


def test_two_people_agree_and_readers_are_told(desk: Desk) -> None:
    edith, otto = desk.editor(), desk.editor("Otto Other")
    before = desk.nobody().get(f"/contests/{RACE}").text
    assert "Frozen by the site’s administrators" in before and "Nothing has been changed since." in before
    agreed(desk, edith, otto)
    assert otto.post(CANDIDATE, OTHER_NAME).status_code == 409  # it holds for who asked
    assert edith.post(CANDIDATE, OTHER_NAME).status_code == 303
    assert ballot_name(desk) == "Cyrus Abbot"
    for path in (f"/contests/{RACE}", f"/contests/{RACE}/compare", "/forums/town-2026", f"/es/contests/{RACE}"):
        page = desk.nobody().get(path).text
        for words in ("Edith Editor", "Otto Other", "The name on the ballot", "The clerk corrected it", "the letter"):
            assert words in page, (path, words)
    with desk.database.read() as session:
        change = session.exec(select(FrozenChange)).one()
        assert (change.race, change.act, change.by) == (RACE, "change a candidate", "Edith Editor")


def test_readers_of_the_quiz_and_the_sheet_are_told_and_exceptions_follow_a_chain_of_merges(desk: Desk) -> None:
    edith, otto = desk.editor(), desk.editor("Otto Other")
    agreed(desk, edith, otto)
    assert edith.post(CANDIDATE, OTHER_NAME).status_code == 303
    for page in ("match", "quiz", "audit", "sheet"):
        html = desk.nobody().get(f"/contests/{RACE}/{page}").text
        assert "Frozen by the site’s administrators" in html and "The clerk corrected it" in html, page
    with Session(desk.database.writer) as session:  # past the guard: how it came to this is not what is asked here
        session.exec(select(Contest).where(Contest.slug == RACE)).one().slug = "mayor-3"
        session.add(EntryMerge(kind="race", slug=RACE, into_slug="mayor-2"))
        session.add(EntryMerge(kind="race", slug="mayor-2", into_slug="mayor-3"))
        held = session.exec(select(FrozenChange)).one()
        session.add(FrozenChange(exception_id=held.exception_id, race="mayor-2", act="change a candidate", by="Edith"))
        session.commit()
    with desk.database.read() as session:
        found = told.of_race(session, "mayor-3")
    assert found and [(one.why, one.changes) for one in found.exceptions] == [("The clerk corrected it", 2)]


def test_nobody_is_both_people(desk: Desk) -> None:
    account = desk.account("Edith Editor", "editor")
    first, second = desk.signed_in(account), desk.signed_in(account)
    assert first.post("/desk/freeze/ask", ASKED).status_code == 303
    assert "Changes of frozen races for another account" in second.get("/desk").text
    assert "Agree for one hour" not in second.get("/desk/freeze").text
    answer = second.post("/desk/freeze/1/agree", {"agreed_why": "Me again"})
    assert answer.status_code == 422 and "Another account must agree" in answer.text
    assert first.post(CANDIDATE, OTHER_NAME).status_code == 409


def test_an_agreement_ends(desk: Desk) -> None:
    edith, otto = desk.editor(), desk.account("Otto Other", "editor")
    desk.account("Ada Admin", "admin")
    agreed(desk, edith, desk.signed_in(otto))
    with desk.database.write() as session:
        people.disable(session, otto)
    assert edith.post(CANDIDATE, OTHER_NAME).status_code == 409  # who agreed is let in no more: it does not count
    with desk.database.write() as session:
        people.enable(session, otto)
        asked = session.exec(select(FreezeException)).one()
        asked.until = now() - timedelta(seconds=1)
        session.add(asked)
    assert edith.post(CANDIDATE, OTHER_NAME).status_code == 409  # an hour is over


def test_of_many_who_agree_at_once_one_does(desk: Desk) -> None:
    asker = desk.account("Edith Editor", "editor")
    others = [(desk.account(f"Other {n}", "editor"), f"Other {n}") for n in range(4)]
    with desk.database.write() as session:
        id = agreeing.ask(session, RACE, "A name", "It is wrong", (asker, "Edith Editor"))

    def agree(who: tuple[int, str]) -> bool:
        try:
            with desk.database.write() as session:
                agreeing.agree(session, id, "Yes", who)
        except Conflict:
            return False
        except Refusal:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(agree, [*others, *[(asker, "Edith Editor")] * 4]))
    assert sum(outcomes) == 1 and not any(outcomes[4:])


def test_administrators_freeze_alone_and_end_it_with_another(desk: Desk) -> None:
    admin = desk.signed_in(desk.account("Ada Admin", "admin"))
    said = {"race": RACE, "state": "off", "switch_why": "By mistake"}
    assert desk.editor().post("/desk/freeze/switch", said).status_code == 403
    assert admin.post("/desk/freeze/switch", said).status_code == 409
    assert admin.post("/desk/freeze/switch", {**said, "state": "on"}).status_code == 303
    agreed(desk, admin, desk.editor("Otto Other"), what="End the freeze")
    assert admin.post("/desk/freeze/switch", said).status_code == 303
    assert desk.editor("Eve Editor").post(CANDIDATE, OTHER_NAME).status_code == 303
    assert "This race is not frozen now." in desk.nobody().get(f"/contests/{RACE}").text


def test_an_approved_proposal_has_its_two_people(desk: Desk) -> None:
    said = turn_saying(desk.database, "Fine with me", "town-2026")
    with desk.database.write() as session:
        id = proposing.propose(session, said.key, said.version, None, Reason("Somebody else spoke", "Otto Other"))
    assert desk.editor().post(f"/desk/proposals/{id}/approve").status_code == 303
    with desk.database.read() as session:
        freeze = told.of_race(session, RACE)
    assert freeze and [(one.by, one.agreed_by, one.changes) for one in freeze.exceptions] == [
        ("Otto Other", "Edith Editor", 1)
    ]


def test_withheld_words_go_at_once_and_from_the_exceptions_too(desk: Desk) -> None:
    edith = desk.editor()
    edith.post("/desk/freeze/ask", {**ASKED, "why": "They said Fine with me on the phone"})
    said = turn_saying(desk.database, "Fine with me", "town-2026")
    words = {"version": said.version, "words": "Fine", "kind": "address", "step": "do", "why": "A private matter"}
    assert edith.post(f"/desk/turns/{said.key}/withhold", words).status_code == 303
    with desk.database.read() as session:
        assert "Fine" not in session.exec(select(FreezeException)).one().why


def test_a_command_says_who_and_why(desk: Desk, throw_away: Site, tmp_path: Path) -> None:
    file = tmp_path / "more.yaml"
    file.write_text(
        "contests:\n  - {slug: town-mayor-2026, title: {en: Mayor}, office: {en: Mayor}, place: Town, zone: UTC, "
        "election_date: 2026-11-03}\n"
    )
    refused = throw_away.tracker("load", str(file))
    assert refused.code == 2 and "--exception REASON --by NAME" in refused.err
    half = throw_away.tracker("load", str(file), "--exception", "The clerk says so")
    assert half.code == 2
    done = throw_away.tracker("load", str(file), "--exception", "The clerk says so", "--by", "Sam Server")
    assert done.code == 0, done.err
    data = json.loads(throw_away.tracker("compare", RACE, "--json").out)["freeze"]
    assert data["frozen"] and [(one["by"], one["agreed_by"], one["why"]) for one in data["exceptions"]] == [
        ("Sam Server", None, "The clerk says so")
    ]
    assert "nobody else agreed" in desk.nobody().get(f"/contests/{RACE}").text


def test_a_freeze_counts_at_the_next_request_of_every_worker(desk: Desk, throw_away: Site) -> None:
    with desk.database.write() as session:
        guard.exempt(session)
        session.add(FreezeSwitch(race=RACE, state="off", why="Not yet", by="Ada Admin"))
    worker = desk_on(throw_away)
    editor = worker.editor()
    assert editor.post(CANDIDATE, OTHER_NAME).status_code == 303
    admin = desk.signed_in(desk.account("Ada Admin", "admin"))
    assert admin.post("/desk/freeze/switch", {"race": "", "state": "on", "switch_why": "Now"}).status_code == 303
    assert editor.post(CANDIDATE, {**OTHER_NAME, "ballot_name": "C. Abbot"}).status_code == 409
    worker.database.dispose()


def test_an_import_is_refused(desk: Desk, throw_away: Site, tmp_path: Path) -> None:
    file = tmp_path / "evening.txt"
    file.write_text(EVENING)
    refused = throw_away.tracker("import", str(file), "--forum", "town-2026", "--replace", "--yes")
    assert refused.code == 2 and "is frozen before its election day" in refused.err


def test_the_worker_gives_an_import_back_until_another_account_agrees(desk: Desk) -> None:
    edith, otto = desk.editor(), desk.editor("Otto Other")
    address = begun(edith)
    assert (
        say(edith, address, "event", {"forum": "town-2026", "mode": "new", "source_title": "Minutes"}).status_code
        == 303
    )
    assert "is frozen before its election day" in stored(desk, edith, address)
    agreed(desk, edith, otto, what="The transcript of the town forum")
    assert "is frozen before its election day" not in stored(desk, edith, address)
    with desk.database.read() as session:
        assert session.exec(select(FrozenChange.act, FrozenChange.by)).one() == ("store import", "Edith Editor")
