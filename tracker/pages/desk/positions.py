"""/desk/races/<slug>/statements/<key>/<person>: where one candidate stands on one statement, with evidence picked from the record.

Words are never typed: the page finds what the candidate said, and the words chosen in it travel as (turn, version, start, end).
"""

from flask import Blueprint, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions import options
from positions.cells import Looked
from positions.coding.cells import Judgements
from positions.codings import NOT_WHOLE
from positions.codings import words as picked_words
from positions.queries import coded, coding
from positions.queries.coding import Cell
from positions.queries.stances import Standing
from positions.scale import CODES_OF, Code, EvidenceKind, Tier
from positions.stance_rules import NewEvidence, NewStance
from positions.stances import quoted_at, record, take_back
from tracker.accounts.admission import signed_in
from tracker.acting import Done, attempt, perform, recorder
from tracker.db import reading
from tracker.forms import VERSION, Typed
from tracker.i18n import current_language, gettext
from tracker.pages.desk import entering, picking
from tracker.pages.desk.picking import NOTHING, ROLE_WORDS, Asked
from tracker.pages.leading_on import lead_on
from tracker.rendering import page
from tracker.wording import code_words, evidence_words, reason_words, tier_words
from transcripts.bilingual import Bilingual
from transcripts.errors import Conflict
from transcripts.vocabulary import REASON_WORDS, Reason

bp = Blueprint("desk_positions", __name__, url_prefix="/desk/races/<slug>/statements/<key>/<person>")
bp.before_request(lead_on(slug="race", key="statement"))

TOLD = (EvidenceKind.REPORTED_QUOTATION, EvidenceKind.SOURCE_SUMMARY)
SLOTS = ("1", "2")
"""Sources told in our words that the form has room for."""


@bp.get("")
def show(slug: str, key: str, person: str) -> Response:
    """What was recorded, and an empty form; or what was agreed, as far as those who judged filled it in."""
    return _form((slug, key, person), None, 200)


@bp.post("")
def act(slug: str, key: str, person: str) -> Response:
    """Find words, choose among them, or record the position: one form, so that nothing typed is lost in between."""
    typed, place = Typed.sent(), (slug, key, person)
    if typed["do"] == "record":
        return _record(typed, place)
    what = picking.asked(typed, place)
    return _form(place, typed, 422 if typed.errors else 200, what)


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
        outcome = record(session, stance, recorder())
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
        evidence=tuple(pieces),
        looked=looked,
    )


def _text(doc: dict[str, str] | None) -> Bilingual | None:
    return Bilingual(doc["en"], doc["es"]) if doc else None


def _quotation(session: Session, typed: Typed, cell: Cell, ref: str) -> NewEvidence:
    words = picked_words(ref)
    if words is None:
        raise Conflict(NOT_WHOLE)
    place = quoted_at(session, cell.contest_id, cell.person_id, words)
    return NewEvidence(kind=EvidenceKind.QUOTATION, role=picking.role_of(typed, ref), place=place)


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


def _form(place: picking.Place, typed: Typed | None, status: int, what: Asked = NOTHING) -> Response:
    """The form with what was chosen so far, and beside it what those who judged alone said, once it may be seen."""
    slug, key, person = place
    with reading() as session:
        cell = coding.cell(session, *place)
        recorded = coding.history(session, cell)
        held = coded.of_box(session, cell.candidacy_id, cell.proposition_id)
        rule = coded.rule_of(session, cell.contest_id)
        form = typed or _begun(session, cell, held)
        words = picking.shown(session, form, cell, what)
        sources = coding.sources(session, cell)
        if not form["as_of"]:
            form.values["as_of"] = coding.last_heard(session, cell)
        version = _version(session, cell) if status == 409 or not form[VERSION] else form[VERSION]
    return page(
        "desk/positions/show.html",
        status=status,
        slug=slug,
        key=key,
        person=person,
        cell=cell,
        form=form,
        version=version,
        recorded=recorded,
        decision=held.decision,
        codings=held.seen_by(signed_in().id),
        decided=held.decided,
        rule=rule,
        positions=_printed(cell),
        labels={one.stance.id: _label(cell, one.stance) for one in recorded},
        tiers=[(int(tier), tier_words(tier, gettext("a source"))) for tier in Tier],
        kinds=[(kind, evidence_words(kind)) for kind in TOLD],
        sources=[
            (source.id, f"{source.title}{f' ({source.publisher})' if source.publisher else ''}") for source in sources
        ],
        slots=SLOTS,
        **words,
    )


def _begun(session: Session, cell: Cell, held: Judgements) -> Typed:
    """An empty form, or what was agreed or decided as far as those who judged filled it in."""
    form = Typed.of({})
    if held.decision is None:
        return form
    value = held.decision.value
    saying = held.saying(value)
    form.values["position"] = f"{'code' if value in set(Code) else 'reason'}:{value}"
    form.values["tier"] = str(coded.tier(saying) or "")
    for name in ("condition_en", "condition_es"):
        form.values[name] = next((told for one in saying if (told := getattr(one, name))), "")
    for ref, role in dict(piece for one in saying for piece in one.evidence).items():
        form.values.add("evidence", ref)
        form.values[f"role-{ref}"] = role
    return form


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
