"""Whether words between quotation marks are somebody's speech, or a title, a name, a term held at arm's length."""

from collections.abc import Sequence

from transcripts.formats.recap import cues
from transcripts.formats.recap.cues import PAUSING, Cue
from transcripts.formats.recap.grammar import BREAKS, ENDS_PHRASE, REACH, Grammar
from transcripts.formats.recap.opening import opening
from transcripts.formats.recap.tokens import TERMINAL, Token
from transcripts.formats.recap.verbs import ASKING
from transcripts.formats.recap.words import ARTICLES, AUXILIARIES, PASSIVES, RELATIVES, TITLED

_COPULAS = frozenset("is was are were be been being feel feels felt as very es era fue está".split())
_BILLED = frozenset("billed referred conocido conocida".split())
_TERM, _FRAGMENT, _TITLE, _TAG = 3, 4, 8, 6


def governing(tokens: Sequence[Token], at: int, found: Sequence[Cue]) -> Cue | None:
    """The cue a quotation hangs on: the nearest before it, or the one after where it runs on to it."""
    place = cues.after(found, at)
    left = found[place - 1] if place else None
    right = next((cue for cue in found[place : place + 2] if _trails(tokens, at, cue)), None)
    if left is None or right is None:
        return left or right
    introduced = cues.introduces(tokens, left.at, at)
    runs_on = right.at - at <= _TAG and (tokens[at].last in PAUSING or tokens[at + 1].text in BREAKS)
    return right if runs_on and not introduced else left


def _trails(tokens: Sequence[Token], at: int, cue: Cue) -> bool:
    """Whether the words after a quotation may say whose it is: a pause comes first, or the verb itself."""
    paused = any(token.text in BREAKS or token.text == ":" for token in tokens[at + 1 : min(cue.at, at + REACH)])
    return tokens[at].last in PAUSING or cue.at == at + 1 or paused


def attributed(tokens: Sequence[Token], at: int, low: int, high: int, cue: Cue, words: Sequence[str]) -> bool:
    """Whether the words a cue governs are speech. `words` are those of the quotation at `at`."""
    led = tokens[at - 1].lower if at > low else ""
    follows = cue.at > at
    adjacent = follows or cues.introduces(tokens, cue.at, at)
    if not follows and cue.names:
        return _named(at, cue, words)
    if follows and len(words) <= _TERM and title(words) and tokens[at].last not in PAUSING and cue.at > at + _TAG:
        return False
    if (
        len(words) <= _TERM
        and (led in ARTICLES - RELATIVES or led.endswith(("’s", "'s")))
        and _noun_follows(tokens, at, high)
    ):
        return False
    if _titled(tokens, at, cue.at, words) or (
        title(words) and not follows and led not in {",", ":"} and (led in ARTICLES or not adjacent)
    ):
        return False
    if len(words) == 1:
        spoken = adjacent and (words[0][-1:] in PAUSING or cue.at == at - 1)
        return spoken or led in {",", ":"} or (led in _COPULAS and not _noun_follows(tokens, at, high))
    if adjacent or len(words) > _TERM:
        return True
    return tokens[cue.at].lower not in ASKING and not (led in ARTICLES and _noun_follows(tokens, at, high))


def _titled(tokens: Sequence[Token], at: int, cue: int, words: Sequence[str]) -> bool:
    """the song “…”, or her book, “A Town”: the word before says that a title follows, and is not the cue itself."""
    if at > 0 and tokens[at - 1].lower in {"as", "como"}:
        return any(token.lower in TITLED | _BILLED for token in tokens[max(0, at - _TITLE) : at - 1])
    apposed = at > 0 and tokens[at - 1].text == "," and title(words)
    behind = at - 2 if apposed else at - 1
    return cue < behind < at and tokens[behind].lower in TITLED


def _named(at: int, cue: Cue, words: Sequence[str]) -> bool:
    """“called it a disaster” reports somebody's word; “a program called Ban the Box” and “called The Daily Show” do not."""
    direct = cue.at == at - 1
    if title(words) and (direct or len(words) > 1):
        return False
    return bool(cue.who) or not direct


def title(words: Sequence[str]) -> bool:
    """Whether words are printed like a title: The Morning Table; not “I’m up.”"""
    if words and words[0][:2] in {"I’", "I'"}:
        return False
    weighty = [word for word in words if word[:1].isalpha() and (len(word) > 3 or word[:1].isupper())]
    return (
        0 < len(words) <= _TITLE
        and bool(weighty)
        and all(word[:1].isupper() for word in weighty)
        and words[-1][-1:] not in "!?…"
    )


def _noun_follows(tokens: Sequence[Token], at: int, high: int) -> bool:
    following = tokens[at + 1] if at + 1 < high else None
    ends = ENDS_PHRASE | AUXILIARIES
    return following is not None and following.word and not following.capital and following.lower not in ends


def stands_alone(tokens: Sequence[Token], at: int, low: int, high: int, words: Sequence[str]) -> bool:
    """Whether a quotation is a sentence of its own, or stands before a colon at the head of one: “No more”: voters speak."""
    if at == low and at + 1 < high and tokens[at + 1].text == ":" and len(words) >= _FRAGMENT:
        return True
    outside = any(tokens[place].word or tokens[place].part is not None for place in range(low, high) if place != at)
    closed = (
        words[-1][-1:] in TERMINAL
        or words[-1][-1:] in ",”’)]\"'"
        or (at + 1 < len(tokens) and tokens[at + 1].text in TERMINAL)
    )
    return not outside and closed


def led_by_colon(tokens: Sequence[Token], at: int, low: int, words: Sequence[str]) -> bool:
    """And this, from the sheriff: “I am up.” A sentence behind a colon is somebody's; a title or a name is not."""
    return (
        at > low and tokens[at - 1].text == ":" and words[-1][-1:] in TERMINAL and len(words) > 1 and not title(words)
    )


def fragment(grammar: Grammar, at: int, low: int, words: Sequence[str]) -> bool:
    """Four words or more within a sentence about somebody are quoted from somewhere, though nobody is said to speak."""
    tokens = grammar.tokens
    if len(words) < _FRAGMENT or title(words) or (at > low and tokens[at - 1].lower in TITLED):
        return False
    return bool(opening(grammar, low, at)) or any(
        token.lower in PASSIVES for token in tokens[max(low, at - REACH) : at]
    )
