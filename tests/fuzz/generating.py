"""One hostile input after another: golden examples cut, doubled, spliced and strewn with what has hurt readers of files."""

import io
import random
import zipfile
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
TOKENS = [
    token.encode("utf-8", "surrogatepass")
    for line in (
        "\0| \ufeff| \ufffe| \ud800| \u202e| \u2028| \x85| \x0c| \r| \r\n| \n\n| \t| \u0301| 😀| “| ”| [| ]| ((((| {| }| [[[[[[[[",
        ",,,,,,,,| ;| '",
        "-->| 00:00:01,000 --> 99:99:99,999| 9999:59:59.999 --> 0000:00:00.000| 0:00| >>| <v | </v>| <c.| &#x110000;| &lt;| &x;",
        "NAME:| A: B: C:| (APPLAUSE)| {\\an8}| WEBVTT| NOTE| 1| -1| 1e999| NaN| 99999999999999999999| =1+1| Layout: | Grade: ",
        '"| \\| \\ud800| null| true| "text":| <| >| <!DOCTYPE x [| <table>| </td>| <script>| <p| %PDF-| endobj| stream| PK\x03\x04| w:t',
    )
    for token in line.split("| ")
] + [b"\xff", b"\xfe\xff", b"\x80\x81", b"\xc3", b"|", b" " * 300]
MOST = 200_000
"""Bytes of one input: large files are the bombs' business."""

Change = Callable[[random.Random, bytes, str], bytes]


def inputs(name: str, seed: str, count: int) -> Iterator[bytes]:
    """The first `count` inputs for the format of that name."""
    return (one(name, seed, number) for number in range(count))


def one(name: str, seed: str, number: int) -> bytes:
    """The input of that number."""
    dice = random.Random(f"{name}/{seed}/{number}")
    data = dice.choice(examples(name))
    if data.startswith(b"PK") and dice.random() < 0.8:
        return _rezipped(dice, data, name)
    return _changed(dice, data, name)


@cache
def examples(name: str) -> Sequence[bytes]:
    """The golden examples of a format, in a fixed order. At least one: a test sees to it."""
    return [
        path.read_bytes() for path in sorted((EXAMPLES / name).iterdir()) if path.suffix != ".json" and path.is_file()
    ]


@cache
def _everything() -> Sequence[bytes]:
    return [data for folder in sorted(EXAMPLES.iterdir()) for data in examples(folder.name)]


def _changed(dice: random.Random, data: bytes, name: str) -> bytes:
    for _ in range(dice.randint(1, 8)):
        data = dice.choice(CHANGES)(dice, data, name)[:MOST]
    return data


def _rezipped(dice: random.Random, data: bytes, name: str) -> bytes:
    """The archive with one member changed inside, so that what lies behind the archive is reached."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as held, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        spoilt = dice.choice(held.namelist())
        for member in held.namelist():
            content = held.read(member)
            made.writestr(member, _changed(dice, content, name) if member == spoilt else content)
    return buffer.getvalue()


def _cut(dice: random.Random, data: bytes, _name: str) -> bytes:
    start, end = _span(dice, data)
    return data[:start] + data[end:]


def _doubled(dice: random.Random, data: bytes, _name: str) -> bytes:
    start, end = _span(dice, data)
    return data[:end] + data[start:end] * dice.choice((1, 1, 2, 30)) + data[end:]


def _strewn(dice: random.Random, data: bytes, _name: str) -> bytes:
    for _ in range(dice.randint(1, 5)):
        at = dice.randint(0, len(data))
        data = data[:at] + dice.choice(TOKENS) * dice.choice((1, 1, 1, 3, 50)) + data[at:]
    return data


def _flipped(dice: random.Random, data: bytes, _name: str) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.randint(1, 20) if changed else 0):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def _truncated(dice: random.Random, data: bytes, _name: str) -> bytes:
    return data[: dice.randint(0, len(data))]


def _shuffled(dice: random.Random, data: bytes, _name: str) -> bytes:
    lines = data.split(b"\n")
    dice.shuffle(lines)
    return b"\n".join(lines)


def _joined(dice: random.Random, data: bytes, _name: str) -> bytes:
    """Lines run together: labels, times and words where none should be."""
    return data.replace(b"\n", dice.choice((b"", b" ", b"\t", b"\r", b"\n\n")))


def _spliced(dice: random.Random, data: bytes, _name: str) -> bytes:
    other = dice.choice(_everything())
    return data[: dice.randint(0, len(data))] + other[dice.randint(0, len(other)) :]


def _renumbered(dice: random.Random, data: bytes, _name: str) -> bytes:
    """Every one digit another: times run backwards, numbers grow."""
    old, new = dice.choice(b"0123456789"), dice.choice((b"9", b"0", b"99999", b"-1", b"1.5e9", b"\xd9\xa3"))
    return data.replace(bytes([old]), new)


def _recoded(dice: random.Random, data: bytes, _name: str) -> bytes:
    """The words in another encoding, sometimes under a wrong mark."""
    text = data.decode("utf-8", "replace")
    return dice.choice((b"", b"\xef\xbb\xbf", b"\xff\xfe")) + text.encode(
        dice.choice(("utf-16", "utf-16-le", "utf-32", "cp1252", "utf-7", "mac_roman")), "replace"
    )


def _span(dice: random.Random, data: bytes) -> tuple[int, int]:
    start = dice.randint(0, len(data))
    return start, min(len(data), start + dice.choice((1, 4, 20, 200, 2000)))


CHANGES: Sequence[Change] = (
    _cut,
    _doubled,
    _strewn,
    _strewn,
    _flipped,
    _truncated,
    _shuffled,
    _joined,
    _spliced,
    _renumbered,
    _recoded,
)
