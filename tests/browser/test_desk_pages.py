"""The desk in a real browser: no accessibility fault, no sideways scroll, every control by key, and the keys of its queues."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.axe import COLOURS, RULES, SCRIPT, faults
from tests.browser.conftest import serve
from tests.browser.test_every_page import SIDEWAYS, WIDE
from tests.tracker import busy
from tests.tracker.desk import desk_of
from tests.transcripts.records import stored
from tests.world import config_in
from tracker.accounts.admission import COOKIE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

NARROW: ViewportSize = {"width": 320, "height": 700}
OUT_OF_REACH = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
    .filter(one => one.checkVisibility() && !one.disabled && !one.closest('[aria-hidden=true]'))
    .filter(one => { one.focus(); return document.activeElement !== one || one.tabIndex < 0
        || getComputedStyle(one).outlineStyle === 'none'; })
    .map(one => one.outerHTML.slice(0, 120))"""
"""Controls that take no focus, or do not show it."""


MORE = "TOM VALE: The landlord raised the rent twice, and then an eviction notice came.\n\nIDA BERG: We will mend potholes.\n"
"""Words with a topic, so that more than two wait to be decided."""


class Rooms(NamedTuple):
    """A desk with something in every room, served: its address, one address of every page, and a signed-in browser."""

    url: str
    paths: list[str]
    page: Page


@pytest.fixture(scope="module")
def rooms(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rooms]:
    paths: list[str] = []
    secrets: list[str] = []

    def fill(home: Path) -> None:
        desk = desk_of(config_in(home))
        boss = busy.begin(desk)
        busy.add(desk, boss, 0)
        stored(desk.database, MORE, slug="more")
        busy.suggest(desk, "more")
        paths.extend(path for path, *_ in busy.pages(desk, boss).values())
        held = boss.client.get_cookie(COOKIE)
        secrets.append(held.value if held else "")
        desk.database.dispose()

    for url in serve(tmp_path_factory.mktemp("rooms"), demo=False, prepare=fill):
        context = chromium.new_context(viewport=WIDE, bypass_csp=True)
        context.add_init_script(SCRIPT)
        host = {"domain": "127.0.0.1", "path": "/", "secure": True, "httpOnly": True}
        context.add_cookies([{"name": COOKIE, "value": secrets[0], **host}])
        yield Rooms(
            url,
            [path for path in paths if not re.search(r"/(?:download|export)/|\.(?:atom|csv|json|txt)\b", path)],
            context.new_page(),
        )
        context.close()


def test_every_room_is_open_to_everybody(rooms: Rooms) -> None:
    """By axe in English and light, in colours also in Spanish and dark; 320 px wide; by keyboard."""
    page, wrong = rooms.page, []
    for path in ("/sign-in", *rooms.paths):
        page.set_viewport_size(WIDE)
        page.emulate_media(color_scheme="light")
        page.goto(f"{rooms.url}{path}")
        wrong += faults(page, path, RULES)
        wrong += [f"{path}: out of reach of the keyboard: {one}" for one in page.evaluate(OUT_OF_REACH)]
        page.set_viewport_size(NARROW)
        wrong += [f"{path}: scrolls sideways"] if page.evaluate(SIDEWAYS) else []
        page.emulate_media(color_scheme="dark")
        page.goto(f"{rooms.url}/es{path}")
        wrong += faults(page, f"/es{path}", COLOURS)
        wrong += [f"/es{path}: scrolls sideways"] if page.evaluate(SIDEWAYS) else []
    page.set_viewport_size(WIDE)
    assert not wrong, "\n".join(wrong)


def test_the_first_key_leads_past_the_ways(rooms: Rooms) -> None:
    page = rooms.page
    page.goto(f"{rooms.url}/desk")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("main a").first).to_be_focused()


def test_suggested_topics_are_decided_by_key(rooms: Rooms) -> None:
    page = rooms.page
    page.goto(f"{rooms.url}/desk/tags")
    first, second, third = page.locator("[data-item]").evaluate_all("all => all.slice(0, 3).map(one => one.id)")
    page.keyboard.press("j")
    for key, gone, following in (("y", first, second), ("x", second, third)):
        page.keyboard.press(key)
        expect(page.locator(f"#{gone}")).to_have_count(0)
        expect(page.locator(f"#{following}")).to_be_focused()
    page.keyboard.press("t")
    expect(page.locator(f"#{third} input[type=checkbox][name=tag]")).to_be_checked()
    page.keyboard.press("m")
    expect(page.locator(f"#{third} select")).to_be_focused()
    page.keyboard.press("y")
    expect(page.locator(f"#{third}")).to_have_count(1)
    page.locator(f"#{third} select").select_option("libraries")
    page.locator(f"#{third}").get_by_role("button", name="Move", exact=True).click()
    expect(page.locator(f"#{third}")).to_have_count(0)
    page.goto(f"{rooms.url}/desk/tags/history")
    told = page.locator(".act-entry").all_inner_texts()[:3]
    assert ["Libraries" in told[0], "Rejected" in told[1], "Confirmed" in told[2]] == [True, True, True]


def test_voices_are_named_by_key(rooms: Rooms) -> None:
    page = rooms.page
    page.goto(f"{rooms.url}/desk/voices?forum=evening-0")
    page.keyboard.press("j")
    at_hand = page.locator("[data-item]:focus")
    while at_hand.locator("[data-key='1']").count() == 0:
        page.keyboard.press("n")
    id, name = at_hand.get_attribute("id"), at_hand.locator("[data-key='1']").inner_text().partition("This is ")[2]
    page.keyboard.press("1")
    expect(page.locator(f"#{id}")).to_have_count(0)
    page.goto(f"{rooms.url}/desk/voices/{str(id).removeprefix('v-')}")
    expect(page.locator(".page-head")).to_contain_text(f"Linked to {name}")


def test_passages_are_checked_by_key(rooms: Rooms) -> None:
    """Each Enter checks the passage at hand and brings the next; E goes where it is corrected."""
    page = rooms.page
    page.goto(f"{rooms.url}/desk/forums/captions/review")
    before = page.locator(".listen-block .words").all_inner_texts()
    page.keyboard.press("j")
    for checked in (1, 2):
        expect(page.locator(".listen-block.is-here")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_text(f"{checked} of {len(before)} passages are checked")).to_be_visible()
    assert page.locator(".listen-block .words").all_inner_texts() == before[2:]
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("e")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Correct what")
