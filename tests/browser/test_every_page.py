"""What holds for every page: no accessibility fault, no sideways scroll, no script error, few bytes."""

import gzip
import urllib.request

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.conftest import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PAGE_BYTES, TEXT_BYTES = 150_000, 60_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("prefix", ["", "/es"])
def test_axe_finds_nothing(chromium: Browser, site: Site, prefix: str, scheme: str) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    faults: list[str] = []
    for path in site.pages:
        page.goto(f"{site.url}{prefix}{path}")
        found = Axe().run(page, options=RULES)
        faults += [
            f"{prefix}{path}: {fault['id']}: {fault['nodes'][0]['html'][:200]}"
            for fault in found.response["violations"]
        ]
    context.close()
    assert not errors
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("width", [320, 390])
def test_no_page_scrolls_sideways(chromium: Browser, site: Site, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 700})
    page = context.new_page()
    wide = []
    for prefix in ("", "/es"):
        for path in site.pages:
            page.goto(f"{site.url}{prefix}{path}")
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                wide.append(f"{prefix}{path}")
    context.close()
    assert not wide, f"scroll sideways at {width} px: {wide}"


def test_no_page_is_heavy(chromium: Browser, site: Site) -> None:
    """Compressed bytes of the page with everything it loads, and of its HTML and CSS alone."""
    heavy = []
    for path in site.pages:
        context = chromium.new_context()
        page = context.new_page()
        loaded: list[str] = []
        page.on("requestfinished", lambda request, into=loaded: into.append(request.url))
        page.goto(f"{site.url}{path}", wait_until="networkidle")
        context.close()
        sizes = {url: compressed(url) for url in loaded if url.startswith("http")}
        text = sum(size for url, size in sizes.items() if not url.endswith((".js", ".svg")))
        if sum(sizes.values()) > PAGE_BYTES or text > TEXT_BYTES:
            heavy.append((path, sum(sizes.values()), text))
    assert not heavy


def compressed(url: str) -> int:
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        body = answer.read()
        return len(body) if answer.headers.get("Content-Encoding") else len(gzip.compress(body))
