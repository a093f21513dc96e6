"""Words found whatever their spelling, replaced, known again by digest; children who say who they are are noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts import masking, minors, received
from transcripts.formats.parsed import ParsedRecord, ParsedTurn, Problem
from transcripts.messages import Message
from transcripts.vocabulary import Grade, Severity

NAME = masking.sequence("María López")


@pytest.mark.parametrize(
    "text",
    [
        "MARIA LOPEZ:",
        "María López’s house",
        "maria-lopez.txt",
        "María\nLópez",
        "m. maria  lopez",
        "LOPEZ, Maria",
        "Lopez Maria",
    ],
)
def test_words_are_found_in_every_spelling(text: str) -> None:
    (span,) = masking.spot(text, NAME)
    sealed = masking.seal(NAME, "[name withheld]")
    assert masking.spot_sealed(text, sealed) == [span]
    assert "opez" not in masking.fold(masking.mask_sealed(text, [sealed]))


@pytest.mark.parametrize("text", ["Maria Lopezville", "Lopez, Ana Maria", "Maria and Lopez", ""])
def test_other_words_stay(text: str) -> None:
    assert masking.spot(text, NAME) == [] == masking.spot_sealed(text, masking.seal(NAME, "x"))


def test_a_seal_tells_nothing_twice_the_same() -> None:
    one, other = masking.seal(NAME, "x"), masking.seal(NAME, "x")
    assert one.digest != other.digest and one.salt != other.salt


WORDS = st.lists(st.sampled_from("maria lopez said María 😀 é . ¿qué? , López".split()), max_size=12).map(" ".join)


@given(WORDS, st.data())
def test_a_place_outside_the_words_keeps_its_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    spans = masking.spot(text, NAME)
    new = masking.masked(text, spans, "[name withheld]")
    a, b = masking.carried(start, end, spans, "[name withheld]")
    assert 0 <= a <= b <= len(new)
    assert masking.spot(new, NAME) == []
    if all(end <= s or start >= e for s, e in spans):
        assert new[a:b] == text[start:end]
    elif start < end:
        assert "[name withheld]" in new[a:b]


@pytest.mark.parametrize(
    "text",
    [
        "Hi, I'm Maya, I'm eleven and I want to know about the park.",
        "I am 12 years old.",
        "I just turned fourteen.",
        "As a 9-year-old I cannot vote.",
        "My name is Leo and I'm in the sixth grade.",
        "I'm a 7th grader.",
        "I’m a sophomore at Rose Street High School.",
        "Soy Luis, tengo 12 años.",
        "Me llamo Ana y acabo de cumplir trece años",
        "Soy alumna de la escuela Benito.",
        "Estoy en sexto grado.",
    ],
)
def test_children_who_introduce_themselves_are_noticed(text: str) -> None:
    (found,) = minors.warnings([ParsedTurn("GIRL", text, line=7)])
    assert (found.line, found.severity) == (7, "warning")


@pytest.mark.parametrize(
    "text",
    [
        "I'm 42 years old.",
        "I am 100 percent for it.",
        "I am 10 points ahead.",
        "I'm for the sixth ward.",
        "I was in the sixth grade when the bridge fell.",
        "Tengo 12 años de experiencia.",
        "Tengo cuarenta años.",
        "I'm a senior citizen in this town.",
        "I'm a student of history.",
    ],
)
def test_others_are_left_in_peace(text: str) -> None:
    assert not list(minors.warnings([ParsedTurn("VOICE", text)]))


def test_a_problem_of_a_file_loses_the_words_too() -> None:
    """In one of its values, or where two of them come together."""
    told = [
        Problem(1, Severity.INFO, "There are no words under “{label}”.", {"label": "María López"}),
        Problem(2, Severity.INFO, "{first} {second}", {"first": "Maria", "second": Message("{n}", {"n": "Lopez"})}),
    ]
    record = ParsedRecord("plain", Grade.PUBLISHED, (), problems=tuple(told))
    one, other = received.masked(record, [masking.seal(NAME, "[name withheld]")]).problems
    assert (one.template, one.message) == (told[0].template, "There are no words under “[name withheld]”.")
    assert other.message == "[name withheld]"
