"""How a person works at the desk: fields filled by name, buttons pressed by their words."""

import re

from playwright.sync_api import Page


def fill(page: Page, **fields: str) -> None:
    for name, value in fields.items():
        page.locator(f"main [name={name}]").fill(value)


def press(page: Page, words: str) -> None:
    page.locator("main").get_by_role("button", name=words, exact=True).click()


def step(page: Page, words: str) -> None:
    """Follow one step of the checklist."""
    page.get_by_role("navigation", name="Desk").get_by_role("link", name="Desk", exact=True).click()
    page.locator(".checklist").get_by_role("link", name=re.compile(words)).click()
