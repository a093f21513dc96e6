"""Every form of a citation, held in files both languages; what stands in the words is never markup, code or a command."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from tracker.i18n import translator
from transcripts.citing import FORMS, days, form
from transcripts.citing.citation import LISTEN, Asked, Citation, question_words
from transcripts.citing.machine import CSL_TYPES, latex
from transcripts.errors import NotFound
from transcripts.vocabulary import GRADE_WORDS, Grade

FOLDER = Path(__file__).parent / "citations"
HOSTILE = (
    'Costs 50% & $4 {each}, # 1_000 ~ *nothing* "\\end{x}" [a](b) <script>alert(1)</script> `code` | x\n1. Peña, çà… 😀'
)

ANSWER = Citation(
    key="01J0000000000000000000000A",
    version=3,
    passage="12-87",
    words="We will build four hundred homes by the river, and we will keep them cheap.",
    words_lang="en",
    speaker="Ida María Peña-Berg",
    register="Peña-Berg, Ida María",
    role="Candidate",
    question=Asked("What will you do about rents?", "Mara Quill", "Moderator"),
    forum="Evening on Rose Street",
    kind="forum",
    place="Alder Quay",
    held_on=date(2026, 9, 8),
    clock="12:04",
    video="https://www.youtube.com/watch?v=abc&t=724s",
    at_second=True,
    before="and that is all",
    grade=GRADE_WORDS[Grade.PUBLISHED],
    quoted_by=None,
    notes=(),
    permalink="https://said.example/turns/01J0000000000000000000000A?words=12-87&v=3",
    answers=4,
    answers_url="https://said.example/forums/rose-street#q-01J00000000000000000000009",
    site="Said & Done · Dicho y hecho",
    publisher="League of Alder Quay",
    accessed=date(2026, 11, 26),
    lang="en",
)
CAPTIONS = replace(
    ANSWER,
    passage="",
    words="no lo sé\n\nthe depot, maybe",
    words_lang="es",
    speaker=None,
    register=None,
    role=None,
    question=None,
    kind="hearing",
    place=None,
    video="https://video.alder.example/77",
    at_second=False,
    grade=GRADE_WORDS[Grade.MACHINE],
    notes=(LISTEN, "Fictional, for demonstration: invented to show how this site works."),
    answers=0,
)
QUOTED = replace(
    ANSWER,
    words=HOSTILE,
    speaker="Nuts and Bolts Club",
    register=None,
    question=Asked(HOSTILE, None, None),
    quoted_by="The Alder Gazette & Sons",
    grade=GRADE_WORDS[Grade.RECAP],
    clock=None,
    video=None,
    at_second=False,
    answers=1,
)
CASES = {"answer": ANSWER, "captions": CAPTIONS, "quoted": QUOTED}


def in_language(cited: Citation, lang: str) -> Citation:
    say = translator(lang)
    return replace(
        cited,
        lang=lang,
        role=say(cited.role) if cited.role else None,
        notes=tuple(map(say, cited.notes)),
        grade=say(cited.grade).format(source="The Alder Gazette"),
    )


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("case", CASES)
def test_every_form_is_as_it_was_read_and_kept(case: str, lang: str) -> None:
    """A missing file is written and the test fails, so that a person reads it."""
    say, cited = translator(lang), in_language(CASES[case], lang)
    got = "\n".join(f"==== {one.name}\n{one.write(cited, say)}" for one in FORMS)
    kept = FOLDER / f"{case}.{lang}.txt"
    if not kept.exists():
        kept.write_text(got)
        pytest.fail(f"Wrote {kept.name}: read it, then commit it.")
    assert got == kept.read_text()


@pytest.mark.parametrize("one", FORMS, ids=lambda one: one.name)
def test_every_form_says_all_that_is_needed_to_check_the_words(one: object) -> None:
    written = one.write(in_language(ANSWER, "en"), translator("en"))
    plain = re.sub(r"\\([#&])", r"\1", written).replace("&amp;", "&")
    told = [
        "What will you do about rents?",
        "Mara Quill",
        "andidate",
        "Evening on Rose Street",
        "12:04",
        "The Alder Gazette",
    ]
    told += [ANSWER.words, ANSWER.permalink, ANSWER.answers_url, "all 4 answers", "2026"]
    assert [part for part in told if part not in plain] == []
    assert "Peña-Berg" in written or "Pe{\\~n}a-Berg" in written


@pytest.mark.parametrize("one", FORMS, ids=lambda one: one.name)
def test_captions_say_so_in_what_is_copied(one: object) -> None:
    for lang, told in (("en", LISTEN), ("es", "Subtítulos automáticos: escuche antes de citar.")):
        written = one.write(in_language(CAPTIONS, lang), translator(lang))
        assert told in written or latex(told) in written


def test_each_style_writes_days_its_own_way() -> None:
    day, march, may = date(2026, 9, 8), date(2026, 3, 2), date(2026, 5, 31)
    assert [days.ap(one, "en") for one in (day, march)] == ["Sept. 8, 2026", "March 2, 2026"]
    assert [days.mla(one, "en") for one in (day, march, may)] == ["8 Sept. 2026", "2 Mar. 2026", "31 May 2026"]
    assert days.apa(day, "en") == "2026, September 8"
    assert days.ap(day, "es") == "8 de septiembre de 2026"
    assert days.mla(day, "es") == "8 sept. 2026"
    assert days.apa(day, "es") == "2026, 8 de septiembre"


def test_names_are_turned_round_only_as_a_register_has_them() -> None:
    say = translator("en")
    junior = replace(ANSWER, speaker="Tom Vale Jr.", register="Vale, Tom, Jr.")
    assert form("apa").write(junior, say).startswith("Vale, T., Jr. (2026, September 8).")
    assert json.loads(form("csl").write(junior, say))[0]["author"] == [
        {"family": "Vale", "given": "Tom", "suffix": "Jr."}
    ]
    printed = replace(ANSWER, speaker="SPEAKER TWO", register=None)
    for name in ("mla", "apa"):
        assert form(name).write(printed, say).startswith("SPEAKER TWO (")
    assert json.loads(form("csl").write(printed, say))[0]["author"] == [{"literal": "SPEAKER TWO"}]
    assert "author = {{SPEAKER TWO}}," in form("bibtex").write(printed, say)


def test_a_long_question_keeps_its_end_and_marks_the_omission() -> None:
    long = "I have lived here for forty years. " * 20 + "So: will you freeze rents?"
    told = question_words(long)
    assert told.startswith("[…] ") and told.endswith("So: will you freeze rents?") and len(told) <= 404
    assert question_words("Will you?\nNow?") == "Will you? Now?"


TEXT_FIELDS = {"title", "event", "event-place", "container-title", "publisher", "language", "abstract", "note", "URL"}
DATE_FIELDS = {"event-date", "issued", "accessed"}
"""Variables of the CSL schema 1.0.2 (csl-data.json) that we write: strings, and dates. It admits no others than its own."""


@pytest.mark.parametrize("cited", CASES.values(), ids=CASES)
def test_csl_json_is_what_the_schema_admits(cited: Citation) -> None:
    """The schema's rules for what we write: id and type needed, types of a closed list, names and dates as objects."""
    (item,) = json.loads(form("csl").write(cited, translator("en")))
    assert {"id", "type"} <= item.keys() <= {"id", "type", "author", *TEXT_FIELDS, *DATE_FIELDS}
    assert item["type"] in {"speech", *CSL_TYPES.values()}
    assert all(isinstance(item[name], str) and item[name] for name in TEXT_FIELDS & item.keys())
    for name in DATE_FIELDS:
        assert item[name].keys() == {"date-parts"}
        ((year, month, day),) = item[name]["date-parts"]
        assert date(year, month, day)
    for author in item.get("author", []):
        assert author.keys() in ({"literal"}, {"family", "given"}, {"family", "given", "suffix"})
        assert all(isinstance(value, str) for value in author.values())


def test_bibtex_braces_meet_and_signs_are_escaped() -> None:
    entry = form("bibtex").write(QUOTED, translator("en"))
    bare = entry.replace("\\{", "").replace("\\}", "")
    depth = 0
    for char in bare:
        depth += {"{": 1, "}": -1}.get(char, 0)
        assert depth >= 0
    assert depth == 0
    assert "Pe{\\~n}a" in entry and "50\\%" in entry and "{\\textbackslash}end" in entry and "😀" in entry
    assert latex("Ávila, Dvořák, Łódź") == "{\\'A}vila, Dvo{\\v r}{\\'a}k, {\\L}{\\'o}d{\\'z}"


@settings(max_examples=40, deadline=None)
@given(words=st.text(min_size=1).filter(str.strip))
def test_html_shows_the_words_and_nothing_else_of_them(words: str) -> None:
    cited = replace(ANSWER, words=words, speaker=words, site=words)
    tree = LexborHTMLParser(form("html").write(cited, translator("en")))
    assert {node.tag for node in tree.body.traverse()} <= {"body", "blockquote", "p", "footer", "a"}
    assert all(node.attributes["href"].startswith("https://") for node in tree.css("a"))


def test_markdown_shows_signs_as_signs() -> None:
    written = form("markdown").write(
        replace(QUOTED, words="1. not a list\n- nor this\n# nor this\n*a* <b> [c](d) &amp;"), translator("en")
    )
    lines = written.split("\n")
    assert lines[0] == "> 1\\. not a list"
    assert "> \\- nor this" in lines and "> \\# nor this" in lines
    assert "> \\*a\\* \\<b\\> \\[c\\](d) \\&amp;" in lines


def test_there_is_no_other_form() -> None:
    with pytest.raises(NotFound, match="there are text, markdown"):
        form("chicago")
