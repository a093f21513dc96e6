"""The forms of a page and their fields filled in: as somebody would who means it, and as nobody should."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

File = tuple[bytes, str]
"""What a file holds, and its name."""
Filled = dict[str, list[str | File]]
"""What a form sends by field."""

DAYS = ("2024-02-29", "2026-01-15", "2026-06-30", "2026-11-26", "2027-03-01")
DAY_WORDS = re.compile(r"(^|_)(on|day|date|began|ended|since|until|due|from|to)($|_)")
ODD: Sequence[str] = (
    "",
    " ",
    "\0",
    "a\0b",
    "\ud7ff\ufffe",
    "\u202e\u2028",
    "0",
    "-1",
    "9" * 25,
    "99999999999",
    "1e999",
    "NaN",
    "inf",
    "-0.0",
    "½",
    "٣",
    "2026-13-45",
    "0000-00-00",
    "9999-12-31",
    "0001-01-01",
    "2026",
    "2026-02",
    "x" * 5_000,
    "😀" * 400,
    "ǅ" * 300,
    "../../etc/passwd",
    "%00",
    "%s{0}{x}",
    "{{ 7*7 }}",
    "<script>alert(1)</script>",
    "'; DROP TABLE program; --",
    "javascript:alert(1)",
    "https://[::1",
    "http://\ud800".encode("utf-8", "replace").decode(),
    "program:",
    "source:x/y",
    "turn:0",
    "document:nothing",
    "finding",
    "a:b:c",
    "a: b / c\n- d: e\n-",
    "=1+1",
    "day,value\n2026-01-01,5\n2026-01-02,\x00",
    "UTC",
    "Mars/Olympus",
    "eur",
    "\N{LATIN SMALL LETTER I}\N{COMBINING DOT ABOVE}" * 30,
)
FILES: Sequence[File] = (
    (b"", "empty.csv"),
    (b"day,value\n2026-01-01,5\n2026-02-01,7\n", "figures.csv"),
    (b"\xff\xfe\x00", "odd.csv"),
    (b"%PDF-1.7\n%%EOF", "broken.pdf"),
    (b"PK\x03\x04broken", "broken.docx"),
    (b"# A paper\n\nIts first paragraph.\n\nAnother one.\n", "paper.txt"),
    (b"<html><body><h1>A page</h1><p>Said here.</p></body></html>", "page.html"),
    (b"words", "../\0" + "n" * 300 + ".txt"),
)


@dataclass(frozen=True)
class Form:
    """A form that writes: where it goes, and the way to fill it in."""

    action: str
    fields: tuple[LexborNode, ...]

    def filled(self, dice: random.Random, odd: float) -> Filled:
        """Every field as somebody would send it, each with the chance `odd` as nobody should; now and then one too many, or one less."""
        sent: Filled = {}
        for field in self.fields:
            name = field.attributes.get("name")
            if name:
                hidden = (
                    field.attributes.get("type") == "hidden"
                )  # a token that is wrong shows nothing of what lies behind it
                strange = dice.random() < (odd / 10 if hidden else odd)
                sent.setdefault(name, []).extend(_odd(dice, field) if strange else _meant(dice, name, field))
        if dice.random() < odd and sent:
            sent[dice.choice([*sent, "nothing"])] = [dice.choice(ODD), dice.choice(ODD)]
        if dice.random() < odd / 2 and sent:
            del sent[dice.choice([*sent])]
        return {name: values for name, values in sent.items() if values}


def forms_of(page: LexborHTMLParser, here: str) -> list[Form]:
    """The forms of a page that write."""
    return [
        Form(form.attributes.get("action") or here, tuple(form.css("input, select, textarea, button[name]")))
        for form in page.css("form")
        if (form.attributes.get("method") or "").lower() == "post"
    ]


def _odd(dice: random.Random, field: LexborNode) -> list[str | File]:
    return [dice.choice(FILES) if field.attributes.get("type") == "file" else dice.choice(ODD)]


def _meant(dice: random.Random, name: str, field: LexborNode) -> list[str | File]:
    kind = field.attributes.get("type") or field.tag
    held = field.attributes.get("value") or ""
    if kind == "file":
        return [dice.choice(FILES)]
    if kind in ("hidden", "button", "submit"):
        return [held]
    if kind in ("checkbox", "radio"):
        return [held] if dice.random() < 0.6 or "checked" in field.attributes else []
    if field.tag == "select":
        options = {one.attributes.get("value") or "": "selected" in one.attributes for one in field.css("option")}
        chosen = [value for value, selected in options.items() if selected and value]
        if chosen and dice.random() < 0.7:
            return [*chosen[:1]]
        return [dice.choice([value for value in options if value] or [""]) if not _left_out(dice, name) else ""]
    held = field.text() if field.tag == "textarea" else held
    return [held] if held and dice.random() < 0.9 else [_words(dice, name, kind)]


EMPTY = re.compile(
    r"link|url|website|archived|fragment|months|first_due|ended|until|denominator|due|^commitment$|contest|person|^part|^by$"
)
"""Fields that are mostly left empty: what is in them must go with other fields."""


def _left_out(dice: random.Random, name: str) -> bool:
    return bool(EMPTY.search(name)) and dice.random() < 0.8


def _words(dice: random.Random, name: str, kind: str | None) -> str:
    """Something this field may well hold."""
    if _left_out(dice, name):
        return ""
    if kind == "date" or DAY_WORDS.search(name):
        return DAYS[-1] if "due" in name else dice.choice(DAYS[:-1])
    known = {
        "zone": "America/New_York",
        "language": "en",
        "amount": str(dice.randrange(1, 4_000)),
        "every_months": "3",
        "currency": "USD",
        "table": f"day,value\n{dice.choice(DAYS)},{dice.randrange(200)}\n{dice.choice(DAYS)},{dice.randrange(200)}\n",
        "axes": "route: By way in / Por vía\n- arrest: Instead of an arrest\n- social: Social contact",
        "headline": dice.choice(("", "route: arrest / social")),
        "days": "30",
        "number": "HB 7",
    }
    return known.get(name, f"Invented words {dice.randrange(10_000)}")
