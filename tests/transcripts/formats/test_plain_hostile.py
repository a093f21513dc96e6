"""Anything at all, read as plain text: a record or a refusal, no lost word, no crash, no hang."""

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.errors import BadFile
from transcripts.formats import plain
from transcripts.formats.parsed import ParsedRecord
from transcripts.text import clean

LINES = st.sampled_from(
    """
CALLOWAY: Hello.|Inez Calloway: Hello.|Inez Calloway|PRUITT: (00:15)|(00:15)|[00:00:03] Inez: Hi|>> PRUITT: So.|>>|Q. Why?
A. So.|Q: Why?|(APPLAUSE)|[laughter]|(UNKNOWN): What?|SPEAKERS:|Title: x|Date:|END|AYES: Lee|## Housing|NEW BUSINESS TODAY
Advertisement|Embed|Share|NEWS CLIPS: 2:34|**Inez:** Hello|* * *|Page 3 of 4|1 MR. PRUITT: Hello|CALLOWAY:PRUITT:CALLOWAY:
::|:|: :|a:b:c|CALLOWAY::: x|Mr. Pruitt. Yes.|PRUITT — no|PRUITT\tno|(((|)))|[[[|end.PRUITT: yes|Transcribed by: us|é: ñ|漢字: 語
""".replace("\n", "|").split("|")
)
TEXTS = st.one_of(
    st.text(max_size=300), st.lists(LINES | st.just("") | st.text(max_size=15), max_size=30).map("\n".join)
).map(clean)
WORD = re.compile(r"[^\W_]+")


def attempt(text: str) -> ParsedRecord | None:
    try:
        return plain.read(text)
    except BadFile as refused:
        assert refused.reason
        return None


@given(TEXTS)
def test_a_record_or_a_refusal(text: str) -> None:
    assert 0.0 <= plain.sniff(text, None) <= 0.95
    record = attempt(text)
    if record is None:
        return
    assert record.turns
    lines = text.count("\n") + 1
    for turn in record.turns:
        assert turn.text == clean(turn.text).strip() != ""
        assert turn.label is None or turn.label == " ".join(turn.label.split()) != ""
        assert turn.start_ms is None or turn.start_ms >= 0
        assert turn.line is not None and 1 <= turn.line <= lines
    assert [turn.line for turn in record.turns] == sorted(turn.line or 0 for turn in record.turns)
    assert all(problem.line is None or 1 <= problem.line <= lines for problem in record.problems)


@given(TEXTS)
def test_every_word_is_in_a_turn_a_label_the_header_or_a_problem(text: str) -> None:
    record = attempt(text)
    if record is None:
        return
    kept = [part for turn in record.turns for part in (turn.label or "", turn.text)]
    kept += [part for pair in record.header.items() for part in pair]
    kept += [problem.message for problem in record.problems]
    held = set(WORD.findall(" ".join(kept)))
    assert {word for word in WORD.findall(text) if not word.isdigit()} <= held


@given(
    st.lists(
        st.tuples(st.sampled_from(["CALLOWAY", "PRUITT", "MS. OKAFOR"]), st.text("abc ", min_size=1, max_size=30)),
        min_size=3,
    )
)
def test_words_stay_with_the_name_above_them(talk: list[tuple[str, str]]) -> None:
    said = [(label, f"Say {' '.join(words.split())} so.") for label, words in talk]
    record = plain.read("\n\n".join(f"{label}: {words}" for label, words in said))
    assert len({label for label, _ in said}) == 1 or [(turn.label, turn.text) for turn in record.turns] == said


MEGABYTE = 1_000_000


@pytest.mark.parametrize(
    "text",
    [
        "A" * MEGABYTE,
        ":" * MEGABYTE,
        "a: " * (MEGABYTE // 3),
        "(" * MEGABYTE,
        "[(" * (MEGABYTE // 2),
        "A:\n" * (MEGABYTE // 20),
    ]
    + ["CALLOWAY: Hi.PRUITT: " * (MEGABYTE // 40), "\n".join(f"NAME{chr(97 + i % 26)} {i}: x" for i in range(15_000))]
    + [
        "\n\n".join(f"N{'ab'[i % 2] * (i % 50)} Foo: x" for i in range(20_000)),
        "Mr. " * (MEGABYTE // 4),
        ">> " * (MEGABYTE // 10),
    ]
    + [
        " " * MEGABYTE + "x",
        "\t" * MEGABYTE + "x:",
        "1 2\n" * (MEGABYTE // 20),
        "--- " * (MEGABYTE // 4),
        "Video\n\n" * 50_000,
    ],
    ids=range(16),
)
def test_a_megabyte_of_malice_takes_seconds(text: str) -> None:
    began = process_time()
    plain.sniff(text, None)
    attempt(clean(text))
    assert process_time() - began < 5
