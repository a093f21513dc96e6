"""The walk of a journalist (b), steps 3 and 4: a quotation is checked, and checked again once the article is imported."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import col, select

from tests.browser.axe import RULES, faults
from tests.browser.conftest import serve
from tests.corpora import ROOT, source
from tests.world import config_in, environment_of
from tracker.db import Database
from transcripts.models import Speaker, Turn

pytestmark = [pytest.mark.browser, pytest.mark.corpora, pytest.mark.xdist_group("browser")]

ARTICLE = "000_326097b03ab55031.txt"


@pytest.fixture
def desktop(chromium: Browser) -> Iterator[Page]:
    """A page 1280 px wide that lets axe in."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A demo world of its own, because step 4 imports into it."""
    home = tmp_path_factory.mktemp("checked")
    for url in serve(home, demo=True):
        yield url, home


def words_of(home: Path, name: str) -> str:
    """Twenty words somebody said, from the middle of a long answer."""
    with Database(config_in(home).database_url) as database, database.read() as session:
        asked = select(Turn.text).join(Speaker, col(Speaker.id) == col(Turn.speaker_id))
        text = max(session.exec(asked.where(Speaker.name == name, Turn.kind == "speech")), key=len)
    return " ".join(text.split()[5:25])


def checked(page: Page, quotation: str, name: str = "") -> str:
    page.get_by_label("What was quoted").fill(f"“{quotation}”")
    page.get_by_label("Who is said to have said it").fill(name)
    page.get_by_role("button", name="Check", exact=True).click()
    return page.locator("h3.verdict").first.inner_text()


def test_journalist_3_and_4_check(desktop: Page, own: tuple[str, Path]) -> None:
    url, home = own
    said = words_of(home, "Tobias Farrant")
    desktop.goto(f"{url}/search")
    desktop.locator("main a[href='/check']").click()

    assert checked(desktop, said) == "Verbatim"
    expect(desktop.locator(".checked-words figcaption").first).to_contain_text("Tobias Farrant")

    words = said.split()
    words[6], words[13] = "umbrellas", "sideways"
    assert checked(desktop, " ".join(words)) == "Changed words"
    expect(desktop.locator(".checked-words ins")).to_have_count(2)
    expect(desktop.locator(".checked-words ins", has_text="umbrellas")).to_be_visible()
    expect(desktop.locator(".checked-words del").first).to_contain_text(said.split()[6])

    assert checked(desktop, said, "Marcus Eddowes") == "Words of someone else"
    expect(desktop.locator(".check")).to_contain_text("the words of Tobias Farrant, not of Marcus Eddowes")

    article = source(ARTICLE).read_text(encoding="utf-8")
    (quoted, *_) = sorted(re.findall(r"“([^”]{60,})[,.]”", article), key=len, reverse=True)
    assert checked(desktop, quoted) == "Only a paraphrase or recap on file"
    expect(desktop.locator(".check")).to_contain_text("one news report, no transcript; a video exists")
    assert "false" not in desktop.locator("main").inner_text().lower()

    path = home / "article.txt"
    path.write_text(article, encoding="utf-8")
    command = [sys.executable, "-m", "tracker", "import", str(path), "--forum", "hartford-2015", "--yes"]
    subprocess.run(command, env=environment_of(config_in(home)), cwd=ROOT, check=True, capture_output=True)
    assert checked(desktop, quoted) == "Verbatim"
    expect(desktop.locator(".check")).to_contain_text("As quoted by")
    assert faults(desktop, "checked", RULES) == []
