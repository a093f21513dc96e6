"""Written questionnaires: every question is an exchange, every answer belongs to the question above it."""

from collections.abc import Collection, Mapping, Sequence

from transcripts.exchanges.states import State
from transcripts.exchanges.turns import Exchange, Said
from transcripts.vocabulary import ANSWERED, Reason, TurnKind


def written(turns: Sequence[Said], asking: str) -> list[Exchange]:
    """The exchanges of a questionnaire whose questions stand under the label `asking`; nothing is read out of the words."""
    spoken = [at for at, turn in enumerate(turns) if turn.kind is TurnKind.SPEECH]
    asked = [at for at in spoken if turns[at].label == asking]
    ends = [*asked[1:], len(turns)]
    return [Exchange(at, answers=tuple(n for n in spoken if at < n < end)) for at, end in zip(asked, ends, strict=True)]


def written_states(
    turns: Sequence[Said], exchanges: Sequence[Exchange], candidates: Mapping[str, Collection[str]]
) -> list[dict[str, State]]:
    """For every exchange, the state of each candidate by name; `candidates` gives the labels printed for each.

    Who sent nothing in did not take part, in the words of the file; a question left open is not reviewed: it claims nothing.
    """
    silent = {turn.label: at for at, turn in enumerate(turns) if turn.kind is TurnKind.SCENE and turn.label}
    return [{name: _state(turns, one, labels, silent) for name, labels in candidates.items()} for one in exchanges]


def _state(turns: Sequence[Said], one: Exchange, labels: Collection[str], silent: Mapping[str, int]) -> State:
    own = next((at for at in one.answers if turns[at].label in labels), None)
    if own is not None:
        return State(ANSWERED, "The questionnaire holds this candidate's answer.", own)
    gone = next((silent[label] for label in labels if label in silent), None)
    if gone is not None:
        return State(Reason.ABSENT, turns[gone].text, gone)
    return State(Reason.NOT_REVIEWED, "The questionnaire does not say why there is no answer.")
