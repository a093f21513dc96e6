"""Pages that hold a transcript: what is left out, how names are printed in them, and anything at all as a page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transcripts.formats.documents import TALK
from transcripts import formats
from transcripts.errors import BadFile
from transcripts.formats import html
from transcripts.formats.parsed import ParsedRecord
from transcripts.text import clean
from transcripts.vocabulary import Severity, TurnKind


def page(inner: str) -> ParsedRecord:
    record = formats.read(f"<!DOCTYPE html><html><body>{inner}</body></html>".encode(), "page.html")
    assert record.format == "html"
    return record


def said(record: ParsedRecord) -> list[tuple[str | None, str]]:
    return [(turn.label, turn.text) for turn in record.turns]


PRINTS = {
    "paragraphs": "<p>{label}: {words}</p>",
    "lines": "{label}: {words}<br><br>",
    "bold": "<p><b>{label}:</b> {words}</p>",
    "bold, the colon outside": "<p><strong>{label}</strong>: {words}</p>",
    "bold without a colon": "<p><strong>{label}</strong> {words}</p>",
    "bold by style": '<div><span style="font-weight:700">{label}:</span> {words}</div>',
    "italic": "<p><i>{label}:</i> {words}</p>",
    "a class": '<div><span class="speaker">{label}</span> {words}</div>',
    "a heading": "<h3>{label}</h3><p>{words}</p>",
    "a name above": "<p><b>{label}</b></p><p>{words}</p>",
    "a name on its line": "<p><b>{label}</b><br>{words}</p>",
    "nested": "<div><section><div><p><span>{label}: </span><span>{words}</span></p></div></section></div>",
    "a time before": "<p>[00:00:07] {label}: {words}</p>",
}


@pytest.mark.parametrize("print", PRINTS)
@pytest.mark.parametrize("capitals", [True, False])
def test_names_as_pages_print_them(print: str, capitals: bool) -> None:
    talk = [(label if capitals else label.title(), words) for label, words in TALK]
    inner = "\n".join(PRINTS[print].format(label=label, words=words) for label, words in talk)
    assert said(page(f"<h1>Ferry forum</h1>\n{inner}")) == talk


def test_a_list_of_definitions_and_a_table_of_rows() -> None:
    rows = "".join(f"<tr><td>{label}</td><td>{words}</td></tr>" for label, words in TALK)
    terms = "".join(f"<dt>{label}</dt><dd>{words}</dd>" for label, words in TALK)
    assert said(page(f"<table>{rows}</table>")) == said(page(f"<dl>{terms}</dl>")) == list(TALK)


REPORTED = (
    '<nav><a href="/">“Letters”</a></nav><div class="ad">“I lost ten pounds,” says Joan P.</div>'
    "<article><h1>Candidates talk jobs</h1><p>&ldquo;Nobody is coming to save us,&rdquo; said Lyle Amaro.</p>\n"
    "<p>Democrat Thea Wolcott agreed. &ldquo;Nobody has been <em>asked</em>,&rdquo; she said.</p>\n"
    "<p>Stu Kessler: “Price the curb.”</p><p>The forum was the last before the vote.</p></article>"
    '<aside>“We were blindsided,” says the chief</aside><section id="comments"><p>"Liars," my dad said.</p></section>'
)


@pytest.mark.parametrize("format", [None, "html", "article"])
def test_a_news_article_on_a_page_is_an_article(format: str | None) -> None:
    record = formats.read(f"<!DOCTYPE html>\n<html><body>{REPORTED}</body></html>".encode(), "page.html", format)
    assert (record.format, {turn.label for turn in record.turns}) == ("article", {None})
    assert [(quote.text, quote.speaker) for quote in record.quotes] == [
        ("Nobody is coming to save us,", "Lyle Amaro"),
        ("Nobody has been asked,", "Thea Wolcott"),
        ("Price the curb.", "Stu Kessler"),
    ]
    assert [turn.line for turn in record.turns] == [2, 2, 3, 4, 4]


def test_times_in_a_table_are_times() -> None:
    rows = "".join(f"<tr><td>0:0{i}</td><td>{label}</td><td>{words}</td></tr>" for i, (label, words) in enumerate(TALK))
    assert [turn.start_ms for turn in page(f"<table>{rows}</table>").turns] == [0, 1000, 2000, 3000, 4000, 5000]


def test_what_the_page_is_built_of_is_left_out() -> None:
    talk = "".join(f"<p>{label}: {words}</p>" for label, words in TALK)
    around = (
        "<nav>HOME: here</nav><script>IDA: no</script><style>p{}</style><header>BAR: x</header>"
        '<div class="share-buttons">SHARE: this</div><div hidden>HIDDEN: x</div><div role="search">SEARCH: x</div>'
        '<template><p>T: x</p></template><div style="display: none">GONE: x</div><!-- IDA QUILL: a note -->'
    )
    record = page(f"{around}{talk}<footer>FOOT: y</footer>")
    assert said(record) == list(TALK)
    assert [problem.severity for problem in record.problems] == [Severity.INFO]


def test_what_is_called_furniture_and_holds_the_talk_is_kept() -> None:
    talk = "".join(f"<p>{label}: {words}</p>" for label, words in TALK)
    assert said(page(f'<div class="comments related">{talk}</div>')) == list(TALK)


def test_a_voice_goes_on_after_applause() -> None:
    record = page("<p>IDA: One.</p><p>(APPLAUSE)</p><p>Two.</p><p>OREN: Three.</p><p>IDA: Four.</p>")
    assert said(record)[0] == ("IDA", "One.\n\n(APPLAUSE)\n\nTwo.")


def test_an_office_with_its_holder_begins_a_voice() -> None:
    line = "<b>The Minister for Works</b> (Mr. Alder): I beg to reply.<br>"
    record = page(f"<b>Ms. Quill:</b> Is it mended?<br>No?<br>{line}<b>Ms. Quill:</b> So?<br>{line}")
    assert said(record)[1] == ("The Minister for Works (Mr. Alder)", "I beg to reply.")


def test_a_page_that_states_its_speakers_is_believed() -> None:
    record = page(
        '<div data-speaker="Ida Quill"><p>OREN: is what he said.</p></div><p class="x">Noise.</p>'
        '<div data-speaker="Oren Mask"><p>No.</p><p class="procedural">(Agreed)</p></div>'
    )
    assert said(record) == [
        ("Ida Quill", "OREN: is what he said."),
        (None, "Noise."),
        ("Oren Mask", "No."),
        (None, "(Agreed)"),
    ]
    assert [turn.kind for turn in record.turns][1::2] == [TurnKind.NARRATION, TurnKind.PROCEDURE]


def test_lines_are_those_of_the_file() -> None:
    lines = ["<html>", "<body>", *(f"<p>{label}: {words}</p>\n" for label, words in TALK), "</body></html>"]
    record = formats.read("\n".join(lines).encode())
    assert [turn.line for turn in record.turns] == [3, 5, 7, 9, 11, 13]


TAGS = "p div b i br span h2 table tr td th dl dt dd nav main script style pre li ul blockquote textarea svg".split()
PIECES = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
    st.sampled_from(
        ["IDA: Hello.", "OREN:", "&nbsp;", "&#0;", "&lt;b&gt;", "<!--", "-->", "<![CDATA[", "<p class=speaker"]
    ),
    st.sampled_from(['<div data-speaker="Ida">', '<p data-speaker="Oren">', "<p hidden>", "\n", "<td>0:03"]),
    st.text(max_size=12),
)


@given(st.lists(PIECES, max_size=40).map("".join).map(clean))
def test_hostile_pages_are_a_record_or_a_refusal(inner: str) -> None:
    text = f"<!DOCTYPE html>\n{inner}"
    assert html.sniff(text, None) == 1.0
    try:
        record = html.read(text)
    except BadFile as refused:
        assert refused.reason
        return
    lines = text.count("\n") + 1
    for turn in record.turns:
        assert turn.text == clean(turn.text).strip() != ""
        assert turn.label is None or turn.label == turn.label.strip() != ""
        assert turn.line is not None and 1 <= turn.line <= lines
    assert record.turns and all(problem.line is None or problem.line <= lines for problem in record.problems)


MEGABYTE = 1_000_000
HOSTILE = {
    "deep": "<div>" * 200_000 + "words",
    "deep tables": "<table><tr><td>" * 50_000 + "words",
    "deep bold": "<b>" * 100_000 + "IDA: words",
    "open tags": "<p" * (MEGABYTE // 2),
    "attributes": "<p " + "a=b " * (MEGABYTE // 4) + ">words",
    "entities": "&amp;" * (MEGABYTE // 5),
    "no-break spaces": "<p>a" + "&nbsp;" * (MEGABYTE // 6) + "b",
    "spaces": "<p>a" + " " * MEGABYTE + "b",
    "breaks": "<p>IDA: a" + "<br>" * (MEGABYTE // 4) + "OREN: b",
    "cells": "<table><tr>" + "<td>a" * (MEGABYTE // 5),
    "comments": "<!--" * (MEGABYTE // 4),
    "brackets": "<p>" + "(" * MEGABYTE,
    "stars": "<p>" + "**" * (MEGABYTE // 2),
    "bold runs": "<p>" + "<b>IDA: </b>x" * (MEGABYTE // 13),
    "stated": '<div data-speaker="Ida">' * 40_000 + "words",
    "doctype": '<!DOCTYPE html [<!ENTITY a "words">]><p>&a;&a;</p>words',
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("case", HOSTILE)
def test_a_megabyte_of_hostile_page_ends(case: str) -> None:
    try:
        assert html.read("<!DOCTYPE html>" + HOSTILE[case]).turns
    except BadFile as refused:
        assert refused.reason
