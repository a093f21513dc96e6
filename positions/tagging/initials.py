"""Initials that a forum spells out: a board named in full once goes by its initials from then on.

Read off the forum itself, so that a body nobody listed is known by the words of its name. Found by first letters, as in
Schwartz and Hearst, “A simple algorithm for identifying abbreviation definitions in biomedical text” (2003), but without
their parentheses, which nobody says aloud.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from positions.tagging.lexicon import WORD

SpelledOut = Mapping[str, tuple[str, ...]]
"""Initials in small letters → the words they stand for, as they were said."""

_Run = tuple[int, int]
"""Words of a forum: the first, and where they end."""

_INITIALS = re.compile(r"[A-Z]{3,6}")
_VOWELS = frozenset("AEIOUY")
_SMALL = frozenset("a and at de del el en for in la los of on para por the to y".split())
_TIMES = 2
_NEAR_WORDS = 12
_SENTENCE_END = re.compile(r"[.!?:;](?=\s)")
_BREAK = "\n"


def spelled_out(texts: Iterable[str]) -> SpelledOut:
    """What the initials said in these turns stand for.

    Initials count when they are said twice and never in small letters; their words when each begins with a capital and the
    whole is said twice, or once within twelve words of the initials. Where everything is in capitals (live captions), no case
    tells initials from words: only those without a vowel count, and only words said twice.
    """
    words = [word for text in texts for part in _SENTENCE_END.split(text) for word in (*WORD.findall(part), _BREAK)]
    shouted = 2 * sum(map(str.isupper, words)) > len(words)
    wanted = _initials(words, shouted)
    if not wanted:
        return {}
    runs: dict[str, set[_Run]] = defaultdict(set)
    for passed_over in (frozenset[str](), _SMALL):
        for initials, run in _runs(words, wanted, passed_over):
            runs[initials].add(run)
    meant = {initials: _meant(initials, words, there, shouted) for initials, there in sorted(runs.items())}
    return {initials.lower(): name for initials, name in meant.items() if name}


def _initials(words: Sequence[str], shouted: bool) -> frozenset[str]:
    """The initials said often enough."""
    said = Counter(words)
    often = [word for word, times in said.items() if times >= _TIMES and _INITIALS.fullmatch(word)]
    return frozenset(word for word in often if word.lower() not in said and not (shouted and _VOWELS & set(word)))


def _runs(words: Sequence[str], wanted: frozenset[str], passed_over: frozenset[str]) -> Iterator[tuple[str, _Run]]:
    """Where words stand that begin with the letters of initials, some words passed over.

    Looks once at each place for each length, however many initials there are.
    """
    places = [at for at, word in enumerate(words) if word.lower() not in passed_over]
    letters = [words[at][0].upper() for at in places]
    for size in sorted({len(initials) for initials in wanted}):
        for at in range(len(letters) - size + 1):
            initials = "".join(letters[at : at + size])
            if initials in wanted:
                yield initials, (places[at], places[at + size - 1] + 1)


def _meant(initials: str, words: Sequence[str], runs: Iterable[_Run], shouted: bool) -> tuple[str, ...]:
    """The words most often said of these runs; none where nothing says that they belong to the initials.

    A run that a capital always follows is the beginning of a longer name.
    """
    said: Counter[tuple[str, ...]] = Counter()
    near: set[tuple[str, ...]] = set()
    whole: set[tuple[str, ...]] = set()
    for first, end in sorted(runs):
        name = tuple(words[first:end])
        if _is_name(name, shouted):
            said[name] += 1
            if shouted or not words[end][0].isupper():
                whole.add(name)
            if not shouted and initials in words[max(0, first - _NEAR_WORDS) : end + _NEAR_WORDS]:
                near.add(name)
    enough = [name for name in said if name in whole and (said[name] >= _TIMES or name in near)]
    return max(enough, key=lambda name: (name in near, said[name]), default=())


def _is_name(run: Sequence[str], shouted: bool) -> bool:
    """Names neither begin nor end with a small word, are more than letters read out, and have capitals."""
    if _SMALL & {run[0].lower(), run[-1].lower()} or all(len(word) == 1 for word in run):
        return False
    return shouted or all(word[0].isupper() or word in _SMALL for word in run)
