"""Pure: a citation for reference managers: BibTeX (read by classic BibTeX and by biber) and CSL-JSON."""

import json
import re
import unicodedata

from transcripts.citing.citation import (
    Citation,
    Say,
    asker,
    more,
    named,
    one_line,
    quoted,
    recording,
    sentence,
    trust,
    where,
    who,
)
from transcripts.citing.styles import ANSWER_TO
from transcripts.vocabulary import ForumKind

SAID_AT = "%(who)s at %(where)s"

_ACCENTS = {
    "\N{COMBINING GRAVE ACCENT}": "\\`",
    "\N{COMBINING ACUTE ACCENT}": "\\'",
    "\N{COMBINING CIRCUMFLEX ACCENT}": "\\^",
    "\N{COMBINING TILDE}": "\\~",
    "\N{COMBINING DIAERESIS}": '\\"',
    "\N{COMBINING MACRON}": "\\=",
    "\N{COMBINING DOT ABOVE}": "\\.",
    "\N{COMBINING CARON}": "\\v ",
    "\N{COMBINING CEDILLA}": "\\c ",
    "\N{COMBINING OGONEK}": "\\k ",
    "\N{COMBINING BREVE}": "\\u ",
    "\N{COMBINING DOUBLE ACUTE ACCENT}": "\\H ",
    "\N{COMBINING RING ABOVE}": "\\r ",
}
_SIGNS = {
    "\\": "{\\textbackslash}",
    "{": "\\{",
    "}": "\\}",
    "$": "\\$",
    "&": "\\&",
    "#": "\\#",
    "_": "\\_",
    "%": "\\%",
    "^": "{\\textasciicircum}",
    "~": "{\\textasciitilde}",
    "<": "{\\textless}",
    ">": "{\\textgreater}",
    "|": "{\\textbar}",
    "`": "{\\textasciigrave}",
    "“": "{\\textquotedblleft}",
    "”": "{\\textquotedblright}",
    "«": "{\\guillemotleft}",
    "»": "{\\guillemotright}",
    "‘": "{\\textquoteleft}",
    "’": "{\\textquoteright}",
    "¿": "{\\textquestiondown}",
    "¡": "{\\textexclamdown}",
    "–": "{\\textendash}",
    "—": "{\\textemdash}",
    "…": "{\\textellipsis}",
    "\N{NO-BREAK SPACE}": "~",
    "ø": "{\\o}",
    "Ø": "{\\O}",
    "ł": "{\\l}",
    "Ł": "{\\L}",
    "ß": "{\\ss}",
    "æ": "{\\ae}",
    "Æ": "{\\AE}",
}
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_AND = re.compile(r"\band\b", re.IGNORECASE)
"""The word by which BibTeX parts two authors."""

_LONG_DAY = re.compile(r"\[\n *\[\n *(\d+),\n *(\d+),\n *(\d+)\n *\]\n *\]")
"""A day as `json` writes it, a number a line; no text of JSON holds a line end."""

CSL_TYPES = {ForumKind.HEARING: "hearing", ForumKind.COUNCIL_MEETING: "hearing", ForumKind.INTERVIEW: "interview"}
"""What each kind of forum is to CSL; the others are speeches."""


def bibtex(cited: Citation, say: Say) -> str:
    """One @misc entry. Braces round the title keep its capitals; addresses stand as they are, as `url` wants them."""
    fields = {
        "author": _author(cited),
        "title": "{" + latex(_title(cited, say)) + "}",
        "howpublished": latex(cited.site),
        "publisher": latex(cited.publisher),
        "address": latex(cited.place or ""),
        "year": str(cited.held_on.year),
        "day": str(cited.held_on.day),
        "url": cited.permalink,
        "urldate": cited.accessed.isoformat(),
        "abstract": latex(quoted(cited.words, say)),
        "note": latex(_note(cited, say)),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    month = f"  month = {_MONTHS[cited.held_on.month - 1]},"
    return "\n".join([f"@misc{{{_id(cited)},", *lines, month, "}"]) + "\n"


def csl(cited: Citation, say: Say) -> str:
    """A list of one item, valid against csl-data.json of the CSL schema (1.0.2)."""
    item = {
        "id": _id(cited),
        "type": CSL_TYPES.get(ForumKind(cited.kind), "speech"),
        "title": _title(cited, say),
        "author": _csl_author(cited),
        "event": cited.forum,
        "event-place": cited.place,
        "event-date": _parts(cited.held_on.isoformat()),
        "issued": _parts(cited.held_on.isoformat()),
        "accessed": _parts(cited.accessed.isoformat()),
        "container-title": cited.site,
        "publisher": cited.publisher,
        "language": cited.words_lang,
        "abstract": one_line(cited.words),
        "note": _note(cited, say),
        "URL": cited.permalink,
    }
    written = json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=2)
    return _LONG_DAY.sub(r"[[\1, \2, \3]]", written) + "\n"


def latex(text: str) -> str:
    """A text as LaTeX prints it: signs escaped, accents as commands in braces; what LaTeX has no command for stays as it is."""
    return "".join(_SIGNS.get(char) or _accented(char) for char in unicodedata.normalize("NFC", text))


def _accented(char: str) -> str:
    base, *marks = list(unicodedata.normalize("NFD", char))
    if len(marks) != 1 or marks[0] not in _ACCENTS or not base.isalpha():
        return char
    return "{" + _ACCENTS[marks[0]] + ("\\" + base if base in "ij" else base) + "}"


def _id(cited: Citation) -> str:
    """A key that is the same for the same words and for no others: turn, version, and the place of a passage."""
    passage = f"-{cited.passage}" if cited.passage else ""
    return f"said-{cited.key.lower()}-v{cited.version}{passage}"


def _author(cited: Citation) -> str:
    """Berg, Ida for a known person; what is printed, in braces of its own, for any other voice."""
    if cited.register and not _AND.search(cited.register):
        return latex(cited.register)
    return "{" + latex(cited.speaker) + "}" if cited.speaker else ""


def _csl_author(cited: Citation) -> list[dict[str, str]]:
    if cited.speaker is None:
        return []
    if cited.register is None or ", " not in cited.register:
        return [{"literal": cited.speaker}]
    family, given, *suffix = cited.register.split(", ", 2)
    return [{"family": family, "given": given, **({"suffix": suffix[0]} if suffix else {})}]


def _title(cited: Citation, say: Say) -> str:
    """What a list of works calls it: the question that was answered, or who spoke where."""
    if cited.question:
        return say(ANSWER_TO) % {"words": quoted(cited.question.words, say)}
    return say(SAID_AT) % {"who": named(cited.speaker, None, say), "where": where(cited)}


def _note(cited: Citation, say: Say) -> str:
    told = [sentence(who(cited, say))]
    if cited.question:
        by = asker(cited.question, say)
        told.append(sentence(by[:1].upper() + by[1:]))
    told += [sentence(where(cited)), sentence(cited.clock) if cited.clock else "", trust(cited)]
    told += [more(cited, say), recording(cited, say)]
    return " ".join(part for part in told if part)


def _parts(day: str) -> dict[str, list[list[int]]]:
    return {"date-parts": [[int(part) for part in day.split("-")]]}
