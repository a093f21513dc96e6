"""Topics suggested for invented turns: by their words, by the question, by what is being talked about."""

from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.tagging import Suggestion, suggest
from positions.tagging.suggesting import LIKELY_ENOUGH, MOST
from positions.topic_tree import curated
from transcripts.exchanges import Exchange
from transcripts.vocabulary import TurnKind

TREE = curated()


@dataclass(frozen=True)
class Turn:
    """A turn as the tagger takes it."""

    text: str
    label: str | None = None
    kind: TurnKind = TurnKind.SPEECH


def tags(*turns: Turn | str, exchanges: tuple[Exchange, ...] = ()) -> list[tuple[Suggestion, ...]]:
    said = [Turn(turn) if isinstance(turn, str) else turn for turn in turns]
    return suggest(said, exchanges, TREE)


def slugs(*turns: Turn | str, exchanges: tuple[Exchange, ...] = ()) -> list[set[str]]:
    return [{one.slug for one in found} for found in tags(*turns, exchanges=exchanges)]


SAID = {
    "diversion": "I want a diversion program, so that an officer can take somebody to a caseworker instead of jail.",
    "ban-the-box": "We should ban the box: nobody applying for a job should have to write down a criminal record first.",
    "police-militarization": "The police bought an armored vehicle and grenade launchers from the Pentagon's surplus.",
    "oversight-boards": "A civilian review board with subpoena power must look into complaints against officers.",
    "body-cameras": "Every patrol officer should wear a body camera, and the body camera has to stay on.",
    "transit": "The bus comes every forty minutes. I would run more buses on route nine and lower the bus fare.",
    "wages": "Nobody can live on the minimum wage. A living wage for every city contractor, and paid sick leave.",
    "zoning": "This ordinance rezones the parcel from residential to commercial and grants the setback variance.",
    "libraries": "Our public library branch on Elm Street closed its reading room, and the librarians are gone.",
    "waste": "Trash pickup was late again, the recycling bins overflow, and there is illegal dumping behind my house.",
    "animals": "The animal shelter is full of stray dogs, and animal control has one van for the whole county.",
    "surveillance": "License plate readers and facial recognition follow everybody. Who keeps the surveillance data?",
    "climate": "Solar panels on every school roof would cut our carbon emissions and the electric bill.",
    "rent": "My landlord raised the rent twice, and the eviction notice came the day I asked for a lease.",
    "homelessness": "People sleep in tents by the river. The homeless shelter has no beds, so the encampment grows.",
    "drugs-and-addiction": "We lost ninety neighbors to fentanyl overdoses. Put naloxone in every building and open detox beds.",
    "property-tax": "The mill rate went up after the revaluation, and the homestead exemption did not. Property taxes hurt.",
    "streets": "Fix the potholes, mend the sidewalks, and put a crosswalk where cars go speeding past.",
    "government-ethics": "The inspector general found a conflict of interest, and the public records request is still unanswered.",
    "immigration": "We are a sanctuary city. Nobody here will be asked about immigration papers or handed over for deportation.",
}
SAID_IN_SPANISH = {
    "diversion": "Quiero un programa de desvío, para que la policía lleve a la gente a servicios en lugar de cárcel.",
    "police-militarization": "La policía compró un vehículo blindado y lanzagranadas con los excedentes militares.",
    "rent": "El casero me subió la renta dos veces y ahora los inquilinos tenemos miedo de un desalojo.",
    "water": "El agua potable sale café y las tuberías de plomo siguen ahí, y hay inundaciones en el sótano.",
    "schools": "Las escuelas públicas perdieron maestros y la junta escolar cierra otra escuela.",
    "waste": "La recolección de basura llega tarde y nadie quiere pagar el reciclaje.",
    "immigration": "Los inmigrantes indocumentados viven con miedo a la deportación.",
    "transit": "El autobús pasa cada hora; quiero más autobuses y una tarifa de autobús más baja.",
}


@pytest.mark.parametrize("slug", SAID)
def test_a_subject_is_known_by_its_words(slug: str) -> None:
    assert slug in slugs(SAID[slug])[0]


@pytest.mark.parametrize("slug", SAID_IN_SPANISH)
def test_a_subject_is_known_by_its_words_in_spanish(slug: str) -> None:
    assert slug in slugs(SAID_IN_SPANISH[slug])[0]


def test_every_name_in_the_tree_and_its_first_alias_are_words_of_the_topic() -> None:
    lost = []
    for topic in TREE:
        alias = next(one.text for one in topic.aliases if one.lang == "en" and not one.exact_case)
        said = f"My question tonight is about {alias}. What will you do about {alias} in this city?"
        if topic.slug not in slugs(said)[0]:
            lost.append((topic.slug, alias))
    assert len(lost) <= len(TREE) // 20, lost


@pytest.mark.parametrize(
    "said",
    [
        "Thank you, Senator. Please go ahead, you have thirty seconds to answer that.",
        "Good evening and welcome. My name is Ann, and I will be your moderator for the next hour and a half.",
        "Council Member Ortiz? Yes. Council Member Bell? Yes. Council Member Ray? Absent. The motion carries, eight to zero.",
        "Is there a motion to approve the minutes? Second. All in favor, say aye. Any opposed? The ayes have it.",
        "Minutes of the last meeting. Thank you for that correction. Any other corrections? Approved as corrected.",
        "No.",
        "",
        "(Applause)",
    ],
)
def test_procedure_thanks_and_roll_calls_have_no_topic(said: str) -> None:
    assert slugs(said) == [set()]


@pytest.mark.parametrize(
    "said",
    [
        "That is the state of the union, and across the board we stand where we stood, so fire away, ask me anything.",
        "Put it in the parking lot of ideas. We will bridge the gap and cross that bridge when we come to it.",
        "To be honest with you, the ball is in your court, and the jury is still out on what happens down the road.",
        "Nobody will lead us there if we do not lead ourselves, and I mean to lead from the front on every day.",
        "I will fight for this until I am elected, and the race for mayor is not over, not while I am running.",
        "I take the word of a plumber any day over the political hacks who told us so, and who will tell us so again.",
    ],
)
def test_idioms_are_not_taken_at_their_word(said: str) -> None:
    assert slugs(said) == [set()]


def test_lead_the_program_is_not_lead_the_verb() -> None:
    assert slugs("We need LEAD here, the LEAD program worked in Seattle.") == [{"diversion"}]
    assert "diversion" not in slugs("We need to lead here, and they lead in Seattle, and we lead nobody.")[0]
    assert "diversion" not in slugs("WE NEED TO LEAD HERE, AND THEY LEAD IN SEATTLE, AND WE LEAD NOBODY.")[0]


def test_captions_in_capitals_are_read_like_any_other() -> None:
    for slug, text in SAID.items():
        assert slug in slugs(text.upper())[0]


def test_um_breaks_no_phrase() -> None:
    assert "wages" in slugs("I would raise, uh, the minimum, um, wage, and that is, uh, my answer to you tonight.")[0]


def test_a_word_in_passing_is_no_topic() -> None:
    said = (
        "My sister drove me here past the library, and I have been up since five, and I want to thank my neighbors, who made "
        "the sandwiches, and my friends, who put up the chairs, and everybody who came out in this rain to hear six people "
        "talk about themselves for two hours, which is more than I would have done, and I am one of the six who is talking."
    )
    assert slugs(said) == [set()]


QUESTION = Turn("Should the city have a civilian review board with subpoena power to oversee the police?", "MODERATOR")
GENERAL = (
    "Yes, and I would do it in my first ninety days, because people were promised this years ago and it never came."
)


def test_an_answer_has_the_topic_of_its_question() -> None:
    turns = (QUESTION, Turn(GENERAL, "ANN"))
    asked = tags(*turns, exchanges=(Exchange(0, answers=(1,)),))
    assert [one.slug for one in asked[1]] == ["oversight-boards"]
    assert asked[1][0].reason == "answers a question about police oversight boards"


def test_an_answer_about_something_else_has_its_own_topic() -> None:
    answer = Turn(f"{SAID['transit']} {SAID['transit']}", "ANN")
    assert slugs(QUESTION, answer, exchanges=(Exchange(0, answers=(1,)),))[1] == {"transit"}


def test_a_few_words_are_no_answer_of_substance() -> None:
    turns = (QUESTION, Turn("I don't think so.", "ANN"), Turn("Let me finish, please.", "BEN"))
    assert slugs(*turns, exchanges=(Exchange(0, answers=(1, 2)),))[1:] == [set(), set()]


def test_who_asks_is_taken_at_his_own_words() -> None:
    aside = Turn(
        "I would ask all of you to keep to the time we agreed on, because others have questions as well.", "MODERATOR"
    )
    turns = (QUESTION, Turn(GENERAL, "ANN"), aside)
    assert slugs(*turns, exchanges=(Exchange(0, answers=(1,), follow_ups=(2,)),))[2] == set()


def test_the_same_question_again_keeps_its_topic() -> None:
    again = Turn("Mr. Ray, the same question to you.", "MODERATOR")
    turns = (QUESTION, Turn(GENERAL, "ANN"), again, Turn(GENERAL, "RAY"))
    exchanges = (Exchange(0, answers=(1,)), Exchange(2, answers=(3,)))
    assert slugs(*turns, exchanges=exchanges)[3] == {"oversight-boards"}


def test_another_question_ends_the_topic() -> None:
    other = Turn(SAID["transit"] + " What would you do about the buses?", "VOTER")
    turns = (QUESTION, Turn(GENERAL, "ANN"), other, Turn(GENERAL, "RAY"))
    exchanges = (Exchange(0, answers=(1,)), Exchange(2, answers=(3,)))
    assert slugs(*turns, exchanges=exchanges)[3] == {"transit"}


ABOUT_RENT = (
    "The landlord raised the rent and the tenants cannot pay the rent, so there will be evictions before winter."
)
GOING_ON = (
    "And it happened to my sister as well, the very same week, and she had lived there for eleven years without a word."
)


def test_captions_go_on_about_what_was_said_before_and_after() -> None:
    found = tags(ABOUT_RENT, ABOUT_RENT, GOING_ON, ABOUT_RENT)
    assert [one.slug for one in found[2]] == ["rent"]
    assert found[2][0].reason == "goes on about rent and tenants"


def test_the_next_item_ends_what_was_talked_about() -> None:
    next_item = f"Next item, please. Item 12 is an ordinance, and somebody has signed up to speak. {GOING_ON}"
    assert slugs(ABOUT_RENT, ABOUT_RENT, next_item)[2] == set()


def test_a_child_stands_for_its_parent() -> None:
    parents = {topic.slug: topic.parent for topic in TREE}
    for text in SAID.values():
        found = slugs(text)[0]
        assert not found & {parents[slug] for slug in found}


@pytest.mark.parametrize("kind", [TurnKind.PROCEDURE, TurnKind.SCENE])
def test_procedure_and_scenes_are_not_tagged(kind: TurnKind) -> None:
    assert slugs(Turn(SAID["transit"], "CLERK", kind)) == [set()]


@pytest.mark.parametrize("kind", [TurnKind.NARRATION, TurnKind.RECAP_QUOTE, TurnKind.PARAPHRASE])
def test_what_a_report_tells_is_tagged(kind: TurnKind) -> None:
    assert slugs(Turn(SAID["transit"], None, kind)) == [{"transit"}]


def test_reasons_quote_what_was_said() -> None:
    text = "They bought an Armored\n Vehicle, then a second armored vehicle, and riot gear."
    (found,) = [one for one in tags(text)[0] if one.slug == "police-militarization"]
    assert found.reason == "said “Armored Vehicle”, “riot gear”"


def test_no_turns_have_no_suggestions() -> None:
    assert suggest([], [], TREE) == []


WORDS = st.sampled_from(" ".join(SAID.values()).split() + " ".join(SAID_IN_SPANISH.values()).split())
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=60).map(" ".join))


@given(st.lists(st.tuples(TEXTS, st.sampled_from(["ANN", "BEN", None]), st.sampled_from(list(TurnKind))), max_size=8))
def test_whatever_is_said_the_answer_is_in_order(said: list[tuple[str, str | None, TurnKind]]) -> None:
    turns = [Turn(*one) for one in said]
    exchanges = [Exchange(0, answers=tuple(range(1, len(turns))))] if turns else []
    found = suggest(turns, exchanges, TREE)
    known = {topic.slug for topic in TREE}
    assert len(found) == len(turns)
    for turn, ones in zip(turns, found, strict=True):
        assert len(ones) <= MOST and len({one.slug for one in ones}) == len(ones)
        assert all(one.slug in known and LIKELY_ENOUGH <= one.weight + 0.005 <= 1.006 for one in ones)
        assert all(first.weight >= second.weight for first, second in pairwise(ones))
        folded = " ".join(turn.text.split())
        for one in ones:
            assert all(phrase in folded for phrase in one.reason.split("“")[1:] for phrase in [phrase.split("”")[0]])


def test_the_same_turns_have_the_same_suggestions() -> None:
    turns = list(SAID.values())
    assert tags(*turns) == tags(*turns)
