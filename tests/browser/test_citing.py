"""Selecting words offers their address; a press copies, says so where it is seen and where it is heard; cards stand in other pages."""

import re
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.axe import COLOURS, RULES, faults
from tests.browser.conftest import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SELECT = """words => {
    const text = document.querySelector("[data-cite-text]"), walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    let node = walk.nextNode();
    while (!node.data.includes(words)) node = walk.nextNode();
    const range = document.createRange(), at = node.data.indexOf(words);
    range.setStart(node, at);
    range.setEnd(node, at + words.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return text.textContent;
}"""
"""Selects words inside one paragraph, as a reader's mouse does; answers the text they stand in."""


def spoken(site: Site) -> str:
    return next(path for path in site.pages if re.fullmatch(r"/turns/\w+", path))


def test_selected_words_are_cited_and_copied(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{site.url}{spoken(site)}")
    said = page.locator("[data-cite-text]").text_content() or ""
    words = " ".join(said.split()[3:8])
    text = page.evaluate(SELECT, words)
    start = text.index(words)
    chosen = page.get_by_role("link", name="Cite the selected words")
    expect(page.locator("[data-cite-words]")).to_have_text(words)
    page.get_by_role("button", name="Copy their address").click()
    assert page.evaluate("navigator.clipboard.readText()").endswith(f"?words={start}-{start + len(words)}&v=1")
    page.evaluate(SELECT, words)
    chosen.click()
    page.wait_for_url(f"**/cite?words={start}-{start + len(words)}&v=1")
    for name in ("AP-style line", "MLA, 9th edition"):
        page.get_by_role("button", name=f"Copy ({name})").click()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert words in copied and "listen before quoting" not in copied
        expect(page.locator(".copied", has_text="Copied")).to_have_count(1)
        expect(page.locator("#announcer")).to_have_text("Copied")
    context.close()


def test_without_a_clipboard_the_text_is_selected(chromium: Browser, site: Site) -> None:
    page = chromium.new_context(java_script_enabled=True).new_page()
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.goto(f"{site.url}{spoken(site)}/cite")
    page.get_by_role("button", name="Copy (BibTeX)").click()
    expect(page.locator("#announcer")).to_contain_text("Ctrl+C")
    assert page.evaluate("document.activeElement.id") == "c-bibtex"
    page.context.close()


@pytest.fixture
def newspaper(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Another site: a folder of pages, and its address."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield tmp_path, f"http://localhost:{server.server_port}"
        server.shutdown()


def test_a_card_stands_in_another_sites_page(chromium: Browser, site: Site, newspaper: tuple[Path, str]) -> None:
    folder, address = newspaper
    card = f"/embed{spoken(site)}"
    (folder / "story.html").write_text(
        f'<!doctype html><title>A story</title><iframe title="Card" src="{site.url}{card}"></iframe>'
    )
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{address}/story.html")
    expect(page.frame_locator("iframe").locator("blockquote")).to_be_visible()
    assert context.cookies() == []
    context.close()
    context = chromium.new_context(bypass_csp=True, viewport={"width": 320, "height": 800})
    page = context.new_page()
    for scheme, rules in (("light", RULES), ("dark", COLOURS)):
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{site.url}/es{card}")
        assert not faults(page, card, rules)
        assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    context.close()
