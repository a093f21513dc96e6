"""Pure: a citation in one line as newsrooms and schools write it: AP, MLA, APA.

None of the three styles has a pattern for an answer at a forum with its question: the order is that of the style, what it
does not know stands where it puts further description (MLA: optional elements; APA: square brackets).
"""

from transcripts.citing import days
from transcripts.citing.citation import (
    ACCESSED,
    NOBODY,
    QUOTED_BY,
    Citation,
    Say,
    asker,
    more,
    questioner,
    quoted,
    recording,
    sentence,
    trust,
    uncapital,
    where,
    who,
)

SAID = "%(who)s said on %(day)s, at %(where)s%(asked)s: %(words)s"
WHEN_ASKED = ", when asked %(words)s by %(name)s"
ANSWER_TO = "Answer to %(words)s"
RETRIEVED = "Retrieved %(day)s, from %(url)s"


def ap(cited: Citation, say: Say) -> str:
    """A sentence for a news text: attribution, AP date, the question, a colon, the words; what an editor checks in parentheses."""
    asked = cited.question
    told = say(WHEN_ASKED) % {"words": quoted(asked.words, say), "name": questioner(asked, say)} if asked else ""
    line = say(SAID) % {
        "who": who(cited, say) + ("," if cited.quoted_by else ""),
        "day": days.ap(cited.held_on, cited.lang),
        "where": where(cited),
        "asked": told,
        "words": quoted(cited.words, say),
    }
    beside = [
        cited.clock,
        trust(cited),
        cited.permalink,
        more(cited, say),
        recording(cited, say),
        (say(ACCESSED) % {"day": days.ap(cited.accessed, cited.lang)}).removesuffix("."),
    ]
    return f"{line} ({'; '.join(part.removesuffix('.') for part in beside if part)})\n"


def mla(cited: Citation, say: Say) -> str:
    """Author. “Title.” Container, day month year, place, time. Address. Access date (MLA Handbook, 9th edition)."""
    asked = cited.question
    question = sentence(f"{say(ANSWER_TO) % {'words': quoted(asked.words, say)}}, {asker(asked, say)}") if asked else ""
    event = [cited.forum, days.mla(cited.held_on, cited.lang), cited.place, cited.clock]
    site = [*_publication(cited), cited.permalink]
    parts = [
        sentence(who(cited, say, registered=True)),
        sentence(quoted(cited.words, say)),
        question,
        sentence(", ".join(part for part in event if part)),
        trust(cited),
        sentence(", ".join(site)),
        say(ACCESSED) % {"day": days.mla(cited.accessed, cited.lang)},
        sentence(more(cited, say)),
        sentence(recording(cited, say)) if recording(cited, say) else "",
    ]
    return " ".join(part for part in parts if part) + "\n"


def apa(cited: Citation, say: Say) -> str:
    """Author (date). Title [description]. Event, place. Site. Retrieved … from address (Publication Manual, 7th edition)."""
    asked = cited.question
    described: list[str | None] = [cited.role, say(ANSWER_TO) % {"words": quoted(asked.words, say)} if asked else ""]
    described += [asker(asked, say) if asked else "", cited.clock]
    described += [say(QUOTED_BY) % {"source": cited.quoted_by}] if cited.quoted_by else []
    inside = [part if n == 0 else uncapital(part) for n, part in enumerate(part for part in described if part)]
    retrieved = {"day": days.full(cited.accessed, cited.lang), "url": cited.permalink}
    parts = [
        f"{_initialled(cited, say)} ({days.apa(cited.held_on, cited.lang)}).",
        quoted(cited.words, say) + (f" [{', '.join(inside)}]." if inside else "."),
        sentence(where(cited)),
        trust(cited),
        sentence(", ".join(_publication(cited))),
        say(RETRIEVED) % retrieved,
        f"({more(cited, say)})",
        f"({recording(cited, say)})" if recording(cited, say) else "",
    ]
    return " ".join(part for part in parts if part) + "\n"


def _publication(cited: Citation) -> list[str]:
    """The site, and its publisher where that is another name."""
    return [cited.site, *([cited.publisher] if cited.publisher and cited.publisher != cited.site else [])]


def _initialled(cited: Citation, say: Say) -> str:
    """Berg, I. M., Jr. for a known person; a voice that is none goes by what is printed."""
    if cited.register is None:
        return cited.speaker or say(NOBODY)
    family, given, *suffix = [*cited.register.split(", "), ""][:3]
    initials = " ".join(f"{name[0]}." for name in given.split())
    return ", ".join(part for part in (family, initials, *suffix) if part)
