"""A voter's answers in a real browser: the script gives the figures of the Python, nothing leaves the page, and it works without script.

Step 8 of the walk of a voter (a).
"""

import random
import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from positions.matching import STEPS, WEIGHTS
from tests.browser.axe import RULES, faults
from tests.browser.conftest import Site
from tests.positions.test_matching import VECTORS, over
from tracker.commands.match import figures

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PATH = "/contests/hartford-mayor-2015/match"
HARTFORD = ["luke-bronin", "ted-cannon", "joel-cruz", "pedro-segarra"]
MIXED = ["1", "0.5", "0", "skip", "-1", "1", "-0.5", None]
COMPUTE = """cases => cases.map(({ answers, weights, candidates }) => {
    const told = Object.values(candidates).map(xs => window.matching.figures(
        answers.map((v, i) => [v, weights[i], xs[i]]).filter(([v]) => v !== null)));
    return { order: window.matching.order(told), told };
})"""
SHOWN = """() => {
    const result = document.getElementById("result");
    const seen = one => !one.closest("#result [hidden]") && !result.hidden;
    const words = selector => [...result.querySelectorAll(selector)].filter(seen).map(one => one.textContent.trim());
    return {
        order: [...result.querySelectorAll("[data-candidate]")].map(one => one.dataset.candidate),
        words: ["[data-most]", "[data-ordered]", "[data-count]", "[data-above]", "[data-topic]", "[data-answer]",
                "[data-interval] .figures", "[data-weight] legend"].map(words),
        bars: [...result.querySelectorAll(".bar-value")].filter(seen).map(one => `${one.getAttribute("x")} ${one.getAttribute("width")}`),
    };
}"""
KEPT = """async () => [localStorage.length, sessionStorage.length, document.cookie, (await caches.keys()).length,
                        (await indexedDB.databases()).length, location.search, location.hash, history.state]"""


def answer(page: Page, steps: list[str | None]) -> None:
    groups = page.locator("form > fieldset")
    expect(groups).to_have_count(len(steps))
    for i, step in enumerate(steps):
        if step is not None:
            groups.nth(i).locator(f"input[value='{step}']").check()


def weigh(page: Page, statement: str, weight: str) -> None:
    page.locator("[data-weights] > summary").click()
    page.locator(f"input[name='w-{statement}'][value='{weight}']").check()


def random_cases(n: int) -> list[dict[str, Any]]:
    draw = random.Random(4)
    steps = [float(step) for step in STEPS.values()]
    weights = [float(weight) for weight in WEIGHTS.values()]
    cases = []
    for _ in range(n):
        size = draw.randint(1, 9)
        xs = {str(c): draw.choices([*steps, None, None], k=size) for c in range(draw.randint(1, 5))}
        answers = draw.choices([*steps, None], k=size)
        cases.append({"answers": answers, "weights": draw.choices(weights, k=size), "candidates": xs})
    return cases


def test_the_script_gives_the_figures_of_the_python(desktop: Page, site: Site) -> None:
    """The vectors both are held to, and random ones; equal to the last bit."""
    from positions.matching import in_match_order

    desktop.goto(f"{site.url}{PATH}")
    cases = [*VECTORS, *random_cases(600)]
    for case, found in zip(cases, desktop.evaluate(COMPUTE, cases), strict=True):
        wanted = [over(case, xs) for xs in case["candidates"].values()]
        told = [{key: one[key] for key in figures(wanted[0])} for one in found["told"]]
        assert told == [figures(one) for one in wanted], case
        assert tuple(found["order"]) == in_match_order(wanted), case


@pytest.mark.parametrize(
    ("prefix", "sentence"),
    [
        ("", "What they have said so far is not enough to say who agrees with you most."),
        ("/es", "Lo que han dicho hasta ahora no basta para saber quién coincide más con usted."),
    ],
)
def test_voter_8_agrees_with_everything_and_nothing_leaves_the_page(
    phone: Page, site: Site, prefix: str, sentence: str
) -> None:
    phone.goto(f"{site.url}{prefix}/contests/hartford-mayor-2015/compare?order=alphabetical")
    phone.locator(f"a[href^='{prefix}{PATH}']").click()
    phone.wait_for_load_state("networkidle")
    address, asked = phone.url, list[str]()
    phone.on("request", lambda request: asked.append(request.url))
    expect(phone.locator("[data-with-script]")).to_be_visible()
    expect(phone.locator("[data-without-script]")).to_be_hidden()
    expect(phone.locator("#result")).to_be_hidden()
    answer(phone, ["1"] * 8)
    phone.locator("form > p > button").click()
    expect(phone.locator("[data-most]")).to_have_text(sentence)
    expect(phone.locator("#result-head")).to_be_focused()
    shown = phone.evaluate(SHOWN)
    assert shown["order"] == HARTFORD, "page order"
    weigh(phone, "hartford-p1", "2")
    assert phone.evaluate(SHOWN)["bars"] != shown["bars"]
    expect(phone.locator("#announcer")).to_have_text(sentence)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert asked == [] and phone.url == address
    assert phone.evaluate(KEPT) == [0, 0, "", 0, 0, "?order=alphabetical", "", None]
    assert phone.context.cookies() == []
    phone.reload()
    assert phone.locator("form input:checked").count() == phone.locator("[data-weight]").count(), "only “counts once”"


@pytest.mark.parametrize("prefix", ["", "/es"])
def test_without_javascript_the_same_is_shown_and_nothing_is_written(
    chromium: Browser, site: Site, prefix: str
) -> None:
    steps = MIXED
    address = f"{site.url}{prefix}{PATH}?order=alphabetical"
    with_script = chromium.new_context(bypass_csp=True).new_page()
    with_script.goto(address)
    answer(with_script, steps)
    with_script.locator("form > p > button").click()
    weigh(with_script, "hartford-p3", "2")
    for details in with_script.locator("[data-sure] > summary").all():
        details.click()
    assert faults(with_script, "answered", RULES) == []
    shown = with_script.evaluate(SHOWN)

    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    expect(page.locator("[data-without-script]")).to_be_visible()
    expect(page.locator("[data-with-script]")).to_be_hidden()
    answer(page, steps)
    with page.expect_response(lambda response: response.request.method == "POST") as posted:
        page.locator("form > p > button").click()
    assert "no-store" in posted.value.headers["cache-control"]
    weigh(page, "hartford-p3", "2")
    page.locator("[data-weights] button").click()
    page.wait_for_load_state()
    assert page.url == f"{address}#result" and context.cookies() == []
    with_script.set_content(page.content())
    assert with_script.evaluate(SHOWN) == shown
    with_script.context.close()
    context.close()
    written = [path for path in site.home.rglob("*") if path.is_file() and b"a-hartford-p1" in path.read_bytes()]
    assert written == []
    assert not re.search("hartford-mayor-2015|POST", (site.home / "server.log").read_text())


def test_by_keyboard(desktop: Page, site: Site) -> None:
    """Arrow keys choose, Tab goes from statement to statement by way of a word that is explained there, Enter compares."""
    desktop.goto(f"{site.url}{PATH}")
    desktop.locator("input[name='a-hartford-p1']").first.focus()
    desktop.keyboard.press("Space")
    desktop.keyboard.press("ArrowDown")
    desktop.keyboard.press("Tab")
    assert desktop.evaluate("document.activeElement.getAttribute('popovertarget')") == "term-ban-the-box"
    desktop.keyboard.press("Tab")
    assert desktop.evaluate("document.activeElement.name") == "a-hartford-p2"
    desktop.keyboard.press("Enter")
    expect(desktop.locator("[data-answer='hartford-p1']")).to_have_text("I agree, with conditions")
    expect(desktop.locator("[data-answer='hartford-p2']")).to_have_text("skipped")
    assert desktop.evaluate("document.activeElement.id") == "result-head"
