import pytest

from transcripts.language import spoken


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Va a pagar la ciudad el costo completo de cambiar esas tuberías, también la parte de adentro?", "es"),
        ("I would pay for the whole of it, and I have said so to the council.", "en"),
        ("Gracias.", "en"),
        ("No.", "en"),
        ("Sí, de acuerdo. Thank you all for that, and to the student for the question.", "en"),
        ("", "en"),
        ("Bienvenidos a la sala, and to all of you in the cafeteria, que son muchos, welcome.", "en"),
    ],
)
def test_in_a_forum_held_in_english(text: str, lang: str) -> None:
    assert spoken(text, "en") == lang


def test_the_forum_decides_where_words_do_not() -> None:
    assert spoken("Gracias.", "es") == "es"
