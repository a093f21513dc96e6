"""Pure: a Markdown text as the plain text it shows, line for line: marks gone from words, and kept round what may be a name.

A name with a colon is left to the evidence of plain text. A heading or a bold line without one is a name only where the
reader says so; else it is a heading, over which no voice goes on.
"""

import html
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from transcripts.formats.labels import Shape, is_scene, is_time, shape_of
from transcripts.text import clean

QUOTED, TITLED = "\ue000", "\ue001"
"""Private characters: what begins with the first is a block quotation, with the second a heading and no name."""

_PRIVATE = {ord(QUOTED): None, ord(TITLED): None}
_MOST_LABEL = 120
_HEADING = re.compile(r"(#{1,6})(?:[ \t]+(.*?))?[ \t]*#*")
_UNDERLINE = re.compile(r"=+|-+")
_RULE = re.compile(r"(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,}")
_FENCE = re.compile(r"```[^`]*|~~~[^~]*")
_BULLET = re.compile(r"[-*+][ \t]+(?:\[[ xX]\][ \t]+)?")
_QUOTE = re.compile(r"(?:>[ \t]?)+")
_BOLD = re.compile(r"(?:\*\*(?P<stars>[^*\n]{1,200})\*\*|__(?P<lines>[^_\n]{1,200})__)(?P<rest>.*)")
_BESIDE = re.compile(r"\s?(?P<note>\([^()\n]{2,60}\))?\s?:\s*")
_FRONT = re.compile(r"(?P<key>[^\W\d_][\w -]{0,40}):[ \t]*(?P<value>.*)")
_MOST_FRONT = 60

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_HELD = 0xE100
_RESTORED = {_HELD + code: chr(code) for code in range(128)}
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_TAG = re.compile(r"</?(?:b|i|em|strong|u|s|sup|sub|span|p|div|center|small|a|mark)\b[^<>]{0,300}>", re.IGNORECASE)
_INLINE: Sequence[tuple[re.Pattern[str], str]] = (
    (re.compile(r"<!--[^<>]{0,1000}-->|<br\s?/?>", re.IGNORECASE), " "),
    (_TAG, ""),
    (re.compile(r"`{1,3}([^`\n]{1,1000})`{1,3}"), r"\1"),
    (
        re.compile(
            r"!?\[([^\[\]\n]{0,500})\](?:\([^()\n]{0,500}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?\)|\[[^\[\]\n]{1,100}\])"
        ),
        r"\1",
    ),
    (re.compile(r"<(https?://[^<>\s]{1,500})>"), r"\1"),
    (re.compile(r"(?<![*\w])\*(?=[^\s*])([^*\n]{1,1000})(?<=\S)\*(?!\*)"), r"\1"),
    (re.compile(r"\*\*(?=[^\s*])([^*\n]{1,1000})(?<=\S)\*\*"), r"\1"),
    (re.compile(r"(?<!\*)\*(?=[^\s*])([^*\n]{1,1000})(?<=\S)\*(?!\*)"), r"\1"),
    (re.compile(r"(?<!\w)__(?=[^\s_])([^_\n]{1,1000})(?<=\S)__(?!\w)"), r"\1"),
    (re.compile(r"(?<!\w)_(?=[^\s_])([^_\n]{1,1000})(?<=\S)_(?!\w)"), r"\1"),
    (re.compile(r"~~(?=[^\s~])([^~\n]{1,1000})(?<=\S)~~"), r"\1"),
)


@dataclass(frozen=True)
class Line:
    """A line told apart. `way` is how its words are set: h1 … h6, bold, beside (bold before words), or empty.

    `label` is the name that may stand there without a colon; `words` what stands there otherwise, marks gone.
    """

    words: str
    way: str = ""
    label: str = ""
    quoted: bool = False


@dataclass(frozen=True)
class Page:
    """The lines of a Markdown text, as many as it has, and what its front matter says."""

    lines: tuple[Line, ...]
    header: Mapping[str, str]

    def lone(self) -> Mapping[str, Sequence[int]]:
        """The lines on which a name may stand without a colon, by the way they are set, from 0."""
        found: dict[str, list[int]] = defaultdict(list)
        for i, line in enumerate(self.lines):
            if line.way:
                found[line.way].append(i)
        return found

    def shown(self, names: Collection[int] = frozenset()) -> str:
        """The plain text, in which the lone lines `names` are names and the others are none."""
        return "\n".join(_printed(line, i in names) for i, line in enumerate(self.lines))


def page(text: str) -> Page:
    """The Markdown text (NFC, LF), told apart."""
    raws = text.translate(_PRIVATE).split("\n")
    header, first = _front(raws)
    return Page((*(Line("") for _ in range(first)), *_lines(raws[first:])), header)


def inline(words: str) -> str:
    """Words without the marks of Markdown inside them."""
    held = "\\" in words and not any(_HELD <= ord(char) < _HELD + 128 for char in words)
    if held:
        words = _ESCAPE.sub(lambda found: chr(_HELD + ord(found[1])), words)
    for pattern, shown in _INLINE:
        words = pattern.sub(shown, words)
    if "&" in words:
        words = clean(_REFERENCE.sub(lambda found: html.unescape(found[0]), words)).translate(_PRIVATE)
    words = words.translate(_RESTORED) if held else words
    return " ".join(words.split())


def _front(raws: Sequence[str]) -> tuple[dict[str, str], int]:
    """What stands between two lines of --- at the top, and the number of lines it takes."""
    ends = [i for i, raw in enumerate(raws[1:_MOST_FRONT], start=1) if raw.strip() in {"---", "..."}]
    if raws[0].strip() != "---" or not ends:
        return {}, 0
    found = [match for raw in raws[1 : ends[0]] if (match := _FRONT.fullmatch(raw.strip()))]
    return {match["key"]: value for match in found if (value := inline(match["value"].strip("\"' ")))}, ends[0] + 1


def _lines(raws: Sequence[str]) -> Iterator[Line]:
    named = before = False
    for i, raw in enumerate(raws):
        stripped = raw.strip()
        mark = _QUOTE.match(stripped)
        words = stripped[mark.end() :].strip() if mark else stripped
        under = raws[i + 1].strip() if i + 1 < len(raws) else ""
        above = i == 0 or not raws[i - 1].strip()
        line = _line(words, above, len(under) > 2 and _UNDERLINE.fullmatch(under) is not None)
        named = bool(mark) and ((named and before) or line.words.startswith(("**", "__")) or bool(line.way))
        before = bool(mark)
        quoted = before and not named and bool(line.words) and not is_scene(line.words)
        yield Line(line.words, line.way, line.label, quoted)


def _line(words: str, apart: bool, underlined: bool) -> Line:
    """A line without space around it and marks of quotation before it; `apart` where a paragraph begins."""
    if _FENCE.fullmatch(words) or (len(words) > 2 and set(words) == {"="}):
        return Line("")
    if _RULE.fullmatch(words):
        return Line("---")
    heading = _HEADING.fullmatch(words)
    if heading:
        return _heading(inline(heading[2] or ""), len(heading[1]))
    if apart and underlined and len(words) <= _MOST_LABEL and not words.endswith((".", "?", "!", ",", ";", ":")):
        return _heading(inline(words), 1)
    bullet = _BULLET.match(words)
    words = words[bullet.end() :].strip() if bullet else words
    bold = _BOLD.fullmatch(words)
    return _named(bold, words, apart) if bold else Line(inline(words))


def _heading(words: str, level: int) -> Line:
    if not words or ":" in words:
        return Line(f"## {words}" if words else "")
    return Line(words, f"h{level}", words)


def _named(bold: re.Match[str], words: str, apart: bool) -> Line:
    """A line that begins with bold type: a name with its colon in or behind it, perhaps one without, or words."""
    lead, rest = inline(bold["stars"] or bold["lines"]), bold["rest"].strip()
    if lead.endswith(":"):
        return Line(f"**{lead}** {inline(rest)}".strip())
    told = _BESIDE.match(rest)
    if told and not is_time(told["note"] or "") and ":" not in lead:
        note = f" {told['note']}" if told["note"] else ""
        return Line(f"**{lead}{note}:** {inline(rest[told.end() :])}".strip())
    if ":" in lead or len(lead) > _MOST_LABEL or shape_of(lead) is Shape.OTHER:
        return Line(inline(words))
    if not rest and apart and lead[:1].isupper():
        return Line(lead, "bold", lead)
    return Line(inline(words), "beside", lead) if rest[:1].isupper() else Line(inline(words))


def _printed(line: Line, is_name: bool) -> str:
    if is_name:
        return f"__{line.label}:__ {line.words[len(line.label) :].strip() if line.way == 'beside' else ''}".strip()
    if line.way and line.way != "beside":
        return f"## {TITLED}{line.words}"
    return f"{QUOTED}{line.words}" if line.quoted else line.words
