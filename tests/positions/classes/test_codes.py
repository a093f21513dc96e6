"""Codes children type, and made-up names: unmistakable, never a word, never twice in a class."""

from hypothesis import given
from hypothesis import strategies as st

from positions.classes import codes, pseudonyms


def test_no_character_of_a_code_looks_like_another() -> None:
    assert not set(codes.ALPHABET) & set("0O1IL5S2Z8BUVAE") - {"2"}
    assert len(set(codes.ALPHABET)) == len(codes.ALPHABET) == 22
    assert all(set(codes.new_code()) <= set(codes.ALPHABET) for _ in range(50))
    assert len({codes.new_code() for _ in range(200)}) == 200


def test_a_code_is_read_however_it_is_typed() -> None:
    code = codes.new_code()
    for typed in (code, code.lower(), codes.shown(code), f" {code[:3]} {code[3:]} ", "-".join(code)):
        assert codes.read_code(typed) == code


@given(st.text(max_size=60))
def test_whatever_is_typed_is_some_code(typed: str) -> None:
    assert len(codes.read_code(typed)) <= 16
    assert pseudonyms.read_name(typed) is None or pseudonyms.read_name(typed)


def test_a_return_code_is_kept_as_a_salted_digest() -> None:
    code = codes.new_code()
    one, other = codes.hashed(code), codes.hashed(code)
    assert one != other and code not in one
    assert codes.right(code, one) and codes.right(code, other) and not codes.right(codes.new_code(), one)


def test_names_are_of_the_class_and_of_nobody() -> None:
    for lang in ("en", "es"):
        assert len({name.lower() for name in pseudonyms.WORDS[lang]}) == len(pseudonyms.WORDS[lang]) >= 40
    taken = [f"{word} {n}" for word in pseudonyms.WORDS["en"][:-3] for n in pseudonyms.NUMBERS]
    offered = pseudonyms.offered(taken, "en")
    assert not set(offered) & set(taken) and len({name.split()[0] for name in offered}) == len(offered)
    assert pseudonyms.read_name("heron12") == pseudonyms.read_name("HERON  12") == "Heron 12"
    assert pseudonyms.read_name("arbol 12") is None and pseudonyms.read_name("Quilla Canary") is None
    assert pseudonyms.read_name("alamo 44") == "Álamo 44"
