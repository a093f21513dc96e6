"""What counts as the same word when a quotation is compared with the record, and what does not count at all.

- Case, accents (not ñ), punctuation, hyphens and the shape of quotation marks and apostrophes do not count.
- A contraction is its long form where that is certain: don't = do not, we're = we are, I've, they'll, can't, let's, and 's after a
  pronoun (it's = it is). *I'd* can be two things and is none of them.
- A number in figures is the number in words (15 = fifteen, 2,000 = two thousand, $5 million = five million dollars, 20% = 20 percent);
  so are 1st and first.
- Hesitations (uh, um, eh) and notes in brackets (APPLAUSE, [crosstalk]) are no words. What a transcript or an article puts in
  [square brackets] its author added: nobody said it.

Everything else counts, *not*, *no* and *never* always.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from transcripts.text import BRACKETED, fold, is_note
from transcripts.wording import NEGATIONS

MAX_WORD = 64
"""Longest word compared, in code points; the rest of a longer one is cut."""

_RUN = r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*"
_WORD = re.compile(
    rf"\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?|(?<![^\W_])[^\W\d_](?:\.[^\W\d_])+(?![^\W_])|{_RUN}(?:['’ʼ`´]{_RUN})*|[$€£%]"
)
_ADDED = re.compile(r"\[[^\[\]\n]{1,200}\]")
_CLITICS = {"re": "are", "ve": "have", "ll": "will", "m": "am"}
_IS = frozenset("it he she that what there here who where how when why this everything everyone everybody".split())
_HESITATIONS = frozenset("uh uhh um umm uhm er erm eh mm hm hmm".split())
_MONEY = {"$": "dollars", "€": "euros", "£": "pounds", "dollar": "dollars", "euro": "euros", "pound": "pounds"}
_SIGNS = ("$", "€", "£")
_SINGLE = {
    word: number
    for number, words in enumerate(
        """zero/cero one two/dos three/tres four/cuatro five/cinco six/seis seven/siete eight/ocho nine/nueve ten/diez eleven
        twelve/doce thirteen/trece fourteen/catorce fifteen/quince sixteen/dieciseis seventeen/diecisiete eighteen/dieciocho
        nineteen/diecinueve twenty/veinte veintiuno/veintiuna veintidos veintitres veinticuatro veinticinco veintiseis
        veintisiete veintiocho veintinueve""".split()
    )
    for word in words.split("/")
}
_TENS = {
    word: 10 * number
    for number, words in enumerate(
        "twenty thirty/treinta forty/cuarenta fifty/cincuenta sixty/sesenta seventy/setenta eighty/ochenta ninety/noventa".split(),
        2,
    )
    for word in words.split("/")
}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SCALES |= {"mil": 1_000, "millon": 10**6, "millones": 10**6, "millions": 10**6}
_ORDINALS = {
    word: f"{number}{'st' if number == 1 else 'nd' if number == 2 else 'rd' if number == 3 else 'th'}"
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 1
    )
}
_COUNTED = frozenset((*_SINGLE, *_TENS, *_SCALES, "per", "por"))
_MARKED = re.compile(r"[\[(\d$€£%]")


class Word(NamedTuple):
    """One word as it is compared, and its half-open place in code points. Two words of a contraction share their place."""

    same: str
    start: int
    end: int


def compared(text: str) -> list[Word]:
    """The words of a text in order. What stands in square brackets, and notes in round ones, is left out."""
    found: list[Word] = []
    numbers = False
    for match in _WORD.finditer(_spoken(text) if "[" in text or "(" in text else text):
        for same in _forms(match[0]):
            numbers = numbers or same in _COUNTED or not same[0].isalpha()
            found.append(Word(same, match.start(), match.end()))
    return [word for run in _runs(text, found) for word in _counted(run)] if numbers else found


def spelt(text: str) -> list[str]:
    """As `compared`, the words without their places: four times as quick."""
    if not _MARKED.search(text):
        found = [same for printed in _WORD.findall(text) for same in _forms(printed)]
        if _COUNTED.isdisjoint(found):
            return found
    return [word.same for word in compared(text)]


def is_negation(same: str) -> bool:
    """Whether a word turns a sentence round."""
    return same in NEGATIONS


def _spoken(text: str) -> str:
    """The text with what nobody said blanked out, so that places stay."""
    bare = BRACKETED.sub(lambda found: " " * len(found[0]) if is_note(found[1]) else found[0], text)
    return _ADDED.sub(lambda found: " " * len(found[0]), bare)


@lru_cache(maxsize=200_000)
def _forms(printed: str) -> tuple[str, ...]:
    """A printed word as the words it stands for."""
    word = fold(printed.replace("’", "'").replace("ʼ", "'").replace("`", "'").replace("´", "'"))[:MAX_WORD]
    if word in _HESITATIONS:
        return ()
    if word[:1].isdigit():
        return (_figure(word),)
    if word in ("cannot", "can't"):
        return ("can", "not")
    if word == "won't":
        return ("will", "not")
    if word == "shan't":
        return ("shall", "not")
    if word == "let's":
        return ("let", "us")
    stem, mark, clitic = word.rpartition("'")
    if mark and clitic == "t" and stem.endswith("n"):
        return (stem[:-1], "not") if stem[:-1] else ("not",)
    if mark and clitic in _CLITICS:
        return (stem, _CLITICS[clitic])
    if mark and clitic == "s" and stem in _IS:
        return (stem, "is")
    return (word if word in _SIGNS else _ORDINALS.get(word) or _MONEY.get(word) or word.replace(".", ""),)


def _figure(word: str) -> str:
    """1,000 is 1000; 12.50 stays; 10:30 stays."""
    return word.replace(",", "") if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", word) else word


def _runs(text: str, words: list[Word]) -> list[list[Word]]:
    """The words parted where more than a space or a hyphen stands between them: no number goes over a comma."""
    runs: list[list[Word]] = []
    last = -1
    for word in words:
        if last < 0 or text[last : word.start].strip(" \n-"):
            runs.append([])
        runs[-1].append(word)
        last = word.end
    return runs


def _counted(words: list[Word]) -> list[Word]:
    """Number words, figures with hundred … trillion, money and percent in one spelling."""
    found: list[Word] = []
    at = 0
    while at < len(words):
        sign = words[at].same if words[at].same in _SIGNS else ""
        value, end = _number(words, at + bool(sign))
        if end > at + bool(sign):
            found.append(Word(value, words[at].start, words[end - 1].end))
            if sign:
                found.append(Word(_MONEY[sign], words[at].start, words[end - 1].end))
            at = end
        elif words[at].same in ("per", "por") and at + 1 < len(words) and words[at + 1].same in ("cent", "ciento"):
            found.append(Word("percent", words[at].start, words[at + 1].end))
            at += 2
        else:
            same = _MONEY.get(words[at].same) or ("percent" if words[at].same == "%" else words[at].same)
            found.append(words[at]._replace(same=same))
            at += 1
    return found


def _number(words: Sequence[Word], at: int) -> tuple[str, int]:
    """The number that begins at a word and where it ends; the same place where none begins."""
    small, end = _below_hundred(words, at)
    if end == at:
        return "", at
    total, group = 0.0, small
    while end < len(words) and words[end].same in _SCALES:
        scale = _SCALES[words[end].same]
        if scale == 100 and group >= 100:
            break
        end += 1
        more, after = _below_hundred(words, end + (end < len(words) and words[end].same == "and"))
        if scale == 100:
            group *= 100
            if after > end and more < 100 and not words[after - 1].same[0].isdigit():
                group, end = group + more, after
        else:
            total, group = total + group * scale, 0
            follows = after > end and after < len(words) and words[after].same in _SCALES
            if after > end and not words[after - 1].same[0].isdigit() and (follows or scale == 1_000):
                group, end = more, after
            else:
                break
    return _written(total + group, words[at].same if end == at + 1 else ""), end


def _below_hundred(words: Sequence[Word], at: int) -> tuple[float, int]:
    if at >= len(words):
        return 0.0, at
    same = words[at].same
    if same[0].isdigit():
        plain = re.fullmatch(r"\d{1,15}(?:\.\d{1,6})?", same)
        return (float(same), at + 1) if plain else (0.0, at)
    if same in _TENS:
        following = words[at + 1].same if at + 1 < len(words) else ""
        skip = following == "y" and at + 2 < len(words)
        unit = _SINGLE.get(words[at + 2].same if skip else following, 10)
        return (_TENS[same] + unit, at + 2 + skip) if 0 < unit < 10 else (float(_TENS[same]), at + 1)
    return (float(_SINGLE[same]), at + 1) if same in _SINGLE else (0.0, at)


def _written(value: float, first: str) -> str:
    """As figures; a lone figure such as 2.50 keeps its noughts."""
    return first if "." in first else f"{value:.0f}" if value == int(value) else f"{value:g}"
