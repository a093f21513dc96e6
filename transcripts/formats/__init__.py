"""The formats we read, in two visible tuples, and the two questions asked of them: which is it, and what is in it.

To add a format: one module here with NAME, VERSION, sniff and read (`format.py`), and its name in TEXT or BINARY. One that
can carry a record of ours has SUFFIX, MEDIA_TYPE and write besides, and its name in WRITERS.
"""

from dataclasses import replace

from transcripts.errors import BadFile, Refusal
from transcripts.formats import (
    article,
    cdp,
    delimited,
    descript,
    diarisation,
    docx,
    gladia,
    html,
    json3,
    markdown,
    meet,
    objects,
    otter,
    own_json,
    pdf,
    plain,
    questionnaire,
    rev,
    sbv,
    srt,
    teams,
    trint,
    webvtt,
    whisper,
    workbook,
    youtube,
    zoom,
)
from transcripts.formats.columns import Columns
from transcripts.formats.decoding import decode, refuse_size
from transcripts.formats.foreign import exact_kind, text_kind
from transcripts.formats.format import EXACT, FLOOR, BinaryFormat, Format, TextWriter, Writer
from transcripts.formats.parsed import ParsedRecord
from transcripts.formats.table import Row, Sample, sample

TEXT: tuple[Format, ...] = (
    own_json,
    html,
    webvtt,
    srt,
    sbv,
    youtube,
    json3,
    whisper,
    gladia,
    cdp,
    diarisation,
    zoom,
    teams,
    meet,
    otter,
    rev,
    descript,
    trint,
    objects,
    delimited,
    markdown,
    article,
    questionnaire,
    plain,
)
"""Formats of files that are text, whatever their encoding."""

BINARY: tuple[BinaryFormat, ...] = (docx, pdf, workbook)
"""Formats of files that are no text: asked first, and told by their first bytes or the members of their archive."""

FORMATS: tuple[Format | BinaryFormat, ...] = (*BINARY, *TEXT)

OURS: tuple[TextWriter, ...] = (own_json, webvtt, srt, plain, delimited)
"""Formats that know the text files they have written themselves."""

WRITERS: tuple[Writer, ...] = (*OURS, docx)
"""Formats a record of ours can be had in."""

SURE = 0.5
"""A pattern as dense as this is believed even in a file that looks like a table or a web page."""

LONGEST_MS = 500 * 3_600_000
"""No recording is longer, and no column of ours holds much more."""

TOO_CLOSE = 0.9
"""Two patterns of which the weaker reaches this share of the stronger are a question for a person, not a guess."""


def named(name: str) -> Format | BinaryFormat:
    """The format a person typed after --format. Raises BadFile naming those we have."""
    for known in FORMATS:
        if name == known.NAME:
            return known
    raise BadFile(
        "There is no format named “{name}”. We read: {formats}.",
        name=name,
        formats=", ".join(known.NAME for known in FORMATS),
    )


def writer(name: str) -> Writer:
    """The format a person wants a record in. Raises Refusal naming those we write."""
    for known in WRITERS:
        if name == known.NAME:
            return known
    raise Refusal(
        "We do not write “{name}”. We write: {formats}.", name=name, formats=", ".join(known.NAME for known in WRITERS)
    )


def sniff(text: str, name: str | None = None) -> Format:
    """The format that wrote the text, or else the one whose pattern is densest. Raises BadFile where none is, or two are as dense."""
    ours = next((known for known in OURS if known.is_ours(text)), None)
    if ours is not None:
        return ours
    foreign = exact_kind(text)
    if foreign:
        raise BadFile("This is {kind}.", kind=foreign)
    scored = sorted(((known.sniff(text, name), known) for known in TEXT), key=lambda pair: -pair[0])
    (best, chosen), *others = scored
    kind = text_kind(text) if best < SURE else None
    if kind:
        raise BadFile("This is {kind}.", kind=kind)
    if best < FLOOR:
        raise BadFile(
            "Nothing we recognise is in this file. We read: {formats}.",
            formats=", ".join(known.NAME for known in FORMATS),
        )
    enough = EXACT if best >= EXACT else best * TOO_CLOSE  # a header nobody else has beats any density
    rivals = [known.NAME for score, known in others if score >= enough]
    if rivals:
        names = " or ".join([chosen.NAME, *rivals])
        raise BadFile(
            "This could be {names}. Say which with --format, for example --format {format}.",
            names=names,
            format=chosen.NAME,
        )
    return chosen


def scores(data: bytes, name: str | None = None) -> tuple[tuple[str, float], ...]:
    """How much each format sees of itself in a file, 0 to 1, the most first; none where the file is no text."""
    binary = _binary(data, name, None)
    if binary is not None:
        return ((binary.NAME, binary.sniff(data, name)),)
    try:
        text = decode(data).text
    except BadFile:
        return ()
    found = sorted(((known.sniff(text, name), known.NAME) for known in TEXT), key=lambda pair: -pair[0])
    return tuple((known, score) for score, known in found if score > 0)


def read(
    data: bytes, name: str | None = None, format: str | None = None, columns: Columns | None = None
) -> ParsedRecord:
    """The record in the bytes of a file, by the format named or else the one recognised.

    `name` is the file's name, a hint only. `columns` says which column of a table holds what, where its headings do not.
    Raises BadFile for whatever cannot be read, and nothing else.
    """
    refuse_size(data)
    known = named(format) if format else None
    binary = _binary(data, name, format)
    if binary is not None:
        asked = _questionnaire(binary, data, format, columns.sheet if columns else None)
        if asked is not None:
            return _checked(questionnaire.read_rows(asked[0], columns))
        return _checked(_with_columns(binary, data, columns) if columns else binary.read(data))
    decoded = decode(data)
    chosen = next((text for text in TEXT if text is known), None) or sniff(decoded.text, name)
    record = _with_columns(chosen, decoded.text, columns) if columns else chosen.read(decoded.text)
    return _checked(replace(record, problems=(*decoded.problems, *record.problems)))


def lines(data: bytes, name: str | None = None, format: str | None = None, sheet: str | None = None) -> tuple[str, ...]:
    """What the line numbers of a record and its problems refer to, the first line of it 1: of a text file its own lines,
    of a document the lines read out of it, of a workbook the rows of the sheet. Raises BadFile as `read` does.
    """
    refuse_size(data)
    binary = _binary(data, name, format)
    if binary is workbook:
        return tuple(workbook.lines(data, sheet))
    return tuple(binary.lines(data) if binary is not None else decode(data).text.split("\n"))


def _checked(record: ParsedRecord) -> ParsedRecord:
    """The record, whose times a recording can have and whose keys stand once each. Raises BadFile with the line, or for
    more turns than any forum has.
    """
    if len(record.turns) > own_json.MOST_TURNS:
        raise BadFile("There are more than {most} turns in this file. Divide it.", most=f"{own_json.MOST_TURNS:,}")
    seen: set[str] = set()
    for turn in record.turns:
        if max(turn.start_ms or 0, turn.end_ms or 0) > LONGEST_MS:
            raise BadFile(
                "A time here is beyond {hours} hours: no recording is that long.",
                turn.line,
                hours=LONGEST_MS // 3_600_000,
            )
        if turn.key in seen:
            raise BadFile("The key {key} stands twice in this file: it belongs to one turn.", turn.line, key=turn.key)
        seen.update({turn.key} if turn.key else ())
    return record


def columns_of(data: bytes, name: str | None = None, format: str | None = None, sheet: str | None = None) -> Sample:
    """What there is to choose from in a table: its columns, its first rows, what each column was taken for.

    Where several sheets hold words, the first of them is shown until one is named. Raises BadFile where the file is no table.
    """
    refuse_size(data)
    binary = _binary(data, name, format)
    if binary is not None:
        asked = _questionnaire(binary, data, format, sheet)
        return questionnaire.sample(*asked) if asked is not None else _sample(binary, data, sheet)
    text = decode(data).text
    known = named(format) if format else None
    return _sample(next((one for one in TEXT if one is known), None) or sniff(text, name), text, sheet)


def table_in(data: bytes, name: str | None, format: str | None, sheet: str | None) -> Sample | None:
    """As `columns_of`; None where the file is no table."""
    try:
        return columns_of(data, name, format, sheet)
    except BadFile:
        return None


def _with_columns(chosen: Format | BinaryFormat, source: str | bytes, columns: Columns) -> ParsedRecord:
    if chosen is workbook and isinstance(source, bytes):
        return workbook.read_as(source, columns)
    if chosen is objects and isinstance(source, str):
        return objects.read_as(source, columns)
    if chosen is delimited and isinstance(source, str):
        return delimited.read_as(source, columns)
    if chosen is questionnaire and isinstance(source, str):
        return questionnaire.read_rows(questionnaire.rows(source), columns)
    raise BadFile("This file reads as {format}, which has no columns to name: leave that out.", format=chosen.NAME)


def _sample(chosen: Format | BinaryFormat, source: str | bytes, sheet: str | None) -> Sample:
    if chosen is workbook and isinstance(source, bytes):
        return sample(workbook.rows(source, sheet, unsure=True))
    if chosen is objects and isinstance(source, str):
        return sample(objects.rows(source, sheet, unsure=True))
    if chosen is delimited and isinstance(source, str):
        return sample(delimited.rows(source))
    if chosen is questionnaire and isinstance(source, str) and questionnaire.is_table(delimited.rows(source).names):
        return questionnaire.sample(questionnaire.rows(source))
    raise BadFile("This file reads as {format}, which has no columns to name.", format=chosen.NAME)


def _binary(data: bytes, name: str | None, format: str | None) -> BinaryFormat | None:
    """The format that reads these bytes as they are: the one named, or else the one that knows them for its own.

    A questionnaire is a text or a workbook.
    """
    if format == questionnaire.NAME:
        return workbook if workbook.sniff(data, name) >= SURE else None
    if format:
        return next((known for known in BINARY if format == known.NAME), None)
    return next((known for known in BINARY if known.sniff(data, name) >= SURE), None)


def _questionnaire(
    binary: BinaryFormat, data: bytes, format: str | None, sheet: str | None
) -> tuple[list[Row], tuple[str, ...], str | None] | None:
    """The rows of a workbook that is a questionnaire by a person's word or its first row, its sheets and the one; else None."""
    if binary is not workbook or format not in (None, questionnaire.NAME):
        return None
    found = workbook.rows_as_they_stand(data, sheet, questionnaire.is_table)
    if format is None:
        return found if found[0] and questionnaire.is_table(found[0][0].cells) else None
    if not found[0]:
        rows = workbook.rows(data, sheet)
        return workbook.rows_as_they_stand(data, rows.sheet, questionnaire.is_table)
    return found
