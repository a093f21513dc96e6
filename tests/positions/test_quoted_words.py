"""Words found in what somebody said: once, or not at all."""

import pytest

from positions.quoted_words import find_once, holding
from transcripts.errors import Refusal

SAID = ["I said it before.\nBuses should be free. All of them.", "Free? “Of course!” I said."]


def test_words_are_found_across_lines() -> None:
    n, found = find_once("it before. Buses should", SAID)
    assert (n, SAID[n][found.start : found.end]) == (0, "it before.\nBuses should")
    assert found.exact == "it before.\nBuses should"


@pytest.mark.parametrize(
    ("words", "message"), [("trams", "do not stand"), ("I said", "stand 2 times"), ("buses", "do not stand")]
)
def test_words_not_there_or_not_once_are_refused(words: str, message: str) -> None:
    with pytest.raises(Refusal, match=message):
        find_once(words, SAID)


@pytest.mark.parametrize(
    ("fragment", "index"),
    [
        ("should be free", 0),
        ("of course", 1),
        ("OF COURSE, I", 1),
        ("free", None),
        ("trams", None),
        ("…", None),
        ("ree", None),
    ],
)
def test_a_fragment_points_at_one_text_or_none(fragment: str, index: int | None) -> None:
    assert holding(fragment, SAID) == index
