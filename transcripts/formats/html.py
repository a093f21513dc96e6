"""A transcript on a web page: its words by the names printed or stated in them, without what the page is built around them.

Navigation, scripts, forms, headers and footers are left out. Some pages state the speaker of each part in an attribute
and print no name: those are believed as they stand.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborNode

from transcripts.errors import BadFile
from transcripts.formats.format import EXACT
from transcripts.formats.hypertext import Writer, rendered, unmarked, walk
from transcripts.formats.labels import is_scene
from transcripts.formats.parsed import ParsedRecord, ParsedTurn, Problem
from transcripts.formats.printed import Paragraph, paragraphs
from transcripts.formats.report import signs_quotations
from transcripts.formats.reported_page import is_reported, read_page
from transcripts.formats.webpage import body_of, furniture, is_page, line_at, places
from transcripts.formats.written import written
from transcripts.text import clean
from transcripts.vocabulary import Grade, Severity, TurnKind

NAME = "html"
VERSION = 2

_STATED = ("data-person-speaking-attribution", "data-speaker-name", "data-speaker")
_AROUND = "Parts of the page around the transcript were left out ({n}): navigation, headers, footers."
_AROUND_WORDS = "Parts of the page around its words were left out ({n}): navigation, headers, footers."
_PROCEDURAL = re.compile(r"(?:^|[\s_-])procedural(?:$|[\s_-])", re.IGNORECASE)


def sniff(text: str, name: str | None) -> float:
    """EXACT where an HTML document begins, or where most of the first lines hold tags; else 0."""
    return EXACT if is_page(text) else 0.0


def read(text: str) -> ParsedRecord:
    """The turns of the page, or where it is a news article and names nobody before their words, the record of that.

    Raises BadFile where it is too large or holds no words.
    """
    body = body_of(text)
    stated = _stated(body)
    if stated:
        return _as_stated(text, body, stated)
    dropped = furniture(body)
    page = rendered(body, dropped)
    record = written(NAME, clean(page.text))
    if is_reported(page.text) and _names_nobody(record):
        return read_page(text)
    lines = places(text, page.firsts)
    turns = tuple(
        replace(turn, text=unmarked(turn.text).replace("\t", " "), line=line_at(lines, turn.line))
        for turn in record.turns
    )
    problems = (replace(problem, line=line_at(lines, problem.line)) for problem in record.problems)
    left_out = (Problem(None, Severity.INFO, _AROUND, {"n": len(dropped)}),) if dropped else ()
    return replace(record, turns=turns, problems=(*left_out, *problems))


def _names_nobody(record: ParsedRecord) -> bool:
    """Whether no label stands in a record, or most words behind one are a quotation, as articles sign them."""
    said = [turn.text for turn in record.turns if turn.label]
    return not said or signs_quotations(said)


def printed(text: str) -> tuple[tuple[Paragraph, ...], tuple[Problem, ...]]:
    """The paragraphs of the page, whoever speaks in them, and what was left out. Raises BadFile where it is too large."""
    body = body_of(text)
    dropped = furniture(body)
    left_out = (Problem(None, Severity.INFO, _AROUND_WORDS, {"n": len(dropped)}),) if dropped else ()
    return paragraphs(clean(rendered(body, dropped).text)), left_out


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
    lines = places(text, firsts)
    placed = tuple(replace(turn, line=line) for turn, line in zip(turns, lines, strict=True))
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
