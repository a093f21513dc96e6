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
