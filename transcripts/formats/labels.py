"""Pure: where a line may begin with the name of a voice, and what the shape of that name says. Belief is `evidence.py`'s."""

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from transcripts.names import PARTICLES, SUFFIXES, TITLES, bare
from transcripts.roles import is_numbered, names_nobody
from transcripts.text import BRACKETED, fold, is_note

MOST = 120
"""The longest printed label, in characters."""

_TIME = r"(?:[0-9]{1,2}:)?[0-9]{1,3}:[0-9]{2}(?:[.,][0-9]{1,3})?"
_LEAD = re.compile(r"(?:\[\*\]|>{1,3}|[-–—•*·]|#{1,6}|\d{1,4}[.)])\s+|>{2,3}")
_TIME_BEFORE = re.compile(rf"[\[(]({_TIME})[\])]\s*(?:[-–—|]\s*)?|({_TIME})\s+(?:[-–—|]\s*)?")
_COLON = re.compile(
    r"(?P<label>(?:\([^()\n:]{1,80}\)|\[[^\[\]\n:]{1,80}\]|[^:\n()\[\]]){1,120}?)"
    rf"\s{{0,9}}(?:[\[(](?P<before>{_TIME})[\])])?\s{{0,9}}(?P<in>\*\*|__)?\s{{0,9}}:{{1,3}}(?P<out>\*\*|__)?"
    rf"(?:\s*[\[(](?P<after>{_TIME})[\])])?"
)
_TIMES_ALONE = re.compile(rf"[\[(]?{_TIME}[\])]?(?:\s*(?:-+>|[-–—])\s*[\[(]?{_TIME}[\])]?)?")
_SCENE = re.compile(r"(?:[\[(][^()\[\]\n]{1,120}[\])][\s.,;…]*)+")


_CAPITAL_WORD = re.compile(
    r"(?:M[ac]{1,2}|D[ei]|L[ea]|Van|Von|O['’]|D['’]|St\.?|Fitz)?[^\Wa-z\d_][^\Wa-z_.'’,-]*(?:[.'’,-]+[^\Wa-z_]+)*[.'’,-]*"
)
_OFFICE = re.compile(
    r"(?:The|El|La) [^\W\d_a-zß-öø-ÿ][^():\n]{2,100} \((?:Mr|Mrs|Ms|Miss|Dr|Prof|Eng|Hon|Sen|Rep|Sir|Sr|Sra|Lic)\b\.?"
    r"(?: [^\W\d_a-zß-öø-ÿ][^():\s]{0,30}){1,5}\)"
)
"""`The Minister for Roads (Mr. Alder)`: an office in full with whoever holds it."""
_YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d\b")
_LINKS = PARTICLES | {"and", "of", "the", "for"}
SENTENCE_WORDS = frozenset(
    """
    i you he she it we they this that these those here there what who when where why how which the my your his her its our
    their and but or so if because as for in on at to from with by of not no yes yeah well okay ok look listen now then
    again also first second third finally next last one two three four five is are was were do does did has have had can
    could would should might must let lets heres theres thats its im ive weve dont just only even still
    note notes example remember fact facts fiction claim reality bottom best worst update correction editors editor's
    read watch listen more related see also ps re fyi tip warning caution summary conclusion background reminder
    y pero o si porque como para por en con que cuando donde esto eso este esta nota ejemplo
    """.split()
)
"""Words a name never begins with, folded: what stands before a colon inside a sentence or over a box."""


class Shape(Enum):
    """What a label looks like, from the strongest evidence to none."""

    NUMBERED = "a role with a number"
    ROLE = "a role"
    CAPS = "a name in capitals"
    NAME = "a name in capitals and lower case"
    OTHER = "nothing that looks like a name"


@dataclass(frozen=True)
class Possible:
    """A line that may begin with a label. `rest` is what is printed after it, `start_ms` the time printed beside it.

    `timed`: that time stands right after the name, `Name: (01:20)`. `marked`: the label is set off by bold type, a
    heading, brackets or `>>`. `tight`: no space follows the colon.
    """

    label: str
    rest: str
    start_ms: int | None = None
    timed: bool = False
    marked: bool = False
    tight: bool = False


def possible_label(line: str) -> Possible | None:
    """The label that may stand at the start of a line before a colon; None where no colon can end one.

    Clock times (`at 7:30`), addresses (`https://`), ratios and verses (`John 3:16`) are no labels.
    """
    if ":" not in line[: 2 * MOST]:
        return None
    text, marked, start_ms = _undecorated(line.strip())
    found = _COLON.match(text)
    if found is None or _begins_with_scene(text):
        return None
    label, rest = " ".join(found["label"].split()).strip("*_").strip(), text[found.end() :]
    bold = bool(found["in"] or found["out"])
    if not bold and marked and rest.startswith(("**", "__")):
        rest = rest[2:]
    elif not bold and marked and rest.rstrip().endswith(("**", "__")) and rest.count(rest.rstrip()[-2:]) == 1:
        rest = rest.rstrip()[:-2]  # **Q: Why are you running?**
    if label.startswith("[") and label.endswith("]"):
        label, marked = label[1:-1].strip(), True
    tight = rest[:1].isalnum()
    timed = found["before"] or found["after"]
    if (
        not label[:1].isalnum()
        and label[:1] not in ("(", "@")
        or (not timed and (rest[:1].isdigit() or rest[:1] in ("/", "\\")))
    ):
        return None
    at = milliseconds(timed) if timed else start_ms
    return Possible(label, rest.strip(), at, bool(timed), marked or bold, tight and not (timed or bold))


def _begins_with_scene(text: str) -> bool:
    """(APPLAUSE) CLINTON: the label stands inside the line, after a note."""
    note = BRACKETED.match(text)
    return note is not None and text[note.end() : note.end() + 1] != ":" and is_scene(note[0])


def _undecorated(line: str) -> tuple[str, bool, int | None]:
    """The line without bullets, `>>`, heading marks, a time in front and bold marks; whether it was set off; the time."""
    marked = False
    start_ms = None
    lead = _LEAD.match(line)
    if lead:
        marked = lead[0].strip()[0] in ">#"
        line = line[lead.end() :].lstrip()
    time = _TIME_BEFORE.match(line)
    if time:
        start_ms = milliseconds(time[1] or time[2])
        line = line[time.end() :]
    if line.startswith(("**", "__")):
        return line[2:].lstrip(), True, start_ms
    return line, marked, start_ms


def milliseconds(printed: str) -> int:
    """`1:02:03`, `02:03` or `02:03.5` in milliseconds."""
    whole, _, fraction = printed.replace(",", ".").partition(".")
    seconds = 0
    for part in whole.split(":"):
        seconds = seconds * 60 + int(part)
    return seconds * 1000 + int(fraction.ljust(3, "0")[:3] or 0)


def is_title(line: str) -> bool:
    """Whether a line is a heading in capitals: several words, no end of a sentence, nothing in brackets."""
    if not line.isupper() or " " not in line or not (line[-1].isalnum() and line[0].isalnum()):
        return False
    return sum(map(str.isalpha, line)) > 9


def is_time(line: str) -> bool:
    """Whether a line holds one printed time, or a range of two, and nothing else."""
    return _TIMES_ALONE.fullmatch(line.strip()) is not None


def is_scene(line: str) -> bool:
    """Whether a line is a note on what happened: (APPLAUSE), [crosstalk 00:01:02], (MUSIC PLAYING) — and no words."""
    text = line.strip().lstrip(">*_ ").rstrip("*_ ")
    if _SCENE.fullmatch(text) is None:
        return False
    return all(is_note(inner) for inner in BRACKETED.findall(text))


@lru_cache(maxsize=4096)
def shape_of(label: str) -> Shape:
    """What a label looks like, from its letters alone."""
    if is_numbered(label):
        return Shape.NUMBERED
    name = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", label).replace("?", " ")
    words = name.replace("/", " ").split()
    if _OFFICE.fullmatch(label):
        return Shape.ROLE
    if not name.strip():
        return Shape.ROLE if names_nobody(label) else Shape.OTHER
    if not 1 <= len(words) <= 14 or not words[0][0].isalnum() or any(word[-1] in ";!" for word in words):
        return Shape.OTHER
    if any(char.isdigit() for char in name.partition(",")[0]) or _YEAR.search(name):
        return Shape.OTHER
    if names_nobody(name) and len(words) <= 5:
        return Shape.ROLE
    if _in_capitals(words):
        return Shape.CAPS
    return Shape.NAME if _like_a_name(words, label) else Shape.OTHER


@lru_cache(maxsize=4096)
def in_capitals(label: str) -> bool:
    """Whether a label is printed in capitals, titles and particles apart."""
    words = re.sub(r"\([^()]*\)|\[[^\[\]]*\]|\?", " ", label).split()
    return bool(words) and _in_capitals(words)


def _in_capitals(words: list[str]) -> bool:
    """All capitals, but for titles (`Sen.`), particles (`de`), `Mc` and a plural s: Sen. McCAIN, DeBLASIO, O’MALLEY."""
    counted = [word for word in words if bare(word.strip(",")) not in TITLES | _LINKS]
    letters = "".join(counted or words)
    upper = sum(char.isupper() for char in letters)
    lower = sum(char.islower() for char in letters)
    return upper >= 1 and lower == 0 or (upper >= 3 and all(_capital_word(word) for word in counted))


def _capital_word(word: str) -> bool:
    return _CAPITAL_WORD.fullmatch(word) is not None


def _like_a_name(words: list[str], label: str) -> bool:
    """Every word capitalised, but for particles; at most six before a comma, and none a word that begins sentences."""
    before = re.split(r"[,(]", label, maxsplit=1)[0].split()
    if not 1 <= len(before) <= 6 or fold(before[0]).rstrip(".") in SENTENCE_WORDS:
        return False
    return all(_name_word(word) for word in words) and any(len(bare(word)) > 1 for word in words)


def _name_word(word: str) -> bool:
    inner = word.strip(",.'’\"“”")
    if not inner:
        return False
    return inner[0].isupper() or inner == "&" or inner.isdigit() or bare(inner) in _LINKS | SUFFIXES
