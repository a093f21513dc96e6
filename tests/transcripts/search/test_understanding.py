"""Plain sentences in both languages: who is asked about, what remains to be found."""

import pytest

from transcripts.bilingual import Bilingual
from transcripts.search.names import Alias, Known, Names
from transcripts.search.query import Field, Term
from transcripts.search.understanding import understand

SEGARRA = Known("speaker", "pedro-segarra", Bilingual("Pedro Segarra"))
GREEN = Known("speaker", "mara-green", Bilingual("Mara Green"))
SMITHS = tuple(Known("speaker", f"{first}-smithers", Bilingual(f"{first} Smithers")) for first in ("ann", "bo"))
ARMS = Known("topic", "police-militarization", Bilingual("Police militarization", "Militarización de la policía"))
LEAD = Known("topic", "diversion", Bilingual("Pre-arrest diversion"))
HOUSING = Known("topic", "housing", Bilingual("Housing", "Vivienda"))

NAMES = Names(
    known=(SEGARRA, GREEN, *SMITHS, ARMS, LEAD, HOUSING),
    aliases=(
        Alias(SEGARRA, "Pedro Segarra"),
        Alias(SEGARRA, "Segarra"),
        Alias(GREEN, "Mara Green"),
        Alias(GREEN, "Green"),
        *(Alias(one, "Smithers") for one in SMITHS),
        Alias(ARMS, "armas de la policía", "es"),
        Alias(ARMS, "armored vehicle", "en"),
        Alias(LEAD, "LEAD", "en", exact_case=True),
        Alias(HOUSING, "Housing", "en"),
        Alias(HOUSING, "Vivienda", "es"),
    ),
    parents={"diversion": "public-safety"},
)


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("what did Segarra say about police?", "speaker:pedro-segarra police"),
        ("What did Pedro Segarra say about the police", "speaker:pedro-segarra police"),
        ("¿Qué dijo Segarra sobre la policía?", "speaker:pedro-segarra policia"),
        ("segarra body cameras", "speaker:pedro-segarra body cameras"),
        ("Segarra's plan", "speaker:pedro-segarra plan"),
        ("what did Segarra say?", "speaker:pedro-segarra"),
        ("Segarra", "speaker:pedro-segarra OR segarra"),
        ("pedro segarra", "speaker:pedro-segarra OR (pedro segarra)"),
        ("Segarra Green rents", "(speaker:pedro-segarra OR speaker:mara-green) rents"),
        ("police", "police"),
        ("the police", "police"),
        ("who pays the rent", "pays rent"),
        ("no new taxes", "no new taxes"),
        ("what is it", "what is it"),
        ("green jobs", "green jobs"),
        ("Green jobs", "green jobs"),
        ("what about Green jobs?", "speaker:mara-green jobs"),
        ("rents and Green", "speaker:mara-green rents"),
        ("mara green rents", "speaker:mara-green rents"),
        ("Smithers taxes", "smithers taxes"),
        ("", ""),
        ("???", ""),
    ],
)
def test_sentences(typed: str, understood: str) -> None:
    assert str(understand(typed, NAMES).query or "") == understood


def test_topics_are_found_and_the_words_stay() -> None:
    reading = understand("armas de la policía", NAMES)
    assert str(reading.query) == "armas policia"
    assert reading.matched == (ARMS,)
    assert str(reading.on_topic) == "topic:police-militarization"


def test_the_rest_of_a_sentence_stays_beside_the_topic() -> None:
    reading = understand("what did Segarra say about armored vehicles downtown?", NAMES)
    assert str(reading.on_topic) == "speaker:pedro-segarra topic:police-militarization downtown"
    assert reading.matched == (SEGARRA, ARMS)


def test_exact_case_keeps_the_program_apart_from_the_verb() -> None:
    assert understand("expand LEAD", NAMES).matched == (LEAD,)
    assert str(understand("expand LEAD", NAMES).query) == "topic:diversion expand"
    assert str(understand("LEAD", NAMES).query) == "topic:diversion"
    assert str(understand("what did Segarra say about LEAD?", NAMES).query) == "speaker:pedro-segarra topic:diversion"
    for typed in ("lead the way", "Lead pipes", "LEAD PIPES"):
        assert understand(typed, NAMES).matched == (), typed


def test_a_shared_surname_names_everybody_and_decides_nothing() -> None:
    reading = understand("Smithers taxes", NAMES)
    assert reading.matched == SMITHS
    assert reading.kept == ()


def test_operators_and_quotes_are_never_relaxed() -> None:
    for typed in ('"Segarra police"', "Segarra -police", "speaker:pedro-segarra police", "segar* x"):
        reading = understand(typed, NAMES)
        assert reading.words == ()
        assert reading.on_topic is None
    assert understand("speaker:pedro-segarra police", NAMES).matched == (SEGARRA,)


def test_broken_syntax_may_be_relaxed() -> None:
    reading = understand('"what Segarra', NAMES)
    assert reading.words == (Term("what"), Term("segarra"))
    assert len(reading.notes) == 1


def test_a_pasted_paragraph_keeps_its_first_words_with_a_subject() -> None:
    typed = "the of and " * 20 + " ".join(f"w{n}" for n in range(30))
    assert len(understand(typed, NAMES).words) == 30
    assert understand(typed, NAMES).notes == ()
    reading = understand(" ".join(f"w{n}" for n in range(50)), NAMES)
    assert len(reading.words) == 32
    assert len(reading.notes) == 1


def test_a_topic_stands_for_those_below_it() -> None:
    assert str(NAMES.widened(Field("topic", "public-safety"))) == "topic:public-safety OR topic:diversion"
    assert NAMES.widened(Field("topic", "diversion")) == Field("topic", "diversion")
