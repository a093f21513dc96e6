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
    assert first is not None and (first.block, first.last) == (1, 2)
    assert BLOCKS[1][first.at :].startswith("what would you do")
    assert second is not None and second.block == 9 and second.sure
    said = runsheet.answers(found, runsheet.orders("Marsh, Quill, Rook", NAMES, 2), BLOCKS)
    assert [(one.name, one.first, one.last) for one in said[1]] == [
        ("Bo Quill", 10, 11),
        ("Cy Rook", 12, 13),
        ("Ada Marsh", 14, 14),
    ]
    assert all(one.sure for one in said[1])


def test_a_question_nobody_asked_is_not_found_and_nothing_is_proposed_for_it() -> None:
    asked = ("How will you shorten the queues at the county's motor vehicle office this winter?",)
    found = runsheet.find(asked, BLOCKS)
    assert found == (None,)
    assert runsheet.answers(found, (NAMES,), BLOCKS) == ((),)


def test_where_no_name_is_heard_the_stretch_is_shared_out_and_called_unsure() -> None:
    blocks = [QUESTIONS[0].lower(), *(f"words of somebody number {n}" for n in range(9))]
    (said,) = runsheet.answers(runsheet.find(QUESTIONS[:1], blocks), (NAMES,), blocks)
    assert [(one.first, one.last) for one in said] == [(1, 3), (4, 6), (7, 9)]
    assert not any(one.sure for one in said)


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
        assert one is not None and one.block in (place - 1, place) and one.last in (place, place + 1)


@given(st.text(max_size=400), st.lists(st.text(max_size=80), max_size=12))
def test_whatever_is_pasted_it_answers_or_refuses(typed: str, blocks: list[str]) -> None:
    try:
        asked = runsheet.questions(typed)
    except BadFile:
        return
    found = runsheet.find(asked, blocks)
    for place in found:
        assert place is None or (
            0 <= place.block <= place.last < len(blocks) and 0 <= place.at < len(blocks[place.block])
        )
    runsheet.answers(found, [NAMES] * len(asked), blocks)
