"""Pure: made-up names such as “Heron 12”. Nobody types one: a name is offered and chosen, so that no real name comes in."""

import re
import secrets
from collections.abc import Collection

from transcripts.text import fold

WORDS = {
    "en": (
        "Acorn Alder Badger Beaver Birch Bison Breeze Cedar Clover Comet Cypress Dolphin Falcon "
        "Finch Granite Harbor Heron Hickory Island Kestrel Lantern Linden Maple Marble Meadow Otter "
        "Pebble Pelican Pine Prairie Puffin Quartz Quill Sequoia Sparrow Spruce Summit Swallow Thistle "
        "Tulip Walnut "
    ).split(),
    "es": (
        "Abedul Álamo Alce Alondra Arce Avellana Bahía Bellota Bisonte Bosque Brisa Cedro Cerezo Ciprés Cometa "
        "Cuarzo Delfín Encina Faro Fresno Garza Girasol Golondrina Gorrión Granito Halcón Helecho Isla Lince "
        "Mármol Nogal Nutria Olivo Orilla Pelícano Pino Piedra Pradera Roble Río Sauce Secuoya Tejón "
        "Trébol Tulipán Zorzal"
    ).split(),
}
NUMBERS = range(10, 100)
PRINTED = re.compile(r"([^\W\d_]+)[\s-]*([1-9][0-9])")
_BY_FOLDED = {fold(word): word for words in WORDS.values() for word in words}


def offered(taken: Collection[str], lang: str = "en", n: int = 3) -> tuple[str, ...]:
    """`n` names that nobody in the class has, each of another word, in the class's language."""
    chance = secrets.SystemRandom()
    words = chance.sample(WORDS.get(lang, WORDS["en"]), n)
    held = set(taken)
    free = ([f"{word} {number}" for number in NUMBERS if f"{word} {number}" not in held] for word in words)
    return tuple(chance.choice(names) for names in free if names)


def read_name(typed: str) -> str | None:
    """The made-up name somebody typed, as it is printed (“heron12” is “Heron 12”); None for any other name."""
    found = PRINTED.fullmatch(" ".join(typed.split()))
    word = _BY_FOLDED.get(fold(found[1])) if found else None
    return f"{word} {found[2]}" if found and word else None
