"""Places in a text: code points as the record counts them, UTF-16 as browsers do, in Python and in the script of the pages."""

import json
import random
import subprocess
from pathlib import Path

import playwright
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from positions.classes.spans import from_utf16, to_utf16, whole_letters

SCRIPT = Path(__file__).resolve().parents[3] / "tracker" / "static" / "js" / "codepoints.js"
NODE = Path(playwright.__file__).parent / "driver" / "node"
"""The Node that comes with the browser tests' driver: the same wherever the tests run."""

PIECES = "a é ñ word \n \u0301 \u0323 \u20e3 \ufe0f \u200d שלום עולם مرحبا نص".split(" ") + [
    "👩‍👩‍👧‍👦",
    "🇵🇷",
    "👍🏽",
    "1️⃣",
    "𝒜",
    "\U0010ffff",
    "\ue000",
    "\ud7ff",
    "\u0939\u093f\u0928\u094d\u0926\u0940",
    " ",
]
"""Emoji of one and of many code points, marks that combine, both directions, and the neighbours of the surrogates."""

mixed = st.lists(st.sampled_from(PIECES) | st.characters(exclude_categories=["Cs"]), max_size=40).map("".join)


@settings(max_examples=200)
@given(mixed)
def test_every_code_point_has_one_place_in_utf_16_and_back(text: str) -> None:
    at = 0
    for point, letter in enumerate(text):
        assert to_utf16(text, point) == at == len(text[:point].encode("utf-16-le")) // 2
        for unit in range(len(letter.encode("utf-16-le")) // 2):
            assert from_utf16(text, at + unit) == point
        at += len(letter.encode("utf-16-le")) // 2
    assert from_utf16(text, at) == len(text)


@given(mixed, st.data())
def test_no_place_that_was_grown_cuts_a_letter_and_growing_twice_is_growing_once(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    grown = whole_letters(text, start, end)
    if text[start:end].strip():
        assert whole_letters(text, *grown) == grown
        assert grown[0] <= start + len(text[start:end]) - len(text[start:end].lstrip())


def test_the_script_of_the_pages_counts_as_we_do() -> None:
    """Two thousand random texts, every offset of each, in Node: one start of it for all."""
    chance = random.Random(20271201)
    texts = ["", "\U0001f600", "a\U0001f600", "\U0001f600\U0001f600"]
    for _ in range(2_000):
        anything = [
            chr(chance.choice((chance.randrange(0xD800), chance.randrange(0xE000, 0x110000)))) for _ in range(8)
        ]
        texts.append(
            "".join(
                chance.choice((chance.choice(PIECES), chance.choice(anything))) for _ in range(chance.randrange(25))
            )
        )
    asked = "\n".join(
        (
            "globalThis.window = globalThis;",
            SCRIPT.read_text(encoding="utf-8"),
            "const texts = JSON.parse(require('fs').readFileSync(0, 'utf8'));",
            "const upTo = (n) => Array.from({ length: n + 1 }, (_, i) => i);",
            "const told = texts.map((text) => [upTo(text.length).map((at) => window.codePoints.fromUtf16(text, at)),",
            "  upTo(Array.from(text).length).map((at) => window.codePoints.toUtf16(text, at))]);",
            "process.stdout.write(JSON.stringify(told));",
        )
    )
    ended = subprocess.run(
        [NODE, "-e", asked], input=json.dumps(texts), capture_output=True, text=True, check=True, timeout=60
    )
    for text, (points, units) in zip(texts, json.loads(ended.stdout), strict=True):
        length = len(text.encode("utf-16-le")) // 2
        assert points == [from_utf16(text, at) for at in range(length + 1)], ascii(text)
        assert units == [to_utf16(text, at) for at in range(len(text) + 1)], ascii(text)


@pytest.mark.parametrize("text", ["👩‍👩‍👧‍👦 ok", "e\u0301\u0323 x", "🇵🇷🇺🇸"])
def test_a_letter_of_many_code_points_is_marked_whole(text: str) -> None:
    letter = {"👩": 7, "e": 3, "🇵": 2}[text[0]]
    for start in range(letter):
        for end in range(start + 1, letter + 1):
            assert whole_letters(text, start, end) == (0, letter)
