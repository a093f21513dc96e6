"""From an entry of a loaded file to a position that can be recorded: whose it is, about what, and what it rests on."""

from dataclasses import dataclass
from typing import TypeVar

from sqlmodel import Session, SQLModel, col, select

from positions.cells import Looked
from positions.load_schema import Evidence, Stance
from positions.models import Candidacy, Contest, ContestForum, Proposition
from positions.scale import Code
from positions.stance_rules import NewEvidence, NewStance
from positions.stances import quoted
from transcripts.errors import Conflict, NotFound
from transcripts.models import Forum, Person, Source

Row = TypeVar("Row", bound=SQLModel)


@dataclass(frozen=True)
class Whose:
    """The candidacy and the statement an entry names."""

    contest_id: int
    candidacy_id: int
    person_id: int
    proposition_id: int


def find(session: Session, model: type[Row], slug: str, where: str) -> Row:
    """The row of that slug. Raises NotFound saying under which heading of the file it belongs."""
    row = session.exec(select(model).filter_by(slug=slug)).one_or_none()
    if row is None:
        raise NotFound("“{slug}” is not known; add it under {where}, or check its spelling.", slug=slug, where=where)
    return row


def whose(session: Session, entry: Stance) -> Whose:
    """Who takes the position, and on what. Raises NotFound or Conflict."""
    contest = find(session, Contest, entry.contest, "contests")
    person = find(session, Person, entry.person, "people")
    proposition = find(session, Proposition, entry.proposition, "propositions")
    if proposition.contest_id != contest.id:
        raise Conflict(
            "“{statement}” is a statement of another race than “{race}”.",
            statement=entry.proposition,
            race=entry.contest,
        )
    which = select(Candidacy).where(Candidacy.contest_id == contest.id, Candidacy.person_id == person.id)
    candidacy = session.exec(which).one_or_none()
    if candidacy is None:
        raise NotFound(
            "{name} does not stand in “{race}”; add a candidacy there.", name=person.name, race=entry.contest
        )
    return Whose(contest.id or 0, candidacy.id or 0, person.id or 0, proposition.id or 0)


def stance(entry: Stance, of: Whose, evidence: list[NewEvidence]) -> NewStance:
    """The position as the writer takes it."""
    log = entry.search_log
    return NewStance(
        candidacy_id=of.candidacy_id,
        proposition_id=of.proposition_id,
        as_of=entry.as_of,
        code=Code.OPTION if entry.option and entry.code is None and entry.reason is None else entry.code,
        reason=entry.reason,
        choice=entry.option,
        tier=entry.tier,
        condition=entry.condition.pair() if entry.condition else None,
        scope=entry.scope.pair() if entry.scope else None,
        summary=entry.summary.pair() if entry.summary else None,
        around=entry.around.pair() if entry.around else None,
        coders=entry.coders,
        evidence=tuple(evidence),
        looked=Looked(log.by, log.at, log.where.pair()) if log else None,
    )


def evidence(session: Session, entry: Evidence, of: Whose) -> NewEvidence:
    """One piece with its place in the record, or with its source. Raises a Refusal saying what is not found."""
    if entry.forum is not None and entry.words is not None:
        forum = find(session, Forum, entry.forum, "forums")
        translated = entry.translation
        return NewEvidence(
            kind=entry.kind,
            role=entry.role,
            place=quoted(session, forum.id or 0, of.person_id, entry.words),
            translated_en=translated.en if translated else None,
            translated_es=translated.es if translated else None,
            translator=translated.by if translated else None,
        )
    return NewEvidence(
        kind=entry.kind,
        role=entry.role,
        source_id=_source(session, str(entry.source), of.contest_id),
        told=entry.text.pair() if entry.text else None,
        fragment=entry.fragment,
    )


def _source(session: Session, key: str, contest_id: int) -> int:
    heard = select(ContestForum.forum_id).where(ContestForum.contest_id == contest_id)
    found = session.exec(select(Source.id).where(Source.key == key, col(Source.forum_id).in_(heard))).all()
    if len(found) != 1:
        if found:
            raise NotFound(
                "Several forums of the race have a source “{key}”; its key must stand under one only.", key=key
            )
        raise NotFound("No forum of the race has a source “{key}”; its key must stand under its sources.", key=key)
    return found[0] or 0
