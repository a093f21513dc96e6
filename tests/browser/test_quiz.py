"""The quote quiz in a real browser: nothing leaves the page, script and POST say the same, a code stays behind the #."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import RULES, faults
from tests.browser.conftest import Site
from tests.browser.test_match import KEPT

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PATH = "/contests/port-linden-mayor-2027/quiz"
SAID = ["1", "0.5", "0", "open", None]
SHOWN = """() => {
    const seen = one => !one.closest("#result [hidden]");
    const words = selector => [...document.querySelectorAll(`#result ${selector}`)].filter(seen).map(one => one.textContent.trim());
    return ["[data-candidate] h3", "[data-order]", "[data-count]", ".figures", "[data-rating]", "[data-code]"].map(words);
}"""


def rate(page: Page) -> int:
    """Rate one sentence after the other; how many there are."""
    cards = page.locator("#quiz fieldset")
    for i in range(cards.count()):
        said = SAID[i % len(SAID)]
        if said is not None:
            cards.nth(i).locator(f"input[value='{said}']").check()
    return cards.count()


@pytest.mark.parametrize(
    ("prefix", "sentence"),
    [("", "it puts nobody first"), ("/es", "no pone a nadie en primer lugar")],
)
def test_voter_9_rates_and_nothing_leaves_the_page(phone: Page, site: Site, prefix: str, sentence: str) -> None:
    phone.goto(f"{site.url}{prefix}{PATH}?order=alphabetical&seed=4")
    phone.wait_for_load_state("networkidle")
    address, asked = phone.url, list[str]()
    phone.on("request", lambda request: asked.append(request.url))
    expect(phone.locator("[data-with-script]")).to_be_visible()
    expect(phone.locator("[data-without-script]")).to_be_hidden()
    body = phone.inner_text("#quiz")
    for name in ("Achterberg", "Farrant", "Mehran", "Okoro", "Pettibone"):
        assert name not in body
    cards = rate(phone)
    phone.locator("#quiz button[type=submit]").click()
    expect(phone.locator("[data-order]")).to_contain_text(sentence)
    expect(phone.locator("#result-head")).to_be_focused()
    assert phone.locator("#result h3 .candidate-name").count() == 5
    assert phone.locator("#result blockquote").count() == cards
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert asked == [] and phone.url == address
    assert phone.evaluate(KEPT) == [0, 0, "", 0, 0, "?order=alphabetical&seed=4", "", None]


def test_script_and_post_say_the_same_and_a_code_brings_it_back(chromium: Browser, site: Site) -> None:
    address = f"{site.url}{PATH}?order=alphabetical&seed=7"
    with_script = chromium.new_context(bypass_csp=True).new_page()
    with_script.goto(address)
    rate(with_script)
    with_script.locator("#quiz button[type=submit]").click()
    for details in with_script.locator("#result details > summary").all():
        details.click()
    assert faults(with_script, "rated", RULES) == []
    shown = with_script.evaluate(SHOWN)
    link = with_script.locator("[data-code-link]").get_attribute("href")
    assert link is not None and "seed" not in link and "#code=" in link

    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    expect(page.locator("[data-without-script]")).to_be_visible()
    rate(page)
    with page.expect_response(lambda response: response.request.method == "POST") as posted:
        page.locator("#quiz button[type=submit]").click()
    assert "no-store" in posted.value.headers["cache-control"]
    page.wait_for_load_state()
    assert re.search(r"\?seed=7&v=[0-9a-f]{6}&order=alphabetical#result$", page.url) and context.cookies() == []
    reader = chromium.new_context(bypass_csp=True, java_script_enabled=True).new_page()
    reader.set_content(page.content())
    assert reader.evaluate(SHOWN) == shown
    asked = list[str]()
    with_script.on("request", lambda request: asked.append(request.url))
    with_script.goto("about:blank")
    with_script.goto(link)
    expect(with_script.locator("#result [data-code]")).to_have_text(shown[-1][0])
    assert all(shown[-1][0] not in url.split("#")[0] for url in asked), "what stands behind # is sent to nobody"
    assert with_script.evaluate(SHOWN)[2:4] == shown[2:4]
    for one in (with_script, reader, page):
        one.context.close()
    assert not re.search(f"{PATH}|POST|card-", (site.home / "server.log").read_text())
