"""Markdown: whose words stand under which mark, what is nobody's, and no mark left in any word."""

import json
import re
from collections import Counter
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.corpora import corpus
from transcripts import formats
from transcripts.errors import BadFile
from transcripts.formats import markdown
from transcripts.formats.format import EXACT
from transcripts.formats.marked import inline, page
from transcripts.text import clean
from transcripts.vocabulary import TurnKind

MEGABYTE = 1_000_000


def told(text: str) -> list[tuple[str | None, str]]:
    return [(turn.label, turn.text) for turn in markdown.read(text).turns]


@pytest.mark.parametrize(
    ("marked", "shown"),
    [
        ("**so** *it* is", "so it is"),
        ("***so***, __it__ _is_", "so, it is"),
        ("**a *b* c**", "a b c"),
        ("~~gone~~ `code`", "gone code"),
        ("[a word](https://example.org/a_(b)) and ![a boat](boat.png)", "a word and a boat"),
        ("see [the card][1] and <https://example.org>", "see the card and https://example.org"),
        (r"2 \* 3 and \[aside\]", "2 * 3 and [aside]"),
        ("2 * 3 * 4 and snake_case_word", "2 * 3 * 4 and snake_case_word"),
        ("Fish &amp; chips, caf&eacute; &unknownthing;", "Fish & chips, café &unknownthing;"),
        ("one<br>two <b>three</b>", "one two three"),
        ("[applause] (laughter) a*b", "[applause] (laughter) a*b"),
    ],
)
def test_marks_inside_words_are_gone(marked: str, shown: str) -> None:
    assert inline(marked) == shown


@pytest.mark.parametrize(
    "label", ["**{}:** {}", "**{}**: {}", "__{}:__ {}", "### {}:\n{}", "- **{}:** {}", "> **{}:** {}"]
)
def test_a_name_with_a_colon_in_every_way_of_setting_it_off(label: str) -> None:
    talk = [("Ida Quill", "One."), ("Oren Mask", "Two."), ("Ida Quill", "Three."), ("Oren Mask", "Four.")]
    text = "\n\n".join(label.format(*turn) for turn in talk)
    assert told(text) == talk
    assert formats.read(text.encode(), "talk.md").format == "markdown"


@pytest.mark.parametrize("label", ["**{}**\n{}", "**{}**\n\n{}", "## {}\n\n{}", "#### **{}**\n{}", "**{}** {}"])
def test_a_name_without_a_colon_that_comes_back(label: str) -> None:
    talk = [("Ida Quill", "One."), ("Oren Mask", "Two."), ("Ida Quill", "Three."), ("Oren Mask", "Four.")]
    assert told("\n\n".join(label.format(*turn) for turn in talk)) == talk


def test_headings_are_no_voices() -> None:
    text = (
        "# Plan\n\n## Rose Street\n\nWe mend it.\n\n## Harbor Lane\n\nWe sweep it.\n\n## Mill Corner\n\nWe keep it.\n"
    )
    assert {turn.label for turn in markdown.read(text).turns} == {None}


def test_under_a_heading_nobody_goes_on() -> None:
    text = "**Ida Quill:** One.\n\n**Oren Mask:** Two.\n\n**Ida Quill:** Three.\n\n## The roof\n\nWho says this?\n\n**Oren Mask:** I."
    turns = markdown.read(text).turns
    assert [(turn.label, turn.kind) for turn in turns[3:5]] == [(None, TurnKind.PROCEDURE), (None, TurnKind.SPEECH)]


def test_a_quotation_among_words_is_nobodys_and_the_voice_goes_on() -> None:
    text = (
        "**Ida Quill:** It says:\n\n> The boat\n> is late.\n\nSo it is.\n\n**Oren Mask:** Yes.\n\n**Ida Quill:** There."
    )
    turns = markdown.read(text).turns
    assert [(turn.label, turn.text, turn.line) for turn in turns[:3]] == [
        ("Ida Quill", "It says:", 1),
        (None, "The boat\nis late.", 3),
        ("Ida Quill", "So it is.", 6),
    ]
    assert turns[1].kind is TurnKind.NARRATION


def test_a_drawn_table_without_words_is_refused_by_what_it_is() -> None:
    with pytest.raises(BadFile, match="a table drawn with bars"):
        formats.read(b"| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n")


def test_prose_of_a_file_called_md_loses_its_marks_and_names_nobody() -> None:
    record = formats.read(b"# A walk\n\nThe *harbor* is old.\n\n- boats\n- nets\n", "walk.md")
    assert (record.format, {turn.label for turn in record.turns}) == ("markdown", {None})
    assert "*" not in "".join(turn.text for turn in record.turns)


LINES = st.sampled_from(
    r"""
# |## Housing|### Ida Quill|### Ida Quill:|**Ida Quill**|**Ida Quill:** yes|**Oren Mask**: no|__Oren Mask__|**|****|***|---|===|```
> |> words|> (laughter)|> **Ida Quill:** quoted|- |- item|1. item|* * *|[a](b)|![](|[|](|\*|\\|&#10;|&lt;|<br>|<!--|-->
words|Ida Quill: words
| a | b ||---|---||: Time | Text |:|Ana ñ 漢字||| |title: x|**Ida Quill** Words|**Note:** words
""".replace("\n", "|").split("|")
) | st.sampled_from(["| Time | Text |", "|---|---|", "| 0:01 | Hi |", "\ue000x", "\ue001Ida"])
FILES = st.lists(LINES | st.text(max_size=20), max_size=30).map("\n".join).map(clean)


@given(FILES)
def test_a_record_or_a_refusal(text: str) -> None:
    assert 0.0 <= markdown.sniff(text, "a.md") <= EXACT
    try:
        record = markdown.read(text)
    except BadFile as refused:
        assert refused.reason
        return
    lines = text.count("\n") + 1
    for turn in record.turns:
        assert turn.text == clean(turn.text).strip() != ""
        assert turn.label is None or turn.label == turn.label.strip() != ""
        assert turn.line is not None and 1 <= turn.line <= lines
        assert not set("\ue000\ue001") & set(turn.text + (turn.label or ""))


@given(FILES)
def test_as_many_lines_are_shown_as_there_are(text: str) -> None:
    assert page(text).shown().count("\n") == text.count("\n")


NAMES = st.sampled_from(["Ida Quill", "Oren Mask", "Wren Tolliver"])
WORDS = st.lists(st.text(st.characters(categories=["Ll"]), min_size=1, max_size=9), min_size=1, max_size=9).map(
    " ".join
)
SET = st.sampled_from(["{}", "**{}**", "*{}*", "[{}](https://example.org)", "- {}", "`{}`"])


@given(
    st.lists(st.tuples(NAMES, st.tuples(SET, WORDS)), min_size=3, max_size=20),
    st.sampled_from(["**{}:**\n", "### {}:\n"]),
)
def test_every_word_stays_under_its_name_and_no_mark_with_it(
    talk: list[tuple[str, tuple[str, str]]], label: str
) -> None:
    assume(len({name for name, _ in talk}) > 1)
    twice = [*talk, *talk]
    text = "\n\n".join(label.format(name) + way.format(words) for name, (way, words) in twice)
    assert told(text) == [(name, words) for name, (_, words) in twice]


HOSTILE = {
    "stars": "*" * MEGABYTE,
    "stars apart": "*a " * (MEGABYTE // 3),
    "bold never closed": "**a " * (MEGABYTE // 4),
    "lines": "_a " * (MEGABYTE // 3),
    "links never closed": "[a](" * (MEGABYTE // 4),
    "square brackets": "[" * MEGABYTE,
    "pictures": "![" * (MEGABYTE // 2),
    "ticks": "`" * MEGABYTE,
    "comments": "<!--" * (MEGABYTE // 4),
    "tags": "<b " * (MEGABYTE // 3),
    "escapes": "\\" * MEGABYTE,
    "references": "&a" * (MEGABYTE // 2),
    "quotations": "> " * (MEGABYTE // 2) + "x",
    "hashes": "#" * MEGABYTE,
    "headings": "## Ida Quill\n" * 40_000,
    "bold lines": "**Ida Quill**\n\nx\n\n" * 20_000,
    "bars": "|" * MEGABYTE,
    "rows": "| Time | Text |\n|---|---|\n" + "| 0:01 | x |\n" * 40_000,
    "dashes": "| a |\n" + "|-" * (MEGABYTE // 2),
    "rules": "- " * (MEGABYTE // 2),
    "underlined": "Ida Quill\n===\n" * 40_000,
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("case", HOSTILE)
def test_a_megabyte_of_anything_ends(case: str) -> None:
    assert 0.0 <= markdown.sniff(HOSTILE[case], None) <= EXACT
    try:
        assert markdown.read(HOSTILE[case]).turns
    except BadFile as refused:
        assert refused.reason


def facts(path: str) -> dict[str, Any]:
    found = json.loads(corpus("gold/facts.json").read_text())[path]
    assert isinstance(found, dict)
    return found


@pytest.mark.corpora
def test_shared_interviews_are_read_by_their_headings() -> None:
    for path in sorted(corpus("a25_sayit_md").glob("*.md")):
        name = f"a25_sayit_md/{path.name}"
        record, gold = formats.read(path.read_bytes(), path.name), facts(name)
        labels = Counter(turn.label for turn in record.turns)
        assert record.format == "markdown"
        assert labels == {speaker: turns for speaker, turns, _ in gold["speakers"]}
        said = sum(len(turn.text.split()) for turn in record.turns)
        print(f"{name}: {len(record.turns)} turns, {said} of {gold['words']} words")
        assert abs(said - gold["words"]) <= gold["words"] * 0.001
        assert not any(re.search(r"\*\*|^#|&\w+;", turn.text, re.MULTILINE) for turn in record.turns)


@pytest.mark.corpora
def test_shared_tables_of_times_are_captions() -> None:
    for path in sorted(corpus("a13_captions").glob("knox_*.md")):
        record, gold = formats.read(path.read_bytes(), path.name), facts(f"a13_captions/{path.name}")
        said = sum(len(turn.text.split()) for turn in record.turns)
        print(f"{path.name}: {record.header['cues']} of {gold['rows']} rows, {said} of {gold['words']} words")
        assert gold["rows"] - 1 <= int(record.header["cues"]) <= gold["rows"]
        assert abs(said - gold["words"]) <= 1
        assert {turn.label for turn in record.turns} == {None}
        assert record.turns[0].start_ms == 0
