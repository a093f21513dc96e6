"""/desk/races/<slug>/statements/<key>/<person>: where one candidate stands on one statement, with evidence picked from the record.

Words are never typed: the page finds what the candidate said, and the words chosen in it travel as (turn, version, start, end).
"""

import re
from dataclasses import dataclass

from flask import Blueprint, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions import options
from positions.cells import Looked
from positions.queries import coding
from positions.queries.coding import Cell, Said
from positions.queries.stances import Standing
from positions.scale import CODES_OF, Code, EvidenceKind, Tier
from positions.stance_rules import NewEvidence, NewStance
from positions.stances import Words, quoted_at, record, take_back
from tracker.acting import Done, attempt, perform
from tracker.db import reading
from tracker.forms import VERSION, Typed
from tracker.i18n import current_language, gettext
from tracker.pages.desk import entering
from tracker.pages.leading_on import lead_on
from tracker.rendering import page
from tracker.wording import code_words, evidence_words, reason_words, tier_words
from transcripts.bilingual import Bilingual
from transcripts.errors import Conflict
from transcripts.exchanges.sentences import spans
from transcripts.vocabulary import REASON_WORDS, Reason

bp = Blueprint("desk_positions", __name__, url_prefix="/desk/races/<slug>/statements/<key>/<person>")
bp.before_request(lead_on(slug="race", key="statement"))

ROLE_WORDS = {
    "supports": "for this position",
    "contradicts": "for the other part",
    "context": "as context",
    "reason": "why it changed",
}
"""What a piece of evidence does."""

TOLD = (EvidenceKind.REPORTED_QUOTATION, EvidenceKind.SOURCE_SUMMARY)
SLOTS = ("1", "2")
"""Sources told in our words that the form has room for."""

_REF = re.compile(r"([\w-]{1,64}):([0-9]{1,6}):([0-9]{1,7}):([0-9]{1,7})")
NO_WORDS = "Choose where the words begin and where they end."


@dataclass(frozen=True)
class Picked:
    """Words chosen as evidence: how they travel, and how they read."""

    ref: str
    text: str
    said: Said


@bp.get("")
def show(slug: str, key: str, person: str) -> Response:
    """What was recorded, and an empty form."""
    return _form((slug, key, person), Typed.of({"coders": 1}), 200)


@bp.post("")
def act(slug: str, key: str, person: str) -> Response:
    """Find words, choose among them, or record the position: one form, so that nothing typed is lost in between."""
    typed, place = Typed.sent(), (slug, key, person)
    doing, _, turn = typed["do"].partition(":")
    if doing == "record":
        return _record(typed, place)
    if doing == "take":
        _take(typed, place, turn)
    opened = turn if doing == "pick" or typed.errors else ""
    return _form(place, typed, 422 if typed.errors else 200, opened, searched=doing == "find")


@bp.post("/<int:id>/take-back")
def undo(slug: str, key: str, person: str, id: int) -> Response:
    """Take one position back: what stood before it stands again."""
    typed = Typed.sent()

    def work(session: Session) -> Done:
        cell = coding.cell(session, slug, key, person)
        if id not in [one.stance.id for one in coding.history(session, cell)]:
            raise Conflict("This position is of another statement; nothing was changed.")
        take_back(session, id)
        return Done(url_for(".show", slug=slug, key=key, person=person), f"position {id}")

    return perform(typed, "take back a position", work)


def _record(typed: Typed, place: tuple[str, str, str]) -> Response:
    slug, key, person = place

    def work(session: Session) -> Done:
        cell = coding.cell(session, *place)
        if typed[VERSION] and typed[VERSION] != _version(session, cell):
            raise Conflict("Somebody recorded a position here meanwhile. Look at it below, then record yours.")
        stance = _stance(session, typed, cell)
        typed.check()
        assert stance is not None
        outcome = record(session, stance)
        return Done(url_for(".show", slug=slug, key=key, person=person), f"{key} {person}", outcome)

    return attempt(typed, "record a position", work, lambda status: _form(place, typed, status))


def _version(session: Session, cell: Cell) -> str:
    """What is recorded so far, in short."""
    return "-".join(str(one.stance.id) for one in coding.history(session, cell)[:1]) or "none"


def _stance(session: Session, typed: Typed, cell: Cell) -> NewStance | None:
    """The position as typed; None where a field is missing, which is noted beside it."""
    kind, _, value = (typed.one_of("position", [code for code, _ in _printed(cell)]) or "").partition(":")
    day = typed.day("as_of")
    tier = typed.whole("tier", 1, 5, needed=False)
    pieces = [_quotation(session, typed, cell, ref) for ref in typed.all("evidence")]
    pieces += [piece for slot in SLOTS if (piece := _told(session, typed, cell, slot))]
    condition, scope, summary, around = (
        entering.both(typed, name, 1000, needed=False) for name in ("condition", "scope", "summary", "around")
    )
    looked = _looked(typed) if value == Reason.NONE_FOUND else None
    if day is None or typed.errors:
        return None
    return NewStance(
        candidacy_id=cell.candidacy_id,
        proposition_id=cell.proposition_id,
        as_of=day,
        code=Code.OPTION if kind == "option" else Code(value) if kind == "code" else None,
        choice=value if kind == "option" else None,
        reason=Reason(value) if kind == "reason" else None,
        tier=Tier(tier) if tier else None,
        condition=_text(condition),
        scope=_text(scope),
        summary=_text(summary),
        around=_text(around),
        coders=typed.whole("coders", 1, 1000) or 1,
        evidence=tuple(pieces),
        looked=looked,
    )


def _text(doc: dict[str, str] | None) -> Bilingual | None:
    return Bilingual(doc["en"], doc["es"]) if doc else None


def _quotation(session: Session, typed: Typed, cell: Cell, ref: str) -> NewEvidence:
    words = _words(ref)
    if words is None:
        raise Conflict("The words you chose did not arrive whole; choose them anew.")
    role = typed.one_of(f"role-{ref}", ROLE_WORDS, needed=False) or "supports"
    place = quoted_at(session, cell.contest_id, cell.person_id, words)
    return NewEvidence(kind=EvidenceKind.QUOTATION, role=role, place=place)


def _told(session: Session, typed: Typed, cell: Cell, slot: str) -> NewEvidence | None:
    """A source told in our words, where one is chosen."""
    known = [str(source.id) for source in coding.sources(session, cell)]
    source = typed.one_of(f"source-{slot}", known, needed=False)
    told = entering.both(typed, f"told{slot}", 1000, needed=bool(source))
    if not source:
        return None
    return NewEvidence(
        kind=EvidenceKind(typed.one_of(f"kind-{slot}", TOLD) or TOLD[0]),
        role=typed.one_of(f"sourcerole-{slot}", ROLE_WORDS) or "supports",
        source_id=int(source),
        told=_text(told),
        fragment=typed.text(f"fragment-{slot}", 200, needed=False) or None,
    )


def _looked(typed: Typed) -> Looked | None:
    by, day, where = typed.text("looked_by"), typed.day("looked_at"), entering.both(typed, "where", 1000)
    text = _text(where)
    return Looked(by, day, text) if by and day and text else None


def _take(typed: Typed, place: tuple[str, str, str], turn: str) -> None:
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
        if not all(value.isdigit() and int(value) < len(parts) for value in ends):
            return None
        start, end = parts[int(ends[0])][0], parts[int(ends[1])][1]
    return (start, end) if 0 <= start < end <= len(said.text) and said.text[start:end].strip() else None


def _words(ref: str) -> Words | None:
    found = _REF.fullmatch(ref)
    return Words(found[1], int(found[2]), int(found[3]), int(found[4])) if found else None


def _picked(session: Session, typed: Typed, cell: Cell) -> list[Picked]:
    """The words chosen so far, as they read; those that are no longer there are left out."""
    refs = [(ref, words) for ref in typed.all("evidence") if (words := _words(ref))]
    if not refs:
        return []
    found, _ = coding.said(session, cell, keys=tuple(dict.fromkeys(words.key for _, words in refs)))
    turns = {(said.key, said.version): said for said in found}
    return [
        Picked(ref, said.text[words.start : words.end], said)
        for ref, words in refs
        if (said := turns.get((words.key, words.version)))
    ]


def _sentences(said: Said) -> list[str]:
    return [said.text[start:end] for start, end in spans(said.text)]


def _form(
    place: tuple[str, str, str], typed: Typed, status: int, turn: str = "", *, searched: bool = False
) -> Response:
    """The form with what was chosen so far; `turn` is opened to choose words in it, `searched` shows what was found."""
    slug, key, person = place
    with reading() as session:
        cell = coding.cell(session, *place)
        recorded = coding.history(session, cell)
        picked = _picked(session, typed, cell)
        found, total = coding.said(session, cell, typed["q"]) if searched else ((), 0)
        opened, _ = coding.said(session, cell, keys=(turn,)) if turn else ((), 0)
        sources = coding.sources(session, cell)
        if not typed["as_of"]:
            typed.values["as_of"] = coding.last_heard(session, cell)
        version = _version(session, cell) if status == 409 or not typed[VERSION] else typed[VERSION]
    return page(
        "desk/positions/show.html",
        status=status,
        slug=slug,
        key=key,
        person=person,
        cell=cell,
        form=typed,
        version=version,
        recorded=recorded,
        picked=picked,
        found=found,
        total=total,
        searched=searched,
        opened=opened[0] if opened else None,
        sentences=_sentences(opened[0]) if opened else [],
        positions=_printed(cell),
        labels={one.stance.id: _label(cell, one.stance) for one in recorded},
        tiers=[(int(tier), tier_words(tier, gettext("a source"))) for tier in Tier],
        roles=[(role, gettext(words)) for role, words in ROLE_WORDS.items()],
        kinds=[(kind, evidence_words(kind)) for kind in TOLD],
        sources=[
            (source.id, f"{source.title}{f' ({source.publisher})' if source.publisher else ''}") for source in sources
        ],
        slots=SLOTS,
    )


def _printed(cell: Cell) -> list[tuple[str, str]]:
    """Where somebody can stand on this statement, or why we cannot say: its answers or the codes of its type, then the reasons."""
    listed = [(f"option:{one.key}", one.text.within(current_language())) for one in cell.options]
    codes = [(f"code:{code}", code_words(code)) for code in CODES_OF[cell.type] if code != Code.OPTION]
    return [*listed, *codes, *((f"reason:{reason}", reason_words(reason)) for reason in REASON_WORDS)]


def _label(cell: Cell, stance: Standing) -> str:
    """A recorded position in words, that of an answer by the words it has now."""
    words = options.words(cell.options).get(stance.choice or "")
    if words is not None:
        return words.within(current_language())
    return code_words(stance.code) if stance.code else reason_words(str(stance.reason))
