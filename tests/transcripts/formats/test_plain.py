"""Plain text, trap by trap, on small texts of our own."""

import pytest

from transcripts.errors import BadFile
from transcripts.formats import plain
from transcripts.formats.parsed import ParsedRecord
from transcripts.text import clean
from transcripts.vocabulary import TurnKind


def read(text: str) -> ParsedRecord:
    return plain.read(clean(text))


def talk(text: str) -> list[tuple[str | None, str]]:
    """Label and words of every turn, paragraphs parted by a stroke."""
    return [(turn.label, turn.text.replace("\n\n", " / ").replace("\n", " ")) for turn in read(text).turns]


def labels(text: str) -> list[str | None]:
    return [turn.label for turn in read(text).turns]


def test_a_colon_inside_a_sentence_is_no_label() -> None:
    text = """CALLOWAY: I tell you this: no one asked.

And I say this: never again. At 7:30 we met; see https://example.org: it is there.

Question: why did they wait? John 3:16 says so. Here's my plan: build.

PRUITT: Two things: money and time.

CALLOWAY: Agreed.
"""
    assert labels(text) == ["CALLOWAY", "PRUITT", "CALLOWAY"]


@pytest.mark.parametrize(
    "line",
    [
        "And I say this: no",
        "at 7:30 we begin",
        "https://example.org is ours",
        "John 3:16",
        "9:30 a.m.: doors",
        "C:\\files",
    ]
    + ["NAFTA: a bad deal, and NAFTA was a bad deal, NAFTA.", "Bottom line: we lost", "12 July 2031: we met"],
)
def test_these_lines_begin_no_turn(line: str) -> None:
    assert labels(f"CALLOWAY: Hello there.\n\nPRUITT: Hello.\n\n{line}\n\nCALLOWAY: Goodbye.") == [
        "CALLOWAY",
        "PRUITT",
        "CALLOWAY",
    ]


def test_headings_of_subjects_are_no_names() -> None:
    text = """Inez Calloway: We need to talk.

Social Security: we must keep it.

Desmond Pruitt: I agree.

Health Care: another promise.

Inez Calloway: Social security and health care matter.

Desmond Pruitt: They do.
"""
    assert labels(text) == ["Inez Calloway", "Desmond Pruitt"] * 2
    assert labels("Public Safety: more light.\n\nAffordable Housing: more homes.") == [None, None]


def test_a_note_stays_in_the_turn_and_the_voice_goes_on_after_it() -> None:
    text = "CALLOWAY: One.\n\n(APPLAUSE)\n\nTwo.\n\nPRUITT: Three.\n\n[laughter]"
    assert talk(text) == [("CALLOWAY", "One. / (APPLAUSE) / Two."), ("PRUITT", "Three. / [laughter]")]


def test_a_label_over_nothing_but_a_note_is_a_scene() -> None:
    turns = read("CALLOWAY: One.\n\nCROWD: (APPLAUSE)\n\nCALLOWAY: Two.\n\nSYSTEM: Lights.").turns
    assert [turn.kind for turn in turns] == [TurnKind.SPEECH, TurnKind.SCENE, TurnKind.SPEECH, TurnKind.SCENE]


def test_labels_glued_to_the_sentence_before_them() -> None:
    text = "CALLOWAY: It is late.PRUITT: It is.\n\nCALLOWAY: Yes. PRUITT: No.\n\n(APPLAUSE) PRUITT: Thank you.\n\nPRUITT: So."
    assert labels(text) == ["CALLOWAY", "PRUITT", "CALLOWAY", "PRUITT", "PRUITT", "PRUITT"]
    text = "Inez Calloway: It is late.Desmond Pruitt: It is.\n\nDesmond Pruitt: So there.\n\nInez Calloway: Yes."
    assert labels(text) == ["Inez Calloway", "Desmond Pruitt", "Desmond Pruitt", "Inez Calloway"]


def test_a_surname_inside_another_label_does_not_part_it() -> None:
    text = "MR. PRUITT: Hello.\n\nDR. J. PRUITT: Hello.\n\nMR. PRUITT: Goodbye."
    assert labels(text) == ["MR. PRUITT", "DR. J. PRUITT", "MR. PRUITT"]


def test_header_blocks_are_no_turns() -> None:
    record = read("""Ferry Forum, Harbor City

SPEAKERS:
INEZ CALLOWAY, COUNCIL MEMBER
Desmond Pruitt (I)

MODERATOR: Rosa Okafor (Harbor Radio)
Date: May 3, 2031

MODERATOR: Good evening.

CALLOWAY: Good evening.

MODERATOR: We begin.
""")
    assert [turn.label for turn in record.turns] == ["MODERATOR", "CALLOWAY", "MODERATOR"]
    assert record.header == {
        "SPEAKERS": "INEZ CALLOWAY, COUNCIL MEMBER; Desmond Pruitt (I)",
        "MODERATOR": "Rosa Okafor (Harbor Radio)",
        "Date": "May 3, 2031",
        "title": "Ferry Forum, Harbor City",
    }


def test_many_prints_of_one_label_are_each_kept() -> None:
    printed = [
        "HOWARD K. OKAFOR, MODERATOR",
        "MR. OKAFOR",
        "OKAFOR (continuing)",
        "MR.OKAFOR",
        "OKAFOR (?)",
        "Okafor",
        "okafor",
    ]
    text = "\n\n".join(f"{label}: Good evening to all.\n\nPRUITT: Yes." for label in printed)
    assert labels(text) == [label for one in printed for label in (one, "PRUITT")]


@pytest.mark.parametrize(
    "label",
    [
        "RAMOS (through translator)",
        "BUSH (?)",
        "SEN. MAVIS TORRENCE (D-14th), CHAIR",
        "McCOY",
        "DeBLANC",
        "O’DELL",
        "PÉREZ",
    ]
    + [
        "UNIDENTIFIED MALE",
        "AUDIENCE QUESTION",
        "CANDIDATES",
        "SPEAKER 1",
        "Speaker 12",
        "SPEAKER_00",
        "THE MAYOR",
        "WALLCE",
    ],
)
def test_labels_of_every_shape(label: str) -> None:
    assert labels(f"CALLOWAY: Hello.\n\n{label}: What now?\n\nCALLOWAY: This.") == ["CALLOWAY", label, "CALLOWAY"]


def test_a_label_that_says_unknown_is_an_unknown_voice() -> None:
    record = read("CALLOWAY: Hello.\n\n(UNKNOWN): Speak up!\n\nCALLOWAY: I will.")
    assert [turn.label for turn in record.turns] == ["CALLOWAY", None, "CALLOWAY"]
    assert [problem.line for problem in record.problems] == [3]


def test_questions_and_answers() -> None:
    expected = [("Q", "Did you?"), ("A", "I did."), ("Q", "Why?"), ("A", "To see.")]
    assert talk("Q: Did you?\nA: I did.\nQ: Why?\nA: To see.") == expected
    assert talk("Q. Did you?\n\nA. I did.\n\nQ. Why?\n\nA. To see.") == expected
    assert labels("Question: Did you?\n\nAnswer: I did.\n\nQuestion: Why?\n\nAnswer: To see.")[:2] == [
        "Question",
        "Answer",
    ]


def test_times_beside_the_name_before_or_after_the_colon() -> None:
    for form in ("{}: ({})\nHello.", "{} ({}):\nHello.", "[{1}] {0}: Hello.", "{} ({}): Hello."):
        text = "\n\n".join(
            form.format(*pair) for pair in (("Inez", "00:15"), ("Desmond", "01:02:03"), ("Inez", "01:02:05"))
        )
        assert [(turn.label, turn.start_ms) for turn in read(text).turns] == [
            ("Inez", 15_000),
            ("Desmond", 3_723_000),
            ("Inez", 3_725_000),
        ]


def test_names_on_their_own_line() -> None:
    text = "Inez Calloway\nHello.\n\nDesmond Pruitt\nHello.\n\nInez Calloway\nSo.\n\nKiona Bell\nI ask.\n\nDesmond Pruitt\nYes."
    assert labels(text) == ["Inez Calloway", "Desmond Pruitt", "Inez Calloway", "Kiona Bell", "Desmond Pruitt"]
    assert labels(text.replace("\n", "\n\n")) == labels(text)


def test_headings_alone_on_lines_are_no_names() -> None:
    article = (
        "The ferry\n\nIt is late.\n\nNew boats\n\nThey cost money.\n\nOld boats\n\nThey sink.\n\nNo boats\n\nWe swim."
    )
    assert set(labels(article)) == {None}


def test_a_heading_ends_what_is_known_of_the_voice() -> None:
    text = "CALLOWAY: Hello.\n\nNEW BUSINESS\n\nThe contract is read.\n\nPRUITT: So.\n\nAYES: Lee\nNAYS: None\n\nIt carries."
    assert [(turn.label, turn.kind) for turn in read(text).turns] == [
        ("CALLOWAY", TurnKind.SPEECH),
        (None, TurnKind.NARRATION),
        (None, TurnKind.SPEECH),
        ("PRUITT", TurnKind.SPEECH),
        (None, TurnKind.PROCEDURE),
        (None, TurnKind.SPEECH),
    ]


def test_bold_and_heading_marks_are_no_part_of_the_label() -> None:
    assert talk("**Inez Calloway:** Hello.\n\n**Desmond Pruitt**: Hello.\n\n__Inez Calloway:__ So.")[0] == (
        "Inez Calloway",
        "Hello.",
    )
    assert labels("### Inez Calloway:\nHello.\n\n### Desmond Pruitt:\nHello.") == ["Inez Calloway", "Desmond Pruitt"]


def test_lines_broken_inside_sentences() -> None:
    text = """  INEZ CALLOWAY: I have said this before and I will say it again to
everyone in this room, because we have one rule that I keep at
home: no shouting at the table. And when they ask me what
Senator Pruitt: the man, not the myth: would have done, I laugh.
  DESMOND PRUITT: You laugh?
  INEZ CALLOWAY: I do. It is the only thing to do when the harbor is
full and the boats are
late.
"""
    assert labels(text) == ["INEZ CALLOWAY", "DESMOND PRUITT", "INEZ CALLOWAY"]
    assert "at home: no shouting" in read(text).turns[0].text


def test_a_text_all_in_capitals_needs_names_that_come_back() -> None:
    text = """MAYOR RUIZ: GOOD EVENING AND WELCOME.
AND I SAY THIS: NO ONE IS ABOVE THE LAW.
COUNCIL MEMBER COLE: THANK YOU MADAM MAYOR.
MAYOR RUIZ: YOU HAVE THE FLOOR.
COUNCIL MEMBER COLE: I WILL BE BRIEF.
"""
    assert labels(text) == ["MAYOR RUIZ", "COUNCIL MEMBER COLE", "MAYOR RUIZ", "COUNCIL MEMBER COLE"]


def test_marks_of_change_begin_unknown_voices() -> None:
    assert talk(">> Good evening. >> Thank you.\nI am glad.\n>> So are we.") == [
        (None, "Good evening."),
        (None, "Thank you. I am glad."),
        (None, "So are we."),
    ]


def test_words_of_the_page_are_nobodys() -> None:
    text = "CALLOWAY: One.\n\nAdvertisement\n\nTwo.\n\nPRUITT: Three."
    turns = read(text).turns
    assert [(turn.label, turn.kind) for turn in turns] == [
        ("CALLOWAY", TurnKind.SPEECH),
        (None, TurnKind.NARRATION),
        ("CALLOWAY", TurnKind.SPEECH),
        ("PRUITT", TurnKind.SPEECH),
    ]


def test_numbers_and_heads_of_pages_are_left_out_and_reported() -> None:
    pages = [
        f"CALLOWAY: Part {n} begins here.\n\nPage {n} of 4\n\nAnd goes on there.\n\nPRUITT: Yes." for n in range(1, 5)
    ]
    record = read("\n\n".join(pages))
    assert [turn.label for turn in record.turns] == ["CALLOWAY", "PRUITT"] * 4
    assert not any("Page" in turn.text for turn in record.turns)
    assert any("every page" in problem.message for problem in record.problems)


def test_a_transcript_held_twice_is_reported() -> None:
    long = "We have talked about the ferry for many years and we will talk about it for as many years again."
    once = "\n\n".join(f"{name}: {long} {name} {n}" for n in range(5) for name in ("CALLOWAY", "PRUITT"))
    assert any("repeats" in problem.message for problem in read(f"{once}\n\n{once}").problems)
    assert not read(once).problems


def test_a_doubtful_name_is_left_in_the_words_of_an_unknown_voice() -> None:
    turns = "\n\n".join(f"Inez Calloway: Part {n}.\n\nIt goes on.\n\nDesmond Pruitt: Yes." for n in range(4))
    record = read(f"{turns}\n\nZorro Mask: who is this?\n\nInez Calloway: Nobody.")
    doubtful = next(turn for turn in record.turns if "Zorro" in turn.text)
    assert (doubtful.label, doubtful.text) == (None, "Zorro Mask: who is this?")
    assert any("may be a name" in problem.message for problem in record.problems)


def test_no_words_is_no_record() -> None:
    with pytest.raises(BadFile):
        read("Title: Nothing\nDate: May 3, 2031\n")


def test_one_name_once_is_no_transcript() -> None:
    assert labels("HARBOR CITY — It rained.\n\nREAD MORE: The rain\n\nIt rained again.") == [None, None, None]


def test_single_letters_where_they_label_the_whole() -> None:
    assert labels("I: When did you come?\nR: In 1970. It was cold.\nI: And then?\nR: It was warm.") == [
        "I",
        "R",
        "I",
        "R",
    ]
    assert labels("Speaker A: Hello.\nSpeaker B: Hi there.\nSpeaker A: Bye.") == ["Speaker A", "Speaker B", "Speaker A"]
    assert labels("1. RUIZ: Hello.\n2. COLE: Hi there.\n3. RUIZ: Bye.") == ["RUIZ", "COLE", "RUIZ"]


def test_numbered_points_are_no_voices() -> None:
    text = (
        "Ruiz: My plan has parts.\n\n1. Housing: build.\n\n2. Schools: fund.\n\nCole: Good.\n\nRuiz: Yes.\n\nCole: So."
    )
    assert labels(text) == ["Ruiz", "Cole", "Ruiz", "Cole"]


def test_a_label_broken_over_two_lines() -> None:
    text = """ROSA OKAFOR, HARBOR RADIO: We begin now.

SEN. MAVIS TORRENCE (D-14), PRESIDENTIAL
CANDIDATE: Good evening to everybody.

OKAFOR: Thank you.
"""
    assert labels(text)[1] == "SEN. MAVIS TORRENCE (D-14), PRESIDENTIAL CANDIDATE"


def test_what_stands_below_the_transcript_is_not_said() -> None:
    text = "RUIZ: Hello.\n\nCOLE: Hello.\n\nRUIZ: Goodbye.\n\nCopyright © 2031 Harbor Radio. All rights reserved."
    record = read(text)
    assert record.turns[-1].text == "Goodbye."
    assert "Harbor Radio" in record.problems[-1].message


def test_times_alone_are_left_out_and_reported() -> None:
    record = read("RUIZ: Hello.\n\n[20:05:04]\n\nAnd goodbye.\n\nCOLE: So.\n\nRUIZ: Yes.")
    assert record.turns[0].text == "Hello.\n\nAnd goodbye."
    assert [problem.line for problem in record.problems] == [3]


def test_minutes_are_narration() -> None:
    record = read("""Present: Mayor Ruiz, Council Members Cole, Lee

CALL TO ORDER: Mayor Ruiz called the meeting to order at 7:00 p.m.

PUBLIC COMMENT: Leonie Marchetti spoke about the ferry.

AYES: Ruiz, Cole, Lee
""")
    assert {(turn.label, turn.kind) for turn in record.turns} == {(None, TurnKind.NARRATION)}
    assert any("minutes" in problem.message for problem in record.problems)
    assert record.header == {"Present": "Mayor Ruiz, Council Members Cole, Lee"}


def test_headings_of_minutes_are_no_voices() -> None:
    heads = [
        "CALL TO ORDER",
        "MAYOR'S REPORT",
        "CITY MANAGER",
        "LAND USE",
        "PROCLAMATIONS",
        "PARKING STUDY",
        "NEXT MEETING",
    ]
    assert set(labels("\n\n".join(f"{head}: It was discussed." for head in heads))) == {None}
    marked = "**Date:** May 3\n\n**Presented by:** Ruiz\n\n**Background:** Old.\n\n**Key Findings:**\n- It leaks."
    assert set(labels(marked)) == {None}


def test_an_age_or_a_district_in_a_label() -> None:
    assert labels("RUIZ: Next.\n\nKEN BELL, 57, FARMER: Why?\n\nRUIZ: Because.") == [
        "RUIZ",
        "KEN BELL, 57, FARMER",
        "RUIZ",
    ]


def test_two_people_under_one_label() -> None:
    assert labels("SMITH & JONES: We agree.\n\nSMITH: I do.\n\nJONES: So do I.") == ["SMITH & JONES", "SMITH", "JONES"]


def test_labels_that_end_in_a_full_stop() -> None:
    expected = ["Mr. PRUITT", "Mr. COLE", "Mr. PRUITT", "The CHAIRMAN"]
    text = "Mr. PRUITT. I thank the chair. Mr. Cole. No.\n\nMr. COLE. I do too.\n\nMr. PRUITT. I yield.\n\nThe CHAIRMAN. Thank you."
    assert labels(text) == expected
    assert labels(text.replace("TT. I", "TT.—I").replace("LE. I", "LE.—I").replace("AN. T", "AN.--T")) == expected


def test_initials_that_are_words_and_a_letter_that_comes_once() -> None:
    spoken = [
        ("MT", "Good evening."),
        ("DO", "Thank you."),
        ("IB", "Build."),
        ("MT", "And you?"),
        ("DO", "No."),
        ("IB", "Yes."),
    ]
    assert talk("\n\n".join(f"{label}: {words}" for label, words in spoken)) == spoken
    letters = [(label[0], words) for label, words in spoken] + [("L", "May I ask?"), ("D", "Do.")]
    assert talk("\n\n".join(f"{label}: {words}" for label, words in letters)) == letters


ONCE_HEARD = [
    ("IDA QUILL", "Good evening, and welcome to all of you."),
    ("OREN MASK", "Thank you. It is good to be back here."),
    ("LLOYD ST. JAMES", "May I ask about the library? It is closed."),
    ("IDA QUILL", "You may, and it is a question for both of you."),
    ("OREN MASK", "It should be open on Sundays too."),
]


@pytest.mark.parametrize("print", ["EL SR. {}.- {}", "[{}] {}", "<{}> {}"])
def test_names_without_a_colon(print: str) -> None:
    named = [(label if "SR." in print else label.title(), words) for label, words in ONCE_HEARD]
    read = talk("\n\n".join(print.format(*one) for one in named))
    assert [((label or "").removeprefix("EL SR. "), words) for label, words in read] == named


def test_notes_in_brackets_are_nobody() -> None:
    read = labels("[Applause] Thank you.\n\n[Laughter] So.\n\n[Applause] Well.\n\n[Laughter] Then.")
    assert set(read) == {None}


def test_a_text_that_lost_its_line_breaks() -> None:
    assert talk(" ".join(f"{label}: {words}" for label, words in ONCE_HEARD)) == ONCE_HEARD


def test_an_interview_whose_questions_are_bold() -> None:
    """The headline is nobody's voice, and the marks of bold type are no words."""
    text = """Q&A: Meet the candidates

**Q: Why are you running?**

A: I have been a deputy for 22 years: long enough.

**Q: What would you change first?**

A: Overtime."""
    assert [one for one in talk(text) if one[0] is not None] == [
        ("Q", "Why are you running?"),
        ("A", "I have been a deputy for 22 years: long enough."),
        ("Q", "What would you change first?"),
        ("A", "Overtime."),
    ]
