"""Turns → exchanges: where a question is put, who has the floor, who answers it and who breaks in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from transcripts.exchanges.cast import NOBODY, Cast, cast
from transcripts.exchanges.moves import FULL, Move, read
from transcripts.exchanges.sentences import asks, breaks_off, content, sentences, without_asides, words
from transcripts.exchanges.turns import Exchange, Said, heard
from transcripts.exchanges.words import STANDS
from transcripts.vocabulary import Role

_SAME = 0.5
"""Share of its words that a question has in common with the last one when it is the same question."""

_PLAIN = 2
"""Different words of a short question that stands on its own feet."""

_FULL_ANSWER = 10
"""Words of a turn that answers in the round, nobody having been named."""

_ROUND_ANSWER = 3
"""The same where the asker said that everybody answers, for somebody who has not yet and says yes, no or I."""

_TOKEN = 6
"""Words below which a candidate's turn is an interjection and no answer."""


@dataclass
class _Open:
    """The exchange being filled."""

    question: int
    asker: str
    put: bool
    """Whether the turn asks, or only begins to."""
    lead_in: list[int]
    about: set[str]
    asked: set[str]
    answers: list[int] = field(default_factory=list)
    follow_ups: list[int] = field(default_factory=list)
    rebuttals: list[int] = field(default_factory=list)
    round: bool = False
    """Whether the asker said that everybody answers: Ms. Kirk, you first."""
    briefly: set[int] = field(default_factory=set)
    """The voices that answered in a word or two, nobody having been named: Yes. No."""
    answered: bool = False
    """Whether anybody has answered at more than a word or two."""
    spoken: set[int] = field(default_factory=set)
    """The voices that have said more than a word or two."""
    said: set[str] = field(default_factory=set)
    """The stems of everything said since the question."""

    def closed(self) -> Exchange:
        parts = (self.lead_in, self.answers, self.follow_ups, self.rebuttals)
        return Exchange(self.question, *(tuple(part) for part in parts))


def find(turns: Sequence[Said], known: Mapping[str, Role] = NOBODY, voices: Cast | None = None) -> list[Exchange]:
    """The exchanges of a forum in order; none where nobody is labelled or nobody asks.

    `known` are roles, by printed label, that somebody is sure of (a roster, an editor); the others are told from the turns.
    `voices` spares the work where the cast of these turns is at hand.
    """
    finder = _Finder(turns, voices or cast(turns, known))
    for at in heard(turns):
        finder.take(at)
    return finder.finish()


class _Finder:
    """The turns taken one by one, with at most one exchange open."""

    def __init__(self, turns: Sequence[Said], voices: Cast) -> None:
        self.turns = turns
        self.cast = voices
        self.names = voices.everybody()
        self.found: list[Exchange] = []
        self.open: _Open | None = None
        self.waiting: list[int] = []
        """Turns of askers since the last answer that ask nothing yet: the lead-in of the question to come."""
        self.floor: set[int] = set()
        self.expected: str | None = None
        """Who announced, since the last candidate, that somebody else asks now."""
        self.ceded = False
        """Whether the next question is a candidate's to another."""
        self.finished = False
        """Whether the last candidate's turn came to its end."""
        self.fresh = False
        """Whether an asker spoke since the last candidate: whoever speaks next takes the floor."""

    def take(self, at: int) -> None:
        """One turn, in order."""
        turn = self.turns[at]
        if self.cast.asks(turn.label):
            self._asker(at, turn)
        elif self.cast.answers(turn.label):
            self._candidate(at, turn)

    def finish(self) -> list[Exchange]:
        """All exchanges found."""
        self._close()
        return self.found

    def _close(self) -> None:
        """The open exchange is over; where nobody said anything to it, it was no question but led to the next."""
        held, self.open = self.open, None
        if held is not None and (held.answers or held.rebuttals):
            self.found.append(held.closed())
            self.waiting = []
        elif held is not None:
            self.waiting = sorted({*held.lead_in, held.question, *self.waiting})

    def _asker(self, at: int, turn: Said) -> None:
        move = read(turn.text, self.cast, self.names)
        self.ceded = move.cedes
        if move.closes or move.cedes:
            self._close()
        goes_on = move.resumes or not (move.closes or move.cedes)
        expected = self.expected not in {None, turn.label} and len(move.about) >= (FULL if move.cut else _PLAIN)
        new = goes_on and (expected or self._is_new(move, turn))
        self.expected = turn.label if move.announces else None if new else self.expected
        if new:
            self._begin(at, turn, move)
        elif goes_on and not move.empty:
            self._remark(at, move)
        if move.everyone and self.open is not None:
            self.open.round = True
        if move.addressed or new or move.everyone:
            self.floor, self.fresh = set(move.addressed), True

    def _remark(self, at: int, move: Move) -> None:
        """Words that put no new question: a follow-up, or what leads to the next one."""
        self.waiting.append(at)
        if self.open is not None and not move.cut:
            self.open.said |= move.about
        if self.open is not None and move.everyone:
            self.open.spoken.clear()

    def _is_new(self, move: Move, turn: Said) -> bool:
        """Whether a turn puts a question of its own."""
        if not move.puts:
            return False
        if self.open is None:
            return True
        weighty = len(move.about) >= FULL or len(move.asked) >= _PLAIN
        if not self.open.answered:
            return weighty and self._replaces(turn)
        if move.again or self._same(move):
            return False
        if move.turns or move.follows or len(move.about) >= FULL:
            return True
        known = len(move.asked & (self.open.said | self.open.about))
        return len(move.asked) >= _PLAIN and not move.leans and known * 3 <= len(move.asked)

    def _replaces(self, turn: Said) -> bool:
        """Whether a question takes the place of one nobody answered: a preface's own question, or another asker's.

        A moderator who says a questioner's question again does not.
        """
        held = self.open
        if held is None or turn.label == held.asker:
            return held is None or not held.put
        return not (held.put and self.cast.roles[held.asker] is Role.AUDIENCE)

    def _same(self, move: Move) -> bool:
        """Whether a question repeats the one that is open, for somebody else or with more force."""
        held = self.open.asked if self.open is not None else set()
        return bool(move.asked) and len(move.asked & held) >= _SAME * len(move.asked)

    def _begin(self, at: int, turn: Said, move: Move) -> None:
        lead_in = self.waiting
        if self.open is not None and not self.open.answered:
            lead_in = sorted({*self.open.lead_in, self.open.question, *self.open.follow_ups, *lead_in})
            self.open = None
        self._close()
        self.open = _Open(at, turn.label or "", move.puts, lead_in, set(move.about), set(move.asked or move.about))
        self.waiting = []

    def _candidate(self, at: int, turn: Said) -> None:
        if self.ceded and any(map(asks, sentences(turn.text))):
            self._ask_another(at, turn)
            return
        if self.open is None:
            self.waiting = []
            return
        said = without_asides(turn.text)
        voice = self.cast.voice[turn.label or ""]
        length = len(words(said))
        self.open.said |= content(said)
        if self._has_floor(voice, said):
            self.open.answers.append(at)
            self.open.answered |= length >= _TOKEN
        elif self.open.put and self.fresh and not self.floor and length and not breaks_off(said):
            self.open.answers.append(at)
            self.open.briefly.add(voice)
            self.open.answered |= len(self.open.briefly) > 1
        else:
            self.open.rebuttals.append(at)
        self.open.follow_ups += self.waiting
        self.waiting = []
        if length >= _FULL_ANSWER:
            self.open.spoken.add(voice)
        if length >= _TOKEN:
            self.expected, self.fresh, self.finished = None, False, not breaks_off(said)

    def _ask_another(self, at: int, turn: Said) -> None:
        """A candidate's question to another: whoever else speaks next answers it."""
        self._close()
        about = content(without_asides(turn.text))
        self.open = _Open(at, turn.label or "", True, self.waiting, set(about), set(about))
        self.open.spoken.add(self.cast.voice[turn.label or ""])
        self.waiting, self.floor = [], set()
        self.ceded, self.fresh = False, True

    def _has_floor(self, voice: int, said: str) -> bool:
        """Whether a candidate was given the floor, or takes it when it is nobody's or the last answer is over."""
        if voice in self.floor:
            return True
        length = len(words(said))
        free = self.fresh and not self.floor
        turn_of_all = not self.fresh and self.finished and self.open is not None and voice not in self.open.spoken
        in_round = turn_of_all and self.open is not None and self.open.round and length >= _ROUND_ANSWER
        in_round = in_round and STANDS.search(said) is not None
        if (length >= _TOKEN and (free or (turn_of_all and length >= _FULL_ANSWER))) or in_round:
            self.floor = {voice}
            return True
        return False
