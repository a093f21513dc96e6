"""Written questionnaires: each candidate's own words to each question, as a table or a plain text.

Three layouts: one row a candidate and one column a question; rows of candidate, question, answer (both in CSV or in a
workbook); or a text with a heading line `Questionnaire`, numbered questions, and `Name: answer` under each. A question is a turn labelled
`Questions`; whoever sent nothing in has one scene that says so, and nobody is given words that may be another's.
"""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from transcripts.errors import BadFile
from transcripts.formats.columns import Columns, exact
from transcripts.formats.format import EXACT, first_lines
from transcripts.formats.labels import Shape, possible_label, shape_of
from transcripts.formats.parsed import ParsedRecord, ParsedTurn, Problem
from transcripts.formats.table import SHOWN, Row, Sample, told_apart
from transcripts.messages import Message, Value
from transcripts.text import count_words, fold
from transcripts.vocabulary import Grade, Severity, TurnKind

NAME = "questionnaire"
VERSION = 1

ASKING = "Questions"
"""The label of every question: a role, and nobody's name."""

_WHO = frozenset("candidate candidato candidata name nombre respondent".split())
_QUESTION = frozenset({"question", "pregunta", "question text"})
_ANSWER = frozenset({"answer", "respuesta", "response", "reply", "answer text"})
_LIMIT = frozenset({"word limit", "word_limit", "limit", "límite de palabras", "limite"})
_ASIDE = frozenset("party partido office cargo district distrito email website timestamp date fecha incumbent".split())
_HEADING = re.compile(r"\W*(?:candidate |voters?.? )?(?:questionnaire|cuestionario)\b.*", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:#+\s*)?(?:(?:Q|question|pregunta)\s*)?[0-9]{1,3}\s*[.):]\s+(?P<said>\S.*)", re.IGNORECASE)
_ROWS_SEEN = 20
_NUMBER = re.compile(r"[0-9]{1,3}")
_ASKED = re.compile(r"(?:#+\s*)?(?:Q|question|pregunta)\s*:\s*(?P<said>\S.*)", re.IGNORECASE)
_KEY = re.compile(
    r"(?P<key>word limit|límite de palabras|title|date|place|replies due|due|publisher)\s*:\s*(?P<said>.*)",
    re.IGNORECASE,
)
_WORDS = re.compile(r"\b(?P<n>[0-9]{1,4})[\s-]*(?:words?|palabras)\b", re.IGNORECASE)
_SILENT = re.compile(
    r"(?:(?:did not|didn.t|has not|never) (?:reply|replied|respond|responded|answer|answered|return|returned)"
    r"|no (?:reply|response|respondió|contestó|ha respondido|ha contestado|envió))\b[^\n]{0,80}",
    re.IGNORECASE,
)


@dataclass
class _Asked:
    """One question with the answers to it: (label or None where it is not sure, words, line)."""

    text: str
    line: int
    limit: int | None = None
    answers: list[tuple[str | None, str, int]] = field(default_factory=list)


@dataclass
class _Sheet:
    """A questionnaire being read. `silent` are (name, sentence, line) of those who sent nothing in."""

    header: dict[str, str] = field(default_factory=dict)
    asked: list[_Asked] = field(default_factory=list)
    silent: list[tuple[str, str, int]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def warn(self, line: int | None, template: str, /, **values: Value) -> None:
        self.problems.append(Problem(line, Severity.WARNING, template, values))


def sniff(text: str, name: str | None) -> float:
    """EXACT for a table with candidates and questions in its first line, or a text headed as a questionnaire; else 0."""
    try:
        if _columns(_heading(text)) and _is_even(text):
            return EXACT
    except csv.Error:
        return 0.0
    lines = first_lines(text)
    asked = sum(_question(line) is not None for line in lines)
    named = sum(possible_label(line) is not None for line in lines)
    return EXACT if any(map(_HEADING.fullmatch, lines[:6])) and asked and named else 0.0


def read(text: str) -> ParsedRecord:
    """The questions in order, each with its answers in the order of the file. Raises BadFile where nothing is answered."""
    try:
        if _columns(_heading(text)):
            return read_rows(rows(text))
    except csv.Error as error:
        raise BadFile("This is no table we can read: {error}.", error=str(error)) from error
    sheet = _Sheet()
    _read_text(sheet, text)
    return _record(sheet)


def rows(text: str) -> list[Row]:
    """The rows of such a table in CSV, the first its headings. Raises BadFile where it is none."""
    above = text[: len(text) - len(text.lstrip())].count("\n")
    reader = csv.reader(io.StringIO(text.lstrip(), newline=""), delimiter=_delimiter(text))
    found, line = [], above + 1
    try:
        for cells in reader:
            found.append(Row(line, tuple(cells)))
            line = above + reader.line_num + 1
    except csv.Error as error:
        raise BadFile("This is no table we can read: {error}.", error=str(error)) from error
    return found


def is_table(cells: Sequence[str]) -> bool:
    """Whether the first row of a table names candidates and asks questions."""
    return bool(_columns(cells))


def read_rows(rows: Sequence[Row], given: Columns | None = None) -> ParsedRecord:
    """As `read`, for a table whose first row holds the headings; of `given`, speaker names the candidates, question and text
    what was asked and answered. Raises BadFile where nobody knows which column names the candidates.
    """
    sheet = _Sheet()
    _read_table(sheet, rows, _placed(rows[0].cells if rows else (), given))
    return _record(sheet)


def sample(rows: Sequence[Row], sheets: tuple[str, ...] = (), sheet: str | None = None) -> Sample:
    """The table as a person is shown it, with what each column was taken for."""
    width = max((len(row.cells) for row in rows), default=0)
    names = told_apart(rows[0].cells if rows else (), width)
    found = _columns(rows[0].cells) if rows else {}
    who, question, answer = (names[found[key]] if key in found else None for key in ("who", "question", "answer"))
    shown = tuple(row.cells + ("",) * (width - len(row.cells)) for row in rows[1 : SHOWN + 1])
    return Sample(names, shown, Columns(text=answer, speaker=who, question=question), sheets, sheet)


def _record(sheet: _Sheet) -> ParsedRecord:
    if not any(words for one in sheet.asked for _, words, _ in one.answers):
        raise BadFile(
            "There are no answers in this file: we read tables, and texts of numbered questions and `Name: answer`."
        )
    for one in sheet.asked:
        _measure(sheet, one)
        if not any(words for _, words, _ in one.answers):
            sheet.warn(one.line, "Nobody answers “{question}”: is it part of the answer above?", question=one.text[:60])
    turns = tuple(_turns(sheet))
    sheet.problems.sort(key=lambda problem: problem.line or 0)
    return ParsedRecord(NAME, Grade.PUBLISHED, turns, problems=tuple(sheet.problems), header=sheet.header)


def _turns(sheet: _Sheet) -> Iterator[ParsedTurn]:
    for one in sheet.asked:
        yield ParsedTurn(ASKING, one.text, line=one.line)
        yield from (ParsedTurn(label, words, line=line) for label, words, line in one.answers if words)
    for name, sentence, line in sheet.silent:
        yield ParsedTurn(name, sentence, TurnKind.SCENE, line=line)


def _measure(sheet: _Sheet, one: _Asked) -> None:
    """A problem for every answer that is longer than was asked for."""
    told = _WORDS.search(one.text)
    limit = one.limit or (int(told["n"]) if told else None) or _limit(sheet.header.get("word limit", ""))
    for label, words, line in one.answers:
        n = count_words(words)
        if limit and n > limit:
            sheet.warn(
                line,
                "The answer of {name} has {n} words; {limit} were allowed.",
                name=label or Message("somebody"),
                n=n,
                limit=limit,
            )


def _limit(said: str) -> int | None:
    found = re.search(r"[0-9]{1,4}", said)
    return int(found[0]) if found else None


def _delimiter(text: str) -> str:
    heading = text.lstrip().split("\n", 1)[0]
    return max(",;\t", key=heading.count)


def _heading(text: str) -> list[str]:
    return next(csv.reader(io.StringIO(text.lstrip(), newline=""), delimiter=_delimiter(text)), [])


def _is_even(text: str) -> bool:
    """Whether the rows under the first one mostly have as many cells: a line of prose has commas, too."""
    reader = csv.reader(io.StringIO(text.lstrip(), newline=""), delimiter=_delimiter(text))
    first, *others = (row for row in islice(reader, _ROWS_SEEN) if row)
    return sum(len(row) == len(first) for row in others) * 2 >= len(others)


def _columns(heading: Sequence[str]) -> Mapping[str, int]:
    """Where candidate, question and answer stand in a long table; only the candidate in a wide one; empty for no table."""
    folded = [" ".join(fold(cell).split()) for cell in heading]
    found = {
        key: next(n for n, cell in enumerate(folded) if cell in names)
        for key, names in (("who", _WHO), ("question", _QUESTION), ("answer", _ANSWER), ("limit", _LIMIT))
        if any(cell in names for cell in folded)
    }
    if "who" not in found:
        return {}
    if "question" in found and "answer" in found:
        return found
    asks = any(_asks(cell) for n, cell in enumerate(heading) if n != found["who"])
    return {"who": found["who"]} if asks else {}


def _asks(cell: str) -> bool:
    """Whether a column's heading is a question: by its mark, its number, or being a sentence."""
    plain = cell.strip()
    return plain.endswith("?") or _question(plain) is not None or len(plain.split()) > 4


def _placed(heading: Sequence[str], given: Columns | None) -> Mapping[str, int]:
    """As `_columns`, with what a person says standing over it. Raises BadFile where the candidates are nowhere."""
    names, found = told_apart(heading, len(heading)), dict(_columns(heading))
    said = (("who", given.speaker), ("question", given.question), ("answer", given.text)) if given else ()
    found |= {key: names.index(exact(names, name)) for key, name in said if name is not None}
    if "who" not in found:
        shown = ", ".join(f"“{name[:40]}”" for name in names[:30])
        raise BadFile(
            "Say which column names the candidates, for example --columns speaker=…. The columns are {shown}.",
            shown=shown,
        )
    return found if {"question", "answer"} <= set(found) else {"who": found["who"]}


def _read_table(sheet: _Sheet, rows: Sequence[Row], columns: Mapping[str, int]) -> None:
    heading = rows[0].cells
    asked: dict[str, _Asked] = {}
    if "question" not in columns:
        places = [n for n, cell in enumerate(heading) if n != columns["who"] and _is_column(cell)]
        asked = {str(n): _Asked(heading[n].strip(), rows[0].line or 1) for n in places}
    blank: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in rows[1:]:
        line = row.line or 1
        cells = [" ".join(cell.split("\r")).strip() for cell in row.cells]
        who = " ".join(_cell(cells, columns["who"]).split())
        if who and "question" in columns:
            words = " ".join(_cell(cells, columns["question"]).split())
            if words:
                one = asked.setdefault(fold(words), _Asked(words, line))
                one.limit = one.limit or _limit(_cell(cells, columns.get("limit", -1)))
            if words or _SILENT.fullmatch(_cell(cells, columns["answer"]).rstrip(".")):
                _put(sheet, asked.get(fold(words)), who, _cell(cells, columns["answer"]), line, blank)
        elif who:
            for place, one in asked.items():
                _put(sheet, one, who, _cell(cells, int(place)), line, blank)
        elif any(cells):
            sheet.warn(line, "This row names no candidate; it was left out.")
    sheet.asked = list(asked.values())
    _tell_silence(sheet, blank)


def _is_column(cell: str) -> bool:
    return bool(cell.strip()) and fold(cell).strip() not in _ASIDE


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place] if 0 <= place < len(cells) else ""


def _put(
    sheet: _Sheet, one: _Asked | None, who: str, words: str, line: int, blank: dict[str, list[tuple[str, int]]]
) -> None:
    """An answer, or a cell without one: empty, or saying that nothing came."""
    if who == ASKING:
        sheet.warn(line, "“{name}” is nobody's name; the row was left out.", name=ASKING)
    elif one is None or not words or _SILENT.fullmatch(words.rstrip(".")):
        blank[who].append((words, line))
    elif any(label == who for label, _, _ in one.answers):
        sheet.warn(line, "{name} answers “{question}” twice; both answers are kept.", name=who, question=one.text[:60])
        one.answers.append((who, words, line))
    else:
        one.answers.append((who, words, line))


def _tell_silence(sheet: _Sheet, blank: Mapping[str, Sequence[tuple[str, int]]]) -> None:
    """Who answered nothing at all and is said not to have replied, and who left single questions open."""
    answered = {label for one in sheet.asked for label, _, _ in one.answers}
    for who, cells in blank.items():
        sentence = next((words for words, _ in cells if words), "")
        if who in answered:
            sheet.warn(
                cells[0][1],
                "{name} left {n} of {all} questions without an answer.",
                name=who,
                n=len(cells),
                all=len(sheet.asked),
            )
        elif sentence:
            sheet.silent.append((who, sentence, cells[0][1]))
        else:
            sheet.warn(cells[0][1], "{name} has no answers, and the file does not say why.", name=who)


def _question(line: str) -> str | None:
    found = _NUMBERED.fullmatch(line) or _ASKED.fullmatch(line)
    return found["said"] if found else None


def _read_text(sheet: _Sheet, text: str) -> None:
    lines = [" ".join(line.split()) for line in text.split("\n")]
    asked = _questions(lines)
    names = _names(lines, asked)
    who: str | None = None
    for number, line in enumerate(lines, start=1):
        said, key = asked.get(number), _KEY.fullmatch(line)
        silent = _said_silent(line, names)
        if said is not None:
            sheet.asked.append(_Asked(said, number))
            who = None
        elif silent:
            sheet.silent.append((*silent, number))
        elif line and not sheet.asked:
            if key:
                sheet.header[fold(key["key"])] = key["said"]
            elif not sheet.header.get("title"):
                sheet.header["title"] = line.lstrip("# ")
        elif line:
            who = _answer(sheet, sheet.asked[-1], line, number, names, who)
    sheet.header = {("word limit" if "palabras" in key else key): said for key, said in sheet.header.items()}


def _answer(sheet: _Sheet, one: _Asked, line: str, number: int, names: frozenset[str], who: str | None) -> str | None:
    """One line under a question: it begins an answer, or goes on with one. Returns whose words now go on."""
    found = possible_label(line)
    if found and found.label in names:
        one.answers.append((found.label, found.rest, number))
        return found.label
    if found and shape_of(found.label) is not Shape.OTHER:
        sheet.warn(
            number,
            "“{label}” may be a name: it stands under one question only. The words are nobody's.",
            label=found.label,
        )
        one.answers.append((None, line, number))
        return None
    if one.answers and who == one.answers[-1][0]:
        label, words, at = one.answers[-1]
        one.answers[-1] = (label, f"{words}\n{line}" if words else line, at)
        return who
    if one.answers:
        one.answers.append((None, line, number))
    else:
        one.text = f"{one.text}\n{line}"
    return who


def _questions(lines: Sequence[str]) -> dict[int, str]:
    """The questions by line: numbered one after the other, each after an empty line; a list inside an answer is none."""
    found: dict[int, str] = {}
    last: int | None = None
    for number, line in enumerate(lines, start=1):
        said = _question(line) if number == 1 or not lines[number - 2] or not found else None
        printed = _NUMBER.search(line) if _NUMBERED.fullmatch(line) else None
        if said is not None and (printed is None or last is None or int(printed[0]) == last + 1):
            found[number] = said
            last = int(printed[0]) if printed else last
    return found


def _names(lines: Sequence[str], asked: Mapping[int, str]) -> frozenset[str]:
    """The labels that answer: those under two questions, or every one that looks like a name where there is only one."""
    under: dict[str, set[int]] = defaultdict(set)
    question = 0
    for number, line in enumerate(lines, start=1):
        if number in asked:
            question += 1
        elif question and (found := possible_label(line)) and not found.timed and found.label != ASKING:
            under[found.label].add(question)
    if question == 1:
        return frozenset(label for label in under if shape_of(label) is not Shape.OTHER)
    return frozenset(label for label, places in under.items() if len(places) > 1)


def _said_silent(line: str, names: frozenset[str]) -> tuple[str, str] | None:
    """`Kit Moss did not reply by 1 October.`, `Kit Moss: did not reply`: the name and the sentence."""
    found = _SILENT.search(line)
    if not found or found.end() < len(line.rstrip(".")) or found.start() == 0:
        return None
    name = line[: found.start()].strip(" :–—-\t")
    sure = name in names or (1 < len(name.split()) < 6 and shape_of(name) is not Shape.OTHER)
    return (name, line[found.start() :]) if sure and name not in names else None
