"""/desk/races/<slug>/quiz: the sentences of a race's quote quiz, each approved or left out, and the words that give a speaker away."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Blueprint, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions import quiz_sentences, quizzing
from positions.leaks import CUE_WORDS, Cue
from positions.queries import quiz as queries
from positions.quiz import APPROVED, LEAST_ISSUES, OPEN, REFUSED, VERDICTS, Issue, Quiz
from positions.quiz_models import BLANK, LEAVE, OFF, TREATMENTS
from tracker.accounts.admission import signed_in
from tracker.acting import Done, attempt
from tracker.db import reading
from tracker.forms import Typed
from tracker.i18n import gettext
from tracker.pages.leading_on import lead_on
from tracker.rendering import page
from transcripts.text import fold

bp = Blueprint("desk_quiz", __name__, url_prefix="/desk/races/<slug>/quiz")
bp.before_request(lead_on(slug="race"))

MANY = 50
TREATMENT_WORDS = {BLANK: "Leave out of every sentence", LEAVE: "May stay: gives nobody away"}
STATE_WORDS = {
    "enters": "In the quiz",
    "nobody": "Nobody’s own words are on record",
    "one": "Words of one candidate only",
    "unfit": "Fewer than two candidates have words that can be used",
    "undecided": "Approve the words of two candidates at least",
}


@dataclass(frozen=True)
class Suggestion:
    """Words that may give a speaker away and stand in sentences of this race: why, and in how many."""

    words: str
    kind: str
    times: int


@bp.get("")
def show(slug: str) -> Response:
    """Every issue with what was quoted on it, and the list of words."""
    return _page(slug, Typed.of({}), 200)


@bp.post("/words")
def words(slug: str) -> Response:
    """Put phrases on the list, or take them off it."""
    typed = Typed.sent()

    def work(session: Session) -> Done:
        phrases = typed.rows("phrases", MANY)
        treatment = typed.one_of("treatment", TREATMENTS)
        if not phrases:
            typed.text("phrases")
        typed.check()
        queries.of_contest(session, slug, "alphabetical", datetime.now(UTC), None)
        quizzing.treat(session, slug, phrases, treatment or OFF, signed_in().name)
        return Done(url_for(".show", slug=slug, _anchor="words"), f"race/{slug}", f"{treatment}: {', '.join(phrases)}")

    return attempt(typed, "change the words of a quiz", work, lambda status: _page(slug, typed, status))


@bp.post("/decide")
def decide(slug: str) -> Response:
    """Approve a sentence as it is shown, leave it out, or take that back."""
    typed = Typed.sent()

    def work(session: Session) -> Done:
        verdict = typed.one_of("verdict", VERDICTS)
        statement, person, said, card = (typed.text(name) for name in ("statement", "person", "words", "card"))
        typed.check()
        by = signed_in().name
        quizzing.decide(session, slug, (statement, person, said), card, verdict or OPEN, by)
        here = url_for(".show", slug=slug, _anchor=f"i-{statement}")
        return Done(here, f"race/{slug}", f"{verdict}: {statement}, {person}")

    return attempt(typed, "decide on a sentence of a quiz", work, lambda status: _page(slug, typed, status))


def _page(slug: str, typed: Typed, status: int) -> Response:
    with reading() as session:
        quiz = queries.of_contest(session, slug, "alphabetical", datetime.now(UTC), None)
        listed = queries.words(session, slug)
    return page(
        "desk/quiz/show.html",
        status=status,
        slug=slug,
        quiz=quiz,
        form=typed,
        shortfall=quiz_sentences.shortfall(quiz, gettext),
        least=LEAST_ISSUES,
        suggested=_suggested(quiz),
        lists=[
            (treatment, words, [one for one in listed if one.treatment == treatment]) for treatment, words in _said()
        ],
        treatments=_said(),
        cue_words=CUE_WORDS,
        states=STATE_WORDS,
        verdicts={"approved": APPROVED, "refused": REFUSED, "open": OPEN},
        treat={"blank": BLANK, "leave": LEAVE, "off": OFF},
        odd=_odd_languages(quiz.every),
    )


def _said() -> list[tuple[str, str]]:
    return [(treatment, gettext(words)) for treatment, words in TREATMENT_WORDS.items()]


def _suggested(quiz: Quiz) -> list[Suggestion]:
    """What still gives somebody away, once for each phrase, the most frequent first."""
    found: dict[str, Cue] = {}
    counted: Counter[str] = Counter()
    for issue in quiz.every:
        for key, cue in {fold(cue.words): cue for quote in issue.quotes for cue in quote.leaks}.items():
            found.setdefault(key, cue)
            counted[key] += 1
    return [Suggestion(found[key].words, found[key].kind, n) for key, n in counted.most_common()]


def _odd_languages(issues: Iterable[Issue]) -> set[tuple[str, str]]:
    """(statement, person) of sentences in another language than most on their issue: that alone may tell who spoke."""
    odd = set()
    for issue in issues:
        usual = Counter(quote.piece.lang for quote in issue.quotes).most_common(1)
        odd |= {(issue.row.key, one.candidate.slug) for one in issue.quotes if one.piece.lang != usual[0][0]}
    return odd
