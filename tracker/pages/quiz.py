"""/contests/<slug>/quiz: sentences of the candidates without their names, rated one by one; then who said them.

With JavaScript the browser works it out (static/js/quiz.js) and sends nothing. Without it the ratings come by POST, are used once, and are
written nowhere: not into the address, a log, a cache or the database. A code that holds them is made only when the reader asks.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from flask import Blueprint, Response, request, url_for
from flask.blueprints import BlueprintSetupState

from positions import quiz_code, quiz_sentences
from positions.leaks import BLANK
from positions.match_sentences import BETWEEN, EXACTLY, NOBODY_KNOWN
from positions.queries import quiz as queries
from positions.quiz import CANT_TELL, FAULT_WORDS, LEFT_OPEN, RATING_WORDS, RATINGS, Issue, Quiz, Result, results
from positions.quiz_code import LETTERS, MOST_SEED, OPEN
from positions.quoting import LEAST, MOST, question_in
from tracker.db import reading
from tracker.forms import Typed
from tracker.freezing import told
from tracker.i18n import gettext, translated
from tracker.pages.contests import day_asked, pins
from tracker.pages.leading_on import known_merges, lead_on
from tracker.rendering import page
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.queries import turns
from transcripts.queries.turns import TurnView

bp = Blueprint("quiz", __name__)
bp.before_request(lead_on(slug="race"))

MOST_BYTES = 200_000
CARD = "card-"
"""What the name of a field begins with; the number of the card follows. Nothing in it says whose words they are."""
CHANGED = "The quiz changed while you answered. The sentences below are those of now; rate them anew."


@bp.get("/contests/<slug>/quiz")
def show(slug: str) -> Response:
    """The sentences to rate, or why there are none. The same for everybody: nothing in it is about the reader."""
    quiz, said = _held(slug, _seed_asked())
    return _page(quiz, said, Typed(), 200)


@bp.post("/contests/<slug>/quiz", endpoint="rated")
def rated(slug: str) -> Response:
    """The result for a reader without JavaScript: of the form, or of a code."""
    request.max_content_length = MOST_BYTES
    typed = Typed.sent()
    seed = _seed_asked()
    try:
        coded = quiz_code.read(typed["code"]) if typed["do"] == "code" else None
    except Refusal as refusal:
        typed.fail("code", translated(refusal))
        return _page(*_held(slug, seed), typed, 422)
    quiz, said = _held(slug, coded.seed if coded else seed)
    try:
        ratings = quiz_code.ratings_of(quiz, coded) if coded else ratings_sent(quiz, typed)
    except Refusal as refusal:
        typed.refusal = translated(refusal)
        return _page(quiz, said, typed, 409 if isinstance(refusal, Conflict) else 422)
    return _page(quiz, said, typed, 200, ratings)


def ratings_sent(quiz: Quiz, typed: Typed) -> dict[int, Fraction]:
    """The ratings by the number of the card, without what was left open.

    Raises Conflict where the quiz is another than the one that was sent out, Refusal for what is no rating.
    """
    if request.args.get("v") != quiz.version:
        raise Conflict(CHANGED)
    names = {f"{CARD}{card.n}": card.n for card in quiz.cards}
    said = {n: typed.one_of(name, RATING_WORDS, needed=False) for name, n in names.items()}
    typed.check()
    return {n: RATINGS[rating] for n, rating in said.items() if rating in RATINGS}


def _seed_asked() -> int | None:
    typed = request.args.get("seed")
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and int(typed[:9]) <= MOST_SEED):
        raise NotFound("“{typed}” is no order of the sentences; write a whole number.", typed=typed[:40])
    return int(typed)


def _held(slug: str, seed: int | None) -> tuple[Quiz, dict[str, TurnView]]:
    """The quiz, and the turns its words are from, by key."""
    order = request.args.get("order") or "rotation"
    with reading() as session:
        day, merges = day_asked(request.args.get("date")), known_merges(session)
        quiz = queries.of_contest(session, slug, order, day, seed, merges)
        keys = [card.quote.piece.turn or "" for card in quiz.cards]
        asked = [issue.question.key for issue in quiz.issues if issue.question]
        said = {turn.key: turn for turn in turns.by_keys(session, [*dict.fromkeys((*keys, *asked))])}
    return quiz, said


def _page(
    quiz: Quiz,
    said: Mapping[str, TurnView],
    typed: Typed,
    status: int,
    ratings: Mapping[int, Fraction] | None = None,
) -> Response:
    rated = ratings or {}
    by_value = {value: code for code, value in RATINGS.items()}
    slug = quiz.comparison.contest.slug
    with reading() as session:
        frozen = told.of_race(session, slug, known_merges(session))
    return page(
        "contests/quiz.html",
        status=status,
        quiz=quiz,
        freeze=frozen,
        comparison=quiz.comparison,
        turns=said,
        form=typed,
        shown=ratings is not None,
        results=results(quiz, rated),
        chosen={n: by_value[value] for n, value in rated.items()},
        said=_said(quiz, typed, rated),
        code=quiz_code.encode(quiz, rated) if ratings is not None else "",
        shortfall=quiz_sentences.shortfall(quiz, gettext),
        shares=[quiz_sentences.share_line(share, gettext) for share in quiz.shares],
        here=url_for("quiz.rated", slug=slug, seed=quiz.seed, v=quiz.version, **pins()),
        address=url_for("quiz.show", slug=slug, **pins()),
        other=url_for("quiz.show", slug=slug, seed=(quiz.seed + 1) % (MOST_SEED + 1), **pins()),
        rating_words=[(code, gettext(words)) for code, words in RATING_WORDS.items()],
        words=(LEAST, MOST),
        blank=BLANK,
        data=_for_script(quiz),
    )


def _said(quiz: Quiz, typed: Typed, rated: Mapping[int, Fraction]) -> dict[int, str]:
    """What the reader said of each card, in words."""
    by_value = {value: gettext(RATING_WORDS[code]) for code, value in RATINGS.items()}
    open_ = {True: gettext(RATING_WORDS[CANT_TELL]), False: gettext(LEFT_OPEN)}
    return {
        card.n: by_value[rated[card.n]] if card.n in rated else open_[typed[f"{CARD}{card.n}"] == CANT_TELL]
        for card in quiz.cards
    }


def _for_script(quiz: Quiz) -> dict[str, Any]:
    """What the script works with: which card is whose, and our sentences in the page's language."""
    words = quiz_sentences
    return {
        "version": quiz.version,
        "seed": quiz.seed,
        "letters": {**LETTERS, CANT_TELL: OPEN},
        "candidates": [one.slug for one in quiz.comparison.candidates],
        "issues": [{card.quote.candidate.slug: card.n for card in quiz.cards_of(issue)} for issue in quiz.issues],
        "cards": len(quiz.cards),
        "words": {
            **{name: _all(forms) for name, forms in (("rated", words.RATED), ("one", words.ONE_RATING))},
            **{name: _all(forms) for name, forms in (("open", words.OPEN), ("silent", words.SILENT))},
            "not_first": gettext(words.NOT_FIRST),
            "nobody_known": gettext(NOBODY_KNOWN),
            "nothing_rated": gettext(words.NOTHING_RATED),
            "between": gettext(BETWEEN),
            "exactly": gettext(EXACTLY),
            "ratings": _all({**RATING_WORDS, "": LEFT_OPEN}),
            "other_code": gettext(quiz_code.OTHER_QUIZ),
            "no_code": gettext(quiz_code.NO_CODE),
        },
    }


def _all(forms: Mapping[str, str]) -> dict[str, str]:
    return {form: text and gettext(text) for form, text in forms.items()}


def quiz_count(result: Result) -> str:
    """What the reader made of one candidate's words, in the page's language."""
    return quiz_sentences.count_lines(result, gettext)


def quiz_order(found: tuple[Result, ...]) -> str:
    """That the list ranks nobody, in the page's language."""
    return quiz_sentences.order_lines(found, gettext)


def quiz_silent(quiz: Quiz, issue: Issue) -> str:
    """How many have no words on an issue, in the page's language."""
    return quiz_sentences.silent_line(len(quiz.silent(issue)), len(quiz.comparison.candidates), gettext)


def fault_words(fault: str) -> str:
    """Why words are not in the quiz, in the page's language."""
    return gettext(FAULT_WORDS[fault])


@bp.record
def _words_for_templates(state: BlueprintSetupState) -> None:
    told = (quiz_count, quiz_order, quiz_silent, fault_words)
    state.app.jinja_env.globals.update(asked_in=question_in, **{one.__name__: one for one in told})
