"""Pure: the news article on a web page, without what the page is built of round it; shared by both formats that may meet one."""

from dataclasses import replace

from transcripts.formats.hypertext import rendered, unmarked
from transcripts.formats.parsed import ParsedRecord, Problem
from transcripts.formats.report import read_report, resembles
from transcripts.formats.webpage import body_of, furniture, line_at, main_of, places
from transcripts.text import clean
from transcripts.vocabulary import Severity

_AROUND = "Parts of the page around the article were left out ({n}): navigation, comments, advertisements."


def read_page(text: str) -> ParsedRecord:
    """The article on a page. Raises BadFile where the page is too large, holds no words, or more than any article."""
    main = main_of(body_of(text))
    dropped = furniture(main)
    page = rendered(main, dropped)
    record = read_report(_words(page.text))
    found = places(text, page.firsts)
    left_out = (Problem(None, Severity.INFO, _AROUND, {"n": len(dropped)}),) if dropped else ()
    return replace(
        record,
        turns=tuple(replace(turn, line=line_at(found, turn.line)) for turn in record.turns),
        problems=(*left_out, *(replace(one, line=line_at(found, one.line)) for one in record.problems)),
    )


def is_reported(page: str) -> bool:
    """Whether the words of a page, as `rendered` writes them, are those of an article."""
    return resembles(_words(page)) > 0


def _words(page: str) -> str:
    """The words of a page without the marks of its headings and names; as many lines as before."""
    return "\n".join(line.removeprefix("## ") for line in unmarked(clean(page)).split("\n"))
