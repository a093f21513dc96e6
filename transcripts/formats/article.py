"""A news article about a forum: its paragraphs, and the direct quotations in them with their speakers.

An article is a recap: what it quotes was chosen. Reported speech is never made a quotation; a quotation is what stands
between quotation marks and is somebody's speech by the article's own word. Every attribution is a suggestion to an editor.
A saved web page is read for the article on it; its quotations are then placed in the words of the page.
"""

from transcripts.formats import report
from transcripts.formats.foreign import text_kind
from transcripts.formats.parsed import ParsedRecord
from transcripts.formats.report import LONGEST, read_report
from transcripts.formats.reported_page import read_page
from transcripts.formats.webpage import is_page

__all__ = ["LONGEST", "NAME", "VERSION", "read", "sniff"]

NAME = report.NAME
VERSION = 2


def sniff(text: str, name: str | None) -> float:
    """The share of prose lines, where at least two of them, and one in ten, quote somebody; 0 for what is no text."""
    found = report.resembles(text)
    return 0.0 if found and text_kind(text) else found


def read(text: str) -> ParsedRecord:
    """Every paragraph as a narration turn, and the quotations. Raises BadFile where there are no words, or a book of them."""
    return read_page(text) if is_page(text) else read_report(text)
