"""Pure: web addresses as somebody typed them, or a file or another server gave them: nothing about them can be relied on."""

import re
from urllib.parse import SplitResult, urlsplit

_UNSAFE = re.compile(r"[\s\x00-\x1f\x7f<>\"\\]")


def parts_of(address: str) -> SplitResult:
    """The parts of an address; all of them empty where it is none, such as https://[::1."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def is_address(url: str) -> bool:
    """Whether a page may link there: http or https with a host, and nothing that could end the link early."""
    parts = parts_of(url)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not _UNSAFE.search(url)


def linked(url: str | None) -> str | None:
    """An address a page may link to; None for anything else, however it came into the database."""
    return url if url and is_address(url) else None
