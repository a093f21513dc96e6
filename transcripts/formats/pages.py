"""Pure: what the page round a transcript leaves in its text: line numbers, running heads, buttons. Told apart from words."""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from transcripts.formats.labels import is_title, possible_label
from transcripts.formats.layout import Line

_NUMBERED = re.compile(r"[ \t]{0,8}(\d{1,2})(?:[ \t]+(?=\S)|[ \t]*$)")
_PAGE_NUMBER = re.compile(
    r"[\W_]*(?:page[ :.]*S?)?\d+(?: of \d+)?[\W_]*|\d+(?:\s{3,}|\t).*|.*(?:\s{3,}|\t)\d+|.*\bpage \d+(?: of \d+)?",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?:\w+,? )?(?:\w+\.? \d{1,2},?|\d{1,2}(?: de)? \w+(?: de)?) \d{4}")
_DIGITS = re.compile(r"\d+")
_MOST_LINES = 40
_WEAK = frozenset(
    "embed share tweet video videos photo photos facebook twitter email print save more comments loading play pause mute "
    "replay listen image images watch".split()
)
_STRONG = frozenset(
    "sharetweet|advertisement|advertisements|continue reading the main story|related coverage|from our advertisers|"
    "see more »|read more »|share this article|share this story|story continues below advertisement|"
    "article continues below|skip to main content|skip advertisement|subscribe|sign up|log in|most popular|trending|"
    "related stories|related articles|anuncio|publicidad|sigue leyendo".split("|")
)
_BUTTONS = _WEAK | _STRONG
_CHUNK = 20
_BESIDE = 3


def without_line_numbers(text: str) -> str:
    """A text whose lines are numbered down each page (1 to 25, again and again) without those numbers."""
    lines = text.split("\n")
    numbers = [(i, int(found[1])) for i, line in enumerate(lines) if (found := _NUMBERED.match(line))]
    filled = sum(bool(line.strip()) for line in lines)
    if len(numbers) < 10 or len(numbers) < filled * 0.7:
        return text
    steps = zip(numbers, numbers[1:], strict=False)
    if sum(after == before + 1 or after == 1 for (_, before), (_, after) in steps) < len(numbers) * 0.9:
        return text
    numbered = {i for i, number in numbers if number <= _MOST_LINES}
    return "\n".join(_NUMBERED.sub("", line, count=1) if i in numbered else line for i, line in enumerate(lines))


def without_running_heads(lines: Sequence[Line]) -> tuple[list[Line], list[list[Line]]]:
    """The lines without those printed on every page, and these, one list for each head.

    A head counts its pages, or is a title or a date that stands beside one that does; such a title is kept once.
    """
    counting: dict[str, list[int]] = defaultdict(list)
    constant: dict[str, list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        if len(line.text) > 120:
            continue
        if _PAGE_NUMBER.fullmatch(line.text):
            counting[" ".join(_DIGITS.sub("#", line.text).split())].append(i)
        elif is_title(line.text) or _DATE.fullmatch(line.text):
            constant[line.text].append(i)
    heads = [at for at in counting.values() if len(at) > 2 and _counts_up([lines[i].text for i in at])]
    numbers = {i for at in heads for i in at}
    beside = {j for i in numbers for j in range(i - _BESIDE, i + _BESIDE + 1)}
    heads += [at[1:] for at in constant.values() if len(at) > 2 and sum(i in beside for i in at) > len(at) * 0.7]
    gone = {i for at in heads for i in at}
    return [line for i, line in enumerate(lines) if i not in gone], [[lines[i] for i in at] for at in heads]


def _counts_up(texts: Sequence[str]) -> bool:
    """Whether one of the numbers in lines otherwise alike is a page number: it rises by one or two from line to line."""
    columns = zip(*(map(int, _DIGITS.findall(text)[:6]) for text in texts), strict=False)
    return any(
        all(1 <= after - before <= 2 for before, after in zip(column, column[1:], strict=False)) for column in columns
    )


def furniture(lines: Sequence[Line]) -> list[range]:
    """Where the page's own words (Embed, Advertisement, links to other stories) stand among the lines, by index.

    Such words are a line of their own. Two close together, or one that no speaker says, make furniture of what stands
    between them, from the start of their paragraph to the last of them.
    """
    found: list[range] = []
    run: list[range] = []
    for paragraph in _paragraphs(lines):
        if _buttons(lines, paragraph) or (run and len(paragraph) < 3 and not _says(lines, paragraph)):
            run.append(paragraph)
            continue
        found += _cut_out(lines, run)
        run = []
    return found + _cut_out(lines, run)


def _paragraphs(lines: Sequence[Line]) -> list[range]:
    starts = [i for i, line in enumerate(lines) if line.apart or i == 0]
    return [range(start, end) for start, end in pairwise([*starts, len(lines)])]


def _buttons(lines: Sequence[Line], paragraph: range) -> list[int]:
    """The lines of a paragraph that are nothing but a word of the page, near its start."""
    return [i for i in paragraph[:_CHUNK] if len(lines[i].text) < 40 and lines[i].text.casefold() in _BUTTONS]


def _says(lines: Sequence[Line], paragraph: range) -> bool:
    """Whether a paragraph can be words of a voice: long, a sentence, or under a name."""
    text = " ".join(lines[i].text for i in paragraph)
    return len(text.split()) > 25 or text.endswith((".", "?", "!", "…", ")", "]", "-", "—")) or ":" in text


def _cut_out(lines: Sequence[Line], run: Sequence[range]) -> list[range]:
    """The furniture of paragraphs that follow one another: up to the last line that is a word of the page."""
    buttons = [i for paragraph in run for i in _buttons(lines, paragraph)]
    strong = any(lines[i].text.casefold() in _STRONG for i in buttons)
    if not buttons or (len(buttons) < 2 and not strong):
        return []
    first = run[0]
    title = lines[first.start].text
    words = len(title.split())
    above = words < (10 if possible_label(title) else 25) and not title.endswith((".", "?", "!", "…", "-", "—"))
    return [range(first.start if above else buttons[0], buttons[-1] + 1)]
