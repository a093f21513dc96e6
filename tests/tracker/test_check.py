"""/check and `tracker check`: every verdict with its source, nothing that may not be shown, nothing pasted kept."""

import json
import logging
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event, text

from tests.tracker import heard
from tests.tracker.calling import Site, site
from tests.tracker.desk import OURS, Desk, desk_on
from tests.tracker.heard import key
from tracker.checking import Checked, check
from tracker.db import Database
from tracker.verdicts import VERDICT_WORDS
from transcripts.checking.judging import Verdict
from transcripts.checking.spotting import line, spot
from transcripts.models import Forum, Record, Speaker, Turn, TurnVersion
from transcripts.text import fingerprint

TRUE = "The police need forty more officers, and better lamps in the harbor."
MORE = "I will never sell the ferry to anybody from outside this town, and the mayor knows it."


@pytest.fixture
def town(database: Database) -> Database:
    """The small world, and a debate in Spanish and English."""
    with database.write() as session:
        heard.store(session)
        session.add(Forum(id=3, slug="ferry", title_en="Ferry debate", held_on=date(2026, 9, 9)))
        session.flush()
        session.add_all(
            [
                Record(id=4, forum_id=3, grade="machine", is_published=True),
                Speaker(id=5, forum_id=3, person_id=2, name="QUILL", role="candidate"),
            ]
        )
        session.flush()
        for n, text in enumerate((MORE, "Nunca dije que el puerto fuera de nadie más que del pueblo."), 20):
            session.add(
                Turn(
                    id=n,
                    key=key(f"ferry{n}"),
                    forum_id=3,
                    record_id=4,
                    speaker_id=5,
                    position=n,
                    kind="speech",
                    label="QUILL",
                    text=text,
                    start_ms=61_000,
                    lang="es" if n == 21 else "en",
                    fingerprint=fingerprint("QUILL", text),
                )
            )
    return database


def judged(database: Database, pasted: str) -> Checked:
    with database.read() as session:
        (one,) = check(session, [line(pasted)]).checked
    return one


CASES = [
    (TRUE, Verdict.VERBATIM),
    (f"{TRUE}\tAda Marsh", Verdict.VERBATIM),
    (f"{TRUE}\tada-marsh", Verdict.VERBATIM),
    (f"{TRUE}\tMayor Marsh", Verdict.VERBATIM),
    (f"{TRUE}\tBo Quill", Verdict.SOMEONE_ELSE),
    (f"{TRUE}\tAbraham Nobody", Verdict.SOMEONE_ELSE),
    (f"{TRUE}\tthe moderator", Verdict.VERBATIM),
    ("The police need … better lamps in the harbor", Verdict.OMISSION),
    ("The police need four more officers, and better lamps in the harbor", Verdict.CHANGED),
    ("I will sell the ferry to anybody from outside this town", Verdict.CHANGED),
    ("I will … sell the ferry to anybody from outside this town", Verdict.CHANGED),
    ("«Nunca dije que el puerto fuera de nadie mas»", Verdict.VERBATIM),
    ("Dije que el puerto fuera de nadie más que del pueblo", Verdict.CHANGED),
    ("better lamps in the harbor to anybody from outside this town", Verdict.STITCHED),
    ("I never said lamps were enough", Verdict.VERBATIM),
    ("Please keep to one minute about the lamps", Verdict.VERBATIM),
    ("The herring market should have opened on Tuesdays only", Verdict.NOT_HELD),
]


def test_each_verdict(town: Database) -> None:
    with town.read() as session:
        checked = check(session, [line(pasted) for pasted, _ in CASES]).checked
    assert [(pasted, one.verdict) for (pasted, _), one in zip(CASES, checked, strict=True)] == CASES


def test_a_verdict_names_who_where_when_and_how_far_to_trust_it(town: Database) -> None:
    one = judged(town, f"{TRUE}\tBo Quill")
    (found,) = one.found
    assert (found.turn.speaker_name, found.turn.forum.slug, found.turn.grade) == ("Ada Marsh", "town-hall", "published")
    assert found.path == f"/turns/{key('marsh')}?words=0-67&v=1"
    assert found.words == TRUE[:-1]
    told = judged(town, "I never said lamps were enough").found[0]
    assert told.quoted_by == "The Gazette"
    assert judged(town, "dije que el puerto").beside, "a never stands before it"


def test_what_may_not_be_shown_is_not_held(town: Database) -> None:
    for pasted in ("Lamps that were withdrawn.", "Lamps in a private draft.", "The reporter saw lamps everywhere."):
        one = judged(town, pasted)
        assert one.verdict is Verdict.NOT_HELD and not one.found and not one.rivals


def test_the_index_follows_the_record(town: Database) -> None:
    assert judged(town, "a sentence about the old quay").verdict is Verdict.NOT_HELD
    with town.write() as session:
        turn = session.get(Turn, 20)
        assert turn is not None
        turn.text, turn.version = "This is a sentence about the old quay.", 2
        session.add_all([turn, TurnVersion(turn_id=20, n=2, text=turn.text)])
    assert judged(town, "a sentence about the old quay").verdict is Verdict.VERBATIM
    assert judged(town, MORE).verdict is Verdict.NOT_HELD
    with town.write() as session:
        record = session.get(Record, 4)
        assert record is not None
        record.publishing_right = "private"
        session.add(record)
    assert judged(town, "a sentence about the old quay").verdict is Verdict.NOT_HELD
    with town.write() as session:
        withdrawn = session.get(Turn, 7)
        assert withdrawn is not None
        withdrawn.status = "current"
        session.add(withdrawn)
    assert judged(town, "Lamps that were withdrawn.").verdict is Verdict.VERBATIM, "what comes back is there"


def test_a_person_of_whom_only_reports_are_held(town: Database) -> None:
    with town.write() as session:
        for id in (1, 4):
            record = session.get(Record, id)
            assert record is not None
            record.is_published = False
            session.add(record)
    one = judged(town, "The herring market should open on Tuesdays\tAda Marsh")
    assert one.verdict is Verdict.RECAP
    assert {(forum.slug, forum.grade) for forum in one.heard} == {("debate", "recap"), ("town-hall", None)}


def test_as_many_statements_for_forty_quotations_as_for_two(town: Database) -> None:
    made: list[str] = []
    event.listen(town.reader, "before_cursor_execute", lambda c, k, statement, p, x, m: made.append(statement))
    counts = []
    texts = [TRUE, "nothing of this is held by anybody", "The police need four more officers and better lamps"] * 14
    for size in (3, 40):
        with town.read() as session:
            check(session, [line(f"{text}\tBo Quill") for text in texts[:size]])
        counts.append(len(made))
        made.clear()
    with town.read() as session:
        check(session, [line(f"{text}\tBo Quill") for text in texts[:3]])
    assert counts[1] == len(made) <= 16 and counts[0] <= 20


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = desk_on(site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}"))
    with made.database.write() as session:
        heard.store(session)
    yield made
    made.database.dispose()


def test_the_page_answers_without_keeping_or_telling_what_was_pasted(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    client = desk.nobody().client
    empty = client.get("/check")
    assert empty.status_code == 200 and "no-store" not in empty.headers.get("Cache-Control", "")
    article = (
        f"“{TRUE.replace('forty', 'fifty')}” said Ada Marsh. “The herring market opens on Tuesdays,” said Bo Quill."
    )
    before = _every_row(desk.database)
    with caplog.at_level(logging.DEBUG):
        answer = client.post("/check", data={"text": article}, headers=OURS)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    assert "herring" not in caplog.text
    assert _every_row(desk.database) == before
    html = answer.text
    assert "2 quotations checked" in html
    assert re.search(r"<del>.*in what we hold:.*forty.*</del> <ins>.*as quoted:.*fifty", html)
    assert "Changed words" in html and "Not in what we hold" in html
    assert "false" not in re.sub(r"<[^>]+>", "", html).lower()
    spanish = client.post("/es/check", data={"text": TRUE, "speaker": "Bo Quill"}, headers=OURS).text
    assert "Palabras de otra persona" in spanish and "Ada Marsh" in spanish


def _every_row(database: Database) -> int:
    from sqlmodel import SQLModel, func, select

    with database.read() as session:
        tables = [table for table in SQLModel.metadata.sorted_tables if table.name != "rate_count"]
        return sum(session.execute(select(func.count()).select_from(table)).scalar_one() for table in tables)


def test_what_cannot_be_checked_is_refused_with_what_was_typed(desk: Desk) -> None:
    client = desk.nobody().client
    for pasted in ("", "x" * 150_000, '"' * 10_000, "“one two three four” " * 500):
        answer = client.post("/check", data={"text": pasted}, headers=OURS)
        assert answer.status_code == 422 and "no-store" in answer.headers["Cache-Control"]
        assert 'class="notice notice-error"' in answer.text or "field-error" in answer.text
    assert client.post("/check", data={"text": "x" * 3_000_000}, headers=OURS).status_code == 413


def test_nothing_pasted_becomes_markup(desk: Desk) -> None:
    pasted = "<script>alert(1)</script> need forty more officers, and better lamps in the harbor."
    html = desk.nobody().client.post("/check", data={"text": pasted}, headers=OURS).text
    assert "<script>alert" not in html and "Changed words" in html


def test_too_many_checks_wait_and_lose_nothing(desk: Desk) -> None:
    client = desk.nobody().client
    assert client.post("/check", data={"text": "a b c"}, headers=OURS).status_code == 200
    with desk.database.write() as session:
        session.execute(text("UPDATE rate_count SET count = 200"))
    late = client.post("/check", data={"text": "a b c"}, headers=OURS)
    assert late.status_code == 429 and "a b c" in late.text


@pytest.fixture
def command(tmp_path: Path) -> Site:
    made = site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}")
    with Database(made.url) as database, database.write() as session:
        heard.store(session)
    return made


def test_json_is_one_line_a_quotation_in_the_words_of_the_verdicts(command: Site, tmp_path: Path) -> None:
    listed = tmp_path / "list.txt"
    listed.write_text(f"{TRUE}\n\n{TRUE}\tBo Quill\nThe herring market opens\n", encoding="utf-8")
    ended = command.tracker("check", "--file", str(listed), "--json")
    assert (ended.code, ended.err) == (0, "")
    lines = [json.loads(row) for row in ended.out.splitlines()]
    assert [one["verdict"] for one in lines] == ["verbatim", "words of someone else", "not in what we hold"]
    assert {one["verdict"] for one in lines} <= set(map(str, VERDICT_WORDS))
    first = lines[0]
    assert (first["speaker"], first["speaker_slug"], first["forum"]) == ("Ada Marsh", "ada-marsh", "town-hall")
    assert first["passage"] == TRUE[first["start"] : first["end"]]
    assert first["url"] == f"/turns/{key('marsh')}?words={first['start']}-{first['end']}&v=1"
    assert first["difference"] == [{"op": "equal", "quoted": TRUE[:-1], "held": TRUE[:-1]}]
    assert lines[1]["claimed_speaker"] == "Bo Quill"
    assert lines[2]["passage"] is None and lines[2]["held"]["transcripts"] == 1
    assert all(one.keys() == first.keys() for one in lines)


def test_the_command_prints_the_difference_for_people(command: Site) -> None:
    ended = command.tracker("check", "The police need fifty more officers", "--speaker", "Ada Marsh")
    assert ended.code == 0
    assert "Changed words" in ended.out and "The police need [-forty-] {+fifty+} more officers" in ended.out
    assert "Palabras cambiadas" in command.tracker("check", "The police need fifty more officers", "--lang", "es").out


def test_bad_input_is_one_sentence_and_exit_code_2(command: Site) -> None:
    bad = [(), ("?!",), ("a", "--file", "b"), ("--file", "nowhere.txt"), ("x" * 5_000,), ("word " * 30_000,)]
    for arguments in bad:
        ended = command.tracker("check", *arguments)
        assert ended.code == 2 and ended.err.startswith("tracker: ") and ended.err.count("\n") == 1


def test_words_withheld_never_come_out(tmp_path: Path) -> None:
    from tests.positions.test_withholding import CANARY, plant
    from tests.tracker.desk import desk_of
    from tests.transcripts.records import turn_saying
    from tests.world import config_in

    config = config_in(tmp_path)
    database = plant(config)
    desk = desk_of(config)
    said = " ".join(turn_saying(database, "two rooms").text.split()[:30])
    client = desk.nobody().client
    assert CANARY.split()[-1].lower() in client.post("/check", data={"text": said}, headers=OURS).text.lower()
    turn = turn_saying(database, "two rooms")
    asked = {"version": turn.version, "words": CANARY, "kind": "name", "why": "asked", "requested_by": "", "step": "do"}
    assert desk.as_("editor", "admin").post(f"/desk/turns/{turn.key}/withhold", asked).status_code == 303
    around = [piece for piece in re.split(re.escape(CANARY), said, flags=re.IGNORECASE) if len(piece.split()) > 3]
    for piece in around:
        html = client.post("/check", data={"text": piece}, headers=OURS).text
        assert CANARY.lower() not in html.lower()
    with database.read() as session:
        (one,) = check(session, [spot(said)]).checked
    assert one.verdict is not Verdict.VERBATIM
    assert not any(CANARY.lower() in found.turn.text.lower() for found in (*one.found, *one.rivals))
    database.dispose()
    desk.database.dispose()
