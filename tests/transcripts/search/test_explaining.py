"""Queries in words: none of them a word of ours that readers do not know."""

from datetime import date

import pytest
from hypothesis import given

from tests.transcripts.search.strategies import QUERIES
from transcripts.bilingual import Bilingual
from transcripts.search.explaining import explain, say
from transcripts.search.names import Known, Names
from transcripts.search.parsing import parse
from transcripts.search.query import Query

NAMES = Names(
    (
        Known("speaker", "pedro-segarra", Bilingual("Pedro Segarra")),
        Known("topic", "housing", Bilingual("Housing", "Vivienda")),
        Known("forum", "hartford-2015", Bilingual("Hartford mayoral debate", "Debate de Hartford")),
        Known("contest", "mayor-2015", Bilingual("Mayor of Hartford, 2015")),
    )
)


def in_words(typed: str, lang: str = "en") -> str:
    return say(explain(parse(typed).query, NAMES, lang), str, lambda day: f"{day:%d.%m.%Y}")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "everything that was said"),
        ("police", "what was said, with “police” in any form"),
        ("speaker:pedro-segarra police", "what Pedro Segarra said, with “police” in any form"),
        ('speaker:terzi "the city"', "what terzi said, with exactly “the city”"),
        ("topic:housing forum:hartford-2015", "what was said, on Housing, at Hartford mayoral debate"),
        (
            "contest:mayor-2015 -tax",
            "what was said, in the race Mayor of Hartford, 2015, but not with “tax” in any form",
        ),
        ("tax OR rent*", "what was said, either with “tax” in any form or with a word that begins with “rent”"),
        ('"a b"~3', "what was said, with “a … b” in this order, at most 3 words apart"),
        ("segara~", "what was said, with “segara” or a word spelled almost like it"),
        ("role:candidate lang:es has:video", "what was said, as Candidate, in Spanish, with a video"),
        (
            "grade:published party:harbor place:linden",
            "what was said, from words of this kind: Transcript, by somebody of the party harbor, in linden",
        ),
        ("date:2015", "what was said, from 01.01.2015 to 31.12.2015"),
        ("date:2015-11-03", "what was said, on 03.11.2015"),
        ("date:2015.. x", "what was said, from 01.01.2015 on, with “x” in any form"),
        ("date:..2015", "what was said, up to 31.12.2015"),
    ],
)
def test_in_words(typed: str, words: str) -> None:
    assert in_words(typed) == words


def test_known_names_are_said_in_the_language_of_the_reader() -> None:
    assert "Vivienda" in in_words("topic:housing", "es")


@given(QUERIES)
def test_every_query_can_be_said(query: Query) -> None:
    told = say(explain(query, NAMES), str)
    assert told
    assert str(date.min) not in told
