"""From an empty site to a shared comparison, without the command line: the checklist's way, driven on a phone."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import fill, press, step
from tests.tracker.desk import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SAID = """\
MODERATOR: Good evening, and welcome to Quill Bay. First question: should the ferry be free? Ann Lee, you begin.

ANN LEE: The ferry should be free for everybody who lives here. The harbor dues would pay for it.

MODERATOR: Thank you. Bo Stone, the same question: should the ferry be free?

BO STONE: No. Somebody has to pay the crew, and I would rather mend the pier first.

MODERATOR: Next question. Who should mend the pier, the town or the county? Bo Stone.

BO STONE: The town should mend it, with its own people, before the winter of next year.

ANN LEE: The county owns the pier. I would ask the county to mend it.
"""


def test_from_an_empty_site_to_a_shared_comparison(phone: Page, welcome: str) -> None:
    phone.goto(welcome)
    fill(phone, name="Edith Editor", password=PASSWORD)
    phone.locator("main button[type=submit]").first.click()
    expect(phone.get_by_role("heading", name="Your first forum")).to_be_visible()
    assert phone.locator(".checklist .is-done").count() == 0
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390

    step(phone, "Say who publishes this site")
    fill(
        phone,
        name="Quill Bay Record",
        publisher="Quill Bay League",
        contact="us@quill.example",
        zone="America/New_York",
    )
    press(phone, "Keep")
    step(phone, "Add a race")
    fill(phone, title_en="Mayor of Quill Bay", office_en="Mayor", place="Quill Bay", election_date="2026-11-03")
    press(phone, "Add the race")
    step(phone, "Name the candidates")
    fill(phone, names="Ann Lee (Harbor Party)\nBo Stone\nCy Abbot")
    press(phone, "Add these candidates")
    step(phone, "Add a forum")
    fill(phone, title_en="Quill Bay forum", date="2026-10-20", city="Quill Bay", video="https://video.example/quill")
    expect(phone.get_by_label("Mayor of Quill Bay")).to_be_checked()
    press(phone, "Add the forum")

    step(phone, "Bring in its transcript")
    fill(phone, pasted=SAID)
    press(phone, "Look at it")
    phone.get_by_role("link", name="Say which event this is").click()
    phone.locator("[name=forum]").select_option("quill-bay-forum-2026")
    press(phone, "Keep")
    press(phone, "Store")
    expect(phone.locator("main")).to_contain_text("Stored.", timeout=30_000)

    step(phone, "Share the comparison")
    main = phone.locator("main")
    assert "by=question" in phone.url
    for words in (
        "should the ferry be free?",
        "The ferry should be free for everybody",
        "mend the pier first",
        "Cy Abbot",
    ):
        expect(main).to_contain_text(words)
    shared = urlsplit(phone.url)
    phone.context.clear_cookies()
    phone.goto(f"{shared.scheme}://{shared.netloc}{shared.path}?{shared.query}")
    expect(main).to_contain_text("The ferry should be free for everybody")


def test_words_are_marked_and_become_evidence(desktop: Page, welcome: str) -> None:
    """Goes on where the walk above ended: one statement, and one candidate's words marked with the mouse."""
    site = "{0.scheme}://{0.netloc}".format(urlsplit(welcome))
    desktop.goto(f"{site}/sign-in?next=/desk/topics/new")
    fill(desktop, name="Edith Editor", password=PASSWORD)
    press(desktop, "Sign in")
    fill(desktop, name_en="Ferry", name_es="Transbordador")
    press(desktop, "Add the topic")
    desktop.goto(f"{site}/desk/races/mayor-of-quill-bay-2026/statements/new")
    fill(desktop, text_en="The ferry should cost nothing.", text_es="El transbordador debe ser gratuito.")
    desktop.locator("[name=topic]").select_option("ferry")
    press(desktop, "Add the statement")
    press(desktop, "Approve both languages")
    desktop.get_by_role("link", name="Ann Lee").click()
    desktop.locator("[name=position]").select_option("code:support")
    fill(desktop, q="ferry")
    press(desktop, "Find")
    desktop.get_by_role("button", name=re.compile("Choose from these words")).first.click()
    text = desktop.locator("[data-pick-text]")
    expect(text).to_be_visible()
    text.evaluate("""node => {
        const range = document.createRange();
        const at = node.firstChild.data.indexOf("free for everybody");
        range.setStart(node.firstChild, at);
        range.setEnd(node.firstChild, at + "free for everybody ".length);
        document.getSelection().removeAllRanges();
        document.getSelection().addRange(range);
    }""")
    expect(desktop.locator("[data-picked]")).to_have_text("“free for everybody”")
    press(desktop, "Take these words")
    expect(desktop.locator(".picked blockquote")).to_have_text("free for everybody")
    expect(desktop.locator("[name=position]")).to_have_value("code:support")
    desktop.locator("[name=tier]").select_option("1")
    press(desktop, "Record the position")
    expect(desktop.locator("main")).to_contain_text("Supports")
    desktop.goto(f"{site}/contests/mayor-of-quill-bay-2026/compare?by=statement")
    expect(desktop.locator("main")).to_contain_text("free for everybody")
