"""Words of the record cited, embedded and shared: always with their question and grade, never what may not be shown."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from tests.tracker.calling import Site, site
from tests.tracker.desk import Desk, desk_on
from tests.transcripts.records import REPORT, add_appearance, add_forum, add_person, stored, turn_saying, turns
from tracker.db import Database
from transcripts import correcting, withholding
from transcripts.amending import Reason
from transcripts.models import Forum, Record, Turn
from transcripts.vocabulary import Grade

BECAUSE = Reason("The recording says so", "Ana")


@pytest.fixture
def here(tmp_path: Path) -> Site:
    return site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}")


@pytest.fixture
def desk(here: Site) -> Iterator[Desk]:
    desk = desk_on(here)
    with desk.database.write() as session:
        add_appearance(session, add_forum(session), add_person(session, "Tom Vale"))
    stored(desk.database)
    yield desk
    desk.database.dispose()


def change(database: Database, **facts: object) -> None:
    """Other facts of the record of Rose Street."""
    with database.write() as session:
        for record in session.exec(select(Record)).all():
            for name, value in facts.items():
                setattr(record, name, value)


def forms(html: str) -> dict[str, str]:
    """What stands in each field to be copied, by its name."""
    from html import unescape

    return {
        name: unescape(text) for name, text in re.findall(r'<textarea id="c-(\w+)"[^>]*>\n(.*?)</textarea>', html, re.S)
    }


def test_every_form_of_a_passage_is_on_its_page_and_in_its_file(desk: Desk) -> None:
    turn, reader = turn_saying(desk.database, "freeze rents"), desk.nobody()
    start = turn.text.index("Nobody")
    place = f"?words={start}-{len(turn.text)}&v=1"
    page = reader.get(f"/turns/{turn.key}/cite{place}")
    written = forms(page.text)
    assert page.status_code == 200 and len(written) == 9
    words = "Nobody should lose a home because a number went up."
    for name in set(written) - {"frame"}:
        assert words in written[name] and "What will you do about rents?" in written[name], name
        assert reader.get(f"/turns/{turn.key}/cite/{name}{place}").text == written[name], name
    assert json.loads(written["csl"])[0]["author"] == [{"family": "Vale", "given": "Tom"}]
    assert f"/turns/{turn.key}?words={start}-{len(turn.text)}&v=1" in written["text"]
    assert (
        "See all 2 answers:" in written["text"]
        and "Vea las 2 respuestas:" in forms(reader.get(f"/es/turns/{turn.key}/cite{place}").text)["text"]
    )
    assert "no-store" not in page.headers.get("Cache-Control", "") and "Set-Cookie" not in page.headers
    assert reader.get(f"/turns/{turn.key}/cite/chicago").status_code == 404


def test_words_are_chosen_without_javascript(desk: Desk) -> None:
    turn, reader = turn_saying(desk.database, "should run at night, every night"), desk.nobody()
    found = reader.get(f"/turns/{turn.key}/cite?exact=on+every+line")
    start = turn.text.index("on every line")
    assert found.status_code == 302
    assert found.headers["Location"].endswith(f"/cite?words={start}-{start + 13}&v=1")
    for twice in ("night", "not there"):
        told = reader.get(f"/turns/{turn.key}/cite?exact={twice}")
        assert told.status_code == 200 and "more than once" in told.text and f">\n{twice}</textarea>" in told.text


def test_captions_carry_their_warning_into_what_is_copied(desk: Desk) -> None:
    change(desk.database, grade=Grade.MACHINE)
    turn, reader = turn_saying(desk.database, "freeze rents"), desk.nobody()
    page = reader.get(f"/turns/{turn.key}/cite").text
    assert all("listen before quoting" in text for name, text in forms(page).items() if name != "frame")
    assert "listen before quoting" in reader.get(f"/embed/turns/{turn.key}").text


def test_a_video_without_time_links_gets_the_words_before(desk: Desk) -> None:
    turn, reader = turn_saying(desk.database, "The sale of the old depot"), desk.nobody()
    with desk.database.write() as session:
        session.get_one(Turn, turn.id).start_ms = 61_000
        session.exec(select(Forum)).one().video_url = "https://video.alder.example/77"
    told = forms(reader.get(f"/turns/{turn.key}/cite").text)["text"]
    assert "https://video.alder.example/77, about 1:01" in told
    assert "search for these words: “you. Ms. Berg, who pays for these homes?”" in told
    with desk.database.write() as session:
        session.exec(select(Forum)).one().video_url = "https://youtu.be/abc"
    assert "Recording at 1:01: https://youtu.be/abc?t=61s" in forms(reader.get(f"/turns/{turn.key}/cite").text)["text"]


def test_what_changed_stands_on_card_and_citation(desk: Desk) -> None:
    turn, reader = turn_saying(desk.database, "freeze rents"), desk.nobody()
    pinned = f"/embed/turns/{turn.key}?words=0-35&v=1"
    assert "notice-disputed" not in reader.get(pinned).text
    with desk.database.write() as session:
        correcting.reword(session, turn.key, 1, turn.text.replace("two years", "three years"), BECAUSE)
    card = reader.get(pinned)
    assert card.status_code == 200 and "corrected after they were cited" in card.text
    assert "three years" in card.text and "two years" not in card.text
    assert "Corrected by us" in forms(reader.get(f"/turns/{turn.key}/cite").text)["ap"]
    with desk.database.write() as session:
        correcting.withdraw(session, turn.key, 2, BECAUSE)
    gone = reader.get(pinned)
    assert gone.status_code == 410 and "were removed" in gone.text and "years" not in gone.text
    answer = reader.get(f"/turns/{turn.key}/cite")
    assert answer.status_code == 302 and reader.get(answer.headers["Location"]).status_code == 410
    assert reader.get(f"/turns/{turn.key}/cite/mla").status_code == 404


def test_a_link_never_shows_other_words_because_some_were_withheld(desk: Desk) -> None:
    turn, reader = turn_saying(desk.database, "The sale of the old depot"), desk.nobody()
    first, last = "words=0-8&v=1", f"words={turn.text.index('Not one')}-{len(turn.text)}&v=1"
    assert "Not one cent" in reader.get(f"/embed/turns/{turn.key}?{last}").text
    with desk.database.write() as session:
        withholding.withhold(session, turn.key, 1, "old depot", "address", Reason("Private", "Ana"))
    lost = reader.get(f"/embed/turns/{turn.key}?{last}")
    assert lost.status_code == 410 and "withheld here after" in lost.text and "blockquote" not in lost.text
    page = reader.get(f"/turns/{turn.key}?{last}")
    assert page.status_code == 200 and "withheld here after" in page.text and "<mark>" not in page.text
    kept = reader.get(f"/embed/turns/{turn.key}?{first}")
    assert kept.status_code == 200 and "The sale</p>" in kept.text and "notice-disputed" in kept.text
    whole = reader.get(f"/embed/turns/{turn.key}?v=1")
    assert whole.status_code == 200 and "[address withheld]" in whole.text


def test_a_card_may_be_framed_anywhere_and_nothing_else_may(desk: Desk) -> None:
    turn, reader = turn_saying(desk.database, "freeze rents"), desk.nobody()
    card = reader.get(f"/embed/turns/{turn.key}")
    policy = card.headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy and "script-src 'none'" in policy
    assert "<script" not in card.text and "Set-Cookie" not in card.headers and "X-Frame-Options" not in card.headers
    for path in (f"/turns/{turn.key}", f"/turns/{turn.key}/cite", "/embed/turns/nothing", "/embed/nothing"):
        other = reader.get(path)
        assert ("frame-ancestors 'none'" in other.headers["Content-Security-Policy"]) is (
            not path.startswith("/embed/turns")
        ), path


def test_a_site_can_turn_cards_off_and_they_say_so(desk: Desk) -> None:
    turn, reader, editor = turn_saying(desk.database, "freeze rents"), desk.nobody(), desk.editor()
    assert forms(reader.get(f"/turns/{turn.key}/cite").text)["frame"].startswith("<iframe src=")
    shown = editor.get("/desk/site").text
    (version,) = re.findall(r'name="version" value="([^"]+)"', shown)
    assert editor.post("/desk/site", {"version": version, "name": "Quill Bay", "quote_cards": "off"}).status_code == 303
    card = reader.get(f"/embed/turns/{turn.key}")
    assert "no longer shows single quotations" in card.text and "freeze rents" not in card.text
    assert f"/forums/rose-street#t-{turn.key}" in card.text
    page = reader.get(f"/turns/{turn.key}/cite").text
    assert "<iframe" not in page and "frame" not in forms(page) and "no single quotations as cards" in page
    assert 'value="off" checked' in editor.get("/desk/site").text
    changes = editor.get("/desk/changes/site/site").text
    assert "Cards of single quotations" in changes


def test_what_may_not_be_shown_cannot_be_cited(desk: Desk) -> None:
    turn, reader = turn_saying(desk.database, "freeze rents"), desk.nobody()
    for right in ("private", "quotations"):
        change(desk.database, publishing_right=right)
        for path in (f"/turns/{turn.key}/cite", f"/turns/{turn.key}/cite/text", f"/embed/turns/{turn.key}"):
            answer = reader.get(path)
            assert answer.status_code == 404 and "freeze" not in answer.text, (right, path)


def test_of_a_report_only_quotations_can_be_cited_as_quoted_by_it(desk: Desk) -> None:
    stored(desk.database, REPORT, slug="report", filename="report.txt", grade=Grade.RECAP)
    quote = next(turn for turn in turns(desk.database, "report") if turn.kind == "recap_quote")
    story = turn_saying(desk.database, "Candidates met on Tuesday", "report")
    reader = desk.nobody()
    assert reader.get(f"/turns/{story.key}/cite").status_code == 404
    assert f"/turns/{story.key}/cite" not in reader.get(f"/turns/{story.key}").text
    told = forms(reader.get(f"/turns/{quote.key}/cite").text)
    assert "News report: selected quotes only" in told["mla"]


@pytest.mark.parametrize("asked", ["words=9-2", "words=a-b", "words=0-99999", "v=99", "v=x", "words=5-5&v=1"])
def test_a_place_that_is_none_is_not_found(desk: Desk, asked: str) -> None:
    turn = turn_saying(desk.database, "freeze rents")
    for path in (f"/turns/{turn.key}/cite?{asked}", f"/embed/turns/{turn.key}?{asked}", f"/turns/{turn.key}?{asked}"):
        assert desk.nobody().get(path).status_code == 404, path


def test_all_of_an_earlier_version_has_an_address(desk: Desk) -> None:
    turn, reader = turn_saying(desk.database, "freeze rents"), desk.nobody()
    with desk.database.write() as session:
        correcting.reword(session, turn.key, 1, turn.text.replace("two years", "three years"), BECAUSE)
    page = reader.get(f"/turns/{turn.key}?v=1").text
    assert "corrected after this link was made" in page and "for two years" in page
    assert "after this link was made" not in reader.get(f"/turns/{turn.key}?v=2").text


def test_a_link_that_is_shared_tells_the_question(desk: Desk) -> None:
    turn = turn_saying(desk.database, "freeze rents")
    page = desk.nobody().get(f"/turns/{turn.key}").text
    told = dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)"', page))
    assert told["title"] == "Tom Vale · Evening on Rose Street, September 8, 2026"
    assert "What will you do about rents?" in told["description"] and "I would freeze rents" in told["description"]
    assert "og:image" not in page


def test_the_command_line_cites(here: Site, desk: Desk) -> None:
    turn = turn_saying(desk.database, "freeze rents")
    said = here.tracker("cite", turn.key.lower(), "--format", "mla", "--words", "0-35")
    assert said.code == 0 and said.out.startswith("Vale, Tom (candidate). “I would freeze rents for two years.”")
    assert here.tracker("cite", turn.key, "--lang", "es").out.startswith("«I would freeze")
    for wrong in (
        ("nothing",),
        (turn.key, "--format", "chicago"),
        (turn.key, "--words", "x"),
        (turn.key, "--version", "7"),
    ):
        ended = here.tracker("cite", *wrong)
        assert ended.code == 2 and ended.err.startswith("tracker: "), wrong
