"""Files made to hang, fill or mislead whoever reads them; `python -m tests.bombs` tells what becomes of each and what it takes."""

import io
import json
import resource
import sys
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
    'ContentType="application/xml"/><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{OFFICE}.wordprocessingml.document.main+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{OFFICE}.spreadsheetml.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{OFFICE}.spreadsheetml.worksheet+xml"/>'
    "</Types>"
)
RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/></Relationships>'
)
ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)) + "]>"
)
QUADRATIC = '<!DOCTYPE x [<!ENTITY a "' + "x" * 100_000 + '">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Bomb:
    """A file by what it does. `name` is the file's; `formats` are those it is read as, None for whichever is recognised."""

    what: str
    name: str
    make: Callable[[], bytes]
    formats: tuple[str | None, ...] = (None,)


def _zipped(*members: tuple[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as made:
        for name, content in members:
            made.writestr(name, content)
    return buffer.getvalue()


def docx(body: str, before: str = "", *more: tuple[str, str | bytes]) -> bytes:
    """A Word document with that body, `before` standing above its root."""
    words = f'<?xml version="1.0"?>{before}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return _zipped(
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATION.format("officeDocument", "word/document.xml")),
        ("word/document.xml", words),
        *more,
    )


def paragraph(words: str) -> str:
    """A paragraph of a Word document."""
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def xlsx(rows: str, before: str = "") -> bytes:
    """A workbook with those rows."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return _zipped(
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATION.format("officeDocument", "xl/workbook.xml")),
        (
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
        ),
        ("xl/_rels/workbook.xml.rels", RELATION.format("worksheet", "worksheets/sheet1.xml")),
        (
            "xl/worksheets/sheet1.xml",
            f'<?xml version="1.0"?>{before}<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>',
        ),
    )


def row(number: int, *cells: str) -> str:
    """A row of a workbook, its cells text."""
    written = "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells)
    return f'<row r="{number}">{written}</row>'


def pdf(*objects: bytes, root: int = 1) -> bytes:
    """A PDF of these objects, numbered from 1."""
    made = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, start)
    return bytes(made)


def stream(content: bytes, times: int = 1) -> bytes:
    """A stream of a PDF, deflated so many times."""
    filters = b" ".join([b"/FlateDecode"] * times)
    for _ in range(times):
        content = zlib.compress(content, 9)
    return b"<< /Length %d /Filter [%b] >>\nstream\n%b\nendstream" % (len(content), filters, content)


CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
SHOWN = b"BT /F 12 Tf 72 720 Td (MARA QUILL: Good evening.) Tj ET\n"


def _vtt(*cues: str) -> bytes:
    return ("WEBVTT\n\n" + "\n\n".join(cues)).encode()


def _json(content: str) -> bytes:
    return f'{{"format": "said-and-done record", "version": 1, "grade": "machine", "turns": [{content}]}}'.encode()


def _encrypted() -> bytes:
    data = bytearray(docx(paragraph("x")))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(mark, place + 4)
    return bytes(data)


def _overlapping() -> bytes:
    """Every entry of the archive's directory points at the same megabytes."""
    data = _zipped(("word/document.xml", b" " * 10 * MEGABYTE))
    start = data.rfind(b"PK\x01\x02")
    end = data.rfind(b"PK\x05\x06")
    entry = data[start:end]
    count = 2_000
    directory = entry * count
    tail = bytearray(data[end:])
    tail[8:12] = count.to_bytes(2, "little") * 2
    tail[12:16] = len(directory).to_bytes(4, "little")
    return data[:start] + directory + bytes(tail)


def _bad_crc() -> bytes:
    data = bytearray(
        _zipped(("[Content_Types].xml", TYPES), ("word/document.xml", "words " * 99), compression=zipfile.ZIP_STORED)
    )
    data[data.find(b"words words")] ^= 1
    return bytes(data)


def _nested() -> bytes:
    inner = b" " * 10 * MEGABYTE
    for _ in range(8):
        inner = _zipped(("word/document.xml", inner), ("[Content_Types].xml", TYPES))
    return inner


def _wide(text: str, encoding: str, mark: bytes = b"") -> bytes:
    return mark + text.encode(encoding)


TALK = "MARA QUILL: Good evening.\n\nIDA BERG: Good evening.\n\nMARA QUILL: So.\n\nIDA BERG: Yes.\n"
CUE = "00:00:01.000 --> 00:00:04.000\n"
TIMES = [f"{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}.000" for n in range(40_000)]

BOMBS = (
    # Archives
    Bomb("zip: one member a thousand times its size", "a.docx", lambda: docx(paragraph("x" * 300 * MEGABYTE))),
    Bomb("zip: two million paragraphs", "a.docx", lambda: docx("<w:p/>" * 2_000_000)),
    Bomb(
        "zip: sixty thousand members", "a.docx", lambda: docx("", "", *((f"word/{n}.xml", "") for n in range(60_000)))
    ),
    Bomb("zip: archives inside archives", "a.docx", _nested, (None, "docx", "xlsx")),
    Bomb("zip: members that overlap", "a.docx", _overlapping),
    Bomb("zip: one name twice", "a.docx", lambda: _doubled_member()),
    Bomb("zip: a checksum that is wrong", "a.docx", _bad_crc),
    Bomb("zip: a name that leads out of the folder", "a.docx", lambda: docx("", "", ("../../../../tmp/slipped", "x"))),
    Bomb("zip: encrypted", "a.docx", _encrypted),
    Bomb("zip: cut off", "a.docx", lambda: docx(paragraph("x"))[:-30], (None, "docx", "xlsx")),
    Bomb("zip: nothing but the end", "a.docx", lambda: b"PK\x05\x06" + b"\0" * 18, (None, "docx", "xlsx")),
    # XML
    Bomb("xml: a billion laughs, bare", "a.xml", lambda: f"{ENTITIES}<x>&a11;</x>".encode()),
    Bomb("xml: a billion laughs in a document", "a.docx", lambda: docx(paragraph("&a11;"), ENTITIES)),
    Bomb("xml: a billion laughs in a workbook", "a.xlsx", lambda: xlsx(row(1, "&a11;"), ENTITIES)),
    Bomb("xml: one long entity many times", "a.docx", lambda: docx(paragraph("&a;" * 50_000), QUADRATIC)),
    Bomb("xml: a file of ours as an entity, document", "a.docx", lambda: docx(paragraph("&a;"), OUTSIDE)),
    Bomb("xml: a file of ours as an entity, workbook", "a.xlsx", lambda: xlsx(row(1, "&a;"), OUTSIDE)),
    Bomb("xml: a hundred thousand elements deep", "a.docx", lambda: docx("<w:p>" * 100_000)),
    Bomb(
        "xml: tables within tables",
        "a.docx",
        lambda: docx("<w:tbl><w:tr><w:tc>" * 3_000 + paragraph("x") + "</w:tc></w:tr></w:tbl>" * 3_000),
    ),
    Bomb(
        "xlsx: three hundred thousand rows",
        "a.xlsx",
        lambda: xlsx("".join(row(n, "A", "B") for n in range(1, 300_001))),
    ),
    Bomb(
        "xlsx: the last cell there is",
        "a.xlsx",
        lambda: xlsx('<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'),
    ),
    Bomb("html: deep", "a.html", lambda: b"<html><body>" + b"<div>" * 200_000 + b"x"),
    Bomb("html: a million attributes", "a.html", lambda: b"<html><body><p " + b"a=b " * 500_000 + b">x"),
    Bomb("html: tables within tables", "a.html", lambda: b"<html><body>" + b"<table><tr><td>" * 50_000 + b"x"),
    # PDF
    Bomb("pdf: deflated once", "a.pdf", lambda: pdf(CATALOG, PAGES, PAGE, stream(b" " * 300 * MEGABYTE), FONT)),
    Bomb(
        "pdf: deflated twice", "a.pdf", lambda: pdf(CATALOG, PAGES, PAGE, stream(b" " * 300 * MEGABYTE, times=2), FONT)
    ),
    Bomb(
        "pdf: the same words a hundred thousand times",
        "a.pdf",
        lambda: pdf(CATALOG, PAGES, PAGE, stream(SHOWN * 100_000), FONT),
    ),
    Bomb(
        "pdf: pages that are their own parents",
        "a.pdf",
        lambda: pdf(CATALOG, b"<< /Type /Pages /Kids [2 0 R] /Count 9999999 >>"),
    ),
    Bomb("pdf: an object that is itself", "a.pdf", lambda: pdf(CATALOG, b"2 0 R")),
    Bomb("pdf: ten thousand pages", "a.pdf", lambda: _many_pages(10_000)),
    Bomb("pdf: a form that draws itself", "a.pdf", lambda: _self_drawing()),
    Bomb("pdf: arrays a million deep", "a.pdf", lambda: pdf(CATALOG, b"[" * MEGABYTE)),
    Bomb("pdf: half of one", "a.pdf", lambda: pdf(CATALOG, PAGES, PAGE, stream(SHOWN), FONT)[:400]),
    # Captions
    Bomb(
        "captions: one letter a caption",
        "a.vtt",
        lambda: _vtt(*(f"{TIMES[n]} --> {TIMES[n + 1]}\nx" for n in range(39_999))),
    ),
    Bomb("captions: one of ten hours", "a.vtt", lambda: _vtt("00:00:00.000 --> 10:00:00.000\nGood evening.")),
    Bomb(
        "captions: ends before beginnings",
        "a.vtt",
        lambda: _vtt(*(f"{TIMES[n + 9]} --> {TIMES[n]}\nx {n}" for n in range(9_000))),
    ),
    Bomb(
        "captions: all at once",
        "a.vtt",
        lambda: _vtt(*(f"00:00:00.000 --> 09:00:00.000\nwords {n}" for n in range(20_000))),
    ),
    Bomb(
        "captions: a time no recording has", "a.vtt", lambda: _vtt("9999:00:00.000 --> 9999:59:59.000\nGood evening.")
    ),
    Bomb("captions: negative", "a.srt", lambda: b"1\n-00:00:01,000 --> -00:00:02,000\nHello.\n", (None, "srt")),
    Bomb("captions: a voice never closed", "a.vtt", lambda: _vtt(CUE + "<v a" * 200_000)),
    Bomb(
        "captions: every caption ours says the same key",
        "a.json",
        lambda: _json(", ".join(['{"key": "01ARZ3NDEKTSV4RRFFQ69G5FAV", "text": "x"}'] * 9_000)),
    ),
    # Characters
    Bomb("characters: a million NULs", "a.txt", lambda: TALK.encode() + b"\0" * MEGABYTE),
    Bomb("characters: lone surrogates", "a.txt", lambda: (TALK + "\ud800\udfff" * 9).encode("utf-8", "surrogatepass")),
    Bomb("characters: one byte order mark, another order", "a.txt", lambda: _wide(TALK, "utf-16-be", b"\xff\xfe")),
    Bomb("characters: three marks", "a.txt", lambda: b"\xef\xbb\xbf\xff\xfe\xfe\xff" + TALK.encode()),
    Bomb("characters: UTF-7", "a.txt", lambda: _wide(TALK.replace("Good", "+ADw-script+AD4-"), "ascii")),
    Bomb("characters: the other direction", "a.txt", lambda: TALK.replace("Good", "\u202eGood\u2066").encode()),
    Bomb("characters: a million combining marks", "a.txt", lambda: (TALK + "e" + "\u0301\u0316" * 500_000).encode()),
    # JSON
    Bomb("json: two hundred thousand deep", "a.json", lambda: _json("[" * 200_000)),
    Bomb("json: deep objects", "a.json", lambda: _json('{"a":' * 200_000)),
    Bomb("json: no number", "a.json", lambda: _json('{"text": "x", "start_ms": NaN}')),
    Bomb(
        "json: a number of a million digits",
        "a.json",
        lambda: _json('{"text": "x", "start_ms": ' + "9" * MEGABYTE + "}"),
    ),
    Bomb("json: a name twice", "a.json", lambda: _json('{"text": "x", "text": "y"}')),
    Bomb("json: three hundred thousand turns", "a.json", lambda: _json(", ".join(['{"text": "x"}'] * 300_000))),
    Bomb("json: of speech software, deep", "a.json", lambda: b'{"segments": ' + b"[" * 200_000),
    Bomb(
        "json: of speech software, no numbers",
        "a.json",
        lambda: json.dumps({"segments": [{"start": float("nan"), "end": float("inf"), "text": "x"}] * 9}).encode(),
    ),
    # Tables
    Bomb("csv: one cell of twenty megabytes", "a.csv", lambda: b"speaker,text\nAna," + b"x" * 20 * MEGABYTE),
    Bomb("csv: a quotation never closed", "a.csv", lambda: b'speaker,text\nAna,"' + b"x,\n" * 300_000),
    Bomb(
        "csv: a hundred thousand columns",
        "a.csv",
        lambda: b"speaker,text" + b",x" * 100_000 + b"\nAna,Hello" + b"," * 100_000,
    ),
    # Two things at once
    Bomb(
        "both: a PDF that is a web page",
        "a.html",
        lambda: b"<html><body>" + pdf(CATALOG, PAGES, PAGE, stream(SHOWN), FONT),
        (None, "html", "pdf"),
    ),
    Bomb("both: a picture that is an archive", "a.docx", lambda: b"GIF89a" + docx(paragraph("x"))),
    Bomb("both: captions that are our JSON", "a.vtt", lambda: b"WEBVTT\n" + _json('{"text": "x"}')),
    # Text
    Bomb("text: nothing but colons", "a.txt", lambda: b":" * 5 * MEGABYTE),
    Bomb("text: a label a line", "a.txt", lambda: "".join(f"Name{n % 977} Berg: x\n" for n in range(100_000)).encode()),
    Bomb("text: brackets", "a.txt", lambda: b"(" * 2 * MEGABYTE, (None, "plain", "article")),
    Bomb("text: quotation marks", "a.txt", lambda: ("“Yes,” Ida Berg said. " * 50_000).encode(), (None, "article")),
    Bomb("text: as large as a file may be", "a.txt", lambda: b"word " * 10 * MEGABYTE),
    Bomb("text: larger than a file may be", "a.txt", lambda: b"word " * 11 * MEGABYTE),
)


def _doubled_member() -> bytes:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return docx(paragraph("one"), "", ("word/document.xml", "<other/>"))


def _many_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (n + 5) for n in range(count))
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 3 0 R /Resources << /Font << /F 4 0 R >> >> >>"
    )
    return pdf(
        CATALOG, b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, count), stream(SHOWN), FONT, *[page] * count
    )


def _self_drawing() -> bytes:
    form = (
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >> /Length 11 >>"
        b"\nstream\n/X Do /X Do\nendstream"
    )
    page = PAGE.replace(b"/Font <<", b"/XObject << /X 6 0 R >> /Font <<")
    return pdf(CATALOG, PAGES, page, stream(b"/X Do"), FONT, form)


def tried(known: set[str]) -> Iterator[tuple[Bomb, str | None]]:
    """Every bomb with every format it is meant for that we read."""
    for bomb in BOMBS:
        for format in bomb.formats:
            if format is None or format in known:
                yield bomb, format


class Memory:
    """The most memory any child of this process has taken, in MB, asked of the system while the children run.

    `peak` is that of all of them, `last` that since it was set to 0.
    """

    def __init__(self) -> None:
        self.peak = self.last = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "Memory":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(0.01):
            for children in Path("/proc/self/task").glob("*/children"):
                self.last = max(self.last, *map(_taken, children.read_text().split()), 0)
                self.peak = max(self.peak, self.last)


def _taken(process: str) -> int:
    """MB of a process at its highest; 0 where it has ended."""
    try:
        command, status = (Path(f"/proc/{process}/{name}").read_text() for name in ("cmdline", "status"))
    except OSError:
        return 0
    if "transcripts.confined" not in command:  # before it has begun, a child is a copy of ourselves
        return 0
    return next((int(line.split()[1]) // 1024 for line in status.split("\n") if line.startswith("VmHWM:")), 0)


def _worked() -> float:
    """Seconds the processors gave to the children that have ended: unlike the clock's, the same on a busy machine."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> int:
    from transcripts import guarded
    from transcripts.errors import BadFile
    from transcripts.formats import FORMATS

    slowest, hardest, count = 0.0, 0.0, 0
    with Memory() as memory:
        for bomb, format in tried({known.NAME for known in FORMATS}):
            data = bomb.make()
            began, before, memory.last = perf_counter(), _worked(), 0
            try:
                record = guarded.read(data, bomb.name, format).record
                said = f"read as {record.format}: {len(record.turns)}"
            except BadFile as refused:
                said = str(refused)
            took = perf_counter() - began
            slowest, count = max(slowest, took), count + 1
            busy = _worked() - before
            hardest = max(hardest, busy)
            taken = f"{took:.2f} s, {busy:.2f} s of a processor, {memory.last} MB"
            print(f"{bomb.what} [{format or 'any'}] {len(data):,} bytes, {taken}: {said}", flush=True)
    print(
        f"\n{len(BOMBS)} bombs, {count} readings, the slowest {slowest:.2f} s, the hardest {hardest:.2f} s of a processor,"
        f" the largest child {memory.peak} MB"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
