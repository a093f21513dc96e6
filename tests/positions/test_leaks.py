"""What gives a speaker away is found and blanked, and no other word is touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.cells import Candidate
from positions.leaks import BLANK, Cue, Known, blank, cues, known_of, remaining, shown
from transcripts.bilingual import Bilingual

PEOPLE = (
    Candidate(
        "ana-reyes", "Ana Okoro-Reyes", "Okoro-Reyes, Ana", Bilingual("Harbor Party", "Partido del Puerto"), True
    ),
    Candidate("bo-bell", "Bo Bell", "Bell, Bo"),
)
KNOWN = known_of(PEOPLE, {"bo-bell": ["Robert Bell"]}, Bilingual("Mayor", "Alcaldía"))

LEAKING = [
    ("en", "We are already working with our chief on it", ["working with our chief"], "incumbency"),
    ("en", "Any purchase has to be cleared through me", ["cleared through me"], "incumbency"),
    ("en", "As mayor I would publish it", ["As mayor"], "incumbency"),
    ("en", "That is what my administration did", ["my administration"], "incumbency"),
    (
        "en",
        "It is better than the one I got, since I took office",
        ["the one I got", "since I took office"],
        "incumbency",
    ),
    ("en", "So that the next mayor’s calls are returned", ["mayor"], "office"),
    ("en", "I publish mine as a councilmember every Friday", ["as a councilmember"], "incumbency"),
    ("en", "Like Robert says, and Ms. Reyes too", ["Robert", "Reyes"], "name"),
    ("en", "The Harbor  Party voted for it", ["Harbor  Party"], "party"),
    ("es", "Eso tiene que pasar por mí", ["pasar por mí"], "incumbency"),
    ("es", "Como alcaldesa lo haría en mi primer mandato", ["Como alcaldesa", "mi primer mandato"], "incumbency"),
    ("es", "Lo que hizo el alcalde", ["alcalde"], "office"),
]
QUIET = [
    ("en", "I rang the bell, and I may do so again"),
    ("en", "The council should vote in public before the police buy any"),
    ("en", "I would sign it"),
    ("es", "La mayor parte de la gente lo quiere"),
    ("es", "Pase lo que pase, por mi parte no"),
]


@pytest.mark.parametrize(("lang", "text", "words", "kind"), LEAKING, ids=[case[1][:30] for case in LEAKING])
def test_what_gives_somebody_away_is_found(lang: str, text: str, words: list[str], kind: str) -> None:
    found = cues(text, KNOWN, lang)
    assert [cue.words for cue in found] == words
    assert {cue.kind for cue in found} == {kind}
    parts = blank(text, words)
    assert remaining(parts, KNOWN, (), lang) == ()
    assert shown(parts).count(BLANK) == len(words)


@pytest.mark.parametrize(("lang", "text"), QUIET, ids=[case[1][:30] for case in QUIET])
def test_what_anybody_can_say_is_not(lang: str, text: str) -> None:
    assert cues(text, KNOWN, lang) == ()


def test_an_editor_may_let_words_stand() -> None:
    parts = blank("The mayor must sign it", ())
    assert remaining(parts, KNOWN, (), "en") == (Cue("mayor", "office"),)
    assert remaining(parts, KNOWN, ("Mayor",), "en") == ()


def test_neighbours_are_left_out_in_one_piece_and_parts_of_words_never() -> None:
    assert (
        shown(blank("Mayor Bell, the bellman, Bell's own", ("mayor", "Bell"))) == f"{BLANK}, the bellman, {BLANK}'s own"
    )
    assert [part.text for part in blank("Mayor Bell", ("mayor", "bell")) if part.blanked] == ["Mayor Bell"]
    assert shown(blank("I don’t know", ("don't",))) == f"I {BLANK} know"


words = st.text(st.sampled_from("abAB .,’'é\n"), max_size=6)


@given(st.text(st.sampled_from("abAB .,’'é\n"), max_size=40), st.lists(words, max_size=4))
def test_blanking_never_changes_other_words(text: str, phrases: list[str]) -> None:
    parts = blank(text, phrases)
    assert "".join(part.text for part in parts) == text
    assert all(part.text for part in parts)
    assert [one.blanked for one in parts[1:]] == [not one.blanked for one in parts[:-1]]
    again = tuple(piece for part in parts if not part.blanked for piece in blank(part.text, phrases))
    assert not any(part.blanked for part in again), "what is left holds none of the phrases"


def test_a_name_counts_only_as_it_is_written() -> None:
    assert Known("Bell", "name", exact_case=True) in KNOWN
    assert {one.phrase for one in KNOWN} >= {"Okoro", "Reyes", "Okoro-Reyes", "Ana", "Robert", "Partido del Puerto"}
