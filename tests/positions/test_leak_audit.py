"""The leak check on sentences that were labelled by hand: the figures that readers are told, and how they are counted."""

from positions.leak_audit import OWN, labelled, scores
from positions.leaks import CUE_WORDS


def test_the_list_is_whole_and_its_labels_stand_where_they_say() -> None:
    every = labelled()
    assert len(every) == 70 and {one.lang for one in every} == {"en", "es"}
    assert len({one.text for one in every}) == len(every)
    for one in every:
        assert "[" not in one.text and "]" not in one.text
        for label in one.labels:
            assert label.kind in (*CUE_WORDS, OWN) and one.text[label.start : label.end].strip()
    assert {label.kind for one in every for label in one.labels} == {*CUE_WORDS, OWN}
    assert sum(not one.labels for one in every) >= 20, "sentences that give nobody away"


def test_the_figures_are_those_that_are_printed() -> None:
    """docs/audits.md tells them; a pattern that finds less is noticed here."""
    english, spanish, together = scores()
    assert (english.found, english.leaks, spanish.found, spanish.leaks) == (19, 25, 12, 17)
    assert (together.right, together.pointed, together.found, together.leaks, together.own) == (31, 32, 31, 42, 3)
    assert together.sentences == english.sentences + spanish.sentences
    assert together.missed == (*english.missed, *spanish.missed) and together.wrong == ("mayor",)
