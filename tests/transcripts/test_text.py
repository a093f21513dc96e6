"""The one place where strings are normalised."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.text import clean, count_words, fingerprint, fold, without_notes

ANY = st.text(st.characters())


@given(ANY)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(ANY)
def test_clean_text_can_be_stored(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode("utf-8")
    assert not set(cleaned) & {"\r", "\0", "\x0b", "\x0c", "\x85", "\u2028", "\ufeff", "\u202e"}


@given(ANY)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(max_codepoint=127)))
def test_folding_plain_letters_is_lower_case_with_single_spaces(text: str) -> None:
    assert fold(text) == " ".join(text.casefold().split())


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Núñez", "NUÑEZ", True),
        ("año", "ano", False),
        ("Ñ", "N\u0303", True),
        ("José", "jose", True),
        ("Straße", "STRASSE", True),
        ("two  words", "two\nwords", True),
    ],
)
def test_what_folds_alike(one: str, other: str, same: bool) -> None:
    assert (fold(one) == fold(other)) is same


def test_pages_and_unseen_characters() -> None:
    assert clean("one\x0ctwo\u2028three") == "one\ntwo\nthree"
    assert clean("so\u00adft\u200bly") == "softly"
    assert clean("safe\u202etxt.exe") == "safetxt.exe"
    assert clean("keep\u200dthis \N{FAMILY}") == "keep\u200dthis \N{FAMILY}"


def test_words_are_runs_with_a_letter_or_a_digit() -> None:
    assert count_words("It’s 7:30 — well-known … ha") == 4
    assert count_words("— … ?") == 0


def test_notes_of_what_happened_are_nobodys_words() -> None:
    assert count_words("Thank you. (APPLAUSE) So [crosstalk 00:12] long (APPLAUSE CHEERING).") == 4
    assert count_words("We have (as I said) two (2) boats [of ours].") == 10
    assert without_notes("Yes. (LAUGHTER) No.").split() == ["Yes.", "No."]


def test_a_fingerprint_forgives_case_and_accents_and_nothing_else() -> None:
    assert fingerprint("RUIZ", "Sí, señor.") == fingerprint("Ruiz", "si,  señor.")
    assert fingerprint("RUIZ", "Yes") != fingerprint("COLE", "Yes")
    assert fingerprint(None, "a") == fingerprint("", "a")
