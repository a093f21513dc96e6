"""One page of everything the site says about somebody: complete, in both languages, in parts that are never heavy."""

import gzip
import html
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlmodel import Session, col, insert, select
from ulid import ULID

from positions import withholding
from positions.models import Stance, Tag, Topic
from positions.queries.everything import TOPICS, Totals, everything
from positions.stances import take_back
from tests.positions.town import load_text, speaker_of
from tests.tracker.calling import site
from tests.tracker.desk import Desk, desk_on
from tests.transcripts.records import turn_saying
from tracker.db import Database
from transcripts import attributing, correcting, reporting
from transcripts.amending import Reason
from transcripts.models import Correction, Turn
from transcripts.reporting import Subject

HERE = "/speakers/ana-reyes/everything"
WHY = Reason("Heard on the tape", "Edith", "the campaign")
HEAVIEST = 48_000
"""Compressed bytes of a page, so that it stays below 60,000 with the style sheet."""
STATEMENTS = 24


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = desk_on(site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}"))
    load_text(desk.database)
    yield desk
    desk.database.dispose()


def told(session: Session) -> None:
    """Everything that can be said of Ana Reyes: a position taken back, topics, a correction, a change of voice, decisions."""
    turns = {turn.text.split()[0]: turn for turn in session.exec(select(Turn))}
    topics = dict(session.exec(select(Topic.slug, Topic.id)).all())
    rows = [("transit", "suggested"), ("body-cameras", "confirmed"), ("housing", "rejected")]
    cameras = turns["Cameras"].id or 0
    tags = [Tag(turn_id=cameras, topic_id=topics[t] or 0, reason="said “cameras”", status=s) for t, s in rows]
    session.add_all(tags)
    session.flush()
    stance = session.exec(select(Stance.id).where(Stance.code == "support", Stance.tier == 1)).one() or 0
    take_back(session, stance)
    correcting.reword(session, turns["Cameras"].key, 1, "Cameras cost money. We might wait.", WHY)
    voice = speaker_of(session, "REYES").id or 0
    attributing.set_role(session, voice, 0, "official", Reason("She sits on the board", "Edith"))
    about = (
        Subject("position", stance),
        Subject("tag", tags[0].id or 0, cameras, 1),
        Subject("turn", cameras, cameras, 1),
    )
    for n, (subject, reason) in enumerate(
        zip(about, ("Fair as it is", "Buses, not trams", "The tape agrees"), strict=True), 1
    ):
        reporting.report(session, subject, "unfair_label", "My secret words", "me@example.org", secret=f"{n}" * 32)
        reporting.decide(session, n, 1, n == 3, "Edith", reason)


def test_everything_is_there_in_both_languages(desk: Desk) -> None:
    with desk.database.write() as session:
        told(session)
    reader = desk.nobody()
    page = html.unescape(reader.get(HERE).text)
    for said in (
        "Buses should be free.", "buses should be free", "Replaced since by a later entry.", "We have not checked this yet",
        "Officers should wear cameras.", "confirmed by an editor", "suggested by rule: said “cameras”", "might wait",
        "Heard on the tape", "At the request of the campaign", "She sits on the board", "Fair as it is", "Buses, not trams",
        "The tape agrees", "Councilwoman Reyes", "incumbent", "not checked by us",
        "Judged by one person.", "Mayor of the town", "Something wrong here?",
    ):  # fmt: skip
        assert said in page, said
    assert "Housing" not in page and "secret words" not in page and "me@example.org" not in page
    spanish = html.unescape(reader.get(f"/es{HERE}").text)
    for said in ("Los autobuses deben ser gratuitos.", "Alcaldía del pueblo", "confirmado por", "deben ser gratuitos"):
        assert said in spanish, said
    assert f'href="{HERE}"' in reader.get("/speakers/ana-reyes").text
    assert f'href="{HERE}"' in reader.get("/reports").text and f'href="{HERE}"' in reader.get("/corrections").text


def test_both_databases_tell_the_same(database: Database) -> None:
    load_text(database)
    with database.write() as session:
        told(session)
    with database.read() as session:
        found = everything(session, "ana-reyes")
    assert found.totals == Totals(2, 1, 0, 1, 1, 1, 1, 3) and found.totals.parts == 1
    assert [len(one.entries) for one in found.statements] == [2, 0]
    assert [entry.printed for entry in found.statements[0].entries] == [True, False]
    assert [one.line.status for one in found.decisions] == ["accepted", "refused", "refused"]
    assert [one.slug for one in found.silent] == []


def test_silences_and_searches_are_told_of_who_did_not_answer(desk: Desk) -> None:
    page = html.unescape(desk.nobody().get("/speakers/bo-stone/everything").text)
    for said in (
        "Chose not to answer",
        "He shook his head.",
        "Looked for by An editor",
        "Council minutes",
        "every single officer",
    ):
        assert said in page, said
    assert desk.nobody().get("/speakers/nobody/everything").status_code == 404
    assert desk.nobody().get(f"{HERE}?part=2").status_code == 404


def test_words_that_were_another_voices_once_are_told_of_both(desk: Desk) -> None:
    with desk.database.write() as session:
        turn = turn_saying(desk.database, "Fine with me", "town-2026")
        correcting.reassign(session, turn.key, 1, speaker_of(session, "REYES").id, Reason("It was her voice", "Edith"))
    for slug in ("ana-reyes", "bo-stone"):
        assert "It was her voice" in desk.nobody().get(f"/speakers/{slug}/everything").text
    assert "It was her voice" not in desk.nobody().get("/speakers/cy-abbot/everything").text


def test_a_voice_that_ceased_to_be_theirs_is_told(desk: Desk) -> None:
    with desk.database.write() as session:
        voice = speaker_of(session, "CLARK")
        attributing.unlink(session, voice.id or 0, 0, Reason("Somebody else asked", "Edith"), guarded=())
    assert "Somebody else asked" in desk.nobody().get("/speakers/mo-clark/everything").text


def test_withheld_words_never_appear(desk: Desk) -> None:
    with desk.database.write() as session:
        told(session)
        turn = session.exec(select(Turn).where(col(Turn.text).contains("might wait"))).one()
        correcting.reword(session, turn.key, 2, "Cameras cost Zenobia Quark money. We might wait.", WHY)
    with desk.database.write() as session:
        withholding.withhold(session, turn.key, 3, "Zenobia Quark", "name", Reason("A private person asked", "Edith"))
    page = desk.nobody().get(HERE).text
    assert "Words withheld" in page and "A private person asked" in page
    assert "Zenobia" not in page and "Quark" not in page


def test_thousands_of_passages_come_in_parts_that_are_not_heavy(desk: Desk) -> None:
    many = 3_000
    with desk.database.write() as session:
        told(session)
        first = session.exec(select(Turn).where(col(Turn.text).contains("might wait"))).one()
        same = first.model_dump(exclude={"id", "key", "position", "text"})
        pick, said = (
            random.Random(7),
            "we the buses cameras pay city river street people should never always before school".split(),
        )
        texts = [" ".join(pick.choices(said, k=300)) for _ in range(many)]
        rows = [{**same, "key": str(ULID()), "position": n + 10, "text": text} for n, text in enumerate(texts)]
        session.execute(insert(Turn), rows)
        ids = [id for id in session.exec(select(Turn.id).where(col(Turn.position) >= 10)) if id is not None]
        topic = session.exec(select(Topic.id).where(Topic.slug == "transit")).one() or 0
        tag = {"topic_id": topic, "reason": "said “buses”", "put_by": "rule", "status": "suggested"}
        session.execute(insert(Tag), [{**tag, "turn_id": id} for id in ids])
        change = {"forum_id": first.forum_id, "kind": "reword", "why": "Heard", "by": "Edith"}
        both = [{**change, "turn_id": id, "before": texts[n], "after": texts[-n]} for n, id in enumerate(ids[:200])]
        session.execute(insert(Correction), both)
    reader, made = desk.nobody(), []
    event.listen(desk.database.reader, "before_cursor_execute", lambda c, k, said, p, x, m: made.append(said))
    seen: set[str] = set()
    parts = -(-(many + 2) // TOPICS)
    for part in (1, 2, parts):
        made.clear()
        answer = reader.get(f"{HERE}?part={part}")
        assert answer.status_code == 200 and len(made) <= STATEMENTS
        assert len(gzip.compress(answer.data)) < HEAVIEST
        keys = set(re.findall(r'href="/turns/(01\w{24})"', answer.text))
        assert keys and not keys & seen
        seen |= keys
    assert reader.get(f"{HERE}?part={parts + 1}").status_code == 404
    assert f"part={parts}" in reader.get(HERE).text
