"""The lists of a program, a design and a law: what a form of each asks for, and how it is filled in again."""

from collections.abc import Callable, Mapping

from sqlmodel import Session

from positions.entries import Doc
from positions.followthrough.vocabulary.programs import (
    CHECK_WORDS,
    CONCERN_WORDS,
    MONEY_WORDS,
    ROLE_WORDS,
    STEP_WORDS,
    CheckStatus,
    ConcernKind,
    MoneyKind,
    Role,
    Step,
)
from positions.followthrough_entries.acts import ActLink
from positions.followthrough_entries.designs import Body, Criterion
from positions.followthrough_entries.programs import Claim, Concern, History, Money
from tracker.forms import Typed
from tracker.i18n import current_language, gettext
from tracker.pages.desk import cited, entering
from tracker.pages.desk.rows import Part

LONGEST_NUMBER = 20
CODES: Mapping[str, Mapping[str, str]] = {
    "role": {str(code): words for code, words in ROLE_WORDS.items()},
    "step": {str(code): words for code, words in STEP_WORDS.items()},
    "money": {str(code): words for code, words in MONEY_WORDS.items()},
    "check": {str(code): words for code, words in CHECK_WORDS.items()},
    "concern": {str(code): words for code, words in CONCERN_WORDS.items()},
}
"""The closed lists that forms of rows choose from: code → English words."""


def codes(name: str) -> list[tuple[str, str]]:
    """A closed list as a field offers it: (code, words)."""
    return [(code, gettext(words)) for code, words in CODES[name].items()]


def _filled(*texts: str) -> Callable[[Doc], Mapping[str, object]]:
    """From a row to the fields of its form: texts that may be missing, what it rests on, everything else as it is."""

    def fill(row: Doc) -> Mapping[str, object]:
        empty = {f"{name}_{lang}": "" for name in texts for lang in ("en", "es")}
        told = {name: value for name, value in row.items() if name not in ("cited", "slug")}
        return {**empty, **entering.values(told), **cited.values(row["cited"])}

    return fill


def _first(name: str) -> Callable[[Doc], str]:
    """A few words that say which row it is: a text of it in the language of the page."""
    return lambda row: str((row[name] or {}).get(current_language()) or (row[name] or {}).get("en") or "")


def _body(session: Session, typed: Typed, doc: Doc) -> Doc:
    return {
        "organisation": typed.text("organisation", 120),
        "role": typed.one_of("role", list(Role)),
        "since": _day(typed, "since"),
        "until": _day(typed, "until"),
        "note": entering.both(typed, "note", needed=False),
        "cited": cited.read(session, typed, needed=False),
    }


def _criterion(session: Session, typed: Typed, doc: Doc) -> Doc:
    return {
        "text": entering.both(typed, "text"),
        "core": typed.ticked("core"),
        "cited": cited.read(session, typed),
    }


def _history(session: Session, typed: Typed, doc: Doc) -> Doc:
    return {
        "on": _day(typed, "on", needed=True),
        "step": typed.one_of("step", list(Step)),
        "text": entering.both(typed, "text"),
        "cited": cited.read(session, typed),
    }


def _money(session: Session, typed: Typed, doc: Doc) -> Doc:
    return {
        "kind": typed.one_of("kind", list(MoneyKind)),
        "amount": typed.text("amount", LONGEST_NUMBER).replace(",", ""),
        "currency": typed.text("currency", 3).upper(),
        "first_on": _day(typed, "first_on"),
        "last_on": _day(typed, "last_on"),
        "giver": typed.text("giver", needed=False) or None,
        "text": entering.both(typed, "text", needed=False),
        "cited": cited.read(session, typed),
    }


def _claim(session: Session, typed: Typed, doc: Doc) -> Doc:
    checked_on = typed.day("checked_on", needed=False)
    return {
        "figure": entering.both(typed, "figure"),
        "compared": entering.both(typed, "compared", needed=False),
        "period": entering.both(typed, "period", needed=False),
        "claimed_by": typed.text("claimed_by"),
        "status": typed.one_of("status", list(CheckStatus)),
        "checked_on": checked_on.isoformat() if checked_on else None,
        "check": entering.both(typed, "check", needed=False),
        "cited": cited.read(session, typed),
    }


def _concern(session: Session, typed: Typed, doc: Doc) -> Doc:
    return {
        "kind": typed.one_of("kind", list(ConcernKind)),
        "criterion": typed.text("criterion", 120, needed=False) or None,
        "raised_by": typed.text("raised_by"),
        "raised_on": _day(typed, "raised_on"),
        "text": entering.both(typed, "text"),
        "cited": cited.read(session, typed),
    }


def _link(session: Session, typed: Typed, doc: Doc) -> Doc:
    kind, _, slug = typed.text("on", 200).partition(":")
    return {
        **{name: slug if name == kind else None for name in ("program", "commitment", "statement")},
        "person": typed.text("person", 120, needed=False) or None,
        "note": entering.both(typed, "note", needed=False),
    }


def _link_values(row: Doc) -> Mapping[str, object]:
    kind, slug = _linked(row)
    note = entering.values({"note": row["note"] or {"en": "", "es": ""}})
    return {"on": f"{kind}:{slug}", "person": row["person"], **note}


def _linked(row: Doc) -> tuple[str, str]:
    return next((name, row[name]) for name in ("program", "commitment", "statement") if row[name])


def _link_key(row: Doc) -> str:
    return ".".join((*_linked(row), *((row["person"],) if row["person"] else ())))


def _day(typed: Typed, name: str, *, needed: bool = False) -> str | None:
    """A partial day as it was typed; the entry says whether it is one."""
    return typed.text(name, 10, needed=needed) or None


BODIES = Part(
    "bodies",
    "Who does what",
    "an organisation",
    Body,
    _body,
    _filled("note"),
    lambda row: f"{gettext(CODES['role'][row['role']])}: {row['organisation']}",
    lambda row: f"{row['organisation']}.{row['role']}",
    slugged=False,
)
CRITERIA = Part(
    "criteria",
    "What the design asks for",
    "a thing it asks for",
    Criterion,
    _criterion,
    _filled("text"),
    _first("text"),
)
HISTORY = Part("history", "History", "a line of history", History, _history, _filled("text"), _first("text"))
MONEY = Part(
    "money",
    "Money",
    "a sum",
    Money,
    _money,
    _filled("text"),
    lambda row: (
        f"{gettext(CODES['money'][row['kind']])}: {row['amount']} {row['currency']} {row['first_on'] or ''}".strip()
    ),
)
CLAIMS = Part(
    "claims",
    "What it is said to achieve",
    "a claim",
    Claim,
    _claim,
    _filled("figure", "compared", "period", "check"),
    _first("figure"),
)
CONCERNS = Part(
    "concerns", "Concerns and questions", "a concern or question", Concern, _concern, _filled("text"), _first("text")
)
LINKS = Part(
    "links",
    "What depends on it",
    "something that depends on it",
    ActLink,
    _link,
    _link_values,
    lambda row: " · ".join(part for part in (_linked(row)[1], row["person"]) if part),
    _link_key,
    slugged=False,
)
PARTS = (BODIES, CRITERIA, HISTORY, MONEY, CLAIMS, CONCERNS, LINKS)
"""Every list there is."""
