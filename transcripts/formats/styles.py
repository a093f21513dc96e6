"""Pure: the ways in which a plain text prints who speaks, and which of them one text uses."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from transcripts.formats.evidence import Believed, believe, key_of
from transcripts.formats.labels import Possible, Shape, in_capitals, is_scene, possible_label, shape_of
from transcripts.formats.layout import Facts, Line
from transcripts.names import parse_name

_PERIOD = re.compile(
    r"((?:The|Mr|Mrs|Ms|Miss|Dr|Sen|Senator|Rep|Gov|Mayor|Chair|Chairman|THE|MR|MRS|MS|DR)\.? [^.:\n()\[\]]{2,40}|[QA])"
    r"\.(?:\s+|\s*[–—-]{1,2}\s*)(?=\S)"
)
_STOPPED = re.compile(r"([^\W\d_][^:\n–—]{0,60}?)\.[–—-]{1,2}\s+(?=\S)")
_BRACKETED = re.compile(r"(?:\[([^\[\]<>:\n]{1,60})\]|<([^\[\]<>:/\n]{1,60})>)\s+(?=\S)")
_DASH = re.compile(r"([^\W\d_][^:\n–—]{0,60}?)\s+(?:--?|[–—])\s+(?=\S)")
_TAB = re.compile(r"([^\t:\n]{1,60})\t+\s*(?=\S)")
_LEAST = 4
_CLEAR = 0.2
"""Labels before colons on more lines than this leave no room for another style."""
_ABBREVIATED = re.compile(r"(?:\b[A-Z]|[JS]r)\.$")
_STOPS = (".", "?", "!", ",", ";", ":", "…", "-", "—", "–")


@dataclass(frozen=True)
class Labelled:
    """The labels of a text by index of their line; `headings` are lines printed as names are, that we do not believe."""

    labels: Mapping[int, Possible]
    doubtful: Mapping[int, Possible]
    headings: frozenset[int] = frozenset()


def labelled(lines: Sequence[Line], body: Collection[int], known: Facts) -> Labelled:
    """The labels in the style that the text uses: before a colon, unless another style labels more than twice as many."""
    colon = {i: found for i in body if (found := possible_label(lines[i].text)) is not None}
    best = _as_labelled(believe(colon, lines, body, known))
    if len(best.labels) > len(lines) * _CLEAR:
        return best
    for style in (_period, _dash, _tab, _bracketed, _alone):
        possible = {i: found for i in body if (found := style(lines, i)) is not None}
        least = max(_LEAST, 2 * len(best.labels))
        believed = believe(possible, lines, body, replace(known, capitals=True))
        if len(possible) >= least and _come_back(possible, believed):
            best = _names_alone(lines, possible, believed) if style is _alone else _as_labelled(believed)
    return best


def _come_back(possible: Mapping[int, Possible], believed: Believed) -> bool:
    """Whether at least half of the labels are names that come back, two people's or more: headings do not."""
    counted = Counter(key_of(label.label) for label in possible.values())
    again = sum(count for count in counted.values() if count > 1)
    return bool(believed.labels) and len(counted) > 1 and again * 2 >= counted.total()


def _names_alone(lines: Sequence[Line], possible: Mapping[int, Possible], believed: Believed) -> Labelled:
    """Names on lines of their own: the line under a name holds its words, however much it looks like one.

    Where hardly a paragraph stands without such a line above it, every one of them is a name; else those not believed
    are headings.
    """
    under = {i for i in possible if i - 1 in possible and i - 1 not in {j for j in possible if j - 1 in possible}}
    stand = {i: label for i, label in possible.items() if i not in under}
    starts = [i for i, line in enumerate(lines) if line.apart]
    before = dict(zip(starts[1:], starts, strict=False))
    bare = [i for i in starts if i not in stand and before.get(i) not in stand]
    if len(bare) <= len(stand) * 0.2:
        return Labelled(stand, {})
    labels = {i: label for i, label in believed.labels.items() if i in stand}
    return Labelled(labels, {}, frozenset(stand) - frozenset(labels))


def _as_labelled(believed: Believed) -> Labelled:
    return Labelled(believed.labels, believed.doubtful)


def _printed(pattern: re.Pattern[str], text: str, shapes: set[Shape]) -> Possible | None:
    found = pattern.match(text)
    if found is None or shape_of(found[1].strip()) not in shapes:
        return None
    return Possible(found[1].strip(), text[found.end() :].strip())


def _period(lines: Sequence[Line], i: int) -> Possible | None:
    """`Mr. SMITH. I thank`, `Q. Did you` and `EL SR. RUIZ.- Gracias`."""
    shapes = {Shape.CAPS, Shape.NAME, Shape.ROLE}
    ways = (_printed(pattern, lines[i].text, shapes) for pattern in (_PERIOD, _STOPPED))
    return next((found for found in ways if found is not None), None)


def _dash(lines: Sequence[Line], i: int) -> Possible | None:
    """`SMITH — I thank`: only names in capitals."""
    return _printed(_DASH, lines[i].text, {Shape.CAPS, Shape.NUMBERED, Shape.ROLE})


def _tab(lines: Sequence[Line], i: int) -> Possible | None:
    """`Smith`, a tab and the words."""
    return _printed(_TAB, lines[i].text, {Shape.CAPS, Shape.NAME, Shape.NUMBERED, Shape.ROLE})


def _bracketed(lines: Sequence[Line], i: int) -> Possible | None:
    """`[Smith] I thank` and `<Smith> I thank`; not `[Applause] Thank you`."""
    found = _BRACKETED.match(lines[i].text)
    label = (found[1] or found[2]).strip() if found else ""
    if found is None or is_scene(f"[{label}]") or shape_of(label) is Shape.OTHER:
        return None
    return Possible(label, lines[i].text[found.end() :].strip(), marked=True)


def _alone(lines: Sequence[Line], i: int) -> Possible | None:
    """A name alone on its line, after a blank line and above words."""
    text = lines[i].text.strip("*_# ")
    if not lines[i].apart or i + 1 == len(lines) or len(text) > 60 or is_scene(text) or text[:1] in "[(":
        return None
    if text.endswith(_STOPS) and not _ABBREVIATED.search(text):
        return None
    return Possible(text, "") if shape_of(text) is not Shape.OTHER and len(text.split()) <= 8 else None


def unglued(lines: Sequence[Line], labels: Mapping[int, Possible], known: Facts) -> list[Line]:
    """The lines cut before labels that are printed inside them, glued to the words of another voice.

    A label in capitals known from the start of a line is one inside a line too, after the end of a sentence or a note;
    in capitals with no space before it even where it is not known. A full name in ordinary letters has to be known and
    to follow without a space, or to follow a note.
    """
    pattern = re.compile("|".join(_places(_prints(labels.values()), known)))
    collapsed = _collapsed(lines) if not labels and not known.capitals else None
    found: list[Line] = []
    for i, line in enumerate(lines):
        first, *others = _parts(line.text, labels[i].rest if i in labels else line.text, collapsed or pattern)
        found.append(replace(line, text=first) if others else line)
        found.extend(replace(line, text=part, apart=False, rested=True, change=False, glued=True) for part in others)
    return found


def _collapsed(lines: Sequence[Line]) -> re.Pattern[str] | None:
    """Where labels in capitals stand in a text that lost its line breaks: two names come back, and make half of them."""
    names = Counter(name for line in lines for name in _INSIDE.findall(line.text))
    again = {name: count for name, count in names.items() if count > 1}
    return _INSIDE_AT if len(again) > 1 and sum(again.values()) * 2 >= names.total() else None


def _parts(text: str, words: str, pattern: re.Pattern[str]) -> list[str]:
    """A line cut at the places of the pattern; `words` is the end of it in which to look."""
    if ":" not in words:
        return [text]
    first, *others = [part for part in pattern.split(words) if part] or [""]
    return [text[: len(text) - len(words)] + first, *others]


def _prints(labels: Iterable[Possible]) -> set[str]:
    """The labels as printed, and in capitals also without titles and notes, and as surnames alone."""
    found: set[str] = set()
    for label in {label.label for label in labels}:
        found.add(label)
        plain = parse_name(label).plain
        if in_capitals(label) and plain.isupper():
            found |= {plain, plain.split()[-1]}
    return found


_STOP = r"(?<=[.?!…\"”’')\]*–—-])(?<!\bM[RS]\.)(?<!\bMRS\.)(?<!\bDR\.)(?<!\bST\.)(?<!\bSEN\.)(?<!\bREP\.)(?<!\bGOV\.)(?<!\b[A-Z]\.)"


_INLINE = r"((?:[A-ZÀ-Þ][A-ZÀ-Þ’'-]*\.? ){0,3}[A-ZÀ-Þ][A-ZÀ-Þ’'-]{2,}):\s"
_INSIDE = re.compile(rf"(?:^|{_STOP}\s){_INLINE}")
_INSIDE_AT = re.compile(rf"{_STOP}\s(?={_INLINE.replace('((', '(?:(', 1)})")


def _places(printed: Collection[str], known: Facts) -> list[str]:
    places = []
    if not known.capitals:
        places.append(r"(?<=[a-zà-ÿ][.?!…])(?=[A-Z][A-Z’'.-]+(?: [A-Z][A-Z’'.-]+){0,3}:\s)")
        capitals = [label for label in printed if in_capitals(label) and len(label) > 2]
        if capitals:
            places.append(rf"{_STOP}\s?(?=(?:{_either(capitals)})\s?:(?:\s|$|[^\W\d_]|[\"“'(….]))")
    names = [label for label in printed if not in_capitals(label) and " " in label]
    if names:
        places.append(rf"(?<=[.?!…\"”)\]])(?=(?:{_either(names)})\s?:\s)|(?<=[)\]])\s(?=(?:{_either(names)})\s?:\s)")
    return places or [r"(?!)"]


def _either(labels: Collection[str]) -> str:
    return "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True))
