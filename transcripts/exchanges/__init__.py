"""Pure: the turns of a forum → its exchanges, the role of every voice, what is procedure, and who answered what.

Nothing here guesses a person: labels are kept apart as `transcripts.voices` keeps them. A record without labels has no
exchanges. Editors may override every answer given here.
"""

from transcripts.exchanges.cast import Cast, cast, roles
from transcripts.exchanges.choosing import Choice, chosen
from transcripts.exchanges.finding import find
from transcripts.exchanges.procedure import procedure
from transcripts.exchanges.states import State, states
from transcripts.exchanges.turns import Exchange, Said
from transcripts.exchanges.written import told_silence, written, written_states

__all__ = [
    "Cast",
    "Choice",
    "Exchange",
    "Said",
    "State",
    "cast",
    "chosen",
    "find",
    "procedure",
    "roles",
    "states",
    "told_silence",
    "written",
    "written_states",
]
