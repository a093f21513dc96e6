"""Who speaks in captions: voice spans, `>>` and `- ` where the voice changes, names printed before the words.

A name is taken only where the whole file speaks for it: captions are full of colons that introduce no speaker
(“at 7:30”, “Question: why”). Nobody is named by guessing; a voice without a name stays unknown.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from transcripts.formats.cues import Cue
from transcripts.formats.labels import SENTENCE_WORDS, Shape, is_scene, possible_label, shape_of
from transcripts.formats.paragraphs import Said
from transcripts.text import fold

_CHANGE = re.compile(r">{2,4}|≫")
_DASH = re.compile(r"[-–—‐]\s+(?=\S)|[-–—‐](?=[^\W\d_a-zß-öø-ÿ])")
_DASHES = frozenset("-–—‐")
_WRAPPED = re.compile(r"[\[(](?P<name>[^\[\]()]{1,80})[\])](?!:)\s*(?P<words>.*)")
_NOTES = ("♪", "♫", "🎵", "🎶")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
BEFORE_A_COLON = frozenset(
    """
    question questions answer answers source item items agenda motion motions resolution ordinance section article
    amendment vote votes ayes nays point reason problem issue result results topic subject date time place website email
    phone http https comment comments hearing report order business minutes call number pregunta respuesta fuente ejemplo
    """.split()
)
"""What stands before a colon in speech and names nobody, folded."""
_VERBS = frozenset("is are was were be that to you not have has had says said es son fue que".split())
_PLAIN_TO_SEE = frozenset({Shape.CAPS, Shape.ROLE, Shape.NUMBERED})
_LOOKED_AT = 2_000
_DENSE = 0.6
_EVERY = 0.95
_REPEATED = 0.2
_A_WORD_MS = 600


@dataclass(frozen=True)
class Voiced:
    """Words of one voice inside one caption. `mark` is what stands before them where the voice changes, else empty."""

    label: str | None
    said: Said
    mark: str = ""
    scene: bool = False


@dataclass(frozen=True)
class Voices:
    """All captions of a file by voice. `spans`: voices are named by spans. `carried`: a name holds until the next change."""

    voiced: tuple[Voiced, ...]
    spans: bool
    labels: bool
    carried: bool


@dataclass(frozen=True)
class _Bit:
    """A part of a caption before it is known which names the file uses: `name` is a name, if the file does.

    `bracketed`: printed as `[Name]:`. `wrapped`: printed as `[Name]` or `(Name)` with no colon.
    """

    text: str
    voice: str | None = None
    name: str | None = None
    rest: str = ""
    bracketed: bool = False
    wrapped: bool = False
    mark: str = ""
    scene: bool = False
    first: bool = False


def voices(cues: Sequence[Cue]) -> Voices:
    """The words of each caption with the voice that the file itself gives them, in the order of the file."""
    bits = [list(_bits(cue)) for cue in cues]
    names = _names_used(bits)
    spans = any(bit.voice for cue_bits in bits for bit in cue_bits)
    carried = bool(names) and not _on_every_caption(bits, names) and len(names) > 1
    voiced = tuple(_voiced(cues, bits, names, carried))
    return Voices(voiced, spans, bool(names), carried)


def _bits(cue: Cue) -> Iterator[_Bit]:
    first = True
    for span in cue.spans:
        found = _spoken_by(span.voice, span.text) if span.voice else _unattributed(span.text)
        for bit in found:
            yield replace(bit, first=first)
            first = False


def _spoken_by(voice: str, text: str) -> Iterator[_Bit]:
    words = " ".join(_CHANGE.sub(" ", text).split())
    if words:
        yield _Bit(words, voice=voice, scene=_is_scene(words))


def _unattributed(text: str) -> Iterator[_Bit]:
    """Lines outside any voice span, cut where the voice changes and where a name may stand."""
    held: list[_Bit] = []
    for bit in (bit for line in text.split("\n") for bit in _line_bits(line)):
        if held and (bit.mark or bit.name or bit.scene or held[-1].scene):
            waiting = not held[-1].text and not bit.mark
            if not waiting:
                yield _merged(held)
            bit = replace(bit, mark=held[-1].mark) if waiting else bit
            held = []
        held.append(bit)
    if held:
        yield _merged(held)


def _merged(bits: Sequence[_Bit]) -> _Bit:
    """A part and the unmarked lines after it; a mark that stood alone at the end of its line goes to the next words."""
    first = bits[0]
    text = " ".join(bit.text for bit in bits if bit.text)
    rest = " ".join([first.rest, *(bit.text for bit in bits[1:])]).strip() if first.name else ""
    return replace(first, text=text, rest=rest)


def _line_bits(line: str) -> Iterator[_Bit]:
    for i, part in enumerate(_CHANGE.split(line)):
        mark, words = ">>" if i else "", part.strip()
        dash = _DASH.match(words)
        if dash:
            mark, words = mark or "-", words[dash.end() :].strip()
        if words in _DASHES:
            mark, words = mark or "-", ""
        if words or mark:
            yield _part(words, mark, may_be_named=i == 0 or bool(mark))


def _part(words: str, mark: str, may_be_named: bool) -> _Bit:
    wrapped = _WRAPPED.fullmatch(words) if may_be_named else None
    if wrapped and _names_a_voice(wrapped["name"].strip()):
        return _Bit(words, name=wrapped["name"].strip(), rest=wrapped["words"], wrapped=True, mark=mark)
    if _is_scene(words):
        return _Bit(words, mark=mark, scene=True)
    label = possible_label(words) if may_be_named else None
    if label is None or label.tight and shape_of(label.label) is not Shape.CAPS:
        return _Bit(words, mark=mark)
    return _Bit(words, name=label.label, rest=label.rest, bracketed=label.marked, mark=mark)


def _names_a_voice(inside: str) -> bool:
    """Whether what stands in brackets looks like a name and not like applause."""
    shape = shape_of(inside)
    return shape is Shape.NUMBERED or (shape is not Shape.OTHER and not is_scene(f"[{inside}]"))


def _is_scene(words: str) -> bool:
    """Wholly a note on what is heard, such as [Applause] or ♪."""
    if words.startswith(_NOTES) or words.endswith(_NOTES):
        return True
    inside = words[1:-1]
    bracketed = words[:1] + words[-1:] in {"[]", "()"} and not any(char in inside for char in "[]()")
    return bracketed and any(char.isalpha() for char in inside)


def _names_used(bits: Sequence[Sequence[_Bit]]) -> frozenset[str]:
    """The folded names that this file puts before words, judged by shape, by how often and by where they stand."""
    seen = [bit for cue_bits in bits for bit in cue_bits if bit.name and _plausible(bit)]
    often = Counter(fold(bit.name or "") for bit in seen)
    shouting = _mostly_capitals(bits)
    recurring = sum(
        any(bit.first and bit.rest and often[fold(bit.name or "")] > 1 for bit in cue_bits) for cue_bits in bits
    )
    dense = recurring >= 3 and recurring >= _DENSE * sum(any(not bit.scene for bit in cue_bits) for cue_bits in bits)
    every = dense and _begun(bits) >= _EVERY
    sure = {
        fold(bit.name or "") for bit in seen if _stands_as_name(bit, often, shouting, dense) or (every and _once(bit))
    }
    apart = [bit.name or "" for bit in seen if not bit.wrapped]
    printed_so = {fold(name) for name in apart if shape_of(name) in _PLAIN_TO_SEE}
    if not shouting and len(sure | printed_so) > 1:
        sure |= printed_so
    return frozenset(sure)


def _begun(bits: Sequence[Sequence[_Bit]]) -> float:
    """The share of captions with words that begin with what may be a name."""
    spoken = [cue_bits[0] for cue_bits in bits if any(not bit.scene for bit in cue_bits)]
    return sum(bool(bit.name) and _plausible(bit) for bit in spoken) / max(len(spoken), 1)


def _once(bit: _Bit) -> bool:
    """Whether a name stands before words as all captions of a file begin that names somebody on each: a voice that comes once."""
    return bit.first and bit.rest != "" and shape_of(bit.name or "") is not Shape.OTHER


def _stands_as_name(bit: _Bit, often: Counter[str], shouting: bool, dense: bool) -> bool:
    name = bit.name or ""
    shape, times = shape_of(name), often[fold(name)]
    if bit.wrapped:
        return shape is Shape.NUMBERED or bool(bit.mark) or (dense and times > 1 and bit.rest != "")
    if bit.mark == ">>" or bit.bracketed or shape is Shape.NUMBERED or (dense and times > 1):
        return shape is not Shape.OTHER or times > 1
    if shape is Shape.OTHER or (shouting and shape not in _PLAIN_TO_SEE):
        return False
    return bool(bit.mark) or times > (1 if shape in _PLAIN_TO_SEE or " " in name else 2)


def _plausible(bit: _Bit) -> bool:
    """Could this be somebody's name or role, and not the start of a sentence with a colon in it?"""
    words = [fold(word).replace("’", "").replace("'", "") for word in _WORD.findall(bit.name or "")]
    if not words or words[0] in SENTENCE_WORDS - {"the"} or any(word in _VERBS for word in words[1:]):
        return False
    last = words[0] if shape_of(bit.name or "") in _PLAIN_TO_SEE else words[-1]
    return bit.mark == ">>" or not {words[0], last} & BEFORE_A_COLON


def _mostly_capitals(bits: Sequence[Sequence[_Bit]]) -> bool:
    upper = lower = 0
    for cue_bits in bits[:_LOOKED_AT]:
        for bit in cue_bits:
            words = bit.rest if bit.name else bit.text
            upper += sum(char.isupper() for char in words)
            lower += sum(char.islower() for char in words)
    return upper > lower


def _on_every_caption(bits: Sequence[Sequence[_Bit]], names: frozenset[str]) -> bool:
    """Whether the name is printed again while the same voice goes on: then a caption without one belongs to nobody."""
    labels = [fold(cue_bits[0].name) if cue_bits and cue_bits[0].name else None for cue_bits in bits]
    named = [label if label in names else None for label in labels]
    again = sum(label is not None and label == before for before, label in zip(named, named[1:], strict=False))
    return again > 0 and again >= _REPEATED * sum(label is not None for label in named)


def _voiced(
    cues: Sequence[Cue], bits: Sequence[Sequence[_Bit]], names: frozenset[str], carried: bool
) -> Iterator[Voiced]:
    current: str | None = None
    waiting = ""
    wrapped = any(bit.wrapped and fold(bit.name or "") in names for cue_bits in bits for bit in cue_bits)
    for i, (cue, cue_bits) in enumerate(zip(cues, bits, strict=True)):
        pause = _pause(cue, cues[i + 1]) if i + 1 < len(cues) else 0
        if not carried:
            current = None
        for bit, said in _timed(cue, cue_bits, pause):
            mark = bit.mark or waiting
            named = bit.name is not None and fold(bit.name) in names
            if named:
                current = bit.name
            elif mark or _doubtful(bit, wrapped):
                current = None
            words = bit.rest if named else bit.text
            waiting = "" if words else mark
            if words:
                scene = bit.scene or _is_scene(words)
                label = bit.voice or (None if bit.scene else current)
                yield Voiced(label, replace(said, text=words), mark, scene)


def _doubtful(bit: _Bit, wrapped: bool) -> bool:
    """A name by its look that the file does not bear out: the words are kept whole, and nobody's.

    In brackets without a colon it is one where the file prints names so (`wrapped`): else it is what is heard.
    """
    printed_so = not bit.wrapped or (wrapped and bit.rest != "")
    return bit.name is not None and printed_so and shape_of(bit.name) is not Shape.OTHER and _plausible(bit)


def _pause(cue: Cue, following: Cue) -> int:
    """The silence after a caption in ms; where each word is timed, from the end of the last word and not of its display."""
    until = cue.end_ms if cue.last_word_ms is None else min(cue.end_ms, cue.last_word_ms + _A_WORD_MS)
    return max(0, following.start_ms - until)


def _timed(cue: Cue, bits: Sequence[_Bit], pause: int) -> Iterator[tuple[_Bit, Said]]:
    """Each part of a caption with its share of the time by length."""
    whole = sum(len(bit.text) for bit in bits) or 1
    lasts = cue.end_ms - cue.start_ms
    done = 0
    for i, bit in enumerate(bits):
        start = cue.start_ms + lasts * done // whole
        done += len(bit.text)
        end = cue.start_ms + lasts * done // whole
        yield bit, Said(bit.text, start, end, pause if i == len(bits) - 1 else 0, cue.line, cue.ref)
