"""The organiser's words and the video's times, and where the two differ."""

from hypothesis import given
from hypothesis import strategies as st

from transcripts.aligning import Timed, align

WORDS = st.sampled_from("rent bus home river vote tax night ferry".split())

OURS = (
    "Good evening. What will you do about rents?",
    "I would freeze rents for two years, and not one day longer.",
    "A turn that nobody in the captions says.",
    "We will build four hundred homes.",
)
CAPTIONS = (
    Timed("good evening what will you do", 1_000, 4_000),
    Timed("about rents i would freeze rents", 4_000, 8_000),
    Timed("for two years and one day longer", 8_000, 12_000),
    Timed("we will build for hundred homes", 20_000, 23_000),
)


def test_every_turn_that_was_heard_gets_its_times_and_the_others_none() -> None:
    found = align(OURS, CAPTIONS)
    first, second, missing, last = found.spans
    assert first is not None and first.start_ms == 1_000 and 4_000 <= first.end_ms < 6_000
    assert second is not None and 4_000 < second.start_ms < 6_000 and second.end_ms < 12_000
    assert missing is None and found.found == 3
    assert last is not None and last.start_ms == 20_000


def test_differences_are_listed_with_what_stands_and_what_was_heard() -> None:
    said = {(one.turn, one.ours, one.theirs) for one in align(OURS, CAPTIONS).differences}
    assert (1, "not", "") in said
    assert (3, "four", "for") in said


@given(
    st.lists(st.text(max_size=60), max_size=8),
    st.lists(st.tuples(st.text(max_size=60), st.integers(0, 10**6)), max_size=8),
)
def test_any_words_can_be_laid_side_by_side(texts: list[str], heard: list[tuple[str, int]]) -> None:
    found = align(texts, [Timed(text, at, at + 1_000) for text, at in heard])
    assert len(found.spans) == len(texts)
    for span in found.spans:
        assert span is None or span.start_ms <= span.end_ms


@given(st.lists(st.lists(WORDS, min_size=3, max_size=9), min_size=1, max_size=9))
def test_the_same_words_give_every_turn_its_own_times_in_order(turns: list[list[str]]) -> None:
    texts = [" ".join(words) for words in turns]
    timed = [Timed(text, n * 10_000, n * 10_000 + 9_000) for n, text in enumerate(texts)]
    found = align(texts, timed)
    assert not found.differences
    assert [span and span.start_ms for span in found.spans] == [block.start_ms for block in timed]
