"""Pure: whether words look as if they held something personal: a telephone number, an address, somebody's full name.

It warns and never blocks: a child's comment on what a candidate said is theirs to write, and a rule that is sure of too much
would teach them to write around it.
"""

import re
from collections.abc import Collection
from enum import StrEnum

from transcripts.text import fold


class Sign(StrEnum):
    """What words seem to hold."""

    PHONE = "phone"
    CONTACT = "contact"
    NAME = "name"


SIGN_WORDS = {
    Sign.PHONE: "This looks as if it held a telephone number.",
    Sign.CONTACT: "This looks as if it held an e-mail address or the name of an account.",
    Sign.NAME: "This looks as if it held somebody’s full name.",
}

PHONE = re.compile(r"(?<![\w$€.,])\+?\(?\d(?:[ ()./-]{0,2}\d){6,14}(?!\d|[.,]\d)")
CONTACT = re.compile(
    r"\S@\S+\.\w|(?<!\w)@\w{3,}|\b(?:instagram|snapchat|snap|tiktok|discord|insta)\s*[:=]", re.IGNORECASE
)
SAYING_SO = re.compile(
    r"\b(?:my name(?: is|’s|'s)|i am called|me llamo|mi nombre es|ll[aá]mame)\s+[^\W\d_]{2,}", re.IGNORECASE
)
WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
BESIDE = re.compile(r"\.? ?")
"""What stands between the words of a name."""
INITIAL = re.compile(r"\b[A-Z]\. ")
YEARS = re.compile(r"(?:1[89]|20)\d\d")
ORDINARY = frozenset(
    "a an and as at but by for from he her his i if in is it its my no not of on or our she so that the their they this to we "
    "what when where who why will with yes you your el la los las un una y o de del al en por para que no si su sus mi yo él "
    "ella mr mrs ms miss dr mayor councilor councilman councilwoman council city town state states united county district "
    "school high street avenue road park police department board committee house senate senator president governor judge "
    "commission office question answer monday tuesday wednesday thursday friday saturday sunday january february march april "
    "may june july august september october november december north south east west new american english spanish democratic "
    "republican party alcalde alcaldesa alcaldía concejo concejal ciudad estado estados unidos condado distrito escuela calle "
    "avenida parque policía departamento junta comisión lunes martes miércoles jueves viernes sábado domingo enero febrero "
    "marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre norte sur este oeste".split()
)
_FOLDED = frozenset(fold(word) for word in ORDINARY)


def signs(text: str, known: Collection[str] = ()) -> tuple[Sign, ...]:
    """What `text` seems to hold, in the order of `Sign`. `known` are names that may be said: those of people in the record."""
    found = {
        Sign.PHONE: any(not _is_years(one.group()) for one in PHONE.finditer(text)),
        Sign.CONTACT: CONTACT.search(text) is not None,
        Sign.NAME: SAYING_SO.search(text) is not None or _names_somebody(text, known),
    }
    return tuple(sign for sign in Sign if found[sign])


def _is_years(digits: str) -> bool:
    """Whether these are years, such as 2015-2016."""
    return all(YEARS.fullmatch(part) for part in re.split(r"[ ()./-]+", digits) if part)


def _names_somebody(text: str, known: Collection[str]) -> bool:
    """Whether two words with capitals stand side by side that are neither ordinary nor parts of a known name."""
    may = _FOLDED | {fold(part) for name in known for part in WORD.findall(name)}
    before: re.Match[str] | None = None
    text = INITIAL.sub("", text)
    for word in WORD.finditer(text):
        strange = word[0][0].isupper() and not word[0].isupper() and len(word[0]) > 1 and fold(word[0]) not in may
        if strange and before is not None and BESIDE.fullmatch(text[before.end() : word.start()]):
            return True
        before = word if strange else None
    return False
