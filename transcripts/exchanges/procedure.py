"""Turns that run a forum and say nothing on any subject: courtesy, time calls, rules, handing over, applause."""

from collections.abc import Mapping, Sequence

from transcripts.exchanges.cast import NOBODY, Cast, cast
from transcripts.exchanges.moves import read
from transcripts.exchanges.sentences import without_asides, words
from transcripts.exchanges.turns import Said, heard
from transcripts.vocabulary import Role


def procedure(turns: Sequence[Said], known: Mapping[str, Role] = NOBODY, voices: Cast | None = None) -> frozenset[int]:
    """Positions of the turns of procedure. Only those who preside have any; everybody else's every word counts.

    `voices` spares the work where the cast of these turns is at hand.
    """
    voices = voices or cast(turns, known)
    names = voices.everybody()
    found = set()
    for at in heard(turns):
        turn = turns[at]
        runs = voices.roles[turn.label or ""] in {Role.MODERATOR, Role.OFFICIAL}
        if not words(without_asides(turn.text)) or (runs and read(turn.text, voices, names).empty):
            found.add(at)
    return frozenset(found)
