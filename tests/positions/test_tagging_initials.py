"""Initials stand for what the forum spelled out, and for nothing it did not."""

from hypothesis import given
from hypothesis import strategies as st

from positions.tagging import suggest
from positions.tagging.initials import spelled_out
from positions.topic_tree import curated
from tests.positions.test_tagging import Turn, slugs

NAMED = "Tonight the Police Review Commission is with us, and I thank the Police Review Commission for its report."


def test_a_body_named_in_full_twice_is_known_by_its_initials() -> None:
    known = spelled_out([NAMED, "The PRC met four times.", "Last year the PRC met twice."])
    assert known == {"prc": ("Police", "Review", "Commission")}


def test_once_is_enough_beside_the_initials() -> None:
    said = ["This is BDW, the Bureau of Drinking Water, at work.", "Ask BDW for the map."]
    assert spelled_out(said) == {"bdw": ("Bureau", "of", "Drinking", "Water")}
    far = [
        "This is the Bureau of Drinking Water at work.",
        "It tests what comes out of the tap twice a year, and then some.",
    ]
    assert spelled_out([*far, "Ask BDW.", "Ask BDW again."]) == {}


def test_small_words_may_be_passed_over() -> None:
    said = "The RCP is the Review Committee on Police. The RCP has seven members."
    assert spelled_out([said]) == {"rcp": ("Review", "Committee", "on", "Police")}


def test_initials_said_once_or_said_as_a_word_stand_for_nothing() -> None:
    assert spelled_out([NAMED, "The PRC met."]) == {}
    assert spelled_out([NAMED, "The PRC met. The PRC sat. It is prc to me."]) == {}


def test_words_in_small_letters_are_no_name() -> None:
    said = ["please remember coming", "please remember coming", "The PRC met and the PRC sat."]
    assert spelled_out(said) == {}


def test_the_beginning_of_a_longer_name_is_not_what_they_stand_for() -> None:
    said = "The EDA meets. The EDA votes. Earth Day and Arbor Day are near; Earth Day and Arbor Day are dear."
    assert spelled_out([said]) == {}


def test_a_name_does_not_run_from_one_turn_into_the_next() -> None:
    assert (
        spelled_out(["Ask the Police", "Review Commission", "The PRC met. The PRC sat.", "Police", "Review Commission"])
        == {}
    )


def test_in_capitals_throughout_only_initials_without_a_vowel_count() -> None:
    said = "THE BEHAVIORAL CRISIS RESPONSE TEAM. BEHAVIORAL CRISIS RESPONSE IS NEW. BCR WENT OUT AND BCR CAME BACK."
    assert spelled_out([said]) == {"bcr": ("BEHAVIORAL", "CRISIS", "RESPONSE")}
    assert spelled_out([said.replace("RESPONSE", "AID").replace("BCR", "BCA")]) == {}


def test_a_turn_that_only_says_the_initials_has_their_topic_and_says_so() -> None:
    said = [Turn(NAMED), Turn("The PRC's members read every case, and the PRC asked for more."), Turn("PRC it is.")]
    later = suggest(said, (), curated())[1]
    assert [(one.slug, one.reason) for one in later] == [("oversight-boards", "said “PRC's”, “PRC”")]


def test_without_the_name_the_initials_say_nothing() -> None:
    assert slugs("The PRC's members read every case, and the PRC asked for more.") == [set()]


@given(st.lists(st.text(alphabet="ABC abc.\n", max_size=60), max_size=6))
def test_initials_are_the_first_letters_of_the_great_words_or_of_all(texts: list[str]) -> None:
    for initials, name in spelled_out(texts).items():
        first = "".join(word[0].lower() for word in name)
        great = "".join(word[0].lower() for word in name if word.lower() not in {"a"})
        assert initials in {first, great}
