"""Who said words that positions rest on changes only with a second editor; quotations are derived from the record, always."""

import itertools
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, SQLModel, col, select

from positions import attribution, reanchoring
from positions.models import Evidence, EvidenceAnchor
from positions.queries import evidence
from tests.positions.town import load_text
from tests.transcripts.records import add_forum, stored, turns
from tracker import intake
from tracker.db import Database
from transcripts import annotating, correcting, importing, proposing
from transcripts.amending import Reason
from transcripts.annotating import Body
from transcripts.annotation_models import AnnotationAnchor
from transcripts.errors import Conflict, Refusal
from transcripts.importing import Choices
from transcripts.models import Correction, Forum, Speaker, Turn
from transcripts.reanchoring import unfaithful

BECAUSE = Reason("The recording says so", "Ana")


def quoted(session: Session) -> Turn:
    """The turn the position on buses quotes."""
    return session.exec(
        select(Turn).join(Evidence, col(Evidence.turn_id) == col(Turn.id)).order_by(col(Evidence.id))
    ).first() or pytest.fail("no evidence")


def stone(session: Session) -> int:
    return session.exec(select(Speaker.id).where(Speaker.name == "Bo Stone")).one() or 0


def proposed(database: Database) -> int:
    load_text(database)
    with database.write() as session:
        id = attribution.reassign(session, quoted(session).key, 1, stone(session), BECAUSE)
    assert id is not None
    return id


def test_words_nothing_rests_on_change_hands_at_once(database: Database) -> None:
    load_text(database)
    with database.write() as session:
        turn = session.exec(select(Turn).where(Turn.text == "Fine with me.")).one()
        other = session.exec(select(Speaker.id).where(Speaker.name == "Ana Reyes")).one()
        assert attribution.reassign(session, turn.key, 1, other, BECAUSE) is None
        assert session.get_one(Turn, turn.id).speaker_id == other


def test_a_voice_is_known_by_what_rests_on_it(database: Database) -> None:
    load_text(database)
    with database.read() as session:
        turn = quoted(session)
        assert attribution.of_voice(session, turn.speaker_id or 0) == {turn.id}
        assert attribution.of_voice(session, stone(session)) == frozenset()


def test_evidence_waits_for_another_editor(database: Database) -> None:
    id = proposed(database)
    with database.read() as session:
        turn = quoted(session)
        assert session.get_one(Speaker, turn.speaker_id).name == "Ana Reyes"
        assert session.exec(select(Correction)).all() == []
    for same in ("Ana", " ana ", "ANA"):
        with pytest.raises(Refusal, match="Another editor"), database.write() as session:
            attribution.approve(session, id, same)
    with pytest.raises(Conflict, match="waits"), database.write() as session:
        attribution.reassign(session, turn.key, 1, None, Reason("No", "Ben"))
    with database.write() as session:
        attribution.approve(session, id, "Ben")
    with database.read() as session:
        assert session.get_one(Turn, turn.id).speaker_id == stone(session)
        done = session.exec(select(Correction)).one()
        assert (done.kind, done.by, done.after) == ("reassign", "Ana · Ben", "Bo Stone")
        assert attribution.misattributed(session) == [
            session.exec(select(Evidence.id).order_by(col(Evidence.id))).first()
        ]
    with pytest.raises(Conflict, match="decided"), database.write() as session:
        attribution.approve(session, id, "Cleo")
    with database.write() as session:
        back = attribution.undo(session, done.id or 0, 2, Reason("It was she", "Ben"))
        assert back is not None
        attribution.approve(session, back, "Ana")
        assert attribution.misattributed(session) == []


def test_a_proposal_can_be_dropped_and_stale_ones_are_not_carried_out(database: Database) -> None:
    id = proposed(database)
    with database.read() as session:
        turn = quoted(session)
    with database.write() as session:
        correcting.reword(session, turn.key, 1, f"{turn.text} Yes.", BECAUSE)
        reanchoring.reanchor(session, turn.forum_id)
    with pytest.raises(Conflict, match="you saw version 1"), database.write() as session:
        attribution.approve(session, id, "Ben")
    with database.write() as session:
        proposing.refuse(session, id, "Ben", "The words changed")
        assert proposing.waiting(session) == []


@pytest.mark.parametrize("names", [["Ben"] * 64, [f"Editor {n}" for n in range(64)]])
def test_of_64_who_agree_at_once_one_carries_it_out(database: Database, names: list[str]) -> None:
    id = proposed(database)
    start, results = threading.Barrier(len(names)), []

    def agree(name: str) -> None:
        start.wait()
        try:
            with database.write() as session:
                attribution.approve(session, id, name)
            results.append("done")
        except Conflict:
            results.append("told")

    threads = [threading.Thread(target=agree, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["done", *["told"] * (len(names) - 1)]
    with database.read() as session:
        assert len(session.exec(select(Correction)).all()) == 1
        assert quoted(session).version == 2


def test_a_corrected_file_only_proposes_another_voice_for_evidence(database: Database) -> None:
    stored(database)
    with database.write() as session:
        turn = session.exec(select(Turn).where(col(Turn.text).contains("freeze rents"))).one()
        was = turn.speaker_id
        text = "\n\n".join(f"{one.label}: {one.text}" for one in turns(database)).replace("TOM VALE:", "IDA BERG:")
        forum = session.exec(select(Forum)).one()
        files = [importing.receive(text.encode(), "evening.txt")]
        importing.store(session, files, forum, Choices(by="Ana", guarded=frozenset({turn.id or 0})))
        after = session.get_one(Turn, turn.id)
        assert (after.speaker_id, after.label) == (was, "IDA BERG")
        waiting = proposing.waiting(session)
        assert [(one.turn_id, one.by, one.version) for one in waiting] == [(turn.id, "Ana", after.version)]
        with pytest.raises(Refusal):
            proposing.approve(session, waiting[0].id or 0, "Ana")
        proposing.approve(session, waiting[0].id or 0, "Ben")
        assert session.get_one(Turn, turn.id).speaker_id not in (was, None)


def test_a_quotation_is_shown_as_the_record_has_it_and_not_when_it_is_gone(database: Database) -> None:
    load_text(database)
    with database.read() as session:
        turn, piece = quoted(session), session.exec(select(Evidence).order_by(col(Evidence.id))).first()
    assert piece is not None

    def shown() -> list[tuple[str | None, str | None]]:
        with database.read() as session:
            found = evidence.of_stances(session, [piece.stance_id])
            return [(one.text, one.path) for one in found.get(piece.stance_id, ())]

    def say(version: int, text: str) -> None:
        with database.write() as session:
            correcting.reword(session, turn.key, version, text, BECAUSE)
            reanchoring.reanchor(session, turn.forum_id)

    (before,) = shown()
    say(1, f"Well, now. {turn.text}")
    ((text, path),) = shown()
    assert text == before[0] and path is not None and path.endswith("v=2") and path != before[1]
    say(2, turn.text.replace("should be free", "should not be free"))
    assert shown()[0][0] == before[0], "what was coded stands until a person has looked"
    with database.write() as session:
        reanchoring.confirm(session, piece.id or 0, 3, "Ben")
    assert "not be free" in (shown()[0][0] or "")
    say(3, "Nothing of the sort.")
    assert shown() == []
    with database.read() as session:
        rows = session.exec(select(EvidenceAnchor).order_by(col(EvidenceAnchor.id))).all()
    assert [row.status for row in rows] == ["moved", "needs_review", "moved", "orphan"]
    assert [row.confirmed_by for row in rows] == [None, None, "Ben", None]


@pytest.fixture(scope="module")
def shared() -> Iterator[Database]:
    with tempfile.TemporaryDirectory() as folder, Database(f"sqlite:///{Path(folder) / 'tracker.db'}") as database:
        SQLModel.metadata.create_all(database.writer)
        yield database


NUMBER = itertools.count()
WORDS = "we will not build four homes by the River and pay for them ¿qué? 😀 thank you . é Ñandú".split()
TEXT = st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join)
Edit = Callable[[Session, Turn], object]


def edits(data: st.DataObject, turn: Turn) -> Edit:
    text, at = data.draw(TEXT), data.draw(st.integers(0, len(turn.text)))
    reworded = turn.text[:at] + text + turn.text[at:]
    return data.draw(
        st.sampled_from(
            [
                lambda s, t: correcting.reword(s, t.key, t.version, reworded, BECAUSE),
                lambda s, t: correcting.reword(s, t.key, t.version, text, BECAUSE),
                lambda s, t: correcting.split(s, t.key, t.version, at, BECAUSE),
                lambda s, t: correcting.withdraw(s, t.key, t.version, BECAUSE),
                lambda s, t: correcting.retime(s, t.key, t.version, at, None, BECAUSE),
            ]
        )
    )


@settings(max_examples=60)
@given(st.lists(TEXT, min_size=2, max_size=6), st.data())
def test_every_quotation_is_its_versions_words_after_any_edits(
    shared: Database, said: list[str], data: st.DataObject
) -> None:
    slug = f"forum-{next(NUMBER)}"
    text = "\n\n".join(f"ADA{n % 2}: {words}" for n, words in enumerate(said))
    with shared.write() as session:
        forum = add_forum(session, slug)
        files = [importing.receive(text.encode(), "a.txt", "plain")]
        intake.store_and_interpret(session, files, forum, Choices())
    for _ in range(data.draw(st.integers(1, 5))):
        current = [turn for turn in turns(shared, slug) if turn.status == "current" and turn.text]
        if not current:
            break
        turn = data.draw(st.sampled_from(current))
        start = data.draw(st.integers(0, len(turn.text) - 1))
        end = data.draw(st.integers(start + 1, len(turn.text)))
        with shared.write() as session:
            annotating.annotate(session, "Heron", turn.key, turn.version, (start, end), [Body("commenting", "x")])
        edit = edits(data, turn)
        try:
            with shared.write() as session:
                edit(session, turn)
        except Refusal:
            continue
    with shared.read() as session:
        assert unfaithful(session, AnnotationAnchor) == []
        last = {
            row.annotation_id: row for row in session.exec(select(AnnotationAnchor).order_by(col(AnnotationAnchor.id)))
        }
        for row in last.values():
            turn = session.get_one(Turn, row.turn_id)
            assert row.status == "orphan" or (turn.status == "current" and row.turn_version == turn.version)
