"""Pure: a web page and what is built around its words: its navigation and the like, the body of its article, its lines."""

import re
from collections.abc import Sequence

from selectolax.lexbor import LexborNode

from transcripts.errors import BadFile
from transcripts.formats.foreign import TAG, is_xml
from transcripts.formats.hypertext import parsed, walk

MOST_CHARACTERS = 20_000_000

_START = re.compile(
    r"\s*(?:<!--.{0,5000}?-->\s*)*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!doctype html|<html|<head|<body)", re.I | re.S
)
_SEEN = 20_000
_FURNITURE = frozenset("nav footer aside header dialog menu".split())
_ROLES = frozenset("navigation banner contentinfo search complementary dialog menu menubar alert toolbar".split())
_CLASS = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|sidebar|footer|cookies?|share|sharing|social|comments?|related|"
    r"advert|advertisement|promo|subscribe|newsletter|skip-?link|site-?header|masthead|pagination|pager)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MOST_FURNITURE = 0.25
"""An element with more of the words of the page than this is no furniture, whatever it is called."""
_FAR = 200_000
_MISSES = 500
_BODIES = ('[itemprop="articleBody"]', "article", "main")
_TRIED = 5
_MAIN = 0.4
"""The share of the words of a page that its article holds, where it has one."""


def is_page(text: str) -> bool:
    """Whether an HTML document begins, or most of the first lines hold tags."""
    if is_xml(text):
        return False
    seen = text[:_SEEN]
    return _START.match(seen) is not None or (seen.lstrip()[:1] == "<" and len(TAG.findall(seen)) > 4)


def body_of(text: str) -> LexborNode:
    """The body of a page. Raises BadFile where it is too large or nested as no page is."""
    if len(text) > MOST_CHARACTERS:
        raise BadFile(
            "This page has more than {most} million characters, the most we read.", most=MOST_CHARACTERS // 1_000_000
        )
    return parsed(text)


def furniture(body: LexborNode) -> frozenset[int]:
    """What the page is built of around its words: elements of navigation and the like, small beside the whole."""
    sizes: list[tuple[int, int]] = []
    open_at: dict[int, int] = {}
    total = 0
    for node, enters in walk(body):
        if node.is_text_node:
            total += len((node.text_content or "").split())
        elif enters and _is_furniture(node):
            open_at[node.mem_id] = total
        elif not enters and node.mem_id in open_at:
            sizes.append((node.mem_id, total - open_at.pop(node.mem_id)))
    return frozenset(at for at, size in sizes if size <= total * _MOST_FURNITURE)


def _is_furniture(node: LexborNode) -> bool:
    if node.tag in _FURNITURE:
        return True
    attributes = node.attributes
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    if (attributes.get("role") or "").lower() in _ROLES or _HIDDEN.search(attributes.get("style") or ""):
        return True
    return any(_CLASS.search(attributes.get(key) or "") for key in ("class", "id"))


def main_of(body: LexborNode) -> LexborNode:
    """The article of a page, where one element says that it is that and holds much of the words; else its body."""
    told = [node for query in _BODIES for node in body.css(query)[:_TRIED]]
    if not told:
        return body
    least = _words(body) * _MAIN
    return next((node for node in told if _words(node) >= least), body)


def _words(top: LexborNode) -> int:
    return sum(len((node.text_content or "").split()) for node, _ in walk(top) if node.is_text_node)


def places(text: str, firsts: Sequence[str]) -> list[int]:
    """The line of the file on which each line of the page begins: found by its first word behind a tag, from the last on."""
    found_at: list[int] = []
    place, line, misses = 0, 1, 0
    for first in firsts:
        word = first.split()[0][:40].rstrip(":") if first else ""
        sought = re.compile(rf">\s*{re.escape(word)}") if word and misses < _MISSES else None
        found = sought.search(text, place, place + _FAR) if sought else None
        if found:
            line += text.count("\n", place, found.end())
            place = found.end()
        misses += bool(word) and found is None
        found_at.append(line)
    return found_at


def line_at(found: Sequence[int], line: int | None) -> int | None:
    """The line of the file for a line of the page, both counted from 1, by what `places` has found."""
    return None if line is None or not found else found[min(line, len(found)) - 1]
