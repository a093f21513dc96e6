"""Where a secret stands in clear: in bytes of any kind, in whatever form programs write text down."""

import base64
import html
import io
import json
import quopri
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, quote_plus


def forms(secret: str) -> dict[str, bytes]:
    """The ways a text is written by name; base64 at each of the three places a text can begin at, without its edges."""
    raw = secret.encode()
    found = {
        "utf-8": raw,
        "utf-8, decomposed": unicodedata.normalize("NFD", secret).encode(),
        "utf-8, without accents": unicodedata.normalize("NFD", secret).encode("ascii", "ignore"),
        "utf-16-le": secret.encode("utf-16-le"),
        "utf-16-be": secret.encode("utf-16-be"),
        "utf-32-le": secret.encode("utf-32-le"),
        "latin-1": secret.encode("latin-1", "replace"),
        "percent": quote(secret, safe="").encode(),
        "form": quote_plus(secret).encode(),
        "JSON": json.dumps(secret)[1:-1].encode(),
        "HTML": html.escape(secret).encode("ascii", "xmlcharrefreplace"),
        "hexadecimal": raw.hex().encode(),
        "quoted-printable": quopri.encodestring(raw).strip(),
        "Python": ascii(secret)[1:-1].encode(),
        "Python bytes": str(raw)[2:-1].encode(),
    }
    for shift in range(3):
        inner = base64.b64encode(b"\0" * shift + raw)[2 + 2 * shift : -4]
        found[f"base64 +{shift}"] = inner
        found[f"base64url +{shift}"] = inner.translate(bytes.maketrans(b"+/", b"-_"))
    return found


def inside(data: bytes, secrets: Iterable[str]) -> list[str]:
    """The forms in which any of the secrets stands in these bytes, or in the files they pack, capitals or not."""
    data += b"".join(_unpacked(data))
    small = data.lower()
    return [
        name
        for secret in secrets
        for name, written in forms(secret).items()
        if written in data or (not name.startswith("base64") and written.lower() in small)
    ]


def _unpacked(data: bytes) -> Iterator[bytes]:
    """The files in a ZIP archive, such as a Word document."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from map(archive.read, archive.namelist())


def in_files(folder: Path, secrets: Iterable[str]) -> dict[str, list[str]]:
    """Every file under a folder in which one stands, with the forms; names of files and folders are looked at too."""
    return dict(_found(folder, tuple(secrets)))


def _found(folder: Path, secrets: tuple[str, ...]) -> Iterator[tuple[str, list[str]]]:
    for path in sorted(folder.rglob("*")):
        data = path.read_bytes() if path.is_file() else b""
        if held := inside(str(path).encode() + b"\n" + data, secrets):
            yield str(path.relative_to(folder)), held


def in_texts(texts: Mapping[str, str | bytes], secrets: Iterable[str]) -> dict[str, list[str]]:
    """Every named text in which one stands, with the forms."""
    told = {name: text.encode() if isinstance(text, str) else text for name, text in texts.items()}
    return {name: held for name, data in told.items() if (held := inside(data, secrets))}
