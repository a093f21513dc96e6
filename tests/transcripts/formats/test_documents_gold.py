"""Pages and documents of the shared transcripts against their independent split, word by word."""

from collections.abc import Sequence
from functools import cache

import pytest

from tests.corpora import corpus
from tests.gold.turns import GoldTurn, align, gold_turns, misattributed
from transcripts import formats
from transcripts.formats import docx
from transcripts.formats.parsed import ParsedRecord

pytestmark = pytest.mark.corpora

DEBATES = [
    "2008-debate-transcript",
    "october-13-1992-debate-transcript",
    "october-15-1992-first-half-debate-transcript",
    "october-15-1992-second-half-debate-transcript",
    "october-17-2000-debate-transcript",
    "october-19-2016-debate-transcript",
    "october-21-1960-debate-transcript",
]
NOT_COUNTED = {"october-17-2000-debate-transcript": 14}
"""Labels that the gold does not count: the page prints 169."""

MEETINGS = ["2014-01-29_regular", "2014-04-30_regular"]
ADDED_BY_HAND = {"2014-01-29_regular": (["Clerk"], []), "2014-04-30_regular": ([], ["Clerk"])}
"""Where the corrected JSON and the printed minutes differ: a roll call it gives the Clerk though no name is printed there,
and one it leaves out though the Clerk's name is printed (first in the file). What is not printed is not guessed."""


@cache
def read(path: str) -> ParsedRecord:
    return formats.read(corpus(path).read_bytes(), path)


def checked(path: str, gold: Sequence[GoldTurn]) -> ParsedRecord:
    """The record, with its figures printed, once no turn stands under a wrong label and 99 % of the words are there."""
    record = read(path)
    alignment = align(gold, record.turns)
    wrong = misattributed(alignment, record.turns)
    labelled = sum(turn.label is not None for turn in record.turns)
    print(
        f"{path}: {labelled} labelled turns of {len(record.turns)}, gold {len(gold)}; {alignment.missing} of "
        f"{alignment.gold_words} words missing ({alignment.missing_share:.3%}); {len(wrong)} wrong"
    )
    assert wrong == []
    assert alignment.missing_share < 0.01
    return record


@pytest.mark.parametrize("name", DEBATES)
def test_pages_of_debates(name: str) -> None:
    path = f"a02_cpd_html/{name}.html"
    gold = gold_turns(path)
    record = checked(path, gold)
    assert sum(turn.label is not None for turn in record.turns) == len(gold) + NOT_COUNTED.get(name, 0)


def test_a_page_that_holds_the_debate_twice_says_so() -> None:
    messages = [problem.message for problem in read("a02_cpd_html/2008-debate-transcript.html").problems]
    assert sum("repeats what it held before; remove one of the two" in message for message in messages) == 1


def speakers(labels: list[str | None]) -> list[str]:
    """The labels in order, each once while it goes on; what is nobody's is passed over."""
    found: list[str] = []
    for label in labels:
        if label is not None and found[-1:] != [label]:
            found.append(label)
    return found


@pytest.mark.parametrize("kind", ["htm", "pdf"])
@pytest.mark.parametrize("name", MEETINGS)
def test_a_council_meeting_equals_its_corrected_record(name: str, kind: str) -> None:
    gold = gold_turns(f"a17_winnipeg/{name}.json")
    record = checked(f"a17_winnipeg/{name}.{kind}", gold)
    missing, more = ADDED_BY_HAND[name]
    assert more + speakers([turn.label for turn in gold]) == speakers([turn.label for turn in record.turns]) + missing


@pytest.mark.parametrize("name", ["42-1-2-en", "6265357-en"])
def test_pages_that_state_their_speakers(name: str) -> None:
    record = read(f"a22_canada/{name}.html")
    page = corpus(f"a22_canada/{name}.html").read_text(encoding="utf-8-sig")
    assert len(record.turns) > 20
    assert {turn.label for turn in record.turns if turn.label} == {
        " ".join(part.split('"')[0].split()) for part in page.split('data-person-speaking-attribution="')[1:]
    }


KENYA = "a20_kenya/2011-09-01-assembly-sample"
OFFICES = {"Special Programmes (Mr. Gabbow)", "Roads (Mr. Kinyanjui)", "Defence (Mr. Musila)"}


@pytest.mark.parametrize("kind", ["html", "pdf"])
def test_a_sitting_with_offices_and_their_holders(kind: str) -> None:
    labels = {turn.label for turn in read(f"{KENYA}.{kind}").turns if turn.label}
    assert {"Mr. Speaker", "Mr. I. Muoki", "Mr. Gabbow", "Mr. Ruteere", "Mr. Kinyanjui", "Dr. Khalwale"} <= labels
    assert all(any(label.endswith(office) for label in labels) for office in OFFICES)


WRITTEN = ["a01_mytake/2016-09-26.said", "a04_primary_txt/8_democratic_debate.txt", "a01_mytake/1960-09-26.vtt"]


@pytest.mark.parametrize("path", WRITTEN)
def test_a_shared_transcript_written_as_a_document_reads_back(path: str) -> None:
    before = read(path)
    after = docx.read(docx.write(before))
    told = [
        [(turn.label, turn.text, turn.kind, turn.start_ms, turn.end_ms) for turn in one.turns]
        for one in (before, after)
    ]
    assert told[0] == told[1]
    assert after.grade == before.grade
