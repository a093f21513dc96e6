"""The page that describes the language says what the program does."""

import pytest

from tests.corpora import ROOT
from transcripts.search import controls
from transcripts.search.language import FIELDS, MAX_CHARACTERS, MAX_DEPTH, MAX_TERMS, WORDS, Rule
from transcripts.search.parsing import parse
from transcripts.search.query import Dates, Field
from transcripts.vocabulary import Grade, Role

PAGE = (ROOT / "docs" / "search.md").read_text()


RULES = (*WORDS, *FIELDS.values())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_is_described_with_examples_that_work(rule: Rule) -> None:
    examples = ", ".join(f"`{example}`" for example in rule.examples)
    assert f"| {examples} | {rule.told(rule.meaning)} | {f'`{rule.name}`' if rule.label else '–'} |" in PAGE
    for example in rule.examples:
        parsed = parse(example)
        assert parsed.query is not None and parsed.notes == (), example
        assert not rule.is_field or isinstance(parsed.query, Field | Dates)


def test_every_control_asks_for_what_its_example_types() -> None:
    """A control and the typed operator are one search: brackets alone have no control of their own."""
    given = {
        "any": ("rent lease", "rent OR lease"),
        "none": ("tax", "-tax"),
        "exact": ("rent control", '"rent control"'),
        "starts": ("immig", "immig*"),
        "like": ("segara", "segara~"),
        "near": ("police equipment", '"police equipment"~5'),
        "date": ("2015..2016", "date:2015..2016"),
        **{name: (rule.example.partition(":")[2], rule.example) for name, rule in FIELDS.items()},
    }
    assert given.keys() == {rule.name for rule in RULES if rule.label} - {"q"}
    for name, (value, typed) in given.items():
        assert controls.read({name: (value,)}).filters == (parse(typed).query,), name


def test_limits_and_codes_are_those_of_the_program() -> None:
    for said in (f"{MAX_CHARACTERS} characters", f"{MAX_TERMS} words", f"at most {MAX_DEPTH}"):
        assert said in PAGE
    for code in (*Grade, *(role for role in Role if role is not Role.UNKNOWN)):
        assert code in PAGE
