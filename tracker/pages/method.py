"""/method: how everything on this site is worked out, told from the constants that the code itself goes by.

The constants are read as the page is made, so that page and program cannot say two things (`tests/tracker/test_method.py`).
"""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from flask import Blueprint, Response

from positions import auditing, change, leaks, matching, quiz, quoting, scale, stance_rules
from positions.auditing import Firsts, Grid, Silenced, Summary
from positions.comparison import ORDERS
from positions.queries import contests as queries
from positions.queries.contests import ContestLine
from tracker.db import reading
from tracker.freezing import agreeing, calendar
from tracker.i18n import gettext
from tracker.pages import audit
from tracker.pages.contests import ORDER_WORDS, by_nearness
from tracker.rendering import page
from tracker.replying import replies
from transcripts import vocabulary

bp = Blueprint("method", __name__)

NEAREST = 2
"""Races whose audits are summed up here, those next to their election day first; the others are a link each."""


@bp.get("/method")
def show() -> Response:
    """The rules in words with their numbers, and what the audits of the nearest races found."""
    races, audited = _audited()
    return page(
        "method/show.html",
        told=constants(),
        races=races,
        audited=audited,
        orders=[gettext(ORDER_WORDS[order]) for order in ORDERS],
    )


def constants() -> dict[str, Any]:
    """Every constant the page tells, by the name it has there."""
    return {
        "codes": [(code, scale.VALUE.get(code), code in scale.NEEDS_CONDITION) for code in scale.Code],
        "reasons": list(vocabulary.Reason),
        "tiers": list(scale.Tier),
        "grades": list(vocabulary.Grade),
        "fragment": stance_rules.LONGEST_FRAGMENT,
        "least_words": quoting.LEAST,
        "most_words": quoting.MOST,
        "passages": quoting.PASSAGES,
        "steps": _numbered(matching.STEPS, matching.STEP_WORDS),
        "weights": _numbered(matching.WEIGHTS, matching.WEIGHT_WORDS),
        "agrees": float(matching.AGREES),
        "ratings": _numbered(quiz.RATINGS, quiz.RATING_WORDS),
        "least_issues": quiz.LEAST_ISSUES,
        "least_candidates": quiz.LEAST_CANDIDATES,
        "cues": [gettext(words) for words in leaks.CUE_WORDS.values()],
        "coders": change.CODERS,
        "changed_from": change.CHANGED_FROM,
        "reversed_from": change.REVERSED_FROM,
        "changes": change.CHANGE_WORDS,
        "guards": list(change.GUARD_WORDS.values()),
        "freeze_days": calendar.DAYS,
        "exception_minutes": int(agreeing.LASTS.total_seconds() // 60),
        "reply_words": replies.WORDS,
        "voters": audit.VOTERS,
        "blanked": auditing.BLANKED,
        "year": auditing.YEAR,
    }


def _numbered(numbers: dict[str, Any], words: dict[str, str]) -> list[tuple[str, float]]:
    return [(words[sent], float(number)) for sent, number in numbers.items()]


def _audited() -> tuple[list[ContestLine], list[tuple[ContestLine, Summary | None]]]:
    """Every race with positions, the nearest first, and the audits of the first few; None where there is nothing to audit."""
    with reading() as session:
        upcoming, past = by_nearness(queries.every(session))
        races = [race for race in (*upcoming, *past) if not race.head.verbatim]
        held = [
            (race, queries.comparison_of(session, race.head.slug, "statement", "rotation", datetime.now(UTC)))
            for race in races[:NEAREST]
        ]
    found = [
        (race, auditing.summary(one, *_drawn(auditing.grid(one))) if one.rows and one.candidates else None)
        for race, one in held
    ]
    return races, found


@lru_cache(maxsize=64)
def _drawn(grid: Grid) -> tuple[tuple[Firsts, ...], tuple[Silenced, ...]]:
    """Counted again only where a position changed."""
    return (
        auditing.bots(grid, "binary", audit.VOTERS, audit.SEED),
        auditing.silence(grid, audit.VOTERS, audit.SEED),
    )
