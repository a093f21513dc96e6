"""A transcript on a web page: its words by the names printed or stated in them, without what the page is built around them.

Navigation, scripts, forms, headers and footers are left out. Some pages state the speaker of each part in an attribute
and print no name: those are believed as they stand.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborNode

from transcripts.errors import BadFile
from transcripts.formats.foreign import TAG
from transcripts.formats.format import EXACT
from transcripts.formats.hypertext import Writer, parsed, rendered, unmarked, walk
from transcripts.formats.labels import is_scene
from transcripts.formats.parsed import ParsedRecord, ParsedTurn, Problem
from transcripts.formats.printed import Paragraph, paragraphs
from transcripts.formats.written import written
from transcripts.text import clean
from transcripts.vocabulary import Grade, Severity, TurnKind

NAME = "html"
VERSION = 1

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
_STATED = ("data-person-speaking-attribution", "data-speaker-name", "data-speaker")
_FAR = 200_000
_MISSES = 500
_AROUND = "Parts of the page around the transcript were left out ({n}): navigation, headers, footers."
_AROUND_WORDS = "Parts of the page around its words were left out ({n}): navigation, headers, footers."
_PROCEDURAL = re.compile(r"(?:^|[\s_-])procedural(?:$|[\s_-])", re.IGNORECASE)


def sniff(text: str, name: str | None) -> float:
    """EXACT where an HTML document begins, or where most of the first lines hold tags; else 0."""
    seen = text[:_SEEN]
    if _START.match(seen):
        return EXACT
    start = seen.lstrip()[:1]
    return EXACT if start == "<" and len(TAG.findall(seen)) > 4 else 0.0


def read(text: str) -> ParsedRecord:
    """The turns of the page. Raises BadFile where it is too large or holds no words."""
    body = _body(text)
    stated = _stated(body)
    if stated:
        return _as_stated(text, body, stated)
    dropped = _furniture(body)
    page = rendered(body, dropped)
    record = written(NAME, clean(page.text))
    places = _places(text, page.firsts)
    turns = tuple(
        replace(turn, text=unmarked(turn.text).replace("\t", " "), line=_at(places, turn.line)) for turn in record.turns
    )
    problems = (replace(problem, line=_at(places, problem.line)) for problem in record.problems)
    left_out = (Problem(None, Severity.INFO, _AROUND, {"n": len(dropped)}),) if dropped else ()
    return replace(record, turns=turns, problems=(*left_out, *problems))


def printed(text: str) -> tuple[tuple[Paragraph, ...], tuple[Problem, ...]]:
    """The paragraphs of the page, whoever speaks in them, and what was left out. Raises BadFile where it is too large."""
    body = _body(text)
    dropped = _furniture(body)
    left_out = (Problem(None, Severity.INFO, _AROUND_WORDS, {"n": len(dropped)}),) if dropped else ()
    return paragraphs(clean(rendered(body, dropped).text)), left_out


def _body(text: str) -> LexborNode:
    if len(text) > MOST_CHARACTERS:
        raise BadFile(
            "This page has more than {most} million characters, the most we read.", most=MOST_CHARACTERS // 1_000_000
        )
    return parsed(text)


def _furniture(body: LexborNode) -> frozenset[int]:
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


def _places(text: str, firsts: Sequence[str]) -> list[int]:
    """The line of the file on which each line of the page begins: found by its first word behind a tag, from the last on."""
    places: list[int] = []
    at, line, misses = 0, 1, 0
    for first in firsts:
        word = first.split()[0][:40].rstrip(":") if first else ""
        found = re.compile(rf">\s*{re.escape(word)}").search(text, at, at + _FAR) if word and misses < _MISSES else None
        if found:
            line += text.count("\n", at, found.end())
            at = found.end()
        misses += bool(word) and found is None
        places.append(line)
    return places


def _at(places: Sequence[int], line: int | None) -> int | None:
    return None if line is None or not places else places[min(line, len(places)) - 1]


@dataclass
class _Part:
    """Words of a page that states its speakers: under `label`, or nobody's."""

    label: str | None
    kind: TurnKind
    writer: Writer


def _stated(body: LexborNode) -> Mapping[int, str]:
    """The elements whose attribute says who speaks in them, by `mem_id`; none where fewer than two do."""
    for attribute in _STATED:
        found = {node.mem_id: _label(node.attributes.get(attribute)) for node in body.css(f"[{attribute}]")}
        if sum(bool(label) for label in found.values()) > 1:
            return found
    return {}


def _label(printed: str | None) -> str:
    return clean(" ".join((printed or "").split()))


def _as_stated(text: str, body: LexborNode, stated: Mapping[int, str]) -> ParsedRecord:
    """The record of a page that states who speaks. What stands outside of those parts, or is procedure, is nobody's."""
    parts = _parts(body, stated)
    turns: list[ParsedTurn] = []
    firsts: list[str] = []
    begun = False
    for part in parts:
        page = part.writer.finished()
        words = unmarked(clean(page.text)).strip()
        begun = begun or part.label is not None
        if words and begun:
            kind = TurnKind.SCENE if all(is_scene(line) for line in words.split("\n") if line) else part.kind
            turns.append(ParsedTurn(part.label, words, kind))
            firsts.append(page.firsts[0])
    if not turns:
        raise BadFile("This page says who speaks and holds no words of theirs.")
    places = _places(text, firsts)
    placed = tuple(replace(turn, line=line) for turn, line in zip(turns, places, strict=True))
    heading = body.css_first("h1")
    title = clean(heading.text()).strip() if heading is not None else ""
    return ParsedRecord(NAME, Grade.PUBLISHED, placed, header={"title": title} if title else {})


def _parts(body: LexborNode, stated: Mapping[int, str]) -> list[_Part]:
    """The words of the page in order, cut where another element says who speaks and around what is procedure."""
    parts = [_Part(None, TurnKind.NARRATION, Writer())]
    held: list[tuple[int, str | None, TurnKind]] = []
    for node, enters in walk(body):
        part = parts[-1]
        if node.is_text_node:
            part.writer.say(node.text_content or "")
        elif enters:
            procedural = _PROCEDURAL.search(node.attributes.get("class") or "") is not None
            if node.mem_id in stated or procedural:
                held.append((node.mem_id, part.label, part.kind))
                label = None if procedural else stated[node.mem_id] or None
                kind = TurnKind.PROCEDURE if procedural else TurnKind.SPEECH
                parts.append(_Part(label, kind, Writer()))
            parts[-1].writer.enter(node)
        else:
            part.writer.leave(node)
            if held and held[-1][0] == node.mem_id:
                _, label, kind = held.pop()
                parts.append(_Part(label, kind, Writer()))
    return parts
