"""What editors judged alone, what was decided of it, who checked what, and the ties coders declare."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, exists
from sqlmodel import Session, and_, col, select

from positions.coding.agreeing import Judged
from positions.coding.cells import Coded, Decided, Judgements
from positions.coding.publishing import RaceRule
from positions.coding.ties import Declared, Tie
from positions.coding_models import (
    CoderDeclaration,
    CoderTie,
    Coding,
    CodingDecision,
    PositionBasis,
    PositionCheck,
)
from positions.models import Candidacy, Contest, Proposition, Topic
from positions.scale import Tier
from transcripts.bilingual import Bilingual
from transcripts.errors import NotFound
from transcripts.models import Person

Key = tuple[int, int]
"""A box: the ids of its candidacy and its statement."""


@dataclass(frozen=True)
class Box:
    """One candidate and one statement of a race: ids, addresses, and how they are printed."""

    candidacy_id: int
    proposition_id: int
    person_id: int
    person: str
    candidate: str
    statement: str
    text: Bilingual
    topic: Bilingual

    @property
    def key(self) -> Key:
        """What its judgements are found by."""
        return self.candidacy_id, self.proposition_id


@dataclass(frozen=True)
class Race:
    """A race as coders see it."""

    id: int
    slug: str
    title: Bilingual
    rule: RaceRule


@dataclass(frozen=True)
class DeclaredBy:
    """What an account declares of itself, as administrators see it; `people` are names."""

    account_id: int
    account: str
    kind: Tie
    party: str
    people: tuple[str, ...]


def rule_of(session: Session, contest_id: int) -> RaceRule:
    """How many people stand behind a position of a race. One statement."""
    return RaceRule(session.exec(select(Contest.coding_rule).where(Contest.id == contest_id)).one())


def race(session: Session, slug: str) -> Race:
    """A race by its slug. Raises NotFound. One statement."""
    found = next((one for one in races(session, col(Contest.slug) == slug)), None)
    if found is None:
        raise NotFound("There is no race “{slug}”. `tracker contests` lists them.", slug=slug)
    return found


def races(session: Session, which: ColumnElement[bool] | None = None) -> tuple[Race, ...]:
    """The races, the latest election first. One statement."""
    asked = select(Contest).order_by(col(Contest.election_date).desc(), col(Contest.slug))
    rows = session.exec(asked if which is None else asked.where(which))
    return tuple(
        Race(row.id or 0, row.slug, Bilingual(row.title_en, row.title_es), RaceRule(row.coding_rule)) for row in rows
    )


def boxes(session: Session, contest_id: int | None = None) -> dict[int, list[Box]]:
    """Every box (of one race), by race, in the order of the statements and then of the candidates. One statement."""
    asked = (
        sqlalchemy.select(Candidacy, Person, Proposition, Topic)
        .join(Person, col(Person.id) == col(Candidacy.person_id))
        .join(Proposition, col(Proposition.contest_id) == col(Candidacy.contest_id))
        .join(Topic, col(Topic.id) == col(Proposition.topic_id))
        .where(col(Proposition.type) == "scale")
        .order_by(col(Proposition.position), col(Proposition.id), col(Person.sort_name), col(Person.slug))
    )
    if contest_id is not None:
        asked = asked.where(col(Candidacy.contest_id) == contest_id)
    found: dict[int, list[Box]] = defaultdict(list)
    for standing, person, statement, topic in session.execute(asked):
        found[standing.contest_id].append(
            Box(
                standing.id,
                statement.id,
                person.id,
                person.slug,
                standing.ballot_name,
                statement.slug,
                Bilingual(statement.text_en, statement.text_es),
                Bilingual(topic.name_en, topic.name_es),
            )
        )
    return found


def of_box(session: Session, candidacy_id: int, proposition_id: int) -> Judgements:
    """What was said of one box. Two statements."""
    said = _judgements(session, candidacy_id, proposition_id)
    return said.get((candidacy_id, proposition_id), Judgements())


def of_race(session: Session, contest_id: int | None = None) -> dict[Key, Judgements]:
    """What was said of every box (of one race) of which anything was said. Two statements."""
    return _judgements(session, contest_id=contest_id)


def _judgements(
    session: Session, candidacy_id: int | None = None, proposition_id: int | None = None, contest_id: int | None = None
) -> dict[Key, Judgements]:
    """In the present wording of each statement, and the latest round."""
    codings: dict[Key, list[tuple[Coding, str]]] = defaultdict(list)
    decisions: dict[Key, list[CodingDecision]] = defaultdict(list)
    for model in (Coding, CodingDecision):
        asked: Any = sqlalchemy.select(model).join(Proposition, col(Proposition.id) == col(model.proposition_id))
        asked = asked.where(col(model.proposition_version) == col(Proposition.version)).order_by(col(model.id))
        if candidacy_id is not None:
            asked = asked.where(col(model.candidacy_id) == candidacy_id, col(model.proposition_id) == proposition_id)
        if contest_id is not None:
            asked = asked.where(col(Proposition.contest_id) == contest_id)
        if model is Coding:
            kind = col(CoderDeclaration.kind)
            asked = asked.add_columns(kind).join(
                CoderDeclaration, col(CoderDeclaration.id) == col(Coding.declaration_id)
            )
            for row, tie in session.execute(asked):
                codings[row.candidacy_id, row.proposition_id].append((row, tie))
        else:
            for row in session.execute(asked).scalars():
                decisions[row.candidacy_id, row.proposition_id].append(row)
    return {key: _told(codings[key], decisions[key]) for key in {*codings, *decisions}}


def _told(codings: Sequence[tuple[Coding, str]], decisions: Sequence[CodingDecision]) -> Judgements:
    latest = max([*(row.round for row, _ in codings), *(row.round for row in decisions)])
    last: dict[tuple[int, bool], Coded] = {}
    for row, tie in codings:
        if row.round == latest:
            last[row.coder_id, row.blind] = _coded(row, tie)
    decided = [row for row in decisions if row.round == latest and (row.code or row.reason)]
    return Judgements(tuple(last.values()), _decided(decided[-1]) if decided else None, latest)


def _coded(row: Coding, tie: str) -> Coded:
    return Coded(
        id=row.id or 0,
        coder_id=row.coder_id,
        coder=row.coder,
        value=row.code or row.reason or "",
        note=row.note,
        blind=row.blind,
        at=row.at,
        tied=tie != Tie.NONE,
        tier=row.tier,
        condition_en=row.condition_en,
        condition_es=row.condition_es,
        evidence=tuple((piece["ref"], piece["role"]) for piece in json.loads(row.evidence)),
    )


def _decided(row: CodingDecision) -> Decided:
    return Decided(row.id or 0, row.code or row.reason or "", row.why, row.by_id, row.by, row.at)


def basis_columns(id: Any) -> tuple[ColumnElement[Any], ...]:
    """What a position rests on and whether somebody checked it, as columns beside the rows of its table."""
    basis = sqlalchemy.select(col(PositionBasis.basis)).where(col(PositionBasis.stance_id) == id)
    checked = exists().where(col(PositionCheck.stance_id) == id)
    return basis.scalar_subquery().label("basis"), checked.label("checked")


def recorders(session: Session, ids: Sequence[int]) -> dict[int, int | None]:
    """The account that put each of these positions on record, where that is known. One statement."""
    asked = select(PositionBasis.stance_id, PositionBasis.by_id).where(col(PositionBasis.stance_id).in_(ids))
    return dict(session.exec(asked).all())


def declared(session: Session, account_id: int) -> Declared | None:
    """What an account declares of its ties now; None where it has not said. Two statements."""
    asked = select(CoderDeclaration).where(CoderDeclaration.account_id == account_id)
    row = session.exec(asked.order_by(col(CoderDeclaration.id).desc()).limit(1)).first()
    if row is None:
        return None
    people = session.exec(select(CoderTie.person_id).where(CoderTie.declaration_id == row.id)).all()
    return Declared(row.id or 0, Tie(row.kind), row.party, tuple(people))


def every_declared(session: Session) -> tuple[DeclaredBy, ...]:
    """What every account declares now, by name. Two statements."""
    latest = select(sqlalchemy.func.max(col(CoderDeclaration.id))).group_by(col(CoderDeclaration.account_id))
    rows = session.exec(
        select(CoderDeclaration).where(col(CoderDeclaration.id).in_(latest)).order_by(col(CoderDeclaration.account))
    ).all()
    named: dict[int, list[str]] = defaultdict(list)
    asked = select(CoderTie.declaration_id, Person.name).join(Person, col(Person.id) == col(CoderTie.person_id))
    for id, name in session.exec(asked.where(col(CoderTie.declaration_id).in_(latest)).order_by(col(Person.name))):
        named[id].append(name)
    return tuple(
        DeclaredBy(row.account_id, row.account, Tie(row.kind), row.party, tuple(named[row.id or 0])) for row in rows
    )


def named_people(session: Session, account_id: int) -> tuple[str, ...]:
    """The slugs of the candidates an account declares a tie to. Three statements."""
    held = declared(session, account_id)
    people = held.people if held else ()
    return tuple(session.exec(select(Person.slug).where(col(Person.id).in_(people)).order_by(col(Person.slug))))


def candidates_named(session: Session, words: Sequence[str]) -> dict[str, int]:
    """Of these names or slugs, those that are of somebody who stands in a race, with their ids. One statement."""
    stands = exists().where(col(Candidacy.person_id) == col(Person.id))
    named = col(Person.slug).in_(words) | col(Person.name).in_(words)
    found: dict[str, int] = {}
    for person in session.exec(select(Person).where(stands, named)):
        found |= dict.fromkeys((person.slug, person.name), person.id or 0)
    return {word: found[word] for word in words if word in found}


def judged(session: Session, contest_id: int) -> list[tuple[Box, Judged[Bilingual]]]:
    """Every judgement of a race made alone, as the figures of agreement take it: the subject is the statement's topic.

    Judgements of one person so far are among them: the figures and tables made of this leave those out. Three statements.
    """
    said = of_race(session, contest_id)
    return [
        (box, Judged(box.key, box.topic, one.coder_id, one.value, one.tied))
        for box in boxes(session, contest_id)[contest_id]
        for one in said.get(box.key, Judgements()).blind
    ]


def same_box(model: type[Coding] | type[CodingDecision], key: Key) -> ColumnElement[bool]:
    """The rows of one box."""
    return and_(col(model.candidacy_id) == key[0], col(model.proposition_id) == key[1])


def tier(coded: Sequence[Coded]) -> Tier | None:
    """The first tier that any of these judgements names."""
    return next((Tier(one.tier) for one in coded if one.tier), None)
