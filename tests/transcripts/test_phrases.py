"""A pattern tried only where one of its signs stands finds whatever it would find everywhere."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transcripts import minors
from transcripts.exchanges import words
from transcripts.phrases import Phrases

EVERY = (words.TURNING, words.TIME, words.REFUSES, *minors._AGED, *minors._AT_SCHOOL)


@pytest.mark.parametrize("phrases", EVERY, ids=lambda one: one.signs[0])
@settings(max_examples=50)
@given(data=st.data())
def test_a_sign_stands_in_whatever_the_pattern_matches(phrases: Phrases, data: st.DataObject) -> None:
    said = data.draw(st.from_regex(phrases.pattern))
    assert any(sign in said for sign in phrases.signs)


@pytest.mark.parametrize("phrases", EVERY, ids=lambda one: one.signs[0])
def test_patterns_and_signs_are_in_lower_case(phrases: Phrases) -> None:
    escapes = re.compile(r"\\[A-Z]|\(\?P<")
    plain = escapes.sub("", phrases.pattern.pattern)
    assert plain == plain.lower()
    assert all(sign == sign.lower() for sign in phrases.signs)


def test_the_case_of_a_text_makes_no_difference() -> None:
    assert words.TIME.search("Your TIME IS UP, Senator.")
    assert words.TIME.search("Your tie is up.") is None
    assert [found["age"] for found in minors._AGED[0].finditer("I’m 16. I AM SEVENTEEN.")] == ["16", "seventeen"]
