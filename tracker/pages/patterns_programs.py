"""What the pattern page shows of programs: a word of the glossary, and who does what."""

from typing import Any

from positions.followthrough.days import PartialDay
from positions.followthrough.glossing import Term
from positions.followthrough.queries.programs import Body
from positions.followthrough.vocabulary.programs import Role
from transcripts.bilingual import Bilingual


def programs() -> dict[str, Any]:
    """Everything invented."""
    meaning = Bilingual("Sending somebody to help.", "Enviar a alguien a un servicio de ayuda.")
    interest = Bilingual("It is paid for it.", "Cobra por ello.")
    note = Bilingual("Two people.", "Dos personas.")
    body = Body("x", "An invented body", None, interest, Role.RUNS, PartialDay(2026, 2), None, note, None, False)
    return {"explained": Term("diversion", Bilingual("diversion", "derivación"), meaning, ()), "bodies": (body,)}
