"""Snippets: the words that were found, lit up where they stand."""

from hypothesis import given
from hypothesis import strategies as st

from transcripts.search.parsing import parse
from transcripts.search.placing import chains
from transcripts.search.plan import plan
from transcripts.search.snippets import WIDTH, Highlighter, Snippet

FILLER = "and so on it goes for a good long while without a point "


def lit(typed: str, text: str, lang: str = "en") -> list[str]:
    snippet = made(typed, text, lang)
    return [snippet.text[start:end] for start, end in snippet.marks]


def made(typed: str, text: str, lang: str = "en") -> Snippet:
    return Highlighter(plan(parse(typed).query, lambda word, edits, cap: ["policing", "policed"])).snippet(text, lang)


def test_every_form_of_a_plain_word_is_lit() -> None:
    assert lit("policing", "Police, policed; the politics of policing.") == ["Police", "policed", "policing"]
    assert lit("vivienda", "Las VIVIENDAS y la vivienda", "es") == ["VIVIENDAS", "vivienda"]


def test_quoted_words_are_lit_together_only() -> None:
    text = "The city council of the city. A council, a city council."
    assert lit('"city council"', text) == ["city", "council", "city", "council"]
    assert lit('"the city"~2', "the big old city and the very big old city") == ["the", "city"]


def test_prefixes_and_misspelt_words_light_what_they_stood_for() -> None:
    assert lit("polic*", "Policing was policed by police") == ["Policing", "policed"]


def test_what_is_excluded_or_filtered_by_is_dark() -> None:
    assert lit("-police topic:council tax", "police council tax") == ["tax"]


def test_a_long_turn_is_cut_round_most_of_what_was_asked() -> None:
    text = "Rent first. " + FILLER * 20 + "Here rent and police meet. " + FILLER * 20
    snippet = made("rent police", text)
    assert [snippet.text[start:end] for start, end in snippet.marks] == ["rent", "police"]
    assert snippet.text.startswith("… ")
    assert snippet.text.endswith(" …")
    assert len(snippet.text) <= WIDTH + 4


def test_the_beginning_is_shown_where_nothing_is_lit() -> None:
    snippet = made("zebra", FILLER * 20)
    assert snippet.marks == ()
    assert snippet.text.startswith("and so on")
    assert snippet.text.endswith(" …")


def test_a_snippet_is_one_line_of_the_very_words() -> None:
    text = ("Première phrase.\n\n" + FILLER) * 9 + "taxes 😀 naïve"
    snippet = made("taxes", text)
    assert "\n" not in snippet.text
    assert snippet.text.strip("… ") in text.replace("\n", " ")


@given(st.text("ab .😀\n", max_size=1200))
def test_marks_are_always_words_of_the_snippet(text: str) -> None:
    snippet = made('a OR "b a" OR "a b"~3', text)
    assert len(snippet.text) <= WIDTH + 4 + 64
    for start, end in snippet.marks:
        assert set(snippet.text[start:end]) <= {"a", "b"}
    assert list(snippet.marks) == sorted(set(snippet.marks))


def test_all_marks_of_a_turn() -> None:
    text = FILLER * 30 + "tax"
    marks = Highlighter(plan(parse("tax").query, lambda *_: [])).marks(text, "en")
    assert [text[start:end] for start, end in marks] == ["tax"]


def test_chains() -> None:
    assert chains([[1, 9], [3, 20]], 1) == [{1}, {3}]
    assert chains([[1, 9], [3, 20]], 0) == [set(), set()]
    assert chains([[0, 1], [1, 2], [2, 3]], 0) == [{0, 1}, {1, 2}, {2, 3}]
