"""The quotations in what somebody pasted: one quotation, a paragraph, or a whole article."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from transcripts.checking.quotation import BREAK
from transcripts.errors import Refusal
from transcripts.formats.recap import attribution, marks
from transcripts.formats.report import paragraphs_of
from transcripts.text import clean

LONGEST = 100_000
"""Characters read at once: three times a long article."""
MOST = 200
"""Quotations checked at once."""
WORD = 2_000
"""Characters of the longest run without a space: more is no text."""
FEWEST = 3
"""Words of a quotation found in prose: two stand everywhere."""
UNATTRIBUTED = 4
"""Fewest words between quotation marks that nobody is said to have said: fewer are a title, or a word kept at a distance."""

TOO_LONG = "That is more than {n} characters. Check it in parts."
TOO_MANY = "There are more than {n} quotations in it. Check it in parts."
NO_TEXT = "That does not look like text: a run of more than {n} characters has no space in it."
NO_WORDS = "There are no words to check."

_MARKS = "“”„‟\"＂«»‘’‚‛'` \t\n"
_SIGNED = re.compile(r"[\"”»’']\s*\(?\s*(?:[—–-]{1,2}|~)\s*([^\W\d_][^\n()]{2,60}?)\)?\s*$")
_RUN = re.compile(r"\w+")


@dataclass(frozen=True)
class Pasted:
    """A quotation as it was pasted (parts that were closed and opened again joined by BREAK) and whose words it is said to be."""

    text: str
    claimed: str | None = None


@dataclass(frozen=True)
class Spotted:
    """What was pasted: perhaps one quotation as a `whole`, perhaps one of prose that quotes (`inside`). `mostly`: the quotation
    marks in it stand round half of its words or more, so that only the very words make it one quotation."""

    whole: Pasted | None
    inside: tuple[Pasted, ...]
    mostly: bool = False


def spot(text: str, claimed: str | None = None) -> Spotted:
    """The quotations in a text, `claimed` to be all one person's where that is given. Raises Refusal for what is too much or too little."""
    text = clean(text)
    if len(text) > LONGEST:
        raise Refusal(TOO_LONG, n=LONGEST)
    if max((len(run) for run in text.split()), default=0) > WORD:
        raise Refusal(NO_TEXT, n=WORD)
    paragraphs = list(paragraphs_of(text))
    inside = [Pasted(one.text, claimed or one.claimed) for one in _quoted(text, paragraphs)]
    if len(inside) > MOST or (not inside and len(paragraphs) > MOST):
        raise Refusal(TOO_MANY, n=MOST)
    bare = text.strip(_MARKS)
    marked = sum(_size(one.text) for one in inside)
    if len(inside) == 1 and marked == _size(text):
        return Spotted(None, tuple(inside))
    if len(paragraphs) == 1 and _size(bare):
        return Spotted(Pasted(bare, claimed), tuple(inside), mostly=marked * 2 >= _size(bare))
    found = inside or [
        Pasted(text[p.start : p.end], claimed) for p in paragraphs if _size(text[p.start : p.end]) >= FEWEST
    ]
    if not found:
        raise Refusal(NO_WORDS)
    return Spotted(None, tuple(found))


def line(text: str) -> Pasted:
    """A line of a list: one quotation, and after a TAB whose it is said to be. Raises Refusal as `spot` does."""
    quoted, _, claimed = clean(text).partition("\t")
    if len(quoted) > LONGEST:
        raise Refusal(TOO_LONG, n=LONGEST)
    bare = quoted.strip(_MARKS)
    if not _size(bare):
        raise Refusal(NO_WORDS)
    return Pasted(bare, " ".join(claimed.split()) or None)


def _quoted(text: str, paragraphs: list[marks.Paragraph]) -> Iterator[Pasted]:
    """What stands between quotation marks, in order: speech with its speaker, and other runs long enough to be some."""
    if not any(mark in text for mark in _MARKS.strip()):
        return
    said, _ = attribution.find(text, paragraphs)
    spoken = {span[0]: quote for quote in said for span in quote.spans}
    signed = _SIGNED.search(text)
    for part in marks.find(text, paragraphs).parts:
        quote = spoken.get(part.inner[0])
        if quote is None and _size(text[slice(*part.inner)]) >= UNATTRIBUTED:
            yield Pasted(text[slice(*part.inner)], signed[1].strip() if signed else None)
        elif quote is not None and quote.spans[0][0] == part.inner[0]:
            words = _joined(text, quote.spans)
            if _size(words) >= FEWEST:
                yield Pasted(words, quote.speaker or (signed[1].strip() if signed else None))


def _joined(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    """The parts of one quotation: what runs on into the next paragraph is not broken, what somebody said between is."""
    words = text[slice(*spans[0])]
    for (_, end), (start, after) in zip(spans, spans[1:], strict=False):
        broken = any(map(str.isalnum, text[end:start]))
        words += (f" {BREAK} " if broken else " ") + text[start:after]
    return words


def _size(text: str) -> int:
    return len(_RUN.findall(text))
