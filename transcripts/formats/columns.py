"""Pure: which column of a table holds what: said by a person, or told from the names people give their columns."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from transcripts.errors import BadFile
from transcripts.messages import Message, joined
from transcripts.text import fold


@dataclass(frozen=True)
class Columns:
    """The names of the columns that hold each part of a turn; None where no column does.

    A name is a column's heading (a key, in JSON), or its number from 1. `sheet` names the sheet of a workbook or the list
    of a JSON file that holds the turns. A new turn begins where `turn`, `section` or `question` changes; `ref` is the
    source's own id.
    """

    text: str | None = None
    speaker: str | None = None
    start: str | None = None
    end: str | None = None
    duration: str | None = None
    kind: str | None = None
    section: str | None = None
    question: str | None = None
    turn: str | None = None
    ref: str | None = None
    sheet: str | None = None

    def used(self) -> frozenset[str]:
        """The names of the columns that are read."""
        held = (getattr(self, field.name) for field in fields(self) if field.name != "sheet")
        return frozenset(name for name in held if name)


_KNOWN = {
    "text": "text speech transcript statement spoken words utterance dialogue sentence body content caption texto discurso "
    "intervencion transcripcion declaracion palabras frase contenido",
    "speaker": "speaker speaker_name speakername speaker_label who name personname attribution_text voice label participant "
    "hablante orador oradora quien nombre voz participante",
    "start": "start start_ms start_s start_time starttime start_seconds start_time_seconds start_time_in_seconds start_sec "
    "time_start begin from timestamp time minute inicio tiempo hora minuto desde",
    "end": "end end_ms end_s end_time endtime end_seconds end_time_seconds end_time_in_seconds end_sec time_end stop to fin "
    "final hasta",
    "duration": "duration duration_ms duration_s duration_seconds dur duracion",
    "kind": "kind type tipo",
    "section": "section debate_section section_title seccion topic topics tema temas",
    "question": "question_no question_id question_number question pregunta numero_de_pregunta",
    "turn": "turn turn_id turn_no turn_number turno",
    "ref": "source_ref ref id text_id line_id utterance_id",
}
_RANKED = {part: {name: rank for rank, name in enumerate(names.split())} for part, names in _KNOWN.items()}
_NAMES = frozenset(name for ranked in _RANKED.values() for name in ranked)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_APART = re.compile(r"[^a-z0-9ñ]+")
_PAIR = re.compile(r"\s*([a-z]+)\s*=\s*(.*\S)\s*", re.DOTALL)


def parse(typed: str) -> Columns:
    """What was typed after --columns: text=Speech,speaker=Who. Raises BadFile naming what can be said."""
    parts = [field.name for field in fields(Columns)]
    named: dict[str, str] = {}
    for pair in typed.split(","):
        found = _PAIR.fullmatch(pair)
        if found is None or found[1] not in parts or found[1] in named:
            raise BadFile(
                "“{pair}” names no column. Write for example text=Speech,speaker=Who; what can be named: {parts}.",
                pair=pair.strip(),
                parts=", ".join(parts),
            )
        named[found[1]] = found[2]
    return Columns(**named)


def is_known(name: str) -> bool:
    """Whether people give this name to a column of a transcript."""
    return _plain(name) in _NAMES


def names_words(name: str) -> bool:
    """Whether people give this name to the column that holds the words."""
    return _plain(name) in _RANKED["text"]


def recognised(names: Sequence[str], given: Columns | None = None, filled: Iterable[str] | None = None) -> Columns:
    """The columns by their names. What a person gave stands over everything; `filled` are those with anything in them.

    Raises BadFile where a name that was given is not among `names`.
    """
    said = given or Columns()
    free = [name for name in names if filled is None or name in set(filled)]
    found: dict[str, str | None] = {"sheet": said.sheet}
    taken = {exact(names, name) for name in said.used()}
    for part, ranked in _RANKED.items():
        asked = getattr(said, part)
        if asked is not None:
            found[part] = exact(names, asked)
            continue
        fitting = [name for name in free if _plain(name) in ranked and name not in taken]
        found[part] = min(fitting, key=lambda name: ranked[_plain(name)], default=None)
        taken.add(found[part] or "")
    return Columns(**found)


def ask(names: Sequence[str], sheets: Sequence[str] = ()) -> BadFile:
    """The refusal that asks which column holds the words, with what there is to choose from."""
    shown = ", ".join(f"“{name[:40]}”" for name in names[:30])
    example = f"text={(names[-1] if names else 'Speech')[:40]}" + (
        f",speaker={names[0][:40]}" if len(names) > 1 else ""
    )
    asked = Message(
        "We cannot tell which column holds the words. The columns are {shown}. Say which, for example --columns {example}.",
        {"shown": shown, "example": example},
    )
    if len(sheets) < 2:
        return BadFile.of(asked)
    more = Message("Several parts hold rows: {names}; name one with sheet=….", {"names": ", ".join(sheets[:20])})
    return BadFile.of(joined([asked, more]))


def exact(names: Sequence[str], asked: str) -> str:
    """The column a person means: by its heading, without case and accents where that is one column only."""
    if asked in names:
        return asked
    if asked.isascii() and asked.isdigit() and 1 <= int(asked[:6]) <= len(names):
        return names[int(asked[:6]) - 1]
    alike = [name for name in names if fold(name) == fold(asked)]
    if len(alike) != 1:
        raise BadFile(
            "There is no column “{asked}”. The columns are {names}.", asked=asked, names=", ".join(names[:30])
        )
    return alike[0]


def _plain(name: str) -> str:
    """A name as people vary it: startTime, Start time and start_time are one."""
    return _APART.sub("_", fold(_CAMEL.sub("_", name.strip()))).strip("_")
