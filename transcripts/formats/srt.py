"""SubRip (.srt): numbered captions, read with all the liberties people's files take."""

from transcripts.errors import BadFile
from transcripts.formats.captions import record
from transcripts.formats.cues import read_cues, timing
from transcripts.formats.format import EXACT, first_lines
from transcripts.formats.parsed import ParsedRecord
from transcripts.formats.srt_kept import is_ours, write
from transcripts.formats.srt_kept import read as read_ours

__all__ = ["MEDIA_TYPE", "NAME", "SUFFIX", "TIMED", "VERSION", "is_ours", "read", "sniff", "write"]

NAME = "srt"
VERSION = 3
SUFFIX = ".srt"
MEDIA_TYPE = "application/x-subrip"
TIMED = True

_LINES_A_CUE = 12


def sniff(text: str, name: str | None) -> float:
    """EXACT where a timing with an arrow stands at the top; else the share of lines from the first timing on."""
    lines = first_lines(text)
    timings = [i for i, line in enumerate(lines) if timing(line) is not None]
    if not timings or lines[0].startswith("WEBVTT") or len(timings) * _LINES_A_CUE < len(lines):
        return 0.0
    if timings[0] <= 1:
        return EXACT
    return min(0.95, (len(lines) - timings[0] + 1) / len(lines)) if len(timings) > 1 else 0.0


def read(text: str) -> ParsedRecord:
    """The turns of an SRT file. Raises BadFile where it holds no captions."""
    if is_ours(text):
        return read_ours(NAME, text)
    cues, problems = read_cues(text.split("\n"))
    if not cues:
        raise BadFile(
            "There are no captions in this SRT file: no line holds a time such as 00:00:01,000 --> 00:00:04,000."
        )
    return record(NAME, cues, problems, {})
