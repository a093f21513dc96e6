"""Pure: which lines that may begin with a name really do. A false name is the worst fault, so each needs evidence.

A role with a number or a time printed beside the name is evidence; so are capitals in a text that is not all in
capitals. A name in ordinary letters has to come back, or look like the names that do and be spoken of elsewhere.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from transcripts.formats.labels import SENTENCE_WORDS, Possible, Shape, shape_of
from transcripts.formats.layout import Facts, Line
from transcripts.names import PARTICLES, TITLES, bare, parse_name

_ASKED = frozenset({"question", "answer", "pregunta", "respuesta", "q", "a", "p", "r"})
_PAIRS = (("q", "a"), ("question", "answer"), ("pregunta", "respuesta"), ("p", "r"))

HEADINGS = frozenset(
    """
    title date time place location venue sponsor sponsors event subject source sources transcript copyright network program
    show duration length url link file filename language video audio published author publisher headline by byline credit
    credits speakers participants panelists attendees attendance aired series episode job order transcription transcribed
    ayes nays noes yeas nay aye abstain abstained abstentions absent present excused recused motion motions moved mover
    second seconded seconder vote votes voting result results action resolution ordinance item items agenda recommendation
    recommendations discussion attachment attachments exhibit appendix figure table topic topics section part chapter
    segment round quorum adjournment adjourned minutes invocation announcements contact phone email fax website address to
    from cc re total yes no summary purpose issue issues background introduction conclusion policy goal goals step steps
    opening closing statement statements breaking exclusive analysis opinion timeline live photos amendment
    título fecha hora lugar participantes ponentes fuente fuentes asunto tema temas moción votación acta orden
    """.split()
)
"""Words that begin headings, minutes and boxes of a page, never the label of a voice, folded."""

_PHRASES = frozenset(
    """
    call to order|roll call|public comment|public comments|public hearing|public hearings|new business|old business|
    unfinished business|consent agenda|consent calendar|approval of minutes|pledge of allegiance|fiscal impact|staff report|
    closed session|executive session|next meeting|staff present|members present|members absent|others present|also present|
    in attendance|social security|health care|national security|foreign policy|climate change|gun control|election 2016
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)


@dataclass(frozen=True)
class Believed:
    """The labels that are believed, by index of their line, and the doubtful ones, which are left as words."""

    labels: Mapping[int, Possible]
    doubtful: Mapping[int, Possible]


def key_of(label: str) -> str:
    """What two prints of one label share: titles and name, folded, without notes, full stops or marks of doubt."""
    name = parse_name(label)
    return " ".join((*name.titles, name.core)).strip()


def is_heading(label: str) -> bool:
    """Whether a label is the heading of a list, a vote or a box and not of a voice."""
    words = [bare(word) for word in label.replace("/", " ").split()]
    return not words or words[0] in HEADINGS or " ".join(words) in _PHRASES or words[-1] in {"news", "update", "box"}


def believe(possible: Mapping[int, Possible], lines: Sequence[Line], facts: Facts) -> Believed:
    """Which of the labels that may stand at the start of lines are labels."""
    case = _Case(possible, lines, facts)
    keys = case.sure()
    keys |= case.recurring(keys)
    keys |= case.alone(keys)
    believed = case.lines_of(keys | case.known(keys))
    if not _plausible(believed):
        return Believed({}, {})
    doubtful = {i: possible[i] for i in case.candidates if i not in believed and lines[i].apart}
    return Believed(believed, {i: label for i, label in doubtful.items() if shape_of(label.label) is Shape.NAME})


def _plausible(believed: Mapping[int, Possible]) -> bool:
    """One name once is no transcript."""
    return len(believed) > 1 and (len({key_of(label.label) for label in believed.values()}) > 1 or len(believed) > 2)


class _Case:
    """All labels of one text that may be names, grouped by what their prints share."""

    def __init__(self, possible: Mapping[int, Possible], lines: Sequence[Line], facts: Facts) -> None:
        self.possible = possible
        self.lines = lines
        self.facts = facts
        self.groups: dict[str, list[int]] = defaultdict(list)
        for i, label in possible.items():
            if not is_heading(label.label):
                self.groups[key_of(label.label)].append(i)
        self.candidates = {
            i for at in self.groups.values() for i in at if lines[i].rested or lines[i].change or not facts.wrapped
        }
        self.apart = max(sum(line.apart for line in lines), 1)

    def shape(self, key: str) -> Shape:
        """The strongest shape that a label of this group has."""
        shapes = {shape_of(self.possible[i].label) for i in self.groups[key]}
        return next(shape for shape in Shape if shape in shapes)

    def placed(self, key: str) -> list[int]:
        return [i for i in self.groups[key] if i in self.candidates]

    def lines_of(self, keys: set[str]) -> dict[int, Possible]:
        found = sorted(i for key in keys for i in self.placed(key))
        return {i: self.possible[i] for i in found if not self.possible[i].tight or self._is_set(i)}

    def _is_set(self, i: int) -> bool:
        """A label without a space after its colon is one only in capitals."""
        return shape_of(self.possible[i].label) in {Shape.CAPS, Shape.NUMBERED}

    def sure(self) -> set[str]:
        """Groups that need no other evidence than their own print."""
        return {key for key in self.groups if self.placed(key) and self._sure(key)}

    def _sure(self, key: str) -> bool:
        labels = [self.possible[i] for i in self.placed(key)]
        shape = self.shape(key)
        if shape is Shape.NUMBERED:
            return True
        if any(label.timed for label in labels):
            return len(labels[0].label.split()) <= 6
        if any(label.marked for label in labels) and shape is not Shape.OTHER:
            return True
        if key in _ASKED:
            return self._paired(key)
        if shape is Shape.ROLE:
            return len(labels) > 1 or any(self.lines[i].apart for i in self.placed(key))
        return shape is Shape.CAPS and not self.facts.capitals and not self._acronym(key)

    def _paired(self, key: str) -> bool:
        """QUESTION in capitals is a label; Question is one where Answer is another, and often enough."""
        partner = next(other for pair in _PAIRS for other in pair if key in pair and other != key)
        capital = self.possible[self.groups[key][0]].label.isupper() and len(key) > 1 and not self.facts.capitals
        return capital or (len(self.placed(key)) > 1 and bool(self.groups.get(partner)))

    def _acronym(self, key: str) -> bool:
        """A single word that also stands in capitals inside the prose (NAFTA) or never begins a name."""
        label = self.possible[self.groups[key][0]].label
        first = bare(label.split()[0]) if label.split() else ""
        if first in SENTENCE_WORDS or len(label) < 2:
            return True
        return self.facts.acronyms[label.strip()] > len(self.groups[key])

    def recurring(self, sure: set[str]) -> set[str]:
        """Names in ordinary letters that come back, unlike any words of the prose."""
        capitals = sum(len(self.placed(key)) for key in sure if self.shape(key) is Shape.CAPS)
        names = {key for key in self.groups if key not in sure and self._namelike(key)}
        ordinary = sum(len(self.placed(key)) for key in names)
        least = 2 if ordinary >= capitals else 3
        single = sum(len(self.placed(key)) for key in names if len(key.split()) == 1)
        often = 2 if single * 2 > ordinary else 3
        found = {
            key for key in names if len(self.placed(key)) >= (least if len(key.split()) > 1 else max(least, often))
        }
        return found | {key for key in self.groups if key in _ASKED and found and len(self.placed(key)) > 1}

    def _namelike(self, key: str) -> bool:
        shape = self.shape(key)
        if shape is Shape.CAPS and (self.facts.capitals or self._acronym(key)):
            return self.facts.capitals and len(key.split()) <= 4 and key.partition(" ")[0] not in SENTENCE_WORDS
        words = [word for word in key.split() if word not in TITLES | PARTICLES and len(word) > 1]
        return shape is Shape.NAME and any(word not in self.facts.lower for word in words)

    def alone(self, believed: set[str]) -> set[str]:
        """Full names printed once, in a text whose labels are such names, and spoken of elsewhere or wholly labelled."""
        lines = [i for key in believed for i in self.placed(key)]
        ordinary = sum(shape_of(self.possible[i].label) is Shape.NAME for i in lines)
        if ordinary * 2 < len(lines) or len(lines) < 2:
            return set()
        every = sum(self.lines[i].apart for i in lines) > self.apart * 0.8
        return {
            key
            for key in self.groups
            if key not in believed
            and self._namelike(key)
            and len(self.placed(key)) == 1
            and len(key.split()) > 1
            and self.lines[self.placed(key)[0]].apart
            and (every or self._spoken_of(key))
        }

    def _spoken_of(self, key: str) -> bool:
        """Whether a word of the name stands elsewhere in the text than in the label."""
        own = set(self.groups[key])
        words = [word for word in key.split() if word not in TITLES | PARTICLES and len(word) > 2]
        return any(word in bare(line.text) for i, line in enumerate(self.lines) if i not in own for word in words)

    def known(self, believed: set[str]) -> set[str]:
        """Other prints of names already believed: Christie beside CHRISTIE, President Trump beside Donald Trump."""
        cores = {parse_name(self.possible[self.groups[key][0]].label).core for key in believed}
        words = {word for core in cores for word in core.split() if len(word) > 2}
        return {key for key in self.groups if key not in believed and self._prints(key, cores, words)}

    def _prints(self, key: str, cores: set[str], words: set[str]) -> bool:
        name = parse_name(self.possible[self.groups[key][0]].label)
        if not name.core or not any(self.lines[i].apart for i in self.placed(key)):
            return False
        return name.core in cores or (self._namelike(key) and all(word in words for word in name.core.split()))
