"""/contests/<slug>/match: a voter's own answers beside what every candidate said.

With JavaScript the browser works it out (static/js/match.js) and sends nothing. Without it the answers come by POST, are used once, and
are written nowhere: not into the address, a log, a cache or the database. No rate limit either: it would note who asked.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flask import Blueprint, Response, request, url_for
from flask.blueprints import BlueprintSetupState
from sqlmodel import Session

from positions import match_sentences
from positions.cells import Candidate, Cell
from positions.comparison import Comparison, Row
from positions.matching import (
    SKIP,
    SKIP_WORDS,
    STEP_WORDS,
    STEPS,
    WEIGHT_WORDS,
    WEIGHTS,
    Answer,
    Match,
    Matched,
    MatchFigures,
    Stand,
    match,
    percent,
    stand,
)
from positions.queries import contests
from tracker.db import reading
from tracker.forms import Typed
from tracker.freezing import told
from tracker.freezing.told import Freeze
from tracker.i18n import current_language, gettext, translated
from tracker.pages.contests import day_asked, pins
from tracker.pages.leading_on import known_merges, lead_on
from tracker.rendering import page
from transcripts.bilingual import Bilingual
from transcripts.errors import Refusal

bp = Blueprint("match", __name__)
bp.before_request(lead_on(slug="race"))

MOST_BYTES = 200_000
OPTION = "option:"
"""What comes before the key of one of several answers, so that none can be taken for a step."""
ANSWER, WEIGHT = "a-", "w-"
"""What the name of a field begins with; the slug of the statement follows."""


@dataclass(frozen=True)
class Topic:
    """A topic that statements of the race are about, and how many are."""

    slug: str
    name: Bilingual
    statements: int


@bp.get("/contests/<slug>/match")
def show(slug: str) -> Response:
    """The statements to answer. The same for everybody: nothing in it is about the reader."""
    with reading() as session:
        found = match(_comparison(session, slug), {})
        frozen = told.of_race(session, slug, known_merges(session))
    return _page(found, Typed(), 200, frozen)


@bp.post("/contests/<slug>/match", endpoint="matched")
def matched(slug: str) -> Response:
    """The result for a reader without JavaScript, under the answers as they were given."""
    request.max_content_length = MOST_BYTES
    typed = Typed.sent()
    with reading() as session:
        comparison = _comparison(session, slug)
        frozen = told.of_race(session, slug, known_merges(session))
    held = match(comparison, {})
    try:
        found = match(comparison, answers_sent(typed, held.comparison.rows))
    except Refusal as refusal:
        typed.refusal = translated(refusal)
        return _page(held, typed, 422, frozen)
    return _page(found, typed, 200, frozen, shown=True)


def answers_sent(typed: Typed, rows: Sequence[Row]) -> dict[str, Answer]:
    """What was answered, by statement; what was skipped or left open is not in it. Raises Refusal for what is no answer."""
    statements = {row.key: choices_of(row) for row in rows}
    for name in typed.values:
        slug = name[len(ANSWER) :]
        if name.startswith((ANSWER, WEIGHT)) and slug not in statements:
            raise Refusal("“{slug}” is no statement of this race. Your answers are still marked.", slug=slug[:120])
    answers = {key: typed.one_of(f"{ANSWER}{key}", tuple(told), needed=False) for key, told in statements.items()}
    weights = {key: typed.one_of(f"{WEIGHT}{key}", WEIGHTS, needed=False) for key in statements}
    typed.check()
    return {
        key: Answer(said_of(answer), WEIGHTS[weights[key] or "1"])
        for key, answer in answers.items()
        if answer is not None and answer != SKIP
    }


def choices_of(row: Row) -> dict[str, str]:
    """What can be said to a statement, as it is sent, and its words: the steps of the scale or its own answers, and to skip it."""
    steps = {code: gettext(words) for code, words in STEP_WORDS.items()}
    listed = {f"{OPTION}{one.key}": one.text.within(current_language()) for one in row.options}
    return {**(listed or steps), SKIP: gettext(SKIP_WORDS)}


def said_of(answer: str) -> Stand:
    """What was sent, as a number or the key of an answer."""
    return answer.removeprefix(OPTION) if answer.startswith(OPTION) else STEPS[answer]


def _comparison(session: Session, slug: str) -> Comparison:
    order = request.args.get("order") or "rotation"
    return contests.comparison_of(session, slug, "statement", order, day_asked(request.args.get("date")))


def _page(found: Match, typed: Typed, status: int, frozen: Freeze | None, *, shown: bool = False) -> Response:
    rule = found.comparison.order_rule
    return page(
        "contests/match.html",
        status=status,
        match=found,
        freeze=frozen,
        comparison=found.comparison,
        comparable=any(stand(cell) is not None for row in found.comparison.rows for cell in row.cells),
        form=typed,
        shown=shown,
        weighed=any(answer.weight != 1 for answer in found.answers.values()),
        here=url_for("match.matched", slug=found.comparison.contest.slug, **pins()),
        beside=url_for(
            "contests.compare",
            slug=found.comparison.contest.slug,
            by="statement",
            order=rule.name,
            date=rule.date.isoformat(),
        ),
        topics=_topics(found),
        answer_words={row.key: list(choices_of(row).items()) for row in found.comparison.rows},
        weight_words=[(code, gettext(words)) for code, words in WEIGHT_WORDS.items()],
        data=_for_script(found),
    )


def _topics(found: Match) -> list[Topic]:
    """The topics of the statements, in the order they come."""
    names = {row.topic: row.topic_name for row in found.comparison.rows if row.topic and row.topic_name}
    counted = Counter(row.topic for row in found.comparison.rows)
    return [Topic(slug, name, counted[slug]) for slug, name in names.items()]


def _for_script(found: Match) -> dict[str, Any]:
    """What the script works with: every position as a number, and our sentences in the page's language."""
    comparison = found.comparison
    return {
        "statements": [{"key": row.key, "topic": row.topic, "words": choices_of(row)} for row in comparison.rows],
        "candidates": [
            {"slug": one.slug, "name": one.name, "x": [_plain(row.cells[i]) for row in comparison.rows]}
            for i, one in enumerate(comparison.candidates)
        ],
        "words": {
            "compared": {form: gettext(text) for form, text in match_sentences.COMPARED.items()},
            "unknown": {form: text and gettext(text) for form, text in match_sentences.UNKNOWN.items()},
            "between": gettext(match_sentences.BETWEEN),
            "exactly": gettext(match_sentences.EXACTLY),
            "nobody_known": gettext(match_sentences.NOBODY_KNOWN),
            "most": gettext(match_sentences.MOST),
            "more_than": gettext(match_sentences.MORE_THAN),
            "all_skipped": gettext(match_sentences.ALL_SKIPPED),
            "skipped": gettext(match_sentences.SKIPPED),
            "weights": {code: gettext(words) for code, words in WEIGHT_WORDS.items()},
        },
    }


def _plain(cell: Cell) -> float | str | None:
    x = stand(cell)
    return float(x) if isinstance(x, Fraction) else x


def count_line(figures: MatchFigures) -> str:
    """On how many statements they agree, in the page's language."""
    return match_sentences.count_line(figures, gettext)


def interval_words(figures: MatchFigures) -> str:
    """What the agreement lies between, in the page's language."""
    return match_sentences.interval_words(figures, gettext)


def most_line(found: Match) -> str:
    """Who agrees most, or that the record does not say, in the page's language."""
    return match_sentences.most_line(found, gettext)


def above_line(one: Matched) -> str:
    """Whom the record puts below a candidate, in the page's language."""
    return match_sentences.above_line(one, gettext)


def interval_ends(figures: MatchFigures | None) -> tuple[int, int]:
    """Where the bar of an interval begins and ends, in whole percent; all of it where nothing was answered."""
    if figures is None or figures.low is None or figures.high is None:
        return 0, 100
    return percent(figures.low), percent(figures.high)


def topic_figures(found: Match, candidate: Candidate, topic: str) -> MatchFigures:
    """One candidate's figures on one topic; empty ones where nothing there was answered."""
    (one,) = (one for one in found.matched if one.candidate == candidate)
    return next((at.figures for at in one.topics if at.topic == topic), MatchFigures())


def answer_line(found: Match, statement: str) -> str:
    """What the voter said to a statement, in words and with its weight."""
    answer = found.answers.get(statement)
    if answer is None:
        return gettext(match_sentences.SKIPPED)
    (row,) = (row for row in found.comparison.rows if row.key == statement)
    (words,) = (words for sent, words in choices_of(row).items() if sent != SKIP and said_of(sent) == answer.value)
    (weight,) = (gettext(WEIGHT_WORDS[code]) for code, value in WEIGHTS.items() if value == answer.weight)
    return words if answer.weight == 1 else f"{words} ({weight})"


@bp.record
def _words_for_templates(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals.update(
        **{told.__name__: told for told in (count_line, interval_words, most_line, above_line)},
        **{told.__name__: told for told in (interval_ends, topic_figures, answer_line)},
    )
