"""The walks of a voter (a, both languages; step 8 is in test_match.py) and of a journalist (b, 1-2 and 5-9), as they are written down."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.tracker import feed_rules
from tracker.i18n import translator
from tracker.wording import EVIDENCE_WORDS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

HARTFORD = {"Luke Bronin", "Ted Cannon", "Joel Cruz", "Pedro Segarra"}
COMPARE = "/contests/hartford-mayor-2015/compare"
FIRST, APPROVAL = "#r-hartford-p1", "#r-hartford-p4"
PREFIX = {"en": "", "es": "/es"}
DAYS = {
    "en": ("November 3, 2015", "September 8, 2015"),
    "es": ("3 de noviembre de 2015", "8 de septiembre de 2015"),
}
"""Election day and the day of the debate, as they are printed."""
HEAVIEST = 150_000
"""Bytes of the front page with everything it loads: what a telephone reads in three seconds at 400 kbit/s."""
both_languages = pytest.mark.parametrize("lang", ["en", "es"])


def cells(page: Page, row: str) -> dict[str, str]:
    """What is read in each candidate's box of a row, by name; a folded box counts for everybody it names."""
    found: dict[str, str] = {}
    for box in page.locator(f"{row} td:not(.row-steps)").all():
        words = box.inner_text()
        for name in box.locator(".cell-name, .fold-names").first.text_content().split(", "):
            found[name.strip()] = words
    return found


@both_languages
def test_voter_1_front_page(phone: Page, site: Site, lang: str) -> None:
    _ = translator(lang)
    weights: list[int] = []
    phone.on("requestfinished", lambda request: weights.append(request.sizes()["responseBodySize"]))
    phone.goto(f"{site.url}{PREFIX[lang]}/", wait_until="networkidle")
    assert 0 < sum(weights) <= HEAVIEST, weights
    main = phone.locator("main")
    expect(main.get_by_role("search")).to_be_visible()
    expect(main).to_contain_text(_("Published by %(publisher)s.").partition("%")[0].strip())
    expect(main).to_contain_text(_("Upcoming"))
    expect(main).to_contain_text(f"{_('Past')}: {DAYS[lang][0]}")
    invented = main.locator(".entry", has_text="Port Linden")
    assert invented.count() >= 2
    for entry in invented.all():
        expect(entry).to_contain_text(_("Fictional, for demonstration"))


@both_languages
def test_voter_2_and_3_the_race(phone: Page, site: Site, lang: str) -> None:
    _ = translator(lang)
    phone.goto(f"{site.url}{PREFIX[lang]}/")
    phone.locator(f"main a[href='{PREFIX[lang]}{COMPARE}']").click()
    main = phone.locator("main")
    expect(main).to_contain_text(_("{filled} of {boxes} boxes have a statement").format(filled=15, boxes=32))
    expect(main).to_contain_text(_("one news report by {publisher}").format(publisher="ACLU of Connecticut"))
    expect(main).to_contain_text({"en": "campaigns on this", "es": "hace campaña"}[lang])
    expect(main.locator(".order-rule")).to_contain_text({"en": "Order:", "es": "Orden:"}[lang])
    expect(main).to_contain_text(_("Showing %(shown)s of %(n)s candidates.") % {"shown": 4, "n": 4})
    said = cells(phone, FIRST)
    assert set(said) == HARTFORD
    assert all(_("Supports") in said[name] for name in ("Luke Bronin", "Ted Cannon", "Pedro Segarra"))
    assert _("Only for:") in said["Pedro Segarra"]
    told = _("Did not address this, according to {source}").format(source="ACLU of Connecticut")
    assert told in said["Joel Cruz"]
    assert len(said["Joel Cruz"].splitlines()) > 2, "what he spoke of"
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


@both_languages
def test_voter_4_a_source_and_back(phone: Page, site: Site, lang: str) -> None:
    _ = translator(lang)
    phone.goto(f"{site.url}{PREFIX[lang]}{COMPARE}")
    box = phone.locator(f"{FIRST} td", has_text="Pedro Segarra")
    box.locator("summary").first.click()
    how = box.locator("details[open]")
    quoted, no_link = _(EVIDENCE_WORDS["reported_quotation"]), _("we do not hold a link")
    for told in ("Pedro Segarra", DAYS[lang][1], quoted, "ACLU of Connecticut", no_link):
        expect(how).to_contain_text(told)
    where = phone.evaluate("scrollY")
    how.locator("a[href*='/forums/hartford-2015']").last.click()
    expect(phone).to_have_url(re.compile("/forums/hartford-2015"))
    phone.go_back()
    expect(box).to_be_in_viewport()
    assert abs(phone.evaluate("scrollY") - where) < 844


@both_languages
def test_voter_5_one_line_for_three(phone: Page, site: Site, lang: str) -> None:
    _ = translator(lang)
    phone.goto(f"{site.url}{PREFIX[lang]}{COMPARE}")
    row = phone.locator(APPROVAL)
    assert _("Supports") in cells(phone, APPROVAL)["Pedro Segarra"]
    marks = row.get_by_text(_("We have not checked this yet")).all()
    assert len([mark for mark in marks if mark.bounding_box()["width"] > 2]) == 1, "the reason is printed once"
    for name in HARTFORD - {"Pedro Segarra"}:
        expect(row).to_contain_text(name)


def test_voter_6_spanish(phone: Page, site: Site, chromium: Browser) -> None:
    phone.goto(f"{site.url}{COMPARE}")
    phone.get_by_role("link", name="Español").click()
    expect(phone).to_have_url(f"{site.url}/es{COMPARE}")
    expect(phone.locator("html")).to_have_attribute("lang", "es")
    english = phone.evaluate(
        """() => { const body = document.querySelector("main").cloneNode(true);
        body.querySelectorAll("[lang=en], .candidate-name, .cell-name, .fold-names").forEach(one => one.remove());
        return body.textContent; }"""
    )
    for word in ("Supports", "Quoted", "Condition", "Order", "boxes", "Statement", "checked", "report"):
        assert not re.search(rf"\b{word}\b", english), word
    fresh = chromium.new_context(locale="en-US").new_page()
    fresh.goto(phone.url)
    expect(fresh.locator("h1")).to_have_text("Las candidaturas lado a lado")
    fresh.context.close()
    phone.get_by_role("link", name="English").click()
    expect(phone).to_have_url(f"{site.url}{COMPARE}")
    expect(phone.locator("h1")).to_have_text("The candidates side by side")


@both_languages
def test_voter_7_search(phone: Page, site: Site, lang: str) -> None:
    _ = translator(lang)
    phone.goto(f"{site.url}{PREFIX[lang]}/")
    phone.get_by_role("searchbox").fill("armas de la policía")
    phone.get_by_role("button", name=_("Search"), exact=True).click()
    expect(phone.locator("#found")).to_contain_text({"en": "Topic:", "es": "Tema:"}[lang])
    names = phone.locator(".facets").first
    for name in HARTFORD:
        line = names.locator("li", has_text=name)
        expect(line.locator(".figures")).to_have_text("0")
    asked = {"en": "what+did+Segarra+say+about+police%3F", "es": "%C2%BFqu%C3%A9+dijo+Segarra+de+la+polic%C3%ADa%3F"}
    phone.goto(f"{site.url}{PREFIX[lang]}/search?q={asked[lang]}")
    assert phone.locator("#found").inner_text().strip()
    expect(phone.locator("#found")).to_contain_text("Pedro Segarra")


@both_languages
def test_voter_9_no_quiz_says_why_in_figures(phone: Page, site: Site, lang: str) -> None:
    """Step 8 is test_match.py's, the quiz that runs test_quiz.py's; both in both languages."""
    _ = translator(lang)
    phone.goto(f"{site.url}{PREFIX[lang]}{COMPARE}")
    phone.get_by_role("link", name=_("Whose words? Rate them first")).click()
    expect(phone.locator("main")).to_contain_text(_("There is no quiz for this race yet."))
    assert re.search(r"\b8 (of|de) 8\b", phone.locator("main").inner_text())
    phone.goto(f"{site.url}{PREFIX[lang]}/contests/port-linden-mayor-2027/quiz")
    silent = phone.locator("#quiz", has_text="5").get_by_text(re.compile(r"^[1-3] (of|de|de las) 5 "))
    assert silent.count() > 0, "the silent are told as a count"


@both_languages
def test_voter_10_print(desktop: Page, site: Site, lang: str) -> None:
    _ = translator(lang)
    for race, sides in (("hartford-mayor-2015", 1), ("port-linden-mayor-2027", 2)):
        desktop.goto(f"{site.url}{PREFIX[lang]}/contests/{race}/compare?by=statement")
        desktop.get_by_role("link", name=_("One printed sheet, in both languages")).click()
        expect(desktop.locator("img.sheet-qr")).to_be_visible()
        expect(desktop.locator(".sheet-foot")).to_contain_text("Versión")
        for tongue in ("en", "es"):
            expect(desktop.locator(f".sheet-table [lang={tongue}]").first).to_be_visible()
        printed = desktop.pdf(format="Letter")
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) <= sides, race


HEARD = """
- 'table "Mayor of Hartford, 2015: what each candidate said"':
  - rowgroup:
    - row:
      - columnheader "Statement"
      - columnheader "Luke Bronin Democrat"
      - columnheader "Ted Cannon Republican"
      - columnheader "Joel Cruz unaffiliated"
      - columnheader "Pedro Segarra Democrat · incumbent"
"""
"""The head of the grid as a screen reader is told it, where the names stand over the columns and where they are kept in each box."""
HEARD_ROW = """
- row:
  - rowheader "Police militarization The mayor must approve every acquisition of military equipment by the police."
  - 'cell "{three}We have not checked this yet"'
  - cell "{one}Supports Quoted as saying that every acquisition has to have the mayor's clearance. “cleared through me”":
    - group: Quoted by ACLU of Connecticut (Pedro Segarra)
"""


def test_a_screen_reader_is_told_a_table_on_a_telephone_too(phone: Page, desktop: Page, site: Site) -> None:
    three = "Luke Bronin, Ted Cannon, Joel Cruz: "
    for page, one in ((desktop, ""), (phone, "Pedro Segarra ")):
        page.goto(f"{site.url}{COMPARE}?order=alphabetical")
        expect(page.locator("main")).to_match_aria_snapshot(HEARD)
        row = HEARD_ROW.format(three=three, one=one)
        expect(page.locator(f"tbody:has({APPROVAL})")).to_match_aria_snapshot(row)


def test_journalist_1_and_2_find_and_open(desktop: Page, site: Site) -> None:
    desktop.goto(f"{site.url}/search?q=Farrant+equipment")
    found = desktop.locator("#found")
    expect(found.locator(".understood")).to_contain_text("what Tobias Farrant said")
    counts = found.locator(".facets").first.locator("li .figures").all_inner_texts()
    assert "0" in counts and any(count != "0" for count in counts)
    found.locator(".hit .words a").first.click()
    expect(desktop.locator(".turn-alone mark").first).to_be_visible()
    expect(desktop.locator(".asked-words").first).to_be_visible()
    onward = desktop.locator('a[data-step="next"]').get_attribute("href")
    desktop.wait_for_load_state()  # keys are heard once the script has run
    desktop.keyboard.press("ArrowRight")
    desktop.wait_for_url(f"**{onward}")
    expect(desktop.locator(".turn-alone mark").first).to_be_visible()
    desktop.keyboard.press("ArrowLeft")
    desktop.wait_for_url("**hit=1")
    second = desktop.locator(".turn-alone a.media-time")
    expect(second).to_have_attribute("href", re.compile(r"[#?&]t=\d+"))


def test_journalist_5_and_6_cite(desktop: Page, site: Site) -> None:
    desktop.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desktop.goto(f"{site.url}/search?q=Farrant+equipment")
    desktop.locator("#found .hit .words a").first.click()
    desktop.get_by_role("link", name="Cite these words").click()
    for style in ("AP-style line", "MLA, 9th edition"):
        desktop.get_by_role("button", name=f"Copy ({style})").click()
        expect(desktop.locator(".copied", has_text="Copied")).to_be_visible()
        copied = desktop.evaluate("navigator.clipboard.readText()")
        for told in ("Farrant", "andidate", "Port Linden", "2026", "asked", "?v=1", "See all"):
            assert told in copied, (style, told, copied)
    desktop.goto(f"{site.url}/forums/port-linden-hearing-2026")
    desktop.locator(".turn-link").first.click()
    expect(desktop.locator("main")).to_contain_text("Automatic captions: listen before quoting.")
    desktop.get_by_role("link", name="Cite these words").click()
    desktop.get_by_role("button", name="Copy (Plain text)").click()
    expect(desktop.locator(".copied", has_text="Copied")).to_be_visible()
    assert "Automatic captions: listen before quoting." in desktop.evaluate("navigator.clipboard.readText()")


def test_journalist_7_follow(desktop: Page, site: Site) -> None:
    desktop.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desktop.goto(f"{site.url}/search?q=Farrant+equipment")
    desktop.get_by_role("link", name="Follow this search").click()
    expect(desktop.locator(".followed")).to_contain_text("What Tobias Farrant said, with “equipment” in any form")
    desktop.get_by_role("button", name="Copy the Atom address").click()
    expect(desktop.locator(".copied", has_text="Address copied")).to_be_visible()
    path = desktop.evaluate("navigator.clipboard.readText()").partition("/search.atom")
    feed = feed_rules.atom(desktop.request.get(f"{site.url}{path[1]}{path[2]}").body())
    titles = [entry.findtext(f"{feed_rules.ATOM}title") for entry in feed_rules.entries(feed)]
    assert titles and all(title.startswith("Tobias Farrant · Port Linden") for title in titles)
    expect(desktop.get_by_role("link", name="Be told by e-mail")).to_be_visible()


def test_journalist_8_a_corrected_passage(desktop: Page, site: Site) -> None:
    desktop.goto(f"{site.url}/search?q=%22sump+pumps+since+the+flood%22")
    desktop.locator("#found .hit .words a").first.click()
    for told in ("Corrected", "nine hundred and fourteen", "The recording says fourteen.", "Demo editor"):
        expect(desktop.locator("main")).to_contain_text(told)
    expect(desktop.locator("main del").first).to_contain_text("forty")
    expect(desktop.locator("main ins").first).to_contain_text("fourteen")
    desktop.get_by_role("contentinfo").get_by_role("link", name="Corrections", exact=True).click()
    correction = desktop.locator("main li", has_text="sump pumps").first
    for told in ("forty", "fourteen", "The recording says fourteen.", "Demo editor", "Tobias Farrant (fictional)"):
        expect(correction).to_contain_text(told)


def test_journalist_9_about(desktop: Page, site: Site) -> None:
    desktop.goto(site.url)
    desktop.get_by_role("contentinfo").get_by_role("link", name="About, method and grades").click()
    for told in ("Demo world", "nobody; this is a demonstration", "demo@example.org", "How it is made"):
        expect(desktop.locator("main")).to_contain_text(told)
