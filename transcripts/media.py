"""Pure: the address of a recording at the second where somebody speaks."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from transcripts.addresses import linked

_TAKES_QUERY = ("youtube.com", "youtu.be", "youtube-nocookie.com")
_PLAYED = (".mp4", ".m4v", ".webm", ".ogv", ".ogg", ".mov", ".mp3", ".m4a", ".wav")


def takes_time(url: str | None) -> bool:
    """Whether a link can open this recording at a second: YouTube and Vimeo, and files that browsers play themselves."""
    parts = urlsplit(linked(url) or "")
    host = parts.hostname or ""
    known = any(host == one or host.endswith(f".{one}") for one in (*_TAKES_QUERY, "vimeo.com"))
    return known or parts.path.lower().endswith(_PLAYED)


def at(url: str | None, ms: int | None) -> str | None:
    """`url` at `ms` from its start: `t=` in the query on YouTube, a media fragment (`#t=`) elsewhere.

    None where either is missing, so that a page never offers a link that starts at the wrong place.
    """
    if not linked(url) or url is None or ms is None:
        return None
    parts = urlsplit(url)
    seconds = ms // 1000
    host = parts.hostname or ""
    if any(host == known or host.endswith(f".{known}") for known in _TAKES_QUERY):
        query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != "t"]
        return urlunsplit(parts._replace(query=urlencode([*query, ("t", f"{seconds}s")])))
    return urlunsplit(parts._replace(fragment=f"t={seconds}"))
