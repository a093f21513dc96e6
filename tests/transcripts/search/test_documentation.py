"""The page that describes the language says what the program does."""

import re

import pytest

from tests.corpora import ROOT
from transcripts.search.parsing import parse
from transcripts.search.query import FIELDS, MAX_CHARACTERS, MAX_DEPTH, MAX_TERMS, Dates, Field
from transcripts.vocabulary import Grade, Role

PAGE = (ROOT / "docs" / "search.md").read_text()


@pytest.mark.parametrize("name", FIELDS)
def test_every_filter_is_described_with_an_example_that_works(name: str) -> None:
    example = FIELDS[name].example
    assert f"| `{name}:` |" in PAGE
    assert f"| `{example}` |" in PAGE
    parsed = parse(example)
    assert isinstance(parsed.query, Field | Dates)
    assert parsed.notes == ()


def test_every_example_of_the_language_reads_without_a_note() -> None:
    table = PAGE.partition("| filter |")[0]
    examples = [
        example for line in table.splitlines() if line.startswith("| `") for example in re.findall(r"`([^`]+)`", line)
    ]
    assert len(examples) > 8
    for example in examples:
        assert parse(example).notes == (), example


def test_limits_and_codes_are_those_of_the_program() -> None:
    for said in (f"{MAX_CHARACTERS} characters", f"{MAX_TERMS} words", f"at most {MAX_DEPTH}"):
        assert said in PAGE
    for code in (*Grade, *(role for role in Role if role is not Role.UNKNOWN)):
        assert code in PAGE
