"""A student comes into a class: without JavaScript, by a few keys, and back again; the pages behind the seat are open to everybody."""

import pytest
from playwright.sync_api import Browser, expect

from positions.classes import codes, rooms
from tests.browser.axe import COLOURS, RULES, faults
from tests.browser.conftest import Site
from tests.browser.test_every_page import SIDEWAYS
from tests.tracker.school import LESSON, next_month
from tests.world import config_in
from tracker.accounts import people
from tracker.accounts.roles import AccountRole
from tracker.db import Database

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

BEHIND = ("/classes/mine", "/classes/mine/everything", "/classes/mine/delete")


@pytest.fixture(scope="module")
def code(site: Site) -> str:
    """The join code of a class on the demo site, as it is printed."""
    with Database(config_in(site.home).database_url) as database, database.write() as session:
        teacher = people.add(session, "Tia Teacher", [AccountRole.TEACHER])
        room = rooms.start(session, teacher, "Civics, period 3", next_month())
        return codes.shown(rooms.open_door(session, teacher, room, LESSON))


def test_a_student_joins_leaves_and_comes_back_without_javascript(chromium: Browser, site: Site, code: str) -> None:
    context = chromium.new_context(viewport={"width": 320, "height": 700}, java_script_enabled=False)
    page = context.new_page()
    outside: list[str] = []
    page.on("request", lambda sent: None if sent.url.startswith((site.url, "data:")) else outside.append(sent.url))
    page.goto(f"{site.url}/classes")
    page.get_by_label("Class code").fill(code.lower())
    page.get_by_role("button", name="Go on").click()
    name = page.get_by_role("radio").last.get_attribute("value") or ""
    page.get_by_role("radio").last.check()
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"You are {name}")
    returning = page.locator(".big-code").inner_text()
    page.get_by_role("link", name="I have written it down").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Civics, period 3")
    page.get_by_role("button", name="Leave this browser").click()
    page.get_by_role("link", name="Come back").click()
    page.get_by_label("Your made-up name").fill(name)
    page.get_by_label("Your return code").fill(returning)
    page.get_by_role("button", name="Come back").click()
    expect(page.locator(".crumbs")).to_have_text(f"You are {name}")
    assert not outside
    context.close()


def test_the_pages_of_a_student_are_open_to_everybody(chromium: Browser, site: Site, code: str) -> None:
    context = chromium.new_context(viewport={"width": 320, "height": 700}, bypass_csp=True)
    page, wrong = context.new_page(), []
    page.goto(f"{site.url}/classes/join/{code.replace('-', '')}")
    wrong += faults(page, "choose", RULES)
    page.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".big-code")).to_be_visible()
    wrong += faults(page, "welcome", RULES)
    for path in BEHIND:
        page.goto(f"{site.url}{path}")
        wrong += faults(page, path, RULES)
        page.emulate_media(color_scheme="dark")
        page.goto(f"{site.url}/es{path}")
        wrong += faults(page, f"/es{path}", COLOURS)
        page.emulate_media(color_scheme="light")
        wrong += [f"/es{path} scrolls sideways"] if page.evaluate(SIDEWAYS) else []
    context.close()
    assert not wrong, "\n".join(wrong)
