"""A word of the glossary in a real browser without a script: its meaning comes by hovering, by keys and by tap, and goes again."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PATH = "/contests/hartford-mayor-2015/compare?by=statement"


def test_a_word_says_what_it_means_without_a_script(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{site.url}{PATH}")
    word, card = page.locator("[popovertarget='term-lead']"), page.locator("#term-lead")
    expect(card).to_be_hidden()
    word.hover()
    expect(card).to_be_visible()
    card.hover()
    expect(card).to_be_visible()
    page.mouse.move(1, 1)
    expect(card).to_be_hidden()
    word.focus()
    page.keyboard.press("Enter")
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    context.close()


def test_escape_closes_what_hovering_shows_while_the_pointer_rests(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{site.url}/contests/hartford-mayor-2015/match")
    word, card = page.locator("[popovertarget='term-lead']"), page.locator("#term-lead")
    word.hover()
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    page.mouse.move(1, 1)
    word.hover()
    expect(card).to_be_visible()
    word.click()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    context.close()


def test_a_word_is_tapped_on_a_small_phone(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{site.url}/es{PATH}")
    page.locator("[popovertarget='term-lead']").tap()
    card = page.locator("#term-lead")
    expect(card).to_be_visible()
    expect(card).to_contain_text("Seattle")
    box = card.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    page.touchscreen.tap(5, 5)
    expect(card).to_be_hidden()
    context.close()
