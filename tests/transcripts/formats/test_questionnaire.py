"""Written questionnaires: three layouts, one exchange a question, own words under the right name or under nobody's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col, select

from tests.transcripts.formats.test_tables import book
from tests.transcripts.records import add_forum
from tracker.db import Database
from transcripts import exchanges, formats, importing
from transcripts.errors import BadFile
from transcripts.formats import questionnaire
from transcripts.formats.columns import Columns
from transcripts.formats.format import EXACT
from transcripts.importing import Choices
from transcripts.models import Exchange, ExchangeState, ExchangeTurn, Source, Speaker, Turn
from transcripts.text import clean
from transcripts.vocabulary import ForumKind, TurnKind

SHEET = """\
Questionnaire of the Rose Street League

1. What will you do about rents?

Ida Berg: We will build four hundred homes. My plan: cheap ones.

They stand by the river.

Tom Vale: Describe it as you like, I would freeze rents.

2. Describe your plan for the buses.

Tom Vale: They run at night.

Ida Berg: Not on every line.

Kit Moss did not reply by 1 October 2026.
"""
WIDE = """\
Candidate;Party;What will you do about rents?;Describe your plan for the buses
Ida Berg;River;"We build; they
are cheap.";No.
Tom Vale;Hill;Freeze them.;
Kit Moss;;No reply by 1 October;No reply by 1 October
"""


def said(text: str) -> list[tuple[str | None, str]]:
    return [(turn.label, turn.text) for turn in questionnaire.read(text).turns]


def warned(text: str) -> list[str]:
    return [problem.message for problem in questionnaire.read(text).problems]


def test_words_stay_under_the_name_they_are_printed_under() -> None:
    assert said(SHEET)[:3] == [
        ("Questions", "What will you do about rents?"),
        ("Ida Berg", "We will build four hundred homes. My plan: cheap ones.\nThey stand by the river."),
        ("Tom Vale", "Describe it as you like, I would freeze rents."),
    ]
    last = questionnaire.read(SHEET).turns[-1]
    assert (last.label, last.kind, last.text) == ("Kit Moss", TurnKind.SCENE, "did not reply by 1 October 2026.")


def test_a_name_that_answers_once_is_nobodys_and_said_so() -> None:
    more = SHEET.replace("2. Describe", "Lee Park: I agree with all of it.\n\nAnd more.\n\n2. Describe")
    assert (None, "Lee Park: I agree with all of it.\nAnd more.") in said(more)
    assert any("Lee Park" in message for message in warned(more))


def test_a_list_inside_an_answer_is_no_question() -> None:
    more = SHEET.replace("They stand by the river.", "Three things:\n1. Homes.\n2. Homes.\n3. Homes.")
    assert [words for label, words in said(more) if label == "Questions"] == [
        "What will you do about rents?",
        "Describe your plan for the buses.",
    ]


def test_a_wide_table_has_a_question_a_column() -> None:
    assert said(WIDE) == [
        ("Questions", "What will you do about rents?"),
        ("Ida Berg", "We build; they\nare cheap."),
        ("Tom Vale", "Freeze them."),
        ("Questions", "Describe your plan for the buses"),
        ("Ida Berg", "No."),
        ("Kit Moss", "No reply by 1 October"),
    ]
    assert warned(WIDE) == ["Tom Vale left 1 of 2 questions without an answer."]


def test_a_long_table_has_an_answer_a_row() -> None:
    rows = "name\tquestion\tanswer\nIda\tRents?\tBuild.\nTom\tRents?\tFreeze.\nIda\tRents?\tAgain.\n\tx\ty\nKit\tRents?\t\n"
    assert said(rows) == [("Questions", "Rents?"), ("Ida", "Build."), ("Tom", "Freeze."), ("Ida", "Again.")]
    assert [message.split()[0] for message in warned(rows)] == ["Ida", "This", "Kit"]


@pytest.mark.parametrize(
    "limit",
    [
        "Word limit: 4\n\n1. Rents?",
        "1. Rents? (4 words)",
        "1. Rents? Answer in 4 words.",
        "Límite de palabras: 4\n\n1. Rents?",
    ],
)
def test_an_answer_over_the_limit_is_a_problem_with_its_line(limit: str) -> None:
    text = f"Questionnaire\n\n{limit}\n\nIda Berg: One two three four.\n\nTom Vale: One two three four five.\n"
    (problem,) = questionnaire.read(text).problems
    assert (problem.line, problem.message) == (
        text.count("\n"),
        "The answer of Tom Vale has 5 words; 4 were allowed.",
    )


@pytest.mark.parametrize("text", [SHEET, WIDE, "candidate,question,answer\nIda,Rents?,Build.\n"])
def test_it_is_recognised_by_itself(text: str) -> None:
    assert questionnaire.sniff(text, None) == EXACT
    assert formats.read(text.encode()).format == "questionnaire"


@pytest.mark.parametrize(
    "text",
    [
        "speaker,text\nIda,Build.\nTom,Freeze.\n",
        "MODERATOR: 1. Rents?\n\nBERG: Build.\n",
        "The league sent a questionnaire.\n\n1. Rents?\n",
        "name,party\nIda,River\n",
    ],
)
def test_what_is_no_questionnaire_is_left_to_others(text: str) -> None:
    assert questionnaire.sniff(text, None) == 0.0


@pytest.mark.parametrize("text", ["candidate,question,answer\n", "Questionnaire\n\n1. Rents?\n", "x", '"a'])
def test_no_answers_are_refused(text: str) -> None:
    with pytest.raises(BadFile, match="no answers|no table"):
        questionnaire.read(text)


LINES = st.sampled_from(
    "Questionnaire|1. Rents?|2. Buses?|Q: Rents?|Ida Berg: Yes.|Tom Vale: No.|Ida Berg:|Kit did not reply by May.|more|"
    '|Word limit: 3|candidate,question,answer|Ida,Rents?,Yes|Candidate;What about rents?|Ida;Yes|Questions: x|"|,,|Ida,,No reply|'
    "did not reply|No reply:|3) x|## 4. y".split("|")
)


@given(st.one_of(st.text(max_size=200), st.lists(LINES | st.text(max_size=9), max_size=20).map("\n".join)).map(clean))
def test_hostile_text_is_read_or_refused(text: str) -> None:
    assert questionnaire.sniff(text, None) in (0.0, EXACT)
    try:
        record = questionnaire.read(text)
    except BadFile as refused:
        assert refused.reason
        return
    lines = text.count("\n") + 1
    for turn in record.turns:
        assert turn.text.strip() and (turn.label is None or turn.label.strip())
        assert turn.line is not None and 1 <= turn.line <= lines
    assert all(problem.line is None or 1 <= problem.line <= lines for problem in record.problems)


WORDS = st.lists(st.text("abcdefg", min_size=1, max_size=6), min_size=1, max_size=8).map(" ".join)


@given(st.lists(st.tuples(WORDS, WORDS), min_size=2, max_size=6))
def test_every_answer_comes_back_under_its_name(answers: list[tuple[str, str]]) -> None:
    text = "Questionnaire\n\n" + "\n\n".join(
        f"{n}. What about {n}?\n\nIda Berg: {ida}\n\nTom Vale: {tom}" for n, (ida, tom) in enumerate(answers, start=1)
    )
    told = said(text)
    assert [words for label, words in told if label == "Ida Berg"] == [ida for ida, _ in answers]
    assert [words for label, words in told if label == "Tom Vale"] == [tom for _, tom in answers]


@pytest.mark.parametrize(
    "text", ["[" * 50_000, "1. x?\n" * 20_000, "Ida Berg: y\n" * 20_000, '"' * 200_000, "a," * 100_000]
)
def test_long_hostile_text_ends(text: str) -> None:
    for whole in (text, "Questionnaire\n\n1. x?\n\n" + text, "candidate,question,answer\n" + text):
        questionnaire.sniff(whole, None)
        try:
            questionnaire.read(whole)
        except BadFile as refused:
            assert refused.reason


def test_every_question_becomes_an_exchange_and_silence_is_told(database: Database) -> None:
    file = importing.receive(SHEET.encode(), "league.txt")
    with database.write() as session:
        forum = add_forum(session, kind=ForumKind.QUESTIONNAIRE)
        seen = importing.preview(session, [file], forum, Choices())
        importing.store(session, [file], forum, Choices())
    assert seen.questions == ("What will you do about rents?", "Describe your plan for the buses.")
    with database.read() as session:
        names = {one.id: (one.name, one.role) for one in session.exec(select(Speaker))}
        assert set(names.values()) == {
            ("Questions", "questioner"),
            *((name, "candidate") for name in ("Ida Berg", "Tom Vale", "Kit Moss")),
        }
        exchanges = session.exec(select(Exchange).order_by(col(Exchange.position))).all()
        answers = [
            [
                names[speaker][0]
                for speaker in session.exec(
                    select(Turn.speaker_id)
                    .join(ExchangeTurn, col(ExchangeTurn.turn_id) == col(Turn.id))
                    .where(ExchangeTurn.exchange_id == one.id, ExchangeTurn.part == "answer")
                    .order_by(col(Turn.position))
                )
            ]
            for one in exchanges
        ]
        assert answers == [["Ida Berg", "Tom Vale"], ["Tom Vale", "Ida Berg"]]
        states = session.exec(select(ExchangeState)).all()
        told = {(names[one.speaker_id][0], one.state, one.note_en, one.note_es) for one in states}
        assert told == {
            ("Ida Berg", "answered", None, None),
            ("Tom Vale", "answered", None, None),
            (
                "Kit Moss",
                "absent",
                "did not reply by 1 October 2026.",
                "no había respondido al 1 de octubre de 2026.",
            ),
        }
        assert len(states) == 6
        assert session.exec(select(Source.kind)).all() == ["questionnaire"]


@pytest.mark.parametrize(
    ("printed", "english", "spanish"),
    [
        ("did not reply by October 1", "did not reply by October 1", "no había respondido al 1 de octubre."),
        ("No reply", "No reply", "El cuestionario dice: “No reply”"),
        ("did not respond.", "did not respond.", "no respondió."),
        (
            "has not answered two letters",
            "has not answered two letters",
            "El cuestionario dice: “has not answered two letters”",
        ),
        ("no respondió", "did not reply.", "no respondió"),
        ("no contestó a dos cartas", "The questionnaire says: “no contestó a dos cartas”", "no contestó a dos cartas"),
    ],
)
def test_silence_is_told_in_both_languages(printed: str, english: str, spanish: str) -> None:
    assert exchanges.told_silence(printed) == (english, spanish)


ROWS: list[list[object]] = [
    ["Candidate", "Party", "What will you do about rents?", "Describe your plan for the buses"],
    ["Ida Berg", "River", "We build; they\nare cheap.", "No."],
    ["Tom Vale", "Hill", "Freeze them.", None],
    ["Kit Moss", None, "No reply by 1 October", "No reply by 1 October"],
]


def test_a_workbook_says_what_the_same_table_says() -> None:
    data = book(("Notes", [["Sent", "on"], ["one", "day"]]), ("Answers", ROWS))
    record = formats.read(data, "answers.xlsx")
    assert record.format == questionnaire.NAME
    assert [(turn.label, turn.text, turn.kind) for turn in record.turns] == [
        (turn.label, turn.text, turn.kind) for turn in questionnaire.read(WIDE).turns
    ]
    assert [turn.line for turn in record.turns] == [1, 2, 3, 1, 2, 4], "the numbers of the rows"
    assert formats.lines(data, "answers.xlsx", questionnaire.NAME)[1].startswith("Ida Berg\tRiver")
    shown = formats.columns_of(data, "answers.xlsx")
    assert (shown.columns, shown.sheet, shown.sheets) == (Columns(speaker="Candidate"), "Answers", ("Notes", "Answers"))
    again = formats.read(data, "answers.xlsx", questionnaire.NAME, Columns(speaker="Candidate", sheet="Answers"))
    assert again.turns == record.turns
    with pytest.raises(BadFile, match="Say which column names the candidates"):
        formats.read(data, "answers.xlsx", questionnaire.NAME, Columns(sheet="Notes"))


def test_columns_nobody_recognises_are_asked_for_in_both() -> None:
    rows: list[list[object]] = [
        ["Quién", "Lo preguntado", "Lo dicho"],
        ["Ida Berg", "What about rents?", "We build."],
        ["Tom Vale", "What about rents?", "We freeze them."],
    ]
    text = "\n".join(",".join(map(str, row)) for row in rows)
    told = Columns(speaker="Quién", question="Lo preguntado", text="Lo dicho")
    for data in (book(("A", rows)), text.encode()):
        record = formats.read(data, None, questionnaire.NAME, told)
        assert [(turn.label, turn.text) for turn in record.turns] == [
            ("Questions", "What about rents?"),
            ("Ida Berg", "We build."),
            ("Tom Vale", "We freeze them."),
        ]
