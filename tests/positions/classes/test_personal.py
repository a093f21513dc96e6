"""Words that look as if they held something personal: warned of, and ordinary comments on politicians are not."""

import pytest

from positions.classes.personal import Sign, signs

PEOPLE = ("Ana Reyes", "Luke Bronin")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("call me at 860-555-0142", (Sign.PHONE,)),
        ("(860) 555 0142", (Sign.PHONE,)),
        ("+34 600 12 34 56", (Sign.PHONE,)),
        ("write to kid@example.org", (Sign.CONTACT,)),
        ("follow @quilla_k", (Sign.CONTACT,)),
        ("my snap: quilla", (Sign.CONTACT,)),
        ("Quilla Canary thinks so too", (Sign.NAME,)),
        ("I agree with Quilla J. Canary.", (Sign.NAME,)),
        ("my name is quilla", (Sign.NAME,)),
        ("Me llamo Quilla", (Sign.NAME,)),
        ("Quilla Canary, 8605550142, q@example.org", (Sign.PHONE, Sign.CONTACT, Sign.NAME)),
    ],
)
def test_what_looks_personal_is_told(text: str, found: tuple[Sign, ...]) -> None:
    assert signs(text, PEOPLE) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "She dodged the question.",
        "Ana Reyes dodged; Reyes said nothing about rent.",
        "Luke Bronin says the City Council did it in 2015-2016.",
        "From 1998 to 2004 he promised 2,000,000 homes for $4 000 000.",
        "The Mayor of New York. He is right. Buses run.",
        "El Concejo dijo que no. La Alcaldesa calló.",
        "YES THIS IS AN ANSWER",
        "12:04 and 1:02:03",
        "turn 3, words 12-45",
    ],
)
def test_ordinary_comments_are_not(text: str) -> None:
    assert signs(text, PEOPLE) == ()


def test_a_long_comment_takes_no_time() -> None:
    assert signs("1 " * 5_000 + "A" * 5_000 + " Aa" * 3_000) is not None
