"""Walk (c): a period of a civics class, from the editor's link to the class answer: a teacher at a desktop, students on phones."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.axe import COLOURS, RULES, faults
from tests.browser.conftest import Site
from tests.browser.desk import fill, press
from tests.browser.test_every_page import SIDEWAYS
from tests.tracker.desk import PASSWORD
from tests.world import config_in
from tracker.accounts import people
from tracker.accounts.roles import AccountRole
from tracker.db import Database

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

QUESTIONS = 2


class Period(NamedTuple):
    """A class under way: the teacher's page, the class's address, its join code and the path of the assignment for students."""

    chromium: Browser
    url: str
    teacher: Page
    room: str
    code: str
    work: str

    def student(self, **more: object) -> tuple[BrowserContext, Page, str, str]:
        """Somebody who types the code on a phone: (browser, page, made-up name, return code)."""
        context = self.chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, **more)
        page = context.new_page()
        page.goto(f"{self.url}/classes")
        page.locator("[name=code]").fill(self.code.lower())
        page.get_by_role("button", name="Go on").click()
        assert page.locator("main input:not([type=hidden])").evaluate_all("all => all.map(one => one.type)") == [
            "radio",
            "radio",
            "radio",
            "checkbox",
        ], "no name, no e-mail, no password"
        page.get_by_role("button", name="Join").click()
        code = page.locator(".big-code").inner_text()
        name = page.locator("h1").inner_text().removeprefix("You are ")
        page.goto(f"{self.url}{self.work}")
        return context, page, name, code


@pytest.fixture(scope="module")
def period(chromium: Browser, site: Site) -> Iterator[Period]:
    """Steps 1 to 4: the editor's link, a preset with two questions, slips, the code on the wall."""
    with Database(config_in(site.home).database_url) as database, database.write() as session:
        secret = people.invite(session, [AccountRole.TEACHER], "An editor")
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    teacher = context.new_page()
    teacher.goto(f"{site.url}/welcome/{secret}")
    fill(teacher, name="Wanda Walker", password=PASSWORD)
    teacher.locator("main button[type=submit]").first.click()
    teacher.get_by_role("navigation", name="Desk").get_by_role("link", name="Classes").click()
    teacher.locator("main").get_by_role("link", name="Make a class").first.click()
    fill(teacher, title="Civics, period 3", most="30")
    press(teacher, "Make the class")
    expect(teacher.get_by_role("heading", name="Civics, period 3")).to_be_visible()
    room = teacher.url.removeprefix(site.url)

    teacher.get_by_role("link", name="What the class is given to read").click()
    teacher.get_by_role("link", name="Give the class something to read").click()
    expect(teacher.get_by_label("Did they answer the question?")).to_be_checked()
    press(teacher, "Go on to the questions")
    for n in range(QUESTIONS):
        teacher.locator("[name=questions]").nth(n).check()
    expect(teacher.locator("#load")).to_have_text(re.compile(r"\d+ answers, about [\d,]+ words, \d+ minutes?"))
    press(teacher, "Give it to the class")
    expect(teacher.get_by_role("heading", name="Rules")).to_be_visible()
    work = f"/classes/work/{teacher.url.rsplit('/', 1)[1]}"

    teacher.goto(f"{site.url}{room}")
    press(teacher, "Make a code")
    code = teacher.locator(".big-code").inner_text()
    teacher.get_by_role("link", name="Show it on the wall").click()
    expect(teacher.locator(".wall-count")).to_have_text("0 of 30 here")
    assert teacher.locator(".wall-code").evaluate("one => parseFloat(getComputedStyle(one).fontSize)") >= 64
    yield Period(chromium, site.url, teacher, room, code, work)
    context.close()


def test_slips_carry_a_code_each_and_lead_to_a_seat(period: Period) -> None:
    page = period.teacher.context.new_page()
    page.goto(f"{period.url}{period.room}")
    fill(page, n="3")
    press(page, "Slips to print")
    codes = page.locator(".slip-code").all_inner_texts()
    assert len(set(codes)) == 3 and page.locator(".slip img").count() == 3
    page.close()


def test_two_taps_mark_an_answer_and_nothing_of_others_is_told(period: Period) -> None:
    one, other = period.student(), period.student()
    page = other[1]
    assert period.work in page.url
    expect(page.locator("[data-progress]")).to_have_text(re.compile("^0 of "))
    page.locator(".work-answer").first.locator(".tag-button").nth(1).tap()
    expect(page.locator("[data-status]")).to_have_text("Saved")
    expect(page.locator("[data-progress]")).to_have_text(re.compile("^1 of "))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    one[1].reload()
    expect(one[1].locator("[data-progress]")).to_have_text(re.compile("^0 of "))
    assert other[2] not in one[1].content() and one[1].locator('[aria-pressed="true"]').count() == 0
    expect(period.teacher.locator(".wall-count")).not_to_have_text("0 of 30 here", timeout=10_000)
    for context, *_ in (one, other):
        context.close()


def test_without_a_network_nothing_is_lost_not_even_over_a_closed_laptop(period: Period) -> None:
    context, page, _, _ = period.student()
    context.set_offline(True)
    for n in range(3):
        page.locator(".work-answer").nth(n).locator(".tag-button").first.tap()
    expect(page.locator("[data-status]")).to_have_text(re.compile("^No network"))
    expect(page.locator("[data-progress]")).to_have_text(re.compile("^3 of "))
    fourth = page.locator(".work-answer").nth(3).locator(".tag-button").first
    fourth.tap()
    fourth.tap()  # thought better of it before it was sent
    expect(fourth).to_have_attribute("aria-pressed", "false")
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(f"{period.url}{period.work}")
    expect(page.locator("[data-status]")).to_have_text("Saved")
    page.reload()
    expect(page.locator("[data-progress]")).to_have_text(re.compile("^3 of "))
    page.wait_for_function("() => !Object.keys(localStorage).some(one => one.startsWith('work:'))")
    page.reload()
    expect(page.locator('[aria-pressed="true"]')).to_have_count(3)
    context.close()


def test_a_lost_code_is_made_anew_in_one_press_and_the_old_seat_ends(period: Period) -> None:
    context, page, name, _ = period.student()
    page.locator(".work-answer").first.locator(".tag-button").first.tap()
    expect(page.locator("[data-status]")).to_have_text("Saved")
    desk = period.teacher.context.new_page()
    desk.goto(f"{period.url}{period.room}")
    desk.get_by_role("row", name=name).get_by_role("button").click()
    fresh = desk.locator(".big-code").inner_text()
    page.goto(f"{period.url}{period.work}")
    assert "/classes/join" in page.url, "the seat of before has ended"
    page.goto(f"{period.url}/classes/return")
    fill(page, name=name, code=fresh)
    page.locator("main button[type=submit]").first.click()
    page.goto(f"{period.url}{period.work}")
    expect(page.locator("[data-progress]")).to_have_text(re.compile("^1 of "))
    desk.close()
    context.close()


def test_joining_marking_and_handing_in_by_keys_alone(period: Period) -> None:
    context, page, _, _ = period.student()
    button = page.locator(".work-answer").first.locator(".tag-button").first
    for _ in range(60):
        page.keyboard.press("Tab")
        if button.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Space")
    expect(page.locator("[data-status]")).to_have_text("Saved")
    assert page.evaluate("document.activeElement.dataset.tag"), "the focus stays where it was"
    hand_in = page.get_by_role("button", name="Hand in")
    hand_in.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("It stands as it is now.")).to_be_visible()
    page.get_by_role("link", name="What the class made of it").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".results-sentence")).to_be_visible()
    context.close()


def test_without_a_script_every_button_is_a_form(period: Period) -> None:
    context, page, _, _ = period.student(java_script_enabled=False)
    page.locator(".work-answer").first.locator(".tag-button").first.click()
    assert page.locator('[aria-pressed="true"]').count() == 1
    assert "1 of " in page.locator("[data-progress]").inner_text()
    page.get_by_role("button", name="Take back the last step").click()
    assert page.locator('[aria-pressed="true"]').count() == 0
    page.get_by_role("button", name="Hand in").click()
    assert page.locator(".work-form").count() == 0
    page.goto(f"{period.url}{period.work}/results")
    assert page.locator(".results-sentence").count() == 1
    context.close()


def test_the_class_decides_and_each_sees_theirs_beside_it(period: Period) -> None:
    """Steps 10 to 12: a comment is hidden, *Reveal now*, a decision with a reason, the list as CSV, the marked text on paper."""
    students = [period.student() for _ in range(3)]
    for n, (_, page, *_) in enumerate(students):
        page.locator(".work-answer").first.locator(".tag-button").nth(min(n, 1)).tap()
        expect(page.locator("[data-status]")).to_have_text("Saved")
        if n < 2:
            page.get_by_role("button", name="Hand in").click()
            expect(page.get_by_text("It stands as it is now.")).to_be_visible()
    (_, agrees, first, _), (_, differs, second, _), (_, waits, third, _) = students
    results = f"{period.url}{period.work}/results"
    waits.goto(results)
    expect(waits.get_by_role("heading", name="Not yet")).to_be_visible()
    agrees.goto(results)
    agrees.locator(".result").first.get_by_text("Say something about this answer").tap()
    agrees.locator(".result").first.get_by_label("Your words, for the class").fill("He names no sum.")
    agrees.locator(".result").first.get_by_role("button", name="Say it").tap()
    expect(agrees.get_by_text("He names no sum.")).to_have_count(1)
    differs.goto(results)
    expect(differs.get_by_text("He names no sum.")).to_have_count(1)

    desk = period.teacher.context.new_page()
    desk.goto(f"{period.url}{period.room}/assignments/{period.work.rsplit('/', 1)[1]}")
    desk.get_by_role("link", name="What the class made of it").click()
    told = desk.locator("li.told", has_text="He names no sum.")
    if not told.is_visible():
        desk.locator("li.result", has=told).get_by_text(re.compile(r"^\d+ notes? (and|or) repl")).click()
    told.get_by_role("button", name="Hide it from the class").click()
    differs.reload()
    expect(differs.get_by_text("He names no sum.")).to_have_count(0)
    press(desk, "Reveal now")
    waits.reload()
    expect(waits.locator(".results-sentence")).to_contain_text("at least 4 in 5 of you agreed")
    desk.get_by_role("link", name="For the projector").click()
    wall = desk.locator("main").inner_text()
    assert "the most split: answer 1" in wall and not [name for name in (first, second, third) if name in wall]
    desk.get_by_role("link", name="Back").click()
    split = desk.locator(".result").first
    split.get_by_text("Decide the class answer").click()
    split.locator("[name=tag]").first.check()
    split.get_by_label("Why").fill("She says what she would do.")
    split.get_by_role("button", name="Decide it so").click()
    for page, said in ((agrees, "That is the class answer too."), (differs, "Only the class:")):
        page.reload()
        answer = page.locator(".result").first
        expect(answer).to_contain_text("She says what she would do.")
        expect(answer).to_contain_text(said)
    desk.get_by_role("link", name="Who has come how far").click()
    with desk.expect_download() as table:
        desk.get_by_role("link", name="The list as a table (CSV)").click()
    assert f"{first},submitted," in table.value.path().read_text()
    agrees.get_by_role("link", name="My marked text, to print").tap()
    expect(agrees.get_by_text("The class answer:").first).to_be_visible()
    desk.close()
    for context, *_ in students:
        context.close()


def test_words_are_chosen_by_mouse_and_by_keys(period: Period) -> None:
    desk = period.teacher.context.new_page()
    desk.goto(f"{period.url}{period.room}/assignments/new?preset=read")
    press(desk, "Go on to the questions")
    desk.locator("[name=questions]").first.check()
    press(desk, "Give it to the class")
    expect(desk.get_by_role("heading", name="Rules")).to_be_visible()
    work = f"/classes/work/{desk.url.rsplit('/', 1)[1]}"
    desk.close()
    context, page, _, _ = period.student()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{period.url}{work}")
    words = page.locator(".work-answer [data-text]").first
    place = words.bounding_box()
    assert place is not None
    page.mouse.move(place["x"] + 4, place["y"] + 12)
    page.mouse.down()
    page.mouse.move(place["x"] + 200, place["y"] + 12, steps=5)
    page.mouse.up()
    expect(page.locator("[data-chosen]")).to_be_visible()
    picked = page.locator("[data-chosen] q").inner_text().strip()
    page.locator("[data-bar-tag]").first.click()
    expect(page.locator("[data-status]")).to_have_text("Saved")
    assert page.locator(".work-answer").first.locator("mark").all_inner_texts() == [picked]

    page.locator(".work-answer [data-text]").nth(1).focus()
    for key in ("ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight"):
        page.keyboard.press(key)
    expect(page.locator("[data-chosen]")).to_be_visible()
    picked = page.locator("[data-chosen] q").inner_text().strip()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator(".work-answer").nth(1).locator("mark")).to_have_text([picked])
    context.close()


def test_the_students_pages_have_no_fault(period: Period) -> None:
    """By axe in light, in colours also in dark; no sideways scroll at 320 px: before and after handing in."""
    context, page, _, _ = period.student(bypass_csp=True)
    wrong: list[str] = []
    for path in (period.work, *(f"{period.work}/{part}" for part in ("history", "results", "print")), "/classes/mine"):
        for handed_in in (False, True) if path == period.work else (True,):
            page.goto(f"{period.url}{path}")
            if handed_in and page.get_by_role("button", name="Hand in").count():
                page.get_by_role("button", name="Hand in").click()
            page.emulate_media(color_scheme="light")
            wrong += faults(page, path, RULES)
            page.emulate_media(color_scheme="dark")
            wrong += faults(page, f"{path}, dark", COLOURS)
            page.set_viewport_size({"width": 320, "height": 700})
            wrong += [f"{path} scrolls sideways"] if page.evaluate(SIDEWAYS) else []
    context.close()
    assert not wrong, "\n".join(wrong)
