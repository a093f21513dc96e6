"""The budget every candidate's quotations have."""

from hypothesis import given
from hypothesis import strategies as st

from positions.quoting import LEAST, MOST, split_quote
from transcripts.text import count_words

texts = st.lists(st.sampled_from(["word", "end.", "Mr.", "why?", "…", "no\n", "“yes.”"]), max_size=120).map(" ".join)


@given(st.one_of(texts, st.text()))
def test_nothing_is_lost_and_the_budget_is_equal(text: str) -> None:
    shown, rest = split_quote(text)
    assert shown + rest == text
    assert count_words(shown) <= MOST
    if rest:
        assert len(shown.split()) >= LEAST


def test_a_quotation_within_the_budget_is_whole() -> None:
    text = " ".join(["word"] * MOST)
    assert split_quote(text) == (text, "")


def test_a_long_one_ends_with_a_sentence_where_it_can() -> None:
    text = f"{'word ' * 19}end. {'word ' * 40}"
    assert split_quote(text)[0] == f"{'word ' * 19}end. "


def test_a_title_is_no_end_of_a_sentence() -> None:
    text = f"{'word ' * 19}Mr. {'word ' * 40}"
    assert len(split_quote(text)[0].split()) == MOST
