"""The writer of positions: none without evidence, none ever edited; a new row says which one it replaces.

Every position passes `record`, which holds it against the rule of its race: one person and a checker, or two who judged alone.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import and_
from sqlmodel import Session, col, select

from positions import options
from positions.coding import publishing, ties
from positions.coding.cells import Judgements
from positions.coding.publishing import DECIDED, OTHERWISE, Basis, RaceRule, Recorder
from positions.coding_models import PositionBasis, PositionCheck
from positions.keeping import Outcome
from positions.models import Candidacy, ContestForum, Evidence, Proposition, SearchLog, Stance
from positions.queries import coded, recorded
from positions.quoted_words import find_once, holding
from positions.scale import CODES_OF, WHY, EvidenceKind
from positions.stance_rules import NewEvidence, NewStance, Place, check
from transcripts.anchors import anchor
from transcripts.bilingual import Bilingual
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.models import Speaker, Turn
from transcripts.vocabulary import Reason, TurnKind

QUOTABLE = (TurnKind.SPEECH, TurnKind.RECAP_QUOTE)


@dataclass(frozen=True)
class Words:
    """Words of a turn as somebody picked them: code points, half-open, of one version."""

    key: str
    version: int
    start: int
    end: int


def record(session: Session, stance: NewStance, who: Recorder) -> Outcome:
    """Record a position, unless the one that stands for that candidacy, statement and day says the same already.

    One of the same day that says something else is superseded. Raises a Refusal before it writes: for what is missing
    (`stance_rules.check`), a code that the statement does not take, an account tied to the candidate, and where the rule of the race
    asks for more people.
    """
    check(stance)
    _check_kind(session, stance)
    _check_follows(session, stance)
    same_day = and_(
        col(Stance.candidacy_id) == stance.candidacy_id,
        col(Stance.proposition_id) == stance.proposition_id,
        col(Stance.as_of) == stance.as_of,
    )
    held = recorded.standing(session, same_day)
    if who.id is None and held and held[-1].stance.as_loaded() == stance.as_loaded():
        return "same"
    ruled = _ruled(session, stance, who, held[-1].id if held else None)
    stance = replace(stance, coders=ruled.coders)
    if held and held[-1].stance.as_loaded() == stance.as_loaded():
        if ruled.decided:
            _rest(session, held[-1].id, ruled, who)
        return "same"
    _rest(session, _write(session, stance, held[-1].id if held else None), ruled, who)
    return "changed" if held else "added"


@dataclass(frozen=True)
class _Ruled:
    """What a position rests on, how many people judged it, and everything they said."""

    basis: Basis
    coders: int
    said: Judgements

    @property
    def decided(self) -> bool:
        """Whether more than one person stands behind it here."""
        return self.basis in DECIDED


def _ruled(session: Session, stance: NewStance, who: Recorder, before: int | None) -> _Ruled:
    """Raises a Refusal for an account tied to the candidate, and where more people must say it: by the rule of the race, or because
    several decided what stands of the same day (`before`).
    """
    candidacy = session.get_one(Candidacy, stance.candidacy_id)
    if who.id is not None:
        ties.refuse_tied(coded.declared(session, who.id), candidacy.person_id, candidacy.ballot_name)
    said = coded.of_box(session, stance.candidacy_id, stance.proposition_id)
    value = stance.code or stance.reason or ""
    rule = _rule(session, candidacy.contest_id, stance.proposition_id)
    basis = publishing.basis(rule, value, stance.coders, said.decision, who)
    ruled = _Ruled(basis, publishing.coders(basis, stance.coders, said.decision), said)
    stands = session.get(PositionBasis, before) if before else None
    if stands is not None and stands.basis in DECIDED and not ruled.decided:
        raise Refusal(OTHERWISE)
    return ruled


def _rest(session: Session, stance_id: int, ruled: _Ruled, who: Recorder) -> None:
    """Write down what a position rests on."""
    row = session.get(PositionBasis, stance_id) or PositionBasis(stance_id=stance_id, basis=ruled.basis)
    row.basis, row.by_id, row.by = ruled.basis, who.id, who.name
    row.codings = json.dumps([one.id for one in ruled.said.codings] if ruled.decided else [])
    row.decision_id = ruled.said.decided.id if ruled.said.decided and ruled.decided else None
    session.add(row)
    session.flush()


def _check_follows(session: Session, stance: NewStance) -> None:
    """Raise a Refusal where it says why something changed and nothing was before."""
    if stance.around is None and not stance.why:
        return
    before = select(Stance.id).where(
        Stance.candidacy_id == stance.candidacy_id,
        Stance.proposition_id == stance.proposition_id,
        col(Stance.as_of) < stance.as_of,
        col(Stance.code).is_not(None),
    )
    if session.exec(before).first() is None:
        raise Refusal(
            "Why a position changed can be said only where one of an earlier day is recorded for the same statement."
        )


def quoted(session: Session, forum_id: int, person_id: int, words: str) -> Place:
    """Where `words` stand in what a person said at a forum: exactly once, else a Refusal."""
    turns = recorded.turns_by_person(session, forum_id, QUOTABLE, person_id).get(person_id, [])
    n, found = find_once(words, [turn.text for turn in turns])
    return Place(turns[n].id or 0, turns[n].version, found)


def take_back(session: Session, stance_id: int) -> None:
    """Put what stood before a position in its place, as a new row; “not checked yet” where nothing did.

    Also where the race asks by now for more people than stood behind that. Raises NotFound; Conflict where it was superseded already.
    """
    row = recorded.one(session, stance_id)
    if session.exec(select(Stance.id).where(Stance.supersedes_id == stance_id)).first() is not None:
        raise Conflict("Something else was recorded since; take that back first.")
    before = session.exec(select(Stance.supersedes_id).where(Stance.id == stance_id)).one()
    whose = NewStance(row.stance.candidacy_id, row.stance.proposition_id, row.stance.as_of)
    unchecked = replace(whose, reason=Reason.NOT_REVIEWED)
    if before is None or not _still_enough(session, before):
        _write(session, unchecked, stance_id)
        return
    again = _write(session, recorded.one(session, before).stance, stance_id)
    _carry(session, before, again)
    for one in session.exec(select(PositionCheck).where(PositionCheck.stance_id == before)).all():
        session.add(PositionCheck(stance_id=again, **one.model_dump(exclude={"id", "stance_id"})))
    session.flush()


def _still_enough(session: Session, stance_id: int) -> bool:
    """Whether as many people stood behind a position as its race asks for now."""
    row = session.get_one(Stance, stance_id)
    contest_id = session.get_one(Candidacy, row.candidacy_id).contest_id
    enough = row.coders > 1 or row.reason == Reason.NOT_REVIEWED
    return enough or _rule(session, contest_id, row.proposition_id) == RaceRule.CHECKED


def _rule(session: Session, contest_id: int, proposition_id: int) -> RaceRule:
    """The rule of the race; which of several listed answers somebody gave is not judged alone (yet)."""
    listed = session.get_one(Proposition, proposition_id).type != "scale"
    return RaceRule.CHECKED if listed else coded.rule_of(session, contest_id)


def _carry(session: Session, stance_id: int, to_id: int) -> None:
    """A position written anew rests on what it rested on before."""
    held = session.get(PositionBasis, stance_id)
    if held is not None:
        session.add(PositionBasis(stance_id=to_id, **held.model_dump(exclude={"stance_id"})))
        session.flush()


def quoted_at(session: Session, contest_id: int, person_id: int, words: Words) -> Place:
    """Words picked from the record, as a place: said by this person at a forum of the race, in the version that was seen.

    Raises NotFound; Conflict where the words were changed meanwhile.
    """
    heard = select(ContestForum.forum_id).where(ContestForum.contest_id == contest_id)
    found = session.exec(
        select(Turn)
        .join(Speaker, col(Speaker.id) == col(Turn.speaker_id))
        .where(Turn.key == words.key, Speaker.person_id == person_id, col(Turn.forum_id).in_(heard))
    ).one_or_none()
    if found is None or found.kind not in QUOTABLE:
        raise NotFound("These words are not this candidate's at a forum of this race; choose others.")
    if found.version != words.version or found.status != "current":
        raise Conflict("The words you chose were corrected meanwhile; choose them anew.")
    try:
        return Place(found.id or 0, found.version, anchor(found.text, words.start, words.end))
    except ValueError as error:
        raise Refusal("The words you chose are not in this place; choose them anew.") from error


def upgrade_reported(session: Session, forum_id: int) -> int:
    """After an article's import: evidence told in our words becomes the quotation it tells of. Returns how many stances gained one.

    A piece matches when its fragment stands in exactly one quotation of that person at that forum, and the whole quotation
    becomes its span. Code, tier and day stay as they are; pieces that match nothing are carried over.
    """
    held = recorded.standing(session, recorded.told_of(forum_id))
    if not held:
        return 0
    people = dict(session.exec(select(Candidacy.id, Candidacy.person_id)).all())
    quotes = recorded.turns_by_person(session, forum_id, (TurnKind.RECAP_QUOTE,))
    upgraded = 0
    for one in held:
        said = quotes.get(people[one.stance.candidacy_id], [])
        better = replace(one.stance, evidence=tuple(_upgraded(piece, said) for piece in one.stance.evidence))
        if better != one.stance:
            _carry(session, one.id, _write(session, better, one.id))
            upgraded += 1
    return upgraded


def _upgraded(piece: NewEvidence, said: Sequence[Turn]) -> NewEvidence:
    if piece.kind != EvidenceKind.REPORTED_QUOTATION or piece.fragment is None:
        return piece
    n = holding(piece.fragment, [turn.text for turn in said])
    if n is None:
        return piece
    turn = said[n]
    place = Place(turn.id or 0, turn.version, anchor(turn.text, 0, len(turn.text)))
    return replace(piece, kind=EvidenceKind.QUOTATION, place=place)


def _check_kind(session: Session, stance: NewStance) -> None:
    """Whether the statement is of the kind that is answered so, and has the answer that was chosen."""
    statement = session.get_one(Proposition, stance.proposition_id)
    if stance.code is not None and stance.code not in CODES_OF[statement.type]:
        raise Refusal(
            "“{slug}” takes {codes}, not {code}.",
            slug=statement.slug,
            codes=", ".join(CODES_OF[statement.type]),
            code=stance.code,
        )
    keys = [option.key for option in options.read(statement.options)]
    if stance.choice is not None and stance.choice not in keys:
        raise Refusal(
            "“{choice}” is none of the answers of “{slug}”: {keys}.",
            choice=stance.choice,
            slug=statement.slug,
            keys=", ".join(keys),
        )


def _write(session: Session, stance: NewStance, supersedes: int | None) -> int:
    row = Stance(
        candidacy_id=stance.candidacy_id,
        proposition_id=stance.proposition_id,
        code=stance.code,
        reason=stance.reason,
        choice=stance.choice,
        tier=stance.tier,
        as_of=stance.as_of,
        coders=stance.coders,
        proposition_version=session.exec(
            select(Proposition.version).where(Proposition.id == stance.proposition_id)
        ).one(),
        supersedes_id=supersedes,
        **columns("condition", stance.condition),
        **columns("scope", stance.scope),
        **columns("summary", stance.summary),
        **columns("around", stance.around),
    )
    session.add(row)
    session.flush()
    assert row.id is not None
    session.add_all(_evidence(row.id, n, piece) for n, piece in enumerate(stance.evidence))
    if stance.looked:
        looked = stance.looked
        session.add(SearchLog(stance_id=row.id, by=looked.by, at=looked.at, **columns("where", looked.where)))
    session.flush()
    return row.id


def columns(name: str, text: Bilingual | None) -> dict[str, Any]:
    """The pair of columns of a bilingual text."""
    return {f"{name}_en": text.en if text else None, f"{name}_es": text.es if text else None}


def _evidence(stance_id: int, position: int, piece: NewEvidence) -> Evidence:
    row = Evidence(
        stance_id=stance_id,
        position=position,
        kind=piece.kind,
        role="context" if piece.role == WHY else piece.role,
        says_why=piece.role == WHY,
        source_id=piece.source_id,
        fragment=piece.fragment,
        translator=piece.translator,
        text_en=piece.told.en if piece.told else piece.translated_en,
        text_es=piece.told.es if piece.told else piece.translated_es,
    )
    if piece.place is not None:
        found = piece.place.anchor
        row.turn_id, row.turn_version = piece.place.turn_id, piece.place.version
        row.start, row.end = found.start, found.end
        row.exact, row.before, row.after = found.exact, found.before, found.after
    return row
