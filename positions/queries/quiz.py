"""What the quote quiz of a race is made of: its comparison by statement, the questions answered, and what editors decided."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from positions.comparison import Comparison
from positions.leaks import known_of
from positions.models import Candidacy, Contest
from positions.queries import contests
from positions.queries.answers import SPOKEN
from positions.quiz import Decision, Question, Quiz, Rules
from positions.quiz_entering import quiz_of
from positions.quiz_models import BLANK, LEAVE, OFF, QuizDecision, QuizWord
from transcripts.models import Exchange, ExchangeTurn, Forum, Person, PersonAlias, Turn
from transcripts.text import fold


@dataclass(frozen=True)
class Listed:
    """A phrase on a race's list, what happens to it (TREATMENTS), and who put it there when."""

    phrase: str
    treatment: str
    by: str
    at: datetime


def of_contest(session: Session, slug: str, order: str, when: date | datetime, seed: int | None) -> Quiz:
    """The quiz of a race, the candidates as in a comparison; without a seed the day gives it. Raises NotFound.

    Four statements more than the comparison takes, however much is held.
    """
    found = contests.comparison_of(session, slug, "statement", order, when)
    turns = {piece.turn for row in found.rows for cell in row.cells for piece in cell.evidence if piece.turn}
    return quiz_of(
        found,
        _questions(session, turns),
        rules(session, found),
        _decisions(session, slug),
        found.order_rule.date.toordinal() if seed is None else seed,
    )


def rules(session: Session, comparison: Comparison) -> Rules:
    """What may give a speaker away in a race, and what editors said of phrases. Two statements."""
    slug = comparison.contest.slug
    listed = words(session, slug)
    return Rules(
        known_of(comparison.candidates, _names(session, slug), comparison.contest.office),
        tuple(one.phrase for one in listed if one.treatment == BLANK),
        tuple(one.phrase for one in listed if one.treatment == LEAVE),
    )


def words(session: Session, slug: str) -> tuple[Listed, ...]:
    """The list of a race by phrase; the last word on a phrase holds, whatever its case. One statement."""
    rows = session.exec(select(QuizWord).where(QuizWord.contest == slug).order_by(col(QuizWord.id)))
    last = {fold(row.phrase): row for row in rows}
    return tuple(
        Listed(row.phrase, row.treatment, row.by, row.at) for _, row in sorted(last.items()) if row.treatment != OFF
    )


def _names(session: Session, slug: str) -> dict[str, set[str]]:
    """Every other name of everybody who stands in a race, by slug."""
    rows = session.exec(
        select(Person.slug, Person.name, PersonAlias.alias)
        .join(Candidacy, col(Candidacy.person_id) == col(Person.id))
        .join(Contest, col(Contest.id) == col(Candidacy.contest_id))
        .outerjoin(PersonAlias, col(PersonAlias.person_id) == col(Person.id))
        .where(Contest.slug == slug)
    )
    names: dict[str, set[str]] = defaultdict(set)
    for person, name, alias in rows:
        names[person] |= {one for one in (name, alias) if one}
    return names


def _questions(session: Session, turns: Collection[str]) -> dict[str, Question]:
    """The question of the exchange a turn belongs to, by the turn's key."""
    if not turns:
        return {}
    question = select(Turn).subquery()
    rows = session.execute(
        select(Turn.key, question.c.key, question.c.text, question.c.lang)
        .add_columns(col(Forum.held_on))
        .join(ExchangeTurn, col(ExchangeTurn.turn_id) == col(Turn.id))
        .join(Exchange, col(Exchange.id) == col(ExchangeTurn.exchange_id))
        .join(question, question.c.id == col(Exchange.question_turn_id))
        .join(Forum, col(Forum.id) == col(Exchange.forum_id))
        .where(col(Turn.key).in_(turns), col(ExchangeTurn.part).in_(SPOKEN))
    )
    return {turn: Question(key, text, lang, held_on) for turn, key, text, lang, held_on in rows}


def _decisions(session: Session, slug: str) -> dict[tuple[str, str, str], Decision]:
    """The last word on every quotation of a race, by statement, person and words."""
    rows = session.exec(select(QuizDecision).where(QuizDecision.contest == slug).order_by(col(QuizDecision.id)))
    return {(row.statement, row.person, row.words): Decision(row.verdict, row.card, row.by) for row in rows}
