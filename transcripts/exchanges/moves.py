"""What an asker does with a turn: puts a question, puts it again, hands over, keeps time, announces what comes."""

import re
from dataclasses import dataclass
from functools import lru_cache

from transcripts.exchanges.cast import Cast
from transcripts.exchanges.sentences import asks, breaks_off, content, sentences, without_asides, words
from transcripts.exchanges.words import (
    AGAIN,
    ANNOUNCES,
    BREAKS,
    CEDES,
    CLOSES,
    COMMANDS,
    EVERYONE,
    FOLLOWING,
    GREETS,
    INTRODUCES,
    MANAGES,
    MANAGING,
    PRESSES,
    REQUESTS,
    RETURNS,
    SPARES,
    TURNING,
)

_ANAPHORA = frozenset("it that this those these he she they him her them so then".split())
_INTERROGATIVES = frozenset(
    "what which who whom whose when where why how do does did is are was were will would can could should have has if".split()
)
FULL = 8
"""Different words of a turn that asks something in its own right, whatever was said before."""

_HANDING = MANAGING - {"answer", "answers"}
_SHORT = 9
_VOCATIVE = 4
_PAUSE = re.compile(r"[,;:—–]|--")
_HANDED = re.compile(r"\b(?:to|for|with|from|bring in|ask|hear from) ((?:[A-ZÀ-Þ][\w.’'-]*\s*){1,4})")

_LONG_ENOUGH = 8
"""Different words of a question that was cut off and still was put."""


@dataclass(frozen=True)
class Move:
    """An asker's turn read. `about` are the stems of what it says, `asked` those of its questions alone."""

    about: frozenset[str]
    asked: frozenset[str]
    puts: bool
    """Whether it asks something of its own, by a question mark or a request, or by a challenge announced as a question."""
    cut: bool
    """Whether it breaks off before anything was asked."""
    again: bool
    turns: bool
    """Whether it announces a subject."""
    follows: bool
    """Whether it announces a further question."""
    closes: bool
    """Whether the question that was open is over: a break, closing statements, another asker announced."""
    resumes: bool
    """Whether what the turn says besides belongs to a question to come."""
    cedes: bool
    """Whether it lets one of those asked put a question to another."""
    announces: bool
    """Whether it asks nothing and says that a question comes now."""
    procedural: bool
    """Whether every sentence is courtesy, time-keeping, rules or welcome."""
    leans: bool
    """Whether the question is only understood from what was said before: Do you mean that?"""
    addressed: frozenset[int]
    everyone: bool

    @property
    def empty(self) -> bool:
        """Nothing but courtesy, time, rules and names."""
        return self.procedural and not self.puts


@lru_cache(maxsize=1_024)  # what is procedure and what is asked are told from the same turns
def read(said: str, cast: Cast, names: frozenset[str]) -> Move:
    """What an asker's turn does; `names` are those of everybody present."""
    text = without_asides(said)
    parts = sentences(text)
    about = [content(part, names) for part in parts]
    questions = [n for n, part in enumerate(parts) if about[n] and _asks(part)]
    cut = breaks_off(text) and not any(asks(part) for n, part in enumerate(parts) if about[n])
    if cut and parts and _put_though_cut(parts[-1]):
        questions, cut = [*questions, len(parts) - 1], False
    asked = frozenset().union(*(about[n] for n in questions))
    stems = frozenset().union(*about)
    puts = not cut and (bool(questions) or _invites(text, parts, about) or _challenges(text, parts, about))
    last = parts[questions[-1]] if questions else ""
    addressed = frozenset(_addressed(parts, cast))
    return Move(
        about=stems,
        asked=asked,
        puts=puts,
        cut=cut,
        again=AGAIN.search(text) is not None or (len(stems) < FULL and PRESSES.search(text) is not None),
        turns=TURNING.search(text) is not None,
        follows=FOLLOWING.search(text) is not None,
        closes=_closes(said, puts and len(stems) >= FULL)
        or (not puts and bool(addressed) and GREETS.search(text) is not None),
        resumes=RETURNS.search(text) is not None or INTRODUCES.search(text) is not None,
        cedes=not puts and CEDES.search(text) is not None,
        announces=not puts and (ANNOUNCES.search(text) or INTRODUCES.search(text)) is not None,
        procedural=all(_manages(part, own, cast) for part, own in zip(parts, about, strict=True)),
        leans=bool(_ANAPHORA & set(words(last))),
        addressed=addressed,
        everyone=EVERYONE.search(text) is not None,
    )


def _asks(sentence: str) -> bool:
    return asks(sentence) or REQUESTS.search(sentence) is not None or COMMANDS.search(sentence) is not None


def _put_though_cut(sentence: str) -> bool:
    """Whether a question that breaks off was long enough to be answered: What do you say to people who have lost …"""
    said = words(sentence)
    return bool(said) and said[0] in _INTERROGATIVES and len(set(said)) >= _LONG_ENOUGH


def _manages(sentence: str, stems: frozenset[str], cast: Cast) -> bool:
    """Whether a sentence runs the forum: a name, thanks, the time, the rules."""
    if MANAGES.search(sentence):
        return True
    said = words(sentence)
    ordered = len(said) <= 2 or not MANAGING.isdisjoint(said) or bool(cast.named(said))
    return not stems and ordered and (not asks(sentence) or len(said) <= _VOCATIVE or not _HANDING.isdisjoint(said))


def _invites(text: str, parts: list[str], about: list[frozenset[str]]) -> bool:
    """A subject and an invitation: She raised your record. Would you like to respond? · …, you said. What did you mean?"""
    said = frozenset().union(*about)
    return any(asks(part) for part in parts) and (len(said) >= FULL or bool(said and TURNING.search(text)))


def _closes(text: str, full: bool) -> bool:
    """Whether no question is open after the turn: closing statements, or a break nobody has come back from."""
    if breaks_off(text):
        return False
    if any(pattern.search(text) for pattern in (BREAKS, RETURNS, INTRODUCES)):
        return True
    return CLOSES.search(text) is not None and not full


def _challenges(text: str, parts: list[str], about: list[frozenset[str]]) -> bool:
    """Whether the turn announces a further question and says, without asking, something to answer."""
    return FOLLOWING.search(text) is not None and any(
        len(stems) >= 4 for part, stems in zip(parts, about, strict=True) if not FOLLOWING.search(part)
    )


def _addressed(parts: list[str], cast: Cast) -> set[int]:
    """Whom the turn gives the floor: the last spoken to by name, at the head or the end of a sentence or in a short one."""
    for part in reversed(parts):
        named = set() if SPARES.search(part) else _spoken_to(part, cast)
        if named:
            return named
    return set()


def _spoken_to(sentence: str, cast: Cast) -> set[int]:
    said = words(sentence)
    if len(said) <= _SHORT:
        return cast.named(said)
    pieces = [words(piece) for piece in _PAUSE.split(sentence)]
    if all(len(piece) <= _VOCATIVE for piece in pieces):
        return cast.named(said)
    vocatives = [piece for piece in pieces if 0 < len(piece) <= _VOCATIVE]
    named = cast.named(
        [word for piece in (vocatives[:1] if vocatives and pieces[0] in vocatives else []) for word in piece]
    )
    named |= cast.named(pieces[-1] if 0 < len(pieces[-1]) <= _VOCATIVE else [])
    led = _HANDED.search(sentence)
    return named or (cast.named(words(led[1])) if led else set())
