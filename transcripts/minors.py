"""Pure: turns in which somebody young tells who they are, so that an editor looks before the world does.

A warning is a question to a person, never a change: it may be wrong both ways.
"""

from collections.abc import Iterator, Sequence

from transcripts.formats.parsed import ParsedTurn, Problem
from transcripts.phrases import Phrases
from transcripts.vocabulary import Severity

ADULT = 18
_NUMBERS = {
    **dict(zip("five six seven eight nine ten eleven twelve".split(), range(5, 13), strict=True)),
    **dict(zip("thirteen fourteen fifteen sixteen seventeen".split(), range(13, 18), strict=True)),
    **dict(zip("cinco seis siete ocho nueve diez once doce".split(), range(5, 13), strict=True)),
    **dict(zip("trece catorce quince dieciséis diecisiete".split(), range(13, 18), strict=True)),
    "dieciseis": 16,
}
_AGE = rf"(?P<age>\d{{1,2}}|{'|'.join(_NUMBERS)})"
_AGED = (
    Phrases(
        rf"\b(?:i['’]m|i am|i just turned|i turned)\s+(?:only\s+)?{_AGE}\b"
        rf"(?!\s*(?:%|percent|points?|miles?|minutes?|votes?|o['’]clock|hundred|thousand|for|of|to|in))",
        "i'm|i’m|i am|turned",
    ),
    Phrases(rf"\b(?:as|i['’]?m|i am)(?: only)? an? {_AGE}[- ]year[- ]old\b", "year"),
    Phrases(rf"\b(?:tengo|acabo de cumplir|cumplí)\s+(?:solo\s+)?{_AGE}\s+años\b(?!\s+(?:de|en|con)\b)", "años"),
)
_ORDINALS = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
_AT_SCHOOL = (
    Phrases(
        rf"\bi['’]?(?:m|\s+am)\s+(?:in|a|an|going into)\s+(?:the\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)|{_ORDINALS})[- ]grade(?:r)?\b",
        "grade",
    ),
    Phrases(
        r"\bi\s+(?:go to|attend|study at)\s+[^.?!]{0,60}\b(?:high|middle|elementary|primary|junior)\s+(?:school|high)\b",
        "high|middle|elementary|primary|junior",
    ),
    Phrases(
        r"\bi['’]?(?:m|\s+am)\s+(?:a|an)\s+(?:freshman|sophomore|junior|senior|student|pupil)\s+(?:at|in)\s+[^.?!]{0,60}"
        r"\b(?:high|middle|elementary|junior|school|academy)\b",
        "freshman|sophomore|junior|senior|student|pupil",
    ),
    Phrases(
        r"\b(?:estoy|voy)\s+(?:en|a)\s+(?:el\s+|la\s+)?(?:\w+\s+(?:grado|curso)|(?:escuela|colegio|secundaria|primaria)\b)",
        "estoy|voy",
    ),
    Phrases(
        r"\bsoy\s+(?:alumn[oa]|estudiante)\s+(?:de|en)\s+[^.?!]{0,60}\b(?:escuela|colegio|secundaria|primaria|preparatoria|grado)\b",
        "alumn|estudiante",
    ),
)


def warnings(turns: Sequence[ParsedTurn]) -> Iterator[Problem]:
    """A warning for every turn in which a child seems to introduce themselves, with its line."""
    for turn in turns:
        if introduces(turn.text):
            yield Problem(
                turn.line,
                Severity.WARNING,
                "Somebody young may be telling who they are here. Should their name be withheld?",
            )


def introduces(text: str) -> bool:
    """Whether somebody under eighteen says their age, or somebody says which class or school they are in."""
    ages = (found["age"] for phrases in _AGED for found in phrases.finditer(text))
    young = any((int(age) if age.isdigit() else _NUMBERS[age]) < ADULT for age in ages)
    return young or any(phrases.search(text) for phrases in _AT_SCHOOL)
