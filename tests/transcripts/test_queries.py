"""What pages are told: in order, with rights kept, in a number of statements that does not grow."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from tests.transcripts.records import EVENING, REPORT, add_appearance, add_forum, add_person, stored, turn_saying, turns
from tracker.db import Database
from transcripts import addresses, correcting, media
from transcripts.correcting import Reason
from transcripts.errors import NotFound
from transcripts.floor import Spoken, floor
from transcripts.models import Exchange, ExchangeState, ExchangeTurn, Forum, Turn
from transcripts.queries import corrections, forums, records, speakers, transcripts, versions
from transcripts.queries import turns as asked
from transcripts.vocabulary import Right, Role

BECAUSE = Reason("The recording says so", "Ana, editor")


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(database.reader, "before_cursor_execute", note)
    yield seen
    event.remove(database.reader, "before_cursor_execute", note)


def an_exchange(database: Database, question: str, *answers: str) -> None:
    """An exchange set by hand: the question turn and who answers."""
    with database.write() as session:
        for model in (ExchangeState, ExchangeTurn, Exchange):
            for row in session.exec(select(model)):
                session.delete(row)
            session.flush()
        first = turn_saying(database, question)
        exchange = Exchange(forum_id=first.forum_id, question_turn_id=first.id or 0, position=first.position)
        session.add(exchange)
        session.flush()
        session.add(ExchangeTurn(turn_id=first.id, exchange_id=exchange.id or 0, part="question"))
        for words in answers:
            turn = turn_saying(database, words)
            session.add(ExchangeTurn(turn_id=turn.id, exchange_id=exchange.id or 0, part="answer"))
        speaker = turn_saying(database, "keep them cheap").speaker_id
        session.add(ExchangeState(exchange_id=exchange.id, speaker_id=speaker, state="answered"))


def test_a_forum_tells_its_people_sources_and_records(database: Database) -> None:
    with database.write() as session:
        forum = add_forum(session, title_es="Velada en Rose Street", venue="Library", video_url="https://youtu.be/abc")
        add_appearance(session, forum, add_person(session, "Ida Berg"))
    stored(database, publisher="The Paper")
    stored(database, REPORT, filename="report.txt")
    with database.read() as session:
        view = forums.by_slug(session, "rose-street")
        with pytest.raises(NotFound):
            forums.by_slug(session, "nowhere")
    assert (view.line.title.within("es"), view.line.venue) == ("Velada en Rose Street", "Library")
    assert [(record.grade, record.is_published) for record in view.records] == [("published", True), ("recap", False)]
    assert view.published is not None and view.published.source_name == "The Paper"
    assert [(line.name, line.turns) for line in view.with_role(Role.CANDIDATE)] == [("Ida Berg", 2)]
    assert {source.kind: source.held for source in view.sources} == {"transcript": True, "article": True}


def test_the_latest_forums_come_first_with_what_may_be_shown(database: Database) -> None:
    stored(database)
    with database.write() as session:
        add_forum(session, "later", held_on=add_forum(session, "x").held_on.replace(year=2027))
    with database.read() as session:
        listed = forums.latest(session, 2)
        assert [one.forum.slug for one in forums.every(session)][0] == "later"
    assert [one.forum.slug for one in listed] == ["later", "x"] and listed[0].record is None and listed[0].turns == 0


def test_a_transcript_is_in_order_with_its_exchanges(database: Database) -> None:
    stored(database)
    an_exchange(database, "What will you do about rents", "keep them cheap", "freeze rents")
    with database.read() as session:
        found = transcripts.transcript(session, turns(database)[0].forum_id)
    assert [turn.position for turn in found.turns] == sorted(turn.position for turn in found.turns)
    (exchange,) = found.exchanges
    assert [turn.speaker_name for turn in exchange.answers] == ["IDA BERG", "TOM VALE"]
    assert list(exchange.by_speaker()) == [turn.speaker_id for turn in exchange.answers]
    assert [state.state for state in exchange.states.values()] == ["answered"]
    first, rest = found.blocks
    assert first.exchange == exchange and first.turns[-1].text.startswith("I would freeze")
    assert rest.exchange is None
    assert [turn for block in found.blocks for turn in block.turns] == list(found.turns)


def test_a_turn_alone_has_its_question_above_and_its_neighbours(database: Database) -> None:
    stored(database)
    an_exchange(database, "What will you do about rents", "keep them cheap", "freeze rents")
    turn = turn_saying(database, "freeze rents")
    with database.read() as session:
        page = asked.by_key(session, turn.key)
        with pytest.raises(NotFound):
            asked.by_key(session, "01NOWHERE")
    assert [above.speaker_name for above in page.question] == ["MARA QUILL"]
    keys = [one.key for one in turns(database)]
    here = keys.index(turn.key)
    assert (page.previous_key, page.next_key) == (keys[here - 1], keys[here + 1])


def test_rows_for_hits_come_in_the_order_asked_for(database: Database) -> None:
    stored(database)
    keys = [turn.key for turn in turns(database)][::-1]
    with database.read() as session:
        assert [turn.key for turn in asked.by_keys(session, ["01NOWHERE", *keys])] == keys
        assert asked.by_keys(session, []) == ()


@pytest.mark.parametrize(("right", "shown"), [(Right.WHOLE, 5), (Right.QUOTATIONS, 2), (Right.PRIVATE, 0)])
def test_the_publishing_right_is_kept_by_every_query(database: Database, right: Right, shown: int) -> None:
    stored(database, REPORT, filename="report.txt", right=right)
    with database.read() as session:
        held = turns(database)
        forum_id = held[0].forum_id
        assert len(transcripts.transcript(session, forum_id).turns) == shown
        assert len(asked.by_keys(session, [turn.key for turn in held])) == shown
        assert forums.latest(session, 1)[0].turns == shown
        quoted = sum(line.turns for line in forums.by_slug(session, "rose-street").speakers)
        assert quoted == min(shown, 2)
        for turn in held:
            visible = right == Right.WHOLE or (right == Right.QUOTATIONS and turn.kind == "recap_quote")
            if not visible:
                with pytest.raises(NotFound):
                    asked.by_key(session, turn.key)
                with pytest.raises(NotFound):
                    versions.of_turn(session, turn.key)


def test_a_report_beside_the_transcript_shows_its_quotations(database: Database) -> None:
    stored(database)
    stored(database, REPORT, filename="report.txt")
    with database.read() as session:
        (report,) = transcripts.reports(session, turns(database)[0].forum_id)
    assert [quote.speaker_name for quote in report.quotes] == ["IDA BERG", "TOM VALE"]
    assert {quote.grade for quote in report.quotes} == {"recap"}


def test_a_passage_of_an_older_version_is_found_in_the_present_words(database: Database) -> None:
    stored(database)
    turn = turn_saying(database, "freeze rents")
    start = turn.text.index("Nobody should lose a home")
    place = (start, start + len("Nobody should lose a home"))
    with database.write() as session:
        correcting.reword(session, turn.key, 1, "Yes. " + turn.text, BECAUSE)
    with database.read() as session:
        page = asked.by_key(session, turn.key)
        moved = versions.passage(session, page, *place, 1)
        assert moved.status == "moved" and moved.now is not None
        assert (moved.now.exact, moved.now.start) == ("Nobody should lose a home", start + 5)
        for wrong in ((*place, 7), (-1, 4, 1), (5, 5, 1), (0, 100_000, 1)):
            with pytest.raises(NotFound):
                versions.passage(session, page, *wrong)
    with database.write() as session:
        correcting.reword(session, turn.key, 2, "I would freeze rents for two years.", BECAUSE)
    with database.read() as session:
        gone = versions.passage(session, asked.by_key(session, turn.key), *place, 1)
    assert (gone.status, gone.now, gone.then.exact) == ("orphan", None, "Nobody should lose a home")


def test_a_person_has_their_forums_and_turns_and_a_voice_its_reason(database: Database) -> None:
    with database.write() as session:
        ida = add_person(session, "Ida Berg", ("I. Berg",))
        for slug in ("rose-street", "depot"):
            add_appearance(session, add_forum(session, slug), ida)
    stored(database)
    stored(database, EVENING.replace("homes", "flats"), slug="depot")
    with database.read() as session:
        person = speakers.by_slug(session, "ida-berg")
        page = speakers.turns_of(session, person.id, 1, 3)
        assert [line.turns for line in speakers.listed(session)] == [person.turns]
        stranger = forums.by_slug(session, "depot").speakers[-1]
        voice = speakers.voice(session, stranger.id)
        with pytest.raises(NotFound):
            speakers.by_slug(session, "nobody")
    assert [(one.forum.slug, one.role, one.turns) for one in person.appearances] == [
        ("depot", "candidate", 2),
        ("rose-street", "candidate", 2),
    ]
    assert (person.aliases, page.total, page.pages, len(page.turns)) == (("I. Berg",), 4, 2, 3)
    assert voice.why and voice.turns == stranger.turns and voice.labels == stranger.labels


def test_corrections_are_listed_with_their_forum_unless_the_record_is_private(database: Database) -> None:
    stored(database)
    turn = turn_saying(database, "freeze rents")
    with database.write() as session:
        correcting.withdraw(session, turn.key, 1, BECAUSE)
    with database.read() as session:
        (line,) = corrections.latest(session, 5)
        assert (line.forum.slug, line.turn_key, line.kind, line.by) == ("rose-street", turn.key, "withdraw", BECAUSE.by)
        assert corrections.of_forum(session, turn.forum_id) == (line,)
    stored(database, reparse=True, right=Right.PRIVATE)
    with database.read() as session:
        assert corrections.latest(session, 5) == ()


def questions(database: Database) -> dict[str, Callable[[Any], object]]:
    held = turns(database)
    forum_id, person = held[0].forum_id, held[2].speaker_id or 0
    return {
        "latest": lambda session: forums.latest(session, 50),
        "forum": lambda session: forums.by_slug(session, "rose-street"),
        "transcript": lambda session: transcripts.transcript(session, forum_id),
        "reports": lambda session: transcripts.reports(session, forum_id),
        "floors": lambda session: transcripts.floors(session, [forum_id]),
        "hits": lambda session: asked.by_keys(session, [turn.key for turn in held]),
        "turn": lambda session: asked.by_key(session, held[2].key),
        "corrections": lambda session: corrections.latest(session, 50),
        "voice": lambda session: speakers.turns_of_voice(session, person, 1, 50),
        "files": lambda session: records.files(session, held[0].record_id),
    }


def test_no_question_takes_more_statements_when_more_is_held(database: Database) -> None:
    def counted() -> dict[str, int]:
        numbers = {}
        for name, question in questions(database).items():
            with database.read() as session, statements(database) as seen:
                question(session)
            numbers[name] = len(seen)
        return numbers

    stored(database)
    stored(database, REPORT, filename="report.txt")
    an_exchange(database, "What will you do about rents", "keep them cheap")
    few = counted()
    more = "\n\n".join(
        f"PERSON {n}: These are the words that person number {n} said about the homes." for n in range(60)
    )
    stored(database, EVENING + "\n" + more, replace=True)
    stored(database, EVENING, slug="another")
    assert counted() == few
    assert max(few.values()) <= 10, few


# --- The floor


def test_time_is_told_when_the_record_is_timed() -> None:
    shares = floor([Spoken(1, 10, 0, 0, None), Spoken(2, 30, 0, 4_000, None), Spoken(1, 5, 0, 10_000, 12_000)])
    assert (shares.unit, shares.ms, shares.words) == ("time", 12_000, 45)
    assert [(share.voice, share.ms) for share in shares.shares] == [(1, 6_000), (2, 6_000)]


@pytest.mark.parametrize(
    "spoken",
    [
        [Spoken(1, 10, 0, None, None), Spoken(2, 30, 0, None, None)],
        [Spoken(1, 10, 0, 0, 4_000), Spoken(2, 30, 0, 4_000, 9_000), Spoken(1, 10, 0, 0, 4_000)],
        [Spoken(1, 10, 0, 0, 4_000), *[Spoken(2, 30, 0, None, None)] * 3],
    ],
    ids=["no times", "times that restart without parts", "a few times"],
)
def test_words_are_told_when_times_say_nothing(spoken: list[Spoken]) -> None:
    shares = floor(spoken)
    assert (shares.unit, shares.ms) == ("words", None)


def test_times_that_restart_with_the_next_part_are_times() -> None:
    shares = floor([Spoken(1, 10, 0, 0, 4_000), Spoken(2, 30, 0, 4_000, 9_000), Spoken(1, 10, 1, 0, 4_000)])
    assert [(share.voice, share.ms) for share in shares.shares] == [(1, 8_000), (2, 5_000)]


def test_turns_under_one_stamp_share_its_time_by_their_words() -> None:
    spoken = [Spoken(n, 10, 0, n * 1_000, None) for n in range(20)]
    spoken[5:6] = [Spoken(5, 15, 0, 5_000, None), Spoken(99, 5, 0, None, None)]
    shares = {share.voice: share.ms for share in floor(spoken).shares}
    assert (shares[5], shares[99]) == (750, 250)


def test_how_much_has_a_name_is_told() -> None:
    shares = floor([Spoken(None, 10, 0, 0, 6_000), Spoken(7, 10, 0, 6_000, 9_000)])
    assert (shares.named, shares.ms) == (3_000, 9_000)


@pytest.mark.parametrize(
    ("url", "ms", "expected"),
    [
        ("https://www.youtube.com/watch?v=abc&t=3", 83_999, "https://www.youtube.com/watch?v=abc&t=83s"),
        ("https://youtu.be/abc", 0, "https://youtu.be/abc?t=0s"),
        ("https://media.example/debate.mp4", 83_000, "https://media.example/debate.mp4#t=83"),
        ("https://notyoutube.com.example/x", 1_000, "https://notyoutube.com.example/x#t=1"),
        (None, 83_000, None),
        ("https://youtu.be/abc", None, None),
    ],
)
def test_a_recording_is_linked_at_its_second(url: str | None, ms: int | None, expected: str | None) -> None:
    assert media.at(url, ms) == expected


@pytest.mark.parametrize(
    ("url", "may"),
    [
        ("https://video.example/watch?v=1", True),
        ("http://127.0.0.1:8000/x", True),
        ("javascript:alert(1)", False),
        ("https://", False),
        ("https://[::1", False),
        ('https://a.example/" onclick=', False),
        ("ftp://a.example/x", False),
        ("", False),
    ],
)
def test_only_addresses_are_linked(url: str, may: bool) -> None:
    assert addresses.is_address(url) is may


def test_each_part_links_to_its_own_recording(database: Database) -> None:
    from transcripts import importing
    from transcripts.importing import Choices

    cues = (
        "00:00:01.000 --> 00:00:04.000\n<v Ida Berg>Words of the part.",
        "00:00:05.000 --> 00:00:09.000\n<v Tom Vale>And more.",
    )
    text = "\n\n".join(("WEBVTT", *cues))
    files = [importing.receive(text.replace("part", f"part {n}").encode(), f"{n}.vtt") for n in range(2)]
    with database.write() as session:
        importing.store(
            session, files, add_forum(session), Choices(videos=("https://a.example/1", "https://a.example/2"))
        )
    with database.read() as session:
        forum_id = session.exec(select(Forum.id)).one()
        links = [turn.video_url for turn in transcripts.transcript(session, forum_id or 0).turns]
        assert links == [
            "https://a.example/1#t=1",
            "https://a.example/1#t=5",
            "https://a.example/2#t=1",
            "https://a.example/2#t=5",
        ]
        assert session.exec(select(Turn.part).order_by(col(Turn.position))).all() == [0, 0, 1, 1]
