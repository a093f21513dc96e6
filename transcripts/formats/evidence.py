"""Pure: which lines that may begin with a name really do. A false name is the worst fault, so each needs evidence.

A role with a number or a time printed beside the name is evidence; so are capitals in a text that is not all in
capitals. A name in ordinary letters has to come back, or look like the names that do and be spoken of elsewhere.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from transcripts.formats.headings import SUBJECTS, is_heading
from transcripts.formats.labels import SENTENCE_WORDS, Possible, Shape, in_capitals, is_scene, shape_of
from transcripts.formats.layout import Facts, Line
from transcripts.names import PARTICLES, TITLES, bare, parse_name

_ASKED = frozenset({"question", "answer", "pregunta", "respuesta", "q", "a", "p", "r"})
_PAIRS = (("q", "a"), ("question", "answer"), ("pregunta", "respuesta"), ("p", "r"))

_NONE_COMES_BACK = 6
_INITIALS = 3
"""Letters of the longest initials."""
_NO_NAMES = TITLES | PARTICLES


@dataclass(frozen=True)
class Believed:
    """The labels that are believed, by index of their line, and the doubtful ones: they may be names, and may be words."""

    labels: Mapping[int, Possible]
    doubtful: Mapping[int, Possible]


def key_of(label: str) -> str:
    """What two prints of one label share: titles and name, folded, without notes, full stops or marks of doubt."""
    name = parse_name(label)
    return " ".join((*name.titles, name.core)).strip()


def believe(possible: Mapping[int, Possible], lines: Sequence[Line], body: Iterable[int], facts: Facts) -> Believed:
    """Which of the labels that may stand at the start of lines are labels. `body` are the lines below the header."""
    case = _Case(possible, lines, facts)
    case.beginnings = sum(case.begins(i) and not case.under(i) and not is_scene(lines[i].text) for i in body)
    keys = case.sure()
    keys |= case.recurring(keys)
    keys |= case.known(keys)
    keys |= case.alone(keys) if keys else case.wholly()
    keys |= case.initials(keys)
    believed = case.lines_of(keys)
    headings = sum(is_heading(label.label) for label in possible.values())
    if not _plausible(believed, headings) and not any(lines[i].change for i in believed):
        return Believed({}, {})
    return Believed(believed, {i: possible[i] for i in case.doubtful(keys) if i not in believed})


def _plausible(believed: Mapping[int, Possible], headings: int) -> bool:
    """One name once is no transcript, and neither are names none of which comes back: many of them, or among headings."""
    counted = Counter(key_of(label.label) for label in believed.values())
    if len(believed) < 2 or (len(counted) == 1 and len(believed) < 3):
        return False
    if max(counted.values()) > 1:
        return True
    roles = any(shape_of(label.label) in {Shape.ROLE, Shape.NUMBERED} for label in believed.values())
    return headings < max(3, len(believed) / 2) and (roles or len(believed) < _NONE_COMES_BACK)


class _Case:
    """All labels of one text that may be names, grouped by what their prints share.

    `open` are the lines on which a new voice could begin: not in the middle of a sentence broken over lines; `placed`
    are those of each group.
    """

    def __init__(self, possible: Mapping[int, Possible], lines: Sequence[Line], facts: Facts) -> None:
        self.possible = possible
        self.lines = lines
        self.facts = facts
        self.groups: dict[str, list[int]] = defaultdict(list)
        for i, label in possible.items():
            if not is_heading(label.label):
                self.groups[key_of(label.label)].append(i)
        self.shapes = {key: self._shape(at) for key, at in self.groups.items()}
        self.open = {i for i, line in enumerate(lines) if line.rested or line.change or not facts.wrapped}
        self.placed = {key: [i for i in at if i in self.open] for key, at in self.groups.items()}
        self.beginnings = 0
        self.spaced = sum(line.apart for line in lines[1:]) > len(lines) * 0.1

    def _shape(self, at: Sequence[int]) -> Shape:
        """The strongest shape that a label of one group has."""
        shapes = {shape_of(self.possible[i].label) for i in at}
        return next(shape for shape in Shape if shape in shapes)

    def under(self, i: int) -> bool:
        """Whether a line stands right under a possible label that has no words beside it."""
        above = self.possible.get(i - 1)
        return above is not None and not above.rest

    def first(self, key: str) -> str:
        return self.possible[self.groups[key][0]].label

    def capital(self, key: str) -> bool:
        """Whether the group is printed in capitals where capitals mean something."""
        return not self.facts.capitals and any(in_capitals(self.possible[i].label) for i in self.groups[key])

    def begins(self, i: int) -> bool:
        """Whether a line begins a paragraph, in texts that have any."""
        line = self.lines[i]
        return line.apart or line.change or line.glued or (not self.spaced and (line.rested or not self.facts.wrapped))

    def lines_of(self, keys: set[str]) -> dict[int, Possible]:
        """All lines of these groups on which the label can stand as it is printed there."""
        return {
            i: self.possible[i] for i in sorted(i for key in keys for i in self.groups[key] if self._stands(key, i))
        }

    def _stands(self, key: str, i: int) -> bool:
        """Whether a believed label begins this line: in capitals or in full anywhere, else where a voice could begin."""
        label = self.possible[i]
        capital = in_capitals(label.label)
        if label.tight and not capital:
            return False
        if label.label[0].islower():
            return i in self.open and self.begins(i)
        return i in self.open or (len(self.placed[key]) > 1 and (capital or " " in key))

    def sure(self) -> set[str]:
        """Groups that need no other evidence than their own print."""
        return {key for key in self.groups if self.placed[key] and self._sure(key)}

    def _sure(self, key: str) -> bool:
        labels = [self.possible[i] for i in self.placed[key]]
        shape = self.shapes[key]
        if any(label.timed for label in labels):
            return len(labels[0].label.split()) <= 6
        if shape is Shape.NUMBERED or (shape is not Shape.OTHER and self._marked(key)):
            return True
        if len(key) == 1 and self._lettered:
            return len(self.placed[key]) > 1
        if self.capital(key):
            return (shape is Shape.ROLE and len(key) > 1) or not self._acronym(key)
        if key in _ASKED:
            return self._paired(key)
        lower = self.first(key)[0].islower()
        return shape is Shape.ROLE and (len(labels) > (2 if lower else 1) or (not lower and self._begins_once(key)))

    def _marked(self, key: str) -> bool:
        """Whether `>>` stands before a label of the group, or it is set off and comes back; bold headings stand once."""
        return any(self.lines[i].change for i in self.placed[key]) or (
            len(self.placed[key]) > 1
            and self._set_off(key)
            and (self.shapes[key] is Shape.ROLE or self.capital(key) or self._namelike(key))
        )

    def _set_off(self, key: str) -> bool:
        return any(self.possible[i].marked for i in self.placed[key])

    def _begins_once(self, key: str) -> bool:
        return any(self.begins(i) for i in self.placed[key]) and (self.spaced or len(self.possible) > 3)

    @cached_property
    def _lettered(self) -> bool:
        """Whether two letters or more begin half of the paragraphs: `I:` and `R:` of an interview."""
        counts = [len(at) for key, at in self.placed.items() if len(key) == 1]
        return len(counts) > 1 and sum(counts) * 2 >= self.beginnings

    def _paired(self, key: str) -> bool:
        """Question is a label where Answer is another, and often enough."""
        partner = next(other for pair in _PAIRS for other in pair if key in pair and other != key)
        return len(self.placed[key]) > 1 and bool(self.groups.get(partner))

    def _acronym(self, key: str) -> bool:
        """A single word that also stands in capitals inside the prose (NAFTA), or a word no name begins with."""
        label = self.first(key)
        if bare(label.split()[0]) in SENTENCE_WORDS or len(label) < 2:
            return not self._paired(key) if key in _ASKED else True
        return self.facts.acronyms[label.strip()] > len(self.groups[key])

    def recurring(self, sure: set[str]) -> set[str]:
        """Names in ordinary letters that come back, unlike any words of the prose."""
        names = {key for key in self.groups if key not in sure and self._namelike(key)}
        ordinary = sum(len(self.placed[key]) for key in names)
        capitals = sum(len(self.placed[key]) for key in sure if self.capital(key))
        single = sum(len(self.placed[key]) for key in names if " " not in key)
        least = 2 if ordinary >= capitals else 3
        least_single = least if single * 2 > ordinary else 3
        found = {key for key in names if len(self.placed[key]) >= (least if " " in key else least_single)}
        return found | {key for key in self.groups if key in _ASKED and found and len(self.placed[key]) > 1}

    def _namelike(self, key: str) -> bool:
        """Whether the letters are those of a name and not of common words; in a text in capitals only its length tells."""
        if self.facts.capitals and in_capitals(self.first(key)):
            return 0 < len(key.split()) <= 5 and bare(key.partition(" ")[0]) not in SENTENCE_WORDS
        words = [word for word in key.split() if word not in _NO_NAMES and len(word) > 1]
        if self.shapes[key] is not Shape.NAME:
            return False
        return any(word not in SUBJECTS and word not in self.facts.common for word in words)

    def known(self, believed: set[str]) -> set[str]:
        """Other prints of names already believed: Christie beside CHRISTIE, Hal Bruno beside Bruno."""
        names = [parse_name(self.first(key)) for key in believed if self.shapes[key] is not Shape.ROLE]
        cores = {name.core for name in names if name.core}
        words = {word for core in cores for word in core.split() if len(word) > 2}
        surnames = {name.surname for name in names if len(name.surname) > 2}
        return {key for key in self.groups if key not in believed and self._prints(key, cores, words, surnames)}

    def _prints(self, key: str, cores: set[str], words: set[str], surnames: set[str]) -> bool:
        name = parse_name(self.first(key))
        if not name.core or not any(self.begins(i) for i in self.placed[key]):
            return False
        full = bool(name.given) and name.surname in surnames
        return name.core in cores or (
            self._namelike(key) and (full or all(word in words for word in name.core.split()))
        )

    def alone(self, believed: set[str]) -> set[str]:
        """Names printed once, in a text whose labels are such names, and spoken of elsewhere or wholly labelled."""
        lines = [i for key in believed for i in self.placed[key]]
        capitals = sum(in_capitals(self.possible[i].label) for i in lines)
        every = self._on_all(believed | set(self._single(believed)), 0.9)
        singles = self._single(believed, every)
        return {
            key
            for key in singles
            if in_capitals(self.first(key)) is (capitals * 2 > len(lines))
            and (every or self._set_off(key) or self._spoken_of(key))
        }

    def initials(self, believed: set[str]) -> set[str]:
        """`DO` and `L` beside `MT` and `IB`: letters that are words too, where with them every paragraph has a label so short."""
        short = {key for key in believed if len(self.first(key)) <= _INITIALS and in_capitals(self.first(key))}
        if len(short) < 2 or short != believed or self.facts.capitals:
            return set()
        left = {
            key
            for key in self.groups
            if key not in believed and len(self.first(key)) <= _INITIALS and in_capitals(self.first(key))
        }
        return left if left and self._on_all(believed | left) else set()

    def _on_all(self, keys: set[str], share: float = 1.0) -> bool:
        """Whether labels of these groups begin (nearly) every paragraph."""
        return sum(self.begins(i) for key in keys for i in self.groups[key]) >= self.beginnings * share

    def wholly(self) -> set[str]:
        """All labels of a text too short for names to come back, where full names begin every paragraph."""
        names = [key for key in self.groups if self._namelike(key) and not set(key.split()) & SUBJECTS]
        keys = {key for key in names if " " in key or self._set_off(key)}
        return keys if len(keys) > 1 and self._on_all(keys) else set()

    def _single(self, believed: set[str], every: bool = False) -> list[str]:
        """Groups not believed that look like names; where `every` paragraph is labelled, also common words (Photographer)."""
        return [
            key
            for key in self.groups
            if key not in believed
            and (self._namelike(key) or (every and self.shapes[key] is Shape.NAME))
            and any(self.begins(i) for i in self.placed[key])
        ]

    def _spoken_of(self, key: str) -> bool:
        """Whether a name of several words begins with a title, or one of them stands elsewhere than in its labels."""
        name = parse_name(self.first(key))
        if name.titles and name.core:
            return True
        if " " not in key:
            return False
        words = [word for word in key.split() if word not in _NO_NAMES and len(word) > 2]
        return any(self.facts.words[word] > len(self.groups[key]) for word in words)

    def doubtful(self, believed: set[str]) -> list[int]:
        """Lines that may begin with a name in a text whose labels look like it."""
        lines = [i for key in believed for i in self.groups[key]]
        if sum(self.capital(key) * len(self.groups[key]) for key in believed) * 2 > len(lines):
            return []
        return [i for key in self._single(believed) for i in self.placed[key] if self.begins(i)]
