"""What is told: new words once, corrections as corrections, nothing twice, no words that may not be shown."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlmodel import col, func, select

from tests.tracker.telling.following import Clock, Kept, ask, config_of, follow, hear, html, news, text, told
from tests.transcripts.records import EVENING, add_person, stored, turn_saying, turns
from tracker import withholding
from tracker.config import Config
from tracker.db import Database
from tracker.telling import composing, hearing, queue, sending, subscribing
from tracker.telling.models import Finding, Follower, Letter, SavedSearch, Subscription, Unheard
from transcripts import attributing, correcting, undoing
from transcripts.amending import Reason
from transcripts.models import Correction, Turn
from transcripts.people_tables import Attribution
from transcripts.search.outbox import enqueue

WHY = Reason("Heard again", "Ana Editor")


@pytest.fixture
def config(tmp_path: Path, database: Database) -> Config:
    return config_of(tmp_path / "home", database)


def findings(database: Database) -> list[tuple[str, str, int]]:
    with database.read() as session:
        rows = session.exec(
            select(Finding.kind, Turn.text, Finding.correction_id)
            .join(Turn, col(Turn.key) == col(Finding.turn_key))
            .order_by(col(Finding.id))
        )
        return [(kind, words[:12], correction) for kind, words, correction in rows]


def test_words_that_come_are_told_once_and_what_was_there_is_not(database: Database, config: Config) -> None:
    stored(database)
    follow(database, "q=homes")
    assert {kind for kind, *_ in findings(database)} == {"baseline"}
    post = Kept()
    assert told(database, config, post).sent == 1 and not news(post.letters), "only the letter with the link"
    stored(database, EVENING.replace("four hundred homes", "nine hundred homes"), slug="elm-street")
    assert told(database, config, post).composed == 1
    (letter,) = news(post.letters)
    assert "nine hundred homes" in text(letter) and "four hundred" not in text(letter)
    for _ in range(2):
        with database.write() as session:
            enqueue(session, [turn.key for turn in turns(database, "elm-street") + turns(database)])
        assert told(database, config, post).sent == 0, "tagged again, imported again: no news"


def test_nothing_is_queued_while_nobody_follows(database: Database) -> None:
    stored(database)
    hear(database)
    ask(database, "ada@example.org", "q=homes")
    with database.read() as session:
        assert session.exec(select(Unheard)).all() == []


def test_a_correction_is_told_as_one_also_where_the_search_finds_it_no_more(database: Database, config: Config) -> None:
    stored(database)
    follow(database, "q=rents")
    post, turn = Kept(), turn_saying(database, "freeze rents")
    with database.write() as session:
        correcting.reword(session, turn.key, 1, turn.text.replace("freeze rents", "raise pay"), WHY)
    told(database, config, post)
    (letter,) = news(post.letters)
    said = text(letter)
    assert letter["Subject"].startswith("1 correction: ")
    assert said.index("CORRECTIONS") < said.index("I would freeze rents") < said.index("I would raise pay")
    assert "Heard again" in said and f"/turns/{turn.key}/history" in said and "NEW PASSAGES" not in said
    with database.read() as session:
        correction = session.exec(select(Correction.id)).one() or 0
    with database.write() as session:
        undoing.undo(session, correction, 2, WHY)
    told(database, config, post)
    assert "takes back an earlier correction" in text(news(post.letters)[1])
    told(database, config, post)
    assert len(news(post.letters)) == 2


def test_a_corrected_file_is_a_correction_of_what_it_changes_and_no_news(database: Database, config: Config) -> None:
    post = Kept()
    follow(database, "q=homes+OR+rents+OR+buses")
    stored(database)
    told(database, config, post)
    assert news(post.letters)[0]["Subject"].startswith("5 new passages")
    for _ in range(2):
        stored(database, EVENING.replace("for two years", "for five years"), filename="corrected.txt")
        told(database, config, post)
    assert [one["Subject"].partition(":")[0] for one in news(post.letters)[1:]] == ["1 correction"]
    assert "for five years" in text(news(post.letters)[1])


def test_words_told_for_the_first_time_are_told_as_they_stand(database: Database, config: Config) -> None:
    clock, post = Clock(), Kept()
    follow(database, "q=rents", frequency="weekly", clock=clock)
    stored(database)
    hear(database)
    turn = turn_saying(database, "freeze rents")
    with database.write() as session:
        correcting.reword(session, turn.key, 1, turn.text.replace("two years", "six years"), WHY)
    clock.on(days=7)
    told(database, config, post, clock)
    (letter,) = news(post.letters)
    assert "for six years" in text(letter) and "two years" not in text(letter) and "CORRECTIONS" not in text(letter)


def test_a_turn_divided_in_two_is_a_correction_and_no_news(database: Database, config: Config) -> None:
    stored(database)
    follow(database, "speaker=tom-vale&q=rents+home")
    follow(database, "q=home")
    post, turn = Kept(), turn_saying(database, "freeze rents")
    told(database, config, post)
    with database.write() as session:
        correcting.split(session, turn.key, 1, turn.text.index("Nobody"), WHY)
    told(database, config, post)
    assert [one["Subject"].partition(":")[0] for one in news(post.letters)] == ["1 correction"]


def test_words_that_turn_out_to_be_somebody_elses_are_a_correction_told_once(
    database: Database, config: Config
) -> None:
    post = Kept()
    follow(database, "q=homes")
    with database.write() as session:
        add_person(session, "Ida Berg"), add_person(session, "Una Reyes")
    stored(database, moderators=("Mara Quill",))
    voice = turn_saying(database, "four hundred homes").speaker_id or 0

    def say(person: str, seen: int) -> int:
        with database.write() as session:
            attributing.link(session, voice, seen, person, WHY, guarded=())
            return session.exec(select(func.max(Attribution.id))).one() or 0

    seen = say("ida-berg", 0)
    told(database, config, post)
    assert "Ida Berg" in text(news(post.letters)[0]) and "CORRECTIONS" not in text(news(post.letters)[0])
    say("una-reyes", seen)
    for _ in range(2):
        told(database, config, post)
    (_, letter) = news(post.letters)
    assert letter["Subject"].startswith("1 correction: ")
    said = text(letter)
    assert "Voice linked to a person" in said and said.index("Before: Ida Berg") < said.index("After: Una Reyes")
    assert "/forums/rose-street" in said


def test_removed_words_that_were_told_are_said_to_be_removed_and_not_repeated(
    database: Database, config: Config
) -> None:
    post = Kept()
    follow(database, "q=rents")
    stored(database)
    told(database, config, post)
    turn = turn_saying(database, "freeze rents")
    with database.write() as session:
        correcting.withdraw(session, turn.key, 1, WHY)
    told(database, config, post)
    (_, letter) = news(post.letters)
    assert "Removed: " in text(letter) and "Heard again" in text(letter) and f"/turns/{turn.key}\n" in text(letter)
    assert "freeze" not in text(letter) + html(letter)


def test_what_is_removed_or_withheld_before_a_letter_goes_is_not_in_it(database: Database, config: Config) -> None:
    follow(database, "q=rents")
    follow(database, "q=depot")
    stored(database)
    hear(database)
    assert composing.compose(database, config, Clock()) == 2
    rents, depot = turn_saying(database, "freeze rents"), turn_saying(database, "old depot")
    with database.write() as session:
        for one in turns(database):
            if "rents" in one.text:
                correcting.withdraw(session, one.key, one.version, WHY)
        withholding.withhold(session, depot.key, 1, "old depot", "name", Reason("Private", "Ana"))
    post = Kept()
    sending.send(database, config, post, Clock())
    written = "\n".join(text(one) + html(one) for one in news(post.letters))
    assert "freeze" not in written and "old depot" not in written and "sale of the" in written
    assert len(news(post.letters)) == 1, "a letter with nothing left in it is not sent"
    told(database, config, post)
    assert "Words withheld: " in text(news(post.letters)[-1]), (
        "of words that had gone out it is said that they were withheld"
    )
    assert not [one for one in news(post.letters) if "old depot" in text(one) + html(one)]
    assert turn_saying(database, "freeze rents").key == rents.key


def test_words_withheld_that_somebody_follows_end_it(database: Database, config: Config) -> None:
    stored(database)
    follow(database, "q=%22old+depot%22")
    with database.write() as session:
        turn = turn_saying(database, "old depot")
        withholding.withhold(session, turn.key, 1, "old depot", "name", Reason("Private", "Ana"))
    with database.read() as session:
        assert not session.exec(select(SavedSearch)).all() and not session.exec(select(Follower)).all()
        assert not session.exec(select(Subscription)).all() and not session.exec(select(Letter)).all()


def at_once(*works: Callable[[], object]) -> None:
    """Carried out by as many threads, begun together; raises what one of them raises."""
    start = threading.Barrier(len(works))

    def one(work: Callable[[], object]) -> None:
        start.wait()
        work()

    with ThreadPoolExecutor(len(works)) as pool:
        for ended in [pool.submit(one, work) for work in works]:
            ended.result(60)


def test_heard_by_several_processes_at_once_it_is_found_once(
    database: Database, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hearing, "BATCH", 3)
    follow(database, "q=homes+OR+buses")
    stored(database)
    with database.write() as session:
        queue.forward(session, [turn.key for turn in turns(database)] * 3)

    def all_of_it() -> None:
        while hearing.carry_out(database):
            pass

    at_once(*[all_of_it] * 4)
    assert len(findings(database)) == len({words for _, words, _ in findings(database)}) == 5
    with database.read() as session:
        assert not queue.waits(session)


def test_ended_while_it_is_heard_and_composed_nothing_is_left_and_nothing_fails(
    database: Database, config: Config
) -> None:
    for n in range(4):
        follow(database, "q=homes", f"reader{n}@example.org")
        stored(database, EVENING, slug=f"street-{n}")
        with database.read() as session:
            refs = list(session.exec(select(Subscription.ref)))

        def stop(refs: Sequence[str] = refs) -> None:
            for ref in refs:
                with database.write() as session:
                    subscribing.stop(session, ref)

        at_once(stop, lambda: hear(database), lambda: composing.compose(database, config, Clock()))
        with database.read() as session:
            for model in (Follower, Subscription, SavedSearch, Finding, Letter):
                assert not session.exec(select(model)).all(), model
