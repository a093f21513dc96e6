"""CSV, TSV and workbooks: told from prose, read by their headings or by what a person says, written so that nothing runs."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.transcripts.formats.captions_text import said
from transcripts import formats
from transcripts.errors import BadFile
from transcripts.formats import delimited
from transcripts.formats.columns import Columns, parse
from transcripts.formats.parsed import ParsedRecord, ParsedTurn
from transcripts.text import clean
from transcripts.vocabulary import Grade

PLAIN = "Who,Said,At\nRuiz,Good evening to all of you,0:05\nCole,The pier is late again,0:09\nRuiz,Thank you very much,0:12\n"
NAMED = Columns(text="Said", speaker="Who", start="At")


def read(text: str, columns: Columns | None = None) -> ParsedRecord:
    return formats.read(text.encode(), "talk.csv", columns=columns)


def book(*sheets: tuple[str, list[list[object]]]) -> bytes:
    made = Workbook()
    made.remove(made.worksheets[0])
    for title, rows in sheets:
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()


TALK: list[list[object]] = [["speaker", "text"], ["Ruiz", "Good evening."], ["Cole", "The pier is late."]]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_any_usual_delimiter_is_told(delimiter: str) -> None:
    text = f"speaker{delimiter}text\nRuiz{delimiter}Good evening.\nCole{delimiter}Late.\n"
    assert said(read(text).turns) == [("Ruiz", "Good evening."), ("Cole", "Late.")]


@pytest.mark.parametrize(
    "text",
    [
        "Time, place, and who: a story\n\nOnce upon a time, we met.\nIt was cold, and late.",
        "RUIZ: Good evening, all.\n\nCOLE: Hello, you.\n\nRUIZ: So, then, what?\n",
        "Who, what, when\nand where, how, why\nor not, that, and this\n",
        "The text, and more, to say\nHello, world, again\nBye, world, then\n",
        "Speech, as they say, is free.\nIt is dear, as we know, to all.\nIt was so, as they said, then.\n",
        "One; two; three\nand four; five; six\n",
        "speaker\ttext in a story of one line",
    ],
)
def test_prose_with_commas_is_no_table(text: str) -> None:
    assert delimited.sniff(text, "story.txt") == 0.0


@given(st.lists(st.text(st.sampled_from("abc ,.;:'\n"), max_size=60), max_size=8).map("\n".join))
def test_words_and_commas_alone_are_no_table(text: str) -> None:
    assert delimited.sniff(clean(text), "story.txt") == 0.0


def test_headings_nobody_knows_are_asked_for() -> None:
    with pytest.raises(BadFile, match=r"columns are “Wer”, “Gesagt”.*--columns text=Gesagt,speaker=Wer"):
        read("Wer,Gesagt\nRuiz,Good evening.\nCole,It is late.\n")


def test_what_a_person_names_is_read() -> None:
    record = read(PLAIN, NAMED)
    assert [(turn.label, turn.start_ms) for turn in record.turns] == [
        ("Ruiz", 5_000),
        ("Cole", 9_000),
        ("Ruiz", 12_000),
    ]
    assert read(PLAIN, Columns(text="2", speaker="1")).turns[1].label == "Cole"


def test_a_name_that_is_no_column_is_refused() -> None:
    with pytest.raises(BadFile, match=r"no column “Words”.*Who, Said, At"):
        read(PLAIN, Columns(text="Words"))


def test_columns_are_said_on_the_command_line() -> None:
    assert parse("text=What was said, speaker=Who") == Columns(text="What was said", speaker="Who")
    for wrong in ("text", "words=x", "text=a,text=b", "", "text="):
        with pytest.raises(BadFile, match="names no column"):
            parse(wrong)


def test_a_format_without_columns_says_so() -> None:
    with pytest.raises(BadFile, match="no columns to name"):
        formats.read(b"RUIZ: Good evening.\n\nCOLE: Late.\n", columns=NAMED)
    with pytest.raises(BadFile, match="no columns to name"):
        formats.columns_of(b"RUIZ: Good evening.\n\nCOLE: Late.\n")


def test_a_person_is_shown_what_there_is_to_choose_from() -> None:
    shown = formats.columns_of(PLAIN.encode(), "talk.csv")
    assert shown.names == ("Who", "Said", "At")
    assert shown.rows[0] == ("Ruiz", "Good evening to all of you", "0:05")
    assert (shown.columns.speaker, shown.columns.text) == ("Who", None)
    several = formats.columns_of(book(("A", TALK), ("B", [["x"], ["y"]])), "a.xlsx", sheet="B")
    assert (several.sheets, several.sheet) == (("A", "B"), "B")
    listed = formats.columns_of(b'{"rows": [{"who": "Ruiz", "said": "Late."}]}')
    assert (listed.sheet, listed.names) == ("rows", ("who", "said"))


def test_a_quotation_mark_nobody_closes_is_refused_with_its_line() -> None:
    for broken in ('Ruiz,"Good evening.\nCole,Late.\nRuiz,So.\n', 'Ruiz,"Good" evening.\nCole,"Late.\n'):
        with pytest.raises(BadFile, match=r"^Line 2: the quotation marks"):
            read(f"speaker,text\n{broken}")


def test_a_row_without_a_name_is_nobody_s() -> None:
    record = read("speaker,text\nRuiz,Good evening.\n,Late.\nNA,So.\n")
    assert [turn.label for turn in record.turns] == ["Ruiz", None, None]
    assert any("unknown" in problem.message and problem.line == 3 for problem in record.problems)


def test_a_table_without_speakers_and_times_is_asked_for() -> None:
    with pytest.raises(BadFile, match="which column"):
        read("id,text\n1,Good evening.\n2,Late.\n")
    assert said(read("id,text\n1,Good evening.\n2,Late.\n", Columns(text="text")).turns)[0] == (None, "Good evening.")


@pytest.mark.parametrize(
    ("heading", "cell", "ms"),
    [
        ("start", "1.5", 1_500),
        ("start_ms", "1500", 1_500),
        ("start", "0:01:05.250", 65_250),
        ("time", "01:05", 65_000),
        ("time", "1M 5S", 65_000),
        ("start_time", "1h2m3s", 3_723_000),
        ("start", "90000", 90_000_000),
        ("start", "soon", None),
        ("start", "2031-05-03 10:00", None),
        ("start", "1e99", None),
    ],
)
def test_times_as_people_write_them(heading: str, cell: str, ms: int | None) -> None:
    assert read(f"speaker,text,{heading}\nRuiz,Good evening.,{cell}\nCole,So.,{cell}\n").turns[0].start_ms == ms


def test_whole_numbers_too_slow_for_seconds_are_milliseconds() -> None:
    rows = "".join(f"{i * 4000}\t{i * 4000 + 3900}\tGood evening to all of you here\n" for i in range(20))
    record = read(f"start\tend\ttext\n{rows}")
    assert (record.turns[0].label, record.turns[-1].end_ms) == (None, 79_900)


def test_the_only_sheet_with_words_is_read() -> None:
    record = formats.read(book(("Notes", [["of the clerk"], ["nobody"]]), ("Talk", TALK)), "a.xlsx")
    assert said(record.turns) == [("Ruiz", "Good evening."), ("Cole", "The pier is late.")]
    assert (record.format, record.turns[0].line) == ("xlsx", 2)


def test_two_sheets_with_words_are_a_question() -> None:
    both = book(("Part 1", TALK), ("Part 2", [*TALK, ["Ruiz", "So."]]))
    with pytest.raises(BadFile, match="Part 1, Part 2"):
        formats.read(both, "a.xlsx")
    assert len(formats.read(both, "a.xlsx", columns=Columns(sheet="Part 2")).turns) == 3
    assert formats.columns_of(both, "a.xlsx").sheets == ("Part 1", "Part 2"), "there is something to choose from"
    assert formats.lines(both, "a.xlsx") == formats.lines(both, "a.xlsx", sheet="Part 1")
    with pytest.raises(BadFile, match="no sheet “Part 3”"):
        formats.read(both, "a.xlsx", columns=Columns(sheet="Part 3"))


def test_a_hidden_sheet_is_not_read() -> None:
    made = Workbook()
    shown, hidden = made.worksheets[0], made.create_sheet("Hidden")
    for row in TALK:
        shown.append(row)
        hidden.append([*row, "secret"])
    hidden.sheet_state = "hidden"
    saved = io.BytesIO()
    made.save(saved)
    assert len(formats.read(saved.getvalue()).turns) == 2


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).map(clean).map(str.strip)
BEGINS = st.sampled_from(["", "=", "+", "-", "@", "'", "''=", "＝", "＋", "－", "＠", '"', "=cmd|' /C calc'!A0", "'@"])
TEXTS = st.builds(lambda begin, words: f"{begin}{words}", BEGINS, WORDS).map(clean).map(str.strip).filter(bool)
LABELS = TEXTS.map(lambda text: " ".join(text.split())).filter(bool)
TURNS = st.builds(ParsedTurn, label=st.none() | LABELS, text=TEXTS, source_ref=st.none() | LABELS)
RECORDS = st.builds(
    ParsedRecord,
    format=st.just("csv"),
    grade=st.sampled_from(Grade),
    turns=st.lists(TURNS, min_size=1, max_size=8).map(tuple),
    header=st.dictionaries(LABELS, TEXTS, max_size=3),
)


@given(RECORDS)
def test_no_cell_we_write_begins_a_formula_and_all_of_it_comes_back(record: ParsedRecord) -> None:
    back = formats.read(delimited.write(record), "record.csv")
    assert [(turn.label, turn.text, turn.source_ref) for turn in back.turns] == [
        (turn.label, turn.text, turn.source_ref) for turn in record.turns
    ]
    rows = list(csv.reader(io.StringIO(delimited.write(record).decode(), newline="")))
    assert not [
        cell
        for row in rows
        for cell in row
        if cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
    ]


def test_an_apostrophe_in_somebody_else_s_table_is_theirs() -> None:
    assert read("speaker,text\nRuiz,'-tis late.\nCole,So.\n").turns[0].text == "'-tis late."


@pytest.mark.parametrize(
    ("heading", "wrong"),
    [
        ("grade", "gold"),
        ("kind", "song"),
        ("start_ms", "soon"),
        ("right", "mine"),
        ("key", "short"),
        ("lang", "?"),
        ("end_ms", "1"),
    ],
)
def test_a_cell_of_ours_that_was_changed_is_refused(heading: str, wrong: str) -> None:
    held = ParsedRecord("csv", Grade.MACHINE, (ParsedTurn("Ruiz", "So.", start_ms=5),))
    lines = delimited.write(held).decode().splitlines()
    cells = lines[1].split(",")
    cells[lines[0].split(",").index(heading)] = wrong
    with pytest.raises(BadFile, match="Line 2: "):
        formats.read("\n".join([lines[0], ",".join(cells)]).encode())


def test_a_label_printed_before_the_words_again_is_no_word_of_theirs() -> None:
    rows = "speaker,text\nMr. VALE,Mr. VALE. Mr. President; I rise.\nMs. BERG,Ms. BERG. I do not.\nMr. VALE,Mr. VALE thanks her.\n"
    record = formats.read(rows.encode(), "a.csv")
    assert [turn.text for turn in record.turns] == ["Mr. President; I rise.", "I do not.", "Mr. VALE thanks her."]
    assert any("2 rows print who speaks" in problem.message for problem in record.problems)
    once = formats.read(b"speaker,text\nVALE,VALE: I rise.\nBERG,No.\nPARK,Yes.\n", "a.csv")
    assert once.turns[0].text == "VALE: I rise."
