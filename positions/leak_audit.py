"""Pure: how well the leak check of the quote quiz finds what gives a speaker away, on sentences we invented and labelled by hand.

The list (data/leaks_labelled.tsv) marks what gives the speaker away as `[kind:words]`, with the kinds of `leaks.CUE_WORDS` and `own`
for what only neighbours know, which no pattern looks for. The people, parties and places are invented.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from positions.cells import Candidate
from positions.leaks import CUE_WORDS, Cue, cues, known_of
from transcripts.bilingual import Bilingual

OWN = "own"
"""The kind of label that no pattern looks for: an editor types such words into the list of a race."""
_LABEL = re.compile(rf"\[({'|'.join((*CUE_WORDS, OWN))}):([^\]]+)\]")
_KNOWN = known_of(
    (
        Candidate(
            "ines-calloway", "Ines Calloway", "Calloway, Ines", Bilingual("Reed Party", "Partido del Junco"), True
        ),
        Candidate("tom-bell-varga", "Tom Bell-Varga", "Bell-Varga, Tom"),
        Candidate("marta-quill", "Marta Quill", "Quill, Marta"),
    ),
    {"tom-bell-varga": ["Tommy Bell"]},
    Bilingual("Mayor", "Alcaldía"),
)


@dataclass(frozen=True)
class Label:
    """What gives the speaker away in a sentence: its kind, and where it stands (code points, half-open)."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Labelled:
    """An invented sentence, and everything in it that gives its speaker away."""

    lang: str
    text: str
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class Score:
    """What the check made of the sentences of a language (empty: of all).

    `found` of the `leaks` it looks for are touched by something it pointed at; `right` of the `pointed` touch a leak of any kind. `own`:
    leaks no pattern looks for. `missed` and `wrong` hold the words.
    """

    lang: str
    sentences: int
    leaks: int
    found: int
    pointed: int
    right: int
    own: int
    missed: tuple[str, ...]
    wrong: tuple[str, ...]

    @property
    def precision(self) -> float | None:
        """The share of what it points at that gives somebody away; None where it points at nothing."""
        return self.right / self.pointed if self.pointed else None

    @property
    def recall(self) -> float | None:
        """The share of what it looks for that it finds; None where there is nothing to find."""
        return self.found / self.leaks if self.leaks else None


@cache
def labelled() -> tuple[Labelled, ...]:
    """Every sentence of the list."""
    lines = (files("positions") / "data" / "leaks_labelled.tsv").read_text("utf-8").splitlines()
    return tuple(_read(*line.split("\t", 1)) for line in lines)


def scores() -> tuple[Score, ...]:
    """Of each language, and of all together last."""
    every = labelled()
    langs = dict.fromkeys(one.lang for one in every)
    return (*(_score(lang, [one for one in every if one.lang == lang]) for lang in langs), _score("", every))


def _read(lang: str, marked: str) -> Labelled:
    text, labels, at = "", [], 0
    for match in _LABEL.finditer(marked):
        text += marked[at : match.start()]
        labels.append(Label(match[1], len(text), len(text) + len(match[2])))
        text += match[2]
        at = match.end()
    return Labelled(lang, text + marked[at:], tuple(labels))


def _score(lang: str, sentences: Iterable[Labelled]) -> Score:
    held = tuple(sentences)
    looked = [(one, _places(one)) for one in held]
    sought = [(one, label, spots) for one, spots in looked for label in one.labels if label.kind != OWN]
    missed = tuple(one.text[label.start : label.end] for one, label, spots in sought if not _touched(label, spots))
    pointed = [(one, spot) for one, spots in looked for spot in spots]
    wrong = tuple(
        one.text[slice(*spot)] for one, spot in pointed if not any(_meet(label, spot) for label in one.labels)
    )
    own = sum(label.kind == OWN for one in held for label in one.labels)
    return Score(
        lang,
        len(held),
        len(sought),
        len(sought) - len(missed),
        len(pointed),
        len(pointed) - len(wrong),
        own,
        missed,
        wrong,
    )


def _places(one: Labelled) -> list[tuple[int, int]]:
    """Where the words stand that the check points at."""
    return [spot for cue in cues(one.text, _KNOWN, one.lang) for spot in _every(one.text, cue)]


def _every(text: str, cue: Cue) -> Iterator[tuple[int, int]]:
    return (match.span() for match in re.finditer(rf"(?<!\w){re.escape(cue.words)}(?!\w)", text))


def _touched(label: Label, spots: Iterable[tuple[int, int]]) -> bool:
    return any(_meet(label, spot) for spot in spots)


def _meet(label: Label, spot: tuple[int, int]) -> bool:
    return label.start < spot[1] and spot[0] < label.end
