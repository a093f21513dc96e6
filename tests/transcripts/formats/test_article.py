"""The article format: whose words stand between the quotation marks, and nothing that does not."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpora import source
from tests.transcripts.formats.article_cases import CASES
from transcripts.errors import BadFile
from transcripts.formats import article, read
from transcripts.formats.parsed import ParsedRecord
from transcripts.text import clean
from transcripts.vocabulary import Grade, TurnKind

MARKS = "“”\"«»‘’'`„"


def quoted(record: ParsedRecord) -> list[tuple[str, str | None]]:
    return [(quote.text, quote.speaker) for quote in record.quotes]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_house_style(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert quoted(article.read(clean(text))) == expected


@pytest.mark.parametrize("text", [case[1] for case in CASES], ids=[case[0] for case in CASES])
def test_every_span_lies_between_two_marks(text: str) -> None:
    whole = clean(text)
    for quote in article.read(whole).quotes:
        for start, end in quote.spans:
            assert whole[:start].rstrip()[-1] in MARKS or "—dijo—" in whole[:start]
            assert whole[end:].lstrip()[:1] in MARKS or whole[end] == "\n" or whole[end:].startswith(" —dijo—")
        assert " ".join(whole[start:end] for start, end in quote.spans) == quote.text


def test_paragraphs_are_narration_turns() -> None:
    record = article.read("A headline\n\nThe council met.\nIt voted.\n\n\nNobody spoke.")
    assert [turn.text for turn in record.turns] == ["A headline", "The council met.", "It voted.", "Nobody spoke."]
    assert [turn.line for turn in record.turns] == [1, 3, 4, 7]
    assert {(turn.label, turn.kind) for turn in record.turns} == {(None, TurnKind.NARRATION)}
    assert (record.format, record.grade, record.quotes) == ("article", Grade.RECAP, ())


def test_wrapped_lines_are_one_paragraph() -> None:
    text = "“We did not reach an\nagreement at all,” Ines\nOkafor said on Friday."
    record = article.read(text)
    assert len(record.turns) == 1
    assert quoted(record) == [("We did not reach an agreement at all,", "Ines Okafor")]
    assert record.quotes[0].turn == 0


def test_an_unclosed_mark_is_a_problem_with_its_line() -> None:
    record = article.read("The council met.\n\nPetra Lund said, “We never saw it.\n\nNobody answered.")
    assert record.quotes == ()
    assert [problem.line for problem in record.problems] == [3]


def test_no_words_are_refused() -> None:
    with pytest.raises(BadFile):
        article.read(" \n\n ")


def test_an_article_is_recognised_and_a_transcript_is_not() -> None:
    styles = {name: text for name, text, _ in CASES}
    assert article.sniff(styles["straight double marks"], None) > 0.5
    assert (
        article.sniff("LUND: He said, “We must act now, all of us here.”\n\nVANCE: She said “no” to that.", None) == 0
    )
    assert article.sniff("The council met on Tuesday.\n\nIt voted to pave the road.", None) == 0


@pytest.mark.parametrize(
    "text",
    [
        "``He promised a park,'' Ada Quill said of it.\n\n``It paid for itself,'' Bo Ferris fired back, said a clerk.",
        "On parking\n\nAda Quill: “Build the garage.”\n\nBo Ferris: “Price the curb.”\n\n"
        "Ada Quill said later that it should be sold. “It leaks,” she said.",
        '"I am not running against him." — Ada Quill, candidate\n\n"Everybody wants a store." — Bo Ferris\n\nQuill said later: no.',
        "The audit landed on a Friday, as audits do.\n\n“It is damning,” said Ada Quill, an accountant.\n\n"
        "Bo Ferris declined to respond to that, except to say: “Cute.” That was all he would say on Monday.",
    ],
)
def test_articles_that_print_names_and_colons_are_articles(text: str) -> None:
    """The words behind a quotation are the reporter's: as a transcript they would be the speaker's before."""
    assert read(text.encode()).format == "article"


def test_hartford() -> None:
    """The nine direct quotations of the recap, each with its speaker, none from the narrator."""
    data = source("000_326097b03ab55031.txt").read_bytes()
    record = read(data)
    assert record.format == "article"
    assert [quote.speaker for quote in record.quotes] == [
        "Luke Bronin",
        "Pedro Segarra",
        "Ted Cannon",
        "Joel Cruz",
        "Pedro Segarra",
        "Pedro Segarra",
        "Luke Bronin",
        "Ted Cannon",
        "Joel Cruz",
    ]
    text = clean(data.decode())
    for quote in record.quotes:
        (start, end), *others = quote.spans
        assert not others
        assert (text[start - 1], text[end], text[start:end]) == ("“", "”", quote.text)
    assert not any("system-as-usual" in quote.text for quote in record.quotes)


WORDS = st.sampled_from(
    [
        "“",
        "”",
        '"',
        "‘",
        "’",
        "'",
        "«",
        "»",
        "``",
        "''",
        "said",
        "Smith",
        "Ann",
        "he",
        "she",
        ",",
        ".",
        "?",
        ":",
        "—",
        "(",
    ]
    + [
        ")",
        "\n",
        "\n\n",
        " ",
        "the",
        "mayor",
        "of",
        "and",
        "A",
        "who",
        "dijo",
        "según",
        "Mr.",
        "Jr.",
        "…",
        "43",
        "called",
    ]
    + ["asked", "told", "’s", "de", "la", "J.", "\t", "it", "D-Hartford", "While", "according", "to", "Ñ", "😀"]
)


@given(st.lists(WORDS, max_size=80).map(" ".join) | st.lists(WORDS, max_size=80).map("".join) | st.text(max_size=200))
def test_hostile_text_never_raises_and_quotes_only_what_stands_between_marks(raw: str) -> None:
    text = clean(raw)
    try:
        record = article.read(text)
    except BadFile:
        assert not text.strip()
        return
    assert 0 <= article.sniff(text, None) <= 1
    ends = [end for quote in record.quotes for _, end in quote.spans]
    starts = [start for quote in record.quotes for start, _ in quote.spans]
    assert all(start < end for start, end in zip(starts, ends, strict=True)) and starts == sorted(starts)
    for start in starts:
        assert text[:start].rstrip()[-1] in MARKS
    assert all(quote.turn < len(record.turns) for quote in record.quotes)


@given(
    st.sampled_from(["Ada Quill", "Bo Ferris", "Inés Lobo"]),
    st.sampled_from(["said", "argued", "told the council", "replied", "warned"]),
    st.text("abcdefghij ,", min_size=12, max_size=60)
    .map(str.strip)
    .filter(lambda words: bool(re.search("[a-j]{3}", words))),
    st.booleans(),
)
def test_a_plain_attribution_is_found_on_either_side(name: str, verb: str, words: str, first: bool) -> None:
    words = "We " + words.strip(", ")
    text = f"{name} {verb}, “{words}.”" if first else f"“{words},” {name} {verb}."
    (quote,) = article.read(text).quotes
    assert (quote.text.rstrip(",."), quote.speaker) == (words, name)


@pytest.mark.parametrize(
    "unit",
    [
        "“",
        "‘a ",
        "Smith said, “x,” ",
        "“a\n\n",
        "“A.\n",
        "Bob Al, ",
        "He said “a b c.” ",
        "( ",
        "‘s’ ",
        "said ",
        " \n",
        "A. ",
    ],
)
def test_long_hostile_runs_end(unit: str) -> None:
    text = clean(unit * (100_000 // len(unit)))
    try:
        article.read(text)
    except BadFile:
        assert not text.strip()
