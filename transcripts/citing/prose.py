"""Pure: a citation for people to read: plain text, Markdown (CommonMark), and an HTML quotation whose text stands in the markup."""

import re
from html import escape

from transcripts.citing import days
from transcripts.citing.citation import (
    ACCESSED,
    QUOTATION,
    Citation,
    Say,
    asker,
    more,
    one_line,
    quoted,
    recording,
    trust,
    where,
    who,
)

_MARKDOWN = re.compile(r"[\\`*_{}\[\]<>#|~&$]")
_OPENS = re.compile(r"^(\s*)(?:(\d{1,9})([.)])|([-+=]))(?=\s|[-+=]|$)")
"""What begins a list, a rule or a heading where a line begins."""


def _paragraphs(words: str) -> list[str]:
    return [one_line(paragraph) for paragraph in words.split("\n") if paragraph.strip()]


def _attribution(cited: Citation, say: Say) -> str:
    told = [who(cited, say), where(cited), days.full(cited.held_on, cited.lang), cited.clock]
    return ", ".join(part for part in told if part)


def _asked(cited: Citation, say: Say) -> str:
    """Asked by Mara Quill (moderator): “What will you do about rents?”"""
    asked = cited.question
    if asked is None:
        return ""
    by = asker(asked, say)
    return f"{by[:1].upper()}{by[1:]}: {quoted(asked.words, say)}"


def text(cited: Citation, say: Say) -> str:
    """A line each: the words, who, the question, how far to trust it, the permanent address, where to read on and listen."""
    opening, closing = (say(QUOTATION) % {"words": "\0"}).split("\0")
    lines = [
        opening + "\n".join(_paragraphs(cited.words)) + closing,
        f"— {_attribution(cited, say)}",
        _asked(cited, say),
        trust(cited),
        cited.permalink,
        more(cited, say),
        recording(cited, say),
        say(ACCESSED) % {"day": days.full(cited.accessed, cited.lang)},
    ]
    return "\n".join(line for line in lines if line) + "\n"


def markdown(cited: Citation, say: Say) -> str:
    """A block quotation with its attribution; whatever stands in the words is shown as it is, never read as markup."""
    said = "\n>\n".join(f"> {_plain(paragraph)}" for paragraph in _paragraphs(cited.words))
    below = [
        f"— {_plain(_attribution(cited, say))} ([{_plain(cited.site)}]({cited.permalink}))",
        _plain(_asked(cited, say)),
        _plain(trust(cited)),
        _linked(more(cited, say), cited.answers_url),
        _linked(recording(cited, say), cited.video),
        _plain(say(ACCESSED) % {"day": days.full(cited.accessed, cited.lang)}),
    ]
    return said + "\n>\n" + "\n>\n".join(f"> {line}" for line in below if line) + "\n"


def html(cited: Citation, say: Say) -> str:
    """A <blockquote> that stands by itself on any page: no script, no frame, no style."""
    lang = f' lang="{escape(cited.words_lang)}"'
    said = "\n".join(f"<p{lang}>{escape(paragraph, quote=False)}</p>" for paragraph in _paragraphs(cited.words))
    link = f'<a href="{escape(cited.permalink)}">{escape(cited.site, quote=False)}</a>'
    below = [
        f"— {escape(_attribution(cited, say), quote=False)}. {link}",
        escape(_asked(cited, say), quote=False),
        escape(trust(cited), quote=False),
        _anchored(more(cited, say), cited.answers_url),
        _anchored(recording(cited, say), cited.video),
        escape(say(ACCESSED) % {"day": days.full(cited.accessed, cited.lang)}, quote=False),
    ]
    footer = "\n".join(f"<p>{line}</p>" for line in below if line)
    address = escape(cited.permalink)
    return f'<blockquote cite="{address}" lang="{cited.lang}">\n{said}\n<footer>\n{footer}\n</footer>\n</blockquote>\n'


def _plain(words: str) -> str:
    """Words that Markdown shows as they are: its signs escaped, and what would open a list or a heading at the start."""
    shown = _MARKDOWN.sub(lambda sign: f"\\{sign[0]}", words)
    return _OPENS.sub(lambda found: f"{found[1]}{found[2] or ''}\\{found[3] or found[4]}", shown)


def _linked(words: str, url: str | None) -> str:
    """A sentence with its address as a link."""
    before, found, after = words.partition(url) if url else (words, "", "")
    return f"{_plain(before)}<{found}>{_plain(after)}" if found else _plain(words)


def _anchored(words: str, url: str | None) -> str:
    before, found, after = words.partition(url) if url else (words, "", "")
    if not found:
        return escape(words, quote=False)
    link = f'<a href="{escape(found)}">{escape(found, quote=False)}</a>'
    return escape(before, quote=False) + link + escape(after, quote=False)
