"""Words picked from what a candidate said, in a form of the desk: found, opened, chosen; they travel as (turn, version, start, end)."""

import re
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from positions.codings import words
from positions.queries import coding
from positions.queries.coding import Cell, Said
from tracker.db import reading
from tracker.forms import Typed
from tracker.i18n import gettext
from transcripts.exchanges.sentences import spans

ROLE_WORDS = {
    "supports": "for this position",
    "contradicts": "for the other part",
    "context": "as context",
    "reason": "why it changed",
}
"""What a piece of evidence does."""
NO_WORDS = "Choose where the words begin and where they end."

Place = tuple[str, str, str]
"""The slugs of a race, a statement and a person."""


@dataclass(frozen=True)
class Picked:
    """Words chosen as evidence: how they travel, and how they read."""

    ref: str
    text: str
    said: Said


@dataclass(frozen=True)
class Asked:
    """What is asked of the words: to find some, to open those of a turn; `suggested`: to begin with those on the statement's topic."""

    searched: bool = False
    turn: str = ""
    suggested: bool = False


NOTHING = Asked()


def asked(typed: Typed, place: Place) -> Asked:
    """Carry out what was pressed beside the words; words that are taken are in the form from then on."""
    doing, _, turn = typed["do"].partition(":")
    if doing == "take":
        _take(typed, place, turn)
    return Asked(doing == "find", turn if doing == "pick" or typed.errors else "")


def shown(session: Session, typed: Typed, cell: Cell, what: Asked) -> dict[str, Any]:
    """What the part of a page about the words is made of: chosen so far, found, opened, and the roles."""
    suggested = coding.on_topic(session, cell) if what.suggested else ()
    searched = what.searched or what.suggested
    found, total = coding.said(session, cell, typed["q"], suggested) if searched else ((), 0)
    opened, _ = coding.said(session, cell, keys=(what.turn,)) if what.turn else ((), 0)
    return {
        "picked": _picked(session, typed, cell),
        "found": found,
        "total": total,
        "searched": searched,
        "suggested": bool(suggested),
        "opened": opened[0] if opened else None,
        "sentences": _sentences(opened[0]) if opened else [],
        "roles": [(role, gettext(words)) for role, words in ROLE_WORDS.items()],
    }


def role_of(typed: Typed, ref: str) -> str:
    """What words chosen as evidence do."""
    return typed.one_of(f"role-{ref}", ROLE_WORDS, needed=False) or "supports"


def _take(typed: Typed, place: Place, turn: str) -> None:
    """Add the words chosen in a turn to the evidence of the form."""
    with reading() as session:
        found, _ = coding.said(session, coding.cell(session, *place), keys=(turn,))
    chosen = _chosen(typed, found[0]) if found else None
    if chosen is None:
        typed.fail("from", NO_WORDS)
        return
    ref = f"{turn}:{found[0].version}:{chosen[0]}:{chosen[1]}"
    if ref not in typed.all("evidence"):
        typed.values.add("evidence", ref)


def _chosen(typed: Typed, said: Said) -> tuple[int, int] | None:
    """The words chosen in a turn: exactly (start, end), or from one sentence to another."""
    exact = [typed[name].strip() for name in ("start", "end")]
    if all(re.fullmatch("[0-9]{1,7}", value) for value in exact):
        start, end = map(int, exact)
    else:
        parts, ends = spans(said.text), [typed["from"], typed["to"] or typed["from"]]
        if not all(re.fullmatch("[0-9]{1,7}", value) and int(value) < len(parts) for value in ends):
            return None
        start, end = parts[int(ends[0])][0], parts[int(ends[1])][1]
    return (start, end) if 0 <= start < end <= len(said.text) and said.text[start:end].strip() else None


def _picked(session: Session, typed: Typed, cell: Cell) -> list[Picked]:
    """The words chosen so far, as they read; those that are no longer there are left out."""
    refs = [(ref, picked) for ref in typed.all("evidence") if (picked := words(ref))]
    if not refs:
        return []
    found, _ = coding.said(session, cell, keys=tuple(dict.fromkeys(picked.key for _, picked in refs)))
    turns = {(said.key, said.version): said for said in found}
    return [
        Picked(ref, said.text[picked.start : picked.end], said)
        for ref, picked in refs
        if (said := turns.get((picked.key, picked.version)))
    ]


def _sentences(said: Said) -> list[str]:
    return [said.text[start:end] for start, end in spans(said.text)]
