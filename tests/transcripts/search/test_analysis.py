import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.search import analysis


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The city’s plan, again", ["the", "city's", "plan", "again"]),
        ("Policía y AÑOS: ¿cuándo?", ["policia", "y", "años", "cuando"]),
        ("U.S. and D.C.", ["u.s", "and", "d.c"]),
        ("at 7 p.m. I.", ["at", "7", "p.m", "i"]),
        ("$1,250,000.50 or 3.5%", ["1250000.50", "or", "3.5"]),
        ("snake_case mother-in-law", ["snake", "case", "mother", "in", "law"]),
        ("'quoted' rock'n'roll", ["quoted", "rock'n'roll"]),
        ("Straße İstanbul ﬁn", ["strasse", "istanbul", "fin"]),
        ("x\u0303 e\u0301", ["x", "e"]),
        ("- — … 😀", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert analysis.words(text) == words


@given(st.text())
def test_a_word_is_one_word_and_stands_where_it_says(text: str) -> None:
    for token in analysis.tokens(text):
        assert analysis.words(token.word) == [token.word]
        assert text[token.start : token.end].strip() == text[token.start : token.end] != ""
    assert [token.word for token in analysis.tokens(text)] == analysis.words(text)


def test_a_word_has_no_end_of_letters() -> None:
    assert analysis.words("x" * 10_000) == ["x" * analysis.MAX_WORD]


def test_forms_of_a_word_share_a_stem_in_its_language() -> None:
    assert len(set(analysis.stems(["policing", "police", "policed"], "en"))) == 1
    assert len(set(analysis.stems(analysis.words("vivienda Viviendas"), "es"))) == 1
    assert len(set(analysis.stems(analysis.words("economía economias economia"), "es"))) == 1
    assert analysis.stems(["police"], "en") != analysis.stems(["police"], "es")
    assert analysis.stems(["police"], "fr") == [":police"]


def test_a_typed_word_may_be_of_any_language() -> None:
    assert set(analysis.readings("policing")) == {
        *analysis.stems(["policing"], "en"),
        *analysis.stems(["policing"], "es"),
        *analysis.stems(["policing"], "fr"),
    }
