"""Questions, answers, procedure, roles and states, on invented forums. Nobody here exists."""

from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from transcripts import exchanges
from transcripts.exchanges import Exchange
from transcripts.formats import read
from transcripts.formats.parsed import ParsedTurn
from transcripts.vocabulary import Role, TurnKind

DEMO = Path(__file__).resolve().parents[2] / "tracker" / "demo"

FORUM = """
HOST: Good evening and welcome to the candidates' forum for mayor of Millbrook. I'm Ida Trent, your moderator, and here are the rules.
LUND: Good to be here.
HOST: Let's begin. The first question is about housing. Rents rose nine percent. Would you cap rent increases? Ms. Lund, two minutes.
LUND: I would cap them at four percent a year, with an exception for small buildings, because people are losing their homes here.
HOST: Thank you, Ms. Lund. Mr. Vance, same question.
VANCE: I would not cap rents. It has been tried three times in this valley, and each time the builders left for the next town over.
LUND: That is simply not what happened in Ferris County, and you know it, because you sat on that board and voted for it.
VANCE: I sat on it for one year.
HOST: Please. One at a time.
HOST: Would that apply to mobile homes?
VANCE: It would apply to nobody, because I would not pass it in the first place.
HOST: Let's turn to the police. The department wants a second armored vehicle. Should the city buy it? Mr. Vance, you go first.
VANCE: Yes, we should buy it, and retire the old one, which does not start in the cold and has cost us a fortune in repairs.
HOST: Ms. Lund?
LUND: No. Spend it on officers who walk a beat and know the names of the people they meet on it every single day.
"""

LABELS = {"HOST": "Ida Trent, Moderator", "LUND": "Petra Lund", "VANCE": "Milo Vance"}


def said(script: str, labels: dict[str, str] = LABELS) -> list[ParsedTurn]:
    """A script of `NAME: words` lines as turns."""
    lines = [line.partition(": ") for line in script.strip().splitlines()]
    return [ParsedTurn(labels.get(name, name), words) for name, _, words in lines]


def test_questions_answers_rebuttals_follow_ups() -> None:
    found = exchanges.find(said(FORUM))
    assert found == [
        Exchange(question=2, answers=(3, 5, 7, 10), follow_ups=(9,), rebuttals=(6,)),
        Exchange(question=11, answers=(12, 14)),
    ]


ROUNDS = """
HOST: Good evening and welcome to the forum for mayor of Millbrook. I'm Ida Trent, your moderator. We begin with opening statements.
LUND: I was raised on Quay Street, above the bakery, and I have never wanted to live anywhere but here in this town.
VANCE: Good evening. I ran the mill for eleven years, and Mayor Lund and I have disagreed about nearly all of them.
HOST: Our first question comes by e-mail from a student. She asks: Should sixteen-year-olds vote for the school board? Yes or no.
LUND: Yes.
VANCE: No.
HOST: When will the pool on Mill Road open to swimmers again? Mr. Vance, we'll start with you.
VANCE: Next summer, when the crack in the deep end has been mended at last and the pump replaced.
LUND: I'd open it this year.
HOST: The last question. What have you changed your mind about since you were elected? Mr. Vance.
VANCE: Bicycles. I could not stand them, and now half of those who come to the market come on one of them.
HOST: Mayor.
LUND: I'll pass on that one.
HOST: Now each of you may ask your opponent one question. Mr. Vance, you go first.
VANCE: Petra, what would you cut? You have promised four million dollars tonight.
LUND: The consultants, Milo.
HOST: Ms. Lund, your question for Mr. Vance.
LUND: When did you last ride the bus?
VANCE: Tuesday.
"""


def test_rounds_titles_and_candidates_who_ask() -> None:
    """Yes and no are answers; those who follow who goes first answer; a mayor is spoken to as such; rivals ask each other."""
    assert exchanges.find(said(ROUNDS)) == [
        Exchange(question=3, answers=(4, 5)),
        Exchange(question=6, answers=(7, 8)),
        Exchange(question=9, answers=(10, 12)),
        Exchange(question=14, answers=(15,)),
        Exchange(question=17, answers=(18,)),
    ]


BREAKING_IN = """
HOST: Good evening and welcome to the forum for mayor of Millbrook. I'm Ida Trent, your moderator.
HOST: Should the town buy the old ferry? Each of you has a minute, starting with you, Mr. Vance.
VANCE: No. It leaks, and the engine alone would cost us the price of a new school roof.
LUND: The engine, again.
VANCE: The engine was an example.
HOST: Ms. Lund, it is your turn.
LUND: Yes, I would buy it, because nobody in this town has a better idea for the pier.
HOST: Closings, one minute each. Mr. Vance.
VANCE: I have enjoyed this evening, and I would like to thank my wife and all who came out.
"""


def test_breaking_in_is_no_answer_and_closings_are_none() -> None:
    assert exchanges.find(said(BREAKING_IN)) == [Exchange(question=1, answers=(2, 4, 6), rebuttals=(3,))]


def test_procedure_is_no_part_of_an_exchange() -> None:
    turns = said(FORUM)
    assert exchanges.procedure(turns) == {0, 4, 8, 13}
    kinds = [
        ParsedTurn(turn.label, turn.text, TurnKind.PROCEDURE if at in exchanges.procedure(turns) else turn.kind)
        for at, turn in enumerate(turns)
    ]
    assert exchanges.find(kinds) == exchanges.find(turns)


def test_roles_by_behaviour_alone() -> None:
    labels = {"HOST": "Trent", "LUND": "Lund", "VANCE": "Vance"}
    assert exchanges.roles(said(FORUM, labels)) == {
        "Trent": Role.MODERATOR,
        "Lund": Role.CANDIDATE,
        "Vance": Role.CANDIDATE,
    }


def test_a_surname_has_the_role_of_its_full_name() -> None:
    roles = exchanges.roles(read((DEMO / "port-linden-mayor-2026.txt").read_bytes()).turns)
    assert roles["Osgood"] == roles["Dana Osgood, Moderator"] == Role.MODERATOR
    assert roles["Okoro-Reyes"] == roles["Councilwoman Delphine Okoro-Reyes"] == Role.CANDIDATE
    assert (roles["Student questioner"], roles["Interpreter"]) == (Role.AUDIENCE, Role.INTERPRETER)
    assert roles["Unidentified voice"] == Role.UNKNOWN


AUDIENCE = """
HOST: Good evening and welcome to our town hall. I'm your moderator, and with us tonight is Petra Lund, who hopes to be mayor of this city.
LUND: It is good to be here with all of you.
HOST: The first question comes from Cyril Banks. He is a welder from the Flats.
CYRIL: Good evening. The buses stop at nine and I get off work at eleven. What will you do so that I can get home?
LUND: I would run them until one in the morning on the four main lines, and I would pay for it from the parking meters downtown.
HOST: Is that in your budget?
LUND: It is, on page nine, with the figures from the transit authority beside it, and I invite everybody to read that page.
HOST: Our next question comes from Tess Auden, who teaches at Eastfield.
TESS: My classroom was eleven degrees in January. Will you replace the boiler before next winter?
LUND: Before November. The bond pays for two boilers, and yours is the older one, so it is the one that goes out first.
HOST: Thank you. That concludes our evening. Good night.
"""
TOWN = {"HOST": "Ida Trent", "LUND": "Petra Lund", "CYRIL": "Cyril Banks", "TESS": "Tess Auden"}


def test_a_questioner_brought_in_by_the_moderator() -> None:
    found = exchanges.find(said(AUDIENCE, TOWN))
    assert found == [
        Exchange(question=3, lead_in=(2,), answers=(4, 6), follow_ups=(5,)),
        Exchange(question=8, lead_in=(7,), answers=(9,)),
    ]


def test_closing_statements_answer_nothing() -> None:
    turns = said(FORUM) + said(
        "HOST: Now closing statements, one minute each. Ms. Lund.\n"
        "LUND: I came to this town with a bicycle and a diploma, and I would be honored to have your vote on Tuesday."
    )
    assert exchanges.find(turns) == exchanges.find(said(FORUM))


def test_a_question_broken_off_is_put_when_it_is_finished() -> None:
    script = FORUM + (
        "HOST: Ms. Lund, you voted against the library in...\n"
        "LUND: I did not vote against the library, I voted against the loan that came with it and its interest.\n"
        "HOST: Why did you vote against the library branch on Mill Road in the spring?\n"
        "LUND: Because the loan cost more than the building, and nobody on that council could tell me who would pay it.\n"
    )
    *_, second, third = exchanges.find(said(script))
    assert second.answers[-1] == 16
    assert third == Exchange(question=17, answers=(18,), lead_in=third.lead_in)


@pytest.mark.parametrize(
    "again",
    [
        "Ms. Lund, same question.",
        "Ms. Lund, would you cap rent increases?",
        "Back to the question, Ms. Lund. Would you cap them?",
        "Ms. Lund, you didn't answer the question.",
        "Is that a yes?",
        "Which ones?",
    ],
)
def test_the_same_question_is_not_a_new_one(again: str) -> None:
    turns = said(FORUM)[:6] + said(
        f"HOST: {again}\nLUND: I said what I would do, four percent a year and not a cent more."
    )
    assert len(exchanges.find(turns)) == 1


def test_a_spanish_forum() -> None:
    script = """
MOD: Buenas noches y bienvenidos al foro. Soy la moderadora. Empecemos con la vivienda: ¿apoya usted un límite al alquiler? Señora Solís.
SOLIS: Sí, apoyo un límite de cuatro por ciento, porque las familias de este barrio no aguantan otro aumento como el del año pasado.
MOD: Gracias. Señor Ferrer, la misma pregunta.
FERRER: No lo apoyo, porque entonces nadie construye y los que buscan piso se quedan esperando en la calle otros diez años más.
MOD: Hablemos de la policía. ¿Compraría usted otro vehículo blindado? Señor Ferrer.
FERRER: No lo compraría, porque el que tenemos está en el taller y cada reparación nos cuesta lo que gana una enfermera.
"""
    labels = {"MOD": "Ana Mora", "SOLIS": "Marta Solís", "FERRER": "Julián Ferrer"}
    found = exchanges.find(said(script, labels))
    assert [(one.question, one.answers) for one in found] == [(0, (1, 3)), (4, (5,))]


def test_nobody_labelled_no_exchanges() -> None:
    turns = [ParsedTurn(None, "What would you do first?"), ParsedTurn(None, "I would fix the pumps.")]
    assert exchanges.find(turns) == []
    assert exchanges.roles(turns) == {}
    assert exchanges.find([]) == []


STATES = """
HOST: Good evening and welcome to the forum. I'm Ida Trent, your moderator. Omar Fields could not be here tonight, his flight was cancelled.
HOST: The first question is for everybody. Would you raise the property tax next year? Ms. Lund.
LUND: I would not raise it, because there is a surplus of two million dollars that nobody has explained to the public.
HOST: Mr. Vance?
VANCE: I'm going to pass on that one.
HOST: And Ms. Ashe, I'm sorry, we are out of time on this.
HOST: Next question, on the harbor. This one is for Ms. Ashe alone. Would you dredge the harbor channel before the ferry comes?
ASHE: Yes, before it comes, and I would let the port pay for it, since the port is who asked for the ferry in the first place.
HOST: A question on schools, for all of you. Should Millrace Elementary close? Mr. Vance, then Ms. Ashe, then Ms. Lund.
VANCE: No.
ASHE: It should close, and the children should go to Eastfield, which has room for all of them and a roof that keeps out the rain.
LUND: Hm.
"""
CAST = {"Petra Lund": ["Petra Lund"], "Milo Vance": ["Milo Vance"], "Kim Ashe": ["Kim Ashe"], "Omar Fields": []}


def states_of(script: str) -> list[dict[str, tuple[str, int | None]]]:
    turns = said(script, LABELS | {"ASHE": "Kim Ashe"})
    known = {"Ida Trent, Moderator": Role.MODERATOR} | dict.fromkeys(
        ["Petra Lund", "Milo Vance", "Kim Ashe"], Role.CANDIDATE
    )
    found = exchanges.states(turns, exchanges.find(turns, known), CAST, known)
    return [{name: (state.state, state.turn) for name, state in one.items()} for one in found]


def test_states_only_where_the_record_says_so() -> None:
    assert states_of(STATES) == [
        {
            "Petra Lund": ("answered", 2),
            "Milo Vance": ("declined", 4),
            "Kim Ashe": ("out_of_time", 5),
            "Omar Fields": ("absent", 0),
        },
        {
            "Petra Lund": ("not_asked", 6),
            "Milo Vance": ("not_asked", 6),
            "Kim Ashe": ("answered", 7),
            "Omar Fields": ("absent", 0),
        },
        {
            "Petra Lund": ("not_reviewed", 11),
            "Milo Vance": ("answered", 9),
            "Kim Ashe": ("answered", 10),
            "Omar Fields": ("absent", 0),
        },
    ]


def test_a_long_refusal_is_left_to_an_editor() -> None:
    long = (
        "I can't answer that without the study, but let me tell you what I saw there. " + "It was a long night. " * 20
    )
    script = STATES.replace("I'm going to pass on that one.", long)
    assert states_of(script)[0]["Milo Vance"] == ("not_reviewed", 4)


@pytest.mark.parametrize("name", ["port-linden-mayor-2026", "port-linden-council-2025"])
def test_the_demo_world_agrees(name: str) -> None:
    """The states somebody wrote down by hand for the demo forums, but for those only a reader can tell."""
    turns = read((DEMO / f"{name}.txt").read_bytes()).turns
    found = exchanges.find(turns)
    labels = list(dict.fromkeys(turn.label for turn in turns if turn.label))
    loaded = yaml.safe_load((DEMO / "port-linden.yaml").read_text(encoding="utf-8"))
    written = next(
        forum["records"][0]["states"] if "records" in forum else forum["states"]
        for forum in loaded["forums"]
        if f"{name}.txt" in str(forum)
    )
    assert written
    slugs = {one["person"] for one in written}
    candidates = {slug: [one for one in labels if slug.split("-", 1)[1] in one.casefold()] for slug in slugs}
    states = exchanges.states(
        turns, found, {slug.replace("-", " ", 1).title(): own for slug, own in candidates.items()}
    )
    for one in written:
        at = next(i for i, exchange in enumerate(found) if one["question"][-40:] in turns[exchange.question].text)
        state = states[at][one["person"].replace("-", " ", 1).title()].state
        assert state == one["state"] or one["state"] == "not_addressed", one


VOICES = st.sampled_from(
    ["Ida Trent, Moderator", "Petra Lund", "Milo Vance", "AUDIENCE", "TRENT", "", "?", "Interpreter"]
)
PHRASES = st.sampled_from(
    [
        "Ms. Lund?",
        "Thank you.",
        "What would you do about rents?",
        "(APPLAUSE)",
        "We'll be right back.",
        "I'd cap them at four.",
    ]
    + [
        "same question",
        "...",
        "Next question",
        "Would you close the school on Mill Road, Mr. Vance?",
        "no comment",
        "😀",
        "I",
    ]
)


@given(
    st.lists(
        st.tuples(VOICES | st.none(), st.lists(PHRASES, max_size=5).map(" ".join) | st.text(max_size=60)), max_size=25
    )
)
def test_whatever_is_said_every_turn_stands_in_one_place(script: Sequence[tuple[str | None, str]]) -> None:
    turns = [ParsedTurn(label, words) for label, words in script]
    found = exchanges.find(turns)
    placed = [at for one in found for at in (one.question, *one.lead_in, *one.answers, *one.follow_ups, *one.rebuttals)]
    assert len(placed) == len(set(placed))
    assert all(0 <= at < len(turns) and turns[at].label for at in placed)
    assert [one.question for one in found] == sorted(one.question for one in found)
    for one in found:
        assert all(at > one.question for at in (*one.answers, *one.rebuttals))
        assert all(at < one.question for at in one.lead_in)
    assert set(exchanges.roles(turns)) == {turn.label for turn in turns if turn.label and turn.text.strip()}
    states = exchanges.states(turns, found, {"Petra Lund": ["Petra Lund"], "Omar Fields": []})
    assert len(states) == len(found)


def test_a_very_long_forum_ends() -> None:
    turns = said(FORUM) * 400
    assert len(exchanges.find(turns)) > 100
