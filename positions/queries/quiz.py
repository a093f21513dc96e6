"""What the quote quiz of a race is made of: its comparison by statement, the questions answered, and what editors decided."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from positions.comparison import Comparison
from positions.leaks import known_of
from positions.models import Candidacy, Contest
from positions.queries import contests, merged
from positions.queries.answers import SPOKEN
from positions.queries.merged import Merges
from positions.quiz import Decision, Question, Quiz, Rules
from positions.quiz_entering import quiz_of
from positions.quiz_models import BLANK, LEAVE, OFF, QuizDecision, QuizWord
from transcripts.models import Exchange, ExchangeTurn, Forum, Person, PersonAlias, Turn
from transcripts.people_tables import PersonRedirect
from transcripts.text import fold


@dataclass(frozen=True)
class Listed:
    """A phrase on a race's list, what happens to it (TREATMENTS), and who put it there when."""

    phrase: str
    treatment: str
    by: str
    at: datetime


def of_contest(
    session: Session, slug: str, order: str, when: date | datetime, seed: int | None, merges: Merges | None = None
) -> Quiz:
    """The quiz of a race, the candidates as in a comparison; without a seed the day gives it. Raises NotFound.

    Four statements more than the comparison takes, however much is held; one more where the caller does not know the `merges`.
    """
    found = contests.comparison_of(session, slug, "statement", order, when)
    turns = {piece.turn for row in found.rows for cell in row.cells for piece in cell.evidence if piece.turn}
    known = merges or merged.read(session)
    return quiz_of(
        found,
        _questions(session, turns),
        _rules(session, found, known),
        _decisions(session, slug, known),
        found.order_rule.date.toordinal() if seed is None else seed,
    )


def _rules(session: Session, comparison: Comparison, merges: Merges) -> Rules:
    """What may give a speaker away in a race, and what editors said of phrases. Two statements."""
    slug = comparison.contest.slug
    listed = _words(session, merges.leading_to("race", slug))
    return Rules(
        known_of(comparison.candidates, _names(session, slug), comparison.contest.office),
        tuple(one.phrase for one in listed if one.treatment == BLANK),
        tuple(one.phrase for one in listed if one.treatment == LEAVE),
    )


def words(session: Session, slug: str) -> tuple[Listed, ...]:
    """The list of a race and of those merged into it by phrase; the last word on a phrase holds, whatever its case. Two statements."""
    return _words(session, merged.read(session).leading_to("race", slug))


def _words(session: Session, races: Collection[str]) -> tuple[Listed, ...]:
    rows = session.exec(select(QuizWord).where(col(QuizWord.contest).in_(races)).order_by(col(QuizWord.id)))
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


def _decisions(session: Session, slug: str, merges: Merges) -> dict[tuple[str, str, str], Decision]:
    """The last word on every quotation of a race, by statement, person and words, the first two as they are called by now."""
    rows = session.exec(
        select(QuizDecision, func.coalesce(col(Person.slug), col(QuizDecision.person)))
        .outerjoin(PersonRedirect, col(PersonRedirect.slug) == col(QuizDecision.person))
        .outerjoin(Person, col(Person.id) == col(PersonRedirect.person_id))
        .where(col(QuizDecision.contest).in_(merges.leading_to("race", slug)))
        .order_by(col(QuizDecision.id))
    )
    return {
        (merges.last("statement", row.statement), person, row.words): Decision(row.verdict, row.card, row.by)
        for row, person in rows
    }
