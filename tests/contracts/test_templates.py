"""What no template may do, because the content security policy forbids it or because it would trust imported text."""

import re
from pathlib import Path

import pytest

from tests.corpora import ROOT

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
FORBIDDEN = {
    r"\|\s*safe\b": "marks text as HTML",
    r"\bstyle\s*=": "inline style",
    r"<script(?![^>]*\bsrc=)": "inline script",
    r"\son\w+\s*=": "inline event handler",
    r"hx-on": "needs eval",
    r"hx-vals\s*=\s*.js:": "needs eval",
    r"hx-trigger\s*=\s*[\"'][^\"']*\[": "a trigger filter needs eval",
    r"{%-?\s*from\s": "a macro imported at the top is undefined in a fragment: use the ui global",
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_needs_what_the_policy_forbids(path: Path) -> None:
    source = path.read_text()
    found = [why for pattern, why in FORBIDDEN.items() if re.search(pattern, source)]
    assert not found


def test_every_component_is_shown_on_the_pattern_page_or_inside_one_that_is() -> None:
    def macros(path: Path) -> set[str]:
        return set(re.findall(r"\bui\.(\w+)\(", path.read_text()))

    folder = ROOT / "templates"
    shown = macros(folder / "patterns/show.html") | macros(folder / "base.html")
    while grown := {inner for name in shown for inner in macros(folder / f"components/{name}.html")} - shown:
        shown |= grown
    components = {path.stem for path in (ROOT / "templates/components").glob("*.html")}
    assert components - shown == set()
