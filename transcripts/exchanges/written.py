"""Written questionnaires: every question is an exchange, every answer belongs to the question above it."""

import re
from collections.abc import Collection, Mapping, Sequence

from transcripts.bilingual import Bilingual
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


_MONTHS = dict(
    zip(
        "january february march april may june july august september october november december".split(),
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
        strict=True,
    )
)
_MONTH = "|".join(_MONTHS)
_DAY = (
    rf"(?:(?P<day>\d{{1,2}}) (?P<month>{_MONTH})|(?P<us_month>{_MONTH}) (?P<us_day>\d{{1,2}}))(?:,? (?P<year>\d{{4}}))?"
)
_ENGLISH = re.compile(
    rf"(?:did not|didn.t|has not|never) (?:reply|replied|respond|responded|answer|answered|return|returned)"
    rf"(?: by {_DAY})?\.?",
    re.IGNORECASE,
)
_SPANISH = re.compile(r"no (?:respondió|contestó|ha respondido|ha contestado|envió)\b.*", re.IGNORECASE | re.DOTALL)
_BARE = re.compile(r"no (?:respondió|contestó|ha respondido|ha contestado)\.?", re.IGNORECASE)


def told_silence(sentence: str) -> Bilingual:
    """What a questionnaire says of somebody who sent nothing in, for readers of both languages.

    A plain sentence is told in the other language; any other stands there as the questionnaire's own words.
    """
    plain, spanish = _ENGLISH.fullmatch(sentence), _SPANISH.fullmatch(sentence)
    if plain:
        day, month = plain["day"] or plain["us_day"], _MONTHS.get((plain["month"] or plain["us_month"] or "").lower())
        year = f" de {plain['year']}" if plain["year"] else ""
        return Bilingual(sentence, f"no había respondido al {day} de {month}{year}." if day else "no respondió.")
    if spanish:
        told = "did not reply." if _BARE.fullmatch(sentence) else f"The questionnaire says: “{sentence}”"
        return Bilingual(told, sentence)
    return Bilingual(sentence, f"El cuestionario dice: “{sentence}”")
