"""The breakdowns of a figure as lines of a form: `key: English / Spanish`, and under each its groups, a line with a dash each."""

import re
from typing import Any

from positions.entries import Doc
from tracker.forms import Typed

LINE = re.compile(r"(?P<dash>-\s*)?(?P<key>[a-z0-9]+(?:-[a-z0-9]+)*)\s*:\s*(?P<en>[^/]+?)\s*(?:/\s*(?P<es>.+?)\s*)?")
RATIO = re.compile(r"(?P<axis>[a-z0-9-]+)\s*:\s*(?P<over>[a-z0-9-]+)\s*/\s*(?P<under>[a-z0-9-]+)")
NO_LINE = (
    "Line %(n)s: write a breakdown as “route: By way in / Por vía de entrada” and each of its groups below it as "
    "“- arrest: Instead of an arrest / En vez de un arresto”."
)
NO_RATIO = "Write it as “route: arrest / social”: a breakdown and two of its groups."


def read(typed: Typed) -> list[Doc]:
    """The breakdowns of the field `axes`; what cannot be read is noted beside it."""
    axes: list[dict[str, Any]] = []
    for n, line in enumerate(typed.rows("axes"), start=1):
        found = LINE.fullmatch(line)
        if found is None or (found["dash"] and not axes):
            typed.fail("axes", NO_LINE, n=n)
            return axes
        said = {"key": found["key"], "en": found["en"], "es": found["es"]}
        if found["dash"]:
            axes[-1]["categories"].append(said)
        else:
            axes.append({**said, "categories": []})
    return axes


def headline(typed: Typed) -> Doc | None:
    """The ratio told first, of the field `headline`; None where it is empty."""
    said = typed.text("headline", needed=False)
    found = RATIO.fullmatch(said)
    if said and found is None:
        typed.fail("headline", NO_RATIO)
    return dict(found.groupdict()) if found else None


def values(doc: Doc) -> dict[str, str]:
    """A figure's breakdowns and ratio as both fields hold them."""
    lines = []
    for axis in doc["axes"]:
        lines += [_line(axis), *(f"- {_line(one)}" for one in axis["categories"])]
    ratio = doc["headline"]
    told = f"{ratio['axis']}: {ratio['over']} / {ratio['under']}" if ratio else ""
    return {"axes": "\n".join(lines), "headline": told}


def _line(said: Doc) -> str:
    return f"{said['key']}: {said['en']}" + (f" / {said['es']}" if said.get("es") else "")
