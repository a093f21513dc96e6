"""Caption files for tests, written from their words."""

from collections.abc import Iterable


def timing(i: int, seconds: int = 4, mark: str = ".") -> str:
    """The timing line of the i-th caption when each lasts `seconds`."""
    return f"{_clock(i * seconds, mark)} --> {_clock((i + 1) * seconds, mark)}"


def webvtt(*payloads: str, header: str = "WEBVTT") -> str:
    """A WebVTT file with one caption a payload, four seconds each."""
    cues = (f"{timing(i)}\n{payload}\n" for i, payload in enumerate(payloads))
    return "\n".join([f"{header}\n", *cues])


def srt(*payloads: str) -> str:
    """An SRT file with one caption a payload, four seconds each."""
    return "\n".join(f"{i + 1}\n{timing(i, mark=',')}\n{payload}\n" for i, payload in enumerate(payloads))


def said(record_turns: Iterable[object]) -> list[tuple[str | None, str]]:
    """Who said what, in order."""
    return [(getattr(turn, "label", None), getattr(turn, "text", "")) for turn in record_turns]


def _clock(seconds: int, mark: str) -> str:
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{mark}000"
