"""What holds for every page: no accessibility fault, no sideways scroll, no script error, few bytes, no bare code."""

import re
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser.axe import LAYOUT, RULES, SCRIPT, faults
from tests.browser.conftest import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

NOT_OURS = (
    ".words, .blind-words, blockquote, .row-text, .scene, .told, .statement-text, .page-head h1, .page-head p, .entry h3, .asked-words,"
    "mark, textarea, .permalink, .sources, .condition, .who, .small, .chip, .topic-upper, .topic-line"
)
"""Where words of the record, of sources and of load files stand, and addresses to be copied."""
OURS = """theirs => { const body = document.body.cloneNode(true);
    body.querySelectorAll(theirs).forEach(one => one.remove());
    return body.innerText; }"""
CODES = re.compile(
    r"\b(?:turns?|exchanges?|propositions?|stances?|tiers?|candidac(?:y|ies)|adjudication|gold)\b|\b\w+_\w+\b",
    re.IGNORECASE,
)
PAGE_BYTES, TEXT_BYTES = 150_000, 60_000
WEIGHED = """[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    .map(one => [one.name, one.encodedBodySize])"""
"""The page and everything it loaded: the address and the bytes of each as they came, compressed."""
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: tuple[ViewportSize, ...] = ({"width": 390, "height": 700}, {"width": 320, "height": 700})


@pytest.mark.parametrize("prefix", ["", "/es"])
def test_every_page_is_open_to_everybody(chromium: Browser, site: Site, prefix: str) -> None:
    """By axe, in English in light and in Spanish in dark; no sideways scroll on phones; no script error; few bytes; no bare code."""
    # one style sheet and one template for both languages: each scheme is tried on every page, in one of them, and so is
    # what a narrow layout makes of parts and targets; whether longer words still fit, in both
    scheme: Literal["dark", "light"] = "dark" if prefix else "light"
    context = chromium.new_context(viewport=WIDE, bypass_csp=True, reduced_motion="reduce", color_scheme=scheme)
    context.add_init_script(SCRIPT)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    for path in site.pages:
        page.set_viewport_size(WIDE)
        page.goto(f"{site.url}{prefix}{path}")
        if not prefix:
            wrong += heavy(page, path)
            wrong += bare(page, path) if path != "/patterns" else []
        wrong += faults(page, f"{prefix}{path}", RULES)
        for size in NARROW:
            page.set_viewport_size(size)
            wrong += [f"{prefix}{path} scrolls sideways at {size['width']} px"] if page.evaluate(SIDEWAYS) else []
        wrong += faults(page, f"{path}, narrow", LAYOUT) if not prefix else []
    context.close()
    assert not wrong, "\n".join(wrong)


def heavy(page: Page, path: str) -> list[str]:
    """Whether the page that is shown weighs too much: compressed, with everything it loads, and its HTML and CSS alone."""
    sizes = page.evaluate(WEIGHED)
    text = sum(size for url, size in sizes if not url.endswith((".js", ".svg")))
    whole = sum(size for _, size in sizes)
    return [f"{path} is heavy: {whole} bytes, {text} of text"] if whole > PAGE_BYTES or text > TEXT_BYTES else []


def bare(page: Page, path: str) -> list[str]:
    """The code's own nouns and bare codes that the page prints; words of the record, of sources and of people are not ours."""
    return [f"{path} prints {word}" for word in sorted(set(CODES.findall(page.evaluate(OURS, NOT_OURS))))]


def test_pages_work_without_javascript(chromium: Browser, site: Site) -> None:
    """A search, a facet, a comparison tab and a language, by links and forms alone."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url)
    page.get_by_role("searchbox").fill("diversion")
    page.get_by_role("button", name="Search").click()
    page.locator(".facets a").first.click()
    assert page.locator(".chip").count() == 1
    page.goto(f"{site.url}/contests/port-linden-mayor-2027")
    page.get_by_role("link", name="By question").click()
    assert page.locator(".grid tbody tr").count() > 3
    context.close()


def test_an_empty_site_says_what_to_do(chromium: Browser, empty_site: Site) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 800}, bypass_csp=True)
    context.add_init_script(SCRIPT)
    page = context.new_page()
    for path in empty_site.pages:
        answer = page.goto(f"{empty_site.url}{path}")
        assert answer is not None and answer.status == 200, path
        assert not faults(page, path, RULES)
    page.goto(empty_site.url)
    assert "This site is empty" in page.locator("main").inner_text()
    context.close()


def test_screen_reader_budget(chromium: Browser, site: Site) -> None:
    """At most two tab stops for what one voice said; one heading a question; one grid in the page."""
    page = chromium.new_context().new_page()
    page.goto(f"{site.url}/forums/port-linden-mayor-2026")
    stops = page.evaluate(
        "Math.max(...[...document.querySelectorAll('.turn')].map(t => t.querySelectorAll('a, button').length))"
    )
    assert stops <= 2
    headings = page.evaluate(
        "[...document.querySelectorAll('.exchange')].map(e => e.querySelectorAll('h1,h2,h3').length)"
    )
    assert headings and set(headings) == {1}
    page.goto(f"{site.url}/contests/port-linden-mayor-2027/compare")
    assert page.locator("table.grid").count() == 1
    page.context.close()


def test_htmx_swaps_only_the_part_that_changes(chromium: Browser, site: Site) -> None:
    """A tab of the comparison and a facet of the search: a new address, the rest of the page untouched, Back goes back."""
    page = chromium.new_context().new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(f"{site.url}/contests/port-linden-mayor-2027/compare?by=statement")
    page.evaluate("document.querySelector('h1').dataset.kept = 'yes'")
    page.get_by_role("link", name="By question").click()
    page.wait_for_url("**by=question**")
    page.locator(".tabs [aria-current]", has_text="By question").wait_for()
    assert page.locator("h1").get_attribute("data-kept") == "yes"
    page.go_back()
    page.locator(".tabs [aria-current]", has_text="By statement").wait_for()
    page.goto(f"{site.url}/search?q=police")
    page.evaluate("document.querySelector('h1').dataset.kept = 'yes'")
    page.locator(".facets a").first.click()
    page.locator(".chip").wait_for()
    assert page.locator("h1").get_attribute("data-kept") == "yes"
    assert not errors
    page.context.close()
