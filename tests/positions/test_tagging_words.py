"""The listed phrases: how patterns are read, how phrases are found, and that the list agrees with the tree."""

from collections import defaultdict
from dataclasses import dataclass, replace
from importlib.resources import files

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from positions.tagging.evidence import weigh
from positions.tagging.lexicon import FAULTS, WEIGHTS, WORD, Lexicon, Listed, expand, keys_of, wrong_with
from positions.tagging.wordlist import listed, marks
from positions.topic_tree import Alias, TreeTopic, WordChange, curated
from transcripts.bilingual import Bilingual

LISTED: Listed = yaml.safe_load(files("positions").joinpath("data", "topic_words.yaml").read_text(encoding="utf-8"))
APART = {"<foreign affairs>", "<campaign>", "<ceremony>", "<procedure>", "<opening>", "no subject"}


@dataclass(frozen=True)
class Finding:
    """A small lexicon to ask: subjects and the words they were found by."""

    lexicon: Lexicon

    def __call__(self, text: str) -> list[tuple[str, str]]:
        words = WORD.findall(text)
        found = self.lexicon.find(words)
        return [(meaning.subject, " ".join(words[one.first : one.end])) for one in found for meaning in one.meanings]


def finding(**subjects: list[str]) -> Finding:
    return Finding(Lexicon({subject: {"en": {"sure": phrases}} for subject, phrases in subjects.items()}, ()))


def topic(slug: str, *aliases: Alias) -> TreeTopic:
    return TreeTopic(slug, None, Bilingual(slug, slug), Bilingual(slug, slug), aliases)


def test_every_topic_of_the_tree_has_phrases_in_both_languages_and_nothing_else_has() -> None:
    assert LISTED.keys() == {one.slug for one in curated()} | APART
    for one in curated():
        assert all(LISTED[one.slug][lang]["sure"] for lang in ("en", "es")), one.slug


def test_every_grade_is_known_and_every_pattern_is_text() -> None:
    for subject, languages in LISTED.items():
        for lang, grades in languages.items():
            assert lang in {"en", "es"} and grades.keys() <= WEIGHTS.keys(), subject
            for patterns in grades.values():
                assert all(str(pattern).strip() for pattern in patterns), subject


BOTH = {
    ("en", "historic overlay"): {"arts", "zoning"},
    ("en", "lead exposure"): {"public-health", "water"},
    ("en", "minority contract*"): {"money", "race-and-equity"},
    ("en", "reopen* schools"): {"public-health", "schools"},
    ("en", "school budget"): {"budget", "schools"},
    ("en", "school bus"): {"schools", "transit"},
    ("en", "senior housing"): {"elders", "housing"},
    ("en", "youth violence"): {"crime", "youth"},
    ("es", "centro* recreativo*"): {"parks", "youth"},
}
"""Phrases that name two subjects at once."""


def test_a_phrase_makes_two_topics_only_where_it_names_both() -> None:
    sure: dict[tuple[str, str], set[str]] = defaultdict(set)
    for subject in LISTED.keys() - APART:
        for lang, grades in LISTED[subject].items():
            for pattern in grades.get("sure", ()):
                for phrase in expand(str(pattern)):
                    sure[lang, phrase].add(subject)
    assert {key: subjects for key, subjects in sure.items() if len(subjects) > 1} == BOTH


@pytest.mark.parametrize(
    ("pattern", "phrases"),
    [
        ("bus", ["bus"]),
        ("(bus|train) fare", ["bus fare", "train fare"]),
        ("(free|) fares", ["free fares", "fares"]),
        ("(a|b) (c|d)", ["a c", "a d", "b c", "b d"]),
        ("(veteran|soldier)* home", ["veteran* home", "soldier* home"]),
    ],
)
def test_patterns_stand_for_phrases(pattern: str, phrases: list[str]) -> None:
    assert list(expand(pattern)) == phrases


def test_the_longest_phrase_wins_and_its_words_count_once() -> None:
    find = finding(rent=["rent"], cap=["rent control"], idiom=["rent control board"])
    assert find("Rent control, rent, and the rent control board.") == [
        ("cap", "Rent control"),
        ("rent", "rent"),
        ("idiom", "rent control board"),
    ]


def test_words_match_in_singular_plural_and_possessive_whatever_their_case_and_accents() -> None:
    find = finding(policía=["policía"], city=["city council"])
    assert [subject for subject, _ in find("The CITY COUNCIL, two city councils and a city council's vote")] == [
        "city"
    ] * 3
    assert [subject for subject, _ in find("La Policia y la policía y los policías")] == ["policía"] * 3


def test_a_star_takes_any_ending_and_a_full_stop_none() -> None:
    assert [said for _, said in finding(x=["evict*"])("evict evicted evictions convict")] == [
        "evict",
        "evicted",
        "evictions",
    ]
    assert [said for _, said in finding(x=["jobs."])("job jobs job's")] == ["jobs"]


def test_an_equals_sign_keeps_the_case_and_a_percent_sign_is_any_number() -> None:
    assert [said for _, said in finding(x=["=LEAD"])("LEAD lead Lead")] == ["LEAD"]
    assert [said for _, said in finding(x=["item %"])("item 12, item 7b, item twelve")] == ["item 12", "item 7b"]


def test_two_subjects_may_share_a_phrase() -> None:
    assert finding(a=["fee"], b=["fee"])("fee") == [("a", "fee"), ("b", "fee")]


def test_hyphens_join_nothing_and_numbers_with_points_are_one_word() -> None:
    assert WORD.findall("body-worn, $7.25 and 311,250; don’t, uh, go") == [
        "body",
        "worn",
        "7.25",
        "and",
        "311,250",
        "don’t",
        "go",
    ]


def test_aliases_of_the_tree_count_unless_the_list_says_otherwise() -> None:
    tree = (
        topic(
            "t", Alias("en", "snow day"), Alias("en", "snow"), Alias("en", "ICE", exact_case=True), Alias("en", "thaw")
        ),
    )
    lexicon = Lexicon({"t": {"en": {"hint": ["thaw"]}}}, tree)
    said = ("a snow day", "some snow", "an ICE raid", "some ice", "a thaw")
    weights = [weigh(words, lexicon).strength.get("t") for words in said]
    assert weights == [WEIGHTS["sure"], WEIGHTS["likely"], WEIGHTS["sure"], None, WEIGHTS["hint"]]


def test_a_phrase_counts_in_its_own_language() -> None:
    lexicon = Lexicon({"transit": {"es": {"sure": ["metro"]}}}, ())
    assert weigh("The metro area of the city is larger than it was in the last census.", lexicon).strength == {}
    assert weigh("El metro de la ciudad no llega a los barrios de la orilla.", lexicon).strength == {"transit": 3.0}


def test_saying_it_again_counts_less_and_hints_never_suffice() -> None:
    lexicon = Lexicon({"t": {"en": {"sure": ["zoning"], "hint": ["lot", "site", "plan", "parcel", "acre"]}}}, ())
    once, twice, often = (weigh("zoning " * times, lexicon).strength["t"] for times in (1, 2, 40))
    assert once < twice < 2 * once and often < 5 * once + 40
    assert weigh("lot site plan parcel acre " * 10, lexicon).strength["t"] < WEIGHTS["sure"]


@given(st.text(max_size=300))
def test_whatever_the_text_the_cues_stand_in_it(text: str) -> None:
    evidence = weigh(text, LEXICON)
    assert all(0 <= cue.first < cue.end <= evidence.words for cue in evidence.cues)


LEXICON = Lexicon(LISTED, curated())


def changed_topic(*changes: tuple[str, str | None], absorbed: tuple[str, ...] = ()) -> TreeTopic:
    words = tuple(WordChange("en", pattern, grade) for pattern, grade in changes)
    return replace(topic("transit", Alias("en", "night owl")), changes=words, absorbed=absorbed)


SHIPPED: Listed = {
    "transit": {"en": {"sure": ["(bus|tram) line*"], "hint": ["depot"]}},
    "buses": {"en": {"sure": ["coach"]}},
}


def weights(one: TreeTopic) -> dict[str, float]:
    lexicon = Lexicon(SHIPPED, (one,))
    said = {
        phrase: lexicon.find(phrase.split())
        for phrase in ("bus lines", "tram line", "depot", "coach", "night owl", "ferry")
    }
    return {
        phrase: m.weight
        for phrase, found in said.items()
        for one_found in found
        for m in one_found.meanings
        if m.subject == one.slug
    }


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ((), {"bus lines": 3.0, "tram line": 3.0, "depot": 0.5, "night owl": 3.0}),
        ([("ferry", "sure"), ("depot", None)], {"bus lines": 3.0, "tram line": 3.0, "night owl": 3.0, "ferry": 3.0}),
        ([("Tram line*", None), ("Depots", "likely")], {"bus lines": 3.0, "depot": 1.5, "night owl": 3.0}),
        ([("(bus|tram) line*", None), ("night owls", None)], {"depot": 0.5}),
        ([("ferry", None), ("ferry", "hint")], {"bus lines": 3.0, "tram line": 3.0, "depot": 0.5, "night owl": 3.0, "ferry": 0.5}),
        ([("[words withheld]", "sure")], {"bus lines": 3.0, "tram line": 3.0, "depot": 0.5, "night owl": 3.0}),
    ],
)  # fmt: skip
def test_what_editors_changed_holds_over_what_is_shipped(
    changes: list[tuple[str, str | None]], expected: dict[str, float]
) -> None:
    assert weights(changed_topic(*changes)) == expected


def test_words_of_a_topic_merged_into_another_are_its_own() -> None:
    assert weights(changed_topic(absorbed=("buses",)))["coach"] == 3.0
    assert weights(changed_topic(("coach", None), absorbed=("buses",))).get("coach") is None


def test_the_shipped_list_is_shown_with_what_is_out_and_can_be_taken_out() -> None:
    policing = next(one for one in curated() if one.slug == "policing")
    first = listed(policing, "en")[0]
    assert (first.grade, first.out) == ("sure", "none") and {
        word.grade for word in listed(policing, "es")
    } <= WEIGHTS.keys()
    phrases = list(expand(first.pattern))
    for out, pattern in (("all", first.pattern), ("some", phrases[0])):
        changed = replace(policing, changes=(WordChange("en", pattern, None),))
        assert listed(changed, "en")[0].out == out
    fixed = [word.pattern for one in curated() for lang in ("en", "es") for word in listed(one, lang) if word.fixed]
    assert len(fixed) < 5


FAULTY = ["", "*", "=", "a*", "(a|b", "a)", "(a|(b))", "(|)", "[name withheld]", "$15", "x " * 9, "(a|b|c|d|e)" * 5]


@pytest.mark.parametrize("pattern", FAULTY)
def test_what_is_no_pattern_is_refused_with_a_sentence(pattern: str) -> None:
    assert wrong_with(pattern) in FAULTS.values()


@given(st.text(max_size=40))
def test_whatever_is_typed_is_refused_or_works(pattern: str) -> None:
    if wrong_with(pattern) is None:
        one = changed_topic((pattern, "sure"))
        assert all(keys_of(phrase) for phrase in expand(pattern))
        assert marks("the ferry", (one,), "transit") is not None


def test_marks_stand_where_the_words_stand() -> None:
    one = changed_topic(("ferries", "sure"))
    text = "Well, the Ferry runs; a ferry, I say."
    assert [text[start:end] for start, end in marks(text, (one,), "transit")] == ["Ferry", "ferry"]


def test_no_shipped_pattern_is_malformed() -> None:
    """A slip in a pattern makes it mean nothing. The shipped list may spell out more choices than one typed at the desk."""
    wrong = {
        str(pattern): wrong_with(str(pattern))
        for by_language in LISTED.values()
        for grades in by_language.values()
        for patterns in grades.values()
        for pattern in patterns
    }
    assert {pattern: said for pattern, said in wrong.items() if said not in (None, FAULTS["many"])} == {}
