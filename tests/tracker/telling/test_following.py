"""The pages: asked for, confirmed by a button, changed and ended by links; told to nobody else, and no way to bombard anybody."""

import logging
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy import text as sql
from sqlmodel import SQLModel, select
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.contracts.test_forgery import filled
from tests.tracker.calling import site
from tests.tracker.desk import OURS, Desk, Visitor, desk_on
from tests.tracker.telling.following import KEY, SITE, Clock, Kept, html, link, news, text, told
from tests.transcripts.records import EVENING, stored
from tracker.accounts.roles import table
from tracker.config import Config
from tracker.db import Database
from tracker.telling import addresses, links, searches, sending, subscribing
from tracker.telling.models import Finding, Follower, Letter, SavedSearch, Subscription
from transcripts.errors import NotFound, Refusal
from transcripts.models import now

ADA = "ada.canary@example.org"
ASK = "/follow/mail?q=homes"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    settings = {"TRACKER_SITE_URL": SITE, "TRACKER_SECRET_KEY": KEY, "TRACKER_ZONE": "America/New_York"}
    desk = desk_on(site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}"), **settings)
    stored(desk.database)
    yield desk
    desk.database.dispose()


@pytest.fixture
def reader(desk: Desk) -> Visitor:
    return desk.nobody()


@pytest.fixture
def post() -> Kept:
    return Kept()


def config(desk: Desk) -> Config:
    found: Config = desk.app.config["TRACKER"]
    return found


def round_of(desk: Desk, post: Kept) -> None:
    told(desk.database, config(desk), post, Clock(now()))


def asked(reader: Visitor, address: str = ADA, where: str = ASK, frequency: str = "once") -> TestResponse:
    return reader.post(where, {"address": address, "frequency": frequency})


def followed(desk: Desk, reader: Visitor, post: Kept, where: str = ASK) -> str:
    """The path of the page of what is followed, after all of it: form, letter, link, button."""
    assert asked(reader, where=where).status_code == 200
    round_of(desk, post)
    confirm = link(post.letters[-1][1], "confirm")
    assert "Yes, tell me" in reader.get(confirm).text or "quiero los avisos" in reader.get(confirm).text
    answer = reader.post(confirm)
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def test_nothing_is_sent_before_the_button_is_pressed(desk: Desk, reader: Visitor, post: Kept) -> None:
    page = reader.get(ASK)
    assert page.status_code == 200 and "no-store" in page.headers["Cache-Control"] and "with “homes”" in page.text
    assert "Check your e-mail" in asked(reader).text
    round_of(desk, post)
    ((to, letter),) = post.letters
    assert to == ADA and "if you did not ask for this" in text(letter).lower()
    confirm = link(letter, "confirm")
    for _ in range(3):
        assert reader.get(confirm).status_code == 200, "a mail scanner opens it"
    stored(desk.database, EVENING, slug="elm-street")
    round_of(desk, post)
    assert len(post.letters) == 1
    mine = reader.post(confirm).headers["Location"]
    assert reader.post(confirm).headers["Location"] == mine, "pressed twice it is done once"
    assert ADA in reader.get(mine).text and "From now on you are told." in reader.get(mine).text
    stored(desk.database, EVENING, slug="oak-street")
    round_of(desk, post)
    assert len(news(post.letters)) == 1
    for path in (ASK, confirm, mine):
        answer = reader.get(path)
        assert answer.headers["Referrer-Policy"] == "no-referrer" and answer.headers["X-Robots-Tag"] == "noindex"
        assert "Set-Cookie" not in answer.headers


def test_who_asks_is_answered_the_same_whatever_is_known(desk: Desk, reader: Visitor, post: Kept) -> None:
    first = asked(reader).text
    round_of(desk, post)
    assert asked(reader).text == first
    round_of(desk, post)
    assert len(post.letters) == 1, "no second letter within a quarter of an hour"
    reader.post(link(post.letters[0][1], "confirm"))
    assert asked(reader, frequency="weekly").text == first
    assert asked(reader, "nobody@example.org").text == first
    with desk.database.read() as session:
        assert set(session.exec(select(Subscription.frequency).where(Subscription.state == "confirmed"))) == {"once"}


def test_asked_for_by_eight_at_once_it_is_one_letter(database: Database) -> None:
    start, wanted = threading.Barrier(8), (ADA, "q=homes", "daily", "en", "said.example")

    def ask() -> None:
        start.wait()
        subscribing.asked(database, *wanted)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(30)
    with database.read() as session:
        assert [len(session.exec(select(model)).all()) for model in (Follower, SavedSearch, Subscription)] == [1, 1, 1]
        assert len(session.exec(select(Letter)).all()) == 1


def test_one_click_ends_it_without_cookie_page_or_sign_in(desk: Desk, reader: Visitor, post: Kept) -> None:
    followed(desk, reader, post)
    address = re.fullmatch(rf"<{SITE}(/follow/stop/[\w-]+)>", post.letters[0][1]["List-Unsubscribe"])
    assert address is not None
    reader.get(address[1])
    with desk.database.read() as session:
        assert session.exec(select(Follower)).all(), "opening it ends nothing"
    bare = desk.app.test_client()
    for _ in range(2):
        answer = bare.post(address[1], data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
    with desk.database.read() as session:
        for model in (Follower, Subscription, SavedSearch, Finding, Letter):
            assert not session.exec(select(model)).all(), "the address is erased with all that hung on it"
    assert "Ended" in reader.get(address[1]).text
    editor = desk.editor()
    forged = editor.client.post(address[1], headers={"Sec-Fetch-Site": "cross-site"})
    assert forged.status_code == 403


def test_what_is_followed_is_changed_and_ended_by_its_link(desk: Desk, reader: Visitor, post: Kept) -> None:
    mine = followed(desk, reader, post).partition("?")[0]
    followed(desk, reader, post, "/es/follow/mail?speaker=nobody-yet&q=rents")
    assert post.letters[-1][1]["Subject"].startswith("Confirme, por favor: ")
    page = reader.get(mine).text
    homes, rents = re.findall(rf'action="{mine}/([\w-]+)"', page)[:2]
    assert reader.post(f"{mine}/{homes}", {"act": "change", "frequency": "weekly"}).status_code == 303
    assert reader.post(f"{mine}/{homes}", {"act": "change", "frequency": "hourly"}).status_code == 422
    assert reader.post(f"{mine}/{rents}", {"act": "stop"}).status_code == 303
    assert reader.post(f"{mine}/{rents}", {"act": "stop"}).status_code == 404
    with desk.database.read() as session:
        (left,) = session.exec(select(Subscription))
        assert left.frequency == "weekly" and left.next_due is not None
    assert "Ended" in reader.post(f"{mine}/stop").text
    assert reader.get(mine).status_code == 404


def test_a_link_opens_what_it_was_made_for_and_nothing_else(desk: Desk, reader: Visitor, post: Kept) -> None:
    mine = followed(desk, reader, post).partition("?")[0]
    asked(reader, "bo@example.org")
    round_of(desk, post)
    confirm, stop = (link(post.letters[-1][1], purpose) for purpose in ("confirm", "stop"))
    secret = {path: path.rsplit("/", 1)[1] for path in (mine, confirm, stop)}
    for path in (
        f"/follow/confirm/{secret[stop]}",
        f"/follow/stop/{secret[confirm]}",
        f"/follow/mine/{secret[stop]}",
        f"/follow/mine/{secret[mine][:-1]}",
        f"/follow/mine/{secret[mine][:16]}",
        f"/follow/mine/{'ñ' * 48}",
    ):
        assert reader.get(path).status_code == 404, path
        assert reader.post(path).status_code in (404, 405), path
    with desk.database.read() as session:
        theirs = session.exec(select(Subscription.ref).where(Subscription.state == "asked")).one()
        held = [
            str(row) for name in SQLModel.metadata.tables for row in session.execute(sql(f'SELECT * FROM "{name}"'))
        ]
    assert reader.post(f"{mine}/{theirs}", {"act": "stop"}).status_code == 404
    assert not [row for row in held for one in secret.values() if one in row], "no link is kept anywhere"


def test_nobody_is_bombarded(desk: Desk, reader: Visitor) -> None:
    answers = [asked(reader, where=f"/follow/mail?q=word{n}").status_code for n in range(7)]
    assert answers == [200] * 6 + [429]
    assert asked(reader, ADA.upper(), "/follow/mail?q=other").status_code == 429
    refused = asked(reader, ADA, "/follow/mail?q=other")
    assert ADA in refused.text and "try again tomorrow" in refused.text
    answers = [asked(reader, f"other{n}@example.org").status_code for n in range(30)]
    assert answers[-1] == 429 and answers.count(200) == 21


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nobody",
        "a@b",
        "a@example.org\r\nBcc: all@example.org",
        "a@example.org, b@example.org",
        "Ada <a@example.org>",
        f"{'a' * 65}@example.org",
        f"a@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.{'f' * 60}.org",
        "añil@example.org",
        "a@-example.org",
        "a@example..org",
        "a@127.0.0.1",
        "a" * 5000,
    ],
)
def test_what_is_no_address_is_said_in_a_sentence(desk: Desk, reader: Visitor, address: str) -> None:
    answer = asked(reader, address)
    assert answer.status_code == 422 and 'class="field-error"' in answer.text
    with desk.database.read() as session:
        assert not session.exec(select(Follower)).all()


def test_addresses_of_other_scripts_are_written_to_as_mail_has_it() -> None:
    assert addresses.address(" Ada@Bücher.Example ") == "Ada@xn--bcher-kva.example"
    assert addresses.folded("Ada@X.org") == "ada@x.org"
    for typed in (
        "a@exam\u202eple.org",
        "a\u200bb@example.org",
        "a\x00@example.org",
        "a@example.org\n"[:-1] + "\nBcc: x@y.org",
    ):
        with pytest.raises(Refusal):
            addresses.address(typed)


@pytest.mark.parametrize(
    "search",
    [
        "",
        "q=",
        "q=visit+evil.example",
        "q=https%3A%2F%2Fevil",
        "speaker=www.evil.test",
        "q=" + "x" * 501,
        "q=%C2%A1%21",
    ],
)
def test_what_cannot_be_followed_is_said_in_a_sentence(desk: Desk, reader: Visitor, search: str) -> None:
    assert asked(reader, where=f"/follow/mail?{search}").status_code == 422
    assert reader.get(f"/follow/mail?{search}").status_code == 200
    with desk.database.read() as session:
        assert not session.exec(select(SavedSearch)).all()


def test_one_search_is_one_row_however_it_is_written() -> None:
    ways = [
        "q=homes&speaker=a&speaker=b",
        "speaker=b&q=+homes+&speaker=a&sort=newest&view=lines",
        "after=x&speaker=a&q=homes&speaker=b",
    ]
    kept = {
        searches.parameters(MultiDict([one.split("=") for one in way.replace("+", " ").split("&")])) for way in ways
    }
    assert len(kept) == 1
    with pytest.raises(Refusal, match="too long"):
        searches.parameters(MultiDict([("speaker", f"{n}" * 150) for n in range(20)]))


HOSTILE = {
    "Host": "evil.test",
    "X-Forwarded-Host": "evil.test",
    "X-Forwarded-For": "9.9.9.9",
    "Forwarded": "host=evil.test",
}


def test_no_host_a_request_names_gets_into_a_letter(desk: Desk, reader: Visitor, post: Kept) -> None:
    sent = {"address": ADA, "frequency": "once"}
    for lang in ("", "/es"):
        where = f"{lang}/follow/mail?q=homes{len(lang)}%0D%0ABcc:+all&_external=1&_scheme=ftp&_anchor=x"
        reader.client.post(where, data=sent, headers={**OURS, **HOSTILE})
    round_of(desk, post)
    assert len(post.letters) == 2
    for _, letter in post.letters:
        assert letter["Bcc"] is None
        assert "evil" not in letter.as_string() and "ftp:" not in letter.as_string()
        for part in (text(letter), html(letter)):
            assert all(address.startswith(SITE) for address in re.findall(r"https?://[^\s\"<]+", part))


def test_an_address_is_in_no_log_no_other_table_and_on_nobody_elses_page(
    desk: Desk, reader: Visitor, post: Kept, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    mine = followed(desk, reader, post)
    asked(reader, ADA.replace("@", "@@"))
    assert sending.send(desk.database, config(desk), Kept(troubles={"*": OSError(5, ADA)})).sent == 0
    assert "canary" not in caplog.text
    with desk.database.read() as session:
        holding = {
            name
            for name in SQLModel.metadata.tables
            for row in session.execute(sql(f'SELECT * FROM "{name}"'))
            if "canary" in str(tuple(row))
        }
    assert holding == {"follower"}
    visitor = desk.as_("admin", "editor", "teacher")
    for route, method in table():
        if method == "GET":
            assert "canary" not in visitor.get(filled(route)).text, route
    assert ADA in reader.get(mine).text


def test_pages_make_the_same_number_of_statements_however_much_is_followed(
    desk: Desk, reader: Visitor, post: Kept
) -> None:
    mine = followed(desk, reader, post).partition("?")[0]
    made: list[str] = []
    event.listen(desk.database.reader, "before_cursor_execute", lambda c, k, said, p, x, m: made.append(said))

    def count(path: str) -> int:
        reader.get(path)
        made.clear()
        assert reader.get(path).status_code == 200
        return len(made)

    first = count(mine)
    for n in range(5):
        asked(reader, where=f"/follow/mail?q=word{n}")
    assert count(mine) == first <= 12 and count(ASK) <= 12


def test_a_key_is_made_once_and_a_short_one_refused(tmp_path: Path) -> None:
    bare = Config(home=tmp_path / "home", database_url="")
    made = links.key(bare)
    assert links.key(bare) == made and len(made) >= 32
    assert (tmp_path / "home" / links.KEY_FILE).stat().st_mode & 0o077 == 0
    with pytest.raises(Refusal, match="too short"):
        links.key(Config(home=tmp_path, database_url="", secret_key="hunter2"))
    with pytest.raises(NotFound):
        links.opened(b"another key of another site, as long", "stop", links.link(made, "stop", links.new_ref()))
