"""The comparison sent to a printer by the browser: a topic a page, and on every page what it is, who stands, and where it is true."""

import pypdfium2
import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PINNED = "compare?by=statement&order=rotation&date=2026-11-22"
NAMES = ("Ted Cannon", "Joel Cruz", "Pedro Segarra", "Luke Bronin")
TOPICS = (
    "Diversion before arrest",
    "Ban the box",
    "Police militarization",
    "Police oversight boards",
    "Police cameras",
)


@pytest.mark.parametrize("narrowed", ["", "&only=ted-cannon&only=joel-cruz"])
def test_every_printed_page_says_what_it_is(chromium: Browser, site: Site, narrowed: str) -> None:
    page = chromium.new_page()
    page.goto(f"{site.url}/contests/hartford-mayor-2015/{PINNED}{narrowed}")
    printed = pypdfium2.PdfDocument(page.pdf(format="Letter", prefer_css_page_size=True))
    page.close()
    told = [" ".join(one.get_textpage().get_text_range().split()) for one in printed]
    for said in told:
        assert "Election day: November 3, 2015" in said and all(name in said for name in NAMES)
        assert PINNED in said.replace(" ", "")
        assert sum(topic in said for topic in TOPICS) <= 1
    whole = " ".join(told)
    assert all(topic in whole for topic in TOPICS) and "The forum and its sources" in whole
    assert whole.count("We have not checked this yet") == 9  # neighbours who are empty alike stand in one line


@pytest.mark.parametrize("paper", ["Letter", "A4"])
def test_the_sheet_for_a_meeting_is_one_page(chromium: Browser, site: Site, paper: str) -> None:
    page = chromium.new_page()
    page.goto(f"{site.url}/es/programs/port-linden-bridge/sheet")
    (printed,) = pypdfium2.PdfDocument(page.pdf(format=paper))
    page.close()
    said = " ".join(printed.get_textpage().get_text_range().split())
    assert "Qué se prometió y para cuándo" in said and "30 de junio de 2027" in said
    assert "112" in said and "Preguntas abiertas" in said and "/es/programs/port-linden-bridge" in said.replace(" ", "")
