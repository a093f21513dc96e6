"""Marks through a corrected edition whose every word is known: a small one of those `python -m tests.bench reanchor` measures."""

from tests.transcripts import revised
from tracker.db import Database


def test_marks_stand_on_their_words_or_nowhere(database: Database) -> None:
    told = revised.measured(database, seed=7, turns=70, per_turn=90, kept=60, lost=20)
    how = {name: sum(n for (_, verdict), n in told.items() if verdict == name) for name in revised.VERDICTS}
    assert (how["FALSE"], how["part"], how["gone"]) == (0, 0, 20)
    assert how["right"] >= 59 and told["needs_review", "right"] <= 6
    assert told["orphan", "gone"] == 20
