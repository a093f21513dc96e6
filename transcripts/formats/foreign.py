"""Pure: files that are no transcript in a format of ours, recognised so that the refusal can say what they are."""

import csv
import io
import re

from transcripts.messages import Message

_MAGIC = (
    (b"%PDF", Message("a PDF, which is no text: leave the format out and we read it")),
    (
        b"PK\x03\x04",
        Message("a zipped file that is no document we read. Save what it holds as a Word document or as plain text"),
    ),
    (b"\xd0\xcf\x11\xe0", Message("an old Word document, or one with a password. Save it as .docx without one first")),
    (b"{\\rtf", Message("a rich text document (RTF). Save it as plain text first")),
    (b"\x89PNG", Message("a picture. We read words, not pictures of them")),
    (b"\xff\xd8\xff", Message("a picture. We read words, not pictures of them")),
    (b"GIF8", Message("a picture. We read words, not pictures of them")),
    (b"RIFF", Message("a sound or picture file. We need its transcript or captions")),
    (b"ID3", Message("a sound file. We need its transcript or captions")),
    (b"OggS", Message("a sound or video file. We need its transcript or captions")),
    (b"fLaC", Message("a sound file. We need its transcript or captions")),
    (b"\x1aE\xdf\xa3", Message("a video. We need its transcript or captions")),
    (b"\x1f\x8b", Message("a compressed file. Unpack it first")),
    (b"BZh", Message("a compressed file. Unpack it first")),
    (b"7z\xbc\xaf", Message("a compressed file. Unpack it first")),
    (b"SQLite format 3", Message("a database")),
    (b"\x7fELF", Message("a program")),
)
TAG = re.compile(
    r"</?(?:p|div|span|br|a|td|tr|table|ul|li|h[1-6]|font|meta|script|html|head|body|pre)\b[^<>]{0,300}>", re.IGNORECASE
)
"""Tags that only pages hold: `<v Name>` and `<c>` stand in captions."""
_HTML = frozenset(
    "!doctype html head body article section main header nav aside footer div p span a br b i em strong u s small big sub sup font"
    " center blockquote pre code table thead tbody tr td th ul ol li dl dt dd h1 h2 h3 h4 h5 h6 hr img figure figcaption form"
    " meta link title style script noscript iframe svg picture video audio template details summary time cite q label input button"
    " textarea select".split()
)
_PROLOGUE = re.compile(
    r"\s*(?:(?:<\?.{0,500}?\?>|<!--.{0,5000}?-->)\s*)*<(!?[a-z][\w.-]*)(:?)", re.IGNORECASE | re.DOTALL
)
_ENCODED = re.compile(r"[A-Za-z0-9+/=_-]{2000}")
_SUBTITLES = re.compile(r"\s*\[Script Info\]", re.IGNORECASE)
_CARDS = re.compile(r"\s*BEGIN:V(?:CARD|CALENDAR)\s", re.IGNORECASE)
_JSON = re.compile(r"\s*(?:\{\s*(?:[\"}]|$)|\[\s*[{\[\"])")
_YAML = re.compile(r"\s*(?:- )?[a-z_][\w-]*:(?:\s|$)|\s*- \S")
_SEEN = 20_000
_COLUMNS = frozenset(
    "speaker text speech transcript statement words utterance name start end time line content".split()
)


def bytes_kind(data: bytes) -> Message | None:
    """What a file that is not text is, by its first bytes, with what to do; None where they say nothing."""
    if data[4:8] == b"ftyp":
        return Message("a video or sound file. We need its transcript or captions")
    return next((kind for magic, kind in _MAGIC if data.startswith(magic)), None)


def exact_kind(text: str) -> Message | None:
    """What a text is that says so in its first words, with what to do, whatever else it looks like; None for all others."""
    if _SUBTITLES.match(text):
        return Message("a subtitle file in SubStation Alpha (ASS). Save it as SRT or WebVTT first")
    if _CARDS.match(text):
        return Message("a calendar or an address card, which is no transcript")
    if is_xml(text):
        return Message("an XML file, which we do not read yet")
    return Message("encoded data, not words") if _ENCODED.match(text) else None


def is_xml(text: str) -> bool:
    """Whether a text begins with an element that no web page begins with."""
    root = _PROLOGUE.match(text[:_SEEN])
    if root is None or not text.rstrip().endswith(">"):
        return False
    return root[2] == ":" or root[1].lower() not in _HTML or (text.lstrip().startswith("<?xml") and not _pages(root[1]))


def _pages(root: str) -> bool:
    return root.lower() in {"!doctype", "html"}


def text_kind(text: str) -> Message | None:
    """What a text in a format for programs is, with what to do; None for words written for people."""
    seen = text[:_SEEN]
    start = seen.lstrip()
    if start.startswith(("<?xml", "<svg")):
        return Message("an XML file, which we do not read yet")
    tags = len(TAG.findall(seen))
    if start[:15].lower().startswith(("<!doctype", "<html")) or (tags > 4 and tags * 2 > seen.count("\n")):
        return Message("a web page. Open it in a browser, copy the words and paste them into a file")
    if _JSON.match(seen):
        return Message("a JSON file without a list of objects. We read lists with one object for each turn or sentence")
    if _drawn(seen):
        return Message(
            "a table drawn with bars, in which no column is called Text. Name its columns, or save it as CSV"
        )
    if _is_table(seen):
        return Message(
            "a table whose columns we do not know. Say which holds the words: --format csv --columns text=…,speaker=…"
        )
    lines = [line for line in seen.split("\n") if line.strip()]
    if len(lines) > 4 and sum(_YAML.match(line) is not None for line in lines) > len(lines) * 0.8:
        return Message("a YAML file, which is no transcript")
    return None


def _drawn(seen: str) -> bool:
    lines = [line for line in seen.split("\n") if line.strip()][:40]
    return len(lines) > 2 and sum(line.lstrip().startswith("|") for line in lines) > len(lines) * 0.5


def _is_table(seen: str) -> bool:
    lines = [line for line in seen.split("\n") if line.strip()][:40]
    return any(_columns(lines, delimiter) for delimiter in ",\t;")


def _columns(lines: list[str], delimiter: str) -> bool:
    """Whether the lines are rows of as many fields as the first, under short names or in three columns and more."""
    rows = [
        row for row in csv.reader(io.StringIO("\n".join(lines)), delimiter=delimiter, quoting=csv.QUOTE_MINIMAL) if row
    ]
    width = len(rows[0]) if rows else 0
    even = sum(len(row) == width for row in rows)
    if width < 2 or len(rows) < 3 or even < len(rows) * 0.8:
        return False
    named = bool({field.strip().lower().split("_")[0] for field in rows[0]} & _COLUMNS)
    short = all(len(field) < 40 for field in rows[0])
    return (named and short) or (width > 2 and (delimiter == "\t" or short and delimiter in lines[0]))
