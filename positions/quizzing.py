"""The writer of the quote quiz: which phrases give a speaker away, and which words an editor approved. Nothing is overwritten."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlmodel import Session

from positions.queries import quiz as queries
from positions.quiz import APPROVED, VERDICTS, Quote
from positions.quiz_models import TREATMENTS, QuizDecision, QuizWord
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.models import now

LONGEST = 200


def treat(session: Session, contest: str, phrases: Sequence[str], treatment: str, by: str) -> None:
    """Say what happens to phrases in the cards of a race (TREATMENTS). Raises Refusal for what is no phrase."""
    assert treatment in TREATMENTS
    for phrase in phrases:
        if not any(map(str.isalnum, phrase)) or len(phrase) > LONGEST:
            raise Refusal("“{phrase}” is no word or phrase that can stand on a list.", phrase=phrase[:LONGEST])
    session.add_all(QuizWord(contest=contest, phrase=phrase, treatment=treatment, by=by) for phrase in phrases)
    session.flush()


def decide(session: Session, contest: str, quote: tuple[str, str, str], card: str, verdict: str, by: str) -> Quote:
    """Approve or refuse words (statement, person, digest) as the card they were seen as, or take that back; returns them as they were.

    Raises NotFound for words that are not quoted there, Conflict where the card is another by now, Refusal for words that
    cannot enter whatever an editor says.
    """
    assert verdict in VERDICTS
    held = _held(session, contest, quote)
    if verdict == APPROVED and held.card != card:
        raise Conflict("This sentence or what is left out of it changed meanwhile. Look at it once more.")
    if verdict == APPROVED and not held.decidable:
        raise Refusal("This sentence cannot be in the quiz; the desk says why beside it.")
    statement, person, words = quote
    row = QuizDecision(
        contest=contest,
        statement=statement,
        person=person,
        words=words,
        card=held.card,
        verdict=verdict,
        by=by,
        at=now(),
    )
    session.add(row)
    session.flush()
    return held


def _held(session: Session, contest: str, quote: tuple[str, str, str]) -> Quote:
    quiz = queries.of_contest(session, contest, "alphabetical", datetime.now(UTC), None)
    for issue in quiz.every:
        for one in issue.quotes:
            if (one.statement, one.candidate.slug, one.words) == quote:
                return one
    raise NotFound("There is no such quotation in the comparison of “{race}”.", race=contest)
