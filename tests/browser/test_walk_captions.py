"""Walk (d): captions without names become a record in an evening, by an editor with a browser and nothing else."""

import random
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.desk import fill, press, step
from tests.tracker.desk import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

NAMES = ("Ada Marsh", "Bo Quill", "Cy Rook", "Dee Thorne", "Eli Vance")
QUESTIONS = (
    "What would you do in your first hundred days about the rents on Harbor Street?",
    "Should the city buy the old ferry terminal and who would pay for it?",
    "How many buses should run after midnight and on which lines?",
    "Who should decide what the police may buy with federal money?",
    "Would you let more people be sent to treatment instead of jail after an arrest?",
    "Should the city ask about old convictions when somebody applies for work?",
    "How would you keep the two libraries open on Sundays?",
    "What should happen to the empty lots behind the rope factory?",
    "Which one school would you repair first and where is the money?",
    "How should the garbage be collected on streets too narrow for the trucks?",
    "Who should sit on the board that hears complaints about officers?",
    "What will you have done a year from now that anybody can check?",
)
UNHEARD = (3, 6, 9, 11)
"""Questions after which the captions do not hear whom the moderator calls: their answers are unsure."""
CHILD = "Milo Ferrante"
FILLER = "we will work on this every day because people here deserve better and i have said so for years in this town".split()


def panel() -> str:
    """YouTube's transcript panel as it is pasted: 52 minutes, times and words on alternate lines, no names."""
    chance = random.Random(4)
    lines: list[str] = []
    seconds = 0

    def say(words: str) -> None:
        nonlocal seconds
        spoken = words.split()
        for i in range(0, len(spoken), 9):
            lines.append(f"{seconds // 60}:{seconds % 60:02}\n{' '.join(spoken[i : i + 9])}")
            seconds += 5

    say("good evening and welcome to the grange hall i am mara usher and five candidates are here tonight")
    say(f"a boy from the fourth grade sent us a letter his name is {CHILD.lower()} and he asks about the playground")
    for n, question in enumerate(QUESTIONS):
        say("our next question " + re.sub(r"[^a-z ]", "", question.lower()))
        for name in NAMES[n % 5 :] + NAMES[: n % 5]:
            if n not in UNHEARD:
                say(f"thank you {name.lower()} please")
            say(" ".join(chance.choices(FILLER, k=70)))
    return "\n".join(lines)


def here(page: Page) -> str:
    return page.locator(".listen-block.is-here").first.inner_text()


def voice_of(page: Page, n: int) -> str:
    return page.locator(".listen-block strong").nth(n).inner_text()


def test_captions_become_a_record_in_an_evening(chromium: Browser, desktop: Page, welcome: str) -> None:
    page = desktop
    page.set_default_timeout(30_000)
    page.goto(welcome)
    fill(page, name="Edith Editor", password=PASSWORD)
    page.locator("main button[type=submit]").first.click()

    # 1 the checklist of an empty site
    expect(page.get_by_role("heading", name="Your first forum")).to_be_visible()

    # 2 office, five names one a line, title, date, recording
    step(page, "Add a race")
    fill(page, title_en="Mayor of Grange", office_en="Mayor", place="Grange", election_date="2026-11-03")
    fill(page, zone="America/New_York")
    press(page, "Add the race")
    fill(page, names="\n".join(NAMES))
    press(page, "Add these candidates")
    step(page, "Add a forum")
    fill(page, title_en="Grange hall forum", date="2026-11-20", city="Grange", zone="America/New_York")
    fill(page, video="https://www.youtube.com/watch?v=abcdefghijk")
    press(page, "Add the forum")

    # 3 the transcript panel, pasted
    page.goto(f"{welcome.split('/welcome', maxsplit=1)[0]}/desk/imports")
    page.locator("main textarea").first.fill(panel())
    press(page, "Look at it")
    seen = page.locator("main").inner_text()
    assert "YouTube" in seen and re.search(r"\d,\d{3} words", seen) and "without a name" in seen
    assert "good evening and welcome to the grange hall" in seen
    page.get_by_role("link", name="Say which event this is").click()
    page.locator("#f-forum").select_option("grange-hall-forum-2026")
    press(page, "Keep")
    press(page, "Store")
    expect(page.get_by_role("link", name="Read it").first).to_be_visible(timeout=90_000)

    # 4 twelve questions and the rotation
    site = welcome.split("/welcome", maxsplit=1)[0]
    listen = f"{site}/desk/forums/grange-hall-forum-2026/listen"
    page.goto(listen)
    fill(page, name="Mara Usher")
    page.locator("#f-role").select_option("moderator")
    press(page, "Add this voice")
    page.goto(f"{listen}/sheet")
    fill(page, questions="\n".join(f"{n}. {q}" for n, q in enumerate(QUESTIONS, 1)), order=", ".join(NAMES))
    press(page, "Look for them")
    expect(page.get_by_role("heading", name="12 of 12 found, 4 unsure")).to_be_visible()
    for question in ("rents on harbor street", "old ferry terminal"):
        assert question in page.locator("main").inner_text()
    press(page, "Keep the ticked questions, propose who answered")

    # proposals are not public
    reader = chromium.new_context().new_page()
    reader.goto(f"{site}/forums/grange-hall-forum-2026")
    assert "perhaps" not in reader.locator("main").inner_text()

    # 6 one question: five answers, five keys
    page.goto(f"{listen}?start=0")
    proposed = page.locator(".listen-block.is-proposed")
    waiting = proposed.count()
    page.keyboard.press("j")
    while "is-proposed" not in (page.locator(".listen-block.is-here").get_attribute("class") or ""):
        page.keyboard.press("j")
    pressed = 0
    while not set(NAMES) <= set(page.locator(".listen-block strong").all_inner_texts()):
        page.keyboard.press("Enter")
        pressed += 1
        expect(proposed).to_have_count(waiting - pressed)
    assert pressed <= 20, "five answers and the calls between them take a minute of keys at most"

    # 5 a key gives the voice from here on; taken back; this passage only touches one
    last = page.locator(".listen-block.is-proposed").first
    last.locator("p.words").click()
    key = last.get_attribute("data-key")
    block = page.locator(f"#b-{key}")
    page.keyboard.press("2")
    expect(block.locator("strong")).to_have_text(re.compile("Bo Quill|Ada Marsh"))
    page.keyboard.press("u")
    expect(block.locator("strong")).to_have_text("A voice not identified")
    block.locator("p.words").click()
    page.keyboard.press("Shift+Digit3")
    expect(block.locator("strong")).not_to_have_text("A voice not identified")
    after = page.locator(f"#b-{key} + li strong")
    expect(after).to_have_text("A voice not identified")

    # 7 the laptop is closed; the same place afterwards
    state = page.context.storage_state()
    page.close()
    again = chromium.new_context(storage_state=state, viewport={"width": 1280, "height": 900}).new_page()
    again.goto(listen)
    expect(again.locator(f"#b-{key}")).to_be_visible()

    # 8 the public page: how much is confirmed; nobody guessed
    reader.reload()
    told = reader.locator("main").inner_text()
    assert re.search(r"\d+ of \d+ minutes have a named speaker", told)
    assert "Voice not identified" in told or "voice not identified" in told.lower()

    # 9 the comparison by question, shared, and on one sheet of paper
    reader.goto(f"{site}/contests/mayor-of-grange-2026/compare?by=question")
    shared = reader.locator("main").inner_text()
    assert "rents on harbor street" in shared and all(name in shared for name in NAMES)
    reader.goto(f"{site}/contests/mayor-of-grange-2026/sheet")
    assert reader.pdf(format="Letter")[:5] == b"%PDF-"

    # 10 a child's name is withheld: gone from page, search, history and download
    assert CHILD.lower() in told
    again.goto(f"{site}/forums/grange-hall-forum-2026")
    turn = again.locator("[id^=t-]", has_text=CHILD.lower()).first.get_attribute("id")
    assert turn is not None
    address = f"/turns/{turn.removeprefix('t-')}"
    again.goto(f"{site}/desk{address}/withhold")
    fill(again, words=CHILD.lower(), why="A private person's name")
    press(again, "Show where they stand")
    press(again, "Withhold them for good")
    for place in (
        address,
        f"{address}/history",
        "/forums/grange-hall-forum-2026",
        "/search?q=playground",
        "/corrections",
    ):
        reader.goto(f"{site}{place}")
        assert CHILD.lower() not in reader.content().lower(), place
    for name in ("json", "plain"):
        kept = reader.request.get(f"{site}/forums/grange-hall-forum-2026/download/{name}")
        assert kept.status == 200 and CHILD.lower().encode() not in kept.body().lower()
