"""axe, and what of it is asked: the one door of the browser tests to it."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

FAULTS = {"resultTypes": ["violations"]}
"""Every rule is tried on every element; only of the faults is told where they stand, which takes most of the time."""
COLOURS = FAULTS | {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
"""All that the dark scheme changes."""
LAYOUT = FAULTS | {
    "runOnly": {
        "type": "rule",
        "values": ["aria-required-children", "aria-required-parent", "scrollable-region-focusable", "target-size"],
    }
}
"""What a narrow layout changes: what is shown, in which part, and how large."""
RULES = FAULTS | {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
ALIKE = 4
"""How many elements of one look are tried for their colours."""
SCRIPT = f"""{AXE_SCRIPT}
axe.configure({{rules: [{{id: 'color-contrast', selector: ':not([data-alike])'}}]}})"""
"""axe with the colours of `ALIKE` elements only: a transcript repeats one turn's a thousand times, and takes most of the time so."""

_TRIED = """([options, most]) => {
    const unseen = /^(id|for|href|datetime|value|aria-label|aria-labelledby|aria-describedby|data-alike)$/
    const said = ({name, value}) => unseen.test(name) ? '' : ` ${name}=${value}`
    const looks = new Map([[document.documentElement, '']]), seen = {}
    for (const one of document.body.querySelectorAll('*')) {
        const above = looks.get(one.parentElement) ?? [...document.body.attributes].map(said).join('')
        const look = `${above}>${one.localName}${[...one.attributes].map(said).join('')}`
        looks.set(one, look)
        seen[look] = (seen[look] ?? 0) + 1
        one.toggleAttribute('data-alike', seen[look] > most)
    }
    return axe.run(options).then(told => told.violations)
}"""
"""One look: the same names of elements and the same attributes from the page down, but those no style can see."""


def faults(page: Page, path: str, options: dict[str, object]) -> list[str]:
    """What axe finds wrong with the page that is shown.

    It is half a megabyte of script: brought into a page once, and in a context of many pages best by `add_init_script`,
    which takes a tenth of the time.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT)
    found = page.evaluate(_TRIED, [options, ALIKE])
    return [f"{path}: {fault['id']}: {fault['nodes'][0]['html'][:200]}" for fault in found]
