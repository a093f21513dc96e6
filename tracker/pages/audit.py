"""/contests/<slug>/audit: whether the comparison of a race treats every candidate alike, in figures a reader can run again."""

import csv
import io
from collections.abc import Sequence
from functools import lru_cache

from flask import Blueprint, Response

from positions import auditing, leak_audit
from positions.auditing import Firsts, Grid
from positions.coding import agreeing
from positions.coding.publishing import RULE_WORDS
from positions.pairs import Pair, pairs
from positions.profiles import NOTHING_JUDGED
from positions.queries import coded, contests, stale
from positions.staleness import State, counted
from tracker.db import reading
from tracker.freezing import told
from tracker.i18n import gettext
from tracker.pages.contests import day_asked
from tracker.pages.leading_on import known_merges, lead_on
from tracker.rendering import page
from transcripts.errors import NotFound

bp = Blueprint("audit", __name__)
bp.before_request(lead_on(slug="race"))

VOTERS, SEED = 1_000, 1
"""Machine voters of the page; `tracker audit bots` draws more."""
STATE_LINES = {
    State.STANDS: "stand exactly where they were quoted",
    State.MOVED: "stand with the same words in a text that was corrected since",
    State.CONFIRMED: "were changed by a correction; an editor said where they stand now",
    State.WAITING: "were changed by a correction, and wait for an editor",
    State.GONE: "are gone from the text, and are shown no longer",
}
"""What became of quotations, as a reader is told it behind their number."""
ENDS = 8
"""Pairs of candidates shown at either end, of those who answered alike."""


@bp.get("/contests/<slug>/audit")
def show(slug: str) -> Response:
    """Space and first places, what is known of whom, and what machine voters get."""
    with reading() as session:
        race = coded.race(session, slug)
        judged = [one for _, one in coded.judged(session, race.id)]
        held = contests.comparison_of(session, slug, "statement", "rotation", day_asked(None))
        quoted = stale.of_contest(session, slug)
        frozen = told.of_race(session, slug, known_merges(session))
    grid = auditing.grid(held)
    coverage = auditing.coverage(held)
    topics = list(dict.fromkeys(one.topic for one in coverage))
    known = {(one.candidate.slug, one.topic): one for one in coverage}
    return page(
        "contests/audit.html",
        comparison=held,
        freeze=frozen,
        quoted=quoted,
        states=[(gettext(STATE_LINES[state]), n) for state, n in counted(quoted).items() if n],
        leaks=leak_audit.scores()[-1],
        statements=grid.statements,
        voters=VOTERS,
        year=auditing.YEAR,
        exposure=auditing.exposure(held),
        topics=topics,
        known=known,
        bots=_bots(grid),
        leanings=auditing.polarity(grid),
        neutral=auditing.neutral(grid),
        alike=_ends(pairs(held)),
        rule=RULE_WORDS[race.rule],
        agreed=agreeing.agreements(judged),
        group_words=agreeing.GROUP_WORDS,
        too_few=agreeing.TOO_FEW,
        not_computable=agreeing.NOT_COMPUTABLE,
        least=agreeing.LEAST,
    )


@bp.get("/contests/<slug>/audit/codings.csv")
def codings(slug: str) -> Response:
    """What two people judged alone, a judgement a line, coders as letters: `tracker agreement` reads it."""
    with reading() as session:
        if contests.by_slug(session, slug).head.verbatim:
            raise NotFound(NOTHING_JUDGED)
        judged = coded.judged(session, coded.race(session, slug).id)
    boxes = {one.unit: box for box, one in judged}
    file = io.StringIO()
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(("unit", "coder", "code", "topic"))
    for one, letter in agreeing.lettered(one for _, one in judged):
        box = boxes[one.unit]
        rows.writerow((f"{box.statement}/{box.person}", letter, one.value, box.topic.en))
    return Response(file.getvalue(), mimetype="text/csv")


def _ends(found: Sequence[Pair]) -> Sequence[Pair]:
    """The pairs with most answers alike and those with fewest, where there are too many to look at."""
    return found if len(found) <= 2 * ENDS else (*found[:ENDS], *found[-ENDS:])


@lru_cache(maxsize=64)
def _bots(grid: Grid) -> tuple[Firsts, ...]:
    """Counted again only where a position changed."""
    return auditing.bots(grid, "binary", VOTERS, SEED)
