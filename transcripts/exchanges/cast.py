"""Who asks and who answers at a forum, told from the labels and from how they speak; and who is addressed in a sentence."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, zip_longest
from types import MappingProxyType

from transcripts.exchanges.sentences import asks, sentences, without_asides, words
from transcripts.exchanges.turns import Said, heard
from transcripts.exchanges.words import EMPTY, TIME, TURNING, WELCOME
from transcripts.identity import identify
from transcripts.text import fold
from transcripts.vocabulary import Role
from transcripts.voices import Voice, fold_labels

ASKERS = frozenset({Role.MODERATOR, Role.QUESTIONER, Role.AUDIENCE})

NOBODY: Mapping[str, Role] = MappingProxyType({})
"""No role known beforehand."""

_TAIL = 25
"""Words at the end of a turn in which the next speaker is named."""

_END = 1_500
"""Code points at the end of a turn that hold its last two sentences: whether they ask is all that is wanted of them."""

_SURE = 0.45
_FEW = 4
_OPENING = 6
_WORDY = 50
_SHARE = 0.35
_LITTLE = 0.1

_TITLE_WORDS = frozenset(
    "mayor councilman councilwoman councilor councillor councilmember alderman alderwoman senator governor secretary "
    "congressman congresswoman representative commissioner supervisor judge sheriff president chief superintendent "
    "alcalde alcaldesa concejal concejala senador senadora gobernador gobernadora".split()
)


_CALLED = re.compile(r"\b([^\W\d_]{5,}) ([A-ZÀ-Þ][^\W\d_]+)")


@dataclass
class _Habits:
    """How one voice speaks: counts over its turns."""

    turns: int = 0
    words: int = 0
    asked: int = 0
    gave: int = 0
    """Turns that name whoever speaks next."""
    got: int = 0
    """Turns whose speaker was named just before."""
    managed: int = 0
    """Turns that keep time or announce a subject."""
    followed: int = 0
    """Turns after which somebody speaks at least three times as long."""
    opened: bool = False
    places: list[int] = field(default_factory=list)

    @property
    def evidence(self) -> float:
        """How much this voice speaks like a moderator."""
        return (self.gave - self.got + self.asked + self.managed) / self.turns + (0.5 if self.opened else 0.0)

    @property
    def length(self) -> float:
        """Words a turn."""
        return self.words / self.turns


@dataclass(frozen=True, eq=False)
class Cast:
    """The voices of a forum. `roles` and `voice` are by printed label; `names` are what each voice may be called by."""

    voice: dict[str, int]
    roles: dict[str, Role]
    names: tuple[frozenset[str], ...]
    titles: tuple[frozenset[str], ...]

    def asks(self, label: str | None) -> bool:
        """Whether the voice of a label asks questions here."""
        return self.roles.get(label or "") in ASKERS

    def answers(self, label: str | None) -> bool:
        """Whether the voice of a label is one of those who are asked."""
        return self.roles.get(label or "") is Role.CANDIDATE

    def everybody(self) -> frozenset[str]:
        """Every name of those present, folded."""
        return frozenset().union(*self.names)

    def named(self, words_said: Sequence[str]) -> set[int]:
        """The voices of those asked that some words name, by name or by a title only one of them has."""
        said = [word if word.isascii() and word.islower() else fold(word) for word in words_said]
        asked = {self.voice[label] for label, role in self.roles.items() if role is Role.CANDIDATE}
        alone = {word for word, after in zip_longest(said, said[1:], fillvalue="") if not after or after in EMPTY}
        titled = ({voice for voice in asked if word in self.titles[voice]} for word in alone)
        named = {voice for voice in asked if not self.names[voice].isdisjoint(said)}
        return named.union(*(one for one in titled if len(one) == 1))


def cast(turns: Sequence[Said], known: Mapping[str, Role] = NOBODY) -> Cast:
    """The voices of these turns and their roles; `known` roles, by printed label, are believed."""
    spoken = [turns[at] for at in heard(turns)]
    labels = [turn.label or "" for turn in spoken]
    voices = fold_labels(labels)
    voice = {label: number for number, one in enumerate(voices) for label in one.labels}
    names = tuple(_names(one) for one in voices)
    spoken_to = _called(spoken, names)
    titles = tuple(
        frozenset(fold(title) for label in one.labels for title in _titles(label)) | spoken_to[number]
        for number, one in enumerate(voices)
    )
    habits = _habits(spoken, voice, names)
    found = _roles(voices, habits, [_known(one, known) for one in voices])
    return Cast(voice, {label: found[number] for label, number in voice.items()}, names, titles)


def roles(turns: Sequence[Said], known: Mapping[str, Role] = NOBODY) -> dict[str, Role]:
    """The role of every printed label: the one known, else what the label says, else what its voice does.

    CANDIDATE stands for whoever is asked and answers; a hearing or a council meeting may call them something else.
    UNKNOWN where neither the label nor the behaviour tells.
    """
    return cast(turns, known).roles


def _known(voice: Voice, known: Mapping[str, Role]) -> Role:
    """The role known for one of the labels of a voice, else the one they state."""
    return next((known[label] for label in voice.labels if label in known), voice.role)


def _names(voice: Voice) -> frozenset[str]:
    """Surname and first names, folded; initials and role words are no names."""
    found = [identify(label) for label in voice.labels]
    parts = [part for one in found if not one.nobody for part in (*one.surname.split(), one.surname, *one.given)]
    return frozenset(name for part in parts if len(name := fold(part).strip(".").replace("’", "'")) > 2)


def _titles(label: str) -> list[str]:
    return [word for word in re.findall(r"[^\W\d_]+", label) if fold(word) in _TITLE_WORDS]


def _called(spoken: Sequence[Said], names: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    """The titles each voice is called by: who is spoken to as Mayor Vance once is meant by “Mayor?”, too."""
    found: list[set[str]] = [set() for _ in names]
    for title, name in {pair for turn in spoken for pair in _CALLED.findall(turn.text)}:
        if fold(title) in _TITLE_WORDS:
            bearers = [n for n, own in enumerate(names) if fold(name) in own]
            if len(bearers) == 1:
                found[bearers[0]].add(fold(title))
    return [frozenset(titles) for titles in found]


def _habits(spoken: Sequence[Said], voice: dict[str, int], names: Sequence[frozenset[str]]) -> list[_Habits]:
    found = [_Habits() for _ in names]
    runs = [
        (own, without_asides(" ".join(turn.text for turn in run)))
        for own, run in groupby(spoken, key=lambda turn: voice[turn.label or ""])
    ]
    for at, (own, said) in enumerate(runs):
        habits = found[own]
        end = said[-_END:]
        count = len(words(said))
        habits.turns += 1
        habits.words += count
        habits.places.append(at)
        habits.asked += "?" in end and any(asks(part) for part in sentences(end)[-2:])
        habits.managed += bool(TIME.search(said) or TURNING.search(said))
        habits.opened |= at < _OPENING and WELCOME.search(said) is not None and count > 20
        if at + 1 < len(runs):
            _pass(found, own, runs[at + 1][0], said, names)
            habits.followed += len(words(runs[at + 1][1])) >= 3 * count
    return found


def _pass(found: list[_Habits], own: int, following: int, said: str, names: Sequence[frozenset[str]]) -> None:
    """Count a turn that names whoever speaks next."""
    tail = {(word if word.isascii() else fold(word)).removesuffix("'s") for word in words(said)[-_TAIL:]}
    if names[following] & tail:
        found[own].gave += 1
        found[following].got += 1


def _roles(voices: Sequence[Voice], habits: Sequence[_Habits], stated: Sequence[Role]) -> list[Role]:
    nobody = [
        role is Role.UNKNOWN and identify(voice.labels[0]).nobody is not None
        for voice, role in zip(voices, stated, strict=True)
    ]
    open_ = [n for n, role in enumerate(stated) if role is Role.UNKNOWN and not nobody[n]]
    managers = [
        n for n in open_ if habits[n].turns > _FEW and habits[n].gave >= habits[n].got and habits[n].evidence >= _SURE
    ]
    rest = [n for n in open_ if n not in managers]
    most = max(
        (habits[n].words for n in (*rest, *(i for i, role in enumerate(stated) if role is Role.CANDIDATE))), default=0
    )
    found = list(stated)
    for n in managers:
        found[n] = Role.MODERATOR
    for n in rest:
        found[n] = _lesser(habits[n], most)
    return [_sure(n, voices, found) for n in range(len(voices))]


def _sure(number: int, voices: Sequence[Voice], found: Sequence[Role]) -> Role:
    """A label the transcript itself doubts (BUSH (?)) has the role of the one voice it may be."""
    own = identify(voices[number].labels[0])
    if not own.doubtful:
        return found[number]
    same = [n for n, voice in enumerate(voices) if n != number and identify(voice.labels[0]).surname == own.surname]
    return found[same[0]] if len(same) == 1 else found[number]


def _lesser(habits: _Habits, most: int) -> Role:
    """The role of a voice that does not run the forum: answers at length, or puts a question or two."""
    asking = habits.asked / habits.turns
    if habits.words >= _SHARE * most and asking < 0.5:
        return Role.CANDIDATE
    if habits.turns > _FEW and habits.length >= _WORDY and asking < 0.3:
        return Role.CANDIDATE
    if asking >= 0.3 or habits.followed * 2 >= habits.turns:
        spread = habits.places[-1] - habits.places[0]
        return Role.QUESTIONER if habits.turns > 1 and spread > 5 * habits.turns else Role.AUDIENCE
    if habits.turns > _FEW and habits.got and habits.words >= _LITTLE * most:
        return Role.CANDIDATE
    return Role.QUESTIONER if habits.got and habits.words < _LITTLE * most else Role.UNKNOWN
