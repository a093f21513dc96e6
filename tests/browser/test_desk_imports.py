"""Importing in a real browser: the worker stores while the page tells how far it is, with and without JavaScript."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from ulid import ULID

from tests.browser.conftest import Site
from tests.transcripts.records import EVENING
from tests.world import config_in
from tracker.accounts import people, sessions
from tracker.accounts.admission import COOKIE
from tracker.accounts.roles import AccountRole
from tracker.db import Database

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def editor_of(site: Site, browser: Browser, *, javascript: bool) -> BrowserContext:
    """A browser signed in as a new editor."""
    database = Database(config_in(site.home).database_url)
    with database.write() as session:
        account = people.add(session, f"Editor {ULID()}", [AccountRole.EDITOR], None)
        secret = sessions.begin(session, account, "a browser test")
    database.dispose()
    context = browser.new_context(java_script_enabled=javascript, viewport={"width": 390, "height": 844})
    host = {"domain": "127.0.0.1", "path": "/", "secure": True, "httpOnly": True}
    context.add_cookies([{"name": COOKIE, "value": secret, **host}])
    return context


def bring(page: Page, site: Site, file: Path, title: str) -> None:
    """From the upload to the moment before storing."""
    page.goto(f"{site.url}/desk/imports")
    page.get_by_label("Files").set_input_files(file)
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_text("7 said by somebody")).to_be_visible()
    page.get_by_role("link", name="Say which event this is").click()
    page.get_by_label("Title", exact=True).fill(title)
    page.get_by_label("Day").fill("2026-09-08")
    page.get_by_label("Town", exact=True).fill("Quill Bay")
    page.get_by_role("button", name="Keep", exact=True).click()
    page.get_by_role("button", name="Store", exact=True).click()


def test_the_page_tells_by_itself_when_search_knows_it(site: Site, chromium: Browser, tmp_path: Path) -> None:
    file = tmp_path / "evening.txt"
    file.write_text(EVENING)
    context = editor_of(site, chromium, javascript=True)
    page = context.new_page()
    bring(page, site, file, "An evening brought by browser")
    expect(page.get_by_text("Search knows it.")).to_be_visible(timeout=30_000)
    assert page.locator("#progress[hx-trigger]").count() == 0
    page.locator("#progress").get_by_role("link", name="Read it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("An evening brought by browser")
    context.close()


def test_without_javascript_a_link_looks_again(site: Site, chromium: Browser, tmp_path: Path) -> None:
    file = tmp_path / "evening.txt"
    file.write_text(EVENING)
    context = editor_of(site, chromium, javascript=False)
    page = context.new_page()
    bring(page, site, file, "An evening brought without scripts")
    for _ in range(200):
        if page.get_by_text("Stored.", exact=True).count():
            break
        page.get_by_role("link", name="Look again").click()
    expect(page.get_by_text("Stored.", exact=True)).to_be_visible()
    context.close()
