"""A run sheet against captions: the words differ, the order is known, nobody is guessed in public."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts import runsheet
from transcripts.errors import BadFile

NAMES = ("Ada Marsh", "Bo Quill", "Cy Rook")
QUESTIONS = (
    "What would you do in your first hundred days about the rents on Harbour Street?",
    "Should the city buy the old ferry terminal, and who would pay for it?",
)
BLOCKS = [
    "good evening everybody and welcome to the grange hall",
    "thank you for coming our first question is what would you do in the first hundred days",
    "about rents on harbor street mister marsh you have a minute",
    "well i would freeze them for a year",
    "and then we build the homes that people need",
    "thank you bo quill please",
    "freezing does nothing we have to build first",
    "thank you and mr rook",
    "i would ask the tenants what they need",
    "the next question should the city buy the old ferry terminal and who would pay for it miss quill you begin",
    "yes and the state has money for it",
    "thank you mister rook",
    "no we cannot pay for it",
    "and ada marsh",
    "only with the port's help",
]


def test_questions_lose_their_numbers_and_orders_rotate() -> None:
    assert runsheet.questions("1. Who pays?\n\nQuestion 2: Why?\n- And when?") == ("Who pays?", "Why?", "And when?")
    assert runsheet.orders("Marsh, Bo Quill, rook", NAMES, 3) == (
        ("Ada Marsh", "Bo Quill", "Cy Rook"),
        ("Bo Quill", "Cy Rook", "Ada Marsh"),
        ("Cy Rook", "Ada Marsh", "Bo Quill"),
    )
    assert runsheet.orders("1: Rook, Marsh\n2: Quill", NAMES, 2) == (("Cy Rook", "Ada Marsh"), ("Bo Quill",))


@pytest.mark.parametrize(
    ("typed", "said"), [("Marsh, Nobody", "“Nobody” is nobody"), ("Marsh\nQuill\nRook", "3 lines of the order")]
)
def test_an_order_that_names_a_stranger_is_refused(typed: str, said: str) -> None:
    with pytest.raises(BadFile, match=said):
        runsheet.orders(typed, NAMES, 2)


def test_two_people_of_one_surname_need_their_full_names() -> None:
    with pytest.raises(BadFile, match="not one alone"):
        runsheet.orders("Marsh", ("Ada Marsh", "Eve Marsh"), 1)
    assert runsheet.orders("Eve Marsh", ("Ada Marsh", "Eve Marsh"), 1) == (("Eve Marsh",),)


def test_each_question_is_found_with_its_words_and_its_answers_in_rotation() -> None:
    found = runsheet.find(QUESTIONS, BLOCKS)
    first, second = found
    assert first is not None and BLOCKS[1][first.start[1] :].startswith("what would you do")
    assert first.end == (2, len("about rents on harbor street"))
    assert second is not None and second.start[0] == second.end[0] == 9 and second.sure
    said = runsheet.answers(found, runsheet.orders("Marsh, Quill, Rook", NAMES, 2), BLOCKS)
    assert [(one.name, one.start, one.end) for one in said[1].answers] == [
        ("Bo Quill", (10, 0), (11, 0)),
        ("Cy Rook", (12, 0), (13, 0)),
        ("Ada Marsh", (14, 0), (15, 0)),
    ]
    assert all(one.sure for one in said[1].answers)


def test_a_name_in_the_middle_of_a_block_hands_over_there_and_the_moderators_words_are_nobodys() -> None:
    blocks = [
        "so who should pay for the old ferry terminal thank you mister quill you begin the state should pay for it all of it",
        "because it has neglected the building for years thank you cy rook please nobody needs it any more we have two others",
        "and rook street has none of them thank you ada marsh the port should help with half of the money",
    ]
    (place,) = runsheet.find(("Who should pay for the old ferry terminal?",), blocks)
    (said,) = runsheet.answers((place,), (("Bo Quill", "Cy Rook", "Ada Marsh"),), blocks)
    words = []
    for one in said.answers:
        first, last = one.start, one.end
        texts = [*blocks, ""][first[0] : last[0] + 1]
        texts[-1] = texts[-1][: last[1]]
        texts[0] = texts[0][first[1] :]
        words.append(" ".join(text.strip() for text in texts if text.strip()))
    assert words[0].startswith("begin the state should") and words[0].endswith("neglected the building for years")
    assert words[1].startswith("nobody needs it") and words[1].endswith("rook street has none of them")
    assert words[2] == "the port should help with half of the money"


def test_a_question_nobody_asked_is_not_found_and_nothing_is_proposed_for_it() -> None:
    asked = ("How will you shorten the queues at the county's motor vehicle office this winter?",)
    found = runsheet.find(asked, BLOCKS)
    assert found == (None,)
    assert runsheet.answers(found, (NAMES,), BLOCKS) == (runsheet.Said(),)


def test_where_no_name_is_heard_the_stretch_is_shared_out_and_called_unsure() -> None:
    blocks = [QUESTIONS[0].lower(), *(f"words of somebody number {n}" for n in range(9))]
    (said,) = runsheet.answers(runsheet.find(QUESTIONS[:1], blocks), (NAMES,), blocks)
    assert [(one.start, one.end) for one in said.answers] == [((1, 0), (4, 0)), ((4, 0), (7, 0)), ((7, 0), (10, 0))]
    assert not any(one.sure for one in said.answers)


@given(st.integers(0, 10_000))
def test_twelve_questions_are_found_among_many_blocks_though_captions_mishear_words(seed: int) -> None:
    """Each question is put into the captions with one word in eight misheard, among blocks of other words."""
    chance = random.Random(seed)
    vocabulary = [
        f"{a}{b}"
        for a in ("ba", "lo", "mi", "ter", "sun", "ka", "ro")
        for b in ("din", "ver", "pa", "tos", "lin", "gra")
    ]
    asked = [" ".join(chance.sample(vocabulary, 14)) for _ in range(12)]
    blocks, places = [], []
    for question in asked:
        blocks += [" ".join(chance.choices(vocabulary, k=20)) for _ in range(chance.randint(2, 6))]
        places.append(len(blocks))
        blocks.append(
            " ".join(word if chance.random() > 1 / 8 else chance.choice(vocabulary) for word in question.split())
        )
    found = runsheet.find(asked, blocks)
    for one, place in zip(
        found, places, strict=True
    ):  # a misheard first word may be found at the end of the block before
        assert one is not None and one.start[0] in (place - 1, place) and one.end[0] in (place, place + 1)


@given(st.text(max_size=400), st.lists(st.text(max_size=80), max_size=12))
def test_whatever_is_pasted_it_answers_or_refuses(typed: str, blocks: list[str]) -> None:
    try:
        asked = runsheet.questions(typed)
    except BadFile:
        return
    found = runsheet.find(asked, blocks)
    for place in found:
        assert place is None or (0, 0) <= place.start < place.end <= (len(blocks) - 1, len(blocks[-1]))
    for said in runsheet.answers(found, [NAMES] * len(asked), blocks):
        for one in said.answers:
            assert one.start < one.end
