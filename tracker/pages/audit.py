"""/contests/<slug>/audit: whether the comparison of a race treats every candidate alike, in figures a reader can run again."""

from functools import lru_cache

from flask import Blueprint, Response

from positions import auditing
from positions.auditing import Firsts, Grid
from positions.queries import contests
from tracker.db import reading
from tracker.freezing import told
from tracker.pages.contests import day_asked
from tracker.pages.leading_on import known_merges, lead_on
from tracker.rendering import page

bp = Blueprint("audit", __name__)
bp.before_request(lead_on(slug="race"))

VOTERS, SEED = 1_000, 1
"""Machine voters of the page; `tracker audit bots` draws more."""


@bp.get("/contests/<slug>/audit")
def show(slug: str) -> Response:
    """Space and first places, what is known of whom, and what machine voters get."""
    with reading() as session:
        held = contests.comparison_of(session, slug, "statement", "rotation", day_asked(None))
        frozen = told.of_race(session, slug, known_merges(session))
    grid = auditing.grid(held)
    coverage = auditing.coverage(held)
    topics = list(dict.fromkeys(one.topic for one in coverage))
    known = {(one.candidate.slug, one.topic): one for one in coverage}
    return page(
        "contests/audit.html",
        comparison=held,
        freeze=frozen,
        statements=grid.statements,
        voters=VOTERS,
        year=auditing.YEAR,
        exposure=auditing.exposure(held),
        topics=topics,
        known=known,
        bots=_bots(grid),
        leanings=auditing.polarity(grid),
        neutral=auditing.neutral(grid),
    )


@lru_cache(maxsize=64)
def _bots(grid: Grid) -> tuple[Firsts, ...]:
    """Counted again only where a position changed."""
    return auditing.bots(grid, "binary", VOTERS, SEED)
