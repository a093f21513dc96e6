"""Feeds of searches and of corrections: valid, what came in last first, with every correction and no word that was taken away."""

import gzip
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import event
from sqlmodel import select

from tests.tracker import feed_rules
from tests.tracker.calling import site
from tests.tracker.desk import Desk, desk_on
from tests.tracker.feed_rules import ATOM, entries, moment
from tests.transcripts.records import REPORT, add_forum, add_person, stored, turn_saying
from tracker import indexing
from transcripts import attributing, correcting, withholding
from transcripts.amending import Reason
from transcripts.models import Forum, Record, Speaker, Turn
from transcripts.queries import attributions
from transcripts.search import outbox
from transcripts.vocabulary import Right, TurnKind

BECAUSE = Reason("The recording says so", "Edith Editor")
HOSTILE = "<script>alert(1)</script> ]]> <!-- &amp; &lt; \"' {{ 7 * 7 }} \u2028 \ufeff ﷐ \U0001fffe rents"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A forum of 2026 in which two of the voices are people."""
    yield from made(tmp_path)


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The same for tests that change nothing."""
    yield from made(tmp_path_factory.mktemp("quiet"))


def made(home: Path) -> Iterator[Desk]:
    desk = desk_on(site(home, f"sqlite:///{home / 'tracker.db'}"), TRACKER_SITE_URL="https://said.example")
    stored(desk.database)
    with desk.database.write() as session:
        for name, label in (("Ida Berg", "IDA BERG"), ("Tom Vale", "TOM VALE")):
            person = add_person(session, name)
            voice = session.exec(select(Speaker.id).where(Speaker.name == label)).one() or 0
            attributing.link(session, voice, 0, person.slug, BECAUSE, guarded=())
    known(desk)
    yield desk
    desk.database.dispose()


def known(desk: Desk) -> None:
    """Search knows everything that was stored."""
    indexing.drain(desk.database, desk.app.extensions["search"])


def told(desk: Desk, asked: str, prefix: str = "") -> list[dict[str, Any]]:
    """The items of a search's feed, held to the rules in both forms, which say the same."""
    reader = desk.nobody()
    answer = reader.get(f"{prefix}/search.json?{asked}")
    assert (answer.status_code, answer.mimetype) == (200, "application/feed+json"), answer.text
    items: list[dict[str, Any]] = feed_rules.json_feed(answer.data)["items"]
    answer = reader.get(f"{prefix}/search.atom?{asked}")
    assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml")
    feed = feed_rules.atom(answer.data)
    assert [entry.findtext(f"{ATOM}id") for entry in entries(feed)] == [item["id"] for item in items]
    assert [entry.findtext(f"{ATOM}updated") for entry in entries(feed)] == [item["date_modified"] for item in items]
    return items


def words(item: dict[str, Any]) -> str:
    return feed_rules.text(item["content_html"])


def test_an_entry_says_who_said_what_where_to_which_question_and_how_sure_it_is(quiet: Desk) -> None:
    (item,) = told(quiet, "q=freeze")
    turn = turn_saying(quiet.database, "freeze rents")
    assert item["title"] == "Tom Vale · Evening on Rose Street, September 8, 2026"
    assert item["url"] == f"https://said.example/turns/{turn.key}?v=1"
    assert item["id"].startswith("urn:uuid:")
    said = words(item).splitlines()
    assert said[0] == "“I would freeze rents for two years. Nobody should lose a home because a number went up.”"
    assert said[1].startswith("— Tom Vale (candidate), Evening on Rose Street, September 8, 2026")
    assert said[2].startswith("Asked by MARA QUILL (moderator): “") and "What will you do about rents?”" in said[2]
    assert said[3].startswith("Transcript by")
    assert "Voice linked to a person" in said[4]
    spanish = told(quiet, "q=freeze", "/es")[0]
    assert spanish["id"] == item["id"]
    assert words(spanish).startswith("«I would freeze rents") or words(spanish).startswith("“I would freeze rents")
    assert "8 de septiembre de 2026" in spanish["title"] and "/es/turns/" in spanish["url"]


def test_what_came_in_last_is_first_however_long_ago_it_was_said(desk: Desk) -> None:
    with desk.database.write() as session:
        add_forum(session, "old-hall", title_en="Old hall", held_on=date(1999, 5, 4))
    stored(desk.database, "ANN LOW: Rents were low and homes were cheap in the old hall.", "old-hall", "old.txt")
    known(desk)
    assert [("1999" in item["title"]) for item in told(desk, "q=rents+OR+homes")][:3] == [True, False, False]
    assert "Old hall" in told(desk, "contest=&forum=old-hall")[0]["title"]


def test_a_corrected_entry_says_what_was_corrected_and_moves(desk: Desk) -> None:
    (before,) = told(desk, "q=freeze")
    turn = turn_saying(desk.database, "freeze rents")
    with desk.database.write() as session:
        correcting.reword(session, turn.key, 1, "I would freeze all rents.", BECAUSE)
    known(desk)
    (item,) = told(desk, "q=freeze")
    assert (item["id"], item["date_published"]) == (before["id"], before["date_published"])
    assert moment(item["date_modified"]) > moment(before["date_modified"])
    assert item["url"].endswith("?v=2")
    assert words(item).startswith("“I would freeze all rents.”")
    assert "Words corrected" in words(item) and "Before: I would freeze rents for two years." in words(item)
    assert "Corrected by us; see what changed: https://said.example/turns/" in words(item)


@pytest.mark.parametrize("how", ["reword", "reassign", "withdraw", "mark"])
def test_words_corrected_so_that_a_search_loses_them_are_announced_as_a_correction(desk: Desk, how: str) -> None:
    turn = turn_saying(desk.database, "freeze rents")
    asked = "speaker=tom-vale" if how == "reassign" else "q=freeze"
    others = len(told(desk, asked)) - 1
    with desk.database.write() as session:
        match how:
            case "reword":
                correcting.reword(session, turn.key, 1, "I would lower all rents.", BECAUSE)
            case "reassign":
                berg = session.exec(select(Speaker.id).where(Speaker.name == "Ida Berg")).one()
                correcting.reassign(session, turn.key, 1, berg, BECAUSE)
            case "withdraw":
                correcting.withdraw(session, turn.key, 1, BECAUSE)
            case "mark":
                correcting.mark(session, turn.key, 1, TurnKind.PROCEDURE, BECAUSE)
    known(desk)
    items = told(desk, asked)
    assert len(items) == others + 1
    (lost,) = [item for item in items if item["id"].startswith("https://said.example/corrections/")]
    assert lost is items[0]
    assert "it does not find them any more" in words(lost) and "The recording says so" in words(lost)
    assert turn.key in lost["url"]
    if how in ("withdraw", "mark"):
        assert "for two years" not in desk.nobody().get(f"/search.json?{asked}").text
    assert told(desk, "q=depot+OR+buses")  # another search was told of none of it
    assert not [item for item in told(desk, "q=depot") if "corrections" in item["id"]]


def test_a_name_that_was_somebody_elses_is_announced_for_the_words_it_takes_along(desk: Desk) -> None:
    with desk.database.write() as session:
        person = add_person(session, "Mara Quill")
        voice = session.exec(select(Speaker.id).where(Speaker.name == "MARA QUILL")).one() or 0
        attributing.link(session, voice, 0, person.slug, BECAUSE, guarded=())
    known(desk)
    said = len(told(desk, "speaker=mara-quill"))
    with desk.database.write() as session:
        attributing.split_label(session, voice, last_said(desk, voice), "QUILL", BECAUSE, guarded=())
    known(desk)
    items = told(desk, "speaker=mara-quill")
    assert [item for item in items if "/corrections/voices/" in item["id"]] == items[:1]
    assert len(items) < said


def test_a_voice_that_is_somebody_else_after_all_is_announced_once(desk: Desk) -> None:
    assert len(told(desk, "speaker=tom-vale")) == 2
    with desk.database.write() as session:
        voice = session.exec(select(Speaker).where(Speaker.name == "Tom Vale")).one()
        attributing.unlink(session, voice.id or 0, last_said(desk, voice.id or 0), BECAUSE, guarded=())
    known(desk)
    items = told(desk, "speaker=tom-vale")
    (lost,) = [item for item in items if "/corrections/voices/" in item["id"]]
    assert "Before: Tom Vale" in words(lost) and "it does not find them any more" in words(lost)
    assert told(desk, "speaker=ida-berg") and not [
        item for item in told(desk, "speaker=ida-berg") if "/voices/" in item["id"]
    ]


def last_said(desk: Desk, voice: int) -> int:
    with desk.database.read() as session:
        return attributions.of_voice(session, voice)[0].id


def test_withheld_words_are_nowhere(desk: Desk) -> None:
    turn = turn_saying(desk.database, "old depot")
    assert "depot" in desk.nobody().get("/search.json?speaker=ida-berg").text
    with desk.database.write() as session:
        withholding.withhold(session, turn.key, 1, "old depot", "address", Reason("Asked for by a resident", "Edith"))
    for asked in ("speaker=ida-berg", "q=schools", "q=sale"):  # before search has heard of it, too
        for name in ("search.json", "search.atom"):
            assert "depot" not in desk.nobody().get(f"/{name}?{asked}").text
    known(desk)
    assert told(desk, "q=depot") == []
    assert "depot" not in "".join(words(item) for item in told(desk, "speaker=ida-berg"))


def test_what_a_report_quotes_says_so_and_a_paraphrase_is_in_no_quotation_marks(desk: Desk) -> None:
    with desk.database.write() as session:
        add_forum(session, "library", title_en="In the library", held_on=date(2026, 9, 1))
    stored(desk.database, REPORT, "library", "report.txt", publisher="The Gazette", grade=None)
    known(desk)
    items = told(desk, "forum=library")
    assert items and all("as quoted by The Gazette" in words(item) for item in items)
    assert all(words(item).startswith("“") and "selected quotes only" in words(item) for item in items)
    with desk.database.write() as session:
        turn = session.exec(select(Turn).where(Turn.key == items[0]["url"].split("/")[-1].partition("?")[0])).one()
        turn.kind = TurnKind.PARAPHRASE
        session.get_one(Record, turn.record_id).publishing_right = Right.WHOLE
        outbox.enqueue(session, [turn.key])
    known(desk)
    (item,) = [item for item in told(desk, "forum=library") if item["id"] == items[0]["id"]]
    assert words(item).startswith("A paraphrase, not their own words:\n")
    assert "“" not in words(item).partition("\n—")[0]


def test_hostile_words_stay_text(desk: Desk) -> None:
    turn = turn_saying(desk.database, "freeze rents")
    with desk.database.write() as session:
        correcting.reword(session, turn.key, 1, HOSTILE, Reason("<b>why</b> ]]>\u2028", "<i>me</i>"))
        session.exec(select(Forum)).one().title_en = "<b>Bold</b> & ]]> forum\x0b\x08\ufffe"
    known(desk)
    (item,) = [item for item in told(desk, "q=rents") if turn.key in item["url"]]
    assert "<script>alert(1)</script> ]]> <!-- &amp; &lt;" in words(item)
    assert item["title"].startswith("Tom Vale · <b>Bold</b> & ]]> forum")
    for asked in ("<script>", "]]>", "\x00\x08x", "\u2028\ufffe", "'\"><x>", 'speaker:"<b>\x01"', "\ud800x"):
        typed = quote(asked.encode("utf-8", "surrogatepass"))
        told(desk, f"q=rents+{typed}&speaker={typed}")
    feed_rules.atom(desk.nobody().get("/corrections.atom").data)
    feed_rules.json_feed(desk.nobody().get("/corrections.json").data)


def test_nothing_asked_is_refused_and_nothing_found_is_an_empty_feed(quiet: Desk) -> None:
    for name in ("search.atom", "search.json"):
        for asked in ("", "?q=", "?sort=newest", "?q=%3F", "?date=someday"):
            answer = quiet.nobody().get(f"/{name}{asked}")
            assert answer.status_code == 400
            assert "Say what to follow" in answer.text
            assert "Diga qué quiere seguir" in quiet.nobody().get(f"/es/{name}{asked}").text
        assert quiet.nobody().get(f"/{name}?q={'x' * 501}").status_code == 400
    assert told(quiet, "q=zyzzyva") == []
    assert told(quiet, "q=zyzzyva+rents") == []  # nothing is relaxed
    assert told(quiet, "speaker=nobody&forum=nowhere") == []


def test_a_site_without_an_index_has_a_feed_to_come(tmp_path: Path) -> None:
    desk = desk_on(site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}"))
    assert told(desk, "q=rents") == []
    desk.database.dispose()


def test_a_reader_that_has_it_already_is_told_so(desk: Desk) -> None:
    reader = desk.nobody()
    for path in ("/search.atom?q=rents", "/search.json?q=rents", "/corrections.json", "/corrections.atom"):
        for encoding in ("", "gzip"):
            first = reader.get(path, **{"Accept-Encoding": encoding})
            etag = first.headers["ETag"]
            assert first.cache_control.no_cache and "Last-Modified" not in first.headers
            again = reader.get(path, **{"If-None-Match": etag, "Accept-Encoding": encoding})
            assert (again.status_code, again.data) == (304, b"")
            head = reader.client.head(path, headers={"Accept-Encoding": encoding})
            assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", etag)
        if "search" in path:
            assert gzip.decompress(first.data)
    turn = turn_saying(desk.database, "freeze rents")
    etag = reader.get("/search.atom?q=rents").headers["ETag"]
    with desk.database.write() as session:
        correcting.retime(session, turn.key, 1, 1_000, 2_000, BECAUSE)
    assert reader.get("/search.atom?q=rents", **{"If-None-Match": etag}).status_code == 200


def test_a_feed_makes_as_many_statements_for_many_entries_as_for_few(quiet: Desk) -> None:
    made: list[str] = []
    event.listen(
        quiet.database.reader, "before_cursor_execute", lambda c, k, statement, p, x, m: made.append(statement)
    )
    reader = quiet.nobody()
    counts = []
    for asked in ("q=rents", "q=freeze", "q=rents+OR+homes+OR+buses+OR+depot"):
        reader.get(f"/search.json?{asked}")
        made.clear()
        reader.get(f"/search.json?{asked}")
        counts.append(len(made))
    assert max(counts) <= 40
    assert len(set(counts)) == 1, counts


def test_every_page_of_something_leads_to_what_can_be_followed(quiet: Desk) -> None:
    reader = quiet.nobody()
    for page, asked in (
        ("/speakers/tom-vale", "speaker=tom-vale"),
        ("/forums/rose-street", "forum=rose-street"),
        ("/search?q=rents&sort=newest&view=lines", "q=rents"),
        ("/es/search?q=rents", "q=rents"),
    ):
        html = reader.get(page).text
        prefix = "/es" if page.startswith("/es") else ""
        assert f'type="application/atom+xml" title="Atom" href="{prefix}/search.atom?{asked}"' in html
        assert f'type="application/feed+json" title="JSON Feed" href="{prefix}/search.json?{asked}"' in html
        assert f'href="{prefix}/follow?{asked}"' in html
    assert "application/feed+json" not in reader.get("/search").text


def test_what_is_followed_is_told_in_words_with_both_addresses(quiet: Desk) -> None:
    reader = quiet.nobody()
    html = reader.get("/follow?speaker=tom-vale&q=rents&sort=newest&view=lines").text
    assert "What Tom Vale said, with “rents” in any form" in html
    for name in ("search.atom", "search.json"):
        assert f"https://said.example/{name}?q=rents&amp;speaker=tom-vale" in html
    assert "/search?sort=added&amp;q=rents&amp;speaker=tom-vale" in html
    assert 'href="/follow/mail?q=rents&amp;speaker=tom-vale"' in html
    assert "Lo que dijo Tom Vale" in reader.get("/es/follow?speaker=tom-vale").text
    nothing = reader.get("/follow")
    assert nothing.status_code == 200 and "Say what to follow" in nothing.text
    assert reader.get(f"/follow?q={'x' * 501}").status_code == 400
    assert "&lt;script&gt;" in reader.get("/follow?speaker=%3Cscript%3E").text


def test_corrections_are_a_json_feed_too(desk: Desk) -> None:
    turn = turn_saying(desk.database, "freeze rents")
    with desk.database.write() as session:
        correcting.reword(session, turn.key, 1, "I would freeze all rents.", BECAUSE)
    feed = feed_rules.json_feed(desk.nobody().get("/corrections.json").data)
    newest = feed["items"][0]
    assert newest["title"] == "Words corrected: Evening on Rose Street, September 8, 2026"
    assert "After: I would freeze all rents. Why: The recording says so" in words(newest)
    assert newest["url"] == f"https://said.example/turns/{turn.key}"
    atom = feed_rules.atom(desk.nobody().get("/corrections.atom").data)
    assert [one.findtext(f"{ATOM}id") for one in entries(atom)] == [item["id"] for item in feed["items"]]
    assert "/corrections.json" in desk.nobody().get("/corrections").text
