"""Signing in, one-time links, forgery, hosts, the log of acts, forms sent twice: on both databases where it matters."""

import random
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session
from ulid import ULID

from tests.tracker.calling import Site, site
from tests.tracker.desk import OURS, PASSWORD, Desk, desk_on
from tracker.accounts import audit, people, sessions
from tracker.accounts.admission import COOKIE
from tracker.accounts.passwords import hasher as production_hasher
from tracker.accounts.roles import AccountRole
from tracker.limits import TableStorage
from transcripts.errors import Refusal


@pytest.fixture
def home(database_url: str, tmp_path: Path) -> Site:
    return site(tmp_path, database_url)


@pytest.fixture
def desk(home: Site) -> Iterator[Desk]:
    desk = desk_on(home)
    yield desk
    desk.database.dispose()


def test_the_right_password_opens_the_desk_and_a_wrong_one_does_not(desk: Desk) -> None:
    desk.account("Edith Editor", "editor", password=PASSWORD)
    visitor = desk.nobody()
    assert visitor.get("/desk").headers["Location"].endswith("/sign-in?next=/desk")
    wrong = visitor.post("/sign-in", {"name": "edith editor", "password": "a wrong sentence"})
    assert wrong.status_code == 422 and "edith editor" in wrong.text and "a wrong sentence" not in wrong.text
    right = visitor.post("/sign-in", {"name": "EDITH  editor", "password": PASSWORD, "next": "/es/account"})
    assert (right.status_code, right.headers["Location"]) == (303, "/es/account")
    cookie = right.headers["Set-Cookie"]
    assert cookie.startswith(f"{COOKIE}=") and all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=Lax"))
    desk_page = visitor.get("/desk")
    assert desk_page.status_code == 200 and "no-store" in desk_page.headers["Cache-Control"]
    assert "Set-Cookie" not in visitor.get("/").headers


@pytest.mark.parametrize(
    "next_", ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", ""]
)
def test_signing_in_never_leads_off_the_site(desk: Desk, next_: str) -> None:
    desk.account("Edith Editor", "editor", password=PASSWORD)
    answer = desk.nobody().post("/sign-in", {"name": "Edith Editor", "password": PASSWORD, "next": next_})
    assert answer.headers["Location"] == "/desk"


def test_a_sign_in_begins_anew_and_ends_at_the_server(desk: Desk) -> None:
    account_id = desk.account("Edith Editor", "editor", password=PASSWORD)
    visitor = desk.signed_in(account_id)
    before = visitor.client.get_cookie(COOKIE, "localhost")
    assert before is not None
    visitor.post("/sign-in", {"name": "Edith Editor", "password": PASSWORD})
    after = visitor.client.get_cookie(COOKIE, "localhost")
    assert after is not None and after.value != before.value
    thief = desk.nobody()
    thief.client.set_cookie(COOKIE, before.value, domain="localhost", secure=True)
    assert thief.get("/desk").status_code == 303
    thief.client.set_cookie(COOKIE, after.value, domain="localhost", secure=True)
    assert thief.get("/desk").status_code == 200
    assert visitor.post("/sign-out").status_code == 303
    assert thief.get("/desk").status_code == 303


def test_a_new_password_ends_every_other_sign_in(desk: Desk) -> None:
    account_id = desk.account("Edith Editor", "editor", password=PASSWORD)
    here, elsewhere = desk.signed_in(account_id), desk.signed_in(account_id)
    wrong = here.post("/account/password", {"present": "no", "password": "another long sentence"})
    assert wrong.status_code == 422 and elsewhere.get("/desk").status_code == 200
    right = here.post("/account/password", {"present": PASSWORD, "password": "another long sentence"})
    assert right.status_code == 303
    assert here.get("/desk").status_code == 200 and elsewhere.get("/desk").status_code == 303


def test_a_link_works_once_even_for_fifty_at_a_time(desk: Desk) -> None:
    with desk.database.write() as session:
        secret = people.invite(session, [AccountRole.EDITOR], "a test")
    made: list[int] = []
    start = threading.Barrier(10)

    def use(n: int) -> None:
        start.wait()
        for again in range(5):
            try:
                with desk.database.write() as session:
                    made.append(people.use(session, secret, f"Guest {n} {again}", PASSWORD))
            except Refusal:
                continue

    threads = [threading.Thread(target=use, args=(n,)) for n in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1


def test_an_invitation_makes_an_account_with_the_roles_it_names(desk: Desk) -> None:
    admin = desk.as_("admin")
    invited = admin.post("/desk/team/invitations", {"roles": ["editor"]})
    assert invited.status_code == 201
    link = invited.text.split('class="secret">')[1].split("<")[0]
    path = link.removeprefix("http://127.0.0.1:8000")
    guest = desk.nobody()
    assert guest.get(path).headers["Referrer-Policy"] == "no-referrer"
    short = guest.post(path, {"name": "Nora New", "password": "short"})
    assert short.status_code == 422 and "Nora New" in short.text
    assert guest.post(path, {"name": "Nora New", "password": PASSWORD}).status_code == 303
    assert guest.get("/desk").status_code == 200 and guest.get("/desk/team").status_code == 403
    assert guest.get(path).status_code == 404
    with desk.database.read() as session:
        assert next(one for one in people.members(session) if one.name == "Nora New").roles == ("editor",)


def test_a_disabled_account_is_out_at_once_and_the_last_administrator_stays(desk: Desk) -> None:
    first = desk.account("Ada Admin", "admin")
    editor = desk.account("Edith Editor", "editor", password=PASSWORD)
    admin, visitor = desk.signed_in(first), desk.signed_in(editor)
    assert admin.post(f"/desk/team/{editor}/disable").status_code == 303
    assert visitor.get("/desk").status_code == 303
    assert desk.nobody().post("/sign-in", {"name": "Edith Editor", "password": PASSWORD}).status_code == 422
    assert admin.post(f"/desk/team/{first}/disable").status_code == 422
    assert admin.post(f"/desk/team/{first}/roles", {"roles": []}).status_code == 422
    assert admin.get("/desk/team").status_code == 200


FORGED = [
    ({"Sec-Fetch-Site": "cross-site"}, 403),
    ({"Sec-Fetch-Site": "same-site"}, 403),
    ({"Sec-Fetch-Site": "none"}, 403),
    ({"Sec-Fetch-Site": "cross-site", "Origin": "https://localhost"}, 403),
    ({"Sec-Fetch-Site": ""}, 403),
    ({"Origin": "https://evil.example"}, 403),
    ({"Origin": "null"}, 403),
    ({"Origin": "https://localhost.evil.example"}, 403),
    ({"Referer": "https://localhost/desk"}, 403),
    ({}, 403),
    ({"Origin": "https://localhost"}, 303),
    ({"Sec-Fetch-Site": "same-origin"}, 303),
]


@pytest.mark.parametrize(("headers", "status"), FORGED)
def test_forms_of_other_sites_are_refused(desk: Desk, headers: dict[str, str], status: int) -> None:
    visitor = desk.as_("admin")
    answer = visitor.client.post("/sign-out", data={"form_key": str(ULID())}, headers=headers)
    assert answer.status_code == status
    assert (visitor.get("/desk").status_code == 200) == (status == 403)


HOSTS = [
    "evil.example",
    "site.example.evil.example",
    "127.0.0.1@evil.example",
    "site.example:80@evil",
    "[::1",
    "evil%00.example",
]


@pytest.mark.parametrize("host", HOSTS)
def test_other_hosts_are_refused_and_never_stand_in_a_link(home: Site, host: str) -> None:
    desk = desk_on(home, TRACKER_TRUSTED_HOSTS="site.example", TRACKER_SITE_URL="https://site.example")
    client = desk.app.test_client()
    assert client.get("/about", headers={"Host": host}).status_code == 400
    forwarded = client.get("/about", headers={"Host": "site.example", "X-Forwarded-Host": host})
    assert forwarded.status_code == 200 and host not in forwarded.text
    desk.database.dispose()


def test_nobody_signs_in_over_http_to_another_machine(home: Site) -> None:
    desk = desk_on(home, TRACKER_SITE_URL="http://site.example")
    desk.account("Edith Editor", "editor", password=PASSWORD)
    assert "TRACKER_SITE_URL" in desk.nobody().get("/sign-in").text
    answer = desk.nobody().post("/sign-in", {"name": "Edith Editor", "password": PASSWORD})
    assert answer.status_code == 400 and "Set-Cookie" not in answer.headers
    desk.database.dispose()


def test_a_form_sent_twice_is_carried_out_once(desk: Desk) -> None:
    admin, editor = desk.as_("admin"), desk.account("Edith Editor", "editor")
    key = {"form_key": str(ULID()), "roles": ["teacher"]}
    answers = [admin.post(f"/desk/team/{editor}/roles", key) for _ in range(3)]
    assert {answer.headers["Location"] for answer in answers} == {"/desk/team"}
    with desk.database.read() as session:
        entries, _ = audit.latest(session)
    assert sum(entry.act == "give roles" for entry in entries) == 1
    assert admin.post(f"/desk/team/{editor}/roles", {"form_key": "nonsense"}).status_code == 422


def test_every_privileged_act_is_written_down_with_its_author(desk: Desk) -> None:
    admin_id = desk.account("Ada Admin", "admin")
    other = desk.account("Olga Other", "admin")
    admin = desk.signed_in(admin_id)
    admin.post(f"/desk/team/{other}/roles", {"roles": ["editor"]})
    admin.post(f"/desk/team/{other}/disable")
    admin.post(f"/desk/team/{other}/enable")
    admin.post(f"/desk/team/{other}/reset")
    admin.post("/desk/team/invitations")
    log = admin.get("/desk/team/log").text
    for act in ("give roles", "disable account", "enable account", "link for a new password", "invite"):
        assert act in log
    assert log.count("Ada Admin") >= 5


def _note(session: Session, n: int) -> None:
    for i in range(n):
        audit.note(session, (None, "a test"), "act", f"subject {i}", str(i))


def test_the_log_cannot_be_changed_through_the_database_and_shows_when_it_was(desk: Desk) -> None:
    with desk.database.write() as session:
        _note(session, 40)
    with desk.database.read() as session:
        whole = audit.verify(session)
    assert whole.broken is None and whole.entries == 40
    for statement in ("UPDATE audit_entry SET name = 'x'", "DELETE FROM audit_entry WHERE seq = 3"):
        with pytest.raises(DatabaseError, match="append-only"), desk.database.write() as session:
            session.execute(text(statement))


def test_a_thousand_tampered_logs_are_all_found_beside_an_external_head(tmp_path: Path) -> None:
    """Edits, deletions, swaps, truncations and wholesale re-hashing by somebody with the file in hand."""
    desk = desk_on(site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}"))
    with desk.database.write() as session:
        _note(session, 30)
    with desk.database.read() as session:
        head = audit.verify(session).head
    with desk.database.write() as session:
        for act in ("update", "delete"):
            session.execute(text(f"DROP TRIGGER audit_entry_no_{act}"))
    chance = random.Random(7)
    for _ in range(1000):
        with Session(desk.database.writer) as session:
            _tamper(session, chance)
            seen = audit.verify(session)
            assert seen.broken is not None or not audit.holds(session, head)
            session.rollback()
    desk.database.dispose()


def _tamper(session: Session, chance: random.Random) -> None:
    seq, other = chance.sample(range(1, 31), 2)
    kind = chance.choice(("edit", "delete", "swap", "cut", "again"))
    if kind == "edit":
        column = chance.choice(("name", "act", "subject", "detail"))
        session.execute(text(f"UPDATE audit_entry SET {column} = {column} || 'x' WHERE seq = :seq"), {"seq": seq})
    elif kind == "delete":
        session.execute(text("DELETE FROM audit_entry WHERE seq = :seq"), {"seq": seq})
    elif kind == "swap":
        for here, there in ((seq, 99), (other, seq), (99, other)):
            session.execute(
                text("UPDATE audit_entry SET seq = :there WHERE seq = :here"), {"here": here, "there": there}
            )
    elif kind == "cut":
        session.execute(text("DELETE FROM audit_entry WHERE seq >= :seq"), {"seq": max(2, seq)})
    else:
        session.execute(text("DELETE FROM audit_entry"))
        session.flush()
        _note(session, 29)


def test_limits_are_exact_across_threads_and_servers(desk: Desk, home: Site) -> None:
    other = desk_on(home)
    counted: list[int] = []
    start = threading.Barrier(8)

    def count(database: object) -> None:
        storage = TableStorage(database=database)
        start.wait()
        counted.extend(storage.incr("somebody", 60) for _ in range(5))

    threads = [threading.Thread(target=count, args=(d.database,)) for d in (desk, other) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counted) == list(range(1, 41))
    other.database.dispose()


def test_guessing_passwords_is_stopped_by_name_and_a_forged_address_does_not_help(desk: Desk) -> None:
    desk.account("Edith Editor", "editor", password=PASSWORD)
    visitor = desk.nobody()
    codes = [
        visitor.client.post(
            "/sign-in",
            data={"form_key": str(ULID()), "name": "Edith Editor", "password": "x" * 12},
            headers={**OURS, "X-Forwarded-For": f"10.0.0.{n}"},
        ).status_code
        for n in range(22)
    ]
    assert codes == [422] * 20 + [429] * 2


def test_a_password_costs_as_much_as_rfc_9106_recommends() -> None:
    """The other tests hash at the least cost: a hundred sign-ins would take half a minute."""
    assert production_hasher().hash(PASSWORD).startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_signing_in_takes_as_long_for_a_name_nobody_has(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same work is done: one argon2 verification for each, whether the name is held or not."""
    from tracker.accounts import passwords

    verified: list[str | None] = []
    right = passwords.right
    monkeypatch.setattr(passwords, "right", lambda password, held: (verified.append(held), right(password, held))[1])
    desk.account("Edith Editor", "editor", password=PASSWORD)
    with desk.database.read() as session:
        assert sessions.check(session, "Edith Editor", "wrong") is None
        assert sessions.check(session, "Nobody Atall", "wrong") is None
    assert len(verified) == 2


def test_the_command_line_adds_invites_and_disables(home: Site) -> None:
    added = home.tracker("user", "add", "Edith Editor", "--roles", "editor,admin")
    assert added.code == 0 and "/welcome/" in added.out
    assert home.tracker("user", "add", "edith editor").code == 2
    assert home.tracker("user", "add", "Wendy", "--roles", "queen").code == 2
    assert "/welcome/" in home.tracker("user", "invite", "--roles", "teacher").out
    refused = home.tracker("user", "disable", "Edith Editor")
    assert refused.code == 2 and "Nobody would be left" in refused.err
    home.tracker("user", "add", "Ada Admin", "--roles", "admin")
    assert home.tracker("user", "disable", "Edith Editor").code == 0
    assert "Edith Editor\tadmin, editor\tdisabled" in home.tracker("user", "list").out
    assert home.tracker("user", "disable", "Nobody").code == 2


def headers_of(app: Flask, path: str) -> dict[str, str]:
    return dict(app.test_client().get(path, base_url="https://localhost").headers)


@pytest.mark.parametrize("path", ["/", "/nowhere", "/static/nothing.css", "/desk", "/sign-in", "/welcome/x"])
def test_every_answer_carries_the_headers(desk: Desk, path: str) -> None:
    headers = headers_of(desk.app, path)
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy and "frame-ancestors 'none'" in policy and "form-action 'self'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_form_that_is_too_large_is_refused(desk: Desk) -> None:
    answer = desk.nobody().post("/sign-in", {"name": "x" * 3_000_000, "password": "x"})
    assert answer.status_code == 413
