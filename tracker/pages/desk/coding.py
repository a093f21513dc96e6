"""/desk/coding: boxes judged by two people alone, positions checked by a second, and what differs decided by a third."""

from flask import Blueprint, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions import codings
from positions.coding.cells import State
from positions.coding.publishing import RULE_WORDS
from positions.codings import Judging
from positions.queries import coded, coding, coding_work, stances
from positions.queries.coding import Cell
from positions.queries.coding_work import Work
from positions.scale import CODES_OF, Tier
from tracker.accounts.admission import signed_in
from tracker.acting import Done, attempt, recorder
from tracker.db import reading
from tracker.forms import Typed
from tracker.i18n import gettext
from tracker.pages.desk import picking
from tracker.pages.desk.picking import NOTHING, Asked, Place
from tracker.pages.leading_on import lead_on
from tracker.rendering import page
from tracker.wording import code_words, reason_words, tier_words
from transcripts.errors import NotFound
from transcripts.vocabulary import REASON_WORDS

bp = Blueprint("desk_coding", __name__, url_prefix="/desk/coding")
bp.before_request(lead_on(slug="race", key="statement"))

NOTE = 2000
"""Code points of a note or a reason."""
STATE_WORDS = {
    State.TO_CODE: "You have not judged this yet.",
    State.WAITING: "You have judged this; you can still change it. It is laid beside a second judgement once there is one.",
    State.SPLIT: "Two judgements differ: a third person decides.",
    State.AGREED: "Two people judged this alone and agree.",
    State.DECIDED: "A third person has decided.",
}


@bp.get("")
def index() -> Response:
    """Every race: what waits for this account, and how far it has come."""
    with reading() as session:
        works = coding_work.of_races(session, signed_in().id, coded.races(session))
        declared = coded.declared(session, signed_in().id)
    return page(
        "desk/coding/index.html",
        works=[one for one in works if one.boxes],
        declared=declared,
        rule_words=RULE_WORDS,
    )


@bp.get("/<slug>")
def show(slug: str) -> Response:
    """One race: the next box to judge, positions to check, what differs, and what waits for its words."""
    with reading() as session:
        work = _work(session, slug)
        declared = coded.declared(session, signed_in().id)
    return page("desk/coding/show.html", slug=slug, work=work, declared=declared, rule_words=RULE_WORDS)


@bp.get("/<slug>/<key>/<person>")
def box(slug: str, key: str, person: str) -> Response:
    """One box to judge alone: the statement, what the candidate said, and nothing of what others said of it."""
    return _box((slug, key, person), None, 200)


@bp.post("/<slug>/<key>/<person>")
def judge(slug: str, key: str, person: str) -> Response:
    """Find and choose words, or hand in the judgement; then the next box."""
    typed, place = Typed.sent(), (slug, key, person)
    if typed["do"] != "judge":
        what = picking.asked(typed, place)
        return _box(place, typed, 422 if typed.errors else 200, what)

    def work(session: Session) -> Done:
        cell = coding.cell(session, *place)
        judging = _judging(typed)
        typed.check()
        codings.code(session, cell, judging, recorder())
        return Done(_next(session, slug), f"race/{slug}")  # not which box: the log would tell others that it was judged

    return attempt(typed, "judge a position alone", work, lambda status: _box(place, typed, status))


@bp.post("/<slug>/<key>/<person>/again")
def again(slug: str, key: str, person: str) -> Response:
    """Have a box judged anew that was decided."""
    typed = Typed.sent()

    def work(session: Session) -> Done:
        cell = coding.cell(session, slug, key, person)
        why = typed.text("why", NOTE, lines=True)
        typed.check()
        codings.again(session, cell, why, recorder())
        return Done(url_for(".box", slug=slug, key=key, person=person), f"{key} {person}", why)

    return attempt(typed, "have a position judged anew", work, lambda status: _box((slug, key, person), typed, status))


@bp.get("/<slug>/<key>/<person>/check")
def checking(slug: str, key: str, person: str) -> Response:
    """A position one person recorded, with its words, for a second to check."""
    return _check((slug, key, person), Typed.of({}), 200)


@bp.post("/<slug>/<key>/<person>/check")
def check(slug: str, key: str, person: str) -> Response:
    """“I checked this against its words”, or an objection with its reason."""
    typed, place = Typed.sent(), (slug, key, person)

    def work(session: Session) -> Done:
        cell = coding.cell(session, *place)
        stance_id = typed.whole("position_id") or 0
        if typed["do"] == "object":
            judging = _judging(typed)
            typed.check()
            codings.object_to(session, cell, stance_id, judging, recorder())
        else:
            typed.check()
            codings.check(session, cell, stance_id, recorder())
        return Done(_next_check(session, slug), f"position {stance_id}", typed["do"])

    return attempt(typed, "check a position", work, lambda status: _check(place, typed, status))


@bp.get("/<slug>/<key>/<person>/decide")
def deciding(slug: str, key: str, person: str) -> Response:
    """Judgements that differ, side by side, for a third person."""
    return _decide((slug, key, person), Typed.of({}), 200)


@bp.post("/<slug>/<key>/<person>/decide")
def decide(slug: str, key: str, person: str) -> Response:
    """Decide, with a reason; the position goes on record, or its words are chosen next."""
    typed, place = Typed.sent(), (slug, key, person)

    def work(session: Session) -> Done:
        cell = coding.cell(session, *place)
        value, why = _value(typed), typed.text("why", NOTE, lines=True)
        typed.check()
        recorded = codings.decide(session, cell, value, why, recorder())
        here = url_for(".show", slug=slug, _anchor="differ")
        there = url_for("desk_positions.show", slug=slug, key=key, person=person)
        return Done(here if recorded else there, f"{key} {person}", f"{value}: {why}")

    return attempt(typed, "decide between judgements", work, lambda status: _decide(place, typed, status))


def _work(session: Session, slug: str) -> Work:
    (work,) = coding_work.of_races(session, signed_in().id, [coded.race(session, slug)])
    return work


def _next(session: Session, slug: str) -> str:
    """The next box to judge, or the race where none is left."""
    left = _work(session, slug).to_code
    if not left:
        return url_for(".show", slug=slug)
    return url_for(".box", slug=slug, key=left[0].statement, person=left[0].person)


def _next_check(session: Session, slug: str) -> str:
    """The next position to check, or the race where none is left."""
    left = _work(session, slug).to_check
    if not left:
        return url_for(".show", slug=slug)
    return url_for(".checking", slug=slug, key=left[0][0].statement, person=left[0][0].person)


def _judging(typed: Typed) -> Judging:
    tier = typed.whole("tier", 1, 5, needed=False)
    en, es = (typed.text(f"condition_{lang}", 1000, needed=False, lines=True) for lang in ("en", "es"))
    return Judging(
        _value(typed),
        typed.text("note", NOTE, needed=False, lines=True),
        tier,
        (en or None, es or None),
        tuple((ref, picking.role_of(typed, ref)) for ref in typed.all("evidence")),
    )


def _value(typed: Typed) -> str:
    return typed.one_of("value", (*CODES_OF["scale"], *REASON_WORDS)) or ""


def _values() -> list[tuple[str, list[tuple[str, str]]]]:
    """The six positions and the seven reasons, each group with its heading."""
    return [
        (gettext("Where they stand"), [(str(code), code_words(code)) for code in CODES_OF["scale"]]),
        (gettext("Or why we cannot say"), [(str(reason), reason_words(reason)) for reason in REASON_WORDS]),
    ]


def _held(session: Session, cell: Cell) -> dict[str, str]:
    """One's own judgement as the fields of the form."""
    said = coded.of_box(session, cell.candidacy_id, cell.proposition_id)
    mine = next((one for one in said.blind if one.coder_id == signed_in().id), None)
    if mine is None:
        return {}
    told = {"value": mine.value, "note": mine.note, "tier": str(mine.tier or "")}
    conditions = {"condition_en": mine.condition_en or "", "condition_es": mine.condition_es or ""}
    return {**told, **conditions, **{f"role-{ref}": role for ref, role in mine.evidence}}


def _box(place: Place, typed: Typed | None, status: int, what: Asked = NOTHING) -> Response:
    slug, key, person = place
    with reading() as session:
        cell = coding.cell(session, *place)
        said = coded.of_box(session, cell.candidacy_id, cell.proposition_id)
        form = typed or Typed.of(_held(session, cell))
        if typed is None:
            for name in [name for name in form.values if name.startswith("role-")]:
                form.values.add("evidence", name.removeprefix("role-"))
            what = Asked(suggested=True)
        words = picking.shown(session, form, cell, what)
        declared = coded.declared(session, signed_in().id)
        work = _work(session, slug)
    state = said.state(signed_in().id)
    return page(
        "desk/coding/box.html",
        status=status,
        slug=slug,
        key=key,
        person=person,
        cell=cell,
        form=form,
        state=state,
        state_words=STATE_WORDS,
        open=state in (State.TO_CODE, State.WAITING),
        seen=said.seen_by(signed_in().id) if state not in (State.TO_CODE, State.WAITING) else (),
        decided=said.decided,
        tied=declared is not None and cell.person_id in declared.people,
        declared=declared,
        work=work,
        values=_values(),
        tiers=_tiers(),
        **words,
    )


def _tiers() -> list[tuple[int, str]]:
    return [(int(tier), tier_words(tier, gettext("a source"))) for tier in Tier]


def _check(place: Place, typed: Typed, status: int) -> Response:
    slug, key, person = place
    with reading() as session:
        cell = coding.cell(session, *place)
        shown = stances.current(stances.of_box(session, cell.candidacy_id, cell.proposition_id))[:1]
        if not shown:
            raise NotFound("Nothing is on record here that could be checked.")
        own = coded.recorders(session, [shown[0].id]).get(shown[0].id) == signed_in().id
        declared = coded.declared(session, signed_in().id)
    return page(
        "desk/coding/check.html",
        status=status,
        slug=slug,
        key=key,
        person=person,
        cell=cell,
        form=typed,
        one=shown[0],
        own=own,
        declared=declared,
        values=_values(),
    )


def _decide(place: Place, typed: Typed, status: int) -> Response:
    slug, key, person = place
    with reading() as session:
        cell = coding.cell(session, *place)
        said = coded.of_box(session, cell.candidacy_id, cell.proposition_id)
        shown = stances.current(stances.of_box(session, cell.candidacy_id, cell.proposition_id))[:1]
        refs = [ref for one in said.seen_by(signed_in().id) for ref, _ in one.evidence]
        typed.values.setlist("evidence", refs)
        words = picking.shown(session, typed, cell, NOTHING)
        declared = coded.declared(session, signed_in().id)
    return page(
        "desk/coding/decide.html",
        status=status,
        slug=slug,
        key=key,
        person=person,
        cell=cell,
        form=typed,
        said=said,
        seen=said.seen_by(signed_in().id) if said.split or said.decision else (),
        picked={one.ref: one for one in words["picked"]},
        shown=shown,
        third=signed_in().id not in said.judge_ids(),
        declared=declared,
        values=_values(),
    )
